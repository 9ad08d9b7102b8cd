//! The lines: nature against rate (00400, 00401), total of the line (00423), rates and natures that are not admitted
//! (00424, 00445, also of contributions and summaries), discounts (00438).

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::documents::is_fraction;
use super::{Document, amount, rate, report};
use crate::sdi::Finding;
use crate::sdi::tree::Element;

/// The first day from which the bare natures are refused (00445).
const NO_BARE: Option<NaiveDate> = NaiveDate::from_ymd_opt(2021, 1, 1);
/// The document in which a nature may stand beside a rate: it adds the VAT to an invoice that had none.
pub(super) const INTEGRATION: &str = "TD16";

pub(super) fn check(document: &Document<'_>, findings: &mut Vec<Finding>) {
    for line in document.lines() {
        let zero = rate(line).is_some_and(|rate| rate.is_zero());
        match line.value("Natura") {
            None if zero => {
                let message = "l’aliquota IVA è zero e manca la natura";
                report(findings, "00400", line, "Natura", message, "scrivere perché non c’è IVA: N1, N2.2, N4, …");
            }
            Some(nature) if !zero && document.kind != INTEGRATION => {
                let rate = line.value("AliquotaIVA").unwrap_or_default();
                let message = format!("c’è la natura {nature}, ma l’aliquota IVA è {rate}");
                report(findings, "00401", line, "Natura", &message, "togliere la natura, o mettere l’aliquota a 0.00");
            }
            _ => {}
        }
        for change in line.all("ScontoMaggiorazione") {
            if change.get("Percentuale").is_none() && change.get("Importo").is_none() {
                let message = "non c’è né la percentuale né l’importo dello sconto o della maggiorazione";
                report(
                    findings,
                    "00438",
                    change,
                    "Percentuale",
                    message,
                    "scrivere l’una o l’altro, o togliere il blocco",
                );
            }
        }
        total(line, findings);
    }
    let bare = document.day.is_some_and(|day| NO_BARE.is_some_and(|from| day >= from));
    for element in document.lines().chain(document.funds()).chain(document.summaries()) {
        if rate(element).is_some_and(is_fraction) {
            let rate = element.value("AliquotaIVA").unwrap_or_default();
            let message = format!("l’aliquota è {rate}: va scritta in percentuale");
            report(findings, "00424", element, "AliquotaIVA", &message, "il 22 per cento si scrive 22.00, non 0.22");
        }
        if let Some(nature) = element.value("Natura").filter(|nature| bare && matches!(*nature, "N2" | "N3" | "N6")) {
            let message = format!("la natura {nature} da sola non si usa più dal 1° gennaio 2021");
            let hint = format!("scriverne una del dettaglio: {nature}.1, {nature}.2, …");
            report(findings, "00445", element, "Natura", &message, &hint);
        }
    }
}

/// The total of a line is price after discounts times quantity (one where it is missing); a difference of a cent or more
/// is refused (00423). Discounts follow one another on the running price: percentages of it, amounts per unit; where both
/// are given the amount counts. A negative amount is read both ways (a discount of −1 as minus one, and as one): no source
/// says, and what either reading explains is not refused.
fn total(line: Element<'_>, findings: &mut Vec<Finding>) {
    let (Some(price), Some(total)) = (amount(line, "PrezzoUnitario"), amount(line, "PrezzoTotale")) else { return };
    let quantity = amount(line, "Quantita").unwrap_or(Decimal::ONE);
    let expected = |absolute: bool| discounted(line, price, absolute)?.checked_mul(quantity);
    let Some(literal) = expected(false) else {
        let message = "prezzo, sconti e quantità danno un totale troppo grande per essere calcolato";
        report(findings, "00423", line, "PrezzoTotale", message, "controllare prezzo e quantità");
        return;
    };
    let near = |expected: Decimal| expected.checked_sub(total).is_some_and(|gap| gap.abs() < Decimal::new(1, 2));
    if near(literal) || expected(true).is_some_and(near) {
        return;
    }
    let mut message = format!(
        "il totale è {}, ma {} per {} fa {}",
        line.value("PrezzoTotale").unwrap_or_default(),
        line.value("PrezzoUnitario").unwrap_or_default(),
        line.value("Quantita").unwrap_or("1"),
        plain(literal)
    );
    if line.get("ScontoMaggiorazione").is_some() {
        message.push_str(" dopo gli sconti e le maggiorazioni (che si applicano al prezzo unitario, uno dopo l’altro)");
    }
    report(findings, "00423", line, "PrezzoTotale", &message, "lo scarto deve restare sotto 0.01");
}

/// The price of a unit after discounts and surcharges; `None` where it cannot be counted.
fn discounted(line: Element<'_>, price: Decimal, absolute: bool) -> Option<Decimal> {
    line.all("ScontoMaggiorazione").try_fold(price, |price, change| {
        let step = match (amount(change, "Importo"), amount(change, "Percentuale")) {
            (Some(amount), _) if absolute => amount.abs(),
            (Some(amount), _) => amount,
            (None, Some(percent)) => price.checked_mul(percent)?.checked_div(Decimal::ONE_HUNDRED)?,
            (None, None) => Decimal::ZERO,
        };
        if change.value("Tipo") == Some("SC") { price.checked_sub(step) } else { price.checked_add(step) }
    })
}

/// A number as the file writes it: at least two decimals, at most eight, no more than needed.
pub(super) fn plain(number: Decimal) -> String {
    let mut number = number.round_dp(8).normalize();
    if number.scale() < 2 {
        number.rescale(2);
    }
    number.to_string()
}
