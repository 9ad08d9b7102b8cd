//! What the forms of a service must hold before they are sent: SRV-04, SRV-05, SRV-11. Their texts are judged in `check::act`.

use super::asked;
use crate::check::Findings;
use crate::check::subject::{owner, spot};
use crate::diagnostic::Diagnostic;
use crate::dossier::{Dossier, Field};
use crate::place::Place;
use crate::rule::Severity;
use crate::schema::{Pricing, RequestKind, Unit};

/// What is missing, in words, and the cell.
type Missing = Vec<(&'static str, Place)>;

fn want<T>(missing: &mut Missing, what: &'static str, field: &Field<T>, row: &Place) {
    if field.is_absent() {
        missing.push((what, spot(field, row)));
    }
}

/// SRV-04. Who signs is told by ENT-09, save for a body that adheres through its Union. A body may have no VAT number, which
/// alone is a note.
pub fn incomplete_request(dossier: &Dossier, findings: &mut Findings) {
    for it in asked(dossier).filter(|it| it.kind == RequestKind::Attivazione) {
        let (row, body, service) = (it.row, it.body, it.service);
        let mut missing = Missing::new();
        if body.indirizzo.is_absent() && body.comune.is_absent() {
            missing.push(("la sede dell’ente", spot(&body.indirizzo, &body.place)));
        }
        want(&mut missing, "il codice fiscale", &body.codice_fiscale, &body.place);
        if body.unione.get().is_some() {
            want(&mut missing, "il rappresentante legale", &body.rappresentante, &body.place);
            want(&mut missing, "la carica di chi firma", &body.carica, &body.place);
        }
        let is_counted = service.nominativo.is(true)
            || service.unita.get().is_some_and(|unit| matches!(unit, Unit::Rilascio | Unit::Ora));
        if is_counted {
            want(&mut missing, "la quantità", &row.quantita, &row.place);
        }
        if service.modalita.is(Pricing::Maggiorata) && service.tabella.is_absent() {
            want(&mut missing, "il prezzo del servizio", &service.importo, &service.place);
        }
        match dossier.contact_of(it.index) {
            None => missing.push(("il referente operativo, nel foglio «Incarichi»", row.place.clone())),
            Some(contact) => {
                if contact.nome.is_absent() && contact.cognome.is_absent() {
                    missing.push(("il nome del referente", spot(&contact.nome, &contact.place)));
                }
                want(&mut missing, "l’ufficio del referente", &contact.ufficio, &contact.place);
            }
        }
        let is_light = missing.is_empty();
        want(&mut missing, "la partita IVA", &body.partita_iva, &body.place);
        if missing.is_empty() {
            continue;
        }
        let severity = if is_light { Severity::Note } else { it.severity() };
        let verb = if missing.len() == 1 { "manca" } else { "mancano" };
        let list = missing.iter().map(|(what, _)| *what).collect::<Vec<_>>().join(", ");
        let message = format!("nella richiesta di «{}» di «{}» {verb}: {list}", it.name(), body.name());
        let hint = match severity {
            Severity::Error => {
                "completare i dati prima di inviare la richiesta, o toglierne la data finché è una bozza"
            }
            _ => "sul modulo resta uno spazio da compilare a mano",
        };
        let mut finding = it.finding("SRV-04", it.place(), message).hint(hint).severity(severity);
        finding.related.extend(missing.into_iter().map(|(_, place)| place).filter(|place| *place != it.place()));
        findings.push(finding);
    }
}

/// SRV-05.
pub fn unexplained_withdrawal(dossier: &Dossier, findings: &mut Findings) {
    for it in asked(dossier).filter(|it| it.kind == RequestKind::Disdetta && it.row.motivo.is_absent()) {
        let message = format!("la disdetta di «{}» di «{}» non dice il motivo", it.name(), it.body.name());
        let finding = it.finding("SRV-05", spot(&it.row.motivo, &it.row.place), message);
        findings.push(finding.hint("scrivere il motivo nella colonna «motivo»").severity(it.severity()));
    }
}

/// SRV-11.
pub fn unreachable_contact(dossier: &Dossier, findings: &mut Findings) {
    for post in dossier.posts.iter().filter(|post| post.is_contact() && !post.is_reachable()) {
        let Some(body) = post.of.and_then(|index| dossier.bodies.get(index)) else { continue };
        let message = format!("il referente di «{}» non ha né telefono né posta elettronica", body.name());
        let finding = Diagnostic::new("SRV-11", spot(&post.telefono, &post.place), message)
            .hint("scrivere almeno uno dei due recapiti")
            .body(owner(body));
        findings.push(finding.related(spot(&post.email, &post.place)));
    }
}
