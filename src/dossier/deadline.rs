//! A day not to be missed, with what it rests on. Computed by `deadlines`; shown by the terminal, the register and the
//! calendar.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::place::Place;

/// A day not to be missed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Deadline {
    /// The day.
    pub day: NaiveDate,
    /// Of what kind.
    pub kind: DeadlineKind,
    /// What tells it from the others of its kind and body ("2027"), whatever its day: a calendar finds it again by this.
    pub key: String,
    /// What it is, in Italian; whose it is stands in `body`.
    pub what: String,
    /// What it rests on: article, law or field, in Italian.
    pub basis: String,
    /// The cell that it comes from, where there is one.
    pub place: Place,
    /// The body that it concerns; `None` for one of all.
    pub body: Option<Concerned>,
}

impl Deadline {
    /// The name of the body that it concerns; empty for one of all.
    pub fn who(&self) -> &str {
        self.body.as_ref().map_or("", |body| body.name.as_str())
    }
}

/// A body that a deadline concerns.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Concerned {
    /// Code.
    pub code: String,
    /// Name.
    pub name: String,
}

/// Kinds of deadline.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum DeadlineKind {
    /// First day of the term.
    Start,
    /// A deliberation becomes executive.
    Executive,
    /// Last day for the notice of withdrawal.
    Withdrawal,
    /// A withdrawal has effect.
    Leaving,
    /// Last day for giving up services.
    Cancellation,
    /// Services of the next year to be confirmed.
    Confirmation,
    /// The lead body charges the fee.
    Charge,
    /// The fee, or an invoice, is paid.
    Payment,
    /// Accounts of the year before.
    Accounts,
    /// An activity of the plan is done.
    Activity,
    /// The terms of the next period are proposed.
    Proposal,
    /// Deliberations of renewal begin.
    Renewal,
    /// Last day for avoiding extension by silence.
    Extension,
    /// Last day of the term.
    End,
}

impl DeadlineKind {
    /// The word of programs: "withdrawal".
    pub fn slug(self) -> &'static str {
        match self {
            Self::Start => "start",
            Self::Executive => "executive",
            Self::Withdrawal => "withdrawal",
            Self::Leaving => "leaving",
            Self::Cancellation => "cancellation",
            Self::Confirmation => "confirmation",
            Self::Charge => "charge",
            Self::Payment => "payment",
            Self::Accounts => "accounts",
            Self::Activity => "activity",
            Self::Proposal => "proposal",
            Self::Renewal => "renewal",
            Self::Extension => "extension",
            Self::End => "end",
        }
    }

    /// The word of people.
    pub fn italian(self) -> &'static str {
        match self {
            Self::Start => "decorrenza",
            Self::Executive => "esecutività",
            Self::Withdrawal | Self::Leaving => "recesso",
            Self::Cancellation => "disdetta",
            Self::Confirmation => "conferma",
            Self::Charge => "addebito",
            Self::Payment => "pagamento",
            Self::Accounts => "rendiconto",
            Self::Activity => "attività",
            Self::Proposal | Self::Renewal | Self::Extension => "rinnovo",
            Self::End => "scadenza",
        }
    }

    /// True for a day on which something happens by itself, that nobody has to prepare.
    pub fn is_effect(self) -> bool {
        matches!(self, Self::Start | Self::Executive | Self::Leaving)
    }
}
