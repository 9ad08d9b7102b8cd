//! Who pays a fee, and when: a body for itself, or its Union for all or part of it; the shares by contract year. FEE-05,
//! FEE-06.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::{Assessed, owner, spot, term};
use crate::diagnostic::Diagnostic;
use crate::dossier::{Body, Contribution, Dossier, MemberFee, Origin, PaidByUnion, YearShare};
use crate::italian::decimal;
use crate::money::Money;

/// What of a body's fee its Union pays.
#[derive(Debug, Clone, PartialEq)]
pub struct Part {
    /// Position of the Union.
    pub union: usize,
    /// In hundredths; `None` where the cell is at fault, and nobody's part is known.
    pub percent: Option<Decimal>,
}

impl Part {
    /// True where the Union may pay something.
    fn counts(&self) -> bool {
        self.percent.is_none_or(|percent| !percent.is_zero())
    }
}

/// Positions of the bodies that owe a fee: the adherents, and the lead body where the model charges it.
pub fn charged(dossier: &Dossier) -> Vec<usize> {
    let lead = dossier.lead_index().filter(|_| dossier.model.quota.capofila);
    let mut charged: Vec<usize> = dossier.adherents().map(|(index, _)| index).chain(lead).collect();
    charged.sort_unstable();
    charged.dedup();
    charged
}

/// For each body, what of its fee its Union pays. Reports FEE-05: a share without a Union, out of bounds, or charged to
/// a body that pays no fee to anybody.
pub fn through(dossier: &Dossier, found: &mut Vec<Diagnostic>) -> Vec<Option<Part>> {
    let charged = charged(dossier);
    let mut parts = vec![None; dossier.bodies.len()];
    for (index, body) in dossier.adherents() {
        let percent = body.quota_unione.copied();
        let mut fault = |message: String, hint: &str| {
            let place = spot(&body.quota_unione, &body.place);
            found.push(Diagnostic::new("FEE-05", place, message).hint(hint).body(owner(body)));
        };
        let Some(union) = dossier.union_of(body) else {
            if percent.is_some() && body.unione.is_absent() {
                fault(
                    format!("per «{}» è indicata la parte della quota che paga l’unione, ma non l’unione", body.name()),
                    "scrivere l’unione nella colonna «unione», oppure svuotare «quota_unione»",
                );
            }
            continue;
        };
        if !charged.contains(&union) {
            let name = dossier.bodies.get(union).map_or("", Body::name);
            fault(
                format!("la quota di «{}» sarebbe a carico di «{name}», che non è fra gli enti aderenti", body.name()),
                "svuotare «unione» se l’ente aderisce e paga da solo, o correggere il ruolo dell’unione",
            );
            continue;
        }
        let is_percent = |percent: &Decimal| (Decimal::ZERO..=Decimal::ONE_HUNDRED).contains(percent);
        if let Some(percent) = percent.filter(|percent| !is_percent(percent)) {
            let message = format!(
                "la parte della quota di «{}» che paga l’unione, {}%, non è fra 0 e 100",
                body.name(),
                decimal(percent, 0)
            );
            fault(message, "scrivere una percentuale; vuoto vale 100");
        }
        let percent = match percent {
            None if body.quota_unione.origin == Origin::Unreadable => None,
            None => Some(Decimal::ONE_HUNDRED),
            Some(percent) => Some(percent).filter(is_percent),
        };
        if let Some(slot) = parts.get_mut(index) {
            *slot = Some(Part { union, percent });
        }
    }
    parts
}

