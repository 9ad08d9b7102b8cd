//! Withdrawals and confirmations: what cannot be given up (SRV-06), notices that come late or in vain (SRV-07), services in use
//! that nobody has confirmed for the year (SRV-08).

use chrono::{Datelike, NaiveDate};

use super::asked;
use crate::check::Findings;
use crate::check::subject::{owner, spot};
use crate::date;
use crate::diagnostic::Diagnostic;
use crate::dossier::{Dossier, ServiceState, notice_effect};
use crate::rule::Severity;
use crate::schema::{Pricing, RequestKind};

/// SRV-06.
pub fn not_to_be_given_up(dossier: &Dossier, findings: &mut Findings) {
    for it in asked(dossier).filter(|it| it.kind == RequestKind::Disdetta) {
        let why = if it.service.una_tantum.is(true) {
            "è reso una sola volta"
        } else if it.service.modalita.is(Pricing::Incluso) {
            "è compreso nella quota"
        } else {
            continue;
        };
        let message = format!("«{}» {why}: «{}» non può disdirlo", it.name(), it.body.name());
        findings.push(it.finding("SRV-06", it.place(), message).hint("togliere la riga, o correggere il servizio"));
    }
}

/// What a notice given on a day comes to.
struct Notice<'a> {
    /// "la disdetta", "il recesso".
    what: &'a str,
    given: NaiveDate,
    effect: NaiveDate,
    end: Option<NaiveDate>,
}

impl Notice<'_> {
    /// Message and hint where the notice comes too late for its year, or for the term.
    fn fault(&self) -> Option<(String, String)> {
        let Self { what, given, effect, end } = self;
        let (given_on, from) = (date::after("del", *given), date::after("dal", *effect));
        if let Some(end) = end.filter(|end| *effect > *end) {
            let ends = date::after("il", end);
            let message = format!("{what} {given_on} avrebbe effetto {from}, ma la convenzione finisce {ends}");
            return Some((message, "togliere la data: il rapporto cessa con la convenzione".to_owned()));
        }
        (effect.year() > given.year().saturating_add(1)).then(|| {
            let message = format!("{what} {given_on} non rispetta il preavviso per l’anno: ha effetto {from}");
            (message, "fino a quel giorno restano dovute le somme: il modulo lo dice".to_owned())
        })
    }
}

/// SRV-07, for services and for the convention.
pub fn late(dossier: &Dossier, findings: &mut Findings) {
    let end = dossier.convention.scadenza.copied();
    let recurring = |it: &super::Asked<'_>| {
        it.kind == RequestKind::Disdetta && !it.service.una_tantum.is(true) && !it.service.modalita.is(Pricing::Incluso)
    };
    for it in asked(dossier).filter(recurring) {
        let place = spot(&it.row.data, &it.row.place);
        let Some(given) = it.row.data.copied() else {
            if it.row.data.is_absent() {
                let message = format!("la disdetta di «{}» di «{}» non ha la data", it.name(), it.body.name());
                let finding = it.finding("SRV-07", place, message).severity(Severity::Note);
                findings.push(finding.hint("senza la data non si calcola da quando ha effetto"));
            }
            continue;
        };
        let Some(effect) = notice_effect(given, dossier.notice_days(it.service)) else { continue };
        let what = format!("la disdetta di «{}»", it.name());
        if let Some(agreed) = it.row.effetto_dal.copied().filter(|agreed| *agreed < effect) {
            let message = format!(
                "{what} ha effetto {}, ma con il preavviso l’avrebbe {}",
                date::after("dal", agreed),
                date::after("dal", effect)
            );
            let finding = it.finding("SRV-07", spot(&it.row.effetto_dal, &it.row.place), message);
            findings
                .push(finding.hint("se il capofila è d’accordo non serve correggere; altrimenti svuotare la cella"));
        }
        if let Some((message, hint)) = (Notice { what: &what, given, effect, end }).fault() {
            findings.push(it.finding("SRV-07", place, message).hint(hint));
        }
    }
    for body in &dossier.bodies {
        let dates = body.recesso_comunicato_il.copied().zip(dossier.withdrawal_effect(body));
        let Some((given, effect)) = dates else { continue };
        let what = format!("il recesso di «{}»", body.name());
        if let Some((message, hint)) = (Notice { what: &what, given, effect, end }).fault() {
            let place = spot(&body.recesso_comunicato_il, &body.place);
            findings.push(Diagnostic::new("SRV-07", place, message).hint(hint).body(owner(body)));
        }
    }
}

/// SRV-08.
pub fn unconfirmed(dossier: &Dossier, findings: &mut Findings) {
    let year = dossier.reference_year();
    for it in dossier.subscriptions().iter().filter(|it| it.state == ServiceState::ToConfirm) {
        let row = it.requests.first().and_then(|row| dossier.requests.get(*row));
        let (Some(row), Some(body), Some(service)) =
            (row, dossier.bodies.get(it.body), dossier.services.get(it.service))
        else {
            continue;
        };
        let name = service.nome.text().or(service.codice.text()).unwrap_or("(servizio senza nome)");
        let message = format!("«{}» usa «{name}» ma non lo ha confermato per il {year}", body.name());
        let finding = Diagnostic::new("SRV-08", spot(&row.servizio, &row.place), message)
            .hint("chiedere la conferma con il modulo, poi aggiungere una riga «conferma» nel foglio «Richieste»")
            .body(owner(body));
        findings.push(finding);
    }
}
