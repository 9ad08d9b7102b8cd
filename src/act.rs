//! The semantic act: a tree of title, recitals, articles, commas, letters, tables, blanks, signature slots, annexes.
//!
//! Made by `compose` from a template and a dossier; judged by `check`; turned into PDF, DOCX and HTML by `emit`. All
//! outputs are made from this tree alone, so they say the same words. It knows no output format. Its words are shared by
//! the acts of many bodies: a copy of a tree copies none of them.

mod element;
mod kind;
mod walk;

use chrono::NaiveDate;
use ecow::EcoString;
use serde::Serialize;

use crate::place::Place;
pub use element::Element;
pub use kind::{ActKind, Per};
pub use walk::{for_each_inline, for_each_run, plain};

/// An empty tick box, as a character of the text.
pub const UNTICKED: char = '☐';
/// A ticked one.
pub const TICKED: char = '☒';

/// One act, complete and ready to be judged and emitted.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Act {
    /// What it is.
    pub kind: ActKind,
    /// Stem of its files, unique among a body's acts: `03-richiesta-spid`. Never from raw cell text.
    pub stem: String,
    /// Plain title, for document properties and bookmarks. Never empty.
    pub title: String,
    /// One-line description for document properties.
    pub subject: String,
    /// The body that writes the act, for document properties.
    pub author: String,
    /// Running head printed on every page after the first.
    pub header: String,
    /// Day of the document, for properties.
    pub date: NaiveDate,
    /// Content. The first block is the title.
    pub blocks: Vec<Block>,
}

/// A run of inline content.
pub type Text = Vec<Inline>;

/// A block of an act.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "t", rename_all = "lowercase")]
pub enum Block {
    /// The title of the act (heading level 1), exactly one and first.
    Title {
        /// Words of the title.
        text: Text,
    },
    /// A centred line under the title.
    Subtitle {
        /// Words of the line.
        text: Text,
    },
    /// A heading without number. Level 2, or 3 inside an annex.
    Section {
        /// Heading level, 2 or 3.
        level: u8,
        /// Words of the heading.
        text: Text,
    },
    /// A numbered article (heading level 2).
    Article(Article),
    /// A centred formula such as "TRA" or "DELIBERA"; not a heading.
    Formula {
        /// Words of the formula.
        text: Text,
    },
    /// A paragraph.
    Paragraph {
        /// Words of the paragraph.
        text: Text,
        /// Where the template has it.
        #[serde(skip)]
        place: Place,
    },
    /// A list.
    List(List),
    /// A table.
    Table(Table),
    /// Signature slots, in order of signature.
    Signatures {
        /// One slot a signatory.
        slots: Vec<Signature>,
    },
    /// An annex; starts on a new page (heading level 2).
    Annex(Annex),
}

/// A numbered article.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Article {
    /// Anchor, unique in the act: `durata`.
    pub id: EcoString,
    /// One-based number.
    pub number: u32,
    /// Heading without number.
    pub heading: Text,
    /// What of the minimum content it covers.
    pub covers: Vec<Element>,
    /// Where the template opens it.
    #[serde(skip)]
    pub place: Place,
    /// Content; an ordered list holds its commas.
    pub blocks: Vec<Block>,
}

/// How the items of a list are labelled.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum ListStyle {
    /// `1.` `2.` — the commas of an article, or the points of an operative part.
    Commas,
    /// `a)` `b)` — the letters inside a comma.
    Letters,
    /// `–` — unordered.
    Dashes,
}

impl ListStyle {
    /// The label of the zero-based `index`-th item: "1.", "a)", "–". After `z)` comes `aa)`.
    pub fn label(self, index: usize) -> String {
        match self {
            Self::Commas => format!("{}.", index + 1),
            Self::Letters => {
                let letter = char::from(b'a' + (index % 26) as u8);
                format!("{})", letter.to_string().repeat(index / 26 + 1))
            }
            Self::Dashes => "–".to_owned(),
        }
    }
}

