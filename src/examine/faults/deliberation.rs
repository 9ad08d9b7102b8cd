//! Deliberations that approve a convention: who decides, what, with which money. Called by `faults`.

use std::sync::LazyLock;

use super::Act;
use crate::diagnostic::Diagnostic;
use crate::examine::kind::Kind;
use crate::examine::pattern::{Lazy, Pattern};
use crate::examine::text::{Folded, Paragraph};
use crate::rule::Severity;

static CONVENTION: Lazy = LazyLock::new(|| Pattern::new(r"\bconvenzion[ei]\b|\badesion[ei]\b|\baderire\b"));
static GIUNTA: Lazy =
    LazyLock::new(|| Pattern::new(r"\b(?:la )?giunta (?:comunale|provinciale|municipale|dell unione|esecutiva)\b"));
static REGION: Lazy = LazyLock::new(|| Pattern::new(r"\bgiunta regionale\b|\bd g r\b|\bdgr\b|\bregione \w+"));
static APPROVES: Lazy = LazyLock::new(|| {
    Pattern::new(
        r"approv\w+(?: \w+){0,8} giunta (?:comunale|provinciale)(?: \w+){0,12} convenzion[ei]|giunta (?:comunale|provinciale)(?: \w+){0,10} approv\w+(?: \w+){0,10} convenzion[ei]",
    )
});
static DECIDES: Lazy = LazyLock::new(|| Pattern::new(r"^(?:delibera|deliberano|d e l i b e r a)$|^delibera\b.{0,20}$"));
static OBJECT: Lazy = LazyLock::new(|| Pattern::new(r"^oggetto\b"));
static RENEWAL: Lazy = LazyLock::new(|| Pattern::new(r"\brinnov\w+"));
static ADHESION: Lazy = LazyLock::new(|| Pattern::new(r"\badesion\w+|\baderi\w+"));
static SPENDING: Lazy = LazyLock::new(|| {
    Pattern::new(
        r"capitolo|\bcap\b|impegn\w+ (?:di spesa|la spesa|la somma|l importo|\w+ euro)|imput\w+|stanzia\w*|euro \d|\d euro|non comporta\w*(?: \w+){0,6} (?:spes[ae]|oneri)|senza (?:alcun |maggiori |nuovi )?oner\w+|missione \d|prenot\w+ di spesa|copertura finanziaria",
    )
});
static AT_ONCE: Lazy = LazyLock::new(|| {
    Pattern::new(r"immediata(?:mente)? (?:eseguibil|esecutiv)\w+|immediata eseguibilita|134 (?:comma|c) (?:4|quarto)")
});

