//! Inline content to runs: words, bold and italic, blanks as dots, references as links to the bookmark of their target. In a
//! form blanks and tick boxes are content controls, to be filled in.

use std::collections::BTreeMap;

use docx_rs as word;
use word::ParagraphChild;

use super::super::words::printable;
use super::controls;
use crate::act::{Act, Block, Inline, TICKED, UNTICKED};

/// The bookmarks of the articles and annexes of an act, by anchor; and whether its blanks are controls.
#[derive(Debug, Default)]
pub(super) struct Bookmarks<'a> {
    by_anchor: BTreeMap<&'a str, usize>,
    is_form: bool,
}

impl<'a> Bookmarks<'a> {
    /// One bookmark for each article and annex; of two with one anchor, the first has it.
    pub fn of(act: &'a Act) -> Self {
        let mut bookmarks = Self { is_form: act.kind.is_form(), ..Self::default() };
        bookmarks.collect(&act.blocks);
        bookmarks
    }

    fn collect(&mut self, blocks: &'a [Block]) {
        for block in blocks {
            let (id, blocks) = match block {
                Block::Article(article) => (&article.id, &article.blocks),
                Block::Annex(annex) => (&annex.id, &annex.blocks),
                _ => continue,
            };
            let number = self.by_anchor.len() + 1;
            self.by_anchor.entry(id).or_insert(number);
            self.collect(blocks);
        }
    }

    /// The number and the name of the bookmark of this anchor. Word wants letters, digits and low lines, up to 40.
    pub fn get(&self, anchor: &str) -> Option<(usize, String)> {
        self.by_anchor.get(anchor).map(|number| (*number, format!("rif_{number}")))
    }

    /// Appends the inlines to a paragraph, all in bold where `bold`.
    pub fn push(&self, paragraph: &mut word::Paragraph, text: &[Inline], bold: bool) {
        self.push_face(&mut paragraph.children, text, Face { bold, italic: false });
    }

    fn push_face(&self, children: &mut Vec<ParagraphChild>, text: &[Inline], face: Face) {
        for inline in text {
            match inline {
                Inline::Text { s } if self.is_form && s.contains([TICKED, UNTICKED]) => ticked(children, s, face),
                Inline::Text { s } => children.push(words(s, face)),
                Inline::Strong { c } => self.push_face(children, c, Face { bold: true, ..face }),
                Inline::Emphasis { c } => self.push_face(children, c, Face { italic: true, ..face }),
                Inline::Value(value) => children.push(words(&value.s, face)),
                Inline::Blank(blank) if self.is_form => {
                    let control = controls::text(&blank.label, face.run().add_text(controls::placeholder(blank)));
                    children.push(ParagraphChild::StructuredDataTag(Box::new(control)));
                }
                Inline::Blank(blank) => children.push(words(&blank.dots(), face)),
                Inline::Reference(reference) => children.push(match self.get(&reference.target) {
                    Some((_, name)) => {
                        let link = word::Hyperlink::new(name, word::HyperlinkType::Anchor);
                        ParagraphChild::Hyperlink(link.add_run(face.run().add_text(printable(&reference.s))))
                    }
                    None => words(&reference.s, face),
                }),
                Inline::Break => {
                    let run = face.run().add_break(word::BreakType::TextWrapping);
                    children.push(ParagraphChild::Run(Box::new(run)));
                }
            }
        }
    }
}

/// Bold and italic, as nested.
#[derive(Debug, Clone, Copy)]
struct Face {
    bold: bool,
    italic: bool,
}

impl Face {
    fn run(self) -> word::Run {
        let run = word::Run::new();
        let run = if self.bold { run.bold() } else { run };
        if self.italic { run.italic() } else { run }
    }
}

/// Words with tick boxes among them.
fn ticked(children: &mut Vec<ParagraphChild>, s: &str, face: Face) {
    for piece in s.split_inclusive([TICKED, UNTICKED]) {
        let before = piece.trim_end_matches([TICKED, UNTICKED]);
        if !before.is_empty() {
            children.push(words(before, face));
        }
        if let Some(mark) = piece.get(before.len()..).and_then(|mark| mark.chars().next()) {
            let control = controls::tick_box(mark, face.run().add_text(mark.to_string()));
            children.push(ParagraphChild::StructuredDataTag(Box::new(control)));
        }
    }
}

fn words(s: &str, face: Face) -> ParagraphChild {
    ParagraphChild::Run(Box::new(face.run().add_text(printable(s))))
}

/// A run of plain words.
pub(super) fn plain_run(s: &str) -> word::Run {
    word::Run::new().add_text(printable(s))
}
