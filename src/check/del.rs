//! Rules on deliberations (DEL): the scheme of the lead body and the adhesion of each body. This file picks the rows to
//! judge and knows organ, number and object; [`dates`], [`votes`] and [`content`] hold the rest.
//!
//! A `proposta` needs neither number, date nor votes: what it leaves blank prints as dotted lines, so what must be there
//! once adopted is at most a note before; what it does say must be consistent all the same. Where a body has several
//! rows of one kind the last is judged, as it is the one that the acts quote.
//!
//! Called by the runner of rules through [`CHECKS`].

mod content;
mod councillors;
mod dates;
mod people;
#[cfg(test)]
mod tests;
mod votes;

use std::collections::{BTreeMap, BTreeSet};

pub use councillors::assigned_councillors;

use crate::check::subject::{owner, spot};
use crate::check::{Check, Findings};
use crate::diagnostic::Diagnostic;
use crate::dossier::{Body, Deliberation, Dossier, Field};
use crate::rule::Severity;
use crate::schema::{BodyKind, Choices, DeliberationSubject, Organ};

/// The checks of this group, by code.
pub const CHECKS: &[(&str, Check)] = &[
    ("DEL-01", incompetent_organ),
    ("DEL-02", missing_identity),
    ("DEL-03", dates::out_of_order),
    ("DEL-04", votes::do_not_add_up),
    ("DEL-05", votes::quorum_not_reached),
    ("DEL-06", votes::more_present_than_members),
    ("DEL-07", votes::not_approved),
    ("DEL-08", votes::invalid_immediate_executability),
    ("DEL-09", dates::executive_too_early),
    ("DEL-10", content::technical_opinion),
    ("DEL-11", content::accounting_opinion),
    ("DEL-12", content::auditors_opinion),
    ("DEL-13", content::insufficient_commitment),
    ("DEL-14", content::object_contradicts_convention),
    ("DEL-15", content::adhering_twice),
    ("DEL-16", people::unnamed_signatories),
    ("DEL-17", people::incompatible_offices),
];

/// A row to judge.
struct Case<'a> {
    act: &'a Deliberation,
    /// Whose it is, with the position in `bodies`; `None` where the row names no known body (WB-10).
    body: Option<(usize, &'a Body)>,
    /// It approves the scheme; otherwise it is an adhesion or a renewal.
    scheme: bool,
    /// The body is the lead body; `None` where there is none to compare with.
    lead: Option<bool>,
    /// A later row of the same body and kind takes its place.
    superseded: bool,
}

impl Case<'_> {
    fn adopted(&self) -> bool {
        self.act.is_adopted()
    }

    fn kind(&self) -> Option<BodyKind> {
        self.body.and_then(|(_, body)| body.tipo.copied())
    }

    /// False for bodies to which the rules of local bodies on opinions and budgets do not apply as such.
    fn is_local(&self) -> bool {
        use BodyKind::{Altro, Associazione, Regione, Societa};
        !matches!(self.kind(), Some(Regione | Societa | Associazione | Altro))
    }

    /// True for a Region, a company, an association: the law on local bodies asks of them neither opinions nor terms of
    /// publication nor separate votes.
    fn by_own_law(&self) -> bool {
        use BodyKind::{Associazione, Regione, Societa};
        matches!(self.kind(), Some(Regione | Societa | Associazione))
    }

    /// How grave it is that something is not there: an error once adopted, a note before.
    fn missing(&self) -> Severity {
        if self.adopted() && self.is_local() { Severity::Error } else { Severity::Note }
    }

    fn owner(&self) -> String {
        match self.body {
            Some((_, body)) => owner(body),
            None => self.act.ente.text().map_or_else(|| self.act.place.to_string(), str::to_owned),
        }
    }

    fn name(&self) -> String {
        match self.body {
            Some((_, body)) => body.name().to_owned(),
            None => self.act.ente.text().unwrap_or("(ente non indicato)").to_owned(),
        }
    }

    /// A finding at one of the row's cells.
    fn at<T>(&self, code: &'static str, field: &Field<T>, message: impl Into<String>) -> Diagnostic {
        Diagnostic::new(code, spot(field, &self.act.place), message).body(self.owner())
    }
}

/// The rows in force: not those that a later row supersedes.
fn cases(dossier: &Dossier) -> Vec<Case<'_>> {
    all_cases(dossier).into_iter().filter(|case| !case.superseded).collect()
}

