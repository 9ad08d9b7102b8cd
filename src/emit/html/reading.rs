//! The act for reading on the web desk: a piece of a page in which every value of the workbook says its cell, blanks stand
//! out, and the margin names what of the minimum content an article covers. How it looks is the page's business.

use super::{Page, escape};
use crate::act::{Act, Blank, Element, Value};
use crate::place::Place;

/// How an act is read.
#[derive(Debug, Clone, Copy)]
pub struct Reading<'a> {
    /// How the anchors of articles and annexes begin: a page may hold two acts.
    pub anchors: &'a str,
    /// The file of the template whose clauses are pointed out (class `qui`), each with its line (`data-riga`).
    pub file: Option<&'a str>,
}

impl Default for Reading<'_> {
    fn default() -> Self {
        Self { anchors: "atto", file: None }
    }
}

/// The act as a fragment of HTML, its title a heading of level 2. Classes: `v` a value, `b` a blank, `c` the hint with the
/// cell inside either, `margine` the note of an article. Never fails; the same act gives the same text.
pub fn reading(act: &Act, how: Reading<'_>) -> String {
    let mut page = Page { reading: Some(how), ..Page::default() };
    page.blocks(&act.blocks);
    page.html
}

impl Page<'_> {
    /// The attributes of what the template has at `place`, where its file is pointed out.
    pub(super) fn here(&self, place: &Place) -> String {
        match (place, self.reading.and_then(|how| how.file)) {
            (Place::Text(path, line, _), Some(file)) if **path == *file => {
                format!(" class=\"qui\" data-riga=\"{line}\"")
            }
            _ => String::new(),
        }
    }

    /// A value that can be pointed at and reached with the keyboard. One that no cell holds says nothing.
    pub(super) fn value(&mut self, value: &Value) {
        let words = escape(&value.s);
        match hint(&value.place) {
            Some(hint) => {
                let hint = escape(&hint);
                self.raw(&format!("<span class=\"v\" tabindex=\"0\">{words}<span class=\"c\">{hint}</span></span>"));
            }
            None => self.raw(&words),
        }
    }

    /// A blank, by what goes there.
    pub(super) fn blank(&mut self, blank: &Blank) {
        let label = escape(&blank.label);
        let hint = hint(&blank.place).map(|hint| format!("<span class=\"c\">{} vuota</span>", escape(&hint)));
        let focus = if hint.is_some() { " tabindex=\"0\"" } else { "" };
        self.raw(&format!("<span class=\"b\"{focus}>{label}{}</span>", hint.unwrap_or_default()));
    }

    /// The note of an article: what it covers.
    pub(super) fn margin(&mut self, covers: &[Element]) {
        if covers.is_empty() {
            return;
        }
        let minimum = Element::ALL.get(..Element::MINIMUM).unwrap_or_default();
        self.raw("<p class=\"margine\">");
        for (index, element) in covers.iter().enumerate() {
            let law = if minimum.contains(element) { "<small>contenuto minimo</small> " } else { "" };
            let gap = if index > 0 { "<br>" } else { "" };
            self.raw(&format!("{gap}{law}{}", escape(element.italian())));
        }
        self.raw("</p>\n");
    }
}

/// "Enti!C7", where there is a cell.
fn hint(place: &Place) -> Option<String> {
    matches!(place, Place::Cell(..)).then(|| place.to_string())
}
