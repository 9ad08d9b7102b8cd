//! Citations of laws in the texts, by the table of `citation`. Called by `lint` for every text, so that a slip is told once, at
//! line and column of the text.

use crate::citation;
use crate::diagnostic::Diagnostic;
use crate::place::Place;

/// The wrong citations of a text: TXT-07, a warning.
pub fn faults(text: &str, path: &str) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for (number, line) in (1_u32..).zip(text.lines()) {
        for slip in citation::slips(line) {
            let column = line.get(..slip.at).map_or(1, |before| before.chars().count() + 1);
            let place = Place::Text(path.into(), number, u32::try_from(column).unwrap_or(u32::MAX));
            let message = format!("la legge è citata come «{}»: il numero non è quello", slip.said);
            found.push(Diagnostic::new("TXT-07", place, message).hint(format!("forse si voleva «{}»", slip.meant)));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_place_is_that_of_the_citation() {
        let found = faults("Premesso\nche l’art. 30 del D.Lgs 27/2000 consente", "clausole/x.md");
        assert_eq!(found[0].place, Place::Text("clausole/x.md".into(), 2, 25));
    }
}
