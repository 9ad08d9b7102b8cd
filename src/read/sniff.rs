//! What a file is, by its content alone: the extension is never asked.

use std::io::Cursor;

use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

use super::archive::{self, Archive};
use super::refusal::Refusal;

const SAVE_AS_XLSX: &str = "Aprirlo con Excel o LibreOffice e salvarlo come «Cartella di lavoro di Excel (.xlsx)».";
const PICK_ANOTHER: &str = "Indicare la cartella di lavoro con i dati (.xlsx, .ods o .xls).";
const COPY_THE_DATA: &str = "Riportare i dati in una cartella di lavoro (.xlsx, .ods o .xls) e indicare quella.";
const SMALL_PART: u64 = 1_000_000;

/// A workbook that `read` knows.
pub(super) enum Kind<'a> {
    /// Excel since 2007: the archive and the path of its workbook part ("xl/workbook.xml").
    Xlsx(Archive<'a>, String),
    /// OpenDocument.
    Ods(Archive<'a>),
    /// Excel 5 to 2003: the compound file and the name of its stream.
    Xls(cfb::CompoundFile<Cursor<&'a [u8]>>, &'static str),
}

/// Recognises a workbook, or says what the file is instead.
pub(super) fn kind(bytes: &[u8]) -> Result<Kind<'_>, Refusal> {
    if bytes.iter().all(|byte| *byte == 0) {
        Err(Refusal::Empty)
    } else if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
        zipped(bytes)
    } else if bytes.starts_with(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1") {
        compound(bytes)
    } else {
        Err(foreign(bytes))
    }
}

fn zipped(bytes: &[u8]) -> Result<Kind<'_>, Refusal> {
    let mut archive = archive::open(bytes)?;
    let has = |name: &str| archive::locate(&archive, name).is_some();
    let (relations, content, numbers) = (has("_rels/.rels"), has("content.xml"), has("Index/Document.iwa"));
    if relations {
        let part = archive::small_part(&mut archive, "_rels/.rels", SMALL_PART)?.unwrap_or_default();
        let target = office_target(&part).unwrap_or_default();
        let name = target.rsplit('/').next().unwrap_or_default().to_ascii_lowercase();
        if target.starts_with("word/") {
            return Err(Refusal::Foreign("un documento Word", COPY_THE_DATA));
        } else if target.starts_with("ppt/") {
            return Err(Refusal::Foreign("una presentazione PowerPoint", PICK_ANOTHER));
        } else if name.ends_with(".bin") {
            return Err(Refusal::Foreign(
                "una cartella di lavoro binaria di Excel (.xlsb), che non si legge",
                SAVE_AS_XLSX,
            ));
        } else if archive::locate(&archive, &target).is_some() {
            return Ok(Kind::Xlsx(archive, target));
        }
        return Err(Refusal::Damaged("manca la parte con l'elenco dei fogli"));
    }
    let kind = archive::small_part(&mut archive, "mimetype", SMALL_PART)?.unwrap_or_default();
    let kind = String::from_utf8_lossy(&kind);
    let kind = kind.trim().strip_prefix("application/vnd.oasis.opendocument.").unwrap_or(kind.trim());
    if content || kind.starts_with("spreadsheet") {
        let manifest = archive::small_part(&mut archive, "META-INF/manifest.xml", SMALL_PART)?.unwrap_or_default();
        if String::from_utf8_lossy(&manifest).contains("encryption-data") {
            return Err(Refusal::Password);
        }
    }
    match kind {
        "text" | "text-template" | "text-master" => {
            Err(Refusal::Foreign("un documento di testo di LibreOffice", COPY_THE_DATA))
        }
        "presentation" | "graphics" | "chart" | "formula" | "database" => {
            Err(Refusal::Foreign("un altro documento di LibreOffice", PICK_ANOTHER))
        }
        _ if content => Ok(Kind::Ods(archive)),
        _ if kind.starts_with("spreadsheet") => Err(Refusal::Damaged("manca la parte con i fogli")),
        _ if numbers => Err(Refusal::Foreign(
            "un documento di Apple Numbers",
            "Aprirlo con Numbers ed esportarlo in formato Excel (.xlsx).",
        )),
        _ => Err(Refusal::Foreign(
            "un archivio .zip",
            "Estrarre l'archivio e indicare la cartella di lavoro che contiene.",
        )),
    }
}

/// The path of the main part that `_rels/.rels` names, without the leading slash. The last one wins, as in the reader.
fn office_target(relations: &[u8]) -> Option<String> {
    let mut reader = Reader::from_reader(relations);
    let mut buffer = Vec::new();
    let mut target = None;
    loop {
        buffer.clear();
        match reader.read_event_into(&mut buffer) {
            Ok(Event::Start(tag) | Event::Empty(tag)) if tag.local_name().as_ref() == "Relationship" => {
                let kind = attribute(&tag, "Type").unwrap_or_default();
                if kind.ends_with("/relationships/officeDocument") {
                    target = attribute(&tag, "Target");
                }
            }
            Ok(Event::Eof) | Err(_) => break,
            Ok(_) => {}
        }
    }
    target.map(|target| target.trim_start_matches('/').to_owned())
}

/// The value of an attribute by its full name, decoded.
pub(super) fn attribute(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    let found = tag.attributes().with_checks(false).flatten().find(|attribute| attribute.key.0 == name)?;
    found.normalized_value(XmlVersion::Implicit1_0).ok().map(std::borrow::Cow::into_owned)
}

