//! The edit of an `.xlsx`: the worksheet of the register, and what must agree with it. `None` wherever the package is built
//! in a way that is not followed, so that the workbook is written anew instead of being broken.

use super::area::Area;
use super::book::{Book, End};
use super::parts::Package;
use super::plan::{Plan, SHEET, is_register};
use super::sheet::Worksheet;
use super::style::Styles;
use super::xml::{Edit, Step, splice, walk};
use crate::bill::Entry;
use crate::emit::EmitError;
use crate::table::Workbook;

/// The package with the register written; `None` for bytes that are no such package.
///
/// # Errors
/// As [`super::register_copy`].
pub(super) fn edited(bytes: &[u8], tables: &Workbook, entries: &[Entry]) -> Result<Option<Vec<u8>>, EmitError> {
    let Some(mut package) = Package::open(bytes) else { return Ok(None) };
    let Some(book) = Book::of(&mut package) else { return Ok(None) };
    if !write(&mut package, &book, tables, entries)? {
        return Ok(None);
    }
    package.finish().map(Some)
}

/// True where all was written.
fn write(package: &mut Package<'_>, book: &Book, tables: &Workbook, entries: &[Entry]) -> Result<bool, EmitError> {
    let Some(style_xml) = package.text(&book.styles) else { return Ok(false) };
    let Some(mut styles) = Styles::of(&style_xml) else { return Ok(false) };
    let empty = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<worksheet xmlns=\"{}\"><sheetData/></worksheet>",
        book.space()
    );
    let (place, part, xml) = match book.sheets.iter().position(|sheet| is_register(&sheet.name)) {
        Some(place) => {
            let Some(part) = book.sheets.get(place).map(|sheet| sheet.part.clone()) else { return Ok(false) };
            let Some(xml) = package.text(&part) else { return Ok(false) };
            (Some(place), part, xml)
        }
        None => {
            let Some(part) = book.add_sheet(package, SHEET, End::Last) else { return Ok(false) };
            (None, part, empty)
        }
    };
    let Some(sheet) = Worksheet::of(&xml) else { return Ok(false) };
    let plan = Plan::of(tables, entries, sheet.free())?;
    if plan.cells.is_empty() {
        return Ok(true);
    }
    let (edits, filter) = sheet.edits(&plan, &mut styles, book.is_1904);
    let Some(text) = splice(&xml, edits) else { return Ok(false) };
    let formulas = sheet.has_formulas || package.has(&calculation_chain(&book.path));
    match place {
        Some(_) => package.replace(&part, text),
        None => package.add(part.clone(), text),
    }
    if let Some(text) = styles.changed() {
        package.replace(&book.styles, text);
    }
    if let Some(place) = place {
        grow_tables(package, &part, &plan);
        let place = book.sheets.get(place).map_or(place, |sheet| sheet.place);
        agree(package, book, place, filter, formulas);
    }
    Ok(true)
}

fn calculation_chain(book: &str) -> String {
    book.rsplit_once('/').map_or_else(|| "calcChain.xml".to_owned(), |(folder, _)| format!("{folder}/calcChain.xml"))
}

/// The hidden name of the filter follows it; what formulas gave before is calculated again when the file is opened.
fn agree(package: &mut Package<'_>, book: &Book, place: usize, filter: Option<Area>, formulas: bool) {
    let Some(xml) = package.text(&book.path) else { return };
    let mut edits: Vec<Edit> = Vec::new();
    let mut is_name = false;
    let walked = walk(&xml, |step| match step {
        Step::Open(tag) if tag.is("definedName") => {
            let is_filter = tag.attribute("name").is_some_and(|name| name == "_xlnm._FilterDatabase");
            is_name = is_filter && tag.number("localSheetId").and_then(|id| usize::try_from(id).ok()) == Some(place);
        }
        Step::Text(span) if is_name => {
            let text = xml.get(span.clone()).unwrap_or_default();
            if let (Some(at), Some(area)) = (text.rfind('!'), filter) {
                edits.push((span.start + at + 1..span.end, area.fixed_name()));
            }
            is_name = false;
        }
        Step::Open(tag) if tag.is("calcPr") && formulas => match tag.value_span(&xml, "fullCalcOnLoad") {
            Some(span) => edits.push((span, "1".to_owned())),
            None => {
                let end = tag.span.end - if tag.is_empty { 2 } else { 1 };
                edits.push((end..end, " fullCalcOnLoad=\"1\"".to_owned()));
            }
        },
        Step::Close(name, ..) if name == "definedName" => is_name = false,
        _ => {}
    });
    if let (Some(()), false) = (walked, edits.is_empty())
        && let Some(text) = splice(&xml, edits)
    {
        package.replace(&book.path, text);
    }
}

/// Tables that hold the header grow over the rows added right under them, unless they end with their own totals.
fn grow_tables(package: &mut Package<'_>, part: &str, plan: &Plan) {
    let tables = package.relations(part).unwrap_or_default().into_iter().filter(|it| it.kind == "table");
    for path in tables.map(|it| it.target) {
        let Some(xml) = package.text(&path) else { continue };
        let mut edits: Vec<Edit> = Vec::new();
        let mut has_totals = false;
        let walked = walk(&xml, |step| {
            let Step::Open(tag) = step else { return };
            if tag.is("table") {
                has_totals = tag.number("totalsRowCount").is_some_and(|count| count > 0);
            }
            if tag.is("table") || tag.is("autoFilter") {
                let area = tag.attribute("ref").and_then(|area| Area::parse(&area)?.grown(plan));
                edits.extend(tag.value_span(&xml, "ref").zip(area).map(|(span, area)| (span, area.name())));
            }
        });
        if let (Some(()), false, false) = (walked, has_totals, edits.is_empty())
            && let Some(text) = splice(&xml, edits)
        {
            package.replace(&path, text);
        }
    }
}
