//! Automatic numbering: "Art. 1 –", "1.", "a)", "–", such that Word counts as `ListStyle::label` does.
//!
//! Articles, their commas and the letters of these are one multilevel list, so a clerk who adds a comma sees all the rest
//! move. A second list in the same place, or a list outside the articles, gets a numbering instance of its own that
//! starts from one.

use docx_rs as word;

use crate::act::ListStyle;

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
    /// The paragraph with this label, at `depth` lists inside others.
    pub fn on(self, paragraph: word::Paragraph, depth: usize) -> word::Paragraph {
        let paragraph = paragraph.numbering(word::NumberingId::new(self.instance), word::IndentLevel::new(self.level));
        if depth == self.depth {
            return paragraph;
        }
        let text = text_indent(depth);
        paragraph.indent(Some(text), Some(word::SpecialIndentType::Hanging(STEP)), None, None)
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

/// The numbering instances of a document.
#[derive(Debug, Default)]
pub(super) struct Numbering {
    instances: Vec<word::Numbering>,
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
        let mut instance = word::Numbering::new(id, definition);
        if let Some(start) = start {
            instance = instance.add_override(word::LevelOverride::new(0).start(start as usize));
        }
        self.instances.push(instance);
        id
    }

    /// Puts definitions and instances into the document.
    pub fn add_to(self, mut document: word::Docx) -> word::Docx {
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
        for (id, levels) in definitions {
            let mut definition = word::AbstractNumbering::new(id);
            definition.multi_level_type = Some(if levels.len() > 1 { "multilevel" } else { "singleLevel" }.to_owned());
            definition.levels = levels;
            document = document.add_abstract_numbering(definition);
        }
        self.instances.into_iter().fold(document, word::Docx::add_numbering)
    }
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
