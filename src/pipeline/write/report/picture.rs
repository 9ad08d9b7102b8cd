//! What the picture of the state shows, out of a run and its dossier.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::dossier::{Body, Contribution, Deadline, Dossier, Standing};
use crate::emit::board::{Board, Share};
use crate::money::Money;
use crate::pipeline::outcome::RunReport;
use crate::schema::BodyKind;

/// What the picture shows of the workbook: bodies, money.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Picture {
    title: String,
    lead: String,
    term: (Option<NaiveDate>, Option<NaiveDate>),
    bodies: Vec<(String, Standing)>,
    members: usize,
    /// Name, kind in the plural, sum of a year.
    shares: Vec<(String, String, Money)>,
    years: Vec<(NaiveDate, NaiveDate, Money)>,
}

impl Picture {
    /// The picture of a workbook.
    pub fn of(dossier: &Dossier, standings: &BTreeMap<usize, Standing>) -> Self {
        let it = &dossier.convention;
        let owed = |(index, body): (usize, &Body)| {
            let yearly = dossier.contribution(index).map(Contribution::yearly).filter(|yearly| !yearly.is_zero())?;
            Some((crate::check::bare_name(body.name()).to_owned(), plural(body).to_owned(), yearly))
        };
        let mut years: BTreeMap<_, Money> = BTreeMap::new();
        for year in dossier.contributions.iter().flatten().flat_map(|owed| &owed.years) {
            let sum = years.entry((year.from, year.to)).or_insert(Money::ZERO);
            *sum = *sum + year.net;
        }
        let standing =
            |(index, standing): (&usize, &Standing)| Some((dossier.bodies.get(*index)?.name().to_owned(), *standing));
        Self {
            title: it.titolo.text().unwrap_or_default().to_owned(),
            lead: dossier.lead().map_or("", Body::name).to_owned(),
            term: (it.decorrenza.copied(), it.scadenza.copied()),
            bodies: standings.iter().filter_map(standing).collect(),
            members: dossier.adherents().filter(|(_, body)| dossier.is_member(body)).count(),
            shares: (0..).zip(&dossier.bodies).filter_map(owed).collect(),
            years: years.into_iter().map(|((from, to), sum)| (from, to, sum)).collect(),
        }
    }

    /// The picture of a run on the workbook: acts are those of the run.
    pub fn board<'a>(&'a self, report: &'a RunReport, day: NaiveDate, deadlines: &'a [Deadline]) -> Board<'a> {
        let share = |(name, kind, yearly): &'a (String, String, Money)| Share { name, kind, yearly: *yearly };
        Board {
            title: &self.title,
            lead: &self.lead,
            term: self.term,
            day,
            slice: report.slice.as_deref(),
            bodies: self.bodies.iter().map(|(name, standing)| (name.as_str(), *standing)).collect(),
            members: self.members,
            produced: report.summary.produced,
            withheld: report.summary.withheld,
            shares: self.shares.iter().map(share).collect(),
            years: self.years.clone(),
            deadlines,
        }
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
