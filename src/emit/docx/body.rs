//! The blocks of an act as paragraphs and tables, in reading order.

use super::super::words::annex_label;
use super::inline::Bookmarks;
use super::markup::{Face, Indent, Markup, Paragraph, Written};
use super::numbering::{Home, Label, Numbering, text_indent};
use super::{TEXT_WIDTH, signatures, styles, tables};
use crate::act::{Act, Annex, Article, Block, Inline, List, Text};
use crate::emit::EmitError;

/// Bytes of a body of some pages: most have fewer.
const SIZE: usize = 128 * 1024;

/// The body under construction.
pub(super) struct Body<'a> {
    /// What is done so far.
    pub markup: Markup,
    /// The numbering that it needs.
    pub numbering: Numbering,
    bookmarks: Bookmarks<'a>,
    captions: u32,
}

/// Where a run of blocks stands.
#[derive(Debug, Default)]
struct Position {
    /// Lists around it.
    depth: usize,
    /// The level that the next list may take.
    home: Option<Home>,
    /// The label still to be set on the first paragraph of an item.
    label: Option<Label>,
    /// True inside a list item.
    in_list: bool,
    /// The signatures follow, or a formula and the signatures: the last paragraph stays with them.
    closing: bool,
}

impl<'a> Body<'a> {
    /// The body of an act.
    ///
    /// # Errors
    /// Never on memory.
    pub fn of(act: &'a Act) -> Result<Self, EmitError> {
        let bookmarks = Bookmarks::of(act);
        let mut body = Self { markup: Markup::new(SIZE), numbering: Numbering::default(), bookmarks, captions: 0 };
        body.blocks(&act.blocks, &mut Position::default())?;
        Ok(body)
    }

    fn blocks(&mut self, blocks: &[Block], position: &mut Position) -> Written {
        for (index, block) in blocks.iter().enumerate() {
            let signed = |after: usize| matches!(blocks.get(index + after), Some(Block::Signatures { .. }));
            let closing = if index + 1 == blocks.len() { position.closing } else { signed(1) || signed(2) };
            match block {
                Block::Title { text } => self.paragraph(&Paragraph::new(styles::heading(1)), text),
                Block::Subtitle { text } => self.paragraph(&Paragraph::new(styles::SUBTITLE), text),
                Block::Section { level, text } => {
                    self.paragraph(&Paragraph::new(styles::heading((*level).max(2))), text)
                }
                Block::Formula { text } => self.paragraph(&Paragraph::new(styles::FORMULA), text),
                Block::Article(article) => self.article(article, closing),
                Block::Annex(annex) => self.annex(annex),
                Block::Paragraph { text, .. } => self.body_text(text, position, closing),
                Block::List(list) => {
                    self.lone_label(position)?;
                    self.list(list, position, closing)
                }
                Block::Table(table) => {
                    self.lone_label(position)?;
                    self.table(table, position)
                }
                Block::Signatures { slots } => signatures::write(&mut self.markup, slots, &self.bookmarks),
            }?;
        }
        self.lone_label(position)
    }

    fn paragraph(&mut self, paragraph: &Paragraph, text: &[Inline]) -> Written {
        self.markup.paragraph(paragraph, |markup| self.bookmarks.write(markup, text, Face::PLAIN))
    }

    /// A paragraph of the text or of a list item; the first one of an item bears its label.
    fn body_text(&mut self, text: &[Inline], position: &mut Position, keep_next: bool) -> Written {
        let style = if position.in_list { styles::ITEM } else { styles::BODY };
        let mut paragraph = Paragraph { keep_next, ..Paragraph::new(style) };
        match position.label.take() {
            Some(label) => label.set(&mut paragraph, position.depth),
            None if position.in_list => {
                paragraph.indent = Some(Indent { left: text_indent(position.depth), hanging: None });
            }
            None => {}
        }
        self.paragraph(&paragraph, text)
    }

    /// An item that does not begin with a paragraph still shows its label.
    fn lone_label(&mut self, position: &mut Position) -> Written {
        if position.label.is_some() { self.body_text(&[], position, true) } else { Ok(()) }
    }

    fn article(&mut self, article: &Article, closing: bool) -> Written {
        let (label, home) = self.numbering.article(article.number);
        let mut paragraph = Paragraph::new(styles::heading(2));
        label.set(&mut paragraph, 0);
        self.heading(&paragraph, &article.id, "", &article.heading)?;
        self.blocks(&article.blocks, &mut Position { home: Some(home), closing, ..Position::default() })
    }

    fn annex(&mut self, annex: &Annex) -> Written {
        let paragraph = Paragraph { page_break_before: true, ..Paragraph::new(styles::heading(2)) };
        self.heading(&paragraph, &annex.id, &annex_label(&annex.letter, &annex.heading), &annex.heading)?;
        self.blocks(&annex.blocks, &mut Position::default())
    }

    /// A heading with its bookmark around the words.
    fn heading(&mut self, paragraph: &Paragraph, anchor: &str, label: &str, text: &Text) -> Written {
        let bookmarks = &self.bookmarks;
        self.markup.paragraph(paragraph, |markup| {
            bookmarks.around(markup, anchor, |markup| {
                if !label.is_empty() {
                    markup.words(Face::PLAIN, label)?;
                }
                bookmarks.write(markup, text, Face::PLAIN)
            })
        })
    }

    fn list(&mut self, list: &List, position: &mut Position, closing: bool) -> Written {
        if list.items.is_empty() {
            return Ok(());
        }
        let depth = if position.in_list { position.depth + 1 } else { 0 };
        let label = self.numbering.list(list.style, &mut position.home);
        list.items.iter().enumerate().try_for_each(|(index, item)| {
            let home = label.inside(list.style);
            let closing = closing && index + 1 == list.items.len();
            self.blocks(&item.blocks, &mut Position { depth, home, label: Some(label), in_list: true, closing })
        })
    }

    fn table(&mut self, table: &crate::act::Table, position: &Position) -> Written {
        if table.head.is_empty() {
            return Ok(());
        }
        let left = if position.in_list { text_indent(position.depth) } else { 0 };
        if !table.caption.is_empty() {
            self.captions += 1;
            let (number, bookmarks) = (self.captions, &self.bookmarks);
            let indent = (left > 0).then_some(Indent { left, hanging: None });
            let paragraph = Paragraph { indent, ..Paragraph::new(styles::CAPTION) };
            self.markup.paragraph(&paragraph, |markup| tables::caption(markup, number, &table.caption, bookmarks))?;
        }
        tables::write(&mut self.markup, table, left, TEXT_WIDTH - left, &self.bookmarks)?;
        self.markup.empty_paragraph(styles::AFTER_TABLE)
    }
}
