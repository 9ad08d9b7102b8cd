//! Articles of the consolidated law on local bodies cited for what they do not treat of. Called by `faults`.

use std::sync::LazyLock;

use super::Act;
use crate::diagnostic::Diagnostic;
use crate::examine::pattern::{Lazy, Pattern};
use crate::examine::text::{Folded, Paragraph};

/// An article of D.Lgs. 267/2000, with what stands between its number and the name of the law.
static CITED: Lazy = LazyLock::new(|| {
    Pattern::new(
        r"\bart(?:icolo|t)? (\d{1,3})(?: (?:bis|ter|quater|comma|commi|c|co|lettera|lett|e|\d{1,2}|[a-z])\b){0,8}(?: (?:del|dell))?(?: (?:citato|predetto|medesimo|richiamato|suddetto|vigente))? (?:tuel|t u e l|(?:d lgs|dlgs|decreto legislativo|t u|testo unico)(?: (?:n|\d{1,2} agosto 2000|degli enti locali))*? 267)\b",
    )
});

/// Articles that no convention has to do with, but a slip of the pen cites: first, last, folded words that a sentence on
/// them has, what they treat of.
const MATTERS: [(u32, u32, &str, &str); 9] = [
    (
        40,
        41,
        "prima (?:seduta|adunanza|convocazione)|insediament|convalid|trasparen",
        "della prima seduta del Consiglio",
    ),
    (43, 43, "consiglier|interrogazion|mozion|interpellanz", "dei diritti dei consiglieri"),
    (44, 44, "minoranz|opposizion|commission|controll", "delle garanzie delle minoranze"),
    (45, 45, "surrog|supplen", "della surrogazione dei consiglieri"),
    (52, 52, "sfiducia", "della mozione di sfiducia"),
    (
        55,
        70,
        "elegg|elett|elezion|incandid|candidat|incompatib|decaden|cause ostative",
        "dell’elezione e delle incompatibilità",
    ),
    (
        141,
        146,
        "scioglim|sciolt|rimozion|sospension|commissar|infiltra|mafi",
        "dello scioglimento e della rimozione degli organi",
    ),
    (208, 213, "tesor|cassa|riscossion|pagament|deposit", "del tesoriere"),
    (244, 269, "dissest|risanam|liquidazion|deficit|squilibr", "del dissesto"),
];
/// The last article.
const LAST: u32 = 275;
/// Words of a sentence besides the citation that say what it is cited for.
const SAYS: usize = 6;

static WORDS: LazyLock<Vec<Pattern>> =
    LazyLock::new(|| MATTERS.iter().map(|(_, _, words, _)| Pattern::new(&format!(r"\b(?:{words})"))).collect());

/// ESA-17.
pub(super) fn matters(act: &Act<'_>, found: &mut Vec<Diagnostic>) {
    let structure = act.structure;
    let articles = structure.articles.iter().flat_map(|article| &article.paragraphs);
    for paragraph in structure.opening.iter().chain(articles).chain(&structure.closing).chain(&structure.notes) {
        for (byte, number, treats) in astray(paragraph) {
            let message = match treats {
                Some(treats) => format!("è citato l’art. {number} del D.Lgs. 267/2000, che tratta {treats}"),
                None => format!("è citato l’art. {number} del D.Lgs. 267/2000, che ne ha {LAST}"),
            };
            found.push(
                Diagnostic::new("ESA-17", act.at(paragraph, byte), message)
                    .hint("controllare il numero dell’articolo sulla legge"),
            );
        }
    }
}

/// Where a paragraph cites an article for another matter, its number and what it treats of; nothing of one that is not there.
fn astray(paragraph: &Paragraph) -> Vec<(usize, u32, Option<&'static str>)> {
    let mut found = Vec::new();
    for range in paragraph.sentences() {
        let folded = Folded::new(paragraph.text.get(range.clone()).unwrap_or_default());
        for (cited, groups) in CITED.groups(&folded.text) {
            let Some(number) = groups.first().and_then(|number| number.parse::<u32>().ok()) else { continue };
            let at = range.start + folded.origin(cited.start);
            if number > LAST {
                found.push((at, number, None));
                continue;
            }
            let matter = MATTERS.iter().zip(WORDS.iter()).find(|((from, to, ..), _)| (*from..=*to).contains(&number));
            let Some(((.., treats), words)) = matter else { continue };
            let besides =
                folded.text.split(' ').count() - folded.text.get(cited).unwrap_or_default().split(' ').count();
            if besides >= SAYS && !words.is_in(&folded.text) {
                found.push((at, number, Some(*treats)));
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str) -> Vec<(u32, Option<&'static str>)> {
        astray(&Paragraph::new(text, 1, 1)).into_iter().map(|(_, number, treats)| (number, treats)).collect()
    }

    #[test]
    fn articles_cited_for_another_matter() {
        let competence = "RITENUTA la propria competenza ai sensi dell’art. 142, comma 2, lett. c), del D.Lgs. n. 267/2000, \
                          trattandosi di convenzione tra comuni;";
        assert_eq!(told(competence), [(142, Some("dello scioglimento e della rimozione degli organi"))]);
        let disputes = "La composizione delle vertenze è deferita al comitato, a mente dell’art. 208 del T.U. 18 agosto 2000, \
                        n. 267, che regola le controversie.";
        assert_eq!(told(disputes), [(208, Some("del tesoriere"))]);
        assert_eq!(told("Visto l’art. 300 del TUEL;"), [(300, None)]);
    }

    #[test]
    fn articles_cited_for_their_own() {
        for sound in [
            "Visto l’art. 142 del TUEL;",
            "Visto l’art. 42, comma 2, lettera c), del D.Lgs. 18 agosto 2000, n. 267, sulla competenza del Consiglio;",
            "Le somme sono versate presso il tesoriere di cui all’art. 208 del TUEL entro il mese di giugno di ogni anno.",
            "ai sensi dell’art. 142 del codice dei beni culturali e dell’art. 30 del D.Lgs. 267/2000 si conviene tra i Comuni",
            "Il consigliere decade nei casi previsti dall’art. 63 del D.Lgs. 267/2000, per incompatibilità con la carica.",
        ] {
            assert_eq!(told(sound), [], "{sound}");
        }
    }
}
