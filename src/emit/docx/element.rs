//! A small XML tree, read and written with quick-xml, for the finishing pass over the parts that docx-rs built. Texts and
//! attribute values stay escaped as they came: nothing here interprets them.

use std::borrow::Cow;

use quick_xml::events::attributes::Attribute;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};
use quick_xml::name::QName;
use quick_xml::{Error, Reader, Writer};

/// An element with its attributes and content.
#[derive(Debug, Default)]
pub(super) struct Element {
    /// Qualified name: `w:pPr`.
    pub name: String,
    /// Qualified names and escaped values, in order.
    pub attributes: Vec<(String, String)>,
    /// Content.
    pub children: Vec<Node>,
}

/// Content of an element.
#[derive(Debug)]
pub(super) enum Node {
    /// An element.
    Element(Element),
    /// Text, escaped.
    Text(String),
}

impl Element {
    /// An element with attributes, whose values must need no escaping.
    pub fn new(name: &str, attributes: &[(&str, &str)]) -> Self {
        let attributes = attributes.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect();
        Self { name: name.to_owned(), attributes, children: Vec::new() }
    }

    /// The same with a text, which must need no escaping.
    pub fn with_text(mut self, text: &str) -> Self {
        self.children.push(Node::Text(text.to_owned()));
        self
    }

    /// The escaped value of an attribute.
    pub fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(key, _)| key == name).map(|(_, value)| &**value)
    }

    /// Sets an attribute; the value must need no escaping.
    pub fn set(&mut self, name: &str, value: &str) {
        match self.attributes.iter_mut().find(|(key, _)| key == name) {
            Some((_, old)) => value.clone_into(old),
            None => self.attributes.push((name.to_owned(), value.to_owned())),
        }
    }

    /// The child elements.
    pub fn elements(&self) -> impl Iterator<Item = &Self> {
        self.children.iter().filter_map(|node| match node {
            Node::Element(element) => Some(element),
            Node::Text(_) => None,
        })
    }

    /// The first child element of this name.
    pub fn child(&self, name: &str) -> Option<&Self> {
        self.elements().find(|element| element.name == name)
    }

    /// The first child element of this name, made where there is none.
    pub fn child_mut(&mut self, name: &str) -> Option<&mut Self> {
        if self.child(name).is_none() {
            self.children.push(Node::Element(Self::new(name, &[])));
        }
        self.children.iter_mut().find_map(|node| match node {
            Node::Element(element) if element.name == name => Some(element),
            _ => None,
        })
    }

    /// Keeps the child elements for which `keep` holds, and all texts.
    pub fn retain(&mut self, mut keep: impl FnMut(&Self) -> bool) {
        self.children.retain(|node| match node {
            Node::Element(element) => keep(element),
            Node::Text(_) => true,
        });
    }

    /// Calls `change` on the content first, then on the element itself.
    pub fn transform(&mut self, change: &mut dyn FnMut(&mut Self)) {
        for node in &mut self.children {
            if let Node::Element(element) = node {
                element.transform(change);
            }
        }
        change(self);
    }
}

/// The root element of a part.
pub(super) fn tree(part: &[u8]) -> Result<Element, Error> {
    let mut reader = Reader::from_reader(part);
    let mut open = vec![Element::default()];
    loop {
        let ended = match reader.read_event()? {
            Event::Start(start) => {
                open.push(started(&start)?);
                None
            }
            Event::Empty(start) => Some(Node::Element(started(&start)?)),
            Event::End(_) => open.pop().map(Node::Element),
            Event::Text(text) => Some(Node::Text((*text).to_owned())),
            Event::GeneralRef(reference) => Some(Node::Text(format!("&{};", &*reference))),
            Event::Eof => break,
            _ => None,
        };
        if let (Some(node), Some(parent)) = (ended, open.last_mut()) {
            match (node, parent.children.last_mut()) {
                (Node::Text(more), Some(Node::Text(text))) => text.push_str(&more),
                (node, _) => parent.children.push(node),
            }
        }
    }
    let document = open.into_iter().next().unwrap_or_default();
    let root = document.children.into_iter().find_map(|node| match node {
        Node::Element(element) => Some(element),
        Node::Text(_) => None,
    });
    Ok(root.unwrap_or_default())
}

fn started(start: &BytesStart<'_>) -> Result<Element, Error> {
    let mut element = Element { name: start.name().0.to_owned(), ..Element::default() };
    for attribute in start.attributes() {
        let attribute = attribute?;
        element.attributes.push((attribute.key.0.to_owned(), attribute.value.into_owned()));
    }
    Ok(element)
}

/// Writes a part: declaration and root element.
pub(super) fn write(root: &Element) -> Result<Vec<u8>, Error> {
    let mut writer = Writer::new(Vec::new());
    writer.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), Some("yes"))))?;
    write_element(&mut writer, root)?;
    Ok(writer.into_inner())
}

fn write_element(writer: &mut Writer<Vec<u8>>, element: &Element) -> Result<(), Error> {
    let mut start = BytesStart::new(&*element.name);
    for (key, value) in &element.attributes {
        start.push_attribute(Attribute { key: QName(key), value: Cow::Borrowed(value) });
    }
    if element.children.is_empty() {
        writer.write_event(Event::Empty(start))?;
        return Ok(());
    }
    writer.write_event(Event::Start(start))?;
    for child in &element.children {
        match child {
            Node::Element(child) => write_element(writer, child)?,
            Node::Text(text) => writer.write_event(Event::Text(BytesText::from_escaped(&**text)))?,
        }
    }
    writer.write_event(Event::End(BytesEnd::new(&*element.name)))?;
    Ok(())
}
