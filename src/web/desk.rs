//! A workbook on the desk: read and judged once, shown by every page; and heavy work done where it blocks nobody.

use std::sync::Arc;

use chrono::NaiveDate;

use super::reply::Fault;
use super::{App, Shared};
use crate::dossier::Dossier;
use crate::italian::fold;
use crate::pipeline::{self, Changes, Checked, Judge};

/// Characters of a file name that are kept.
const LONGEST_NAME: usize = 120;

/// A workbook read and judged.
pub struct Desk {
    /// Its name, as the visitor calls it: shown and written in reports, never used on disk as it is.
    pub name: String,
    /// Its content.
    pub bytes: Vec<u8>,
    /// What it holds.
    pub checked: Checked,
    /// The day by which it was judged.
    pub today: NaiveDate,
    /// What changed since the workbook before, where there was one.
    pub changes: Option<Changes>,
}

impl Desk {
    /// The records.
    ///
    /// # Errors
    /// The workbook could not be read, or is not one of ours.
    pub fn dossier(&self) -> Result<&Dossier, Fault> {
        self.checked.dossier.as_ref().ok_or(Fault::NoData)
    }

    /// A copy of the judgement, for a run that uses it up.
    pub fn judgement(&self) -> Checked {
        Checked {
            dossier: self.checked.dossier.clone(),
            diagnostics: self.checked.diagnostics.clone(),
            withheld: self.checked.withheld.clone(),
            unreadable: self.checked.unreadable,
        }
    }

    /// The name of a body, of a code that a finding gives.
    pub fn body_named(&self, code: &str) -> Option<(usize, &str)> {
        let dossier = self.checked.dossier.as_ref()?;
        let index = dossier.find_body(code)?;
        dossier.bodies.get(index).map(|body| (index, body.name()))
    }
}

impl App {
    /// What judges workbooks, on a day.
    pub fn judge_on(&self, today: NaiveDate) -> Judge<'_> {
        Judge { library: &self.options.library, press: &self.press, today, jobs: self.options.jobs, acts: None }
    }

    /// Reads and judges a workbook. `name` may be anything.
    pub fn judge(&self, name: String, bytes: Vec<u8>) -> Desk {
        let today = (self.options.today)();
        let checked = pipeline::check(&name, &bytes, &self.judge_on(today));
        Desk { name, bytes, checked, today, changes: None }
    }
}

/// A file name to show: its last part, without what cannot be shown.
pub fn shown_name(given: &str) -> String {
    let last = given.rsplit(['/', '\\']).next().unwrap_or_default();
    let unseen = |c: &char| {
        c.is_control() || matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    let name: String = last.chars().filter(|c| !unseen(c)).take(LONGEST_NAME).collect();
    if fold(&name).is_empty() { "foglio.xlsx".to_owned() } else { name.trim().to_owned() }
}

/// Does heavy work on a thread of its own, when it is its turn.
///
/// # Errors
/// The work stopped the thread: a fault of the program, which the visitor is told and which ends nothing else.
pub async fn work<T: Send + 'static>(app: &Shared, work: impl FnOnce(&App) -> T + Send + 'static) -> Result<T, Fault> {
    let turn = Arc::clone(&app.turns).acquire_owned().await.map_err(|_| Fault::Broken)?;
    let app = Arc::clone(app);
    let done = tokio::task::spawn_blocking(move || {
        let _turn = turn;
        work(&app)
    });
    done.await.map_err(|_| Fault::Broken)
}

#[cfg(test)]
mod tests {
    use super::shown_name;

    #[test]
    fn names_lose_their_folders_and_what_cannot_be_seen() {
        for (given, shown) in [
            ("enti.xlsx", "enti.xlsx"),
            ("../../etc/passwd", "passwd"),
            ("C:\\Documenti\\enti 2026.xlsx", "enti 2026.xlsx"),
            ("", "foglio.xlsx"),
            ("..", "foglio.xlsx"),
            ("a\u{0}b\u{202e}c.xlsx", "abc.xlsx"),
        ] {
            assert_eq!(shown_name(given), shown);
        }
        assert_eq!(shown_name(&"è".repeat(1000)).chars().count(), 120);
    }
}
