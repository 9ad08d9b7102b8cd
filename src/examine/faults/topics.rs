//! What an article is cited for, and whether it treats of that. Called by `references`.

use std::cell::{OnceCell, RefCell};
use std::collections::BTreeMap;
use std::sync::LazyLock;

use crate::examine::pattern::{Lazy, Pattern};
use crate::examine::structure::Article;
use crate::examine::text::Folded;

/// What a sentence cites an article for: words of the sentence, words of the article that treats it.
const TOPICS: &[(&str, &str, &str)] = &[
    (
        "i rapporti finanziari",
        r"\btrasferiment\w* (?:de\w* )?(?:risors|somm|quot|fond)|\b(?:risorse|quot[ae]|contribut[oi]|rimbors[oi]|corrispettiv[oi]|spes[ae]|oneri|pagament[oi]|versament[oi]) (?:\w+ ){0,5}?$",
        r"quot|spes|oner|cost[io]\b|risors|contribut|rimbors|finanz|euro|corrispettiv|pagament|versament|trasferiment|tariff|prezz|canone|fondo",
    ),
    (
        "la durata",
        r"\b(?:durata|decorrenza|vigenza|scadenza (?:del|della|dell)(?: presente)? (?:convenzione|accordo|atto|contratto)) (?:\w+ ){0,5}?$",
        r"durata|dura\b|decorr|scad|vigore|validit|valid|termine|efficac|\banni\b|vigenza",
    ),
    (
        "il recesso",
        r"\b(?:recesso|recedere|recede|disdetta) (?:\w+ ){0,6}?$",
        r"recess|rece|disd|ritir|sciogl|uscita|uscire|lasciare",
    ),
    (
        "la consultazione",
        r"\b(?:conferenza|assemblea|comitato|cabina di regia|tavolo \w+|organo) (?:\w+ ){0,4}?$",
        r"conferenz|assemble|comitat|cabina|tavol|organ|collegi|consult|commission|coordinament",
    ),
    (
        "le penali",
        r"\b(?:penali|penale|inadempiment[oi]|sanzion[ei]) (?:\w+ ){0,4}?$",
        r"penal|inadempi|sanzion|risoluzion|diffid|ritard",
    ),
    (
        "le controversie",
        r"\b(?:controversi[ae]|lit[ei]) (?:\w+ ){0,4}?$",
        r"controvers|\blit[ei]\b|foro|arbitr|giudic|tribunal|contenzios",
    ),
];

/// "Inadempimento degli obblighi di cui all’art. 3" cites the duties.
static OF_DUTIES: Lazy = LazyLock::new(|| {
    Pattern::new(
        r"\binadempi\w+ (?:\w+ ){0,2}(?:obbligh?i?o?|impegn[oi]|compit[oi]|dover[ei]|clausol[ae]|prescrizion[ei]|disposizion[ei]|prestazion[ei]|quanto)\b",
    )
});
/// Topics, compiled.
static COMPILED: LazyLock<Vec<(&'static str, Pattern, Pattern)>> = LazyLock::new(|| {
    TOPICS.iter().map(|(name, sentence, article)| (*name, Pattern::new(sentence), Pattern::new(article))).collect()
});

/// A thing that an article is cited for: "il magazzino previsto dall’".
static THING: Lazy = LazyLock::new(|| {
    Pattern::new(
        r"\b(magazzin\w+|prospett\w+|graduatori\w+|registr\w+|tabell\w+|cauzion\w+|polizz\w+|fideiussion\w+|fondo|sportell\w+|furgon\w+|pulmin\w+|automezz\w+|veicol\w+|immobil\w+|local[ei]|relazion[ei]|rendicont\w+|programm[ai]|tariffari\w*|canon[ei]|deposit\w+|inventari\w*|verbal[ei]|segreteri\w+|commission\w+|centralin\w+|ambulator\w+)(?: \w+){0,3}? (?:di cui|previst\w|indicat\w|disciplinat\w|istituit\w|descritt\w|individuat\w|nominat\w|regolat\w) (?:all|al|dall|dal|nell|nel) $",
    )
});
/// Letters by which a word is known whatever its ending.
const STEM: usize = 6;
/// Words before a citation that say what it is for.
const CLAUSE: usize = 9;

/// A reference to an article for what another treats, or none.
pub(super) struct Mismatch {
    pub(super) message: String,
    pub(super) hint: String,
}

/// What the articles of an act treat of: each is folded once, however often it is cited.
pub(super) struct Treated<'a> {
    articles: &'a [Article],
    /// Heading and text of each, folded, a space before.
    words: Vec<OnceCell<String>>,
    /// The first three articles of a sequence that have a word with a stem: one of them neither cites nor is cited.
    naming: RefCell<BTreeMap<(usize, String), Vec<usize>>>,
}

impl<'a> Treated<'a> {
    /// Of these articles.
    pub(super) fn of(articles: &'a [Article]) -> Self {
        Self { articles, words: vec![OnceCell::new(); articles.len()], naming: RefCell::default() }
    }

    /// What is wrong with the citation of the article `cited` in the article `within`, positions, after the folded words
    /// `before`: its sentence is about one thing and the article is about another.
    pub(super) fn mismatch(&self, within: usize, cited: usize, before: &str) -> Option<Mismatch> {
        let clause: Vec<&str> = before.split_whitespace().rev().take(CLAUSE).collect();
        let clause: String = clause.into_iter().rev().map(|word| format!("{word} ")).collect();
        let (from, to) = (self.articles.get(within)?, self.articles.get(cited)?);
        let treated = self.words(cited);
        for (name, sentence, article) in COMPILED.iter() {
            if !sentence.is_in(&clause) || article.is_in(treated) || OF_DUTIES.is_in(&clause) {
                continue;
            }
            let right = self.articles.iter().find(|other| article.is_in(&Folded::new(&other.heading).text));
            let hint = match right {
                Some(right) if right.line != to.line => format!("forse si voleva {}", right.named()),
                _ => "citare l’articolo giusto, o aggiungere quello che ne tratta".to_owned(),
            };
            let message = format!("{} si cita {} per {name}, di cui non tratta", from.inside(), to.named());
            return Some(Mismatch { message, hint });
        }
        let (_, groups) = THING.groups(&clause).pop()?;
        let word = groups.first()?;
        let stem = format!(" {}", word.get(..STEM).unwrap_or(word));
        if treated.contains(&stem) {
            return None;
        }
        let other = self.naming(from.sequence, stem).into_iter().find(|other| ![within, cited].contains(other))?;
        let message = format!("{} si cita {} per «{word}», di cui non tratta", from.inside(), to.named());
        Some(Mismatch { message, hint: format!("forse si voleva {}", self.articles.get(other)?.named()) })
    }

    fn words(&self, article: usize) -> &str {
        let fold =
            |article: &Article| format!(" {}", Folded::new(&format!("{} {}", article.heading, article.words())).text);
        match (self.words.get(article), self.articles.get(article)) {
            (Some(cell), Some(article)) => cell.get_or_init(|| fold(article)),
            _ => "",
        }
    }

    fn naming(&self, sequence: usize, stem: String) -> Vec<usize> {
        let mut known = self.naming.borrow_mut();
        let entry = known.entry((sequence, stem));
        let stem = entry.key().1.clone();
        let look = || {
            let of_it = self.articles.iter().enumerate().filter(|(_, article)| article.sequence == sequence);
            of_it.map(|(at, _)| at).filter(|at| self.words(*at).contains(&stem)).take(3).collect()
        };
        entry.or_insert_with(look).clone()
    }
}
