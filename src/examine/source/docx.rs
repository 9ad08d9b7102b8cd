//! The text of a `.docx`: a line for each paragraph or row of a table, with the labels that Word counts by itself, deleted
//! hidden and struck text left out, footnotes at the end. Called by `source`. The reader pulls one tag after the other, so that no nesting
//! costs a stack; entities that a document declares are not expanded.

mod hidden;
mod numbering;
mod package;

use std::collections::BTreeSet;

use quick_xml::Reader;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesStart, Event};

use self::numbering::{Counter, Numbering};
use self::package::Package;
use super::{Line, Lines, Refusal, Role, Work};

/// Text of a cell, in bytes, over which a table lays out a page instead of holding data.
const LONG_CELL: usize = 240;

/// Reads the lines.
pub(super) fn lines(bytes: &[u8]) -> Result<Lines, Refusal> {
    let mut package = Package::open(bytes)?;
    let Some(document) = package.part("word/document.xml")? else {
        return Err(package.foreign());
    };
    let styles = package.part("word/styles.xml")?.unwrap_or_default();
    let definitions = package.part("word/numbering.xml")?.unwrap_or_default();
    let notes = package.part("word/footnotes.xml")?.unwrap_or_default();
    let numbering = Numbering::read(&definitions, &styles);
    let hidden = hidden::styles(&styles);
    let mut body = Body::new(Role::Body, &numbering, &hidden);
    body.read(&document)?;
    let mut foot = Body::new(Role::Note, &numbering, &hidden);
    // Footnotes that do not let themselves be read are no reason to refuse the act.
    let _unread = foot.read(&notes);
    let mut lines = body.lines;
    let first_note = lines.next();
    lines.marks.append(foot.lines.marks, first_note);
    for mut line in foot.lines.lines.into_iter().filter(|line| !line.text.trim().is_empty()) {
        line.number = lines.next();
        lines.push(line)?;
    }
    Ok(lines)
}

/// The local name of a tag's attribute, unescaped.
fn attribute(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    tag.attributes().flatten().find(|attribute| attribute.key.local_name().as_ref() == name).and_then(|attribute| {
        attribute.normalized_value(quick_xml::XmlVersion::Implicit1_0).ok().map(std::borrow::Cow::into_owned)
    })
}

/// A paragraph that is open.
#[derive(Default)]
struct Paragraph {
    text: String,
    style: String,
    numbered: Option<(String, usize)>,
    /// Lines begun inside it.
    breaks: u32,
}

/// A row of a table that is open: the paragraphs of each cell.
#[derive(Default)]
struct Row {
    cells: Vec<Vec<String>>,
}

/// A run of text of one form.
#[derive(Default)]
struct Run {
    is_open: bool,
    in_properties: bool,
    /// Whether the run says that its text is hidden; what the style says, where it is silent.
    vanishes: Option<bool>,
    is_struck: bool,
    is_highlighted: bool,
}

struct Body<'a> {
    lines: Lines,
    role: Role,
    numbering: &'a Numbering,
    /// Styles whose text is hidden.
    hidden: &'a BTreeSet<String>,
    counter: Counter<'a>,
    /// Paragraphs open one inside the other: a text box stands in a paragraph.
    open: Vec<Paragraph>,
    rows: Vec<Row>,
    in_text: bool,
    run: Run,
    /// Depth of what is passed over: the copy of a text box for old programs, the code of a field.
    skipped: usize,
}

impl<'a> Body<'a> {
    fn new(role: Role, numbering: &'a Numbering, hidden: &'a BTreeSet<String>) -> Self {
        Self {
            lines: Lines::default(),
            role,
            numbering,
            hidden,
            counter: Counter::new(numbering),
            open: Vec::new(),
            rows: Vec::new(),
            in_text: false,
            run: Run::default(),
            skipped: 0,
        }
    }

