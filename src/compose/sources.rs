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
/// How the call of a clause begins.
const CALL: &str = "{{>";
/// Nesting of clauses beyond which a circle is presumed.
pub const DEEPEST: usize = 8;
/// Longest text of an act with its clauses in their place, in bytes: some hundreds of pages.
pub const LONGEST: usize = 2_000_000;
/// Folder of acts shared by all models.
const ACTS: &str = "atti";

/// All texts by path (`clausole/recesso.md`), and the lines that were marked.
#[derive(Debug)]
pub struct Sources {
    files: BTreeMap<String, Arc<str>>,
    first_line: BTreeMap<String, usize>,
    lines: Vec<(Arc<str>, u32)>,
    /// The bases of each model, nearest first.
    bases: BTreeMap<String, Vec<String>>,
    /// True where no file replaces a built-in text or is added to them.
    built_in: bool,
}

impl Sources {
    /// The built-in texts with `overrides` in their place.
    ///
    /// Reports TXT-06 for a file that is not UTF-8 or holds private-use characters; the built-in one then stays.
    pub fn new(overrides: Vec<(String, Vec<u8>)>) -> (Self, Vec<Diagnostic>) {
        let mut files: BTreeMap<String, Arc<str>> = BTreeMap::new();
        collect(&BUILT_IN, &mut files);
        let built_in = overrides.is_empty();
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
        (Self { files, first_line, lines, bases: BTreeMap::new(), built_in }, diagnostics)
    }

    /// True where all texts are those that the program brings.
    pub fn are_built_in(&self) -> bool {
        self.built_in
    }

    /// Folders that hold a `model.toml`.
    pub fn model_ids(&self) -> Vec<String> {
        self.files.keys().filter_map(|path| path.strip_suffix("/model.toml")).map(str::to_owned).collect()
    }

    /// The text of a file.
    pub fn text(&self, path: &str) -> Option<&str> {
        self.files.get(path).map(|text| &**text)
    }

    /// Says on which models a model builds, nearest first.
    pub fn set_bases(&mut self, model: &str, bases: Vec<String>) {
        self.bases.insert(model.to_owned(), bases);
    }

    /// The folders in which a model's texts are looked for before the shared ones: its own, then its bases'.
    fn folders<'a>(&'a self, model: &'a str) -> impl Iterator<Item = &'a str> {
        let bases = self.bases.get(model).map_or(&[][..], Vec::as_slice);
        std::iter::once(model).chain(bases.iter().map(String::as_str))
    }

    /// The file that holds an act (`convenzione`) or a clause (`clausole/recesso`) of a model: its own, its base's, or the
    /// shared one.
    pub fn resolve(&self, model: &str, name: &str) -> Option<String> {
        let shared = if name.starts_with(CLAUSES) { format!("{name}.md") } else { format!("{ACTS}/{name}.md") };
        let own = self.folders(model).map(|folder| format!("{folder}/{name}.md"));
        own.chain([shared]).find(|path| self.files.contains_key(path))
    }

    /// Names under which a model's acts and clauses can be called: `convenzione`, `clausole/recesso`.
    pub fn names_of(&self, model: &str) -> BTreeSet<String> {
        let mut names = BTreeSet::new();
        for path in self.files.keys() {
            let in_folder = |folder: &str| path.strip_prefix(folder)?.strip_prefix('/')?.strip_suffix(".md");
            let own = self.folders(model).chain([ACTS]).find_map(in_folder);
            let clause = path.strip_suffix(".md").filter(|path| path.starts_with(CLAUSES));
            names.extend(own.or(clause).map(str::to_owned));
        }
        names
    }

    /// An act of a model ready for the engine: lines marked and clauses put in their place; `None` where there is no text
    /// for it.
    ///
    /// The engine's own partials would copy all the data at every call, which is most of the time of composing an act.
    pub fn instrumented(&self, model: &str, act: &str) -> Option<String> {
        self.resolve(model, act).map(|_| self.assembled(model, act, 0, &mut { LONGEST }))
    }

