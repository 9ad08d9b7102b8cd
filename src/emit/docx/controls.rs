//! Content controls of forms: blanks as plain text, tick boxes. docx-rs writes the control with its title alone; what kind it
//! is, `finish` says through [`complete`].

use docx_rs as word;

use super::super::words::printable;
use super::element::{Element, Node};
use crate::act::{Blank, TICKED, UNTICKED};

/// Titles of tick boxes, empty and ticked; a blank of a form never has them.
const BOXES: [(&str, char); 2] = [("casella", UNTICKED), ("casella barrata", TICKED)];
/// Font of the two marks in Word.
const FONT: &str = "MS Gothic";
/// No-break spaces in an open cell: enough to click on.
const OPEN_CELL: usize = 12;

/// What a blank shows until it is filled in.
pub(super) fn placeholder(blank: &Blank) -> String {
    if blank.open { "\u{a0}".repeat(OPEN_CELL) } else { blank.dots() }
}

/// A control for plain text; `label` is its title, shown by Word when it is entered.
pub(super) fn text(label: &str, run: word::Run) -> word::StructuredDataTag {
    word::StructuredDataTag::new().alias(printable(label)).add_run(run)
}

/// A tick box that shows `mark`.
pub(super) fn tick_box(mark: char, run: word::Run) -> word::StructuredDataTag {
    let title = BOXES.iter().find(|(_, known)| *known == mark).map_or("", |(title, _)| title);
    word::StructuredDataTag::new().alias(title).add_run(run)
}

/// Says of which kind a control is, in the order of the schema. `number` tells it from the others of the document.
pub(super) fn complete(control: &mut Element, number: usize) {
    let Some(properties) = control.child_mut("w:sdtPr") else { return };
    let title = properties.child("w:alias").and_then(|alias| alias.attribute("w:val")).unwrap_or_default().to_owned();
    let tick = BOXES.iter().find(|(known, _)| *known == title).map(|(_, mark)| *mark);
    let mut children = Vec::new();
    if !title.is_empty() {
        children.push(Element::new("w:alias", &[]).with("w:val", title));
    }
    children.push(Element::new("w:id", &[]).with("w:val", number.to_string()));
    match tick {
        Some(mark) => {
            let state = |name, mark: char| {
                let code = format!("{:04X}", u32::from(mark));
                Node::Element(Element::new(name, &[]).with("w14:val", code).with("w14:font", FONT.to_owned()))
            };
            let checked = if mark == TICKED { "1" } else { "0" };
            let mut tick_box = Element::new("w14:checkbox", &[]);
            tick_box.children = vec![
                Node::Element(Element::new("w14:checked", &[("w14:val", checked)])),
                state("w14:checkedState", TICKED),
                state("w14:uncheckedState", UNTICKED),
            ];
            children.push(tick_box);
        }
        None => {
            children.push(Element::new("w:showingPlcHdr", &[]));
            children.push(Element::new("w:text", &[]));
        }
    }
    properties.children = children.into_iter().map(Node::Element).collect();
}
