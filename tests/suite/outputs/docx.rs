//! The words of a DOCX as Word shows them: the automatic numbers are counted as `numbering.xml` says.

use std::collections::BTreeMap;
use std::io::{Cursor, Read};

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

/// An element of a part.
#[derive(Debug, Default, Clone)]
pub struct Node {
    /// Qualified name; empty for text.
    pub name: String,
    /// Attributes, unescaped.
    pub attributes: BTreeMap<String, String>,
    /// Content.
    pub children: Vec<Node>,
    /// Text, where this is a text.
    pub text: String,
}

impl Node {
    /// The first child of this name.
    pub fn child(&self, name: &str) -> Option<&Node> {
        self.children.iter().find(|child| child.name == name)
    }

    /// All descendants of this name, in order.
    pub fn all<'a>(&'a self, name: &'a str) -> Vec<&'a Node> {
        let mut found = Vec::new();
        for child in &self.children {
            if child.name == name {
                found.push(child);
            }
            found.extend(child.all(name));
        }
        found
    }

    /// `w:val`.
    pub fn val(&self) -> &str {
        self.get("w:val")
    }

    /// An attribute; empty where there is none.
    pub fn get(&self, name: &str) -> &str {
        self.attributes.get(name).map_or("", String::as_str)
    }

    /// All text below.
    pub fn words(&self) -> String {
        self.children.iter().fold(self.text.clone(), |words, child| words + &child.words())
    }
}

fn unescaped(text: &str) -> String {
    quick_xml::escape::unescape(text).expect("known entities").into_owned()
}

/// Reads a well-formed part.
pub fn parse(xml: &str) -> Node {
    let node = |start: &BytesStart<'_>| {
        let attribute = |attribute: Result<quick_xml::events::attributes::Attribute<'_>, _>| {
            let attribute = attribute.expect("an attribute");
            let key: &str = attribute.key.as_ref();
            (key.to_owned(), unescaped(&attribute.value))
        };
        let name = start.name();
        let name: &str = name.as_ref();
        Node { name: name.to_owned(), attributes: start.attributes().map(attribute).collect(), ..Node::default() }
    };
    let mut reader = Reader::from_str(xml);
    let mut open = vec![Node::default()];
    loop {
        let done = match reader.read_event().expect("well-formed XML") {
            Event::Start(start) => {
                open.push(node(&start));
                continue;
            }
            Event::Empty(start) => node(&start),
            Event::End(_) => open.pop().expect("an open element"),
            Event::Text(text) => Node { text: unescaped(&text.into_inner()), ..Node::default() },
            Event::GeneralRef(entity) => {
                Node { text: unescaped(&format!("&{};", entity.into_inner())), ..Node::default() }
            }
            Event::Eof => break,
            _ => continue,
        };
        open.last_mut().expect("a parent").children.push(done);
    }
    assert_eq!(open.len(), 1, "an element is not closed");
    open.remove(0).children.into_iter().find(|node| !node.name.is_empty()).expect("a root")
}

/// The text of a part of a package.
pub fn part(package: &[u8], name: &str) -> String {
    let mut archive = zip::ZipArchive::new(Cursor::new(package)).expect("a zip");
    let mut text = String::new();
    archive.by_name(name).expect(name).read_to_string(&mut text).expect("UTF-8");
    text
}

/// The words of the body, labels counted as Word counts them.
pub fn words(package: &[u8]) -> String {
    let document = parse(&part(package, "word/document.xml"));
    let mut counters = Counters::read(&parse(&part(package, "word/numbering.xml")));
    let mut lines = Vec::new();
    for paragraph in document.all("w:p") {
        if let Some(number) = paragraph.child("w:pPr").and_then(|properties| properties.child("w:numPr")) {
            let id = number.child("w:numId").map_or("", Node::val);
            let level = number.child("w:ilvl").map_or("0", Node::val).parse().expect("a level");
            lines.push(counters.next(id, level));
        }
        // Field codes are `w:instrText`, so `w:t` is what shows, cached results included.
        lines.push(paragraph.all("w:t").into_iter().map(Node::words).collect::<String>());
    }
    lines.join("\n")
}

/// A level of a definition: format, text, first number.
type Level = (String, String, u32);

struct Counters {
    /// Levels of each definition.
    definitions: BTreeMap<String, Vec<Level>>,
    /// Definition and overridden starts of each instance.
    instances: BTreeMap<String, (String, BTreeMap<usize, u32>)>,
    /// The present numbers of each instance.
    present: BTreeMap<String, Vec<u32>>,
}

impl Counters {
    fn read(numbering: &Node) -> Self {
        let value = |node: &Node, name: &str| node.child(name).map(|child| child.val().to_owned()).unwrap_or_default();
        let start = |node: &Node, name: &str| value(node, name).parse().unwrap_or(1);
        let level = |node: &&Node| (value(node, "w:numFmt"), value(node, "w:lvlText"), start(node, "w:start"));
        let definitions = numbering.all("w:abstractNum").into_iter().map(|definition| {
            let levels = definition.all("w:lvl");
            (definition.get("w:abstractNumId").to_owned(), levels.iter().map(level).collect())
        });
        let instances = numbering.all("w:num").into_iter().map(|instance| {
            let starts = instance
                .all("w:lvlOverride")
                .into_iter()
                .map(|over| (over.get("w:ilvl").parse().expect("a level"), start(over, "w:startOverride")));
            (instance.get("w:numId").to_owned(), (value(instance, "w:abstractNumId"), starts.collect()))
        });
        Self { definitions: definitions.collect(), instances: instances.collect(), present: BTreeMap::new() }
    }

    fn next(&mut self, id: &str, level: usize) -> String {
        let (definition, starts) = self.instances.get(id).expect("a numbering instance");
        let levels = self.definitions.get(definition).expect("a numbering definition");
        let first = |level: usize| starts.get(&level).copied().unwrap_or(levels[level].2);
        let present = self.present.entry(id.to_owned()).or_default();
        // A number of a higher level starts the lower ones anew; a level that was skipped counts as one.
        present.truncate(level + 1);
        let fresh = present.len() <= level;
        while present.len() <= level {
            let next = present.len();
            present.push(first(next));
        }
        if !fresh {
            present[level] += 1;
        }
        let mut label = levels[level].1.clone();
        for (index, number) in present.iter().enumerate() {
            let shown = match levels[index].0.as_str() {
                "lowerLetter" => {
                    let letter = char::from(b'a' + u8::try_from((number - 1) % 26).expect("a letter"));
                    letter.to_string().repeat(usize::try_from((number - 1) / 26 + 1).expect("a count"))
                }
                "bullet" => String::new(),
                _ => number.to_string(),
            };
            label = label.replace(&format!("%{}", index + 1), &shown);
        }
        label
    }
}
