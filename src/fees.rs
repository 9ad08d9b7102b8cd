//! What each body owes: rate for every inhabitant or flat sum, VAT, shares by contract year. Knows the tables of `Fasce`
//! and nothing of templates or outputs. Called by `pipeline` once the dossier is read.
//!
//! Decisions. A body with inhabitants pays for each of them, whatever its kind; one without pays the flat sum, unless it
//! is a Comune. Where the workbook has no `quota` table the fee is still to be set: nothing is computed and nothing
//! reported here. Contract years run from the start, twelve months each; a last one cut short by `scadenza` is charged by
//! the day. VAT is rounded on each yearly share. With no VAT regime the net sums are computed and FEE-07 is an error.

mod bands;
mod term;
#[cfg(test)]
mod tests;

use rust_decimal::Decimal;

use bands::{Pick, Table};

use crate::diagnostic::Diagnostic;
use crate::dossier::{Basis, Body, Contribution, Convention, Dossier, Field, Origin, YearShare};
use crate::italian::{decimal, grouped};
use crate::model::Criterion;
use crate::money::Money;
use crate::place::Place;
use crate::rule::Severity;
use crate::schema::{BodyKind, Choices, VatRegime};

/// The table with the rate of the fee.
const RATES: &str = "quota";
/// The table with the sum of bodies that have no inhabitants.
const FLAT: &str = "quota fissa";

/// What each body owes, in the order of `dossier.bodies`, and what was found wrong: FEE-01, FEE-02, FEE-06, FEE-07.
/// `None` for the lead body and where the sum could not be computed.
pub fn contributions(dossier: &Dossier) -> (Vec<Option<Contribution>>, Vec<Diagnostic>) {
    let mut found = Vec::new();
    let tables = bands::tables(&dossier.bands);
    let vat = vat_rate(&dossier.convention, &mut found);
    let years = term::years(&dossier.convention, &mut found);
    let mut owed: Vec<Option<Contribution>> = vec![None; dossier.bodies.len()];
    let mut served = Vec::new();
    match dossier.model.quota.criterio {
        Criterion::Abitante => {
            if let Some(rates) = tables.iter().find(|table| table.key == RATES) {
                let flat = tables.iter().find(|table| table.key == FLAT);
                for (index, body) in dossier.adherents() {
                    served.extend(body.abitanti.copied());
                    let share = basis(body, rates, flat, &mut found)
                        .and_then(|(basis, yearly)| contribution(basis, yearly, vat, &years));
                    if let (Some(slot), Some(share)) = (owed.get_mut(index), share) {
                        recheck(body, &share, &mut found);
                        *slot = Some(share);
                    }
                }
            }
        }
    }
    // The faults of the tables first: those of the bodies follow from them.
    let mut all: Vec<Diagnostic> = tables
        .iter()
        .flat_map(|table| {
            table.faults(if table.key == RATES { &served } else { &[] }, matches!(&*table.key, RATES | FLAT))
        })
        .collect();
    all.append(&mut found);
    (owed, all)
}

fn spot<T>(field: &Field<T>, row: &Place) -> Place {
    if field.place.is_none() { row.clone() } else { field.place.clone() }
}

fn owner(body: &Body) -> String {
    if body.code().is_empty() { format!("riga {}", u64::from(body.row) + 1) } else { body.code().to_owned() }
}

/// How the body's fee comes about, and the sum of a year; `None` where a diagnostic says why not.
fn basis(
    body: &Body,
    rates: &Table<'_>,
    flat: Option<&Table<'_>>,
    found: &mut Vec<Diagnostic>,
) -> Option<(Basis, Money)> {
    let place = spot(&body.abitanti, &body.place);
    if body.abitanti.origin == Origin::Unreadable {
        return None;
    }
    let is_comune = body.tipo.is(BodyKind::Comune);
    let Some(inhabitants) = body.abitanti.copied().filter(|count| *count > 0 || !is_comune) else {
        if !is_comune {
            return flat_sum(body, flat, found);
        }
        let what = if body.abitanti.get().is_some() { "ha zero abitanti" } else { "non ha il numero degli abitanti" };
        let message = format!("«{}» {what}: la quota non si può calcolare", body.name());
        let hint = "scrivere gli abitanti nella colonna «abitanti» e la data in «abitanti_al»";
        found.push(Diagnostic::new("FEE-02", place, message).hint(hint).body(owner(body)));
        return None;
    };
    if body.abitanti_al.is_absent() {
        let message = format!(
            "di «{}» ci sono gli abitanti ({}), ma non la data a cui si riferiscono",
            body.name(),
            grouped(inhabitants)
        );
        let hint = "scrivere la data nella colonna «abitanti_al», per esempio 31/12/2024";
        let place = spot(&body.abitanti_al, &body.place);
        found.push(Diagnostic::new("FEE-02", place, message).hint(hint).body(owner(body)));
    }
    let rate = match rates.pick(inhabitants) {
        Pick::One(rate) => rate,
        Pick::Unknown => return None,
        pick @ (Pick::None | Pick::Many) => {
            let (where_, hint) = match pick {
                Pick::None => ("non cadono in nessuna fascia", "completare le fasce nel foglio «Fasce»"),
                _ => ("cadono in più fasce", "correggere le fasce che si sovrappongono nel foglio «Fasce»"),
            };
            let message = format!(
                "gli abitanti di «{}» ({}) {where_} della tabella «{}»",
                body.name(),
                grouped(inhabitants),
                rates.name
            );
            found.push(Diagnostic::new("FEE-01", place, message).hint(hint).body(owner(body)));
            return None;
        }
    };
    let Some(yearly) = rate.checked_mul(Decimal::from(inhabitants)).and_then(Money::checked) else {
        let message = format!(
            "la quota di «{}», {} abitanti per {} euro, è fuori misura",
            body.name(),
            grouped(inhabitants),
            decimal(rate, 2)
        );
        let finding = Diagnostic::new("FEE-02", place, message).body(owner(body));
        found.push(finding.hint("controllare gli abitanti e la tariffa nel foglio «Fasce»"));
        return None;
    };
    Some((Basis::PerInhabitant { rate, inhabitants, at: body.abitanti_al.copied() }, yearly))
}

