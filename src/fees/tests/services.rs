//! What services cost in a year.

use super::*;
use crate::dossier::{Charge, Item};
use crate::fees::charges;

const PORTALS: [(&str, &str, &str, &str); 3] =
    [("", "3000", "1500", ""), ("3001", "10000", "2500", ""), ("10001", "", "3500", "")];

/// A catalogue of every kind of price, and no request.
fn catalogue() -> Sample {
    let mut sample = Sample::sound()
        .and_service(&[("codice", "posta"), ("nome", "Posta"), ("modalita", "incluso"), ("importo", "9")])
        .and_service(&[("codice", "antivirus"), ("nome", "Antivirus"), ("unita", "postazione"), ("importo", "33")])
        .and_service(&[
            ("codice", "spid"),
            ("nome", "SPID"),
            ("modalita", "quota maggiorata"),
            ("unita", "rilascio"),
            ("tabella", "rilasci"),
            ("una_tantum", "sì"),
        ])
        .and_service(&[
            ("codice", "portale"),
            ("nome", "Portale"),
            ("unita", "fascia"),
            ("tabella", "portali"),
            ("attivazione", "500"),
            ("preavviso_disdetta_giorni", "60"),
        ])
        .and_service(&[("codice", "ore"), ("nome", "Supporto"), ("unita", "ora"), ("importo", "30")])
        .and_service(&[("codice", "censimento"), ("nome", "Censimento"), ("unita", "abitante"), ("importo", "0.02")])
        .and_service(&[("codice", "cloud"), ("nome", "Cloud"), ("assistenza_annua", "100")]);
    sample.bands.push(band("rilasci", "", "", "50", "30"));
    sample.bands.extend(PORTALS.map(|(from, to, sum, discount)| band("portali", from, to, sum, discount)));
    sample.field("anno", "2026")
}

fn ask(sample: Sample, service: &str, kind: &str, date: &str, quantity: &str) -> Sample {
    let mut cells = vec![("ente", "c_a035"), ("servizio", service), ("tipo", kind)];
    cells.extend([("data", date), ("quantita", quantity)].into_iter().filter(|(_, value)| !value.is_empty()));
    sample.and_request(&cells)
}

fn year(sample: &Sample, year: i32) -> Vec<Charge> {
    charges(&sample.build(), year)[1].clone()
}

/// The sum of a year, with why it is not known in its place.
fn cost(sample: &Sample, of: i32) -> String {
    let charges = year(sample, of);
    let open = charges.iter().find_map(|charge| charge.open);
    open.map_or_else(|| charges.iter().map(Charge::amount).sum::<Money>().decimal().to_string(), str::to_owned)
}

#[test]
fn every_unit_has_its_price() {
    let on = |service: &str, quantity: &str| ask(catalogue(), service, "attivazione", "01/01/2026", quantity);
    assert_eq!(found(&catalogue()), []);
    assert_eq!(cost(&on("posta", "3"), 2026), "0.00");
    assert_eq!(cost(&on("antivirus", "12"), 2026), "396.00");
    assert_eq!(cost(&on("antivirus", "").body(1, "postazioni", "20"), 2026), "660.00");
    assert_eq!(cost(&on("antivirus", ""), 2026), "mancano le postazioni");
    assert_eq!(cost(&on("spid", "3"), 2026), "105.00");
    assert_eq!(cost(&on("spid", ""), 2026), "manca la quantità");
    assert_eq!(cost(&on("portale", ""), 2026), "3000.00");
    assert_eq!(cost(&on("ore", "20"), 2026), "600.00");
    assert_eq!(cost(&on("censimento", ""), 2026), "83.02");
    assert_eq!(cost(&on("cloud", "2"), 2026), "a preventivo");
    assert_eq!(year(&on("cloud", "2"), 2026)[0].amount(), euro("100"));
    assert_eq!(cost(&ask(catalogue(), "ore", "attivazione", "", "20"), 2026), "richiesta senza data");
}

#[test]
fn activation_falls_in_the_first_year_and_the_price_in_every_year_of_use() {
    let portal = ask(catalogue(), "portale", "attivazione", "10/03/2026", "");
    // 297 days of 365 of € 2.500, and the activation whole.
    assert_eq!([2025, 2026, 2027].map(|of| cost(&portal, of)), ["0.00", "2534.25", "2500.00"]);
    let items: Vec<Item> = year(&portal, 2026)[0].lines.iter().map(|line| line.item).collect();
    assert_eq!(items, [Item::Service, Item::Activation]);
    let places: Vec<String> = year(&portal, 2026)[0].lines[0].places.iter().map(ToString::to_string).collect();
    assert_eq!(places, ["Fasce!D6"]);
    // Given up in time in 2027, and too late.
    let ended = ask(portal.clone(), "portale", "disdetta", "01/11/2027", "");
    assert_eq!([2027, 2028].map(|of| cost(&ended, of)), ["2500.00", "0.00"]);
    let late = ask(portal, "portale", "disdetta", "02/11/2027", "");
    assert_eq!([2027, 2028, 2029].map(|of| cost(&late, of)), ["2500.00", "2500.00", "0.00"]);
    let hours =
        ask(ask(catalogue(), "ore", "attivazione", "10/03/2026", "20"), "ore", "attivazione", "10/09/2026", "5");
    assert_eq!([2026, 2027].map(|of| cost(&hours, of)), ["750.00", "0.00"]);
    let mut kits = ask(catalogue(), "spid", "attivazione", "10/03/2026", "2");
    kits.services[2].remove("una_tantum");
    kits.services[2].insert("assistenza_annua", "8".to_owned());
    // € 70 for two releases, € 8 a year of support for 297 days.
    assert_eq!([2026, 2027].map(|of| cost(&kits, of)), ["76.51", "8.00"]);
    let once =
        ask(ask(catalogue(), "spid", "attivazione", "10/03/2026", "2"), "spid", "attivazione", "10/03/2027", "1");
    assert_eq!([2026, 2027, 2028].map(|of| cost(&once, of)), ["70.00", "35.00", "0.00"]);
}

