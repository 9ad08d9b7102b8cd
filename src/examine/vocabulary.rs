//! The words by which an element of art. 30 is recognised: each sign has a place where it counts, a weight in hundredths
//! and the reason for it. This is the whole of what the program knows about wording; `docs/esame.md` shows it. Called by
//! `evidence` and, for bare headings, by `structure`.

mod bodies;
mod duties;
mod money;
mod purpose;
mod remedies;
mod term;

use std::sync::LazyLock;

use super::pattern::Pattern;
use super::text::Folded;
use crate::act::Element;

/// Where a sign counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Where {
    /// In the heading of an article.
    Heading,
    /// In a sentence of an article whose heading has a sign of the same element.
    Under,
    /// In a sentence of any article.
    Text,
}

impl Where {
    /// The words of the page.
    pub fn italian(self) -> &'static str {
        match self {
            Self::Heading => "titolo",
            Self::Under => "testo, sotto un titolo dell’elemento",
            Self::Text => "testo di qualunque articolo",
        }
    }
}

/// What a guarantee is about: acts have some and lack others.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Remedy {
    /// Leaving before the end.
    Withdrawal,
    /// What happens to who does not do its part: warning, penalty, termination.
    Default,
    /// Who decides a dispute.
    Disputes,
    /// Insurance, sureties, liability.
    Cover,
}

/// A sign of an element.
#[derive(Debug, Clone, Copy)]
pub struct Sign {
    /// The element.
    pub element: Element,
    /// Where it counts.
    pub place: Where,
    /// Hundredths: how sure the element is when only this sign is there.
    pub weight: u8,
    /// The words, folded, as a regular expression.
    pub words: &'static str,
    /// Words that take the sign away; empty for none.
    pub unless: &'static str,
    /// For guarantees, which.
    pub remedy: Option<Remedy>,
    /// Why it counts so much, in Italian.
    pub why: &'static str,
}

/// A row of the tables: place, weight, words, words that take it away, reason.
type Row = (Where, u8, &'static str, &'static str, &'static str);

/// Every sign, by element.
pub fn signs() -> Vec<Sign> {
    let of = |element: Element, rows: &'static [Row]| {
        rows.iter().map(move |(place, weight, words, unless, why)| Sign {
            element,
            place: *place,
            weight: *weight,
            words,
            unless,
            remedy: None,
            why,
        })
    };
    let mut all: Vec<Sign> = Vec::new();
    all.extend(of(Element::Oggetto, purpose::OBJECT));
    all.extend(of(Element::Fini, purpose::AIMS));
    all.extend(of(Element::Durata, term::TERM));
    all.extend(of(Element::Consultazione, bodies::CONSULTATION));
    all.extend(of(Element::Finanziari, money::FINANCES));
    all.extend(of(Element::Obblighi, duties::DUTIES));
    for (remedy, rows) in remedies::REMEDIES {
        all.extend(of(Element::Garanzie, rows).map(|sign| Sign { remedy: Some(*remedy), ..sign }));
    }
    all
}

/// A sign ready to be looked for.
#[derive(Debug)]
pub struct Compiled {
    /// The sign.
    pub sign: Sign,
    /// Its words.
    pub words: Pattern,
    /// The words that take it away.
    pub unless: Option<Pattern>,
}

/// The signs, compiled at the first use.
pub fn compiled() -> &'static [Compiled] {
    static ALL: LazyLock<Vec<Compiled>> = LazyLock::new(|| {
        let compile = |sign: Sign| Compiled {
            words: Pattern::new(sign.words),
            unless: Some(sign.unless).filter(|words| !words.is_empty()).map(Pattern::new),
            sign,
        };
        signs().into_iter().map(compile).collect()
    });
    &ALL
}

impl Compiled {
    /// The bytes of the sign in folded words, unless other words take it away.
    pub fn find(&self, folded: &str) -> Option<std::ops::Range<usize>> {
        let found = self.words.find(folded)?;
        let away = self.unless.as_ref().is_some_and(|unless| unless.is_in(folded));
        (!away).then_some(found)
    }
}

/// True where a heading names a matter of any element.
pub fn names_a_matter(heading: &str) -> bool {
    let folded = Folded::new(heading).text;
    compiled().iter().any(|compiled| compiled.sign.place == Where::Heading && compiled.find(&folded).is_some())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_compile_weigh_less_than_certainty_and_say_why() {
        for sign in signs() {
            assert!((5..=80).contains(&sign.weight), "{}: {}", sign.words, sign.weight);
            assert!(sign.why.len() > 10, "{}", sign.words);
            let folded =
                sign.words == sign.words.to_lowercase() || sign.words.contains('<') || sign.words.contains("\\");
            assert!(folded, "{}", sign.words);
        }
        assert_eq!(compiled().len(), signs().len());
    }
}
