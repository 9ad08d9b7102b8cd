//! Who agrees, and how it is signed. Called by `faults`.

use std::sync::LazyLock;

use super::Act;
use crate::diagnostic::Diagnostic;
use crate::examine::kind::Kind;
use crate::examine::pattern::{Lazy, Pattern};
use crate::examine::text::{Folded, Paragraph};
use crate::rule::Severity;

static BETWEEN: Lazy =
    LazyLock::new(|| Pattern::new(r"^(?:tra|fra|tra le parti|e|ed)(?: \w+){0,3}$|^(?:tra|fra) (?:il|la|l|i|le|gli)\b"));
static ENDS: Lazy = LazyLock::new(|| {
    Pattern::new(r"^(?:premess|considerat|vist[oi]|richiamat|si conviene|convengono|tutto cio|dato atto|ritenuto)")
});
/// Who is no local body, and what is right for it.
static STRANGERS: LazyLock<[(Pattern, &str, &str); 3]> = LazyLock::new(|| {
    [
        (
            Pattern::new(r"\bs r l\b|\bsrl\b|\bs p a\b|\bspa\b|\bsocieta cooperativa\b|\bs c a r l\b|\bs n c\b"),
            "una società",
            "con una società servono un affidamento o un contratto (in house: D.Lgs. 175/2016, art. 16), non una convenzione fra enti locali",
        ),
        (
            Pattern::new(r"\bassociazione\b|\bfondazione\b|\bonlus\b|\bets\b|organizzazione di volontariato"),
            "un’associazione o una fondazione",
            "con un ente privato serve un altro strumento: convenzione del codice del terzo settore, contributo, contratto",
        ),
        (
            Pattern::new(r"^(?:tra |fra |e |la )*regione \w+|\bla regione \w+"),
            "una Regione",
            "con una Regione lo strumento è l’accordo fra amministrazioni (L. 241/1990, art. 15)",
        ),
    ]
});

/// C30-11: among the parties of a convention, who is no local body.
pub(super) fn parties(act: &Act<'_>, found: &mut Vec<Diagnostic>) {
    if act.kind != Kind::Convenzione {
        return;
    }
    let opening: Vec<(&Paragraph, String)> = act
        .structure
        .opening
        .iter()
        .map(|paragraph| (paragraph, Folded::new(&paragraph.text).text.trim().to_owned()))
        .collect();
    let Some(start) = opening.iter().position(|(_, folded)| BETWEEN.is_in(folded)) else { return };
    let parties = opening.iter().skip(start).take_while(|(_, folded)| !ENDS.is_in(folded)).take(30);
    for (paragraph, folded) in parties {
        for (pattern, who, hint) in STRANGERS.iter() {
            if let Some(range) = pattern.find(folded) {
                let at = Folded::new(&paragraph.text).origin(range.start);
                let quote = paragraph.quote(at..at + range.len(), 0..paragraph.text.len());
                let message = format!("fra le parti c’è {who}, che non è un ente locale: «{quote}»");
                found.push(
                    Diagnostic::new("C30-11", act.at(paragraph, at), message).severity(Severity::Warning).hint(*hint),
                );
            }
        }
    }
}

static ON_PAPER: Lazy = LazyLock::new(|| {
    Pattern::new(
        r"(?:in|redatt[oa] in) (?:duplice|triplice|doppio|due|tre|<NUMERO>|plurimo|unico) (?:originale|originali|esemplari|copie originali)|firma autografa|sottoscrizione autografa|firme autografe",
    )
});
static DIGITAL: Lazy = LazyLock::new(|| {
    Pattern::new(
        r"firm\w+ digital\w+|digitalmente|firma elettronica|modalita (?:digitale|elettronica|informatica)|15 (?:comma|c) 2 bis",
    )
});

/// C30-18: an act set to be signed on paper.
pub(super) fn signature(act: &Act<'_>, found: &mut Vec<Diagnostic>) {
    let structure = act.structure;
    let articles = structure.articles.iter().flat_map(|article| &article.paragraphs);
    let all: Vec<&Paragraph> = structure.opening.iter().chain(articles).chain(&structure.closing).collect();
    let folded: Vec<(&Paragraph, Folded)> =
        all.into_iter().map(|paragraph| (paragraph, Folded::new(&paragraph.text))).collect();
    if folded.iter().any(|(_, folded)| DIGITAL.is_in(&folded.text)) {
        return;
    }
    let Some((paragraph, folded, range)) =
        folded.iter().find_map(|(paragraph, folded)| Some((*paragraph, folded, ON_PAPER.find(&folded.text)?)))
    else {
        return;
    };
    let at = folded.origin(range.start);
    let quote = paragraph.quote(at..at + range.len(), 0..paragraph.text.len());
    let message = format!("l’atto è predisposto per la firma su carta: «{quote}»");
    found.push(
        Diagnostic::new("C30-18", act.at(paragraph, at), message)
            .severity(Severity::Warning)
            .hint("prevedere la firma digitale, richiesta a pena di nullità"),
    );
}
