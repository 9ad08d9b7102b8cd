//! SRV-04 and SRV-05 on the composed forms, so that an edited template that loses a piece of the minimum content is caught.

use std::collections::BTreeSet;

use super::{Judged, whole};
use crate::act::{Inline, for_each_inline, for_each_run, plain};
use crate::check::Findings;
use crate::diagnostic::Diagnostic;
use crate::italian::fold;

/// What a form must print, as value or as blank: words for people, and the names that say it.
type Content = (&'static str, &'static [&'static str]);

const BODY: [Content; 6] = [
    ("la denominazione dell’ente", &["ente.nome", "ente.il", "ente.il_maiuscolo"]),
    ("la sede dell’ente", &["ente.sede"]),
    ("il codice fiscale", &["ente.codice_fiscale"]),
    ("la partita IVA", &["ente.partita_iva"]),
    ("il rappresentante legale", &["ente.rappresentante"]),
    ("la carica di chi firma", &["ente.carica", "ente.carica_il", "ente.carica_il_maiuscolo"]),
];

const REQUEST: [Content; 9] = [
    ("il servizio chiesto", &["servizio.nome"]),
    ("il prezzo", &["servizio.prezzo", "servizio.costo"]),
    ("il costo di assistenza e manutenzione", &["servizio.assistenza"]),
    ("gli estremi della deliberazione di adesione", &["adesione.numero"]),
    ("la data della deliberazione di adesione", &["adesione.data"]),
    ("la seduta in cui si delibererà l’adesione", &["adesione.seduta"]),
    ("il nome del referente", &["referente.nome_completo"]),
    ("l’ufficio del referente", &["referente.ufficio"]),
    ("i recapiti del referente", &["referente.telefono", "referente.email"]),
];

const WITHDRAWAL: [Content; 3] = [
    ("il servizio disdetto", &["servizio.nome"]),
    ("il motivo", &["richiesta.motivo"]),
    ("la data di effetto", &["richiesta.effetto"]),
];

/// SRV-04.
pub fn request(judged: &Judged<'_>, findings: &mut Findings) {
    let mut lost = lost(judged, BODY.iter().chain(&REQUEST));
    lost.extend(unsaid(judged, "impegn", "gli impegni dell’ente"));
    report(judged, findings, "SRV-04", &lost);
}

/// SRV-05.
pub fn withdrawal(judged: &Judged<'_>, findings: &mut Findings) {
    let mut lost = lost(judged, BODY.iter().chain(&WITHDRAWAL));
    lost.extend(unsaid(judged, "accett", "l’accettazione delle condizioni"));
    report(judged, findings, "SRV-05", &lost);
}

fn lost<'a>(judged: &Judged<'_>, wanted: impl Iterator<Item = &'a Content>) -> Vec<&'static str> {
    let mut printed: BTreeSet<&str> = BTreeSet::new();
    for_each_inline(&judged.act.blocks, &mut |inline| match inline {
        Inline::Value(value) => _ = printed.insert(&value.name),
        Inline::Blank(blank) => _ = printed.insert(&blank.name),
        _ => {}
    });
    wanted.filter(|(_, names)| !names.iter().any(|name| printed.contains(name))).map(|(what, _)| *what).collect()
}

/// What is missing where no run of the act has words with this stem.
fn unsaid(judged: &Judged<'_>, stem: &str, what: &'static str) -> Option<&'static str> {
    let mut is_said = false;
    for_each_inline(&judged.act.blocks, &mut |inline| {
        is_said |= matches!(inline, Inline::Text { s } if s.contains(stem));
    });
    if is_said {
        return None;
    }
    for_each_run(&judged.act.blocks, &mut |run| is_said |= fold(&plain(run)).contains(stem));
    (!is_said).then_some(what)
}

fn report(judged: &Judged<'_>, findings: &mut Findings, code: &'static str, lost: &[&str]) {
    if !lost.is_empty() {
        let message = format!("il testo del modulo non contiene più: {}", lost.join(", "));
        let hint = "rimettere nel testo le parti tolte: il contenuto minimo vale anche per i moduli modificati";
        findings.push(Diagnostic::new(code, whole(judged.act), message).hint(hint));
    }
}
