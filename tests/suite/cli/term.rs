//! `scadenze` and `rinnovo`: the deadlines of a term, and the workbook of the next one, from the command to the acts.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Output;

use scrivano::date::YearDay;
use scrivano::dossier::{Deliberation, Dossier, Request};
use scrivano::example::{ExampleCell, PlainSheet};
use scrivano::model::Parameter;
use scrivano::pipeline::{self, Judge};
use scrivano::read;
use scrivano::rule::Severity;
use scrivano::schema::{DeliberationState, DeliberationSubject, RequestKind, Role, Stage};
use scrivano::table::Raw;
use serde_json::Value;

use crate::outputs::small::{Small, at_today, library, press, scrivano, stderr, stdout};

/// The fixture of the year-end scenario, the last summer of its term, the term that follows and its last year.
const FIXTURE: &str = "cit-brescia";
const SUMMER: &str = "2035-09-01";
const NEXT: [&str; 4] = ["--decorrenza", "01/01/2036", "--durata", "10"];
const LAST_YEAR: i32 = 2045;
/// Conventions: bodies that sign on their own.
const CONVENTIONS: usize = 205;

fn fixture() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures").join(format!("{FIXTURE}.xlsx"))
}

fn succeeds(output: &Output, status: i32) -> (String, String) {
    assert_eq!(output.status.code(), Some(status), "{}{}", stdout(output), stderr(output));
    (stdout(output), stderr(output))
}

/// The workbook at a path, judged on a day.
fn judged(path: &Path, day: &str) -> pipeline::Checked {
    let bytes = fs::read(path).expect("a workbook");
    let judge = Judge { library: library(), press: press(), today: day.parse().expect("a day"), jobs: 2, acts: None };
    pipeline::check("nuovo.xlsx", &bytes, &judge)
}

/// The texts of the cells of a sheet, row by row.
fn texts(path: &Path, name: &str) -> Vec<Vec<String>> {
    let workbook = read::workbook("nuovo.xlsx", &fs::read(path).expect("a file")).expect("a workbook");
    let sheet = workbook.sheets.iter().find(|sheet| &*sheet.name == name).unwrap_or_else(|| panic!("no sheet {name}"));
    let text = |raw: &Raw| match raw {
        Raw::Text(text) => text.clone(),
        Raw::Number(number, _) => number.clone(),
        Raw::Date(moment) => moment.date().to_string(),
        other => format!("{other:?}"),
    };
    sheet.rows.iter().map(|row| row.cells.iter().map(|cell| text(&cell.raw)).collect()).collect()
}

