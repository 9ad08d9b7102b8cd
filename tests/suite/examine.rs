//! Acts that others wrote: what the program recognises in labelled acts, in its own, in damaged and hostile files, and what
//! it says of known defects.

mod corpus;
mod hostile;
mod own;
mod packed;
mod variants;

use scrivano::examine::Examination;
use scrivano::pipeline;

/// Examines a document on the suite's day.
pub fn examine(name: &str, bytes: &[u8]) -> Examination {
    pipeline::examine(name, bytes, crate::support::today())
        .unwrap_or_else(|refusal| panic!("{name}: {}", refusal.message))
}
