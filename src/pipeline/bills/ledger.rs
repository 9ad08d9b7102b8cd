//! `fatture/registro.json`: what was issued in this folder, whether or not the sheet has it yet. By it a second run gives no
//! number twice, and finishes what a stopped one began.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use chrono::Datelike;
use serde::{Deserialize, Serialize};

use super::{FOLDER, is_sent};
use crate::bill::Entry;
use crate::billing::{Made, State};
use crate::emit::EmitError;
use crate::emit::register::RegisterBill;
use crate::pipeline::store::{RunError, write_atomically};
use crate::schema::BillKind;

/// Name of the schema.
const SCHEMA: &str = "scrivano/bills/1";

/// The ledger.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Ledger {
    schema: String,
    bills: Vec<RegisterBill>,
}

impl Ledger {
    /// Reads the ledger of a run's folder; an empty one where there is none.
    ///
    /// # Errors
    /// There is one, and it cannot be read: to go on would give its numbers again.
    pub fn read(root: &Path) -> Result<Self, RunError> {
        let path = path(root);
        let bytes = match fs::read(&path) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                return Ok(Self { schema: SCHEMA.to_owned(), bills: Vec::new() });
            }
            Err(source) => return Err(RunError::Read { path, source }),
        };
        let ledger: Option<Self> = serde_json::from_slice(&bytes).ok();
        ledger.filter(|ledger| ledger.schema == SCHEMA).ok_or_else(|| {
            let message = "è danneggiato: contiene i numeri già dati, e senza non se ne possono dare altri. Rimettere la copia di sicurezza; se il foglio Fatture ha già tutti i documenti, cancellarlo";
            RunError::Argument(format!("«{}» {message}", path.display()))
        })
    }

    /// What was issued.
    pub fn entries(&self) -> impl Iterator<Item = &Entry> {
        self.bills.iter().map(|bill| &bill.entry)
    }

    /// The same with their sums, for the registers.
    pub fn bills(&self) -> &[RegisterBill] {
        &self.bills
    }

    /// The numbers of the documents issued with a FatturaPA file, by its path from the run's folder.
    pub fn files(&self) -> BTreeMap<&str, &str> {
        self.bills.iter().filter_map(|bill| Some((bill.file.as_deref()?, bill.entry.number.as_str()))).collect()
    }

    /// The ledger with what is issued now, in order of day and file. What is on record stays as it is.
    #[must_use]
    pub fn with(&self, made: &[Made], folders: &[String]) -> Self {
        let mut all = self.clone();
        let known: BTreeSet<(String, i32, BillKind)> = self.entries().map(key).collect();
        for made in made.iter().filter(|made| made.state != State::Kept && !known.contains(&key(&made.entry))) {
            let bill = &made.bill;
            let file = is_sent(bill.kind).then(|| bill.file_name()).flatten().map(|name| format!("{FOLDER}/{name}"));
            let copy = folders.get(bill.body).map(|folder| format!("{folder}/{}.pdf", bill.stem()));
            all.bills.push(RegisterBill::of(bill, made.entry.clone(), file, copy));
        }
        all.bills.sort_by(|a, b| {
            let order =
                |it: &RegisterBill| (it.entry.date, it.entry.kind, it.entry.number.len(), it.entry.number.clone());
            order(a).cmp(&order(b))
        });
        all
    }

    /// Looks whether it is what the folder has.
    ///
    /// # Errors
    /// Another run has issued something since this was read.
    pub fn still_stands(&self, root: &Path) -> Result<(), RunError> {
        let keys = |ledger: &Self| ledger.entries().map(key).collect::<Vec<_>>();
        if keys(&Self::read(root)?) == keys(self) {
            return Ok(());
        }
        let message = "un’altra esecuzione ha appena emesso documenti in questa cartella: ripetere il comando, che riparte dai suoi numeri";
        Err(RunError::Argument(message.to_owned()))
    }

    /// Writes it in the place of the one that this run began with.
    ///
    /// # Errors
    /// The disk refuses; another run has issued something meanwhile, perhaps with the same numbers.
    pub fn follow(&self, before: &Self, root: &Path) -> Result<(), RunError> {
        if self.bills.is_empty() {
            return Ok(());
        }
        let folder = root.join(FOLDER);
        fs::create_dir_all(&folder).map_err(|source| RunError::Write { path: folder.clone(), source })?;
        // Where folders cannot be locked, only runs that write in the same instant go unseen.
        let door = fs::File::open(&folder).ok();
        let _closed = door.as_ref().map(fs::File::lock);
        before.still_stands(root)?;
        let mut json = serde_json::to_vec_pretty(self).map_err(EmitError::from)?;
        json.push(b'\n');
        write_atomically(&path(root), &json).map(|_| ())
    }
}

/// What tells documents apart: credit notes may repeat the numbers of invoices.
fn key(entry: &Entry) -> (String, i32, BillKind) {
    (entry.number.clone(), entry.date.year(), entry.kind)
}

fn path(root: &Path) -> PathBuf {
    root.join(FOLDER).join("registro.json")
}
