//! The job from end to end: model, upload, checks, correction, acts, run, bundles, invoices; the same bytes as the command
//! line writes.

use std::path::Path;
use std::process::Command;
use std::time::Duration;

use super::client::{Browser, Desk, fixture};
use crate::support::today;

/// Runs the program as a person would, and gives the folder of its run.
fn command_line(arguments: &[&str], out: &Path) -> std::path::PathBuf {
    let fixture = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/pesaro-urbino.xlsx");
    let output = Command::new(env!("CARGO_BIN_EXE_scrivano"))
        .arg(arguments[0])
        .arg(fixture)
        .args(&arguments[1..])
        .args(["--alla-data", &today().to_string(), "-o"])
        .arg(out)
        .output()
        .expect("the program");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    out.join("pesaro-urbino")
}

/// Waits until the run is over, as a browser without scripts does.
pub fn wait(browser: &mut Browser) {
    for _ in 0..600 {
        if browser.get("/produci/corso").header("location") == "/produci/esito" {
            return;
        }
        std::thread::sleep(Duration::from_millis(200));
    }
    panic!("the run does not end");
}

#[test]
fn the_job_from_the_model_to_the_bundles() {
    let desk = Desk::open();
    let mut browser = Browser::new(&desk);
    assert!(browser.page("/").contains("Scegliere il modello"));
    assert!(!browser.page("/").contains("/controlli"), "there is no workbook yet");

    // The workbook of the model, then one full of faults, then the corrected one.
    let chosen = browser.get("/modelli/apri?modello=pesaro-urbino&foglio=esempio");
    assert_eq!(chosen.header("location"), "/modelli/pesaro-urbino/foglio?esempio=si");
    let example = browser.get("/modelli/pesaro-urbino/foglio?esempio=si");
    assert_eq!(example.body, fixture("pesaro-urbino.xlsx"), "the fixture is the model's example");
    let faulty = browser.get("/modelli/errori/foglio?esempio=si");
    browser.load("pesaro-urbino.xlsx", &faulty.body);
    let checks = browser.page("/controlli");
    assert!(
        checks.contains("errori da correggere") && checks.contains("/regole/ENT-01") && checks.contains("Foglio Enti")
    );
    let errors = browser.page("/controlli?gravita=errore&regola=ENT-01&per=ente");
    assert!(errors.contains("ENT-01") && !errors.contains("href=\"/regole/ENT-02\""));
    assert!(checks.contains("href=\"/controlli/foglio\""));
    let annotated = browser.get("/controlli/foglio");
    assert!(annotated.header("content-disposition").contains("\"pesaro-urbino-controllo.xlsx\""));
    assert!(annotated.body.starts_with(b"PK") && annotated.body.len() > faulty.body.len());
    browser.load("pesaro-urbino.xlsx", &example.body);
    let corrected = browser.page("/controlli");
    assert!(corrected.contains("Nessun errore") && corrected.contains("Che cosa è cambiato"));
    assert!(browser.page("/controlli?solo=nuove").contains("nuova"));

    // Bodies, one of them, its acts.
    let found = browser.page("/enti?cerca=acqua&ordina=quota");
    assert!(found.contains("Comune di Acqualagna") && !found.contains("Comune di Apecchio"));
    let body = browser.page("/enti/1");
    assert!(body.contains("Come si arriva alla quota") && body.contains("Enti!N3"));
    let act = browser.page("/enti/1/01-convenzione");
    assert!(act.contains("class=\"v\" tabindex=\"0\"") && act.contains("<span class=\"c\">Enti!D3</span>"));
    assert!(act.contains("<p class=\"margine\">") && act.contains("href=\"#atto-durata\""));
    assert!(browser.page("/enti/1/01-convenzione?vista=pdf").contains("<iframe"));
    let pdf = browser.get("/enti/1/01-convenzione/pdf");
    assert!(pdf.body.starts_with(b"%PDF") && pdf.header("content-type") == "application/pdf");
    assert!(browser.get("/enti/1/01-convenzione/word").body.starts_with(b"PK"));

    // Side by side: an act and its PDF, two acts.
    let both = browser.page("/enti/1/affiancati?primo=01-convenzione");
    assert!(both.contains("id=\"primo-durata\"") && both.contains("<iframe"));
    let both = browser.page("/enti/1/affiancati?primo=02-delibera-adesione&secondo=01-convenzione");
    assert!(both.contains("id=\"secondo-durata\"") && !both.contains("<iframe"));
    assert!(
        browser.page("/enti/1/affiancati?primo=../x&secondo=%00").contains("<iframe"),
        "what is not there is not asked"
    );
    for (path, frames) in [("/enti/1/01-convenzione/pdf", "SAMEORIGIN"), ("/enti/1/affiancati", "DENY")] {
        assert_eq!(browser.get(path).header("x-frame-options"), frames, "{path}");
    }

    // A run of two bodies.
    assert!(browser.page("/produci").contains("ente-1"));
    let asked = "quali=tutti&enti=scelti&ente=c_a035&ente=c_a327&formato=pdf&formato=docx";
    assert_eq!(browser.post("/produci", asked).header("location"), "/produci/corso");
    let events = browser.get("/produci/eventi");
    assert!(events.text().contains("event: stato") && events.text().contains("\"over\":true"), "{}", events.text());
    wait(&mut browser);
    assert!(browser.page("/produci/esito").contains("c_a035-acqualagna.zip"));
    let out = tempfile::tempdir().unwrap();
    let made = command_line(&["genera", "--enti", "c_a035,c_a327"], out.path());
    for (address, file) in [
        ("/produci/pacchetto/0", "c_a035-acqualagna.zip"),
        ("/produci/file/registro.xlsx", "registro.xlsx"),
        ("/produci/file/quadro.pdf", "quadro.pdf"),
        ("/produci/file/esito.json", "esito.json"),
    ] {
        let answer = browser.get(address);
        assert_eq!(answer.status, 200, "{address}");
        assert_eq!(answer.body, std::fs::read(made.join(file)).unwrap(), "{file} is what the command line makes");
    }
    // The PDF that is read is the one in the bundle.
    assert_eq!(pdf.body, std::fs::read(made.join("c_a035-acqualagna/01-convenzione.pdf")).unwrap());
    let all = browser.get("/produci/file/tutto.zip");
    let mut zip = zip::ZipArchive::new(std::io::Cursor::new(all.body)).unwrap();
    let names: Vec<String> = (0..zip.len()).map(|n| zip.by_index(n).unwrap().name().unwrap().into_owned()).collect();
    assert_eq!(names, ["esito.json", "quadro.pdf", "registro.xlsx", "c_a035-acqualagna.zip", "c_a327-apecchio.zip"]);

    // Leaving takes all of it away.
    assert_eq!(browser.post("/chiudi", "").header("location"), "/");
    assert_eq!(browser.get("/controlli").status, 404);
}

