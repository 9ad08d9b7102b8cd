//! Runs that are killed, run out of room, are started again, or find what earlier ones left: never half a file, never a
//! bundle without its documents, in the end what an undisturbed run writes.

use std::collections::hash_map::RandomState;
use std::fs;
use std::hash::{BuildHasher, Hasher};
use std::io::Cursor;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::Value;

use super::small::{Small, TODAY, at_today, files, stderr, stdout};

const CODES: [&str; 3] = ["c_a315", "c_a765", "c_a996"];
/// Kills in a run of the suite; `.ci/interruptions` makes fifty.
const KILLS: u32 = 9;

fn workbook(changed: bool) -> Small {
    let small = Small::of("upi", &CODES);
    if changed { small.set("Enti", 1, "rappresentante", "Dina Valli") } else { small }
}

fn start(folder: &Path, arguments: &[&str]) -> std::process::Child {
    Command::new(env!("CARGO_BIN_EXE_scrivano"))
        .args(arguments)
        .args(["--alla-data", TODAY, "--lavori", "2"])
        .current_dir(folder)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("the program starts")
}

fn generate(folder: &Path, arguments: &[&str], wanted: i32) -> String {
    let output = at_today(folder, &[&["genera"], arguments].concat());
    assert_eq!(output.status.code(), Some(wanted), "{}", stderr(&output));
    stderr(&output)
}

/// A number below `limit`, another each time.
fn any_below(limit: u128) -> u64 {
    let number = u128::from(RandomState::new().build_hasher().finish()) % limit.max(1);
    u64::try_from(number).expect("small enough")
}

/// Every bundle is whole and what it holds lies beside it; nothing that has its name is half a file. `known` holds all
/// bytes that a file of the run may have.
fn assert_sound(root: &Path, known: &[(String, Vec<u8>)]) {
    let all: Vec<_> = if root.exists() { files(root) } else { Vec::new() };
    let finished = all.iter().filter(|(name, _)| !name.starts_with(".in-corso-"));
    for (name, bytes) in finished.clone() {
        let whole = known.iter().any(|(other, content)| other == name && content == bytes);
        assert!(whole || name.starts_with(".scrivano"), "{name} is half a file, or nobody's");
    }
    for (name, bytes) in finished.filter(|(name, _)| name.ends_with(".zip")) {
        let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).expect("a zip");
        let folder = name.trim_end_matches(".zip");
        for index in 0..archive.len() {
            let mut entry = archive.by_index(index).expect("an entry");
            let path = format!("{folder}/{}", entry.name().expect("a name"));
            let is_of_bundle = ["manifesto.json", "LEGGIMI.txt"].iter().any(|own| path.ends_with(own));
            if is_of_bundle || path.contains("/metadati/") {
                continue;
            }
            let mut content = Vec::new();
            std::io::Read::read_to_end(&mut entry, &mut content).expect("content");
            let beside = all.iter().find(|(name, _)| *name == path);
            assert!(beside.is_some_and(|(_, bytes)| *bytes == content), "{path} is in the bundle and not beside it");
        }
    }
}

#[test]
fn killed_at_any_moment_the_run_goes_on_to_the_same_bytes() {
    let folder = tempfile::tempdir().expect("a folder");
    let at = folder.path();
    workbook(false).write(at, "enti.xlsx");
    fs::create_dir(at.join("altro")).expect("a folder");
    workbook(true).write(&at.join("altro"), "enti.xlsx");
    let began = Instant::now();
    generate(at, &["enti.xlsx", "-o", "quieto"], 0);
    let takes = began.elapsed();
    generate(at, &["altro/enti.xlsx", "-o", "quieto-altro"], 0);
    let (quiet, other) = (files(&at.join("quieto/enti")), files(&at.join("quieto-altro/enti")));
    let known = [quiet, other.clone()].concat();
    let mut moments = Vec::new();
    for kill in 0..KILLS {
        // One workbook, then the other: also a change is interrupted.
        let workbook = if kill % 2 == 0 { "enti.xlsx" } else { "altro/enti.xlsx" };
        let mut child = start(at, &["genera", workbook, "-o", "out"]);
        let moment = Duration::from_millis(any_below(takes.as_millis()));
        moments.push((workbook, moment));
        std::thread::sleep(moment);
        child.kill().expect("killed");
        child.wait().expect("dead");
        assert_sound(&at.join("out/enti"), &known);
    }
    generate(at, &["altro/enti.xlsx", "-o", "out"], 0);
    let left = files(&at.join("out/enti"));
    let names = |list: &[(String, Vec<u8>)]| list.iter().map(|(name, _)| name.clone()).collect::<Vec<_>>();
    assert_eq!(names(&left), names(&other), "killed at {moments:?}");
    assert!(left == other, "not the same bytes, killed at {moments:?}");
}

