//! Act → PDF/A-2a that is PDF/UA-1 too, through Typst and one static layout (`templates/layout/act.typ`, which imports
//! `blocks.typ`). An act to which a file is attached is PDF/A-3a, which alone allows files of any kind.
//!
//! The act goes in as data, never as markup. Fonts come from the program only. The bytes depend on the act alone.

mod data;
#[cfg(test)]
mod tests;
mod world;

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use typst::diag::SourceDiagnostic;
use typst::foundations::{Bytes, Smart};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards};

use super::EmitError;
use crate::act::{Act, Inline};
use crate::place::Place;
use world::{Shared, World, clusters};

/// The layout of acts.
const LAYOUT: &str = include_str!("../../templates/layout/act.typ");

/// Layouts kept in Typst's memory: results that the last acts did not use are dropped. The eviction is global to the
/// process, so the age must span the threads times the kinds of act before a paragraph of the same kind comes round again:
/// 2 acts halve the speed, 20 cost 30 MB, 60 gain nothing more. To look through what is kept costs a fortieth of an act, so it
/// is done every [`EVICTED_EVERY`] acts, and what five such looks found unused goes.
const CACHE_AGE: usize = 5;

/// Acts printed between one eviction and the next.
const EVICTED_EVERY: usize = 4;

/// Acts printed by the process.
static PRINTED: AtomicUsize = AtomicUsize::new(0);

/// Drops all layouts kept in Typst's memory, once no more acts are printed. They come back where one is.
pub fn forget_layouts() {
    comemo::evict(0);
}

/// A file that goes inside the PDF, of which the PDF is another representation.
#[derive(Debug, Clone, Copy)]
pub struct Attachment<'a> {
    /// File name without folder: letters, digits, `.`, `-` and `_` of ASCII, not beginning with a dot.
    pub name: &'a str,
    /// Content, an XML document.
    pub bytes: &'a [u8],
    /// What it is, in Italian, for the list of attachments.
    pub description: &'a str,
}

/// Fonts, layout and settings, shared by all threads.
#[derive(Clone)]
pub struct Press {
    shared: Arc<Shared>,
    options: Arc<PdfOptions>,
    /// Settings of an act with an attachment.
    with_attachment: Arc<PdfOptions>,
}

impl Press {
    /// Loads the fonts and the layout.
    ///
    /// # Errors
    /// Only for a fault of the program: standards that exclude each other.
    pub fn new() -> Result<Self, EmitError> {
        Self::of(LAYOUT)
    }

    /// Loads the fonts and another layout, which finds its data in `act.json`.
    ///
    /// # Errors
    /// As [`Press::new`].
    pub(super) fn of(layout: &str) -> Result<Self, EmitError> {
        let options = |archival: PdfStandard| {
            let standards = PdfStandards::new(&[archival, PdfStandard::Ua_1])
                .map_err(|error| EmitError::Layout(error.message().to_string()))?;
            let creator = format!("Scrivano {}", env!("CARGO_PKG_VERSION"));
            let creator = Smart::Custom(Some(creator));
            Ok::<_, EmitError>(Arc::new(PdfOptions { standards, creator, ..PdfOptions::default() }))
        };
        Ok(Self {
            shared: Arc::new(Shared::new(layout)),
            options: options(PdfStandard::A_2a)?,
            with_attachment: options(PdfStandard::A_3a)?,
        })
    }

    /// The characters of an act that no embedded font can print, each with its cell, in reading order.
    pub fn unprintable(&self, act: &Act) -> Vec<(char, Place)> {
        let mut found = Vec::new();
        act.for_each_inline(&mut |inline| {
            let (text, place) = match inline {
                Inline::Value(value) => (&value.s, &value.place),
                Inline::Text { s } => (s, &Place::None),
                _ => return,
            };
            if self.shared.prints_plainly(text) {
                return;
            }
            for c in clusters(text).filter_map(|cluster| self.shared.missing(cluster)) {
                if !found.iter().any(|(known, at)| *known == c && at == place) {
                    found.push((c, place.clone()));
                }
            }
        });
        found
    }

    /// The text with "□" in place of what no embedded font can print.
    pub(super) fn printable(&self, text: &str) -> String {
        let whole = |cluster: &str| self.shared.missing(cluster).is_none() && !cluster.contains(char::is_control);
        clusters(text).map(|cluster| if whole(cluster) { cluster } else { "□" }).collect()
    }

    /// The PDF of an act. It ends with a line end, or a later PAdES signature would break PDF/A (ISO 19005-2, 6.1.3).
    ///
    /// Call it on a thread with a stack of 8 MB or more, inside a rayon pool of one thread when several acts are made
    /// at once: Typst uses rayon itself and would otherwise steal whole acts recursively.
    ///
    /// # Errors
    /// What Typst refuses: never the data's fault once [`Press::unprintable`] found nothing.
    pub fn pdf(&self, act: &Act) -> Result<Vec<u8>, EmitError> {
        self.print(data::json(act, None).map_err(|error| EmitError::Layout(error.to_string()))?)
    }

    /// As [`Press::pdf`], with a file inside.
    ///
    /// # Errors
    /// As [`Press::pdf`]; and a name of the attachment that is not a safe file name.
    pub fn pdf_with(&self, act: &Act, attachment: &Attachment<'_>) -> Result<Vec<u8>, EmitError> {
        let safe = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_');
        let name = attachment.name;
        if name.is_empty() || name.starts_with('.') || !name.bytes().all(safe) {
            return Err(EmitError::Layout(format!("«{name}» non è il nome di un allegato")));
        }
        let data = data::json(act, Some(attachment)).map_err(|error| EmitError::Layout(error.to_string()))?;
        self.compiled(data, Some(attachment.bytes), &self.with_attachment)
    }

    /// The PDF of the data that the layout wants.
    pub(super) fn print(&self, data: Vec<u8>) -> Result<Vec<u8>, EmitError> {
        self.compiled(data, None, &self.options)
    }

    fn compiled(&self, data: Vec<u8>, attached: Option<&[u8]>, options: &PdfOptions) -> Result<Vec<u8>, EmitError> {
        let world = World::new(&self.shared, Bytes::new(data), attached.map(|bytes| Bytes::new(bytes.to_vec())));
        let compiled = typst::compile::<PagedDocument>(&world);
        // A warning means that something is not where the layout believes it to be, such as a font.
        let document = match compiled.output {
            Ok(document) if compiled.warnings.is_empty() => document,
            Ok(_) => return Err(layout_error(&compiled.warnings)),
            Err(errors) => return Err(layout_error(&errors)),
        };
        let mut pdf = typst_pdf::pdf(&document, options).map_err(|errors| layout_error(&errors))?;
        drop(document);
        if PRINTED.fetch_add(1, Ordering::Relaxed) % EVICTED_EVERY == EVICTED_EVERY - 1 {
            comemo::evict(CACHE_AGE);
        }
        if pdf.last() != Some(&b'\n') {
            pdf.push(b'\n');
        }
        Ok(pdf)
    }
}

/// The font that acts are set in, for pages that show them as they will be printed; `None` for what is not built in.
pub fn text_font(bold: bool, italic: bool) -> Option<Vec<u8>> {
    world::text_font(bold, italic)
}

fn layout_error(diagnostics: &[SourceDiagnostic]) -> EmitError {
    let messages: Vec<String> = diagnostics.iter().map(|diagnostic| diagnostic.message.to_string()).collect();
    EmitError::Layout(messages.join("; "))
}
