//! The file as a tree of elements with their lines, read with quick-xml within bounds. Nothing here knows invoices: what
//! may stand where is in `sdi::schema`. Well-formedness that quick-xml leaves to its callers (characters, references,
//! one root) is checked here.

use std::collections::HashMap;

use quick_xml::XmlVersion;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesRef, BytesStart, Event};
use quick_xml::name::{Namespace, ResolveResult};
use quick_xml::reader::NsReader;

use super::{Unreadable, encoding, quoted};

/// Nested elements beyond which a file is not read: an invoice has 8.
const DEEPEST: usize = 64;

/// Bytes of a name beyond which a file is not read: names stand in the paths of the findings.
const LONGEST: usize = 200;

/// The namespace of attributes that say how a file is to be validated.
const XSI: &str = "http://www.w3.org/2001/XMLSchema-instance";

/// An attribute that is no namespace declaration.
#[derive(Debug, Clone)]
pub(super) struct Attribute {
    /// Local name.
    pub name: String,
    /// Namespace; empty for none.
    pub space: String,
    /// Value, normalised.
    pub value: String,
}

impl Attribute {
    /// One of `xsi:schemaLocation` and `xsi:noNamespaceSchemaLocation`, which any element may have.
    pub fn is_location(&self) -> bool {
        self.space == XSI && matches!(self.name.as_str(), "schemaLocation" | "noNamespaceSchemaLocation")
    }
}

#[derive(Debug)]
struct Node {
    name: String,
    space: String,
    text: String,
    line: u64,
    parent: Option<usize>,
    children: Vec<usize>,
    attributes: Vec<Attribute>,
    /// Which of its siblings of the same name this is, from 1.
    ordinal: usize,
    /// There are others.
    repeated: bool,
}

/// The elements of a file; the first is the root.
#[derive(Debug)]
pub(super) struct Tree(Vec<Node>);

/// An element of a tree.
#[derive(Debug, Clone, Copy)]
pub(super) struct Element<'t> {
    tree: &'t Tree,
    index: usize,
}

impl Tree {
    /// Reads a file.
    ///
    /// # Errors
    /// It is no XML, is not well-formed, or goes beyond the bounds.
    pub fn read(bytes: &[u8]) -> Result<Self, Unreadable> {
        let text = encoding::decode(bytes)?;
        characters(&text)?;
        let mut reader = NsReader::from_str(&text);
        reader.config_mut().enable_all_checks(true);
        reader.config_mut().expand_empty_elements = true;
        let mut builder = Builder::default();
        let (mut line, mut counted) = (1, 0);
        loop {
            let at = usize::try_from(reader.buffer_position()).unwrap_or(usize::MAX).min(text.len());
            line += newlines(&text, counted, at);
            counted = at;
            let event = reader.read_event().map_err(|error| {
                let at = usize::try_from(reader.error_position()).unwrap_or(usize::MAX).min(text.len());
                malformed(reason(&error), line + newlines(&text, counted, at))
            })?;
            match event {
                Event::Start(start) => builder.open(&start, &reader, line)?,
                Event::End(_) => builder.close(),
                Event::Text(text) => builder.text(&text.xml10_content(), line)?,
                Event::CData(data) => builder.data(&data.xml10_content(), line)?,
                Event::GeneralRef(name) => builder.reference(&name, line)?,
                Event::DocType(_) => return Err(doctype(line)),
                Event::Decl(_) if at > 0 && !text.get(..at).unwrap_or_default().is_empty() => {
                    return Err(malformed("la dichiarazione XML non è all’inizio del file", line));
                }
                Event::Eof => break,
                Event::Decl(_) | Event::PI(_) | Event::Comment(_) | Event::Empty(_) => {}
            }
        }
        builder.finish(line)
    }

    /// The root.
    pub fn root(&self) -> Element<'_> {
        Element { tree: self, index: 0 }
    }
}

fn newlines(text: &str, from: usize, to: usize) -> u64 {
    text.as_bytes().get(from..to).unwrap_or_default().iter().filter(|byte| **byte == b'\n').count() as u64
}

const ATTRIBUTE: &str = "un attributo è scritto male, o è scritto due volte";

/// What the reader found, in words for people: its own are in English.
fn reason(error: &quick_xml::Error) -> &'static str {
    match error {
        quick_xml::Error::IllFormed(_) => "un elemento non è chiuso, o è chiuso da un altro nome",
        quick_xml::Error::Syntax(_) => "un elemento o un commento non è finito",
        quick_xml::Error::InvalidAttr(_) => ATTRIBUTE,
        quick_xml::Error::Namespace(_) => "un prefisso non è dichiarato",
        _ => "c’è un segno che l’XML non ammette",
    }
}

fn malformed(what: &str, line: u64) -> Unreadable {
    Unreadable::new(
        format!("non è XML ben formato: {what}"),
        "il file è rovinato o incompleto: farselo mandare di nuovo, o produrlo di nuovo",
    )
    .at(line)
}

