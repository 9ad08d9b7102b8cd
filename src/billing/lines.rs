//! What every payer owes for a year as known on a day, line by line: adhesion fees, its own and those of the bodies it pays
//! for, and services. Used by `cover`, which takes from it what was charged already.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike, Days, NaiveDate};
use rust_decimal::Decimal;

use super::tax;
use crate::bill::{BillLine, Subject};
use crate::date;
use crate::dossier::{Body, Charge, Contribution, Dossier, Item, Line, MemberFee, YearShare};
use crate::italian::{decimal, grouped, with_preposition};
use crate::money::Money;
use crate::schema::{BillKind, Unit};

/// What was known on a day of the services and of who leaves.
#[derive(Debug, Clone)]
pub struct Snapshot {
    /// The day.
    pub day: NaiveDate,
    /// What the services of each body cost in the year, as `fees::charges` has it.
    pub charges: Vec<Vec<Charge>>,
    /// First day out of the convention of each body that leaves.
    pub leaves: Vec<Option<NaiveDate>>,
}

/// Who pays, and by what: an invoice, or a request of payment.
pub type Account = (usize, BillKind);

/// What is owed for the year, by payer and document, in order of body; of these payers, or of all.
pub fn owed(
    dossier: &Dossier,
    year: i32,
    known: &Snapshot,
    payers: Option<&BTreeSet<usize>>,
) -> BTreeMap<Account, Vec<BillLine>> {
    let is_wanted = |payer: usize| payers.is_none_or(|payers| payers.contains(&payer));
    let mut owed: BTreeMap<Account, Vec<BillLine>> = BTreeMap::new();
    let lead = dossier.lead_index();
    let mut put = |payer: usize, lines: Vec<BillLine>| {
        // Nobody charges itself (control 00471 of the exchange system).
        for line in lines.into_iter().filter(|line| !line.amount.is_zero() && Some(payer) != lead) {
            let document = tax::document(dossier, &line.tax);
            owed.entry((payer, document)).or_default().push(line);
        }
    };
    for (payer, contribution) in (0..).zip(&dossier.contributions) {
        let Some(contribution) = contribution.as_ref().filter(|_| is_wanted(payer)) else { continue };
        let shares = contribution.years.iter().filter(|share| share.from.year() == year);
        for share in shares {
            put(payer, fees(dossier, known, payer, contribution, share));
        }
    }
    for (user, charges) in (0..).zip(&known.charges) {
        let payer = dossier
            .bodies
            .get(user)
            .filter(|body| body.servizi_unione.is(true))
            .and_then(|body| dossier.union_of(body))
            .unwrap_or(user);
        for charge in charges.iter().filter(|_| is_wanted(payer)) {
            put(payer, services(dossier, year, user, payer, charge));
        }
    }
    owed
}

/// A contract year, or what is left of it for a body that leaves.
#[derive(Debug, Clone, Copy)]
struct Part {
    from: NaiveDate,
    to: NaiveDate,
    whole: i64,
}

impl Part {
    fn of(share: &YearShare, leaves: &[Option<NaiveDate>]) -> Option<Self> {
        let last = date::term_end(share.from, 1)?;
        let out = leaves.iter().flatten().min().and_then(|out| out.pred_opt());
        let to = out.map_or(share.to, |out| out.min(share.to));
        let whole = days(share.from, last);
        (to >= share.from).then_some(Self { from: share.from, to, whole })
    }

    fn is_whole(self) -> bool {
        days(self.from, self.to) >= self.whole
    }

    /// What of a full year's sum falls in it: by the day, rounded to the cent.
    fn share(self, yearly: Money) -> Money {
        if self.is_whole() {
            return yearly;
        }
        let sum = yearly.decimal().checked_mul(Decimal::from(days(self.from, self.to)));
        sum.and_then(|sum| sum.checked_div(Decimal::from(self.whole))).map_or(yearly, Money::round)
    }

    /// ", dal 01/01/2026 al 30/06/2026 (181 giorni su 365)"; nothing for a whole year.
    fn words(self) -> String {
        if self.is_whole() {
            return String::new();
        }
        let (from, to) = (date::after("dal", self.from), date::after("al", self.to));
        format!(", {from} {to} ({} giorni su {})", days(self.from, self.to), self.whole)
    }
}