/// DEL-01, DEL-13, DEL-14, ESA-10; DEL-01 also where another text says that the Giunta approves conventions.
pub(super) fn deliberation(act: &Act<'_>, found: &mut Vec<Diagnostic>) {
    said_elsewhere(act, found);
    // A deliberation, or the one that is annexed to another act.
    let annexed = act.structure.closing.iter().any(|paragraph| DECIDES.is_in(Folded::new(&paragraph.text).text.trim()));
    let paragraphs = match (act.kind, annexed) {
        (Kind::Delibera, _) => &act.structure.opening,
        (_, true) => &act.structure.closing,
        (_, false) => return,
    };
    let folded: Vec<(&Paragraph, String)> =
        paragraphs.iter().map(|paragraph| (paragraph, Folded::new(&paragraph.text).text.trim().to_owned())).collect();
    // What is decided may be numbered, and then looks like articles.
    let operative_from = folded.iter().position(|(_, text)| DECIDES.is_in(text));
    let mut decided: Vec<(&Paragraph, String)> =
        folded.iter().skip(operative_from.map_or(usize::MAX, |at| at + 1)).cloned().collect();
    let articles = act.structure.articles.iter().filter(|_| act.kind == Kind::Delibera);
    for article in articles.filter(|article| article.heading.to_lowercase().starts_with("di ")) {
        decided.extend(article.paragraphs.iter().map(|paragraph| (paragraph, Folded::new(&paragraph.text).text)));
    }
    if !folded.iter().any(|(_, text)| CONVENTION.is_in(text)) || operative_from.is_none() {
        return;
    }
    let first = folded.iter().take(operative_from.unwrap_or(0));
    if let Some((paragraph, _)) = first.clone().find(|(_, text)| GIUNTA.is_in(text) && text.split(' ').count() <= 12)
        && !folded.iter().any(|(_, text)| REGION.is_in(text) && text.contains("giunta"))
        && !folded.iter().any(|(_, text)| text.contains("consiglio comunale") && text.split(' ').count() <= 5)
    {
        let message =
            format!("la convenzione è approvata dalla Giunta («{}»): è competente il Consiglio", paragraph.text.trim());
        found.push(Diagnostic::new("DEL-01", act.at(paragraph, 0), message).hint("far deliberare il Consiglio"));
    }
    if let Some((object, text)) = first.clone().find(|(_, text)| OBJECT.is_in(text))
        && ADHESION.is_in(text)
        && !RENEWAL.is_in(text)
        && let Some((operative, _)) = decided.iter().find(|(_, text)| RENEWAL.is_in(text) && CONVENTION.is_in(text))
    {
        let message = format!(
            "l’oggetto parla di adesione («{}»), il dispositivo di rinnovo («{}»)",
            object.quote(0..object.text.len(), 0..object.text.len()),
            operative.quote(0..operative.text.len(), 0..operative.text.len())
        );
        found.push(
            Diagnostic::new("DEL-14", act.at(operative, 0), message)
                .hint("usare la stessa parola: «rinnovo» solo se l’ente aveva già aderito")
                .related(act.at(object, 0)),
        );
    }
    let all = folded.iter().map(|(_, text)| text.as_str()).chain(decided.iter().map(|(_, text)| text.as_str()));
    let place = decided.first().map_or_else(|| act.whole(), |(paragraph, _)| act.at(paragraph, 0));
    if !all.clone().any(|text| SPENDING.is_in(text)) {
        let message = "la deliberazione non dice nulla della spesa: né importo, né capitolo, né che non ci sono oneri";
        found.push(
            Diagnostic::new("DEL-13", place.clone(), message).severity(Severity::Warning).hint(
                "indicare la spesa di ogni anno con missione, programma e capitolo, o dire che non ci sono oneri",
            ),
        );
    }
    if !all.clone().any(|text| AT_ONCE.is_in(text)) {
        let message = "la deliberazione non dice se è immediatamente eseguibile";
        found.push(Diagnostic::new("ESA-10", place, message).hint(
            "se si vuole firmare subito, aggiungere la dichiarazione con il voto separato dell’art. 134, comma 4",
        ));
    }
}

/// DEL-01, a warning: a text that has the Giunta approve a convention.
fn said_elsewhere(act: &Act<'_>, found: &mut Vec<Diagnostic>) {
    let structure = act.structure;
    let articles = structure.articles.iter().flat_map(|article| &article.paragraphs);
    for paragraph in structure.earlier.iter().chain(&structure.opening).chain(articles).chain(&structure.closing) {
        let folded = Folded::new(&paragraph.text);
        if let Some(range) = APPROVES.find(&folded.text) {
            let (start, end) = (folded.origin(range.start), folded.origin(range.end));
            let quote = paragraph.quote(start..end, 0..paragraph.text.len());
            let message =
                format!("si dice che la Giunta approva la convenzione, ma è competente il Consiglio: «{quote}»");
            found.push(
                Diagnostic::new("DEL-01", act.at(paragraph, start), message)
                    .severity(Severity::Warning)
                    .hint("scrivere che lo schema è approvato dal Consiglio dell’ente"),
            );
        }
    }
}
