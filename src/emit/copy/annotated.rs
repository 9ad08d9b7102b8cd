//! The workbook given, with its findings: cells coloured, what is wrong as comments, a first sheet that lists everything.
//! Called by `pipeline` for `controlla --annota` and for the web desk.
//!
//! An `.xlsx` is edited in place as for the register: values, formulas, formats, widths, lists, tables, images stay as they
//! are. What an earlier run put there is taken out first, so that a workbook can be corrected and annotated again.

use std::collections::{BTreeMap, BTreeSet};

use super::book::{Book, End};
use super::comments::{self, Comments};
use super::format::Formats;
use super::look::{Colour, Fill, Look};
use super::marks::{Mark, Marks, Spot};
use super::parts::Package;
use super::report::{self, Line, colour};
use super::shapes;
use super::sheet::Worksheet;
use super::xml::{Edit, Step, splice, walk};
use crate::diagnostic::Diagnostic;
use crate::emit::{EmitError, workbook};
use crate::italian::fold;
use crate::rule::Severity;
use crate::table::Workbook;

/// Kinds of the parts that comments need.
const COMMENTS: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml";
const DRAWING: &str = "application/vnd.openxmlformats-officedocument.vmlDrawing";
/// The colour of letters that are too light for a coloured cell.
const DARK: &str = "FF1F1F1F";

/// A workbook with its findings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AnnotatedCopy {
    /// An `.xlsx`.
    pub bytes: Vec<u8>,
    /// True where all that was in the workbook is as it was; false where only names of sheets and values of cells are,
    /// because it was an `.ods`, an `.xls`, or a package built in a way that is not followed here.
    pub is_faithful: bool,
    /// True for a workbook with programs of its own: its name has to end in `.xlsm`.
    pub has_macros: bool,
    /// Cells at fault.
    pub cells: usize,
    /// Name of the sheet that lists the findings.
    pub sheet: String,
}

/// The copy of the workbook in `bytes`, which `read` has turned into `tables`, with these findings. `about` says which
/// workbook it is and on which day it was checked.
///
/// # Errors
/// A zip or a workbook that cannot be written.
pub fn annotated_copy(
    bytes: &[u8],
    tables: &Workbook,
    findings: &[Diagnostic],
    about: &str,
) -> Result<AnnotatedCopy, EmitError> {
    let marks = Marks::of(tables, findings);
    if let Some(copy) = edited(bytes, &marks, findings, about)? {
        return Ok(copy);
    }
    let anew = workbook::tables(tables)?;
    let copy = edited(&anew, &marks, findings, about)?;
    let copy = copy.ok_or_else(|| EmitError::Annotated("la cartella scritta da capo non si rilegge".to_owned()))?;
    Ok(AnnotatedCopy { is_faithful: false, ..copy })
}

/// `None` for bytes that are no package of a workbook, or one that is built in a way that is not followed.
fn edited(
    bytes: &[u8],
    marks: &Marks<'_>,
    findings: &[Diagnostic],
    about: &str,
) -> Result<Option<AnnotatedCopy>, EmitError> {
    let Some(mut package) = Package::open(bytes) else { return Ok(None) };
    let Some(sheet) = annotate(&mut package, marks, findings, about) else { return Ok(None) };
    let has_macros = package.text("[Content_Types].xml").is_some_and(|types| types.contains("macroEnabled"));
    let cells = marks.cells.values().map(BTreeMap::len).sum();
    Ok(Some(AnnotatedCopy { bytes: package.finish()?, is_faithful: true, has_macros, cells, sheet }))
}

/// What is said of a sheet that has nothing to say.
static NOTHING: BTreeMap<Spot, Mark> = BTreeMap::new();

