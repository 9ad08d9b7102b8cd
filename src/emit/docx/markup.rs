//! WordprocessingML, written in one pass in the order that its schema wants (ECMA-376, fifth edition, part 1, chapter 17:
//! numbers in comments are its sections): elements, paragraphs and runs, which the other writers share. Escaping is
//! quick-xml's. Used by `body`, `inline`, `controls`, `tables`, `signatures`, `numbering` and `properties`.

use std::io;

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};

use super::super::words::printable;

/// Whether it was written: writing to memory never fails, but the writer takes any place to write to.
pub(super) type Written = io::Result<()>;

/// A piece of a part, being written.
pub(super) struct Markup {
    writer: Writer<Vec<u8>>,
    controls: u32,
}

/// What a paragraph is like beyond the words (17.3.1.26).
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Paragraph {
    /// Id of its style.
    pub style: &'static str,
    /// On the page of the paragraph after it.
    pub keep_next: bool,
    /// At the top of a page.
    pub page_break_before: bool,
    /// Numbering instance and level.
    pub numbering: Option<(usize, usize)>,
    /// Space around it, where it is not the style's.
    pub spacing: Option<Spacing>,
    /// Indent, where it is not that of style or numbering.
    pub indent: Option<Indent>,
    /// Alignment, where it is not the style's: a value of 17.18.44.
    pub align: Option<&'static str>,
}

/// Space before a paragraph, and after it where it changes, in twentieths of a point (17.3.1.33).
#[derive(Debug, Clone, Copy)]
pub(super) struct Spacing {
    pub before: u32,
    pub after: Option<u32>,
}

/// Left indent of a paragraph, and how much its first line hangs out, in twentieths of a point (17.3.1.12).
#[derive(Debug, Clone, Copy)]
pub(super) struct Indent {
    pub left: i32,
    pub hanging: Option<i32>,
}

/// Bold and italic of a run, as nested.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Face {
    pub bold: bool,
    pub italic: bool,
}

impl Face {
    /// Neither bold nor italic.
    pub const PLAIN: Self = Self { bold: false, italic: false };
}

impl Paragraph {
    /// A paragraph as its style wants it.
    pub fn new(style: &'static str) -> Self {
        Self { style, ..Self::default() }
    }
}

impl Markup {
    /// Nothing yet; about `size` bytes are to come.
    pub fn new(size: usize) -> Self {
        Self { writer: Writer::new(Vec::with_capacity(size)), controls: 0 }
    }

    /// The line that a whole part begins with.
    pub fn declaration(&mut self) -> Written {
        self.writer.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), Some("yes"))))
    }

    /// What was written.
    pub fn into_bytes(self) -> Vec<u8> {
        self.writer.into_inner()
    }

    /// A number that no other content control of the document has, for its `id`.
    pub fn next_control(&mut self) -> u32 {
        self.controls += 1;
        self.controls
    }

    /// An element with content.
    pub fn element(
        &mut self,
        name: &str,
        attributes: &[(&str, &str)],
        content: impl FnOnce(&mut Self) -> Written,
    ) -> Written {
        self.writer.write_event(Event::Start(tag(name, attributes)))?;
        content(self)?;
        self.writer.write_event(Event::End(BytesEnd::new(name)))
    }

    /// An element without content.
    pub fn empty(&mut self, name: &str, attributes: &[(&str, &str)]) -> Written {
        self.writer.write_event(Event::Empty(tag(name, attributes)))
    }

    /// An element whose one attribute is `w:val`.
    pub fn value(&mut self, name: &str, value: &str) -> Written {
        self.empty(name, &[("w:val", value)])
    }

    /// An element that holds a text alone, without what XML forbids.
    pub fn text(&mut self, name: &str, attributes: &[(&str, &str)], text: &str) -> Written {
        let text = printable(text);
        self.element(name, attributes, |markup| markup.writer.write_event(Event::Text(BytesText::new(&text))))
    }

    /// A paragraph (17.3.1.22).
    pub fn paragraph(&mut self, paragraph: &Paragraph, content: impl FnOnce(&mut Self) -> Written) -> Written {
        self.element("w:p", &[], |markup| {
            markup.element("w:pPr", &[], |markup| markup.paragraph_properties(paragraph))?;
            content(markup)
        })
    }

    /// A paragraph without content.
    pub fn empty_paragraph(&mut self, style: &'static str) -> Written {
        self.paragraph(&Paragraph::new(style), |_| Ok(()))
    }

    /// The properties that differ from those of the style, in the order of 17.3.1.26.
    fn paragraph_properties(&mut self, paragraph: &Paragraph) -> Written {
        self.value("w:pStyle", paragraph.style)?;
        if paragraph.keep_next {
            self.empty("w:keepNext", &[])?;
        }
        if paragraph.page_break_before {
            self.empty("w:pageBreakBefore", &[])?;
        }
        if let Some((instance, level)) = paragraph.numbering {
            self.element("w:numPr", &[], |markup| {
                markup.value("w:ilvl", &level.to_string())?;
                markup.value("w:numId", &instance.to_string())
            })?;
        }
        if let Some(Spacing { before, after }) = paragraph.spacing {
            let before = before.to_string();
            match after {
                Some(after) => self.empty("w:spacing", &[("w:before", &before), ("w:after", &after.to_string())]),
                None => self.empty("w:spacing", &[("w:before", &before)]),
            }?;
        }
        if let Some(indent) = paragraph.indent {
            self.indent(indent)?;
        }
        match paragraph.align {
            Some(align) => self.value("w:jc", align),
            None => Ok(()),
        }
    }

    fn indent(&mut self, Indent { left, hanging }: Indent) -> Written {
        let left = left.to_string();
        match hanging {
            Some(hanging) => {
                self.empty("w:ind", &[("w:left", &left), ("w:right", "0"), ("w:hanging", &hanging.to_string())])
            }
            None => self.empty("w:ind", &[("w:left", &left), ("w:right", "0")]),
        }
    }

    /// A run (17.3.2.25).
    pub fn run(&mut self, face: Face, content: impl FnOnce(&mut Self) -> Written) -> Written {
        self.element("w:r", &[], |markup| {
            if face.bold || face.italic {
                markup.element("w:rPr", &[], |markup| markup.run_properties(face))?;
            }
            content(markup)
        })
    }

    /// In the order of 17.3.2.28; the second of each two is for complex scripts.
    fn run_properties(&mut self, face: Face) -> Written {
        if face.bold {
            self.empty("w:b", &[])?;
            self.empty("w:bCs", &[])?;
        }
        if face.italic {
            self.empty("w:i", &[])?;
            self.empty("w:iCs", &[])?;
        }
        Ok(())
    }

    /// A run of words.
    pub fn words(&mut self, face: Face, words: &str) -> Written {
        self.run(face, |markup| markup.run_text(words))
    }

    /// Words inside a run, their spaces kept (17.3.3.31).
    pub fn run_text(&mut self, words: &str) -> Written {
        let (name, attributes) = ("w:t", [("xml:space", "preserve")]);
        let words = printable(words);
        if words.is_empty() {
            return self.empty(name, &attributes);
        }
        self.element(name, &attributes, |markup| markup.writer.write_event(Event::Text(BytesText::new(&words))))
    }
}

fn tag<'t>(name: &'t str, attributes: &[(&str, &str)]) -> BytesStart<'t> {
    BytesStart::new(name).with_attributes(attributes.iter().copied())
}
