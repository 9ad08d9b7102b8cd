//! What stands around the words of an act: paper, styles, page numbers, settings, the definitions of numbering. No act
//! changes it, so docx-rs builds it once, `finish` completes it once, and each document copies it. Called by `docx`.

use std::collections::BTreeMap;
use std::io;
use std::sync::OnceLock;

use docx_rs as word;

use super::markup::Markup;
use super::package::{Packed, Part, Parts};
use super::{CENTIMETRE, finish, numbering, styles};
use crate::emit::EmitError;

/// Path of the words of an act.
pub(super) const DOCUMENT: &str = "word/document.xml";
/// Path of the running head.
pub(super) const HEADER: &str = "word/header1.xml";
/// Path of the numbering.
pub(super) const NUMBERING: &str = "word/numbering.xml";
/// Path of title, author and the like.
pub(super) const PROPERTIES: &str = "docProps/core.xml";

/// What all documents have in common.
pub(super) struct Frame {
    /// The body goes in.
    pub document: Gap,
    /// The paragraph of the running head goes in.
    pub header: Gap,
    /// The numbering instances go in.
    pub numbering: Gap,
    /// The parts that are whole.
    whole: BTreeMap<String, Packed>,
}

/// A part with a gap for what is an act's own.
pub(super) struct Gap {
    before: String,
    after: String,
}

/// Stands for the gap in what `finish` returns.
pub(super) const GAP: &str = "{}";

static FRAMES: [OnceLock<Frame>; 2] = [OnceLock::new(), OnceLock::new()];

impl Frame {
    /// The frame of documents where something is `numbered`, or of the others: they do without a relation to the numbering,
    /// since Word online fails where it finds one without numbered paragraphs.
    ///
    /// # Errors
    /// A fault of ours: a part of docx-rs that is not well-formed XML, or has no gap.
    pub fn get(numbered: bool) -> Result<&'static Self, EmitError> {
        let [plain, with_numbers] = &FRAMES;
        let frame = if numbered { with_numbers } else { plain };
        match frame.get() {
            Some(frame) => Ok(frame),
            None => {
                let made = Self::make(numbered)?;
                Ok(frame.get_or_init(|| made))
            }
        }
    }

    fn make(numbered: bool) -> Result<Self, EmitError> {
        let mut document = numbering::define(page(styles::add_to(word::Docx::new())));
        document.document_rels.has_numberings = numbered;
        let mut parts = finish::parts(document.build())?;
        let mut gap = |path: &str| Gap::of(&parts.remove(path).unwrap_or_default());
        let (document, header, numbering) = (gap(DOCUMENT)?, gap(HEADER)?, gap(NUMBERING)?);
        let mut whole = BTreeMap::new();
        for (path, part) in parts {
            let packed = Packed::new(&path, &part)?;
            whole.insert(path, packed);
        }
        Ok(Self { document, header, numbering, whole })
    }

    /// The parts that are whole, by path.
    pub fn parts(&self) -> Parts<'_> {
        self.whole.iter().map(|(path, packed)| (path.as_str(), Part::Packed(packed.clone()))).collect()
    }
}

impl Gap {
    fn of(part: &[u8]) -> Result<Self, EmitError> {
        let part = String::from_utf8_lossy(part);
        let (before, after) = part.split_once(GAP).ok_or_else(|| io::Error::other("manca il posto del testo"))?;
        Ok(Self { before: before.to_owned(), after: after.to_owned() })
    }

    /// The part with this in its gap.
    pub fn filled(&self, content: Markup) -> Vec<u8> {
        [self.before.as_bytes(), &content.into_bytes(), self.after.as_bytes()].concat()
    }
}

/// Paper, margins, running head from the second page on, page numbers on all.
fn page(document: word::Docx) -> word::Docx {
    let margin = CENTIMETRE * 5 / 2;
    let margins = word::PageMargin {
        top: margin,
        left: margin,
        bottom: margin,
        right: margin,
        header: CENTIMETRE * 5 / 4,
        footer: CENTIMETRE * 5 / 4,
        gutter: 0,
    };
    let footer = || {
        let line = word::Paragraph::new()
            .style(styles::FOOTER)
            .add_run(word::Run::new().add_text("Pagina "))
            .add_page_num(word::PageNum::new())
            .add_run(word::Run::new().add_text(" di "))
            .add_num_pages(word::NumPages::new());
        word::Footer::new().add_paragraph(line)
    };
    document
        .page_size(11906, 16838)
        .page_margin(margins)
        .header(word::Header::new())
        .first_header(word::Header::new().add_paragraph(word::Paragraph::new().style(styles::HEADER)))
        .footer(footer())
        .first_footer(footer())
}
