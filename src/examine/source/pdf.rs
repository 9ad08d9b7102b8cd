//! The text of a PDF: glyphs with their places, from the interpreter that typst too relies on, put together into lines.
//! Called by `source`. A PDF is a program: it runs on a thread of its own, with so many steps and no more, and a panic
//! of the interpreter ends that thread only.

mod layout;

use std::panic;
use std::sync::Arc;
use std::thread;

use hayro_interpret::font::Glyph;
use hayro_interpret::hayro_cmap::BfString;
use hayro_interpret::hayro_syntax::{LoadPdfError, Pdf};
use hayro_interpret::{
    BlendMode, ClipPath, Context, Device, GlyphDrawMode, Image, InterpreterCache, InterpreterSettings, Paint,
    PathDrawMode, SoftMask, interpret_page,
};
use kurbo::{Affine, BezPath, Point, Rect};

use self::layout::{Mark, Page};
use super::{Line, Lines, Refusal, Role};
use crate::examine::READER_THREAD;
use crate::survey::{self, Unfit};

const STACK_BYTES: usize = 256 * 1024 * 1024;
/// Height of the middle of a small letter over the line, in parts of its size.
const MIDDLE: f64 = 0.25;
/// Pages of a PDF.
const MAX_PAGES: usize = 1_000;
/// Letters of a page: a page packed with small print has a fifth of them.
const MAX_PAGE_LETTERS: usize = 40_000;
/// Letters of a document.
const MAX_LETTERS: usize = 1_000_000;
/// Other things drawn in a document: lines of tables, pictures, pieces of drawings.
const MAX_STEPS: usize = 100_000;

/// A part of a page.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Area {
    /// The page, from 0.
    pub page: usize,
    /// Left, bottom, right, top, in points.
    pub sides: [f64; 4],
}

/// Reads the lines.
pub(super) fn lines(bytes: &[u8]) -> Result<Lines, Refusal> {
    apart(bytes, None)
}

/// The lines that have letters inside some areas, with these letters alone.
pub(super) fn lines_in(bytes: &[u8], areas: &[Area]) -> Result<Lines, Refusal> {
    apart(bytes, Some(areas))
}

fn apart(bytes: &[u8], areas: Option<&[Area]>) -> Result<Lines, Refusal> {
    thread::scope(|scope| {
        let reader = thread::Builder::new().name(READER_THREAD.to_owned()).stack_size(STACK_BYTES);
        match reader.spawn_scoped(scope, || read(bytes, areas)).map(thread::ScopedJoinHandle::join) {
            Ok(Ok(outcome)) => outcome,
            Ok(Err(reason)) if reason.is::<TooMuch>() => Err(Refusal::TooLong),
            Ok(Err(_)) | Err(_) => Err(Refusal::Damaged),
        }
    })
}

fn read(bytes: &[u8], areas: Option<&[Area]>) -> Result<Lines, Refusal> {
    let pictures = survey::survey(bytes).map_err(|unfit| match unfit {
        Unfit::Deep => Refusal::Deep,
        Unfit::Large => Refusal::Swelling,
        Unfit::Strange => Refusal::Strange,
        Unfit::Encrypted => match Pdf::new(bytes.to_vec()) {
            Err(LoadPdfError::Decryption(_)) => Refusal::Password,
            _ => Refusal::Encrypted,
        },
    })?;
    let pdf = Pdf::new(survey::without(&pictures, bytes)).map_err(|error| match error {
        LoadPdfError::Decryption(_) => Refusal::Password,
        LoadPdfError::Invalid => Refusal::Damaged,
    })?;
    let pages = pdf.pages();
    if pages.is_empty() {
        return Err(Refusal::Damaged);
    }
    if pages.len() > MAX_PAGES {
        return Err(Refusal::TooLong);
    }
    // A font that is not in the file is stood in for by one of ours: only its letters matter, and widths are those that
    // the PDF states.
    let substitute: Option<hayro_interpret::font::FontData> =
        typst_assets::fonts().next().map(|data| Arc::new(data) as hayro_interpret::font::FontData);
    let settings = InterpreterSettings {
        font_resolver: Arc::new(move |_| substitute.clone().map(|font| (font, 0))),
        ..InterpreterSettings::default()
    };
    let cache = InterpreterCache::new();
    let (mut lines, mut steps, mut letters) = (Lines::default(), 0, 0);
    for (number, page) in (1_u32..).zip(pages.iter()) {
        let of_page = |area: &&Area| u32::try_from(area.page).is_ok_and(|page| page + 1 == number);
        let within = areas.map(|areas| areas.iter().filter(of_page).map(|area| area.sides).collect::<Vec<_>>());
        if within.as_ref().is_some_and(Vec::is_empty) {
            continue;
        }
        let area = Rect::new(0.0, 0.0, 1.0, 1.0);
        let mut context = Context::new(Affine::IDENTITY, area, &cache, pdf.xref(), settings.clone());
        let mut reader = Reader { page: Page::default(), within, artifacts: Vec::new(), steps, letters: 0 };
        interpret_page(page, &mut context, &mut reader);
        (steps, letters) = (reader.steps, letters + reader.letters);
        if letters > MAX_LETTERS {
            return Err(Refusal::TooLong);
        }
        for text in reader.page.lines() {
            let line = Line { number: lines.next(), page: number, text, whole: false, role: Role::Body };
            lines.push(line)?;
        }
    }
    Ok(lines)
}

