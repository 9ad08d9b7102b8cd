//! `richiesta.*`, `adesione.*`, `beneficiari`, `recesso.*`, `fabbisogni.*`: what the forms of a body are filled with, beside
//! its services (`services`) and its people (`people`). Empty where the workbook has nothing: the form prints its blanks.

use chrono::{Datelike, NaiveDate};
use serde_json::Value as Json;

use super::group::Group;
use super::{Root, people, services};
use crate::compose::parties;
use crate::compose::tokens::Slots;
use crate::date;
use crate::dossier::{Assignment, Body, Deliberation, Dossier, Request, Service, notice_effect};
use crate::italian::grouped;
use crate::place::Place;

/// The groups and lists of the forms.
pub fn forms(root: &mut Root, assignment: &Assignment, dossier: &Dossier) {
    let index = assignment.body;
    let request = assignment.request.and_then(|request| dossier.requests.get(request));
    let asked = request.and_then(|request| dossier.find_service(request.servizio.text()?));
    let service = asked.and_then(|asked| dossier.services.get(asked));
    let missing = Body::default();
    let body = dossier.bodies.get(index).unwrap_or(&missing);
    let in_use = if assignment.kind.is_form() { dossier.subscriptions_of(index) } else { Vec::new() };
    let since = in_use.iter().find(|it| Some(it.service) == asked && !it.requests.is_empty()).and_then(|it| it.since);
    root.group("servizio", |slots| services::asked(slots, dossier, asked, index));
    root.group("richiesta", |slots| self::request(slots, request, service, since, dossier));
    root.group("adesione", |slots| adhesion(slots, body, dossier));
    root.group("beneficiari", |slots| recipients(slots, asked, index, dossier));
    root.group("catalogo", |slots| match assignment.kind.is_form() {
        true => services::catalogue(slots, dossier, &in_use),
        false => Json::Array(Vec::new()),
    });
    root.group("attivi", |slots| services::in_use(slots, dossier, &in_use));
    root.group("fabbisogni", |slots| needs(slots, body, dossier));
    root.group("recesso", |slots| withdrawal(slots, body, dossier));
    root.group("referente", |slots| people::contact(slots, dossier, index));
    root.group("incarichi", |slots| people::posts(slots, dossier, index));
}

/// Who is to have the service that is asked.
fn recipients(slots: &mut Slots, asked: Option<usize>, index: usize, dossier: &Dossier) -> Json {
    let named = dossier.recipients.of_body(index).filter(|(_, row)| {
        let of_service = row.servizio.text().and_then(|name| dossier.find_service(name));
        asked.is_some() && of_service == asked
    });
    let rows = named.map(|(_, it)| {
        let mut row = Group::new(slots, "beneficiari");
        row.field("nome", &it.nome, "nome", 20, String::clone);
        row.field("cognome", &it.cognome, "cognome", 20, String::clone);
        row.field("sede_lavoro", &it.sede_lavoro, "sede di lavoro", 20, String::clone);
        row.done()
    });
    Json::Array(rows.collect())
}

/// The last day of the year of `given` on which a notice of `days` is in time for its end.
fn last_day(given: NaiveDate, days: u64) -> Option<NaiveDate> {
    NaiveDate::from_ymd_opt(given.year(), 12, 31)?.checked_sub_days(chrono::Days::new(days))
}

/// True where what is given on this day does not have effect at the end of its own year.
fn is_late(given: Option<NaiveDate>, effect: Option<NaiveDate>) -> bool {
    given.zip(effect).is_some_and(|(given, effect)| effect.year() > given.year().saturating_add(1))
}

/// What a row of `Richieste` asks, and what follows from its day.
fn request(
    slots: &mut Slots,
    request: Option<&Request>,
    service: Option<&Service>,
    since: Option<NaiveDate>,
    dossier: &Dossier,
) -> Json {
    let missing = Request::default();
    let it = request.unwrap_or(&missing);
    let mut group = Group::new(slots, "richiesta");
    group.field("data", &it.data, "data", 18, |day| date::long(*day));
    group.field("quantita", &it.quantita, "quantità", 8, |n| grouped(*n));
    group.field("motivo", &it.motivo, "motivo", 48, String::clone);
    group.text("attivo_dal", since.map(date::long), &it.data.place, "data di attivazione", 18);
    let given = it.data.copied();
    let days = service.map(|service| dossier.notice_days(service));
    let effect = given.zip(days).and_then(|(given, days)| notice_effect(given, days));
    let last = given.zip(days).and_then(|(given, days)| last_day(given, days));
    group.text("effetto", effect.map(date::long), &it.data.place, "data di effetto", 18);
    group.text("ultimo_giorno", last.map(date::long), &it.data.place, "ultimo giorno utile", 18);
    group.flag("presente", request.is_some());
    group.flag("tardiva", is_late(given, effect));
    group.done()
}

/// Where a body stands towards the convention: by its own deliberation, or by that of the Union through which it adheres.
fn adhesion(slots: &mut Slots, body: &Body, dossier: &Dossier) -> Json {
    let union = Some(body).filter(|body| dossier.is_member(body)).and_then(|body| dossier.bodies.get(body.union?));
    let by = union.unwrap_or(body);
    let act = dossier.adhesion_of(by);
    let is_adopted = act.is_some_and(Deliberation::is_adopted);
    let missing = Deliberation::default();
    let it = act.unwrap_or(&missing);
    let mut group = Group::new(slots, "adesione");
    // A body of no known kind has no organ to be named.
    let organ = by.tipo.get().map(|_| parties::organ(by, act));
    group.text("organo", organ, &it.organo.place, "organo", 20);
    let voted = |day: Option<String>| day.filter(|_| is_adopted);
    group.text("numero", voted(it.numero.get().cloned()), &it.numero.place, "numero della deliberazione", 8);
    let day = it.data.copied().map(date::long);
    group.text("data", voted(day.clone()), &it.data.place, "data della deliberazione", 18);
    group.text("seduta", day.filter(|_| !is_adopted), &it.data.place, "data o mese della seduta", 18);
    group.optional("unione", union.map(|union| union.name().to_owned()), &body.unione.place);
    group.flag("deliberata", is_adopted);
    group.flag("da_deliberare", act.is_some() && !is_adopted);
    group.flag("tramite_unione", union.is_some());
    group.done()
}

/// The survey is of the year after that of reference.
fn needs(slots: &mut Slots, body: &Body, dossier: &Dossier) -> Json {
    let mut group = Group::new(slots, "fabbisogni");
    let year = dossier.convention.anno.copied().map(|year| year.saturating_add(1).to_string());
    group.text("anno", year, &dossier.convention.anno.place, "anno", 6);
    group.field("postazioni", &body.postazioni, "postazioni di lavoro", 12, |n| grouped(*n));
    group.done()
}

fn withdrawal(slots: &mut Slots, body: &Body, dossier: &Dossier) -> Json {
    let mut group = Group::new(slots, "recesso");
    let given = body.recesso_comunicato_il.copied();
    let effect = dossier.withdrawal_effect(body);
    let days = dossier.convention.recesso_preavviso_giorni.copied();
    let last = given.zip(days).and_then(|(given, days)| last_day(given, days));
    group.field("comunicato_il", &body.recesso_comunicato_il, "data della comunicazione", 18, |day| date::long(*day));
    group.text("effetto", effect.map(date::long), &Place::None, "data di effetto", 18);
    group.text("ultimo_giorno", last.map(date::long), &Place::None, "ultimo giorno utile", 18);
    group.flag("presente", given.is_some());
    group.flag("tardivo", given.zip(last).is_some_and(|(given, last)| given > last));
    group.done()
}
