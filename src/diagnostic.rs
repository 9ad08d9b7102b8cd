//! What is wrong, as a value: code, severity, place, message, hint, law. Functions return what they could do plus
//! all their diagnostics; only the faces print them.

use serde::{Deserialize, Deserializer, Serialize, de};

use crate::place::Place;
use crate::rule::{self, Severity};

/// One finding. `code` is always in [`rule::RULES`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Diagnostic {
    /// Stable code, e.g. `ENT-01`.
    pub code: &'static str,
    /// How grave it is at the date of the act.
    pub severity: Severity,
    /// What is wrong, in Italian, quoting the value at fault.
    pub message: String,
    /// What to do, in Italian; empty when the message says it all.
    pub hint: String,
    /// The law or specification the rule rests on; empty for purely technical rules.
    pub law: &'static str,
    /// Where the fault is.
    pub place: Place,
    /// Code of the body whose acts are concerned; `None` concerns the whole workbook.
    pub body: Option<String>,
    /// Kind of the act concerned, when the fault was found on a composed act.
    pub act: Option<String>,
    /// Other places that explain the fault.
    pub related: Vec<Place>,
}

/// A finding as JSON holds it.
#[derive(Deserialize)]
struct Wire {
    code: String,
    severity: Severity,
    message: String,
    hint: String,
    law: String,
    place: Place,
    body: Option<String>,
    act: Option<String>,
    related: Vec<Place>,
}

/// A finding of a rule that this program has, with the law that it names.
impl<'de> Deserialize<'de> for Diagnostic {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let Wire { code, severity, message, hint, law, place, body, act, related } = Wire::deserialize(deserializer)?;
        let rule = rule::find(&code).filter(|rule| rule.law == law);
        let rule = rule.ok_or_else(|| de::Error::custom("not a rule of this program"))?;
        Ok(Self { code: rule.code, severity, message, hint, law: rule.law, place, body, act, related })
    }
}

impl Diagnostic {
    /// A finding with the severity and law that the table gives to `code` today.
    ///
    /// # Panics
    /// Never on data: an unknown code is a slip of ours, which the table's tests catch; it then shows as an error.
    pub fn new(code: &'static str, place: Place, message: impl Into<String>) -> Self {
        let rule = rule::find(code);
        Self {
            code,
            severity: rule.map_or(Severity::Error, |rule| rule.severity),
            message: message.into(),
            hint: String::new(),
            law: rule.map_or("", |rule| rule.law),
            place,
            body: None,
            act: None,
            related: Vec::new(),
        }
    }

    /// Adds what to do.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = hint.into();
        self
    }

    /// Says whose acts are concerned.
    #[must_use]
    pub fn body(mut self, code: impl Into<String>) -> Self {
        self.body = Some(code.into());
        self
    }

    /// Says which act is concerned.
    #[must_use]
    pub fn act(mut self, kind: impl Into<String>) -> Self {
        self.act = Some(kind.into());
        self
    }

    /// Overrides the table's severity, where the rule itself says it depends on the case.
    #[must_use]
    pub fn severity(mut self, severity: Severity) -> Self {
        self.severity = severity;
        self
    }

    /// Points at one more place.
    #[must_use]
    pub fn related(mut self, place: Place) -> Self {
        self.related.push(place);
        self
    }

    /// True for an error, which withholds acts.
    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }
}

/// How many findings of each severity.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Summary {
    /// Findings that withhold acts.
    pub errors: usize,
    /// Findings that do not.
    pub warnings: usize,
    /// Information.
    pub notes: usize,
}

impl Summary {
    /// Counts `diagnostics`.
    pub fn of(diagnostics: &[Diagnostic]) -> Self {
        let mut summary = Self::default();
        for diagnostic in diagnostics {
            match diagnostic.severity {
                Severity::Error => summary.errors += 1,
                Severity::Warning => summary.warnings += 1,
                Severity::Note => summary.notes += 1,
            }
        }
        summary
    }
}
