//! Dossier → the data of a template: every printable leaf is a token in [`Slots`], every flag a truth value. The names
//! are those of `names`; a test holds the two equal.

mod adherents;
mod agreement;
mod bill;
mod body;
mod convention;
mod deliberation;
mod fee;
mod forms;
mod group;
mod money;
mod parties;
mod people;
mod services;

use serde_json::{Map, Value as Json};

use super::Enclosure;
use super::tokens::Slots;
use crate::act::ActKind;
use crate::bill::Bill;
use crate::dossier::{Assignment, Dossier};
use crate::italian::{with_article, with_preposition};
use crate::model::{Model, Parameter};
use crate::place::Place;
use group::Group;

/// The data for an act, and the values that its tokens stand for. `bill` is what a bill's copy is made from.
pub fn build(assignment: &Assignment, dossier: &Dossier, enclosed: &[Enclosure], bill: Option<&Bill>) -> (Json, Slots) {
    let index = assignment.body;
    let mut slots = Slots::default();
    let mut root = Map::new();
    root.insert("convenzione".into(), convention::convention(&mut slots, &dossier.convention, dossier));
    let adherent = dossier.bodies.get(index);
    let lead = dossier.lead();
    let adhesion = match assignment.kind {
        ActKind::DeliberaSchema => dossier.scheme(),
        _ => adherent.and_then(|body| dossier.adhesion_of(body)),
    };
    for (name, body, act) in [("capofila", lead, dossier.scheme()), ("ente", adherent, adhesion)] {
        root.insert(name.into(), body::body(&mut slots, name, body, act));
    }
    let contribution = dossier.contribution(index);
    for (name, act, body, contribution) in
        [("delibera_capofila", dossier.scheme(), lead, None), ("delibera", adhesion, adherent, contribution)]
    {
        root.insert(name.into(), deliberation::deliberation(&mut slots, name, act, body, contribution));
    }
    root.insert("quota".into(), fee::fee(&mut slots, dossier, index));
    fee::all(&mut slots, assignment, dossier, &mut root);
    root.insert("servizi".into(), money::services(&mut slots, dossier, index));
    root.insert("organi".into(), organs(&mut slots, &dossier.model));
    root.insert("modello".into(), parameters(&mut slots, &dossier.model));
    let members = adherents::members(&mut slots, "membri", dossier, adherent);
    root.insert("unione_per_membri".into(), Json::Bool(members.as_array().is_some_and(|list| !list.is_empty())));
    root.insert("membri".into(), members);
    root.insert("aderente".into(), adherents::group(&mut slots, assignment, dossier));
    root.insert("aderenti".into(), adherents::list(&mut slots, assignment, dossier));
    root.extend(forms::forms(&mut slots, assignment, dossier));
    root.extend(parties::parties(&mut slots, assignment, dossier));
    root.extend(agreement::agreement(&mut slots, assignment, dossier));
    root.insert("documento".into(), bill::bill(&mut slots, bill, dossier));
    root.insert("documenti".into(), enclosures(&mut slots, enclosed));
    (Json::Object(root), slots)
}

/// The documents that a covering letter goes with.
fn enclosures(slots: &mut Slots, enclosed: &[Enclosure]) -> Json {
    let rows = enclosed.iter().map(|document| {
        let mut row = Group::new(slots, "documenti");
        row.text("nome", Some(document.name.clone()), &Place::None, "documento", 20);
        row.text("titolo", Some(document.title.clone()), &Place::None, "titolo", 30);
        row.text("impronta", Some(in_groups(&document.sha256)), &Place::None, "impronta", 64);
        row.done()
    });
    Json::Array(rows.collect())
}

/// A digest in four groups of sixteen digits, so that it can be read aloud; it breaks in the middle alone.
fn in_groups(digest: &str) -> String {
    let digits: Vec<char> = digest.chars().collect();
    let groups: Vec<String> = digits.chunks(16).map(|group| group.iter().collect()).collect();
    groups.chunks(2).map(|pair| pair.join("\u{a0}")).collect::<Vec<_>>().join(" ")
}

fn organs(slots: &mut Slots, model: &Model) -> Json {
    let place = Place::File(format!("{}/model.toml", model.id).into());
    let rows = model.organi.iter().map(|it| {
        let mut row = Group::new(slots, "organi");
        row.text("nome", Some(it.nome.clone()), &place, "nome", 20);
        row.text("il", Some(with_article(&it.nome)), &place, "nome", 20);
        row.text("del", Some(with_preposition("di", &it.nome)), &place, "nome", 20);
        for (name, text) in [
            ("composizione", &it.composizione),
            ("convocazione", &it.convocazione),
            ("frequenza", &it.frequenza),
            ("quorum", &it.quorum),
            ("maggioranza", &it.maggioranza),
            ("competenze", &it.competenze),
        ] {
            row.text(name, Some(text.clone()), &place, "da stabilire", 20);
        }
        row.done()
    });
    Json::Array(rows.collect())
}

fn parameters(slots: &mut Slots, model: &Model) -> Json {
    let place = Place::File(format!("{}/model.toml", model.id).into());
    let mut group = Group::new(slots, "modello");
    for (key, value) in &model.parametri {
        match value {
            Parameter::Flag(flag) => group.flag(key, *flag),
            Parameter::Text(text) => group.text(key, Some(text.clone()), &place, "parametro del modello", 20),
        }
    }
    group.done()
}
