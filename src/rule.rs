//! The table of rules: code, name, severity, law, dates in force, page of explanation. `spiega`, `regole` and
//! `docs/regole.md` come from it; the checks themselves are in `check`, which this floor must not know.

mod table;
#[cfg(test)]
mod tests;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

pub use table::RULES;

/// How grave a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Withholds the acts concerned ("errore").
    Error,
    /// Does not withhold ("avviso").
    Warning,
    /// Informs ("nota").
    Note,
}

impl Severity {
    /// The word people read.
    pub fn italian(self) -> &'static str {
        match self {
            Self::Error => "errore",
            Self::Warning => "avviso",
            Self::Note => "nota",
        }
    }
}

/// A calendar day as `(year, month, day)`: a date that can stand in a constant.
pub type Day = (i32, u32, u32);

/// A stretch of time in which a rule holds with one severity. `from` is included, `to` is the last day included.
#[derive(Debug, Clone, Copy)]
pub struct Period {
    /// First day; `None` is "since the law began".
    pub from: Option<Day>,
    /// Last day; `None` is "still in force".
    pub to: Option<Day>,
    /// Severity in that stretch.
    pub severity: Severity,
}

/// One rule. A rule is never removed from the table and its code is never used again.
#[derive(Debug, Clone, Copy)]
pub struct Rule {
    /// Stable code, e.g. `C30-03`.
    pub code: &'static str,
    /// Kebab-case English name of the fault.
    pub name: &'static str,
    /// One line in Italian for lists.
    pub title: &'static str,
    /// Severity where `periods` is silent.
    pub severity: Severity,
    /// Law or specification; empty for purely technical rules.
    pub law: &'static str,
    /// When the rule holds; empty means always.
    pub periods: &'static [Period],
    /// Page of explanation, Markdown in Italian with the headings of [`HEADINGS`].
    pub page: &'static str,
}

/// Headings that every page has, in this order.
pub const HEADINGS: [&str; 6] =
    ["Che cosa controlla", "Perché", "Norma", "In vigore", "Esempio sbagliato", "Esempio corretto"];

impl Rule {
    /// The severity at `date`, or `None` where the rule was not in force on that day.
    pub fn severity_at(&self, date: NaiveDate) -> Option<Severity> {
        if self.periods.is_empty() {
            return Some(self.severity);
        }
        let day = |(y, m, d): Day| NaiveDate::from_ymd_opt(y, m, d);
        self.periods
            .iter()
            .find(|period| {
                period.from.and_then(day).is_none_or(|from| from <= date)
                    && period.to.and_then(day).is_none_or(|to| date <= to)
            })
            .map(|period| period.severity)
    }

    /// The letters before the dash: `WB`, `ENT`, `C30`, `ACC`, `DEL`, `SRV`, `FEE`, `INV`, `TXT`, `ESA`.
    pub fn group(&self) -> &'static str {
        self.code.split('-').next().unwrap_or(self.code)
    }
}

/// The rule with this code, compared without regard to case.
pub fn find(code: &str) -> Option<&'static Rule> {
    RULES.iter().find(|rule| rule.code.eq_ignore_ascii_case(code))
}

/// The title of a group of rules, for people.
pub fn group_title(group: &str) -> &'static str {
    match group {
        "WB" => "Il foglio di calcolo",
        "ENT" => "Gli enti",
        "C30" => "La convenzione (D.Lgs. 267/2000, art. 30)",
        "ACC" => "L’accordo fra amministrazioni (L. 241/1990, art. 15)",
        "DEL" => "Le deliberazioni",
        "SRV" => "I servizi",
        "FEE" => "Le quote",
        "INV" => "Le fatture",
        "TXT" => "I testi degli atti",
        "ESA" => "Gli atti scritti da altri",
        _ => "Altre regole",
    }
}