#[test]
fn acts_are_chosen_and_runs_are_stopped() {
    let desk = Desk::open();
    let mut browser = Browser::new(&desk);
    browser.load("enti.xlsx", &fixture("pesaro-urbino.xlsx"));
    for (asked, why) in [
        ("quali=scelti&formato=pdf", "Nessun atto scelto"),
        ("quali=tutti", "Nessun formato scelto"),
        ("quali=tutti&enti=scelti&formato=pdf", "Nessun ente scelto"),
    ] {
        let answer = browser.post("/produci", asked);
        assert_eq!(answer.status, 400, "{asked}");
        assert!(answer.text().contains(why), "{asked}");
    }
    browser.post("/produci", "quali=scelti&atto=nomina-referente&formato=html&enti=scelti&ente=c_a035");
    wait(&mut browser);
    assert!(browser.page("/produci/esito").contains("Nomina del referente"));
    browser.post("/produci", "quali=tutti&formato=pdf");
    assert_eq!(browser.post("/produci", "quali=tutti&formato=pdf").status, 409, "one run at a time");
    assert_eq!(browser.post("/produci/ferma", "").header("location"), "/produci/corso");
    wait(&mut browser);
    assert!(browser.page("/produci/esito").contains("Produzione fermata"));
}

#[test]
fn invoices_are_those_of_the_command_line() {
    let desk = Desk::open();
    let mut browser = Browser::new(&desk);
    browser.load("pesaro-urbino.xlsx", &fixture("pesaro-urbino.xlsx"));
    let preview = browser.page("/fatture?anno=2026");
    assert!(preview.contains("da emettere") && preview.contains("1.826,44"));
    assert_eq!(browser.get("/fatture/emesse").status, 404, "a preview issues nothing");
    assert_eq!(browser.get("/fatture?anno=1900").status, 400);
    assert_eq!(browser.post("/fatture", "anno=2026").status, 400, "without a yes nothing is issued");
    assert_eq!(browser.post("/fatture", "anno=2026&confermo=si").header("location"), "/fatture/emesse");
    assert!(browser.page("/fatture/emesse").contains("scaricare il foglio con il registro"));
    let out = tempfile::tempdir().unwrap();
    let copy = out.path().join("copia.xlsx");
    let made = command_line(&["fatture", "--anno", "2026", "--registra", copy.to_str().unwrap()], out.path());
    let sent = browser.get("/fatture/file/0/xml");
    let name = sent.header("content-disposition").split('"').nth(1).unwrap().to_owned();
    assert_eq!(sent.body, std::fs::read(made.join("fatture").join(name)).unwrap());
    assert!(browser.get("/fatture/file/0/copia").body.starts_with(b"%PDF"));
    let register = browser.get("/fatture/foglio").body;
    assert_eq!(register, std::fs::read(copy).unwrap());
    // The workbook with the register says that they are issued.
    browser.load("pesaro-urbino.xlsx", &register);
    assert!(browser.page("/fatture?anno=2026").contains("già emessa"));
}

