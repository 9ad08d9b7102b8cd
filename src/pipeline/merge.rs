//! `unisci`: the slices of a run, made in one folder or in several, become what a run on all bodies leaves, byte for byte.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use super::memory::{Inputs, Memory, Vouched, name};
use super::outcome::{ActOutcome, RunReport};
use super::site::Site;
use super::store::RunError;
use super::write::earlier::manifest_at;
use super::write::finish;
use super::write::install::{install, mend};
use super::{folder_name, slices::Slice};
use crate::emit::register::RegisterRow;

/// The slices joined.
pub struct Merged {
    /// The report of all.
    pub report: RunReport,
    /// The folder it is in.
    pub root: PathBuf,
    /// Slices found more than once, and the same each time.
    pub doubled: Vec<String>,
    /// Slices of another run that were found besides, with their folder.
    pub strangers: Vec<String>,
}

/// A slice that was made.
struct Made {
    root: PathBuf,
    slice: Slice,
    memory: Memory,
}

/// Joins the slices in `folders`: each the folder of a run, or one that holds it. They are joined in the run's folder in
/// `out`; without it where they are, if they are in one folder, else in `out` beside.
///
/// # Errors
/// There are no slices, some are missing, they are not of one run, their files are not as they were left; the disk refuses.
pub fn merge(folders: &[PathBuf], out: Option<&Path>, jobs: usize) -> Result<Merged, RunError> {
    let mut found = Vec::new();
    for folder in folders {
        let made = made_in(folder)?;
        if made.is_empty() {
            let message = format!(
                "in «{}» non ci sono parti da unire: si fanno con «scrivano genera FILE --fetta 1/4»",
                folder.display()
            );
            return Err(RunError::Argument(message));
        }
        found.extend(made);
    }
    found.sort_by(|a, b| (a.slice.number, &a.root).cmp(&(b.slice.number, &b.root)));
    found.dedup_by(|a, b| a.slice == b.slice && a.root == b.root);
    let (found, strangers) = of_one_run(found)?;
    let (slices, doubled) = each_once(found)?;
    let mut parts = Vec::with_capacity(slices.len());
    for made in &slices {
        parts.push(whole(made, jobs)?);
    }
    let Some(first) = slices.first() else { return Err(RunError::Argument("non c’è niente da unire".to_owned())) };
    let root = match out {
        Some(out) => out.join(folder_name(&first.memory.inputs.workbook)),
        None if slices.iter().all(|made| made.root == first.root) => first.root.clone(),
        None => Path::new("out").join(folder_name(&first.memory.inputs.workbook)),
    };
    let site = Site::open(&root, |dead| mend(&root, dead))?;
    let inputs = Inputs { slice: None, ..first.memory.inputs.clone() };
    let _forgotten = fs::remove_file(root.join(name(None)));
    for made in &slices {
        bring(&site, &root, made)?;
    }
    let (report, rows) = joined(&slices, parts);
    let bundles: BTreeMap<&str, &Vouched> =
        slices.iter().flat_map(|made| &made.memory.files).map(|file| (file.path.as_str(), file)).collect();
    let order = report.acts.iter().map(|act| act.index).collect();
    let facts = first.memory.facts.clone().map(|facts| facts.with_rows(order, rows));
    let Some(facts) = facts else { return Err(damaged(first)) };
    finish(&site, &root, &report, facts, inputs, |path| bundles.get(path).map(|file| (*file).clone()))?;
    Ok(Merged { report, root, doubled, strangers })
}

/// The slices of which a folder remembers, or those of the folders in it.
fn made_in(folder: &Path) -> Result<Vec<Made>, RunError> {
    let fail = |source| RunError::Read { path: folder.to_owned(), source };
    let own = remembered(folder).map_err(fail)?;
    if !own.is_empty() {
        return own.into_iter().map(|path| read(folder, &path)).collect();
    }
    let mut made = Vec::new();
    let entries: Result<Vec<_>, _> = fs::read_dir(folder).map_err(fail)?.collect();
    for inner in entries.map_err(fail)?.iter().map(fs::DirEntry::path).filter(|path| path.is_dir()) {
        for path in remembered(&inner).map_err(fail)? {
            made.push(read(&inner, &path)?);
        }
    }
    Ok(made)
}

/// The memories of slices in a folder.
fn remembered(folder: &Path) -> std::io::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if name.starts_with(".scrivano-") && name.ends_with(".json") {
            found.push(entry.path());
        }
    }
    found.sort();
    Ok(found)
}