fn annotate(package: &mut Package<'_>, marks: &Marks<'_>, findings: &[Diagnostic], about: &str) -> Option<String> {
    let book = Book::of(package)?;
    let (space, _) = book.relationships()?;
    let style_xml = package.text(&book.styles)?;
    let mut formats = Formats::of(&style_xml)?;
    let mut looks: BTreeMap<(&str, Spot), Look> = BTreeMap::new();
    let mut blocks = blocks(package, &book);
    for sheet in &book.sheets {
        if marks.earlier == Some(&sheet.name) {
            continue;
        }
        let wanted = marks.cells.iter().find(|(name, _)| **name == sheet.name);
        let (name, cells) = wanted.map_or(("", &NOTHING), |(name, cells)| (*name, cells));
        let xml = package.text(&sheet.part)?;
        let read = match Worksheet::of(&xml) {
            Some(read) => read,
            None if cells.is_empty() => continue,
            None => return None,
        };
        let mut edits: Vec<Edit> = read.selected.iter().map(|span| (span.clone(), "0".to_owned())).collect();
        let mut colouring =
            Colouring { sheet: &read, name: fold(&sheet.name), marks, formats: &mut formats, looks: BTreeMap::new() };
        colouring.cells(cells, &mut edits)?;
        looks.extend(colouring.looks.into_iter().map(|(at, look)| ((name, at), look)));
        let mut talk = Talk { package, part: &sheet.part, space: &space, main: book.space(), blocks: &mut blocks };
        if !cells.is_empty() || marks.earlier.is_some() {
            talk.over(&read, cells, &mut edits)?;
        }
        if !edits.is_empty() {
            package.replace(&sheet.part, splice(&xml, edits)?);
        }
    }
    let lines: Vec<Line<'_>> = findings
        .iter()
        .zip(&marks.spots)
        .enumerate()
        .map(|(index, (finding, spot))| {
            let is_first = |(sheet, at): &(&str, Spot)| {
                marks.cells.get(sheet).and_then(|cells| cells.get(at)).is_some_and(|mark| mark.first == index)
            };
            let look = spot.filter(is_first).and_then(|spot| looks.get(&spot));
            Line { finding, spot: *spot, look }
        })
        .collect();
    let sheet = report::worksheet(&lines, about, book.space(), &mut formats);
    let name = match book.sheets.iter().find(|sheet| marks.earlier == Some(&sheet.name)) {
        Some(earlier) => {
            package.put(&earlier.part, sheet);
            opened(package, &book.path, earlier.place, false)?;
            earlier.name.clone()
        }
        None => {
            let name = free_name(&book);
            let part = book.add_sheet(package, &name, End::First)?;
            package.add(part, sheet);
            opened(package, &book.path, 0, true)?;
            name
        }
    };
    if let Some(text) = formats.changed() {
        package.replace(&book.styles, text);
    }
    Some(name)
}

/// A name that no sheet has.
fn free_name(book: &Book) -> String {
    let is_free = |name: &String| !book.sheets.iter().any(|sheet| fold(&sheet.name) == fold(name));
    let first = report::SHEET.to_owned();
    let mut others =
        (1..).map(|n| if n == 1 { "Controllo Scrivano".to_owned() } else { format!("Controllo Scrivano {n}") });
    if is_free(&first) { first } else { others.find(is_free).unwrap_or(first) }
}

/// The sheet at a place is the one that opens; where it is a new first one, names bound to sheets follow theirs.
fn opened(package: &mut Package<'_>, path: &str, place: usize, is_new: bool) -> Option<()> {
    let xml = package.text(path)?;
    let mut edits: Vec<Edit> = Vec::new();
    walk(&xml, |step| {
        let Step::Open(tag) = step else { return };
        if tag.is("definedName") && is_new {
            let number = tag.number("localSheetId").map(|id| (id + 1).to_string());
            edits.extend(tag.value_span(&xml, "localSheetId").zip(number));
        } else if tag.is("workbookView") {
            edits.extend(tag.value_span(&xml, "firstSheet").map(|span| (span, "0".to_owned())));
            match tag.value_span(&xml, "activeTab") {
                Some(span) => edits.push((span, place.to_string())),
                None if place > 0 => {
                    let end = tag.span.end - if tag.is_empty { 2 } else { 1 };
                    edits.push((end..end, format!(" activeTab=\"{place}\"")));
                }
                None => {}
            }
        }
    })?;
    if !edits.is_empty() {
        package.replace(path, splice(&xml, edits)?);
    }
    Some(())
}

