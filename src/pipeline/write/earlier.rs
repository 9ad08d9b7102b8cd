//! What an earlier run left in the output folder: telling what is as we wrote it from what people signed or changed,
//! taking away the first where it no longer holds, never losing the second.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use crate::act::ActKind;
use crate::emit::bundle::{self, Document, Manifest};
use crate::pipeline::site::Site;
use crate::pipeline::store::{RunError, rename};

/// The bundles of earlier runs, by the code of their body. Manifests are read again when they are wanted: all together
/// they would be the largest thing in memory.
pub struct Earlier {
    root: PathBuf,
    stems: BTreeMap<String, Vec<String>>,
}

impl Earlier {
    /// Finds the bundles in `root`; what is not a bundle of ours is passed over.
    pub fn read(root: &Path) -> Self {
        let mut stems: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for entry in fs::read_dir(root).into_iter().flatten().flatten() {
            let name = entry.file_name().to_string_lossy().into_owned();
            let stem = name.strip_suffix(".zip").filter(|stem| !stem.is_empty());
            if let Some((stem, manifest)) = stem.and_then(|stem| Some((stem, manifest_at(&entry.path())?))) {
                stems.entry(manifest.body.code).or_default().push(stem.to_owned());
            }
        }
        stems.values_mut().for_each(|stems| stems.sort());
        Self { root: root.to_owned(), stems }
    }

    /// The stems of the bundles of the body with this code.
    pub fn of(&self, code: &str) -> &[String] {
        self.stems.get(code).map_or(&[], Vec::as_slice)
    }

    /// The manifest of the bundle with this stem, if it is of the body with this code.
    pub fn manifest(&self, code: &str, stem: &str) -> Option<Manifest> {
        let is_there = self.of(code).iter().any(|own| own == stem);
        manifest_at(&self.root.join(format!("{stem}.zip"))).filter(|_| is_there)
    }
}

/// The manifest of a bundle on the disk; nothing where it is not one of ours.
pub fn manifest_at(path: &Path) -> Option<Manifest> {
    bundle::manifest_in(fs::File::open(path).ok()?)
}

/// True where every document of the manifest is in the folder as we wrote it, or signed since.
pub fn is_in_place(folder: &Path, manifest: &Manifest) -> bool {
    let is_there = |document: &Document| {
        fs::read(folder.join(&document.path)).is_ok_and(|bytes| is_kept(&bytes, document.bytes, &document.sha256))
    };
    manifest.documents.iter().all(is_there)
}

/// True for our bytes, and for our bytes with something after them: a PAdES signature adds to the file and leaves what
/// was there as it was.
pub fn is_kept(bytes: &[u8], length: u64, sha256: &str) -> bool {
    let ours = usize::try_from(length).ok().and_then(|length| bytes.get(..length));
    ours.is_some_and(|ours| bundle::sha256(ours) == sha256)
}

/// Takes away the documents of a manifest that are as we wrote them, save those to keep.
pub fn remove_documents(site: &Site, folder: &Path, manifest: &Manifest, keep: impl Fn(&str) -> bool) {
    // A path read from a file is touched only where it is a plain name.
    let is_plain = |document: &&Document| !document.path.contains(['/', '\\']);
    // The copy of an issued bill stays, whatever else is made.
    let is_bill = |document: &&Document| ActKind::from_slug(&document.kind).is_some_and(ActKind::is_bill);
    for document in manifest.documents.iter().filter(|it| is_plain(it) && !is_bill(it) && !keep(&it.path)) {
        let file = folder.join(&document.path);
        if fs::read(&file).is_ok_and(|bytes| bundle::sha256(&bytes) == document.sha256) {
            let _gone = fs::remove_file(&file);
            site.removed(&file);
        }
    }
}

/// Writes a document. What stands in its place and is not ours, because people signed or changed it, is kept beside it
/// under a name that says so.
///
/// # Errors
/// The disk refuses.
pub fn put(site: &Site, folder: &Path, name: &str, bytes: &[u8], old: Option<&Manifest>) -> Result<(), RunError> {
    let path = folder.join(name);
    let standing = fs::read(&path);
    // The very same document, signed since: what changed around it is no reason to set it aside.
    if standing.as_ref().is_ok_and(|standing| standing.len() > bytes.len() && standing.starts_with(bytes)) {
        return Ok(());
    }
    if let Ok(standing) = standing
        && standing != bytes
        // What a machine that went down leaves is nobody's work.
        && standing.iter().any(|byte| *byte != 0)
    {
        let digest = bundle::sha256(&standing);
        let is_ours = old
            .is_some_and(|old| old.documents.iter().any(|document| document.path == name && document.sha256 == digest));
        if !is_ours {
            let (stem, extension) = name.rsplit_once('.').unwrap_or((name, ""));
            let kept = format!("{stem}.conservato-{}.{extension}", digest.get(..8).unwrap_or_default());
            let kept = folder.join(kept);
            rename(&path, &kept)?;
            site.kept(&kept);
        }
    }
    site.write(&path, bytes).map(|_| ())
}

/// Takes away what a killed run of an earlier version of the program left half written in a folder of acts.
pub fn sweep(folder: &Path) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        if name.starts_with('.') && name.ends_with(".parte") {
            let _gone = fs::remove_file(entry.path());
        }
    }
}
