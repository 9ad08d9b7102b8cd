//! How fees and services stand towards VAT, by the settings of the convention; the stamp duty and the split payment that
//! follow (INV-05, INV-06). Nothing is decided here that law or practice leave to the secretariat.

use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::bill::{Bill, Nature, Party, STAMP, STAMP_ABOVE, Tax};
use crate::date;
use crate::diagnostic::Diagnostic;
use crate::dossier::{Body, Dossier, Service};
use crate::money::Money;
use crate::place::Place;
use crate::rule::Severity;
use crate::schema::{BillKind, BodyKind, OutsideVat, VatRegime};

/// The law of exempt operations where the workbook names none.
const EXEMPT: &str = "Operazione esente, art. 10, D.P.R. 633/1972";
/// The law of what is outside the scope of VAT where the workbook names none.
const OUTSIDE: &str = "Contributo fuori campo IVA, art. 4, D.P.R. 633/1972";
/// Last day of the known authority of the Council for the split payment (decision (EU) 2023/1552).
pub const AUTHORITY: (i32, u32, u32) = (2026, 6, 30);

/// How fees stand; `None` where the workbook does not say, which FEE-07 reports.
pub fn of_fees(dossier: &Dossier) -> Option<Tax> {
    let it = &dossier.convention;
    tax(it.regime_iva.copied()?, it.aliquota_iva.copied(), it.norma_iva.text())
}

/// How a service stands: as it says itself, else as fees do.
pub fn of_service(dossier: &Dossier, service: &Service) -> Option<Tax> {
    let it = &dossier.convention;
    let own = service.regime_iva.copied();
    let regime = own.or(it.regime_iva.copied())?;
    let rate = service.aliquota_iva.copied().or(it.aliquota_iva.copied());
    let law = it.norma_iva.text().filter(|_| it.regime_iva.is(regime));
    tax(regime, rate, law)
}

fn tax(regime: VatRegime, rate: Option<Decimal>, law: Option<&str>) -> Option<Tax> {
    match regime {
        VatRegime::Imponibile => rate.filter(|rate| !rate.is_zero()).map(Tax::at),
        VatRegime::Esente => Some(Tax::none(Nature::N4, law.unwrap_or(EXEMPT))),
        VatRegime::FuoriCampo => Some(Tax::none(Nature::N22, law.unwrap_or(OUTSIDE))),
    }
}

/// What is sent for a sum that stands so.
pub fn document(dossier: &Dossier, tax: &Tax) -> BillKind {
    let invoiced = dossier.convention.documento_fuori_campo.is(OutsideVat::Fattura);
    if tax.nature == Some(Nature::N22) && !invoiced { BillKind::Richiesta } else { BillKind::Fattura }
}

/// True where VAT goes from the payer to the State: the convention says so, and the payer is a public body.
pub fn is_split(dossier: &Dossier, payer: &Party) -> bool {
    dossier.convention.scissione_pagamenti.is(true) && payer.is_public
}

/// True for the bodies whose acts with each other bear no stamp duty (D.P.R. 642/1972, Tabella, art. 16).
fn is_territorial(body: &Body) -> bool {
    body.is_any(&[
        BodyKind::Comune,
        BodyKind::Provincia,
        BodyKind::CittaMetropolitana,
        BodyKind::Unione,
        BodyKind::Montana,
        BodyKind::Consorzio,
        BodyKind::Regione,
    ])
}

/// The stamp duty of a bill, and the sentence that says what was done about it.
pub fn stamp(bill: &Bill, seller: &Body, payer: &Body) -> (Option<Money>, Option<&'static str>) {
    if bill.kind == BillKind::Richiesta || bill.bears_stamp().decimal() <= STAMP_ABOVE {
        return (None, None);
    }
    if is_territorial(seller) && is_territorial(payer) {
        return (None, Some("Esente da imposta di bollo: D.P.R. 642/1972, Tabella, art. 16."));
    }
    (
        Some(Money::round(STAMP)),
        Some("Imposta di bollo assolta in modo virtuale ai sensi dell’art. 6 del D.M. 17 giugno 2014."),
    )
}

/// INV-05: the settings of the split payment, looked at for bills of a day.
pub fn split_faults(dossier: &Dossier, bills: &[&Bill], found: &mut Vec<Diagnostic>) {
    let it = &dossier.convention;
    let place = |field: &Place| if field.is_none() { it.place.clone() } else { field.clone() };
    let taxed = |bill: &&&Bill| bill.lines.iter().any(|line| line.tax.nature.is_none());
    let last = NaiveDate::from_ymd_opt(AUTHORITY.0, AUTHORITY.1, AUTHORITY.2);
    if !bills.iter().any(|bill| taxed(&bill)) {
        if it.scissione_pagamenti.is(true) && !bills.is_empty() {
            let message = "la scissione dei pagamenti è indicata, ma nessuna somma porta IVA";
            let hint = "svuotare «scissione_pagamenti», o correggere «regime_iva»";
            let told = Diagnostic::new("INV-05", place(&it.scissione_pagamenti.place), message);
            found.push(told.hint(hint).severity(Severity::Note));
        }
        return;
    }
    if it.scissione_pagamenti.is_absent() {
        let message = "le somme portano IVA, ma non è detto se si applica la scissione dei pagamenti: non si applica";
        let hint = "scrivere sì o no nel campo «scissione_pagamenti»";
        found.push(Diagnostic::new("INV-05", place(&it.scissione_pagamenti.place), message).hint(hint));
    } else if let Some(late) = bills.iter().find(|bill| bill.split && last.is_some_and(|last| bill.date > last))
        && !it.scissione_confermata.is(true)
    {
        let message = format!(
            "la scissione dei pagamenti è applicata a fatture {}, dopo il 30/06/2026, ultimo giorno dell’autorizzazione europea conosciuta",
            date::after("del", late.date)
        );
        let hint = "verificare se l’autorizzazione è stata prorogata: se sì scrivere sì in «scissione_confermata», se no scrivere no in «scissione_pagamenti»";
        found.push(Diagnostic::new("INV-05", place(&it.scissione_pagamenti.place), message).hint(hint));
    }
}

/// INV-06: the bills that bear the stamp duty, said once.
pub fn stamp_note(dossier: &Dossier, bills: &[&Bill], found: &mut Vec<Diagnostic>) {
    let stamped = bills.iter().filter(|bill| bill.stamp.is_some()).count();
    if stamped > 0 {
        let who = if dossier.convention.bollo_addebitato.is(true) {
            "addebitata a chi paga"
        } else {
            "a carico di chi emette"
        };
        let message = format!(
            "imposta di bollo di € 2,00 su {}, {who}: va versata in modo virtuale, ogni trimestre",
            crate::italian::count(stamped, "documento", "documenti")
        );
        let place = dossier.convention.bollo_addebitato.place.clone();
        let place = if place.is_none() { dossier.convention.place.clone() } else { place };
        let hint =
            "l’Agenzia delle entrate ne calcola l’importo dai documenti trasmessi; «bollo_addebitato» dice chi la paga";
        found.push(Diagnostic::new("INV-06", place, message).hint(hint));
    }
}
