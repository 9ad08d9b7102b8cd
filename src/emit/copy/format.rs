//! The formats of a package as they can be added to: a cell's format with another fill, and the way back. Used by the
//! annotations and their sheet.

use std::collections::BTreeMap;
use std::ops::Range;

use super::look::{Colour, Fill};
use super::xml::{Edit, Step, Tag, splice, walk};

/// One list of the part: fonts, fills, borders, cell formats.
#[derive(Default)]
struct List {
    /// The elements, as text.
    items: Vec<String>,
    /// How many of them the part has.
    old: usize,
    count: Option<Range<usize>>,
    end: usize,
}

impl List {
    /// The position of an element, added where there is none like it.
    fn of(&mut self, item: String) -> usize {
        let known = self.items.iter().position(|it| *it == item);
        known.unwrap_or_else(|| {
            self.items.push(item);
            self.items.len() - 1
        })
    }

    fn edits(&self, edits: &mut Vec<Edit>) {
        let new: String = self.items.get(self.old..).unwrap_or_default().concat();
        if !new.is_empty() {
            edits.push((self.end..self.end, new));
            edits.extend(self.count.clone().map(|span| (span, self.items.len().to_string())));
        }
    }
}

const LISTS: [&str; 4] = ["fonts", "fills", "borders", "cellXfs"];
const FONTS: usize = 0;
const FILLS: usize = 1;
const BORDERS: usize = 2;
const FORMATS: usize = 3;

/// The formats.
pub(super) struct Formats<'a> {
    xml: &'a str,
    prefix: String,
    lists: [List; 4],
    /// What a format becomes with a fill: asked for once for every cell.
    known: BTreeMap<(u32, Fill, Option<Colour>), u32>,
}

/// A cell format: attributes and what is inside.
struct Format {
    attributes: Vec<(String, String)>,
    inside: String,
}

impl Format {
    fn number(&self, name: &str) -> usize {
        self.attributes.iter().find(|(key, _)| key == name).and_then(|(_, value)| value.parse().ok()).unwrap_or(0)
    }

    fn set(&mut self, name: &str, value: usize) {
        match self.attributes.iter_mut().find(|(key, _)| key == name) {
            Some((_, old)) => *old = value.to_string(),
            None => self.attributes.push((name.to_owned(), value.to_string())),
        }
    }

    /// True where two formats differ at most in whether they say that fill and font are applied.
    fn is_like(&self, other: &Self) -> bool {
        let rest = |it: &Self| {
            let of = |(key, value): &(String, String)| {
                let said = !matches!(key.as_str(), "applyFill" | "applyFont");
                said.then(|| (key.clone(), value.clone()))
            };
            it.attributes.iter().filter_map(of).collect::<BTreeMap<_, _>>()
        };
        self.inside == other.inside && rest(self) == rest(other)
    }

    fn text(&self, prefix: &str) -> String {
        let attributes: String = self
            .attributes
            .iter()
            .map(|(key, value)| format!(" {key}=\"{}\"", quick_xml::escape::escape(value.as_str())))
            .collect();
        match self.inside.as_str() {
            "" => format!("<{prefix}xf{attributes}/>"),
            inside => format!("<{prefix}xf{attributes}>{inside}</{prefix}xf>"),
        }
    }
}

impl<'a> Formats<'a> {
    /// Reads the part; `None` where a list is missing.
    pub(super) fn of(xml: &'a str) -> Option<Self> {
        let mut found = Self { xml, prefix: String::new(), lists: Default::default(), known: BTreeMap::new() };
        let mut inside: Option<usize> = None;
        let mut start = 0;
        walk(xml, |step| match step {
            Step::Open(tag) if tag.depth == 1 => {
                inside = LISTS.iter().position(|name| tag.is(name)).filter(|_| !tag.is_empty);
                if let Some(list) = inside.and_then(|list| found.lists.get_mut(list)) {
                    list.count = tag.value_span(xml, "count");
                    found.prefix = tag.prefix();
                }
            }
            Step::Open(tag) if tag.depth == 2 => {
                start = tag.span.start;
                if let (Some(list), true) = (inside, tag.is_empty) {
                    found.push(list, tag.span);
                }
            }
            Step::Close(_, span, 2) => {
                if let Some(list) = inside {
                    found.push(list, start..span.end);
                }
            }
            Step::Close(_, span, 1) => {
                if let Some(list) = inside.take().and_then(|list| found.lists.get_mut(list)) {
                    list.end = span.start;
                    list.old = list.items.len();
                }
            }
            _ => {}
        })?;
        found.lists.iter().all(|list| list.end > 0 && !list.items.is_empty()).then_some(found)
    }

    fn push(&mut self, list: usize, span: Range<usize>) {
        if let (Some(list), Some(text)) = (self.lists.get_mut(list), self.xml.get(span)) {
            list.items.push(text.to_owned());
        }
    }

    fn item(&self, list: usize, index: usize) -> &str {
        self.lists.get(list).and_then(|list| list.items.get(index)).map_or("", String::as_str)
    }

    fn add(&mut self, list: usize, item: String) -> usize {
        self.lists.get_mut(list).map_or(0, |list| list.of(item))
    }