    fn read(&mut self, xml: &[u8]) -> Result<(), Refusal> {
        let mut reader = Reader::from_reader(xml);
        let mut buffer = Vec::new();
        loop {
            buffer.clear();
            match reader.read_event_into(&mut buffer).map_err(|_| Refusal::Damaged)? {
                Event::Start(tag) => self.start(&tag, false)?,
                Event::Empty(tag) => self.start(&tag, true)?,
                Event::End(tag) => self.end(tag.local_name().as_ref())?,
                Event::Text(text) if self.in_text && self.skipped == 0 => {
                    self.add(&text.xml10_content());
                }
                Event::GeneralRef(name) if self.in_text && self.skipped == 0 => match name.resolve_char_ref() {
                    Ok(Some(letter)) => self.add(&letter.to_string()),
                    _ => self.add(resolve_predefined_entity(&name.xml10_content()).unwrap_or_default()),
                },
                Event::Eof => return Ok(()),
                _ => {}
            }
        }
    }

    fn add(&mut self, text: &str) {
        let of_style = self.open.last().is_some_and(|paragraph| self.hidden.contains(&paragraph.style));
        if self.run.vanishes.unwrap_or(of_style) {
            return;
        }
        if !text.trim().is_empty() {
            if self.run.is_struck {
                self.mark(Work::Struck, text);
            } else if self.run.is_highlighted {
                self.mark(Work::Highlighted, text);
            }
        }
        if self.run.is_struck {
            return;
        }
        if let Some(paragraph) = self.open.last_mut() {
            paragraph.text.push_str(text);
        }
    }

    /// Puts down a trace of work where the reader stands.
    fn mark(&mut self, work: Work, words: &str) {
        let breaks = self.open.last().map_or(0, |paragraph| paragraph.breaks);
        self.lines.marks.add(work, self.lines.next().saturating_add(breaks), words);
    }

    fn start(&mut self, tag: &BytesStart<'_>, empty: bool) -> Result<(), Refusal> {
        let name = tag.local_name();
        let name = name.as_ref();
        if self.skipped > 0 {
            // What lies deeper are the properties that a revision has changed.
            if self.run.in_properties && self.skipped == 1 {
                self.property(name, tag);
            }
            self.skipped += usize::from(!empty);
            return Ok(());
        }
        match name {
            "ins" | "del" | "moveFrom" | "moveTo" => self.mark(Work::Revision, ""),
            "commentReference" => self.mark(Work::Comment, ""),
            _ => {}
        }
        match name {
            "r" => self.run = Run { is_open: !empty, ..Run::default() },
            "Fallback" | "instrText" | "delText" | "rPr" | "moveFrom" | "tabs" | "sectPr" if !empty => {
                self.skipped = 1;
                self.run.in_properties = name == "rPr" && self.run.is_open;
            }
            "p" => {
                self.open.push(Paragraph::default());
                if empty {
                    self.close()?;
                }
            }
            "t" => self.in_text = !empty,
            "tab" | "ptab" => self.add("  "),
            "noBreakHyphen" => self.add("-"),
            "br" | "cr" => {
                // A page may end inside a sentence; a line does so by the writer's will.
                let page = attribute(tag, "type").is_some_and(|kind| kind == "page");
                self.add(if page { " " } else { "\n" });
                if let Some(paragraph) = self.open.last_mut().filter(|_| !page) {
                    paragraph.breaks = paragraph.breaks.saturating_add(1);
                }
            }
            "pStyle" => {
                if let (Some(paragraph), Some(style)) = (self.open.last_mut(), attribute(tag, "val")) {
                    paragraph.style = style;
                }
            }
            "ilvl" => {
                let level = attribute(tag, "val").and_then(|value| value.parse().ok()).unwrap_or(0);
                if let Some(paragraph) = self.open.last_mut() {
                    paragraph.numbered.get_or_insert_default().1 = level;
                }
            }
            "numId" => {
                if let (Some(paragraph), Some(id)) = (self.open.last_mut(), attribute(tag, "val")) {
                    paragraph.numbered.get_or_insert_default().0 = id;
                }
            }
            "tr" if !empty => self.rows.push(Row::default()),
            "tc" if !empty => {
                if let Some(row) = self.rows.last_mut() {
                    row.cells.push(Vec::new());
                }
            }
            _ => {}
        }
        // What Word opens hundreds deep, no act has.
        if self.open.len() + self.rows.len() > 200 { Err(Refusal::Damaged) } else { Ok(()) }
    }

