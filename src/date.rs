//! Days as Italians write them. The calendar is chrono's.

use chrono::{Datelike, NaiveDate};
use serde::Deserialize;

use crate::italian::fold;

const MONTHS: [&str; 12] = [
    "gennaio",
    "febbraio",
    "marzo",
    "aprile",
    "maggio",
    "giugno",
    "luglio",
    "agosto",
    "settembre",
    "ottobre",
    "novembre",
    "dicembre",
];

/// "1° gennaio 2026", with no-break spaces inside.
pub fn long(date: NaiveDate) -> String {
    format!("{}\u{a0}{}", day_month(date), date.year())
}

/// "2 ottobre".
pub fn day_month(date: NaiveDate) -> String {
    let day = if date.day() == 1 { "1°".to_owned() } else { date.day().to_string() };
    format!("{day}\u{a0}{}", MONTHS[date.month0() as usize])
}

/// "01/01/2026".
pub fn short(date: NaiveDate) -> String {
    date.format("%d/%m/%Y").to_string()
}

/// A [`short`] date after an article or a preposition joined to one ("il", "dal", "del", "al"): "il 12/03/2025",
/// "l’11/03/2025", "dall’08/03/2025".
pub fn after(word: &str, date: NaiveDate) -> String {
    joined(word, date, &short(date))
}

/// A [`long`] date after the same words: "del 22 novembre 2026", "dell’8 novembre 2026".
pub fn long_after(word: &str, date: NaiveDate) -> String {
    joined(word, date, &long(date))
}

fn joined(word: &str, date: NaiveDate, text: &str) -> String {
    match (date.day(), word) {
        (8 | 11, "il") => format!("l’{text}"),
        (8 | 11, _) => format!("{word}l’{text}"),
        _ => format!("{word} {text}"),
    }
}

/// How far a day is, in the words of lists: "passata", "oggi", "domani", "fra 12 giorni"; nothing beyond ninety days.
pub fn distance(day: NaiveDate, today: NaiveDate) -> String {
    match day.signed_duration_since(today).num_days() {
        ..0 => "passata".to_owned(),
        0 => "oggi".to_owned(),
        1 => "domani".to_owned(),
        days @ ..=90 => format!("fra {days} giorni"),
        _ => String::new(),
    }
}

/// The first and the last day of a year; `None` outside the calendar.
pub fn bounds(year: i32) -> Option<(NaiveDate, NaiveDate)> {
    Some((NaiveDate::from_ymd_opt(year, 1, 1)?, NaiveDate::from_ymd_opt(year, 12, 31)?))
}

/// The year from its first day to its last, where these are the two days.
pub fn whole_year(first: NaiveDate, last: NaiveDate) -> Option<i32> {
    let ends = (first.ordinal() == 1, last.month() == 12 && last.day() == 31);
    (ends == (true, true) && first.year() == last.year()).then(|| first.year())
}

/// Reads a day: "12/03/2025", "12-3-2025", "12.3.25" (years under 70 are 20xx), "12 marzo 2025", "1° gennaio 2026",
/// "2025-03-12". Day before month, always. `None` for anything else, or for a day that is not in the calendar.
pub fn parse(text: &str) -> Option<NaiveDate> {
    let text = text.trim();
    let parts: Vec<&str> = text.split(['/', '-', '.']).map(str::trim).collect();
    if let [first, second, third] = parts.as_slice() {
        let number = |part: &str| part.chars().all(|c| c.is_ascii_digit()).then(|| part.parse::<i32>().ok()).flatten();
        let (a, b, c) = (number(first)?, number(second)?, number(third)?);
        let (year, month, day) = if first.len() == 4 { (a, b, c) } else { (year_of(c, third.len())?, b, a) };
        return NaiveDate::from_ymd_opt(year, u32::try_from(month).ok()?, u32::try_from(day).ok()?);
    }
    let folded = fold(&text.replace(['°', 'º'], " "));
    let words: Vec<&str> = folded.split(' ').filter(|word| !word.is_empty()).collect();
    let words = match words.as_slice() {
        [first, rest @ ..] if WEEKDAYS.contains(first) => rest,
        all => all,
    };
    let [day, month, year] = words else { return None };
    let month = MONTHS.iter().position(|name| name == month || (month.len() == 3 && name.starts_with(month)))?;
    let year_number = year.parse::<i32>().ok()?;
    NaiveDate::from_ymd_opt(year_of(year_number, year.len())?, month as u32 + 1, day.parse().ok()?)
}