    fn format(&self, index: u32) -> Option<Format> {
        let index = usize::try_from(index).ok()?;
        let text = self.item(FORMATS, index);
        let (mut attributes, mut open, mut close) = (Vec::new(), 0, text.len());
        walk(text, |step| match step {
            Step::Open(tag) if tag.depth == 0 => {
                attributes = tag.attributes();
                open = tag.span.end;
            }
            Step::Close(_, span, 0) => close = span.start,
            _ => {}
        })?;
        Some(Format { attributes, inside: text.get(open..close).unwrap_or_default().to_owned() })
    }

    /// What a cell of this format looks like.
    pub(super) fn fill(&self, format: u32) -> Option<Fill> {
        let format = self.format(format)?;
        Fill::read(self.item(FILLS, format.number("fillId")))
    }

    /// The colour of a cell's letters, where it is said.
    pub(super) fn letters(&self, format: u32) -> Option<Colour> {
        let format = self.format(format)?;
        let font = self.item(FONTS, format.number("fontId"));
        let mut found = None;
        walk(font, |step| {
            if let Step::Open(tag) = step
                && tag.is("color")
            {
                found = Some(Colour::of(&tag));
            }
        })?;
        found
    }

    /// The format with another fill and, where it is given, another colour of letters; one that the part has, where there
    /// is one. `None` where the part's lists do not hold together.
    pub(super) fn with(&mut self, format: u32, fill: &Fill, letters: Option<&Colour>) -> Option<u32> {
        let key = (format, fill.clone(), letters.cloned());
        if let Some(known) = self.known.get(&key) {
            return Some(*known);
        }
        let mut new = self.format(format)?;
        let fills = self.lists.get(FILLS).map_or(&[][..], |list| &list.items);
        let known = fills.iter().position(|text| Fill::read(text).as_ref() == Some(fill));
        let fill = known.unwrap_or_else(|| {
            let text = fill.text(&self.prefix);
            self.add(FILLS, text)
        });
        new.set("fillId", fill);
        new.set("applyFill", 1);
        if let Some(colour) = letters {
            let font = self.font_with(self.item(FONTS, new.number("fontId")), colour)?;
            let font = self.add(FONTS, font);
            new.set("fontId", font);
            new.set("applyFont", 1);
        }
        let count = self.lists.get(FORMATS).map_or(0, |list| list.items.len());
        let like = (0..u32::try_from(count).ok()?).find(|index| self.format(*index).is_some_and(|it| it.is_like(&new)));
        let index = match like {
            Some(index) => index,
            None => u32::try_from(self.add(FORMATS, new.text(&self.prefix))).ok()?,
        };
        self.known.insert(key, index);
        Some(index)
    }

    /// A font with another colour: the same text but for that.
    fn font_with(&self, font: &str, colour: &Colour) -> Option<String> {
        let new = colour.text(&self.prefix, "color");
        let (mut span, mut size, mut open, mut is_empty) = (None, None, 0, false);
        walk(font, |step| match step {
            Step::Open(tag) if tag.depth == 0 => (open, is_empty) = (tag.span.end, tag.is_empty),
            Step::Open(tag) if tag.is("color") => span = Some(tag.span),
            Step::Open(tag) if tag.is("sz") => size = Some(tag.span.end),
            _ => {}
        })?;
        if is_empty {
            return Some(format!("<{0}font>{new}</{0}font>", self.prefix));
        }
        let at = size.unwrap_or(open);
        splice(font, vec![(span.unwrap_or(at..at), new)])
    }

    /// A format of our own, of parts without prefix: font, fill, border, what is inside, and whether it is text.
    pub(super) fn own(&mut self, font: &str, fill: Option<&Fill>, border: &str, inside: &str) -> u32 {
        let tag = |text: &str| text.replace("</", "\u{1}").replace('<', &format!("<{}", self.prefix));
        let tag = |text: &str| tag(text).replace('\u{1}', &format!("</{}", self.prefix));
        let (font, border, inside) = (tag(font), tag(border), tag(inside));
        let fill = fill.map_or(0, |fill| {
            let text = fill.text(&self.prefix);
            self.add(FILLS, text)
        });
        let (font, border) = (self.add(FONTS, font), self.add(BORDERS, border));
        let prefix = &self.prefix;
        let text = format!(
            "<{prefix}xf numFmtId=\"0\" fontId=\"{font}\" fillId=\"{fill}\" borderId=\"{border}\" xfId=\"0\" applyFont=\"1\" \
             applyFill=\"1\" applyBorder=\"1\" applyAlignment=\"1\">{inside}</{prefix}xf>"
        );
        u32::try_from(self.add(FORMATS, text)).unwrap_or(0)
    }

    /// The part with what was added; `None` where nothing was.
    pub(super) fn changed(&self) -> Option<String> {
        let mut edits = Vec::new();
        self.lists.iter().for_each(|list| list.edits(&mut edits));
        if edits.is_empty() { None } else { splice(self.xml, edits) }
    }
}

impl Tag<'_> {
    /// All attributes but name spaces, by their names without prefix.
    pub(super) fn attributes(&self) -> Vec<(String, String)> {
        self.pairs().into_iter().filter(|(key, _)| !key.starts_with("xmlns")).collect()
    }
}
