//! `documento.*`: what a bill says, as its readable copy prints it. Every figure is the bill's own: none is reckoned here.

use serde_json::{Map, Value as Json};

use super::group::Group;
use super::people;
use crate::bill::{Bill, BillLine, Named, Party, Payment, Subject, Summary, Tax, Totals};
use crate::compose::tokens::Slots;
use crate::date;
use crate::dossier::Dossier;
use crate::italian::decimal;
use crate::money::Money;
use crate::place::Place;
use crate::schema::BillKind;

/// No cell: a bill says where its lines come from, and of nothing else.
const NOWHERE: &Place = &Place::None;

/// The group of a bill; blanks and empty lists in an act that is none.
pub fn bill(slots: &mut Slots, it: Option<&Bill>, dossier: &Dossier) -> Json {
    let totals = it.map(Bill::totals);
    let lines = it.map_or(&[][..], |it| &it.lines);
    let mut lists = Map::new();
    lists.insert("emittente".into(), party(slots, "documento.emittente", it.map(|it| &it.seller)));
    lists.insert("destinatario".into(), party(slots, "documento.destinatario", it.map(|it| &it.payer)));
    lists.insert("totali".into(), sums(slots, totals.as_ref()));
    let contact = dossier.lead_index().and_then(|lead| dossier.contact_of(lead)).filter(|_| it.is_some());
    lists.insert("contatto".into(), people::post(slots, "documento.contatto", contact));
    let rows = (1..).zip(lines).map(|(number, line)| self::line(slots, number, line, it.map(|it| it.year)));
    lists.insert("righe".into(), Json::Array(rows.collect()));
    let rows = totals.iter().flat_map(|it| &it.summaries).map(|it| summary(slots, it));
    lists.insert("riepiloghi".into(), Json::Array(rows.collect()));
    let rows = it.iter().flat_map(|it| &it.reasons).map(|reason| {
        let mut row = Group::new(slots, "documento.motivi");
        row.text("testo", Some(reason.clone()), NOWHERE, "causale", 30);
        row.done()
    });
    lists.insert("motivi".into(), Json::Array(rows.collect()));

    let mut group = Group::new(slots, "documento");
    group.text("tipo", it.map(|it| it.kind.italian().to_owned()), NOWHERE, "tipo di documento", 16);
    group.text("numero", it.map(|it| it.number.clone()), NOWHERE, "numero del documento", 10);
    group.text("anno", it.map(|it| it.year.to_string()), NOWHERE, "anno", 6);
    group.text("data", it.map(|it| date::long(it.date)), NOWHERE, "data del documento", 18);
    group.text("data_del", it.map(|it| date::long_after("del", it.date)), NOWHERE, "data del documento", 18);
    group.optional("file", it.and_then(Bill::file_name), NOWHERE);
    group.optional("periodo", it.and_then(common_period), NOWHERE);
    group.optional("bollo", it.and_then(|it| it.stamp).map(|sum| sum.to_string()), NOWHERE);
    let named = it.map(|it| &it.references);
    group.optional("convenzione_titolo", named.map(|it| it.title.clone()).filter(|title| !title.is_empty()), NOWHERE);
    for (name, document) in [
        ("convenzione", named.and_then(|it| it.convention.as_ref())),
        ("impegno", named.and_then(|it| it.spending.as_ref())),
        ("fattura", named.and_then(|it| it.corrects.as_ref())),
    ] {
        group.optional(&format!("{name}_estremi"), document.map(particulars), NOWHERE);
    }
    group.optional("cig", named.and_then(|it| it.cig.clone()), NOWHERE);
    group.optional("cup", named.and_then(|it| it.cup.clone()), NOWHERE);
    let payment = it.map(|it| &it.payment);
    group.text("scadenza", payment.map(|it| date::long(it.due)), NOWHERE, "termine di pagamento", 18);
    group.text("entro", payment.map(by_when), NOWHERE, "termine di pagamento", 30);
    group.optional("scadenza_motivo", payment.map(|it| it.basis.clone()).filter(|basis| !basis.is_empty()), NOWHERE);
    group.optional("tesoreria", payment.and_then(|it| it.treasury.clone()), NOWHERE);
    group.text("iban", payment.and_then(|it| it.iban.clone()), NOWHERE, "IBAN", 27);

    for (name, kind) in
        [("fattura", BillKind::Fattura), ("nota_credito", BillKind::NotaCredito), ("richiesta", BillKind::Richiesta)]
    {
        group.flag(name, it.is_some_and(|it| it.kind == kind));
    }
    group.flag("scissione", it.is_some_and(|it| it.split));
    group.flag("con_iva", lines.iter().any(|it| it.tax.nature.is_none()));
    group.flag("con_sconti", lines.iter().any(|it| !it.discount.is_zero()));
    group.flag("con_quantita", lines.iter().any(|it| it.quantity.is_some()));
    group.flag("piu_righe", lines.len() > 1);
    group.flag("bollo_addebitato", lines.iter().any(|it| it.subject == Subject::Stamp));
    let mut map = match group.done() {
        Json::Object(map) => map,
        _ => Map::new(),
    };
    map.append(&mut lists);
    Json::Object(map)
}

