//! Parts of a package as text with places: a walk over the tags, and edits that leave all the rest as it was.

use std::ops::Range;

use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

/// A tag and where it stands.
pub(super) struct Tag<'a> {
    tag: BytesStart<'a>,
    /// Its bytes, from `<` to `>`.
    pub(super) span: Range<usize>,
    /// How many elements it is in.
    pub(super) depth: usize,
    /// True where the element has no content and no closing tag.
    pub(super) is_empty: bool,
}

impl Tag<'_> {
    /// Name without prefix.
    pub(super) fn is(&self, name: &str) -> bool {
        self.tag.local_name().as_ref() == name
    }

    /// Prefix with its colon: "x:", or nothing.
    pub(super) fn prefix(&self) -> String {
        let name = self.tag.name();
        let whole: &str = name.0;
        whole.split_once(':').map_or_else(String::new, |(prefix, _)| format!("{prefix}:"))
    }

    /// The value of an attribute, by its name without prefix.
    pub(super) fn attribute(&self, name: &str) -> Option<String> {
        let mut attributes = self.tag.attributes();
        let found = attributes.with_checks(false).flatten().find(|it| it.key.local_name().as_ref() == name)?;
        found.normalized_value(XmlVersion::Implicit1_0).ok().map(std::borrow::Cow::into_owned)
    }

    /// All attributes, by their names without prefix; name spaces keep theirs.
    pub(super) fn pairs(&self) -> Vec<(String, String)> {
        let mut attributes = self.tag.attributes();
        let all = attributes.with_checks(false).flatten().filter_map(|it| {
            let whole: &str = it.key.0;
            let name: &str = if whole.starts_with("xmlns") { whole } else { it.key.local_name().into_inner() };
            Some((name.to_owned(), it.normalized_value(XmlVersion::Implicit1_0).ok()?.into_owned()))
        });
        all.collect()
    }

    /// The value of an attribute that is a whole number.
    pub(super) fn number(&self, name: &str) -> Option<u32> {
        self.attribute(name)?.trim().parse().ok()
    }

    /// The bytes of an attribute's value in the part, without quotes.
    pub(super) fn value_span(&self, xml: &str, name: &str) -> Option<Range<usize>> {
        let whole = xml.get(self.span.clone())?;
        let (at, _) = whole.match_indices(name).find(|(at, _)| {
            let before = whole.get(..*at).and_then(|text| text.chars().next_back());
            let after = whole.get(at + name.len()..).unwrap_or_default().trim_start();
            before.is_some_and(char::is_whitespace) && after.starts_with('=')
        })?;
        let rest = whole.get(at..)?;
        let open = at + rest.find(['"', '\''])?;
        let quote = whole.get(open..)?.chars().next()?;
        let length = whole.get(open + 1..)?.find(quote)?;
        let start = self.span.start + open + 1;
        Some(start..start + length)
    }
}

/// A step of the walk.
pub(super) enum Step<'a> {
    /// An opening tag, or an empty element.
    Open(Tag<'a>),
    /// A closing tag: name without prefix, bytes, how many elements its element is in.
    Close(String, Range<usize>, usize),
    /// Text, and where it stands.
    Text(Range<usize>),
}

/// Walks over a part; `None` where it is not well-formed.
pub(super) fn walk<'a>(xml: &'a str, mut visit: impl FnMut(Step<'a>)) -> Option<()> {
    let mut reader = Reader::from_str(xml);
    let mut depth = 0_usize;
    loop {
        let start = usize::try_from(reader.buffer_position()).ok()?;
        let event = reader.read_event().ok()?;
        let span = start..usize::try_from(reader.buffer_position()).ok()?;
        match event {
            Event::Start(tag) => {
                visit(Step::Open(Tag { tag, span, depth, is_empty: false }));
                depth += 1;
            }
            Event::Empty(tag) => visit(Step::Open(Tag { tag, span, depth, is_empty: true })),
            Event::End(tag) => {
                depth = depth.checked_sub(1)?;
                visit(Step::Close(tag.local_name().as_ref().to_owned(), span, depth));
            }
            Event::Text(_) | Event::CData(_) | Event::GeneralRef(_) => visit(Step::Text(span)),
            Event::Eof => return Some(()),
            _ => {}
        }
    }
}

/// A change of a part: the bytes that go, and what comes in their place.
pub(super) type Edit = (Range<usize>, String);

/// The part with the changes made; `None` where two of them overlap.
pub(super) fn splice(xml: &str, mut edits: Vec<Edit>) -> Option<String> {
    edits.sort_by_key(|(range, _)| (range.start, range.end));
    let mut out = String::with_capacity(xml.len() + edits.iter().map(|(_, text)| text.len()).sum::<usize>());
    let mut at = 0;
    for (range, text) in edits {
        out.push_str(xml.get(at..range.start)?);
        out.push_str(&text);
        at = range.end;
    }
    out.push_str(xml.get(at..)?);
    Some(out)
}
