//! Automatic numbering: "Art. 1 –", "1.", "a)", "–", such that Word counts as `ListStyle::label` does.
//!
//! Articles, their commas and the letters of these are one multilevel list, so a clerk who adds a comma sees all the rest
//! move. A second list in the same place, or a list outside the articles, gets a numbering instance of its own that
//! starts from one.
//!
//! The definitions are the same in all documents: docx-rs writes them, for `frame`. The instances are the act's (ECMA-376,
//! 17.9); few acts differ in them, so that the part is kept.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use docx_rs as word;

use super::frame::{self, Frame};
use super::markup::{Indent, Markup, Paragraph, Written};
use super::package::Packed;
use crate::act::ListStyle;
use crate::emit::EmitError;

// docx-rs always writes a definition and an instance with id 1; `finish` takes them away.
const ARTICLES: usize = 2;
const POINTS: usize = 3;
const LETTERS: usize = 4;
const DASHES: usize = 5;
const FIRST_INSTANCE: usize = 2;

/// Indent of one level of list, in twentieths of a point (0.75 cm).
pub(super) const STEP: i32 = 425;

/// How a list item or a heading is numbered.
#[derive(Debug, Clone, Copy)]
pub(super) struct Label {
    instance: usize,
    level: usize,
    /// How deep in other lists the level stands by itself: its own indent is right there only.
    depth: usize,
}

impl Label {
    /// Sets this label on a paragraph that stands `depth` lists inside others.
    pub fn set(self, paragraph: &mut Paragraph, depth: usize) {
        paragraph.numbering = Some((self.instance, self.level));
        if depth != self.depth {
            paragraph.indent = Some(Indent { left: text_indent(depth), hanging: Some(STEP) });
        }
    }

    /// The place that a list of letters inside the items of this one may take.
    pub fn inside(self, style: ListStyle) -> Option<Home> {
        let multilevel = matches!(style, ListStyle::Commas);
        let label = Self { level: self.level + 1, depth: self.depth + 1, ..self };
        multilevel.then_some(Home { label, style: ListStyle::Letters })
    }
}

/// Where the text of a list item begins, in twentieths of a point, at `depth` lists inside others.
pub(super) fn text_indent(depth: usize) -> i32 {
    i32::try_from(depth.min(8)).unwrap_or(8).saturating_add(1) * STEP
}

/// The free level of a multilevel list that the next list of the right style may take.
#[derive(Debug, Clone, Copy)]
pub(super) struct Home {
    label: Label,
    style: ListStyle,
}

/// A numbering instance: its definition, and the number that it begins with where that is not the definition's.
type Instance = (usize, Option<u32>);

/// The part of each numbering met so far.
static KEPT: Mutex<BTreeMap<Vec<Instance>, Packed>> = Mutex::new(BTreeMap::new());
/// Parts kept at most, some 2 kB each: an act of every form, and many that leave articles out.
const MOST_KEPT: usize = 64;

/// The numbering instances of a document.
#[derive(Debug, Default)]
pub(super) struct Numbering {
    instances: Vec<Instance>,
    articles: Option<(usize, u32)>,
    dashes: Option<usize>,
}

impl Numbering {
    /// The label of the article `number`, and the place of its commas.
    pub fn article(&mut self, number: u32) -> (Label, Home) {
        let instance = match self.articles {
            Some((instance, last)) if last.checked_add(1) == Some(number) => instance,
            _ => self.instance(ARTICLES, Some(number)),
        };
        self.articles = Some((instance, number));
        let label = Label { instance, level: 0, depth: 0 };
        (label, Home { label: Label { level: 1, ..label }, style: ListStyle::Commas })
    }

    /// The label of the items of a list. A list takes its `home` if it is free and of its style.
    pub fn list(&mut self, style: ListStyle, home: &mut Option<Home>) -> Label {
        if let Some(home) = home.take_if(|home| home.style == style) {
            return home.label;
        }
        let instance = match style {
            ListStyle::Commas => self.instance(POINTS, Some(1)),
            ListStyle::Letters => self.instance(LETTERS, Some(1)),
            ListStyle::Dashes => match self.dashes {
                Some(instance) => instance,
                None => self.instance(DASHES, None),
            },
        };
        if style == ListStyle::Dashes {
            self.dashes = Some(instance);
        }
        Label { instance, level: 0, depth: 0 }
    }

    fn instance(&mut self, definition: usize, start: Option<u32>) -> usize {
        let id = FIRST_INSTANCE + self.instances.len();
        self.instances.push((definition, start));
        id
    }

    /// True where nothing is numbered.
    pub fn is_empty(&self) -> bool {
        self.instances.is_empty()
    }

    /// The part with definitions and instances: the one kept from an earlier document that has the same, or else made now.
    ///
    /// # Errors
    /// Never on memory.
    pub fn part(self, frame: &Frame) -> Result<Packed, EmitError> {
        let kept = KEPT.lock().unwrap_or_else(PoisonError::into_inner).get(&self.instances).cloned();
        if let Some(part) = kept {
            return Ok(part);
        }
        let mut markup = Markup::new(1024);
        self.write(&mut markup)?;
        let part = Packed::new(frame::NUMBERING, &frame.numbering.filled(markup))?;
        let mut kept = KEPT.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.len() == MOST_KEPT {
            kept.clear();
        }
        kept.insert(self.instances, part.clone());
        Ok(part)
    }

    fn write(&self, markup: &mut Markup) -> Written {
        (FIRST_INSTANCE..).zip(&self.instances).try_for_each(|(id, (definition, start))| {
            markup.element("w:num", &[("w:numId", &id.to_string())], |markup| {
                markup.value("w:abstractNumId", &definition.to_string())?;
                let Some(start) = start else { return Ok(()) };
                markup.element("w:lvlOverride", &[("w:ilvl", "0")], |markup| {
                    markup.value("w:startOverride", &start.to_string())
                })
            })
        })
    }
}

/// Puts the definitions into a document.
pub(super) fn define(document: word::Docx) -> word::Docx {
    let article = level(0, "decimal", "Art. %1 –", 0, 0).suffix(word::LevelSuffixType::Space);
    let definitions = [
        (
            ARTICLES,
            vec![article, level(1, "decimal", "%2.", STEP, STEP), level(2, "lowerLetter", "%3)", 2 * STEP, STEP)],
        ),
        (POINTS, vec![level(0, "decimal", "%1.", STEP, STEP), level(1, "lowerLetter", "%2)", 2 * STEP, STEP)]),
        (LETTERS, vec![level(0, "lowerLetter", "%1)", STEP, STEP)]),
        (DASHES, vec![level(0, "bullet", "–", STEP, STEP)]),
    ];
    definitions.into_iter().fold(document, |document, (id, levels)| {
        let mut definition = word::AbstractNumbering::new(id);
        definition.multi_level_type = Some(if levels.len() > 1 { "multilevel" } else { "singleLevel" }.to_owned());
        definition.levels = levels;
        document.add_abstract_numbering(definition)
    })
}

fn level(level: usize, format: &str, text: &str, left: i32, hanging: i32) -> word::Level {
    word::Level::new(
        level,
        word::Start::new(1),
        word::NumberFormat::new(format),
        word::LevelText::new(text),
        word::LevelJc::new("left"),
    )
    .indent(Some(left), Some(word::SpecialIndentType::Hanging(hanging)), None, None)
}
