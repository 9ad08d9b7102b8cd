//! The summaries by rate and nature: is there one for each (00419, 00443, 00444), nature against rate and split payment
//! (00420, 00429, 00430), tax (00421) and base (00422).
//!
//! Decisions where sources differ:
//! - Tax: rate times base over a hundred, rounded half up to the cent, and the difference must stay under a cent (so it is
//!   that figure). Some validators let a cent pass; the rule followed is the stricter, which the system never refuses.
//! - Base: total of the lines, plus contributions to funds, plus the rounding of the summary, all of that rate and nature;
//!   the difference must stay under one euro. The specifications leave ancillary expenses out of the sum, software in use
//!   puts them in: either sum is taken.
//! - Rates and natures must be the same on both sides: the list says of 00443 and 00444 that there is no correspondence, so
//!   a summary of a rate that nothing bears is told too.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::{Decimal, RoundingStrategy};

use super::lines::{INTEGRATION, plain};
use super::{Document, amount, rate, report};
use crate::sdi::Finding;
use crate::sdi::tree::Element;

/// Rate and nature.
type Group<'t> = (Decimal, &'t str);

pub(super) fn check(document: &Document<'_>, findings: &mut Vec<Finding>) {
    for summary in document.summaries() {
        nature(document, summary, findings);
        tax(summary, findings);
    }
    missing(document, findings);
    bases(document, findings);
}

fn nature(document: &Document<'_>, summary: Element<'_>, findings: &mut Vec<Finding>) {
    let zero = rate(summary).is_some_and(|rate| rate.is_zero());
    let Some(nature) = summary.value("Natura") else {
        if zero {
            let message = "l’aliquota IVA del riepilogo è zero e manca la natura";
            report(findings, "00429", summary, "Natura", message, "scrivere la stessa natura delle linee");
        }
        return;
    };
    if !zero && document.kind != INTEGRATION {
        let rate = summary.value("AliquotaIVA").unwrap_or_default();
        let message = format!("c’è la natura {nature}, ma l’aliquota IVA del riepilogo è {rate}");
        report(findings, "00430", summary, "Natura", &message, "togliere la natura, o mettere l’aliquota a 0.00");
    }
    if nature.starts_with("N6") && summary.value("EsigibilitaIVA") == Some("S") {
        let message = format!("la natura {nature} (inversione contabile) non va con la scissione dei pagamenti (S)");
        report(findings, "00420", summary, "Natura", &message, "togliere EsigibilitaIVA, o correggere la natura");
    }
}

fn tax(summary: Element<'_>, findings: &mut Vec<Finding>) {
    let (Some(rate), Some(base), Some(tax)) =
        (rate(summary), amount(summary, "ImponibileImporto"), amount(summary, "Imposta"))
    else {
        return;
    };
    // 13 digits times 5: never beyond what a decimal holds.
    let expected = rate.checked_mul(base).and_then(|product| product.checked_div(Decimal::ONE_HUNDRED));
    let expected = expected.map(|tax| tax.round_dp_with_strategy(2, RoundingStrategy::MidpointAwayFromZero));
    let Some(expected) = expected.filter(|expected| (*expected - tax).abs() >= Decimal::new(1, 2)) else { return };
    let message = format!(
        "l’imposta è {}, ma il {} per cento di {} fa {}",
        summary.value("Imposta").unwrap_or_default(),
        summary.value("AliquotaIVA").unwrap_or_default(),
        summary.value("ImponibileImporto").unwrap_or_default(),
        plain(expected)
    );
    report(
        findings,
        "00421",
        summary,
        "Imposta",
        &message,
        "l’imposta si arrotonda al centesimo, una volta per riepilogo",
    );
}

/// What bears VAT: lines and contributions.
fn bearers<'t>(document: &Document<'t>) -> Vec<Element<'t>> {
    document.funds().chain(document.lines()).collect()
}