#[test]
fn the_workbook_of_the_next_term_is_that_of_the_command_line() {
    let desk = Desk::open();
    let mut browser = Browser::new(&desk);
    assert_eq!(browser.get("/rinnovo").status, 404, "there is no workbook");
    browser.load("pesaro-urbino.xlsx", &fixture("pesaro-urbino.xlsx"));
    assert!(browser.page("/rinnovo").contains("value=\"2031-01-01\""));
    assert_eq!(browser.get("/rinnovo/foglio").status, 404);
    for wrong in
        ["decorrenza=domani&durata=5", "decorrenza=2031-02-30&durata=5", "durata=0", "durata=cinque", "durata=100"]
    {
        assert_eq!(browser.post("/rinnovo", wrong).status, 400, "{wrong}");
    }
    let made = browser.post("/rinnovo", "decorrenza=2031-07-01&durata=3");
    assert_eq!(made.header("location"), "/rinnovo/foglio-nuovo");
    assert!(browser.page("/rinnovo/foglio-nuovo").contains("dal 01/07/2031 al 30/06/2034"));
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("nuovo.xlsx");
    command_line(&["rinnovo", "--decorrenza", "2031-07-01", "--durata", "3"], &path);
    let sent = browser.get("/rinnovo/foglio");
    assert!(sent.header("content-disposition").contains("pesaro-urbino-rinnovo.xlsx"));
    assert_eq!(sent.body, std::fs::read(path).unwrap());
}

#[test]
fn every_page_of_every_model_is_small_and_there() {
    let desk = Desk::open();
    let mut browser = Browser::new(&desk);
    for path in ["/", "/modelli", "/regole"] {
        browser.page(path);
    }
    scrivano::rule::RULES.iter().for_each(|rule| {
        assert!(browser.page(&format!("/regole/{}", rule.code)).contains("Che cosa controlla"));
    });
    for name in ["accordo", "brianza", "cit-lecce", "lecco", "macerata", "upi", "errori"] {
        browser.load("enti.xlsx", &fixture(&format!("{name}.xlsx")));
        for path in ["/controlli", "/controlli?per=ente", "/enti", "/produci", "/scadenze", "/fatture"] {
            browser.page(path);
        }
        let bodies = browser.page("/enti").matches("href=\"/enti/").count();
        for body in (0..bodies).step_by(7) {
            let page = browser.page(&format!("/enti/{body}"));
            let acts = page.split("<h3><a href=\"").skip(1).filter_map(|rest| rest.split('"').next());
            for act in acts.map(str::to_owned).collect::<Vec<_>>() {
                browser.page(&act);
            }
        }
    }
    for model in crate::support::library().models() {
        assert!(browser.page(&format!("/modelli/{}", model.id)).contains("Foglio vuoto"));
        assert_eq!(browser.get(&format!("/modelli/{}/foglio", model.id)).status, 200);
    }
    assert!(browser.page("/modelli/upi/testo?file=clausole/recesso.md").contains("class=\"sorgente\""));
    let calendar = browser.get("/scadenze/calendario").text();
    assert!(calendar.starts_with("BEGIN:VCALENDAR"));
}