fn read(root: &Path, path: &Path) -> Result<Made, RunError> {
    let made = Memory::read(path).and_then(|memory| {
        let slice = Slice::parse(memory.inputs.slice.as_deref()?)?;
        Some(Made { root: fs::canonicalize(root).ok()?, slice, memory })
    });
    made.ok_or_else(|| {
        let message = format!("«{}» è di un’altra versione del programma, o è guasto: rifare la parte", path.display());
        RunError::Argument(message)
    })
}

/// The slices of one run, and those of others: where several runs left slices, the one that is complete is meant.
///
/// # Errors
/// None is complete, or several are: says in what they differ.
fn of_one_run(found: Vec<Made>) -> Result<(Vec<Made>, Vec<String>), RunError> {
    let mut runs: Vec<Vec<Made>> = Vec::new();
    for made in found {
        let same = |run: &&mut Vec<Made>| run.first().is_some_and(|first| differences(first, &made).is_empty());
        match runs.iter_mut().find(same) {
            Some(run) => run.push(made),
            None => runs.push(vec![made]),
        }
    }
    let is_complete = |run: &&Vec<Made>| {
        let numbers: BTreeSet<usize> = run.iter().map(|made| made.slice.number).collect();
        run.first().is_some_and(|first| numbers.len() == first.slice.of)
    };
    if let [Some(a), Some(b)] = [0, 1].map(|n| runs.get(n).and_then(|run| run.first()))
        && runs.iter().filter(is_complete).count() != 1
    {
        let message = format!(
            "le parti {} («{}») e {} («{}») non vanno insieme: sono {}",
            a.slice,
            a.root.display(),
            b.slice,
            b.root.display(),
            differences(a, b).join(", ")
        );
        return Err(RunError::Argument(message));
    }
    let chosen = runs.iter().position(|run| is_complete(&run)).unwrap_or_default();
    let slices = if runs.is_empty() { Vec::new() } else { runs.remove(chosen) };
    let stranger = |made: Made| format!("{} («{}»)", made.slice, made.root.display());
    Ok((slices, runs.into_iter().flatten().map(stranger).collect()))
}

/// In what two slices differ that should be of one run.
fn differences(one: &Made, other: &Made) -> Vec<&'static str> {
    let (a, b) = (&one.memory.inputs, &other.memory.inputs);
    let asked = |inputs: &Inputs| (inputs.acts.clone(), inputs.formats.clone(), inputs.bodies.clone(), inputs.year);
    let differ = [
        ("di fogli diversi", a.workbook != b.workbook || a.workbook_sha256 != b.workbook_sha256),
        ("di due versioni del programma", a.version != b.version || a.program != b.program),
        ("di testi diversi (--testi)", a.texts != b.texts),
        ("di giorni diversi (--alla-data)", a.day != b.day),
        ("con --atti, --enti, --formati o --anno diversi", asked(a) != asked(b)),
        ("di due divisioni diverse", one.slice.of != other.slice.of),
    ];
    differ.into_iter().filter(|(_, differ)| *differ).map(|(what, _)| what).collect()
}

/// Every slice once, and those that were found more than once.
///
/// # Errors
/// Slices are missing, or the same slice was made twice and not the same.
fn each_once(found: Vec<Made>) -> Result<(Vec<Made>, Vec<String>), RunError> {
    let of = found.first().map_or(0, |made| made.slice.of);
    let known: BTreeSet<usize> = found.iter().map(|made| made.slice.number).collect();
    let missing: Vec<String> = (1..=of).filter(|n| !known.contains(n)).map(|n| format!("{n}/{of}")).collect();
    if let Some(one) = missing.first() {
        let which = if missing.len() == 1 { "manca la parte" } else { "mancano le parti" };
        let message = format!(
            "{which} {}: si fa con «scrivano genera FILE --fetta {one}», poi si unisce di nuovo",
            missing.join(", ")
        );
        return Err(RunError::Argument(message));
    }
    let mut doubled = Vec::new();
    let mut once: Vec<Made> = Vec::new();
    for made in found {
        match once.last() {
            Some(last) if last.slice == made.slice => {
                if last.memory.files != made.memory.files {
                    let message = format!(
                        "la parte {} c’è due volte e non è la stessa, in «{}» e in «{}»: dare una sola delle due cartelle",
                        made.slice,
                        last.root.display(),
                        made.root.display()
                    );
                    return Err(RunError::Argument(message));
                }
                doubled.push(made.slice.to_string());
            }
            _ => once.push(made),
        }
    }
    Ok((once, doubled))
}

