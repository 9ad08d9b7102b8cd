//! Inline content to runs: words, bold and italic, blanks as dots, references as links to the bookmark of their target. In a
//! form blanks and tick boxes are content controls, to be filled in.

use std::collections::BTreeMap;

use super::controls;
use super::markup::{Face, Markup, Written};
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

    /// Writes `content` with the bookmark of this anchor around it (17.13.6), if there is one.
    pub fn around(&self, markup: &mut Markup, anchor: &str, content: impl FnOnce(&mut Markup) -> Written) -> Written {
        let Some(number) = self.by_anchor.get(anchor) else { return content(markup) };
        let id = number.to_string();
        markup.empty("w:bookmarkStart", &[("w:id", &id), ("w:name", &name(*number))])?;
        content(markup)?;
        markup.empty("w:bookmarkEnd", &[("w:id", &id)])
    }

    /// Writes the inlines of a paragraph in this face.
    pub fn write(&self, markup: &mut Markup, text: &[Inline], face: Face) -> Written {
        text.iter().try_for_each(|inline| match inline {
            Inline::Text { s } if self.is_form && s.contains([TICKED, UNTICKED]) => ticked(markup, s, face),
            Inline::Text { s } => markup.words(face, s),
            Inline::Strong { c } => self.write(markup, c, Face { bold: true, ..face }),
            Inline::Emphasis { c } => self.write(markup, c, Face { italic: true, ..face }),
            Inline::Value(value) => markup.words(face, &value.s),
            Inline::Blank(blank) if self.is_form => controls::text(markup, blank, face),
            Inline::Blank(blank) => markup.words(face, &blank.dots()),
            Inline::Reference(reference) => match self.by_anchor.get(reference.target.as_str()) {
                // 17.16.22; `history` shows it as visited once it was followed.
                Some(number) => {
                    let link = [("w:anchor", &*name(*number)), ("w:history", "1")];
                    markup.element("w:hyperlink", &link, |markup| markup.words(face, &reference.s))
                }
                None => markup.words(face, &reference.s),
            },
            Inline::Break => markup.run(face, |markup| markup.empty("w:br", &[("w:type", "textWrapping")])),
        })
    }
}

/// Name of a bookmark. Word wants letters, digits and low lines, up to 40.
fn name(number: usize) -> String {
    format!("rif_{number}")
}

/// Words with tick boxes among them.
fn ticked(markup: &mut Markup, s: &str, face: Face) -> Written {
    s.split_inclusive([TICKED, UNTICKED]).try_for_each(|piece| {
        let before = piece.trim_end_matches([TICKED, UNTICKED]);
        if !before.is_empty() {
            markup.words(face, before)?;
        }
        match piece.get(before.len()..).and_then(|mark| mark.chars().next()) {
            Some(mark) => controls::tick_box(markup, mark, face),
            None => Ok(()),
        }
    })
}
