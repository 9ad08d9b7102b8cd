//! Numbers of bills: what of "FPA 12/2026" counts, which numbers make a series, what the next one is. Used by `register`,
//! which judges the numbers there are, and by `billing`, which gives new ones.

use std::collections::{BTreeMap, BTreeSet};

use crate::schema::BillKind;

/// Stands for the year in the words around a counter: four figures, or two.
const YEAR: [char; 2] = ['\u{1}', '\u{2}'];

/// A number taken apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    /// The series it is in.
    pub series: Series,
    /// Its place in it.
    pub counter: u64,
}

/// Numbers of one year that differ by the counter alone.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Series {
    /// Year of the days.
    pub year: i32,
    /// What stands before the counter, the year as a mark.
    before: String,
    /// What stands after it.
    after: String,
    /// Figures of the counter, zeros before it counted; zero where there are none.
    width: usize,
    /// The kind that uses these numbers a second time, apart from invoices: the exchange system counts credit notes apart
    /// (control 00404), and requests are not sent through it.
    apart: Option<BillKind>,
}

impl Series {
    /// The series of a kind where the register has none: "12/2026", "NC12/2026", "RV12/2026".
    pub fn usual(kind: BillKind, year: i32) -> Self {
        let before = match kind {
            BillKind::NotaCredito => "NC",
            BillKind::Richiesta => "RV",
            BillKind::Fattura | BillKind::Annullata => "",
        };
        Self { year, before: before.to_owned(), after: format!("/{}", YEAR[0]), width: 0, apart: None }
    }

    /// The same series in another year.
    pub fn in_year(&self, year: i32) -> Self {
        Self { year, ..self.clone() }
    }

    /// The same series, of this kind alone.
    pub fn apart(&self, kind: BillKind) -> Self {
        Self { apart: Some(kind), ..self.clone() }
    }

    /// The number with this counter.
    pub fn number(&self, counter: u64) -> String {
        let year = |text: &str| {
            let short = format!("{:02}", self.year.rem_euclid(100));
            text.replace(YEAR[0], &self.year.to_string()).replace(YEAR[1], &short)
        };
        format!("{}{counter:0width$}{}", year(&self.before), year(&self.after), width = self.width)
    }
}

/// The five characters that tell the file of a bill from all others of its seller: the year, the series, the counter in
/// base 36. `nth` is the place of the series among those of its kind and year. `None` beyond what five characters hold:
/// 46,655 bills of a series, eight series of a kind, the year 2055.
pub fn sending(mark: &Mark, kind: BillKind, nth: usize) -> Option<String> {
    const DIGITS: &[u8; 36] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    let digit = |n: u64| usize::try_from(n).ok().and_then(|n| DIGITS.get(n)).map(|byte| char::from(*byte));
    let year = digit(u64::try_from(mark.series.year.checked_sub(2020)?).ok()?)?;
    let first = if kind == BillKind::NotaCredito { 'N' } else { 'F' };
    let series = char::from_u32(u32::from(first) + u32::try_from(nth).ok().filter(|nth| *nth < 8)?)?;
    let counter = mark.counter;
    let figures = [digit(counter / (36 * 36))?, digit(counter / 36 % 36)?, digit(counter % 36)?];
    Some([year, series].into_iter().chain(figures).collect())
}

/// A number of the register, and the year of its day.
pub type Numbered<'a> = (&'a str, i32);

