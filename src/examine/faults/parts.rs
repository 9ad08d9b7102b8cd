//! References to a comma or a letter that the article cited does not have. Called by `references` for every reference to an
//! article of the act itself.

use std::sync::LazyLock;

use super::Act;
use crate::diagnostic::Diagnostic;
use crate::examine::pattern::{Lazy, Pattern};
use crate::examine::structure::{Article, Marker, marker};
use crate::place::Place;

static COMMA_AFTER: Lazy = LazyLock::new(|| Pattern::new(r"^ (?:comma|co|c) (\d{1,2})\b"));
/// In the text itself, after the number of the article: "art. 4.2".
static DOTTED: Lazy = LazyLock::new(|| Pattern::new(r"^\.(\d{1,2})(?:[^\d]|$)"));
static COMMA_BEFORE: Lazy = LazyLock::new(|| {
    Pattern::new(r"\b(?:comma|co|c) (\d{1,2}) (?:(?:lettera|lett) [a-z] )?(?:del|dell|di cui all) ?$")
});
static LETTER_AFTER: Lazy = LazyLock::new(|| Pattern::new(r"^(?: (?:comma|co|c) \d{1,2})? (?:lettera|lett) ([a-z])\b"));
static LETTER_BEFORE: Lazy = LazyLock::new(|| {
    Pattern::new(r"\b(?:lettera|lett) ([a-z]) (?:(?:comma|co|c) \d{1,2} )?(?:del|dell|di cui all) ?$")
});

/// What stands around the number of an article that is cited.
pub(super) struct Around<'a> {
    /// Folded words before the reference.
    pub(super) before: &'a str,
    /// Folded words after the number.
    pub(super) after: &'a str,
    /// The text after the number, as it is written.
    pub(super) written: &'a str,
}

/// C30-15: the comma or the letter named right before or after the number of `target` is not there. Only where the commas or
/// letters of the article are labelled, so that they can be counted.
pub(super) fn absent(
    act: &Act<'_>,
    within: &Article,
    target: &Article,
    around: &Around<'_>,
    place: &Place,
    found: &mut Vec<Diagnostic>,
) {
    let said = |after_it: &Pattern, before_it: &Pattern| {
        let first = |pattern: &Pattern, text: &str| pattern.groups(text).into_iter().next()?.1.into_iter().next();
        first(after_it, around.after).or_else(|| first(before_it, around.before))
    };
    let mut tell = |part: String, there: String| {
        let message = format!("{} si cita {part} {}, {there}", within.inside(), target.of());
        found.push(
            Diagnostic::new("C30-15", place.clone(), message)
                .hint("controllare il numero citato, o aggiungere la parte che manca")
                .related(act.line(target.line)),
        );
    };
    let dotted = || DOTTED.groups(around.written).into_iter().next()?.1.into_iter().next();
    let comma = said(&COMMA_AFTER, &COMMA_BEFORE).or_else(dotted).and_then(|number| number.parse::<u32>().ok());
    if let (Some(comma), Some(commas)) = (comma, commas(target))
        && comma > commas
    {
        tell(format!("il comma {comma}"), format!("che ha {commas} commi"));
        return;
    }
    let letter = said(&LETTER_AFTER, &LETTER_BEFORE).and_then(|letter| letter.chars().next());
    let letters = letters(target);
    if let (Some(letter), Some(last)) = (letter, letters.iter().max())
        && letters.len() > 1
        && !letters.contains(&letter)
        // A list inside a line.
        && !target.words().contains(&format!("{letter})"))
    {
        tell(format!("la lettera {letter})"), format!("che arriva alla lettera {last})"));
    }
}

/// How many commas an article has, where they are numbered one by one.
fn commas(article: &Article) -> Option<u32> {
    let numbers = article.paragraphs.iter().filter_map(|paragraph| match marker(&paragraph.text)?.0.within(article) {
        Marker::Comma(number) => Some(number),
        _ => None,
    });
    let numbers: Vec<u32> = numbers.collect();
    let last = u32::try_from(numbers.len()).ok().filter(|count| *count > 1)?;
    numbers.iter().copied().eq(1..=last).then_some(last)
}

fn letters(article: &Article) -> Vec<char> {
    let letters = article.paragraphs.iter().filter_map(|paragraph| match marker(&paragraph.text) {
        Some((Marker::Letter(letter), _)) => Some(letter),
        _ => None,
    });
    letters.collect()
}
