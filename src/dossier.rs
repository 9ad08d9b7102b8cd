//! The checked records: every field typed, with its cell and how it came to be. Made by `check`, completed by `fees`,
//! read by `compose` and the rules.
//!
//! Fields carry the workbook's own column names, so that a message, a column and a field are one word.

mod contribution;
mod deadline;
mod field;
mod known;
mod link;
mod plan;
mod records;
mod roster;
mod rows;
#[cfg(test)]
pub mod sample;
mod standing;
mod subscription;
mod terms;

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::{Datelike, NaiveDate};

pub use contribution::{Basis, Charge, Contribution, Item, Line, MemberFee, PaidByUnion, Share, Span, YearShare};
pub use deadline::{Concerned, Deadline, DeadlineKind};
pub use field::{Field, FromValue, Origin, TypedRow, Value};
pub use plan::Assignment;
pub use records::{
    Activity, Allocation, Band, Body, Convention, Deliberation, EmptyCell, Invoice, Post, Recipient, Request, Service,
};
pub use roster::Roster;
pub use rows::{Owned, Rows};
pub use standing::Standing;
pub use subscription::{ServiceState, Subscription};
pub use terms::{Withdrawal, notice_effect};

use crate::model::Model;
use crate::money::Money;
use crate::place::Place;
use crate::schema::{BodyKind, DeliberationSubject, Role, Stage};

/// All that is known of one workbook.
#[derive(Debug, Clone)]
pub struct Dossier {
    /// File name of the workbook.
    pub workbook: Arc<str>,
    /// "Today" for every rule.
    pub today: NaiveDate,
    /// The model that the workbook names.
    pub model: Arc<Model>,
    /// The convention.
    pub convention: Convention,
    /// Bodies in the order of the sheet, the lead body among them.
    pub bodies: Vec<Body>,
    /// Deliberations in the order of the sheet.
    pub deliberations: Rows<Deliberation>,
    /// Catalogue of services.
    pub services: Vec<Service>,
    /// Bands of all tables.
    pub bands: Vec<Band>,
    /// Requests for services.
    pub requests: Rows<Request>,
    /// Named beneficiaries of services.
    pub recipients: Rows<Recipient>,
    /// Contacts, and members of tables.
    pub posts: Rows<Post>,
    /// The register of invoices.
    pub invoices: Vec<Invoice>,
    /// Sums set aside for an agreement.
    pub allocations: Vec<Allocation>,
    /// The plan of activities of an agreement.
    pub activities: Vec<Activity>,
    /// What each body owes, in the order of `bodies`; `None` where it owes nothing or it could not be computed.
    pub contributions: Vec<Option<Contribution>>,
    /// What the services of each body cost in the year of reference, in the order of `bodies`; bodies outside the
    /// convention among them.
    pub charges: Vec<Vec<Charge>>,
    /// The bodies by code and name; `None` until they are linked.
    pub roster: Option<Roster>,
}

impl Dossier {
    /// The lead body: the one the convention names, else the one whose role says so.
    pub fn lead(&self) -> Option<&Body> {
        self.lead_index().and_then(|index| self.bodies.get(index))
    }

    /// Its position in `bodies`.
    pub fn lead_index(&self) -> Option<usize> {
        match self.convention.capofila.get() {
            Some(named) => self.find_body(named),
            None => self.bodies.iter().position(|body| body.ruolo.is(Role::Capofila)),
        }
    }

    /// The bodies that adhere, with their position.
    pub fn adherents(&self) -> impl Iterator<Item = (usize, &Body)> {
        let lead = self.lead_index();
        self.bodies.iter().enumerate().filter(move |(index, body)| self.adheres(*index, body, lead))
    }

    /// True for a body that adheres; `lead` is the position of the lead body.
    fn adheres(&self, index: usize, body: &Body, lead: Option<usize>) -> bool {
        Some(index) != lead && !body.ruolo.is(Role::Capofila) && !body.ruolo.is(Role::Esterno)
    }

    /// The bodies that sign a convention of their own: adherents that do not adhere through their Union.
    pub fn parties(&self) -> impl Iterator<Item = (usize, &Body)> {
        self.adherents().filter(|(_, body)| !self.is_member(body))
    }

    /// True for a body that adheres through a Union of the workbook.
    pub fn is_member(&self, body: &Body) -> bool {
        self.union_of(body).is_some()
    }

    /// The position of the Union through which a body adheres.
    pub fn union_of(&self, body: &Body) -> Option<usize> {
        let index = body.union?;
        let union = self.bodies.get(index)?;
        (union.row != body.row && union.is_any(&[BodyKind::Unione, BodyKind::Montana])).then_some(index)
    }