/// A limit on the size of files stands for a full disk: the system refuses to write in the middle of a file.
#[cfg(unix)]
#[test]
fn without_room_the_run_says_so_and_a_later_one_goes_on() {
    let folder = tempfile::tempdir().expect("a folder");
    let at = folder.path();
    workbook(false).write(at, "enti.xlsx");
    generate(at, &["enti.xlsx", "-o", "quieto"], 0);
    let quiet = files(&at.join("quieto/enti"));
    // Blocks of 512 or of 1024 bytes, as the shell has them: some documents are larger, some are not.
    let limited = r#"ulimit -f 64; trap '' XFSZ; exec "$0" genera enti.xlsx -o out --alla-data "$1""#;
    let output = Command::new("sh")
        .args(["-c", limited, env!("CARGO_BIN_EXE_scrivano"), TODAY])
        .current_dir(at)
        .output()
        .expect("a shell");
    assert_eq!(output.status.code(), Some(2), "{}", stderr(&output));
    assert!(stderr(&output).contains("non si può scrivere"), "{}", stderr(&output));
    assert_sound(&at.join("out/enti"), &quiet);
    generate(at, &["enti.xlsx", "-o", "out"], 0);
    assert!(files(&at.join("out/enti")) == quiet, "as if there had always been room");
}

/// A request to end finishes the acts in hand and says how to go on.
#[cfg(unix)]
#[test]
fn asked_to_end_the_run_finishes_what_it_is_at() {
    let folder = tempfile::tempdir().expect("a folder");
    let at = folder.path();
    let codes = ["c_a315", "c_a765", "c_a996", "c_b008", "c_b627"];
    Small::of("upi", &codes).write(at, "enti.xlsx");
    let mut child = Command::new(env!("CARGO_BIN_EXE_scrivano"))
        .args(["genera", "enti.xlsx", "--alla-data", TODAY, "--lavori", "1"])
        .current_dir(at)
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    // As soon as it has begun to write.
    let begun = || fs::read_dir(at.join("out/enti")).is_ok_and(|entries| entries.count() > 1);
    while !begun() && child.try_wait().expect("a status").is_none() {
        std::thread::sleep(Duration::from_millis(2));
    }
    Command::new("kill").args(["-INT", &child.id().to_string()]).status().expect("a signal");
    let output = child.wait_with_output().expect("an end");
    let said = stderr(&output);
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(said.contains("Interrotto: fatti ") && said.contains(" di 6 enti."), "{said}");
    assert!(said.contains("lo stesso comando riprende da qui"), "{said}");
    let said = generate(at, &["enti.xlsx"], 0);
    assert!(said.contains("già a posto"), "{said}");
}

#[test]
fn changing_a_body_redoes_that_body_alone() {
    let folder = tempfile::tempdir().expect("a folder");
    let at = folder.path();
    let written = |code: &str| {
        let all = files(&at.join("out/enti")).into_iter().filter(|(name, _)| name.starts_with(code));
        let time =
            |name: &str| fs::metadata(at.join("out/enti").join(name)).and_then(|it| it.modified()).expect("a time");
        all.map(|(name, _)| (time(&name), name)).collect::<Vec<_>>()
    };
    workbook(false).write(at, "enti.xlsx");
    generate(at, &["enti.xlsx"], 0);
    let before = CODES.map(written);
    workbook(true).write(at, "enti.xlsx");
    let said = generate(at, &["enti.xlsx"], 0);
    let acts = |list: &Vec<(std::time::SystemTime, String)>| (list.len() - 1) / 2;
    let others = acts(&before[1]) + acts(&before[2]) + 2;
    assert!(said.contains(&format!("(di cui {others} già a posto)")), "{others} with those of the lead body: {said}");
    let after = CODES.map(written);
    assert_eq!(before[1..], after[1..], "the others are as they were");
    assert!(before[0].iter().zip(&after[0]).all(|(before, after)| before.1 == after.1));
    assert!(before[0].iter().zip(&after[0]).any(|(before, after)| before.0 != after.0), "and this one is new");
}

