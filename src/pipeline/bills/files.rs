//! The files of bills: FatturaPA in `fatture/`, readable copies in the folders of the payers. What was issued is never
//! written over: a file that is there stays, whatever a new version of the program would make of it.

use std::path::{Path, PathBuf};

use super::{Bills, FOLDER, is_sent};
use crate::act::Act;
use crate::batch;
use crate::bill::Bill;
use crate::billing::{Made, State};
use crate::compose::Library;
use crate::dossier::Dossier;
use crate::emit::EmitError;
use crate::emit::pdf::{Attachment, Press};
use crate::pipeline::store::{RunError, write_atomically};

/// What a readable copy says of the file inside it.
const INSIDE: &str = "Fattura elettronica trasmessa al Sistema di interscambio";

/// Refuses to issue a bill whose file is there already and is not on record: another program, or another workbook of the
/// same body, may have sent it.
///
/// # Errors
/// There is such a file.
pub fn refuse_strangers(bills: &Bills) -> Result<(), RunError> {
    let issued = bills.ledger.files();
    for (made, xml) in bills.billing.made.iter().zip(&bills.xml).filter(|(made, _)| made.state == State::New) {
        let (Some(path), Some(xml)) = (xml_path(&bills.root, &made.bill), xml) else { continue };
        let name = made.bill.file_name().unwrap_or_default();
        // The letter of a series follows from the order in which the register opens them.
        if let Some(number) = issued.get(format!("{FOLDER}/{name}").as_str()) {
            let message = format!(
                "il n. {} avrebbe lo stesso file del n. {number}, «{name}»: nel registro è stata aggiunta una serie anteriore. Togliere quelle righe, o dare alla nuova serie una data successiva",
                made.bill.number
            );
            return Err(RunError::Argument(message));
        }
        if std::fs::read(&path).is_ok_and(|there| there != *xml) {
            let message = format!(
                "«{}» c’è già e non è nel registro: non si sa se è stato trasmesso. Se non lo è cancellarlo; se lo è aggiungere il documento al foglio Fatture",
                path.display()
            );
            return Err(RunError::Argument(message));
        }
    }
    Ok(())
}

fn xml_path(root: &Path, bill: &Bill) -> Option<PathBuf> {
    is_sent(bill.kind).then(|| bill.file_name()).flatten().map(|name| root.join(FOLDER).join(name))
}

/// Where the readable copy of a bill stands.
pub fn copy_path(root: &Path, folders: &[String], bill: &Bill) -> PathBuf {
    let folder = folders.get(bill.body).map(String::as_str).unwrap_or_default();
    root.join(folder).join(format!("{}.pdf", bill.stem()))
}

/// Writes the FatturaPA files that are not there.
///
/// # Errors
/// The disk refuses.
pub fn write_sent(bills: &Bills) -> Result<(), RunError> {
    for (made, xml) in bills.billing.made.iter().zip(&bills.xml) {
        if let (Some(path), Some(xml)) = (xml_path(&bills.root, &made.bill), xml)
            && made.state != State::Kept
            && !path.exists()
        {
            write_atomically(&path, xml)?;
        }
    }
    Ok(())
}

/// Writes the files that are not there.
///
/// # Errors
/// The disk refuses.
pub fn write(
    dossier: &Dossier,
    bills: &Bills,
    folders: &[String],
    library: &Library,
    press: &Press,
    jobs: usize,
) -> Result<(), RunError> {
    write_sent(bills)?;
    let outcomes = batch::each(bills.billing.made.len(), jobs, |n| {
        let (Some(made), Some(xml)) = (bills.billing.made.get(n), bills.xml.get(n)) else { return Ok(()) };
        if made.state == State::Kept {
            return Ok(());
        }
        let path = copy_path(&bills.root, folders, &made.bill);
        if !path.exists() {
            write_atomically(&path, &copy(made, xml.as_deref(), dossier, library, press)?)?;
        }
        Ok(())
    });
    outcomes.into_iter().collect()
}

/// The readable copy of a bill, with its FatturaPA file inside.
///
/// # Errors
/// Only for faults of the program or of texts of one's own.
pub fn copy(
    made: &Made,
    xml: Option<&[u8]>,
    dossier: &Dossier,
    library: &Library,
    press: &Press,
) -> Result<Vec<u8>, RunError> {
    let act = act(&made.bill, dossier, library)?;
    let name = made.bill.file_name();
    pdf(&act, name.as_deref().zip(xml), press)
}

/// The PDF of a readable copy, with the FatturaPA file of this name inside.
///
/// # Errors
/// Only for a fault of the program.
pub fn pdf(act: &Act, file: Option<(&str, &[u8])>, press: &Press) -> Result<Vec<u8>, RunError> {
    Ok(match file {
        Some((name, bytes)) => press.pdf_with(act, &Attachment { name, bytes, description: INSIDE })?,
        None => press.pdf(act)?,
    })
}

/// The readable copy as a tree.
///
/// # Errors
/// The template of this kind has faults, which the check of texts tells.
pub fn act(bill: &Bill, dossier: &Dossier, library: &Library) -> Result<Act, RunError> {
    library.compose_bill(bill, dossier).map_err(|faults| {
        let first = faults.into_iter().next();
        let said = first.map(|fault| format!("{}: {}", fault.place, fault.message)).unwrap_or_default();
        RunError::Emit(EmitError::Layout(said))
    })
}
