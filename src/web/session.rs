//! The visitors: each has an unguessable cookie, what it loaded, and a private folder that goes with it.

use std::collections::BTreeMap;
use std::fs::{self, DirBuilder, File};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use axum::extract::FromRequestParts;
use axum::http::HeaderValue;
use axum::http::request::Parts;

use super::bills::Issued;
use super::desk::Desk;
use super::edits::Edits;
use super::guard::cookie;
use super::job::Job;
use super::renewal::NextTerm;
use super::{App, Shared};
use crate::pipeline::RunError;

/// How long a visitor may be away.
const LIFE: Duration = Duration::from_secs(24 * 3600);
/// Visitors at once. One more, and who has been away longest goes.
const MOST: usize = 32;
/// How the private folder of a desk is called, before chance.
const PREFIX: &str = "scrivano-banco-";
/// The file in it that is locked while its desk lives.
const LOCK: &str = "blocco";

/// 256 bits of chance, hexadecimal.
///
/// # Errors
/// The system has no chance to give.
pub fn secret() -> Result<String, RunError> {
    let mut bytes = [0_u8; 32];
    let failed = |_| RunError::Argument("il sistema non dà numeri casuali: il banco non si può aprire".to_owned());
    getrandom::fill(&mut bytes).map_err(failed)?;
    Ok(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
}

/// What a visitor has on the desk.
#[derive(Default)]
pub struct Work {
    /// The workbook.
    pub desk: Option<Arc<Desk>>,
    /// The last run.
    pub job: Option<Arc<Job>>,
    /// The last bills issued.
    pub issued: Option<Arc<Issued>>,
    /// The texts that the visitor has changed.
    pub edits: Option<Arc<Edits>>,
    /// The last workbook of a next term.
    pub renewed: Option<Arc<NextTerm>>,
    /// The report of the last verification, as its page shows it.
    pub verified: Option<Arc<serde_json::Value>>,
}

/// A visitor. The folder goes when the last page or run that uses it is done.
pub struct Session {
    /// The private folder.
    pub folder: PathBuf,
    seen: Mutex<Instant>,
    work: Mutex<Work>,
    /// Held while bills are issued: two at once would give the same numbers.
    pub billing: tokio::sync::Mutex<()>,
}

impl Session {
    /// What is on the desk. Never held while something is waited for.
    pub fn work(&self) -> MutexGuard<'_, Work> {
        self.work.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Makes the run under way, if there is one, stop after the acts in hand.
    fn stop(&self) {
        if let Some(job) = &self.work().job {
            job.stop();
        }
    }

    fn away(&self) -> Duration {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner).elapsed()
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        // What stays goes with the folder of all.
        let _gone = fs::remove_dir_all(&self.folder);
    }
}

/// The visitors of a desk.
pub struct Sessions {
    root: PathBuf,
    all: Mutex<BTreeMap<String, Arc<Session>>>,
    _lock: File,
}

impl Sessions {
    /// Makes the private folder of the desk, and takes away those of desks that were killed.
    ///
    /// # Errors
    /// The disk refuses, or there is no chance.
    pub fn open() -> Result<Self, RunError> {
        let shared = std::env::temp_dir();
        remove_dead(&shared);
        let root = shared.join(format!("{PREFIX}{}", secret()?));
        private_folder(&root)?;
        // It has its name only once it is locked: a desk that opens now must not take this one for dead.
        let (path, partial) = (root.join(LOCK), root.join(format!("{LOCK}.parte")));
        let lock = File::create(&partial).and_then(|lock| lock.lock().and(fs::rename(&partial, &path)).map(|()| lock));
        let lock = lock.map_err(|source| RunError::Write { path, source })?;
        Ok(Self { root, all: Mutex::default(), _lock: lock })
    }

    fn all(&self) -> MutexGuard<'_, BTreeMap<String, Arc<Session>>> {
        self.all.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The visitor with this secret.
    pub fn find(&self, secret: &str) -> Option<Arc<Session>> {
        let session = self.all().get(secret).cloned()?;
        *session.seen.lock().unwrap_or_else(PoisonError::into_inner) = Instant::now();
        Some(session)
    }

    /// A new visitor, with its secret.
    ///
    /// # Errors
    /// The disk refuses, or there is no chance.
    pub fn create(&self) -> Result<(String, Arc<Session>), RunError> {
        // The folder is not called by the secret: whoever lists folders must not learn it.
        let folder = self.root.join(secret()?);
        private_folder(&folder)?;
        let (seen, work) = (Mutex::new(Instant::now()), Mutex::default());
        let session = Arc::new(Session { folder, seen, work, billing: tokio::sync::Mutex::new(()) });
        let secret = secret()?;
        let mut all = self.all();
        if all.len() >= MOST
            && let Some(longest) =
                all.iter().max_by_key(|(_, session)| session.away()).map(|(secret, _)| secret.clone())
            && let Some(gone) = all.remove(&longest)
        {
            gone.stop();
        }
        all.insert(secret.clone(), Arc::clone(&session));
        Ok((secret, session))
    }

    /// Forgets a visitor.
    pub fn forget(&self, secret: &str) {
        let gone = self.all().remove(secret);
        gone.iter().for_each(|session| session.stop());
    }

    /// Forgets who has been away for too long.
    pub fn sweep(&self) {
        self.all().retain(|_, session| {
            let stays = session.away() < LIFE;
            if !stays {
                session.stop();
            }
            stays
        });
    }