fn compound(bytes: &[u8]) -> Result<Kind<'_>, Refusal> {
    let file = cfb::CompoundFile::open(Cursor::new(bytes)).map_err(|_| Refusal::Damaged("manca una parte del file"))?;
    if file.is_stream("/EncryptedPackage") {
        Err(Refusal::Password)
    } else if file.is_stream("/Workbook") {
        Ok(Kind::Xls(file, "/Workbook"))
    } else if file.is_stream("/Book") {
        Ok(Kind::Xls(file, "/Book"))
    } else if file.is_stream("/WordDocument") {
        Err(Refusal::Foreign("un documento Word", COPY_THE_DATA))
    } else if file.is_stream("/PowerPoint Document") {
        Err(Refusal::Foreign("una presentazione PowerPoint", PICK_ANOTHER))
    } else if file.is_stream("/__properties_version1.0") {
        Err(Refusal::Foreign("un messaggio di posta di Outlook", "Salvare l'allegato del messaggio e indicare quello."))
    } else {
        Err(Refusal::Foreign("un documento di un altro programma", PICK_ANOTHER))
    }
}

/// Names a file that is neither a zip archive nor a compound file.
fn foreign(bytes: &[u8]) -> Refusal {
    const SIGNED_DATA: &[u8] = b"\x06\x09\x2A\x86\x48\x86\xF7\x0D\x01\x07\x02";
    let head = bytes.get(..bytes.len().min(4096)).unwrap_or_default();
    let starts = |marks: &[&[u8]]| marks.iter().any(|mark| bytes.starts_with(mark));
    let near_start =
        |mark: &[u8]| head.get(..head.len().min(1024)).unwrap_or_default().windows(mark.len()).any(|w| w == mark);
    let old_excel: [&[u8]; 4] = [b"\x09\x00\x04\x00", b"\x09\x02\x06\x00", b"\x09\x04\x06\x00", b"\x09\x08\x08\x00"];
    let archives: [&[u8]; 3] = [b"7z\xBC\xAF\x27\x1C", b"Rar!", b"\x1F\x8B"];
    let images: [&[u8]; 6] = [b"\x89PNG", b"\xFF\xD8\xFF", b"GIF8", b"II*\0", b"MM\0*", b"BM"];
    if near_start(b"%PDF-") {
        Refusal::Foreign("un PDF", COPY_THE_DATA)
    } else if bytes.starts_with(b"\x30") && near_start(SIGNED_DATA) {
        Refusal::Foreign(
            "un file firmato digitalmente (.p7m)",
            "Estrarre il documento dalla busta di firma con il programma di firma o di verifica e indicare quello.",
        )
    } else if starts(&[b"{\\rtf"]) {
        Refusal::Foreign("un documento RTF", COPY_THE_DATA)
    } else if starts(&old_excel) {
        Refusal::Foreign("un foglio di una versione di Excel troppo vecchia", SAVE_AS_XLSX)
    } else if starts(&archives) {
        Refusal::Foreign("un archivio compresso", "Estrarre l'archivio e indicare la cartella di lavoro che contiene.")
    } else if starts(&images) && !looks_like_text(head) {
        Refusal::Foreign("un'immagine", COPY_THE_DATA)
    } else if looks_like_text(head) {
        named_text(head)
    } else {
        Refusal::Foreign("un file di tipo sconosciuto", PICK_ANOTHER)
    }
}

/// Text, in UTF-8, UTF-16 or one of the Windows alphabets: no control characters but the usual ones.
fn looks_like_text(head: &[u8]) -> bool {
    let utf16 = head.starts_with(b"\xFF\xFE") || head.starts_with(b"\xFE\xFF");
    utf16 || head.iter().all(|byte| *byte >= 0x20 || matches!(byte, b'\t' | b'\n' | b'\r' | 0x0C))
}

fn named_text(head: &[u8]) -> Refusal {
    let plain: Vec<u8> = head.iter().copied().filter(|byte| *byte != 0).collect();
    let text = String::from_utf8_lossy(&plain).to_lowercase();
    let first = text.lines().next().unwrap_or_default();
    if text.contains("<html") || text.contains("<!doctype html") || text.contains("<table") {
        Refusal::Foreign("una pagina web (HTML), anche se il nome dice altro", SAVE_AS_XLSX)
    } else if text.contains("urn:schemas-microsoft-com:office:spreadsheet") || text.contains("excel.sheet") {
        Refusal::Foreign("un foglio in formato XML del 2003", SAVE_AS_XLSX)
    } else if text.contains("opendocument.spreadsheet") {
        Refusal::Foreign(
            "un foglio OpenDocument non compresso (.fods)",
            "Aprirlo con LibreOffice e salvarlo come .ods o .xlsx.",
        )
    } else if text.contains("<?xml") {
        Refusal::Foreign("un file XML", PICK_ANOTHER)
    } else if [';', ',', '\t'].iter().any(|mark| first.matches(*mark).count() > 1) {
        Refusal::Foreign(
            "un file di testo (sembra un CSV)",
            "Aprirlo con Excel o LibreOffice, controllare che gli zeri iniziali dei codici ci siano ancora e \
             salvarlo come .xlsx.",
        )
    } else {
        Refusal::Foreign("un file di testo", PICK_ANOTHER)
    }
}
