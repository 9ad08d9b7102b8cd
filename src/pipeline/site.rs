//! The work folder of a run, inside the folder that it writes: where a file is before it is whole, and where a bundle waits
//! while its documents are put in place. Owned by the run through a lock, so that the next one knows the folder of a dead
//! run from that of a living one (another slice, say), finishes what it was at, and takes the folder away.

use std::fs::{self, File, TryLockError};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};

pub use super::measured::Measured;
use super::measured::digest_of;
use super::store::RunError;
use crate::emit::EmitError;

/// How the name of a work folder begins.
const PREFIX: &str = ".in-corso-";
/// The file in it that is locked while its run lives.
const LOCK: &str = "blocco";
/// Most runs with one process number: on machines that share the disk the numbers may be the same.
const MOST_NAMESAKES: u32 = 10_000;

/// The work folder of this run. Taken away when dropped, unless something in it is still wanted.
pub struct Site {
    folder: PathBuf,
    next: AtomicU64,
    _lock: Option<File>,
    moved: Mutex<Moved>,
}

/// What a run found in its way and moved. It is told when it happens and is no part of the run's files: run again, the run would
/// find nothing to move and write the same.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Moved {
    /// Documents that people signed or changed, kept beside the new ones: paths in the run's folder, under their new names.
    pub kept: Vec<String>,
    /// Documents of earlier runs that were not asked for this time and were as we wrote them, taken away.
    pub removed: Vec<String>,
}

impl Site {
    /// Opens the work folder of a run that writes in `root`, which is made where it is not there. `mend` is called first,
    /// for the work folder of every dead run: what it leaves there is thrown away.
    ///
    /// # Errors
    /// The disk refuses; what `mend` says.
    pub fn open(root: &Path, mend: impl Fn(&Self) -> Result<(), RunError>) -> Result<Self, RunError> {
        fs::create_dir_all(root).map_err(|source| RunError::Write { path: root.to_owned(), source })?;
        // One run at a time looks around and settles in. Where folders cannot be locked, nothing worse happens than
        // that two runs started in the same instant may see each other as dead.
        let door = File::open(root).ok();
        let _closed = door.as_ref().map(File::lock);
        for dead in dead_runs(root) {
            mend(&dead)?;
        }
        let folder = own_folder(root)?;
        let path = folder.join(LOCK);
        let lock = File::create(&path).map_err(|source| RunError::Write { path, source })?;
        let lock = lock.lock().is_ok().then_some(lock);
        Ok(Self { folder, next: AtomicU64::new(0), _lock: lock, moved: Mutex::default() })
    }

    /// Puts down a document that was set aside.
    pub fn kept(&self, path: &Path) {
        self.moved.lock().unwrap_or_else(PoisonError::into_inner).kept.push(self.inside(path));
    }

    /// Puts down a document that was taken away.
    pub fn removed(&self, path: &Path) {
        self.moved.lock().unwrap_or_else(PoisonError::into_inner).removed.push(self.inside(path));
    }

    /// What was moved so far, in order of path.
    pub fn moved(&self) -> Moved {
        let mut moved = self.moved.lock().unwrap_or_else(PoisonError::into_inner).clone();
        moved.kept.sort();
        moved.removed.sort();
        moved
    }

    /// A path as it is in the run's folder.
    fn inside(&self, path: &Path) -> String {
        let root = self.folder.parent().unwrap_or(&self.folder);
        path.strip_prefix(root).unwrap_or(path).display().to_string()
    }

