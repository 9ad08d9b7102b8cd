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

use std::sync::Arc;

use serde_json::{Map, Value as Json};

use super::Enclosure;
use super::mentions::Mentions;
use super::tokens::{SharedSlots, Slots};
use crate::act::ActKind;
use crate::bill::Bill;
use crate::dossier::{Assignment, Dossier};
use crate::italian::{with_article, with_preposition};
use crate::model::{Model, Parameter};
use crate::place::Place;
use group::Group;

/// What all acts of a kind say alike: the workbook's convention, its lead body, the model.
pub struct Common {
    /// The data.
    pub data: Map<String, Json>,
    slots: SharedSlots,
}

/// What acts say alike, of the names that their text mentions.
pub fn common(dossier: &Dossier, mentions: &Arc<Mentions>) -> Common {
    common_of(dossier, Slots::mentioned(Arc::clone(mentions)))
}

pub(super) fn common_of(dossier: &Dossier, slots: Slots) -> Common {
    let lead = dossier.lead();
    let mut root = Root { slots, map: Map::new() };
    root.group("convenzione", |slots| convention::convention(slots, &dossier.convention, dossier));
    root.group("capofila", |slots| body::body(slots, "capofila", lead, dossier.scheme()));
    root.group("delibera_capofila", |slots| {
        deliberation::deliberation(slots, "delibera_capofila", dossier.scheme(), lead, None)
    });
    root.group("organi", |slots| organs(slots, &dossier.model));
    root.group("modello", |slots| parameters(slots, &dossier.model));
    Common { data: root.map, slots: root.slots.shared() }
}

/// The data for an act besides what is common to those of its kind, of the names that its text wants, and the values that
/// the tokens of both stand for. `bill` is what a bill's copy is made from.
pub fn build(
    assignment: &Assignment,
    dossier: &Dossier,
    enclosed: &[Enclosure],
    bill: Option<&Bill>,
    common: &Common,
) -> (Json, Slots) {
    let index = assignment.body;
    let adherent = dossier.bodies.get(index);
    let adhesion = match assignment.kind {
        ActKind::DeliberaSchema => dossier.scheme(),
        _ => adherent.and_then(|body| dossier.adhesion_of(body)),
    };
    let contribution = dossier.contribution(index);
    let mut root = Root { slots: common.slots.slots(), map: Map::new() };
    root.group("ente", |slots| body::body(slots, "ente", adherent, adhesion));
    root.group("delibera", |slots| deliberation::deliberation(slots, "delibera", adhesion, adherent, contribution));
    root.group("quota", |slots| fee::fee(slots, dossier, index));
    root.groups(&["quote", "quote_totali"], |slots| fee::all(slots, assignment, dossier));
    root.group("servizi", |slots| money::services(slots, dossier, index));
    root.groups(&["membri", "unione_per_membri"], |slots| {
        let members = adherents::members(slots, "membri", dossier, adherent);
        let are_some = members.as_array().is_some_and(|list| !list.is_empty());
        [("unione_per_membri".to_owned(), Json::Bool(are_some)), ("membri".to_owned(), members)].into_iter().collect()
    });
    root.group("aderente", |slots| adherents::group(slots, assignment, dossier));
    root.group("aderenti", |slots| adherents::list(slots, assignment, dossier));
    forms::forms(&mut root, assignment, dossier);
    root.groups(&["parti"], |slots| parties::parties(slots, assignment, dossier));
    root.groups(&["stanziamenti", "risorse", "attivita"], |slots| agreement::agreement(slots, assignment, dossier));
    root.group("documento", |slots| bill::bill(slots, bill, dossier));
    root.group("documenti", |slots| enclosures(slots, enclosed));
    (Json::Object(root.map), root.slots)
}

/// The data under construction.
struct Root {
    slots: Slots,
    map: Map<String, Json>,
}

impl Root {
    /// What stands under a name, made only if the text may ask for it.
    fn group(&mut self, name: &str, make: impl FnOnce(&mut Slots) -> Json) {
        if self.slots.wants(name) {
            self.map.insert(name.to_owned(), make(&mut self.slots));
        }
    }

    /// Several names that are made together, if the text may ask for one of them.
    fn groups(&mut self, names: &[&str], make: impl FnOnce(&mut Slots) -> Map<String, Json>) {
        if names.iter().any(|name| self.slots.wants(name)) {
            self.map.extend(make(&mut self.slots));
        }
    }
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
