//! Sums of money, or hours, whose parts do not make what the act says they make. Called by `faults`.

use std::ops::Range;
use std::sync::LazyLock;

use rust_decimal::Decimal;

use super::Act;
use crate::diagnostic::Diagnostic;
use crate::examine::pattern::{Lazy, Pattern};
use crate::examine::structure::marker;
use crate::examine::text::{Folded, Paragraph};
use crate::italian::decimal;

/// An amount of money: the unit before or after, or none where thousands are set apart.
static MONEY: Lazy = LazyLock::new(|| {
    let number = r"(\d{1,3}(?:\.\d{3})+|\d{1,9})(?:,(\d{1,2}))?";
    let grouped = r"(\d{1,3}(?:\.\d{3})+)(?:,(\d{1,2}))?";
    // "2026 € 6.750,00": the year is no amount.
    let dated = format!(r"\b(?:19|20)\d\d\s(?:euro|€)\s*{number}");
    Pattern::new(&format!(r"(?i)(?:{dated}|(?:\beuro|€|\beur)\s*{number}|{number}\s?(?:euro\b|€)|\b{grouped})"))
});
/// Hours, or a bare number of them where others go before.
static HOURS: Lazy = LazyLock::new(|| {
    Pattern::new(r"(?i)\b(\d{1,4})(?:,(\d{1,2}))?(?:\s+ore\b|\s+(?:a|al|alla|all.|presso|per|nel|nella|in)\b)")
});
/// A number of hours that says so.
static SAYS_HOURS: Lazy = LazyLock::new(|| Pattern::new(r"(?i)\b(\d{1,4})(?:,(\d{1,2}))?\s+ore\b"));
/// Words that divide a whole into all its parts, in the original.
static DIVIDED: Lazy = LazyLock::new(|| {
    Pattern::new(
        r"(?i)\b(?:cos[iì]\s+(?:ripartit|suddivis|divis|distribuit|articolat|compost|determinat|copert)\w|(?:ripartit|suddivis|divis|distribuit|copert)\w\s+(?:come\s+segue|cos[iì]|nel\s+modo\s+seguente|nella\s+seguente\s+misura)|come\s+di\s+seguito\s+(?:ripartit|suddivis)\w)",
    )
});
/// Words before some of the parts of a whole.
static OF_WHICH: Lazy = LazyLock::new(|| Pattern::new(r"(?i)\b(?:di\s+cui|dei\s+quali|delle\s+quali)\b"));
/// A line with the total of those above.
static TOTAL: Lazy = LazyLock::new(|| Pattern::new(r"(?i)^\W{0,3}(?:(?:per\s+un\s+)?total[ei]|in\s+tutto|sommano)\b"));
/// Folded words with which figures are not parts of one sum.
static OTHERWISE: Lazy = LazyLock::new(|| {
    Pattern::new(
        r"\b(?:per abitante|per ogni|ciascun\w|cadaun\w|massim\w|almeno|circa|oltre iva|piu iva|al netto|al lordo|annu\w|mensil\w|orari\w|gett\w+|rest\w|restant\w|rimanent\w|residu\w|istat|19\d\d|20\d\d)\b",
    )
});

/// What is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Unit {
    Money,
    Hours,
}

/// ESA-16.
pub(super) fn totals(act: &Act<'_>, found: &mut Vec<Diagnostic>) {
    let passages: Vec<(String, &Paragraph)> = act.structure.passages().collect();
    for (index, (inside, paragraph)) in passages.iter().enumerate() {
        let rest = passages.get(index + 1..).unwrap_or_default();
        let below: Vec<&str> =
            rest.iter().take_while(|(place, _)| place == inside).map(|(_, it)| it.text.as_str()).collect();
        for range in periods(paragraph) {
            let sentence = paragraph.text.get(range.clone()).unwrap_or_default();
            let wrong = within(sentence).or_else(|| under(sentence, &below)).or_else(|| over(sentence, &below));
            let Some(Wrong { unit, whole, sum }) = wrong else { continue };
            let (whole, sum) = (written(unit, whole), written(unit, sum));
            let message = format!("{inside} le parti non fanno il totale: sommate danno {sum}, il testo dice {whole}");
            found.push(
                Diagnostic::new("ESA-16", act.at(paragraph, range.start), message)
                    .hint("rifare la somma e correggere la parte, o il totale, che è sbagliato"),
            );
        }
    }
}

