//! Services in the next term: those active are proposed for confirmation, those given up or rendered once are dropped.

use std::collections::BTreeMap;

use super::{Renewed, empty, set};
use crate::dossier::{Dossier, Field, Request};
use crate::italian::{count, fold};
use crate::schema::RequestKind;

/// A service of a body: position of the body, folded code of the service.
type Key = (usize, String);

/// How a service of a body stands at the end of the old term.
enum Standing<'a> {
    /// Rendered, as last asked or confirmed by this row; the quantity may come from an earlier one.
    Active(&'a Request, Field<u64>),
    /// Given up.
    Withdrawn,
    /// Rendered once, nothing to confirm.
    Once,
}

/// Replaces the requests, and drops the beneficiaries of what is no longer rendered. `kept` are positions in the old
/// dossier.
pub fn confirm(old: &Dossier, kept: &[usize], renewed: &mut Renewed) {
    let standings = standings(old);
    let mut rows: Vec<Request> = Vec::new();
    let (mut withdrawn, mut once) = (0, 0);
    for (_, standing) in standings.iter().filter(|((body, _), _)| kept.contains(body)) {
        match standing {
            Standing::Withdrawn => withdrawn += 1,
            Standing::Once => once += 1,
            Standing::Active(last, quantity) => {
                let mut row = Request { quantita: quantity.clone(), ..(*last).clone() };
                set(&mut row.tipo, RequestKind::Conferma);
                empty(&mut row.data);
                empty(&mut row.motivo);
                rows.push(row);
            }
        }
    }
    // In the order of the old sheet.
    rows.sort_by_key(|row| row.row);
    let new = &mut renewed.dossier;
    let recipients = new.recipients.len();
    new.recipients.retain(|row| {
        let body = row.ente.text().and_then(|name| old.find_body(name));
        let Some(body) = body else { return true };
        let key = (body, fold(row.servizio.text().unwrap_or_default()));
        kept.contains(&body) && !matches!(standings.get(&key), Some(Standing::Withdrawn | Standing::Once))
    });
    let unnamed = recipients - new.recipients.len();
    let confirmed = rows.len();
    new.requests = rows;
    if !old.requests.is_empty() {
        let mut text =
            format!("Richieste: {} da confermare, senza data.", count(confirmed, "servizio attivo", "servizi attivi"));
        let mut dropped = |n: usize, one: &str, many: &str| {
            if n > 0 {
                text.push_str(&format!(" {}.", count(n, one, many)));
            }
        };
        dropped(withdrawn, "servizio disdetto non c’è più", "servizi disdetti non ci sono più");
        dropped(once, "servizio reso una volta sola non c’è più", "servizi resi una volta sola non ci sono più");
        renewed.done.push(text.into());
    }
    if unnamed > 0 {
        let text = format!(
            "Beneficiari: {} di servizi o enti che non continuano.",
            count(unnamed, "riga tolta, perché", "righe tolte, perché")
        );
        renewed.done.push(text.into());
    }
}

/// The standing of each service of each body: rows are taken by date, one without date as of the row above it.
fn standings(old: &Dossier) -> BTreeMap<Key, Standing<'_>> {
    let mut last_day = None;
    let mut rows: Vec<_> = old
        .requests
        .iter()
        .map(|row| {
            last_day = row.data.copied().or(last_day);
            (last_day, row)
        })
        .collect();
    rows.sort_by_key(|(day, _)| *day);
    let mut standings: BTreeMap<Key, Standing<'_>> = BTreeMap::new();
    for (_, row) in rows {
        let body = row.ente.text().and_then(|name| old.find_body(name));
        let (Some(body), Some(service)) = (body, row.servizio.text()) else { continue };
        let key = (body, fold(service));
        let known = old.services.iter().find(|it| it.codice.text().is_some_and(|code| fold(code) == key.1));
        let standing = if row.tipo.is(RequestKind::Disdetta) {
            Standing::Withdrawn
        } else if known.is_some_and(|service| service.una_tantum.is(true)) {
            Standing::Once
        } else {
            let before = match standings.get(&key) {
                Some(Standing::Active(_, quantity)) if row.quantita.is_absent() => quantity.clone(),
                _ => row.quantita.clone(),
            };
            Standing::Active(row, before)
        };
        standings.insert(key, standing);
    }
    standings
}
