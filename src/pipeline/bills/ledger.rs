//! `fatture/registro.json`: what was issued in this folder, whether or not the sheet has it yet. By it a second run gives no
//! number twice, and finishes what a stopped one began.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use chrono::Datelike;
use serde::{Deserialize, Serialize};

use super::folder;
use crate::bill::Entry;
use crate::billing::{Made, State};
use crate::emit::EmitError;
use crate::pipeline::store::{RunError, write_atomically};

/// Name of the schema.
const SCHEMA: &str = "scrivano/bills/1";

/// The ledger.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Ledger {
    schema: String,
    entries: Vec<Issued>,
}

/// A bill that was issued.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Issued {
    #[serde(flatten)]
    entry: Entry,
    /// Name of its FatturaPA file.
    file: Option<String>,
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
                return Ok(Self { schema: SCHEMA.to_owned(), entries: Vec::new() });
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
        self.entries.iter().map(|issued| &issued.entry)
    }

    /// True where a FatturaPA file of this name was issued.
    pub fn has_file(&self, name: &str) -> bool {
        self.entries.iter().any(|issued| issued.file.as_deref() == Some(name))
    }

    /// The ledger with what is issued now, in order of day and number.
    #[must_use]
    pub fn with(&self, made: &[Made]) -> Self {
        let mut all = self.clone();
        let known: BTreeSet<(String, i32)> = self.entries().map(key).collect();
        let new = made.iter().filter(|made| made.state != State::Kept && !known.contains(&key(&made.entry)));
        all.entries.extend(new.map(|made| Issued { entry: made.entry.clone(), file: made.bill.file_name() }));
        all.entries.sort_by(|a, b| {
            let order = |it: &Issued| (it.entry.date, it.file.clone(), it.entry.number.len(), it.entry.number.clone());
            order(a).cmp(&order(b))
        });
        all
    }

    /// Writes it.
    ///
    /// # Errors
    /// The disk refuses.
    pub fn write(&self, root: &Path) -> Result<(), RunError> {
        if self.entries.is_empty() {
            return Ok(());
        }
        let mut json = serde_json::to_vec_pretty(self).map_err(EmitError::from)?;
        json.push(b'\n');
        write_atomically(&path(root), &json).map(|_| ())
    }
}

fn key(entry: &Entry) -> (String, i32) {
    (entry.number.clone(), entry.date.year())
}

fn path(root: &Path) -> PathBuf {
    folder(root).join("registro.json")
}
