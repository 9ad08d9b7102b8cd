//! Colours and fills of cells as values: read from a part, written into one, kept as a line of text in the sheet of findings
//! so that a later run can give a cell the look that it had.

use super::xml::{Step, Tag, walk};

/// Attributes of a colour, and what their values are made of.
const COLOUR: [&str; 5] = ["auto", "indexed", "rgb", "theme", "tint"];
/// Longest value of such an attribute.
const LONGEST: usize = 24;

/// A colour as the format has it: by value, by theme, by index.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Colour(Vec<(&'static str, String)>);

impl Colour {
    /// The colour of an element.
    pub(super) fn of(tag: &Tag<'_>) -> Self {
        let value = |name: &'static str| tag.attribute(name).and_then(|value| Self::pair(name, &value));
        Self(COLOUR.into_iter().filter_map(value).collect())
    }

    /// A colour by value: "FFF9C9C3".
    pub(super) fn rgb(value: &str) -> Self {
        Self(vec![("rgb", value.to_owned())])
    }

    fn pair(name: &'static str, value: &str) -> Option<(&'static str, String)> {
        let is_plain = value.chars().all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c));
        (is_plain && value.len() <= LONGEST).then(|| (name, value.to_owned()))
    }

    fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(key, _)| *key == name).map(|(_, value)| value.as_str())
    }

    /// True for white and what is near it.
    pub(super) fn is_light(&self) -> bool {
        if let Some(rgb) = self.get("rgb") {
            let channel = |from: usize| {
                let text = rgb.get(rgb.len().checked_sub(from)?..rgb.len().checked_sub(from)? + 2)?;
                u32::from_str_radix(text, 16).ok()
            };
            let channels: Option<Vec<u32>> = [6, 4, 2].into_iter().map(channel).collect();
            return channels.is_some_and(|all| all.iter().sum::<u32>() > 3 * 160);
        }
        matches!(self.get("theme"), Some("0" | "2")) || matches!(self.get("indexed"), Some("1" | "9"))
    }

    /// The element.
    pub(super) fn text(&self, prefix: &str, name: &str) -> String {
        let attributes: String = self.0.iter().map(|(key, value)| format!(" {key}=\"{value}\"")).collect();
        format!("<{prefix}{name}{attributes}/>")
    }
}

/// A fill of one colour, of a pattern, or of nothing.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Fill {
    pattern: String,
    front: Option<Colour>,
    back: Option<Colour>,
}

impl Fill {
    /// No fill.
    pub(super) fn none() -> Self {
        Self { pattern: "none".to_owned(), front: None, back: None }
    }

    /// One colour, by value.
    pub(super) fn solid(rgb: &str) -> Self {
        let back = Some(Colour(vec![("indexed", "64".to_owned())]));
        Self { pattern: "solid".to_owned(), front: Some(Colour::rgb(rgb)), back }
    }

    /// Reads an element; `None` for one that is no pattern, such as a gradient.
    pub(super) fn read(xml: &str) -> Option<Self> {
        let mut found: Option<Self> = None;
        walk(xml, |step| {
            let Step::Open(tag) = step else { return };
            if tag.is("patternFill") {
                let pattern = tag.attribute("patternType").unwrap_or_else(|| "none".to_owned());
                found = Some(Self { pattern, ..Self::none() });
            } else if let Some(fill) = found.as_mut() {
                if tag.is("fgColor") {
                    fill.front = Some(Colour::of(&tag));
                } else if tag.is("bgColor") {
                    fill.back = Some(Colour::of(&tag));
                }
            }
        })?;
        let is_word =
            |fill: &Self| fill.pattern.len() <= LONGEST && fill.pattern.chars().all(|c| c.is_ascii_alphanumeric());
        found.filter(is_word)
    }

    /// True for one colour of this value, whatever the program that saved it last says of its back.
    pub(super) fn is_solid(&self, rgb: &str) -> bool {
        let value = self.front.as_ref().and_then(|colour| colour.get("rgb"));
        self.pattern == "solid" && value.is_some_and(|value| value.eq_ignore_ascii_case(rgb))
    }