/// Who charges or pays. What is not known of it leaves nothing behind.
fn party(slots: &mut Slots, prefix: &str, it: Option<&Party>) -> Json {
    let mut group = Group::new(slots, prefix);
    group.text("nome", it.map(|it| it.name.clone()), NOWHERE, "denominazione dell’ente", 30);
    group.optional("sede", it.and_then(seat), NOWHERE);
    group.optional("codice_fiscale", it.and_then(|it| it.tax_code.clone()), NOWHERE);
    group.optional("partita_iva", it.and_then(|it| it.vat_number.clone()), NOWHERE);
    group.optional("codice_ufficio", it.and_then(|it| it.office.clone()), NOWHERE);
    group.optional("pec", it.and_then(|it| it.pec.clone()), NOWHERE);
    group.done()
}

/// "via Roma 1, 61121 Pesaro (PU)"; `None` where nothing is known.
fn seat(it: &Party) -> Option<String> {
    let province = Some(format!("({})", it.province)).filter(|_| !it.province.is_empty());
    let town = [Some(it.post_code.clone()), Some(it.town.clone()), province];
    let town = town.into_iter().flatten().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ");
    let parts: Vec<&str> = [it.address.as_str(), &town].into_iter().filter(|part| !part.is_empty()).collect();
    (!parts.is_empty()).then(|| parts.join(", "))
}

/// Number and day of a document that the bill names: "n. 47 in data 28 novembre 2025", "Delib. 47 in data …".
fn particulars(it: &Named) -> String {
    let is_bare = it.number.starts_with(|first: char| first.is_ascii_digit());
    let number = if is_bare { format!("n.\u{a0}{}", it.number) } else { it.number.clone() };
    it.date.map_or_else(|| number.clone(), |day| format!("{number} in data {}", date::long(day)))
}

/// "entro il 31 dicembre 2026, come dice la convenzione"; where the reason does not name the day, "entro il giorno 9 febbraio
/// 2026 (entro 30 giorni dalla data del documento)".
fn by_when(it: &Payment) -> String {
    let (day, basis) = (date::long(it.due), &it.basis);
    match basis {
        _ if basis.is_empty() => format!("entro il giorno {day}"),
        _ if basis.starts_with("entro") && basis.contains(&day) => basis.clone(),
        _ => format!("entro il giorno {day} ({basis})"),
    }
}

/// A line. Its period is told where it is not the whole year of the bill, and the description does not tell it.
fn line(slots: &mut Slots, number: u32, it: &BillLine, year: Option<i32>) -> Json {
    let place = it.places.first().unwrap_or(NOWHERE);
    let mut row = Group::new(slots, "documento.righe");
    row.text("numero", Some(number.to_string()), place, "numero", 4);
    row.text("descrizione", Some(it.description.clone()), place, "descrizione", 40);
    let is_told = |day: &chrono::NaiveDate| it.description.contains(&date::short(*day));
    let part = it.period.filter(|(from, to)| !is_told(from) || !is_told(to));
    let part = part.filter(|(from, to)| date::whole_year(*from, *to).is_none_or(|whole| Some(whole) != year));
    row.optional("periodo", part.map(period), place);
    let unit = it.unit.map(|unit| format!(" {unit}")).unwrap_or_default();
    row.optional("quantita", it.quantity.map(|quantity| decimal(quantity, 0) + &unit), place);
    row.text("prezzo", Some(format!("€\u{a0}{}", decimal(it.price, 2))), place, "prezzo", 12);
    row.optional("sconto", Some(percent(it.discount)).filter(|_| !it.discount.is_zero()), place);
    row.text("importo", Some(it.amount.to_string()), place, "importo", 14);
    row.text("iva", Some(rate(&it.tax)), place, "aliquota", 6);
    row.done()
}

fn summary(slots: &mut Slots, it: &Summary) -> Json {
    let mut row = Group::new(slots, "documento.riepiloghi");
    let nature = it.tax.nature.map(|nature| format!(" ({})", nature.italian())).unwrap_or_default();
    row.text("iva", Some(rate(&it.tax) + &nature), NOWHERE, "aliquota", 10);
    row.optional("norma", Some(it.tax.law.clone()).filter(|law| !law.is_empty()), NOWHERE);
    row.text("imponibile", Some(it.base.to_string()), NOWHERE, "imponibile", 14);
    row.text("imposta", Some(it.vat.to_string()), NOWHERE, "imposta", 14);
    row.done()
}

fn sums(slots: &mut Slots, it: Option<&Totals>) -> Json {
    let mut group = Group::new(slots, "documento.totali");
    for (name, sum) in [
        ("imponibile", it.map(|it| it.base)),
        ("iva", it.map(|it| it.vat)),
        ("totale", it.map(|it| it.total)),
        ("da_pagare", it.map(|it| it.to_pay)),
    ] {
        group.text(name, sum.map(|sum| sum.to_string()), NOWHERE, "importo", 14);
    }
    group.text("da_pagare_lettere", it.map(|it| Money::words(it.to_pay)), NOWHERE, "importo in lettere", 30);
    group.done()
}

/// "22%", "N2.2".
fn rate(tax: &Tax) -> String {
    tax.nature.map_or_else(|| percent(tax.rate), |nature| nature.code().to_owned())
}

fn percent(hundredths: rust_decimal::Decimal) -> String {
    format!("{}%", decimal(hundredths, 0))
}

/// "anno 2026", "dal 01/03/2026 al 31/12/2026".
fn period((from, to): (chrono::NaiveDate, chrono::NaiveDate)) -> String {
    let year = date::whole_year(from, to);
    year.map_or_else(
        || format!("{} {}", date::after("dal", from), date::after("al", to)),
        |year| format!("anno {year}"),
    )
}

/// The period of all lines, where it is one.
fn common_period(it: &Bill) -> Option<String> {
    let first = it.lines.first()?.period;
    first.filter(|_| it.lines.iter().all(|line| line.period == first)).map(period)
}
