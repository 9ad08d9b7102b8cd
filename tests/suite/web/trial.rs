//! Texts tried out: judged and seen without anything written, kept by the visitor alone, carried away, used in a run.

use std::io::Read;

use super::client::{Browser, Desk, fixture};

/// A text as a field of a form.
fn field(text: &str) -> String {
    text.bytes().map(|byte| format!("%{byte:02X}")).collect()
}

/// The text that a page shows for editing.
fn shown(page: &str) -> String {
    let (_, rest) = page.split_once("<textarea").unwrap();
    let (_, rest) = rest.split_once(">\n").unwrap();
    let text = rest.split_once("</textarea>").unwrap().0;
    [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#x27;", "'"), ("&#x3D;", "="), ("&#x60;", "`"), ("&amp;", "&")]
        .iter()
        .fold(text.to_owned(), |text, (code, sign)| text.replace(code, sign))
}

const TRIAL: &str = "/modelli/pesaro-urbino/prova";
const CLAUSE: &str = "clausole/recesso.md";

#[test]
fn a_text_is_tried_judged_seen_carried_away_and_given_back() {
    let desk = Desk::open();
    let mut browser = Browser::new(&desk);
    let address = format!("{TRIAL}?file={CLAUSE}");
    let page = browser.page(&address);
    assert!(page.contains("Il testo non ha difetti") && page.contains("l’esempio del modello"));
    assert!(page.contains("class=\"qui\""), "what comes of the text is pointed out");
    let original = scrivano::compose::Library::load(Vec::new());
    let original = original.files("pesaro-urbino").into_iter().find(|(path, _)| path == CLAUSE).unwrap().1;
    assert_eq!(shown(&page).trim_end(), original.trim_end(), "the text goes in and comes out the same");
    assert!(browser.cookies.is_empty(), "looking begins nothing");

    // A fault has its line and column, and no preview is made of it.
    let faulty = format!("{original}\nIl {{{{ente.nme}}}}.\n");
    let form = |text: &str| format!("file={CLAUSE}&azione=prova&testo={}", field(text));
    assert_eq!(browser.post(TRIAL, &form(&faulty)).status, 303);
    let page = browser.page(&address);
    let line = faulty.lines().position(|line| line.contains("ente.nme")).unwrap() + 1;
    assert!(page.contains(&format!("riga {line}, colonna 4")) && page.contains("ente.nme"), "{page}");
    assert!(page.contains("L’anteprima torna quando i difetti sono corretti"));

    // A sound change is seen in the act, also of a dropped workbook.
    browser.load("enti.xlsx", &fixture("pesaro-urbino.xlsx"));
    let changed = original.replace("può recedere", "può uscire e recedere");
    assert_ne!(changed, original);
    browser.post(TRIAL, &form(&changed.replace('\n', "\r\n")));
    let page = browser.page(&format!("{address}&atto=convenzione&ente=c_a327"));
    assert!(page.contains("Convenzione, Comune di Apecchio. Dati: enti.xlsx"));
    let preview = page.split("class=\"foglio stretto\"").nth(1).unwrap();
    assert!(preview.contains("può uscire e recedere"));
    assert!(browser.page("/modelli").contains(CLAUSE) && browser.page("/modelli/pesaro-urbino").contains("modificato"));
    assert!(!browser.page("/enti/1/01-convenzione").contains("uscire e "), "the acts of the workbook are untouched");

    // The file that is carried away is what `--testi` reads.
    let zip = browser.get("/modelli/pesaro-urbino/testi");
    assert!(zip.header("content-disposition").contains("pesaro-urbino-testi.zip"));
    let mut zip = zip::ZipArchive::new(std::io::Cursor::new(zip.body)).unwrap();
    let mut texts = Vec::new();
    for index in 0..zip.len() {
        let mut file = zip.by_index(index).unwrap();
        let (name, mut bytes) = (file.name().unwrap().into_owned(), Vec::new());
        file.read_to_end(&mut bytes).unwrap();
        texts.push((name, bytes));
    }
    let carried = scrivano::compose::Library::load(texts);
    assert!(carried.faults("pesaro-urbino").is_empty());
    let text = carried.files("pesaro-urbino").into_iter().find(|(path, _)| path == CLAUSE).unwrap().1;
    assert_eq!(text, changed);

    // Somebody else has none of it; given back, it is as it was.
    let mut other = Browser::new(&desk);
    assert_eq!(shown(&other.page(&address)).trim_end(), original.trim_end());
    browser.post(TRIAL, &format!("file={CLAUSE}&azione=originale&testo=x"));
    assert_eq!(shown(&browser.page(&address)).trim_end(), original.trim_end());
    browser.post(TRIAL, &form(&changed));
    assert_eq!(browser.post("/modelli/originali", "").header("location"), "/modelli");
    assert!(!browser.page("/modelli").contains(CLAUSE));
}

#[test]
fn a_run_is_made_with_changed_texts_where_it_is_asked_for() {
    let desk = Desk::open();
    let mut browser = Browser::new(&desk);
    browser.load("enti.xlsx", &fixture("pesaro-urbino.xlsx"));
    assert!(!browser.page("/produci").contains("testi-modificati"));
    let text = "# {{ente.nome}} nomina\n\nProva di testo.\n";
    browser.post(TRIAL, &format!("file=atti/nomina-referente.md&testo={}", field(text)));
    assert!(browser.page("/produci").contains("testi-modificati"));
    let run = "quali=scelti&atto=nomina-referente&formato=html&enti=scelti&ente=c_a035";
    for (texts, is_changed) in [("modificati", true), ("originali", false), ("modificati", true)] {
        browser.post("/produci", &format!("{run}&testi={texts}"));
        super::walk::wait(&mut browser);
        let page = browser.page("/produci/esito");
        assert_eq!(page.contains("Con testi modificati"), is_changed, "{texts}");
        let bundle = browser.get("/produci/pacchetto/0");
        let mut zip = zip::ZipArchive::new(std::io::Cursor::new(bundle.body)).unwrap();
        let mut html = String::new();
        zip.by_name("07-nomina-referente.html").unwrap().read_to_string(&mut html).unwrap();
        assert_eq!(html.contains("Prova di testo."), is_changed, "{texts}");
    }
}

#[test]
fn what_is_tried_is_bounded_and_only_texts_of_ours_are() {
    let desk = Desk::open();
    let mut browser = Browser::new(&desk);
    for file in
        ["../../Cargo.toml", "pesaro-urbino/model.toml", "/etc/passwd", "clausole/altro.md", "", "web/prova.hbs"]
    {
        assert_eq!(browser.get(&format!("{TRIAL}?file={file}")).status, 404, "{file}");
        assert_eq!(browser.post(TRIAL, &format!("file={file}&testo=x")).status, 404, "{file}");
    }
    assert_eq!(browser.get("/modelli/altro/prova?file=clausole/recesso.md").status, 404);
    assert_eq!(browser.get("/modelli/..%2f../testi").status, 404);
    let long = format!("file={CLAUSE}&testo={}", "x".repeat(200_001));
    assert_eq!(browser.post(TRIAL, &long).status, 400);
    assert_eq!(browser.post(TRIAL, &format!("file={CLAUSE}&testo={}", "x".repeat(3_000_000))).status, 400);
    assert_eq!(browser.post(TRIAL, &format!("file={CLAUSE}")).status, 400);
    // Odd texts are told, and nothing breaks.
    for text in
        ["{{#if", "{{> clausole/recesso}}", "{{> a}}{{> b", "", "\u{e000}", "{{{x}}}", "[](#nulla)", "# a\n# b\n"]
    {
        assert_eq!(browser.post(TRIAL, &format!("file={CLAUSE}&testo={}", field(text))).status, 303, "{text:?}");
        let page = browser.page(&format!("{TRIAL}?file={CLAUSE}&ente=nessuno&atto=nessuno&dati=altro"));
        assert!(!page.contains("<script>alert"), "what is typed is never markup");
    }
}
