//! The texts of acts that a visitor has changed: kept in the session, in memory, never on disk.

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use super::reply::Fault;
use super::session::Session;
use crate::compose::Library;

/// Longest text that is kept, in bytes: several times the longest of ours.
const LONGEST: usize = 200_000;
/// The most that all texts of a visitor may have, in bytes.
const MOST: usize = 2_000_000;

/// Texts changed by a visitor.
#[derive(Default)]
pub struct Edits {
    /// By path.
    pub texts: BTreeMap<String, String>,
    /// The texts of the desk with these in their place, once they are wanted.
    library: OnceLock<Library>,
}

impl Edits {
    /// The texts of the desk with these in their place. Heavy the first time.
    pub fn library(&self, of_desk: &Library) -> &Library {
        self.library.get_or_init(|| of_desk.edited(&self.texts))
    }
}

/// Line ends as the texts of the desk have them: browsers send those of forms in another way.
fn lines(text: &str) -> String {
    text.replace("\r\n", "\n").replace('\r', "\n")
}

/// Keeps a text, which takes the place of `original`. One that is the same again is not kept.
///
/// # Errors
/// It is longer than a text may be, or all texts together are.
pub fn keep(session: &Session, path: &str, text: &str, original: &str) -> Result<(), Fault> {
    let text = lines(text);
    let kept = session.work().edits.as_ref().map_or(0, |edits| edits.texts.values().map(String::len).sum());
    if text.len() > LONGEST || kept + text.len() > MOST {
        return Err(Fault::Wrong("Il testo è troppo lungo per provarlo qui: provarlo con --testi.".to_owned()));
    }
    change(session, |texts| {
        if text.trim_end() == original.trim_end() {
            texts.remove(path);
        } else {
            texts.insert(path.to_owned(), text);
        }
    });
    Ok(())
}

/// Gives a text back as it was; all of them where none is named.
pub fn restore(session: &Session, path: Option<&str>) {
    change(session, |texts| match path {
        Some(path) => {
            texts.remove(path);
        }
        None => texts.clear(),
    });
}

/// Changes what is kept. Under the lock: two pages of a visitor must not lose each other's work.
fn change(session: &Session, change: impl FnOnce(&mut BTreeMap<String, String>)) {
    let mut work = session.work();
    let mut texts = work.edits.as_ref().map(|edits| edits.texts.clone()).unwrap_or_default();
    change(&mut texts);
    // What is the same has its library already.
    if work.edits.as_ref().is_none_or(|edits| edits.texts != texts) {
        work.edits = Some(Arc::new(Edits { texts, library: OnceLock::new() })).filter(|edits| !edits.texts.is_empty());
    }
}
