//! The term of an act as its words state it: how long, from when, until when. Called by `faults`.

use std::ops::Range;
use std::sync::LazyLock;

use chrono::NaiveDate;

use super::pattern::{Lazy, Pattern};
use super::text::Folded;
use crate::date;

/// A length of time, in months.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Length {
    /// Months.
    pub months: u32,
    /// The words that say it, folded.
    pub said: String,
    /// Where they stand, in folded bytes.
    pub at: Range<usize>,
}

static COUNTED: Lazy =
    LazyLock::new(|| Pattern::new(r"\b(<NUMERO>)(?: \w+){0,2}? (ann[oi]|mes[ei])\b|\bann[oi] (<NUMERO>)\b"));
static NAMED: Lazy = LazyLock::new(|| Pattern::new(r"\b(<PERIODO>)\b"));
static DAY: Lazy = LazyLock::new(|| {
    Pattern::new(
        r"(?i)\b(\d{1,2}\s?[/.\-]\s?\d{1,2}\s?[/.\-]\s?(?:\d{4}|\d{2})|\d{1,2}\s?[°º]?\s+(?:gennaio|febbraio|marzo|aprile|maggio|giugno|luglio|agosto|settembre|ottobre|novembre|dicembre)\s+\d{4})\b",
    )
});
static FROM: Lazy = LazyLock::new(|| {
    Pattern::new(
        r"\b(?:decorr\w+|dal|dall|dalla data|partire dal?l?|inizio il?|effetto dal|vigore (?:il|dal))(?: \w+){0,2} ?$",
    )
});
static UNTIL: Lazy = LazyLock::new(|| {
    Pattern::new(
        r"\b(?:(?:fino|sino) al?l?a?|al|all|scade(?:nza)? (?:il|l|al)|termine (?:il|l|al)|cessa (?:il|l)|oltre il|oltre l|scadra il|termina il|conclude il|e il)(?: giorno)? ?$",
    )
});

const NUMBERS: [(&str, u32); 20] = [
    ("un", 1),
    ("uno", 1),
    ("una", 1),
    ("due", 2),
    ("tre", 3),
    ("quattro", 4),
    ("cinque", 5),
    ("sei", 6),
    ("sette", 7),
    ("otto", 8),
    ("nove", 9),
    ("dieci", 10),
    ("undici", 11),
    ("dodici", 12),
    ("quindici", 15),
    ("diciotto", 18),
    ("venti", 20),
    ("ventiquattro", 24),
    ("trenta", 30),
    ("trentasei", 36),
];
const PERIODS: [(&str, u32); 10] = [
    ("annual", 1),
    ("bien", 2),
    ("trien", 3),
    ("quadrien", 4),
    ("quinquen", 5),
    ("sessen", 6),
    ("setten", 7),
    ("noven", 9),
    ("decen", 10),
    ("venten", 20),
];

/// The lengths of time that folded words state.
pub fn lengths(folded: &str) -> Vec<Length> {
    let mut found = Vec::new();
    for (at, groups) in COUNTED.groups(folded) {
        let [number, unit, after] = groups.as_slice() else { continue };
        let word = if number.is_empty() { after } else { number };
        let value =
            word.parse().ok().or_else(|| NUMBERS.iter().find(|(name, _)| name == word).map(|(_, value)| *value));
        let Some(value) = value.filter(|value| (1..=99).contains(value)) else { continue };
        let months = if unit.starts_with("mes") { value } else { value * 12 };
        found.push(Length { months, said: folded.get(at.clone()).unwrap_or_default().to_owned(), at });
    }
    for (at, groups) in NAMED.groups(folded) {
        let word = groups.first().map(String::as_str).unwrap_or_default();
        if let Some((_, years)) = PERIODS.iter().find(|(stem, _)| word.starts_with(stem)) {
            found.push(Length { months: years * 12, said: word.to_owned(), at });
        }
    }
    found.sort_by_key(|length| length.at.start);
    found
}

/// First and last day of a text, where it says them: "dal … al …", "fino al …".
pub fn days(text: &str) -> (Option<NaiveDate>, Option<NaiveDate>) {
    let (mut start, mut end) = (None, None);
    for (at, groups) in DAY.groups(text) {
        let written = groups.first().map(|day| day.replace(['°', 'º'], "")).unwrap_or_default();
        let compact: String = if written.contains(['/', '.', '-']) { written.replace(' ', "") } else { written };
        let Some(day) = date::parse(&compact) else { continue };
        let before = Folded::new(text.get(..at.start).unwrap_or_default()).text;
        let before = before.trim_end();
        if UNTIL.is_in(before) {
            end.get_or_insert(day);
        } else if FROM.is_in(before) {
            start.get_or_insert(day);
        }
    }
    (start, end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_are_read() {
        let months =
            |text: &str| lengths(&Folded::new(text).text).into_iter().map(|length| length.months).collect::<Vec<_>>();
        assert_eq!(months("ha validità di due anni dalla data"), [24]);
        assert_eq!(months("durata di anni 5 (cinque)"), [60]);
        assert_eq!(months("valenza triennale"), [36]);
        assert_eq!(months("per ventiquattro mesi"), [24]);
        assert_eq!(months("entro trenta giorni"), [] as [u32; 0]);
    }

    #[test]
    fn days_are_read_with_what_they_are() {
        let day = |y, m, d| NaiveDate::from_ymd_opt(y, m, d);
        assert_eq!(days("dura dal 1° aprile 2024 al 31 marzo 2029"), (day(2024, 4, 1), day(2029, 3, 31)));
        assert_eq!(days("fino al 30.6.2028"), (None, day(2028, 6, 30)));
        assert_eq!(
            days("scade il 30 settembre 2027 e ha inizio il 1° ottobre 2024"),
            (day(2024, 10, 1), day(2027, 9, 30))
        );
        assert_eq!(days("decorre dal 1/1/2025 e dura sette anni"), (day(2025, 1, 1), None));
    }
}
