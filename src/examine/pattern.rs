//! Patterns over folded words (lower case, no accents, single spaces), with names for what many of them share. Called by
//! everything in `examine` that looks for words. A pattern that does not compile matches nothing; a test finds it.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

/// Names that stand for a set of words in a pattern: `<ATTO>`, `<NUMERO>`, …
pub const NAMES: [(&str, &str); 7] = [
    (
        "<ATTO>",
        "(?:convenzione|accordo|contratto|protocollo|intesa|atto|disciplinare|consorzio|locazione|appalto|collaborazione|rapporto|affidamento|concessione)",
    ),
    (
        "<PARTE>",
        "(?:comun[ei]|provinci[ae]|unione|unioni|ent[ei]|parti|parte|capofila|comunita montan[ae]|regione|universita|societa|appaltatore|conduttore|locatore|coordinatore|associat[oi]|aderent[ei]|amministrazion[ei]|prefettura|azienda|citta metropolitana|soggett[oi]|firmatar[ie]|sottoscrittor[ei]|contraent[ei]|centrale|ufficio di piano|ufficio comune|gestore|affidatari[oa]|concessionario|istituto|essa|esso)",
    ),
    (
        "<NUMERO>",
        "(?:\\d{1,3}|un|uno|una|due|tre|quattro|cinque|sei|sette|otto|nove|dieci|undici|dodici|quindici|diciotto|venti|ventiquattro|trenta|trentasei)",
    ),
    ("<MESE>", "(?:gennaio|febbraio|marzo|aprile|maggio|giugno|luglio|agosto|settembre|ottobre|novembre|dicembre)"),
    (
        "<GIORNO>",
        "(?:\\d{1,2}o? (?:gennaio|febbraio|marzo|aprile|maggio|giugno|luglio|agosto|settembre|ottobre|novembre|dicembre|\\d{1,2}) (?:19|20)?\\d{2})",
    ),
    (
        "<PERIODO>",
        "(?:annuale|biennale|triennale|quadriennale|quinquennale|sessennale|settennale|novennale|decennale|ventennale|biennio|triennio|quadriennio|quinquennio|sessennio|settennio|novennio|decennio|ventennio)",
    ),
    (
        "<ORGANO>",
        "(?:conferenza|assemblea|comitato|tavolo|cabina|organismo|collegio|consulta|commissione|coordinamento|riunion[ei]|sindaci|conferenze|comitati|tavoli|gruppo di lavoro)",
    ),
];

/// A compiled pattern.
#[derive(Debug)]
pub struct Pattern(Option<Regex>);

impl Pattern {
    /// Compiles a pattern, after putting words in the place of names.
    pub fn new(pattern: &str) -> Self {
        let mut whole = pattern.to_owned();
        for (name, words) in NAMES {
            whole = whole.replace(name, words);
        }
        // Folded words are plain letters and figures: the classes of all Unicode would make every pattern many times larger.
        let whole = whole.replace(r"\w", "[a-z0-9]").replace(r"\d", "[0-9]").replace(r"\b", r"(?-u:\b)");
        let compiled = Regex::new(&whole);
        debug_assert!(compiled.is_ok(), "{pattern}: {compiled:?}");
        Self(compiled.ok())
    }

    /// True where the words are there.
    pub fn is_in(&self, folded: &str) -> bool {
        self.0.as_ref().is_some_and(|regex| regex.is_match(folded))
    }

    /// The bytes of the first match.
    pub fn find(&self, folded: &str) -> Option<Range<usize>> {
        self.0.as_ref()?.find(folded).map(|found| found.range())
    }

    /// The bytes of every match.
    pub fn all(&self, folded: &str) -> Vec<Range<usize>> {
        self.0.as_ref().map(|regex| regex.find_iter(folded).map(|found| found.range()).collect()).unwrap_or_default()
    }

    /// The groups of every match, with the bytes of the whole.
    pub fn groups(&self, text: &str) -> Vec<(Range<usize>, Vec<String>)> {
        let Some(regex) = &self.0 else { return Vec::new() };
        regex
            .captures_iter(text)
            .filter_map(|captures| {
                let whole = captures.get(0)?.range();
                let groups =
                    captures.iter().skip(1).map(|group| group.map_or(String::new(), |group| group.as_str().to_owned()));
                Some((whole, groups.collect()))
            })
            .collect()
    }
}

/// A pattern compiled at its first use.
pub type Lazy = LazyLock<Pattern>;