const WEEKDAYS: [&str; 7] = ["lunedi", "martedi", "mercoledi", "giovedi", "venerdi", "sabato", "domenica"];

fn year_of(number: i32, digits: usize) -> Option<i32> {
    match digits {
        4 => Some(number),
        2 if number < 70 => Some(2000 + number),
        2 => Some(1900 + number),
        _ => None,
    }
}

/// How many days are written in a folded text: "1 gennaio 2026", "01 01 2026".
pub fn count_in(folded: &str) -> usize {
    let words: Vec<&str> = folded.split(' ').collect();
    let is_number = |word: &&str| word.len() <= 4 && word.parse::<u32>().is_ok();
    let is_day = |words: &&[&str]| match words {
        [day, month, year] => {
            day.trim_end_matches('o').len() <= 2
                && is_number(&day.trim_end_matches('o'))
                && year.len() == 4
                && is_number(year)
                && (MONTHS.contains(month) || is_number(month) && month.len() <= 2)
        }
        _ => false,
    };
    words.windows(3).filter(is_day).count()
}

/// A day of every year: "31/10". Never 29 February, which not every year has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct YearDay {
    month: u32,
    day: u32,
}

impl YearDay {
    /// The day that falls `days` before 31 December, in a year of 365 days; `None` where the year has no such day.
    pub fn before_year_end(days: u64) -> Option<Self> {
        let end = NaiveDate::from_ymd_opt(2001, 12, 31)?;
        let day = (days < 365).then(|| end.checked_sub_days(chrono::Days::new(days))).flatten()?;
        Some(Self { month: day.month(), day: day.day() })
    }

    /// The day in this year; `None` outside the calendar.
    pub fn in_year(self, year: i32) -> Option<NaiveDate> {
        NaiveDate::from_ymd_opt(year, self.month, self.day)
    }

    /// The first such day from `start` on.
    pub fn on_or_after(self, start: NaiveDate) -> Option<NaiveDate> {
        let this = self.in_year(start.year())?;
        if this >= start { Some(this) } else { self.in_year(start.year().checked_add(1)?) }
    }
}

/// "2 ottobre", with a no-break space.
impl std::fmt::Display for YearDay {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.in_year(2001).map_or(Ok(()), |day| f.write_str(&day_month(day)))
    }
}

impl TryFrom<String> for YearDay {
    type Error = String;

    /// Reads "31/10", day before month.
    fn try_from(text: String) -> Result<Self, String> {
        let parts =
            text.split_once('/').and_then(|(day, month)| Some((day.trim().parse().ok()?, month.trim().parse().ok()?)));
        let known = parts.filter(|(day, month)| NaiveDate::from_ymd_opt(2001, *month, *day).is_some());
        let wrong = || format!("«{text}» non è un giorno di ogni anno: scrivere giorno e mese, per esempio 31/10");
        known.map(|(day, month)| Self { month, day }).ok_or_else(wrong)
    }
}

/// The last day of a term of `years` from `start`: 01/01/2026 + 5 → 31/12/2030. `None` outside the calendar.
pub fn term_end(start: NaiveDate, years: u32) -> Option<NaiveDate> {
    years_after(start, years)?.pred_opt()
}

