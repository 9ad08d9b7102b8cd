//! What is wrong in an act that others wrote. Called by `examine`; a file per family of faults. Where a fault is one that the
//! program also looks for in its own acts, it has the same code; the group `ESA` is for what only a text in the wild can have.

mod bands;
mod blanks;
mod citations;
mod days;
mod deliberation;
mod guarantees;
mod lists;
mod marks;
mod matters;
mod missing;
mod numbering;
mod order;
mod parties;
mod parts;
mod references;
mod shares;
mod strangers;
mod sums;
mod terms;
mod topics;
mod totals;

use std::sync::Arc;

use chrono::NaiveDate;

use super::evidence::Found;
use super::kind::Kind;
use super::source::Marks;
use super::structure::Structure;
use super::text::Paragraph;
use crate::act::Element;
use crate::diagnostic::Diagnostic;
use crate::place::Place;

/// An act under examination.
pub(super) struct Act<'a> {
    pub(super) name: Arc<str>,
    pub(super) kind: Kind,
    pub(super) structure: &'a Structure,
    pub(super) found: &'a [Found],
    pub(super) marks: &'a Marks,
    pub(super) today: NaiveDate,
}

impl Act<'_> {
    /// A line of the document.
    fn line(&self, line: u32) -> Place {
        Place::Text(Arc::clone(&self.name), line.max(1), 1)
    }

    /// The line at a byte of a paragraph.
    fn at(&self, paragraph: &Paragraph, byte: usize) -> Place {
        self.line(paragraph.line_at(byte).0)
    }

    /// The whole document.
    fn whole(&self) -> Place {
        Place::File(Arc::clone(&self.name))
    }

    /// What was found of an element.
    fn element(&self, element: Element) -> Option<&Found> {
        self.found.iter().find(|found| found.element == element)
    }

    /// True for an act that must have the content of art. 30, or of art. 15.
    fn is_agreed(&self) -> bool {
        matches!(self.kind, Kind::Convenzione | Kind::Accordo)
    }
}

/// Every fault, in order of line; those of the whole document first.
pub(super) fn of(act: &Act<'_>) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    missing::elements(act, &mut found);
    if act.is_agreed() {
        missing::organs(act, &mut found);
        terms::term(act, &mut found);
        guarantees::remedies(act, &mut found);
        guarantees::withdrawal(act, &mut found);
        parties::parties(act, &mut found);
        parties::signature(act, &mut found);
        order::order(act, &mut found);
    }
    strangers::strangers(act, &mut found);
    if act.kind != Kind::Altro || act.structure.is_numbered() {
        numbering::articles(act, &mut found);
        numbering::index(act, &mut found);
        numbering::empty(act, &mut found);
        lists::labels(act, &mut found);
        lists::stray(act, &mut found);
        references::internal(act, &mut found);
        blanks::blanks(act, &mut found);
    }
    marks::marks(act, &mut found);
    sums::sums(act, &mut found);
    shares::shares(act, &mut found);
    totals::totals(act, &mut found);
    bands::bands(act, &mut found);
    days::days(act, &mut found);
    citations::laws(act, &mut found);
    matters::matters(act, &mut found);
    deliberation::deliberation(act, &mut found);
    let line = |place: &Place| match place {
        Place::Text(_, line, _) => *line,
        _ => 0,
    };
    found.sort_by(|a, b| line(&a.place).cmp(&line(&b.place)).then(a.code.cmp(b.code)));
    found.dedup_by(|a, b| a.code == b.code && a.place == b.place && a.message == b.message);
    found
}
