//! The services of every body on a day: requested, active, to confirm, being withdrawn, withdrawn. Computed from the rows
//! of `Richieste`, the catalogue and the term; asked by the rules of services, the forms and the register.
//!
//! What it takes for granted, where the workbook is silent:
//! - a service included in the fee is active for every adherent from the first day of the convention, and neither asked for,
//!   nor confirmed, nor given up on its own;
//! - what is done once, or used up (hours, releases without yearly support), is neither confirmed nor given up;
//! - a service given up ends with the calendar year, after the notice of the service, else that of the model's clause, else
//!   that of the convention; `effetto_dal` of the row says another day, as it does for a service that begins later than it
//!   is asked for;
//! - a body that leaves the convention loses every service on the same day as the convention;
//! - the activation stands for the confirmation of its own year; a confirmation is for the year of its day and, from 1 October
//!   on, for the next one too, because confirmations are gathered before the year they are for.

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};

use super::terms::notice_effect;
use super::{Dossier, Request, Service};
use crate::italian::fold;
use crate::schema::{Pricing, RequestKind};

/// Month from which a confirmation is for the next year too.
const CONFIRMATIONS_FROM: u32 = 10;

/// Where a service of a body stands. The order is that of its life.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum ServiceState {
    /// Asked for from a day to come, or with no day.
    Requested,
    /// In use.
    Active,
    /// In use and recurring, but not confirmed for the year.
    ToConfirm,
    /// Given up, in use until the effect comes.
    Withdrawing,
    /// Given up, no longer in use.
    Withdrawn,
}

impl ServiceState {
    /// All states, in order.
    pub const ALL: [Self; 5] = [Self::Requested, Self::Active, Self::ToConfirm, Self::Withdrawing, Self::Withdrawn];

    /// The word people read, of a service (masculine): "richiesto".
    pub fn italian(self) -> &'static str {
        match self {
            Self::Requested => "richiesto",
            Self::Active => "attivo",
            Self::ToConfirm => "da confermare",
            Self::Withdrawing => "in disdetta",
            Self::Withdrawn => "cessato",
        }
    }

    /// True while the body has the service.
    pub fn is_in_use(self) -> bool {
        matches!(self, Self::Active | Self::ToConfirm | Self::Withdrawing)
    }
}

/// A service of a body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subscription {
    /// Position of the body in the dossier.
    pub body: usize,
    /// Position of the service in the dossier.
    pub service: usize,
    /// Where it stands.
    pub state: ServiceState,
    /// First day of use, past or to come; `None` where no row says it.
    pub since: Option<NaiveDate>,
    /// Last day of use, past or to come; `None` while nobody has given it up, or where the day of notice is unknown.
    pub until: Option<NaiveDate>,
    /// Day on which the body gave it up.
    pub notice: Option<NaiveDate>,
    /// The last year for which it was confirmed, up to the `anno` of the convention or else the year of the day.
    pub confirmed: Option<i32>,
    /// How many: those asked for, less those given up; a confirmation sets it anew.
    pub quantity: Option<u64>,
    /// Positions in `requests` of the rows it rests on, in order of day; empty for what the fee includes.
    pub requests: Vec<usize>,
}

impl Dossier {
    /// The position of the service with this code, or of the only one with this name, case and accents ignored.
    pub fn find_service(&self, reference: &str) -> Option<usize> {
        let wanted = fold(reference);
        let is = |text: Option<&str>| text.is_some_and(|text| fold(text) == wanted);
        self.services.iter().position(|service| is(service.codice.text())).or_else(|| {
            let mut named = (0..).zip(&self.services).filter(|(_, service)| is(service.nome.text()));
            named.next().filter(|_| named.next().is_none()).map(|(index, _)| index)
        })
    }

    /// The services of every body on the day of the dossier.
    pub fn subscriptions(&self) -> Vec<Subscription> {
        self.subscriptions_on(self.today)
    }

    /// The services of every body on a day, in order of body and then of catalogue: what the fee includes, for adherents, and
    /// whatever a row of `Richieste` names. A recurring service of a body comes once, in its last period of use; what is done
    /// once comes as many times as it was asked for. Rows that name no known body or service are left out, and told by the rules.
    pub fn subscriptions_on(&self, day: NaiveDate) -> Vec<Subscription> {
        self.subscriptions_where(day, self.requests.iter().enumerate(), self.adherents().map(|(body, _)| body))
    }

    /// The services of one body on the day of the dossier, as [`Self::subscriptions`] gives them.
    pub fn subscriptions_of(&self, body: usize) -> Vec<Subscription> {
        let adheres = self.bodies.get(body).is_some_and(|it| self.adheres(body, it, self.lead_index()));
        self.subscriptions_where(self.today, self.requests.of_body(body), adheres.then_some(body).into_iter())
    }

