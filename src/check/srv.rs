//! SRV rules: services that are asked for, confirmed and given up. This file judges the catalogue and the rows of `Richieste`
//! against it; [`forms`] what a form must hold, [`notice`] withdrawals and
//! confirmations, [`history`] whether the rows of a service follow one another.
//!
//! A row with a day is taken as sent: what it lacks is an error. A row without one is a draft, printed with its blanks: what
//! it lacks is a note.

mod forms;
mod history;
mod notice;

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::subject::{owner, spot};
use super::{Check, Findings};
use crate::date;
use crate::diagnostic::Diagnostic;
use crate::dossier::{Body, Deliberation, Dossier, Field, Request, Service};
use crate::italian::{capitalize, count, nearest, with_article};
use crate::place::Place;
use crate::rule::Severity;
use crate::schema::{Pricing, RequestKind, Unit};

/// The checks of this group, by code.
pub const CHECKS: &[(&str, Check)] = &[
    ("SRV-01", unknown_service),
    ("SRV-02", not_an_adherent),
    ("SRV-03", priced_though_included),
    ("SRV-04", forms::incomplete_request),
    ("SRV-05", forms::unexplained_withdrawal),
    ("SRV-06", notice::not_to_be_given_up),
    ("SRV-07", notice::late),
    ("SRV-08", notice::unconfirmed),
    ("SRV-09", asked_twice),
    ("SRV-10", unnamed_recipients),
    ("SRV-11", forms::unreachable_contact),
    ("SRV-12", history::out_of_order),
];

/// A row of `Richieste` of a known body and of a known service.
struct Asked<'d> {
    row: &'d Request,
    kind: RequestKind,
    /// Position of the body.
    index: usize,
    body: &'d Body,
    /// Position of the service.
    number: usize,
    service: &'d Service,
}

impl Asked<'_> {
    fn name(&self) -> &str {
        self.service.nome.text().or(self.service.codice.text()).unwrap_or("(servizio senza nome)")
    }

    /// The cell that names the service.
    fn place(&self) -> Place {
        spot(&self.row.servizio, &self.row.place)
    }

    /// How grave it is that the row lacks something.
    fn severity(&self) -> Severity {
        if self.row.data.is_absent() { Severity::Note } else { Severity::Error }
    }

    fn finding(&self, code: &'static str, place: Place, message: String) -> Diagnostic {
        Diagnostic::new(code, place, message).body(owner(self.body))
    }
}

/// The rows that name a body and a service of the workbook; others are told by WB-10 and SRV-01.
fn asked(dossier: &Dossier) -> impl Iterator<Item = Asked<'_>> {
    dossier.requests.iter().filter_map(|row| {
        let index = row.of?;
        let number = dossier.find_service(row.servizio.text()?)?;
        let kind = row.tipo.copied().unwrap_or(RequestKind::Attivazione);
        let (body, service) = (dossier.bodies.get(index)?, dossier.services.get(number)?);
        Some(Asked { row, kind, index, body, number, service })
    })
}

/// SRV-01.
fn unknown_service(dossier: &Dossier, findings: &mut Findings) {
    // Without a catalogue every service is unknown: WB-01 tells that the sheet is missing.
    if dossier.services.is_empty() {
        return;
    }
    let requests = dossier.requests.iter().map(|row| (row.of, &row.servizio, &row.place));
    let recipients = dossier.recipients.iter().map(|row| (row.of, &row.servizio, &row.place));
    for (of, named, row) in requests.chain(recipients) {
        let Some(body) = of.and_then(|index| dossier.bodies.get(index)) else { continue };
        let (message, hint) = match named.text() {
            Some(name) if dossier.find_service(name).is_some() => continue,
            Some(name) => {
                let known = dossier.services.iter().flat_map(|it| [it.codice.text(), it.nome.text()]).flatten();
                let hint = match nearest(name, known) {
                    Some(near) => format!("forse si voleva «{near}»"),
                    None => "scrivere il codice di un servizio del foglio «Servizi»".to_owned(),
                };
                (format!("il servizio «{name}» non è nel foglio «Servizi»"), hint)
            }
            None => (
                "la riga non dice di quale servizio è".to_owned(),
                "scrivere il codice del servizio, come nel foglio «Servizi»".to_owned(),
            ),
        };
        findings.push(Diagnostic::new("SRV-01", spot(named, row), message).hint(hint).body(owner(body)));
    }
}

