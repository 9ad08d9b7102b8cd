//! Styles of a `.docx` whose text is hidden: neither the screen nor the printer shows it. Called by `docx`.

use std::collections::BTreeSet;

use quick_xml::Reader;
use quick_xml::events::Event;

use super::attribute;

/// The names of the styles that hide their text. What cannot be read hides nothing.
pub(super) fn styles(xml: &[u8]) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let mut reader = Reader::from_reader(xml);
    let (mut buffer, mut style) = (Vec::new(), None);
    loop {
        buffer.clear();
        let tag = match reader.read_event_into(&mut buffer) {
            Ok(Event::Start(tag) | Event::Empty(tag)) => tag,
            Ok(Event::Eof) | Err(_) => return found,
            Ok(_) => continue,
        };
        match tag.local_name().as_ref() {
            "style" => style = attribute(&tag, "styleId"),
            "vanish" if !matches!(attribute(&tag, "val").as_deref(), Some("0" | "false" | "off")) => {
                found.extend(style.clone());
            }
            _ => {}
        }
    }
}