    /// The year of reference: that of the convention, else that of the day.
    fn year_on(&self, day: NaiveDate) -> i32 {
        let year = self.convention.anno.copied().and_then(|year| i32::try_from(year).ok());
        year.unwrap_or_else(|| day.year())
    }

    fn subscriptions_where<'a>(
        &'a self,
        day: NaiveDate,
        requests: impl Iterator<Item = (usize, &'a Request)>,
        adherents: impl Iterator<Item = usize>,
    ) -> Vec<Subscription> {
        let year = self.year_on(day);
        let mut asked: Vec<(usize, usize, usize)> = requests
            .filter_map(|(row, request)| {
                let body = request.of?;
                Some((body, self.find_service(request.servizio.text()?)?, row))
            })
            .filter(|(_, service, _)| !is_included(&self.services, *service))
            .collect();
        // A stable order: undated rows after the others, rows of the same day as the sheet has them.
        asked.sort_by_key(|(body, service, row)| {
            let day = self.requests.get(*row).and_then(|request| request.data.copied());
            (*body, *service, day.is_none(), day, *row)
        });
        let mut all = Vec::new();
        for rows in asked.chunk_by(|a, b| (a.0, a.1) == (b.0, b.1)) {
            let Some((body, index, _)) = rows.first().copied() else { continue };
            let Some(service) = self.services.get(index) else { continue };
            let rows: Vec<usize> = rows.iter().map(|(_, _, row)| *row).collect();
            if service.is_once() {
                all.extend(rows.iter().filter_map(|row| self.once(*row, day)).map(|it| it.of(body, index)));
            } else {
                all.extend(self.recurring(service, &rows, day, year).map(|it| it.of(body, index)));
            }
        }
        // What the fee includes begins with the convention.
        let start = self.convention.decorrenza.copied();
        let has_begun = start.is_some_and(|start| start <= day);
        let state = if has_begun { ServiceState::Active } else { ServiceState::Requested };
        for body in adherents {
            let services = (0..self.services.len()).filter(|service| is_included(&self.services, *service));
            all.extend(services.map(|service| Subscription::new(state, start).of(body, service)));
        }
        for it in &mut all {
            self.leave(it, day);
        }
        all.sort_by_key(|it| (it.body, it.service));
        all
    }

    /// A recurring service that rows of `Richieste` name, in order of day; `None` where they only announce what has not come.
    fn recurring(&self, service: &Service, rows: &[usize], day: NaiveDate, year: i32) -> Option<Subscription> {
        let days = self.notice_days(service);
        let mut life: Option<Life> = None;
        for request in rows.iter().filter_map(|row| self.requests.get(*row)) {
            life = Life::after(life, request, day, year, days);
        }
        let life = life?;
        let is_new = life.since.is_some_and(|since| since.year() >= year);
        let state = if life.is_awaited(day) {
            ServiceState::Requested
        } else if life.is_over(day) {
            ServiceState::Withdrawn
        } else if life.is_given_up {
            ServiceState::Withdrawing
        } else if is_new || life.confirmed == Some(year) {
            ServiceState::Active
        } else {
            ServiceState::ToConfirm
        };
        let (since, until, notice) = (life.since, life.until, life.notice);
        let (confirmed, quantity) = (life.confirmed, life.quantity);
        let it = Subscription::new(state, since);
        Some(Subscription { until, notice, confirmed, quantity, requests: rows.to_vec(), ..it })
    }

    /// A service done once, as one row asks for it; `None` for rows that ask for nothing.
    fn once(&self, row: usize, day: NaiveDate) -> Option<Subscription> {
        let request = self.requests.get(row)?;
        request.tipo.copied().is_none_or(|kind| kind == RequestKind::Attivazione).then(|| {
            let since = request.data.copied();
            let done = since.is_some_and(|since| since <= day);
            let state = if done { ServiceState::Active } else { ServiceState::Requested };
            Subscription { quantity: request.quantita.copied(), requests: vec![row], ..Subscription::new(state, since) }
        })
    }

    /// Days of notice to give up a service: its own, else those of the model's clause, else the convention's, else none.
    pub fn notice_days(&self, service: &Service) -> u64 {
        let own = service.preavviso_disdetta_giorni.copied().or(self.model.scadenze.disdetta_giorni);
        own.or(self.convention.recesso_preavviso_giorni.copied()).unwrap_or(0)
    }

    /// A body that leaves the convention leaves its services.
    fn leave(&self, it: &mut Subscription, day: NaiveDate) {
        let Some(body) = self.bodies.get(it.body) else { return };
        let given = body.recesso_comunicato_il.copied().filter(|given| *given <= day);
        let Some((given, effect)) = given.zip(self.withdrawal_effect(body)) else { return };
        let is_out = effect <= day;
        let Some(last) = effect.pred_opt().filter(|last| it.until.is_none_or(|until| *last < until)) else { return };
        if is_out || it.state.is_in_use() {
            (it.until, it.notice) = (Some(last), Some(given));
            it.state = if is_out { ServiceState::Withdrawn } else { ServiceState::Withdrawing };
        }
    }
}

