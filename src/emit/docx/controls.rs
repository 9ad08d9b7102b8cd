//! Content controls of forms (ECMA-376, 17.5.2): blanks as plain text, tick boxes. Called by `inline`.

use super::markup::{Face, Markup, Written};
use crate::act::{Blank, TICKED, UNTICKED};
use crate::emit::words::printable;

/// Font of the two marks in Word.
const FONT: &str = "MS Gothic";
/// No-break spaces in an open cell: enough to click on.
const OPEN_CELL: usize = 12;

/// A control for plain text, which shows dots until it is filled in; its title is the blank's label, shown by Word when it is
/// entered.
pub(super) fn text(markup: &mut Markup, blank: &Blank, face: Face) -> Written {
    let placeholder = if blank.open { "\u{a0}".repeat(OPEN_CELL) } else { blank.dots() };
    control(markup, &printable(&blank.label), face, &placeholder, |markup| {
        markup.empty("w:showingPlcHdr", &[])?;
        markup.empty("w:text", &[])
    })
}

/// A tick box that shows `mark` (an extension of Word 2010, in [MS-DOCX]).
pub(super) fn tick_box(markup: &mut Markup, mark: char, face: Face) -> Written {
    let (title, checked) = if mark == TICKED { ("casella barrata", "1") } else { ("casella", "0") };
    control(markup, title, face, mark.encode_utf8(&mut [0; 4]), |markup| {
        markup.element("w14:checkbox", &[], |markup| {
            markup.empty("w14:checked", &[("w14:val", checked)])?;
            for (name, mark) in [("w14:checkedState", TICKED), ("w14:uncheckedState", UNTICKED)] {
                let code = format!("{:04X}", u32::from(mark));
                markup.empty(name, &[("w14:val", &code), ("w14:font", FONT)])?;
            }
            Ok(())
        })
    })
}

/// A control in a paragraph (17.5.2.31), of the kind that `kind` writes, which shows `shown`.
fn control(
    markup: &mut Markup,
    title: &str,
    face: Face,
    shown: &str,
    kind: impl FnOnce(&mut Markup) -> Written,
) -> Written {
    let number = markup.next_control().to_string();
    markup.element("w:sdt", &[], |markup| {
        markup.element("w:sdtPr", &[], |markup| {
            if !title.is_empty() {
                markup.value("w:alias", title)?;
            }
            markup.value("w:id", &number)?;
            kind(markup)
        })?;
        markup.element("w:sdtContent", &[], |markup| markup.words(face, shown))
    })
}