/// A list. Items hold blocks: a paragraph first, then perhaps a nested list.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct List {
    /// Labels.
    pub style: ListStyle,
    /// Items.
    pub items: Vec<Item>,
}

/// An item of a list.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Item {
    /// Where the template opens it.
    #[serde(skip)]
    pub place: Place,
    /// Content.
    pub blocks: Vec<Block>,
}

/// Alignment of a table column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Align {
    /// Text.
    Left,
    /// Short codes.
    Center,
    /// Figures.
    Right,
}

/// A table with one header row, repeated on every page.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Table {
    /// Caption without number; may be empty.
    pub caption: Text,
    /// Header cells; their count is the number of columns.
    pub head: Vec<Text>,
    /// Alignment of each column.
    pub align: Vec<Align>,
    /// Relative width of each column, at least 1: the longest word or line of its cells, bounded.
    pub widths: Vec<u32>,
    /// Body rows, each with as many cells as the head.
    pub rows: Vec<TableRow>,
}

/// A row of a table.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct TableRow {
    /// A row of totals, set in bold.
    pub total: bool,
    /// Cells.
    pub cells: Vec<Text>,
}

/// Who signs, and where.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Signature {
    /// "Per il Comune di Cantiano"; empty where the office says it all.
    pub party: Text,
    /// Office: "Il Sindaco".
    pub office: Text,
    /// Name of the signatory.
    pub name: Text,
    /// Note under the line: "documento firmato digitalmente".
    pub note: Text,
}

/// An annex.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Annex {
    /// Anchor.
    pub id: EcoString,
    /// "A", "B", …
    pub letter: EcoString,
    /// Heading without "Allegato A".
    pub heading: Text,
    /// Content.
    pub blocks: Vec<Block>,
}

/// Inline content.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "t", rename_all = "lowercase")]
pub enum Inline {
    /// Words of the template.
    Text {
        /// The words.
        s: EcoString,
    },
    /// Bold.
    Strong {
        /// What is in bold.
        c: Text,
    },
    /// Italic.
    Emphasis {
        /// What is in italic.
        c: Text,
    },
    /// A value of the dossier, already in words.
    Value(Value),
    /// A dotted line to be filled in by hand.
    Blank(Blank),
    /// A reference to an article or annex of this act.
    Reference(Reference),
    /// A line break.
    Break,
}

/// A value in its place, with the cell it comes from.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Value {
    /// Name in the template language: `convenzione.decorrenza`.
    #[serde(skip)]
    pub name: EcoString,
    /// The words printed. Never empty, never a control character.
    pub s: EcoString,
    /// The cell.
    #[serde(skip)]
    pub place: Place,
}

/// A dotted line.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Blank {
    /// Name in the template language.
    #[serde(skip)]
    pub name: EcoString,
    /// What goes there, in Italian, for the list of blanks and for screen readers: "numero della deliberazione".
    pub label: EcoString,
    /// Width in characters, 4 to 60; twice as many in the lines of a form, which hands fill in.
    pub width: u32,
    /// The whole cell of a table is the space: nothing is printed, and the width only says how wide its column would be.
    pub open: bool,
    /// The empty cell.
    #[serde(skip)]
    pub place: Place,
}

impl Blank {
    /// The dots printed: one per character of width, none in an open cell.
    pub fn dots(&self) -> String {
        if self.open { String::new() } else { ".".repeat(self.width as usize) }
    }
}

/// A reference to an article or an annex.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Reference {
    /// Anchor of the target.
    pub target: EcoString,
    /// What it is cited for, where the template says so.
    #[serde(skip)]
    pub cites: Option<Element>,
    /// The words printed: "art. 6", "Allegato A". Empty when the target does not exist.
    pub s: EcoString,
    /// Where the template cites.
    #[serde(skip)]
    pub place: Place,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_double_after_z() {
        assert_eq!(ListStyle::Letters.label(0), "a)");
        assert_eq!(ListStyle::Letters.label(25), "z)");
        assert_eq!(ListStyle::Letters.label(26), "aa)");
    }
}
