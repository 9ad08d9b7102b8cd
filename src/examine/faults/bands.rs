//! Bands of inhabitants that leave somebody out, or count somebody twice. Called by `faults`.

use std::sync::LazyLock;

use super::Act;
use crate::diagnostic::Diagnostic;
use crate::examine::pattern::{Lazy, Pattern};
use crate::examine::text::Paragraph;
use crate::italian::grouped;

/// "da 501 a 1.000", "fino a 3.000", "< 500", "oltre 40.000": each form has its groups.
static BAND: Lazy = LazyLock::new(|| {
    let number = r"((?:\d{1,3}(?:\.\d{3})+|\d{1,7}))(?:\s+abitanti)?";
    let forms = [
        format!(r"\bd[ai]\s+{number}\s+(?:a|ai|fino a|sino a)\s+{number}"),
        format!(r"\b(?:tra|fra)\s+(?:i\s+)?{number}\s+ed?\s+(?:i\s+)?{number}"),
        format!(r"\b(?:fino|sino)\s+a[i]?\s+{number}"),
        format!(r"(?:\b(?:meno\s+di|inferior[ei]\s+a[i]?|sotto\s+(?:i|gli)|minor[ei]\s+di)\s+|<\s*){number}"),
        format!(
            r"(?:\b(?:oltre(?:\s+i)?|pi[uù]\s+di|superior[ei]\s+a[i]?|sopra\s+(?:i|gli)|maggior[ei]\s+di)\s+|>\s*){number}"
        ),
        format!(r"\bda\s+{number}\s+(?:in\s+su|in\s+poi|e\s+oltre)"),
    ];
    Pattern::new(&format!("(?i){}", forms.join("|")))
});
/// What the bands are of.
static PEOPLE: Lazy = LazyLock::new(|| Pattern::new(r"(?i)abitant|resident|popolazion"));
/// Furthest that two bands of one table may stand from each other, in bytes.
const APART: usize = 120;
/// Bands that make a table.
const LEAST: usize = 3;

/// First and last number of inhabitants that a band takes in; no last one where it is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Band {
    first: u64,
    last: Option<u64>,
    /// Index of its paragraph, and bytes there.
    paragraph: usize,
    start: usize,
    end: usize,
}

/// ESA-15.
pub(super) fn bands(act: &Act<'_>, found: &mut Vec<Diagnostic>) {
    let around = |place: &str, list: &'_ [Paragraph]| -> Vec<(String, Paragraph)> {
        list.iter().map(|paragraph| (place.to_owned(), paragraph.clone())).collect()
    };
    let mut passages = around("prima dell’atto", &act.structure.earlier);
    passages.extend(act.structure.passages().map(|(inside, paragraph)| (inside, paragraph.clone())));
    passages.extend(around("dopo gli articoli", &act.structure.closing));
    for table in tables(&passages) {
        let Some(first) = table.first() else { continue };
        // The band after the hole, or the one that counts again who is counted already.
        let wrong = table.windows(2).find_map(|pair| match pair {
            [before, after] if !follows(before, after) => Some(after),
            _ => None,
        });
        let at = wrong.unwrap_or(first);
        let Some((inside, paragraph)) = passages.get(at.paragraph) else { continue };
        let (holes, doubles) = faults(&table);
        if holes.is_empty() && doubles.is_empty() {
            continue;
        }
        let said = [("nessuna comprende", holes, ", né "), ("due comprendono", doubles, " e ")];
        let said = said.into_iter().filter(|(_, list, _)| !list.is_empty());
        let said: Vec<String> = said.map(|(verb, list, and)| format!("{verb} {}", list.join(and))).collect();
        let message = format!("{inside} le fasce di abitanti non si seguono: {}", said.join("; "));
        found.push(
            Diagnostic::new("ESA-15", act.at(paragraph, at.start), message)
                .hint("far cominciare ogni fascia dove finisce quella prima, e dire che cosa vale oltre l’ultima"),
        );
    }
}

/// Runs of bands that follow each other upwards, near words on inhabitants.
fn tables(passages: &[(String, Paragraph)]) -> Vec<Vec<Band>> {
    let mut tables: Vec<Vec<Band>> = Vec::new();
    for (index, (inside, paragraph)) in passages.iter().enumerate() {
        for band in bands_of(&paragraph.text, index) {
            let goes_on = tables.last().and_then(|table| table.last()).is_some_and(|last| {
                let is_near = if last.paragraph == index {
                    band.start.saturating_sub(last.end) <= APART
                } else {
                    let is_next = last.paragraph + 1 == index && band.start <= APART;
                    is_next && passages.get(last.paragraph).is_some_and(|(before, _)| before == inside)
                };
                is_near && band.first > last.first && last.last.is_some()
            });
            match tables.last_mut() {
                Some(table) if goes_on => table.push(band),
                _ => tables.push(vec![band]),
            }
        }
    }
    let is_of_people = |table: &[Band]| {
        let (first, last) = (table.first().map_or(0, |it| it.paragraph), table.last().map_or(0, |it| it.paragraph));
        let near = passages.get(first.saturating_sub(1)..=last).unwrap_or_default();
        near.iter().any(|(_, paragraph)| PEOPLE.is_in(&paragraph.text))
    };
    tables.retain(|table| table.len() >= LEAST && is_of_people(table));
    tables
}

