//! What a document is: a convention, an agreement, a contract, a deliberation, a statute, or something else. Called by
//! `examine`. The title decides: the first words at its top that name a kind; the rest of the act speaks only where the
//! title is silent.

use std::sync::LazyLock;

use serde::Serialize;

use super::pattern::{Lazy, Pattern};
use super::structure::Structure;
use super::text::{Folded, Paragraph};

/// The kind of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// A convention between local bodies (D.Lgs. 267/2000, art. 30).
    Convenzione,
    /// An agreement or protocol between administrations (L. 241/1990, art. 15; D.Lgs. 267/2000, art. 34).
    Accordo,
    /// A contract: somebody is paid for something.
    Contratto,
    /// A deliberation.
    Delibera,
    /// A statute.
    Statuto,
    /// What adds to an act or prolongs it: the rest is in the act it amends.
    #[serde(rename = "altro")]
    Aggiunta,
    /// Anything else.
    Altro,
}

impl Kind {
    /// "una convenzione".
    pub fn italian(self) -> &'static str {
        match self {
            Self::Convenzione => "una convenzione",
            Self::Accordo => "un accordo fra amministrazioni",
            Self::Contratto => "un contratto",
            Self::Delibera => "una deliberazione",
            Self::Statuto => "uno statuto",
            Self::Aggiunta => "un atto che ne modifica o ne proroga un altro",
            Self::Altro => "un documento di altro genere",
        }
    }

    /// The word of the contract: `convenzione`, `accordo`, …
    pub fn slug(self) -> &'static str {
        match self {
            Self::Convenzione => "convenzione",
            Self::Accordo => "accordo",
            Self::Contratto => "contratto",
            Self::Delibera => "delibera",
            Self::Statuto => "statuto",
            Self::Aggiunta | Self::Altro => "altro",
        }
    }
}

/// Words of a title that name a kind. Where two begin at the same place the longer wins.
static TITLES: LazyLock<[(Kind, Pattern); 5]> = LazyLock::new(|| {
    [
        (
            Kind::Delibera,
            Pattern::new(
                r"\bdeliberazion[ei]\b|\bdelibera (?:di|del|della|dell|n|c c|g c)\b|^delibera$|verbale di deliberazione|\bil consiglio comunale$",
            ),
        ),
        (Kind::Statuto, Pattern::new(r"^(?:schema di |bozza di )?statuto\b")),
        (
            Kind::Accordo,
            Pattern::new(
                r"\baccordo\b|\bprotocollo (?:di|d) (?:intesa|legalita|collaborazione)\b|\bintesa\b|\bprotocollo operativo\b|\bmemorandum\b",
            ),
        ),
        (
            Kind::Contratto,
            Pattern::new(
                r"\bcontratto\b|capitolato (?:speciale|tecnico|prestazionale|general\w|d\b)|lettera di incarico|^(?:schema di |bozza di )?disciplinare (?:d|di|per)\b",
            ),
        ),
        (Kind::Convenzione, Pattern::new(r"\bconvenzion[ei]\b|\b(?:atto|disciplinare|patto) convenzionale\b")),
    ]
});
/// The form of an act, which may be one of any kind: "scrittura privata contenente convenzione".
static FORM: Lazy = LazyLock::new(|| Pattern::new(r"\bscrittura privata\b"));
/// The title of what amends another act.
static AMENDS: Lazy = LazyLock::new(|| {
    Pattern::new(
        r"^(?:schema di |bozza di |primo |secondo |terzo )?(?:atto (?:aggiuntivo|integrativo|modificativo|di proroga)|addendum|appendice (?:alla|all|contrattuale)|proroga (?:della convenzione|dell accordo))\b",
    )
});
/// A line with which an act begins, though its letters are not those of a title.
static BEGINS: Lazy = LazyLock::new(|| {
    Pattern::new(r"^(?:schema di |bozza di )?(?:convenzione|accordo|protocollo d intesa) (?:tra|fra|per|ai sensi|ex)\b")
});
/// Paragraphs at the top in whose lines an act may begin.
const TOP: usize = 6;
/// Lines of letters and reports.
static LETTER: Lazy = LazyLock::new(|| {
    Pattern::new(
        r"\bspett le\b|cordiali saluti|distinti saluti|in attesa di (?:un )?(?:cortese )?riscontro|\begregi[oa]\b|gentile|si trasmette in allegato",
    )
});
/// A line that a deliberation alone has.
static DECIDES: Lazy =
    LazyLock::new(|| Pattern::new(r"^(?:d e l i b e r a|delibera|deliberano|delibera di|d e l i b e r a di)$"));
/// "Allegato alla deliberazione n. 41": what is annexed to one, or approved by it, is none.
static ANNEXED: Lazy = LazyLock::new(|| Pattern::new(r"\b(?:allegat\w|approvat\w|schema)\b"));
static OBJECT_LINE: Lazy = LazyLock::new(|| Pattern::new(r"^oggetto\b"));
/// How an act calls itself.
static ITSELF: LazyLock<[(Kind, Pattern); 4]> = LazyLock::new(|| {
    [
        (Kind::Convenzione, Pattern::new(r"(?:presente|questa|seguente|la) convenzione")),
        (Kind::Accordo, Pattern::new(r"(?:presente|questo|seguente) (?:accordo|protocollo)|presente intesa")),
        (Kind::Contratto, Pattern::new(r"(?:presente|questo|il) contratto|appaltator|locator|affidatari|committente")),
        (Kind::Statuto, Pattern::new(r"(?:presente|questo|lo) statuto")),
    ]
});

