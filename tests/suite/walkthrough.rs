//! `docs/nuovo-modello.md` done word for word: its files written where it says, its commands run. What a clerk does by hand
//! in between, filling in the workbook, is here the data of another model's example.

use std::fs;
use std::path::{Path, PathBuf};

use crate::outputs::small::{Small, at_today, scrivano, stderr, stdout};

const PAGE: &str = "docs/nuovo-modello.md";

/// What a page says to do: files to write, commands to run.
#[derive(Default)]
struct Steps {
    files: Vec<(PathBuf, String)>,
    commands: Vec<String>,
}

/// Reads a page: a fenced block under a line with a path alone in bold is that file; one without a language holds commands.
fn steps(page: &str) -> Steps {
    let mut steps = Steps::default();
    let mut lines = page.lines();
    let mut path: Option<PathBuf> = None;
    while let Some(line) = lines.next() {
        if let Some(named) = line.strip_prefix("**`").and_then(|rest| rest.strip_suffix("`**")) {
            path = Some(named.into());
        } else if let Some(language) = line.strip_prefix("```") {
            let block: Vec<&str> = lines.by_ref().take_while(|line| *line != "```").collect();
            match path.take() {
                Some(path) => steps.files.push((path, format!("{}\n", block.join("\n")))),
                None => {
                    assert_eq!(language, "", "a block of {PAGE} that is neither a file nor commands");
                    steps.commands.extend(block.into_iter().map(str::to_owned));
                }
            }
        }
    }
    steps
}

fn run(folder: &Path, command: &str) -> String {
    let words: Vec<&str> = command.split_whitespace().collect();
    let (program, arguments) = words.split_first().expect("a command");
    assert_eq!(*program, "scrivano", "{command}");
    let dated = arguments.first() != Some(&"modello");
    let output = if dated { at_today(folder, arguments) } else { scrivano(folder, arguments) };
    assert_eq!(output.status.code(), Some(0), "{command}: {}{}", stdout(&output), stderr(&output));
    stdout(&output)
}

#[test]
fn a_centre_is_added_as_the_page_says() {
    let page = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(PAGE)).expect("the page");
    let steps = steps(&page);
    let folder = tempfile::tempdir().expect("a folder");
    let at = folder.path();
    assert_eq!((steps.files.len(), steps.commands.len()), (3, 3), "{PAGE}");
    for (path, text) in &steps.files {
        fs::create_dir_all(at.join(path).parent().expect("a parent")).expect("a folder");
        fs::write(at.join(path), text).expect("a file");
    }
    let mut commands = steps.commands.iter();
    run(at, commands.next().expect("the workbook"));
    assert!(at.join("valdarnia.xlsx").is_file(), "the empty workbook is there");
    let filled = Small::of("upi", &["c_a315", "c_a765"]).set("Convenzione", 0, "modello", "valdarnia").set(
        "Convenzione",
        0,
        "titolo",
        "Convenzione per il Polo digitale della Valdarnia",
    );
    filled.write(at, "valdarnia.xlsx");
    let said = run(at, commands.next().expect("the check"));
    assert!(said.contains("0 errori, 0 avvisi"), "{said}");
    run(at, &format!("{} --formati html", commands.next().expect("the acts")));
    let act = at.join("out/valdarnia/c_a315-antrodoco/01-convenzione.html");
    let act = fs::read_to_string(act).expect("a convention");
    for words in ["dal 2019 i Comuni della Valdarnia", "ogni sei mesi", "Conferenza dei Sindaci", "ogni semestre"] {
        assert!(act.contains(words), "the convention does not say «{words}»");
    }
    assert!(!act.contains("Assemblea degli enti"), "the organs of another model");
}
