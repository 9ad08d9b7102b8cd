//! Rows of a service that do not follow one another (SRV-12): what is confirmed or given up must be in use, and within the term.
//! What an earlier convention began is not in this workbook, so a body that adhered to it is not asked for the beginning.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::{Asked, asked};
use crate::check::Findings;
use crate::check::subject::spot;
use crate::date::{after, short};
use crate::dossier::Dossier;
use crate::schema::{Pricing, RequestKind};

/// What a row asks for, after "la" and "l’".
fn called(kind: RequestKind) -> &'static str {
    match kind {
        RequestKind::Attivazione => "l’attivazione",
        RequestKind::Disdetta => "la disdetta",
        RequestKind::Conferma => "la conferma",
    }
}

/// SRV-12. Rows without a day are drafts and come after the others.
pub fn out_of_order(dossier: &Dossier, findings: &mut Findings) {
    let mut groups: BTreeMap<(usize, usize), Vec<Asked<'_>>> = BTreeMap::new();
    for it in asked(dossier) {
        after_the_term(dossier, &it, findings);
        let is_whole = it.service.modalita.is(Pricing::Incluso) || it.service.una_tantum.is(true);
        if !is_whole {
            groups.entry((it.index, it.number)).or_default().push(it);
        }
    }
    for mut rows in groups.into_values() {
        rows.sort_by_key(|it| (it.row.data.is_absent(), it.row.data.copied(), it.row.row));
        let mut last: Option<&Asked<'_>> = None;
        for it in &rows {
            let (what, name, body) = (called(it.kind), it.name(), it.body.name());
            let fault = match (it.kind, last.map(|last| last.kind)) {
                (RequestKind::Attivazione, _) => None,
                (_, Some(RequestKind::Disdetta)) => Some((
                    format!("{what} di «{name}» di «{body}» viene dopo la disdetta dello stesso servizio"),
                    "togliere la riga, o aggiungere quella della nuova attivazione",
                )),
                (_, None) if !it.body.gia_aderente.is(true) => Some((
                    format!("{what} di «{name}» di «{body}» non segue nessuna attivazione"),
                    "aggiungere la riga dell’attivazione; se il servizio era già in uso, scrivere «sì» in «gia_aderente»",
                )),
                _ => None,
            };
            if let Some((message, hint)) = fault {
                let finding = it.finding("SRV-12", it.place(), message).hint(hint);
                findings.push(match last {
                    Some(last) => finding.related(last.place()),
                    None => finding,
                });
            }
            last = Some(it);
        }
    }
}

/// A day after the last of the convention: nothing can be asked for then, nor begin.
fn after_the_term(dossier: &Dossier, it: &Asked<'_>, findings: &mut Findings) {
    let Some(end) = dossier.convention.scadenza.copied() else { return };
    let late = |day: &Option<NaiveDate>| day.is_some_and(|day| day > end);
    let (given, effect) = (it.row.data.copied(), it.row.effetto_dal.copied());
    let (field, day) = match () {
        () if late(&given) => (&it.row.data, given),
        () if late(&effect) && it.kind == RequestKind::Attivazione => (&it.row.effetto_dal, effect),
        () => return,
    };
    let Some(day) = day else { return };
    let message = format!(
        "{} di «{}» di «{}» è {}, ma la convenzione finisce {}",
        called(it.kind),
        it.name(),
        it.body.name(),
        after("del", day),
        after("il", end)
    );
    let hint = format!("correggere la data: dopo {} il servizio non si rende e non si fattura", short(end));
    findings.push(it.finding("SRV-12", spot(field, &it.row.place), message).hint(hint));
}
