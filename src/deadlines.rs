//! The deadlines of a term: every day not to be missed, with what it rests on. Called by `pipeline` for the register, for
//! the command `scadenze` and for the notes of a renewal.
//!
//! Days that the convention's own fields give are computed in `dossier`; those that its clauses say in words come from
//! `[scadenze]` of the model. What neither says is not listed, save for the three defaults below.

use chrono::{Datelike, Days, Months, NaiveDate};

use crate::date::{self, YearDay};
use crate::dossier::{Body, Concerned, Deadline, DeadlineKind, Dossier, Service, YearShare};
use crate::place::Place;
use crate::schema::{BillKind, DeliberationSubject, Extension, Pricing};

/// Days before the end of the term by which the deliberations of renewal begin, where the model does not say: councils
/// need a month for opinions and commissions, the bodies of a centre do not all meet in the same weeks, and a deliberation
/// is executive after ten days.
pub const RENEWAL_DAYS: u64 = 90;
/// Months before the end of the term by which the lead body proposes the terms of the next, as `clausole/durata` says.
pub const PROPOSAL_MONTHS: u32 = 6;
/// Services named one by one in a line; of the others only the number is said.
const NAMED_SERVICES: usize = 4;
/// A longer term is a slip of the pen that other rules tell.
const MOST_YEARS: usize = 100;
/// Last year that calendars and workbooks hold.
const LAST_YEAR: i32 = 9_999;

/// The deadlines of the workbook, by day; on the same day by kind and words, then in the order of the bodies. Past ones too. Without
/// `decorrenza` or `scadenza` only those of single rows are there. `dossier.contributions` must have been computed.
pub fn deadlines(dossier: &Dossier) -> Vec<Deadline> {
    let mut found = Vec::new();
    let it = &dossier.convention;
    if let (Some(start), Some(end)) = (it.decorrenza.copied(), it.scadenza.copied()) {
        let term = Term { start, end };
        bounds(dossier, term, &mut found);
        withdrawal(dossier, &mut found);
        renewal(dossier, term, &mut found);
        services(dossier, term, &mut found);
        accounts(dossier, term, &mut found);
    }
    money(dossier, &mut found);
    invoices(dossier, &mut found);
    deliberations(dossier, &mut found);
    leaving(dossier, &mut found);
    activities(dossier, &mut found);
    found.retain(|deadline| deadline.day.year() <= LAST_YEAR);
    // What is the same for several bodies stands together.
    found.sort_by(|a, b| (a.day, a.kind, &a.what).cmp(&(b.day, b.kind, &b.what)));
    found
}

#[derive(Clone, Copy)]
struct Term {
    start: NaiveDate,
    end: NaiveDate,
}

impl Term {
    /// Calendar years that the term touches.
    fn years(self) -> impl Iterator<Item = i32> {
        (self.start.year()..=self.end.year()).take(MOST_YEARS)
    }

    fn has(self, day: NaiveDate) -> bool {
        (self.start..=self.end).contains(&day)
    }
}

fn common(kind: DeadlineKind, day: NaiveDate, key: String, what: String, basis: String, place: &Place) -> Deadline {
    Deadline { day, kind, key, what, basis, place: place.clone(), body: None }
}

fn concerned(body: &Body) -> Concerned {
    Concerned { code: body.code().to_owned(), name: body.name().to_owned() }
}

/// A key of the model's `[scadenze]`, for people.
fn of_model(dossier: &Dossier, key: &str) -> String {
    format!("modello «{}», {key}", dossier.model.id)
}

fn bounds(dossier: &Dossier, term: Term, found: &mut Vec<Deadline>) {
    let it = &dossier.convention;
    let basis = || "articolo sulla durata".to_owned();
    let of = if dossier.model.is_agreement() { "dell’accordo" } else { "della convenzione" };
    let day = |kind, day, what, place| common(kind, day, String::new(), what, basis(), place);
    found.push(day(DeadlineKind::Start, term.start, format!("Decorrenza {of}"), &it.decorrenza.place));
    found.push(day(DeadlineKind::End, term.end, format!("Scadenza {of}"), &it.scadenza.place));
}

fn withdrawal(dossier: &Dossier, found: &mut Vec<Deadline>) {
    let notice = &dossier.convention.recesso_preavviso_giorni;
    let days = notice.copied().unwrap_or_default();
    for occasion in dossier.withdrawals() {
        let what =
            format!("Ultimo giorno utile per comunicare il recesso, con effetto dal {}", date::long(occasion.effect));
        let basis = format!("articolo sul recesso: {days} giorni prima della fine dell’anno");
        let key = occasion.effect.year().to_string();
        found.push(common(DeadlineKind::Withdrawal, occasion.notice_by, key, what, basis, &notice.place));
    }
}