/// SRV-02. Where the convention is being signed, a missing deliberation is another rule's (C30-12).
fn not_an_adherent(dossier: &Dossier, findings: &mut Findings) {
    for it in asked(dossier).filter(|it| it.kind == RequestKind::Attivazione) {
        let is_open = it.service.modalita.get().is_none_or(|pricing| *pricing == Pricing::Listino);
        if is_open || dossier.lead_index() == Some(it.index) {
            continue;
        }
        let body = capitalize(&with_article(it.body.name()));
        let left =
            dossier.withdrawal_effect(it.body).filter(|day| *day <= it.row.data.copied().unwrap_or(dossier.today));
        let union = it.body.union.filter(|_| dossier.is_member(it.body)).and_then(|index| dossier.bodies.get(index));
        let act = dossier.adhesion_of(union.unwrap_or(it.body));
        let (severity, message, hint) = if !dossier.adherents().any(|(index, _)| index == it.index) {
            let message = format!("{body} non aderisce alla convenzione, e «{}» è solo per chi aderisce", it.name());
            (Severity::Error, message, "togliere la richiesta, o scrivere «listino» nella modalità del servizio")
        } else if let Some(day) = left {
            let since = date::after("dal", day);
            let message =
                format!("{body} è fuori dalla convenzione {since}, e «{}» è solo per chi aderisce", it.name());
            (Severity::Error, message, "togliere la richiesta, o correggere la data del recesso")
        } else {
            match act {
                Some(act) if act.is_adopted() => continue,
                Some(_) => {
                    let message = format!("{body} chiede «{}» ma deve ancora deliberare l’adesione", it.name());
                    (Severity::Note, message, "il modulo indica la seduta; il servizio si attiva dopo la deliberazione")
                }
                None if dossier.at_signature() => continue,
                None => {
                    let message = format!("{body} chiede «{}» ma non ha una deliberazione di adesione", it.name());
                    (Severity::Warning, message, "aggiungere la riga nel foglio «Deliberazioni», anche come proposta")
                }
            }
        };
        let finding = it.finding("SRV-02", it.place(), message).hint(hint).severity(severity);
        let related = left.map(|_| &it.body.recesso_comunicato_il.place).or(act.map(|act: &Deliberation| &act.place));
        findings.push(match related {
            Some(place) => finding.related(place.clone()),
            None => finding,
        });
    }
}

/// SRV-03.
fn priced_though_included(dossier: &Dossier, findings: &mut Findings) {
    for it in dossier.services.iter().filter(|it| it.modalita.is(Pricing::Incluso)) {
        let is_due = |field: &&Field<Decimal>| field.get().is_some_and(|sum| !sum.is_zero());
        let fields = [&it.importo, &it.attivazione, &it.assistenza_annua];
        let mut due = fields.into_iter().filter(is_due);
        let Some(first) = due.next() else { continue };
        let name = it.nome.text().or(it.codice.text()).unwrap_or("(servizio senza nome)");
        let message = format!("«{name}» è incluso nella quota ma ha un prezzo");
        let mut finding = Diagnostic::new("SRV-03", spot(first, &it.place), message)
            .hint("togliere il prezzo, o scrivere «quota maggiorata» o «listino» nella modalità");
        finding.related.extend(due.map(|field| spot(field, &it.place)));
        findings.push(finding);
    }
}

