//! The workbook part of a package: its sheets, and room for one more.

use super::parts::{Package, relations_of};
use super::xml::{Step, splice, walk};

/// Name space of a new part, and the one of workbooks that keep to the strict form of the standard.
const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const STRICT_MAIN: &str = "http://purl.oclc.org/ooxml/spreadsheetml/main";
const WORKSHEET: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml";
/// Names tried for a new part.
const MOST: usize = 100_000;

/// The workbook part.
pub(super) struct Book {
    pub(super) path: String,
    pub(super) xml: String,
    /// Days are counted from 1904.
    pub(super) is_1904: bool,
    /// Worksheets, in order.
    pub(super) sheets: Vec<Sheet>,
    pub(super) styles: String,
}

/// A worksheet.
pub(super) struct Sheet {
    pub(super) name: String,
    /// Position among all sheets, those of charts too.
    pub(super) place: usize,
    pub(super) part: String,
}

/// Where a new sheet goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum End {
    First,
    Last,
}

impl Book {
    /// Reads the part; `None` where the package has none, or none with formats.
    pub(super) fn of(package: &mut Package<'_>) -> Option<Self> {
        let path = package.relations("")?.into_iter().find(|it| it.kind == "officeDocument")?.target;
        let xml = package.text(&path)?;
        let relations = package.relations(&path)?;
        let styles = relations.iter().find(|it| it.kind == "styles")?.target.clone();
        let (mut is_1904, mut count, mut sheets) = (false, 0, Vec::new());
        walk(&xml, |step| {
            let Step::Open(tag) = step else { return };
            if tag.is("workbookPr") {
                is_1904 = tag.attribute("date1904").is_some_and(|it| matches!(it.as_str(), "1" | "true" | "on"));
            } else if tag.is("sheet") {
                let relation = relations.iter().find(|it| Some(&it.id) == tag.attribute("id").as_ref());
                let relation = relation.filter(|it| it.kind == "worksheet");
                if let (Some(name), Some(relation)) = (tag.attribute("name"), relation) {
                    sheets.push(Sheet { name, place: count, part: relation.target.clone() });
                }
                count += 1;
            }
        })?;
        Some(Self { path, xml, is_1904, sheets, styles })
    }

    /// The name space of sheets.
    pub(super) fn space(&self) -> &'static str {
        if self.xml.contains(STRICT_MAIN) { STRICT_MAIN } else { MAIN }
    }

    /// The name space of relationships, and the prefix that it has in this part.
    pub(super) fn relationships(&self) -> Option<(String, String)> {
        let mut prefix = None;
        walk(&self.xml, |step| {
            let Step::Open(tag) = step else { return };
            if tag.is("sheet") && prefix.is_none() {
                // The prefix of relationships, whatever it is called; some programs declare it on every line.
                let whole = self.xml.get(tag.span.clone()).unwrap_or_default();
                let found = whole.split_whitespace().filter_map(|word| word.split_once(":id=")).next();
                prefix = found.map(|(prefix, _)| prefix.to_owned());
            }
        })?;
        let prefix: String = prefix?;
        let (_, declared) = self.xml.split_once(&format!("xmlns:{prefix}="))?;
        let space = declared.get(1..)?.split(declared.chars().next()?).next()?;
        Some((space.to_owned(), prefix))
    }

    /// Makes room for a new worksheet: its line in the workbook, in the relationships and among the types. Gives the path of
    /// its part, which is still to be added.
    pub(super) fn add_sheet(&self, package: &mut Package<'_>, name: &str, end: End) -> Option<String> {
        let (space, relation) = self.relationships()?;
        let base = self.path.rsplit_once('/').map_or_else(String::new, |(folder, _)| format!("{folder}/"));
        let part = package.free(&format!("{base}worksheets/sheet"), ".xml")?;
        let id = package.relate(&self.path, &format!("{space}/worksheet"), part.get(base.len()..)?)?;
        let mut number = 0;
        walk(&self.xml, |step| {
            if let Step::Open(tag) = step
                && tag.is("sheet")
            {
                number = number.max(tag.number("sheetId").unwrap_or(0));
            }
        })?;
        let name = quick_xml::escape::escape(name);
        let xml = within(&self.xml, "sheets", end, |prefix| {
            format!(
                "<{prefix}sheet name=\"{name}\" sheetId=\"{}\" xmlns:{relation}=\"{space}\" {relation}:id=\"{id}\"/>",
                number + 1
            )
        })?;
        package.replace(&self.path, xml);
        package.declare(&part, WORKSHEET)?;
        Some(part)
    }
}

impl Package<'_> {
    /// The first name that no part has: "xl/comments7.xml".
    pub(super) fn free(&self, stem: &str, end: &str) -> Option<String> {
        (1..MOST).map(|n| format!("{stem}{n}{end}")).find(|path| !self.has(path))
    }

    /// Adds a relationship to a part; gives its name within the part.
    pub(super) fn relate(&mut self, part: &str, kind: &str, target: &str) -> Option<String> {
        let path = relations_of(part);
        let empty = || {
            "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<Relationships \
             xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"></Relationships>"
                .to_owned()
        };
        let xml = if self.has(&path) { self.text(&path)? } else { empty() };
        let id = (1..MOST).map(|n| format!("rId{n}")).find(|id| !xml.contains(&format!("\"{id}\"")))?;
        let target = quick_xml::escape::escape(target);
        let xml = within(&xml, "Relationships", End::Last, |prefix| {
            format!("<{prefix}Relationship Id=\"{id}\" Type=\"{kind}\" Target=\"{target}\"/>")
        })?;
        self.put(&path, xml);
        Some(id)
    }

    /// Says of what kind a part is, where nothing says so yet.
    pub(super) fn declare(&mut self, part: &str, kind: &str) -> Option<()> {
        let types = "[Content_Types].xml";
        let list = self.text(types)?;
        if list.to_ascii_lowercase().contains(&format!("partname=\"/{}\"", part.to_ascii_lowercase())) {
            return Some(());
        }
        let list = within(&list, "Types", End::Last, |prefix| {
            format!("<{prefix}Override PartName=\"/{part}\" ContentType=\"{kind}\"/>")
        })?;
        self.replace(types, list);
        Some(())
    }
}

/// The part with something more as the first or last thing inside an element; `new` is told the element's prefix.
pub(super) fn within(xml: &str, element: &str, end: End, new: impl Fn(&str) -> String) -> Option<String> {
    let mut found: Option<(String, usize, usize, bool)> = None;
    walk(xml, |step| match step {
        Step::Open(tag) if tag.is(element) => {
            found = Some((tag.prefix(), tag.span.end, tag.span.start, tag.is_empty));
        }
        Step::Close(name, span, _) if name == element => {
            if let Some((.., at, _)) = &mut found {
                *at = span.start;
            }
        }
        _ => {}
    })?;
    let (prefix, first, last, is_empty) = found?;
    if is_empty {
        let tag = xml.get(last..first)?.trim_end_matches("/>").trim_end();
        return splice(xml, vec![(last..first, format!("{tag}>{}</{prefix}{element}>", new(&prefix)))]);
    }
    let at = if end == End::First { first } else { last };
    splice(xml, vec![(at..at, new(&prefix))])
}
