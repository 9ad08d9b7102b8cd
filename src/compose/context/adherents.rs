//! `aderente.*`: the adherents of an act as one party, singular where there is one ("l’ente aderente"), distributive where
//! one act holds all ("ciascun ente aderente"), so that one clause serves both. `aderenti`: the bodies themselves, by name.

use serde_json::Value as Json;

use super::group::Group;
use crate::act::ActKind;
use crate::compose::tokens::Slots;
use crate::dossier::{Assignment, Body, Dossier};
use crate::italian::with_article;
use crate::place::Place;
use crate::schema::BodyKind;

/// Words for one adherent and for each of several: name, singular, distributive.
const WORDS: [(&str, &str, &str); 6] = [
    ("il", "l’ente aderente", "ciascun ente aderente"),
    ("il_maiuscolo", "L’ente aderente", "Ciascun ente aderente"),
    ("del", "dell’ente aderente", "di ciascun ente aderente"),
    ("al", "all’ente aderente", "a ciascun ente aderente"),
    ("dal", "dall’ente aderente", "da ciascun ente aderente"),
    ("dei", "dell’ente aderente", "degli enti aderenti"),
];

/// The group of the adherents of an act: of its body, or of all where one act is for all.
pub fn group(slots: &mut Slots, assignment: &Assignment, dossier: &Dossier) -> Json {
    let is_for_all = dossier.is_multilateral() && !assignment.kind.is_bill();
    let mut group = Group::new(slots, "aderente");
    for (name, one, each) in WORDS {
        let words = if is_for_all { each } else { one };
        group.text(name, Some(words.to_owned()), &Place::None, "ente aderente", 20);
    }
    let own = dossier.bodies.get(assignment.body).into_iter().filter(|_| !is_for_all);
    let all = dossier.parties().map(|(_, body)| body).filter(|_| is_for_all);
    let bodies: Vec<&Body> = own.chain(all).collect();
    group.flag("altro_ente", bodies.iter().any(|body| body.is_any(OTHERS)));
    group.flag("gia_aderente", bodies.iter().any(|body| body.gia_aderente.is(true)));
    let of_union = |body: &&Body| body.is_any(&[BodyKind::Unione, BodyKind::Montana]);
    group.flag("unione", bodies.iter().any(of_union));
    group.flag("per_membri", bodies.iter().any(|body| dossier.members_of(body).next().is_some()));
    group.done()
}

/// Kinds that are not local bodies (TUEL art. 2) nor made of them: to these article 30 applies as far as it can.
pub const OTHERS: &[BodyKind] =
    &[BodyKind::Altro, BodyKind::Consorzio, BodyKind::Regione, BodyKind::Societa, BodyKind::Associazione];

/// The bodies that are to sign, where the act names them all: the scheme's deliberation, and all acts of a multilateral
/// convention.
pub fn list(slots: &mut Slots, assignment: &Assignment, dossier: &Dossier) -> Json {
    // A bill is of one payer, and there are as many bills as payers.
    let is_named =
        assignment.kind == ActKind::DeliberaSchema || dossier.is_multilateral() && !assignment.kind.is_bill();
    let rows = dossier.parties().filter(|_| is_named).map(|(_, body)| {
        let mut row = Group::new(slots, "aderenti");
        row.field("nome", &body.denominazione, "ente", 20, String::clone);
        row.field("il", &body.denominazione, "ente", 20, |name| with_article(name));
        row.done()
    });
    Json::Array(rows.collect())
}

/// The bodies for which a Union acts.
pub fn members(slots: &mut Slots, prefix: &str, dossier: &Dossier, union: Option<&Body>) -> Json {
    let members = union.into_iter().flat_map(|union| dossier.members_of(union));
    let rows = members.map(|body| {
        let mut row = Group::new(slots, prefix);
        row.field("nome", &body.denominazione, "ente", 20, String::clone);
        row.field("il", &body.denominazione, "ente", 20, |name| with_article(name));
        row.done()
    });
    Json::Array(rows.collect())
}