fn missing(document: &Document<'_>, findings: &mut Vec<Finding>) {
    let (bearers, summaries): (Vec<_>, Vec<_>) = (bearers(document), document.summaries().collect());
    let mut told: BTreeSet<Decimal> = BTreeSet::new();
    let rates =
        |elements: &[Element<'_>]| elements.iter().filter_map(|element| rate(*element)).collect::<BTreeSet<_>>();
    let (borne, summed) = (rates(&bearers), rates(&summaries));
    for element in &bearers {
        let Some(found) = rate(*element).filter(|rate| !summed.contains(rate) && !told.contains(rate)) else {
            continue;
        };
        told.insert(found);
        let message = format!("manca il riepilogo dell’aliquota {}", plain(found));
        report_missing(findings, document.goods, &message);
        let message = format!("l’aliquota {} non è in nessun riepilogo", plain(found));
        report(
            findings,
            "00443",
            *element,
            "AliquotaIVA",
            &message,
            "aggiungere il riepilogo, o correggere l’aliquota",
        );
    }
    for summary in &summaries {
        let Some(found) = rate(*summary).filter(|rate| !borne.contains(rate) && !told.contains(rate)) else { continue };
        told.insert(found);
        let message = format!("nessuna linea ha l’aliquota {} di questo riepilogo", plain(found));
        report(findings, "00443", *summary, "AliquotaIVA", &message, "togliere il riepilogo, o correggere l’aliquota");
    }
    natures(&bearers, &summaries, findings);
}

fn report_missing(findings: &mut Vec<Finding>, goods: Element<'_>, message: &str) {
    let hint = "per ogni aliquota delle linee e dei contributi serve un blocco DatiRiepilogo";
    findings.push(Finding::missing("00419", goods, "DatiRiepilogo", message).hint(hint));
}

fn natures(bearers: &[Element<'_>], summaries: &[Element<'_>], findings: &mut Vec<Finding>) {
    let sides = [
        (bearers, summaries, "in nessun riepilogo", "aggiungere il riepilogo di questa natura, o correggerla"),
        (summaries, bearers, "in nessuna linea", "togliere il riepilogo, o correggere la natura"),
    ];
    for (here, there, nowhere, hint) in sides {
        let others: BTreeSet<&str> = there.iter().filter_map(|element| element.value("Natura")).collect();
        let mut told: BTreeSet<&str> = BTreeSet::new();
        for element in here {
            let Some(nature) = element.value("Natura").filter(|n| !others.contains(n) && !told.contains(n)) else {
                continue;
            };
            told.insert(nature);
            report(findings, "00444", *element, "Natura", &format!("la natura {nature} non è {nowhere}"), hint);
        }
    }
}

/// What a group sums to.
#[derive(Default)]
struct Sums<'t> {
    /// Lines and contributions; `None` where it cannot be counted.
    borne: Option<Decimal>,
    /// Bases, roundings and ancillary expenses of the summaries.
    base: Decimal,
    rounding: Decimal,
    expenses: Decimal,
    summary: Option<Element<'t>>,
}

fn bases<'t>(document: &Document<'t>, findings: &mut Vec<Finding>) {
    let bearers = bearers(document);
    let natures = |elements: &mut dyn Iterator<Item = Element<'t>>| {
        let mut natures: BTreeMap<Decimal, BTreeSet<&'t str>> = BTreeMap::new();
        for element in elements {
            if let Some(rate) = rate(element) {
                natures.entry(rate).or_default().insert(element.value("Natura").unwrap_or_default());
            }
        }
        natures
    };
    let (borne, summed) = (natures(&mut bearers.iter().copied()), natures(&mut document.summaries()));
    // Natures that do not correspond are told as such: then the rate alone is the group.
    let group = |element: Element<'t>| -> Option<Group<'t>> {
        let rate = rate(element)?;
        let nature = element.value("Natura").filter(|_| borne.get(&rate) == summed.get(&rate));
        Some((rate, nature.unwrap_or_default()))
    };
    let mut sums: BTreeMap<Group<'_>, Sums<'_>> = BTreeMap::new();
    for summary in document.summaries() {
        let Some(group) = group(summary) else { continue };
        let sums = sums.entry(group).or_insert_with(|| Sums { borne: Some(Decimal::ZERO), ..Sums::default() });
        sums.base = sums.base.saturating_add(amount(summary, "ImponibileImporto").unwrap_or_default());
        sums.rounding = sums.rounding.saturating_add(amount(summary, "Arrotondamento").unwrap_or_default());
        sums.expenses = sums.expenses.saturating_add(amount(summary, "SpeseAccessorie").unwrap_or_default());
        sums.summary = sums.summary.or(Some(summary));
    }
    for element in &bearers {
        let Some(group) = group(*element) else { continue };
        let borne = amount(*element, "PrezzoTotale").or_else(|| amount(*element, "ImportoContributoCassa"));
        if let Some(sums) = sums.get_mut(&group) {
            sums.borne = sums.borne.and_then(|sum| sum.checked_add(borne.unwrap_or_default()));
        }
    }
    for ((rate, nature), sums) in sums {
        let Some(summary) = sums.summary else { continue };
        let expected = sums.borne.and_then(|borne| borne.checked_add(sums.rounding));
        let near = |expected: Decimal| (expected - sums.base).abs() < Decimal::ONE;
        if expected.is_some_and(|expected| near(expected) || near(expected.saturating_add(sums.expenses))) {
            continue;
        }
        let nature = if nature.is_empty() { String::new() } else { format!(", natura {nature}") };
        let message = format!(
            "l’imponibile è {}, ma linee, contributi e arrotondamento con aliquota {}{nature} fanno {}",
            plain(sums.base),
            plain(rate),
            expected.map_or_else(|| "una somma troppo grande".to_owned(), plain)
        );
        report(findings, "00422", summary, "ImponibileImporto", &message, "lo scarto deve restare sotto 1.00");
    }
}
