//! From the bytes of a file to its text: what is no XML at all is told apart, then the encoding is found as XML 1.0,
//! appendix F says (byte order mark, then the declaration). Called by `sdi::tree`.

use encoding_rs::Encoding;

use super::Unreadable;

/// Files that people take for the invoice: first bytes, what to say, what to do.
const NOT_XML: &[(&[u8], &str, &str)] = &[
    (b"%PDF", "è un PDF, non un file XML", "controllare il file .xml che il PDF accompagna"),
    (b"PK\x03\x04", "è un archivio compresso (zip), non un file XML", "estrarre i file .xml e controllare quelli"),
    (b"Rar!", "è un archivio compresso, non un file XML", "estrarre i file .xml e controllare quelli"),
    (b"\x1f\x8b", "è un archivio compresso, non un file XML", "estrarre il file .xml e controllare quello"),
    (b"\xd0\xcf\x11\xe0", "è un documento di Office, non un file XML", "controllare il file .xml della fattura"),
];

const SIGNED: &str = "è una busta firmata (CAdES, .p7m): la fattura è dentro e qui non si apre";
const SIGNED_HINT: &str = "estrarre il file .xml con il programma di firma e controllare quello";

/// The text of the file.
///
/// # Errors
/// The file is empty, is something else than XML, or its bytes are not of the encoding it declares.
pub(super) fn decode(bytes: &[u8]) -> Result<String, Unreadable> {
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(Unreadable::new("è vuoto", "controllare che il file sia arrivato per intero"));
    }
    if let Some((_, what, hint)) = NOT_XML.iter().find(|(start, ..)| bytes.starts_with(start)) {
        return Err(Unreadable::new(*what, *hint));
    }
    // A SEQUENCE of ASN.1 with a long or indefinite length, or the same in base64.
    let der = matches!(bytes, [0x30, 0x80..=0x84, ..]);
    if der || (bytes.starts_with(b"MI") && !bytes.contains(&b'<')) {
        return Err(Unreadable::new(SIGNED, SIGNED_HINT));
    }
    let (encoding, start) = match bytes {
        [0xEF, 0xBB, 0xBF, ..] => (encoding_rs::UTF_8, 3),
        [0xFF, 0xFE, ..] => (encoding_rs::UTF_16LE, 2),
        [0xFE, 0xFF, ..] => (encoding_rs::UTF_16BE, 2),
        [b'<', 0, _, 0, ..] => (encoding_rs::UTF_16LE, 0),
        [0, b'<', 0, _, ..] => (encoding_rs::UTF_16BE, 0),
        _ => match declared(bytes) {
            None => (encoding_rs::UTF_8, 0),
            // encoding_rs reads ISO-8859-1 as windows-1252, as browsers do; XML readers do not.
            Some(label) if is_latin1(&label) => return Ok(bytes.iter().map(|byte| char::from(*byte)).collect()),
            Some(label) => (named(&label)?, 0),
        },
    };
    let text = encoding.decode_without_bom_handling_and_without_replacement(bytes.get(start..).unwrap_or_default());
    let text = text.ok_or_else(|| {
        let name = encoding.name();
        let line = bad_line(bytes, encoding);
        Unreadable::new(
            format!("contiene byte che non sono della codifica {name} con cui il file si presenta"),
            "salvare di nuovo il file in UTF-8, o dichiarare nella prima riga la codifica vera",
        )
        .at(line)
    })?;
    match text.trim_start().starts_with('<') {
        true => Ok(text.into_owned()),
        false => Err(Unreadable::new("non è un file XML", "controllare il file .xml della fattura")),
    }
}

fn is_latin1(label: &str) -> bool {
    ["iso-8859-1", "iso8859-1", "iso_8859-1", "latin1", "latin-1", "l1", "us-ascii", "ascii"]
        .iter()
        .any(|name| label.eq_ignore_ascii_case(name))
}

/// The encoding of a label. A file whose bytes are single cannot be UTF-16, whatever it says.
fn named(label: &str) -> Result<&'static Encoding, Unreadable> {
    let encoding = Encoding::for_label_no_replacement(label.as_bytes()).ok_or_else(|| {
        Unreadable::new(
            format!("dichiara una codifica sconosciuta: «{}»", super::quoted(label)),
            "salvare il file in UTF-8 e scrivere encoding=\"UTF-8\" nella prima riga",
        )
        .at(1)
    })?;
    let wide = [encoding_rs::UTF_16LE, encoding_rs::UTF_16BE].contains(&encoding);
    Ok(if wide { encoding_rs::UTF_8 } else { encoding })
}

/// The encoding that the XML declaration names.
fn declared(bytes: &[u8]) -> Option<String> {
    let head = String::from_utf8_lossy(bytes.get(..bytes.len().min(200))?).into_owned();
    let declaration = head.strip_prefix("<?xml")?.split("?>").next()?.to_owned();
    let (_, after) = declaration.split_once("encoding")?;
    let value = after.trim_start().strip_prefix('=')?.trim_start();
    let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    value.get(1..)?.split(quote).next().map(str::to_owned)
}

/// The line of the first byte that does not fit; 1 where it cannot be told.
fn bad_line(bytes: &[u8], encoding: &'static Encoding) -> u64 {
    if encoding != encoding_rs::UTF_8 {
        return 1;
    }
    let valid = std::str::from_utf8(bytes).map_or_else(|error| error.valid_up_to(), str::len);
    1 + bytes.iter().take(valid).filter(|byte| **byte == b'\n').count() as u64
}