fn days(from: NaiveDate, to: NaiveDate) -> i64 {
    to.checked_add_days(Days::new(1)).unwrap_or(to).signed_duration_since(from).num_days()
}

/// The fees that a payer owes for a contract year: its own, and one line for each member that it pays for.
fn fees(dossier: &Dossier, known: &Snapshot, payer: usize, owed: &Contribution, share: &YearShare) -> Vec<BillLine> {
    let leaves = |body: usize| known.leaves.get(body).copied().flatten();
    let mut lines = Vec::new();
    if let Some(part) = Part::of(share, &[leaves(payer)]) {
        lines.extend(own_fee(dossier, payer, owed, part));
    }
    for member in &owed.for_members {
        if let Some(part) = Part::of(share, &[leaves(payer), leaves(member.body)]) {
            lines.extend(member_fee(dossier, member, part));
        }
    }
    lines
}

fn fee_line(dossier: &Dossier, body: usize, part: Part, description: String, amount: Money) -> Option<BillLine> {
    Some(BillLine {
        subject: Subject::Fee,
        body,
        description,
        quantity: None,
        unit: None,
        period: Some((part.from, part.to)),
        price: amount.decimal(),
        discount: Decimal::ZERO,
        amount,
        tax: tax::of_fees(dossier)?,
        places: Vec::new(),
    })
}

fn own_fee(dossier: &Dossier, payer: usize, owed: &Contribution, part: Part) -> Vec<BillLine> {
    let year = part.from.year();
    let body = dossier.bodies.get(payer);
    if part.is_whole() && owed.by_union.is_none() {
        let line = |it: &Line| {
            let description = format!("Quota di adesione {year}: {}", counted(it, body, true));
            let base = fee_line(dossier, payer, part, description, it.amount)?;
            let places = it.places.clone();
            // A share of common costs is a sum; the others are so many at a price.
            Some(match it.price.filter(|_| it.share.is_none() && it.quantity > 1) {
                Some(price) => BillLine {
                    quantity: Some(Decimal::from(it.quantity)),
                    unit: unit_of_item(it.item),
                    price,
                    discount: it.discount,
                    places,
                    ..base
                },
                None => BillLine { places, ..base },
            })
        };
        return owed.lines.iter().filter_map(line).collect();
    }
    let whole = part.share(owed.assessed());
    let by_union = owed.by_union.as_ref().map_or(Money::ZERO, |union| whole.percent(union.percent));
    let amount = whole - by_union;
    let mut description = format!("Quota di adesione {year}: {}{}", computation(&owed.lines, body), part.words());
    if let Some(union) = &owed.by_union {
        let name = dossier.bodies.get(union.union).map_or("", Body::name);
        let rest = decimal(Decimal::ONE_HUNDRED - union.percent, 0);
        description.push_str(&format!("; il {rest}% a carico dell’ente, il resto {}", with_preposition("di", name)));
    }
    fee_line(dossier, payer, part, description, amount).into_iter().collect()
}

fn member_fee(dossier: &Dossier, member: &MemberFee, part: Part) -> Option<BillLine> {
    let body = dossier.bodies.get(member.body);
    let own = dossier.contribution(member.body);
    let amount = part.share(member.assessed).percent(member.percent);
    let computed = own.map(|own| computation(&own.lines, body)).unwrap_or_default();
    let name = body.map_or("", Body::name);
    let share = if member.percent == Decimal::ONE_HUNDRED {
        String::new()
    } else {
        format!("; a carico dell’Unione il {}%", decimal(member.percent, 0))
    };
    let of = with_preposition("di", name);
    let description = format!("Quota di adesione {} {of}: {computed}{}{share}", part.from.year(), part.words());
    let places = own.map(|own| own.lines.iter().flat_map(|line| line.places.clone()).collect()).unwrap_or_default();
    Some(BillLine { places, ..fee_line(dossier, member.body, part, description, amount)? })
}

/// "abitanti 4.151 al 01/01/2023 × € 0,44; imprese 300 × € 1,00".
fn computation(lines: &[Line], body: Option<&Body>) -> String {
    let parts: Vec<String> = lines.iter().map(|line| counted(line, body, false)).collect();
    parts.join("; ")
}

