//! What `verifica` says of signed files that came back: made by openssl and pyHanko under a test authority (`.ci/sign_samples`),
//! good ones and those with something wrong. And of the same files with bytes changed at random.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use chrono::NaiveDate;
use scrivano::pipeline::verify::{self, Document, DocumentState, Input, Report, Scope, signatures_in};

use crate::outputs::small::scrivano;

const ACT: &str = "01-convenzione.pdf";

fn sample(name: &str) -> Vec<u8> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/firme").join(name);
    fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn input(name: &str, bytes: Vec<u8>) -> Input {
    Input { name: name.to_owned(), bytes, asked: true }
}

/// A day after all samples were signed.
const LATER: NaiveDate = NaiveDate::from_ymd_opt(2030, 1, 1).expect("a day");

fn files(inputs: Vec<Input>, scope: Scope) -> Report {
    verify::files(inputs, scope, LATER)
}

/// The report on one file that came back, beside the bundle that was sent.
fn report(name: &str, bytes: Vec<u8>) -> Report {
    files(vec![input("pacchetto.zip", sample("pacchetto.zip")), input(name, bytes)], Scope::These)
}

fn act(report: &Report) -> &Document {
    let documents = &report.bundles.first().expect("a bundle").documents;
    documents.iter().find(|document| document.path == ACT).expect("the act")
}

fn errors(report: &Report) -> BTreeSet<&'static str> {
    report.all_findings().filter(|found| found.is_error()).map(|found| found.code).collect()
}

/// The delibera is not signed in any of these: it is missed as well.
const DELIBERA: &str = "signature-missing";

/// Sample, name under which it comes back, state of the act, how many signatures count, errors besides the missing ones.
type Case = (&'static str, &'static str, DocumentState, usize, &'static [&'static str]);

const CASES: &[Case] = &[
    ("una.pdf.p7m", "01-convenzione.pdf.p7m", DocumentState::PartlySigned, 1, &[]),
    ("annidata.pdf.p7m.p7m", "01-convenzione.pdf.p7m.p7m", DocumentState::Signed, 2, &[]),
    ("parallele.pdf.p7m", "x.p7m", DocumentState::Signed, 2, &[]),
    ("aperta.pdf.p7m", "x.p7m", DocumentState::Signed, 2, &[]),
    ("base64.pdf.p7m", "x.p7m", DocumentState::Signed, 2, &[]),
    ("pem.pdf.p7m", "x.p7m", DocumentState::Signed, 2, &[]),
    ("separata.pdf.p7s", "01-convenzione.pdf.p7s", DocumentState::Signed, 2, &[]),
    ("separata.pdf.p7s", "firme.p7s", DocumentState::Signed, 2, &[]),
    ("separata.pdf.p7s", "02-delibera.pdf.p7s", DocumentState::Signed, 2, &["other-document"]),
    ("pss.pdf.p7m", "x.p7m", DocumentState::PartlySigned, 1, &[]),
    ("p384.pdf.p7m", "x.p7m", DocumentState::PartlySigned, 1, &[]),
    ("p521.pdf.p7m", "x.p7m", DocumentState::PartlySigned, 1, &[]),
    ("semplice.pdf.p7m", "x.p7m", DocumentState::PartlySigned, 1, &[]),
    ("non-qualificato.pdf.p7m", "x.p7m", DocumentState::PartlySigned, 1, &[]),
    ("sha1.pdf.p7m", "x.p7m", DocumentState::PartlySigned, 0, &["old-algorithm"]),
    ("md5.pdf.p7m", "x.p7m", DocumentState::PartlySigned, 0, &["old-algorithm"]),
    ("rsa1024.pdf.p7m", "x.p7m", DocumentState::PartlySigned, 0, &["old-algorithm"]),
    ("estraneo.pdf.p7m", "x.p7m", DocumentState::PartlySigned, 0, &["other-signatory"]),
    ("autenticazione.pdf.p7m", "x.p7m", DocumentState::PartlySigned, 0, &["not-for-signing"]),
    ("scaduto.pdf.p7m", "x.p7m", DocumentState::PartlySigned, 0, &["certificate-not-valid"]),
    (
        "alterata.pdf.p7m",
        "01-convenzione.pdf.p7m",
        DocumentState::Changed,
        0,
        &["content-changed", "content-not-signed"],
    ),
    ("altro-testo.pdf.p7m", "01-convenzione.pdf.p7m", DocumentState::Changed, 0, &["content-changed"]),
    ("pades-una.pdf", "01-convenzione.pdf", DocumentState::PartlySigned, 1, &[]),
    ("pades-due.pdf", "01-convenzione-signed.pdf", DocumentState::Signed, 2, &[]),
    ("pades-marca.pdf", "x.pdf", DocumentState::PartlySigned, 1, &[]),
    ("pades-adobe.pdf", "x.pdf", DocumentState::PartlySigned, 1, &[]),
    ("pades-sha1.pdf", "x.pdf", DocumentState::PartlySigned, 0, &["old-algorithm"]),
    ("pades-visibile.pdf", "x.pdf", DocumentState::PartlySigned, 1, &[]),
    ("pades-riquadro.pdf", "x.pdf", DocumentState::Changed, 0, &["box-over-words", "changed-after"]),
    ("pades-campi.pdf", "x.pdf", DocumentState::Signed, 2, &[]),
    ("pades-estraneo.pdf", "x.pdf", DocumentState::PartlySigned, 0, &["other-signatory"]),
    ("pades-in-busta.pdf.p7m", "x.p7m", DocumentState::Signed, 2, &[]),
    ("pades-alterata.pdf", "01-convenzione.pdf", DocumentState::Changed, 0, &["content-changed", "content-not-signed"]),
    ("pades-ridipinto-dopo.pdf", "x.pdf", DocumentState::Changed, 0, &["changed-after"]),
    ("pades-ridipinto-prima.pdf", "x.pdf", DocumentState::Changed, 0, &["changed-after"]),
    ("pades-ridipinto-fra.pdf", "x.pdf", DocumentState::Changed, 0, &["changed-after"]),
    ("pades-nota.pdf", "x.pdf", DocumentState::Changed, 0, &["changed-after"]),
    ("ridipinto.pdf", "x.pdf", DocumentState::Changed, 0, &["changed-after"]),
];

