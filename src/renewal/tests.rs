//! The next term of a small dossier: who goes on, what is proposed, what is dropped and told.

use super::*;
use crate::dossier::sample::{Sample, day};
use crate::dossier::{Invoice, Recipient, Request, Service};
use crate::place::Place;
use crate::schema::{DeliberationState, DeliberationSubject, Organ, RequestKind};

fn field<T>(value: T) -> Field<T> {
    Field::new(value, Place::None, Origin::Sheet)
}

fn sample() -> Sample {
    let base = Sample::sound().field("recesso_preavviso_giorni", "90").field("recesso_dal_anno", "1");
    base.field("data_firma", "20/12/2025").field("importo_totale", "9132.20").and_body(&[
        ("codice", "c_b636"),
        ("tipo", "Comune"),
        ("denominazione", "Comune di Cantiano"),
        ("provincia", "PU"),
        ("abitanti", "=2112"),
    ])
}

fn renewed(old: &Dossier) -> Renewed {
    renew(old, NextTerm::after(old, None, None).expect("a term"))
}

fn said(entries: &[Entry], words: &str) -> Option<Vec<String>> {
    entries.iter().find(|entry| entry.text.contains(words)).map(|entry| entry.bodies.clone())
}

#[test]
fn the_term_follows_the_old_one_or_what_is_asked() {
    let old = sample().build();
    let term = NextTerm::after(&old, None, None).expect("a term");
    assert_eq!((term.start, term.end, term.years), (day(2031, 1, 1), day(2035, 12, 31), 5));
    let asked = NextTerm::after(&old, Some(day(2031, 7, 1)), Some(3)).expect("a term");
    assert_eq!((asked.start, asked.end, asked.years), (day(2031, 7, 1), day(2034, 6, 30), 3));
    assert_eq!(NextTerm::after(&old, Some(day(2150, 1, 1)), Some(99)), None, "no workbook holds such a day");
    let endless = sample().field("scadenza", "").field("durata_anni", "").build();
    assert_eq!(NextTerm::after(&endless, None, Some(5)), None);
}

#[test]
fn dates_move_and_the_stage_is_that_of_a_scheme() {
    let new = renewed(&sample().build());
    let it = &new.dossier.convention;
    assert_eq!((it.decorrenza.copied(), it.scadenza.copied()), (Some(day(2031, 1, 1)), Some(day(2035, 12, 31))));
    assert!(it.fase.is(Stage::Schema) && it.anno.copied() == Some(2031));
    assert!(it.data_firma.is_absent() && it.importo_totale.is_absent());
    assert_eq!(said(&new.to_check, "senza un atto"), None);
    let old = sample().build();
    let late = renew(&old, NextTerm::after(&old, Some(day(2031, 1, 11)), None).expect("a term"));
    assert!(late.to_check.iter().any(|entry| entry.text.contains("10 giorni senza un atto in vigore")));
    let early = renew(&old, NextTerm::after(&old, Some(day(2030, 7, 1)), None).expect("a term"));
    assert!(early.to_check.iter().any(|entry| entry.text.contains("si sovrappongono")));
}

#[test]
fn every_body_gets_a_proposal_of_renewal_and_the_lead_body_one_of_scheme() {
    let new = renewed(&sample().build());
    let acts: Vec<_> = new
        .dossier
        .deliberations
        .iter()
        .map(|act| (act.ente.text().unwrap_or_default().to_owned(), act.oggetto.copied().expect("an object")))
        .collect();
    let wanted = [
        ("p_pu", DeliberationSubject::Schema),
        ("c_a035", DeliberationSubject::Rinnovo),
        ("c_b636", DeliberationSubject::Rinnovo),
    ];
    assert_eq!(acts, wanted.map(|(code, subject)| (code.to_owned(), subject)));
    let [scheme, old_body, without] = new.dossier.deliberations.as_slice() else { panic!("three proposals") };
    for act in [scheme, old_body, without] {
        assert!(act.stato.is(DeliberationState::Proposta) && act.organo.is(Organ::Consiglio));
        assert!(act.numero.is_absent() && act.data.is_absent() && act.favorevoli.is_absent());
        assert!(act.parere_tecnico.is_absent() && act.importo_annuo.is_absent() && act.presidente.is_absent());
    }
    assert_eq!(old_body.capitolo.text(), Some("1040"));
    assert_eq!(old_body.responsabile_tecnico.text(), Some("Livia Serra"));
    assert_eq!(old_body.parere_revisori.text(), Some("non dovuto"));
    assert!(new.dossier.bodies.iter().all(|body| body.gia_aderente.is(body.code() != "p_pu") || body.code() == "p_pu"));
    assert_eq!(said(&new.to_check, "una deliberazione adottata"), Some(vec!["Comune di Cantiano".to_owned()]));
}