/// The report of a slice whose files are all as it left them.
///
/// # Errors
/// They are not.
fn whole(made: &Made, jobs: usize) -> Result<RunReport, RunError> {
    let missing = made.memory.missing(&made.root, jobs);
    // Registers that people opened and saved are written anew anyhow.
    let is_act = |file: &&&Vouched| file.path.contains('/') || file.path.ends_with(".zip");
    let missing: Vec<&&Vouched> = missing.iter().filter(is_act).collect();
    if let Some(file) = missing.first() {
        let message = format!(
            "nella parte {} {} o non {} più com’{} («{}»): rifarla con «scrivano genera FILE --fetta {}»",
            made.slice,
            if missing.len() == 1 { "un file manca".to_owned() } else { format!("{} file mancano", missing.len()) },
            if missing.len() == 1 { "è" } else { "sono" },
            if missing.len() == 1 { "era" } else { "erano" },
            made.root.join(file.path.as_str()).display(),
            made.slice
        );
        return Err(RunError::Argument(message));
    }
    made.memory.report(&made.root).ok_or_else(|| damaged(made))
}

fn damaged(made: &Made) -> RunError {
    RunError::Argument(format!(
        "l’esito della parte {} in «{}» manca o non è più com’era: rifarla con «scrivano genera FILE --fetta {}»",
        made.slice,
        made.root.display(),
        made.slice
    ))
}

/// Brings the acts of a slice into the folder of all.
fn bring(site: &Site, root: &Path, made: &Made) -> Result<(), RunError> {
    if fs::canonicalize(root).is_ok_and(|root| root == made.root) {
        return Ok(());
    }
    for bundle in made.memory.files.iter().filter(|file| file.path.ends_with(".zip")) {
        let stem = bundle.path.trim_end_matches(".zip");
        let own = || {
            made.memory.files.iter().filter(|file| file.path.strip_prefix(stem).is_some_and(|it| it.starts_with('/')))
        };
        if bundle.holds(root) && own().all(|file| file.holds(root)) {
            continue;
        }
        let read = |path: &str| {
            let path = made.root.join(path);
            fs::read(&path).map_err(|source| RunError::Read { path, source })
        };
        let zip = read(&bundle.path)?;
        let mut documents = Vec::new();
        for file in own() {
            documents.push((file.path.rsplit('/').next().unwrap_or_default(), read(&file.path)?));
        }
        let documents: Vec<(&str, &[u8])> = documents.iter().map(|(name, bytes)| (*name, bytes.as_slice())).collect();
        let old = manifest_at(&root.join(bundle.path.as_str()));
        install(site, root, stem, &documents, &zip, old.as_ref())?;
    }
    Ok(())
}

/// The report of all slices, and the rows of its acts.
fn joined(slices: &[Made], parts: Vec<RunReport>) -> (RunReport, Vec<RegisterRow>) {
    let mut acts: Vec<(ActOutcome, RegisterRow)> = Vec::new();
    let mut orphans = BTreeSet::new();
    let mut all: Option<RunReport> = None;
    for (made, mut part) in slices.iter().zip(parts) {
        let facts = made.memory.facts.as_ref();
        let order = facts.map_or(&[][..], |facts| &facts.order);
        let rows = facts.map_or(&[][..], |facts| &facts.rows);
        let placed = std::mem::take(&mut part.acts).into_iter().zip(order.iter().zip(rows));
        acts.extend(placed.map(|(act, (index, row))| (ActOutcome { index: *index, ..act }, row.clone())));
        orphans.append(&mut part.orphans.drain(..).collect());
        match all.as_mut() {
            Some(all) => {
                all.summary.bodies += part.summary.bodies;
                all.summary.produced += part.summary.produced;
                all.summary.withheld += part.summary.withheld;
            }
            None => all = Some(part),
        }
    }
    // A body is of one slice, and its acts are in order already.
    acts.sort_by_key(|(act, _)| act.index);
    let (acts, rows) = acts.into_iter().unzip();
    let all = all.map(|all| RunReport { slice: None, acts, orphans: orphans.into_iter().collect(), ..all });
    (all.unwrap_or_default(), rows)
}
