//! The sheets of money: what every body owes by contract year, and how the sum of a year comes about.

use std::collections::{BTreeMap, BTreeSet};

use chrono::Datelike;
use rust_decimal::Decimal;

use super::{FEES, LINES, Rows, columns, count_of};
use crate::date;
use crate::emit::register::grid::{Cell, Grid, Lines};
use crate::emit::register::{Register, RegisterFee, RegisterLine, RegisterYear};
use crate::money::Money;

/// "2026" for a calendar year, else its first and last day.
fn year_label(year: &RegisterYear) -> String {
    let is_whole = year.from.ordinal() == 1 && (year.to.month(), year.to.day()) == (12, 31);
    if is_whole && year.from.year() == year.to.year() {
        year.from.year().to_string()
    } else {
        format!("{}–{}", date::short(year.from), date::short(year.to))
    }
}

/// What every body owes, year by year. The parts of Unions and the services have columns where there are any.
pub(super) fn fees<'a>(it: &'a Register<'a>, rows: &'a Rows<'a>) -> Grid<'a> {
    let years = || it.fees.iter().flat_map(|fee| &fee.years);
    let periods: BTreeSet<_> = years().map(|year| (year.from, year.to)).collect();
    let labels: BTreeMap<_, String> = years().map(|year| ((year.from, year.to), year_label(year))).collect();
    let has_parts = it.fees.iter().any(|fee| fee.parts.is_some());
    let has_services = it.fees.iter().any(|fee| fee.services.is_some());
    let mut head = columns([("ente", 36.0), ("codice", 16.0), ("tipo", 18.0), ("righe di calcolo", 11.0)]);
    let first_sum = head.len();
    if has_parts {
        head.extend(columns([("quota propria", 13.0), ("paga l’Unione", 13.0), ("per i membri", 13.0)]));
    }
    head.extend(columns([("quota annua", 13.0), ("IVA annua", 12.0), ("annua con IVA", 13.0)]));
    let width = if labels.values().all(|label| label.len() == 4) { 12.0 } else { 14.0 };
    head.extend(labels.values().map(|label| (label.clone().into(), width)));
    head.extend(columns([("totale", 14.0), ("IVA totale", 13.0), ("totale con IVA", 14.0)]));
    if has_services {
        head.push((format!("servizi {}", it.year).into(), 14.0));
    }
    let last_sum = head.len();
    head.extend(columns([("note", 34.0)]));
    let money = |amount: Option<Money>| amount.map_or(Cell::Empty, Cell::Money);
    let row =
        move |fee: &'a RegisterFee| {
            let sum = |of: fn(&RegisterYear) -> Money| fee.years.iter().map(of).sum::<Money>();
            let first = fee.years.first();
            let mut cells = vec![
                rows.body(&fee.body),
                Cell::text(fee.body.code.as_str()),
                Cell::text(fee.kind.as_str()),
                count_of(LINES, &rows.lines, &fee.body),
            ];
            if has_parts {
                let parts = fee.parts;
                cells.extend([
                    money(parts.map(|parts| parts.own)),
                    money(parts.map(|parts| parts.by_union)),
                    money(parts.map(|parts| parts.for_members)),
                ]);
            }
            cells.extend([
                money(first.map(|year| year.net)),
                money(first.map(|year| year.vat)),
                money(first.map(|year| year.net + year.vat)),
            ]);
            cells.extend(periods.iter().map(|period| {
                money(fee.years.iter().find(|year| (year.from, year.to) == *period).map(|year| year.net))
            }));
            cells.extend([
                money(first.map(|_| sum(|year| year.net))),
                money(first.map(|_| sum(|year| year.vat))),
                money(first.map(|_| sum(|year| year.net + year.vat))),
            ]);
            if has_services {
                cells.push(money(fee.services));
            }
            cells.push(Cell::text(fee.note.as_str()));
            cells
        };
    Grid {
        name: FEES,
        columns: head,
        rows: Lines::of(&it.fees, row),
        totals: (first_sum..last_sum).collect(),
        nothing: "Nessuna quota: il modello non ne prevede, o manca la tariffa nel foglio Fasce.",
    }
}

/// How it comes about, line by line.
pub(super) fn lines<'a>(it: &'a Register<'a>, rows: &'a Rows<'a>) -> Grid<'a> {
    let row = move |(fee, line): (&'a RegisterFee, &'a RegisterLine)| {
        let decimal = |value: Option<Decimal>| value.map_or(Cell::Empty, Cell::Decimal);
        vec![
            rows.body(&fee.body),
            Cell::text(fee.body.code.as_str()),
            Cell::text(line.part.as_str()),
            Cell::text(line.what.as_str()),
            decimal(line.quantity),
            decimal(line.price),
            decimal(line.discount),
            line.amount.map_or(Cell::Empty, Cell::Money),
            Cell::text(line.note.as_str()),
            Cell::text(line.cells.as_str()),
            Cell::jump(FEES, rows.fees.get(fee.body.code.as_str()).map(|span| span.first), "quota"),
        ]
    };
    let pairs = it.fees.iter().flat_map(|fee| fee.lines.iter().map(move |line| (fee, line)));
    Grid {
        name: LINES,
        columns: columns([
            ("ente", 36.0),
            ("codice", 16.0),
            ("parte", 14.0),
            ("voce", 44.0),
            ("quantità", 12.0),
            ("prezzo", 12.0),
            ("sconto %", 11.0),
            ("importo annuo", 15.0),
            ("note", 24.0),
            ("celle del foglio", 30.0),
            ("risultato", 12.0),
        ]),
        rows: Lines::of(pairs, row),
        totals: vec![7],
        nothing: "Nessun calcolo da mostrare.",
    }
}
