//! Which acts a workbook calls for: an assignment for each act to be made, for each body. Read by `pipeline`, which makes
//! them, and by `compose`, which is told what an act is about.

use super::{Body, Dossier, ServiceState};
use crate::act::{ActKind, Per};
use crate::italian::slug_up_to;
use crate::schema::{Form, RequestKind};

/// Longest part of a file's name that comes from a service.
const LONGEST_SERVICE: usize = 40;

/// An act to be made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Assignment {
    /// What it is.
    pub kind: ActKind,
    /// Position of the body it is for, the lead body where the act is one for all.
    pub body: usize,
    /// Position of the request it is made from, where it is of a service and not an empty form.
    pub request: Option<usize>,
}

impl Assignment {
    /// An act that is not of a service.
    pub fn new(kind: ActKind, body: usize) -> Self {
        Self { kind, body, request: None }
    }
}

impl Dossier {
    /// True where one convention holds all parties.
    pub fn is_multilateral(&self) -> bool {
        self.convention.tipo.is(Form::Multilaterale)
    }

    /// True for an agreement between administrations (L. 241/1990 art. 15), in place of a convention.
    pub fn is_agreement(&self) -> bool {
        self.model.is_agreement()
    }

    /// The acts of a body, in order of file number. With `asked`, these kinds, also where the workbook holds nothing to
    /// fill them with: they are then forms to fill in by hand. Without, those that the model makes and the data call for.
    pub fn assignments(&self, body: usize, asked: Option<&[ActKind]>) -> Vec<Assignment> {
        let Some(it) = self.bodies.get(body) else { return Vec::new() };
        let is_lead = self.lead_index() == Some(body);
        let kinds = asked.unwrap_or(&self.model.atti);
        let mut found = Vec::new();
        for kind in ActKind::ALL.iter().copied().filter(|kind| kinds.contains(kind)) {
            let once = kind.per() == Per::Lead || kind == ActKind::Convenzione && self.is_multilateral();
            // Who adheres through its Union signs and deliberates nothing of its own, but may ask for services.
            let signs = kind.is_agreement() || kind.is_deliberation() || kind == ActKind::LetteraTrasmissione;
            if once != is_lead || signs && self.is_member(it) {
                continue;
            }
            match kind.per() {
                Per::Service => {
                    let rows = self.requests_of(body, kind);
                    if rows.is_empty() && asked.is_some() {
                        found.push(Assignment::new(kind, body));
                    }
                    found.extend(rows.into_iter().map(|request| Assignment { kind, body, request: Some(request) }));
                }
                Per::Payer => {}
                _ if asked.is_some() || self.is_called_for(kind, it, body) => found.push(Assignment::new(kind, body)),
                _ => {}
            }
        }
        found
    }

    /// The stem of the files of an assignment: `03-richiesta-spid`.
    pub fn stem(&self, assignment: &Assignment) -> String {
        let stem = assignment.kind.file_stem();
        if assignment.kind.per() != Per::Service {
            return stem.to_owned();
        }
        let Some(row) = assignment.request.and_then(|index| Some((index, self.requests.get(index)?))) else {
            return format!("{stem}-servizio");
        };
        let (index, request) = row;
        let service = slug_up_to(request.servizio.text().unwrap_or("servizio"), LONGEST_SERVICE);
        let same = |other: &usize| {
            let other = self.requests.get(*other).and_then(|other| other.servizio.text()).unwrap_or("servizio");
            slug_up_to(other, LONGEST_SERVICE) == service
        };
        // A second request of the same service is told from the first by its row.
        let is_first =
            self.requests_of(assignment.body, assignment.kind).iter().find(|other| same(other)) == Some(&index);
        if is_first { format!("{stem}-{service}") } else { format!("{stem}-{service}-{}", request.row + 1) }
    }

    /// The rows of `Richieste` of a body from which an act of this kind is made.
    fn requests_of(&self, body: usize, kind: ActKind) -> Vec<usize> {
        let wanted = match kind {
            ActKind::RichiestaServizio => RequestKind::Attivazione,
            ActKind::DisdettaServizio => RequestKind::Disdetta,
            _ => return Vec::new(),
        };
        self.requests.of_body(body).filter(|(_, row)| row.tipo.is(wanted)).map(|(index, _)| index).collect()
    }

    /// True where the workbook holds something to make the act from.
    fn is_called_for(&self, kind: ActKind, body: &Body, index: usize) -> bool {
        match kind {
            ActKind::Recesso => !body.recesso_comunicato_il.is_absent(),
            ActKind::NominaReferente => self.posts.of_body(index).next().is_some(),
            ActKind::ConfermaAnnuale => {
                let confirms = self.requests.of_body(index).any(|(_, row)| row.tipo.is(RequestKind::Conferma));
                confirms || self.subscriptions_of(index).iter().any(|it| it.state == ServiceState::ToConfirm)
            }
            ActKind::CartaServizi => !self.services.is_empty(),
            // Who signs an agreement for an association or a company may do so by its statute, with no deliberation.
            ActKind::DeliberaAdesione if self.is_agreement() && body.is_private() => self.adhesion_of(body).is_some(),
            _ => true,
        }
    }
}
