//! The exchange system's controls on invoices: each is tripped by a small change of a good file, exactly once and exactly
//! there, and the nearest good file passes.

mod cases;
mod format;
mod hostile;

use std::collections::BTreeSet;

use chrono::NaiveDate;
use scrivano::sdi::{CONTROLS, Finding, judge};

/// A plain invoice of a Provincia to a Comune: FPA12, one line, split payment.
pub const PLAIN: &str = include_str!("../data/fatturapa/semplice.xml");
/// Every element of the format at least once: FPR12, a professional.
pub const WHOLE: &str = include_str!("../data/fatturapa/completa.xml");

/// The day of reception.
pub fn received() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 1, 10).unwrap()
}

/// What is found in a file without a name.
pub fn found(xml: &str) -> Vec<Finding> {
    judge(None, xml.as_bytes(), received())
}

/// Code and path of what is found.
pub fn places(xml: &str) -> Vec<(&'static str, String)> {
    found(xml).into_iter().map(|finding| (finding.code, finding.path)).collect()
}

/// The text with the first `from` made `to`; it must be there.
pub fn with(text: &str, from: &str, to: &str) -> String {
    assert!(text.contains(from), "«{from}» is in the file");
    text.replacen(from, to, 1)
}

#[test]
fn good_files_pass() {
    for xml in [PLAIN, WHOLE] {
        assert_eq!(found(xml), []);
    }
    assert_eq!(judge(Some("IT80000000010_00001.xml"), PLAIN.as_bytes(), received()), []);
}

#[test]
fn every_control_is_tripped_somewhere() {
    let mut tripped: BTreeSet<&str> = cases::all().flat_map(|case| case.finds.iter().map(|(code, _)| *code)).collect();
    // The file as a whole: `format` and `hostile` trip these.
    tripped.extend(["00001", "00003", "00200", "00201"]);
    let missing: Vec<&str> =
        CONTROLS.iter().map(|control| control.code).filter(|code| !tripped.contains(code)).collect();
    assert_eq!(missing, [] as [&str; 0]);
}

#[test]
fn the_table_of_controls_holds() {
    let codes: Vec<&str> = CONTROLS.iter().map(|control| control.code).collect();
    assert!(codes.is_sorted_by(|a, b| a < b), "by code, none twice");
    for control in CONTROLS {
        assert!(control.code.len() == 5 && control.code.bytes().all(|b| b.is_ascii_digit()), "{}", control.code);
        assert!(control.title.chars().count() <= 72 && !control.title.ends_with('.'), "{}", control.code);
        assert!(control.explanation.ends_with('.'), "{}", control.code);
        assert!(!control.explanation.contains('\'') && !control.title.contains('\''), "{}: ’", control.code);
    }
}

#[test]
fn messages_are_for_people() {
    for case in cases::all() {
        for finding in found(&case.bad()) {
            let control = scrivano::sdi::find(finding.code).unwrap();
            assert_eq!(finding.title, control.title);
            assert!(!finding.message.is_empty() && !finding.message.contains('\''), "{}", finding.message);
            assert!(finding.line > 0, "{}: {}", finding.code, finding.message);
            assert!(finding.element.contains('<') && finding.element.starts_with(|c: char| c.is_ascii_digit()));
        }
    }
}

#[test]
fn findings_name_line_element_and_figures() {
    let bad = with(PLAIN, "<PrezzoTotale>1000.00", "<PrezzoTotale>1000.01");
    let findings = found(&bad);
    let [finding] = findings.as_slice() else { panic!("{findings:?}") };
    assert_eq!(finding.code, "00423");
    assert_eq!(finding.path, "FatturaElettronicaBody[1]/DatiBeniServizi/DettaglioLinee/PrezzoTotale");
    assert_eq!(finding.element, "2.2.1.11 <PrezzoTotale>");
    let line = 1 + bad.lines().position(|line| line.contains("<PrezzoTotale>")).unwrap() as u64;
    assert_eq!(finding.line, line);
    assert!(finding.message.contains("1000.01") && finding.message.contains("1000.00"), "{}", finding.message);
}
