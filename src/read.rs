//! Bytes of a workbook → [`Workbook`]: recognises the format by content, checks that the file is within bounds and
//! reads its cells. Called by `pipeline`; touches neither disk nor clock; gives no meaning to what it reads.
//!
//! `sniff` says what the file is; `archive`, `xlsx` and `xls` look at it before a library does; `calamine` and `ods`
//! read the cells into the collector of `bounds`; `refusal` has the words for every failure.

mod archive;
pub mod bounds;
mod calamine;
mod ods;
mod refusal;
mod sniff;
#[cfg(test)]
mod tests;
mod value;
mod xls;
mod xlsx;

use std::sync::Arc;
use std::thread;

use self::bounds::Collector;
use self::refusal::Refusal;
use self::sniff::Kind;
use crate::diagnostic::Diagnostic;
use crate::table::{Sheet, Workbook};

/// Name of the thread on which files are read. A library may panic on a hostile file; the panic stops at this thread
/// and becomes a diagnostic, so a panic hook should say nothing about a thread of this name.
pub const READER_THREAD: &str = "lettura";

const STACK_BYTES: usize = 8 * 1024 * 1024;

/// Reads the workbook in `bytes`, whatever its extension; `name` (file name without folder) is for messages.
/// Positions are zero-based and absolute; hidden sheets are read; blank cells are left out.
///
/// # Errors
/// One diagnostic `WB-06` on the file: not a workbook, protected by a password, damaged, dangerous, or beyond the
/// limits of [`bounds`].
#[expect(clippy::result_large_err, reason = "made once for a file, at its end")]
pub fn workbook(name: &str, bytes: &[u8]) -> Result<Workbook, Diagnostic> {
    let read = || sheets(bytes);
    // A panic of a library unwinds this thread only; nothing is shared with it but the bytes, which it cannot change.
    let outcome = thread::scope(|scope| {
        let reader = thread::Builder::new().name(READER_THREAD.to_owned()).stack_size(STACK_BYTES);
        match reader.spawn_scoped(scope, read).map(thread::ScopedJoinHandle::join) {
            Ok(Ok(outcome)) => outcome,
            Ok(Err(_)) | Err(_) => Err(Refusal::Broken),
        }
    });
    match outcome {
        Ok(sheets) => Ok(Workbook { name: Arc::from(name), sheets }),
        Err(refusal) => Err(refusal.diagnostic(name)),
    }
}

fn sheets(bytes: &[u8]) -> Result<Vec<Sheet>, Refusal> {
    if bytes.len() > bounds::MAX_FILE_BYTES {
        return Err(Refusal::FileTooLarge);
    }
    let mut collector = Collector::default();
    match sniff::kind(bytes)? {
        Kind::Xlsx(mut archive, target) => {
            let formulas = xlsx::check(&mut archive, &target)?;
            calamine::xlsx(bytes, formulas, &mut collector)?;
        }
        Kind::Ods(mut archive) => ods::read(&mut archive, &mut collector)?,
        Kind::Xls(mut file, stream) => calamine::xls(xls::rebuild(&mut file, stream)?, &mut collector)?,
    }
    Ok(collector.finish())
}