#[test]
fn every_sample_is_judged_as_it_should_be() {
    let mut wrong = Vec::new();
    for (file, name, state, signed, expected) in CASES {
        let report = report(name, sample(file));
        let act = act(&report);
        let mut found = errors(&report);
        found.remove(DELIBERA);
        if (act.state, act.signed_by()) != (*state, *signed) || found != expected.iter().copied().collect() {
            wrong.push(format!("{file} as {name}: {:?}, {} signed, {found:?}", act.state, act.signed_by()));
        }
        assert!(!report.ok || act.state == DocumentState::Signed, "{file}");
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn what_the_person_names_and_was_never_sent_is_an_error() {
    let unsigned = b"%PDF-1.7\n%%EOF\n".to_vec();
    let given = report("scansione della convenzione.pdf", unsigned.clone());
    assert!(errors(&given).contains("other-document"), "{:?}", errors(&given));
    let found_in_a_folder = Input { asked: false, ..input("scansione della convenzione.pdf", unsigned) };
    let found = files(vec![input("pacchetto.zip", sample("pacchetto.zip")), found_in_a_folder], Scope::These);
    assert!(!errors(&found).contains("other-document"), "{:?}", errors(&found));
}

#[test]
fn bytes_after_the_last_signature_are_no_validation_data() {
    let codes = |bytes: Vec<u8>| -> BTreeSet<&'static str> {
        let report = report("x.pdf", bytes);
        report.all_findings().map(|found| found.code).collect()
    };
    let mut longer = sample("pades-due.pdf");
    longer.extend_from_slice(b"\njunkjunk\n");
    assert!(codes(longer).contains("data-after-signature"));
    let as_it_is = codes(sample("pades-due.pdf"));
    assert!(!as_it_is.contains("data-after-signature") && !as_it_is.contains("validation-added"));
}

#[test]
fn two_files_of_one_name_in_a_bundle_are_an_error() {
    let twin = |name: &str| {
        let sent = sample("pacchetto.zip");
        let mut archive = zip::ZipArchive::new(std::io::Cursor::new(sent)).expect("the bundle");
        let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
        let options = zip::write::SimpleFileOptions::default();
        std::io::Write::write_all(
            {
                writer.start_file(name, options).expect("a part");
                &mut writer
            },
            b"another",
        )
        .expect("bytes");
        for index in 0..archive.len() {
            writer.raw_copy_file(archive.by_index_raw(index).expect("a part")).expect("a copy");
        }
        let mut bytes = writer.finish().expect("an archive").into_inner();
        // The library writes no two files of one name: the first is renamed afterwards, to one as long.
        let from = name.as_bytes();
        while let Some(at) = bytes.windows(from.len()).position(|window| window == from) {
            bytes[at..at + from.len()].copy_from_slice(ACT.as_bytes());
        }
        errors(&files(vec![input("pacchetto.zip", bytes)], Scope::Whole))
    };
    assert_eq!(ACT.len(), "xx-convenzione.pdf".len());
    assert!(twin("xx-convenzione.pdf").contains("double-name"));
    assert!(
        !errors(&files(vec![input("pacchetto.zip", sample("pacchetto.zip"))], Scope::Whole)).contains("double-name")
    );
}

#[test]
fn a_signature_tells_who_when_and_how() {
    let due = report("x.pdf", sample("pades-due.pdf"));
    let signatures = &act(&due).files.iter().find(|file| file.name == "x.pdf").expect("the file").signatures;
    let told: Vec<_> = signatures
        .iter()
        .map(|signature| {
            let signer = signature.signer.as_ref().expect("a signer");
            assert!(signature.signed_at.is_some() && signer.declared_qualified && signature.counts());
            assert_eq!(signer.issuer, "Autorità di prova per la firma");
            (signer.name.as_str(), signer.codice_fiscale.as_deref().unwrap_or_default(), signature.algorithm.as_str())
        })
        .collect();
    assert_eq!(
        told,
        [
            ("GIULIA FANTINI", "FNTGLI75C41L500X", "RSA 2048, PKCS#1 v1.5, SHA-256"),
            ("MARCO BELLUCCI", "BLLMRC68T12L500K", "ECDSA P-256, SHA-256"),
        ]
    );
    let stamped = report("x.pdf", sample("pades-marca.pdf"));
    let signature = act(&stamped).files.iter().flat_map(|file| &file.signatures).next().expect("a signature");
    let stamp = signature.timestamp.as_ref().expect("a timestamp");
    assert!(stamp.valid && stamp.time.is_some());
    assert_eq!(stamp.authority, "Marche temporali di prova");
}

#[test]
fn a_signature_over_another_act_is_told() {
    let swapped = report("01-convenzione.pdf.p7m", sample("altro-atto.pdf.p7m"));
    assert!(errors(&swapped).contains("other-document"), "{:?}", errors(&swapped));
    let stray = report("allegato.pdf.p7m", sample("altro-testo.pdf.p7m"));
    assert!(errors(&stray).contains("other-document"), "{:?}", errors(&stray));
}

#[test]
fn signatures_of_each_in_a_file_of_its_own_add_up() {
    let given = vec![
        input("pacchetto.zip", sample("pacchetto.zip")),
        input("sindaca/01-convenzione.pdf.p7m", sample("una.pdf.p7m")),
        input("presidente/01-convenzione.pdf", sample("pades-due.pdf")),
        input("02-delibera.pdf.p7m", sample("altro-atto.pdf.p7m")),
    ];
    let report = files(given, Scope::Whole);
    assert!(report.ok, "{:?}", errors(&report));
    assert_eq!((report.summary.signed, report.summary.documents), (2, 2));
}

#[test]
fn a_bundle_as_it_was_sent_is_whole_and_one_that_was_touched_is_not() {
    let whole = files(vec![input("pacchetto.zip", sample("pacchetto.zip"))], Scope::Whole);
    assert!(whole.ok && whole.summary.unchanged == 2, "{:?}", errors(&whole));
    let mut bytes = sample("pacchetto.zip");
    for at in 0..bytes.len() {
        bytes[at] ^= 0x10;
        let touched = files(vec![input("pacchetto.zip", bytes.clone())], Scope::Whole);
        bytes[at] ^= 0x10;
        // What may differ unseen is what the archive says besides: dates, versions, the manifest's words.
        let same = touched.bundles.first().is_some_and(|bundle| {
            bundle.documents.len() == 2
                && bundle.documents.iter().all(|document| document.state == DocumentState::Unchanged)
        });
        assert!(!touched.ok || same, "byte {at}");
    }
}

#[test]
fn a_signature_of_a_day_to_come_is_told() {
    let given = || vec![input("una.pdf.p7m", sample("una.pdf.p7m"))];
    let on = |today: NaiveDate| verify::files(given(), Scope::These, today);
    let signed = on(LATER).files[0].signatures[0].signed_at.expect("a day").date_naive();
    let told = |today: NaiveDate| on(today).all_findings().any(|found| found.code == "signed-in-the-future");
    let days = [signed.pred_opt().and_then(|day| day.pred_opt()), signed.pred_opt(), Some(signed), Some(LATER)];
    assert_eq!(days.map(|day| told(day.expect("a day"))), [true, false, false, false]);
}

#[test]
fn without_a_manifest_signatures_are_still_judged() {
    let alone = files(vec![input("a.pdf.p7m", sample("parallele.pdf.p7m"))], Scope::These);
    assert!(alone.ok && !alone.unreadable && alone.files.first().is_some_and(|file| file.signatures.len() == 2));
    let nothing = files(vec![input("a.txt", b"prova".to_vec())], Scope::These);
    assert!(nothing.unreadable);
    let empty = files(Vec::new(), Scope::Whole);
    assert!(empty.unreadable);
}

#[test]
fn the_register_is_told_what_came_back_into_the_folder_of_a_body() {
    let folder = tempfile::tempdir().expect("a folder");
    let manifest = scrivano::emit::bundle::manifest_of(&sample("pacchetto.zip")).expect("a manifest");
    let told = || signatures_in(folder.path(), &manifest, LATER);
    let put = |name: &str, file: &str| fs::write(folder.path().join(name), sample(file)).expect("written");
    assert!(told().is_empty(), "nothing has come back");
    put("registro.pdf.txt", "una.pdf.p7m");
    assert!(told().is_empty(), "not the name of something signed");
    put(ACT, "pades-una.pdf");
    let partly =
        "firmato da 1 di 2: manca la firma: il Presidente Marco Bellucci (per la Provincia di Pesaro e Urbino)";
    assert_eq!(told().get(ACT).map(String::as_str), Some(partly));
    put(ACT, "pades-due.pdf");
    assert_eq!(told().get(ACT).map(String::as_str), Some("firmato da 2 di 2"));
    put("02-delibera.pdf.p7m", "altro-atto.pdf.p7m");
    assert_eq!(told().get("02-delibera.pdf").map(String::as_str), Some("firmato da 1 di 1"));
    put(ACT, "pades-ridipinto-fra.pdf");
    assert_eq!(told().get(ACT).map(String::as_str), Some("non è il documento inviato"));
}

/// Numbers that look random and are the same each time.
fn numbers(mut state: u64) -> impl FnMut(usize) -> usize {
    move |below| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(state >> 33).unwrap_or(0) % below.max(1)
    }
}

