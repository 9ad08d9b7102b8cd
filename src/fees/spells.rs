//! The parts of a year in which the recurring services of every body are in use, by quantity: what `services` charges by
//! the day.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use crate::date;
use crate::dossier::{Dossier, Span, notice_effect};
use crate::schema::RequestKind;

/// A part of a year in which a service is in use, always as many.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Spell {
    /// First day.
    pub from: NaiveDate,
    /// Last day.
    pub to: NaiveDate,
    /// How many; nothing where no row says it.
    pub quantity: Option<u64>,
}

impl Spell {
    /// The part of the year; nothing for the whole of it.
    pub fn span(&self, year: i32) -> Option<Span> {
        let whole = date::bounds(year).is_some_and(|(first, last)| self.from <= first && self.to >= last);
        (!whole).then_some(Span { from: self.from, to: self.to })
    }
}

/// By position of body and service, in order of day. What is used up or done once is among them as well: it is in use from
/// its day on.
pub fn of_year(dossier: &Dossier, year: i32) -> BTreeMap<(usize, usize), Vec<Spell>> {
    let mut spells: BTreeMap<(usize, usize), Vec<Spell>> = BTreeMap::new();
    let Some((first, last)) = date::bounds(year) else { return spells };
    let it = &dossier.convention;
    let first = it.decorrenza.copied().map_or(first, |start| start.max(first));
    let last = it.scadenza.copied().map_or(last, |end| end.min(last));
    let turns: BTreeSet<NaiveDate> =
        turns(dossier).filter(|day| (first..=last).contains(day)).chain((first <= last).then_some(first)).collect();
    let starts: Vec<NaiveDate> = turns.into_iter().collect();
    for (n, from) in starts.iter().copied().enumerate() {
        let to = starts.get(n + 1).and_then(|next| next.pred_opt()).unwrap_or(last);
        for used in dossier.subscriptions_on(from).into_iter().filter(|used| used.state.is_in_use()) {
            let known = spells.entry((used.body, used.service)).or_default();
            match known.last_mut().filter(|it| it.quantity == used.quantity && it.to.succ_opt() == Some(from)) {
                Some(running) => running.to = to,
                None => known.push(Spell { from, to, quantity: used.quantity }),
            }
        }
    }
    spells
}

/// The spells without regard to quantity: those that follow each other are one.
pub fn joined(spells: &[Spell]) -> Vec<Spell> {
    let mut joined: Vec<Spell> = Vec::new();
    for spell in spells {
        match joined.last_mut().filter(|it| it.to.succ_opt() == Some(spell.from)) {
            Some(running) => running.to = spell.to,
            None => joined.push(*spell),
        }
    }
    joined
}

/// The days on which some service of some body begins, ends or changes.
fn turns(dossier: &Dossier) -> impl Iterator<Item = NaiveDate> {
    let of_requests = dossier.requests.iter().filter_map(|row| {
        let agreed = row.effetto_dal.copied();
        match row.tipo.copied().unwrap_or(RequestKind::Attivazione) {
            RequestKind::Attivazione => agreed.or(row.data.copied()),
            RequestKind::Disdetta => agreed.or_else(|| {
                let days = dossier.notice_days(dossier.service(row)?);
                notice_effect(row.data.copied()?, days)
            }),
            // Of a whole year: it turns nothing within it.
            RequestKind::Conferma => None,
        }
    });
    of_requests.chain(dossier.bodies.iter().filter_map(|body| dossier.withdrawal_effect(body)))
}
