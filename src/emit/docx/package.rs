//! The parts of a document in a zip: compressed, in a fixed order, with a fixed time.

use std::collections::BTreeMap;
use std::io::{Cursor, Write};
use std::sync::Arc;

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipArchive, ZipWriter};

use crate::emit::EmitError;

/// Parts by path inside the package. Paths sort so that `[Content_Types].xml` comes first, as readers expect.
pub(super) type Parts<'p> = BTreeMap<&'p str, Part>;

/// A finished part.
pub(super) enum Part {
    /// Its bytes.
    Own(Vec<u8>),
    /// Compressed already.
    Packed(Packed),
}

/// A part compressed once, to be copied into many packages: a package of this one part. Cloning it copies no bytes.
#[derive(Clone)]
pub(super) struct Packed(ZipArchive<Cursor<Arc<[u8]>>>);

impl Packed {
    /// The part at `path`, compressed.
    ///
    /// # Errors
    /// As for [`zip()`].
    pub fn new(path: &str, bytes: &[u8]) -> Result<Self, EmitError> {
        let mut package = ZipWriter::new(Cursor::new(Vec::new()));
        write(&mut package, path, bytes)?;
        Ok(Self(ZipArchive::new(Cursor::new(package.finish()?.into_inner().into()))?))
    }
}

/// The package.
///
/// # Errors
/// Never on memory, unless a part is larger than a zip may hold (4 GiB).
pub(super) fn zip(parts: Parts<'_>) -> Result<Vec<u8>, EmitError> {
    let mut package = ZipWriter::new(Cursor::new(Vec::new()));
    for (path, part) in parts {
        match part {
            Part::Own(bytes) => write(&mut package, path, &bytes)?,
            Part::Packed(Packed(mut one)) => package.raw_copy_file(one.by_index_raw(0)?)?,
        }
    }
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
