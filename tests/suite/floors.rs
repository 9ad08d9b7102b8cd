//! The shape of the code: who may import whom, where heavy crates may stand, how a file opens, what it must not say.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// The floor of each module of `src`. Floor 1 knows itself and floor 0; siblings of floor 2 do not know each other.
const FLOORS: &[(&str, u8)] = &[
    ("place", 0),
    ("diagnostic", 0),
    ("rule", 0),
    ("citation", 0),
    ("money", 0),
    ("date", 0),
    ("identifier", 0),
    ("italian", 0),
    ("survey", 0),
    ("table", 1),
    ("schema", 1),
    ("model", 1),
    ("dossier", 1),
    ("act", 1),
    ("gazetteer", 1),
    ("example", 1),
    ("bill", 1),
    ("fatturapa", 1),
    ("read", 2),
    ("check", 2),
    ("fees", 2),
    ("billing", 2),
    ("deadlines", 2),
    ("renewal", 2),
    ("compose", 2),
    ("emit", 2),
    ("examine", 2),
    ("sdi", 2),
    ("verify", 2),
    ("batch", 3),
    ("pipeline", 3),
    ("cli", 4),
    ("web", 4),
];

/// Heavy crates and the files that may name them, by prefix.
const FENCES: &[(&str, &[&str])] = &[
    ("calamine", &["read/", "read.rs"]),
    ("cfb", &["read/"]),
    ("handlebars", &["compose/", "compose.rs", "web/pages.rs"]),
    ("pulldown_cmark", &["compose/", "web/rules.rs"]),
    ("typst", &["emit/pdf"]),
    ("typst_pdf", &["emit/pdf"]),
    ("typst_layout", &["emit/pdf"]),
    ("typst_kit", &["emit/pdf"]),
    ("comemo", &["emit/pdf"]),
    ("docx_rs", &["emit/docx"]),
    // `emit.rs` names its error only.
    ("rust_xlsxwriter", &["emit/workbook", "emit/register", "emit.rs"]),
    ("zip", &["emit/", "emit.rs", "read/", "pipeline/verify/expand.rs", "examine/source/"]),
    ("flate2", &["survey.rs"]),
    ("cms", &["verify/"]),
    ("der", &["verify/"]),
    ("rsa", &["verify/key.rs"]),
    ("p256", &["verify/key.rs"]),
    ("p384", &["verify/key.rs"]),
    ("p521", &["verify/key.rs"]),
    ("hayro_syntax", &["survey.rs", "verify/pdf.rs", "verify/changes.rs"]),
    ("hayro_interpret", &["examine/source/pdf"]),
    ("kurbo", &["examine/source/pdf"]),
    ("icalendar", &["emit/calendar.rs"]),
    ("encoding_rs", &["sdi/encoding.rs", "examine/source/plain.rs"]),
    ("clap", &["cli/", "cli.rs"]),
    ("indicatif", &["cli/progress.rs"]),
    ("ctrlc", &["cli/progress.rs"]),
    ("rayon", &["batch.rs"]),
    ("axum", &["web/", "web.rs"]),
    ("tokio", &["web/", "web.rs"]),
    ("tower_http", &["web.rs"]),
    ("futures_util", &["web/"]),
    ("getrandom", &["web/session.rs"]),
];

/// What may stop the program although it stands outside tests: file, words, reason.
const MAY_STOP: &[(&str, &str, &str)] =
    &[("emit/pdf/world.rs", "unreachable!", "the paths of the two virtual files are constants")];

/// Files longer than this are too long to be read at once.
const LONGEST: usize = 500;

struct Source {
    /// Path from `src`, with slashes.
    path: String,
    text: String,
}

impl Source {
    /// The module of `src` that the file belongs to; empty for `lib.rs` and `main.rs`.
    fn module(&self) -> &str {
        let first = self.path.split('/').next().unwrap_or_default().trim_end_matches(".rs");
        if matches!(first, "lib" | "main") { "" } else { first }
    }

    /// True for a file that only tests compile.
    fn is_test(&self) -> bool {
        self.path.ends_with("tests.rs") || self.path.contains("/tests/") || self.path.ends_with("sample.rs")
    }

