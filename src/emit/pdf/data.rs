//! An act as the data of the layout: what `templates/layout/act.typ` and `blocks.typ` read, and no more. Called by `pdf` alone.
//!
//! A run of words becomes an array of texts, `{"b": run}`, `{"i": run}`, `{"long": text}` and `null` for a line break; words
//! that follow each other are one text, so that Typst makes few elements and often finds the paragraph in its memory.

use serde::Serialize;

use super::Attachment;
use crate::act::{self, Act, Align, Block, Inline, ListStyle, Signature};

/// Letters from which a word may be broken at the end of a line. Shorter ones are not: to try each of their syllables
/// takes a seventh of the whole time, and lines as wide as these do not need it. Sums in letters do.
const LONG: usize = 18;

/// Bytes of words from which a cell of a table may run over the end of a page: it might not stand on one.
const LONG_CELL: usize = 600;

/// Lines of text up to which a table stands on one page: a row of totals alone on the next says nothing. A page has twice as
/// many, and what is taller than a page and may not be broken is lost under its edge.
const WHOLE: usize = 30;
/// Rows up to which it does.
const MOST_ROWS: usize = 10;

/// Characters in a line of a table as wide as the page, and how many the space at the sides of a cell takes.
const PAGE: usize = 92;
const PADDING: usize = 3;

/// The act as JSON, with what the layout has to know of the file attached to it.
///
/// # Errors
/// Never: there are no maps with keys that are not text.
pub(super) fn json(act: &Act, attachment: Option<&Attachment<'_>>) -> Result<Vec<u8>, serde_json::Error> {
    serde_json::to_vec(&Document {
        title: &act.title,
        subject: &act.subject,
        author: &act.author,
        header: &act.header,
        date: act.date.format("%Y-%m-%d").to_string(),
        blocks: blocks(&act.blocks, &mut 0),
        attachment: attachment.map(|it| Attached { name: it.name, description: it.description }),
    })
}

#[derive(Serialize)]
struct Attached<'a> {
    name: &'a str,
    description: &'a str,
}

#[derive(Serialize)]
struct Document<'a> {
    title: &'a str,
    subject: &'a str,
    author: &'a str,
    header: &'a str,
    date: String,
    blocks: Vec<Part<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    attachment: Option<Attached<'a>>,
}

type Run = Vec<Option<Words>>;

#[derive(Debug, PartialEq, Serialize)]
#[serde(untagged)]
enum Words {
    Plain(String),
    Long { long: String },
    Bold { b: Run },
    Italic { i: Run },
}

#[derive(Serialize)]
#[serde(tag = "t", rename_all = "lowercase")]
enum Part<'a> {
    Title { text: Run },
    Subtitle { text: Run },
    Section { level: u8, text: Run },
    Article { number: u32, heading: Run, blocks: Vec<Part<'a>> },
    Formula { text: Run },
    Paragraph { text: Run },
    List { style: ListStyle, items: Vec<Vec<Part<'a>>> },
    Table(Table<'a>),
    Signatures { slots: Vec<Slot> },
    Annex { letter: &'a str, heading: Run, blocks: Vec<Part<'a>> },
}

#[derive(Serialize)]
struct Table<'a> {
    /// In the order of the act, among those with a caption.
    number: u32,
    caption: Run,
    head: Vec<Run>,
    align: &'a [Align],
    widths: &'a [u32],
    /// Some cell is a space to write in.
    open: bool,
    /// Stands on one page.
    whole: bool,
    rows: Vec<Row>,
}

#[derive(Serialize)]
struct Row {
    total: bool,
    cells: Vec<Cell>,
}

#[derive(Serialize)]
struct Cell {
    /// The whole cell is a space to write in.
    open: bool,
    /// May run over the end of a page.
    long: bool,
    run: Run,
}

#[derive(Serialize)]
struct Slot {
    party: Run,
    office: Run,
    name: Run,
    note: Run,
}

/// `tables` counts those with a caption, through the whole act: the layout would have to look back for their number.
fn blocks<'a>(blocks: &'a [Block], tables: &mut u32) -> Vec<Part<'a>> {
    blocks.iter().map(|block| part(block, tables)).collect()
}

fn part<'a>(block: &'a Block, tables: &mut u32) -> Part<'a> {
    match block {
        Block::Title { text } => Part::Title { text: run(text) },
        Block::Subtitle { text } => Part::Subtitle { text: run(text) },
        Block::Section { level, text } => Part::Section { level: *level, text: run(text) },
        Block::Article(it) => {
            Part::Article { number: it.number, heading: run(&it.heading), blocks: blocks(&it.blocks, tables) }
        }
        Block::Formula { text } => Part::Formula { text: run(text) },
        Block::Paragraph { text, .. } => Part::Paragraph { text: run(text) },
        Block::List(it) => {
            Part::List { style: it.style, items: it.items.iter().map(|item| blocks(&item.blocks, tables)).collect() }
        }
        Block::Table(it) => Part::Table(table(it, tables)),
        Block::Signatures { slots } => Part::Signatures { slots: slots.iter().map(slot).collect() },
        Block::Annex(it) => {
            Part::Annex { letter: &it.letter, heading: run(&it.heading), blocks: blocks(&it.blocks, tables) }
        }
    }
}