fn bands_of(text: &str, paragraph: usize) -> Vec<Band> {
    let matches = BAND.groups(text).into_iter();
    let read = matches.filter_map(|(range, groups)| {
        // "fino a 1.5", "da 8.00 a 13.00" are no inhabitants.
        let mut after = text.get(range.end..).unwrap_or_default().chars();
        if matches!(after.next(), Some('.' | ',' | ':' | '/')) && after.next().is_some_and(|c| c.is_ascii_digit()) {
            return None;
        }
        let number = |index: usize| groups.get(index).and_then(|it| it.replace('.', "").parse::<u64>().ok());
        let (first, last) = match (0..groups.len()).find(|index| number(*index).is_some())? {
            from @ (0 | 2) => (number(from)?, Some(number(from + 1)?)),
            4 => (0, number(4)),
            5 => (0, number(5)?.checked_sub(1)),
            6 => (number(6)? + 1, None),
            at => (number(at)?, None),
        };
        Some(Band { first, last, paragraph, start: range.start, end: range.end })
    });
    read.filter(|band| band.last.is_none_or(|last| last > band.first)).collect()
}

/// True where a band begins where the one before ends. A limit that both have is let pass.
fn follows(before: &Band, after: &Band) -> bool {
    before.last.is_none_or(|last| after.first == last || after.first == last + 1)
}

/// What no band takes in, and what two do, in words. A limit that two bands share is let pass. Where something else is
/// wrong, an end that leaves larger bodies out is told too.
fn faults(table: &[Band]) -> (Vec<String>, Vec<String>) {
    let (mut holes, mut doubles) = (Vec::new(), Vec::new());
    for pair in table.windows(2) {
        let [before, after] = pair else { continue };
        let Some(last) = before.last else { continue };
        if after.first > last + 1 {
            holes.push(span(last + 1, after.first - 1));
        } else if after.first < last {
            doubles.push(span(after.first, last));
        }
    }
    if let Some(Band { last: Some(last), .. }) = table.last()
        && !holes.is_empty()
    {
        holes.push(format!("chi ne ha più di {}", grouped(*last)));
    }
    (holes, doubles)
}

/// "chi ne ha 500", "chi ne ha da 10.001 a 12.000".
fn span(first: u64, last: u64) -> String {
    if first == last {
        return format!("chi ne ha {}", grouped(first));
    }
    format!("chi ne ha da {} a {}", grouped(first), grouped(last))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(lines: &[&str]) -> Vec<(Vec<String>, Vec<String>)> {
        let passages: Vec<(String, Paragraph)> =
            lines.iter().zip(1..).map(|(line, n)| ("nell’art. 1".to_owned(), Paragraph::new(line, n, 1))).collect();
        tables(&passages).iter().map(|table| faults(table)).collect()
    }

    #[test]
    fn holes_and_overlaps_are_told() {
        let table =
            ["Numero Abitanti Importo annuo", "< 500 150,00 €", "da 501 a 1000 960,00 €", "da 1001 a 40000 7.000 €"];
        let holes = vec!["chi ne ha 500".to_owned(), "chi ne ha più di 40.000".to_owned()];
        assert_eq!(told(&table), [(holes.clone(), vec![])]);
        assert_eq!(told(&[&table.join(" ")]), [(holes, vec![])]);
        let told =
            told(&["a) fino a 5.000 abitanti: € 6.000; b) da 4.001 a 10.000: € 11.000; c) oltre 12.000: € 19.000"]);
        let (holes, doubles) = (vec!["chi ne ha da 10.001 a 12.000"], vec!["chi ne ha da 4.001 a 5.000"]);
        assert_eq!(
            told,
            [(holes.iter().map(|it| (*it).to_owned()).collect(), doubles.iter().map(|it| (*it).to_owned()).collect())]
        );
    }

    #[test]
    fn bands_that_follow_and_figures_that_are_no_bands() {
        let sound = told(&["Abitanti: fino a 3.000 € 1; da 3.001 a 5.000 € 2; oltre 5.000 € 3"]);
        assert_eq!(sound, [(vec![], vec![])]);
        assert_eq!(told(&["Abitanti: fino a 3.000; da 3.000 a 5.000; da 5.000 in su"]), [(vec![], vec![])]);
        for other in [
            "Gli abitanti chiamano da lunedì, da 8.00 a 13.00, da 15.00 a 18.00 e oltre 20.00.",
            "Per gli abitanti: da 1 a 3 anni € 2, da 6 a 9 anni € 4.",
            "I Comuni fino a 5.000 abitanti sono dodici, quelli oltre 15.000 abitanti tre.",
        ] {
            assert_eq!(told(&[other]), [], "{other}");
        }
    }
}
