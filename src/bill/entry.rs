//! The row of a bill in the register of bills (sheet `Fatture`), and the print by which a change of its data is seen.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::{Bill, Named};
use crate::money::Money;
use crate::schema::BillKind;

/// A row of the register, complete. For the workbook's copy, the VAT register and the CSV for import.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// Zero-based row of the sheet `Fatture` that it fills or already is; `None` for a row to be added.
    #[serde(skip)]
    pub row: Option<u32>,
    /// True where the sheet has the number already: nothing of the row is to be written but what it lacks.
    #[serde(skip)]
    pub is_registered: bool,
    /// Code of the payer.
    pub body: String,
    /// Name of the payer.
    pub name: String,
    /// The year that it charges.
    pub year: i32,
    /// What it is.
    pub kind: BillKind,
    /// Its number.
    pub number: String,
    /// Its day.
    pub date: NaiveDate,
    /// CIG.
    pub cig: Option<String>,
    /// CUP.
    pub cup: Option<String>,
    /// The act by which the payer commits the spending.
    pub spending: Option<Named>,
    /// Number of the invoice that it corrects.
    pub corrects: Option<String>,
    /// Sum without VAT; in a credit note what is given back, positive.
    pub base: Money,
    /// VAT.
    pub vat: Money,
    /// The print of its content.
    pub print: Print,
}

impl Entry {
    /// The row of a bill. `row` and `is_registered` as in the fields.
    pub fn of(bill: &Bill, row: Option<u32>, is_registered: bool) -> Self {
        let totals = bill.totals();
        let it = &bill.references;
        Self {
            row,
            is_registered,
            body: bill.payer.code.clone(),
            name: bill.payer.name.clone(),
            year: bill.year,
            kind: bill.kind,
            number: bill.number.clone(),
            date: bill.date,
            cig: it.cig.clone(),
            cup: it.cup.clone(),
            spending: it.spending.clone(),
            corrects: it.corrects.as_ref().map(|invoice| invoice.number.clone()),
            base: totals.base,
            vat: totals.vat,
            print: Print::of(bill),
        }
    }
}

/// What a bill charges whom, and all that it says, as two digests: "9f86d081-884c7d65".
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Print(String);

impl Print {
    /// The print of a bill.
    pub fn of(bill: &Bill) -> Self {
        let payer = (&bill.payer.code, &bill.payer.name, &bill.payer.tax_code, &bill.payer.vat_number);
        let it = &bill.references;
        // Without the words of the lines: a new version of the program may word them better.
        let lines: Vec<_> = bill
            .lines
            .iter()
            .map(|line| {
                let tax = (line.tax.rate, line.tax.nature);
                (&line.subject, line.quantity, line.price, line.discount, line.amount, tax, line.period)
            })
            .collect();
        let substance =
            ((bill.kind, bill.year, &bill.number, bill.date, payer), (lines, bill.split, bill.stamp, &it.corrects));
        Self(format!("{}-{}", digest(&substance), digest(bill)))
    }

    /// The print as the register has it; `None` where it is not one.
    pub fn parse(text: &str) -> Option<Self> {
        let is_half = |half: &str| half.len() == 8 && half.bytes().all(|byte| byte.is_ascii_hexdigit());
        let text = text.trim().to_ascii_lowercase();
        text.split_once('-').is_some_and(|(one, other)| is_half(one) && is_half(other)).then_some(Self(text))
    }

    /// True where both charge the same to the same payer: number, day, lines, sums. Address, mail, account may differ.
    pub fn has_substance_of(&self, other: &Self) -> bool {
        self.0.split('-').next() == other.0.split('-').next()
    }

    /// The print as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// The first eight hexadecimal digits of the SHA-256 of a value as JSON.
fn digest(value: &impl Serialize) -> String {
    let json = serde_json::to_vec(value).unwrap_or_default();
    Sha256::digest(&json).iter().take(4).map(|byte| format!("{byte:02x}")).collect()
}
