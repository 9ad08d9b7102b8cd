//! Tables → dossier, and every rule on dossier and acts. One file per group of rules.
//!
//! Called by `pipeline` in this order: [`dossier`](records) reads the sheets into records, `fees` adds the
//! contributions, [`rules`] judges the dossier, [`act`] judges each composed act.

pub mod del;
pub mod ent;
pub mod findings;
mod subject;

use crate::dossier::Dossier;
pub use findings::Findings;

/// A rule's check on the whole dossier. It reports its own code only.
pub type Check = fn(&Dossier, &mut Findings);
