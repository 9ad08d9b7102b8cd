//! The parts of a document in a zip: compressed, in a fixed order, with a fixed time.

use std::io::{Cursor, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipArchive, ZipWriter};

use super::finish::Parts;
use super::kept::Part;
use crate::emit::EmitError;

/// The package. Paths sort so that `[Content_Types].xml` comes first, as readers expect.
///
/// # Errors
/// Never on memory, unless a part is larger than a zip may hold (4 GiB).
pub(super) fn zip(parts: &Parts) -> Result<Vec<u8>, EmitError> {
    let mut package = ZipWriter::new(Cursor::new(Vec::new()));
    for (path, part) in parts {
        match part {
            Part::Own(bytes) => write(&mut package, path, bytes)?,
            Part::Kept(kept) => {
                package.raw_copy_file(ZipArchive::new(Cursor::new(kept.packed.as_slice()))?.by_index_raw(0)?)?;
            }
        }
    }
    Ok(package.finish()?.into_inner())
}

/// A package of one part.
///
/// # Errors
/// As for [`zip()`].
pub(super) fn pack(path: &str, bytes: &[u8]) -> Result<Vec<u8>, EmitError> {
    let mut package = ZipWriter::new(Cursor::new(Vec::new()));
    write(&mut package, path, bytes)?;
    Ok(package.finish()?.into_inner())
}

fn write(package: &mut ZipWriter<Cursor<Vec<u8>>>, path: &str, bytes: &[u8]) -> Result<(), EmitError> {
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        // A quarter of the time of the usual level, for a tenth more bytes.
        .compression_level(Some(3))
        .last_modified_time(DateTime::default())
        .unix_permissions(0o644);
    package.start_file(path, options)?;
    package.write_all(bytes).map_err(zip::result::ZipError::Io)?;
    Ok(())
}
