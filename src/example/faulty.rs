//! A workbook full of faults for demonstrations and tests: a part of the Pesaro e Urbino example in which each row, or
//! cell, trips a rule and says which in the column `nota`.
//!
//! Faults are kept apart, so that one does not hide another: a body has one fault, and what concerns the whole workbook
//! is in `Convenzione`, `Servizi` and `Fasce`. The rules on composed acts and on templates cannot be tripped by data.

mod deliberations;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::act::{Progress, deliberation, session};
use super::case::{Case, Record};
use super::member::Member;
use super::pesaro_urbino as good;
use super::{Example, ExampleCell};
use crate::gazetteer::{Comune, Gazetteer};
use crate::schema::{BodyKind, Choices, Extension, Mode, Pricing, RequestKind, Role, Signing, Stage, Unit};

/// Header of the column that names the rule; unknown to the contract, which is a fault too.
const NOTE: &str = "nota";
/// Comuni of the good example that are kept.
const COMUNI: usize = 38;
/// Position of the body that is there twice, and its second code.
const TWIN: usize = 17;
const TWIN_CODE: &str = "doppione";
/// Position of the body that adheres alone and through its Union.
const MEMBER: usize = 16;
/// Inhabitants of a Union that gives no day for them.
const MOUNTAIN_INHABITANTS: u64 = 9_000;

/// The code of the body with this name.
fn code_of(bodies: &[Member], name: &str) -> String {
    bodies.iter().find(|body| body.name == name).map(|body| body.code.clone()).unwrap_or_default()
}

/// A code with its last digit changed.
fn miscopied(code: &str) -> String {
    let (start, last) = code.split_at(code.len().saturating_sub(1));
    let digit = last.parse::<u32>().map_or(0, |digit| (digit + 1) % 10);
    format!("{start}{digit}")
}

/// The workbook.
pub fn faulty() -> Example {
    let lead = good::lead();
    let all = good::adherents();
    let (comuni, others): (Vec<Member>, Vec<Member>) = all.into_iter().partition(|body| body.comune.is_some());
    let mut bodies: Vec<Member> = comuni.into_iter().take(COMUNI).collect();
    bodies.extend(others.into_iter().filter(|body| body.kind != BodyKind::Altro));
    bodies.extend(strangers(bodies.len() + 20));

    let mut case = Case::new();
    case.add("Convenzione", convention(&lead, &bodies));
    case.add("Enti", [&lead].into_iter().chain(&bodies).map(Member::record));
    case.add("Deliberazioni", [good::scheme(&lead)]);
    case.add("Deliberazioni", bodies.iter().map(voted));
    case.add("Servizi", good::services());
    case.add("Fasce", good::bands());
    case.add("Incarichi", good::contacts(&bodies));
    spoil_bodies(&mut case, &bodies);
    deliberations::spoil(&mut case, &bodies);
    settle(&mut case, &bodies);
    spoil_the_rest(&mut case);
    let extra = [
        ("Convenzione", NOTE),
        ("Enti", NOTE),
        ("Deliberazioni", NOTE),
        ("Servizi", NOTE),
        ("Fasce", NOTE),
        ("Richieste", NOTE),
        ("Incarichi", "e-mail"),
        ("Incarichi", NOTE),
    ];
    case.finish(&extra, notes())
}