    /// What the bodies set aside for an agreement, by year of the budget (sheet `Stanziamenti`). Sums that are beyond
    /// measure are left out: the reader of cells bounds them.
    pub fn allocated_by_year(&self) -> BTreeMap<u64, Money> {
        let mut years = BTreeMap::new();
        for row in &self.allocations {
            if let Some((year, sum)) = row.anno.copied().zip(row.importo.copied().and_then(Money::checked)) {
                let known = years.entry(year).or_insert(Money::ZERO);
                *known = *known + sum;
            }
        }
        years
    }

    /// The bodies that adhere through a Union, in the order of the sheet.
    pub fn members_of<'a>(&'a self, union: &'a Body) -> impl Iterator<Item = &'a Body> {
        let of = |body: &&Body| {
            let through = body.union.and_then(|index| self.bodies.get(index));
            through.is_some_and(|through| through.row == union.row) && self.is_member(body)
        };
        let bodies = if union.is_any(&[BodyKind::Unione, BodyKind::Montana]) { self.bodies.as_slice() } else { &[] };
        bodies.iter().filter(of)
    }

    /// The position of the body with this code or name, as [`Roster::find`] does.
    pub fn find_body(&self, reference: &str) -> Option<usize> {
        match &self.roster {
            Some(roster) => roster.find(reference),
            None => Roster::of(&self.bodies).find(reference),
        }
    }

    /// The deliberation of adhesion or renewal of a body: the last of its rows.
    pub fn adhesion_of(&self, body: &Body) -> Option<&Deliberation> {
        self.deliberations_of(body).rfind(|act| act.oggetto.get() != Some(&DeliberationSubject::Schema))
    }

    /// The deliberation by which the lead body approved the scheme.
    pub fn scheme(&self) -> Option<&Deliberation> {
        self.deliberations_of(self.lead()?).rfind(|act| act.oggetto.get() == Some(&DeliberationSubject::Schema))
    }

    fn deliberations_of(&self, body: &Body) -> impl DoubleEndedIterator<Item = &Deliberation> {
        let index = match &self.roster {
            Some(roster) => roster.in_row(body.row),
            None => self.bodies.iter().position(|it| it.row == body.row),
        };
        index.into_iter().flat_map(|index| self.deliberations.of_body(index)).map(|(_, act)| act)
    }

    /// The empty cells of every record, by place. Columns that the workbook lacks have no cell.
    pub fn empty_cells(&self) -> BTreeMap<&Place, EmptyCell> {
        let mut cells = BTreeMap::new();
        self.convention.empty_cells(None, &mut cells);
        (0..).zip(&self.bodies).for_each(|(index, it)| it.empty_cells(Some(index), &mut cells));
        self.deliberations.iter().for_each(|it| it.empty_cells(it.of, &mut cells));
        self.services.iter().for_each(|it| it.empty_cells(None, &mut cells));
        self.bands.iter().for_each(|it| it.empty_cells(None, &mut cells));
        self.requests.iter().for_each(|it| it.empty_cells(it.of, &mut cells));
        self.recipients.iter().for_each(|it| it.empty_cells(it.of, &mut cells));
        self.posts.iter().for_each(|it| it.empty_cells(it.of, &mut cells));
        self.invoices.iter().for_each(|it| it.empty_cells(it.of, &mut cells));
        self.allocations.iter().for_each(|it| it.empty_cells(it.of, &mut cells));
        self.activities.iter().for_each(|it| it.empty_cells(it.of, &mut cells));
        cells
    }

    /// The day by which the acts are judged: the signature if set, else the start if past, else today.
    pub fn act_date(&self) -> NaiveDate {
        self.convention.data_firma.get().copied().unwrap_or(self.today)
    }

    /// True at the stage of signature.
    pub fn at_signature(&self) -> bool {
        self.convention.fase.is(Stage::Stipula)
    }

    /// The service of the catalogue that a request names, by its code or its name.
    pub fn service(&self, request: &Request) -> Option<&Service> {
        self.services.get(self.find_service(request.servizio.text()?)?)
    }

    /// The contact of a body: the first of its people whose role says so, else the first.
    pub fn contact_of(&self, body: usize) -> Option<&Post> {
        let mut posts = self.posts.of_body(body).map(|(_, post)| post);
        posts.clone().find(|post| post.is_contact()).or_else(|| posts.next())
    }

    /// The year of reference of confirmations, services and invoices: `anno` of the convention, else today's.
    pub fn reference_year(&self) -> i32 {
        let stated = self.convention.anno.copied().and_then(|year| i32::try_from(year).ok());
        stated.filter(|year| (1..10_000).contains(year)).unwrap_or_else(|| self.today.year())
    }

    /// The sum owed by a body, where it could be computed.
    pub fn contribution(&self, body: usize) -> Option<&Contribution> {
        self.contributions.get(body).and_then(Option::as_ref)
    }
}
