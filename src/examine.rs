//! Acts that others wrote: bytes of a `.docx`, a PDF or a text → what of the minimum content of art. 30 they hold, where, how
//! sure that is, and their faults. Called by `pipeline`; touches neither disk nor clock, and uses no model and no network:
//! the method is vocabulary and structure, told in `docs/esame.md`.
//!
//! `source` reads the lines, `clean` takes away what the page put there, `structure` finds the articles, `evidence` weighs the
//! signs of `vocabulary`, `kind` says what the document is, `faults` what is wrong in it.

mod clean;
mod evidence;
mod faults;
mod kind;
mod pattern;
mod source;
mod structure;
mod term;
mod text;
pub mod vocabulary;

use chrono::NaiveDate;
use serde::Serialize;

use crate::act::Element;
use crate::diagnostic::{Diagnostic, Summary};

pub use kind::Kind;
pub use source::{Area, words_in};

/// Name of the thread on which a PDF is read; its panics end there, so a panic hook should say nothing about it.
pub const READER_THREAD: &str = "esame";

/// What an examination found. Its JSON is `scrivano/examine/1`.
#[derive(Debug, Clone, Serialize)]
pub struct Examination {
    /// What the document is.
    pub kind: Kind,
    /// The seven elements of the minimum content, in order of law.
    pub elements: Vec<Examined>,
    /// What is wrong, in order of line.
    pub diagnostics: Vec<Diagnostic>,
    /// Articles found, for people.
    #[serde(skip)]
    pub articles: usize,
    /// Lines with words, for people.
    #[serde(skip)]
    pub lines: usize,
}

/// An element as the document has it.
#[derive(Debug, Clone, Serialize)]
pub struct Examined {
    /// The element.
    pub element: Element,
    /// True where it is there.
    pub found: bool,
    /// How sure that is, from 0 to 1.
    pub confidence: f64,
    /// The best places, the surest first; also those that are not enough.
    #[serde(rename = "where")]
    pub places: Vec<Found>,
}

/// A place that speaks of an element.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Found {
    /// Number of the article, or its heading; empty outside articles.
    pub article: String,
    /// Line of the document, counted from one; a paragraph of Word is a line.
    pub line: u32,
    /// Page, counted from one; 0 where the format has none.
    #[serde(skip)]
    pub page: u32,
    /// The words that say so.
    pub quote: String,
}

impl Examination {
    /// How many findings of each severity.
    pub fn summary(&self) -> Summary {
        Summary::of(&self.diagnostics)
    }
}

/// Examines the document in `bytes`, whatever its extension; `name` (file name without folder) is for messages and places.
/// Rules that depend on the day are judged on `today`.
///
/// # Errors
/// One diagnostic `ESA-01`: the file is no document that can be read, or has no text.
#[expect(clippy::result_large_err, reason = "made once for a file, at its end")]
pub fn document(name: &str, bytes: &[u8], today: NaiveDate) -> Result<Examination, Diagnostic> {
    let source::Lines { lines, marks, .. } = source::lines(name, bytes)?;
    let structure = structure::structure(&clean::clean(lines));
    let kind = kind::kind(&structure);
    let found = evidence::weigh(&structure, kind);
    let act = faults::Act { name: name.into(), kind, structure: &structure, found: &found, marks: &marks, today };
    let diagnostics = faults::of(&act);
    let elements = found.iter().map(|found| Examined {
        element: found.element,
        found: found.is_there(),
        confidence: found.confidence,
        places: found
            .spots
            .iter()
            .map(|spot| Found {
                article: spot.article.clone(),
                line: spot.line,
                page: spot.page,
                quote: spot.quote.clone(),
            })
            .collect(),
    });
    Ok(Examination {
        kind,
        elements: elements.collect(),
        diagnostics,
        articles: structure.articles.len(),
        lines: structure.lines,
    })
}
