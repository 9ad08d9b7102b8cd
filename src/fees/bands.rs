//! Tables of bands: what they cover (FEE-01) and which rate a number falls in.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::spot;
use crate::diagnostic::Diagnostic;
use crate::dossier::{Band, Field, Origin};
use crate::italian::{fold, grouped};

/// The rows of one table.
pub struct Table<'a> {
    /// Folded name.
    pub key: String,
    /// Name as first written.
    pub name: &'a str,
    /// Rows in order of their lower bound.
    bands: Vec<&'a Band>,
}

/// Which rate a number falls in.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Pick {
    /// One band, with its rate less its discount.
    One(Decimal),
    /// No band.
    None,
    /// Several bands with different rates.
    Many,
    /// A band whose rate cannot be read or is at fault, already reported.
    Unknown,
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

fn rate(band: &Band) -> Option<Decimal> {
    let rate = band.importo.copied().filter(|rate| !rate.is_sign_negative() || rate.is_zero())?;
    match band.sconto.copied() {
        None if unreadable(&band.sconto) => None,
        None => Some(rate),
        Some(discount) if is_percent(discount) => rate
            .checked_mul(Decimal::ONE_HUNDRED.checked_sub(discount)?)
            .and_then(|rate| rate.checked_div(Decimal::ONE_HUNDRED))
            .map(|rate| rate.normalize()),
        Some(_) => None,
    }
}

/// "il valore 500", "i valori da 501 a 999", "i valori da 40.001 in su".
fn values(from: u64, to: u64) -> String {
    match to {
        u64::MAX => format!("i valori da {} in su", grouped(from)),
        _ if from == to => format!("il valore {}", grouped(from)),
        _ => format!("i valori da {} a {}", grouped(from), grouped(to)),
    }
}

impl Table<'_> {
    /// The rate for `number`. A table with bounds that could not be read gives no rate.
    pub fn pick(&self, number: u64) -> Pick {
        if self.bands.iter().any(|band| unreadable(&band.da) || unreadable(&band.a)) {
            return Pick::Unknown;
        }
        let holds = |band: &&&Band| low(band) <= number && number <= high(band);
        Self::one(self.bands.iter().filter(holds).map(|band| rate(band)))
    }

    /// The sum of a table that has only one.
    pub fn only(&self) -> Pick {
        Self::one(self.bands.iter().map(|band| rate(band)))
    }

    fn one(mut rates: impl Iterator<Item = Option<Decimal>>) -> Pick {
        let Some(first) = rates.next() else { return Pick::None };
        let Some(rate) = first else { return Pick::Unknown };
        if rates.all(|other| other == Some(rate)) { Pick::One(rate) } else { Pick::Many }
    }

    /// FEE-01 on the table: holes and overlaps at the lower bound of the band that follows; a closed top that leaves some
    /// of `served` out; with `priced`, rows without an amount.
    pub fn faults(&self, served: &[u64], priced: bool) -> Vec<Diagnostic> {
        let mut found = Vec::new();
        let name = self.name;
        let mut fault =
            |field: crate::place::Place, message: String, hint: &str, related: Option<crate::place::Place>| {
                let mut finding = Diagnostic::new("FEE-01", field, message).hint(hint);
                finding.related.extend(related);
                found.push(finding);
            };
        for band in self.bands.iter().filter(|_| priced) {
            if band.importo.is_absent() {
                let message = format!("una fascia della tabella «{name}» non ha l’importo");
                fault(spot(&band.importo, &band.place), message, "scrivere la tariffa nella colonna «importo»", None);
            } else if band.importo.copied().is_some_and(|amount| amount < Decimal::ZERO) {
                let message = format!("una fascia della tabella «{name}» ha un importo negativo");
                fault(spot(&band.importo, &band.place), message, "correggere l’importo", None);
            }
            if band.sconto.copied().is_some_and(|discount| !is_percent(discount)) {
                let message = format!("lo sconto di una fascia della tabella «{name}» non è fra 0 e 100");
                fault(spot(&band.sconto, &band.place), message, "correggere lo sconto", None);
            }
        }
        if self.bands.iter().any(|band| unreadable(&band.da) || unreadable(&band.a)) {
            return found;
        }
        let (upright, reversed): (Vec<&Band>, Vec<&Band>) = self.bands.iter().partition(|band| low(band) <= high(band));
        for band in reversed {
            let message =
                format!("nella tabella «{name}» una fascia va da {} a {}", grouped(low(band)), grouped(high(band)));
            let related = Some(spot(&band.da, &band.place));
            fault(spot(&band.a, &band.place), message, "il primo valore non può superare l’ultimo", related);
        }
        if let Some(first) = upright.first().filter(|first| low(first) > 1) {
            let message =
                format!("nella tabella «{name}» restano scoperti {}", values(0, low(first).saturating_sub(1)));
            fault(spot(&first.da, &first.place), message, "la prima fascia parte da 0 o da 1", None);
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
                    fault(
                        spot(&band.da, &band.place),
                        message,
                        "ogni fascia parte dal valore che segue la fine della precedente",
                        related,
                    );
                } else if start - end > 1 {
                    let gap = values(end.saturating_add(1), start - 1);
                    let verb = if gap.starts_with("il ") { "resta scoperto" } else { "restano scoperti" };
                    let message = format!("nella tabella «{name}» {verb} {gap}");
                    fault(
                        spot(&band.da, &band.place),
                        message,
                        "far partire la fascia dal valore che segue la fine della precedente",
                        related,
                    );
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
                fault(
                    spot(&top.a, &top.place),
                    message,
                    "aggiungere una fascia, o lasciare vuota la colonna «a» dell’ultima",
                    None,
                );
            }
        }
        found
    }
}