    /// Forgets everybody.
    pub fn close(&self) {
        let all = std::mem::take(&mut *self.all());
        all.values().for_each(|session| session.stop());
    }

    /// A folder that is not there, for what is reckoned and not written.
    pub fn nowhere(&self) -> PathBuf {
        self.root.join("nessuno")
    }

    /// Takes the private folder away.
    pub fn remove(&self) {
        let _gone = fs::remove_dir_all(&self.root);
    }
}

/// Makes a folder that only its owner can look into.
fn private_folder(path: &Path) -> Result<(), RunError> {
    let mut builder = DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path).map_err(|source| RunError::Write { path: path.to_owned(), source })
}

/// Takes away the folders of desks that ended without doing it: nobody holds their lock.
fn remove_dead(shared: &Path) {
    for entry in fs::read_dir(shared).into_iter().flatten().flatten() {
        let is_ours = entry.file_name().to_string_lossy().starts_with(PREFIX);
        let is_folder = entry.file_type().is_ok_and(|kind| kind.is_dir());
        let lock = || File::open(entry.path().join(LOCK)).ok().filter(|lock| lock.try_lock().is_ok());
        if is_ours && is_folder && lock().is_some() {
            let _gone = fs::remove_dir_all(entry.path());
        }
    }
}

/// The cookie of visitors. Browsers do not tell the ports of a host apart.
pub fn cookie_name(app: &App) -> String {
    format!("scrivano-{}", app.bound.port())
}

/// Who asks, if it is known.
pub struct Visitor {
    /// The visitor.
    pub session: Option<Arc<Session>>,
    /// Its secret.
    pub secret: Option<String>,
}

impl FromRequestParts<Shared> for Visitor {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, app: &Shared) -> Result<Self, Self::Rejection> {
        let secret = cookie(&parts.headers, &cookie_name(app)).map(str::to_owned);
        let session = secret.as_deref().and_then(|secret| app.sessions.find(secret));
        Ok(Self { secret: secret.filter(|_| session.is_some()), session })
    }
}

impl Visitor {
    /// The visitor's session, begun where there is none: then with the cookie to send.
    ///
    /// # Errors
    /// The disk refuses, or there is no chance.
    pub fn begun(&self, app: &App) -> Result<(Arc<Session>, Option<HeaderValue>), RunError> {
        if let Some(session) = &self.session {
            return Ok((Arc::clone(session), None));
        }
        let (secret, session) = app.sessions.create()?;
        let cookie = format!("{}={secret}; Path=/; HttpOnly; SameSite=Lax", cookie_name(app));
        Ok((session, HeaderValue::try_from(cookie).ok()))
    }

    /// The texts that the visitor has changed.
    pub fn edits(&self) -> Option<Arc<Edits>> {
        self.session.as_ref().and_then(|session| session.work().edits.clone())
    }

    /// The workbook on the desk: the visitor's own, else the one that everybody sees.
    pub fn desk(&self, app: &App) -> Option<Arc<Desk>> {
        let own = self.session.as_ref().and_then(|session| session.work().desk.clone());
        own.or_else(|| app.shown.clone())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_visitor_has_a_private_folder_that_goes_with_it() {
        let sessions = Sessions::open().unwrap();
        let (secret, session) = sessions.create().unwrap();
        let folder = session.folder.clone();
        assert!(folder.is_dir() && !folder.to_string_lossy().contains(&secret));
        #[cfg(unix)]
        for private in [&sessions.root, &folder] {
            use std::os::unix::fs::PermissionsExt;
            assert_eq!(fs::metadata(private).unwrap().permissions().mode() & 0o777, 0o700);
        }
        assert!(sessions.find(&secret).is_some() && sessions.find("").is_none());
        sessions.forget(&secret);
        assert!(sessions.find(&secret).is_none());
        assert!(folder.is_dir(), "a page or a run still uses it");
        drop(session);
        assert!(!folder.exists());
        let root = sessions.root.clone();
        sessions.remove();
        assert!(!root.exists());
    }

    #[test]
    fn who_has_been_away_longest_makes_room_and_secrets_are_never_the_same() {
        let sessions = Sessions::open().unwrap();
        let secrets: Vec<String> = (0..MOST).map(|_| sessions.create().unwrap().0).collect();
        assert!(secrets.iter().all(|secret| secret.len() == 64));
        sessions.find(&secrets[0]).unwrap();
        sessions.create().unwrap();
        assert!(sessions.find(&secrets[0]).is_some() && sessions.find(&secrets[1]).is_none());
        sessions.sweep();
        assert_eq!(sessions.all().len(), MOST);
        sessions.close();
        sessions.remove();
    }

    #[test]
    fn the_folder_of_a_killed_desk_goes_and_that_of_a_living_one_stays() {
        let shared = tempfile::tempdir().unwrap();
        let (dead, living, other) = (
            shared.path().join("scrivano-banco-1"),
            shared.path().join("scrivano-banco-2"),
            shared.path().join("altro"),
        );
        for folder in [&dead, &living, &other] {
            private_folder(folder).unwrap();
            fs::write(folder.join(LOCK), b"").unwrap();
        }
        let lock = File::open(living.join(LOCK)).unwrap();
        lock.lock().unwrap();
        remove_dead(shared.path());
        assert!(!dead.exists() && living.exists() && other.exists());
    }
}
