//! Signatures inside a PDF (ISO 32000, ETSI EN 319 142): which bytes each covers, whether it holds, and what was added to the
//! file since. The PDF itself is read by `hayro-syntax`, on a thread of its own: what a hostile file makes it do ends there.

use std::ops::Range;

use chrono::{DateTime, NaiveDate, Utc};
use hayro_syntax::Pdf;
use hayro_syntax::object::{Array, Dict, Name, Number, Object, String as PdfString};

use crate::survey;

use super::changes::{self, Changes, Strictness};
use super::cms::Message;
use super::hash::Content;
use super::timestamp;
use super::value::{Fault, Form, Signature, Timestamp};

/// Name of the thread that reads PDF files; its panics are told as an unreadable file.
pub const THREAD: &str = "scrivano-pdf";
/// Its stack: the reader goes down with nested objects.
const STACK: usize = 256 << 20;
/// Most signatures looked at, and most states of the file compared with the last.
const MOST: usize = 64;
const MOST_COMPARED: usize = 8;

/// A PDF with signatures.
#[derive(Debug, Default)]
pub struct Signed {
    /// The signatures, in order of what they cover.
    pub signatures: Vec<Signature>,
    /// How far each covers the file, in bytes.
    pub revisions: Vec<Revision>,
    /// Where signatures show themselves on the pages.
    pub boxes: Vec<SignatureBox>,
    /// What there is to say of the file.
    pub findings: Vec<Fault>,
}

/// The box of a signature on a page.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SignatureBox {
    /// The page, from 0.
    pub page: usize,
    /// Left, bottom, right, top, in points from the corner below at the left.
    pub area: [f64; 4],
}

/// The state of the file that a signature covers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Revision {
    /// Bytes from the start.
    pub end: usize,
}

/// One signature dictionary.
struct Entry {
    /// Where the signature itself stands, not covered.
    gap: Range<usize>,
    end: usize,
    contents: Vec<u8>,
    is_timestamp: bool,
    kind: std::string::String,
    /// When, as the dictionary says: PAdES has no attribute for it.
    time: Option<DateTime<Utc>>,
}

/// True where the bytes are a PDF.
pub fn is_pdf(bytes: &[u8]) -> bool {
    bytes.get(..1024.min(bytes.len())).is_some_and(|head| head.windows(5).any(|five| five == b"%PDF-"))
}

/// Judges the signatures of a PDF. `original` is the length of what was sent, where the file is known to begin with it.
pub fn read(bytes: &[u8], original: Option<usize>) -> Signed {
    let unreadable = || {
        let hint = "provare ad aprirlo; se non si apre, chiederlo di nuovo";
        let fault = Fault::error("unreadable-pdf", "il PDF è danneggiato o fatto in modo da non potersi leggere", hint);
        Signed { findings: vec![fault], ..Signed::default() }
    };
    if survey::survey(bytes).is_err() {
        return unreadable();
    }
    let judged = std::thread::scope(|scope| {
        let thread = std::thread::Builder::new().name(THREAD.to_owned()).stack_size(STACK);
        thread.spawn_scoped(scope, || judge(bytes, original)).ok()?.join().ok()?
    });
    judged.unwrap_or_else(unreadable)
}

fn judge(bytes: &[u8], original: Option<usize>) -> Option<Signed> {
    let pdf = Pdf::new(bytes.to_vec()).ok()?;
    let mut signed = Signed::default();
    let mut entries: Vec<Entry> = Vec::new();
    for object in pdf.objects() {
        let Object::Dict(dict) = object else { continue };
        if !dict.contains_key("ByteRange") {
            continue;
        }
        match entry(&dict, bytes) {
            Some(entry) => entries.push(entry),
            None => {
                let words = "una firma dice in modo irregolare quali byte copre: potrebbe nascondere altro contenuto";
                signed.findings.push(Fault::error(
                    "byte-range",
                    words,
                    "chiedere di firmare di nuovo il documento inviato",
                ));
            }
        }
    }
    entries.truncate(MOST);
    entries.sort_by_key(|entry| entry.end);
    let mut stamps: Vec<(usize, Timestamp)> = Vec::new();
    for entry in &entries {
        let (before, after) = (bytes.get(..entry.gap.start)?, bytes.get(entry.gap.end..entry.end)?);
        let parts = [before, after];
        if entry.is_timestamp {
            stamps.push((entry.end, timestamp::read(&entry.contents, Content::Parts(&parts))));
            continue;
        }
        let mut judged = signatures(entry, &parts);
        judged.truncate(1);
        for signature in &mut judged {
            signature.date(entry.time);
        }
        signed.signatures.extend(judged);
        signed.revisions.push(Revision { end: entry.end });
    }
    // A timestamp of the whole document stands for the signatures before it.
    for (signature, revision) in signed.signatures.iter_mut().zip(&signed.revisions) {
        if signature.timestamp.is_none() {
            signature.timestamp = stamps.iter().find(|(end, _)| *end > revision.end).map(|(_, stamp)| stamp.clone());
        }
    }
    signed.boxes = boxes(&pdf);
    signed.findings.extend(history(bytes, &pdf, &entries, original));
    Some(signed)
}

