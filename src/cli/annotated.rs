//! `controlla --annota`: the clerk's own file with the findings in it. The file given is never written over.

use std::path::Path;

use super::args::ControllaArgs;
use super::commands::{Loaded, refuse_overwrite};
use super::print::Printer;
use crate::italian::count;
use crate::pipeline::{self, RunError};

/// Refuses a copy that would take the place of something else, before any work is done.
///
/// # Errors
/// The name is not one of a workbook, or that of the workbook itself, or of a file that is there.
pub fn allowed(args: &ControllaArgs) -> Result<(), RunError> {
    let Some(path) = &args.annota else { return Ok(()) };
    if !ends(path, "xlsx") && !ends(path, "xlsm") {
        let message =
            format!("la copia annotata è un file .xlsx: dare a «{}» un nome che finisce così", path.display());
        return Err(RunError::Argument(message));
    }
    let same = |path: &Path| path.canonicalize().ok();
    if same(path).is_some_and(|copy| Some(copy) == same(&args.source.file)) {
        let message = "la copia annotata non può prendere il posto del foglio: scegliere un altro nome";
        return Err(RunError::Argument(message.to_owned()));
    }
    refuse_overwrite(path, args.sovrascrivi)
}

fn ends(path: &Path, extension: &str) -> bool {
    path.extension().is_some_and(|given| given.eq_ignore_ascii_case(extension))
}

/// Writes the copy, if one is asked for.
///
/// # Errors
/// The copy cannot be made or written.
pub fn write(args: &ControllaArgs, loaded: &Loaded, printer: &mut Printer) -> Result<(), RunError> {
    let Some(path) = &args.annota else { return Ok(()) };
    if loaded.checked.unreadable {
        return Ok(());
    }
    let copy = pipeline::annotate(&loaded.name, &loaded.bytes, &loaded.checked, loaded.today)?;
    let wanted = if copy.has_macros { "xlsm" } else { "xlsx" };
    if !ends(path, wanted) {
        let message = format!(
            "il foglio {} macro: la copia annotata deve avere un nome che finisce in .{wanted}",
            if copy.has_macros { "ha delle" } else { "non ha" }
        );
        return Err(RunError::Argument(message));
    }
    pipeline::write_atomically(path, &copy.bytes)?;
    printer.say(&format!(
        "Scritto {}: {}; il foglio «{}» elenca tutto.",
        path.display(),
        count(copy.cells, "cella segnata", "celle segnate"),
        copy.sheet
    ));
    if !copy.is_faithful {
        printer.say("La copia ha gli stessi fogli e gli stessi valori, ma non i formati, le formule e i commenti del file di partenza.");
    }
    Ok(())
}
