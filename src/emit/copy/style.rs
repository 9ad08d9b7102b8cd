//! The cell formats of a package: which show a day, and one more where none fits.

use std::collections::BTreeMap;

use super::xml::{Edit, Step, splice, walk};

/// Built-in format of a day, as the reader's country writes it.
const DAY: u32 = 14;

/// The formats.
pub(super) struct Styles<'a> {
    xml: &'a str,
    /// By index of the cell format: its number format shows a day, or a time.
    kinds: Vec<Kind>,
    /// A format that shows a day and nothing else; added at need.
    day: Option<u32>,
    prefix: String,
    count: Option<std::ops::Range<usize>>,
    end: usize,
    is_changed: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Day,
    Time,
    Other,
}

impl<'a> Styles<'a> {
    /// Reads the part; `None` where it has no cell formats.
    pub(super) fn of(xml: &'a str) -> Option<Self> {
        let mut codes: BTreeMap<u32, Kind> = BTreeMap::new();
        let mut found =
            Self { xml, kinds: Vec::new(), day: None, prefix: String::new(), count: None, end: 0, is_changed: false };
        let mut inside = false;
        walk(xml, |step| match step {
            Step::Open(tag) if tag.is("numFmt") => {
                if let (Some(id), Some(code)) = (tag.number("numFmtId"), tag.attribute("formatCode")) {
                    codes.insert(id, kind_of(&code));
                }
            }
            Step::Open(tag) if tag.is("cellXfs") && !tag.is_empty => {
                inside = true;
                found.prefix = tag.prefix();
                found.count = tag.value_span(xml, "count");
            }
            Step::Open(tag) if inside && tag.is("xf") => {
                let id = tag.number("numFmtId").unwrap_or(0);
                let kind = match id {
                    14..=17 | 22 => Kind::Day,
                    18..=21 | 27..=36 | 45..=47 | 50..=58 => Kind::Time,
                    _ => codes.get(&id).copied().unwrap_or(Kind::Other),
                };
                let is_bare = ["fontId", "fillId", "borderId"].iter().all(|name| tag.number(name).unwrap_or(0) == 0);
                if kind == Kind::Day && is_bare && found.day.is_none() {
                    found.day = u32::try_from(found.kinds.len()).ok();
                }
                found.kinds.push(kind);
            }
            Step::Close(name, span, _) if inside && name == "cellXfs" => {
                inside = false;
                found.end = span.start;
            }
            _ => {}
        })?;
        (found.end > 0).then_some(found)
    }

    fn kind(&self, style: u32) -> Kind {
        usize::try_from(style).ok().and_then(|index| self.kinds.get(index)).copied().unwrap_or(Kind::Other)
    }

    /// The first of the formats that shows a day, else one of ours.
    pub(super) fn for_day(&mut self, candidates: impl IntoIterator<Item = u32>) -> u32 {
        if let Some(style) = candidates.into_iter().find(|style| self.kind(*style) == Kind::Day) {
            return style;
        }
        *self.day.get_or_insert_with(|| {
            self.is_changed = true;
            u32::try_from(self.kinds.len()).unwrap_or(0)
        })
    }

    /// The first of the formats that shows neither a day nor a time.
    pub(super) fn for_other(&self, candidates: impl IntoIterator<Item = u32>) -> Option<u32> {
        candidates.into_iter().find(|style| self.kind(*style) == Kind::Other)
    }

    /// The part with the format added; `None` where there is nothing to change.
    pub(super) fn changed(&self) -> Option<String> {
        if !self.is_changed {
            return None;
        }
        let new = format!(
            "<{}xf numFmtId=\"{DAY}\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\" applyNumberFormat=\"1\"/>",
            self.prefix
        );
        let mut edits: Vec<Edit> = vec![(self.end..self.end, new)];
        edits.extend(self.count.clone().map(|span| (span, (self.kinds.len() + 1).to_string())));
        splice(self.xml, edits)
    }
}

/// What a number format shows: letters of days or times outside quotes, brackets and escapes.
fn kind_of(code: &str) -> Kind {
    let mut bare = String::new();
    let mut chars = code.chars();
    while let Some(c) = chars.next() {
        match c {
            '"' => while chars.next().is_some_and(|c| c != '"') {},
            '[' => while chars.next().is_some_and(|c| c != ']') {},
            '\\' | '_' | '*' => {
                chars.next();
            }
            ';' => break,
            c => bare.extend(c.to_lowercase()),
        }
    }
    if bare.contains("general") {
        Kind::Other
    } else if bare.contains(['y', 'd']) {
        Kind::Day
    } else if bare.contains(['m', 'h', 's']) {
        Kind::Time
    } else {
        Kind::Other
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_of_days_are_told_from_others() {
        for day in ["dd/mm/yyyy", "[$-410]d mmmm yyyy;@", "yyyy\\-mm\\-dd"] {
            assert_eq!(kind_of(day), Kind::Day, "{day}");
        }
        for other in ["General", "#,##0.00", "0.00\" giorni\"", "_-* #,##0.00\\ [$€-410]_-;\\-* d", "@", "[Red]0"] {
            assert_eq!(kind_of(other), Kind::Other, "{other}");
        }
        assert_eq!(kind_of("hh:mm"), Kind::Time);
    }
}
