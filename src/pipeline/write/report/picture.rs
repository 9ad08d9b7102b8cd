//! What the picture of the state shows, out of a run and its dossier.

use std::collections::BTreeMap;

use crate::dossier::{Body, Contribution, Deadline, Dossier, Standing};
use crate::emit::board::{Board, Share};
use crate::money::Money;
use crate::pipeline::outcome::RunReport;
use crate::schema::BodyKind;

/// The picture. Bodies, money and deadlines are those of the workbook, acts those of the run.
pub fn of<'a>(
    report: &'a RunReport,
    dossier: &'a Dossier,
    standings: &BTreeMap<usize, Standing>,
    deadlines: &'a [Deadline],
) -> Board<'a> {
    let it = &dossier.convention;
    let owed = |(index, body): (usize, &'a Body)| {
        let yearly = dossier.contribution(index).map(Contribution::yearly).filter(|yearly| !yearly.is_zero())?;
        Some(Share { name: crate::check::bare_name(body.name()), kind: plural(body), yearly })
    };
    let mut years: BTreeMap<_, Money> = BTreeMap::new();
    for year in dossier.contributions.iter().flatten().flat_map(|owed| &owed.years) {
        let sum = years.entry((year.from, year.to)).or_insert(Money::ZERO);
        *sum = *sum + year.net;
    }
    Board {
        title: it.titolo.text().unwrap_or_default(),
        lead: dossier.lead().map_or("", Body::name),
        term: (it.decorrenza.copied(), it.scadenza.copied()),
        day: dossier.today,
        slice: report.slice.as_deref(),
        bodies: standings
            .iter()
            .filter_map(|(index, standing)| Some((dossier.bodies.get(*index)?.name(), *standing)))
            .collect(),
        members: dossier.adherents().filter(|(_, body)| dossier.is_member(body)).count(),
        produced: report.summary.produced,
        withheld: report.summary.withheld,
        shares: (0..).zip(&dossier.bodies).filter_map(owed).collect(),
        years: years.into_iter().map(|((from, to), sum)| (from, to, sum)).collect(),
        deadlines,
    }
}

/// The kind of a body in the plural, for bodies put together.
fn plural(body: &Body) -> &'static str {
    match body.tipo.copied() {
        Some(BodyKind::Comune) => "Comuni",
        Some(BodyKind::Provincia) => "Province",
        Some(BodyKind::CittaMetropolitana) => "Città metropolitane",
        Some(BodyKind::Unione) => "Unioni di Comuni",
        Some(BodyKind::Montana) => "Comunità montane",
        Some(BodyKind::Consorzio) => "Consorzi",
        Some(BodyKind::Regione) => "Regioni",
        Some(BodyKind::Societa) => "Società",
        Some(BodyKind::Associazione) => "Associazioni",
        Some(BodyKind::Altro) | None => "Altri enti",
    }
}