/// The kind of a document.
pub fn kind(structure: &Structure) -> Kind {
    let opening: Vec<(String, &Paragraph)> = structure
        .opening
        .iter()
        .map(|paragraph| (Folded::new(&paragraph.text).text.trim().to_owned(), paragraph))
        .collect();
    let letter = opening.iter().any(|(folded, _)| LETTER.is_in(folded));
    if letter && structure.articles.len() < 3 {
        return Kind::Altro;
    }
    if opening.iter().any(|(folded, _)| DECIDES.is_in(folded)) {
        return Kind::Delibera;
    }
    let titles = opening.iter().filter_map(|(folded, paragraph)| match is_title(paragraph) {
        true => Some(folded.clone()),
        false => capitals(paragraph),
    });
    let has_articles = !structure.articles.is_empty();
    for folded in titles.filter(|folded| !OBJECT_LINE.is_in(folded)).take(12) {
        let folded = &folded;
        if AMENDS.is_in(folded) && has_articles {
            return Kind::Aggiunta;
        }
        if let Some(kind) = named(folded).filter(|kind| has_articles || *kind == Kind::Delibera || agrees(&opening)) {
            return kind;
        }
    }
    let lines = structure.opening.iter().take(TOP).flat_map(Paragraph::lines);
    let begins = lines.filter(|line| line.starts_with(char::is_uppercase)).map(|line| Folded::new(line).text);
    if let Some(folded) = begins.into_iter().find(|folded| has_articles && BEGINS.is_in(folded)) {
        return named(&folded).unwrap_or(Kind::Altro);
    }
    if !structure.is_numbered() {
        // A report may speak of conventions without being one.
        return Kind::Altro;
    }
    let mut words: String = opening.iter().map(|(folded, _)| format!("{folded} ")).collect();
    for article in &structure.articles {
        words.push_str(&Folded::new(&format!("{} {} ", article.heading, article.words())).text);
    }
    let count = |pattern: &Pattern| pattern.all(&words).len();
    let most = ITSELF.iter().map(|(kind, pattern)| (count(pattern), *kind)).max_by_key(|(count, _)| *count);
    most.filter(|(count, _)| *count >= 2).map_or(Kind::Altro, |(_, kind)| kind)
}

/// True where parties agree on something: a section of a report may have the title of an act.
fn agrees(opening: &[(String, &Paragraph)]) -> bool {
    static AGREES: Lazy = LazyLock::new(|| {
        Pattern::new(
            r"(?:presente|seguente|questa|questo) (?:convenzione|accordo|contratto|protocollo|atto|intesa|statuto)|conviene|convengono|stipulano|si stipula|si impegnano|(?:stabiliscono|concordano|pattuiscono) quanto segue",
        )
    });
    opening.iter().any(|(folded, _)| AGREES.is_in(folded))
}

/// The kind that a title names first. "Allegato alla convenzione" only speaks of one.
fn named(folded: &str) -> Option<Kind> {
    let found = TITLES.iter().filter_map(|(kind, pattern)| {
        let start = pattern.find(folded)?.start;
        let before = folded.get(..start).unwrap_or_default().split_whitespace().next_back().unwrap_or_default();
        let spoken_of = matches!(
            before,
            "dalla"
                | "della"
                | "alla"
                | "nella"
                | "sulla"
                | "la"
                | "una"
                | "in"
                | "con"
                | "delle"
                | "le"
                | "dell"
                | "all"
                | "l"
                | "nell"
        );
        let annexed = *kind == Kind::Delibera && ANNEXED.is_in(folded.get(..start).unwrap_or_default());
        (!annexed && (!spoken_of || *kind == Kind::Delibera)).then_some((start, *kind))
    });
    let first = found.min_by_key(|(start, _)| *start).map(|(_, kind)| kind);
    first.or_else(|| FORM.is_in(folded).then_some(Kind::Contratto))
}

/// The words in capitals with which a paragraph begins: in a PDF a title may be joined with the lines below it.
fn capitals(paragraph: &Paragraph) -> Option<String> {
    let words = paragraph.text.split_whitespace().take_while(|word| !word.chars().any(char::is_lowercase));
    let title = words.collect::<Vec<_>>().join(" ");
    (title.chars().filter(|c| c.is_alphabetic()).count() >= 7).then(|| Folded::new(&title).text.trim().to_owned())
}

/// Short and no sentence: a title, a heading, a letterhead.
fn is_title(paragraph: &Paragraph) -> bool {
    let text = paragraph.text.trim();
    let capitals =
        text.chars().filter(|c| c.is_uppercase()).count() * 2 > text.chars().filter(|c| c.is_alphabetic()).count();
    let short = text.chars().count() <= if capitals { 400 } else { 220 };
    short
        && (capitals || !text.ends_with([';', ',']))
        && (capitals || !text.ends_with('.') || text.chars().count() < 60)
}
