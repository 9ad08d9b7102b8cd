//! The blocks of an act as paragraphs and tables, in reading order.

use docx_rs as word;

use super::super::words::annex_label;
use super::inline::{Bookmarks, plain_run};
use super::numbering::{Home, Label, Numbering, text_indent};
use super::{TEXT_WIDTH, signatures, styles, tables};
use crate::act::{Act, Annex, Article, Block, Inline, List, Text};

/// A child of the document's body.
pub(super) enum Child {
    /// A paragraph.
    Paragraph(Box<word::Paragraph>),
    /// A table.
    Table(Box<word::Table>),
}

/// The body under construction.
pub(super) struct Body<'a> {
    /// What is done so far.
    pub children: Vec<Child>,
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
}

impl<'a> Body<'a> {
    /// The body of an act.
    pub fn of(act: &'a Act) -> Self {
        let bookmarks = Bookmarks::of(act);
        let mut body = Self { children: Vec::new(), numbering: Numbering::default(), bookmarks, captions: 0 };
        body.blocks(&act.blocks, &mut Position::default());
        body
    }

    fn blocks(&mut self, blocks: &[Block], position: &mut Position) {
        for (index, block) in blocks.iter().enumerate() {
            let signed = matches!(blocks.get(index + 1), Some(Block::Signatures { .. }));
            match block {
                Block::Title { text } => self.paragraph(styles::heading(1), text),
                Block::Subtitle { text } => self.paragraph(styles::SUBTITLE, text),
                Block::Section { level, text } => self.paragraph(styles::heading((*level).max(2)), text),
                Block::Formula { text } => self.paragraph(styles::FORMULA, text),
                Block::Article(article) => self.article(article),
                Block::Annex(annex) => self.annex(annex),
                Block::Paragraph { text, .. } => self.body_text(text, position, signed),
                Block::List(list) => {
                    self.lone_label(position);
                    self.list(list, position);
                }
                Block::Table(table) => {
                    self.lone_label(position);
                    self.table(table, position);
                }
                Block::Signatures { slots } => {
                    for child in signatures::of(slots, &self.bookmarks) {
                        self.children.push(child);
                    }
                }
            }
        }
        self.lone_label(position);
    }

    fn push(&mut self, paragraph: word::Paragraph) {
        self.children.push(Child::Paragraph(Box::new(paragraph)));
    }

    fn paragraph(&mut self, style: &str, text: &[Inline]) {
        let mut paragraph = word::Paragraph::new().style(style);
        self.bookmarks.push(&mut paragraph, text, false);
        self.push(paragraph);
    }

    /// A paragraph of the text or of a list item; the first one of an item bears its label.
    fn body_text(&mut self, text: &[Inline], position: &mut Position, keep: bool) {
        let style = if position.in_list { styles::ITEM } else { styles::BODY };
        let mut paragraph = word::Paragraph::new().style(style);
        paragraph = match position.label.take() {
            Some(label) => label.on(paragraph, position.depth),
            None if position.in_list => paragraph.indent(Some(text_indent(position.depth)), None, None, None),
            None => paragraph,
        };
        if keep {
            paragraph = paragraph.keep_next(true);
        }
        self.bookmarks.push(&mut paragraph, text, false);
        self.push(paragraph);
    }

    /// An item that does not begin with a paragraph still shows its label.
    fn lone_label(&mut self, position: &mut Position) {
        if position.label.is_some() {
            self.body_text(&[], position, true);
        }
    }

    fn article(&mut self, article: &Article) {
        let (label, home) = self.numbering.article(article.number);
        let heading = label.on(word::Paragraph::new().style(styles::heading(2)), 0);
        self.heading(heading, &article.id, "", &article.heading);
        self.blocks(&article.blocks, &mut Position { home: Some(home), ..Position::default() });
    }

    fn annex(&mut self, annex: &Annex) {
        let heading = word::Paragraph::new().style(styles::heading(2)).page_break_before(true);
        self.heading(heading, &annex.id, &annex_label(&annex.letter, &annex.heading), &annex.heading);
        self.blocks(&annex.blocks, &mut Position::default());
    }

    /// A heading with its bookmark around the words.
    fn heading(&mut self, mut paragraph: word::Paragraph, anchor: &str, label: &str, text: &Text) {
        let bookmark = self.bookmarks.get(anchor);
        if let Some((id, name)) = &bookmark {
            paragraph = paragraph.add_bookmark_start(*id, name.as_str());
        }
        if !label.is_empty() {
            paragraph = paragraph.add_run(plain_run(label));
        }
        self.bookmarks.push(&mut paragraph, text, false);
        if let Some((id, _)) = bookmark {
            paragraph = paragraph.add_bookmark_end(id);
        }
        self.push(paragraph);
    }

    fn list(&mut self, list: &List, position: &mut Position) {
        let depth = if position.in_list { position.depth + 1 } else { 0 };
        let label = self.numbering.list(list.style, &mut position.home);
        for item in &list.items {
            let home = label.inside(list.style);
            let mut inside = Position { depth, home, label: Some(label), in_list: true };
            self.blocks(&item.blocks, &mut inside);
        }
    }

    fn table(&mut self, table: &crate::act::Table, position: &Position) {
        if table.head.is_empty() {
            return;
        }
        let indent = if position.in_list { text_indent(position.depth) } else { 0 };
        if !table.caption.is_empty() {
            self.captions += 1;
            let caption = tables::caption(self.captions, &table.caption, &self.bookmarks);
            self.push(if indent > 0 { caption.indent(Some(indent), None, None, None) } else { caption });
        }
        let table = tables::of(table, indent, TEXT_WIDTH - indent, &self.bookmarks);
        self.children.push(Child::Table(Box::new(table)));
        self.push(word::Paragraph::new().style(styles::AFTER_TABLE));
    }
}
