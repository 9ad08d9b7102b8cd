//! What is left of the work on a document: revisions, comments, struck and highlighted words. Called by the readers of formats
//! that have them; `faults` tells them.

use std::collections::BTreeMap;

/// A kind of work that a finished act shows no trace of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Work {
    /// Text put in, taken out or moved, that nobody has accepted yet.
    Revision,
    /// A remark in the margin.
    Comment,
    /// Words with a line through them.
    Struck,
    /// Words marked with a colour.
    Highlighted,
}

/// The traces of one kind of work.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    /// How many comments; how many lines with the others.
    pub count: usize,
    /// The first line.
    pub line: u32,
    /// The first words, where they are known.
    pub words: String,
    last: u32,
}

/// The traces that a document has.
#[derive(Debug, Default)]
pub struct Marks(BTreeMap<Work, Mark>);

/// Letters of the first words.
const LONGEST: usize = 60;

impl Marks {
    /// Puts down a trace; lines come in order.
    pub(super) fn add(&mut self, work: Work, line: u32, words: &str) {
        let mark = self.0.entry(work).or_insert(Mark { count: 0, line, words: String::new(), last: 0 });
        if work == Work::Comment || line != mark.last {
            mark.count += 1;
            mark.last = line;
        }
        if mark.line == line {
            mark.words.extend(words.chars().take(LONGEST.saturating_sub(mark.words.chars().count())));
        }
    }

    /// Adds the traces of a part whose lines come from `line` on.
    pub(super) fn append(&mut self, other: Self, line: u32) {
        for (work, mark) in other.0 {
            let own = self.0.entry(work).or_insert(Mark { count: 0, line, ..mark.clone() });
            own.count += mark.count;
        }
    }

    /// Every kind that there is.
    pub fn iter(&self) -> impl Iterator<Item = (Work, &Mark)> {
        self.0.iter().map(|(work, mark)| (*work, mark))
    }
}