/// Cells of a sheet on their way to a colour, or back from it.
struct Colouring<'c, 'a, 'm, 'f> {
    sheet: &'c Worksheet<'a>,
    name: String,
    marks: &'c Marks<'m>,
    formats: &'c mut Formats<'f>,
    /// How the cells that are coloured looked.
    looks: BTreeMap<Spot, Look>,
}

impl Colouring<'_, '_, '_, '_> {
    fn cells(&mut self, cells: &BTreeMap<Spot, Mark>, edits: &mut Vec<Edit>) -> Option<()> {
        let mut missing: BTreeMap<u32, BTreeMap<u32, u32>> = BTreeMap::new();
        for (row, col) in cells.keys() {
            missing.entry(*row).or_default().insert(*col, 0);
        }
        let sheet = self.sheet;
        for row in &sheet.rows {
            for cell in &row.cells {
                let at = (row.index, cell.col);
                let mark = cells.get(&at);
                if mark.is_some()
                    && let Some(row) = missing.get_mut(&at.0)
                {
                    row.remove(&at.1);
                }
                if mark.is_none() && (self.marks.looks.is_none() || cell.style.is_none()) {
                    continue;
                }
                let old = cell.style.unwrap_or(0);
                let new = self.format(at, old, mark)?;
                if new != old {
                    let is_new = cell.style_at.is_empty();
                    edits.push((cell.style_at.clone(), if is_new { format!(" s=\"{new}\"") } else { new.to_string() }));
                }
            }
        }
        missing.retain(|_, row| !row.is_empty());
        for (row, cols) in &mut missing {
            for (col, style) in cols {
                *style = self.format((*row, *col), sheet.style_of_missing(*row, *col), cells.get(&(*row, *col)))?;
            }
        }
        let p = &sheet.prefix;
        edits.extend(sheet.put(&missing, &mut |row, col, style, _| {
            format!("<{p}c r=\"{}\" s=\"{style}\"/>", super::area::name(row, col))
        }));
        edits.extend(sheet.dimension_with(&missing));
        Some(())
    }

    /// The format that a cell takes: what it was before an earlier run, then the colour of its mark.
    fn format(&mut self, at: Spot, old: u32, mark: Option<&Mark>) -> Option<u32> {
        let mut format = old;
        if let Some(looks) = &self.marks.looks {
            let severities = [Severity::Error, Severity::Warning, Severity::Note];
            let fill = self.formats.fill(format);
            if fill.is_some_and(|fill| severities.iter().any(|severity| fill.is_solid(colour(*severity)))) {
                let look = looks.get(&(self.name.clone(), at)).cloned();
                let look = look.unwrap_or(Look { fill: Fill::none(), letters: None });
                format = self.formats.with(format, &look.fill, look.letters.as_ref())?;
            }
        }
        let Some(mark) = mark else { return Some(format) };
        // A shading of several colours is left as it is: the comment says what is wrong.
        let Some(fill) = self.formats.fill(format) else { return Some(format) };
        let letters = self.formats.letters(format).filter(Colour::is_light);
        let dark = letters.as_ref().map(|_| Colour::rgb(DARK));
        let new = self.formats.with(format, &Fill::solid(colour(mark.severity)), dark.as_ref());
        self.looks.insert(at, Look { fill, letters });
        new
    }
}

/// The comments of a sheet.
struct Talk<'t, 'p> {
    package: &'t mut Package<'p>,
    part: &'t str,
    /// Name spaces of relationships and of sheets.
    space: &'t str,
    main: &'t str,
    /// Blocks of identifiers that drawings have.
    blocks: &'t mut BTreeSet<u32>,
}

