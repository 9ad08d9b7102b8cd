//! Act → PDF/A-2a that is PDF/UA-1 too, through Typst and one static layout (`templates/layout/act.typ`).
//!
//! The act goes in as data, never as markup. Fonts come from the program only. The bytes depend on the act alone.

mod data;
mod world;

use std::sync::Arc;

use typst::diag::SourceDiagnostic;
use typst::foundations::{Bytes, Smart};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards};

use super::EmitError;
use crate::act::{Act, Inline};
use crate::place::Place;
use world::{Shared, World, clusters};

/// The layout, part of what decides an act's bytes.
pub const LAYOUT: &str = include_str!("../../templates/layout/act.typ");

/// Layouts kept in Typst's memory: results that the last acts did not use are dropped. The eviction is global to the
/// process and each act counts as one, so the age must span the threads times the kinds of act before a paragraph of the
/// same kind comes round again: 2 halves the speed, 20 costs 30 MB, 60 gains nothing more.
const CACHE_AGE: usize = 20;

/// Fonts, layout and settings, shared by all threads.
#[derive(Clone)]
pub struct Press {
    shared: Arc<Shared>,
    options: Arc<PdfOptions>,
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
        let standards = PdfStandards::new(&[PdfStandard::A_2a, PdfStandard::Ua_1])
            .map_err(|error| EmitError::Layout(error.message().to_string()))?;
        let creator = format!("Scrivano {}", env!("CARGO_PKG_VERSION"));
        let options = PdfOptions { standards, creator: Smart::Custom(Some(creator)), ..PdfOptions::default() };
        Ok(Self { shared: Arc::new(Shared::new(layout)), options: Arc::new(options) })
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
        self.print(data::json(act).map_err(|error| EmitError::Layout(error.to_string()))?)
    }

    /// The PDF of the data that the layout wants.
    pub(super) fn print(&self, data: Vec<u8>) -> Result<Vec<u8>, EmitError> {
        let world = World::new(&self.shared, Bytes::new(data));
        let compiled = typst::compile::<PagedDocument>(&world);
        // A warning means that something is not where the layout believes it to be, such as a font.
        let document = match compiled.output {
            Ok(document) if compiled.warnings.is_empty() => document,
            Ok(_) => return Err(layout_error(&compiled.warnings)),
            Err(errors) => return Err(layout_error(&errors)),
        };
        let mut pdf = typst_pdf::pdf(&document, &self.options).map_err(|errors| layout_error(&errors))?;
        drop(document);
        comemo::evict(CACHE_AGE);
        if pdf.last() != Some(&b'\n') {
            pdf.push(b'\n');
        }
        Ok(pdf)
    }
}

fn layout_error(diagnostics: &[SourceDiagnostic]) -> EmitError {
    let messages: Vec<String> = diagnostics.iter().map(|diagnostic| diagnostic.message.to_string()).collect();
    EmitError::Layout(messages.join("; "))
}
