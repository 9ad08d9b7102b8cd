//! The sums of a bill: VAT once for each rate and nature, as the exchange system reckons it.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::{Bill, Nature, Tax};
use crate::money::Money;

/// The sums of the lines of one rate and nature (`DatiRiepilogo`).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Summary {
    /// Rate, nature, law.
    pub tax: Tax,
    /// Sum of the lines.
    pub base: Money,
    /// VAT on that sum, rounded half up.
    pub vat: Money,
}

/// The sums of a bill.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Totals {
    /// By rate and nature: rates from the highest, then natures.
    pub summaries: Vec<Summary>,
    /// Sum of the lines.
    pub base: Money,
    /// VAT.
    pub vat: Money,
    /// What the document is worth: sum and VAT.
    pub total: Money,
    /// What the payer pays the seller: without VAT where the payer pays that to the State.
    pub to_pay: Money,
}

impl Bill {
    /// The sums.
    pub fn totals(&self) -> Totals {
        let mut summaries: Vec<Summary> = Vec::new();
        for line in &self.lines {
            let same = |it: &&mut Summary| it.tax.rate == line.tax.rate && it.tax.nature == line.tax.nature;
            match summaries.iter_mut().find(same) {
                Some(known) => known.base = known.base + line.amount,
                None => summaries.push(Summary { tax: line.tax.clone(), base: line.amount, vat: Money::ZERO }),
            }
        }
        for it in &mut summaries {
            it.vat = it.base.percent(it.tax.rate);
        }
        summaries.sort_by(|a, b| b.tax.rate.cmp(&a.tax.rate).then(a.tax.nature.cmp(&b.tax.nature)));
        let base: Money = summaries.iter().map(|it| it.base).sum();
        let vat: Money = summaries.iter().map(|it| it.vat).sum();
        let total = base + vat;
        let to_pay = if self.split { base } else { total };
        Totals { summaries, base, vat, total, to_pay }
    }

    /// The sum of the lines that count towards the stamp duty.
    pub fn bears_stamp(&self) -> Money {
        let counts = |nature: &Option<Nature>| nature.is_some_and(Nature::bears_stamp);
        self.lines.iter().filter(|line| counts(&line.tax.nature)).map(|line| line.amount).sum()
    }
}

/// Above this sum without VAT a document bears the stamp duty (D.P.R. 642/1972, Tariffa, art. 13, note 2).
pub const STAMP_ABOVE: Decimal = Decimal::from_parts(7747, 0, 0, false, 2);
/// The stamp duty (D.P.R. 642/1972, Tariffa, art. 13).
pub const STAMP: Decimal = Decimal::from_parts(200, 0, 0, false, 2);