    /// The lines of code outside `#[cfg(test)]` modules and comments, with their number.
    fn code(&self) -> Vec<(usize, &str)> {
        let mut code = Vec::new();
        let mut lines = self.text.lines().enumerate().peekable();
        while let Some((index, line)) = lines.next() {
            let tested = line.trim() == "#[cfg(test)]";
            let opens = lines.peek().is_some_and(|(_, next)| {
                next.trim_start().trim_start_matches("pub ").starts_with("mod ") && next.ends_with('{')
            });
            if tested && opens {
                let indent = line.len() - line.trim_start().len();
                let end = format!("{}}}", " ".repeat(indent));
                lines.by_ref().find(|(_, line)| **line == *end);
                continue;
            }
            if !line.trim_start().starts_with("//") {
                code.push((index + 1, line));
            }
        }
        code
    }
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).to_owned()
}

fn sources() -> Vec<Source> {
    fn walk(folder: &Path, prefix: &str, found: &mut Vec<Source>) {
        for entry in fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            let name = format!("{prefix}{}", path.file_name().expect("a name").to_string_lossy());
            if path.is_dir() {
                walk(&path, &format!("{name}/"), found);
            } else if name.ends_with(".rs") {
                found.push(Source { path: name, text: fs::read_to_string(&path).expect("a source") });
            }
        }
    }
    let mut found = Vec::new();
    walk(&root().join("src"), "", &mut found);
    found.sort_by(|a, b| a.path.cmp(&b.path));
    assert!(found.len() > 50, "the sources are where they were");
    found
}

fn floor(module: &str) -> Option<u8> {
    FLOORS.iter().find(|(name, _)| *name == module).map(|(_, floor)| *floor)
}

fn identifier(text: &str) -> &str {
    text.split(|c: char| !c.is_ascii_alphanumeric() && c != '_').next().unwrap_or_default()
}

/// The modules named after `crate::` in code, `crate::{a, b::c}` included.
fn imports(source: &Source) -> BTreeSet<String> {
    let code: String = source.code().into_iter().map(|(_, line)| format!("{line}\n")).collect();
    let mut found = BTreeSet::new();
    for (at, _) in code.match_indices("crate::") {
        let rest = &code[at + "crate::".len()..];
        match rest.strip_prefix('{') {
            None => {
                found.insert(identifier(rest).to_owned());
            }
            Some(group) => {
                let mut depth = 0;
                let mut start = true;
                for (offset, c) in group.char_indices() {
                    match c {
                        '{' => depth += 1,
                        '}' if depth == 0 => break,
                        '}' => depth -= 1,
                        ',' if depth == 0 => start = true,
                        c if depth == 0 && start && !c.is_whitespace() => {
                            found.insert(identifier(&group[offset..]).to_owned());
                            start = false;
                        }
                        _ => {}
                    }
                }
            }
        }
    }
    found
}

#[test]
fn a_file_imports_from_lower_floors_only() {
    let mut faults = Vec::new();
    for source in sources() {
        let own = source.module();
        if own.is_empty() {
            continue;
        }
        let Some(own_floor) = floor(own) else {
            faults.push(format!("{}: the module «{own}» has no floor in this test", source.path));
            continue;
        };
        for name in imports(&source) {
            let Some(other) = floor(&name) else {
                faults.push(format!("{}: «{name}» has no floor in this test", source.path));
                continue;
            };
            // Siblings of floor 2 are strangers; elsewhere modules of one floor may know each other.
            if name != own && (other > own_floor || (own_floor == 2 && other == 2)) {
                faults.push(format!("{}: {own} (floor {own_floor}) imports {name} (floor {other})", source.path));
            }
        }
    }
    assert_eq!(faults, [] as [String; 0]);
}

#[test]
fn imports_are_found_however_they_are_written() {
    let text = "use crate::{batch, emit::{self, pdf::Press}, read};\n// crate::cli\nfn f() { crate::check::act::act() }\n\
                #[cfg(test)]\nmod tests {\n    use crate::web;\n}\n";
    let source = Source { path: "fees.rs".to_owned(), text: text.to_owned() };
    assert_eq!(imports(&source).into_iter().collect::<Vec<_>>(), ["batch", "check", "emit", "read"]);
}