/// Bodies that should not be there.
fn strangers(first: usize) -> Vec<Member> {
    let list = Gazetteer::get();
    let suppressed = list.find("Lirio", Some("PV"));
    let unpopulated = list.find("Sassofeltrio", Some("RN"));
    let mut bodies: Vec<Member> = [suppressed, unpopulated]
        .into_iter()
        .flatten()
        .enumerate()
        .map(|(offset, comune): (usize, &'static Comune)| Member::of_comune(comune, first + offset, true))
        .collect();
    // The list has neither codes nor address of a Comune that is no more: invented, as for bodies outside the list.
    if let Some(gone) = bodies.first_mut() {
        let seat = ["Via del Municipio, 19", "27010", "Lirio", "PV"];
        let invented = Member::invented("c_e608", BodyKind::Comune, &gone.name, seat, first);
        (gone.code, gone.tax_code, gone.seat, gone.pec) =
            (invented.code, invented.tax_code, invented.seat, "protocollo@c-e608.example".to_owned());
    }
    let seat = ["Via delle Industrie, 20", "61122", "Pesaro", "PU"];
    bodies.push(Member::invented("servizi-digitali", BodyKind::Societa, "Servizi Digitali S.r.l.", seat, first + 2));
    bodies
}

/// A deliberation without faults, executive after publication.
fn voted(body: &Member) -> Record {
    let progress = session(body.index).map_or(Progress::Proposed, Progress::Voted);
    deliberation(body, good::subject(body), progress, Some(good::fee(body)))
}

/// The values, then the notes.
fn convention(lead: &Member, bodies: &[Member]) -> [Record; 2] {
    let values = good::convention(lead, bodies.iter().map(good::fee).sum())
        .with("fase", Stage::Stipula.word())
        .with("durata_anni", 2_u64)
        .with("scadenza", NaiveDate::from_ymd_opt(2028, 12, 31))
        .with("rinnovo", Extension::Tacito.word())
        .with("recesso_preavviso_giorni", 400_u64)
        .with("funzioni_fondamentali", true)
        .with("forma", Mode::Ufficio.word())
        .with("sede", ExampleCell::Empty)
        .with("luogo_firma", ExampleCell::Empty)
        .with("data_firma", NaiveDate::from_ymd_opt(2026, 1, 15))
        .with("firma", Signing::Cartacea.word())
        .with("regime_iva", ExampleCell::Empty);
    let notes = Record::new()
        .with("scadenza", "C30-09: non è la decorrenza più la durata")
        .with("rinnovo", "C30-10: rinnovo tacito")
        .with("recesso_preavviso_giorni", "C30-17: preavviso più lungo di un anno")
        .with("durata_anni", "C30-08: due anni, ma si gestiscono funzioni fondamentali")
        .with("sede", "C30-13: ufficio comune senza sede")
        .with("luogo_firma", "C30-16: spazio in bianco alla stipula")
        .with("firma", "C30-18: firma su carta")
        .with("regime_iva", "FEE-07: regime IVA non indicato")
        .with("importo_totale", "C30-19: è la somma delle quote di un anno solo");
    [values, notes]
}

/// Faults of `Enti`.
fn spoil_bodies(case: &mut Case, bodies: &[Member]) {
    let list = Gazetteer::get();
    let outsider = |name: &str| list.find(name, Some("PU"));
    let tax_code = |index: usize| bodies.get(index).map(|body| body.tax_code.clone()).unwrap_or_default();
    let union = code_of(bodies, "Unione dei Comuni Pian del Bruscolo");
    // Position among the bodies, column, value, note. From 0 on: faults of bodies; those of deliberations follow.
    let edits: Vec<(usize, &'static str, ExampleCell, &str)> = vec![
        (0, "codice_fiscale", miscopied(&tax_code(0)).into(), "ENT-01: cifra di controllo sbagliata"),
        (1, "partita_iva", "01234567890".into(), "ENT-02: partita IVA con la cifra di controllo sbagliata"),
        (2, "cap", "610411".into(), "ENT-03: CAP di sei cifre"),
        (3, "pec", "comune.cagli@emarche".into(), "ENT-04: PEC senza dominio completo"),
        (
            4,
            "codice_istat",
            outsider("Borgo Pace").map(|comune| comune.codice_istat.as_str()).into(),
            "ENT-05: codice ISTAT di un altro Comune",
        ),
        (5, "abitanti", 1_142_u64.into(), "ENT-07: abitanti lontani dal dato ISTAT"),
        (6, "codice_ufficio", "UF12".into(), "ENT-08: codice ufficio di quattro caratteri"),
        (7, "rappresentante", ExampleCell::Empty, "ENT-09: manca chi firma"),
        (
            8,
            "codice_fiscale",
            outsider("Frontino").map(|comune| comune.codice_fiscale.as_str()).into(),
            "ENT-10: codice fiscale di un altro Comune",
        ),
        (9, "tipo", BodyKind::Unione.word().into(), "ENT-12: un Comune scritto come Unione"),
        (10, "unione", code_at(bodies, 11).into(), "ENT-13: l’unione indicata è un Comune"),
        (12, "abitanti", "circa 4000".into(), "WB-03: abitanti non leggibili"),
        (
            13,
            "imprese",
            ExampleCell::Formula { formula: "=1/0".to_owned(), result: "#DIV/0!".to_owned() },
            "WB-04: errore di formula",
        ),
        (15, "codice_fiscale", number(&tax_code(15)), "WB-08: codice fiscale che ha perduto gli zeri iniziali"),
        (MEMBER, "unione", union.as_str().into(), "DEL-15: aderisce da solo e come membro dell’unione"),
    ];
    for (index, column, value, note) in edits {
        if let Some(record) = bodies.get(index).and_then(|body| case.find("Enti", "codice", &body.code)) {
            record.put(column, value);
            record.put(NOTE, note);
        }
    }
    let named = [
        ("Comune di Lirio", None, "ENT-11: Comune soppresso"),
        ("Comune di Sassofeltrio", None, "FEE-02: abitanti mancanti, anche nell’elenco nazionale"),
        ("Servizi Digitali S.r.l.", None, "C30-11: una società fra le parti"),
        (
            "Unione Montana del Montefeltro",
            Some(("abitanti", MOUNTAIN_INHABITANTS)),
            "FEE-02: abitanti senza la data a cui si riferiscono",
        ),
        ("Provincia di Pesaro e Urbino", None, "C30-14: il capofila ha il ruolo di aderente"),
    ];
    for (name, edit, note) in named {
        if let Some(record) = case.find("Enti", "denominazione", name) {
            if let Some((column, value)) = edit {
                record.put(column, value);
            }
            record.put(NOTE, note);
        }
    }
    if let Some(record) = case.find("Enti", "denominazione", "Provincia di Pesaro e Urbino") {
        record.put("ruolo", Role::Aderente.word());
    }
    // The same body twice, under another code.
    if let Some(twin) = bodies.get(TWIN).and_then(|body| case.find("Enti", "codice", &body.code)).map(|row| row.clone())
    {
        let twin = twin.with("codice", TWIN_CODE).with(NOTE, "ENT-06: lo stesso Comune è già in un’altra riga");
        case.add("Enti", [twin]);
    }
}

/// Keeps the faults apart: the second row of a body has its deliberation, the spending of a Union follows its fee.
fn settle(case: &mut Case, bodies: &[Member]) {
    if let Some(twin) = bodies.get(TWIN).and_then(|body| case.find("Deliberazioni", "ente", &body.code)) {
        let twin = twin.clone().with("ente", TWIN_CODE);
        case.add("Deliberazioni", [twin]);
    }
    let union = code_of(bodies, "Unione Montana del Montefeltro");
    if let Some(row) = case.find("Deliberazioni", "ente", &union) {
        row.put("importo_annuo", good::rate() * Decimal::from(MOUNTAIN_INHABITANTS));
    }
    // It pays for the member that has a deliberation of its own too.
    let union = code_of(bodies, "Unione dei Comuni Pian del Bruscolo");
    let member = bodies.get(MEMBER).map(good::fee).unwrap_or_default();
    let own = bodies.iter().find(|body| body.code == union).map(good::fee).unwrap_or_default();
    if let Some(row) = case.find("Deliberazioni", "ente", &union) {
        row.put("importo_annuo", (own + member).decimal());
    }
}

/// The code of a body by position.
fn code_at(bodies: &[Member], index: usize) -> &str {
    bodies.get(index).map_or("", |body| body.code.as_str())
}

/// A code as a spreadsheet keeps it when it takes it for a number.
fn number(code: &str) -> ExampleCell {
    code.parse::<u64>().map_or(ExampleCell::Empty, ExampleCell::from)
}

/// Faults of the other sheets.
fn spoil_the_rest(case: &mut Case) {
    case.add(
        "Servizi",
        [
            Record::new()
                .with("codice", "assistenza-telefonica")
                .with("nome", "Assistenza 📞")
                .with("descrizione", "Risposta telefonica agli uffici dell’ente.")
                .with("modalita", Pricing::Listino.word())
                .with("unita", Unit::Ora.word())
                .with(NOTE, "WB-07: segno che non si può stampare"),
            Record::new()
                .with("codice", "portali")
                .with("nome", "Portali comunali")
                .with("descrizione", "Portale dei servizi in rete dell’ente.")
                .with("modalita", Pricing::Maggiorata.word())
                .with("unita", Unit::Fascia.word())
                .with("tabella", "portali"),
        ],
    );
    let band = |from: u64, to: Option<u64>, amount: i64, note: &str| {
        Record::new()
            .with("tabella", "portali")
            .with("da", from)
            .with("a", to)
            .with("importo", Decimal::from(amount))
            .with(NOTE, note)
    };
    case.add(
        "Fasce",
        [band(0, Some(499), 1_500, ""), band(501, None, 3_500, "FEE-01: chi ha 500 abitanti resta fuori")],
    );
    case.add(
        "Richieste",
        [Record::new()
            .with("ente", "c_zzzz")
            .with("servizio", "cloud")
            .with("tipo", RequestKind::Attivazione.word())
            .with("data", NaiveDate::from_ymd_opt(2026, 1, 12))
            .with("quantita", 1_u64)
            .with(NOTE, "WB-10: ente che non sta nel foglio Enti")],
    );
    for record in case.records("Incarichi") {
        record.put("e-mail", "info@altro.example");
        record.put(NOTE, "WB-09: due colonne per la posta elettronica");
    }
}

fn notes() -> Vec<String> {
    [
        "Questo file contiene errori voluti: serve a mostrare e a provare i controlli. La colonna «nota» dice quale regola mostra ogni riga; essendo una colonna sconosciuta al programma, ogni foglio riceve anche WB-05.",
        "Parte dall’esempio di Pesaro e Urbino: valgono le stesse avvertenze su nomi e codici inventati. La società Servizi Digitali è inventata.",
        "La fase è «stipula»: nell’esempio corretto è «schema».",
    ]
    .map(str::to_owned)
    .to_vec()
}