/// The boxes that show something; most signatures have one of no size, or hidden.
fn boxes(pdf: &Pdf) -> Vec<SignatureBox> {
    /// Flags of an annotation that nobody sees (ISO 32000-1, table 165).
    const UNSEEN: i64 = 0b10_0010;
    let is_signature = |dict: &Dict<'_>| dict.get::<Name<'_>>("FT").is_some_and(|name| name.as_str() == "Sig");
    let mut found = Vec::new();
    for (page, it) in pdf.pages().iter().enumerate() {
        let Some(annotations) = it.raw().get::<Array<'_>>("Annots") else { continue };
        for annotation in annotations.iter::<Dict<'_>>().take(MOST) {
            let of_parent = || annotation.get::<Dict<'_>>("Parent").is_some_and(|parent| is_signature(&parent));
            let flags = annotation.get::<Number>("F").map_or(0, |flags| flags.as_i64());
            if !(is_signature(&annotation) || of_parent()) || flags & UNSEEN != 0 || !annotation.contains_key("AP") {
                continue;
            }
            let sides: Vec<f64> = annotation
                .get::<Array<'_>>("Rect")
                .into_iter()
                .flat_map(|it| it.iter::<Number>())
                .map(|n| n.as_f64())
                .collect();
            if let [x, y, right, top] = sides[..] {
                let area = [x.min(right), y.min(top), x.max(right), y.max(top)];
                found.extend(
                    (area[2] - area[0] >= 1.0 && area[3] - area[1] >= 1.0).then_some(SignatureBox { page, area }),
                );
            }
        }
    }
    found
}

/// The signatures of one dictionary: one, by the standard.
fn signatures(entry: &Entry, parts: &[&[u8]]) -> Vec<Signature> {
    let broken = |code, words: std::string::String| {
        vec![Signature {
            form: Form::Pdf,
            signer: None,
            signed_at: None,
            timestamp: None,
            algorithm: std::string::String::new(),
            valid: false,
            findings: vec![Fault::error(code, words, "chiedere di firmare di nuovo il documento inviato")],
        }]
    };
    let of_content = ["adbe.pkcs7.detached", "ETSI.CAdES.detached"].contains(&entry.kind.as_str());
    if !of_content && entry.kind != "adbe.pkcs7.sha1" {
        let words = format!("la firma è di un tipo che il programma non sa verificare ({})", entry.kind);
        return broken("unknown-algorithm", words);
    }
    let Some(message) = Message::read(&entry.contents) else {
        return broken("unreadable-signature", "una firma del PDF è danneggiata: non si può leggere".to_owned());
    };
    match (&message.content, of_content) {
        (None, true) => message.signatures(Content::Parts(parts), Form::Pdf),
        // The oldest way: what is signed is the SHA-1 of the file.
        (Some(content), false) if *content == super::hash::Hash::Sha1.digest(parts) => {
            let mut signatures = message.signatures(Content::Parts(&[content]), Form::Pdf);
            for signature in &mut signatures {
                let words = "la firma usa SHA-1, che si può falsificare";
                signature.findings.push(Fault::error("old-algorithm", words, "chiedere una nuova firma con SHA-256"));
            }
            signatures
        }
        _ => broken("content-not-signed", "la firma non è di questo documento".to_owned()),
    }
}

