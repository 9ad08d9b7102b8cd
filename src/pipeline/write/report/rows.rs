//! The rows of the register: acts and services in words.

use std::collections::BTreeMap;

use ecow::{EcoString, eco_format};

use crate::dossier::{Body, Dossier, Standing};
use crate::emit::register::{Outcome, RegisterBody, RegisterDeliberation, RegisterFile, RegisterRow, RegisterService};
use crate::pipeline::orphans::Orphan;
use crate::pipeline::outcome::{ActOutcome, ActState, FileOutcome, RunReport};
use crate::schema::Choices;

/// A row an act of the run.
pub fn acts(report: &RunReport, dossier: &Dossier, standings: &BTreeMap<usize, Standing>) -> Vec<RegisterRow> {
    report.acts.iter().map(|act| row(act, dossier, standings)).collect()
}

fn row(act: &ActOutcome, dossier: &Dossier, standings: &BTreeMap<usize, Standing>) -> RegisterRow {
    let body = dossier.bodies.get(act.index);
    let is_lead = dossier.lead_index() == Some(act.index);
    let deliberation = if is_lead { dossier.scheme() } else { body.and_then(|body| dossier.adhesion_of(body)) };
    let service = act.service.as_deref();
    let named = service.and_then(|code| dossier.services.get(dossier.find_service(code)?)?.nome.text());
    let file = |file: &FileOutcome| RegisterFile {
        format: file.format.clone(),
        path: file.path.clone(),
        bytes: file.bytes,
        sha256: file.sha256.clone(),
    };
    let reason = |code: &&'static str| match crate::rule::find(code) {
        Some(rule) => format!("{code} {}", rule.title),
        None => (*code).to_owned(),
    };
    RegisterRow {
        body: RegisterBody { code: act.body.clone(), name: act.name.clone() },
        act: crate::act::ActKind::from_slug(act.act).map_or(act.act, |kind| kind.italian()).into(),
        subject: named.or(service).unwrap_or_default().into(),
        outcome: match act.state {
            ActState::Produced => Outcome::Produced(act.files.iter().map(file).collect()),
            ActState::Withheld => Outcome::Withheld(act.reasons.iter().map(reason).collect()),
        },
        bundle: act.bundle.clone(),
        standing: standings.get(&act.index).copied(),
        deliberation: RegisterDeliberation {
            number: deliberation.and_then(|act| act.numero.get().cloned()),
            date: deliberation.and_then(|act| act.data.copied()),
        },
        signatures: act.signatures.clone().unwrap_or_default(),
    }
}

/// A row for what is left of every body that has no acts any more.
pub fn left(orphans: &[Orphan]) -> impl Iterator<Item = RegisterRow> + '_ {
    orphans.iter().map(|orphan| RegisterRow {
        body: RegisterBody { code: orphan.body.as_str().into(), name: orphan.name.as_str().into() },
        act: "atti di una passata precedente".into(),
        subject: EcoString::new(),
        outcome: Outcome::Left(orphan.reason.italian().to_owned()),
        bundle: orphan.files.iter().find(|file| file.ends_with(".zip")).map(EcoString::from),
        standing: None,
        deliberation: RegisterDeliberation::default(),
        signatures: String::new(),
    })
}

/// A body as the rows name it: by its code or, where it has none, by its row, as the acts do.
pub fn body(body: &Body) -> RegisterBody {
    let code = if body.code().is_empty() { eco_format!("riga {}", body.row + 1) } else { body.code().into() };
    RegisterBody { code, name: body.name().into() }
}

/// A row a service of a body.
pub fn services(dossier: &Dossier) -> Vec<RegisterService> {
    let rows = |positions: &[usize]| -> String {
        let rows = positions.iter().filter_map(|position| dossier.requests.get(*position));
        rows.map(|request| (request.row + 1).to_string()).collect::<Vec<_>>().join(", ")
    };
    let service = |it: crate::dossier::Subscription| {
        let record = dossier.services.get(it.service)?;
        Some(RegisterService {
            body: body(dossier.bodies.get(it.body)?),
            code: record.codice.text().unwrap_or_default().to_owned(),
            name: record.nome.text().unwrap_or_default().to_owned(),
            pricing: record.modalita.copied().map_or("", Choices::word).to_owned(),
            state: it.state,
            since: it.since,
            notice: it.notice,
            until: it.until,
            confirmed: it.confirmed,
            quantity: it.quantity,
            rows: rows(&it.requests),
        })
    };
    dossier.subscriptions().into_iter().filter_map(service).collect()
}