    /// A property of the run: whether its text is hidden, struck, highlighted.
    fn property(&mut self, name: &str, tag: &BytesStart<'_>) {
        let value = attribute(tag, "val");
        let is_on = !matches!(value.as_deref(), Some("0" | "false" | "off"));
        match name {
            "vanish" => self.run.vanishes = Some(is_on),
            "strike" | "dstrike" => self.run.is_struck |= is_on,
            "highlight" => self.run.is_highlighted = value.is_some_and(|colour| colour != "none"),
            "rStyle" if self.run.vanishes.is_none() => {
                self.run.vanishes = value.filter(|style| self.hidden.contains(style)).map(|_| true);
            }
            _ => {}
        }
    }

    fn end(&mut self, name: &str) -> Result<(), Refusal> {
        if self.skipped > 0 {
            self.skipped -= 1;
            self.run.in_properties &= self.skipped > 0;
            return Ok(());
        }
        match name {
            "r" => self.run = Run::default(),
            "t" => self.in_text = false,
            "p" => self.close()?,
            "tr" => {
                let Some(row) = self.rows.pop() else { return Ok(()) };
                let lays_out = row.cells.len() == 1
                    || row.cells.iter().any(|cell| cell.iter().map(String::len).sum::<usize>() > LONG_CELL);
                if lays_out {
                    for text in row.cells.into_iter().flatten() {
                        self.line(text, Role::Body)?;
                    }
                } else {
                    let cells = row.cells.iter().map(|cell| cell.join(" "));
                    let row = cells.collect::<Vec<_>>().join(" | ");
                    self.line(row.trim_end_matches([' ', '|']).to_owned(), Role::Body)?;
                }
            }
            _ => {}
        }
        Ok(())
    }

    /// Ends the innermost paragraph.
    fn close(&mut self) -> Result<(), Refusal> {
        let Some(paragraph) = self.open.pop() else { return Ok(()) };
        let style = self.numbering.style(&paragraph.style);
        let own = paragraph.numbered.as_ref().map(|(id, level)| (id.as_str(), *level));
        // A paragraph may give the level and leave the list to its style, or take itself out of the list (id 0).
        let list = match own {
            Some(("", level)) => style.map(|(id, _)| (id, level)),
            Some(other) => Some(other),
            None => style,
        };
        let label = list.map(|(id, level)| self.counter.next(id, level)).unwrap_or_default();
        let text = if label.is_empty() { paragraph.text } else { format!("{label} {}", paragraph.text) };
        let lower = paragraph.style.to_lowercase();
        let is_index = ["toc", "sommario", "indice"].iter().any(|start| lower.starts_with(start));
        let is_index = is_index && lower.ends_with(|c: char| c.is_ascii_digit());
        match self.rows.last_mut().and_then(|row| row.cells.last_mut()) {
            Some(cell) if self.open.is_empty() => {
                cell.push(text);
                Ok(())
            }
            _ => self.line(text, if is_index { Role::Index } else { self.role }),
        }
    }

    fn line(&mut self, text: String, role: Role) -> Result<(), Refusal> {
        let role = if self.role == Role::Note { Role::Note } else { role };
        for piece in text.split('\n') {
            let number = self.lines.next();
            self.lines.push(Line { number, page: 0, text: piece.trim_end().to_owned(), whole: true, role })?;
        }
        Ok(())
    }
}
