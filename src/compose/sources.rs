//! The texts of the templates: built in, each replaceable by a file of the same path; which file an act or a clause of a
//! model comes from; the marking of lines so that every clause keeps its template line.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use include_dir::{Dir, include_dir};
use sha2::{Digest, Sha256};

use super::tokens;
use crate::diagnostic::Diagnostic;
use crate::place::Place;

static BUILT_IN: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/templates");

/// Folder of clauses shared by all models.
const CLAUSES: &str = "clausole";
/// Folder of acts shared by all models.
const ACTS: &str = "atti";

/// All texts by path (`clausole/recesso.md`), and the lines that were marked.
#[derive(Debug)]
pub struct Sources {
    files: BTreeMap<String, Arc<str>>,
    first_line: BTreeMap<String, usize>,
    lines: Vec<(Arc<str>, u32)>,
}

impl Sources {
    /// The built-in texts with `overrides` in their place.
    ///
    /// Reports TXT-06 for a file that is not UTF-8 or holds private-use characters; the built-in one then stays.
    pub fn new(overrides: Vec<(String, Vec<u8>)>) -> (Self, Vec<Diagnostic>) {
        let mut files: BTreeMap<String, Arc<str>> = BTreeMap::new();
        collect(&BUILT_IN, &mut files);
        let mut diagnostics = Vec::new();
        for (path, bytes) in overrides {
            match String::from_utf8(bytes) {
                Ok(text) if !text.contains(tokens::is_reserved) => {
                    let text = text.trim_start_matches('\u{feff}').replace("\r\n", "\n");
                    files.insert(path, text.into());
                }
                Ok(_) => diagnostics.push(
                    Diagnostic::new("TXT-06", Place::File(path.into()), "il file contiene caratteri per uso privato")
                        .hint("toglierli: di solito vengono da un font di simboli"),
                ),
                Err(_) => diagnostics.push(
                    Diagnostic::new("TXT-06", Place::File(path.into()), "il file non è in codifica UTF-8")
                        .hint("salvarlo come testo UTF-8"),
                ),
            }
        }
        let mut lines = Vec::new();
        let mut first_line = BTreeMap::new();
        for (path, text) in &files {
            first_line.insert(path.clone(), lines.len());
            let path: Arc<str> = path.as_str().into();
            lines.extend((1..=u32::try_from(text.lines().count()).unwrap_or(u32::MAX)).map(|n| (Arc::clone(&path), n)));
        }
        (Self { files, first_line, lines }, diagnostics)
    }

    /// Folders that hold a `model.toml`.
    pub fn model_ids(&self) -> Vec<String> {
        self.files.keys().filter_map(|path| path.strip_suffix("/model.toml")).map(str::to_owned).collect()
    }

    /// The text of a file.
    pub fn text(&self, path: &str) -> Option<&str> {
        self.files.get(path).map(|text| &**text)
    }

    /// The file that holds an act (`convenzione`) or a clause (`clausole/recesso`) of a model.
    pub fn resolve(&self, model: &str, name: &str) -> Option<String> {
        let shared = if name.starts_with(CLAUSES) { format!("{name}.md") } else { format!("{ACTS}/{name}.md") };
        [format!("{model}/{name}.md"), shared].into_iter().find(|path| self.files.contains_key(path))
    }

    /// Names under which a model's acts and clauses can be called: `convenzione`, `clausole/recesso`.
    pub fn names_of(&self, model: &str) -> BTreeSet<String> {
        let own = self.files.keys().filter_map(|path| path.strip_prefix(model)?.strip_prefix('/')?.strip_suffix(".md"));
        let clauses =
            self.files.keys().filter(|path| path.starts_with(CLAUSES)).filter_map(|path| path.strip_suffix(".md"));
        let acts = self.files.keys().filter_map(|path| path.strip_prefix(ACTS)?.strip_prefix('/')?.strip_suffix(".md"));
        own.chain(clauses).chain(acts).map(str::to_owned).collect()
    }

