//! The sheet that lists the findings, first of an annotated workbook: each with a link to its cell. A hidden column keeps how
//! the coloured cells looked before, for the next run.

use std::collections::BTreeMap;

use quick_xml::escape::{escape, partial_escape};

use super::area::{name, position};
use super::format::Formats;
use super::look::{Fill, Look};
use super::marks::Spot;
use crate::diagnostic::{Diagnostic, Summary};
use crate::emit::words::printable;
use crate::italian::{count, fold};
use crate::rule::Severity;
use crate::table::{Raw, Sheet};

/// Name of the sheet, unless the clerk has one of that name.
pub(super) const SHEET: &str = "Controllo";
/// First cell of the sheet: by it a later run knows the sheet.
const TITLE: &str = "Controllo di Scrivano";
/// Column of the looks, zero-based, and their header.
const LOOKS: u32 = 8;
const LOOKS_HEADER: &str = "aspetto";
/// Row of the headers, zero-based.
const HEADER: u32 = 4;
/// Header and width of the columns.
const COLUMNS: [(&str, u32); 8] = [
    ("gravità", 10),
    ("regola", 9),
    ("foglio", 15),
    ("cella", 8),
    ("ente", 16),
    ("messaggio", 62),
    ("che cosa fare", 48),
    ("norma", 30),
];
/// Most links of a sheet: the format allows 65,530.
const MOST_LINKS: usize = 60_000;
/// Longest text of a cell, in characters.
const LONGEST: usize = 32_000;
/// Height of a line, and of the tallest row, in points.
const LINE: usize = 15;
const TALLEST: usize = 400;

/// What cells are coloured with: errors, warnings, notes.
pub(super) fn colour(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "FFF9C9C3",
        Severity::Warning => "FFFDE9B0",
        Severity::Note => "FFDCE8F5",
    }
}

/// True for the sheet of findings of an annotated workbook.
pub fn is_ours(sheet: &Sheet) -> bool {
    let first = sheet.rows.first().filter(|row| row.index == 0).and_then(|row| row.get(0));
    fold(&sheet.name).starts_with(&fold(SHEET))
        && first.is_some_and(|cell| matches!(&cell.raw, Raw::Text(text) if text == TITLE))
}

/// How cells looked before an earlier run, by sheet and cell.
pub(super) fn looks(sheet: &Sheet) -> BTreeMap<(String, Spot), Look> {
    let text = |row: &crate::table::Row, col: u32| match row.get(col).map(|cell| &cell.raw) {
        Some(Raw::Text(text)) => Some(text.clone()),
        _ => None,
    };
    let rows = sheet.rows.iter().filter(|row| row.index > HEADER);
    let look = |row: &crate::table::Row| {
        Some(((fold(&text(row, 2)?), position(&text(row, 3)?)?), Look::parse(&text(row, LOOKS)?)?))
    };
    rows.filter_map(look).collect()
}

/// A finding as the sheet lists it.
pub(super) struct Line<'a> {
    pub(super) finding: &'a Diagnostic,
    /// Sheet as in the file, and cell.
    pub(super) spot: Option<(&'a str, Spot)>,
    /// How the cell looked, with its first finding.
    pub(super) look: Option<&'a Look>,
}

