//! Which column is which field: takes what the schema finds in the header row, tells missing, unknown and doubled columns.

use crate::check::Findings;
use crate::diagnostic::Diagnostic;
use crate::italian::{fold, nearest};
use crate::place::Place;
use crate::rule::Severity;
use crate::schema::{Column, SheetSpec, header_row, header_text, matching};
use crate::table::Sheet;

/// Where the fields of a sheet are.
#[derive(Debug)]
pub struct Located {
    /// Zero-based index in `sheet.rows` of the first row of data.
    pub first: usize,
    /// Zero-based sheet column of each field found, in order of column.
    pub columns: Vec<(u32, &'static Column)>,
}

/// True where a header is the name of a column with words after it.
fn is_begun_by(header: &str, name: &str) -> bool {
    fold(header).strip_prefix(&fold(&name.replace('_', " "))).is_some_and(|rest| rest.starts_with(' '))
}

/// Finds the header of a sheet laid out in rows. Reports WB-02, WB-05, WB-09.
pub fn locate(sheet: &Sheet, spec: &'static SheetSpec, findings: &mut Findings) -> Option<Located> {
    let Some(header) = header_row(sheet, spec) else {
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
        let told = Diagnostic::new("WB-05", place, format!("la colonna «{text}» non è prevista"));
        // "Abitanti al 31/12/2024": the name of a column that is missing, and something more.
        let begun = known.clone().filter(|name| is_begun_by(&text, name)).max_by_key(|name| name.len());
        findings.push(match (begun, nearest(&text, known)) {
            (Some(name), _) => told.severity(Severity::Warning).hint(format!(
                "la colonna non viene letta: se è «{name}», scrivere nell’intestazione soltanto quel nome"
            )),
            (None, Some(near)) => told.hint(format!("forse si voleva «{near}»")),
            (None, None) => told.hint("la colonna non viene letta; se serve solo a voi va bene così"),
        });
    }
    let required_missing = spec.columns.iter().any(|column| column.required && missing(column.name));
    // Without its key columns a sheet says nothing: better no records than wrong ones.
    (!required_missing || columns.len() >= 3).then_some(Located { first: header + 1, columns })
}
