//! What the lead body sends a payer: an invoice, a credit note or a request of payment outside VAT, as values already
//! settled. Made by `billing`; turned into FatturaPA, into a readable copy and into rows of registers by `compose`, `emit`
//! and `pipeline`, which all read the same figures here and reckon none.

mod entry;
mod totals;

use chrono::NaiveDate;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::money::Money;
use crate::place::Place;
use crate::schema::BillKind;
pub use entry::{Entry, Print};
pub use totals::{STAMP, STAMP_ABOVE, Summary, Totals};

/// A document, complete.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Bill {
    /// What it is.
    pub kind: BillKind,
    /// The year that it charges; its number may be of another.
    pub year: i32,
    /// Number in its series, as printed: "12/2026". At most 20 characters of ASCII, one of them a digit.
    pub number: String,
    /// Its day.
    pub date: NaiveDate,
    /// The five characters that tell its file from all others of the seller, and its sending (`ProgressivoInvio`): "6F01C".
    /// Nothing for a request of payment, which is not sent through the exchange system.
    pub sending: Option<String>,
    /// Who charges.
    pub seller: Party,
    /// Who pays.
    pub payer: Party,
    /// Position of the payer among the bodies.
    #[serde(skip)]
    pub body: usize,
    /// The lines, in order; never empty. In a credit note the amounts are what is given back, positive.
    pub lines: Vec<BillLine>,
    /// The payer pays VAT to the State and not to the seller (D.P.R. 633/1972 art. 17-ter).
    pub split: bool,
    /// The stamp duty that it bears, paid by the seller (D.P.R. 642/1972); nothing where none is due.
    pub stamp: Option<Money>,
    /// What it rests on.
    pub references: References,
    /// What it is for, and what the law wants said: each sentence ends with a full stop.
    pub reasons: Vec<String>,
    /// When and how it is paid; in a credit note, how it is set off.
    pub payment: Payment,
}

/// A party, as it stands in the document.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Party {
    /// Code of the body.
    pub code: String,
    /// Official name.
    pub name: String,
    /// Fiscal code.
    pub tax_code: Option<String>,
    /// VAT number, eleven digits.
    pub vat_number: Option<String>,
    /// Street and number.
    pub address: String,
    /// Post code.
    pub post_code: String,
    /// Town.
    pub town: String,
    /// Sign of the province, two letters; empty where it is not known.
    pub province: String,
    /// Code of the office that receives invoices, six characters (D.M. 55/2013).
    pub office: Option<String>,
    /// Certified mail.
    pub pec: Option<String>,
    /// A public body, whose invoices are FPA12; otherwise FPR12.
    pub is_public: bool,
}

/// What a line charges.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Subject {
    /// The adhesion fee of a body.
    Fee,
    /// A service of the catalogue, by its code.
    Service(String),
    /// The stamp duty, charged to the payer.
    Stamp,
    /// What an earlier document charged, taken back whole.
    Reversal,
}

/// A line.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct BillLine {
    /// What it charges.
    pub subject: Subject,
    /// Position among the bodies of whom it is for: the payer, or a body for which the payer pays.
    #[serde(skip)]
    pub body: usize,
    /// What it charges and how it is reckoned, in words.
    pub description: String,
    /// How many; nothing for a sum.
    pub quantity: Option<Decimal>,
    /// What is counted: "abitanti"; at most ten characters.
    pub unit: Option<&'static str>,
    /// First and last day of what it charges.
    pub period: Option<(NaiveDate, NaiveDate)>,
    /// Euro for each, or the sum; at most eight decimals, never negative.
    pub price: Decimal,
    /// Discount in hundredths; zero for none.
    pub discount: Decimal,
    /// Quantity × price less discount, rounded to the cent. Never negative.
    pub amount: Money,
    /// How it stands towards VAT.
    pub tax: Tax,
    /// The cells it rests on.
    #[serde(skip)]
    pub places: Vec<Place>,
}

/// How a sum stands towards VAT: a rate above zero, or the reason why there is none.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tax {
    /// Rate in hundredths; zero exactly where there is a nature.
    pub rate: Decimal,
    /// Why there is no VAT.
    pub nature: Option<Nature>,
    /// The law of the nature; empty where VAT is due. At most 100 characters.
    pub law: String,
}

impl Tax {
    /// VAT at this rate, in hundredths, above zero.
    pub fn at(rate: Decimal) -> Self {
        Self { rate, nature: None, law: String::new() }
    }

    /// No VAT, by this law.
    pub fn none(nature: Nature, law: impl Into<String>) -> Self {
        Self { rate: Decimal::ZERO, nature: Some(nature), law: law.into() }
    }
}

/// Why an operation bears no VAT (codes `Natura` of FatturaPA 1.2.3): those that a centre needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Nature {
    /// Outside the taxable sum (D.P.R. 633/1972 art. 15): sums paid for the payer.
    N1,
    /// Outside the scope of VAT (artt. 1–5): contributions.
    N22,
    /// Exempt (art. 10).
    N4,
}

impl Nature {
    /// The code: "N2.2".
    pub fn code(self) -> &'static str {
        match self {
            Self::N1 => "N1",
            Self::N22 => "N2.2",
            Self::N4 => "N4",
        }
    }

    /// True where sums of this nature count towards the stamp duty (D.P.R. 642/1972, Tariffa, art. 13).
    pub fn bears_stamp(self) -> bool {
        !matches!(self, Self::N1)
    }

    /// What people read: "esente".
    pub fn italian(self) -> &'static str {
        match self {
            Self::N1 => "escluso",
            Self::N22 => "fuori campo",
            Self::N4 => "esente",
        }
    }
}

/// A document that another one names.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Named {
    /// Its number; at most 20 characters.
    pub number: String,
    /// Its day.
    pub date: Option<NaiveDate>,
}

/// What a bill rests on.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct References {
    /// The convention, or the act of adhesion.
    pub convention: Option<Named>,
    /// Title of the convention.
    pub title: String,
    /// The act by which the payer commits the spending (TUEL art. 183).
    pub spending: Option<Named>,
    /// CIG, ten characters.
    pub cig: Option<String>,
    /// CUP, fifteen characters.
    pub cup: Option<String>,
    /// The invoice that a credit note corrects.
    pub corrects: Option<Named>,
}

/// When and how a bill is paid.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Payment {
    /// Last day.
    pub due: NaiveDate,
    /// Why that day: "entro il 31 dicembre dell’anno, come dice la convenzione".
    pub basis: String,
    /// Number of the account of the single treasury at the Banca d’Italia, for payments between bodies that are in it.
    pub treasury: Option<String>,
    /// IBAN, without spaces.
    pub iban: Option<String>,
}

impl Bill {
    /// Name of the FatturaPA file without folder, `IT<fiscal code>_<five characters>.xml`; nothing for what is not sent.
    pub fn file_name(&self) -> Option<String> {
        let sender = self.seller.tax_code.as_ref().or(self.seller.vat_number.as_ref())?;
        Some(format!("IT{sender}_{}.xml", self.sending.as_ref()?))
    }

    /// Stem of its readable copy: `fattura-12-2026`.
    pub fn stem(&self) -> String {
        format!("{}-{}", self.kind.slug(), crate::italian::slug_up_to(&self.number, 24))
    }
}
