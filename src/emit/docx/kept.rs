//! Parts that are the same in every document (styles, settings, theme, relations): finished and compressed once, then
//! copied into each package. Called by `finish`, which makes them, and by `package`, which copies them.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use super::package;
use crate::emit::EmitError;

/// A finished part.
pub(super) enum Part {
    /// Of this document alone: its bytes.
    Own(Vec<u8>),
    /// The same as in the document before: a package of this one part, to copy from.
    Kept(Arc<Kept>),
}

/// A part as docx-rs wrote it, and what became of it.
pub(super) struct Kept {
    raw: Vec<u8>,
    /// A package that holds the finished part alone.
    pub packed: Vec<u8>,
}

/// The last part of each path; one of another content takes its place.
static KEPT: Mutex<BTreeMap<String, Arc<Kept>>> = Mutex::new(BTreeMap::new());

/// The finished part at `path`: the one kept from an earlier document where `raw` is the same, or else made now with
/// `finish`, which must depend on `raw` and on what all documents have in common. The bytes are the same either way.
///
/// # Errors
/// Those of `finish`.
pub(super) fn kept(
    path: &str,
    raw: Vec<u8>,
    finish: impl FnOnce(&[u8]) -> Result<Vec<u8>, EmitError>,
) -> Result<Part, EmitError> {
    let known = KEPT.lock().unwrap_or_else(PoisonError::into_inner).get(path).cloned();
    if let Some(known) = known.filter(|known| known.raw == raw) {
        return Ok(Part::Kept(known));
    }
    let packed = package::pack(path, &finish(&raw)?)?;
    let made = Arc::new(Kept { raw, packed });
    KEPT.lock().unwrap_or_else(PoisonError::into_inner).insert(path.to_owned(), Arc::clone(&made));
    Ok(Part::Kept(made))
}