fn doctype(line: u64) -> Unreadable {
    Unreadable::new(
        "contiene una DTD o la definizione di entità, che una fattura non può avere",
        "il file non va aperto con altri programmi: chiedere a chi l’ha mandato che cosa sia",
    )
    .at(line)
}

/// XML 1.0, production 2.
fn allowed(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | '\u{20}'..='\u{D7FF}' | '\u{E000}'..='\u{FFFD}' | '\u{10000}'..='\u{10FFFF}')
}

fn characters(text: &str) -> Result<(), Unreadable> {
    let Some(at) = text.find(|c| !allowed(c)) else { return Ok(()) };
    let code = text.get(at..).and_then(|rest| rest.chars().next()).map_or(0, u32::from);
    Err(malformed(&format!("c’è un carattere di controllo non ammesso (U+{code:04X})"), 1 + newlines(text, 0, at)))
}

/// The first of the children of a name, and how many there are.
type Names = HashMap<String, (usize, usize)>;

#[derive(Default)]
struct Builder {
    nodes: Vec<Node>,
    /// The open elements and their children by name.
    open: Vec<(usize, Names)>,
}

impl Builder {
    fn open(&mut self, start: &BytesStart<'_>, reader: &NsReader<&[u8]>, line: u64) -> Result<(), Unreadable> {
        if self.open.is_empty() && !self.nodes.is_empty() {
            return Err(malformed("dopo la fine della fattura ci sono altri elementi", line));
        }
        if self.open.len() >= DEEPEST {
            return Err(malformed(&format!("gli elementi sono annidati più di {DEEPEST} volte"), line));
        }
        let (space, name) = reader.resolver().resolve_element(start.name());
        let space = bound(space, line)?;
        let name = plain(name.as_ref(), line)?;
        let mut attributes: Vec<Attribute> = Vec::new();
        for attribute in start.attributes() {
            let attribute = attribute.map_err(|_| malformed(ATTRIBUTE, line))?;
            if attribute.value.contains('<') {
                return Err(malformed("il valore di un attributo contiene «<»", line));
            }
            if attribute.key.as_namespace_binding().is_some() {
                continue;
            }
            let (space, name) = reader.resolver().resolve_attribute(attribute.key);
            let value = attribute
                .normalized_value(XmlVersion::Implicit1_0)
                .map_err(|_| {
                    malformed("il valore di un attributo ha un riferimento (&…;) che non si può sciogliere", line)
                })?
                .into_owned();
            characters(&value).map_err(|fault| fault.at(line))?;
            let attribute = Attribute { name: plain(name.as_ref(), line)?, space: bound(space, line)?, value };
            if attributes.iter().any(|other| other.name == attribute.name && other.space == attribute.space) {
                return Err(malformed(&format!("l’attributo «{}» è ripetuto", quoted(&attribute.name)), line));
            }
            attributes.push(attribute);
        }
        let index = self.nodes.len();
        let (mut parent, mut ordinal) = (None, 1);
        if let Some((above, names)) = self.open.last_mut() {
            parent = Some(*above);
            let (first, count) = names.entry(name.clone()).or_insert((index, 0));
            *count += 1;
            ordinal = *count;
            let first = *first;
            if let Some(node) = self.nodes.get_mut(*above) {
                node.children.push(index);
            }
            if let Some(node) = self.nodes.get_mut(first) {
                node.repeated = true;
            }
        }
        let (text, children, repeated) = (String::new(), Vec::new(), ordinal > 1);
        self.nodes.push(Node { name, space, text, line, parent, children, attributes, ordinal, repeated });
        self.open.push((index, Names::new()));
        Ok(())
    }

    fn close(&mut self) {
        self.open.pop();
    }

    fn text(&mut self, text: &str, line: u64) -> Result<(), Unreadable> {
        if text.contains("]]>") {
            return Err(malformed("nel testo c’è «]]>»", line));
        }
        if self.open.is_empty() && text.trim_matches(['\u{FEFF}', ' ', '\t', '\r', '\n']).is_empty() {
            return Ok(());
        }
        self.data(text, line)
    }

    fn data(&mut self, text: &str, line: u64) -> Result<(), Unreadable> {
        match self.open.last().and_then(|(open, _)| self.nodes.get_mut(*open)) {
            Some(node) => node.text.push_str(text),
            None => return Err(malformed("c’è del testo fuori dalla fattura", line)),
        }
        Ok(())
    }

    fn reference(&mut self, reference: &BytesRef<'_>, line: u64) -> Result<(), Unreadable> {
        let name: &str = reference;
        let character = reference
            .resolve_char_ref()
            .map_err(|_| malformed("un riferimento a un carattere (&#…;) non è valido", line))?;
        match (character, resolve_predefined_entity(name)) {
            (Some(c), _) if allowed(c) => self.data(c.encode_utf8(&mut [0; 4]), line),
            (Some(_), _) => Err(malformed(&format!("«&{};» non è un carattere ammesso", quoted(name)), line)),
            (None, Some(text)) => self.data(text, line),
            (None, None) => Err(malformed(&format!("l’entità «&{};» non è definita", quoted(name)), line)),
        }
    }