#[test]
fn a_centre_is_renewed_at_the_end_of_its_term() {
    let folder = tempfile::tempdir().expect("a folder");
    let at = folder.path();
    fs::copy(fixture(), at.join("vecchio.xlsx")).expect("a copy");
    let old = judged(&at.join("vecchio.xlsx"), SUMMER).dossier.expect("a dossier");
    let run = [&["rinnovo", "vecchio.xlsx", "-o", "nuovo.xlsx", "--alla-data", SUMMER], &NEXT[..]].concat();
    let (said, talk) = succeeds(&scrivano(at, &run), 0);
    assert!(said.contains("Che cosa è stato fatto") && said.contains("Da controllare"), "{said}");
    assert!(talk.contains("scrivano controlla nuovo.xlsx"), "{talk}");

    let checked = judged(&at.join("nuovo.xlsx"), SUMMER);
    let errors: Vec<_> = checked.diagnostics.iter().filter(|found| found.severity != Severity::Note).collect();
    assert!(errors.is_empty(), "{errors:#?}");
    let dossier = checked.dossier.expect("a dossier");
    let it = &dossier.convention;
    let first = old.convention.scadenza.copied().and_then(|day| day.succ_opt());
    assert_eq!(it.decorrenza.copied(), first, "the fixture ends on 31 December");
    assert_eq!(it.scadenza.copied(), chrono::NaiveDate::from_ymd_opt(LAST_YEAR, 12, 31));
    assert!(it.fase.is(Stage::Schema) && it.data_firma.is_absent());
    assert_eq!(dossier.parties().count(), CONVENTIONS);
    assert_eq!(dossier.adherents().count(), old.adherents().count());
    assert!(dossier.adherents().all(|(_, body)| body.gia_aderente.is(true) && body.ruolo.is(Role::Aderente)));
    renewals(&old, &dossier);
    assert!(!dossier.requests.is_empty() && dossier.requests.len() < old.requests.len());
    assert!(dossier.requests.iter().all(|row| row.tipo.is(RequestKind::Conferma) && row.data.is_absent()));
    assert_eq!(dossier.posts.len(), old.posts.len());
    assert!(dossier.invoices.is_empty());
    let notes = texts(&at.join("nuovo.xlsx"), "Rinnovo");
    let noted = |text: &str| notes.iter().flatten().any(|cell| cell.contains(text));
    let last = format!("{LAST_YEAR}-12-31");
    assert!(noted("Scadenze del nuovo periodo") && noted(&last) && noted("Scadenza della convenzione"));

    let acts = "convenzione,delibera-adesione,conferma-annuale";
    let run = ["genera", "nuovo.xlsx", "--atti", acts, "--formati", "html", "--alla-data", SUMMER, "--formato", "json"];
    let (json, _) = succeeds(&scrivano(at, &run), 0);
    let report: Value = serde_json::from_str(&json).expect("JSON");
    let acts = report["acts"].as_array().expect("acts");
    assert!(acts.iter().all(|act| act["state"] == "produced"));
    let of = |kind: &'static str| acts.iter().filter(move |act| act["act"] == kind);
    assert_eq!((of("convenzione").count(), of("delibera-adesione").count()), (CONVENTIONS, CONVENTIONS));
    let page = |act: &Value| {
        let file = act["files"][0]["path"].as_str().expect("a path");
        fs::read_to_string(at.join("out/nuovo").join(file)).expect("a page")
    };
    assert!(of("convenzione").map(page).all(|page| page.contains(&LAST_YEAR.to_string())));
    let confirming: BTreeSet<&str> =
        dossier.requests.iter().filter_map(|row| Some(dossier.bodies.get(row.of?)?.code())).collect();
    let pages = of("conferma-annuale").filter(|act| act["body"].as_str().is_some_and(|code| confirming.contains(code)));
    let name = |row: &Request| dossier.service(row).and_then(|service| service.nome.get()).cloned().expect("a service");
    let names: BTreeSet<String> = dossier.requests.iter().map(name).collect();
    let count = pages.map(page).inspect(|page| assert!(names.iter().any(|name| page.contains(name)))).count();
    assert_eq!(count, confirming.len());
}

/// One proposal of scheme and one of renewal for each party, with nothing of the vote and the chapters of before.
fn renewals(old: &Dossier, dossier: &Dossier) {
    let of = |subject| dossier.deliberations.iter().filter(move |act: &&Deliberation| act.oggetto.is(subject));
    assert_eq!(of(DeliberationSubject::Schema).count(), 1);
    assert_eq!(of(DeliberationSubject::Rinnovo).count(), dossier.parties().count());
    assert_eq!(of(DeliberationSubject::Adesione).count(), 0);
    for act in &dossier.deliberations {
        assert!(act.stato.is(DeliberationState::Proposta) && !act.organo.is_absent());
        assert!(
            act.numero.is_absent() && act.data.is_absent() && act.presenti.is_absent() && act.favorevoli.is_absent()
        );
    }
    let chapter = |dossier: &Dossier, code: &str| {
        let body = dossier.find_body(code).and_then(|index| dossier.bodies.get(index)).expect("a body");
        dossier.adhesion_of(body).and_then(|act| act.capitolo.get()).cloned()
    };
    for (_, body) in dossier.parties() {
        assert_eq!(chapter(dossier, body.code()), chapter(old, body.code()), "{}", body.code());
    }
}

