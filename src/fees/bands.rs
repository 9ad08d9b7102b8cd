//! Tables of bands: what they cover (FEE-01), which band a number falls in, and how it spreads over several.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::spot;
use crate::diagnostic::Diagnostic;
use crate::dossier::{Band, Field, Origin};
use crate::italian::{fold, grouped};
use crate::place::Place;
use crate::rule::Severity;

/// The rows of one table.
pub struct Table<'a> {
    /// Folded name.
    pub key: String,
    /// Name as first written.
    pub name: &'a str,
    /// Rows in order of their lower bound.
    bands: Vec<&'a Band>,
}

/// What a hole between two bands spoils.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Holes {
    /// Nothing: the rows are no bands.
    Ignored,
    /// Whoever falls in it, since each band stands by itself: a hole in which nobody falls is a warning.
    OfWhoFallsIn,
    /// Whoever falls in it or above it.
    OfAll,
}

/// Which band a number falls in.
#[derive(Debug, Clone, Copy)]
pub enum Pick<'a> {
    /// One band, or several with one rate.
    One(Rate<'a>),
    /// No band.
    None,
    /// Several bands with different rates.
    Many,
    /// A band whose rate cannot be read or is at fault, already reported.
    Unknown,
}

/// A band with a price that can be read.
#[derive(Debug, Clone, Copy)]
pub struct Rate<'a> {
    /// The row.
    pub band: &'a Band,
    /// Euro, before discount.
    pub price: Decimal,
    /// Discount in hundredths; zero where there is none.
    pub discount: Decimal,
    /// Euro less discount.
    pub net: Decimal,
}

impl Rate<'_> {
    /// First and last number of the band, from one; no last number where it is open.
    pub fn bounds(&self) -> (u64, Option<u64>) {
        (low(self.band).max(1), self.band.a.copied())
    }

    /// "da 501 a 1.000", "fino a 500", "oltre 20.000"; empty for a band without bounds.
    pub fn words(&self) -> String {
        bounds_words(self.bounds())
    }

    /// The cells of price and discount.
    pub fn places(&self) -> impl Iterator<Item = Place> + use<> {
        let discount = self.band.sconto.copied().map(|_| spot(&self.band.sconto, &self.band.place));
        let price = self.band.importo.copied().map(|_| spot(&self.band.importo, &self.band.place));
        price.into_iter().chain(discount)
    }
}

/// "da 501 a 1.000", "fino a 500", "oltre 20.000", "500"; empty where there are no bounds.
pub fn bounds_words((from, to): (u64, Option<u64>)) -> String {
    match (from, to) {
        (0 | 1, None) => String::new(),
        (0 | 1, Some(to)) => format!("fino a {}", grouped(to)),
        (from, None) => format!("oltre {}", grouped(from - 1)),
        (from, Some(to)) if from == to => grouped(to),
        (from, Some(to)) => format!("da {} a {}", grouped(from), grouped(to)),
    }
}

/// The tables of the sheet, in order of name.
pub fn tables(bands: &[Band]) -> Vec<Table<'_>> {
    let mut tables: BTreeMap<String, Table<'_>> = BTreeMap::new();
    for band in bands {
        let Some(name) = band.tabella.text() else { continue };
        let key = fold(name);
        let table = tables.entry(key.clone()).or_insert_with(|| Table { key, name, bands: Vec::new() });
        table.bands.push(band);
    }
    let mut tables: Vec<_> = tables.into_values().collect();
    for table in &mut tables {
        table.bands.sort_by_key(|band| (low(band), high(band), band.row));
    }
    tables
}

/// First number of a band; an empty cell is zero.
fn low(band: &Band) -> u64 {
    band.da.copied().unwrap_or(0)
}

/// Last number of a band; an empty cell is no limit.
fn high(band: &Band) -> u64 {
    band.a.copied().unwrap_or(u64::MAX)
}

fn unreadable<T>(field: &Field<T>) -> bool {
    field.origin == Origin::Unreadable
}

fn is_percent(discount: Decimal) -> bool {
    (Decimal::ZERO..=Decimal::ONE_HUNDRED).contains(&discount)
}

