//! The parts of a package: found by name, read as text, followed by their relationships, written back one by one.

use std::collections::BTreeMap;
use std::io::{Cursor, Read, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipArchive, ZipWriter};

use super::xml::{Step, walk};
use crate::emit::EmitError;

/// A package being changed.
pub(super) struct Package<'a> {
    archive: ZipArchive<Cursor<&'a [u8]>>,
    /// New content by position in the archive.
    changed: BTreeMap<usize, Vec<u8>>,
    /// Parts to be added.
    added: Vec<(String, Vec<u8>)>,
}

/// A relationship of a part.
#[derive(Debug, Clone)]
pub(super) struct Relation {
    /// Its name within the part.
    pub(super) id: String,
    /// Last word of its type: "worksheet".
    pub(super) kind: String,
    /// Whole path of the part that it leads to.
    pub(super) target: String,
}

/// Names as the archive may spell them: some programs write `xl\Workbook.xml`.
fn normal(name: &str) -> String {
    name.replace('\\', "/").trim_start_matches('/').to_ascii_lowercase()
}

impl<'a> Package<'a> {
    /// Opens an archive; `None` for bytes that are none. One that stands after something else is not what was read: an `.xls`
    /// with an archive at its end is an `.xls`.
    pub(super) fn open(bytes: &'a [u8]) -> Option<Self> {
        if !bytes.starts_with(b"PK") {
            return None;
        }
        let archive = ZipArchive::new(Cursor::new(bytes)).ok()?;
        Some(Self { archive, changed: BTreeMap::new(), added: Vec::new() })
    }

    fn locate(&self, name: &str) -> Option<usize> {
        let wanted = normal(name);
        (0..self.archive.len()).rev().find(|index| {
            self.archive.name_for_index(*index).and_then(Result::ok).is_some_and(|name| normal(&name) == wanted)
        })
    }

    /// True where there is such a part.
    pub(super) fn has(&self, name: &str) -> bool {
        self.locate(name).is_some() || self.added.iter().any(|(added, _)| normal(added) == normal(name))
    }

    /// A part as text, without byte order mark; `None` where it is missing or not UTF-8.
    pub(super) fn text(&mut self, name: &str) -> Option<String> {
        let Some(index) = self.locate(name) else {
            let (_, bytes) = self.added.iter().find(|(added, _)| normal(added) == normal(name))?;
            return String::from_utf8(bytes.clone()).ok();
        };
        let mut bytes = Vec::new();
        match self.changed.get(&index) {
            Some(changed) => bytes.clone_from(changed),
            None => {
                self.archive.by_index(index).ok()?.read_to_end(&mut bytes).ok()?;
            }
        }
        let text = String::from_utf8(bytes).ok()?;
        Some(text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text))
    }

    /// Puts new content in a part that is there.
    pub(super) fn replace(&mut self, name: &str, text: String) {
        if let Some(index) = self.locate(name) {
            self.changed.insert(index, text.into_bytes());
        }
    }

    /// Adds a part.
    pub(super) fn add(&mut self, name: String, text: String) {
        self.added.push((name, text.into_bytes()));
    }

    /// Puts content in a part, new or not.
    pub(super) fn put(&mut self, name: &str, text: String) {
        if self.locate(name).is_some() {
            return self.replace(name, text);
        }
        self.added.retain(|(added, _)| normal(added) != normal(name));
        self.add(name.to_owned(), text);
    }

    /// The relationships of a part ("" for those of the package).
    pub(super) fn relations(&mut self, part: &str) -> Option<Vec<Relation>> {
        let xml = self.text(&relations_of(part))?;
        let mut found = Vec::new();
        walk(&xml, |step| {
            let Step::Open(tag) = step else { return };
            if !tag.is("Relationship") || tag.attribute("TargetMode").is_some_and(|mode| mode == "External") {
                return;
            }
            if let (Some(id), Some(kind), Some(target)) =
                (tag.attribute("Id"), tag.attribute("Type"), tag.attribute("Target"))
            {
                let kind = kind.rsplit('/').next().unwrap_or_default().to_owned();
                found.push(Relation { id, kind, target: resolved(part, &target) });
            }
        })?;
        Some(found)
    }

    /// The package: parts that have not changed as they are stored, in their order; new ones last.
    ///
    /// # Errors
    /// What the archive refuses.
    pub(super) fn finish(mut self) -> Result<Vec<u8>, EmitError> {
        let mut out = ZipWriter::new(Cursor::new(Vec::new()));
        let options = SimpleFileOptions::default()
            .compression_method(CompressionMethod::Deflated)
            .last_modified_time(DateTime::default())
            .unix_permissions(0o644);
        for index in 0..self.archive.len() {
            match self.changed.get(&index) {
                None => out.raw_copy_file(self.archive.by_index_raw(index)?)?,
                Some(bytes) => {
                    let name = self.archive.by_index_raw(index)?.name()?.into_owned();
                    out.start_file(name, options)?;
                    out.write_all(bytes).map_err(zip::result::ZipError::Io)?;
                }
            }
        }
        for (name, bytes) in &self.added {
            out.start_file(name.as_str(), options)?;
            out.write_all(bytes).map_err(zip::result::ZipError::Io)?;
        }
        Ok(out.finish()?.into_inner())
    }
}

/// "xl/_rels/workbook.xml.rels" of "xl/workbook.xml"; "_rels/.rels" of the package.
pub(super) fn relations_of(part: &str) -> String {
    match part.rsplit_once('/') {
        Some((folder, name)) => format!("{folder}/_rels/{name}.rels"),
        None => format!("_rels/{part}.rels"),
    }
}

/// The whole path of a target, relative to the part that names it.
fn resolved(part: &str, target: &str) -> String {
    let target = target.replace('\\', "/");
    if let Some(whole) = target.strip_prefix('/') {
        return whole.to_owned();
    }
    let mut path: Vec<&str> = part.rsplit_once('/').map_or_else(Vec::new, |(folder, _)| folder.split('/').collect());
    for step in target.split('/') {
        match step {
            "." | "" => {}
            ".." => {
                path.pop();
            }
            step => path.push(step),
        }
    }
    path.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn targets_are_followed_from_their_part() {
        assert_eq!(resolved("xl/workbook.xml", "worksheets/sheet1.xml"), "xl/worksheets/sheet1.xml");
        assert_eq!(resolved("xl/workbook.xml", "/xl/worksheets/sheet1.xml"), "xl/worksheets/sheet1.xml");
        assert_eq!(resolved("xl/worksheets/sheet1.xml", "../tables/table1.xml"), "xl/tables/table1.xml");
        assert_eq!(resolved("", "xl/workbook.xml"), "xl/workbook.xml");
        assert_eq!(relations_of(""), "_rels/.rels");
    }
}