fn renewal(dossier: &Dossier, term: Term, found: &mut Vec<Deadline>) {
    let it = &dossier.convention;
    let schedule = &dossier.model.scadenze;
    let mut push = |kind, day: Option<NaiveDate>, what: &str, basis: String, place: &Place| {
        let day = day.filter(|day| term.has(*day));
        found.extend(day.map(|day| common(kind, day, String::new(), what.to_owned(), basis, place)));
    };
    let place = &it.scadenza.place;
    // The clauses of an agreement set neither day.
    let is_convention = !dossier.model.is_agreement();
    if is_convention && it.rinnovo.is(Extension::Tacito) {
        let days = it.recesso_preavviso_giorni.copied();
        let day = days.and_then(|days| term.end.checked_sub_days(Days::new(days)));
        let what = "Ultimo giorno utile per comunicare la disdetta ed evitare la proroga tacita";
        let days = days.unwrap_or_default();
        let basis = format!("articolo sulla durata: {days} giorni prima della scadenza");
        push(DeadlineKind::Extension, day, what, basis, &it.recesso_preavviso_giorni.place);
    } else if is_convention {
        let months = schedule.condizioni_mesi.unwrap_or(PROPOSAL_MONTHS);
        let day = term.end.checked_sub_months(Months::new(months));
        let what = "Comunicare agli enti le condizioni proposte per il periodo successivo";
        let basis = format!("articolo sulla durata: {months} mesi prima della scadenza");
        push(DeadlineKind::Proposal, day, what, basis, place);
    }
    let days = schedule.rinnovo_giorni.unwrap_or(RENEWAL_DAYS);
    let day = term.end.checked_sub_days(Days::new(days));
    let source = match schedule.rinnovo_giorni {
        Some(_) => of_model(dossier, "rinnovo_giorni"),
        None => "termine consigliato".to_owned(),
    };
    let basis = format!("{days} giorni prima della scadenza ({source})");
    push(DeadlineKind::Renewal, day, "Avviare le deliberazioni per il periodo successivo", basis, place);
}

/// A service that a body asks for, and can give up or confirm.
fn is_on_request(service: &Service) -> bool {
    !service.modalita.is(Pricing::Incluso) && !service.una_tantum.is(true)
}

fn services(dossier: &Dossier, term: Term, found: &mut Vec<Deadline>) {
    let on_request: Vec<&Service> = dossier.services.iter().filter(|service| is_on_request(service)).collect();
    let Some(first) = on_request.first() else { return };
    let schedule = &dossier.model.scadenze;
    // What is confirmed or given up in the last year is a matter of the next term.
    let next_years = || term.years().filter(|year| *year < term.end.year()).map(|year| (year, year + 1));

    let confirmation = schedule.conferma.or(YearDay::before_year_end(0));
    let basis = match schedule.conferma {
        Some(_) => of_model(dossier, "conferma"),
        None => "fine dell’anno (termine consigliato)".to_owned(),
    };
    for (year, next) in next_years() {
        let day = confirmation.and_then(|day| day.in_year(year)).filter(|day| term.has(*day));
        let what = format!("Conferma dei servizi attivi per l’anno {next}");
        let kind = DeadlineKind::Confirmation;
        found.extend(day.map(|day| common(kind, day, next.to_string(), what, basis.clone(), &Place::None)));
    }

    let notice = |service: &Service| (dossier.notice_days(service), source(dossier, service));
    let mut notices: Vec<(u64, Source)> = on_request.iter().map(|service| notice(service)).collect();
    notices.sort_unstable();
    notices.dedup();
    for (days, source) in notices {
        let group: Vec<&Service> =
            on_request.iter().copied().filter(|service| notice(service) == (days, source)).collect();
        let which = if group.len() == on_request.len() {
            "dei servizi a richiesta".to_owned()
        } else {
            format!("dei servizi {}", named(&group))
        };
        let basis = match source {
            Source::Service => {
                format!("foglio Servizi, preavviso di disdetta: {days} giorni prima della fine dell’anno")
            }
            Source::Clause => format!("disdetta dei servizi: {days} giorni prima della fine dell’anno"),
            Source::Withdrawal => format!("stesso preavviso del recesso: {days} giorni prima della fine dell’anno"),
        };
        let place = &group.first().unwrap_or(first).preavviso_disdetta_giorni.place;
        for (year, next) in next_years() {
            let day = YearDay::before_year_end(days).and_then(|day| day.in_year(year)).filter(|day| term.has(*day));
            let what =
                format!("Ultimo giorno utile per la disdetta {which}, con effetto dal 1°\u{a0}gennaio\u{a0}{next}");
            let (kind, key) = (DeadlineKind::Cancellation, format!("{next}-{days}-{source:?}"));
            found.extend(day.map(|day| common(kind, day, key, what, basis.clone(), place)));
        }
    }
}

