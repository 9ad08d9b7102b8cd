//! The collector of diagnostics: applies the dates in force, keeps everything once, prints nothing.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use crate::diagnostic::Diagnostic;
use crate::place::Place;
use crate::rule;

/// Diagnostics gathered so far, judged by the law of one day.
#[derive(Debug)]
pub struct Findings {
    date: NaiveDate,
    list: Vec<Diagnostic>,
    seen: BTreeSet<(&'static str, Place, String)>,
}

impl Findings {
    /// An empty collection; rules are applied as they stand on `date`, the day of the act.
    pub fn at(date: NaiveDate) -> Self {
        Self { date, list: Vec::new(), seen: BTreeSet::new() }
    }

    /// Keeps a diagnostic, unless its rule was not in force or it has been said already; a dated rule has the severity
    /// of the day.
    pub fn push(&mut self, mut diagnostic: Diagnostic) {
        if let Some(rule) = rule::find(diagnostic.code) {
            match rule.severity_at(self.date) {
                None => return,
                Some(severity) if !rule.periods.is_empty() => diagnostic.severity = severity,
                Some(_) => {}
            }
        }
        if self.seen.insert((diagnostic.code, diagnostic.place.clone(), diagnostic.message.clone())) {
            self.list.push(diagnostic);
        }
    }

    /// What was gathered, in the order it was found.
    pub fn into_vec(self) -> Vec<Diagnostic> {
        self.list
    }
}
