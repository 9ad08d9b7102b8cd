//! ACC rules that the data alone decide, for agreements between administrations: term, parties, approvals, signature,
//! resources, plan of activities. (L. 241/1990, art. 15; D.Lgs. 36/2023, art. 7, c. 4.) Those on the composed act are in
//! `act::agreement`.

use chrono::{Datelike, NaiveDate};

use super::convention::{on_paper, term_dates, without_executive_act};
use super::subject::spot;
use super::{Check, Findings};
use crate::date::{after, short};
use crate::diagnostic::Diagnostic;
use crate::dossier::{Activity, Body, Dossier};
use crate::money::Money;
use crate::place::Place;
use crate::rule::Severity;
use crate::schema::{BodyKind, Choices};

/// The rules of this file.
pub const CHECKS: &[(&str, Check)] = &[
    ("ACC-03", end_stated),
    ("ACC-04", dates),
    ("ACC-08", allocations_add_up),
    ("ACC-09", allocations_in_term),
    ("ACC-10", parties),
    ("ACC-11", approvals),
    ("ACC-12", signature),
    ("ACC-13", outcomes),
    ("ACC-14", activities_in_term),
];

/// ACC-03. The start may be the day of the signature; the end may not be left open.
fn end_stated(dossier: &Dossier, findings: &mut Findings) {
    let it = &dossier.convention;
    if it.scadenza.is_absent() {
        findings.push(
            Diagnostic::new("ACC-03", spot(&it.scadenza, &it.place), "manca la scadenza dell’accordo")
                .hint("scrivere l’ultimo giorno in «scadenza», oppure decorrenza e durata in anni"),
        );
    }
}

/// ACC-04.
fn dates(dossier: &Dossier, findings: &mut Findings) {
    term_dates(dossier, findings, "ACC-04");
}

/// ACC-08. Where a sum could not be read it has been told; without a stated total there is nothing to compare with.
fn allocations_add_up(dossier: &Dossier, findings: &mut Findings) {
    let it = &dossier.convention;
    let Some(stated) = it.importo_totale.copied().and_then(Money::checked) else { return };
    let sums = dossier.allocations.iter().map(|row| row.importo.copied().and_then(Money::checked));
    let Some(sums) = sums.collect::<Option<Vec<Money>>>() else { return };
    let sum: Money = sums.into_iter().sum();
    if sum != stated {
        let message = format!("l’importo totale è {stated}, ma gli stanziamenti delle annualità sommano a {sum}");
        let mut finding = Diagnostic::new("ACC-08", spot(&it.importo_totale, &it.place), message)
            .hint("correggere il totale, o le somme del foglio «Stanziamenti»");
        for row in &dossier.allocations {
            finding = finding.related(spot(&row.importo, &row.place));
        }
        findings.push(finding);
    }
}

/// First and last day of the agreement, as far as they are known: it starts when it is signed where nothing else is said.
fn term(dossier: &Dossier) -> (Option<NaiveDate>, Option<NaiveDate>) {
    let it = &dossier.convention;
    (it.decorrenza.copied().or(it.data_firma.copied()), it.scadenza.copied())
}

/// ACC-09. What is done in the last months may be paid in the year that follows: that is only a warning.
fn allocations_in_term(dossier: &Dossier, findings: &mut Findings) {
    let (start, end) = term(dossier);
    let year = |day: Option<NaiveDate>| day.and_then(|day| u64::try_from(day.year()).ok());
    for row in &dossier.allocations {
        let Some(stated) = row.anno.copied() else { continue };
        let early = year(start).filter(|first| stated < *first);
        let late = year(end).filter(|last| stated > *last);
        let Some(bound) = early.or(late) else { continue };
        let message = match early {
            Some(_) => format!("lo stanziamento è del {stated}, ma l’accordo comincia nel {bound}"),
            None => format!("lo stanziamento è del {stated}, ma l’accordo finisce nel {bound}"),
        };
        let is_balance = late.is_some_and(|last| stated == last.saturating_add(1));
        let hint = if is_balance {
            "se è il saldo delle ultime attività va bene così; altrimenti correggere l’anno"
        } else {
            "correggere l’anno, o la durata dell’accordo"
        };
        let severity = if is_balance { Severity::Warning } else { Severity::Error };
        findings.push(Diagnostic::new("ACC-09", spot(&row.anno, &row.place), message).hint(hint).severity(severity));
    }
}

