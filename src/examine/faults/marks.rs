//! Work left in the document: revisions that nobody has accepted, comments, struck and highlighted words. Called by `faults`.

use super::Act;
use crate::diagnostic::Diagnostic;
use crate::examine::source::Work;
use crate::italian::count;

/// ESA-20: one finding for each kind of work, on its first line.
pub(super) fn marks(act: &Act<'_>, found: &mut Vec<Diagnostic>) {
    for (work, mark) in act.marks.iter() {
        let lines = count(mark.count, "paragrafo", "paragrafi");
        let words = mark.words.trim();
        let (message, hint) = match work {
            Work::Revision => (
                format!(
                    "il documento ha revisioni ancora da accettare o rifiutare, in {lines}: l’esame le legge come accettate"
                ),
                "accettarle o rifiutarle (in Word: Revisione; in LibreOffice: Modifica, Revisioni) ed esaminare di nuovo",
            ),
            Work::Comment => (
                format!("il documento ha {} a margine", count(mark.count, "commento", "commenti")),
                "rispondere a ciò che chiedono ed eliminarli prima della firma",
            ),
            Work::Struck => (
                format!("resta testo barrato, in {lines}: «{words}»; l’esame non lo legge"),
                "eliminarlo, o togliere il barrato a ciò che vale",
            ),
            Work::Highlighted => (
                format!("resta testo evidenziato, in {lines}: «{words}»"),
                "verificare ciò che il colore segna, poi toglierlo",
            ),
        };
        found.push(Diagnostic::new("ESA-20", act.line(mark.line), message).hint(hint));
    }
}