    /// The marked text of an act or clause, with the clauses it calls in their place. Circles have been reported by the
    /// lint, as have texts that outgrow what is `left` of the length allowed; here they just end.
    fn assembled(&self, model: &str, name: &str, depth: usize, left: &mut usize) -> String {
        let text = self.resolve(model, name).and_then(|path| self.text(&path)).unwrap_or_default();
        let Some(rest) = left.checked_sub(text.len()) else { return String::new() };
        *left = rest;
        let marked = self.marked(model, name);
        if depth > DEEPEST || !marked.contains(CALL) {
            return marked;
        }
        let mut text = String::with_capacity(marked.len() * 2);
        for line in marked.lines() {
            let mut rest = line;
            while let Some((before, name, after)) = call(rest) {
                let clause = self.assembled(model, name, depth + 1, left);
                // A call alone on its line stands for whole lines, indented as it is.
                let indented = before.trim().is_empty() && after.trim().is_empty();
                let gap = if indented { format!("\n{before}") } else { "\n".to_owned() };
                text.push_str(before);
                text.push_str(&clause.trim_end_matches('\n').replace('\n', &gap));
                rest = after;
            }
            text.push_str(rest);
            text.push('\n');
        }
        text
    }

    /// How long the text of an act is with its clauses in their place, in bytes, the same clause counted as often as it is
    /// called; circles and calls too deep, which the lint reports, are counted no further.
    pub fn length(&self, model: &str, act: &str) -> usize {
        self.counted(model, act, 0, &mut BTreeMap::new())
    }

    fn counted(&self, model: &str, name: &str, depth: usize, known: &mut BTreeMap<String, usize>) -> usize {
        if depth > DEEPEST {
            return 0;
        }
        if let Some(length) = known.get(name) {
            return *length;
        }
        known.insert(name.to_owned(), 0);
        let text = self.resolve(model, name).and_then(|path| self.text(&path)).unwrap_or_default();
        let mut length = text.len();
        for mut line in text.lines() {
            while let Some((_, clause, after)) = call(line) {
                length = length.saturating_add(self.counted(model, clause, depth + 1, known));
                line = after;
            }
        }
        known.insert(name.to_owned(), length);
        length
    }

    /// The text of an act or clause with its lines marked.
    fn marked(&self, model: &str, name: &str) -> String {
        let path = self.resolve(model, name).unwrap_or_default();
        let (Some(text), Some(&first)) = (self.text(&path), self.first_line.get(&path)) else { return String::new() };
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
        marked
    }

    /// The place of a marked line.
    pub fn line(&self, index: usize) -> Place {
        self.lines.get(index).map_or(Place::None, |(path, line)| Place::Text(Arc::clone(path), *line, 1))
    }

    /// The files that make a model: its own, its bases', and the shared ones.
    pub fn files_of(&self, model: &str) -> Vec<(String, String)> {
        let belongs = |path: &str| {
            let folder = path.split('/').next().unwrap_or_default();
            folder == CLAUSES || folder == ACTS || self.folders(model).any(|own| own == folder)
        };
        self.files
            .iter()
            .filter(|(path, _)| belongs(path))
            .map(|(path, text)| (path.clone(), text.to_string()))
            .collect()
    }

    /// Every text: path and content.
    pub fn all(&self) -> impl Iterator<Item = (&str, &str)> {
        self.files.iter().map(|(path, text)| (path.as_str(), &**text))
    }

    /// The files that an act of a model is put together from: its own and those of the clauses it calls.
    pub fn parts_of(&self, model: &str, act: &str) -> BTreeSet<String> {
        let mut parts = BTreeSet::new();
        let mut names = vec![act.to_owned()];
        while let Some(name) = names.pop() {
            let Some(path) = self.resolve(model, &name).filter(|path| !parts.contains(path)) else { continue };
            for mut line in self.text(&path).unwrap_or_default().lines() {
                while let Some((_, name, after)) = call(line) {
                    names.push(name.to_owned());
                    line = after;
                }
            }
            parts.insert(path);
        }
        parts
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

/// The first call of a clause in a line: what comes before, the clause's name, what comes after.
fn call(line: &str) -> Option<(&str, &str, &str)> {
    let (before, rest) = line.split_once(CALL)?;
    let (name, after) = rest.split_once("}}")?;
    Some((before, name.trim(), after))
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
    let is_rule = is_table_rule(body);
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

/// True for the line of dashes under the head of a table, also where a condition holds some of its columns.
fn is_table_rule(body: &str) -> bool {
    let untagged: String = body
        .split("{{")
        .enumerate()
        .map(|(n, piece)| piece.split_once("}}").filter(|_| n > 0).map_or(piece, |it| it.1))
        .collect();
    let is_made_of_dashes = !body.is_empty() && untagged.bytes().all(|b| b"|-: ".contains(&b));
    is_made_of_dashes && (untagged == body || body.starts_with('|') && untagged.contains("--"))
}
