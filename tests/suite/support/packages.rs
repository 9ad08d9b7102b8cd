//! Packages taken apart and put together: what differs between two of them, one part of one changed.

use std::collections::BTreeMap;
use std::io::{Cursor, Read, Write};

use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

/// The parts of a package.
pub fn parts(bytes: &[u8]) -> BTreeMap<String, Vec<u8>> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).expect("a package");
    let mut parts = BTreeMap::new();
    for index in 0..archive.len() {
        let mut part = archive.by_index(index).expect("a part");
        let mut bytes = Vec::new();
        part.read_to_end(&mut bytes).expect("its bytes");
        parts.insert(part.name().expect("a name").into_owned(), bytes);
    }
    parts
}

/// The parts that differ between two packages.
pub fn changed(one: &[u8], other: &[u8]) -> Vec<String> {
    let (one, other) = (parts(one), parts(other));
    let names = one.keys().chain(other.keys().filter(|name| !one.contains_key(*name)));
    names.filter(|name| one.get(*name) != other.get(*name)).cloned().collect()
}

/// The package with a part changed.
pub fn with_part(bytes: &[u8], name: &str, change: impl Fn(String) -> String) -> Vec<u8> {
    let mut parts = parts(bytes);
    if let Some(part) = parts.get_mut(name) {
        *part = change(String::from_utf8(std::mem::take(part)).expect("text")).into_bytes();
    }
    packed(&parts)
}

/// The package without a part, which other parts go on naming.
pub fn without_part(bytes: &[u8], name: &str) -> Vec<u8> {
    let mut parts = parts(bytes);
    parts.remove(name).expect("the part");
    packed(&parts)
}

fn packed(parts: &BTreeMap<String, Vec<u8>>) -> Vec<u8> {
    let mut out = ZipWriter::new(Cursor::new(Vec::new()));
    for (path, bytes) in parts {
        out.start_file(path.as_str(), SimpleFileOptions::default()).expect("a part");
        out.write_all(bytes).expect("its bytes");
    }
    out.finish().expect("a package").into_inner()
}

/// An archive with these parts.
pub fn archive(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        zip.start_file(*name, SimpleFileOptions::default()).expect("a part");
        zip.write_all(bytes).expect("bytes");
    }
    zip.finish().expect("an archive").into_inner()
}

/// A document of Word with this body and nothing else.
pub fn word(body: &str) -> Vec<u8> {
    let xml = format!(
        "<w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:body>{body}</w:body></w:document>"
    );
    archive(&[("word/document.xml", xml.as_bytes())])
}
