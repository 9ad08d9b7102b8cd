//! What is known of a body's acts besides what they say: who writes to whom, where the acts are filed, under which number.
//! Values of the workbook, for the metadata ([`super::agid`]).

use chrono::NaiveDate;
use serde::Serialize;

use crate::act::ActKind;

/// What is known of the acts of a bundle.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Filing {
    /// The lead body.
    pub lead: Agent,
    /// The body that the bundle is for.
    pub body: Agent,
    /// The parties of the convention or agreement.
    pub parties: Vec<Agent>,
    /// True for an agreement between administrations (L. 241/1990, art. 15), false for a convention.
    pub is_agreement: bool,
    /// Index in the classification plan: "1.6.2".
    pub classification: Option<String>,
    /// Identifier of the file ("fascicolo") that the acts go in.
    pub folder: Option<String>,
    /// Years for which the acts are kept; 9999 is for ever.
    pub retention: Option<u64>,
    /// True where the acts are not for everybody.
    pub reserved: Option<bool>,
    /// Number and day under which acts are registered already.
    pub registrations: Vec<(ActKind, Registration)>,
}

/// A body as metadata name it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Agent {
    /// Official name.
    pub name: String,
    /// Code of the workbook, that of IndicePA where it has the form of one.
    pub code: String,
    /// Codice fiscale.
    pub tax_code: Option<String>,
    /// Certified e-mail.
    pub pec: Option<String>,
    /// True for a company or an association.
    pub is_private: bool,
}

/// A number in a register.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Registration {
    /// Number.
    pub number: String,
    /// Day.
    pub date: NaiveDate,
}