/// The same day `years` later; 29 February becomes 1 March in common years, as terms in years count (art. 2963 c.c.
/// gives the last day of the month for the end, which [`term_end`] then yields).
pub fn years_after(start: NaiveDate, years: u32) -> Option<NaiveDate> {
    let year = start.year().checked_add(i32::try_from(years).ok()?)?;
    start.with_year(year).or_else(|| NaiveDate::from_ymd_opt(year, 3, 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(y: i32, m: u32, d: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(y, m, d).expect("a day")
    }

    #[test]
    fn prepositions_are_elided_before_eight_and_eleven() {
        let november = |day| NaiveDate::from_ymd_opt(2026, 11, day).unwrap();
        let long = |day| long_after("del", november(day)).replace('\u{a0}', " ");
        assert_eq!(
            [long(1), long(8), long(22)],
            ["del 1° novembre 2026", "dell’8 novembre 2026", "del 22 novembre 2026"]
        );
        assert_eq!(after("il", november(11)), "l’11/11/2026");
    }

    #[test]
    fn a_whole_year_is_told_from_a_part() {
        let day = |month, day| NaiveDate::from_ymd_opt(2026, month, day).unwrap();
        assert_eq!(whole_year(day(1, 1), day(12, 31)), Some(2026));
        assert_eq!(whole_year(day(1, 1), day(12, 30)), None);
        assert_eq!(whole_year(day(1, 2), day(12, 31)), None);
        assert_eq!(whole_year(day(1, 1).with_year(2025).unwrap(), day(12, 31)), None);
    }

    #[test]
    fn every_usual_spelling_is_read() {
        for text in
            ["12/03/2025", "12-3-2025", "12.03.25", "12 marzo 2025", "12 Mar 2025", "2025-03-12", " 12 / 3 / 2025 "]
        {
            assert_eq!(parse(text), Some(day(2025, 3, 12)), "{text}");
        }
        assert_eq!(parse("1° gennaio 2026"), Some(day(2026, 1, 1)));
        assert_eq!(parse("giovedì 1º gennaio 2026"), Some(day(2026, 1, 1)));
    }

    #[test]
    fn what_is_not_a_day_is_refused() {
        for text in ["", "31/02/2025", "13/13/2025", "marzo 2025", "12/03", "2025", "domani", "1/2/3/4"] {
            assert_eq!(parse(text), None, "{text}");
        }
    }

    #[test]
    fn terms_end_the_day_before() {
        assert_eq!(term_end(day(2026, 1, 1), 5), Some(day(2030, 12, 31)));
        assert_eq!(term_end(day(2024, 2, 29), 1), Some(day(2025, 2, 28)));
    }

    #[test]
    fn a_day_of_every_year_is_found_again() {
        let october = YearDay::try_from("31/10".to_owned()).expect("a day");
        assert_eq!(october.on_or_after(day(2026, 11, 1)), Some(day(2027, 10, 31)));
        assert_eq!(october.on_or_after(day(2026, 10, 31)), Some(day(2026, 10, 31)));
        assert_eq!(october.to_string(), "31\u{a0}ottobre");
        for wrong in ["29/02", "31/11", "10", "ottobre", "2026/10", ""] {
            assert!(YearDay::try_from(wrong.to_owned()).is_err(), "{wrong}");
        }
        let notice = YearDay::before_year_end(90).expect("a day");
        assert_eq!((notice.in_year(2026), notice.in_year(2028)), (Some(day(2026, 10, 2)), Some(day(2028, 10, 2))));
        assert_eq!(YearDay::before_year_end(365), None);
    }

    #[test]
    fn the_word_before_a_day_is_joined_where_it_must() {
        assert_eq!(after("il", day(2026, 3, 12)), "il 12/03/2026");
        assert_eq!(after("il", day(2026, 3, 11)), "l’11/03/2026");
        assert_eq!(after("dal", day(2026, 3, 8)), "dall’08/03/2026");
    }

    #[test]
    fn long_form_has_the_ordinal_on_the_first() {
        assert_eq!(long(day(2026, 1, 1)), "1°\u{a0}gennaio\u{a0}2026");
        assert_eq!(long(day(2026, 12, 31)), "31\u{a0}dicembre\u{a0}2026");
    }
}
