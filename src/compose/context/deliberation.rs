//! `delibera.*` and `delibera_capofila.*`: numbers, days, votes, opinions and spending of a deliberation.

use serde_json::Value as Json;

use super::group::Group;
use crate::compose::parties;
use crate::compose::tokens::Slots;
use crate::date;
use crate::dossier::{Body, Contribution, Deliberation};
use crate::italian::grouped;
use crate::money::Money;
use crate::schema::{DeliberationState, DeliberationSubject};

/// The names of a deliberation; all blank where there is none.
pub fn deliberation(
    slots: &mut Slots,
    prefix: &str,
    act: Option<&Deliberation>,
    body: Option<&Body>,
    contribution: Option<&Contribution>,
) -> Json {
    let missing = Deliberation::default();
    let it = act.unwrap_or(&missing);
    let mut group = Group::new(slots, prefix);
    let clone = String::clone;
    let number = |n: &u64| grouped(*n);
    let day = |day: &chrono::NaiveDate| date::long(*day);
    group.field("numero", &it.numero, "numero della deliberazione", 8, clone);
    group.field("data", &it.data, "data della deliberazione", 18, day);
    let organ = body.map(|body| parties::organ(body, act));
    group.text("organo", organ, &it.organo.place, "organo", 20);
    group.field("pubblicata_il", &it.pubblicata_il, "data di pubblicazione", 18, day);
    group.field("esecutiva_dal", &it.esecutiva_dal, "data di esecutività", 18, day);
    for (name, field, label) in [
        ("presenti", &it.presenti, "numero dei presenti"),
        ("favorevoli", &it.favorevoli, "voti favorevoli"),
        ("contrari", &it.contrari, "voti contrari"),
        ("astenuti", &it.astenuti, "astenuti"),
        ("non_partecipanti", &it.non_partecipanti, "presenti che non partecipano al voto"),
        ("favorevoli_immediata", &it.favorevoli_immediata, "voti favorevoli all’immediata eseguibilità"),
    ] {
        group.field(name, field, label, 5, number);
    }
    let counts_abstained = body.is_some_and(|body| body.astenuti_votanti.is(true));
    let abstained = if counts_abstained { it.astenuti.copied().unwrap_or(0) } else { 0 };
    let voters = it
        .favorevoli
        .copied()
        .zip(it.contrari.copied())
        .map(|(yes, no)| yes.saturating_add(no).saturating_add(abstained));
    group.text("votanti", voters.map(grouped), &it.favorevoli.place, "votanti", 5);
    for (name, field, label, width) in [
        ("parere_tecnico", &it.parere_tecnico, "parere di regolarità tecnica", 12),
        ("responsabile_tecnico", &it.responsabile_tecnico, "responsabile del parere tecnico", 25),
        ("parere_contabile", &it.parere_contabile, "parere di regolarità contabile", 12),
        ("responsabile_contabile", &it.responsabile_contabile, "responsabile del parere contabile", 25),
        ("parere_revisori", &it.parere_revisori, "parere dell’organo di revisione", 12),
        ("capitolo", &it.capitolo, "capitolo di spesa", 10),
        ("missione", &it.missione, "missione", 5),
        ("programma", &it.programma, "programma", 5),
        ("presidente", &it.presidente, "chi presiede la seduta", 25),
        ("segretario", &it.segretario, "segretario", 25),
        ("rappresentante", &it.rappresentante, "rappresentante negli organi di consultazione", 25),
    ] {
        let opinion = name.starts_with("parere");
        group.field(name, field, label, width, |text| if opinion { text.to_lowercase() } else { text.clone() });
    }
    let sum = it.importo_annuo.copied().and_then(Money::checked);
    let sum = sum.or_else(|| contribution.map(|owed| owed.yearly() + owed.yearly_vat()));
    group.text("importo_annuo", sum.map(|sum| sum.to_string()), &it.importo_annuo.place, "importo annuo", 14);
    group.flag("presente", act.is_some());
    group.flag("adottata", it.stato.is(DeliberationState::Adottata));
    group.flag("proposta", !it.stato.is(DeliberationState::Adottata));
    group.flag("schema", it.oggetto.is(DeliberationSubject::Schema));
    group.flag("rinnovo", it.oggetto.is(DeliberationSubject::Rinnovo));
    group.flag("adesione", !it.oggetto.is(DeliberationSubject::Rinnovo) && !it.oggetto.is(DeliberationSubject::Schema));
    group.flag("immediata", it.immediata.is(true));
    let opinion = it.parere_contabile.text().map(str::to_lowercase).unwrap_or_default();
    group.flag("contabile_non_dovuto", is_not_due(&opinion));
    group.flag("con_revisori", it.parere_revisori.text().is_some_and(|text| !is_not_due(&text.to_lowercase())));
    group.flag("con_astenuti", it.astenuti.copied().is_some_and(|n| n > 0));
    group.flag("con_non_partecipanti", it.non_partecipanti.copied().is_some_and(|n| n > 0));
    let all_in_favour = it.favorevoli.copied().is_some_and(|yes| yes > 0 && it.presenti.copied() == Some(yes));
    group.flag("unanime", all_in_favour);
    group.flag("con_spesa", sum.is_some_and(|sum| !sum.is_zero()));
    group.done()
}

/// True where an opinion is declared not due; "non favorevole" is an opinion, and an unfavourable one.
fn is_not_due(opinion: &str) -> bool {
    ["non dovuto", "non necessario", "non richiesto", "non occorre", "non previsto"]
        .iter()
        .any(|start| opinion.starts_with(start))
}
