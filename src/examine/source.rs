//! Bytes of a document → its lines, whatever the extension: `.docx`, `.pdf` with text, plain text. Called by `examine`;
//! touches neither disk nor clock. Each format has a file; this one recognises them by content and owns the words for
//! what cannot be read.

mod docx;
mod marks;
mod pdf;
mod plain;

use std::sync::Arc;

use crate::diagnostic::Diagnostic;
use crate::place::Place;

pub use marks::{Marks, Work};
pub use pdf::Area;

/// Largest file, in bytes.
const MAX_FILE_BYTES: usize = 40_000_000;
/// Longest text, in bytes: some seven hundred pages. A convention with all its annexes has a tenth of them.
pub(super) const MAX_TEXT_BYTES: usize = 2_000_000;
/// Longest line that is read, in bytes.
pub(super) const MAX_LINE_BYTES: usize = 200_000;

/// What a line is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// Text of the act.
    Body,
    /// A line of the index, where the document itself says so.
    Index,
    /// A footnote.
    Note,
}

/// A line as the document has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// Counted from one, in the whole document. A paragraph of Word is a line.
    pub number: u32,
    /// Page, counted from one; 0 where the format has none.
    pub page: u32,
    /// The words.
    pub text: String,
    /// True for a whole paragraph, false for a line that may go on in the next one.
    pub whole: bool,
    /// What it is.
    pub role: Role,
}

/// The lines of a document, blank ones included.
#[derive(Debug, Default)]
pub struct Lines {
    /// The lines, in order.
    pub lines: Vec<Line>,
    /// The traces of work on the document.
    pub marks: Marks,
    bytes: usize,
}

impl Lines {
    /// The number of the next line, where the format does not number them.
    fn next(&self) -> u32 {
        u32::try_from(self.lines.len() + 1).unwrap_or(u32::MAX)
    }

    /// Adds a line.
    fn push(&mut self, line: Line) -> Result<(), Refusal> {
        self.bytes += line.text.len() + 1;
        if self.bytes > MAX_TEXT_BYTES || line.text.len() > MAX_LINE_BYTES {
            return Err(Refusal::TooLong);
        }
        self.lines.push(line);
        Ok(())
    }
}

/// Why a document cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Refusal {
    Empty,
    /// What it is, what to do.
    Foreign(&'static str, &'static str),
    Damaged,
    /// Brackets inside brackets by the thousand.
    Deep,
    /// Packed parts that unpack into more than a document.
    Swelling,
    /// Packed in a way that cannot be seen through.
    Strange,
    Password,
    /// Encrypted although it opens without a password.
    Encrypted,
    NoText,
    TooLarge,
    TooLong,
}

const AS_DOCX: &str = "aprirlo con Word o LibreOffice e salvarlo come .docx";

/// Formats that are not read: where the bytes stand, the bytes, what it is, what to do.
const FOREIGN: &[(usize, &[u8], &str, &str)] = &[
    (0, b"\xd0\xcf\x11\xe0", "è un documento di Office di vecchio formato (.doc) o protetto", AS_DOCX),
    (0, b"{\\rtf", "è un documento RTF", AS_DOCX),
    (0, b"Rar!", "è un archivio compresso", "estrarre il documento ed esaminare quello"),
    (0, b"7z\xbc\xaf", "è un archivio compresso", "estrarre il documento ed esaminare quello"),
    (0, b"\x1f\x8b", "è un archivio compresso", "estrarre il documento ed esaminare quello"),
    (
        0,
        b"\x89PNG",
        "è un’immagine",
        "serve il documento di origine, o una copia con il riconoscimento del testo (OCR)",
    ),
    (
        0,
        b"\xff\xd8\xff",
        "è un’immagine",
        "serve il documento di origine, o una copia con il riconoscimento del testo (OCR)",
    ),
    (0, b"II*\0", "è un’immagine", "serve il documento di origine, o una copia con il riconoscimento del testo (OCR)"),
    (0, b"MM\0*", "è un’immagine", "serve il documento di origine, o una copia con il riconoscimento del testo (OCR)"),
];

const PRINT_IT: &str =
    "se viene da persona fidata, stamparlo come nuovo PDF ed esaminare quello, o farselo mandare in .docx";

/// Reads the lines of the document in `bytes`; `name` (file name without folder) is for messages.
///
/// # Errors
/// One diagnostic `ESA-01` on the file: not a document, protected, damaged, without text, or beyond the limits.
#[expect(clippy::result_large_err, reason = "made once for a file, at its end")]
pub fn lines(name: &str, bytes: &[u8]) -> Result<Lines, Diagnostic> {
    read(bytes).map_err(|refusal| refusal.diagnostic(name))
}

fn read(bytes: &[u8]) -> Result<Lines, Refusal> {
    if bytes.iter().all(|byte| byte.is_ascii_whitespace() || *byte == 0) {
        return Err(Refusal::Empty);
    }
    if bytes.len() > MAX_FILE_BYTES {
        return Err(Refusal::TooLarge);
    }
    if let Some((.., what, hint)) =
        FOREIGN.iter().find(|(at, start, ..)| bytes.get(*at..).is_some_and(|b| b.starts_with(start)))
    {
        return Err(Refusal::Foreign(what, hint));
    }
    // A few bytes may stand before the header of a PDF: mail programs put them there.
    let head = bytes.get(..bytes.len().min(1024)).unwrap_or_default();
    let lines = if bytes.starts_with(b"PK\x03\x04") {
        docx::lines(bytes)?
    } else if head.windows(5).any(|five| five == b"%PDF-") {
        pdf::lines(bytes)?
    } else if let Some((what, hint)) = wrapping(head) {
        return Err(Refusal::Foreign(what, hint));
    } else if matches!(bytes, [0x30, 0x80..=0x84, ..]) {
        let hint = "togliere la firma con il programma di firma ed esaminare il documento che c’è dentro";
        return Err(Refusal::Foreign("è una busta firmata (.p7m)", hint));
    } else {
        plain::lines(bytes)?
    };
    let letters: usize = lines.lines.iter().map(|line| line.text.chars().filter(|c| c.is_alphabetic()).count()).sum();
    if letters < FEWEST_LETTERS { Err(Refusal::NoText) } else { Ok(lines) }
}