#[test]
fn the_same_renewal_gives_the_same_bytes() {
    let folder = tempfile::tempdir().expect("a folder");
    Small::of("upi", &["c_a315"]).write(folder.path(), "enti.xlsx");
    for name in ["uno.xlsx", "due.xlsx"] {
        succeeds(&at_today(folder.path(), &["rinnovo", "enti.xlsx", "-o", name]), 0);
    }
    let read = |name: &str| fs::read(folder.path().join(name)).expect("a file");
    assert!(read("uno.xlsx") == read("due.xlsx"));
    let checked = judged(&folder.path().join("uno.xlsx"), "2028-09-01");
    let it = checked.dossier.expect("a dossier").convention;
    let day = |y, m, d| chrono::NaiveDate::from_ymd_opt(y, m, d);
    assert_eq!(
        (it.decorrenza.copied(), it.scadenza.copied()),
        (day(2029, 1, 1), day(2031, 12, 31)),
        "as long as before"
    );
}

#[test]
fn a_file_that_is_there_is_not_written_over_and_the_old_workbook_never() {
    let folder = tempfile::tempdir().expect("a folder");
    let at = folder.path();
    let old = fs::read(Small::of("upi", &["c_a315"]).write(at, "enti.xlsx")).expect("a file");
    fs::write(at.join("nuovo.xlsx"), b"mio").expect("written");
    fs::write(at.join("nuovo.ics"), b"mio").expect("written");
    for run in [&["rinnovo", "enti.xlsx", "-o", "nuovo.xlsx"][..], &["scadenze", "enti.xlsx", "-o", "nuovo.ics"]] {
        let (_, said) = succeeds(&at_today(at, run), 2);
        assert!(said.contains("c’è già"), "{said}");
    }
    let (_, said) = succeeds(&at_today(at, &["rinnovo", "enti.xlsx", "-o", "./enti.xlsx", "--sovrascrivi"]), 2);
    assert!(said.contains("non può prendere il posto"), "{said}");
    assert!(fs::read(at.join("enti.xlsx")).expect("a file") == old);
    assert_eq!(fs::read(at.join("nuovo.xlsx")).expect("a file"), b"mio");
    succeeds(&at_today(at, &["rinnovo", "enti.xlsx", "-o", "nuovo.xlsx", "--sovrascrivi"]), 0);
    succeeds(&at_today(at, &["scadenze", "enti.xlsx", "-o", "nuovo.ics", "--sovrascrivi"]), 0);
    assert!(fs::read(at.join("nuovo.ics")).expect("a file").starts_with(b"BEGIN:VCALENDAR\r\n"));
    assert!(fs::read_dir(at).expect("a folder").all(|entry| {
        let name = entry.expect("an entry").file_name();
        !name.to_string_lossy().ends_with(".parte")
    }));
}

