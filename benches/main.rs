//! How long each step takes, and whole runs of 1, 60 and 205 bodies: `cargo bench`. Larger runs, with their memory and the
//! second run, are measured once by `benches/misure`; the comparison with other programs is `benches/confronto`.

#![allow(clippy::expect_used, reason = "a benchmark that cannot run must stop")]

use std::hint::black_box;
use std::path::PathBuf;

use chrono::NaiveDate;
use criterion::{Criterion, criterion_group, criterion_main};
use scrivano::act::{Act, ActKind};
use scrivano::compose::Library;
use scrivano::dossier::{Assignment, Dossier};
use scrivano::emit::bundle::{self, Contents, File, Filing, Party};
use scrivano::emit::pdf::Press;
use scrivano::emit::{docx, workbook};
use scrivano::pipeline::{self, Format, Judge, Options, Progress, Tally};
use scrivano::{batch, check, example, fees, read};

const NAME: &str = "pesaro-urbino.xlsx";
const WORKBOOK: &[u8] = include_bytes!("../fixtures/pesaro-urbino.xlsx");
/// Bodies of the whole runs.
const BODIES: [usize; 3] = [1, 60, 205];
/// Threads of the whole runs.
const JOBS: usize = 2;

fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 1, 10).expect("a day")
}

fn library() -> Library {
    Library::load(Vec::new())
}

/// Records, contributions and rules: what is judged before any act is composed.
fn judged(library: &Library) -> Dossier {
    let tables = read::workbook(NAME, WORKBOOK).expect("a workbook");
    let mut findings = check::Findings::at(today());
    let dossier = check::records::dossier(&tables, library.models(), today(), &mut findings);
    let mut dossier = dossier.expect("a dossier");
    dossier.contributions = fees::contributions(&dossier).0;
    black_box((check::rules(&dossier), findings.into_vec()));
    dossier
}

fn acts(library: &Library, dossier: &Dossier, body: usize) -> Vec<Act> {
    let acts = [ActKind::Convenzione, ActKind::DeliberaAdesione].map(|kind| Assignment::new(kind, body));
    acts.iter().filter_map(|act| library.compose(act, dossier, &[]).ok()).collect()
}

struct Silent;

impl Progress for Silent {
    fn start(&self, _: usize) {}
    fn begin(&self, _: &str) {}
    fn done(&self, _: Tally) {}
    fn finish(&self) {}
}

/// The workbook with so many Comuni.
fn crowded(library: &Library, bodies: usize) -> Vec<u8> {
    let model = library.models().iter().find(|model| model.id == "pesaro-urbino").expect("a model");
    workbook::template(model, example::crowd(&model.id, bodies).as_ref()).expect("a workbook")
}

fn judge<'a>(library: &'a Library, press: &'a Press) -> Judge<'a> {
    Judge { library, press, today: today(), jobs: JOBS, acts: None }
}

fn run(library: &Library, press: &Press, bytes: &[u8], out: PathBuf) -> usize {
    let checked = pipeline::check(NAME, bytes, &judge(library, press));
    let options = Options {
        out,
        acts: None,
        formats: vec![Format::Pdf, Format::Docx],
        bodies: Vec::new(),
        jobs: JOBS,
        year: None,
        slice: None,
    };
    let (report, _) = pipeline::generate(checked, bytes, library, press, &options, &Silent).expect("a run");
    report.summary.produced
}

fn steps(criterion: &mut Criterion) {
    let library = library();
    let dossier = judged(&library);
    let bodies: Vec<usize> = dossier.parties().map(|(index, _)| index).collect();
    let first = acts(&library, &dossier, bodies[0]);
    criterion.bench_function("read", |bench| bench.iter(|| read::workbook(NAME, black_box(WORKBOOK)).is_ok()));
    criterion.bench_function("records and rules", |bench| bench.iter(|| judged(black_box(&library))));
    criterion.bench_function("compose", |bench| bench.iter(|| acts(&library, &dossier, black_box(bodies[0]))));
    criterion.bench_function("docx", |bench| bench.iter(|| docx::docx(black_box(&first[0]))));
    let bytes = docx::docx(&first[0]).expect("a document");
    let files = [File { name: "01-convenzione.docx".to_owned(), format: "docx", act: 0, bytes }];
    let party = || Party { code: "c_a035".to_owned(), name: "Comune di Acqualagna".to_owned() };
    let filing = Filing::default();
    criterion.bench_function("bundle", |bench| {
        bench.iter(|| {
            let contents = Contents {
                body: party(),
                convention: "Convenzione",
                stage: "schema",
                filing: &filing,
                acts: &first[..1],
                files: black_box(&files),
            };
            bundle::build("", contents).is_ok()
        });
    });
    let press = Press::new().expect("a press");
    // A new body each time: the same act again would come from Typst's memory.
    let mut next = 0;
    criterion.bench_function("pdf", |bench| {
        bench.iter_batched(
            || {
                next = (next + 1) % bodies.len();
                acts(&library, &dossier, bodies[next])
            },
            |acts| batch::each(1, 1, |_| press.pdf(&acts[0]).expect("a PDF").len()),
            criterion::BatchSize::SmallInput,
        );
    });
}

fn whole(criterion: &mut Criterion) {
    let library = library();
    let press = Press::new().expect("a press");
    let mut group = criterion.benchmark_group("whole");
    group.sample_size(10);
    let workbook = crowded(&library, 250);
    group.bench_function("check, 250 bodies of six acts, 2 threads", |bench| {
        bench.iter(|| pipeline::check(NAME, black_box(&workbook), &judge(&library, &press)).summary());
    });
    for bodies in BODIES {
        let workbook = crowded(&library, bodies);
        group.bench_function(format!("run, {bodies} bodies of six acts, 2 threads"), |bench| {
            bench.iter_batched(
                || tempfile::tempdir().expect("a folder"),
                |folder| {
                    assert!(run(&library, &press, &workbook, folder.path().to_owned()) > 0);
                    folder
                },
                criterion::BatchSize::PerIteration,
            );
        });
    }
    group.finish();
}

criterion_group!(benches, steps, whole);
criterion_main!(benches);
