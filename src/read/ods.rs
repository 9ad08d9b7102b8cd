//! Cells of an `.ods`, read here: calamine's reader for this format expands repeated rows and columns before anyone
//! can bound them, never returns from a sheet that is cut short, and refuses white space between the tags of a row.

use std::collections::BTreeSet;
use std::io::{BufRead, BufReader};

use quick_xml::events::{BytesRef, BytesStart, Event};
use quick_xml::name::QName;
use quick_xml::{Reader, XmlVersion};

use super::archive::{self, Archive};
use super::bounds::{Collector, MAX_CELL_CHARS, MAX_COLUMNS, MAX_ROWS};
use super::refusal::Refusal;
use super::sniff::attribute;
use super::value::{iso_date, italian_error, number};
use crate::table::Raw;

const DAMAGED: Refusal = Refusal::Damaged("la parte con i fogli è incompleta o non è corretta");

/// Reads all sheets.
pub(super) fn read(archive: &mut Archive<'_>, collector: &mut Collector) -> Result<(), Refusal> {
    archive::survey(archive)?;
    let content = archive.by_name("content.xml").map_err(|_| DAMAGED)?;
    let mut xml = Reader::from_reader(BufReader::new(content));
    xml.config_mut().expand_empty_elements = true;
    let mut walk = Walk {
        xml,
        buffer: Vec::new(),
        collector,
        sheet: String::new(),
        style: String::new(),
        hidden: BTreeSet::new(),
    };
    let mut spreadsheet = false;
    let mut depth = 0_usize;
    loop {
        match walk.next()? {
            Step::Start(tag) => match tag.name().0 {
                "office:spreadsheet" => (spreadsheet, depth) = (true, depth + 1),
                "table:table" if spreadsheet => walk.table(&tag)?,
                // Deleted cells under change tracking look like sheets.
                "table:tracked-changes" => walk.skip(&tag)?,
                "style:style" => {
                    walk.style = attribute(&tag, "style:name").unwrap_or_default();
                    depth += 1;
                }
                "style:table-properties" => {
                    if attribute(&tag, "table:display").as_deref() == Some("false") {
                        walk.hidden.insert(walk.style.clone());
                    }
                    depth += 1;
                }
                _ => depth += 1,
            },
            Step::End(_) => depth = depth.saturating_sub(1),
            // Cut short: a tag is still open.
            Step::Eof if depth > 0 => return Err(DAMAGED),
            Step::Eof if !spreadsheet => return Err(Refusal::Damaged("non contiene fogli")),
            Step::Eof => return Ok(()),
            Step::Text(_) => {}
        }
    }
}

/// An event that concerns us.
enum Step {
    Start(BytesStart<'static>),
    End(String),
    Text(String),
    Eof,
}

struct Walk<'c, B> {
    xml: Reader<B>,
    buffer: Vec<u8>,
    collector: &'c mut Collector,
    sheet: String,
    /// The style that is open, and the styles of sheets that are not shown.
    style: String,
    hidden: BTreeSet<String>,
}