/// The sentences of a paragraph; those parted by a semicolon are one.
fn periods(paragraph: &Paragraph) -> Vec<Range<usize>> {
    let mut periods: Vec<Range<usize>> = Vec::new();
    for range in paragraph.sentences() {
        let goes_on = |before: &Range<usize>| {
            paragraph.text.get(before.clone()).is_some_and(|text| text.trim_end().ends_with(';'))
        };
        match periods.last_mut().filter(|before| goes_on(before)) {
            Some(before) => before.end = range.end,
            None => periods.push(range),
        }
    }
    periods
}

/// A total that is not the sum of its parts.
#[derive(Debug, PartialEq, Eq)]
struct Wrong {
    unit: Unit,
    whole: Decimal,
    sum: Decimal,
}

impl Wrong {
    /// Where the sum is near the total and is not it: far off, the figures are of different things. Of parts that need not be
    /// all, only more than the whole is wrong.
    fn of(unit: Unit, whole: Decimal, parts: &[Decimal], are_all: bool) -> Option<Self> {
        let sum: Decimal = parts.iter().sum();
        let off = sum - whole;
        let is_near = off.abs() * Decimal::from(3) <= whole;
        let is_wrong = parts.len() >= 2 && !off.is_zero() && is_near && (are_all || off > Decimal::ZERO);
        is_wrong.then_some(Self { unit, whole, sum })
    }
}

/// "euro 30.000, così ripartiti: euro 10.000 …, euro 20.000 …", "36 ore, di cui 18 a … e 18 a …".
fn within(sentence: &str) -> Option<Wrong> {
    let (at, are_all) = match (DIVIDED.find(sentence), OF_WHICH.find(sentence)) {
        (Some(divided), _) => (divided, true),
        (None, Some(some)) => (some, false),
        (None, None) => return None,
    };
    let (before, after) = (sentence.get(..at.start)?, sentence.get(at.end..)?);
    if OTHERWISE.is_in(&Folded::new(after).text) {
        return None;
    }
    let hours = numbers(&SAYS_HOURS, before);
    if let [.., whole] = hours[..] {
        return Wrong::of(Unit::Hours, whole, &numbers(&HOURS, after), are_all);
    }
    let whole = *numbers(&MONEY, before).last()?;
    Wrong::of(Unit::Money, whole, &numbers(&MONEY, after), are_all)
}

/// A total and, below it, a list of its parts.
fn under(sentence: &str, below: &[&str]) -> Option<Wrong> {
    let is_divided = DIVIDED.is_in(sentence) || OF_WHICH.is_in(sentence);
    if !sentence.trim_end().ends_with(':') || !is_divided || OTHERWISE.is_in(&Folded::new(sentence).text) {
        return None;
    }
    let unit = if numbers(&SAYS_HOURS, sentence).is_empty() { Unit::Money } else { Unit::Hours };
    let [whole] = numbers(pattern(unit), sentence)[..] else { return None };
    let parts = column(pattern(unit), below);
    let items = below.get(..parts.len()).unwrap_or_default();
    let goes_on = below.get(parts.len()).is_some_and(|line| marker(line).is_some() && !TOTAL.is_in(line));
    if goes_on || items.iter().any(|item| OTHERWISE.is_in(&Folded::new(item).text)) {
        return None;
    }
    Wrong::of(unit, whole, &parts, DIVIDED.is_in(sentence))
}

/// A list of amounts and, below it, a line with their total. Called at the line above the list.
fn over(sentence: &str, below: &[&str]) -> Option<Wrong> {
    if !sentence.trim_end().ends_with(':') {
        return None;
    }
    [Unit::Money, Unit::Hours].into_iter().find_map(|unit| {
        let parts = column(pattern(unit), below);
        let line = below.get(parts.len()).filter(|line| TOTAL.is_in(line))?;
        let [whole] = numbers(pattern(unit), line)[..] else { return None };
        Wrong::of(unit, whole, &parts, true)
    })
}

fn pattern(unit: Unit) -> &'static Pattern {
    match unit {
        Unit::Money => &MONEY,
        Unit::Hours => &SAYS_HOURS,
    }
}

/// The one amount of each line, down to the first that has none, or several, or is a total.
fn column(pattern: &Pattern, lines: &[&str]) -> Vec<Decimal> {
    let amount = |line: &&str| match numbers(pattern, line)[..] {
        [amount] if !TOTAL.is_in(line) => Some(amount),
        _ => None,
    };
    lines.iter().map_while(amount).collect()
}

