//! Tables with their captions and widths, and signature slots.

use ecow::EcoString;
use pulldown_cmark::{Alignment, Event, Tag, TagEnd};

use super::blocks::Builder;
use super::inline;
use crate::act::{Align, Blank, Block, Inline, Signature, Table, TableRow, Text, plain};
use crate::place::Place;

/// Width of an empty cell of a form whose template asks for none.
const EMPTY_CELL: u32 = 12;
/// Characters that fit in a line of a table as wide as the page.
const PAGE: usize = 92;
/// Characters that the space at the sides of a cell takes.
const PADDING: usize = 3;
/// Longest cell that is told from a longer one, and longest word that is kept whole.
const LONGEST_LINE: usize = 240;
const LONGEST_WORD: usize = 34;
/// What a hand needs, of the width that a space to fill in asks for.
const HAND: usize = 12;
/// Lines of a cell beyond which it is as high as it may be.
const MOST_LINES: usize = 40;

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
                    let cells = std::mem::take(&mut cells);
                    let total = matches!(cells.first().map(Vec::as_slice), Some([Inline::Strong { .. }]));
                    rows.push(TableRow { total, cells });
                }
                Event::End(TagEnd::Table) => break,
                _ => {}
            }
        }
        Table { caption: Vec::new(), head, align, widths: Vec::new(), rows }
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
                inline::words(part, self.sources, &mut text, &mut Place::None);
                inline::tidy(text)
            });
            let mut part = || parts.next().unwrap_or_default();
            slots.push(Signature { party: part(), office: part(), name: part(), note: part() });
        }
        Block::Signatures { slots }
    }
}

/// What depends on the values: the spaces to fill in of a form, and the widths of the columns.
pub(super) fn settle(table: &mut Table, is_form: bool) {
    if is_form {
        for row in &mut table.rows {
            row.cells.iter_mut().zip(&table.head).for_each(|(cell, head)| open(cell, head));
        }
    }
    table.widths = widths(&table.head, &table.rows);
}

/// Makes a cell of a form that has nothing but a blank, or nothing at all, a space to fill in as it is.
fn open(cell: &mut Text, head: &Text) {
    match cell.as_mut_slice() {
        [] => cell.push(Inline::Blank(Blank {
            name: EcoString::new(),
            label: plain(head).into(),
            width: EMPTY_CELL,
            open: true,
            place: Place::None,
        })),
        [Inline::Blank(blank)] => blank.open = true,
        _ => {}
    }
}

/// What a column asks for, in characters with the space at the sides: its longest word, which stays whole, and all the words
/// of its longest cell on one line.
struct Wish {
    word: usize,
    line: usize,
}

impl Wish {
    fn of<'a>(cells: impl Iterator<Item = &'a Text>) -> Self {
        let (mut word, mut line) = (3_usize, 3_usize);
        for cell in cells {
            if let [Inline::Blank(blank)] = cell.as_slice() {
                line = line.max(blank.width as usize);
                word = word.max((blank.width as usize).min(HAND));
            }
            let text = plain(cell);
            line = line.max(text.chars().count());
            word = word.max(text.split(' ').map(|word| word.chars().count()).max().unwrap_or(0).min(LONGEST_WORD));
        }
        Self { word: word + PADDING, line: line.min(LONGEST_LINE) + PADDING }
    }

    /// The width at which the longest cell takes about so many lines.
    fn in_lines(&self, lines: usize) -> usize {
        self.word.max(((self.line - PADDING).div_ceil(lines) + PADDING).min(self.line))
    }
}

/// Relative widths: those at which the highest row of the table is as low as it can be, and what is left of the page shared
/// among the columns that would like more.
fn widths(head: &[Text], rows: &[TableRow]) -> Vec<u32> {
    let cells =
        |column: usize| head.get(column).into_iter().chain(rows.iter().filter_map(move |row| row.cells.get(column)));
    let wishes: Vec<Wish> = (0..head.len()).map(|column| Wish::of(cells(column))).collect();
    let at = |lines: usize| wishes.iter().map(|wish| wish.in_lines(lines)).collect::<Vec<_>>();
    let fits = |lines: &usize| at(*lines).iter().sum::<usize>() <= PAGE;
    let mut widths = at((1..=MOST_LINES).find(fits).unwrap_or(MOST_LINES));
    let left = PAGE.saturating_sub(widths.iter().sum());
    let wanting: Vec<usize> =
        wishes.iter().zip(&widths).map(|(wish, width)| wish.line.saturating_sub(*width)).collect();
    let total = wanting.iter().sum::<usize>().max(1);
    for (width, more) in widths.iter_mut().zip(&wanting) {
        *width += (left * more / total).min(*more);
    }
    widths.into_iter().map(|width| u32::try_from(width).unwrap_or(u32::MAX)).collect()
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
    let rest = s.strip_prefix("Tabella:")?.trim_start().into();
    let mut caption = text.clone();
    caption[0] = Inline::Text { s: rest };
    Some(inline::tidy(caption))
}