fn all_cases(dossier: &Dossier) -> Vec<Case<'_>> {
    let lead_index = dossier.lead_index();
    let mut later = BTreeSet::new();
    let mut cases: Vec<Case<'_>> = dossier
        .deliberations
        .iter()
        .rev()
        .map(|act| {
            let index = act.ente.text().and_then(|name| dossier.find_body(name));
            let body = index.and_then(|index| Some((index, dossier.bodies.get(index)?)));
            let lead = lead_index.zip(index).map(|(lead, index)| lead == index);
            let scheme = match act.oggetto.get() {
                Some(subject) => *subject == DeliberationSubject::Schema,
                None => lead == Some(true),
            };
            let superseded = index.is_some_and(|index| !later.insert((index, scheme)));
            Case { act, body, scheme, lead, superseded }
        })
        .collect();
    cases.reverse();
    cases
}

/// DEL-01. Where the organ is not said it is the council, the Giunta of a Region. An agreement between administrations is
/// not among the acts that art. 42 keeps for the council: the executive may approve it (art. 48).
fn incompetent_organ(dossier: &Dossier, findings: &mut Findings) {
    use Organ::{Amministrazione, Assemblea, Consiglio, Giunta, Presidente};
    let is_agreement = dossier.is_agreement();
    for case in cases(dossier) {
        let (Some(kind), Some(organ)) = (case.kind(), case.act.organo.copied()) else { continue };
        let (competent, severity): (&[Organ], _) = match kind {
            BodyKind::Comune if is_agreement => (&[Giunta, Consiglio], Severity::Error),
            BodyKind::Provincia | BodyKind::CittaMetropolitana if is_agreement => {
                (&[Presidente, Consiglio], Severity::Error)
            }
            BodyKind::Unione | BodyKind::Montana if is_agreement => (&[Giunta, Consiglio, Assemblea], Severity::Error),
            BodyKind::Comune | BodyKind::Provincia | BodyKind::CittaMetropolitana => (&[Consiglio], Severity::Error),
            BodyKind::Unione | BodyKind::Montana => (&[Consiglio, Assemblea], Severity::Error),
            BodyKind::Consorzio => (&[Assemblea, Consiglio, Amministrazione], Severity::Warning),
            BodyKind::Regione => (&[Giunta], Severity::Error),
            BodyKind::Societa | BodyKind::Associazione | BodyKind::Altro => continue,
        };
        if !competent.contains(&organ) {
            let wanted = competent.iter().map(|organ| format!("«{}»", organ.word())).collect::<Vec<_>>().join(" o ");
            let message = format!(
                "per «{}» ({}) delibera l’organo «{}», che non è competente: serve {wanted}",
                case.name(),
                kind.word(),
                organ.word()
            );
            findings.push(
                case.at("DEL-01", &case.act.organo, message)
                    .hint(format!("scrivere {wanted} se è un errore; altrimenti l’atto va deliberato di nuovo"))
                    .severity(severity),
            );
        }
    }
}

/// DEL-02.
fn missing_identity(dossier: &Dossier, findings: &mut Findings) {
    for case in cases(dossier).iter().filter(|case| case.adopted()) {
        let name = case.name();
        let mut want = |finding: Diagnostic, absent: bool| {
            if absent {
                findings.push(finding.hint("compilare la cella; se l’atto non è ancora votato, lo stato è «proposta»"));
            }
        };
        let act = case.act;
        let message = |what: &str| format!("la deliberazione adottata da «{name}» non ha {what}");
        want(case.at("DEL-02", &act.numero, message("il numero")), act.numero.is_absent());
        want(case.at("DEL-02", &act.data, message("la data")), act.data.is_absent());
        want(case.at("DEL-02", &act.oggetto, message("l’oggetto")), act.oggetto.is_absent());
    }
}

/// Bodies that adhere through a Union of the sheet, with the position of the Union.
fn members(dossier: &Dossier) -> BTreeMap<usize, usize> {
    let union_of = |(index, body): (usize, &Body)| {
        let union = dossier.find_body(body.unione.text()?)?;
        let kind = dossier.bodies.get(union)?.tipo.copied();
        // A body that is no Union is told by ENT-13.
        let is_union = kind.is_none_or(|kind| matches!(kind, BodyKind::Unione | BodyKind::Montana));
        (union != index && is_union).then_some((index, union))
    };
    dossier.bodies.iter().enumerate().filter_map(union_of).collect()
}
