//! What the run writes: the same words in all formats, the same bytes on every run, whole bundles, well-formed documents.

mod bills;
mod documents;
pub mod docx;
mod forms;
mod hostile;
pub mod html;
mod issued;
mod merge;
mod pdf;
mod resume;
mod runs;
pub mod small;
mod state;
pub mod tree;
mod words;
