//! `fatture`: what the lead body charges for a year, reckoned, judged as the exchange system would judge it, numbered,
//! written. Nothing is written before everything has been judged; the ledger is written first, so that a run that is stopped
//! is finished by the next one with the same numbers.

pub mod files;
mod ledger;
mod outcome;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use super::store::RunError;
use super::write::folders;
use super::{Checked, folder_name};
use crate::act::{Act, ActKind};
use crate::batch;
use crate::bill::{Bill, Entry};
use crate::billing::{self, Billed, Billing, Made, Snapshot, State};
use crate::compose::Library;
use crate::diagnostic::Diagnostic;
use crate::dossier::Dossier;
use crate::emit::copy::{self, RegisterCopy};
use crate::emit::fatturapa as writer;
use crate::emit::pdf::Press;
use crate::emit::register::RegisterBill;
use crate::fatturapa::FatturaElettronica;
use crate::place::Place;
use crate::rule::Severity;
use crate::schema::BillKind;
use crate::{fees, read, sdi};
use ledger::Ledger;

pub use outcome::{BillOutcome, BillReport, BillState};

/// The folder of the FatturaPA files in the run's folder.
const FOLDER: &str = "fatture";
/// Groups of rules whose errors forbid to bill a body. Those on acts and deliberations do not: the sums are owed.
const GROUPS: [&str; 4] = ["WB", "ENT", "FEE", "SRV"];
/// Rules of these groups that touch neither the sums nor who owes them: who signs, and what a form must say.
const OF_FORMS: [&str; 5] = ["ENT-09", "SRV-04", "SRV-05", "SRV-07", "SRV-11"];

/// What to bill, and where.
#[derive(Debug, Clone)]
pub struct BillOptions {
    /// Folder in which the run's own folder is made.
    pub out: PathBuf,
    /// The year to charge.
    pub year: i32,
    /// Codes or names of the payers wanted; empty for all.
    pub bodies: Vec<String>,
    /// Threads.
    pub jobs: usize,
}

/// The bills of a year, with their files.
#[derive(Debug)]
pub struct Bills {
    /// The bills, and what errors withhold.
    pub billing: Billing,
    /// The FatturaPA file of each bill of `billing.made`, in order; nothing for what is not sent or stays as it was.
    pub xml: Vec<Option<Vec<u8>>>,
    /// The year charged.
    pub year: i32,
    /// What earlier runs issued in the same folder.
    ledger: Ledger,
    /// The run's folder.
    pub root: PathBuf,
}