    /// A place in the work folder.
    pub fn place(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    /// The names of the files in the work folder, in order.
    pub fn names(&self) -> Vec<String> {
        let entries = fs::read_dir(&self.folder).into_iter().flatten().flatten();
        let mut names: Vec<String> = entries.filter_map(|entry| entry.file_name().into_string().ok()).collect();
        names.sort();
        names
    }

    /// Writes a file: whole in the work folder first, then under its name, folders included. A file that holds these very
    /// bytes is left alone; the result says whether anything was written.
    ///
    /// # Errors
    /// The file cannot be written; what was there before is then still whole.
    pub fn write(&self, path: &Path, bytes: &[u8]) -> Result<bool, RunError> {
        let same_length = fs::metadata(path).is_ok_and(|metadata| metadata.len() == bytes.len() as u64);
        if same_length && fs::read(path).is_ok_and(|old| old == bytes) {
            return Ok(false);
        }
        let fail = |source| RunError::Write { path: path.to_owned(), source };
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder).map_err(fail)?;
        }
        let whole = self.place(&format!("{}.parte", self.next.fetch_add(1, Ordering::Relaxed)));
        let written =
            File::create(&whole).and_then(|mut file| file.write_all(bytes)).and_then(|()| fs::rename(&whole, path));
        if let Err(source) = written {
            // It is ours; if it cannot go either, the first error is the one to tell.
            let _gone = fs::remove_file(&whole);
            return Err(fail(source));
        }
        Ok(true)
    }

    /// As [`Site::write`], for a file too large to be in memory at once: `fill` writes it piece by piece. Gives its length
    /// and its SHA-256 in hexadecimal.
    ///
    /// # Errors
    /// The file cannot be written, and what was there before is then still whole; what `fill` says.
    pub fn stream(
        &self,
        path: &Path,
        fill: &mut dyn FnMut(&mut Measured) -> Result<(), EmitError>,
    ) -> Result<(u64, String), RunError> {
        let whole = self.place(&format!("{}.parte", self.next.fetch_add(1, Ordering::Relaxed)));
        let streamed = streamed(path, &whole, fill);
        if streamed.is_err() {
            // It is ours; if it cannot go either, the first error is the one to tell.
            let _gone = fs::remove_file(&whole);
        }
        streamed
    }
}

/// Writes `whole` and puts it in place, unless what stands there is the same.
fn streamed(
    path: &Path,
    whole: &Path,
    fill: &mut dyn FnMut(&mut Measured) -> Result<(), EmitError>,
) -> Result<(u64, String), RunError> {
    let fail = |source| RunError::Write { path: path.to_owned(), source };
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(fail)?;
    }
    let mut out = Measured::new(File::create(whole).map_err(fail)?);
    let filled = fill(&mut out);
    // What the disk says comes first: the writer's own words for it hide which file it is.
    let (length, sha256) = out.finish().map_err(fail)?;
    filled?;
    let same_length = fs::metadata(path).is_ok_and(|metadata| metadata.len() == length);
    if same_length && digest_of(path).is_ok_and(|digest| digest == sha256) {
        fs::remove_file(whole).map_err(fail)?;
    } else {
        fs::rename(whole, path).map_err(fail)?;
    }
    Ok((length, sha256))
}

impl Drop for Site {
    fn drop(&mut self) {
        // A bundle still here belongs to documents that are only half in place: the next run needs it.
        if self.names().iter().all(|name| name == LOCK || name.ends_with(".parte")) {
            let _gone = fs::remove_dir_all(&self.folder);
        }
    }
}

/// The work folders of runs that are no more. Each is locked meanwhile, and taken away when dropped if nothing is wanted.
fn dead_runs(root: &Path) -> Vec<Site> {
    let entries = fs::read_dir(root).into_iter().flatten().flatten();
    let mut folders: Vec<PathBuf> = entries
        .filter(|entry| entry.file_name().to_string_lossy().starts_with(PREFIX))
        .map(|entry| entry.path())
        .collect();
    folders.sort();
    let dead = |folder: PathBuf| {
        let lock = match File::open(folder.join(LOCK)) {
            Ok(file) => match file.try_lock() {
                Ok(()) => Some(file),
                Err(TryLockError::WouldBlock | TryLockError::Error(_)) => return None,
            },
            // Killed before there was anything to lock.
            Err(error) if error.kind() == io::ErrorKind::NotFound => None,
            Err(_) => return None,
        };
        Some(Site { folder, next: AtomicU64::new(0), _lock: lock, moved: Mutex::default() })
    };
    folders.into_iter().filter_map(dead).collect()
}