/// The worksheet. `about` says which workbook was checked, and on which day.
pub(super) fn worksheet(lines: &[Line<'_>], about: &str, space: &str, formats: &mut Formats<'_>) -> String {
    let style = Style::of(formats);
    let findings: Vec<Diagnostic> = lines.iter().map(|line| line.finding.clone()).collect();
    let mut rows = vec![
        row(0, 24, &[cell(0, 0, TITLE, style.title)]),
        row(1, LINE, &[cell(1, 0, &format!("{about}: {}", totals(Summary::of(&findings))), style.plain)]),
        row(
            2,
            LINE,
            &[
                cell(2, 0, "errore", style.of_severity(Severity::Error)),
                cell(2, 1, "avviso", style.of_severity(Severity::Warning)),
                cell(2, 2, "nota", style.of_severity(Severity::Note)),
                cell(
                    2,
                    3,
                    "Le celle segnalate hanno questi colori, e un commento che dice che cosa non va.",
                    style.plain,
                ),
            ],
        ),
        row(
            3,
            LINE,
            &[cell(
                3,
                0,
                "Corrette le celle e salvato il foglio, ripetere il controllo: colori, commenti e questo elenco si rifanno da soli.",
                style.plain,
            )],
        ),
    ];
    let mut header: Vec<String> =
        (0..).zip(COLUMNS).map(|(col, (text, _))| cell(HEADER, col, text, style.header)).collect();
    header.push(cell(HEADER, LOOKS, LOOKS_HEADER, style.header));
    rows.push(row(HEADER, 20, &header));
    let mut links = String::new();
    for (number, line) in (0..).zip(lines) {
        let index = HEADER + 1 + number;
        rows.push(listed(index, line, &style));
        if let (Some((sheet, at)), true) = (line.spot, (number as usize) < MOST_LINKS) {
            let target = format!("'{}'!{}", sheet.replace('\'', "''"), name(at.0, at.1));
            links.push_str(&format!(
                "<hyperlink ref=\"{}\" location=\"{}\" display=\"{}\"/>",
                name(index, 3),
                escape(target.as_str()),
                name(at.0, at.1)
            ));
        }
    }
    if lines.is_empty() {
        rows.push(row(HEADER + 1, LINE, &[cell(HEADER + 1, 0, "Nessuna segnalazione.", style.plain)]));
    }
    let last = HEADER + u32::try_from(lines.len().max(1)).unwrap_or(1);
    let cols: String = (1..)
        .zip(COLUMNS)
        .map(|(col, (_, width))| format!("<col min=\"{col}\" max=\"{col}\" width=\"{width}\" customWidth=\"1\"/>"))
        .collect();
    let filter = format!("A{}:{}", HEADER + 1, name(last, LOOKS - 1));
    let links = if links.is_empty() { links } else { format!("<hyperlinks>{links}</hyperlinks>") };
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<worksheet xmlns=\"{space}\"><sheetPr><tabColor \
         rgb=\"FF862417\"/><pageSetUpPr fitToPage=\"1\"/></sheetPr><dimension ref=\"A1:{}\"/><sheetViews><sheetView \
         showGridLines=\"0\" tabSelected=\"1\" workbookViewId=\"0\"><pane ySplit=\"{split}\" topLeftCell=\"A{next}\" \
         activePane=\"bottomLeft\" state=\"frozen\"/></sheetView></sheetViews><sheetFormatPr defaultRowHeight=\"15\"/><cols>{cols}\
         <col min=\"{looks}\" max=\"{looks}\" width=\"10\" hidden=\"1\" customWidth=\"1\"/></cols><sheetData>{}</sheetData>\
         <autoFilter ref=\"{filter}\"/>{links}<pageMargins left=\"0.4\" right=\"0.4\" top=\"0.5\" bottom=\"0.5\" header=\"0.3\" \
         footer=\"0.3\"/><pageSetup paperSize=\"9\" orientation=\"landscape\" fitToHeight=\"0\"/></worksheet>",
        name(last, LOOKS),
        rows.concat(),
        split = HEADER + 1,
        next = HEADER + 2,
        looks = LOOKS + 1,
    )
}

/// "3 errori, 1 avviso, 2 note".
fn totals(summary: Summary) -> String {
    format!(
        "{}, {}, {}.",
        count(summary.errors, "errore", "errori"),
        count(summary.warnings, "avviso", "avvisi"),
        count(summary.notes, "nota", "note")
    )
}

