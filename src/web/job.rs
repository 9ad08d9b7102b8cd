//! A run under way: how far it has come, for the page that follows it; what it left, once it is over.

use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::watch;

use super::desk::Desk;
use super::edits::Edits;
use crate::pipeline::{Progress, RunReport, Tally};

/// How far a run has come.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Stage {
    /// Bodies to do; `None` while the workbook is being judged.
    pub bodies: Option<usize>,
    /// What is done.
    pub tally: Tally,
    /// The body in hand.
    pub current: String,
    /// There is nothing more to follow.
    pub over: bool,
}

/// How a run ended.
pub enum Ending {
    /// It made all that it could, in this folder.
    Made(Box<RunReport>, PathBuf),
    /// The visitor stopped it.
    Stopped,
    /// It could not, and why.
    Failed(String),
}

/// A run.
pub struct Job {
    /// The workbook that it is made from.
    pub desk: Arc<Desk>,
    /// The changed texts that it is made with.
    pub edits: Option<Arc<Edits>>,
    stage: watch::Sender<Stage>,
    stopped: AtomicBool,
    ending: Mutex<Option<Arc<Ending>>>,
    /// Held while the zip of everything is made.
    pub packing: tokio::sync::Mutex<()>,
}

impl Job {
    /// A run that begins.
    pub fn new(desk: Arc<Desk>, edits: Option<Arc<Edits>>) -> Self {
        let stage = watch::Sender::new(Stage::default());
        Self {
            desk,
            edits,
            stage,
            stopped: AtomicBool::new(false),
            ending: Mutex::default(),
            packing: tokio::sync::Mutex::default(),
        }
    }

    /// How far it has come, now and whenever it changes.
    pub fn follow(&self) -> watch::Receiver<Stage> {
        self.stage.subscribe()
    }

    /// How far it has come.
    pub fn stage(&self) -> Stage {
        self.stage.borrow().clone()
    }

    /// Makes it stop after the acts in hand.
    pub fn stop(&self) {
        self.stopped.store(true, Ordering::Relaxed);
    }

    /// Says how it ended.
    pub fn end(&self, ending: Ending) {
        self.ending_slot().get_or_insert(Arc::new(ending));
        self.stage.send_modify(|stage| stage.over = true);
    }

    /// How it ended; `None` while it goes on.
    pub fn ending(&self) -> Option<Arc<Ending>> {
        self.ending_slot().clone()
    }

    fn ending_slot(&self) -> MutexGuard<'_, Option<Arc<Ending>>> {
        self.ending.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Progress for Job {
    fn start(&self, bodies: usize) {
        self.stage.send_modify(|stage| stage.bodies = Some(bodies));
    }

    fn begin(&self, name: &str) {
        self.stage.send_modify(|stage| name.clone_into(&mut stage.current));
    }

    fn done(&self, tally: Tally) {
        self.stage.send_modify(|stage| {
            if tally.bodies > stage.tally.bodies {
                stage.tally = tally;
            }
        });
    }

    fn finish(&self) {}

    fn is_stopped(&self) -> bool {
        self.stopped.load(Ordering::Relaxed)
    }
}
