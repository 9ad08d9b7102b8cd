//! Citations of laws: a law has one number, and a slip of the pen cites another. The one table of them, for whoever reads
//! a text: `compose` for the texts of the acts, `examine` for documents that others wrote.

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
const SLIPS: [(&str, &str); 8] = [
    ("27/2000", "267/2000"),
    ("276/2000", "267/2000"),
    ("267/200", "267/2000"),
    ("267/2001", "267/2000"),
    ("214/1990", "241/1990"),
    ("421/1990", "241/1990"),
    ("214/90", "241/90"),
    ("241/1991", "241/1990"),
];

/// A wrong citation in a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Slip {
    /// Byte at which it begins.
    pub at: usize,
    /// What the text says.
    pub said: String,
    /// What was meant.
    pub meant: String,
}

/// The wrong citations of a line, in no order.
pub fn slips(line: &str) -> Vec<Slip> {
    let mut found = Vec::new();
    for (day, numbers) in DATED {
        for (at, _) in line.match_indices(day) {
            let Some(rest) = line.get(at + day.len()..) else { continue };
            let rest = rest.trim_start_matches([',', ' ', '\u{a0}']);
            let Some(cited) = rest.strip_prefix("n.").map(str::trim_start) else { continue };
            let digits: String = cited.chars().take_while(char::is_ascii_digit).collect();
            // "18 agosto 2000" ends "118 agosto 2000" too, which is no day.
            if is_start(line, at) && !digits.is_empty() && !numbers.iter().any(|number| is_number(&digits, number)) {
                let meant = numbers.first().copied().unwrap_or_default();
                let (said, meant) = (format!("{day}, n. {digits}"), format!("{day}, n. {meant}"));
                found.push(Slip { at, said, meant });
            }
        }
    }
    for (day, numbers) in DATED {
        found.extend(of_another_year(line, day, numbers));
    }
    for (slip, meant) in SLIPS {
        let whole = |at: usize| {
            let next = line.get(at + slip.len()..).and_then(|rest| rest.chars().next());
            is_start(line, at) && !next.is_some_and(|c| c.is_ascii_digit()) && is_of_a_law(line, at)
        };
        found.extend(line.match_indices(slip).filter(|(at, _)| whole(*at)).map(|(at, _)| Slip {
            at,
            said: slip.to_owned(),
            meant: meant.to_owned(),
        }));
    }
    found
}

/// The day and the number of a law with the year of another: "7 agosto 1991, n. 241".
fn of_another_year(line: &str, day: &str, numbers: &[&str]) -> Vec<Slip> {
    let Some((date, year)) = day.rsplit_once(' ') else { return Vec::new() };
    let slip = |at: usize| {
        let rest = line.get(at + date.len()..)?.strip_prefix(' ')?;
        let said = rest.get(..4).filter(|said| *said != year && said.bytes().all(|byte| byte.is_ascii_digit()))?;
        let after = rest.get(4..)?.trim_start_matches([',', ' ', '\u{a0}']).strip_prefix("n.")?.trim_start();
        let digits: String = after.chars().take_while(char::is_ascii_digit).collect();
        let number = numbers.iter().find(|number| is_number(&digits, number)).filter(|_| is_start(line, at))?;
        let (said, meant) = (format!("{date} {said}, n. {digits}"), format!("{day}, n. {number}"));
        Some(Slip { at, said, meant })
    };
    line.match_indices(date).filter_map(|(at, _)| slip(at)).collect()
}

/// The number itself, or the number with the mark of a footnote stuck to it, as text taken out of a page has it: the
/// laws of the table have at most three figures, and none of a day is the start of another.
fn is_number(digits: &str, number: &str) -> bool {
    digits == number || digits.len() > 3 && digits.strip_prefix(number).is_some_and(|mark| mark.len() <= 2)
}

/// True where the words before name a law: the same figures may be the number of a deliberation.
fn is_of_a_law(line: &str, at: usize) -> bool {
    let before: Vec<char> = line.get(..at).unwrap_or_default().chars().rev().take(24).collect();
    let before: String = before.into_iter().rev().collect::<String>().to_lowercase();
    ["lgs", "legislativ", "legge", " l.", "tuel", "t.u."].iter().any(|word| before.contains(word))
        || before.starts_with("l.")
}

/// True where no digit stands right before.
fn is_start(line: &str, at: usize) -> bool {
    !line.get(..at).and_then(|before| before.chars().next_back()).is_some_and(|c| c.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn meant(line: &str) -> Vec<String> {
        slips(line).into_iter().map(|slip| slip.meant).collect()
    }

    #[test]
    fn slips_are_found_and_right_citations_are_not() {
        assert_eq!(meant("ai sensi dell’art. 30 del D.Lgs 27/2000"), ["267/2000"]);
        assert_eq!(meant("l’art. 30 del D.Lgs 267/200 dispone"), ["267/2000"]);
        assert_eq!(meant("decreto legislativo 18 agosto 2000, n. 276, art. 30"), ["18 agosto 2000, n. 267"]);
        assert_eq!(meant("legge 7 agosto 1990 n. 214"), ["7 agosto 1990, n. 241"]);
        assert_eq!(meant("Vista la legge 7 agosto 1991, n. 241"), ["7 agosto 1990, n. 241"]);
        assert_eq!(meant("D.Lgs. 18 agosto 2001 n. 267"), ["18 agosto 2000, n. 267"]);
        for right in [
            "il 7 agosto 1991 il Consiglio con deliberazione n. 24",
            "D.Lgs. 267/2000",
            "127/2000",
            "27/20001",
            "decreto legislativo 18 agosto 2000, n. 267",
            "decreto legislativo 18 agosto 2000, n. 2672, il quale prevede",
            "decreto del Presidente della Repubblica 26 ottobre 1972, n. 642",
            "in data 18 agosto 2000 il Consiglio",
            "deliberazione n. 276/2000",
        ] {
            assert_eq!(meant(right), [] as [&str; 0], "{right}");
        }
    }
}
