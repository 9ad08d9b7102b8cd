//! The contract years over which a fee is owed.

use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::date;
use crate::diagnostic::Diagnostic;
use crate::dossier::{Convention, Origin};
use crate::money::Money;

/// Longer terms are a slip of the pen; computing them would cost time without end.
const MOST_YEARS: u32 = 100;

/// A contract year, or what `scadenza` leaves of the last one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Year {
    /// First day.
    pub from: NaiveDate,
    /// Last day.
    pub to: NaiveDate,
    /// Days counted, and days of the whole year: equal unless the year is cut short.
    pub days: (i64, i64),
}

impl Year {
    /// True unless the year is cut short.
    pub fn is_full(&self) -> bool {
        self.days.0 >= self.days.1
    }

    /// What of a full year's sum falls in this one: by the day, rounded to the cent, where it is cut short.
    pub fn share(&self, yearly: Money) -> Money {
        let (days, whole) = self.days;
        if days >= whole || whole <= 0 {
            return yearly;
        }
        let part =
            yearly.decimal().checked_mul(Decimal::from(days)).and_then(|sum| sum.checked_div(Decimal::from(whole)));
        part.map_or(yearly, Money::round)
    }
}

/// The contract years from `decorrenza` to `scadenza`, or over `durata_anni`; `scadenza` wins where the two differ, which
/// C30-09 reports. Empty where the term is unknown or upside down. Reports FEE-06 for a term beyond measure.
pub fn years(convention: &Convention, found: &mut Vec<Diagnostic>) -> Vec<Year> {
    let mut years = Vec::new();
    let Some(start) = convention.decorrenza.copied() else { return years };
    let stated = convention.durata_anni.copied();
    let end = convention.scadenza.copied().or_else(|| date::term_end(start, u32::try_from(stated?).ok()?));
    let latest = date::term_end(start, MOST_YEARS);
    let too_long = match end {
        Some(end) => latest.is_none_or(|latest| end > latest),
        None => stated.is_some(),
    };
    if too_long {
        let field = if convention.scadenza.origin == Origin::Sheet {
            &convention.scadenza.place
        } else {
            &convention.durata_anni.place
        };
        let place = if field.is_none() { convention.place.clone() } else { field.clone() };
        let message = format!("la durata della convenzione supera {MOST_YEARS} anni: le quote non si calcolano");
        found.push(Diagnostic::new("FEE-06", place, message).hint("correggere «durata_anni» o «scadenza»"));
        return years;
    }
    let Some(end) = end else { return years };
    for index in 0..MOST_YEARS {
        let bounds = date::years_after(start, index).zip(date::term_end(start, index.saturating_add(1)));
        let Some((from, whole)) = bounds.filter(|(from, _)| *from <= end) else { break };
        let to = whole.min(end);
        let count = |last: NaiveDate| last.signed_duration_since(from).num_days().saturating_add(1);
        years.push(Year { from, to, days: (count(to), count(whole)) });
    }
    years
}
