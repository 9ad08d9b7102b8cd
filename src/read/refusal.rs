//! Why a file cannot be read, and the Italian words that say so. Every failure of `read` is one of these and ends as
//! one diagnostic `WB-06`; the other files of the module name the reason, this one owns the wording.

use std::sync::Arc;

use super::bounds;
use crate::diagnostic::Diagnostic;
use crate::place::{Place, column_letters};

const SAVE_AS_XLSX: &str = "Aprirlo con Excel o LibreOffice e salvarlo come «Cartella di lavoro di Excel (.xlsx)».";
const GET_AGAIN: &str = "Aprirlo con Excel o LibreOffice: se si apre, salvarne una copia come .xlsx e usare quella; \
                         altrimenti farselo mandare di nuovo o riprendere una copia precedente.";

/// A reason for not reading a workbook.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Refusal {
    /// No bytes, or nothing but zeros.
    Empty,
    /// Another kind of file: what it is ("un PDF") and what to do.
    Foreign(&'static str, &'static str),
    /// Opening it needs a password.
    Password,
    /// Truncated or inconsistent: the part at fault.
    Damaged(&'static str),
    /// A sheet holds something that cannot be understood.
    DamagedSheet(String),
    /// The reader itself gave up in an unforeseen way.
    Broken,
    /// More bytes than [`bounds::MAX_FILE_BYTES`].
    FileTooLarge,
    /// More parts in the archive than [`bounds::MAX_PARTS`].
    TooManyParts,
    /// More content, once decompressed, than [`bounds::MAX_CONTENT_BYTES`] or its companions.
    ContentTooLarge,
    /// A document type or entity declaration, which no spreadsheet program writes.
    Dangerous,
    /// More sheets than [`bounds::MAX_SHEETS`].
    TooManySheets,
    /// A filled cell beyond [`bounds::MAX_ROWS`] or [`bounds::MAX_COLUMNS`]: sheet, zero-based row and column.
    FarCell(String, u32, u32),
    /// More filled cells than [`bounds::MAX_CELLS`].
    TooManyCells,
    /// A text longer than [`bounds::MAX_CELL_CHARS`]: sheet, zero-based row and column.
    LongText(String, u32, u32),
    /// More text in all cells than [`bounds::MAX_TEXT_BYTES`].
    TooMuchText,
}

impl Refusal {
    /// The diagnostic that people read about the file `name`.
    pub(super) fn diagnostic(&self, name: &str) -> Diagnostic {
        let (message, hint) = self.words(name);
        Diagnostic::new("WB-06", Place::File(Arc::from(name)), message).hint(hint)
    }

    fn words(&self, name: &str) -> (String, String) {
        let rows = grouped(bounds::MAX_ROWS as usize);
        let cell = |row: u32, col: u32| format!("{}{}", column_letters(col), u64::from(row) + 1);
        let (what, hint): (String, &str) = match self {
            Self::Empty => ("è vuoto".into(), "Controllare di aver scelto il file giusto o farselo mandare di nuovo."),
            Self::Foreign(what, hint) => (format!("non è una cartella di lavoro: è {what}"), hint),
            Self::Password => (
                "è protetto da password".into(),
                "Aprirlo con la password, togliere la protezione (File, Informazioni, Proteggi cartella di lavoro, \
                 Crittografa con password; in LibreOffice: File, Salva con nome, senza «Salva con password») e salvarlo \
                 di nuovo.",
            ),
            Self::Damaged(part) => (format!("è danneggiato o incompleto: {part}"), GET_AGAIN),
            Self::DamagedSheet(sheet) => {
                (format!("è danneggiato: il foglio «{sheet}» non si lascia leggere"), GET_AGAIN)
            }
            Self::Broken => ("è danneggiato in modo tale da non poter essere letto".into(), GET_AGAIN),
            Self::FileTooLarge => (
                format!("è troppo grande: supera {} MB", bounds::MAX_FILE_BYTES / 1_000_000),
                "Togliere immagini e fogli che non servono e salvarlo di nuovo come .xlsx.",
            ),
            Self::TooManyParts => (
                format!("contiene più di {} parti: non è una normale cartella di lavoro", grouped(bounds::MAX_PARTS)),
                SAVE_AS_XLSX,
            ),
            Self::ContentTooLarge => (
                format!(
                    "è troppo grande: decompresso supera {} MB o contiene troppi elementi",
                    bounds::MAX_CONTENT_BYTES / 1_000_000
                ),
                "Eliminare le righe e le colonne vuote ma formattate in fondo ai fogli, le immagini e i fogli che non \
                 servono, poi salvarlo di nuovo come .xlsx.",
            ),
            Self::Dangerous => (
                "contiene dichiarazioni XML pericolose (DOCTYPE o ENTITY), che nessun foglio di calcolo scrive".into(),
                "Non usare questo file: chiedere a chi lo ha mandato una copia salvata con Excel o LibreOffice.",
            ),
            Self::TooManySheets => (
                format!("ha più di {} fogli", bounds::MAX_SHEETS),
                "Togliere i fogli che non servono e salvarlo di nuovo.",
            ),
            Self::FarCell(sheet, row, col) => (
                format!(
                    "non si può leggere: il foglio «{sheet}» ha un valore nella cella {}, fuori dai limiti (si leggono \
                     le prime {rows} righe e le prime {} colonne, fino a {})",
                    cell(*row, *col),
                    bounds::MAX_COLUMNS,
                    cell(bounds::MAX_ROWS - 1, bounds::MAX_COLUMNS - 1)
                ),
                "Cancellare il contenuto di quella cella, se è lì per sbaglio, o togliere il foglio dal file.",
            ),
            Self::TooManyCells => (
                format!("è troppo grande: ha più di {} celle piene", grouped(bounds::MAX_CELLS)),
                "Togliere i fogli che non servono agli atti e salvarlo di nuovo.",
            ),
            Self::LongText(sheet, row, col) => (
                format!(
                    "non si può leggere: nel foglio «{sheet}» la cella {} contiene un testo di oltre {} caratteri",
                    cell(*row, *col),
                    grouped(bounds::MAX_CELL_CHARS)
                ),
                "Accorciare il testo della cella.",
            ),
            Self::TooMuchText => (
                format!("è troppo grande: i testi delle celle superano {} MB", bounds::MAX_TEXT_BYTES / 1_000_000),
                "Togliere i fogli che non servono agli atti e salvarlo di nuovo.",
            ),
        };
        (format!("Il file «{name}» {what}."), hint.into())
    }
}

/// Digits in groups of three, with the Italian dot.
fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let mut out = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            out.push('.');
        }
        out.push(digit);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_far_cell_is_named_in_full() {
        let found = Refusal::FarCell("Enti".into(), 1_048_575, 16_383).diagnostic("enti.xlsx");
        assert_eq!(
            found.message,
            "Il file «enti.xlsx» non si può leggere: il foglio «Enti» ha un valore nella cella XFD1048576, fuori dai \
             limiti (si leggono le prime 20.000 righe e le prime 300 colonne, fino a KN20000)."
        );
        assert_eq!((found.code, found.place), ("WB-06", Place::File("enti.xlsx".into())));
        assert!(!found.hint.is_empty());
    }

    #[test]
    fn digits_are_grouped_by_three() {
        assert_eq!([grouped(7), grouped(300), grouped(20_000)], ["7", "300", "20.000"]);
        assert_eq!(grouped(2_000_000), "2.000.000");
    }
}