    fn finish(self, line: u64) -> Result<Tree, Unreadable> {
        match (self.open.last().and_then(|(open, _)| self.nodes.get(*open)), self.nodes.is_empty()) {
            (Some(node), _) => {
                Err(malformed(&format!("il file finisce prima che <{}> sia chiuso", quoted(&node.name)), line))
            }
            (None, true) => Err(malformed("non c’è nessun elemento", line)),
            (None, false) => Ok(Tree(self.nodes)),
        }
    }
}

fn bound(space: ResolveResult<'_>, line: u64) -> Result<String, Unreadable> {
    match space {
        ResolveResult::Unbound => Ok(String::new()),
        ResolveResult::Bound(Namespace(space)) => Ok(space.to_owned()),
        ResolveResult::Unknown(prefix) => Err(malformed(
            &format!("il prefisso «{}» non è dichiarato", quoted(&String::from_utf8_lossy(prefix.as_ref()))),
            line,
        )),
    }
}

/// A name that XML allows, as far as an invoice may need: a letter or `_`, then letters, digits and `._-`.
fn plain(name: &str, line: u64) -> Result<String, Unreadable> {
    if name.len() > LONGEST {
        return Err(malformed(&format!("il nome «{}» è troppo lungo", quoted(name)), line));
    }
    let first = name.chars().next().is_some_and(|c| c.is_alphabetic() || c == '_');
    let rest =
        name.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | '\u{B7}') || u32::from(c) > 0x2FF);
    match first && rest {
        true => Ok(name.to_owned()),
        false => Err(malformed(&format!("«{}» non può essere il nome di un elemento", quoted(name)), line)),
    }
}

impl<'t> Element<'t> {
    fn node(self) -> Option<&'t Node> {
        self.tree.0.get(self.index)
    }

    /// Local name.
    pub fn name(self) -> &'t str {
        self.node().map_or("", |node| &node.name)
    }

    /// Namespace; empty for none.
    pub fn space(self) -> &'t str {
        self.node().map_or("", |node| &node.space)
    }

    /// The text directly inside, as it stands.
    pub fn text(self) -> &'t str {
        self.node().map_or("", |node| &node.text)
    }

    /// Line of the opening tag, from 1.
    pub fn line(self) -> u64 {
        self.node().map_or(1, |node| node.line)
    }

    /// The attributes that are not namespace declarations.
    pub fn attributes(self) -> &'t [Attribute] {
        self.node().map_or(&[], |node| &node.attributes)
    }

    /// The value of an attribute without namespace.
    pub fn attribute(self, name: &str) -> Option<&'t str> {
        let found = self.attributes().iter().find(|attribute| attribute.space.is_empty() && attribute.name == name);
        found.map(|attribute| attribute.value.as_str())
    }

    /// The elements directly inside, in order.
    pub fn children(self) -> impl Iterator<Item = Element<'t>> + use<'t> {
        let tree = self.tree;
        self.node().map_or(&[][..], |node| &node.children).iter().map(move |index| Element { tree, index: *index })
    }

    /// Those of one name.
    pub fn all(self, name: &str) -> impl Iterator<Item = Element<'t>> {
        self.children().filter(move |child| child.name() == name)
    }

    /// The first of a path of names: `DatiGenerali/DatiGeneraliDocumento/Data`.
    pub fn get(self, path: &str) -> Option<Element<'t>> {
        path.split('/').try_fold(self, |element, name| element.all(name).next())
    }

    /// The value at a path, without the spaces around it; `None` where it is missing or empty.
    pub fn value(self, path: &str) -> Option<&'t str> {
        self.get(path).map(|element| element.text().trim()).filter(|text| !text.is_empty())
    }

    /// The names from below the root to here.
    pub fn names(self) -> Vec<&'t str> {
        let mut names = Vec::new();
        let mut index = Some(self.index);
        while let Some(node) = index.and_then(|index| self.tree.0.get(index)) {
            if node.parent.is_some() {
                names.push(node.name.as_str());
            }
            index = node.parent;
        }
        names.reverse();
        names
    }

    /// The path from below the root, with numbers from 1 where a name is repeated among its siblings (always for the
    /// documents of a lot): `FatturaElettronicaBody[1]/DatiBeniServizi/DettaglioLinee[3]/PrezzoTotale`.
    pub fn path(self) -> String {
        let mut parts = Vec::new();
        let mut next = self.node();
        while let Some(node) = next.filter(|node| node.parent.is_some()) {
            let numbered = node.repeated || node.name == "FatturaElettronicaBody";
            parts.push(if numbered { format!("{}[{}]", node.name, node.ordinal) } else { node.name.clone() });
            next = node.parent.and_then(|parent| self.tree.0.get(parent));
        }
        parts.reverse();
        if parts.is_empty() { self.name().to_owned() } else { parts.join("/") }
    }
}
