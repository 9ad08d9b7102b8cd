//! Yearly costs shared out by workstations, to the cent: FEE-04, FEE-06.

use super::bands::Table;
use super::{Assessed, NOTHING, spot};
use crate::diagnostic::Diagnostic;
use crate::dossier::{Basis, Body, Dossier, Item, Line, Origin, Share};
use crate::italian::grouped;
use crate::money::Money;
use crate::place::Place;
use crate::schema::BodyKind;

/// Puts the share of each of `payers` in its slot. While the workstations of one body are not known there is no share
/// for anybody: one finding at the costs, which concerns all, points at the empty cells.
pub fn share(
    dossier: &Dossier,
    costs: &Table<'_>,
    payers: &[usize],
    assessed: &mut [Option<Assessed>],
    found: &mut Vec<Diagnostic>,
) {
    if costs.is_faulty() {
        return;
    }
    let Some(sum) = total(costs) else {
        let message = format!("i costi della tabella «{}» sono fuori misura", costs.name);
        found.push(Diagnostic::new("FEE-06", costs.place(), message).hint("controllare gli importi"));
        return;
    };
    let mut bodies: Vec<(usize, &Body)> =
        payers.iter().filter_map(|index| Some((*index, dossier.bodies.get(*index)?))).collect();
    let lacking: Vec<&Body> = bodies.iter().map(|(_, body)| *body).filter(|body| !has_number(body)).collect();
    if let Some(first) = lacking.first() {
        let others = match lacking.len() - 1 {
            0 => String::new(),
            1 => " e di un altro ente".to_owned(),
            more => format!(" e di altri {} enti", grouped(more as u64)),
        };
        let message = format!(
            "i costi fissi non si possono ripartire: manca il numero delle postazioni di «{}»{others}",
            first.name()
        );
        let mut finding = Diagnostic::new("FEE-04", costs.place(), message).hint(
            "scrivere il numero nella colonna «postazioni» del foglio «Enti»: 0 se l’ente non è un Comune e non ne ha",
        );
        finding.related.extend(lacking.iter().map(|body| spot(&body.postazioni, &body.place)));
        found.push(finding);
        return;
    }
    // Equal remainders go in order of code, so that the order of the rows changes nothing.
    bodies.sort_by(|(_, one), (_, other)| {
        (one.code(), one.name(), one.row).cmp(&(other.code(), other.name(), other.row))
    });
    let weights: Vec<u64> = bodies.iter().map(|(_, body)| body.postazioni.copied().unwrap_or(0)).collect();
    let all = weights.iter().try_fold(0_u64, |all, weight| all.checked_add(*weight));
    let Some((all, shares)) = all.zip(sum.shares(&weights)) else {
        if !bodies.is_empty() {
            let message = "i costi fissi non si possono ripartire: la somma delle postazioni è zero o fuori misura";
            found.push(Diagnostic::new("FEE-04", costs.place(), message).hint("controllare la colonna «postazioni»"));
        }
        return;
    };
    if shares.iter().copied().sum::<Money>() != sum {
        let message = format!("le parti dei costi fissi non danno di nuovo {sum}");
        found.push(Diagnostic::new("FEE-06", costs.place(), message));
        return;
    }
    let of_costs: Vec<Place> = costs.rates().flat_map(|rate| rate.places()).collect();
    for (((index, body), workstations), amount) in bodies.into_iter().zip(weights).zip(shares) {
        let mut places = vec![spot(&body.postazioni, &body.place)];
        places.extend(of_costs.iter().cloned());
        let line = Line {
            item: Item::Workstations,
            what: "postazioni di lavoro".to_owned(),
            quantity: workstations,
            price: None,
            share: Some(Share { sum, of: all }),
            span: None,
            discount: NOTHING,
            amount,
            places,
        };
        let basis = Basis::Workstations { workstations, of: all, costs: sum };
        if let Some(slot) = assessed.get_mut(index) {
            *slot = Some(Assessed { basis, lines: vec![line] });
        }
    }
}

/// The costs of all rows.
fn total(costs: &Table<'_>) -> Option<Money> {
    let mut sum = NOTHING;
    for rate in costs.rates() {
        sum = sum.checked_add(Money::checked(rate.net)?.decimal())?;
    }
    Money::checked(sum)
}

/// A Comune works at some desk; another body may have none of its own, and says so with a zero.
fn has_number(body: &Body) -> bool {
    let number = body.postazioni.copied().filter(|_| body.postazioni.origin != Origin::Unreadable);
    number.is_some_and(|number| number > 0 || !body.tipo.is(BodyKind::Comune))
}
