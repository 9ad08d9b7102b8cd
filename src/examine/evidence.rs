//! Which elements of art. 30 an act holds, how sure that is and which words say so: the signs of the vocabulary, found in
//! headings and sentences, put together as independent clues. Called by `examine`; its findings are the ground of several
//! faults.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::LazyLock;

use super::kind::Kind;
use super::pattern::{Lazy, Pattern};
use super::structure::{Article, Structure};
use super::text::Folded;
use super::vocabulary::{self, Remedy, Where};
use crate::act::Element;

/// Where an element is found from.
const ENOUGH: f64 = 0.5;
/// Places told of an element.
const PLACES: usize = 3;

/// A place of the document, with the words that stand there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spot {
    /// Number of the article, or its heading; empty outside articles.
    pub article: String,
    /// Line, counted from one.
    pub line: u32,
    /// Page, counted from one; 0 where the format has none.
    pub page: u32,
    /// The words.
    pub quote: String,
}

/// What was found of an element.
#[derive(Debug, Clone)]
pub struct Found {
    /// The element.
    pub element: Element,
    /// How sure it is, from 0 to 1.
    pub confidence: f64,
    /// The best places, the surest first.
    pub spots: Vec<Spot>,
    /// Where the act says that the matter will be settled elsewhere.
    pub put_off: Option<Spot>,
    /// For guarantees, which there are.
    pub remedies: BTreeSet<Remedy>,
}

impl Found {
    /// True where the element is there.
    pub fn is_there(&self) -> bool {
        self.confidence >= ENOUGH
    }
}

/// "Sarà stabilita con successivo atto": the sentence says that something is not said.
static PUT_OFF: Lazy = LazyLock::new(|| {
    Pattern::new(
        r"\b(?:sara|saranno|verra|verranno|viene|vengono|e|sono|resta|restano|andra|andranno|potra|potranno essere)(?: \w+){0,4}? (?:stabilit|definit|determinat|disciplinat|regolat|regolament|fissat|concordat|demandat|rinviat|rimess|oggetto|precisat|individuat|quantificat|definir|stabilir|concordar|decis|indicat|previst)\w*(?: \w+){0,8}? (?:successiv\w+|separat\w+|futur\w+|apposit\w+|ulterior\w+|seguito|altro atto|altra sede|second\w+ momento)|(?:da|resta da|restano da|rest\w+) (?:definirsi|stabilirsi|definire|stabilire|concordare|concordarsi|determinare|determinarsi)\b|si riserva(?:no)? di (?:definire|stabilire|regolare|disciplinare|determinare|concordare)|si rinvia (?:a|ad) (?:success|separat|futur|apposit|ulterior|altro)|\b(?:formera|formeranno|forma|formano|costituira|costituiranno|dovra essere|dovranno essere)(?: \w+){0,2} oggetto di (?:un |una )?(?:apposit|separat|success|specific|distint|ulterior|futur|attent|valutazion|confronto|intes|accord)\w*",
    )
});
/// The words of art. 30 itself, which many acts copy into a footnote or a premise.
static LAW_TEXT: Lazy = LazyLock::new(|| {
    Pattern::new(
        r"devono stabilire i fini|convenzioni di cui al presente articolo|possono stipulare tra loro apposite convenzioni|forme di convenzione obbligatoria",
    )
});
/// Words that settle the matter all the same.
static SETTLED: Lazy = LazyLock::new(|| {
    Pattern::new(
        r"\d euro|euro \d|per cento|per abitante|<NUMERO>(?: \w+){0,1} (?:ann[oi]|mes[ei])\b|<GIORNO>|parti uguali|\b<PERIODO>\b",
    )
});
/// First articles that speak of something else than the object.
static NOT_THE_OBJECT: Lazy = LazyLock::new(|| {
    Pattern::new(r"premess\w+ (?:sono|fanno|costituisc|form)|parte integrante|si intende per|definizioni")
});
/// Headings under which matters of all kinds are gathered.
static SUNDRY: Lazy = LazyLock::new(|| {
    Pattern::new(
        r"(?:norm[ae]|disposizion[ei]|clausol[ae]) (?:transitori|final|vari|general|di rinvio|comun)\w*|\badesion[ei]\b|\bvarie\b",
    )
});

/// A sentence of an article, ready to be searched.
struct Sentence {
    paragraph: usize,
    range: Range<usize>,
    folded: Folded,
    /// It puts the matter off, or asks, or is a label alone.
    empty: bool,
}