#[test]
fn what_is_left_of_bodies_that_are_no_more_is_told_and_not_touched() {
    let folder = tempfile::tempdir().expect("a folder");
    let at = folder.path();
    let run = ["enti.xlsx", "--formati", "html"];
    Small::of("pesaro-urbino", &["c_a035", "c_a327", "museo-storia"]).write(at, "enti.xlsx");
    generate(at, &run, 0);
    let first = files(&at.join("out/enti"));
    let report = || -> Value {
        serde_json::from_slice(&fs::read(at.join("out/enti/esito.json")).expect("esito")).expect("JSON")
    };
    assert_eq!(report()["orphans"], Value::Array(Vec::new()));
    // One is gone, one has another name: of the latter a page that people changed is left.
    let old = "museo-storia-istituzione-museale-della-civilta-contad";
    fs::write(at.join("out/enti").join(old).join("01-convenzione.html"), b"cambiata").expect("written");
    let renamed = Small::of("pesaro-urbino", &["c_a035", "museo-storia"]);
    renamed.set("Enti", 2, "denominazione", "Museo della Valle").write(at, "enti.xlsx");
    let said = generate(at, &run, 0);
    assert!(said.contains("restano atti che questa non ha né rifatto né toccato"), "{said}");
    assert!(said.contains("Comune di Apecchio (l’ente non è più nel foglio)"), "{said}");
    assert!(said.contains("Museo della Valle (l’ente ha cambiato nome"), "{said}");
    let told = report()["orphans"].clone();
    let of = |list: &[(String, Vec<u8>)], code: &str| {
        list.iter().filter(|(name, _)| name.starts_with(code)).cloned().collect::<Vec<_>>()
    };
    let names: Vec<String> = of(&first, "c_a327").into_iter().map(|(name, _)| name).collect();
    assert_eq!(
        told,
        serde_json::json!([
            { "body": "c_a327", "name": "Comune di Apecchio", "reason": "removed", "files": names },
            {
                "body": "museo-storia",
                "name": "Museo della Valle",
                "reason": "renamed",
                "files": [format!("{old}/01-convenzione.html")],
            },
        ])
    );
    assert!(of(&files(&at.join("out/enti")), "c_a327") == of(&first, "c_a327"), "and nothing is touched");
    // The same run again says the same.
    assert!(generate(at, &run, 0).contains("Comune di Apecchio (l’ente non è più nel foglio)"));
    // A run of an act that only the lead body has: what the others have is told as well.
    let arguments = ["genera", "enti.xlsx", "--formati", "html", "--atti", "carta-servizi", "--formato", "json"];
    let json: Value = serde_json::from_str(&stdout(&at_today(at, &arguments))).expect("JSON");
    let all = json["orphans"].as_array().expect("a list").iter();
    let told: Vec<_> = all.map(|it| (it["body"].as_str(), it["reason"].as_str())).collect();
    let idle = Some("idle");
    assert_eq!(
        told,
        [
            (Some("c_a035"), idle),
            (Some("c_a327"), Some("removed")),
            (Some("museo-storia"), idle),
            (Some("museo-storia"), idle)
        ]
    );
    // The register says it too, and a bundle thrown away is told no more.
    generate(at, &run, 0);
    let register = fs::read(at.join("out/enti/registro.xlsx")).expect("a register");
    assert!(cells(&register, "Atti").contains(&"rimasto".to_owned()));
    fs::remove_file(at.join("out/enti/c_a327-apecchio.zip")).expect("removed");
    fs::remove_dir_all(at.join("out/enti/c_a327-apecchio")).expect("removed");
    generate(at, &run, 0);
    assert!(!report()["orphans"].to_string().contains("c_a327"));
}

/// The texts of a sheet.
fn cells(workbook: &[u8], sheet: &str) -> Vec<String> {
    let mut workbook: calamine::Xlsx<_> = calamine::Reader::new(Cursor::new(workbook)).expect("a workbook");
    let range = calamine::Reader::worksheet_range(&mut workbook, sheet).expect("a sheet");
    range.used_cells().map(|(_, _, cell)| cell.to_string()).collect()
}
