//! `ente.*` and `capofila.*`: how a body is called, where it sits, who signs for it, which organ deliberates.

use serde_json::Value as Json;

use super::adherents;
use super::group::Group;
use crate::compose::parties;
use crate::compose::tokens::Slots;
use crate::date;
use crate::dossier::{Body, Deliberation};
use crate::italian::{capitalize, grouped, with_article, with_preposition};
use crate::schema::BodyKind;

/// The names of a body; all blank where there is none.
pub fn body(slots: &mut Slots, prefix: &str, body: Option<&Body>, act: Option<&Deliberation>) -> Json {
    let missing = Body::default();
    let it = body.unwrap_or(&missing);
    let mut group = Group::new(slots, prefix);
    let clone = String::clone;
    let name = &it.denominazione;
    group.field("nome", name, "denominazione dell’ente", 30, clone);
    group.field("il", name, "denominazione dell’ente", 30, |name| with_article(name));
    group.field("il_maiuscolo", name, "denominazione dell’ente", 30, |name| capitalize(&with_article(name)));
    for (key, base) in [("del", "di"), ("al", "a"), ("dal", "da"), ("nel", "in")] {
        group.field(key, name, "denominazione dell’ente", 30, |name| with_preposition(base, name));
    }
    group.text("sede", parties::seat(it), &it.indirizzo.place, "indirizzo della sede", 40);
    group.field("codice_fiscale", &it.codice_fiscale, "codice fiscale", 16, ToString::to_string);
    group.field("partita_iva", &it.partita_iva, "partita IVA", 14, ToString::to_string);
    group.field("pec", &it.pec, "indirizzo PEC", 30, ToString::to_string);
    group.field("abitanti", &it.abitanti, "numero di abitanti", 10, |n| grouped(*n));
    group.field("abitanti_al", &it.abitanti_al, "data di riferimento", 15, |day| date::long(*day));
    group.field("rappresentante", &it.rappresentante, "nome e cognome di chi firma", 30, clone);
    group.field("carica", &it.carica, "carica di chi firma", 20, |office| parties::office(office).to_owned());
    group.field("carica_il", &it.carica, "carica di chi firma", 20, |office| parties::office_with(None, office));
    group.field("carica_il_maiuscolo", &it.carica, "carica di chi firma", 20, |office| {
        capitalize(&parties::office_with(None, office))
    });
    group.field("carica_del", &it.carica, "carica di chi firma", 20, |office| parties::office_with(Some("di"), office));
    let organ = parties::organ(it, act);
    let place = act.map_or(&it.tipo.place, |act| &act.organo.place);
    group.text("organo_il", Some(with_article(&organ)), place, "organo", 20);
    group.text("organo_il_maiuscolo", Some(capitalize(&with_article(&organ))), place, "organo", 20);
    group.text("organo_del", Some(with_preposition("di", &organ)), place, "organo", 20);
    group.text("organo", Some(organ), place, "organo", 20);
    group.field("codice_ente", &it.codice, "codice", 10, ToString::to_string);
    let kind = it.tipo.copied().unwrap_or(BodyKind::Altro);
    for (name, kinds) in [
        ("comune", [BodyKind::Comune; 1].as_slice()),
        ("provincia", &[BodyKind::Provincia]),
        ("citta_metropolitana", &[BodyKind::CittaMetropolitana]),
        ("unione", &[BodyKind::Unione]),
        ("montana", &[BodyKind::Montana]),
        ("regione", &[BodyKind::Regione]),
        ("societa", &[BodyKind::Societa]),
        ("privato", &[BodyKind::Associazione, BodyKind::Societa]),
        ("altro_ente", adherents::OTHERS),
    ] {
        group.flag(name, kinds.contains(&kind));
    }
    group.flag("gia_aderente", it.gia_aderente.is(true));
    group.done()
}
