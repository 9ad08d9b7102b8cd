//! How long each step takes, and a whole run: `cargo bench`. Steps work on one body of the fixture, the run on sixty.

#![allow(clippy::expect_used, reason = "a benchmark that cannot run must stop")]

use std::hint::black_box;
use std::path::PathBuf;

use chrono::NaiveDate;
use criterion::{Criterion, criterion_group, criterion_main};
use scrivano::act::{Act, ActKind};
use scrivano::compose::Library;
use scrivano::dossier::{Assignment, Dossier};
use scrivano::emit::docx;
use scrivano::emit::pdf::Press;
use scrivano::pipeline::{self, Format, Judge, Options, Progress};
use scrivano::{batch, check, fees, read};

const NAME: &str = "pesaro-urbino.xlsx";
const WORKBOOK: &[u8] = include_bytes!("../fixtures/pesaro-urbino.xlsx");
/// Bodies of the whole run.
const BODIES: usize = 60;
/// Threads of the whole run.
const JOBS: usize = 2;

fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 1, 10).expect("a day")
}

fn library() -> Library {
    Library::load(Vec::new())
}

/// Records, contributions and rules: what is judged before any act is composed.
fn judged(library: &Library) -> Dossier {
    let workbook = read::workbook(NAME, WORKBOOK).expect("a workbook");
    let mut findings = check::Findings::at(today());
    let dossier = check::records::dossier(&workbook, library.models(), today(), &mut findings);
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
    fn step(&self, _: &str) {}
    fn finish(&self) {}
}

fn run(library: &Library, press: &Press, out: PathBuf) -> usize {
    let checked = pipeline::check(NAME, WORKBOOK, &Judge { library, press, today: today(), jobs: JOBS, acts: None });
    let dossier = checked.dossier.as_ref().expect("a dossier");
    let bodies = dossier.parties().take(BODIES).map(|(_, body)| body.code().to_owned()).collect();
    let options = Options {
        out,
        acts: Some(vec![ActKind::Convenzione, ActKind::DeliberaAdesione]),
        formats: vec![Format::Pdf, Format::Docx],
        bodies,
        jobs: JOBS,
        slice: None,
    };
    let (report, _) = pipeline::generate(checked, WORKBOOK, library, press, &options, &Silent).expect("a run");
    report.summary.produced
}

fn steps(criterion: &mut Criterion) {
    let library = library();
    let dossier = judged(&library);
    let bodies: Vec<usize> = dossier.parties().map(|(index, _)| index).collect();
    let first = acts(&library, &dossier, bodies[0]);
    criterion.bench_function("read", |bench| bench.iter(|| read::workbook(NAME, black_box(WORKBOOK)).is_ok()));
    criterion.bench_function("check", |bench| bench.iter(|| judged(black_box(&library))));
    criterion.bench_function("compose", |bench| bench.iter(|| acts(&library, &dossier, black_box(bodies[0]))));
    criterion.bench_function("docx", |bench| bench.iter(|| docx::docx(black_box(&first[0]))));
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
    let mut group = criterion.benchmark_group("run");
    group.sample_size(10);
    group.bench_function("60 bodies, 2 threads", |bench| {
        bench.iter_batched(
            || tempfile::tempdir().expect("a folder"),
            |folder| {
                assert!(run(&library, &press, folder.path().to_owned()) > 0);
                folder
            },
            criterion::BatchSize::PerIteration,
        );
    });
    group.finish();
}

criterion_group!(benches, steps, whole);
criterion_main!(benches);