    /// The element.
    pub(super) fn text(&self, prefix: &str) -> String {
        let colour = |it: &Option<Colour>, name| it.as_ref().map_or_else(String::new, |it| it.text(prefix, name));
        let inside = colour(&self.front, "fgColor") + &colour(&self.back, "bgColor");
        let pattern = &self.pattern;
        match inside.as_str() {
            "" => format!("<{prefix}fill><{prefix}patternFill patternType=\"{pattern}\"/></{prefix}fill>"),
            _ => format!(
                "<{prefix}fill><{prefix}patternFill patternType=\"{pattern}\">{inside}</{prefix}patternFill></{prefix}fill>"
            ),
        }
    }
}

/// How a cell looked before it was coloured.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Look {
    /// Its fill.
    pub(super) fill: Fill,
    /// The colour of its letters, where that had to change too.
    pub(super) letters: Option<Colour>,
}

impl Look {
    /// A line of text: "solid front.theme=4 back.indexed=64 letters.rgb=FFFFFFFF".
    pub(super) fn line(&self) -> String {
        let mut line = self.fill.pattern.clone();
        let named = [("front", &self.fill.front), ("back", &self.fill.back), ("letters", &self.letters)];
        for (name, colour) in named {
            let pairs = colour.iter().flat_map(|colour| &colour.0);
            pairs.for_each(|(key, value)| line.push_str(&format!(" {name}.{key}={value}")));
        }
        line
    }

    /// Reads such a line; what is not understood is passed over.
    pub(super) fn parse(line: &str) -> Option<Self> {
        let mut words = line.split_whitespace();
        let pattern =
            words.next().filter(|word| word.len() <= LONGEST && word.chars().all(|c| c.is_ascii_alphanumeric()))?;
        let mut look = Self { fill: Fill { pattern: pattern.to_owned(), ..Fill::none() }, letters: None };
        for word in words {
            let Some((key, value)) = word.split_once('=') else { continue };
            let Some((name, attribute)) = key.split_once('.') else { continue };
            let Some(known) = COLOUR.into_iter().find(|it| *it == attribute) else { continue };
            let colour = match name {
                "front" => &mut look.fill.front,
                "back" => &mut look.fill.back,
                "letters" => &mut look.letters,
                _ => continue,
            };
            let pairs = &mut colour.get_or_insert_with(|| Colour(Vec::new())).0;
            pairs.extend(Colour::pair(known, value));
        }
        Some(look)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn looks_come_back_from_their_line() {
        for xml in [
            "<fill><patternFill patternType=\"none\"/></fill>",
            "<fill><patternFill patternType=\"solid\"><fgColor theme=\"4\" tint=\"0.79\"/><bgColor indexed=\"64\"/></patternFill></fill>",
            "<fill><patternFill patternType=\"lightUp\"><fgColor rgb=\"FF1F3A5F\"/></patternFill></fill>",
        ] {
            let fill = Fill::read(xml).expect("a fill");
            assert_eq!(fill.text(""), xml);
            for letters in [None, Some(Colour::rgb("FFFFFFFF"))] {
                let look = Look { fill: fill.clone(), letters };
                assert_eq!(Look::parse(&look.line()), Some(look));
            }
        }
        assert_eq!(Fill::read("<fill><gradientFill/></fill>"), None);
        assert_eq!(
            Look::parse("solid front.rgb=\"/><x front.on=1 half"),
            Some(Look {
                fill: Fill { pattern: "solid".into(), front: Some(Colour(Vec::new())), back: None },
                letters: None
            })
        );
        assert_eq!(Look::parse("<fill>"), None);
    }

    #[test]
    fn light_letters_are_told_from_dark_ones() {
        let light = |pair: (&'static str, &str)| Colour(vec![(pair.0, pair.1.to_owned())]).is_light();
        assert!(
            light(("rgb", "FFFFFFFF"))
                && light(("rgb", "FFF0F0F0"))
                && light(("theme", "0"))
                && light(("indexed", "9"))
        );
        assert!(
            !light(("rgb", "FF1F3A5F")) && !light(("theme", "1")) && !light(("indexed", "8")) && !light(("rgb", "è"))
        );
    }
}
