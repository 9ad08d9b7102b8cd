//! The parts of a document in a zip: compressed, in a fixed order, with a fixed time.

use std::io::{Cursor, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use super::finish::Parts;
use crate::emit::EmitError;

/// The package. Paths sort so that `[Content_Types].xml` comes first, as readers expect.
///
/// # Errors
/// Never on memory, unless a part is larger than a zip may hold (4 GiB).
pub(super) fn zip(parts: &Parts) -> Result<Vec<u8>, EmitError> {
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        // A quarter of the time of the usual level, for a tenth more bytes.
        .compression_level(Some(3))
        .last_modified_time(DateTime::default())
        .unix_permissions(0o644);
    let mut package = ZipWriter::new(Cursor::new(Vec::new()));
    for (path, bytes) in parts {
        package.start_file(path.as_str(), options)?;
        package.write_all(bytes).map_err(zip::result::ZipError::Io)?;
    }
    Ok(package.finish()?.into_inner())
}