fn flat_sum(body: &Body, flat: Option<&Table<'_>>, found: &mut Vec<Diagnostic>) -> Option<(Basis, Money)> {
    let mut fault = |message: String, hint: &str| {
        let place = spot(&body.abitanti, &body.place);
        found.push(Diagnostic::new("FEE-02", place, message).hint(hint).body(owner(body)));
        None
    };
    let Some(flat) = flat else {
        return fault(
            format!("«{}» non ha abitanti, e il foglio «Fasce» non ha la tabella «{FLAT}»", body.name()),
            "aggiungere la tabella «quota fissa» con l’importo, oppure scrivere gli abitanti",
        );
    };
    match flat.only() {
        Pick::One(sum) => match Money::checked(sum) {
            Some(sum) => Some((Basis::Flat, sum)),
            None => fault(
                format!("la quota fissa di «{}», {} euro, è fuori misura", body.name(), decimal(sum, 2)),
                "controllare l’importo nel foglio «Fasce»",
            ),
        },
        Pick::Unknown => None,
        Pick::None | Pick::Many => fault(
            format!("per «{}», che non ha abitanti, la tabella «{}» ha più di un importo", body.name(), flat.name),
            "lasciare una sola riga nella tabella «quota fissa»",
        ),
    }
}

/// The VAT rate in hundredths, zero outside its scope. Reports FEE-07.
fn vat_rate(convention: &Convention, found: &mut Vec<Diagnostic>) -> Decimal {
    let (regime, rate) = (&convention.regime_iva, &convention.aliquota_iva);
    let mut fault = |field: Place, message: String, hint: &str, severity| {
        let place = if field.is_none() { convention.place.clone() } else { field };
        found.push(Diagnostic::new("FEE-07", place, message).hint(hint).severity(severity));
    };
    let is_rate = |rate: Decimal| (Decimal::ZERO..=Decimal::ONE_HUNDRED).contains(&rate);
    match (regime.copied(), rate.copied()) {
        (None, _) if regime.is_absent() => fault(
            regime.place.clone(),
            "manca il regime IVA delle quote".to_owned(),
            "scrivere «fuori campo», «esente» o «imponibile» nel campo «regime_iva»",
            Severity::Error,
        ),
        (Some(VatRegime::Imponibile), Some(rate)) if is_rate(rate) => return rate,
        (Some(VatRegime::Imponibile), None) if rate.is_absent() => fault(
            rate.place.clone(),
            "le quote sono imponibili, ma manca l’aliquota IVA".to_owned(),
            "scrivere l’aliquota nel campo «aliquota_iva», per esempio 22",
            Severity::Error,
        ),
        (_, Some(stated)) if !is_rate(stated) => fault(
            rate.place.clone(),
            format!("l’aliquota IVA «{}» non è fra 0 e 100", decimal(stated, 0)),
            "correggere il campo «aliquota_iva»",
            Severity::Error,
        ),
        (Some(regime), Some(stated)) if !stated.is_zero() => fault(
            rate.place.clone(),
            format!("c’è l’aliquota IVA «{}», ma il regime è «{}»", decimal(stated, 0), regime.word()),
            "svuotare «aliquota_iva», o scrivere «imponibile» in «regime_iva»",
            Severity::Warning,
        ),
        _ => {}
    }
    Decimal::ZERO
}

/// The shares of `yearly` over the contract years; `None` where the term is not known.
fn contribution(basis: Basis, yearly: Money, vat: Decimal, years: &[term::Year]) -> Option<Contribution> {
    let years: Vec<YearShare> = years
        .iter()
        .map(|year| {
            let net = year.share(yearly);
            YearShare { from: year.from, to: year.to, net, vat: net.percent(vat) }
        })
        .collect();
    (!years.is_empty()).then_some(Contribution { basis, years })
}

/// FEE-06: the total is the sum of its parts, and every full year costs the same. It holds by construction; an act with
/// wrong sums is worse than none, so it is looked at again.
fn recheck(body: &Body, owed: &Contribution, found: &mut Vec<Diagnostic>) {
    let (net, vat) = owed
        .years
        .iter()
        .fold((Decimal::ZERO, Decimal::ZERO), |(net, vat), year| (net + year.net.decimal(), vat + year.vat.decimal()));
    let full = owed.years.split_last().map_or(&[][..], |(_, before)| before);
    let even = full.iter().all(|year| (year.net, year.vat) == (owed.yearly(), owed.yearly_vat()));
    if net != owed.total().decimal() || net + vat != owed.total_gross().decimal() || !even {
        let message = format!("le quote annuali di «{}» non danno il totale, {}", body.name(), owed.total_gross());
        found.push(Diagnostic::new("FEE-06", body.place.clone(), message).body(owner(body)));
    }
}