/// A sign found somewhere.
struct Clue {
    weight: f64,
    article: usize,
    heading: bool,
    remedy: Option<Remedy>,
    spot: Spot,
}

/// Weighs every element of the minimum content.
pub fn weigh(structure: &Structure, kind: Kind) -> Vec<Found> {
    let whole;
    // An act without articles is one article; the premises of a deliberation, or a letter, are none.
    let articles: &[Article] = if kind == Kind::Altro && !structure.is_numbered() {
        &[]
    } else if structure.articles.is_empty() && kind != Kind::Delibera {
        whole = [Article { paragraphs: structure.opening.clone(), line: 1, ..Article::default() }];
        &whole
    } else {
        &structure.articles
    };
    let sentences: Vec<Vec<Sentence>> = articles.iter().map(read).collect();
    Element::ALL.iter().take(Element::MINIMUM).map(|element| one(*element, articles, &sentences)).collect()
}

fn read(article: &Article) -> Vec<Sentence> {
    let mut sentences = Vec::new();
    for (index, paragraph) in article.paragraphs.iter().enumerate() {
        for range in paragraph.sentences() {
            let text = paragraph.text.get(range.clone()).unwrap_or_default();
            let folded = Folded::new(text);
            // "1." by itself is a label.
            let empty = !text.contains(char::is_alphabetic)
                || text.trim_end().ends_with('?')
                || is_put_off(&folded.text)
                || LAW_TEXT.is_in(&folded.text);
            sentences.push(Sentence { paragraph: index, range, folded, empty });
        }
    }
    sentences
}

/// True for a sentence that says that something will be said elsewhere.
pub fn is_put_off(folded: &str) -> bool {
    PUT_OFF.is_in(folded) && !SETTLED.is_in(folded)
}

fn one(element: Element, articles: &[Article], sentences: &[Vec<Sentence>]) -> Found {
    // A sign counts once, where it is best seen; duties, which are many by nature, twice.
    let mut clues: BTreeMap<usize, Vec<Clue>> = BTreeMap::new();
    let mut put_off = None;
    for (index, (article, sentences)) in articles.iter().zip(sentences).enumerate() {
        let heading = Folded::new(&article.heading).text;
        let full = sentences.iter().filter(|sentence| !sentence.empty).count();
        let mut titled = false;
        for (sign, compiled) in vocabulary::compiled().iter().enumerate() {
            if compiled.sign.element != element || compiled.sign.place != Where::Heading {
                continue;
            }
            if compiled.find(&heading).is_none() {
                continue;
            }
            titled = true;
            let quote = headed(article, sentences);
            let spot = Spot { article: article.label(), line: article.line, page: article.page, quote };
            // A heading over nothing, or over a promise, says little.
            let weight = f64::from(compiled.sign.weight) / 100.0;
            let weight = if full == 0 { weight * 0.2 } else { weight };
            let clue = Clue { weight, article: index, heading: true, remedy: compiled.sign.remedy, spot };
            clues.entry(sign).or_default().push(clue);
        }
        for sentence in sentences {
            if sentence.empty {
                let concerns = titled || concerns(element, &sentence.folded.text);
                if put_off.is_none() && concerns && is_put_off(&sentence.folded.text) {
                    put_off = Some(spot(article, sentence, 0..0));
                }
                continue;
            }
            for (sign, compiled) in vocabulary::compiled().iter().enumerate() {
                let counts = match compiled.sign.place {
                    Where::Heading => false,
                    Where::Under => titled,
                    Where::Text => true,
                };
                if compiled.sign.element != element || !counts {
                    continue;
                }
                if let Some(found) = compiled.find(&sentence.folded.text) {
                    let weight = f64::from(compiled.sign.weight) / 100.0;
                    let spot = spot(article, sentence, found);
                    let clue = Clue { weight, article: index, heading: false, remedy: compiled.sign.remedy, spot };
                    clues.entry(sign).or_default().push(clue);
                }
            }
        }
    }
    let mut clues: Vec<Clue> = clues
        .into_values()
        .flat_map(|mut clues| {
            clues.sort_by(|a, b| b.weight.total_cmp(&a.weight));
            clues.truncate(if element == Element::Obblighi { 2 } else { 1 });
            clues
        })
        .collect();
    if element == Element::Oggetto {
        clues.extend(unnamed_object(articles, sentences));
    }
    let remedies: BTreeSet<Remedy> = clues.iter().filter_map(|clue| clue.remedy).collect();
    let mut confidence = 1.0 - clues.iter().map(|clue| 1.0 - clue.weight).product::<f64>();
    // Leaving is one guarantee; alone, and lost among other matters, it does not make up for the rest.
    if element == Element::Garanzie && remedies.iter().eq([&Remedy::Withdrawal]) {
        let sundry = |clue: &Clue| {
            articles.get(clue.article).is_some_and(|article| SUNDRY.is_in(&Folded::new(&article.heading).text))
        };
        if clues.iter().all(sundry) {
            confidence = confidence.min(0.45);
        }
    }
    let confidence = (confidence.min(0.99) * 100.0).round() / 100.0;
    Found { element, confidence, spots: best(clues), put_off, remedies }
}

