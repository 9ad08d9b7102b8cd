//! Runs of `genera`: the same bytes whatever the threads, what is unchanged left alone, bundles whole.

use std::fs;
use std::io::{Cursor, Read};
use std::path::Path;
use std::time::SystemTime;

use serde_json::Value;
use sha2::{Digest, Sha256};

use super::small::{Small, at_today, files, stderr};

fn small() -> Small {
    Small::of("pesaro-urbino", &["c_a035", "museo-storia"])
}

/// Runs `genera` and wants this exit status.
fn generate(folder: &Path, arguments: &[&str], status: i32) -> String {
    let output = at_today(folder, &[&["genera"], arguments].concat());
    assert_eq!(output.status.code(), Some(status), "{}", stderr(&output));
    stderr(&output)
}

fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

fn times(folder: &Path) -> Vec<(String, SystemTime)> {
    let time = |name: &String| fs::metadata(folder.join(name)).and_then(|it| it.modified()).expect("a time");
    files(folder).into_iter().map(|(name, _)| (name.clone(), time(&name))).collect()
}

#[test]
fn the_same_workbook_gives_the_same_bytes_and_whole_bundles() {
    let folder = tempfile::tempdir().expect("a folder");
    small().write(folder.path(), "enti.xlsx");
    generate(folder.path(), &["enti.xlsx", "-o", "uno", "--lavori", "1", "--formati", "pdf,docx,html"], 0);
    generate(folder.path(), &["enti.xlsx", "-o", "due/sotto", "--lavori", "3", "--formati", "html,docx,pdf"], 0);
    let (one, two) = (files(&folder.path().join("uno/enti")), files(&folder.path().join("due/sotto/enti")));
    let names = |list: &[(String, Vec<u8>)]| list.iter().map(|(name, _)| name.clone()).collect::<Vec<_>>();
    assert_eq!(names(&one), names(&two));
    // Five acts of the Comune that asks for a service, three of the museum, two of the lead body, each in three formats;
    // three bundles, three reports, the memory of the run.
    assert_eq!(one.len(), (5 + 3 + 2) * 3 + 3 + 3 + 1, "{:?}", names(&one));
    for ((name, a), (_, b)) in one.iter().zip(&two) {
        assert!(a == b, "{name} differs between runs");
    }
    for (name, bytes) in one.iter().filter(|(name, _)| name.ends_with(".zip")) {
        bundle(name, bytes, &one);
    }
    let report: Value =
        serde_json::from_slice(&one.iter().find(|(name, _)| name == "esito.json").expect("esito").1).expect("JSON");
    assert_eq!(report["schema"], "scrivano/run/1");
    assert_eq!(report["summary"]["produced"], 10);
    for act in report["acts"].as_array().expect("acts") {
        for file in act["files"].as_array().expect("files") {
            let path = file["path"].as_str().expect("a path");
            let (_, bytes) = one.iter().find(|(name, _)| name == path).expect(path);
            assert_eq!(file["sha256"], sha256(bytes));
            assert_eq!(file["bytes"], bytes.len());
        }
    }
}

fn bundle(name: &str, bytes: &[u8], all: &[(String, Vec<u8>)]) {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).expect("a zip");
    let mut entries = Vec::new();
    for index in 0..archive.len() {
        let mut entry = archive.by_index(index).expect("an entry");
        let time = entry.last_modified().expect("a time");
        assert_eq!((time.year(), time.month(), time.day()), (1980, 1, 1), "{name}: a clock in the bundle");
        let mut content = Vec::new();
        entry.read_to_end(&mut content).expect("content");
        entries.push((entry.name().expect("a name").into_owned(), content));
    }
    let names: Vec<&str> = entries.iter().map(|(name, _)| name.as_str()).collect();
    assert!(names.is_sorted(), "{name}: {names:?}");
    let content = |wanted: &str| &entries.iter().find(|(name, _)| name == wanted).expect(wanted).1;
    let manifest: Value = serde_json::from_slice(content("manifesto.json")).expect("JSON");
    assert_eq!(manifest["schema"], "scrivano/manifest/1");
    let documents = manifest["documents"].as_array().expect("documents");
    let described = documents.iter().filter_map(|document| document["metadata"].as_str());
    assert_eq!(names.len(), documents.len() + described.clone().count() + 2, "{name}: {names:?}");
    described.for_each(|sheet| metadata(sheet, &String::from_utf8(content(sheet).clone()).expect("UTF-8")));
    let folder = name.trim_end_matches(".zip");
    for document in documents {
        let path = document["path"].as_str().expect("a path");
        assert_eq!(document["sha256"], sha256(content(path)), "{name}: {path}");
        assert_eq!(document["bytes"], content(path).len());
        let (_, outside) = all.iter().find(|(name, _)| *name == format!("{folder}/{path}")).expect(path);
        assert!(outside == content(path), "{name}: {path} is another in the folder");
        let signers = document["signers"].as_array().expect("signers");
        // A charter is published, not signed.
        let is_signed = document["format"] == "pdf" && document["kind"] != "carta-servizi";
        assert_eq!(!signers.is_empty(), is_signed, "{name}: {path}");
        assert_eq!(document["signature"], if is_signed { "PAdES" } else { "none" });
        for key in ["IdDoc", "Soggetti", "NomeDelDocumento", "Verifica"] {
            assert!(!document["agid"][key].is_null(), "{name}: {path} lacks {key}");
        }
    }
    let letter = String::from_utf8(content("LEGGIMI.txt").clone()).expect("UTF-8");
    assert!(letter.contains("ORDINE DI FIRMA") && letter.contains("\r\n"));
    for document in documents {
        assert!(letter.contains(document["sha256"].as_str().expect("a digest")));
    }
}

