//! What a body owes over the term, as computed by `fees`.

use chrono::{Datelike, NaiveDate};
use rust_decimal::Decimal;

use crate::date;
use crate::money::Money;

/// How the yearly contribution comes about.
#[derive(Debug, Clone, PartialEq)]
pub enum Basis {
    /// A rate for every inhabitant.
    PerInhabitant {
        /// Euro for each inhabitant.
        rate: Decimal,
        /// Inhabitants counted.
        inhabitants: u64,
        /// Day to which they refer.
        at: Option<NaiveDate>,
    },
    /// A flat sum.
    Flat,
}

/// The share of one contract year.
#[derive(Debug, Clone, PartialEq)]
pub struct YearShare {
    /// First day.
    pub from: NaiveDate,
    /// Last day.
    pub to: NaiveDate,
    /// Without VAT.
    pub net: Money,
    /// VAT; zero outside its scope.
    pub vat: Money,
}

impl YearShare {
    /// "2026" for a calendar year, "1° luglio 2026 – 30 giugno 2027" otherwise.
    pub fn period(&self) -> String {
        let calendar = (self.from.day(), self.from.month(), self.to.day(), self.to.month()) == (1, 1, 31, 12);
        if calendar && self.from.year() == self.to.year() {
            self.from.year().to_string()
        } else {
            format!("{} – {}", date::long(self.from), date::long(self.to))
        }
    }

    /// With VAT.
    pub fn gross(&self) -> Money {
        self.net + self.vat
    }
}

/// What a body owes.
#[derive(Debug, Clone, PartialEq)]
pub struct Contribution {
    /// How it comes about.
    pub basis: Basis,
    /// Shares by contract year, in order; never empty.
    pub years: Vec<YearShare>,
}

impl Contribution {
    /// Contribution of a full year without VAT.
    pub fn yearly(&self) -> Money {
        self.years.first().map_or(Money::ZERO, |year| year.net)
    }

    /// VAT of a full year.
    pub fn yearly_vat(&self) -> Money {
        self.years.first().map_or(Money::ZERO, |year| year.vat)
    }

    /// Contribution of the whole term without VAT.
    pub fn total(&self) -> Money {
        self.years.iter().map(|year| year.net).sum()
    }

    /// Contribution of the whole term with VAT.
    pub fn total_gross(&self) -> Money {
        self.years.iter().map(YearShare::gross).sum()
    }
}
