//! The money of the picture: bars of the contract years and of the bodies; of many bodies only the largest one by one, the
//! others together by kind.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use serde::Serialize;

use super::Board;
use crate::date;
use crate::italian::{count, grouped};
use crate::money::Money;

/// Most bodies shown one by one: two columns that fit a page.
const MOST_BODIES: usize = 72;
/// Bodies shown one by one where there are more.
const LARGEST: usize = 20;
/// Bodies up to which one column is enough.
const ONE_COLUMN: usize = 12;

/// A bar with its name and amount.
#[derive(Debug, Serialize)]
pub struct Bar {
    /// What it is of.
    pub label: String,
    /// "€ 1.234,56".
    pub amount: String,
    /// Length, of the longest bar: 0 to 1.
    pub length: f64,
}

/// The bars.
#[derive(Debug, Serialize)]
pub struct Drawing {
    /// A bar a contract year; empty where all years are the same.
    pub years: Vec<Bar>,
    /// What is said of the years in words.
    pub years_note: String,
    /// Columns of bodies, in order of amount.
    pub columns: Vec<Vec<Bar>>,
    /// Heading of the bodies.
    pub heading: String,
    /// What the amounts of the bodies are of: "un anno", "2026".
    pub period: String,
    /// The other bodies by kind.
    pub others: Vec<Bar>,
    /// Heading of the others.
    pub others_heading: String,
}

impl Drawing {
    /// `None` where nobody owes anything.
    pub fn of(board: &Board<'_>, printable: &dyn Fn(&str) -> String) -> Option<Self> {
        if board.shares.is_empty() {
            return None;
        }
        let mut shares: Vec<_> = board.shares.iter().collect();
        // Of the same amount, as the sheet has them.
        shares.sort_by_key(|share| std::cmp::Reverse(share.yearly));
        let shown = if shares.len() <= MOST_BODIES { shares.len() } else { LARGEST };
        let (one_by_one, together) = shares.split_at(shown);
        let pairs: Vec<(String, Money)> =
            one_by_one.iter().map(|share| (printable(share.name), share.yearly)).collect();
        let bodies = bars(&pairs);
        let mut kinds: BTreeMap<&str, (usize, Money)> = BTreeMap::new();
        for share in together {
            let (bodies, sum) = kinds.entry(share.kind).or_insert((0, Money::ZERO));
            *bodies += 1;
            *sum = *sum + share.yearly;
        }
        let mut others: Vec<(String, Money)> = kinds
            .into_iter()
            .map(|(kind, (bodies, sum))| (format!("{kind} ({})", count(bodies, "ente", "enti")), sum))
            .collect();
        others.sort_by_key(|(_, sum)| std::cmp::Reverse(*sum));
        let all = board.shares.len();
        let height = if shown > ONE_COLUMN { shown.div_ceil(2) } else { shown };
        let mut bodies = bodies.into_iter();
        let columns: Vec<Vec<Bar>> = std::iter::from_fn(|| {
            let column: Vec<Bar> = bodies.by_ref().take(height.max(1)).collect();
            (!column.is_empty()).then_some(column)
        })
        .collect();
        let (years, years_note) = years(board);
        let period = uneven_year(board);
        let fee = period.as_ref().map_or_else(|| "Quota annua".to_owned(), |year| format!("Quota {year}"));
        Some(Self {
            years,
            years_note,
            columns,
            heading: if together.is_empty() {
                format!("{fee} per ente")
            } else {
                format!("{fee} dei {shown} enti maggiori, su {}", grouped(all as u64))
            },
            period: period.unwrap_or_else(|| "un anno".to_owned()),
            others: bars(&others),
            others_heading: if together.is_empty() { String::new() } else { "Gli altri enti, per tipo".to_owned() },
        })
    }
}

/// The first contract year, where what is owed is not the same in all of them.
pub fn uneven_year(board: &Board<'_>) -> Option<String> {
    let (from, to, first) = *board.years.first()?;
    board.years.iter().any(|(_, _, sum)| *sum != first).then(|| year(from, to))
}

/// A bar a year, or a sentence where all years are the same.
fn years(board: &Board<'_>) -> (Vec<Bar>, String) {
    let Some((_, _, first)) = board.years.first() else { return (Vec::new(), String::new()) };
    let total: Money = board.years.iter().map(|(_, _, sum)| *sum).sum();
    let number = board.years.len();
    if uneven_year(board).is_none() {
        let each = if number == 1 { String::new() } else { format!(", {first} ogni anno") };
        let of = if number == 1 { "un anno".to_owned() } else { format!("{number} anni") };
        return (Vec::new(), format!("In {of} {total} senza IVA{each}."));
    }
    let pairs: Vec<(String, Money)> = board.years.iter().map(|(from, to, sum)| (year(*from, *to), *sum)).collect();
    (bars(&pairs), format!("In tutto {total} senza IVA."))
}

/// "2026" for a calendar year, else its first and last day.
fn year(from: NaiveDate, to: NaiveDate) -> String {
    if from.ordinal() == 1 && NaiveDate::from_ymd_opt(from.year(), 12, 31) == Some(to) {
        from.year().to_string()
    } else {
        format!("{} – {}", date::short(from), date::short(to))
    }
}

/// Bars in proportion to the largest.
fn bars(pairs: &[(String, Money)]) -> Vec<Bar> {
    let longest = pairs.iter().map(|(_, amount)| amount.decimal()).max().unwrap_or_default();
    let length = |amount: Money| {
        let part = amount.decimal().max(Decimal::ZERO).checked_div(longest).unwrap_or_default();
        part.round_dp(4).to_f64().unwrap_or_default().clamp(0.0, 1.0)
    };
    pairs
        .iter()
        .map(|(label, amount)| Bar { label: label.clone(), amount: amount.to_string(), length: length(*amount) })
        .collect()
}