/// Takes numbers apart, together: what counts is what varies among those that are written alike. `None` for a number
/// without figures, or with a counter beyond measure.
pub fn marks(numbers: &[Numbered<'_>]) -> Vec<Option<Mark>> {
    let cut: Vec<Vec<&str>> = numbers.iter().map(|(number, _)| pieces(number)).collect();
    let years: Vec<Option<(usize, char)>> =
        cut.iter().zip(numbers).map(|(pieces, (_, year))| year_piece(pieces, *year)).collect();
    // Numbers of a year written alike, figures aside.
    let mut alike: BTreeMap<(i32, Vec<&str>), Vec<usize>> = BTreeMap::new();
    for (index, pieces) in cut.iter().enumerate() {
        let shape = pieces.iter().map(|piece| if is_figures(piece) { "0" } else { *piece }).collect();
        let year = numbers.get(index).map_or(0, |(_, year)| *year);
        alike.entry((year, shape)).or_default().push(index);
    }
    let mut marks = vec![None; numbers.len()];
    for group in alike.values() {
        let Some(at) = counting_piece(group, &cut, &years) else { continue };
        // One width for all: after 099 comes 100, in the same series.
        let padded = group.iter().filter_map(|index| cut.get(*index)?.get(at)).filter(|it| it.starts_with('0'));
        let width = padded.map(|piece| piece.len()).filter(|length| *length > 1).max().unwrap_or(0);
        for index in group {
            let (Some(pieces), Some((_, year))) = (cut.get(*index), numbers.get(*index)) else { continue };
            let own_year = years.get(*index).copied().flatten();
            if let Some(slot) = marks.get_mut(*index) {
                *slot = mark(pieces, (at, width), own_year, *year);
            }
        }
    }
    marks
}

/// The counters that are missing between the first and the last.
pub fn gaps(counters: &BTreeSet<u64>) -> Vec<u64> {
    /// As many as a message names, and one more.
    const ENOUGH: usize = 6;
    let pairs = counters.iter().zip(counters.iter().skip(1));
    pairs.flat_map(|(one, next)| one.saturating_add(1)..*next).take(ENOUGH).collect()
}

/// The words and the figures of a number, apart.
fn pieces(number: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    let mut rest = number.trim();
    while let Some(first) = rest.chars().next() {
        let same = |c: char| c.is_ascii_digit() == first.is_ascii_digit();
        let end = rest.find(|c: char| !same(c)).unwrap_or(rest.len());
        let (piece, after) = rest.split_at(end);
        pieces.push(piece);
        rest = after;
    }
    pieces
}

fn is_figures(piece: &str) -> bool {
    piece.starts_with(|c: char| c.is_ascii_digit())
}

/// The piece that says the year: in four figures anywhere, in two as the last of several figures.
fn year_piece(pieces: &[&str], year: i32) -> Option<(usize, char)> {
    let figures = || pieces.iter().enumerate().filter(|(_, piece)| is_figures(piece));
    if figures().count() < 2 {
        return None;
    }
    let long = year.to_string();
    let short = format!("{:02}", year.rem_euclid(100));
    let four = figures().rfind(|(_, piece)| **piece == long).map(|(at, _)| (at, YEAR[0]));
    four.or_else(|| figures().next_back().filter(|(_, piece)| **piece == short).map(|(at, _)| (at, YEAR[1])))
}

/// Which figures count in numbers written alike: the first that vary, or the greatest where none do. Never the year.
fn counting_piece(group: &[usize], cut: &[Vec<&str>], years: &[Option<(usize, char)>]) -> Option<usize> {
    let first = cut.get(*group.first()?)?;
    let of = |index: &usize, at: usize| cut.get(*index).and_then(|pieces| pieces.get(at)).copied().unwrap_or_default();
    let is_year = |at: usize| group.iter().all(|it| years.get(*it).copied().flatten().is_some_and(|(it, _)| it == at));
    let candidates: Vec<usize> =
        first.iter().enumerate().filter(|(at, piece)| is_figures(piece) && !is_year(*at)).map(|(at, _)| at).collect();
    let varies = |at: &usize| group.iter().map(|index| of(index, *at)).collect::<BTreeSet<_>>().len() > 1;
    candidates.iter().copied().find(varies).or_else(|| {
        let value = |at: &usize| first.get(*at).and_then(|piece| piece.parse::<u64>().ok());
        candidates.iter().copied().rev().max_by_key(value)
    })
}

fn mark(pieces: &[&str], (at, width): (usize, usize), year_at: Option<(usize, char)>, year: i32) -> Option<Mark> {
    let counted = pieces.get(at)?;
    let counter = counted.parse().ok()?;
    let text = |range: &[&str], offset: usize| -> String {
        let word = |(n, piece): (usize, &&str)| match year_at {
            Some((it, mark)) if it == n + offset => mark.to_string(),
            _ => (*piece).to_owned(),
        };
        range.iter().enumerate().map(word).collect()
    };
    let (before, rest) = pieces.split_at_checked(at)?;
    let after = rest.get(1..)?;
    let series = Series { year, before: text(before, 0), after: text(after, at + 1), width, apart: None };
    Some(Mark { series, counter })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn next(numbers: &[&str]) -> Vec<Option<String>> {
        let numbers: Vec<Numbered<'_>> = numbers.iter().map(|number| (*number, 2026)).collect();
        marks(&numbers).into_iter().map(|it| it.map(|it| it.series.number(it.counter + 1))).collect()
    }

    #[test]
    fn the_next_number_is_written_like_the_last() {
        for (number, wanted) in [
            ("12", "13"),
            ("12/2026", "13/2026"),
            ("FPA 9/26", "FPA 10/26"),
            ("2026/0099", "2026/0100"),
            ("S1-12/2026", "S1-13/2026"),
            ("12/B2", "13/B2"),
            ("26", "27"),
            ("2026", "2027"),
            ("12/PA", "13/PA"),
        ] {
            assert_eq!(next(&[number]), [Some(wanted.to_owned())], "{number}");
        }
        assert_eq!(next(&["senza"]), [None]);
        assert_eq!(next(&["99999999999999999999999"]), [None]);
    }

    #[test]
    fn zeros_before_a_counter_make_no_series() {
        let numbers = [("098/26", 2026), ("099/26", 2026), ("100/26", 2026)];
        let marks: Vec<Mark> = marks(&numbers).into_iter().flatten().collect();
        assert!(marks.iter().all(|mark| mark.series == marks[0].series), "{marks:?}");
        assert_eq!(marks[0].series.number(7), "007/26");
        assert_eq!(next(&["0/2026", "1/2026"]).last().cloned().flatten().as_deref(), Some("2/2026"));
    }

    #[test]
    fn what_varies_counts() {
        let found = next(&["1/2", "2/2", "3/2"]);
        assert_eq!(found.last().cloned().flatten().as_deref(), Some("4/2"));
        let found = next(&["2/7", "2/8"]);
        assert_eq!(found.last().cloned().flatten().as_deref(), Some("2/9"));
    }

    #[test]
    fn a_series_goes_on_in_the_next_year() {
        let marks = marks(&[("CST-012/2025", 2025)]);
        let mark = marks[0].clone().expect("a number");
        assert_eq!(mark.series.in_year(2026).number(1), "CST-001/2026");
        assert_eq!(Series::usual(BillKind::NotaCredito, 2026).number(3), "NC3/2026");
    }

    #[test]
    fn gaps_are_what_lies_between() {
        assert_eq!(gaps(&[3, 4, 7].into()), [5, 6]);
        assert_eq!(gaps(&BTreeSet::new()), Vec::<u64>::new());
        assert_eq!(gaps(&[1, u64::MAX].into()).len(), 6);
    }
}