/// ACC-10. At least two administrations; a company never is one, an association may count as one.
fn parties(dossier: &Dossier, findings: &mut Findings) {
    if dossier.adherents().next().is_none() {
        findings.push(
            Diagnostic::new(
                "ACC-10",
                Place::Sheet(Body::SHEET.into()),
                "oltre al capofila non c’è nessun’altra amministrazione",
            )
            .hint("scrivere nel foglio «Enti» almeno un’altra parte, con ruolo «aderente»"),
        );
    }
    for body in &dossier.bodies {
        let Some(kind @ (BodyKind::Societa | BodyKind::Associazione)) = body.tipo.copied() else { continue };
        let (severity, what, hint) = if kind == BodyKind::Societa {
            (
                Severity::Error,
                "non è un’amministrazione: l’accordo non si può concludere con lei",
                "per una società servono una gara, l’affidamento in house (D.Lgs. 36/2023, art. 7, c. 2) o il partenariato",
            )
        } else {
            (
                Severity::Note,
                "può essere parte solo se è equiparata a un’amministrazione",
                "verificare che persegua fini pubblici e sia, per esempio, nell’elenco ISTAT (L. 196/2009, art. 1, c. 2)",
            )
        };
        let message = format!("«{}» ({}) {what}", body.name(), kind.word());
        findings.push(
            Diagnostic::new("ACC-10", spot(&body.tipo, &body.place), message)
                .severity(severity)
                .hint(hint)
                .body(body.code()),
        );
    }
}

/// ACC-11. Of an association that has no row of its own, its representative signs by the statute.
fn approvals(dossier: &Dossier, findings: &mut Findings) {
    without_executive_act(dossier, findings, "ACC-11", |body, act| act.is_some() || !body.is_private());
}

/// ACC-12 on the data.
fn signature(dossier: &Dossier, findings: &mut Findings) {
    on_paper(dossier, findings, "ACC-12");
}

/// ACC-13. The plan says of every activity what comes of it and how that is measured.
fn outcomes(dossier: &Dossier, findings: &mut Findings) {
    if dossier.activities.is_empty() {
        let message = "il foglio «Attivita» è vuoto: l’accordo non ha un piano delle attività";
        findings.push(
            Diagnostic::new("ACC-13", Place::Sheet(Activity::SHEET.into()), message)
                .hint("scrivere un’attività per riga, con il risultato e l’indicatore"),
        );
    }
    for row in &dossier.activities {
        for (field, what, hint) in [
            (
                &row.risultato,
                "il risultato atteso",
                "scrivere che cosa si ottiene: un documento, un servizio, un incontro",
            ),
            (&row.indicatore, "l’indicatore", "scrivere come si misura il risultato: per esempio «Comuni serviti»"),
        ] {
            if field.is_absent() {
                let name = row.codice.text().or(row.attivita.text()).unwrap_or("senza codice");
                let message = format!("l’attività «{name}» non ha {what}");
                findings.push(Diagnostic::new("ACC-13", spot(field, &row.place), message).hint(hint));
            }
        }
    }
}

/// ACC-14.
fn activities_in_term(dossier: &Dossier, findings: &mut Findings) {
    let (start, end) = term(dossier);
    for row in &dossier.activities {
        let Some(day) = row.entro.copied() else { continue };
        let bound = match (start.filter(|start| day < *start), end.filter(|end| day > *end)) {
            (Some(start), _) => format!("prima dell’inizio dell’accordo ({})", short(start)),
            (None, Some(end)) => format!("dopo la fine dell’accordo ({})", short(end)),
            (None, None) => continue,
        };
        let name = row.codice.text().or(row.attivita.text()).unwrap_or("senza codice");
        let message = format!("l’attività «{name}» va conclusa entro {}, {bound}", after("il", day));
        findings.push(
            Diagnostic::new("ACC-14", spot(&row.entro, &row.place), message)
                .hint("correggere il termine dell’attività, o la durata dell’accordo"),
        );
    }
}