/// Reckons the bills of a year and judges them: what the exchange system would refuse (INV-12) or no font can print (WB-07)
/// is withheld before it has a number. Writes nothing.
///
/// # Errors
/// The workbook holds nothing to bill from, the ledger of earlier runs cannot be read, a body asked for does not exist, or
/// the texts of the copies have faults.
pub fn prepare(checked: &Checked, options: &BillOptions, library: &Library, press: &Press) -> Result<Bills, RunError> {
    let Some(dossier) = &checked.dossier else {
        return Err(RunError::Argument("il file non contiene dati da cui emettere fatture".to_owned()));
    };
    if dossier.is_agreement() {
        let message = "un accordo non ha quote da fatturare: le somme stanziate si versano come l’accordo dice";
        return Err(RunError::Argument(message.to_owned()));
    }
    let root = options.out.join(folder_name(&dossier.workbook));
    let ledger = Ledger::read(&root)?;
    let only = wanted(dossier, &options.bodies)?;
    let entries: Vec<_> = ledger.entries().cloned().collect();
    let snapshots = snapshots(dossier, options.year, &billing::days(dossier, options.year, &entries));
    let of_bills = |code: &&&'static str| forbids(code);
    let mut errors: Vec<Vec<&'static str>> =
        checked.withheld.iter().map(|codes| codes.iter().filter(of_bills).copied().collect()).collect();
    let mut refused: Vec<Diagnostic> = Vec::new();
    let folders = folders(dossier);
    let judged = |made: &Made| -> Result<(Option<Vec<u8>>, Vec<Diagnostic>), RunError> {
        let (bytes, mut found) = file(made, dossier)?;
        let copy = files::copy_path(&root, &folders, &made.bill);
        if made.state != State::Kept && !copy.exists() {
            let act = files::act(&made.bill, dossier, library)?;
            let signs = press.unprintable(&act).into_iter();
            found.extend(signs.map(|(c, place)| super::unprintable(c, place).body(made.bill.payer.code.clone())));
        }
        Ok((bytes, found))
    };
    // What the exchange system would refuse is withheld, and the numbers close up: once more without it.
    loop {
        let billed = Billed {
            dossier,
            year: options.year,
            snapshots: &snapshots,
            ledger: &entries,
            errors: &errors,
            only: only.as_deref(),
        };
        let mut billing = billing::bills(&billed);
        let written = batch::each(billing.made.len(), options.jobs, |n| billing.made.get(n).map(&judged));
        let mut xml = Vec::new();
        let mut told: Vec<Diagnostic> = Vec::new();
        let mut again = false;
        for (made, outcome) in billing.made.iter_mut().zip(written.into_iter().flatten()) {
            let (bytes, mut found) = outcome?;
            let faults: BTreeSet<&'static str> =
                found.iter().filter(|found| found.is_error()).map(|found| found.code).collect();
            xml.push(bytes.filter(|_| faults.is_empty()));
            if let Some(codes) =
                errors.get_mut(made.bill.body).filter(|_| made.state == State::New && !faults.is_empty())
            {
                codes.extend(faults);
                refused.append(&mut found);
                again = true;
            } else if !faults.is_empty() {
                // What the register has, and cannot be sent or printed as it is, is not written.
                made.state = State::Kept;
            }
            told.append(&mut found);
        }
        if !again {
            billing.diagnostics.append(&mut told);
            billing.diagnostics.append(&mut refused);
            billing.diagnostics = super::sorted(billing.diagnostics);
            return Ok(Bills { billing, xml, year: options.year, ledger, root });
        }
    }
}

/// True for a finding on the workbook that forbids to bill somebody.
pub fn is_of_bills(found: &Diagnostic) -> bool {
    found.is_error() && forbids(found.code)
}

fn forbids(code: &str) -> bool {
    GROUPS.iter().any(|group| code.starts_with(group)) && !OF_FORMS.contains(&code)
}

/// What was known on each of these days, in order. Days between which nothing was asked for or given up are alike.
fn snapshots(dossier: &Dossier, year: i32, days: &[chrono::NaiveDate]) -> Vec<Snapshot> {
    let told = |day: chrono::NaiveDate| {
        let requests = dossier.requests.iter().filter(|row| row.data.copied().is_none_or(|at| at <= day)).count();
        let leaving =
            dossier.bodies.iter().filter(|body| body.recesso_comunicato_il.copied().is_none_or(|at| at <= day));
        (requests, leaving.count())
    };
    let mut all: Vec<Snapshot> = Vec::with_capacity(days.len());
    let mut before = None;
    for day in days.iter().copied() {
        let now = Some(told(day));
        let same = all.last().filter(|_| now == before).cloned();
        all.push(match same {
            Some(same) => Snapshot { day, ..same },
            None => snapshot(dossier, year, day),
        });
        before = now;
    }
    all
}

/// What a run of bills has to tell: what the workbook is wrong about that bears on bills, then the findings of billing.
pub fn findings(checked: &Checked, told: &BillReport) -> Vec<Diagnostic> {
    let of_data = checked.diagnostics.iter().filter(|found| is_of_bills(found));
    of_data.chain(&told.diagnostics).cloned().collect()
}

/// What was known on a day.
fn snapshot(dossier: &Dossier, year: i32, day: chrono::NaiveDate) -> Snapshot {
    let known = dossier.as_known_on(day);
    Snapshot {
        day,
        charges: fees::charges(&known, year),
        leaves: known.bodies.iter().map(|body| known.withdrawal_effect(body)).collect(),
    }
}

