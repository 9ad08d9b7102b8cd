//! Opens what was given: bundles and other archives become their files, manifests are set apart. Bounded: an archive does
//! not say the truth about its sizes.

use std::io::{Cursor, Read};

use zip::ZipArchive;

use super::Input;
use crate::emit::bundle::{MANIFEST, Manifest, README};
use crate::verify::{Fault, LARGEST};

/// Most files of an archive, most bytes of all of them.
const MOST_FILES: usize = 4_000;
const MOST_BYTES: usize = 512 << 20;
/// An archive in an archive is opened (all bundles of a run travel so), one in that is not.
const DEEPEST: usize = 2;
/// Longest manifest read.
const LONGEST_MANIFEST: usize = 8 << 20;

/// What was given, opened.
#[derive(Default)]
pub(super) struct Expanded {
    /// Manifests, with the name of what they were read from.
    pub(super) manifests: Vec<(String, Manifest)>,
    pub(super) files: Vec<Input>,
    pub(super) findings: Vec<Fault>,
}

/// Opens all.
pub(super) fn expand(inputs: Vec<Input>) -> Expanded {
    let mut expanded = Expanded::default();
    let mut left = MOST_BYTES;
    for input in inputs {
        place(input, 0, &mut left, &mut expanded);
    }
    expanded
}

fn place(input: Input, depth: usize, left: &mut usize, expanded: &mut Expanded) {
    let base = base_name(&input.name);
    if base.eq_ignore_ascii_case(MANIFEST) {
        match manifest(&input.bytes) {
            Some(manifest) => {
                let source = input.name.strip_suffix(&format!("/{base}")).unwrap_or(&input.name);
                // The same bundle may be given twice: ours, and the one that came back.
                let is_known = |known: &Manifest| {
                    known.fingerprint == manifest.fingerprint
                        && known.body.code == manifest.body.code
                        && digests(known) == digests(&manifest)
                };
                if !expanded.manifests.iter().any(|(_, known)| is_known(known)) {
                    expanded.manifests.push((source.to_owned(), manifest));
                }
            }
            None => {
                let words = format!("«{}» non è un manifesto leggibile", input.name);
                expanded.findings.push(Fault::error(
                    "unreadable-manifest",
                    words,
                    "usare il pacchetto che è stato inviato",
                ));
            }
        }
        return;
    }
    if base.eq_ignore_ascii_case(README) || depth > 0 && input.name.contains("/metadati/") {
        return;
    }
    let is_archive = input.bytes.starts_with(b"PK") && base.to_ascii_lowercase().ends_with(".zip");
    if is_archive && depth < DEEPEST {
        if let Err(fault) = unpack(&input, depth, left, expanded) {
            expanded.findings.push(fault);
        }
    } else {
        expanded.files.push(input);
    }
}

fn digests(manifest: &Manifest) -> Vec<&str> {
    manifest.documents.iter().map(|document| document.sha256.as_str()).collect()
}

/// A manifest that this version of the program understands.
pub(super) fn manifest(bytes: &[u8]) -> Option<Manifest> {
    let bytes = Some(bytes).filter(|bytes| bytes.len() <= LONGEST_MANIFEST)?;
    serde_json::from_slice(bytes).ok().filter(|manifest: &Manifest| manifest.schema == "scrivano/manifest/1")
}

fn unpack(archive: &Input, depth: usize, left: &mut usize, expanded: &mut Expanded) -> Result<(), Fault> {
    let damaged = |why: &str| {
        let hint = "chiederlo di nuovo, o usare la copia che è stata inviata";
        Fault::error("unreadable-archive", format!("«{}» {why}", archive.name), hint)
    };
    if archive.bytes.windows(4).filter(|four| *four == b"PK\x01\x02").nth(MOST_FILES).is_some() {
        return Err(damaged("contiene troppi file"));
    }
    let mut zip =
        ZipArchive::new(Cursor::new(archive.bytes.as_slice())).map_err(|_| damaged("è un archivio danneggiato"))?;
    // Of two files of one name only one is seen here; another program would open the other.
    let directory = usize::try_from(zip.central_directory_start()).ok().and_then(|start| archive.bytes.get(start..));
    let listed = directory.unwrap_or_default().windows(4).filter(|four| *four == b"PK\x01\x02").count();
    if listed > zip.len() {
        let words =
            format!("«{}» contiene due file con lo stesso nome: chi lo apre può vedere l’uno o l’altro", archive.name);
        expanded.findings.push(Fault::error(
            "double-name",
            words,
            "usare il pacchetto che è stato inviato, o chiederlo di nuovo",
        ));
    }
    for index in 0..zip.len() {
        let entry =
            zip.by_index(index).map_err(|_| damaged("è un archivio danneggiato, o protetto da parola chiave"))?;
        if entry.is_dir() {
            continue;
        }
        let name = String::from_utf8_lossy(entry.name_raw()).replace('\\', "/");
        let limit = LARGEST.min(*left);
        let mut bytes = Vec::new();
        let read = entry.take(limit as u64 + 1).read_to_end(&mut bytes);
        if bytes.len() > limit {
            return Err(damaged("si espande oltre ogni misura ragionevole: non è stato aperto tutto"));
        }
        if read.is_err() {
            expanded.findings.push(damaged(&format!("è danneggiato: «{name}» non si può leggere")));
            continue;
        }
        *left -= bytes.len();
        let name = format!("{}/{}", archive.name, shown(&name));
        place(Input { name, bytes, asked: false }, depth + 1, left, expanded);
    }
    Ok(())
}

/// A name from an archive, fit to be printed.
fn shown(name: &str) -> String {
    name.chars().filter(|c| !c.is_control()).take(200).collect()
}

/// The last part of a name.
pub(super) fn base_name(name: &str) -> &str {
    name.rsplit('/').next().unwrap_or(name)
}
