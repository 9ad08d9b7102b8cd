//! What must hold in an `.xlsx` before calamine opens it. Each check stands for something that its reader would
//! believe without asking: room reserved for a declared number of strings (an abort, not a panic, when it is a lie),
//! fonts copied for every cell format, one part read again for every sheet that points to it.

use std::collections::BTreeSet;
use std::io::BufReader;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::archive::{self, Archive, Part};
use super::bounds::{MAX_CELL_FORMATS, MAX_SHARED_STRINGS, MAX_SHEETS, MAX_STYLE_RUN_BYTES};
use super::refusal::Refusal;
use super::sniff::attribute;

const LIST_PART: u64 = 8_000_000;
const BAD_LIST: Refusal = Refusal::Damaged("l'elenco dei fogli è incoerente");

/// Checks the archive whose workbook part is `target`; true when some sheet may have formulas.
pub(super) fn check(archive: &mut Archive<'_>, target: &str) -> Result<bool, Refusal> {
    sheet_list(archive, target)?;
    let parts = archive::survey(archive)?;
    for part in &parts {
        let styles = part.name.ends_with("styles.xml");
        if styles && (part.formats > MAX_CELL_FORMATS || part.longest_run > MAX_STYLE_RUN_BYTES) {
            return Err(Refusal::ContentTooLarge);
        }
        if part.name.ends_with("sharedstrings.xml") {
            shared_strings(archive, part)?;
        }
    }
    Ok(parts.iter().any(|part| part.formulas > 0))
}

/// Sheets: not too many, each with its own part.
fn sheet_list(archive: &mut Archive<'_>, target: &str) -> Result<(), Refusal> {
    let list = archive::small_part(archive, target, LIST_PART)?.unwrap_or_default();
    let (folder, name) = target.rsplit_once('/').map_or(("", target), |(folder, name)| (folder, name));
    let relations =
        format!("{}_rels/{name}.rels", if folder.is_empty() { String::new() } else { format!("{folder}/") });
    let relations = archive::small_part(archive, &relations, LIST_PART)?.unwrap_or_default();

    let mut sheets = 0;
    let (mut ids, mut targets) = (BTreeSet::new(), BTreeSet::new());
    let mut fresh = true;
    each_tag(&list, "sheet", |tag| {
        sheets += 1;
        let id = tag.attributes().with_checks(false).flatten().filter(|a| a.key.local_name().as_ref() == "id").last();
        fresh &= id.is_none_or(|id| ids.insert(id.value.into_owned()));
    })?;
    each_tag(&relations, "Relationship", |tag| {
        if attribute(tag, "Type").is_some_and(|kind| kind.ends_with("sheet")) {
            let path = attribute(tag, "Target").unwrap_or_default().replace('\\', "/").to_ascii_lowercase();
            let path = path.trim_start_matches('/');
            let path = path.strip_prefix(&folder.to_ascii_lowercase()).unwrap_or(path).trim_start_matches('/');
            fresh &= targets.insert(path.to_owned());
        }
    })?;
    match sheets {
        _ if !fresh => Err(BAD_LIST),
        0 => Err(Refusal::Damaged("non contiene fogli")),
        count if count > MAX_SHEETS => Err(Refusal::TooManySheets),
        _ => Ok(()),
    }
}

/// Calls `visit` for every opening tag with this local name.
fn each_tag(xml: &[u8], name: &str, mut visit: impl FnMut(&BytesStart<'_>)) -> Result<(), Refusal> {
    let mut reader = Reader::from_reader(xml);
    let mut buffer = Vec::new();
    loop {
        buffer.clear();
        match reader.read_event_into(&mut buffer) {
            Ok(Event::Start(tag) | Event::Empty(tag)) if tag.local_name().as_ref() == name => visit(&tag),
            Ok(Event::Eof) => return Ok(()),
            Ok(_) => {}
            Err(_) => return Err(BAD_LIST),
        }
    }
}

/// The shared strings: not too many, counted or declared.
fn shared_strings(archive: &mut Archive<'_>, part: &Part) -> Result<(), Refusal> {
    if part.strings > MAX_SHARED_STRINGS {
        return Err(Refusal::ContentTooLarge);
    }
    let index = archive::locate(archive, &part.name);
    let Some(Ok(file)) = index.map(|index| archive.by_index(index)) else { return Ok(()) };
    let mut reader = Reader::from_reader(BufReader::new(file));
    let mut buffer = Vec::new();
    loop {
        buffer.clear();
        match reader.read_event_into(&mut buffer) {
            Ok(Event::Start(tag) | Event::Empty(tag)) if tag.local_name().as_ref() == "sst" => {
                let mut attributes = tag.attributes();
                let declared = attributes.with_checks(false).flatten().filter(|a| a.key.0 == "uniqueCount");
                let lie = declared
                    .map(|a| a.value.parse::<u64>())
                    .any(|count| count.is_ok_and(|n| n > MAX_SHARED_STRINGS as u64));
                return if lie { Err(Refusal::ContentTooLarge) } else { Ok(()) };
            }
            Ok(Event::Eof) | Err(_) => return Ok(()),
            Ok(_) => {}
        }
    }
}
