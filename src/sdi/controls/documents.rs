//! The general data of each document (00403, 00411, 00413–00415, 00418, 00425, 00437, 00474) and documents that are in the
//! lot twice (00409).

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};
use rust_decimal::Decimal;

use super::{Document, day, rate, report};
use crate::date::short;
use crate::sdi::{Finding, quoted};

pub(super) fn check(document: &Document<'_>, received: NaiveDate, findings: &mut Vec<Finding>) {
    let Document { data, general, .. } = *document;
    if let Some(date) = document.day {
        if date > received {
            let message =
                format!("la data è il {}, dopo il giorno in cui il file arriva ({})", short(date), short(received));
            let hint = "la data del documento non può essere nel futuro; il giorno si cambia con --alla-data";
            report(findings, "00403", data, "Data", &message, hint);
        }
        for linked in general.all("DatiFattureCollegate") {
            if let Some(other) = day(linked, "Data").filter(|other| date < *other) {
                let number = quoted(linked.value("IdDocumento").unwrap_or_default());
                let message = format!(
                    "la data è il {}, prima di quella della fattura collegata {number} ({})",
                    short(date),
                    short(other)
                );
                report(findings, "00418", data, "Data", &message, "correggere l’una o l’altra data");
            }
        }
    }
    let number = data.value("Numero").unwrap_or_default();
    if !number.bytes().any(|b| b.is_ascii_digit()) {
        let message = format!("«{}» non contiene nessuna cifra", quoted(number));
        report(findings, "00425", data, "Numero", &message, "");
    }
    withholding(document, findings);
    for fund in document.funds() {
        let zero = rate(fund).is_some_and(|rate| rate.is_zero());
        match fund.value("Natura") {
            None if zero => {
                let message = "l’aliquota IVA del contributo è zero e manca la natura";
                report(findings, "00413", fund, "Natura", message, "scrivere la natura: N1, N2.2, N4, …");
            }
            Some(nature) if !zero => {
                let rate = fund.value("AliquotaIVA").unwrap_or_default();
                let message = format!("c’è la natura {nature}, ma l’aliquota IVA del contributo è {rate}");
                report(findings, "00414", fund, "Natura", &message, "togliere la natura, o mettere l’aliquota a 0.00");
            }
            _ => {}
        }
    }
    for change in data.all("ScontoMaggiorazione") {
        if change.get("Percentuale").is_none() && change.get("Importo").is_none() {
            let message = "non c’è né la percentuale né l’importo dello sconto o della maggiorazione";
            report(findings, "00437", change, "Percentuale", message, "scrivere l’una o l’altro, o togliere il blocco");
        }
    }
    if document.kind == "TD21" {
        for line in document.lines().filter(|line| rate(*line).is_some_and(|rate| rate.is_zero())) {
            let message = "l’aliquota è zero: in un TD21 (autofattura per splafonamento) ogni linea è imponibile";
            report(findings, "00474", line, "AliquotaIVA", message, "");
        }
    }
}

/// Lines and contributions subject to withholding need its data.
fn withholding(document: &Document<'_>, findings: &mut Vec<Finding>) {
    if document.data.get("DatiRitenuta").is_some() {
        return;
    }
    let hint = "aggiungere DatiRitenuta, o togliere <Ritenuta>";
    if let Some(line) = document.lines().find(|line| line.value("Ritenuta") == Some("SI")) {
        let number = line.value("NumeroLinea").unwrap_or_default();
        let message = format!("mancano i dati della ritenuta, a cui è soggetta la linea {number}");
        report(findings, "00411", document.data, "DatiRitenuta", &message, hint);
    }
    if let Some(fund) = document.funds().find(|fund| fund.value("Ritenuta") == Some("SI")) {
        let kind = fund.value("TipoCassa").unwrap_or_default();
        let message = format!("mancano i dati della ritenuta, a cui è soggetto il contributo {kind}");
        report(findings, "00415", document.data, "DatiRitenuta", &message, hint);
    }
}

/// The same number in the same year twice in the lot, credit notes apart (00409). Documents under art. 73 of DPR 633/1972
/// may repeat a number of the year; two of them are told apart by their day.
pub(super) fn duplicates(documents: &[Document<'_>], findings: &mut Vec<Finding>) {
    let mut seen: BTreeMap<(String, i32, bool, Option<NaiveDate>), u64> = BTreeMap::new();
    for document in documents {
        let (Some(number), Some(date)) = (document.data.value("Numero"), document.day) else { continue };
        let apart = document.data.get("Art73").map(|_| date);
        let key = (number.to_uppercase(), date.year(), document.kind == "TD04", apart);
        let line = document.data.get("Numero").map_or(0, |number| number.line());
        if let Some(first) = seen.get(&key) {
            let message =
                format!("il numero «{}» del {} è già nel lotto, alla riga {first}", quoted(number), date.year());
            report(findings, "00409", document.data, "Numero", &message, "ogni documento dell’anno ha il suo numero");
        } else {
            seen.insert(key, line);
        }
    }
}

/// True where the rate was meant as a fraction: 0.22 for 22 %.
pub(super) fn is_fraction(rate: Decimal) -> bool {
    rate > Decimal::ZERO && rate < Decimal::ONE
}
