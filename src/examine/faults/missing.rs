//! Elements of the minimum content that are not there, or are put off. Called by `faults`.

use std::sync::LazyLock;

use super::Act;
use crate::act::Element;
use crate::diagnostic::Diagnostic;
use crate::examine::kind::Kind;
use crate::examine::pattern::{Lazy, Pattern};
use crate::examine::structure::Article;
use crate::examine::text::Folded;
use crate::rule::Severity;

/// For each element its rule in a convention, its rule in an agreement, whether an agreement must have it, and what to write.
const RULES: [(Element, &str, &str, bool, &str); 7] = [
    (
        Element::Oggetto,
        "C30-01",
        "ACC-01",
        true,
        "aggiungere un articolo che dica quali funzioni o servizi si svolgono insieme",
    ),
    (Element::Fini, "C30-02", "ACC-02", false, "aggiungere un articolo che dica a che cosa mira la gestione comune"),
    (Element::Durata, "C30-03", "ACC-03", true, "aggiungere un articolo con il giorno di inizio e quello di fine"),
    (
        Element::Consultazione,
        "C30-04",
        "ACC-05",
        false,
        "aggiungere un articolo che istituisca un organo degli enti: chi lo compone, chi lo convoca, quando è valido",
    ),
    (
        Element::Finanziari,
        "C30-05",
        "ACC-07",
        true,
        "aggiungere un articolo che dica chi paga, quanto o con quale criterio, e quando; se non ci sono oneri, dirlo",
    ),
    (
        Element::Obblighi,
        "C30-06",
        "ACC-06",
        true,
        "aggiungere un articolo con gli obblighi del capofila e degli altri enti",
    ),
    (
        Element::Garanzie,
        "C30-07",
        "ACC-15",
        false,
        "aggiungere un articolo su recesso, inadempienze e penali, risoluzione, controversie",
    ),
];

/// C30-01 to C30-07, or their like for agreements: an element that is not there. ESA-02 for acts that need none of them.
pub(super) fn elements(act: &Act<'_>, found: &mut Vec<Diagnostic>) {
    if !act.is_agreed() {
        let kind = if act.kind == Kind::Altro { String::new() } else { format!(", ma {}", act.kind.italian()) };
        let message = format!(
            "il documento non sembra una convenzione né un accordo{kind}: gli elementi dell’art. 30 sono riportati, ma non richiesti"
        );
        if act.kind == Kind::Aggiunta {
            let message = "il documento ne modifica o ne proroga un altro: gli elementi dell’art. 30 sono riportati, ma stanno di norma nella convenzione originaria";
            let hint = "esaminare anche la convenzione originaria: i rinvii ai suoi articoli qui non si controllano";
            found.push(Diagnostic::new("ESA-02", act.whole(), message).hint(hint));
            return;
        }
        let hint = "se invece è una convenzione, il titolo deve dirlo; di un documento che la contiene esaminare la sola convenzione";
        found.push(Diagnostic::new("ESA-02", act.whole(), message).hint(hint));
        return;
    }
    for (element, convention, agreement, needed, hint) in RULES {
        let Some(evidence) = act.element(element).filter(|evidence| !evidence.is_there()) else { continue };
        let (code, what) = match act.kind {
            Kind::Accordo => (agreement, "nell’accordo"),
            _ => (convention, "nella convenzione"),
        };
        let is = if matches!(element, Element::Oggetto | Element::Durata) { "manca" } else { "mancano" };
        let mut message = format!("{what} {is} {}", element.italian());
        let mut place = act.whole();
        if let Some(spot) = &evidence.put_off {
            message = format!("{message}: se ne rimanda la disciplina ad altro atto («{}»)", spot.quote);
            place = act.line(spot.line);
        } else if let Some(spot) = evidence.spots.first() {
            let at = if spot.article.is_empty() { String::new() } else { format!(" nell’art. {}", spot.article) };
            message = format!("{message}: se ne parla appena{at} («{}»)", spot.quote);
        }
        let mut diagnostic = Diagnostic::new(code, place, message).hint(hint);
        if act.kind == Kind::Accordo && !needed {
            diagnostic = diagnostic.severity(Severity::Warning);
        }
        found.push(diagnostic);
    }
}

/// What is said of an organ of consultation, and the words that say it.
static ORGAN: LazyLock<[(&str, Pattern); 3]> = LazyLock::new(|| {
    [
        (
            "chi lo compone",
            Pattern::new(
                r"compost|costituit\w (?:da|dai|dal|dagli|dalle)|format\w (?:da|dai|dal|dagli|dalle|di)|fanno parte|fa parte|partecip|riunisce|component|membri|rappresentant|sindac|assessor|segretari|delegat|president|consiglier|siedono|con gli amministratori|dei sindaci|degli enti",
            ),
        ),
        (
            "chi lo convoca o quando si riunisce",
            Pattern::new(
                r"convoc|riunisc|riunion|riunit|si consulta|sedut[ae]|si (?:sentono|vedono|trovano|raduna|radunano|incontrano)|li chiama|la chiama|volt[ae] (?:l|nell|all) anno|nel mese di",
            ),
        ),
        (
            "quando è valido o come decide (numero legale)",
            Pattern::new(
                r"\bvalid\w*|numero legale|quorum|maggioranza|meta piu|presenza d|presenti|unanim|vot[oi] favorevol[ei]|(?:ha|conta|hanno) un[oa]?\b|un voto|se non (?:sono|si) (?:d accordo|accordano)|due terzi|un terzo|la meta",
            ),
        ),
    ]
});

/// C30-04, a warning: there are organs, but none of which composition, convocation and quorum are said.
pub(super) fn organs(act: &Act<'_>, found: &mut Vec<Diagnostic>) {
    let Some(evidence) = act.element(Element::Consultazione).filter(|evidence| evidence.is_there()) else { return };
    if act.kind != Kind::Convenzione {
        return;
    }
    let told: Vec<&str> = evidence.spots.iter().map(|spot| spot.article.as_str()).collect();
    let mut best: Option<(&Article, Vec<&str>)> = None;
    for article in act.structure.articles.iter().filter(|article| {
        let heading = format!("{} ", Folded::new(&article.heading).text);
        told.contains(&article.label().as_str()) || NAMED.is_in(&heading)
    }) {
        let folded = Folded::new(&format!("{} {}", article.heading, article.words())).text;
        let lacking: Vec<&str> =
            ORGAN.iter().filter(|(_, words)| !words.is_in(&folded)).map(|(what, _)| *what).collect();
        if best.as_ref().is_none_or(|(_, fewest)| lacking.len() < fewest.len()) {
            best = Some((article, lacking));
        }
    }
    let Some((article, lacking)) = best.filter(|(_, lacking)| !lacking.is_empty()) else { return };
    let message = format!("{} non dice {}", article.named(), lacking.join(", né "));
    found.push(
        Diagnostic::new("C30-04", act.line(article.line), message)
            .severity(Severity::Warning)
            .hint("di almeno un organo dire composizione, convocazione e numero legale"),
    );
}

/// Headings of organs.
static NAMED: Lazy = LazyLock::new(|| Pattern::new(r"\b<ORGANO>\b"));