impl<B: BufRead> Walk<'_, B> {
    fn next(&mut self) -> Result<Step, Refusal> {
        loop {
            self.buffer.clear();
            return Ok(match self.xml.read_event_into(&mut self.buffer).map_err(|_| DAMAGED)? {
                Event::Start(tag) => Step::Start(tag.into_owned()),
                Event::End(tag) => Step::End(tag.name().0.to_owned()),
                Event::Text(text) => Step::Text(text.xml10_content().into_owned()),
                Event::CData(text) => Step::Text(text.xml10_content().into_owned()),
                Event::GeneralRef(name) => Step::Text(character(&name)),
                Event::Eof => Step::Eof,
                _ => continue,
            });
        }
    }

    /// Passes over an element and all it contains.
    fn skip(&mut self, tag: &BytesStart<'_>) -> Result<(), Refusal> {
        self.buffer.clear();
        let name = tag.name().0.to_owned();
        self.xml.read_to_end_into(QName(&name), &mut self.buffer).map(|_| ()).map_err(|_| DAMAGED)
    }

    fn table(&mut self, tag: &BytesStart<'_>) -> Result<(), Refusal> {
        self.sheet = attribute(tag, "table:name").unwrap_or_default();
        // What LibreOffice remembers of the sheets of other files that formulas point to.
        if self.sheet.starts_with("'file:") {
            return self.skip(tag);
        }
        let hidden = attribute(tag, "table:style-name").is_some_and(|style| self.hidden.contains(&style));
        self.collector.open(&self.sheet, hidden)?;
        let mut row = 0_u32;
        loop {
            match self.next()? {
                Step::Start(tag) => match tag.name().0 {
                    "table:table-row" => row = row.saturating_add(self.row(&tag, row)?),
                    "table:table-rows" | "table:table-header-rows" | "table:table-row-group" => {}
                    _ => self.skip(&tag)?,
                },
                Step::End(name) if name == "table:table" => break,
                Step::Eof => return Err(DAMAGED),
                Step::End(_) | Step::Text(_) => {}
            }
        }
        self.collector.close();
        Ok(())
    }

    /// Reads a row that stands at zero-based `row`; returns how many times it is repeated.
    fn row(&mut self, tag: &BytesStart<'_>, row: u32) -> Result<u32, Refusal> {
        let rows = repeats(tag, "table:number-rows-repeated");
        let mut col = 0_u32;
        let mut cells = Vec::new();
        loop {
            match self.next()? {
                Step::Start(tag) => {
                    let columns = repeats(&tag, "table:number-columns-repeated");
                    match tag.name().0 {
                        "table:table-cell" => {
                            if let Some(raw) = self.cell(&tag, row, col)? {
                                let (last_row, last_col) =
                                    (row.saturating_add(rows - 1), col.saturating_add(columns - 1));
                                if last_row >= MAX_ROWS || last_col >= MAX_COLUMNS {
                                    return Err(Refusal::FarCell(self.sheet.clone(), last_row, last_col));
                                }
                                cells.push((col, columns, raw));
                            }
                            col = col.saturating_add(columns);
                        }
                        // Hidden under a merged cell.
                        "table:covered-table-cell" => {
                            self.skip(&tag)?;
                            col = col.saturating_add(columns);
                        }
                        _ => self.skip(&tag)?,
                    }
                }
                Step::End(name) if name == "table:table-row" => break,
                Step::Eof => return Err(DAMAGED),
                Step::End(_) | Step::Text(_) => {}
            }
        }
        if !cells.is_empty() {
            for row in row..row.saturating_add(rows) {
                for (col, columns, raw) in &cells {
                    for col in *col..col.saturating_add(*columns) {
                        self.collector.cell(row, col, raw.clone())?;
                    }
                }
            }
        }
        Ok(rows)
    }

    /// Reads a cell at zero-based `row` and `col`; `None` when it is blank.
    fn cell(&mut self, tag: &BytesStart<'_>, row: u32, col: u32) -> Result<Option<Raw>, Refusal> {
        let mut shown = String::new();
        let mut paragraphs = 0;
        loop {
            match self.next()? {
                Step::Start(inner) if inner.name().0 == "text:p" => {
                    if paragraphs > 0 {
                        shown.push('\n');
                    }
                    paragraphs += 1;
                    self.paragraph(&mut shown)?;
                    if shown.len() > 4 * MAX_CELL_CHARS {
                        return Err(Refusal::LongText(self.sheet.clone(), row, col));
                    }
                }
                // Comments, drawings, charts.
                Step::Start(inner) => self.skip(&inner)?,
                Step::End(name) if name == "table:table-cell" => break,
                Step::Eof => return Err(DAMAGED),
                Step::End(_) | Step::Text(_) => {}
            }
        }
        Ok(value(tag, shown).filter(|raw| !matches!(raw, Raw::Text(text) if text.trim().is_empty())))
    }

    /// Appends the text of the paragraph just opened.
    fn paragraph(&mut self, shown: &mut String) -> Result<(), Refusal> {
        let mut depth = 1_usize;
        while depth > 0 {
            match self.next()? {
                Step::Start(tag) => match tag.name().0 {
                    "office:annotation" | "text:note" | "text:ruby-text" => self.skip(&tag)?,
                    name => {
                        match name {
                            "text:s" => {
                                let count = repeats(&tag, "text:c").min(MAX_CELL_CHARS as u32 + 1);
                                shown.extend((0..count).map(|_| ' '));
                            }
                            "text:tab" => shown.push('\t'),
                            "text:line-break" => shown.push('\n'),
                            _ => {}
                        }
                        depth += 1;
                    }
                },
                Step::End(_) => depth -= 1,
                Step::Text(text) => shown.push_str(&text),
                Step::Eof => return Err(DAMAGED),
            }
            if shown.len() > 4 * MAX_CELL_CHARS {
                return Ok(());
            }
        }
        Ok(())
    }
}

