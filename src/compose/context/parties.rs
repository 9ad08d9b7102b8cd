//! `parti`: every body of an act that is one for all (a multilateral convention, an agreement), the lead body first.

use serde_json::{Map, Value as Json};

use super::{body, deliberation};
use crate::act::ActKind;
use crate::compose::tokens::Slots;
use crate::dossier::{Assignment, Body, Dossier};

/// The list of the parties: the names of a body, and `delibera` for its deliberation. Empty for acts of one body.
pub fn parties(slots: &mut Slots, assignment: &Assignment, dossier: &Dossier) -> Map<String, Json> {
    let is_for_all =
        assignment.kind.is_agreement() && (dossier.is_multilateral() || assignment.kind == ActKind::Accordo);
    let mut rows = Vec::new();
    if is_for_all {
        let lead = dossier.lead();
        let adherents = dossier.parties().map(|(_, body)| (body, dossier.adhesion_of(body)));
        for (it, act) in lead.map(|lead| (lead, dossier.scheme())).into_iter().chain(adherents) {
            rows.push(party(slots, it, act));
        }
    }
    [("parti".to_owned(), Json::Array(rows))].into_iter().collect()
}

fn party(slots: &mut Slots, it: &Body, act: Option<&crate::dossier::Deliberation>) -> Json {
    let mut row = body::body(slots, "parti", Some(it), act);
    let deliberation = deliberation::deliberation(slots, "parti.delibera", act, Some(it), None);
    if let Json::Object(map) = &mut row {
        map.insert("delibera".to_owned(), deliberation);
    }
    row
}