/// The positions of the bodies asked for.
fn wanted(dossier: &Dossier, bodies: &[String]) -> Result<Option<Vec<usize>>, RunError> {
    let find = |name: &String| {
        dossier.find_body(name).ok_or_else(|| {
            let names = dossier.bodies.iter().flat_map(|body| [body.code(), body.name()]);
            let near = crate::italian::nearest(name, names).map(|near| format!(": forse si voleva «{near}»"));
            RunError::Argument(format!("nel foglio Enti non c’è «{name}»{}", near.unwrap_or_default()))
        })
    };
    let found: Vec<usize> = bodies.iter().map(find).collect::<Result<_, _>>()?;
    Ok(Some(found).filter(|found| !found.is_empty()))
}

/// The FatturaPA file of a bill, and what there is to say of it: INV-09, and INV-12 where the exchange system would refuse it.
fn file(made: &Made, dossier: &Dossier) -> Result<(Option<Vec<u8>>, Vec<Diagnostic>), RunError> {
    let bill = &made.bill;
    let Some(blocks) = FatturaElettronica::of(bill).filter(|_| made.state != State::Kept) else {
        return Ok((None, Vec::new()));
    };
    let bytes = writer::xml(&blocks)?;
    let place = dossier.bodies.get(bill.body).map_or(Place::None, |body| body.place.clone());
    let mut found = Vec::new();
    if made.state == State::New {
        adapted(bill, &blocks, &place, &mut found);
    }
    let received = bill.date.max(dossier.today);
    for refusal in sdi::judge(bill.file_name().as_deref(), &bytes, received) {
        let at = if refusal.path.is_empty() { String::new() } else { format!(", elemento {}", refusal.path) };
        let message = format!(
            "{} per «{}»: il Sistema di interscambio la scarterebbe (controllo {}{at}): {}",
            crate::italian::capitalize(bill.kind.italian()),
            bill.payer.name,
            refusal.code,
            refusal.message
        );
        let hint = if refusal.hint.is_empty() { "correggere i dati da cui viene".to_owned() } else { refusal.hint };
        found.push(Diagnostic::new("INV-12", place.clone(), message).hint(hint).body(bill.payer.code.clone()));
    }
    Ok((Some(bytes), found))
}

/// INV-09: what the characters and the lengths of the format changed.
fn adapted(bill: &Bill, blocks: &FatturaElettronica, place: &Place, found: &mut Vec<Diagnostic>) {
    let named = |c: &char| if c.is_control() { format!("U+{:04X}", u32::from(*c)) } else { format!("«{c}»") };
    let it = &blocks.adapted;
    if !it.replaced.is_empty() {
        let list: Vec<String> = it.replaced.iter().take(8).map(named).collect();
        let message =
            format!("la fattura elettronica per «{}» scrive in altro modo: {}", bill.payer.name, list.join(", "));
        let hint = "il formato ammette solo i caratteri latini: controllare come si legge, o cambiare le celle";
        found.push(Diagnostic::new("INV-09", place.clone(), message).hint(hint).body(bill.payer.code.clone()));
    }
    // The title of the convention is the same in every bill, and whole in the reasons of each.
    for cut in it.shortened.iter().filter(|cut| cut.element != "CodiceCommessaConvenzione") {
        let message = format!(
            "nella fattura per «{}» il testo di «{}» è più lungo del formato: «{}»",
            bill.payer.name, cut.element, cut.kept
        );
        let hint = "il testo intero è nella causale: abbreviare la cella, se non basta";
        let told = Diagnostic::new("INV-09", place.clone(), message).severity(Severity::Warning);
        found.push(told.hint(hint).body(bill.payer.code.clone()));
    }
}

