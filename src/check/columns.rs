//! Which column is which field: finds the header row, matches headers, tells missing, unknown and doubled columns.
//!
//! Title rows above the header are skipped; headers are compared after folding, with the schema's synonyms.

use crate::check::Findings;
use crate::diagnostic::Diagnostic;
use crate::italian::{fold, nearest};
use crate::place::Place;
use crate::schema::{Column, SheetSpec};
use crate::table::{Raw, Sheet};

/// Rows looked at in search of the header.
const HEADER_SEARCH: usize = 40;

/// Where the fields of a sheet are.
#[derive(Debug)]
pub struct Located {
    /// Zero-based index in `sheet.rows` of the first row of data.
    pub first: usize,
    /// Zero-based sheet column of each field found, in order of column.
    pub columns: Vec<(u32, &'static Column)>,
}

/// The text of a header cell; a number is a header too ("2026").
fn header_text(raw: &Raw) -> Option<String> {
    match raw {
        Raw::Text(text) => Some(text.split_whitespace().collect::<Vec<_>>().join(" ")).filter(|text| !text.is_empty()),
        Raw::Number(number, _) => Some(number.clone()),
        _ => None,
    }
}

/// The column of the contract that a header means.
pub fn matching(spec: &SheetSpec, header: &str) -> Option<&'static Column> {
    // A trailing "*" or an explanation in brackets is a habit of forms: "Codice fiscale (11 cifre)".
    let bare = header.split(['(', '[', '*']).next().unwrap_or(header);
    let folded = fold(bare);
    let same = |column: &&Column| [column.name].iter().chain(column.synonyms).any(|name| fold(name) == folded);
    spec.columns.iter().find(|column| fold(column.name) == folded).or_else(|| spec.columns.iter().find(same))
}

/// Finds the header of a sheet laid out in rows. Reports WB-02, WB-05, WB-09.
pub fn locate(sheet: &Sheet, spec: &'static SheetSpec, findings: &mut Findings) -> Option<Located> {
    let matches = |row: &crate::table::Row| {
        row.cells.iter().filter_map(|cell| header_text(&cell.raw)).filter_map(|text| matching(spec, &text)).count()
    };
    let candidates = sheet.rows.iter().take(HEADER_SEARCH).enumerate();
    let best = candidates.map(|(index, row)| (matches(row), index)).max_by_key(|(n, index)| (*n, usize::MAX - index));
    let Some((found, header)) = best.filter(|(n, _)| *n >= 2) else {
        let names = spec.columns.iter().filter(|c| c.required).map(|c| c.name).collect::<Vec<_>>().join("», «");
        findings.push(
            Diagnostic::new(
                "WB-02",
                Place::Sheet(sheet.name.clone()),
                format!("nel foglio «{}» non si trova la riga delle intestazioni", sheet.name),
            )
            .hint(format!("servono almeno le colonne «{names}», tutte sulla stessa riga")),
        );
        return None;
    };
    debug_assert!(found >= 2);
    let row = sheet.rows.get(header)?;
    let mut columns: Vec<(u32, &'static Column)> = Vec::new();
    let mut unknown = Vec::new();
    for cell in &row.cells {
        let place = sheet.place(row.index, cell.col);
        let Some(text) = header_text(&cell.raw) else { continue };
        match matching(spec, &text) {
            Some(column) => match columns.iter().find(|(_, known)| known.name == column.name) {
                Some((first, _)) => findings.push(
                    Diagnostic::new("WB-09", place, format!("la colonna «{}» c’è due volte", column.name))
                        .hint("lasciare una sola colonna, o dare all’altra un nome diverso")
                        .related(sheet.place(row.index, *first)),
                ),
                None => columns.push((cell.col, column)),
            },
            None => unknown.push((place, text)),
        }
    }
    let missing = |name: &str| !columns.iter().any(|(_, column)| column.name == name);
    for column in spec.columns.iter().filter(|column| column.required && missing(column.name)) {
        let near = nearest(column.name, unknown.iter().map(|(_, text)| text.as_str()));
        let hint = match near {
            Some(near) => format!("c’è una colonna «{near}»: se è quella, va chiamata «{}»", column.name),
            None => format!("aggiungere la colonna «{}»: {}", column.name, column.note),
        };
        findings.push(
            Diagnostic::new(
                "WB-02",
                sheet.place(row.index, 0),
                format!("nel foglio «{}» manca la colonna «{}»", sheet.name, column.name),
            )
            .hint(hint),
        );
    }
    for (place, text) in unknown {
        let known = spec.columns.iter().map(|c| c.name).filter(|name| missing(name));
        let hint = match nearest(&text, known) {
            Some(near) => format!("forse si voleva «{near}»"),
            None => "la colonna non viene letta; se serve solo a voi va bene così".to_owned(),
        };
        findings.push(Diagnostic::new("WB-05", place, format!("la colonna «{text}» non è prevista")).hint(hint));
    }
    let required_missing = spec.columns.iter().any(|column| column.required && missing(column.name));
    // Without its key columns a sheet says nothing: better no records than wrong ones.
    (!required_missing || columns.len() >= 3).then_some(Located { first: header + 1, columns })
}