/// A heading, with the beginning of what stands under it.
fn headed(article: &Article, sentences: &[Sentence]) -> String {
    let first = sentences.iter().find(|sentence| !sentence.empty);
    let words = first.and_then(|sentence| {
        let paragraph = article.paragraphs.get(sentence.paragraph)?;
        let start = sentence.range.start;
        Some(paragraph.quote(start..start, sentence.range.clone()))
    });
    match words {
        Some(words) if article.number.is_some() => format!("{}: {words}", article.heading),
        _ => article.heading.clone(),
    }
}

/// Words by which a promise without a heading is known to be of an element.
fn concerns(element: Element, folded: &str) -> bool {
    let words: &[&str] = match element {
        Element::Durata => &["durata", "validita", "decorrenza", "termine di"],
        Element::Finanziari => &["rapporti finanziari", "oneri", "quota", "quote", "spese", "costi", "onere"],
        Element::Consultazione => &["consultazione", "conferenza", "assemblea", "comitato"],
        Element::Garanzie => &["recesso", "penali", "garanzie", "controversie"],
        Element::Obblighi => &["obblighi", "impegni", "compiti"],
        Element::Fini => &["finalita", "obiettivi"],
        _ => &["oggetto della", "servizi da"],
    };
    words.iter().any(|word| folded.contains(word))
}

/// Acts without headings say first what they are about.
fn unnamed_object(articles: &[Article], sentences: &[Vec<Sentence>]) -> Option<Clue> {
    let (first, sentences) = (articles.first()?, sentences.first()?);
    if !first.heading.is_empty() || articles.len() < 2 {
        return None;
    }
    let sentence = sentences.iter().find(|sentence| !sentence.empty && sentence.folded.text.split(' ').count() > 6)?;
    let other = NOT_THE_OBJECT.is_in(&sentence.folded.text);
    (!other).then(|| Clue { weight: 0.5, article: 0, heading: false, remedy: None, spot: spot(first, sentence, 0..0) })
}

/// The place of a piece of a sentence, in folded bytes.
fn spot(article: &Article, sentence: &Sentence, found: Range<usize>) -> Spot {
    let Some(paragraph) = article.paragraphs.get(sentence.paragraph) else {
        return Spot { article: article.label(), line: article.line, page: article.page, quote: String::new() };
    };
    let start = sentence.range.start + sentence.folded.origin(found.start);
    let end = sentence.range.start + sentence.folded.origin(found.end.saturating_sub(1));
    let (line, page) = paragraph.line_at(start);
    let quote = paragraph.quote(start..end, sentence.range.clone());
    Spot { article: article.label(), line, page, quote }
}

/// The best places: sentences before headings that they make needless, one for each line.
fn best(mut clues: Vec<Clue>) -> Vec<Spot> {
    clues.sort_by(|a, b| b.weight.total_cmp(&a.weight).then(a.heading.cmp(&b.heading)));
    let said: BTreeSet<usize> = clues.iter().filter(|clue| !clue.heading).map(|clue| clue.article).collect();
    let mut spots: Vec<Spot> = Vec::new();
    // An article with both is shown by its sentence, at the rank of the better of the two.
    let ranked = clues.iter().map(|clue| {
        let by_sentence = clue.heading && said.contains(&clue.article);
        let better = clues.iter().find(|other| by_sentence && !other.heading && other.article == clue.article);
        better.unwrap_or(clue)
    });
    for clue in ranked {
        if spots.len() < PLACES
            && !spots.iter().any(|spot| spot.line == clue.spot.line || spot.quote == clue.spot.quote)
        {
            spots.push(clue.spot.clone());
        }
    }
    spots
}