#[test]
fn what_the_clerk_keeps_beside_is_kept() {
    let folder = tempfile::tempdir().expect("a folder");
    let at = folder.path();
    let small = Small::of("upi", &["c_a315", "c_a765"])
        .set("Enti", 1, "cap", "0201O")
        .set("Enti", 2, "abitanti", ExampleCell::Empty)
        .set("Enti", 2, "abitanti_al", ExampleCell::Empty)
        .edit(|example| {
            for sheet in &mut example.sheets {
                if sheet.name == "Enti" {
                    sheet.extra.push("referente interno".to_owned());
                    (0_u64..).zip(&mut sheet.rows).for_each(|(n, row)| row.push(format!("ufficio {n}").into()));
                }
                if sheet.name == "Convenzione" {
                    sheet.fields.push(("protocollo".to_owned(), "0012/2025".into()));
                }
            }
            let cells = vec![(0, 0, "Telefonate".into()), (4, 2, ExampleCell::from(7_u64))];
            example.others.push(PlainSheet { name: "Appunti".to_owned(), cells, ..PlainSheet::default() });
        });
    small.write(at, "enti.xlsx");
    let (said, talk) = succeeds(&at_today(at, &["rinnovo", "enti.xlsx", "-o", "nuovo.xlsx"]), 1);
    assert!(said.contains("ENT-03") && talk.contains("Il vecchio foglio ha errori"), "{said}{talk}");
    let new = at.join("nuovo.xlsx");
    let bodies = texts(&new, "Enti");
    assert_eq!(bodies[0].last().map(String::as_str), Some("referente interno"));
    assert_eq!(bodies[2].last().map(String::as_str), Some("ufficio 1"));
    assert!(bodies[2].contains(&"0201O".to_owned()), "what could not be read stays, to be corrected");
    assert!(texts(&new, "Convenzione").contains(&vec!["protocollo".to_owned(), "0012/2025".to_owned()]));
    assert_eq!(texts(&new, "Appunti"), [vec!["Telefonate".to_owned()], vec!["7".to_owned()]]);
    let checked = judged(&new, "2028-09-01");
    let dossier = checked.dossier.expect("a dossier");
    let second = dossier.bodies.get(2).expect("a body");
    assert_eq!(second.abitanti.origin, scrivano::dossier::Origin::Completed, "left blank, and completed again");

    // A renewal of the renewal does not pile up notes.
    succeeds(&at_today(at, &["rinnovo", "nuovo.xlsx", "-o", "terzo.xlsx"]), 1);
    let names: Vec<String> = read::workbook("x.xlsx", &fs::read(at.join("terzo.xlsx")).expect("a file"))
        .expect("a workbook")
        .sheets
        .iter()
        .map(|sheet| sheet.name.to_string())
        .collect();
    assert_eq!(names.iter().filter(|name| name.starts_with("Rinnovo")).count(), 1, "{names:?}");
    assert_eq!(names.iter().filter(|name| *name == "Appunti").count(), 1);
}

#[test]
fn a_faulty_workbook_is_renewed_all_the_same() {
    let folder = tempfile::tempdir().expect("a folder");
    let at = folder.path();
    let written = scrivano(at, &["modello", "errori", "--esempio", "-o", "errori.xlsx"]);
    succeeds(&written, 0);
    let run = ["rinnovo", "errori.xlsx", "-o", "nuovo.xlsx", "--decorrenza", "2031-01-01", "--durata", "5"];
    let (said, _) = succeeds(&at_today(at, &[&run[..], &["--formato", "json"]].concat()), 1);
    let report: Value = serde_json::from_str(&said).expect("JSON");
    assert_eq!(report["schema"], "scrivano/renewal/1");
    assert_eq!((report["from"].as_str(), report["to"].as_str()), (Some("2031-01-01"), Some("2035-12-31")));
    let errors = report["diagnostics"].as_array().expect("a list");
    assert!(errors.len() > 20 && errors.iter().all(|found| found["severity"] == "error"));
    assert!(judged(&at.join("nuovo.xlsx"), "2030-09-01").dossier.is_some());
    let (_, said) = succeeds(&at_today(at, &["scadenze", "errori.xlsx"]), 1);
    assert!(said.contains("possono mancare scadenze"), "{said}");
}

