//! The contributions of an agreement: what each body sets aside in its budgets, by year (sheet `Stanziamenti`).

use std::collections::BTreeMap;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::{NOTHING, spot};
use crate::dossier::{Basis, Contribution, Dossier, Item, Line, YearShare};
use crate::money::Money;

/// What each body sets aside, the lead body among them; years are those of the budget. Rows that name no body or no
/// readable year or sum have been told where they are read.
pub fn contributions(dossier: &Dossier, vat: Decimal) -> Vec<Option<Contribution>> {
    let mut lines: BTreeMap<usize, Vec<(u64, Line)>> = BTreeMap::new();
    for row in &dossier.allocations {
        let sum = row.importo.copied().and_then(Money::checked);
        let Some(((body, year), sum)) = row.of.zip(row.anno.copied()).zip(sum) else { continue };
        let chapter = row.capitolo.text().map(|chapter| format!(", capitolo {chapter}")).unwrap_or_default();
        let line = Line {
            item: Item::Allocation,
            what: format!("stanziamento {year}{chapter}"),
            quantity: 1,
            price: Some(sum.decimal()),
            share: None,
            span: None,
            discount: NOTHING,
            amount: sum,
            places: vec![spot(&row.importo, &row.place)],
        };
        lines.entry(body).or_default().push((year, line));
    }
    let mut owed = vec![None; dossier.bodies.len()];
    for (body, mut lines) in lines {
        lines.sort_by(|(one, first), (other, second)| (one, &first.places).cmp(&(other, &second.places)));
        let mut years: BTreeMap<u64, Money> = BTreeMap::new();
        for (year, line) in &lines {
            let sum = years.entry(*year).or_insert(Money::ZERO);
            *sum = *sum + line.amount;
        }
        let shares = years.into_iter().filter_map(|(year, net)| {
            let year = i32::try_from(year).ok()?;
            let (from, to) = (NaiveDate::from_ymd_opt(year, 1, 1)?, NaiveDate::from_ymd_opt(year, 12, 31)?);
            Some(YearShare { from, to, net, vat: net.percent(vat) })
        });
        let shares: Vec<YearShare> = shares.collect();
        if let (Some(slot), false) = (owed.get_mut(body), shares.is_empty()) {
            let lines = lines.into_iter().map(|(_, line)| line).collect();
            *slot = Some(Contribution::new(Basis::Allocations, lines, shares));
        }
    }
    owed
}
