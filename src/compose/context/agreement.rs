//! `stanziamenti` and `attivita`: the resources and the plan of activities of an agreement ex art. 15 L. 241/1990.

use serde_json::{Map, Value as Json};

use super::group::Group;
use crate::compose::tokens::Slots;
use crate::date;
use crate::dossier::{Assignment, Dossier, Field};
use crate::money::Money;

/// The lists of an agreement.
pub fn agreement(slots: &mut Slots, _assignment: &Assignment, dossier: &Dossier) -> Map<String, Json> {
    let name_of = |of: Option<usize>, field: &Field<String>| {
        of.and_then(|index| dossier.bodies.get(index))
            .map(|body| body.name().to_owned())
            .or_else(|| field.get().cloned())
    };
    let allocations = dossier.allocations.iter().map(|it| {
        let mut row = Group::new(slots, "stanziamenti");
        row.text("ente", name_of(it.of, &it.ente), &it.ente.place, "ente", 30);
        row.field("anno", &it.anno, "anno", 6, u64::to_string);
        row.field("capitolo", &it.capitolo, "capitolo", 10, String::clone);
        row.field("importo", &it.importo, "importo", 14, |sum| Money::round(*sum).to_string());
        row.done()
    });
    let allocations = Json::Array(allocations.collect());
    let activities = dossier.activities.iter().map(|it| {
        let mut row = Group::new(slots, "attivita");
        row.field("codice", &it.codice, "codice", 6, String::clone);
        row.field("attivita", &it.attivita, "attività", 40, String::clone);
        let by = name_of(it.of, &it.ente).or_else(|| Some("tutte le parti".to_owned()));
        row.text("ente", by, &it.ente.place, "ente", 30);
        row.field("risultato", &it.risultato, "risultato", 30, String::clone);
        row.field("indicatore", &it.indicatore, "indicatore", 30, String::clone);
        row.field("valore_atteso", &it.valore_atteso, "valore atteso", 14, String::clone);
        row.field("entro", &it.entro, "termine", 18, |day| date::long(*day));
        row.done()
    });
    let activities = Json::Array(activities.collect());
    [("stanziamenti".to_owned(), allocations), ("attivita".to_owned(), activities)].into_iter().collect()
}
