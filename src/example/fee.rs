//! The fee of an example's centre: what each body owes in a year, and the tables of `Fasce` that say so. Exact
//! decimals, computed here and not by `fees`, so that the totals of the examples prove it.

use rust_decimal::{Decimal, RoundingStrategy};

use super::case::Record;
use super::member::Member;
use crate::money::Money;
use crate::schema::BodyKind;

/// A row of `Fasce`: table, first and last value, euro.
pub type Band = (&'static str, u64, Option<u64>, u32);

/// The row of a table.
pub fn band(table: &str, from: u64, to: Option<u64>, amount: Decimal) -> Record {
    Record::new().with("tabella", table).with("da", from).with("a", to).with("importo", amount)
}

/// How the fee comes about. Sums are whole euro, rates are in cents.
#[derive(Debug, Clone, Copy)]
pub enum Fee {
    /// A rate for every inhabitant.
    Inhabitants {
        /// Cents.
        rate: i64,
    },
    /// A rate for every inhabitant, less a discount that grows by brackets, and a sum for every enterprise; a flat sum
    /// for larger Comuni and for bodies without inhabitants.
    Enterprises {
        /// Cents for each inhabitant.
        rate: i64,
        /// Euro for each enterprise.
        enterprise: u32,
        /// Last inhabitant of each bracket and its discount in hundredths, in order; beyond the last the fee is flat.
        discounts: &'static [(u64, i64)],
        /// Euro.
        flat: u32,
    },
    /// A sum by population: first, last, euro.
    Bands(&'static [(u64, u64, u32)]),
    /// Yearly costs shared out by workstations.
    Workstations {
        /// Euro a year, all bodies together.
        costs: u32,
    },
}

/// Each inhabitant at the rate of the bracket in which it falls; every bracket is rounded to the cent.
fn by_brackets(rate: Decimal, inhabitants: u64, discounts: &[(u64, i64)]) -> Decimal {
    let mut counted = 0;
    let mut sum = Decimal::ZERO;
    for (to, discount) in discounts {
        let count = inhabitants.min(*to).saturating_sub(counted);
        sum += Money::round(rate * Decimal::from(count) * Decimal::new(100 - discount, 2)).decimal();
        counted += count;
    }
    sum
}

impl Fee {
    /// What a body owes for a full year, VAT excluded. Of a share that is no whole number of cents, the next cent: the
    /// body must commit no less than it will be asked for.
    pub fn yearly(&self, body: &Member, all: &[Member]) -> Money {
        let inhabitants = body.inhabitants().unwrap_or(0);
        let counted = Decimal::from(inhabitants);
        Money::round(match self {
            Self::Inhabitants { rate } => Decimal::new(*rate, 2) * counted,
            Self::Enterprises { rate, enterprise, discounts, flat } => {
                let top = discounts.last().map_or(0, |(to, _)| *to);
                if body.kind == BodyKind::Comune && inhabitants <= top {
                    let enterprises = Decimal::from(body.enterprises.unwrap_or(0)) * Decimal::from(*enterprise);
                    by_brackets(Decimal::new(*rate, 2), inhabitants, discounts) + enterprises
                } else {
                    Decimal::from(*flat)
                }
            }
            Self::Bands(bands) => {
                let band = bands.iter().find(|(from, to, _)| (*from..=*to).contains(&inhabitants));
                Decimal::from(band.map_or(0, |(_, _, sum)| *sum))
            }
            Self::Workstations { costs } => {
                let weight = |body: &Member| body.workstations.unwrap_or(0);
                let whole = all.iter().map(weight).sum::<u64>().max(1);
                (Decimal::from(*costs) * Decimal::from(weight(body)) / Decimal::from(whole))
                    .round_dp_with_strategy(2, RoundingStrategy::ToPositiveInfinity)
            }
        })
    }

    /// What all bodies owe for a full year, VAT excluded.
    pub fn total(&self, all: &[Member]) -> Money {
        match self {
            Self::Workstations { costs } => Money::round(Decimal::from(*costs)),
            _ => all.iter().map(|body| self.yearly(body, all)).sum(),
        }
    }

    /// The tables of the fee.
    pub fn tables(&self) -> Vec<Record> {
        match self {
            Self::Inhabitants { rate } => vec![band("quota", 1, None, Decimal::new(*rate, 2))],
            Self::Enterprises { rate, enterprise, discounts, flat } => {
                let mut from = 1;
                let mut rows = Vec::new();
                for (to, discount) in *discounts {
                    let row = band("quota", from, Some(*to), Decimal::new(*rate, 2));
                    rows.push(row.with("sconto", (*discount > 0).then(|| Decimal::from(*discount))));
                    from = to + 1;
                }
                rows.push(band("quota imprese", 0, None, Decimal::from(*enterprise)));
                rows.push(band("quota fissa", 0, None, Decimal::from(*flat)));
                rows
            }
            Self::Bands(bands) => {
                bands.iter().map(|(from, to, sum)| band("quota", *from, Some(*to), Decimal::from(*sum))).collect()
            }
            Self::Workstations { costs } => vec![band("costi fissi", 0, None, Decimal::from(*costs))],
        }
    }
}