#[test]
fn modules_of_the_library_all_have_a_floor() {
    let library = fs::read_to_string(root().join("src/lib.rs")).expect("lib.rs");
    let declared = library.lines().filter_map(|line| line.trim_start_matches("pub ").strip_prefix("mod "));
    for module in declared.map(|name| name.trim_end_matches(';')) {
        assert!(floor(module).is_some(), "«{module}» has no floor");
    }
}

#[test]
fn heavy_crates_stay_in_their_files() {
    let mut faults = Vec::new();
    for source in sources().iter().filter(|source| !source.is_test()) {
        for (number, line) in source.code() {
            for (name, files) in FENCES {
                let named = line.match_indices(name).any(|(at, _)| {
                    let before = line[..at].chars().next_back();
                    let after = &line[at + name.len()..];
                    let whole = !before.is_some_and(|c| c.is_alphanumeric() || c == '_' || c == '"' || c == ':');
                    whole
                        && (after.starts_with("::")
                            || (line.trim_start().starts_with("use ") && after.starts_with([';', ' '])))
                });
                // `self::` and `crate::` paths to our own modules of the same name are something else.
                if named && !files.iter().any(|prefix| source.path.starts_with(prefix)) {
                    faults.push(format!("{}:{number}: {}", source.path, line.trim()));
                }
            }
        }
    }
    assert_eq!(faults, [] as [String; 0]);
}

#[test]
fn files_open_by_saying_what_they_own_and_are_not_too_long() {
    let mut faults = Vec::new();
    for source in sources() {
        let opening: String = source.text.lines().take_while(|line| line.starts_with("//!")).collect();
        if opening.len() < 30 && !matches!(source.path.as_str(), "main.rs") {
            faults.push(format!("{} does not say what it owns", source.path));
        }
        let lines = source.text.lines().count();
        if lines > LONGEST {
            faults.push(format!("{} has {lines} lines", source.path));
        }
    }
    assert_eq!(faults, [] as [String; 0]);
}

#[test]
fn nothing_stops_the_program_or_prints_behind_the_faces() {
    let stops = [".unwrap()", ".expect(", "panic!(", "todo!(", "unimplemented!(", "unreachable!(", "dbg!("];
    let prints = ["println!(", "print!(", "eprintln!(", "eprint!("];
    let mut faults = Vec::new();
    let mut used = BTreeSet::new();
    for source in sources().iter().filter(|source| !source.is_test()) {
        for (number, line) in source.code() {
            let said = stops.iter().chain(&prints).find(|word| line.contains(*word));
            let Some(word) = said else { continue };
            let allowed = MAY_STOP.iter().find(|(path, words, _)| source.path == *path && word.starts_with(words));
            match allowed {
                Some((path, ..)) => {
                    used.insert(*path);
                }
                None => faults.push(format!("{}:{number}: {}", source.path, line.trim())),
            }
        }
    }
    assert_eq!(faults, [] as [String; 0]);
    assert_eq!(used.len(), MAY_STOP.len(), "an exception is no longer needed");
}

/// True for something that looks like a path of the repository.
fn looks_like_path(word: &str) -> bool {
    let folders = ["src/", "docs/", "tests/", "templates/", "fixtures/", "benches/", "anagrafica/", ".ci/"];
    folders.iter().any(|folder| word.starts_with(folder)) && !word.contains(['<', '*', '…', '{'])
}

#[test]
fn paths_named_in_documents_and_openings_exist() {
    let root = root();
    let mut faults = Vec::new();
    let mut judge = |where_from: &str, text: &str| {
        let words = text.split(|c: char| c.is_whitespace() || "`()[]«»\",;|".contains(c));
        for word in words.map(|word| word.trim_end_matches(['.', ':'])).filter(|word| looks_like_path(word)) {
            if !root.join(word).exists() {
                faults.push(format!("{where_from} names {word}"));
            }
        }
    };
    for name in ["README.md", "CONTRIBUTING.md", "docs/guida.md", "docs/testi.md", "tests/data/formati/README.md"] {
        if let Ok(text) = fs::read_to_string(root.join(name)) {
            judge(name, &text);
        }
    }
    for source in sources() {
        let opening: Vec<&str> = source.text.lines().filter(|line| line.trim_start().starts_with("//!")).collect();
        judge(&source.path, &opening.join("\n"));
    }
    assert_eq!(faults, [] as [String; 0]);
}