/// Writes what [`prepare`] gave: the ledger, the FatturaPA files, the readable copies, the registers.
///
/// # Errors
/// The disk refuses, or a file of another document stands in the place of a new one.
pub fn issue(
    checked: &Checked,
    bills: &Bills,
    library: &Library,
    press: &Press,
    jobs: usize,
) -> Result<BillReport, RunError> {
    let Some(dossier) = &checked.dossier else {
        return Err(RunError::Argument("il file non contiene dati da cui emettere fatture".to_owned()));
    };
    bills.ledger.still_stands(&bills.root)?;
    files::refuse_strangers(bills)?;
    let folders = folders(dossier);
    let ledger = bills.ledger.with(&bills.billing.made, &folders);
    ledger.follow(&bills.ledger, &bills.root)?;
    files::write(dossier, bills, &folders, library, press, jobs)?;
    outcome::write(&ledger, bills)?;
    outcome::refresh_register(checked, dossier, &ledger, bills)?;
    Ok(outcome::of(dossier, bills, &folders))
}

/// A bill as `genera` puts it in a bundle.
pub struct BillAct {
    /// Its readable copy.
    pub act: Act,
    /// Name and content of its FatturaPA file.
    pub file: Option<(String, Vec<u8>)>,
}

/// The bills of these kinds as acts, by position of the payer.
///
/// # Errors
/// Faults of the texts.
pub fn acts(
    dossier: &Dossier,
    bills: &Bills,
    library: &Library,
    kinds: &[ActKind],
) -> Result<BTreeMap<usize, Vec<BillAct>>, RunError> {
    let mut acts: BTreeMap<usize, Vec<BillAct>> = BTreeMap::new();
    for (made, xml) in bills.billing.made.iter().zip(&bills.xml) {
        let act = files::act(&made.bill, dossier, library)?;
        if kinds.contains(&act.kind) {
            let file = made.bill.file_name().zip(xml.clone());
            acts.entry(made.bill.body).or_default().push(BillAct { act, file });
        }
    }
    Ok(acts)
}

/// Records the bills as issued, and writes the files of those that are sent: all that `genera` leaves to this module.
///
/// # Errors
/// As [`issue`].
pub fn record(dossier: &Dossier, bills: &Bills) -> Result<(), RunError> {
    bills.ledger.still_stands(&bills.root)?;
    files::refuse_strangers(bills)?;
    let ledger = bills.ledger.with(&bills.billing.made, &folders(dossier));
    ledger.follow(&bills.ledger, &bills.root)?;
    files::write_sent(bills)?;
    outcome::write(&ledger, bills)
}

/// What was issued in a run's folder, for the VAT register; nothing where the ledger cannot be read, which only `fatture`
/// has to mind.
pub fn on_record(root: &Path) -> Vec<RegisterBill> {
    Ledger::read(root).map(|ledger| ledger.bills().to_vec()).unwrap_or_default()
}

/// A copy of the workbook in `bytes`, called `name`, with what was issued in its register.
///
/// # Errors
/// The sheet `Fatture` cannot be written in.
pub fn register(name: &str, bytes: &[u8], bills: &Bills) -> Result<RegisterCopy, RunError> {
    let tables = read::workbook(name, bytes).map_err(|fault| RunError::Argument(fault.message))?;
    // Of other years as well: a copy without them would give their numbers again.
    let made = bills.billing.made.iter().map(|made| &made.entry);
    let entries: Vec<Entry> = made.chain(&bills.billing.unregistered).cloned().collect();
    Ok(copy::register_copy(bytes, &tables, &entries)?)
}

/// The report of bills that are not written: what `--anteprima` shows.
pub fn preview(checked: &Checked, bills: &Bills) -> Option<BillReport> {
    checked.dossier.as_ref().map(|dossier| outcome::of(dossier, bills, &folders(dossier)))
}

/// True for what is sent through the exchange system.
fn is_sent(kind: BillKind) -> bool {
    matches!(kind, BillKind::Fattura | BillKind::NotaCredito)
}
