//! Days that are not in the calendar. Called by `faults`.

use std::sync::LazyLock;

use chrono::NaiveDate;

use super::Act;
use crate::date;
use crate::diagnostic::Diagnostic;
use crate::examine::pattern::{Lazy, Pattern};
use crate::examine::text::{Folded, Paragraph};

/// "30.2.2026", "31/06/2026": with the year in full, for shorter ones may be numbers of anything.
static FIGURES: Lazy =
    LazyLock::new(|| Pattern::new(r"(?:^|[^\d./-])(\d{1,2})([./-])(\d{1,2})([./-])((?:19|20)\d\d)(?:[^\d/-]|$)"));
/// Folded: "31 settembre 2026".
static WORDS: Lazy = LazyLock::new(|| Pattern::new(r"\b(\d{1,2})o? (<MESE>) ((?:19|20)\d\d)\b"));

/// Folded: "31 settembre", of any year.
static OF_EVERY_YEAR: Lazy = LazyLock::new(|| Pattern::new(r"\b(\d{1,2})o? (<MESE>)\b"));
/// A leap year, so that 29 February is a day.
const LEAP: u32 = 2024;

/// ESA-13.
pub(super) fn days(act: &Act<'_>, found: &mut Vec<Diagnostic>) {
    for (inside, paragraph) in act.structure.passages() {
        for (byte, said) in impossible(paragraph) {
            let message = format!("{inside} c’è un giorno che non esiste: {said}");
            found.push(
                Diagnostic::new("ESA-13", act.at(paragraph, byte), message)
                    .hint("controllare giorno, mese e anno sull’atto da cui la data è presa"),
            );
        }
    }
}

/// The days of a paragraph that are in no calendar, with the byte where each stands.
fn impossible(paragraph: &Paragraph) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    for (range, groups) in FIGURES.groups(&paragraph.text) {
        let [day, first, month, second, year] = groups.as_slice() else { continue };
        let number = |text: &str| text.parse::<u32>().ok();
        let (Some(d), Some(m), Ok(y)) = (number(day), number(month), year.parse()) else { continue };
        // "45/12/2024" and "3/15/2024" are numbers of registers.
        let is_a_day = first == second && (1..=31).contains(&d) && (1..=12).contains(&m);
        if is_a_day && NaiveDate::from_ymd_opt(y, m, d).is_none() {
            found.push((range.start, format!("{day}{first}{month}{second}{year}")));
        }
    }
    let folded = Folded::new(&paragraph.text);
    for (range, groups) in WORDS.groups(&folded.text) {
        let [day, month, year] = groups.as_slice() else { continue };
        let said = format!("{day} {month} {year}");
        if date::parse(&said).is_none() {
            found.push((folded.origin(range.start), said));
        }
    }
    for (range, groups) in OF_EVERY_YEAR.groups(&folded.text) {
        let [day, month] = groups.as_slice() else { continue };
        let has_a_year = WORDS.groups(&folded.text).iter().any(|(whole, _)| whole.contains(&range.start));
        let is_a_day = date::parse(&format!("{day} {month} {LEAP}")).is_some();
        if !has_a_year && !is_a_day && day.parse().is_ok_and(|day: u32| (30..=39).contains(&day)) {
            found.push((folded.origin(range.start), format!("{day} {month}")));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str) -> Vec<String> {
        impossible(&Paragraph::new(text, 1, 1)).into_iter().map(|(_, said)| said).collect()
    }

    #[test]
    fn days_that_are_in_no_calendar() {
        assert_eq!(told("D.C.C. n. 21 del 30.2.2026 e n. 4 del 31/06/2025"), ["30.2.2026", "31/06/2025"]);
        assert_eq!(told("fino al 31 settembre 2027, dal 29 febbraio 2026."), ["31 settembre 2027", "29 febbraio 2026"]);
        assert_eq!(told("il 32° gennaio 2026"), ["32 gennaio 2026"]);
        assert_eq!(
            told("in due rate, il 31 marzo ed il 31 settembre; entro il 30 febbraio"),
            ["31 settembre", "30 febbraio"]
        );
    }

    #[test]
    fn days_of_the_calendar_and_numbers_that_are_no_days() {
        for sound in [
            "dal 29 febbraio 2028 al 31.12.2030",
            "prot. n. 45/12/2024",
            "determina 3/15/2024",
            "foglio 30.2.20261",
            "n. 2/30/2/2026",
            "anni 2025/2026 e 31/04-2026",
            "1° gennaio 2026",
            "dal 30 giugno al 29 febbraio di ogni anno",
            "i nati nel 1998 marzo e 45 aprile",
        ] {
            assert_eq!(told(sound), [""; 0], "{sound}");
        }
    }
}
