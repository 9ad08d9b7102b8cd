//! `parti`: every body of an act that is one for all (a multilateral convention, an agreement), the lead body first.

use serde_json::{Map, Value as Json};

use super::{adherents, body, deliberation};
use crate::act::ActKind;
use crate::compose::tokens::Slots;
use crate::dossier::{Assignment, Body, Deliberation, Dossier};

/// The list of the parties: the names of a body, `delibera` for its deliberation, `membri` for the
/// bodies that it acts for. Empty for acts of one body.
pub fn parties(slots: &mut Slots, assignment: &Assignment, dossier: &Dossier) -> Map<String, Json> {
    // The deliberations on an agreement name its parties, who are few.
    let is_for_all = dossier.is_agreement()
        || assignment.kind == ActKind::Accordo
        || assignment.kind.is_agreement() && dossier.is_multilateral();
    let mut rows = Vec::new();
    if is_for_all {
        let lead = dossier.lead();
        let adherents = dossier.parties().map(|(_, body)| (body, dossier.adhesion_of(body)));
        for (it, act) in lead.map(|lead| (lead, dossier.scheme())).into_iter().chain(adherents) {
            rows.push(party(slots, dossier, it, act));
        }
    }
    [("parti".to_owned(), Json::Array(rows))].into_iter().collect()
}

fn party(slots: &mut Slots, dossier: &Dossier, it: &Body, act: Option<&Deliberation>) -> Json {
    let mut row = body::body(slots, "parti", Some(it), act);
    let deliberation = deliberation::deliberation(slots, "parti.delibera", act, Some(it), None);
    let members = adherents::members(slots, "parti.membri", dossier, Some(it));
    if let Json::Object(map) = &mut row {
        map.insert("membri".to_owned(), members);
        map.insert("delibera".to_owned(), deliberation);
    }
    row
}