fn listed(index: u32, line: &Line<'_>, style: &Style) -> String {
    let found = line.finding;
    let (sheet, at) = match line.spot {
        Some((sheet, at)) => (sheet.to_owned(), name(at.0, at.1)),
        None => (found.place.to_string(), String::new()),
    };
    let mut message = found.message.clone();
    if !found.related.is_empty() {
        let places: Vec<String> = found.related.iter().take(6).map(ToString::to_string).collect();
        message.push_str(&format!(
            " (vedi anche {}{})",
            places.join(", "),
            if found.related.len() > 6 { ", …" } else { "" }
        ));
    }
    let whose = match (&found.body, &found.act) {
        (Some(body), Some(act)) => format!("{body}, {act}"),
        (body, act) => body.clone().or_else(|| act.clone()).unwrap_or_default(),
    };
    let texts = [found.severity.italian(), found.code, &sheet, &at, &whose, &message, &found.hint, found.law];
    let tall = texts
        .iter()
        .zip(COLUMNS)
        .map(|(text, (_, width))| lines(text, (width - width / 8) as usize))
        .max()
        .unwrap_or(1);
    let mut cells: Vec<String> = Vec::new();
    for (col, text) in (0..).zip(texts) {
        let style = match col {
            0 => style.of_severity(found.severity),
            3 => style.link,
            _ => style.text,
        };
        cells.push(cell(index, col, text, style));
    }
    cells.extend(line.look.map(|look| cell(index, LOOKS, &look.line(), style.plain)));
    row(index, (tall * LINE).min(TALLEST), &cells)
}

/// Lines that a text takes, broken at words.
fn lines(text: &str, width: usize) -> usize {
    let (mut count, mut used) = (1, 0);
    for word in text.split(' ').map(|word| word.chars().count()) {
        if used > 0 && used + 1 + word > width {
            count += 1;
            used = 0;
        }
        count += word.saturating_sub(1) / width.max(1);
        used += word + usize::from(used > 0);
    }
    count
}

fn row(index: u32, height: usize, cells: &[String]) -> String {
    format!("<row r=\"{}\" ht=\"{height}\" customHeight=\"1\">{}</row>", index + 1, cells.concat())
}

/// A cell of text: never a formula, whatever it begins with.
fn cell(row: u32, col: u32, text: &str, style: u32) -> String {
    let text: String = printable(text).chars().take(LONGEST).collect();
    let (at, text) = (name(row, col), partial_escape(text.as_str()));
    if text.is_empty() {
        return format!("<c r=\"{at}\" s=\"{style}\"/>");
    }
    format!("<c r=\"{at}\" s=\"{style}\" t=\"inlineStr\"><is><t xml:space=\"preserve\">{text}</t></is></c>")
}

/// The formats of the sheet.
struct Style {
    title: u32,
    plain: u32,
    header: u32,
    text: u32,
    link: u32,
    severities: [u32; 3],
}

impl Style {
    fn of(formats: &mut Formats<'_>) -> Self {
        let font = |inside: &str| format!("<font>{inside}<name val=\"Calibri\"/><family val=\"2\"/></font>");
        let plain = font("<sz val=\"11\"/><color rgb=\"FF1F1F1F\"/>");
        let none = "<border><left/><right/><top/><bottom/><diagonal/></border>";
        let line = "<border><left/><right/><top/><bottom style=\"hair\"><color rgb=\"FF9AA5B1\"/></bottom><diagonal/></border>";
        let wrapped = "<alignment horizontal=\"left\" vertical=\"top\" wrapText=\"1\" indent=\"1\"/>";
        let top = "<alignment vertical=\"top\"/>";
        let dark = Fill::solid("FF1F3A5F");
        let mut severity = |severity: Severity| {
            formats.own(
                &plain,
                Some(&Fill::solid(colour(severity))),
                line,
                "<alignment horizontal=\"center\" vertical=\"top\"/>",
            )
        };
        let severities = [severity(Severity::Error), severity(Severity::Warning), severity(Severity::Note)];
        Self {
            severities,
            title: formats.own(&font("<b/><sz val=\"16\"/><color rgb=\"FF1F3A5F\"/>"), None, none, top),
            plain: formats.own(&plain, None, none, top),
            header: formats.own(
                &font("<b/><sz val=\"11\"/><color rgb=\"FFFFFFFF\"/>"),
                Some(&dark),
                none,
                "<alignment horizontal=\"left\" vertical=\"center\" indent=\"1\"/>",
            ),
            text: formats.own(&plain, None, line, wrapped),
            link: formats.own(&font("<u/><sz val=\"11\"/><color rgb=\"FF0B5394\"/>"), None, line, top),
        }
    }

    fn of_severity(&self, severity: Severity) -> u32 {
        let [error, warning, note] = self.severities;
        match severity {
            Severity::Error => error,
            Severity::Warning => warning,
            Severity::Note => note,
        }
    }
}
