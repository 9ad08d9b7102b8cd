//! Tables with their captions and widths, and signature slots.

use pulldown_cmark::{Alignment, Event, Tag, TagEnd};

use super::blocks::Builder;
use super::inline;
use crate::act::{Align, Blank, Block, Inline, Signature, Table, TableRow, Text, plain};
use crate::place::Place;

/// Width of an empty cell of a form whose template asks for none.
const EMPTY_CELL: u32 = 12;
/// Characters that fit in a line of a table as wide as the page.
const PAGE: u32 = 92;
/// Characters that the space at the sides of a cell takes.
const PADDING: u32 = 3;
/// Longest line that a column can wish for, and longest word that it keeps whole.
const LONGEST_LINE: u32 = 48;
const LONGEST_WORD: u32 = 24;

impl Builder<'_> {
    /// The table whose start tag has just been read.
    pub(super) fn table(&mut self, alignment: &[Alignment]) -> Table {
        let align: Vec<Align> = alignment
            .iter()
            .map(|align| match align {
                Alignment::Right => Align::Right,
                Alignment::Center => Align::Center,
                Alignment::Left | Alignment::None => Align::Left,
            })
            .collect();
        let mut head = Vec::new();
        let mut rows = Vec::new();
        let mut cells: Vec<Text> = Vec::new();
        while let Some(event) = self.next() {
            match event {
                Event::Start(Tag::TableCell) => cells.push(self.run(TagEnd::TableCell).0),
                Event::End(TagEnd::TableHead) => head = std::mem::take(&mut cells),
                Event::End(TagEnd::TableRow) => {
                    let mut cells = std::mem::take(&mut cells);
                    if self.kind.is_form() {
                        cells.iter_mut().zip(&head).for_each(|(cell, head)| open(cell, head));
                    }
                    let total = matches!(cells.first().map(Vec::as_slice), Some([Inline::Strong { .. }]));
                    rows.push(TableRow { total, cells });
                }
                Event::End(TagEnd::Table) => break,
                _ => {}
            }
        }
        let widths = widths(&head, &rows);
        Table { caption: Vec::new(), head, align, widths, rows }
    }

    /// The signature slots of a `firme` block whose start tag has just been read: party | office | name | note.
    pub(super) fn signatures(&mut self) -> Block {
        let mut source = String::new();
        while let Some(event) = self.next() {
            match event {
                Event::Text(words) => source.push_str(words),
                Event::End(TagEnd::CodeBlock) => break,
                _ => {}
            }
        }
        let mut slots = Vec::new();
        for line in source.lines().filter(|line| !line.trim().is_empty()) {
            let mut parts = line.split('|').map(|part| {
                let mut text = Vec::new();
                inline::words(part, self.slots, self.sources, &mut text, &mut Place::None);
                inline::tidy(text)
            });
            let mut part = || parts.next().unwrap_or_default();
            slots.push(Signature { party: part(), office: part(), name: part(), note: part() });
        }
        Block::Signatures { slots }
    }
}

/// Makes a cell of a form that has nothing but a blank, or nothing at all, a space to fill in as it is.
fn open(cell: &mut Text, head: &Text) {
    match cell.as_mut_slice() {
        [] => cell.push(Inline::Blank(Blank {
            name: String::new(),
            label: plain(head),
            width: EMPTY_CELL,
            open: true,
            place: Place::None,
        })),
        [Inline::Blank(blank)] => blank.open = true,
        _ => {}
    }
}

/// Relative widths, in characters: what the longest line of each column would like, and padding. Where that is more than a
/// line of the page, the widest columns give way, down to their longest word.
fn widths(head: &[Text], rows: &[TableRow]) -> Vec<u32> {
    let wishes: Vec<(u32, u32)> = (0..head.len())
        .map(|column| {
            let cells = head.get(column).into_iter().chain(rows.iter().filter_map(|row| row.cells.get(column)));
            let (mut word, mut line) = (1, 1);
            for cell in cells {
                if let [Inline::Blank(blank)] = cell.as_slice() {
                    line = line.max(blank.width as usize);
                }
                let text = plain(cell);
                line = line.max(text.chars().count());
                word = word.max(text.split(' ').map(|word| word.chars().count()).max().unwrap_or(0));
            }
            let wish = |count: usize, most: u32| u32::try_from(count).unwrap_or(most).min(most) + PADDING;
            (wish(word, LONGEST_WORD), wish(line, LONGEST_LINE))
        })
        .collect();
    let under = |cap: u32| wishes.iter().map(move |(word, line)| (*line).min(cap.max(*word)));
    let cap = (PADDING..=LONGEST_LINE + PADDING).rev().find(|cap| under(*cap).sum::<u32>() <= PAGE);
    under(cap.unwrap_or(PADDING)).map(|width| width.max(6)).collect()
}

/// A paragraph "Tabella: …" right before a table becomes its caption.
pub(super) fn captions(blocks: &mut Vec<Block>) {
    let mut index = 0;
    while index < blocks.len() {
        match &mut blocks[index] {
            Block::Article(article) => captions(&mut article.blocks),
            Block::Annex(annex) => captions(&mut annex.blocks),
            Block::List(list) => list.items.iter_mut().for_each(|item| captions(&mut item.blocks)),
            _ => {}
        }
        let caption = match (&blocks[index], blocks.get(index + 1)) {
            (Block::Paragraph { text, .. }, Some(Block::Table(_))) => caption_of(text),
            _ => None,
        };
        if let Some(caption) = caption {
            blocks.remove(index);
            if let Some(Block::Table(table)) = blocks.get_mut(index) {
                table.caption = caption;
            }
        }
        index += 1;
    }
}

fn caption_of(text: &Text) -> Option<Text> {
    let Some(Inline::Text { s }) = text.first() else { return None };
    let rest = s.strip_prefix("Tabella:")?.trim_start().to_owned();
    let mut caption = text.clone();
    caption[0] = Inline::Text { s: rest };
    Some(inline::tidy(caption))
}