/// Where the notice for giving up a service is stated.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Source {
    Service,
    Clause,
    Withdrawal,
}

fn source(dossier: &Dossier, service: &Service) -> Source {
    match (service.preavviso_disdetta_giorni.get(), dossier.model.scadenze.disdetta_giorni) {
        (Some(_), _) => Source::Service,
        (None, Some(_)) => Source::Clause,
        (None, None) => Source::Withdrawal,
    }
}

/// "«Posta», «Sito» e altri 3".
fn named(services: &[&Service]) -> String {
    let name =
        |service: &&Service| format!("«{}»", service.nome.text().or(service.codice.text()).unwrap_or("senza nome"));
    let shown = if services.len() > NAMED_SERVICES + 1 { NAMED_SERVICES } else { services.len() };
    let list: Vec<String> = services.iter().take(shown).map(name).collect();
    match services.len() - shown {
        0 => list.join(", "),
        more => format!("{} e altri {more}", list.join(", ")),
    }
}

fn accounts(dossier: &Dossier, term: Term, found: &mut Vec<Deadline>) {
    let after = dossier.model.scadenze.relazione_giorni;
    let report = after.and_then(|days| Some((days, term.end.checked_add_days(Days::new(days))?)));
    found.extend(report.map(|(days, day)| {
        let what = "Presentare la relazione finale e il rendiconto".to_owned();
        let basis = format!("{days} giorni dopo la scadenza ({})", of_model(dossier, "relazione_giorni"));
        common(DeadlineKind::Accounts, day, "finale".to_owned(), what, basis, &dossier.convention.scadenza.place)
    }));
    let Some(day) = dossier.model.scadenze.rendiconto else { return };
    for year in term.years() {
        let due = day.in_year(year + 1).map(|due| {
            let what = format!("Presentare il rendiconto dell’anno {year} all’organo di consultazione");
            let basis = format!("impegni del capofila ({})", of_model(dossier, "rendiconto"));
            common(DeadlineKind::Accounts, due, year.to_string(), what, basis, &Place::None)
        });
        found.extend(due);
    }
}

/// Charge and payment of the fee, for each contract year over which one is owed.
fn money(dossier: &Dossier, found: &mut Vec<Deadline>) {
    let schedule = &dossier.model.scadenze;
    let longest = dossier.contributions.iter().flatten().map(|owed| &owed.years).max_by_key(|years| years.len());
    for year in longest.into_iter().flatten() {
        let (period, key) = (period(year), year.from.format("%Y-%m-%d").to_string());
        let article = "rapporti finanziari";
        let charge = schedule.addebito.and_then(|day| day.on_or_after(year.from));
        if let Some(day) = charge {
            let what = format!("Trasmettere agli enti la richiesta di versamento o la fattura della quota {period}");
            let basis = format!("{article} ({})", of_model(dossier, "addebito"));
            found.push(common(DeadlineKind::Charge, day, key.clone(), what, basis, &Place::None));
        }
        let payment = match (schedule.pagamento, schedule.pagamento_giorni) {
            (Some(day), _) => day
                .on_or_after(charge.unwrap_or(year.from))
                .map(|day| (day, format!("{article} ({})", of_model(dossier, "pagamento")))),
            (None, Some(days)) => charge.and_then(|day| day.checked_add_days(Days::new(days.into()))).map(|day| {
                let basis = format!("{article}: {days} giorni dal ricevimento, se richiesta l’ultimo giorno");
                (day, basis)
            }),
            (None, None) => None,
        };
        found.extend(payment.map(|(day, basis)| {
            let what = format!("Pagamento della quota {period} da parte degli enti");
            common(DeadlineKind::Payment, day, key, what, basis, &Place::None)
        }));
    }
}

/// "dell’anno 2026", "del periodo 1° luglio 2026 – 30 giugno 2027".
fn period(year: &YearShare) -> String {
    let period = year.period();
    if period.bytes().all(|byte| byte.is_ascii_digit()) {
        format!("dell’anno {period}")
    } else {
        format!("del periodo {period}")
    }
}

