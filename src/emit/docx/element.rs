//! A small XML tree, read and written with quick-xml, for the finishing pass over the parts of a package. Texts and
//! attribute values stay escaped as they came: nothing here interprets them. The tree borrows from the events it was made
//! of, and these from the part: thousands of names and values are never copied.

use std::borrow::Cow;

use quick_xml::events::attributes::Attribute;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};
use quick_xml::name::QName;
use quick_xml::{Error, Reader, Writer};

/// An escaped piece of a part, borrowed where it came with the part.
pub(super) type Piece<'e> = Cow<'e, str>;

/// An element with its attributes and content.
#[derive(Debug, Default)]
pub(super) struct Element<'e> {
    /// Qualified name: `w:pPr`.
    pub name: Piece<'e>,
    /// Qualified names and escaped values, in order.
    pub attributes: Vec<(Piece<'e>, Piece<'e>)>,
    /// Content.
    pub children: Vec<Node<'e>>,
}

/// Content of an element.
#[derive(Debug)]
pub(super) enum Node<'e> {
    /// An element.
    Element(Element<'e>),
    /// Text, escaped.
    Text(Piece<'e>),
}

impl<'e> Element<'e> {
    /// An element with attributes, whose values must need no escaping.
    pub fn new(name: &'e str, attributes: &[(&'e str, &'e str)]) -> Self {
        let attributes = attributes.iter().map(|(key, value)| (Piece::from(*key), Piece::from(*value))).collect();
        Self { name: name.into(), attributes, children: Vec::new() }
    }

    /// The same with one more attribute, whose value the element owns; it must need no escaping.
    pub fn with(mut self, key: &'e str, value: String) -> Self {
        self.attributes.push((key.into(), value.into()));
        self
    }

    /// The same with a text, escaped here.
    pub fn with_text(name: &'e str, attributes: &[(&'e str, &'e str)], text: &str) -> Self {
        let mut element = Self::new(name, attributes);
        element.children.push(Node::Text(quick_xml::escape::escape(text).into_owned().into()));
        element
    }

    /// The escaped value of an attribute.
    pub fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(key, _)| key == name).map(|(_, value)| &**value)
    }

    /// Sets an attribute; the value must need no escaping.
    pub fn set(&mut self, name: &'e str, value: &'e str) {
        match self.attributes.iter_mut().find(|(key, _)| key == name) {
            Some((_, old)) => *old = value.into(),
            None => self.attributes.push((name.into(), value.into())),
        }
    }

    /// The child elements.
    pub fn elements(&self) -> impl Iterator<Item = &Element<'e>> {
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
    pub fn child_mut(&mut self, name: &'e str) -> Option<&mut Self> {
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

/// The events of a part, in order: what a tree borrows from.
pub(super) fn events(part: &[u8]) -> Result<Vec<Event<'_>>, Error> {
    let mut reader = Reader::from_reader(part);
    let mut events = Vec::with_capacity(part.len() / 24);
    loop {
        match reader.read_event()? {
            Event::Eof => return Ok(events),
            event => events.push(event),
        }
    }
}

/// The root element of a part.
pub(super) fn tree<'e>(events: &'e [Event<'_>]) -> Result<Element<'e>, Error> {
    let mut open = vec![Element::default()];
    for event in events {
        let ended = match event {
            Event::Start(start) => {
                open.push(started(start)?);
                None
            }
            Event::Empty(start) => Some(Node::Element(started(start)?)),
            Event::End(_) => open.pop().map(Node::Element),
            Event::Text(text) => Some(Node::Text(Piece::Borrowed(text))),
            Event::GeneralRef(reference) => Some(Node::Text(Piece::Owned(format!("&{};", &**reference)))),
            _ => None,
        };
        if let (Some(node), Some(parent)) = (ended, open.last_mut()) {
            match (node, parent.children.last_mut()) {
                (Node::Text(more), Some(Node::Text(text))) => *text += more,
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

fn started<'e>(start: &'e BytesStart<'_>) -> Result<Element<'e>, Error> {
    let mut element = Element { name: Piece::Borrowed(start.name().0), ..Element::default() };
    for attribute in start.attributes() {
        let attribute = attribute?;
        element.attributes.push((Piece::Borrowed(attribute.key.0), attribute.value));
    }
    Ok(element)
}

/// Writes a part, which has about `size` bytes: declaration and root element.
pub(super) fn write(root: &Element<'_>, size: usize) -> Result<Vec<u8>, Error> {
    let mut writer = Writer::new(Vec::with_capacity(size + size / 8));
    writer.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), Some("yes"))))?;
    write_element(&mut writer, root)?;
    Ok(writer.into_inner())
}

fn write_element(writer: &mut Writer<Vec<u8>>, element: &Element<'_>) -> Result<(), Error> {
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