impl Talk<'_, '_> {
    fn over(&mut self, sheet: &Worksheet<'_>, cells: &BTreeMap<Spot, Mark>, edits: &mut Vec<Edit>) -> Option<()> {
        let relations = self.package.relations(self.part).unwrap_or_default();
        let known = relations.iter().find(|it| it.kind == "comments").map(|it| it.target.clone());
        if cells.is_empty() && known.as_ref().is_none_or(|path| !self.package.has(path)) {
            return Some(());
        }
        let path = match known {
            Some(path) => self.present(path, COMMENTS, || comments::empty(self.main))?,
            None => self.add("comments", COMMENTS, "comments", ".xml", comments::empty(self.main))?.0,
        };
        let xml = self.package.text(&path)?;
        let changed = Comments::of(&xml)?.with(cells)?;
        if changed.xml == xml {
            return Some(());
        }
        self.package.put(&path, changed.xml);
        let drawing = sheet.legacy.as_ref().and_then(|id| relations.iter().find(|it| it.id == *id));
        let path = match drawing {
            Some(drawing) => {
                let block = self.free_block()?;
                self.present(drawing.target.clone(), DRAWING, || shapes::empty(block))?
            }
            None => {
                let block = self.free_block()?;
                self.blocks.insert(block);
                let (path, id) =
                    self.add("vmlDrawing", DRAWING, "drawings/vmlDrawing", ".vml", shapes::empty(block))?;
                // One that names a relationship that is not there gives way: a sheet has one such tag.
                let names_nothing = !sheet.legacy_at.is_empty();
                let at = if names_nothing { sheet.legacy_at.clone() } else { sheet.before_legacy..sheet.before_legacy };
                let (space, p) = (self.space, &sheet.prefix);
                edits.push((at, format!("<{p}legacyDrawing xmlns:r=\"{space}\" r:id=\"{id}\"/>")));
                path
            }
        };
        let texts = cells.iter().map(|(at, mark)| (*at, mark.text.as_str())).collect();
        let xml = self.package.text(&path)?;
        let drawn = shapes::with(&xml, &changed.all, &changed.gone, &texts, sheet)?;
        self.blocks.extend(shapes::blocks(&drawn));
        if drawn != xml {
            self.package.put(&path, drawn);
        }
        Some(())
    }

    /// The part that the sheet names: made where the package names it and does not have it.
    fn present(&mut self, path: String, media: &str, empty: impl FnOnce() -> String) -> Option<String> {
        if !self.package.has(&path) {
            self.package.declare(&path, media)?;
            self.package.add(path.clone(), empty());
        }
        Some(path)
    }

    /// The first block of identifiers that no drawing has.
    fn free_block(&self) -> Option<u32> {
        (1..).find(|block| !self.blocks.contains(block))
    }

    /// A new part of the sheet: its path and its name in the sheet.
    fn add(&mut self, kind: &str, media: &str, stem: &str, end: &str, text: String) -> Option<(String, String)> {
        let base = self.part.rsplit_once('/').map_or("", |(folder, _)| folder);
        let base = base.rsplit_once('/').map_or_else(String::new, |(folder, _)| format!("{folder}/"));
        let path = self.package.free(&format!("{base}{stem}"), end)?;
        let id = self.package.relate(self.part, &format!("{}/{kind}", self.space), &format!("/{path}"))?;
        self.package.declare(&path, media)?;
        self.package.add(path.clone(), text);
        Some((path, id))
    }
}

/// The blocks of identifiers that the drawings of the workbook have.
fn blocks(package: &mut Package<'_>, book: &Book) -> BTreeSet<u32> {
    let mut blocks = BTreeSet::new();
    for sheet in &book.sheets {
        for relation in package.relations(&sheet.part).unwrap_or_default() {
            if relation.kind == "vmlDrawing" {
                blocks.extend(shapes::blocks(&package.text(&relation.target).unwrap_or_default()));
            }
        }
    }
    blocks
}