/// A signature dictionary whose byte range leaves out its own contents and nothing else.
fn entry(dict: &Dict<'_>, bytes: &[u8]) -> Option<Entry> {
    let range: Vec<usize> = dict
        .get::<Array<'_>>("ByteRange")?
        .iter::<Number>()
        .take(5)
        .filter_map(|n| usize::try_from(n.as_i64()).ok())
        .collect();
    let [0, first, second, length] = range.as_slice() else { return None };
    let end = second.checked_add(*length).filter(|end| *end <= bytes.len())?;
    let gap = *first..*second;
    let hex = bytes.get(gap.clone())?.strip_prefix(b"<")?.strip_suffix(b">")?;
    let contents = from_hex(hex)?;
    (dict.get::<PdfString<'_>>("Contents")?.as_bytes() == contents).then_some(())?;
    let name = |key: &str| dict.get::<Name<'_>>(key).map(|name| name.as_str().to_owned()).unwrap_or_default();
    let kind = name("SubFilter");
    let time = dict.get::<PdfString<'_>>("M").and_then(|text| instant(std::str::from_utf8(text.as_bytes()).ok()?));
    Some(Entry { gap, end, contents, is_timestamp: kind == "ETSI.RFC3161", kind, time })
}

/// A date of a PDF: "D:20260312101500+01'00'".
fn instant(text: &str) -> Option<DateTime<Utc>> {
    let text = text.strip_prefix("D:").unwrap_or(text);
    let number = |from: usize, to: usize| text.get(from..to)?.parse::<u32>().ok();
    let day = NaiveDate::from_ymd_opt(i32::try_from(number(0, 4)?).ok()?, number(4, 6)?, number(6, 8)?)?;
    let time = day.and_hms_opt(number(8, 10)?, number(10, 12)?, number(12, 14).unwrap_or(0))?.and_utc();
    let offset = i64::from(number(15, 17).unwrap_or(0)) * 60 + i64::from(number(18, 20).unwrap_or(0));
    let minutes = match text.as_bytes().get(14) {
        Some(b'+') => -offset,
        Some(b'-') => offset,
        _ => 0,
    };
    time.checked_add_signed(chrono::TimeDelta::try_minutes(minutes)?)
}

fn from_hex(hex: &[u8]) -> Option<Vec<u8>> {
    let digits: Option<Vec<u8>> = hex
        .iter()
        .filter(|byte| !byte.is_ascii_whitespace())
        .map(|byte| char::from(*byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok()))
        .collect();
    Some(
        digits?
            .chunks(2)
            .map(|two| two.iter().fold(0, |sum, digit| sum << 4 | digit) << (4 * (2 - two.len())))
            .collect(),
    )
}

/// What happened to the file: since it was sent, between one signature and the next, after the last.
fn history(bytes: &[u8], pdf: &Pdf, entries: &[Entry], original: Option<usize>) -> Vec<Fault> {
    let mut found = Vec::new();
    let since = |end: usize, strictness| {
        let then = bytes.get(..end).and_then(|then| Pdf::new(then.to_vec()).ok());
        then.map(|then| changes::between(&then, pdf, strictness))
    };
    if let Some(original) = original.filter(|length| *length < bytes.len()) {
        tell("dopo l’invio, oltre alle firme,", since(original, Strictness::MaySign), &mut found);
    }
    let Some(last) = entries.last() else { return found };
    for entry in entries.iter().filter(|entry| entry.end < last.end).take(MOST_COMPARED) {
        tell("dopo una delle firme, oltre alle altre,", since(entry.end, Strictness::MaySign), &mut found);
    }
    let rest = bytes.get(last.end..).unwrap_or_default();
    let has_more = rest.iter().any(|byte| !byte.is_ascii_whitespace());
    let when = "dopo l’ultima firma, senza che nessuna lo copra,";
    if has_more && tell(when, since(last.end, Strictness::MayValidate), &mut found) {
        found.push(if validates(pdf, rest) {
            Fault::note(
                "validation-added",
                "dopo l’ultima firma sono state aggiunte solo informazioni per la sua convalida",
            )
        } else {
            let hint = "le pagine sono le stesse; se si può, farsi mandare il file come è uscito dalla firma";
            Fault::warning("data-after-signature", "dopo l’ultima firma ci sono altri dati, che nessuna copre", hint)
        });
    }
    found
}

/// True where what follows the last signature is an update of the file by which it can be validated later (ETSI EN 319 142-1:
/// the dictionary `DSS`, timestamps).
fn validates(pdf: &Pdf, rest: &[u8]) -> bool {
    let has = |words: &[u8]| rest.windows(words.len()).any(|window| window == words);
    let ends = rest.trim_ascii_end().ends_with(b"%%EOF") && has(b"startxref");
    let catalog = pdf.xref().get::<Dict<'_>>(pdf.xref().root_id());
    ends && catalog.is_some_and(|catalog| catalog.contains_key("DSS"))
}

/// Adds what changed since some moment to the findings, each kind of change once; true where it is nothing that shows.
fn tell(when: &str, changes: Option<Changes>, found: &mut Vec<Fault>) -> bool {
    let unknown =
        || Changes { told: vec!["è cambiato in modo che non si può confrontare".to_owned()], structure: false };
    let Changes { told, structure } = changes.unwrap_or_else(unknown);
    if !told.is_empty() && !found.iter().any(Fault::is_error) {
        let words = format!("{when} {}", told.join("; "));
        let hint = "aprire il documento e confrontarlo con quello inviato; se non torna, farlo firmare di nuovo";
        found.push(Fault::error("changed-after", words, hint));
    }
    if structure && !found.iter().any(|fault| fault.code == "structure-changed") {
        let words = format!("{when} sono cambiate le etichette che i lettori di schermo leggono");
        let hint = "di norma le cambia il programma di firma; ciò che si vede sulle pagine è lo stesso";
        found.push(Fault::warning("structure-changed", words, hint));
    }
    told.is_empty()
}