impl Subscription {
    fn new(state: ServiceState, since: Option<NaiveDate>) -> Self {
        Self {
            body: 0,
            service: 0,
            state,
            since,
            until: None,
            notice: None,
            confirmed: None,
            quantity: None,
            requests: Vec::new(),
        }
    }

    fn of(self, body: usize, service: usize) -> Self {
        Self { body, service, ..self }
    }
}

fn is_included(services: &[Service], index: usize) -> bool {
    services.get(index).is_some_and(|service| service.modalita.is(Pricing::Incluso))
}

/// A period of use of a recurring service, as far as the rows read so far say.
#[derive(Default)]
struct Life {
    since: Option<NaiveDate>,
    /// A confirmation or a withdrawal says that it was in use, though no row says since when.
    is_older: bool,
    is_given_up: bool,
    notice: Option<NaiveDate>,
    until: Option<NaiveDate>,
    confirmed: Option<i32>,
    quantity: Option<u64>,
}

impl Life {
    /// Not in use yet.
    fn is_awaited(&self, day: NaiveDate) -> bool {
        !self.is_older && self.since.is_none_or(|since| since > day)
    }

    /// In use no more.
    fn is_over(&self, day: NaiveDate) -> bool {
        self.until.is_some_and(|until| until < day)
    }

    /// The period after one more row. What is dated after `day` has not happened, save that an activation to come is a request.
    fn after(life: Option<Self>, request: &Request, day: NaiveDate, year: i32, notice_days: u64) -> Option<Self> {
        let at = request.data.copied();
        let has_come = at.is_none_or(|at| at <= day);
        match (request.tipo.copied().unwrap_or(RequestKind::Attivazione), life) {
            (RequestKind::Attivazione, life) => {
                let at = request.effetto_dal.copied().or(at);
                let has_come = at.is_none_or(|at| at <= day);
                let running = life.filter(|life| !life.is_over(at.map_or(day, |at| at.min(day))));
                Some(match running {
                    None => Self { since: at, quantity: request.quantita.copied(), ..Self::default() },
                    // Asked for again before the effect of the withdrawal: it goes on.
                    Some(life) if at.is_some() && has_come => Self {
                        is_given_up: false,
                        notice: None,
                        until: None,
                        quantity: match (request.quantita.copied(), life.quantity) {
                            (Some(more), Some(known)) => Some(known.saturating_add(more)),
                            (more, known) => known.or(more),
                        },
                        ..life
                    },
                    Some(life) => life,
                })
            }
            // The quantity of a confirmation is that of the whole year it is for.
            (RequestKind::Conferma, Some(life)) if !has_come && counts_by(at, day) => {
                Some(Self { quantity: request.quantita.copied().or(life.quantity), ..life })
            }
            (_, life) if !has_come => life,
            (RequestKind::Disdetta, life) => {
                let life = life.unwrap_or(Self { is_older: true, ..Self::default() });
                if life.is_given_up {
                    return Some(life);
                }
                let agreed = request.effetto_dal.copied();
                let effect = agreed.or_else(|| at.and_then(|at| notice_effect(at, notice_days)));
                // Given up in part: the rest goes on.
                if let (Some(fewer), Some(all)) = (request.quantita.copied(), life.quantity)
                    && fewer < all
                {
                    let is_over = effect.is_some_and(|effect| effect <= day);
                    return Some(Self { quantity: Some(if is_over { all - fewer } else { all }), ..life });
                }
                let until = effect.and_then(|effect| effect.pred_opt());
                Some(Self { is_given_up: true, notice: at, until, ..life })
            }
            (RequestKind::Conferma, life) => {
                let life = life.unwrap_or(Self { is_older: true, ..Self::default() });
                let last = at.map_or(year, |at| at.year() + i32::from(at.month() >= CONFIRMATIONS_FROM));
                let is_told = at.is_none_or(|at| at.year() <= year);
                let confirmed = life.confirmed.max(is_told.then_some(last.min(year)));
                let quantity = request.quantita.copied().filter(|_| life.quantity.is_none() || counts_by(at, day));
                Some(Self { confirmed, quantity: quantity.or(life.quantity), ..life })
            }
        }
    }
}

/// True where the year that a confirmation given on `at` is for has begun by `day`.
fn counts_by(at: Option<NaiveDate>, day: NaiveDate) -> bool {
    at.is_none_or(|at| at.year() + i32::from(at.month() >= CONFIRMATIONS_FROM) <= day.year())
}

#[cfg(test)]
mod tests;