/// Why a thread is given up: the document has no end.
struct TooMuch;

/// What is drawn, of which only letters are kept.
struct Reader {
    page: Page,
    /// The parts of the page whose letters are kept; all, where there are none.
    within: Option<Vec<[f64; 4]>>,
    /// For each marked piece that is open, whether it is no content: headers and page numbers of tagged documents.
    artifacts: Vec<bool>,
    steps: usize,
    letters: usize,
}

impl Reader {
    /// Counts something drawn.
    fn step(&mut self) {
        self.steps += 1;
        self.bound();
    }

    fn bound(&self) {
        if self.steps > MAX_STEPS || self.letters > MAX_PAGE_LETTERS {
            // The interpreter cannot be told to stop; unwinding without a message ends this thread.
            panic::resume_unwind(Box::new(TooMuch));
        }
    }
}

impl Device<'_> for Reader {
    fn set_soft_mask(&mut self, _: Option<SoftMask<'_>>) {}

    fn set_blend_mode(&mut self, _: BlendMode) {}

    fn draw_path(&mut self, _: &BezPath, _: Affine, _: &Paint<'_>, _: &PathDrawMode) {
        self.step();
    }

    fn push_clip_path(&mut self, _: &ClipPath) {
        self.step();
    }

    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'_>>, _: BlendMode) {
        self.step();
    }

    fn draw_glyph(&mut self, glyph: &Glyph<'_>, at: Affine, shape: Affine, _: &Paint<'_>, _: &GlyphDrawMode) {
        self.letters += 1;
        self.bound();
        if self.artifacts.contains(&true) {
            return;
        }
        let text = match glyph.as_unicode() {
            Some(BfString::Char(c)) => c.to_string(),
            Some(BfString::String(text)) => text,
            None => return,
        };
        let matrix = at * shape;
        let [a, b, c, d, ..] = matrix.as_coeffs();
        let origin = matrix * Point::ORIGIN;
        let (wide, size) = match glyph {
            Glyph::Outline(outline) => {
                let advance = outline.advance_width().map_or(500.0, f64::from);
                (advance * a.hypot(b), c.hypot(d) * 1000.0)
            }
            // The shape of these fonts has a scale of its own.
            Glyph::Type3(_) => (0.0, c.hypot(d)),
        };
        let (x, y) = (origin.x + wide / 2.0, origin.y + size * MIDDLE);
        let holds = |[left, bottom, right, top]: &[f64; 4]| *left < x && x < *right && *bottom < y && y < *top;
        if self.within.as_ref().is_some_and(|areas| !areas.iter().any(holds)) {
            return;
        }
        self.page.add(Mark { text, x: origin.x, y: origin.y, wide, size });
    }

    fn draw_image(&mut self, _: Image<'_, '_>, _: Affine) {
        self.step();
    }

    fn pop_clip_path(&mut self) {}

    fn pop_transparency_group(&mut self) {}

    fn begin_marked_content(&mut self, tag: &[u8], _: Option<i32>) {
        self.step();
        self.artifacts.push(tag == b"Artifact");
    }

    fn end_marked_content(&mut self) {
        self.artifacts.pop();
    }
}
