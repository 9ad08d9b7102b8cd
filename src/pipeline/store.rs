//! The disk: reading inputs within bounds, writing outputs so that a killed run leaves no half file.

use std::fs;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use super::write::Tally;
use crate::emit::EmitError;
use crate::read::bounds::MAX_FILE_BYTES;

/// Longest template accepted, in bytes.
const LONGEST_TEXT: u64 = 1_000_000;
/// Most template files read from a folder, and its deepest nesting.
const MOST_TEXTS: usize = 2_000;
const DEEPEST: usize = 4;

/// Why the program could not run (exit 2).
#[derive(Debug, thiserror::Error)]
pub enum RunError {
    /// A file or folder could not be read.
    #[error("«{}» non si può leggere: {}", path.display(), reason(source))]
    Read {
        /// The file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// A file could not be written.
    #[error("«{}» non si può scrivere: {}", path.display(), reason(source))]
    Write {
        /// The file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// A fault of the program.
    #[error("{0}")]
    Emit(#[from] EmitError),
    /// The run was stopped before all bodies were done.
    #[error("interrotto: fatti {} enti su {bodies}", tally.bodies)]
    Stopped {
        /// How far it had come.
        tally: Tally,
        /// How many bodies there are.
        bodies: usize,
    },
    /// An argument makes no sense.
    #[error("{0}")]
    Argument(String),
}

/// The operating system's reason in Italian, where it is a usual one.
fn reason(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "il file o la cartella non esiste".to_owned(),
        io::ErrorKind::PermissionDenied => "manca il permesso, o il file è aperto in un altro programma".to_owned(),
        io::ErrorKind::StorageFull => "lo spazio sul disco è finito".to_owned(),
        io::ErrorKind::IsADirectory => "è una cartella, non un file".to_owned(),
        io::ErrorKind::NotADirectory => "una parte del percorso è un file, non una cartella".to_owned(),
        io::ErrorKind::AlreadyExists => "esiste già qualcosa con questo nome".to_owned(),
        io::ErrorKind::FileTooLarge => "è troppo grande".to_owned(),
        _ => error.to_string(),
    }
}

/// Reads a file, at most one byte more than a workbook may have: the reader then says that it is too large.
///
/// # Errors
/// The file cannot be read.
pub fn read_file(path: &Path) -> Result<Vec<u8>, RunError> {
    let fail = |source| RunError::Read { path: path.to_owned(), source };
    let metadata = fs::metadata(path).map_err(fail)?;
    if metadata.is_dir() {
        return Err(fail(io::ErrorKind::IsADirectory.into()));
    }
    // A pipe would be waited for without end.
    if !metadata.is_file() {
        return Err(fail(io::Error::other("non è un file")));
    }
    let limit = u64::try_from(MAX_FILE_BYTES).unwrap_or(u64::MAX).saturating_add(1);
    let mut bytes = Vec::new();
    fs::File::open(path).map_err(fail)?.take(limit).read_to_end(&mut bytes).map_err(fail)?;
    Ok(bytes)
}

/// The templates in a folder, by path from it with slashes: `.md` and `.toml`, at most four levels deep.
///
/// # Errors
/// The folder cannot be read, or is too large to be a folder of templates.
pub fn read_texts(folder: &Path) -> Result<Vec<(String, Vec<u8>)>, RunError> {
    let mut texts = Vec::new();
    walk(folder, "", 0, &mut texts)?;
    texts.sort();
    Ok(texts)
}

fn walk(folder: &Path, prefix: &str, depth: usize, texts: &mut Vec<(String, Vec<u8>)>) -> Result<(), RunError> {
    let fail = |path: &Path| {
        let path = path.to_owned();
        move |source| RunError::Read { path, source }
    };
    for entry in fs::read_dir(folder).map_err(fail(folder))? {
        let entry = entry.map_err(fail(folder))?;
        let path = entry.path();
        let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
        let metadata = fs::metadata(&path).map_err(fail(&path))?;
        if metadata.is_dir() && depth < DEEPEST {
            walk(&path, &format!("{name}/"), depth + 1, texts)?;
        } else if metadata.is_file() && (name.ends_with(".md") || name.ends_with(".toml")) {
            if metadata.len() > LONGEST_TEXT || texts.len() >= MOST_TEXTS {
                return Err(fail(&path)(io::ErrorKind::FileTooLarge.into()));
            }
            texts.push((name, fs::read(&path).map_err(fail(&path))?));
        }
    }
    Ok(())
}

/// Gives a file another name in the same folder.
///
/// # Errors
/// The disk refuses.
pub fn rename(from: &Path, to: &Path) -> Result<(), RunError> {
    fs::rename(from, to).map_err(|source| RunError::Write { path: to.to_owned(), source })
}

/// Writes a file under a temporary name beside it and renames it, folders included. A file that holds these very bytes
/// is left alone; the result says whether anything was written.
///
/// # Errors
/// The file cannot be written; what was there before is then still whole.
pub fn write_atomically(path: &Path, bytes: &[u8]) -> Result<bool, RunError> {
    let fail = |source| RunError::Write { path: path.to_owned(), source };
    let same_length = fs::metadata(path).is_ok_and(|metadata| metadata.len() == bytes.len() as u64);
    if same_length && fs::read(path).is_ok_and(|old| old == bytes) {
        return Ok(false);
    }
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(fail)?;
    }
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let temporary = path.with_file_name(format!(".{name}.{}.parte", std::process::id()));
    let written = fs::File::create(&temporary)
        .and_then(|mut file| file.write_all(bytes))
        .and_then(|()| fs::rename(&temporary, path));
    if let Err(source) = written {
        // The temporary file is ours; if it cannot go either, the first error is the one to tell.
        let _gone = fs::remove_file(&temporary);
        return Err(fail(source));
    }
    Ok(true)
}