/// The contributions over the contract years. Reports FEE-05 where a Union pays for a member whose fee is not known, and
/// FEE-06.
pub fn settle(
    dossier: &Dossier,
    assessed: &[Option<Assessed>],
    through: &[Option<Part>],
    years: &[term::Year],
    vat: Decimal,
    found: &mut Vec<Diagnostic>,
) -> Vec<Option<Contribution>> {
    let mut owed: Vec<Option<Contribution>> = vec![None; dossier.bodies.len()];
    if years.is_empty() {
        return owed;
    }
    // What a Union pays each year for its members, by its position.
    let mut for_members: BTreeMap<usize, Vec<(MemberFee, Vec<Money>)>> = BTreeMap::new();
    for (index, part) in through.iter().enumerate() {
        let Some((part, percent)) = part.as_ref().and_then(|part| Some((part, part.percent?))) else { continue };
        let Some(member) = assessed.get(index).and_then(Option::as_ref).filter(|_| part.counts()) else { continue };
        let yearly = member.yearly();
        let fee = MemberFee { body: index, percent, assessed: yearly, yearly: yearly.percent(percent) };
        let by_year = years.iter().map(|year| year.share(yearly).percent(percent)).collect();
        for_members.entry(part.union).or_default().push((fee, by_year));
    }
    for (index, own) in assessed.iter().enumerate() {
        let (Some(own), Some(body)) = (own, dossier.bodies.get(index)) else { continue };
        if let Some(member) = unknown_member(dossier, index, assessed, through) {
            let message =
                format!("«{}» paga anche per «{}», la cui quota non si può calcolare", body.name(), member.name());
            let finding = Diagnostic::new("FEE-05", body.place.clone(), message).body(owner(body));
            found.push(finding.hint("correggere i dati del membro").related(spot(&member.abitanti, &member.place)));
            continue;
        }
        let mut members = for_members.remove(&index).unwrap_or_default();
        members.sort_by_key(|(fee, _)| dossier.bodies.get(fee.body).map(|body| (body.code(), body.row)));
        let yearly = own.yearly();
        let part = through.get(index).and_then(Option::as_ref).filter(|part| part.counts());
        // What the Union pays of a sum; a faulty percentage leaves the member's own part unknown.
        let by_union = |sum: Money| part.map_or(Some(Money::ZERO), |part| Some(sum.percent(part.percent?)));
        if by_union(yearly).is_none() {
            continue;
        }
        let shares = years.iter().enumerate().map(|(at, year)| {
            let own = year.share(yearly);
            let left = own - by_union(own).unwrap_or_default();
            let paid: Money = members.iter().filter_map(|(_, by_year)| by_year.get(at).copied()).sum();
            let net = left + paid;
            YearShare { from: year.from, to: year.to, net, vat: net.percent(vat) }
        });
        let contribution = Contribution {
            basis: own.basis.clone(),
            lines: own.lines.clone(),
            by_union: part.and_then(|part| {
                let percent = part.percent?;
                Some(PaidByUnion { union: part.union, percent, yearly: yearly.percent(percent) })
            }),
            years: shares.collect(),
            for_members: members.into_iter().map(|(fee, _)| fee).collect(),
        };
        recheck(body, &contribution, years, found);
        if let Some(slot) = owed.get_mut(index) {
            *slot = Some(contribution);
        }
    }
    owed
}

/// A member for which the Union at `union` pays, and whose fee is not known.
fn unknown_member<'d>(
    dossier: &'d Dossier,
    union: usize,
    assessed: &[Option<Assessed>],
    through: &[Option<Part>],
) -> Option<&'d Body> {
    let pays = |part: &&Part| part.union == union && part.counts();
    let unknown = through.iter().zip(assessed).position(|(part, own)| {
        part.as_ref().filter(pays).is_some_and(|part| part.percent.is_none() || own.is_none())
    })?;
    dossier.bodies.get(unknown)
}

/// FEE-06: totals are the sums of their parts, and every full year costs the same. It holds by construction; an act with
/// wrong sums is worse than none, so it is looked at again.
fn recheck(body: &Body, owed: &Contribution, years: &[term::Year], found: &mut Vec<Diagnostic>) {
    let (net, vat) = owed
        .years
        .iter()
        .fold((Decimal::ZERO, Decimal::ZERO), |(net, vat), year| (net + year.net.decimal(), vat + year.vat.decimal()));
    let full: Vec<&YearShare> =
        owed.years.iter().zip(years).filter(|(_, year)| year.is_full()).map(|(y, _)| y).collect();
    let even = full.windows(2).all(|pair| match pair {
        [one, other] => (one.net, one.vat) == (other.net, other.vat),
        _ => true,
    });
    let by_union = owed.by_union.as_ref().map_or(Money::ZERO, |part| part.yearly);
    let due = owed.assessed() - by_union + owed.paid_for_members();
    let whole = full.first().is_none_or(|year| year.net == due);
    let priced = owed.lines.iter().all(|line| match line.price {
        Some(price) => crate::dossier::Line::priced(line.quantity, price, line.discount) == Some(line.amount),
        None => true,
    });
    if net != owed.total().decimal() || net + vat != owed.total_gross().decimal() || !even || !whole || !priced {
        let message = format!("le quote annuali di «{}» non danno il totale, {}", body.name(), owed.total_gross());
        found.push(Diagnostic::new("FEE-06", body.place.clone(), message).body(owner(body)));
    }
}
