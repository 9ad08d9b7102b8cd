//! `servizio.*`, `richiesta.*`, `beneficiari`, `referente.*`, `incarichi`, `conferme`, `recesso.*`: what the forms of a body
//! are filled with. Empty where the workbook has nothing: the form then prints its blanks.

use serde_json::{Map, Value as Json};

use super::group::Group;
use crate::compose::tokens::Slots;
use crate::date;
use crate::dossier::{Assignment, Body, Dossier, Post, Request, Service};
use crate::italian::{fold, grouped};
use crate::money::Money;
use crate::schema::{Choices, Pricing, RequestKind};

/// The groups and lists of the forms.
pub fn forms(slots: &mut Slots, assignment: &Assignment, dossier: &Dossier) -> Map<String, Json> {
    let index = assignment.body;
    let request = assignment.request.and_then(|request| dossier.requests.get(request));
    let asked = request.and_then(|request| dossier.service(request));
    let missing = Body::default();
    let body = dossier.bodies.get(index).unwrap_or(&missing);
    let mut root = Map::new();
    root.insert("servizio".into(), service(slots, asked));
    root.insert("richiesta".into(), self::request(slots, request));
    let is_asked = |name: Option<&str>| {
        let code = asked.and_then(|service| service.codice.text()).map(fold);
        code.is_some() && code == name.map(fold)
    };
    let named = dossier.recipients.iter().filter(|row| row.of == Some(index) && is_asked(row.servizio.text()));
    let rows = named.map(|it| {
        let mut row = Group::new(slots, "beneficiari");
        row.field("nome", &it.nome, "nome", 20, String::clone);
        row.field("cognome", &it.cognome, "cognome", 20, String::clone);
        row.field("sede_lavoro", &it.sede_lavoro, "sede di lavoro", 20, String::clone);
        row.done()
    });
    root.insert("beneficiari".into(), Json::Array(rows.collect()));
    let posts: Vec<&Post> = dossier.posts.iter().filter(|post| post.of == Some(index)).collect();
    let contact = posts.iter().copied().find(|post| is_contact(post)).or(posts.first().copied());
    root.insert("referente".into(), post(slots, "referente", contact));
    let rows = posts.iter().map(|it| post(slots, "incarichi", Some(it)));
    root.insert("incarichi".into(), Json::Array(rows.collect()));
    root.insert("conferme".into(), confirmations(slots, dossier, index));
    root.insert("recesso".into(), withdrawal(slots, body));
    root
}

fn is_contact(post: &Post) -> bool {
    post.ruolo.text().is_some_and(|role| fold(role).contains("referente"))
}

fn service(slots: &mut Slots, service: Option<&Service>) -> Json {
    let missing = Service::default();
    let it = service.unwrap_or(&missing);
    let mut group = Group::new(slots, "servizio");
    group.field("codice", &it.codice, "codice del servizio", 12, String::clone);
    group.field("nome", &it.nome, "servizio", 40, String::clone);
    group.field("descrizione", &it.descrizione, "descrizione del servizio", 40, String::clone);
    group.field("unita", &it.unita, "unità", 12, |unit| unit.word().to_owned());
    for (name, field, label) in [
        ("prezzo", &it.importo, "prezzo"),
        ("attivazione", &it.attivazione, "costo di attivazione"),
        ("assistenza", &it.assistenza_annua, "assistenza e manutenzione annua"),
    ] {
        group.field(name, field, label, 14, |sum| Money::round(*sum).to_string());
    }
    let notice = |days: &u64| format!("{} giorni", grouped(*days));
    group.field("preavviso", &it.preavviso_disdetta_giorni, "giorni di preavviso", 10, notice);
    group.flag("presente", service.is_some());
    for (name, pricing) in
        [("incluso", Pricing::Incluso), ("maggiorata", Pricing::Maggiorata), ("listino", Pricing::Listino)]
    {
        group.flag(name, it.modalita.is(pricing));
    }
    group.flag("una_tantum", it.una_tantum.is(true));
    group.flag("nominativo", it.nominativo.is(true));
    group.done()
}

fn request(slots: &mut Slots, request: Option<&Request>) -> Json {
    let missing = Request::default();
    let it = request.unwrap_or(&missing);
    let mut group = Group::new(slots, "richiesta");
    group.field("data", &it.data, "data", 18, |day| date::long(*day));
    group.field("quantita", &it.quantita, "quantità", 8, |n| grouped(*n));
    group.field("motivo", &it.motivo, "motivo", 60, String::clone);
    group.flag("presente", request.is_some());
    group.done()
}

fn post(slots: &mut Slots, prefix: &str, post: Option<&Post>) -> Json {
    let missing = Post::default();
    let it = post.unwrap_or(&missing);
    let mut group = Group::new(slots, prefix);
    let full = [it.nome.text(), it.cognome.text()].into_iter().flatten().collect::<Vec<_>>().join(" ");
    group.text("nome_completo", Some(full), &it.nome.place, "nome e cognome", 30);
    group.field("ruolo", &it.ruolo, "ruolo", 20, String::clone);
    group.field("ufficio", &it.ufficio, "ufficio", 25, String::clone);
    group.field("telefono", &it.telefono, "telefono", 16, String::clone);
    group.field("email", &it.email, "posta elettronica", 30, ToString::to_string);
    group.done()
}

/// The services that the body confirms.
fn confirmations(slots: &mut Slots, dossier: &Dossier, index: usize) -> Json {
    let rows = dossier.requests.iter().filter(|row| row.of == Some(index) && row.tipo.is(RequestKind::Conferma));
    let rows = rows.map(|it| {
        let named = dossier.service(it);
        let mut row = Group::new(slots, "conferme");
        let name = named.and_then(|service| service.nome.get()).or(it.servizio.get()).cloned();
        row.text("nome", name, &it.servizio.place, "servizio", 30);
        row.field("quantita", &it.quantita, "quantità", 8, |n| grouped(*n));
        row.field("data", &it.data, "data", 18, |day| date::long(*day));
        row.done()
    });
    Json::Array(rows.collect())
}

fn withdrawal(slots: &mut Slots, body: &Body) -> Json {
    let mut group = Group::new(slots, "recesso");
    group.field("comunicato_il", &body.recesso_comunicato_il, "data della comunicazione", 18, |day| date::long(*day));
    group.flag("presente", !body.recesso_comunicato_il.is_absent());
    group.done()
}