/// A line of the computation: what is counted, on which day, and how it is reckoned.
fn counted(line: &Line, body: Option<&Body>, alone: bool) -> String {
    let at = body.and_then(|body| body.abitanti_al.copied()).map(|day| format!(" {}", date::after("al", day)));
    let at = at.unwrap_or_default();
    let working = line.working();
    match line.item {
        Item::Inhabitants => format!("{}{at}, {working}", line.what),
        Item::Band => {
            let inhabitants = body.and_then(|body| body.abitanti.copied()).map(grouped).unwrap_or_default();
            format!("{}, {}; abitanti {inhabitants}{at}", line.what, line.amount)
        }
        _ if working.is_empty() && alone => line.what.clone(),
        _ if working.is_empty() => format!("{}, {}", line.what, line.amount),
        _ => format!("{}, {working}", line.what),
    }
}

fn unit_of_item(item: Item) -> Option<&'static str> {
    match item {
        Item::Inhabitants => Some("abitanti"),
        Item::Enterprises => Some("imprese"),
        Item::Workstations => Some("postazioni"),
        _ => None,
    }
}

fn services(dossier: &Dossier, year: i32, user: usize, payer: usize, charge: &Charge) -> Vec<BillLine> {
    let Some(service) = dossier.services.get(charge.service) else { return Vec::new() };
    let Some(tax) = tax::of_service(dossier, service) else { return Vec::new() };
    let code = service.codice.text().or(service.nome.text()).unwrap_or_default();
    let unit = match service.unita.copied() {
        Some(Unit::Abitante) => Some("abitanti"),
        Some(Unit::Postazione) => Some("postazioni"),
        Some(Unit::Rilascio) => Some("rilasci"),
        Some(Unit::Ora) => Some("ore"),
        _ => None,
    };
    let for_whom = match dossier.bodies.get(user).filter(|_| user != payer) {
        Some(body) => format!(" {}", with_preposition("per", body.name())),
        None => String::new(),
    };
    let line = |it: &Line| {
        let is_recurring = matches!(it.item, Item::Service | Item::Support) && !service.is_once();
        let is_counted = matches!(service.unita.copied(), Some(Unit::Ora | Unit::Rilascio)) && it.item == Item::Service;
        let period = match it.span {
            Some(span) => Some((span.from, span.to)),
            None if is_recurring && !is_counted => date::bounds(year),
            None => None,
        };
        let working = it.working();
        let reckoned = if working.is_empty() { String::new() } else { format!(": {working}") };
        let what = crate::italian::capitalize(&it.what);
        let description = format!("{what}{for_whom}, anno {year}{reckoned}");
        // What is charged by the day is a sum: the price of one day has no end of decimals.
        let counted = it.price.filter(|_| it.span.is_none() && (it.quantity > 1 || unit.is_some()));
        BillLine {
            subject: Subject::Service(code.to_owned()),
            body: user,
            description,
            quantity: counted.map(|_| Decimal::from(it.quantity)),
            unit: counted.and(unit).filter(|_| it.item == Item::Service),
            period,
            price: if it.span.is_none() { it.price.unwrap_or(it.amount.decimal()) } else { it.amount.decimal() },
            discount: if it.span.is_none() { it.discount } else { Decimal::ZERO },
            amount: it.amount,
            tax: tax.clone(),
            places: it.places.clone(),
        }
    };
    charge.lines.iter().map(line).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dossier::sample::{Sample, cells, day};
    use crate::dossier::{Basis, Dossier, Field, Origin, PaidByUnion, Service};
    use crate::place::Place;
    use crate::schema::VatRegime;

    fn euro(text: &str) -> Money {
        Money::round(text.parse().expect("a sum"))
    }

    fn fee(amount: &str, what: &str) -> Line {
        let price = amount.parse().expect("a price");
        let places = Vec::new();
        Line {
            item: Item::Flat,
            what: what.to_owned(),
            quantity: 1,
            price: Some(price),
            share: None,
            discount: Decimal::ZERO,
            span: None,
            amount: euro(amount),
            places,
        }
    }

    fn share(net: &str) -> YearShare {
        YearShare { from: day(2026, 1, 1), to: day(2026, 12, 31), net: euro(net), vat: Money::ZERO }
    }

    /// A Province, a Union, two members of it: the Union pays its own € 300, all of the first one's € 200, 60 per cent of
    /// the second one's € 100.
    fn union() -> Dossier {
        let mut sample = Sample::sound();
        let body = |code: &str, kind: &str, name: &str, union: &str| {
            let mut row = cells(&[("codice", code), ("tipo", kind), ("ruolo", "aderente"), ("denominazione", name)]);
            row.extend(cells(&[("unione", union)]).into_iter().filter(|(_, value)| !value.is_empty()));
            row
        };
        sample.bodies.truncate(1);
        sample.bodies.push(body("unione-valle", "Unione di Comuni", "Unione della Valle", ""));
        sample.bodies.push(body("c_a035", "Comune", "Comune di Acqualagna", "unione-valle"));
        sample.bodies.push(body("c_a327", "Comune", "Comune di Apecchio", "unione-valle"));
        let mut it = sample.build();
        it.link();
        let by = |percent: i64, yearly: &str| PaidByUnion {
            union: 1,
            percent: Decimal::from(percent),
            yearly: euro(yearly),
        };
        let member = |body, percent: i64, assessed: &str, yearly: &str| MemberFee {
            body,
            percent: Decimal::from(percent),
            assessed: euro(assessed),
            yearly: euro(yearly),
        };
        let mut own = Contribution::new(Basis::Flat, vec![fee("300", "quota fissa")], vec![share("560")]);
        own.for_members = vec![member(2, 100, "200", "200"), member(3, 60, "100", "60")];
        let mut first = Contribution::new(Basis::Flat, vec![fee("200", "quota fissa")], vec![share("0")]);
        first.by_union = Some(by(100, "200"));
        let mut second = Contribution::new(Basis::Flat, vec![fee("100", "quota fissa")], vec![share("40")]);
        second.by_union = Some(by(60, "60"));
        it.contributions = vec![None, Some(own), Some(first), Some(second)];
        it.convention.regime_iva = Field::new(VatRegime::Esente, Place::None, Origin::Sheet);
        it.services = vec![Service::default()];
        it
    }

    fn known(it: &Dossier, user: usize) -> Snapshot {
        let line = Line { item: Item::Service, ..fee("50", "Posta") };
        let mut charges = vec![Vec::new(); it.bodies.len()];
        charges[user] = vec![Charge { service: 0, quantity: 1, lines: vec![line], open: None, places: Vec::new() }];
        Snapshot { day: day(2026, 3, 1), charges, leaves: vec![None; it.bodies.len()] }
    }

    fn sums(it: &Dossier, known: &Snapshot) -> Vec<(usize, Vec<(usize, String)>)> {
        let of = |line: &BillLine| (line.body, line.amount.decimal().to_string());
        owed(it, 2026, known, None)
            .into_iter()
            .map(|((payer, _), lines)| (payer, lines.iter().map(of).collect()))
            .collect()
    }

    #[test]
    fn a_union_pays_in_one_bill_with_a_line_for_each_member() {
        let mut it = union();
        let text = |sum: &str| sum.to_owned();
        let wanted = [
            (1, vec![(1, text("300.00")), (2, text("200.00")), (3, text("60.00"))]),
            (2, vec![(2, text("50.00"))]),
            (3, vec![(3, text("40.00"))]),
        ];
        assert_eq!(sums(&it, &known(&it, 2)), wanted);
        let lines = owed(&it, 2026, &known(&it, 2), None);
        let words: Vec<&str> = lines[&(1, BillKind::Fattura)].iter().map(|line| line.description.as_str()).collect();
        assert!(words[1].contains("del Comune di Acqualagna") && words[2].contains("60%"), "{words:?}");
        // The services of a member too, where the sheet says so.
        it.bodies[2].servizi_unione = Field::new(true, Place::None, Origin::Sheet);
        let through = sums(&it, &known(&it, 2));
        assert_eq!(through[0].1.last(), Some(&(2, text("50.00"))));
        assert_eq!(through.iter().map(|(payer, _)| *payer).collect::<Vec<_>>(), [1, 3]);
    }

    #[test]
    fn who_leaves_pays_to_the_last_day_and_a_member_takes_its_line_along() {
        let it = union();
        let mut left = known(&it, 0);
        left.leaves[2] = Some(day(2026, 7, 1));
        // 181 days of 365 of € 200.
        assert_eq!(sums(&it, &left)[0].1[1], (2, "99.18".to_owned()));
        left.leaves[1] = Some(day(2026, 1, 1));
        assert_eq!(sums(&it, &left).iter().map(|(payer, _)| *payer).collect::<Vec<_>>(), [3], "the Union pays nothing");
    }
}