fn numbers(pattern: &Pattern, text: &str) -> Vec<Decimal> {
    let read = |(range, groups): (Range<usize>, Vec<String>)| {
        let at = groups.iter().position(|group| !group.is_empty())?;
        let cents = groups.get(at + 1).filter(|cents| !cents.is_empty()).map_or("0", String::as_str);
        // "n. 1.234", "art. 12" and what goes on after a comma are no amounts.
        let before = text.get(..range.start)?.trim_end();
        let is_number = ["n.", "n°", "art.", "artt.", "comma", "/"].iter().any(|word| before.ends_with(word));
        let goes_on = text.get(range.end..)?.starts_with(|c: char| c.is_ascii_digit() || c == '/');
        if is_number || goes_on {
            return None;
        }
        format!("{}.{cents}", groups.get(at)?.replace('.', "")).parse().ok()
    };
    pattern.groups(text).into_iter().filter_map(read).collect()
}

/// "euro 30.000,00", "36 ore".
fn written(unit: Unit, sum: Decimal) -> String {
    match unit {
        Unit::Money => format!("euro {}", decimal(sum, 2)),
        Unit::Hours => format!("{} ore", decimal(sum, 0)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wrong(sentence: &str, below: &[&str]) -> Option<(String, String)> {
        let wrong = within(sentence).or_else(|| under(sentence, below)).or_else(|| over(sentence, below))?;
        Some((written(wrong.unit, wrong.sum), written(wrong.unit, wrong.whole)))
    }

    #[test]
    fn parts_that_do_not_make_the_whole() {
        let told = |sum: &str, whole: &str| Some((sum.to_owned(), whole.to_owned()));
        let items = ["a) Rocca: euro 10.000,00;", "b) Valle: € 12.500;", "c) Piano: 9.000 euro."];
        let intro = "La spesa di euro 30.000,00 è così ripartita:";
        assert_eq!(wrong(intro, &items), told("euro 31.500,00", "euro 30.000,00"));
        let listed = [&items[..], &["Totale euro 31.000,00"]].concat();
        assert_eq!(wrong("Le quote sono:", &listed), told("euro 31.500,00", "euro 31.000,00"));
        let years = ["anno 2025 (sette mesi)    €  3.937,50", "anno 2026 € 6.750,00", "totale    € 10.787,50"];
        assert_eq!(
            wrong("4. di dare atto che la spesa trova copertura come segue:", &years),
            told("euro 10.687,50", "euro 10.787,50")
        );
        let hours = "Il segretario presta 36 ore settimanali, di cui 20 a Rocca e 18 a Valle.";
        assert_eq!(wrong(hours, &[]), told("38 ore", "36 ore"));
        let cost = "Il costo è di 6.200.000 euro, così suddiviso: 4.000.000 la Regione, 1.500.000 la Città.";
        assert_eq!(wrong(cost, &[]), told("euro 5.500.000,00", "euro 6.200.000,00"));
    }

    #[test]
    fn parts_that_do_and_figures_that_are_no_parts() {
        let items = ["a) Rocca: euro 10.000,00;", "b) Valle: € 12.500;", "c) Piano: 7.500 euro."];
        for (sentence, below) in [
            ("La spesa di euro 30.000,00 è così ripartita:", &items[..]),
            ("La spesa di euro 40.000,00, di cui:", &items[..2]),
            (
                "La spesa di euro 30.000,00 è così ripartita:",
                &["a) Rocca: euro 10.000,00;", "b) Valle: € 12.500;", "c) Piano: la parte che manca."],
            ),
            ("La quota è di euro 6,20 per abitante, così ripartita:", &items[..]),
            ("Il costo è di 6.200.000 euro, di cui 4.000.000 della Regione e 1.500.000 della Città.", &[]),
            ("Il personale lavora 36 ore, di cui 6 in servizio esterno e 2 per riunioni.", &[]),
            ("La spesa di euro 30.000 è così ripartita: euro 20.000 nel 2026, euro 15.000 nel 2027.", &[]),
            ("Delibera n. 1.200, di cui 800 e 700.", &[]),
        ] {
            assert_eq!(wrong(sentence, below), None, "{sentence}");
        }
    }
}