/// The rate of a band, `price` standing in where the row has no amount; `None` where it cannot be read or is at fault.
fn rate(band: &Band, price: Option<Decimal>) -> Option<Rate<'_>> {
    let price = if band.importo.is_absent() { price } else { band.importo.copied() };
    let price = price.filter(|price| !price.is_sign_negative() || price.is_zero())?;
    let discount = match band.sconto.copied() {
        None if unreadable(&band.sconto) => return None,
        None => Decimal::ZERO,
        Some(discount) => Some(discount).filter(|discount| is_percent(*discount))?,
    };
    let net = if discount.is_zero() {
        price
    } else {
        price.checked_mul(Decimal::ONE_HUNDRED.checked_sub(discount)?)?.checked_div(Decimal::ONE_HUNDRED)?
    };
    Some(Rate { band, price, discount, net: net.normalize() })
}

/// "il valore 500", "i valori da 501 a 999", "i valori da 40.001 in su".
fn values(from: u64, to: u64) -> String {
    match to {
        u64::MAX => format!("i valori da {} in su", grouped(from)),
        _ if from == to => format!("il valore {}", grouped(from)),
        _ => format!("i valori da {} a {}", grouped(from), grouped(to)),
    }
}

impl<'a> Table<'a> {
    /// The band for `number`. A table with bounds that could not be read gives none.
    pub fn pick(&self, number: u64) -> Pick<'a> {
        self.pick_priced(number, None)
    }

    /// The same, `price` standing in where the row has no amount.
    pub fn pick_priced(&self, number: u64, price: Option<Decimal>) -> Pick<'a> {
        if self.is_unreadable() {
            return Pick::Unknown;
        }
        let holds = |band: &&&Band| low(band) <= number && number <= high(band);
        Self::one(self.bands.iter().filter(holds).map(|band| rate(band, price)))
    }

    /// The band of a table that has only one rate, or `price` less its discount.
    pub fn only(&self, price: Option<Decimal>) -> Pick<'a> {
        Self::one(self.bands.iter().map(|band| rate(band, price)))
    }

    fn one(mut rates: impl Iterator<Item = Option<Rate<'a>>>) -> Pick<'a> {
        let Some(first) = rates.next() else { return Pick::None };
        let Some(rate) = first else { return Pick::Unknown };
        if rates.all(|other| other.is_some_and(|other| other.net == rate.net)) { Pick::One(rate) } else { Pick::Many }
    }

    /// How `number` spreads over the bands from one up, with how many fall in each; `None` where a hole or an overlap
    /// stands below it, which FEE-01 tells.
    pub fn brackets(&self, number: u64) -> Option<Vec<(Rate<'a>, u64)>> {
        let mut spread: Vec<(Rate<'a>, u64)> = Vec::new();
        let mut covered = 0_u64;
        for band in self.bands.iter().filter(|band| low(band) <= high(band)) {
            let rate = rate(band, None)?;
            let first = low(band).max(1);
            if covered >= number {
                break;
            }
            let next = covered.saturating_add(1);
            if first > next || (first < next && spread.last().is_some_and(|(before, _)| before.net != rate.net)) {
                return None;
            }
            let last = high(band).min(number);
            if last >= next {
                spread.push((rate, last - covered));
                covered = last;
            }
        }
        (covered >= number).then_some(spread)
    }

    /// Every row with a rate that can be read, in order of its lower bound.
    pub fn rates(&self) -> impl Iterator<Item = Rate<'a>> {
        self.bands.iter().filter_map(|band| rate(band, None))
    }

    /// True where a bound or a rate cannot be read or is at fault.
    pub fn is_faulty(&self) -> bool {
        self.is_unreadable() || self.bands.iter().any(|band| rate(band, None).is_none())
    }

    /// Rows.
    pub fn len(&self) -> usize {
        self.bands.len()
    }

    /// Place of the first row.
    pub fn place(&self) -> Place {
        self.bands.first().map_or(Place::None, |band| spot(&band.importo, &band.place))
    }

    /// The last number covered; `None` where the table is open.
    pub fn top(&self) -> Option<u64> {
        self.bands.iter().map(|band| high(band)).max().filter(|top| *top < u64::MAX)
    }

    fn is_unreadable(&self) -> bool {
        self.bands.iter().any(|band| unreadable(&band.da) || unreadable(&band.a))
    }

    /// FEE-01 on the rows: with `priced`, those without an amount; amounts and discounts out of bounds. Unless `holes` are
    /// of no matter, also on the bands: holes and overlaps at the lower bound of the band that follows, and a closed top
    /// that leaves some of `served` out.
    pub fn faults(&self, served: &[u64], priced: bool, holes: Holes) -> Vec<Diagnostic> {
        let mut found = self.row_faults(priced);
        if holes != Holes::Ignored && !self.is_unreadable() {
            found.extend(self.band_faults(served, holes));
        }
        found
    }

    fn row_faults(&self, priced: bool) -> Vec<Diagnostic> {
        let mut found = Vec::new();
        let name = self.name;
        let mut fault = |place: Place, message: String, hint: &str| {
            found.push(Diagnostic::new("FEE-01", place, message).hint(hint));
        };
        for band in &self.bands {
            if priced && band.importo.is_absent() {
                let message = format!("una fascia della tabella «{name}» non ha l’importo");
                fault(spot(&band.importo, &band.place), message, "scrivere la tariffa nella colonna «importo»");
            } else if band.importo.copied().is_some_and(|amount| amount < Decimal::ZERO) {
                let message = format!("una fascia della tabella «{name}» ha un importo negativo");
                fault(spot(&band.importo, &band.place), message, "correggere l’importo");
            }
            if band.sconto.copied().is_some_and(|discount| !is_percent(discount)) {
                let message = format!("lo sconto di una fascia della tabella «{name}» non è fra 0 e 100");
                fault(spot(&band.sconto, &band.place), message, "correggere lo sconto");
            }
        }
        found
    }

    fn band_faults(&self, served: &[u64], holes: Holes) -> Vec<Diagnostic> {
        let mut found = Vec::new();
        let name = self.name;
        let fault = |place: Place, message: String, hint: &str, related: Option<Place>| {
            let mut finding = Diagnostic::new("FEE-01", place, message).hint(hint);
            finding.related.extend(related);
            finding
        };
        let (upright, reversed): (Vec<&Band>, Vec<&Band>) = self.bands.iter().partition(|band| low(band) <= high(band));
        for band in reversed {
            let message =
                format!("nella tabella «{name}» una fascia va da {} a {}", grouped(low(band)), grouped(high(band)));
            let related = Some(spot(&band.da, &band.place));
            found.push(fault(
                spot(&band.a, &band.place),
                message,
                "il primo valore non può superare l’ultimo",
                related,
            ));
        }
        if let Some(first) = upright.first().filter(|first| low(first) > 1) {
            let message =
                format!("nella tabella «{name}» restano scoperti {}", values(0, low(first).saturating_sub(1)));
            found.push(fault(spot(&first.da, &first.place), message, "la prima fascia parte da 0 o da 1", None));
        }
        // The band that reaches farthest so far: a later one may lie inside it.
        let mut top: Option<&Band> = None;
        for band in upright {
            if let Some(before) = top {
                let (end, start) = (high(before), low(band));
                let related = Some(spot(&before.a, &before.place));
                if start <= end {
                    let message =
                        format!("nella tabella «{name}» due fasce comprendono {}", values(start, end.min(high(band))));
                    found.push(fault(
                        spot(&band.da, &band.place),
                        message,
                        "ogni fascia parte dal valore che segue la fine della precedente",
                        related,
                    ));
                } else if start - end > 1 {
                    let gap = values(end.saturating_add(1), start - 1);
                    let verb = if gap.starts_with("il ") { "resta scoperto" } else { "restano scoperti" };
                    let message = format!("nella tabella «{name}» {verb} {gap}");
                    let hint = "far partire la fascia dal valore che segue la fine della precedente";
                    let nobody = !served.iter().any(|number| end < *number && *number < start);
                    let severity =
                        if holes == Holes::OfWhoFallsIn && nobody { Severity::Warning } else { Severity::Error };
                    found.push(fault(spot(&band.da, &band.place), message, hint, related).severity(severity));
                }
            }
            if top.is_none_or(|top| high(top) < high(band)) {
                top = Some(band);
            }
        }
        if let Some((top, end)) = top.map(|top| (top, high(top))) {
            let above = served.iter().filter(|number| **number > end).count();
            if above > 0 {
                let bodies = crate::italian::count(above, "ente ha", "enti hanno");
                let message = format!("la tabella «{name}» si ferma a {}, ma {bodies} di più", grouped(end));
                let hint = "aggiungere una fascia, o lasciare vuota la colonna «a» dell’ultima";
                found.push(fault(spot(&top.a, &top.place), message, hint, None));
            }
        }
        found
    }
}