#[test]
fn deadlines_are_told_in_order_with_what_they_rest_on() {
    let folder = tempfile::tempdir().expect("a folder");
    let at = folder.path();
    Small::of("pesaro-urbino", &["c_a035", "c_a327"])
        .set("Enti", 1, "recesso_comunicato_il", "02/10/2027")
        .write(at, "enti.xlsx");
    let (said, _) = succeeds(&at_today(at, &["scadenze", "enti.xlsx"]), 0);
    assert!(said.contains("ven 02/10/2026") && said.contains("comunicare il recesso"), "{said}");
    assert!(said.contains("gio 01/01/2026  passata"), "{said}");
    assert!(!said.contains('\u{1b}'), "no colour when nobody sees it");
    let (json, _) = succeeds(&at_today(at, &["scadenze", "enti.xlsx", "--formato", "json"]), 0);
    let report: Value = serde_json::from_str(&json).expect("JSON");
    assert_eq!(
        (report["schema"].as_str(), report["today"].as_str()),
        (Some("scrivano/deadlines/1"), Some("2026-01-10"))
    );
    let list = report["deadlines"].as_array().expect("a list");
    let days: Vec<&str> = list.iter().map(|it| it["day"].as_str().expect("a day")).collect();
    assert!(days.is_sorted());
    for it in list {
        assert_eq!(it["past"], it["day"].as_str() < Some("2026-01-10"), "{it}");
        assert!(it["basis"].as_str().is_some_and(|text| !text.is_empty()), "{it}");
    }
    let leaving = list.iter().find(|it| it["kind"] == "leaving").expect("a withdrawal");
    assert_eq!((leaving["day"].as_str(), leaving["body"].as_str()), (Some("2028-01-01"), Some("c_a035")));
    assert_eq!(leaving["place"]["sheet"], "Enti");
    let (brief, _) = succeeds(&at_today(at, &["scadenze", "enti.xlsx", "--formato", "breve"]), 0);
    assert_eq!(brief.lines().count(), list.len());

    let (_, talk) = succeeds(&at_today(at, &["scadenze", "enti.xlsx", "-o", "uno.ics"]), 0);
    assert!(talk.contains("Scritto uno.ics"), "{talk}");
    succeeds(&at_today(at, &["scadenze", "enti.xlsx", "-o", "due.ics"]), 0);
    let read = |name: &str| fs::read_to_string(at.join(name)).expect("a calendar");
    assert_eq!(read("uno.ics"), read("due.ics"));
    assert_eq!(read("uno.ics").matches("BEGIN:VEVENT").count(), list.len());
}

/// What the clauses say in words and `[scadenze]` in days is the same.
#[test]
fn the_days_of_the_models_are_those_of_their_words() {
    let mut compared = 0;
    for model in library().models() {
        let words = |key: &str| match model.parametri.get(key) {
            Some(Parameter::Text(text)) => text.replace('\u{a0}', " "),
            _ => String::new(),
        };
        let mut day = |key: &str, day: Option<YearDay>, is_month: bool| {
            let (Some(day), text) = (day, words(key)) else { return };
            let (number, month) =
                day.to_string().split_once('\u{a0}').map(|(a, b)| (a.to_owned(), b.to_owned())).expect("a day");
            let said = text.contains(&format!("{number} {month}")) || is_month && text.contains(&month);
            assert!(said, "{}: {key} says «{text}», not {day}", model.id);
            compared += 1;
        };
        let schedule = &model.scadenze;
        day("addebito_entro", schedule.addebito, true);
        day("pagamento_entro", schedule.pagamento, false);
        day("rendiconto_entro", schedule.rendiconto, false);
        let mut count = |key: &str, days: Option<u64>| {
            let (Some(days), text) = (days, words(key)) else { return };
            let in_words = scrivano::italian::number_words(days);
            assert!(text.contains(&in_words), "{}: {key} says «{text}», not {days}", model.id);
            compared += 1;
        };
        count("pagamento_entro", schedule.pagamento_giorni.map(u64::from));
        count("preavviso_disdetta", schedule.disdetta_giorni);
        count("relazione_finale", schedule.relazione_giorni);
    }
    assert!(compared >= 8, "{compared}");
    let term = library().files("upi").into_iter().find(|(path, _)| path == "clausole/durata.md").expect("a clause").1;
    assert_eq!(scrivano::deadlines::PROPOSAL_MONTHS, 6);
    assert!(term.contains("sei mesi prima della scadenza"), "the months of the clause are those of the program");
}
