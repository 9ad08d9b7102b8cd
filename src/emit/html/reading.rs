//! The act for reading on the web desk: a piece of a page in which every value of the workbook says its cell, blanks stand
//! out, and the margin names what of the minimum content an article covers. How it looks is the page's business.

use super::{Page, escape};
use crate::act::{Act, Blank, Element, Value};
use crate::place::Place;

/// The act as a fragment of HTML, its title a heading of level 2. Classes: `v` a value, `b` a blank, `c` the hint with the
/// cell inside either, `margine` the note of an article. Never fails; the same act gives the same text.
pub fn reading(act: &Act) -> String {
    let mut page = Page { reading: true, ..Page::default() };
    page.blocks(&act.blocks);
    page.html
}

impl Page {
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