#[test]
fn who_has_withdrawn_in_time_is_left_out_with_its_rows() {
    let mut old = sample().body(1, "recesso_comunicato_il", "02/10/2030").build();
    let request = |ente: &str| Request {
        ente: field(ente.to_owned()),
        servizio: field("cloud".to_owned()),
        tipo: field(RequestKind::Attivazione),
        data: field(day(2026, 2, 1)),
        ..Request::default()
    };
    old.services = vec![Service { codice: field("cloud".to_owned()), ..Service::default() }];
    old.requests = vec![request("c_a035"), request("c_b636")].into();
    old.link();
    let new = renewed(&old);
    assert_eq!(new.left_out, ["c_a035"]);
    let codes: Vec<_> = new.dossier.bodies.iter().map(|body| body.code().to_owned()).collect();
    assert_eq!(codes, ["p_pu", "c_b636"]);
    assert_eq!(new.dossier.requests.len(), 1);
    assert_eq!(new.dossier.deliberations.len(), 2);
    assert!(
        said(&new.done, "Lasciati fuori")
            .is_some_and(|names| names[0].contains("Acqualagna (comunicato il 02/10/2030)"))
    );

    let late = renewed(&sample().body(1, "recesso_comunicato_il", "03/10/2030").build());
    assert!(late.left_out.is_empty());
    assert!(late.dossier.bodies.iter().all(|body| body.recesso_comunicato_il.is_absent()));
    assert!(said(&late.to_check, "va chiarito").is_some());
}

#[test]
fn members_go_with_their_union() {
    let old = sample()
        .and_body(&[
            ("codice", "unione-x"),
            ("tipo", "Unione di Comuni"),
            ("denominazione", "Unione X"),
            ("recesso_comunicato_il", "01/02/2029"),
        ])
        .body(2, "unione", "unione-x")
        .build();
    let new = renewed(&old);
    assert_eq!(new.left_out, ["c_b636", "unione-x"]);
    assert_eq!(said(&new.done, "la loro Unione"), Some(vec!["Comune di Cantiano".to_owned()]));
}

#[test]
fn active_services_are_to_confirm_and_the_others_are_dropped() {
    let mut old = sample().build();
    let service = |code: &str, once: bool| Service {
        codice: field(code.to_owned()),
        una_tantum: field(once),
        ..Service::default()
    };
    old.services = vec![service("cloud", false), service("sito", false), service("spid", true)];
    let row = |service: &str, kind, date: Option<NaiveDate>, quantity: Option<u64>| Request {
        ente: field("c_a035".to_owned()),
        servizio: field(service.to_owned()),
        tipo: field(kind),
        data: date.map(field).unwrap_or_default(),
        quantita: quantity.map(field).unwrap_or_default(),
        motivo: field("perché".to_owned()),
        ..Request::default()
    };
    old.requests = vec![
        // Out of order: the withdrawal comes after the activation.
        row("sito", RequestKind::Disdetta, Some(day(2028, 5, 1)), None),
        row("sito", RequestKind::Attivazione, Some(day(2026, 2, 1)), Some(1)),
        row("Cloud", RequestKind::Attivazione, Some(day(2026, 2, 1)), Some(4)),
        row("cloud", RequestKind::Conferma, Some(day(2029, 12, 1)), None),
        row("spid", RequestKind::Attivazione, Some(day(2026, 2, 1)), Some(2)),
    ]
    .into();
    let recipient = |service: &str| Recipient {
        ente: field("c_a035".to_owned()),
        servizio: field(service.to_owned()),
        ..Recipient::default()
    };
    old.recipients = vec![recipient("spid"), recipient("cloud"), recipient("sito")].into();
    old.invoices = vec![Invoice::default()];
    old.link();
    let new = renewed(&old);
    let [only] = new.dossier.requests.as_slice() else { panic!("one service: {:?}", new.dossier.requests) };
    assert!(only.tipo.is(RequestKind::Conferma) && only.data.is_absent() && only.motivo.is_absent());
    assert_eq!((only.servizio.text(), only.quantita.copied()), (Some("cloud"), Some(4)));
    let named: Vec<_> = new.dossier.recipients.iter().filter_map(|row| row.servizio.text()).collect();
    assert_eq!(named, ["cloud"]);
    assert!(new.dossier.invoices.is_empty() && said(&new.done, "Fatture").is_some());
    let told = new.done.iter().find(|entry| entry.text.starts_with("Richieste")).expect("told");
    assert!(told.text.contains("1 servizio attivo da confermare") && told.text.contains("1 servizio disdetto"));
}

#[test]
fn a_title_with_a_year_is_to_be_checked() {
    let dated = sample().field("titolo", "Convenzione 2026-2030 per i servizi").build();
    assert!(said(&renewed(&dated).to_check, "Il titolo contiene un anno").is_some());
    let plain = sample().field("titolo", "Convenzione ex art. 30 D.Lgs. 267/2000").build();
    assert_eq!(said(&renewed(&plain).to_check, "Il titolo"), None, "the year of a law");
}