/// The words of a PDF inside some areas of its pages, with the page of each line, from 0. None where it cannot be read.
pub fn words_in(bytes: &[u8], areas: &[Area]) -> Option<Vec<(usize, String)>> {
    let lines = pdf::lines_in(bytes, areas).ok()?.lines.into_iter();
    let words = lines.map(|line| (line.page.saturating_sub(1) as usize, line.text.trim().to_owned()));
    Some(words.filter(|(_, text)| !text.is_empty()).collect())
}

/// What is text by its bytes, and holds a document instead of being one: a page of the web, a message, an envelope in letters.
fn wrapping(head: &[u8]) -> Option<(&'static str, &'static str)> {
    let text = String::from_utf8_lossy(head).to_lowercase();
    let start = text.trim_start_matches('\u{feff}').trim_start();
    if start.starts_with("<!doctype html") || start.starts_with("<html") {
        return Some(("è una pagina web (.html)", "aprirla con Word o con il browser e salvarla come .docx o PDF"));
    }
    let is_header = |line: &str| {
        let names = [
            "received:",
            "return-path:",
            "mime-version:",
            "message-id:",
            "from:",
            "to:",
            "subject:",
            "date:",
            "content-",
        ];
        names.iter().any(|name| line.starts_with(name))
    };
    if start.lines().take(12).filter(|line| is_header(line)).count() >= 3 {
        return Some(("è un messaggio di posta (.eml)", "aprire il messaggio, salvare l’allegato ed esaminare quello"));
    }
    let is_coded = |line: &str| {
        line.len() >= 60 && line.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'/' | b'='))
    };
    let coded = start.lines().take(3).filter(|line| is_coded(line)).count();
    if coded == 3 || start.starts_with("-----begin pkcs7") || start.starts_with("-----begin cms") {
        let hint = "togliere la firma con il programma di firma ed esaminare il documento che c’è dentro";
        return Some(("è una busta firmata, o un allegato, scritta in lettere (base64)", hint));
    }
    None
}

/// Letters under which there is no text to examine: a scanned page with a stamp on it.
const FEWEST_LETTERS: usize = 40;

impl Refusal {
    fn diagnostic(&self, name: &str) -> Diagnostic {
        let (what, hint): (String, &str) = match self {
            Self::Empty => ("è vuoto".into(), "controllare di aver scelto il file giusto, o farselo mandare di nuovo"),
            Self::Foreign(what, hint) => (format!("non si può esaminare: {what}"), hint),
            Self::Damaged => (
                "è danneggiato o incompleto, e non si lascia leggere".into(),
                "aprirlo con il suo programma e salvarne una copia, o farselo mandare di nuovo",
            ),
            Self::Deep => (
                "contiene migliaia di parti una dentro l’altra: non è fatto come un documento, e leggerlo può bloccare il \
                 computer"
                    .into(),
                PRINT_IT,
            ),
            Self::Swelling => ("contiene parti compresse che, una volta aperte, possono diventare troppo grandi".into(), PRINT_IT),
            Self::Strange => ("è compresso in un modo che non si può controllare prima di leggerlo".into(), PRINT_IT),
            Self::Encrypted => (
                "è protetto: si apre senza password, ma chi l’ha fatto ne ha limitato l’uso, e il testo è cifrato".into(),
                "aprirlo, stamparlo come nuovo PDF senza protezione ed esaminare quello, o farselo mandare in .docx",
            ),
            Self::Password => (
                "è protetto da password".into(),
                "aprirlo con la password, togliere la protezione e salvarne una copia",
            ),
            Self::NoText => (
                "non contiene testo: sono pagine scansionate, o quasi vuote".into(),
                "serve il documento di origine, o una copia con il riconoscimento del testo (OCR)",
            ),
            Self::TooLarge => (
                format!("è troppo grande: supera {} MB", MAX_FILE_BYTES / 1_000_000),
                "togliere le immagini, o esaminare il solo testo dell’atto",
            ),
            Self::TooLong => (
                "è troppo lungo per essere un atto di questo genere".into(),
                "esaminare la sola convenzione, senza gli altri documenti che le stanno insieme",
            ),
        };
        Diagnostic::new("ESA-01", Place::File(Arc::from(name)), format!("il file «{name}» {what}")).hint(hint)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_document_is_told_apart() {
        for (bytes, words) in [
            (&b"  \n "[..], "è vuoto"),
            (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", ".doc"),
            (b"{\\rtf1 ciao}", "RTF"),
            (b"%PDF-1.7\n%%EOF\n", "danneggiato"),
            (b"PK\x03\x04 e poi nulla", "danneggiato"),
            (b"Art. 1", "non contiene testo"),
            (b"\x89PNG\r\n", "immagine"),
            (b"\x00\x01\x02\x03\x04\x05\x06\x07 binario \x01\x02\x03", "danneggiato"),
        ] {
            let found = lines("x.bin", bytes).expect_err("a refusal");
            assert!(found.message.contains(words) && found.code == "ESA-01", "{words}: {}", found.message);
        }
    }
}