#[test]
fn a_changed_byte_never_makes_another_content_valid() {
    let mut next = numbers(7);
    let sent = report(ACT, sample("una.pdf.p7m"));
    let digest = act(&sent).sha256.clone();
    for (file, _, state, _, _) in CASES.iter().filter(|case| case.2 != DocumentState::Changed) {
        let bytes = sample(file);
        for _ in 0..60 {
            let mut changed = bytes.clone();
            for _ in 0..=next(3) {
                let at = next(changed.len());
                match next(8) {
                    0 => changed.truncate(at.max(1)),
                    1 => changed.insert(at, u8::try_from(next(256)).unwrap_or(0)),
                    _ => changed[at] ^= 1 << next(8),
                }
            }
            let report = report("01-convenzione.pdf.p7m", changed);
            let act = act(&report);
            assert_eq!(act.sha256, digest);
            // Signed by as many as before at most, and never more than the bytes say.
            assert!(act.signed_by() <= 2, "{file}");
            if *state == DocumentState::PartlySigned {
                assert_ne!(act.state, DocumentState::Signed, "{file}");
            }
        }
    }
}

#[test]
fn every_flipped_bit_of_signed_content_is_seen() {
    for file in ["parallele.pdf.p7m", "pades-due.pdf", "annidata.pdf.p7m.p7m", "pades-in-busta.pdf.p7m"] {
        let bytes = sample(file);
        let start = bytes.windows(5).position(|five| five == b"%PDF-").expect("the act is in it");
        for at in (start..start + 600).step_by(3) {
            let mut changed = bytes.clone();
            changed[at] ^= 1 << (at % 8);
            let report = report("01-convenzione.pdf.p7m", changed);
            let act = act(&report);
            assert_eq!((act.state, act.signed_by()), (DocumentState::Changed, 0), "{file}, byte {at}");
        }
    }
}

