//! Small workbooks for tests: the example of a model cut to a few bodies, cells changed at will; and the program on them.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::OnceLock;

use chrono::NaiveDate;
use scrivano::act::{Act, ActKind};
use scrivano::batch;
use scrivano::compose::Library;
use scrivano::dossier::{Assignment, Dossier};
use scrivano::emit::pdf::Press;
use scrivano::emit::workbook;
use scrivano::example::{Example, ExampleCell, example};
use scrivano::pipeline::{self, Checked, Judge};

/// The day that stands for today in all tests.
pub const TODAY: &str = "2026-01-10";

/// The templates built in.
pub fn library() -> &'static Library {
    static LIBRARY: OnceLock<Library> = OnceLock::new();
    LIBRARY.get_or_init(|| {
        let library = Library::load(Vec::new());
        assert!(
            library.models().iter().all(|model| library.faults(&model.id).is_empty()),
            "the built-in texts have faults"
        );
        library
    })
}

/// The press, fonts loaded once.
pub fn press() -> &'static Press {
    static PRESS: OnceLock<Press> = OnceLock::new();
    PRESS.get_or_init(|| Press::new().expect("a press"))
}

/// The day that stands for today.
pub fn today() -> NaiveDate {
    TODAY.parse().expect("a day")
}

/// The example of a model, cut to a few bodies.
#[derive(Clone)]
pub struct Small {
    model: String,
    example: Example,
}

impl Small {
    /// The example of `model` with its lead body and the bodies of these codes.
    pub fn of(model: &str, codes: &[&str]) -> Self {
        let mut example = example(model).expect("an example");
        let kept = |cell: Option<&ExampleCell>| match cell {
            Some(ExampleCell::Text(code)) => code.starts_with("p-") || codes.contains(&code.as_str()),
            _ => false,
        };
        for sheet in &mut example.sheets {
            let first = sheet.spec().expect("a sheet of the contract").columns.first().map_or("", |column| column.name);
            if sheet.name == "Enti" || first == "ente" {
                sheet.rows.retain(|row| kept(row.first()));
            }
        }
        let bodies = example.sheet("Enti").map_or(0, |sheet| sheet.rows.len());
        assert_eq!(bodies, codes.len() + 1, "a body that the example lacks: {codes:?}");
        Self { model: model.to_owned(), example }.set("Convenzione", 0, "importo_totale", ExampleCell::Empty)
    }

    /// Puts a value into a column of the zero-based `row`-th record of a sheet; a sheet of pairs has the one record 0.
    #[must_use]
    pub fn set(mut self, sheet: &str, row: usize, column: &str, value: impl Into<ExampleCell>) -> Self {
        let sheet = self.example.sheets.iter_mut().find(|found| found.name == sheet).expect("a sheet with rows");
        let columns = sheet.spec().expect("a sheet of the contract").columns;
        let index = columns.iter().position(|found| found.name == column).expect("a column of the contract");
        *sheet.rows.get_mut(row).and_then(|row| row.get_mut(index)).expect("a record") = value.into();
        self
    }

    /// Changes the data at will.
    #[must_use]
    pub fn edit(mut self, change: impl FnOnce(&mut Example)) -> Self {
        change(&mut self.example);
        self
    }

    /// The rows of a sheet with its headers first, as text, for tests that lay them out in their own way.
    pub fn sheet(&self, name: &str) -> Vec<Vec<ExampleCell>> {
        let Some(sheet) = self.example.sheet(name) else { return Vec::new() };
        let head = sheet.spec().expect("a sheet of the contract").columns.iter();
        let mut rows = vec![head.map(|column| ExampleCell::from(column.name)).collect()];
        rows.extend(sheet.rows.iter().cloned());
        rows
    }

    /// Names of the sheets that have rows.
    pub fn sheets(&self) -> impl Iterator<Item = &'static str> + '_ {
        self.example.sheets.iter().map(|sheet| sheet.name)
    }

    /// The workbook.
    pub fn bytes(&self) -> Vec<u8> {
        let model = library().models().iter().find(|model| model.id == self.model).expect("a model");
        workbook::template(model, Some(&self.example)).expect("a workbook")
    }

    /// The workbook as a file in a folder.
    pub fn write(&self, folder: &Path, name: &str) -> PathBuf {
        let path = folder.join(name);
        std::fs::write(&path, self.bytes()).expect("a file");
        path
    }

    /// The workbook read and judged.
    pub fn checked(&self) -> Checked {
        check(&self.bytes())
    }
}

/// What judges on one thread, on the suite's day.
fn judge() -> Judge<'static> {
    Judge { library: library(), press: press(), today: today(), jobs: 1, acts: None }
}

/// A workbook read and judged, its acts included.
pub fn check(bytes: &[u8]) -> Checked {
    pipeline::check("prova.xlsx", bytes, &judge())
}

/// Convention and deliberation of all bodies of a dossier, in order of body and kind.
pub fn acts(dossier: &Dossier) -> Vec<Act> {
    let kinds = [ActKind::Convenzione, ActKind::DeliberaAdesione];
    let assignments = dossier.parties().flat_map(|(index, _)| kinds.map(|kind| Assignment::new(kind, index)));
    assignments.map(|assignment| library().compose(&assignment, dossier, &[]).expect("an act")).collect()
}

/// The PDFs of acts, made on threads with a stack deep enough.
pub fn pdfs(acts: &[Act]) -> Vec<Vec<u8>> {
    batch::each(acts.len(), 2, |n| press().pdf(&acts[n]).expect("a PDF"))
}

/// Runs the program in a folder.
pub fn scrivano(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_scrivano"))
        .args(arguments)
        .current_dir(folder)
        .env_remove("SOURCE_DATE_EPOCH")
        .env_remove("NO_COLOR")
        .output()
        .expect("the program starts")
}

/// Runs `controlla` or `genera` with the fixed day.
pub fn at_today(folder: &Path, arguments: &[&str]) -> Output {
    scrivano(folder, &[arguments, &["--alla-data", TODAY]].concat())
}

/// What a run said on stdout.
pub fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).expect("UTF-8")
}

/// What a run said on stderr.
pub fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).expect("UTF-8")
}

/// Every file below a folder, by path with slashes, in order.
pub fn files(folder: &Path) -> Vec<(String, Vec<u8>)> {
    fn walk(folder: &Path, prefix: &str, found: &mut Vec<(String, Vec<u8>)>) {
        for entry in std::fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            let name = format!("{prefix}{}", path.file_name().expect("a name").to_string_lossy());
            if path.is_dir() {
                walk(&path, &format!("{name}/"), found);
            } else {
                found.push((name, std::fs::read(&path).expect("a file")));
            }
        }
    }
    let mut found = Vec::new();
    walk(folder, "", &mut found);
    found.sort();
    found
}