#[test]
fn a_part_of_the_year_is_charged_by_the_day() {
    let lines = |sample: &Sample, of: i32| -> Vec<(String, String)> {
        let charges = year(sample, of);
        let lines = charges.iter().flat_map(|charge| &charge.lines);
        lines.map(|line| (line.working().replace('\u{a0}', " "), line.amount.decimal().to_string())).collect()
    };
    let wanted = |lines: &[(&str, &str)]| {
        lines.iter().map(|(working, sum)| ((*working).to_owned(), (*sum).to_owned())).collect::<Vec<_>>()
    };
    // More of them from July: two spells, each at its quantity.
    let ten = ask(catalogue(), "antivirus", "attivazione", "01/01/2026", "10");
    let more = ask(ten.clone(), "antivirus", "attivazione", "01/07/2026", "5");
    let spells = [("10 × € 33,00 × 181 giorni su 365", "163.64"), ("15 × € 33,00 × 184 giorni su 365", "249.53")];
    assert_eq!(lines(&more, 2026), wanted(&spells));
    assert_eq!(lines(&more, 2027), wanted(&[("15 × € 33,00", "495.00")]));
    // Given up on an agreed day, within the year; asked for to begin later than the request.
    let mut ended = ask(ten.clone(), "antivirus", "disdetta", "10/03/2026", "");
    ended.requests[1].insert("effetto_dal", "01/07/2026".to_owned());
    assert_eq!(lines(&ended, 2026), wanted(&[("10 × € 33,00 × 181 giorni su 365", "163.64")]));
    assert_eq!(lines(&ended, 2027), []);
    let mut later = ten.clone();
    later.requests[0].insert("effetto_dal", "01/07/2026".to_owned());
    assert_eq!(lines(&later, 2026), wanted(&[("10 × € 33,00 × 184 giorni su 365", "166.36")]));
    // The term bounds them, and a leap year has 366 days.
    let short = ten.clone().field("scadenza", "30/06/2028");
    assert_eq!(lines(&short, 2028), wanted(&[("10 × € 33,00 × 182 giorni su 366", "164.10")]));
    assert_eq!(lines(&short, 2029), []);
    // A confirmation sets the quantity of the whole year that it is for.
    let confirmed = ask(ten.clone(), "antivirus", "conferma", "20/01/2027", "4");
    assert_eq!(lines(&confirmed, 2027), wanted(&[("4 × € 33,00", "132.00")]));
    let ahead = ask(ten, "antivirus", "conferma", "20/11/2026", "4");
    assert_eq!(lines(&ahead, 2026), wanted(&[("10 × € 33,00", "330.00")]));
    assert_eq!(lines(&ahead, 2027), wanted(&[("4 × € 33,00", "132.00")]));
}

#[test]
fn who_is_outside_the_convention_pays_the_list_price_and_no_fee() {
    let inside = ask(catalogue(), "spid", "attivazione", "12/01/2026", "3");
    let outside = inside.clone().body(1, "ruolo", "esterno");
    assert_eq!((cost(&inside, 2026), cost(&outside, 2026)), ("105.00".to_owned(), "150.00".to_owned()));
    let (owed, found) = run(&outside);
    assert!(owed.iter().all(Option::is_none) && found.is_empty());
}

#[test]
fn tables_of_prices_exist_and_reach_whoever_asks() {
    let mut without = catalogue();
    without.bands.retain(|row| row["tabella"] != "rilasci");
    assert_eq!(found(&without), [("FEE-01", "Servizi!J4".to_owned())]);
    let mut closed = ask(catalogue(), "portale", "attivazione", "12/01/2026", "");
    closed.bands.truncate(4);
    assert_eq!(found(&closed), [("FEE-01", "Fasce!C5".to_owned())]);
    assert_eq!(cost(&closed, 2026), "gli abitanti non cadono in nessuna fascia");
    let agency = catalogue().body(1, "tipo", "Altro ente").body(1, "abitanti", "");
    assert_eq!(cost(&ask(agency.clone(), "portale", "attivazione", "12/01/2026", ""), 2026), "mancano gli abitanti");
    assert_eq!(cost(&ask(agency, "spid", "attivazione", "12/01/2026", "1"), 2026), "35.00");
}