fn table<'a>(table: &'a act::Table, tables: &mut u32) -> Table<'a> {
    *tables += u32::from(!table.caption.is_empty());
    let rows: Vec<Row> = table
        .rows
        .iter()
        .map(|row| Row { total: row.total, cells: row.cells.iter().map(|text| cell(text)).collect() })
        .collect();
    Table {
        number: *tables,
        caption: run(&table.caption),
        head: table.head.iter().map(|text| run(text)).collect(),
        align: &table.align,
        widths: &table.widths,
        open: rows.iter().flat_map(|row| &row.cells).any(|cell| cell.open),
        whole: rows.len() <= MOST_ROWS && lines(table) <= WHOLE,
        rows,
    }
}

/// About how many lines the rows of a table take.
fn lines(table: &act::Table) -> usize {
    let all = table.widths.iter().map(|width| *width as usize).sum::<usize>().max(1);
    let high = |(cell, width): (&act::Text, &u32)| {
        let room = (PAGE * *width as usize / all).saturating_sub(PADDING).max(1);
        cell.iter().map(length).sum::<usize>().div_ceil(room)
    };
    table.rows.iter().map(|row| row.cells.iter().zip(&table.widths).map(high).max().unwrap_or(0).max(1)).sum()
}

/// Bytes of words.
fn length(inline: &Inline) -> usize {
    match inline {
        Inline::Text { s } => s.len(),
        Inline::Value(value) => value.s.len(),
        Inline::Reference(reference) => reference.s.len(),
        _ => 40,
    }
}

fn cell(text: &[Inline]) -> Cell {
    Cell {
        open: matches!(text, [Inline::Blank(blank)] if blank.open),
        long: text.iter().map(length).sum::<usize>() > LONG_CELL,
        run: run(text),
    }
}

fn slot(slot: &Signature) -> Slot {
    Slot { party: run(&slot.party), office: run(&slot.office), name: run(&slot.name), note: run(&slot.note) }
}

fn run(text: &[Inline]) -> Run {
    let mut run = Run::new();
    let mut plain = String::new();
    for inline in text {
        let other = match inline {
            Inline::Text { s } => {
                plain.push_str(s);
                continue;
            }
            Inline::Value(value) => {
                plain.push_str(&value.s);
                continue;
            }
            Inline::Reference(reference) => {
                plain.push_str(&reference.s);
                continue;
            }
            Inline::Blank(blank) => {
                plain.push_str(&blank.dots());
                continue;
            }
            Inline::Strong { c } => Some(Words::Bold { b: self::run(c) }),
            Inline::Emphasis { c } => Some(Words::Italic { i: self::run(c) }),
            Inline::Break => None,
        };
        cut(&plain, &mut run);
        plain.clear();
        run.push(other);
    }
    cut(&plain, &mut run);
    run
}

/// Puts a text into the run, its long words apart.
fn cut(text: &str, run: &mut Run) {
    let mut rest = text;
    while let Some((start, end)) = long_word(rest) {
        let (before, word) = (&rest[..start], &rest[start..end]);
        if !before.is_empty() {
            run.push(Some(Words::Plain(before.to_owned())));
        }
        run.push(Some(Words::Long { long: word.to_owned() }));
        rest = &rest[end..];
    }
    if !rest.is_empty() {
        run.push(Some(Words::Plain(rest.to_owned())));
    }
}

/// Where the first long word of a text begins and ends, in bytes.
fn long_word(text: &str) -> Option<(usize, usize)> {
    let mut start = 0;
    text.split_inclusive(|c: char| !c.is_alphabetic()).find_map(|piece| {
        let word = piece.trim_end_matches(|c: char| !c.is_alphabetic());
        let at = start;
        start += piece.len();
        // Bytes first: they are never fewer than letters.
        (word.len() >= LONG && word.chars().count() >= LONG).then_some((at, at + word.len()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plain(text: &str) -> Option<Words> {
        Some(Words::Plain(text.to_owned()))
    }

    #[test]
    fn words_that_follow_each_other_are_one_text() {
        let text = |s: &str| Inline::Text { s: s.into() };
        let bold = Inline::Strong { c: vec![text("Visto"), text(" che")] };
        let run = run(&[text("a "), text("b"), bold, Inline::Break, text("c")]);
        assert_eq!(run, [plain("a b"), Some(Words::Bold { b: vec![plain("Visto che")] }), None, plain("c")]);
    }

    #[test]
    fn only_long_words_stand_apart() {
        let mut run = Run::new();
        cut("euro (diciassettemilaquattrocento/60), più l’amministrazione è così", &mut run);
        let long = Some(Words::Long { long: "diciassettemilaquattrocento".to_owned() });
        assert_eq!(run, [plain("euro ("), long, plain("/60), più l’amministrazione è così")]);
        for text in ["diciassettemilaquattrocento", "ààààààààààààààààà", "", "a-b-c-d-e-f-g-h-i-j-k-l-m"]
        {
            let mut run = Run::new();
            cut(text, &mut run);
            assert_eq!(run.iter().any(|it| matches!(it, Some(Words::Long { .. }))), text.starts_with("dic"), "{text}");
        }
    }

    #[test]
    fn short_tables_stand_on_one_page_and_tall_ones_run_over() {
        let table = |rows: usize, letters: usize| {
            let cell = |letters: usize| vec![Inline::Text { s: "a".repeat(letters).into() }];
            let row = || act::TableRow { total: false, cells: vec![cell(letters), cell(8)] };
            let rows = (0..rows).map(|_| row()).collect();
            let align = vec![Align::Left, Align::Right];
            let head = vec![cell(4), cell(4)];
            super::table(&act::Table { caption: vec![], head, align, widths: vec![60, 32], rows }, &mut 0).whole
        };
        assert!(table(10, 100) && table(3, 400));
        assert!(!table(11, 10), "many rows");
        assert!(!table(6, 900), "few rows, taller than a page");
    }
}
