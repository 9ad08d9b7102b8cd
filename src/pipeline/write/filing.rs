//! What the workbook says of how the acts of a body are filed, for their metadata.

use crate::act::ActKind;
use crate::dossier::{Body, Deliberation, Dossier};
use crate::emit::bundle::{Agent, Filing, Registration};

/// What is known of the acts of a body.
pub fn of(dossier: &Dossier, body: &Body) -> Filing {
    let convention = &dossier.convention;
    let lead = dossier.lead().map(agent).unwrap_or_default();
    let own = agent(body);
    let parties = if dossier.is_multilateral() || dossier.is_agreement() {
        let others = dossier.parties().map(|(_, party)| agent(party)).filter(|party| *party != lead);
        std::iter::once(lead.clone()).chain(others).collect()
    } else if own == lead {
        vec![own.clone()]
    } else {
        vec![lead.clone(), own.clone()]
    };
    let mut registrations = Vec::new();
    let adopted = [(ActKind::DeliberaSchema, dossier.scheme()), (ActKind::DeliberaAdesione, dossier.adhesion_of(body))];
    registrations.extend(adopted.into_iter().filter_map(|(kind, act)| Some((kind, adopted_as(act?)?))));
    let number = convention.repertorio.text().or(body.repertorio.text());
    if let (Some(number), Some(date)) = (number, convention.data_firma.copied()) {
        let registration = Registration { number: number.to_owned(), date };
        registrations.push((ActKind::Convenzione, registration.clone()));
        registrations.push((ActKind::Accordo, registration));
    }
    Filing {
        lead,
        body: own,
        parties,
        is_agreement: dossier.is_agreement(),
        classification: convention.classificazione.text().map(str::to_owned),
        folder: convention.fascicolo.text().map(str::to_owned),
        retention: convention.tempo_di_conservazione.copied(),
        reserved: convention.riservato.copied(),
        registrations,
    }
}

fn adopted_as(deliberation: &Deliberation) -> Option<Registration> {
    let number = deliberation.numero.text()?.to_owned();
    let date = deliberation.data.copied()?;
    deliberation.is_adopted().then_some(Registration { number, date })
}

fn agent(body: &Body) -> Agent {
    Agent {
        name: body.name().to_owned(),
        code: body.code().to_owned(),
        tax_code: body.codice_fiscale.get().map(ToString::to_string),
        pec: body.pec.get().map(ToString::to_string),
        is_private: body.is_private(),
    }
}
