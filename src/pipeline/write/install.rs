//! Putting a bundle and its documents in place, or taking them away, so that whoever looks at any moment, also after a
//! kill, finds no bundle whose documents are not beside it, and the next run can finish what was begun.
//!
//! The order: the new bundle, whole, in the work folder; the old one beside it, off the run's folder; the documents; the new
//! bundle in its place. What lies in the work folder of a dead run says how far it had come.

use std::fs;
use std::path::Path;

use super::earlier::{manifest_at, put, remove_documents, sweep};
use crate::emit::bundle::{self, Manifest};
use crate::pipeline::site::Site;
use crate::pipeline::store::{RunError, rename};

/// What the old bundle is called in the work folder.
const OLD: &str = ".prima.zip";

/// Puts documents and bundle in place. `old` is the manifest of the bundle that stands there; its documents that are as we
/// wrote them and have no successor go.
///
/// # Errors
/// The disk refuses: what is in the work folder then lets the next run go on.
pub fn install(
    site: &Site,
    root: &Path,
    stem: &str,
    files: &[(&str, &[u8])],
    zip: &[u8],
    old: Option<&Manifest>,
) -> Result<(), RunError> {
    let waiting = site.place(&format!("{stem}.zip"));
    site.write(&waiting, zip)?;
    let place = root.join(format!("{stem}.zip"));
    if place.exists() {
        rename(&place, &site.place(&format!("{stem}{OLD}")))?;
    }
    put_documents(site, root, stem, files, old)?;
    rename(&waiting, &place)?;
    let _gone = fs::remove_file(site.place(&format!("{stem}{OLD}")));
    Ok(())
}

fn put_documents(
    site: &Site,
    root: &Path,
    stem: &str,
    files: &[(&str, &[u8])],
    old: Option<&Manifest>,
) -> Result<(), RunError> {
    let folder = root.join(stem);
    // The folder holds what the bundle holds: documents of acts and formats not asked for this time would grow stale.
    if let Some(old) = old {
        remove_documents(site, &folder, old, |path| files.iter().any(|(name, _)| *name == path));
    }
    sweep(&folder);
    files.iter().try_for_each(|(name, bytes)| put(site, &folder, name, bytes, old))
}

/// Takes away a bundle and those of its documents that are as we wrote them; the folder too, if nothing else is in it.
///
/// # Errors
/// The disk refuses.
pub fn remove(site: &Site, root: &Path, stem: &str, manifest: &Manifest) -> Result<(), RunError> {
    let aside = site.place(&format!("{stem}{OLD}"));
    rename(&root.join(format!("{stem}.zip")), &aside)?;
    remove_rest(site, root, stem, manifest);
    let _gone = fs::remove_file(aside);
    Ok(())
}

fn remove_rest(site: &Site, root: &Path, stem: &str, manifest: &Manifest) {
    let folder = root.join(stem);
    remove_documents(site, &folder, manifest, |_| false);
    let _gone = fs::remove_dir(&folder);
}

/// Finishes what a dead run was at when it died.
///
/// # Errors
/// The disk refuses.
pub fn mend(root: &Path, dead: &Site) -> Result<(), RunError> {
    for name in dead.names() {
        let Some(stem) = name.strip_suffix(".zip").filter(|_| !name.ends_with(OLD)) else { continue };
        let waiting = dead.place(&name);
        let aside = dead.place(&format!("{stem}{OLD}"));
        let whole = fs::read(&waiting).ok().and_then(|zip| {
            let manifest = bundle::manifest_of(&zip)?;
            Some(bundle::is_whole(&zip, &manifest)).filter(|whole| *whole)?;
            bundle::documents_of(&zip, &manifest)
        });
        // The machine went down before the bundle was on the disk: it was made for nothing.
        let Some(documents) = whole else { continue };
        let files: Vec<(&str, &[u8])> =
            documents.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())).collect();
        let old = [&aside, &root.join(format!("{stem}.zip"))].into_iter().find_map(|path| manifest_at(path));
        put_documents(dead, root, stem, &files, old.as_ref())?;
        rename(&waiting, &root.join(format!("{stem}.zip")))?;
        let _gone = fs::remove_file(aside);
    }
    for name in dead.names() {
        let Some(stem) = name.strip_suffix(OLD) else { continue };
        let aside = dead.place(&name);
        // With its successor in place it is waste; else its documents were being taken away.
        if let Some(manifest) = manifest_at(&aside).filter(|_| !root.join(format!("{stem}.zip")).exists()) {
            remove_rest(dead, root, stem, &manifest);
        }
        let _gone = fs::remove_file(aside);
    }
    for name in dead.names().iter().filter(|name| name.ends_with(".zip")) {
        let _gone = fs::remove_file(dead.place(name));
    }
    Ok(())
}
