//! An act signed before the deliberations that approve it. Called by `faults`.

use std::sync::LazyLock;

use chrono::NaiveDate;

use super::Act;
use crate::date;
use crate::diagnostic::Diagnostic;
use crate::examine::pattern::{Lazy, Pattern};
use crate::examine::text::{Folded, Paragraph};

/// Folded: the last day of "deliberazioni consiliari in data 10, 11 e 13 marzo 2025", in words or figures.
static DELIBERATED: Lazy = LazyLock::new(|| {
    Pattern::new(
        r"\bdeliberazion[ei](?: \w+){0,8}? (?:in data|del|dell|dei)(?: \d{1,2}o?| e| ed)*? (\d{1,2})o? (<MESE>|\d{1,2}) ((?:19|20)\d\d)\b",
    )
});
/// Folded: "Fatto in Moggiana, addì 8 marzo 2025", "Roccalta, lì 8/3/2025".
static SIGNED: Lazy = LazyLock::new(|| {
    Pattern::new(
        r"(?:^(?:fatto|letto|redatto|firmato|sottoscritto)\b.{0,80}?|^.{0,40}\b(?:addi|li) )\b(\d{1,2})o? (<MESE>|\d{1,2}) ((?:19|20)\d\d)\b",
    )
});
/// Longest line with the day of signature, in characters.
const LONGEST: usize = 140;

/// ESA-18.
pub(super) fn order(act: &Act<'_>, found: &mut Vec<Diagnostic>) {
    if !act.is_agreed() {
        return;
    }
    let structure = act.structure;
    let last = structure.articles.last().map_or(&[][..], |article| article.paragraphs.as_slice());
    let signed = last.iter().chain(&structure.closing).filter(|it| it.text.chars().count() <= LONGEST);
    let Some((line, day)) = signed.into_iter().find_map(|it| Some((it, days(&SIGNED, it).next()?.1))) else { return };
    let articles = structure.articles.iter().flat_map(|article| &article.paragraphs);
    for paragraph in structure.opening.iter().chain(articles) {
        let later = days(&DELIBERATED, paragraph).find(|(_, deliberated)| *deliberated > day);
        let Some((byte, deliberated)) = later else { continue };
        let message = format!(
            "l’atto è firmato il {}, ma la deliberazione citata è del {}",
            date::short(day),
            date::short(deliberated)
        );
        found.push(
            Diagnostic::new("ESA-18", act.at(line, 0), message)
                .hint("controllare le due date: si firma dopo che gli organi hanno approvato lo schema")
                .related(act.at(paragraph, byte)),
        );
        return;
    }
}

/// The days that a pattern finds in a paragraph, each with its byte.
fn days<'p>(pattern: &Pattern, paragraph: &'p Paragraph) -> impl Iterator<Item = (usize, NaiveDate)> + use<'p> {
    let folded = Folded::new(&paragraph.text);
    let found: Vec<(usize, NaiveDate)> = pattern
        .groups(&folded.text)
        .into_iter()
        .filter_map(|(range, groups)| {
            let [day, month, year] = groups.as_slice() else { return None };
            let parted = if month.starts_with(|c: char| c.is_ascii_digit()) { "/" } else { " " };
            Some((folded.origin(range.start), date::parse(&[day.as_str(), month, year].join(parted))?))
        })
        .collect();
    found.into_iter()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(pattern: &Pattern, text: &str) -> Vec<String> {
        days(pattern, &Paragraph::new(text, 1, 1)).map(|(_, day)| date::short(day)).collect()
    }

    #[test]
    fn days_of_deliberations_and_of_the_signature() {
        let deliberated = |text: &str| told(&DELIBERATED, text);
        assert_eq!(
            deliberated("con deliberazioni consiliari in data 10, 11 e 13 marzo 2025, convengono"),
            ["13/03/2025"]
        );
        assert_eq!(deliberated("deliberazione del Consiglio n. 12 del 5/2/2025, esecutiva"), ["05/02/2025"]);
        assert_eq!(deliberated("la deliberazione è pubblicata"), [""; 0]);
        let signed = |text: &str| told(&SIGNED, text);
        assert_eq!(signed("Fatto in Moggiana, in unico originale, addì 8 marzo 2025."), ["08/03/2025"]);
        assert_eq!(signed("Roccalta, lì 8/3/2025"), ["08/03/2025"]);
        assert_eq!(signed("La convenzione scade il 31 dicembre 2028"), [""; 0]);
    }
}
