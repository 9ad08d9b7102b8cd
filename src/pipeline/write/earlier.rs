//! What an earlier run left in the output folder: telling what is as we wrote it from what people signed or changed,
//! taking away the first where it no longer holds, never losing the second.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use crate::emit::bundle::{self, Document, Manifest};
use crate::pipeline::store::{RunError, rename, write_atomically};

/// The bundles of earlier runs, by the code of their body: file stem and manifest.
pub struct Earlier {
    bundles: BTreeMap<String, Vec<(String, Manifest)>>,
}

impl Earlier {
    /// Reads the manifests of the bundles in `root`; what is not a bundle of ours is passed over.
    pub fn read(root: &Path) -> Self {
        let mut bundles: BTreeMap<String, Vec<(String, Manifest)>> = BTreeMap::new();
        for entry in fs::read_dir(root).into_iter().flatten().flatten() {
            let name = entry.file_name().to_string_lossy().into_owned();
            let manifest = name.strip_suffix(".zip").and_then(|stem| {
                let file = fs::File::open(entry.path()).ok()?;
                Some((stem.to_owned(), bundle::manifest_in(file)?))
            });
            if let Some((stem, manifest)) = manifest {
                bundles.entry(manifest.body.code.clone()).or_default().push((stem, manifest));
            }
        }
        Self { bundles }
    }

    /// The bundles of the body with this code.
    pub fn of(&self, code: &str) -> &[(String, Manifest)] {
        self.bundles.get(code).map_or(&[], Vec::as_slice)
    }

    /// The manifest of the bundle with this stem.
    pub fn manifest(&self, code: &str, stem: &str) -> Option<&Manifest> {
        self.of(code).iter().find(|(own, _)| own == stem).map(|(_, manifest)| manifest)
    }
}

/// True where every document of the manifest is in the folder as we wrote it, or signed since.
pub fn is_in_place(folder: &Path, manifest: &Manifest) -> bool {
    let is_there =
        |document: &Document| fs::read(folder.join(&document.path)).is_ok_and(|bytes| is_kept(&bytes, document));
    manifest.documents.iter().all(is_there)
}

/// True for our bytes, and for our bytes with something after them: a PAdES signature adds to the file and leaves what
/// was there as it was.
fn is_kept(bytes: &[u8], document: &Document) -> bool {
    let ours = usize::try_from(document.bytes).ok().and_then(|length| bytes.get(..length));
    ours.is_some_and(|ours| bundle::sha256(ours) == document.sha256)
}

/// Takes away a bundle and those of its documents that are as we wrote them; the folder too, if nothing else is in it.
pub fn remove(root: &Path, stem: &str, manifest: &Manifest) {
    let folder = root.join(stem);
    remove_documents(&folder, manifest, |_| false);
    let _gone = fs::remove_file(root.join(format!("{stem}.zip")));
    let _gone = fs::remove_dir(&folder);
}

/// Takes away the documents of a manifest that are as we wrote them, save those to keep.
pub fn remove_documents(folder: &Path, manifest: &Manifest, keep: impl Fn(&str) -> bool) {
    // A path read from a file is touched only where it is a plain name.
    let is_plain = |document: &&Document| !document.path.contains(['/', '\\']);
    for document in manifest.documents.iter().filter(is_plain).filter(|document| !keep(&document.path)) {
        let file = folder.join(&document.path);
        if fs::read(&file).is_ok_and(|bytes| bundle::sha256(&bytes) == document.sha256) {
            let _gone = fs::remove_file(&file);
        }
    }
}

/// Writes a document. What stands in its place and is not ours, because people signed or changed it, is kept beside it
/// under a name that says so.
///
/// # Errors
/// The disk refuses.
pub fn put(folder: &Path, file: &bundle::File, old: Option<&Manifest>) -> Result<(), RunError> {
    let path = folder.join(&file.name);
    if let Ok(standing) = fs::read(&path)
        && standing != file.bytes
    {
        let digest = bundle::sha256(&standing);
        let is_ours = old.is_some_and(|old| {
            old.documents.iter().any(|document| document.path == file.name && document.sha256 == digest)
        });
        if !is_ours {
            let (stem, extension) = file.name.rsplit_once('.').unwrap_or((&file.name, ""));
            let kept = format!("{stem}.conservato-{}.{extension}", digest.get(..8).unwrap_or_default());
            rename(&path, &folder.join(kept))?;
        }
    }
    write_atomically(&path, &file.bytes).map(|_| ())
}
