//! Services in the next term: those in use are proposed for confirmation, those given up or done once are dropped.

use std::collections::{BTreeMap, BTreeSet};

use super::{Renewed, empty, set};
use crate::dossier::{Dossier, Request, ServiceState};
use crate::italian::count;
use crate::schema::RequestKind;

/// Replaces the requests, and drops the beneficiaries of what is no longer rendered. `kept` are positions in the old
/// dossier.
pub fn confirm(old: &Dossier, kept: &[usize], renewed: &mut Renewed) {
    let eve = renewed.term.start.pred_opt().unwrap_or(old.today);
    let mut rows: Vec<Request> = Vec::new();
    let mut over: BTreeSet<(usize, usize)> = BTreeSet::new();
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    let mut tally = |what| *counts.entry(what).or_default() += 1;
    for it in old.subscriptions_on(eve) {
        let request = |row: &usize| old.requests.get(*row);
        // What the fee includes rests on no request, and goes on by itself.
        let Some(last) = it.requests.last().and_then(request).filter(|_| kept.contains(&it.body)) else { continue };
        let once = old.services.get(it.service).is_some_and(|service| service.una_tantum.is(true));
        match it.state {
            ServiceState::Requested => {
                rows.extend(it.requests.iter().filter_map(request).cloned());
                tally("asked");
            }
            ServiceState::Active if once => {
                over.insert((it.body, it.service));
                tally("once");
            }
            ServiceState::Withdrawing | ServiceState::Withdrawn => {
                over.insert((it.body, it.service));
                tally("withdrawn");
            }
            ServiceState::Active | ServiceState::ToConfirm => {
                let mut row = last.clone();
                set(&mut row.tipo, RequestKind::Conferma);
                empty(&mut row.data);
                empty(&mut row.motivo);
                empty(&mut row.quantita);
                if let Some(quantity) = it.quantity {
                    set(&mut row.quantita, quantity);
                }
                rows.push(row);
                tally("active");
            }
        }
    }
    // Rows that could not be understood have been told: they stay, to be corrected.
    let unknown =
        |row: &&Request| row.of.is_none() || row.servizio.text().and_then(|it| old.find_service(it)).is_none();
    let is_kept = |row: &&Request| row.of.is_none_or(|index| kept.contains(&index));
    rows.extend(old.requests.iter().filter(unknown).filter(is_kept).cloned());
    rows.sort_by_key(|row| row.row);

    let new = &mut renewed.dossier;
    new.requests = rows.into();
    let recipients = new.recipients.len();
    new.recipients.retain(|row| {
        let service = row.servizio.text().and_then(|name| old.find_service(name));
        let is_over = row.of.zip(service).is_some_and(|key| over.contains(&key));
        row.of.is_none_or(|index| kept.contains(&index)) && !is_over
    });
    let dropped = recipients - new.recipients.len();
    if !old.requests.is_empty() {
        let number = |what: &str| counts.get(what).copied().unwrap_or_default();
        let mut text = format!(
            "Richieste: {} da confermare, senza data.",
            count(number("active"), "servizio attivo", "servizi attivi")
        );
        for (what, one, many) in [
            ("withdrawn", "servizio disdetto non c’è più", "servizi disdetti non ci sono più"),
            ("once", "servizio reso una volta sola non c’è più", "servizi resi una volta sola non ci sono più"),
            ("asked", "richiesta non ancora attivata resta com’è", "richieste non ancora attivate restano come sono"),
        ] {
            if number(what) > 0 {
                text.push_str(&format!(" {}.", count(number(what), one, many)));
            }
        }
        renewed.done.push(text.into());
    }
    if dropped > 0 {
        let text = format!(
            "Beneficiari: {} di servizi o enti che non continuano.",
            count(dropped, "riga tolta, perché", "righe tolte, perché")
        );
        renewed.done.push(text.into());
    }
}