/// SRV-09. What is consumed, or done once, may be asked for again; the same row twice is a slip in any case.
fn asked_twice(dossier: &Dossier, findings: &mut Findings) {
    let mut groups: BTreeMap<(usize, usize), Vec<Asked<'_>>> = BTreeMap::new();
    for it in asked(dossier) {
        groups.entry((it.index, it.number)).or_default().push(it);
    }
    for mut rows in groups.into_values() {
        rows.sort_by_key(|it| (it.row.data.is_absent(), it.row.data.copied(), it.row.row));
        let mut running: Option<&Asked<'_>> = None;
        for (at, it) in rows.iter().enumerate() {
            let same = |other: &&Asked<'_>| other.kind == it.kind && other.row.data.get() == it.row.data.get();
            let is_repeated = it.service.una_tantum.is(true)
                || it.service.unita.get().is_some_and(|unit| matches!(unit, Unit::Ora | Unit::Rilascio));
            if let Some(first) = rows.iter().take(at).find(same) {
                let row = u64::from(first.row.row) + 1;
                let message = format!("la stessa riga per «{}» di «{}» è già alla {row}", it.name(), it.body.name());
                let hint = "eliminare una delle due righe, o correggerne la data";
                findings.push(it.finding("SRV-09", it.place(), message).hint(hint).related(first.place()));
                continue;
            }
            match (it.kind, running) {
                (RequestKind::Disdetta, _) => running = None,
                (RequestKind::Attivazione, Some(first)) if !is_repeated => {
                    let row = u64::from(first.row.row) + 1;
                    let message = format!("«{}» ha già chiesto «{}» alla riga {row}", it.body.name(), it.name());
                    let hint =
                        "se è una quantità in più, scrivere il totale in una riga sola; altrimenti eliminare la riga";
                    let finding = it.finding("SRV-09", it.place(), message).hint(hint).severity(Severity::Warning);
                    findings.push(finding.related(first.place()));
                }
                (RequestKind::Attivazione, None) => running = Some(it),
                _ => {}
            }
        }
    }
}

/// SRV-10. A quantity that is missing is another rule's (SRV-04).
fn unnamed_recipients(dossier: &Dossier, findings: &mut Findings) {
    let mut groups: BTreeMap<(usize, usize), Vec<Asked<'_>>> = BTreeMap::new();
    let named = |it: &Asked<'_>| it.service.nominativo.is(true) && it.kind == RequestKind::Attivazione;
    for it in asked(dossier).filter(named) {
        groups.entry((it.index, it.number)).or_default().push(it);
    }
    for ((index, number), rows) in groups {
        let Some(wanted) = rows.iter().map(|it| it.row.quantita.copied()).sum::<Option<u64>>() else { continue };
        let Some(last) = rows.last() else { continue };
        let of_service = |name: Option<&str>| name.and_then(|name| dossier.find_service(name)) == Some(number);
        let people = dossier.recipients.iter().filter(|row| row.of == Some(index) && of_service(row.servizio.text()));
        let (whole, partial): (Vec<_>, Vec<_>) =
            people.partition(|row| !row.nome.is_absent() && !row.cognome.is_absent());
        if whole.len() as u64 == wanted && partial.is_empty() {
            continue;
        }
        let found = count(whole.len(), "persona", "persone");
        let wanted = count(usize::try_from(wanted).unwrap_or(usize::MAX), "unità", "unità");
        let message =
            format!("per «{}» di «{}» si chiedono {wanted} e si nominano {found}", last.name(), last.body.name());
        let is_sent = rows.iter().any(|it| !it.row.data.is_absent());
        let severity = if is_sent { Severity::Error } else { Severity::Note };
        let mut finding = last
            .finding("SRV-10", spot(&last.row.quantita, &last.row.place), message)
            .hint(
                "nel foglio «Beneficiari» va una riga con nome e cognome per ogni unità; oppure correggere la quantità",
            )
            .severity(severity);
        finding.related.extend(partial.iter().map(|row| row.place.clone()));
        findings.push(finding);
    }
}
