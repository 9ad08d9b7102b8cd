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
    let mut out = ZipWriter::new(Cursor::new(Vec::new()));
    for (path, bytes) in parts(bytes) {
        out.start_file(path.as_str(), SimpleFileOptions::default()).expect("a part");
        let bytes = if path == name { change(String::from_utf8(bytes).expect("text")).into_bytes() } else { bytes };
        out.write_all(&bytes).expect("its bytes");
    }
    out.finish().expect("a package").into_inner()
}
