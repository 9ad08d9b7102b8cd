//! Citations of laws in the texts: a law has one number, and a slip of the pen cites another. Called by `lint` for every
//! text, so that it is told once, at line and column of the text.

use crate::diagnostic::Diagnostic;
use crate::place::Place;

/// Laws that conventions cite, by their day, with the numbers of that day's acts that may be meant.
const DATED: [(&str, &[&str]); 12] = [
    ("18 agosto 2000", &["267"]),
    ("7 agosto 1990", &["241"]),
    ("24 dicembre 1993", &["537", "547"]),
    ("7 marzo 2005", &["82"]),
    ("31 marzo 2023", &["36"]),
    ("19 agosto 2016", &["175"]),
    ("7 aprile 2014", &["56"]),
    ("14 marzo 2013", &["33"]),
    ("2 luglio 2010", &["104"]),
    ("18 ottobre 2012", &["179"]),
    ("26 ottobre 1972", &["633", "634", "635", "636", "637", "640", "642", "643"]),
    ("31 maggio 2010", &["78"]),
];
/// Slips seen in conventions in use, with what was meant.
const SLIPS: [(&str, &str); 4] =
    [("27/2000", "267/2000"), ("276/2000", "267/2000"), ("214/1990", "241/1990"), ("421/1990", "241/1990")];

/// The wrong citations of a text: TXT-07, a warning.
pub fn faults(text: &str, path: &str) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for (number, line) in (1_u32..).zip(text.lines()) {
        for (at, said, meant) in wrong(line) {
            let column = line.get(..at).map_or(1, |before| before.chars().count() + 1);
            let place = Place::Text(path.into(), number, u32::try_from(column).unwrap_or(u32::MAX));
            let message = format!("la legge è citata come «{said}»: il numero non è quello");
            found.push(Diagnostic::new("TXT-07", place, message).hint(format!("forse si voleva «{meant}»")));
        }
    }
    found
}

/// Where a line cites wrongly, what it says, what was meant.
fn wrong(line: &str) -> Vec<(usize, String, String)> {
    let mut found = Vec::new();
    for (day, numbers) in DATED {
        for (at, _) in line.match_indices(day) {
            let Some(rest) = line.get(at + day.len()..) else { continue };
            let rest = rest.trim_start_matches([',', ' ', '\u{a0}']);
            let Some(cited) = rest.strip_prefix("n.").map(str::trim_start) else { continue };
            let digits: String = cited.chars().take_while(char::is_ascii_digit).collect();
            // "18 agosto 2000" ends "118 agosto 2000" too, which is no day.
            if is_start(line, at) && !digits.is_empty() && !numbers.contains(&digits.as_str()) {
                let meant = numbers.first().copied().unwrap_or_default();
                found.push((at, format!("{day}, n. {digits}"), format!("{day}, n. {meant}")));
            }
        }
    }
    for (slip, meant) in SLIPS {
        let whole = |at: usize| {
            let next = line.get(at + slip.len()..).and_then(|rest| rest.chars().next());
            is_start(line, at) && !next.is_some_and(|c| c.is_ascii_digit())
        };
        found.extend(
            line.match_indices(slip)
                .filter(|(at, _)| whole(*at))
                .map(|(at, _)| (at, slip.to_owned(), meant.to_owned())),
        );
    }
    found
}

/// True where no digit stands right before.
fn is_start(line: &str, at: usize) -> bool {
    !line.get(..at).and_then(|before| before.chars().next_back()).is_some_and(|c| c.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn meant(line: &str) -> Vec<String> {
        wrong(line).into_iter().map(|(_, _, meant)| meant).collect()
    }

    #[test]
    fn slips_are_found_and_right_citations_are_not() {
        assert_eq!(meant("ai sensi dell’art. 30 del D.Lgs 27/2000"), ["267/2000"]);
        assert_eq!(meant("decreto legislativo 18 agosto 2000, n. 276, art. 30"), ["18 agosto 2000, n. 267"]);
        assert_eq!(meant("legge 7 agosto 1990 n. 214"), ["7 agosto 1990, n. 241"]);
        for right in [
            "D.Lgs. 267/2000",
            "127/2000",
            "27/20001",
            "decreto legislativo 18 agosto 2000, n. 267",
            "decreto del Presidente della Repubblica 26 ottobre 1972, n. 642",
            "in data 18 agosto 2000 il Consiglio",
        ] {
            assert_eq!(meant(right), [] as [&str; 0], "{right}");
        }
    }

    #[test]
    fn the_place_is_that_of_the_citation() {
        let found = faults("Premesso\nche l’art. 30 del D.Lgs 27/2000 consente", "clausole/x.md");
        assert_eq!(found[0].place, Place::Text("clausole/x.md".into(), 2, 25));
    }
}
