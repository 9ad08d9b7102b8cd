//! `stanziamenti`, `risorse` and `attivita`: the resources and the plan of activities of an agreement ex art. 15 L. 241/1990.

use serde_json::{Map, Value as Json};

use super::group::Group;
use crate::compose::tokens::Slots;
use crate::date;
use crate::dossier::{Allocation, Assignment, Dossier, Field};
use crate::money::Money;

/// The lists of an agreement, and its sums.
pub fn agreement(slots: &mut Slots, assignment: &Assignment, dossier: &Dossier) -> Map<String, Json> {
    let name_of = |of: Option<usize>, field: &Field<String>| {
        of.and_then(|index| dossier.bodies.get(index))
            .map(|body| body.name().to_owned())
            .or_else(|| field.get().cloned())
    };
    let is_own = |it: &&Allocation| it.of == Some(assignment.body);
    let allocations = dossier.allocations.iter().map(|it| {
        let mut row = Group::new(slots, "stanziamenti");
        row.text("ente", name_of(it.of, &it.ente), &it.ente.place, "ente", 30);
        row.field("anno", &it.anno, "anno", 6, u64::to_string);
        row.field("capitolo", &it.capitolo, "capitolo", 10, String::clone);
        row.field("importo", &it.importo, "importo", 14, |sum| Money::round(*sum).to_string());
        row.flag("dell_ente", is_own(&it));
        row.done()
    });
    let allocations = Json::Array(allocations.collect());
    let mut sums = Group::new(slots, "risorse");
    let own: Vec<&Allocation> = dossier.allocations.iter().filter(is_own).collect();
    let of_all = total(dossier.allocations.iter());
    let of_body = total(own.iter().copied());
    let place = &dossier.convention.importo_totale.place;
    for (name, sum) in [("totale", of_all), ("totale_ente", of_body)] {
        sums.text(name, sum.map(|sum| sum.to_string()), place, "importo totale", 15);
        sums.text(&format!("{name}_lettere"), sum.map(Money::words), place, "importo in lettere", 30);
    }
    sums.flag("presenti", !dossier.allocations.is_empty());
    sums.flag("dell_ente", !own.is_empty());
    let sums = sums.done();
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
    [("stanziamenti", allocations), ("risorse", sums), ("attivita", activities)]
        .map(|(name, list)| (name.to_owned(), list))
        .into_iter()
        .collect()
}

/// The sum of the rows; `None` where there are none, or one of them has no readable sum.
fn total<'a>(rows: impl Iterator<Item = &'a Allocation>) -> Option<Money> {
    let sums: Option<Vec<Money>> = rows.map(|row| row.importo.copied().and_then(Money::checked)).collect();
    sums.filter(|sums| !sums.is_empty()).map(|sums| sums.into_iter().sum())
}