/// A small PDF with an object stream that holds a tower of brackets: reading it would take more stack than there is.
fn compressed_tower() -> Vec<u8> {
    use std::io::Write;

    let mut encoder = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(b"3 0 ").and_then(|()| encoder.write_all(&b"[".repeat(3_000_000))).expect("written");
    let packed = encoder.finish().expect("finished");
    let mut bytes = b"%PDF-1.7\n% /ByteRange\n".to_vec();
    let mut places = [0; 7];
    let mut put = |number: usize, body: &[u8], bytes: &mut Vec<u8>| {
        places[number] = bytes.len();
        bytes.extend([format!("{number} 0 obj\n").as_bytes(), body, b"\nendobj\n"].concat());
    };
    put(1, b"<< /Type /Catalog /Pages 2 0 R >>", &mut bytes);
    put(2, b"<< /Type /Pages /Kids [5 0 R] /Count 1 >>", &mut bytes);
    put(5, b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] >>", &mut bytes);
    let head = format!("<< /Type /ObjStm /N 1 /First 4 /Length {} /Filter /FlateDecode >>\nstream\n", packed.len());
    put(4, &[head.as_bytes(), &packed, b"\nendstream"].concat(), &mut bytes);
    let table = bytes.len();
    let row = |kind: u8, place: usize| {
        [vec![kind], u32::try_from(place).expect("small").to_be_bytes().to_vec(), vec![0, 0]].concat()
    };
    let rows: Vec<u8> = [
        row(0, 0),
        row(1, places[1]),
        row(1, places[2]),
        row(2, 4),
        row(1, places[4]),
        row(1, places[5]),
        row(1, table),
    ]
    .concat();
    let head = format!("6 0 obj\n<< /Type /XRef /Size 7 /W [1 4 2] /Root 1 0 R /Length {} >>\nstream\n", rows.len());
    bytes.extend(
        [head.as_bytes(), &rows, format!("\nendstream\nendobj\nstartxref\n{table}\n%%EOF\n").as_bytes()].concat(),
    );
    bytes
}

