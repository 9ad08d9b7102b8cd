//! Every rule of the table tripped at its exact place by the smallest fault, and not by the nearest sound case; one fault
//! gives one finding. A rule without a case fails the suite: `data` holds those that a cell decides, `acts` those that the
//! templates decide, `agreements` both for agreements between administrations.

mod acts;
mod agreements;
pub mod bills;
mod data;
pub mod documents;
mod services;

use std::collections::BTreeSet;

use scrivano::diagnostic::Diagnostic;
use scrivano::pipeline;
use scrivano::rule::{RULES, Severity};

use crate::support::{At, Book, EMPTY, judge, told};

/// What is judged.
enum Subject {
    /// A workbook, with some templates replaced.
    Book(Box<Book>, Vec<(&'static str, String)>),
    /// A workbook whose bills of 2026 are reckoned on a day.
    Bills(Box<Book>, &'static str),
    /// The bytes of a file.
    Bytes(Vec<u8>),
    /// The bytes of an act that others wrote.
    Document(Vec<u8>),
}

impl Subject {
    fn judge(&self) -> Vec<Diagnostic> {
        match self {
            Self::Book(book, texts) if texts.is_empty() => book.judge().diagnostics,
            Self::Book(book, texts) => book.judge_with(texts).diagnostics,
            Self::Bills(book, day) => crate::support::billing(book, day).diagnostics,
            Self::Bytes(bytes) => pipeline::check("prova.xlsx", bytes, &judge()).diagnostics,
            Self::Document(bytes) => match pipeline::examine("prova.txt", bytes, crate::support::today()) {
                Ok(found) => found.diagnostics,
                Err(refusal) => vec![refusal],
            },
        }
    }
}

/// A fault, the place where it is told, and the nearest sound case.
struct Case {
    code: &'static str,
    severity: Severity,
    place: String,
    bad: Subject,
    good: Subject,
}

impl Case {
    /// A cell of `base` that is wrong with the value `bad` and right with `good`.
    fn cell(code: &'static str, base: &Book, at: At<'_>, bad: &str, good: &str) -> Self {
        let place = base.place(at).to_string();
        Self::books(code, place, base.clone().put(at, bad), base.clone().put(at, good))
    }

    /// Two workbooks.
    fn books(code: &'static str, place: impl Into<String>, bad: Book, good: Book) -> Self {
        let subject = |book| Subject::Book(Box::new(book), Vec::new());
        Self { code, severity: Severity::Error, place: place.into(), bad: subject(bad), good: subject(good) }
    }

    /// Two workbooks whose bills are reckoned, each on its day.
    fn bills(code: &'static str, place: String, bad: (Book, &'static str), good: (Book, &'static str)) -> Self {
        let subject = |(book, day): (Book, &'static str)| Subject::Bills(Box::new(book), day);
        Self { code, severity: Severity::Error, place, bad: subject(bad), good: subject(good) }
    }

    /// Templates that are wrong, against the built-in ones.
    fn texts(code: &'static str, place: &str, texts: Vec<(&'static str, String)>) -> Self {
        Self::texts_on(code, place, Book::small(), texts)
    }

    /// The same on a workbook of its own.
    fn texts_on(code: &'static str, place: &str, book: Book, texts: Vec<(&'static str, String)>) -> Self {
        let book = Box::new(book);
        let good = Subject::Book(book.clone(), Vec::new());
        Self { code, severity: Severity::Error, place: place.to_owned(), bad: Subject::Book(book, texts), good }
    }

    /// Told elsewhere than at the cell that changes.
    fn at(mut self, place: String) -> Self {
        self.place = place;
        self
    }

    fn warning(mut self) -> Self {
        self.severity = Severity::Warning;
        self
    }

    fn note(mut self) -> Self {
        self.severity = Severity::Note;
        self
    }

    /// What is not as the case says it must be.
    fn failure(&self) -> Option<String> {
        let line = format!("{} {} {}", self.severity.italian(), self.code, self.place);
        let (bad, good) = (self.bad.judge(), self.good.judge());
        let sound: BTreeSet<String> = told(&good).into_iter().collect();
        if sound.contains(&line) {
            return Some(format!("{line}: told of the sound case too"));
        }
        let new: BTreeSet<String> = told(&bad).into_iter().filter(|found| !sound.contains(found)).collect();
        if new.iter().eq([&line]) {
            return bad.iter().filter(|found| found.code == self.code).find_map(unclear);
        }
        let found: Vec<String> = bad
            .iter()
            .zip(told(&bad))
            .filter(|(_, t)| new.contains(t))
            .map(|(d, t)| format!("  {t}: {}", d.message))
            .collect();
        Some(format!("{line}: expected alone, found\n{}", found.join("\n")))
    }
}

/// What a finding lacks: what is wrong, what to do, on which law it rests.
fn unclear(found: &Diagnostic) -> Option<String> {
    let notes = ["WB-08", "C30-16"];
    let is_technical = found.code.starts_with("WB")
        || found.code.starts_with("TXT")
        || matches!(found.code, "ESA-01" | "ESA-06" | "ESA-20");
    let clear = !found.message.is_empty()
        && (!found.hint.is_empty() || notes.contains(&found.code))
        && (is_technical || !found.law.is_empty());
    (!clear).then(|| format!("unclear: {found:?}"))
}

/// The example at the stage of signature.
fn signed() -> Book {
    Book::small().put(("Convenzione", "fase", ""), "stipula").put(("Convenzione", "data_firma", ""), "09/01/2026")
}

fn cases() -> Vec<Case> {
    let of_data = data::cases().into_iter().chain(services::cases());
    of_data.chain(bills::cases()).chain(acts::cases()).chain(agreements::cases()).chain(documents::cases()).collect()
}

#[test]
fn each_fault_gives_its_finding_alone_and_sound_cases_do_not() {
    let cases = cases();
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let failures: Vec<String> = std::thread::scope(|scope| {
        let share =
            |slice| scope.spawn(move || -> Vec<String> { <[Case]>::iter(slice).filter_map(Case::failure).collect() });
        let workers: Vec<_> = cases.chunks(cases.len().div_ceil(threads)).map(share).collect();
        workers.into_iter().flat_map(|worker| worker.join().expect("no panic")).collect()
    });
    assert!(failures.is_empty(), "{} cases\n{}", failures.len(), failures.join("\n"));
}

#[test]
fn every_rule_has_a_case() {
    let proved: BTreeSet<&str> = cases().iter().map(|case| case.code).collect();
    let missing: Vec<&str> = RULES.iter().map(|rule| rule.code).filter(|code| !proved.contains(code)).collect();
    assert!(missing.is_empty(), "{missing:?}");
}

#[test]
fn the_bases_have_neither_errors_nor_warnings() {
    for base in [Book::small(), signed(), agreements::base(), agreements::signed()] {
        let found = base.judge().diagnostics;
        assert!(found.iter().all(|found| found.severity == Severity::Note), "{:#?}", told(&found));
    }
}
