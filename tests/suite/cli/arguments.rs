//! Arguments: help, aliases, complaints, statuses, all in Italian.

use crate::outputs::small::{scrivano, stderr, stdout};

/// Runs the program in an empty folder; gives status, stdout, stderr.
fn run(arguments: &[&str]) -> (Option<i32>, String, String) {
    let folder = tempfile::tempdir().expect("a folder");
    let output = scrivano(folder.path(), arguments);
    (output.status.code(), stdout(&output), stderr(&output))
}

/// English words of the argument library that must never show.
const ENGLISH: [&str; 9] =
    ["error:", "Usage", "Options", "OPTIONS", "Commands", "For more", " not ", "required", "possible values"];

#[test]
fn wrong_arguments_are_refused_in_italian_with_status_2() {
    let cases: &[(&[&str], &str)] = &[
        (&[], "manca il comando"),
        (&["pippo"], "il comando «pippo» non esiste"),
        (&["genra", "x.xlsx"], "forse si voleva «genera»"),
        (&["genera"], "manca <FILE>"),
        (&["genera", "x.xlsx", "--formatti", "pdf"], "l’opzione «--formatti» non esiste"),
        (&["controlla", "x.xlsx", "y.xlsx"], "«y.xlsx» è di troppo"),
        (&["controlla", "x.xlsx", "--formato", "xml"], "i valori possibili sono: testo, breve, json"),
        (&["controlla", "x.xlsx", "--alla-data", "domani"], "non è una data"),
        (&["genera", "x.xlsx", "--fetta", "4/3"], "scrivere per esempio 2/4"),
        (&["genera", "x.xlsx", "--fetta", "0/3"], "scrivere per esempio 2/4"),
        (&["genera", "x.xlsx", "--lavori", "0"], "serve un numero da 1 a 256"),
        (&["genera", "x.xlsx", "--lavori", "molti"], "serve un numero da 1 a 256"),
        (&["genera", "x.xlsx", "--formati", "pdf,odt"], "i formati sono: pdf, docx, html"),
        (&["genera", "x.xlsx", "--atti", "statuto"], "gli atti sono: lettera-trasmissione, convenzione, accordo"),
        (&["genera", "x.xlsx", "--enti"], "manca il valore"),
        (&["genera", "x.xlsx", "-o", "a", "-o", "b"], "due volte"),
        (&["rinnovo", "x.xlsx"], "manca --output <NUOVO.xlsx>"),
        (&["rinnovo", "x.xlsx", "-o", "y.xlsx", "--durata", "0"], "serve un numero di anni da 1 a 99"),
        (&["rinnovo", "x.xlsx", "-o", "y.xlsx", "--decorrenza", "presto"], "non è una data"),
        (&["rinnovo", "x.xlsx", "-o", "y.ods"], "il foglio nuovo è un file .xlsx"),
        (&["scadenze", "x.xlsx", "-o", "y.xlsx"], "il calendario è un file .ics"),
        (&["controlla-fattura"], "manca <FILE.xml>"),
        (&["controlla-fattura", "x.xml", "--alla-data", "ieri"], "non è una data"),
        (&["spiega"], "manca <CODICE>"),
        (&["spiega", "ENT-99"], "la regola «ENT-99» non esiste"),
        (&["modello", "upii", "-o", "x.xlsx"], "forse si voleva «upi»"),
        (&["modello", "upi"], "dire dove scrivere"),
    ];
    for (arguments, words) in cases {
        let (status, out, err) = run(arguments);
        assert_eq!(status, Some(2), "{arguments:?}: {err}");
        assert_eq!(out, "", "{arguments:?}");
        assert!(err.starts_with("errore: ") && err.contains(words), "{arguments:?}: {err}");
        for english in ENGLISH {
            assert!(!err.contains(english), "{arguments:?} speaks English: {err}");
        }
    }
}

#[test]
fn help_is_italian_and_goes_to_stdout() {
    let commands = ["modello", "controlla", "genera", "scadenze", "rinnovo", "spiega", "regole"];
    let (status, out, err) = run(&["--aiuto"]);
    assert_eq!((status, err.as_str()), (Some(0), ""));
    for command in commands {
        assert!(out.contains(&format!("\n  {command} ")), "{out}");
    }
    let pages = commands.map(|command| run(&[command, "--aiuto"]));
    for ((status, page, err), command) in pages.into_iter().zip(commands) {
        assert_eq!((status, err.as_str()), (Some(0), ""), "{command}");
        assert!(page.contains(&format!("Uso: scrivano {command}")) && page.contains("Opzioni:"), "{page}");
        for english in ENGLISH {
            assert!(!page.contains(english) && !out.contains(english), "«{english}» in the help of {command}: {page}");
        }
    }
    for help in ["-h", "--help"] {
        assert_eq!(run(&[help]).1, out);
    }
}

#[test]
fn version_and_lists_end_with_status_0() {
    assert_eq!(run(&["--versione"]).1, format!("scrivano {}\n", env!("CARGO_PKG_VERSION")));
    assert_eq!(run(&["--version"]).0, Some(0));
    let (status, models, _) = run(&["modello"]);
    assert!(status == Some(0) && models.contains("pesaro-urbino\n") && models.contains("upi\n"), "{models}");
    let (status, json, _) = run(&["template", "--formato", "json"]);
    let json: serde_json::Value = serde_json::from_str(&json).expect("JSON");
    assert_eq!((status, json["schema"].as_str()), (Some(0), Some("scrivano/models/1")));
}

#[test]
fn english_aliases_do_the_same() {
    assert_eq!(run(&["regole"]).1, run(&["rules"]).1);
    assert_eq!(run(&["spiega", "ENT-01"]).1, run(&["explain", "ent-01"]).1);
    assert_eq!(run(&["modello", "--formato", "breve"]).1, run(&["template", "--formato", "breve"]).1);
    assert_eq!(run(&["check", "manca.xlsx"]).2, run(&["controlla", "manca.xlsx"]).2);
    assert_eq!(run(&["generate", "manca.xlsx"]).2, run(&["genera", "manca.xlsx"]).2);
    assert_eq!(run(&["deadlines", "manca.xlsx"]).2, run(&["scadenze", "manca.xlsx"]).2);
    assert_eq!(run(&["renew", "manca.xlsx", "-o", "x.xlsx"]).2, run(&["rinnovo", "manca.xlsx", "-o", "x.xlsx"]).2);
}

#[test]
fn rules_are_listed_and_each_is_explained() {
    let (status, out, _) = run(&["regole", "--formato", "json"]);
    assert_eq!(status, Some(0));
    let list: serde_json::Value = serde_json::from_str(&out).expect("JSON");
    assert_eq!(list["schema"], "scrivano/rules/1");
    let rules = list["rules"].as_array().expect("rules");
    assert_eq!(rules.len(), scrivano::rule::RULES.len());
    let (_, brief, _) = run(&["regole", "--formato", "breve"]);
    assert_eq!(brief.lines().count(), rules.len());
    let (status, page, _) = run(&["spiega", "ENT-01", "--formato", "json"]);
    let page: serde_json::Value = serde_json::from_str(&page).expect("JSON");
    assert_eq!(status, Some(0));
    assert!(page["page"].as_str().is_some_and(|text| text.contains("## ")));
}