/// The metadata of an act, as annex 5 of the AgID guidelines has them.
fn metadata(name: &str, xml: &str) {
    let document = children(xml);
    let order = [
        "IdDoc",
        "ModalitaDiFormazione",
        "TipologiaDocumentale",
        "DatiDiRegistrazione",
        "Soggetti",
        "ChiaveDescrittiva",
        "Allegati",
        "Classificazione",
        "Riservato",
        "IdentificativoDelFormato",
        "Verifica",
        "Agg",
        "IdIdentificativoDocumentoPrimario",
        "NomeDelDocumento",
        "VersioneDelDocumento",
        "TempoDiConservazione",
        "Note",
    ];
    let places: Vec<usize> =
        document.iter().map(|found| order.iter().position(|name| name == found).expect(found)).collect();
    assert!(places.is_sorted(), "{name}: {document:?}");
    for needed in ["IdDoc", "Soggetti", "ChiaveDescrittiva", "Allegati", "Verifica", "NomeDelDocumento"] {
        assert!(document.iter().any(|found| found == needed), "{name}: {needed}");
    }
    assert!(xml.contains("Da completare"), "{name}");
}

/// The elements right under the root of a well-formed file.
fn children(xml: &str) -> Vec<String> {
    let mut reader = quick_xml::Reader::from_str(xml);
    let (mut depth, mut found) = (0, Vec::new());
    loop {
        match reader.read_event().expect("well-formed") {
            quick_xml::events::Event::Start(start) => {
                depth += 1;
                if depth == 2 {
                    found.push(start.name().as_ref().to_owned());
                }
            }
            quick_xml::events::Event::End(_) => depth -= 1,
            quick_xml::events::Event::Eof => return found,
            _ => {}
        }
    }
}

#[test]
fn a_second_run_writes_nothing_and_mends_what_is_missing() {
    let folder = tempfile::tempdir().expect("a folder");
    small().write(folder.path(), "enti.xlsx");
    let out = folder.path().join("out/enti");
    generate(folder.path(), &["enti.xlsx"], 0);
    let (first, before) = (files(&out), times(&out));
    let said = generate(folder.path(), &["enti.xlsx"], 0);
    assert!(said.contains("già a posto"), "{said}");
    assert_eq!(times(&out), before, "a second run writes nothing");

    let path = |name: &str| {
        let (found, _) = first.iter().find(|(found, _)| found.ends_with(name)).expect(name);
        out.join(found)
    };
    // Deleted, damaged, emptied; and what a killed run leaves.
    let museum = out.join("museo-storia-istituzione-museale-della-civilta-contad");
    fs::remove_file(museum.join("01-convenzione.pdf")).expect("removed");
    fs::write(museum.join("02-delibera-adesione.docx"), b"rotto").expect("written");
    fs::write(path("museo-storia-istituzione-museale-della-civilta-contad.zip"), b"").expect("written");
    fs::remove_file(path("esito.json")).expect("removed");
    // A byte of a document inside a bundle, whose manifest can still be read.
    let zip = path("c_a035-acqualagna.zip");
    let mut bytes = fs::read(&zip).expect("a bundle");
    let middle = bytes.len() / 2;
    bytes[middle] ^= 0xFF;
    fs::write(&zip, bytes).expect("written");
    let leftover = path("01-convenzione.docx").with_file_name(".01-convenzione.docx.999999.parte");
    fs::write(&leftover, b"mezzo fi").expect("written");
    generate(folder.path(), &["enti.xlsx"], 0);
    // What is not ours is never thrown away: it might be somebody's work.
    let (kept, again): (Vec<_>, Vec<_>) = files(&out).into_iter().partition(|(name, _)| name.contains(".conservato-"));
    assert_eq!(kept.iter().map(|(_, bytes)| bytes.as_slice()).collect::<Vec<_>>(), [b"rotto"]);
    assert!(again == first, "everything is as it was");
    let bundles = again.iter().filter(|(name, _)| name.ends_with(".zip"));
    for (name, bytes) in bundles {
        let archive = zip::ZipArchive::new(Cursor::new(bytes)).expect("a zip");
        assert!(archive.file_names().all(|entry| !entry.expect("a name").contains("parte")), "{name}");
    }
}

