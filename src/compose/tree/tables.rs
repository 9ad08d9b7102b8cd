//! Tables with their captions and widths, and signature slots.

use pulldown_cmark::{Alignment, Event, Tag, TagEnd};

use super::blocks::Builder;
use super::inline;
use crate::act::{Align, Block, Inline, Signature, Table, TableRow, Text, plain};
use crate::place::Place;

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

/// What a line of a table holds, in characters.
const LINE: usize = 96;
/// What the edges of a cell take of it.
const EDGES: usize = 2;

/// Relative widths: the longest word decides the least a column needs, the whole text what it would like. Where there is
/// not room for all, what is left after the longest words is shared out by what each would still like.
fn widths(head: &[Text], rows: &[TableRow]) -> Vec<u32> {
    let columns: Vec<(usize, usize)> = (0..head.len())
        .map(|column| {
            let cells = head.get(column).into_iter().chain(rows.iter().filter_map(|row| row.cells.get(column)));
            let (mut word, mut line) = (1, 1);
            for cell in cells {
                let text = plain(cell);
                line = line.max(text.chars().count());
                word = word.max(text.split(' ').map(|word| word.chars().count()).max().unwrap_or(0));
            }
            let least = word.clamp(6, 24);
            (least, line.min(48).max(least))
        })
        .collect();
    let edges = EDGES * columns.len();
    let least = edges + columns.iter().map(|(least, _)| least).sum::<usize>();
    let liked = edges + columns.iter().map(|(_, liked)| liked).sum::<usize>();
    let width = |&(own_least, own_liked): &(usize, usize)| match liked - least {
        wanting if wanting > 0 && liked > LINE => {
            own_least + EDGES + LINE.saturating_sub(least) * (own_liked - own_least) / wanting
        }
        _ => own_liked,
    };
    columns.iter().map(|column| u32::try_from(width(column)).unwrap_or(6)).collect()
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