/// How often an element is repeated: at least once.
fn repeats(tag: &BytesStart<'_>, name: &str) -> u32 {
    attribute(tag, name)
        .map_or(1, |count| count.trim().parse::<u64>().unwrap_or(1).clamp(1, u64::from(u32::MAX)) as u32)
}

/// A character reference or one of the five entities of XML; anything else has been refused before.
fn character(name: &BytesRef<'_>) -> String {
    match name.resolve_char_ref() {
        Ok(Some(letter)) => letter.to_string(),
        _ => quick_xml::escape::resolve_predefined_entity(&name.xml10_content()).unwrap_or_default().to_owned(),
    }
}

/// The value of a cell from its tag and the text it shows.
fn value(tag: &BytesStart<'_>, shown: String) -> Option<Raw> {
    let (mut kind, mut formula, mut error, mut held) = (String::new(), None, false, None);
    for attribute in tag.attributes().with_checks(false).flatten() {
        let text =
            || attribute.normalized_value(XmlVersion::Implicit1_0).map(|text| text.into_owned()).unwrap_or_default();
        match attribute.key.0 {
            "office:value-type" => kind = text(),
            "calcext:value-type" => error = text() == "error",
            "table:formula" => formula = Some(text()),
            "office:value" | "office:date-value" | "office:boolean-value" | "office:string-value" => {
                held = Some(text())
            }
            _ => {}
        }
    }
    let failed = formula.is_some().then(|| italian_error(shown.trim())).flatten();
    if error || failed.is_some() {
        return Some(Raw::Error(failed.or(italian_error(shown.trim())).map_or(shown, str::to_owned)));
    }
    match kind.as_str() {
        "float" | "percentage" | "currency" => match held.as_deref().map(|held| held.trim().parse::<f64>()) {
            Some(Ok(number_held)) => Some(number(number_held, zeros(&shown))),
            _ => Some(Raw::Text(shown)),
        },
        "date" => held.as_deref().and_then(iso_date).map(Raw::Date).or(Some(Raw::Text(shown))),
        "boolean" => Some(Raw::Bool(held.as_deref() == Some("true") || held.as_deref() == Some("TRUE"))),
        "" if shown.is_empty() => {
            let formula = formula?;
            let (_, plain) = formula.split_once(":=").unwrap_or(("", formula.trim_start_matches('=')));
            Some(Raw::Uncalculated(format!("={plain}")))
        }
        "string" => Some(Raw::Text(held.filter(|held| !held.is_empty()).unwrap_or(shown))),
        _ => Some(Raw::Text(shown)),
    }
}

/// The display format of a whole number shown with leading zeros ("00123" gives "00000").
fn zeros(shown: &str) -> Option<std::sync::Arc<str>> {
    let padded =
        (2..=40).contains(&shown.len()) && shown.starts_with('0') && shown.bytes().all(|byte| byte.is_ascii_digit());
    padded.then(|| "0".repeat(shown.len()).into())
}
