//! `docs/licenze.md`: every crate with version and licence, as `cargo metadata` says without network. `UPDATE=1 cargo test
//! licences` rewrites it. Every licence must be one under which the whole can be given.
//!
//! Which crates there are depends on the system: the page is that of Linux on x86-64, and only there it is compared.

#![cfg(all(target_os = "linux", target_arch = "x86_64"))]

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::Path;
use std::process::Command;

use serde_json::Value;
use spdx::{Expression, ParseMode};

const TARGET: &str = "x86_64-unknown-linux-gnu";

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn metadata() -> Value {
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--offline", "--locked", "--format-version", "1", "--filter-platform", TARGET])
        .current_dir(root())
        .output()
        .expect("cargo");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).expect("JSON")
}

/// The licences of `deny.toml`: one list for both judges.
fn allowed() -> BTreeSet<String> {
    let text = std::fs::read_to_string(root().join("deny.toml")).expect("deny.toml");
    let list = text.split("allow = [").nth(1).and_then(|rest| rest.split(']').next()).expect("a list");
    list.split('"').skip(1).step_by(2).map(str::to_owned).collect()
}

/// A crate: licence, and whether the program has it in itself.
struct Crate {
    licence: String,
    is_inside: bool,
}

/// By name and version.
fn crates() -> BTreeMap<(String, String), Crate> {
    let all = metadata();
    let text = |it: &Value, key: &str| it[key].as_str().unwrap_or_default().to_owned();
    let start = text(&all["resolve"], "root");
    let nodes: BTreeMap<&str, &Value> =
        all["resolve"]["nodes"].as_array().unwrap().iter().map(|node| (node["id"].as_str().unwrap(), node)).collect();
    let mut inside = BTreeSet::from([start.as_str()]);
    let mut next = vec![start.as_str()];
    while let Some(id) = next.pop() {
        for link in nodes[id]["deps"].as_array().unwrap() {
            let kinds = link["dep_kinds"].as_array().unwrap();
            let id = link["pkg"].as_str().unwrap();
            if kinds.iter().any(|kind| kind["kind"].is_null()) && inside.insert(id) {
                next.push(id);
            }
        }
    }
    let packages = all["packages"].as_array().unwrap();
    let of = |it: &Value| {
        let is_inside = inside.contains(it["id"].as_str().unwrap());
        ((text(it, "name"), text(it, "version")), Crate { licence: text(it, "license"), is_inside })
    };
    packages.iter().filter(|it| it["id"] != start.as_str()).map(of).collect()
}

#[test]
fn every_licence_lets_the_whole_be_given() {
    let allowed = allowed();
    assert!(allowed.contains("MIT") && !allowed.iter().any(|it| it.starts_with("GPL") || it.starts_with("AGPL")));
    for ((name, version), it) in crates() {
        let expression = Expression::parse_mode(&it.licence, ParseMode::LAX);
        let expression = expression.unwrap_or_else(|error| panic!("{name} {version}: {}: {error}", it.licence));
        let is_allowed = expression.evaluate(|wanted| allowed.contains(&wanted.to_string()));
        assert!(is_allowed, "{name} {version}: {} is not in deny.toml", it.licence);
    }
}

#[test]
fn the_page_of_licences_is_that_of_the_crates() {
    let crates = crates();
    let mut page = String::from(
        "# Licenze\n\n\
         Pagina scritta dal programma: non va modificata a mano (`UPDATE=1 cargo test licences`). Scrivano è dato con licenza EUPL-1.2; \
         queste sono le librerie di cui è fatto su Linux, con la versione fissata in `Cargo.lock`. Una prova controlla che ogni licenza sia \
         fra quelle di `deny.toml`, tutte compatibili; dove una libreria ne offre più d’una basta che una lo sia.\n\n\
         I caratteri dentro il programma vengono da `typst-assets`: Libertinus Serif (SIL Open Font License 1.1), New Computer Modern \
         (GUST Font License; il tondo GPL-3.0 con eccezione per i documenti) e DejaVu Sans Mono (licenza Bitstream Vera). I profili di \
         colore sono CC0-1.0. I testi interi sono nel file NOTICE di quella libreria.\n",
    );
    for (title, is_inside) in [("Nel programma", true), ("Solo per costruirlo e provarlo", false)] {
        let list: Vec<_> = crates.iter().filter(|(_, it)| it.is_inside == is_inside).collect();
        write!(page, "\n## {title}\n\n{} librerie.\n\n| libreria | versione | licenza |\n|---|---|---|\n", list.len())
            .unwrap();
        for ((name, version), it) in list {
            writeln!(page, "| {name} | {version} | {} |", it.licence).unwrap();
        }
    }
    crate::generated::compare("licenze.md", &page);
}
