//! `referente.*` and `incarichi.*`: the people of a body, by what the workbook says they do.

use serde_json::{Map, Value as Json};

use super::group::Group;
use crate::compose::tokens::Slots;
use crate::dossier::{Dossier, Post};

/// The contact of a body: the first whose role says so, else the first of its people.
pub fn contact(slots: &mut Slots, dossier: &Dossier, body: usize) -> Json {
    post(slots, "referente", dossier.contact_of(body))
}

/// The people of a body in four lists: contacts, delegates to the organs of consultation, members of working groups, others.
pub fn posts(slots: &mut Slots, dossier: &Dossier, body: usize) -> Json {
    let mut lists: [(&str, Vec<Json>); 4] = ["referenti", "delegati", "gruppi", "altri"].map(|name| (name, Vec::new()));
    for it in dossier.posts.iter().filter(|post| post.of == Some(body)) {
        let does = |stems: &[&str]| stems.iter().any(|stem| it.role_contains(stem));
        let list = if it.is_contact() && !does(&["amministrativ", "contabil"]) {
            0
        } else if does(&["delegat", "conferenza", "assemblea", "tavolo", "comitato", "cabina"]) {
            1
        } else if does(&["gruppo", "gruppi"]) {
            2
        } else {
            3
        };
        let row = post(slots, "incarichi", Some(it));
        if let Some((_, rows)) = lists.get_mut(list) {
            rows.push(row);
        }
    }
    let lists: Map<String, Json> = lists.into_iter().map(|(name, rows)| (name.to_owned(), Json::Array(rows))).collect();
    Json::Object(lists)
}

/// A person, or blanks where there is none.
pub fn post(slots: &mut Slots, prefix: &str, post: Option<&Post>) -> Json {
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
