//! The labels that Word counts by itself: "Art. 3 –", "2.", "b)". Called by `docx`. Definitions (`numbering.xml`), the
//! lists that styles carry (`styles.xml`), and the counters that run through the document.

use std::collections::{BTreeMap, BTreeSet};

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::attribute;

const LEVELS: usize = 9;

/// How a level counts.
#[derive(Debug, Clone, Default)]
struct Level {
    start: u32,
    format: String,
    /// `%1.%2)`, where `%n` is the number of level n.
    text: String,
}

/// A list: its definition and where its levels begin.
#[derive(Debug, Default)]
struct Instance {
    definition: String,
    starts: BTreeMap<usize, u32>,
}

/// The lists of a document.
#[derive(Debug, Default)]
pub(super) struct Numbering {
    definitions: BTreeMap<String, Vec<Level>>,
    instances: BTreeMap<String, Instance>,
    styles: BTreeMap<String, Style>,
}

/// List and level of a style; a style without its own takes those of its base.
#[derive(Debug, Default)]
struct Style {
    list: Option<String>,
    level: usize,
    base: String,
}

impl Numbering {
    /// Reads the two parts; what cannot be understood gives no labels.
    pub(super) fn read(numbering: &[u8], styles: &[u8]) -> Self {
        let mut it = Self::default();
        it.definitions(numbering);
        it.styles(styles);
        it
    }

    /// The list and level of a style.
    pub(super) fn style(&self, id: &str) -> Option<(&str, usize)> {
        let mut style = self.styles.get(id)?;
        // A chain of styles is short; a circle of them would have no end.
        for _ in 0..20 {
            if let Some(list) = &style.list {
                return Some((list, style.level));
            }
            style = self.styles.get(&style.base)?;
        }
        None
    }

    fn definitions(&mut self, xml: &[u8]) {
        let (mut definition, mut instance, mut level) = (None::<String>, None::<String>, 0_usize);
        each(xml, |tag, opens| {
            let value = || attribute(tag, "val").unwrap_or_default();
            let name = tag.local_name();
            match (name.as_ref(), opens) {
                ("abstractNum", true) => {
                    let id = attribute(tag, "abstractNumId").unwrap_or_default();
                    self.definitions.insert(id.clone(), vec![Level { start: 1, ..Level::default() }; LEVELS]);
                    (definition, instance) = (Some(id), None);
                }
                ("num", true) => {
                    let id = attribute(tag, "numId").unwrap_or_default();
                    self.instances.insert(id.clone(), Instance::default());
                    (definition, instance) = (None, Some(id));
                }
                ("lvl" | "lvlOverride", true) => {
                    level = attribute(tag, "ilvl").and_then(|level| level.parse().ok()).unwrap_or(0);
                }
                ("abstractNumId", _) => {
                    if let Some(found) = instance.as_ref().and_then(|id| self.instances.get_mut(id)) {
                        found.definition = value();
                    }
                }
                ("startOverride", _) => {
                    if let Some(found) = instance.as_ref().and_then(|id| self.instances.get_mut(id)) {
                        found.starts.insert(level, value().parse().unwrap_or(1));
                    }
                }
                (word @ ("start" | "numFmt" | "lvlText"), _) => {
                    let levels = definition.as_ref().and_then(|id| self.definitions.get_mut(id));
                    let Some(found) = levels.and_then(|levels| levels.get_mut(level)) else { return };
                    match word {
                        "start" => found.start = value().parse().unwrap_or(1),
                        "numFmt" => found.format = value(),
                        _ => found.text = value(),
                    }
                }
                _ => {}
            }
        });
    }

    fn styles(&mut self, xml: &[u8]) {
        let mut style = String::new();
        each(xml, |tag, opens| {
            let value = || attribute(tag, "val").unwrap_or_default();
            let name = tag.local_name();
            if (name.as_ref(), opens) == ("style", true) {
                style = attribute(tag, "styleId").unwrap_or_default();
                self.styles.insert(style.clone(), Style::default());
                return;
            }
            let Some(found) = self.styles.get_mut(&style) else { return };
            match name.as_ref() {
                "numId" => found.list = Some(value()),
                "ilvl" => found.level = value().parse().unwrap_or(0),
                "basedOn" => found.base = value(),
                _ => {}
            }
        });
    }
}

/// Calls `see` for each tag that opens, and says whether it has content; stops at the first fault.
fn each(xml: &[u8], mut see: impl FnMut(&BytesStart<'_>, bool)) {
    let mut reader = Reader::from_reader(xml);
    let mut buffer = Vec::new();
    loop {
        buffer.clear();
        match reader.read_event_into(&mut buffer) {
            Ok(Event::Start(tag)) => see(&tag, true),
            Ok(Event::Empty(tag)) => see(&tag, false),
            Ok(Event::Eof) | Err(_) => return,
            Ok(_) => {}
        }
    }
}

/// The counters of a document.
pub(super) struct Counter<'a> {
    numbering: &'a Numbering,
    /// By definition: lists with the same definition go on counting, unless they say where they start.
    counts: BTreeMap<&'a str, [Option<u32>; LEVELS]>,
    begun: BTreeSet<&'a str>,
}

impl<'a> Counter<'a> {
    pub(super) fn new(numbering: &'a Numbering) -> Self {
        Self { numbering, counts: BTreeMap::new(), begun: BTreeSet::new() }
    }

    /// The label of the next item of a list; empty for no list.
    pub(super) fn next(&mut self, id: &str, level: usize) -> String {
        let Some((id, instance)) = self.numbering.instances.get_key_value(id) else { return String::new() };
        let Some((definition, levels)) = self.numbering.definitions.get_key_value(&instance.definition) else {
            return String::new();
        };
        let counts = self.counts.entry(definition).or_default();
        if self.begun.insert(id) {
            for (level, start) in &instance.starts {
                if let Some(count) = counts.get_mut(*level) {
                    *count = start.checked_sub(1);
                    counts.iter_mut().skip(level + 1).for_each(|count| *count = None);
                }
            }
        }
        let Some(own) = levels.get(level) else { return String::new() };
        if let Some(count) = counts.get_mut(level) {
            *count = Some(count.unwrap_or(own.start.saturating_sub(1)).saturating_add(1));
        }
        counts.iter_mut().skip(level + 1).for_each(|count| *count = None);
        if own.format == "bullet" {
            return "•".to_owned();
        }
        let mut label = own.text.clone();
        for (index, level) in levels.iter().enumerate() {
            let number = counts.get(index).copied().flatten().unwrap_or(level.start);
            label = label.replace(&format!("%{}", index + 1), &written(number, &level.format));
        }
        label
    }
}

/// A number as a format writes it.
fn written(number: u32, format: &str) -> String {
    let letter = |first: u8| {
        let index = number.saturating_sub(1);
        let letter = char::from(first + (index % 26) as u8);
        letter.to_string().repeat((index / 26 + 1).min(9) as usize)
    };
    match format {
        "lowerLetter" => letter(b'a'),
        "upperLetter" => letter(b'A'),
        "lowerRoman" => roman(number).to_lowercase(),
        "upperRoman" => roman(number),
        "none" => String::new(),
        "ordinal" => format!("{number}°"),
        _ => number.to_string(),
    }
}

fn roman(number: u32) -> String {
    const SIGNS: [(u32, &str); 9] =
        [(100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")];
    let mut rest = number.min(999);
    let mut text = String::new();
    for (value, sign) in SIGNS {
        while rest >= value {
            text.push_str(sign);
            rest -= value;
        }
    }
    text
}