#[test]
fn acts_withheld_by_a_later_error_disappear_but_what_people_changed_stays() {
    let folder = tempfile::tempdir().expect("a folder");
    small().write(folder.path(), "enti.xlsx");
    let out = folder.path().join("out/enti");
    generate(folder.path(), &["enti.xlsx"], 0);
    let of = |code: &str| {
        let all = files(&out).into_iter().map(|(name, _)| name);
        all.filter(|name| name.starts_with(code)).collect::<Vec<_>>()
    };
    assert_eq!(of("c_a035").len(), 5 * 2 + 1, "five acts in two formats, and the bundle");
    let museum = of("museo-storia");
    let changed = out.join(of("c_a035").into_iter().find(|name| name.ends_with("01-convenzione.pdf")).expect("a PDF"));
    fs::write(&changed, b"firmato").expect("written");

    // A codice fiscale that cannot be: the acts of that body are withheld.
    small().set("Enti", 1, "codice_fiscale", "00152230414").write(folder.path(), "enti.xlsx");
    generate(folder.path(), &["enti.xlsx"], 1);
    assert_eq!(of("c_a035"), ["c_a035-acqualagna/01-convenzione.pdf"], "what was signed stays, the rest goes");
    assert_eq!(fs::read(&changed).expect("a file"), b"firmato");
    assert_eq!(of("museo-storia"), museum);
    let report: Value = serde_json::from_slice(&fs::read(out.join("esito.json")).expect("esito")).expect("JSON");
    let withheld: Vec<&Value> =
        report["acts"].as_array().expect("acts").iter().filter(|act| act["state"] == "withheld").collect();
    assert_eq!(withheld.len(), 5);
    assert!(withheld.iter().all(|act| act["body"] == "c_a035" && act["reasons"][0] == "ENT-01"), "{withheld:#?}");

    // Made right again, it comes back.
    small().write(folder.path(), "enti.xlsx");
    generate(folder.path(), &["enti.xlsx"], 0);
    let (kept, made): (Vec<_>, Vec<_>) = of("c_a035").into_iter().partition(|name| name.contains(".conservato-"));
    assert_eq!((kept.len(), made.len()), (1, 5 * 2 + 1));
    assert_eq!(fs::read(out.join(&kept[0])).expect("a file"), b"firmato");
}

#[test]
fn a_signed_pdf_is_left_alone_while_its_act_is_the_same() {
    let folder = tempfile::tempdir().expect("a folder");
    Small::of("upi", &["c_a315"]).write(folder.path(), "enti.xlsx");
    let pdf = folder.path().join("out/enti/c_a315-antrodoco/01-convenzione.pdf");
    generate(folder.path(), &["enti.xlsx"], 0);
    // A PAdES signature is added after the bytes that were there.
    let mut signed = fs::read(&pdf).expect("a PDF");
    signed.extend_from_slice(b"1 0 obj % firma\n%%EOF\n");
    fs::write(&pdf, &signed).expect("written");
    let said = generate(folder.path(), &["enti.xlsx"], 0);
    assert!(said.contains("già a posto"), "{said}");
    assert!(fs::read(&pdf).expect("a PDF") == signed);
    // The act changes: the signed one is kept beside the new one.
    Small::of("upi", &["c_a315"]).set("Enti", 1, "rappresentante", "Dina Valli").write(folder.path(), "enti.xlsx");
    let said = generate(folder.path(), &["enti.xlsx"], 0);
    assert!(fs::read(&pdf).expect("a PDF") != signed);
    assert!(said.contains("ATTENZIONE") && said.contains("c_a315-antrodoco/01-convenzione.conservato-"), "{said}");
    let kept =
        files(&folder.path().join("out")).into_iter().find(|(name, _)| name.contains("01-convenzione.conservato-"));
    assert!(kept.is_some_and(|(_, bytes)| bytes == signed));
    // Fewer acts asked for: the others go, and that is said.
    let said = generate(folder.path(), &["enti.xlsx", "--atti", "convenzione"], 0);
    assert!(
        said.contains("Tolti") && said.contains("c_a315-antrodoco/02-delibera") && !said.contains("ATTENZIONE"),
        "{said}"
    );
}

#[test]
fn a_document_with_fewer_formats_takes_the_others_away() {
    let folder = tempfile::tempdir().expect("a folder");
    Small::of("upi", &["c_a315"]).write(folder.path(), "Enti Sabina 2026.xlsx");
    let names = || files(&folder.path().join("out")).into_iter().map(|(name, _)| name).collect::<Vec<_>>();
    generate(folder.path(), &["Enti Sabina 2026.xlsx", "--formati", "docx,html", "--enti", "c_a315"], 0);
    assert_eq!(names().iter().filter(|name| name.ends_with(".docx")).count(), 3);
    generate(folder.path(), &["Enti Sabina 2026.xlsx", "--formati", "html", "--atti", "convenzione"], 0);
    assert_eq!(
        names(),
        [
            "enti-sabina-2026/.scrivano.json",
            "enti-sabina-2026/c_a315-antrodoco.zip",
            "enti-sabina-2026/c_a315-antrodoco/01-convenzione.html",
            "enti-sabina-2026/esito.json",
            "enti-sabina-2026/quadro.pdf",
            "enti-sabina-2026/registro.xlsx",
        ]
    );
}