/// Payment of each invoice or request on record, where the model counts days from it.
fn invoices(dossier: &Dossier, found: &mut Vec<Deadline>) {
    let schedule = &dossier.model.scadenze;
    let Some(days) = schedule.pagamento_giorni.filter(|_| schedule.pagamento.is_none()) else { return };
    for row in &dossier.invoices {
        let kind = row.tipo.copied().unwrap_or(BillKind::Fattura);
        let body = row.of.and_then(|index| dossier.bodies.get(index));
        let (Some(day), Some(body)) = (row.data.copied(), body) else { continue };
        let Some(due) = day
            .checked_add_days(Days::new(days.into()))
            .filter(|_| matches!(kind, BillKind::Fattura | BillKind::Richiesta))
        else {
            continue;
        };
        let number = row.numero.text().unwrap_or("senza numero");
        let document = kind.italian();
        found.push(Deadline {
            day: due,
            kind: DeadlineKind::Payment,
            key: format!("{document} {number} {day}"),
            what: format!("Pagamento della {document} n. {number} {}", date::after("del", day)),
            basis: format!("{days} giorni dal ricevimento ({})", of_model(dossier, "pagamento_giorni")),
            place: row.data.place.clone(),
            body: Some(concerned(body)),
        });
    }
}

/// The day on which each adopted deliberation becomes executive, unless it was so at once.
fn deliberations(dossier: &Dossier, found: &mut Vec<Deadline>) {
    for act in dossier.deliberations.iter().filter(|act| act.is_adopted() && !act.immediata.is(true)) {
        let body = act.of.and_then(|index| dossier.bodies.get(index));
        let (day, place) = match act.esecutiva_dal.copied() {
            Some(day) => (Some(day), &act.esecutiva_dal.place),
            None => (act.tenth_day(body), &act.pubblicata_il.place),
        };
        let (Some(day), Some(body)) = (day, body) else { continue };
        let what = match act.oggetto.copied() {
            Some(DeliberationSubject::Schema) => "di approvazione dello schema",
            Some(DeliberationSubject::Rinnovo) => "di rinnovo",
            _ => "di adesione",
        };
        found.push(Deadline {
            day,
            kind: DeadlineKind::Executive,
            key: format!("{what} {}", act.numero.text().unwrap_or_default()),
            what: format!("Diventa esecutiva la deliberazione {what}"),
            basis: "TUEL, art. 134, c. 3: dieci giorni dopo la pubblicazione".to_owned(),
            place: place.clone(),
            body: Some(concerned(body)),
        });
    }
}

/// The day on which each notified withdrawal has effect, or the end of the term where that comes first.
fn leaving(dossier: &Dossier, found: &mut Vec<Deadline>) {
    let it = &dossier.convention;
    for body in &dossier.bodies {
        let field = &body.recesso_comunicato_il;
        let Some(notice) = field.copied() else { continue };
        let Some(effect) = dossier.withdrawal_effect(body) else { continue };
        let by_then = it.scadenza.copied().filter(|end| *end < effect);
        let what = match by_then {
            Some(_) => format!(
                "Ultimo giorno di adesione dell’ente: il recesso comunicato {} avrebbe effetto dopo la scadenza",
                date::after("il", notice)
            ),
            None => format!("Ha effetto il recesso comunicato {}", date::after("il", notice)),
        };
        found.push(Deadline {
            day: by_then.unwrap_or(effect),
            kind: DeadlineKind::Leaving,
            key: String::new(),
            what,
            basis: "articolo sul recesso".to_owned(),
            place: field.place.clone(),
            body: Some(concerned(body)),
        });
    }
}

fn activities(dossier: &Dossier, found: &mut Vec<Deadline>) {
    for row in &dossier.activities {
        let Some(day) = row.entro.copied() else { continue };
        let code = row.codice.text().unwrap_or_default();
        let what: Vec<&str> = [row.attivita.text(), row.risultato.text()].into_iter().flatten().collect();
        let body = row.of.and_then(|index| dossier.bodies.get(index));
        found.push(Deadline {
            day,
            kind: DeadlineKind::Activity,
            key: code.to_owned(),
            what: format!("Attività {code}: {}", what.join(", ")),
            basis: "piano delle attività".to_owned(),
            place: row.entro.place.clone(),
            body: body.map(concerned),
        });
    }
}

#[cfg(test)]
mod tests;