    /// The templates of a model ready for the engine: name and text with its lines marked.
    pub fn instrumented(&self, model: &str) -> Vec<(String, String)> {
        let mut templates = Vec::new();
        for name in self.names_of(model) {
            let Some(path) = self.resolve(model, &name) else { continue };
            let (Some(text), Some(&first)) = (self.text(&path), self.first_line.get(&path)) else { continue };
            let mut fenced = false;
            let mut marked = String::with_capacity(text.len() * 2);
            for (offset, line) in text.lines().enumerate() {
                fenced ^= line.trim_start().starts_with("```");
                match mark_position(line).filter(|_| !fenced) {
                    Some(at) => {
                        marked.push_str(&line[..at]);
                        marked.push_str(&tokens::line_marker(first + offset));
                        marked.push_str(&line[at..]);
                    }
                    None => marked.push_str(line),
                }
                marked.push('\n');
            }
            templates.push((name, marked));
        }
        templates
    }

    /// The place of a marked line.
    pub fn line(&self, index: usize) -> Place {
        self.lines.get(index).map_or(Place::None, |(path, line)| Place::Text(Arc::clone(path), *line, 1))
    }

    /// The files that make a model: its own, and the shared ones.
    pub fn files_of(&self, model: &str) -> Vec<(String, String)> {
        let belongs =
            |path: &str| path.starts_with(&format!("{model}/")) || path.starts_with(CLAUSES) || path.starts_with(ACTS);
        self.files
            .iter()
            .filter(|(path, _)| belongs(path))
            .map(|(path, text)| (path.clone(), text.to_string()))
            .collect()
    }

    /// SHA-256 of all texts, in hexadecimal.
    pub fn fingerprint(&self) -> String {
        let mut hash = Sha256::new();
        for (path, text) in &self.files {
            hash.update(path.as_bytes());
            hash.update([0]);
            hash.update(text.as_bytes());
            hash.update([0]);
        }
        hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
    }
}

fn collect(folder: &Dir<'static>, files: &mut BTreeMap<String, Arc<str>>) {
    for file in folder.files() {
        let path = file.path().to_string_lossy().replace('\\', "/");
        let is_text = path.ends_with(".md") || path.ends_with(".toml");
        if let (true, Some(text)) = (is_text, file.contents_utf8()) {
            files.insert(path, text.into());
        }
    }
    folder.dirs().for_each(|folder| collect(folder, files));
}

/// Where the marker of a line goes: after indentation and Markdown's own marks. `None` for lines that hold nothing to
/// mark: blank ones, fences, table rules, and Handlebars tags alone on their line.
fn mark_position(line: &str) -> Option<usize> {
    let body = line.trim();
    let is_rule = !body.is_empty() && body.bytes().all(|b| b"|-: ".contains(&b));
    let is_tag = body.starts_with("{{#")
        || body.starts_with("{{/")
        || body.starts_with("{{else")
        || body.starts_with("{{>")
        || body.starts_with("{{!");
    let alone = is_tag && body.ends_with("}}") && body.matches("{{").count() == 1;
    // A line that begins with an inline condition is marked too, unless that would break Markdown's marks after it.
    if body.is_empty() || is_rule || alone || body.starts_with("```") {
        return None;
    }
    let indent = line.len() - line.trim_start().len();
    let digits = body.bytes().take_while(u8::is_ascii_digit).count();
    let skip = match body.as_bytes() {
        [b'#', ..] => body.len() - body.trim_start_matches('#').trim_start().len(),
        [b'-' | b'*', b' ', ..] => 2,
        [b'|', ..] => 1,
        _ if digits > 0 && body.get(digits..).is_some_and(|rest| rest.starts_with(". ")) => digits + 2,
        _ if body.starts_with("Tabella:") => "Tabella:".len(),
        _ if is_tag => return None,
        _ => 0,
    };
    Some(indent + skip)
}
