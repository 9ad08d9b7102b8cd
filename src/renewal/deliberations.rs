//! New proposals in place of the old deliberations: the lead body's scheme, and a renewal for every body that deliberates.

use super::{Entry, Renewed, set};
use crate::act::ActKind;
use crate::dossier::{Body, Deliberation, Dossier, Field, Origin};
use crate::italian::{count, fold};
use crate::place::Place;
use crate::schema::{BodyKind, DeliberationState, DeliberationSubject, Organ};

/// Replaces the deliberations. `kept` are positions in the old dossier.
pub fn propose(old: &Dossier, kept: &[usize], renewed: &mut Renewed) {
    let lead = old.lead_index();
    let mut proposals = Vec::new();
    // A company that runs a centre in house approves nothing.
    let approves = old.scheme().is_some() || old.model.atti.contains(&ActKind::DeliberaSchema);
    if let Some(body) = old.lead().filter(|_| approves) {
        proposals.push(proposal(body, old.scheme(), DeliberationSubject::Schema));
    }
    let parties: Vec<&Body> =
        old.parties().filter(|(index, _)| kept.contains(index) && Some(*index) != lead).map(|(_, body)| body).collect();
    let mut unproved = Vec::new();
    for body in &parties {
        let before = old.adhesion_of(body);
        if !before.is_some_and(Deliberation::is_adopted) {
            unproved.push(body.name().to_owned());
        }
        proposals.push(proposal(body, before, DeliberationSubject::Rinnovo));
    }
    renewed.dossier.deliberations = proposals.into();
    let scheme = if approves { "una proposta di approvazione dello schema per il capofila e " } else { "" };
    let text = format!(
        "Deliberazioni: {scheme}{}. Restano organo, capitolo, \
         missione, programma, responsabili e rappresentante; numeri, date, voti, pareri e importi sono vuoti.",
        count(parties.len(), "proposta di rinnovo", "proposte di rinnovo")
    );
    renewed.done.push(text.into());
    if !unproved.is_empty() {
        renewed.to_check.push(Entry {
            text: "Per questi enti il vecchio foglio non ha una deliberazione adottata. Chi non aveva aderito va tolto, o \
                   va indicato come nuovo («adesione» nell’oggetto della deliberazione, «no» in «gia_aderente»):"
                .to_owned(),
            bodies: unproved,
        });
    }
}

/// The new proposal of a body. Opinions are given anew; that one is not due is a choice of the body, and stays.
fn proposal(body: &Body, before: Option<&Deliberation>, subject: DeliberationSubject) -> Deliberation {
    let code = if body.code().is_empty() { body.name() } else { body.code() };
    let mut new = Deliberation {
        // No row of the old sheet.
        row: u32::MAX,
        ente: Field::new(code.to_owned(), Place::None, Origin::Sheet),
        ..Deliberation::default()
    };
    set(&mut new.oggetto, subject);
    set(&mut new.stato, DeliberationState::Proposta);
    let Some(before) = before else {
        if let Some(organ) = usual_organ(body) {
            set(&mut new.organo, organ);
        }
        return new;
    };
    let undue = |field: &Field<String>| {
        let kept = field.text().is_some_and(|opinion| fold(opinion).starts_with("non "));
        if kept { field.clone() } else { Field::absent(field.place.clone()) }
    };
    Deliberation {
        row: before.row,
        place: before.place.clone(),
        ente: before.ente.clone(),
        organo: before.organo.clone(),
        capitolo: before.capitolo.clone(),
        missione: before.missione.clone(),
        programma: before.programma.clone(),
        responsabile_tecnico: before.responsabile_tecnico.clone(),
        responsabile_contabile: before.responsabile_contabile.clone(),
        parere_contabile: undue(&before.parere_contabile),
        parere_revisori: undue(&before.parere_revisori),
        rappresentante: before.rappresentante.clone(),
        ..new
    }
}

/// The organ that is competent where nothing says otherwise (TUEL art. 42 c. 2 c).
fn usual_organ(body: &Body) -> Option<Organ> {
    match body.tipo.copied()? {
        BodyKind::Comune
        | BodyKind::Provincia
        | BodyKind::CittaMetropolitana
        | BodyKind::Unione
        | BodyKind::Montana => Some(Organ::Consiglio),
        BodyKind::Consorzio => Some(Organ::Assemblea),
        _ => None,
    }
}
