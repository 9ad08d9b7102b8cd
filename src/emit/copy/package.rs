//! The edit of an `.xlsx`: the worksheet of the register, and what must agree with it. `None` wherever the package is built
//! in a way that is not followed, so that the workbook is written anew instead of being broken.

use super::area::Area;
use super::parts::{Package, relations_of};
use super::plan::{Plan, SHEET, is_register};
use super::sheet::Worksheet;
use super::style::Styles;
use super::xml::{Edit, Step, splice, walk};
use crate::bill::Entry;
use crate::emit::EmitError;
use crate::table::Workbook;

/// Name space of a new worksheet, and the one of workbooks that keep to the strict form of the standard.
const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const STRICT_MAIN: &str = "http://purl.oclc.org/ooxml/spreadsheetml/main";
const CONTENT_TYPE: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml";
/// Names tried for a new part.
const MOST_SHEETS: usize = 10_000;

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

/// The workbook part.
struct Book {
    path: String,
    xml: String,
    /// Days are counted from 1904.
    is_1904: bool,
    /// Position of the register among the sheets, and its part.
    sheet: Option<(usize, String)>,
    styles: String,
}

impl Book {
    fn of(package: &mut Package<'_>) -> Option<Self> {
        let path = package.relations("")?.into_iter().find(|it| it.kind == "officeDocument")?.target;
        let xml = package.text(&path)?;
        let relations = package.relations(&path)?;
        let styles = relations.iter().find(|it| it.kind == "styles")?.target.clone();
        let (mut is_1904, mut count, mut found) = (false, 0, None);
        walk(&xml, |step| {
            let Step::Open(tag) = step else { return };
            if tag.is("workbookPr") {
                is_1904 = tag.attribute("date1904").is_some_and(|it| matches!(it.as_str(), "1" | "true" | "on"));
            } else if tag.is("sheet") {
                let is_ours = tag.attribute("name").is_some_and(|name| is_register(&name));
                let relation = relations.iter().find(|it| Some(&it.id) == tag.attribute("id").as_ref());
                if let (true, None, Some(relation)) = (is_ours, &found, relation)
                    && relation.kind == "worksheet"
                {
                    found = Some((count, relation.target.clone()));
                }
                count += 1;
            }
        })?;
        Some(Self { path, xml, is_1904, sheet: found, styles })
    }
}

/// True where all was written.
fn write(package: &mut Package<'_>, book: &Book, tables: &Workbook, entries: &[Entry]) -> Result<bool, EmitError> {
    let Some(style_xml) = package.text(&book.styles) else { return Ok(false) };
    let Some(mut styles) = Styles::of(&style_xml) else { return Ok(false) };
    let main = if book.xml.contains(STRICT_MAIN) { STRICT_MAIN } else { MAIN };
    let empty = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<worksheet xmlns=\"{main}\"><sheetData/></worksheet>"
    );
    let (place, part, xml) = match &book.sheet {
        Some((place, part)) => {
            let Some(xml) = package.text(part) else { return Ok(false) };
            (Some(*place), part.clone(), xml)
        }
        None => {
            let Some(part) = added(package, book) else { return Ok(false) };
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

/// Makes room for a new worksheet: its line in the workbook, in the relationships and among the types. Gives the path of its
/// part.
fn added(package: &mut Package<'_>, book: &Book) -> Option<String> {
    let folder = book.path.rsplit_once('/').map_or("", |(folder, _)| folder);
    let base = if folder.is_empty() { String::new() } else { format!("{folder}/") };
    let part = (1..MOST_SHEETS).map(|n| format!("{base}worksheets/sheet{n}.xml")).find(|path| !package.has(path))?;

    let relations = relations_of(&book.path);
    let rels = package.text(&relations)?;
    let ids: Vec<String> = package.relations(&book.path)?.into_iter().map(|it| it.id).collect();
    let id = (1..MOST_SHEETS)
        .map(|n| format!("rId{n}"))
        .find(|id| !ids.contains(id) && !rels.contains(&format!("\"{id}\"")))?;
    let target = part.get(base.len()..)?;
    let (mut number, mut prefix) = (0, None);
    walk(&book.xml, |step| {
        let Step::Open(tag) = step else { return };
        if tag.is("sheet") {
            number = number.max(tag.number("sheetId").unwrap_or(0));
            // The prefix of relationships, whatever it is called; some programs declare it on every line.
            let whole = book.xml.get(tag.span.clone()).unwrap_or_default();
            let found = whole.split_whitespace().filter_map(|word| word.split_once(":id=")).next();
            prefix = prefix.take().or_else(|| found.map(|(prefix, _)| prefix.to_owned()));
        }
    })?;
    let relation = prefix?;
    let (_, declared) = book.xml.split_once(&format!("xmlns:{relation}="))?;
    let space = declared.get(1..)?.split(declared.chars().next()?).next()?;
    let xml = before_end(&book.xml, "sheets", |prefix| {
        format!(
            "<{prefix}sheet name=\"{SHEET}\" sheetId=\"{}\" xmlns:{relation}=\"{space}\" {relation}:id=\"{id}\"/>",
            number + 1
        )
    })?;

    let rels = before_end(&rels, "Relationships", |prefix| {
        format!("<{prefix}Relationship Id=\"{id}\" Type=\"{space}/worksheet\" Target=\"{target}\"/>")
    })?;

    let types = "[Content_Types].xml";
    let list = package.text(types)?;
    let list = before_end(&list, "Types", |prefix| {
        format!("<{prefix}Override PartName=\"/{part}\" ContentType=\"{CONTENT_TYPE}\"/>")
    })?;
    package.replace(&relations, rels);
    package.replace(&book.path, xml);
    package.replace(types, list);
    Some(part)
}

/// The part with something more as the last thing inside an element; `new` is told the element's prefix.
fn before_end(xml: &str, element: &str, new: impl Fn(&str) -> String) -> Option<String> {
    let (mut prefix, mut end) = (String::new(), None);
    walk(xml, |step| match step {
        Step::Open(tag) if tag.is(element) => prefix = tag.prefix(),
        Step::Close(name, span, _) if name == element => end = Some(span.start),
        _ => {}
    })?;
    let at = end?;
    splice(xml, vec![(at..at, new(&prefix))])
}