#[test]
fn hostile_files_are_told_and_stop_nothing() {
    let tower = [b"%PDF-1.7\n1 0 obj\n".to_vec(), b"[".repeat(3_000_000)].concat();
    let dictionaries = [b"%PDF-1.7\n/ByteRange 1 0 obj\n".to_vec(), b"<</A".repeat(1_000_000)].concat();
    let sequences = [sample("una.pdf.p7m")[..24].to_vec(), [0x30, 0x80].repeat(200_000)].concat();
    let compressed = compressed_tower();
    for bytes in [tower, dictionaries, sequences, compressed, b"%PDF-/ByteRange".to_vec()] {
        let told = report("01-convenzione.pdf", bytes);
        assert_eq!(act(&told).state, DocumentState::Changed);
    }
}

#[test]
fn the_command_line_says_it_in_italian_and_by_its_exit_status() {
    let folder = tempfile::tempdir().expect("a folder");
    let at = |name: &str| folder.path().join(name).display().to_string();
    fs::write(at("pacchetto.zip"), sample("pacchetto.zip")).expect("written");
    let fresh = scrivano(folder.path(), &["verifica", &at("pacchetto.zip")]);
    assert_eq!(fresh.status.code(), Some(0));
    fs::write(at("01-convenzione.pdf"), sample("pades-una.pdf")).expect("written");
    let partly = scrivano(folder.path(), &["verify", &folder.path().display().to_string()]);
    let told = String::from_utf8_lossy(&partly.stdout).into_owned();
    assert_eq!(partly.status.code(), Some(1), "{told}");
    for words in ["firmato da 1 di 2", "FNTGLI75C41L500X", "manca la firma: il Presidente Marco Bellucci", "revocato"] {
        assert!(told.contains(words), "{words} in {told}");
    }
    let json = scrivano(folder.path(), &["verifica", "--formato", "json", &at("01-convenzione.pdf")]);
    let value: serde_json::Value = serde_json::from_slice(&json.stdout).expect("JSON");
    assert_eq!(value["schema"], "scrivano/verify/1");
    assert_eq!(value["bundles"][0]["documents"][0]["state"], "partly-signed");
    assert_eq!(scrivano(folder.path(), &["verifica", &at("manca.pdf")]).status.code(), Some(2));
}