/// True for the name of a work folder.
pub fn is_work_folder(name: &str) -> bool {
    name.starts_with(PREFIX)
}

/// Makes a folder for this run.
fn own_folder(root: &Path) -> Result<PathBuf, RunError> {
    let mut number = 0;
    loop {
        let folder = root.join(format!("{PREFIX}{}-{number}", std::process::id()));
        match fs::create_dir(&folder) {
            Ok(()) => return Ok(folder),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists && number < MOST_NAMESAKES => number += 1,
            Err(source) => return Err(RunError::Write { path: folder, source }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn work_folders(root: &Path) -> usize {
        let entries = fs::read_dir(root).expect("a folder").flatten();
        entries.filter(|entry| entry.file_name().to_string_lossy().starts_with(PREFIX)).count()
    }

    #[test]
    fn the_folder_of_a_living_run_stays_that_of_a_dead_one_goes() {
        let root = tempfile::tempdir().expect("a folder");
        let nothing = |_: &Site| -> Result<(), RunError> { panic!("nobody is dead") };
        let first = Site::open(root.path(), nothing).expect("a site");
        let second = Site::open(root.path(), nothing).expect("a site");
        assert_eq!(work_folders(root.path()), 2);
        drop((first, second));
        assert_eq!(work_folders(root.path()), 0);

        let dead = root.path().join(".in-corso-1-0");
        fs::create_dir(&dead).expect("a folder");
        fs::write(dead.join(LOCK), b"").expect("a file");
        fs::write(dead.join("7.parte"), b"mezzo").expect("a file");
        let seen = std::cell::RefCell::new(Vec::new());
        let look = |site: &Site| {
            seen.borrow_mut().extend(site.names());
            Ok(())
        };
        let third = Site::open(root.path(), look).expect("a site");
        assert_eq!(*seen.borrow(), ["7.parte", LOCK]);
        assert!(!dead.exists());
        drop(third);
    }

    #[test]
    fn a_file_written_piece_by_piece_is_as_one_written_whole_and_a_failed_one_leaves_what_was() {
        let root = tempfile::tempdir().expect("a folder");
        let site = Site::open(root.path(), |_| Ok(())).expect("a site");
        let path = root.path().join("esito.json");
        let fill = |pieces: &[&str]| {
            site.stream(&path, &mut |out| Ok(pieces.iter().try_for_each(|piece| out.write_all(piece.as_bytes()))?))
        };
        let whole = crate::emit::bundle::sha256(b"un atto, due atti");
        assert_eq!(fill(&["un atto", ", ", "due atti"]).expect("written"), (17, whole.clone()));
        assert_eq!(fs::read(&path).expect("a file"), b"un atto, due atti");
        let before = fs::metadata(&path).and_then(|it| it.modified()).expect("a time");
        assert_eq!(fill(&["un atto, due", " atti"]).expect("the same"), (17, whole));
        assert_eq!(fs::metadata(&path).and_then(|it| it.modified()).expect("a time"), before);
        let broken = site.stream(&path, &mut |out| {
            out.write_all(b"mezz")?;
            Err(EmitError::Layout("rotto".to_owned()))
        });
        assert!(matches!(broken, Err(RunError::Emit(EmitError::Layout(_)))));
        assert_eq!(fs::read(&path).expect("a file"), b"un atto, due atti");
        assert_eq!(site.names(), [LOCK]);
    }

    #[test]
    fn what_is_the_same_is_left_alone_and_a_folder_with_a_bundle_stays() {
        let root = tempfile::tempdir().expect("a folder");
        let site = Site::open(root.path(), |_| Ok(())).expect("a site");
        let path = root.path().join("uno/a.pdf");
        assert!(site.write(&path, b"atto").expect("written"));
        assert!(!site.write(&path, b"atto").expect("the same"));
        assert!(site.write(&path, b"otto").expect("written"));
        fs::write(site.place("uno.zip"), b"").expect("a bundle");
        drop(site);
        assert_eq!(work_folders(root.path()), 1);
    }
}
