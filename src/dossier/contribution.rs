//! What a body owes, as computed by `fees`: the adhesion fee over the term, and the services of a year. Every sum carries
//! its computation, line by line, with the cells it rests on.

use chrono::{Datelike, NaiveDate};
use rust_decimal::Decimal;
use serde::Serialize;

use crate::date;
use crate::italian::{decimal, grouped};
use crate::money::Money;
use crate::place::Place;

/// How the yearly fee of a body comes about.
#[derive(Debug, Clone, PartialEq)]
pub enum Basis {
    /// A rate for every inhabitant and, where the scheme counts them, for every enterprise.
    PerInhabitant {
        /// Euro for each inhabitant, less its discount; `None` where several bands with different rates apply.
        rate: Option<Decimal>,
        /// Inhabitants counted.
        inhabitants: u64,
        /// Day to which they refer.
        at: Option<NaiveDate>,
        /// Enterprises counted; `None` where the scheme does not count them.
        enterprises: Option<u64>,
    },
    /// A sum by band of population.
    PopulationBand {
        /// First and last number of inhabitants of the band; no last number where the band is open.
        band: (u64, Option<u64>),
        /// Inhabitants counted.
        inhabitants: u64,
        /// Day to which they refer.
        at: Option<NaiveDate>,
    },
    /// A share of common costs by workstations.
    Workstations {
        /// Workstations of the body.
        workstations: u64,
        /// Workstations of all bodies that share.
        of: u64,
        /// Yearly costs shared out.
        costs: Money,
    },
    /// A flat sum.
    Flat,
    /// Nothing of its own: a Union whose inhabitants are those of the members for which it pays.
    MembersOnly,
    /// Sums set aside in its budgets.
    Allocations,
}

/// What a line of a computation counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Item {
    /// Inhabitants.
    Inhabitants,
    /// Enterprises.
    Enterprises,
    /// A sum by band of population.
    Band,
    /// A flat sum.
    Flat,
    /// Workstations, in a share of common costs.
    Workstations,
    /// A sum set aside for a year.
    Allocation,
    /// The price of a service.
    Service,
    /// The activation of a service.
    Activation,
    /// Yearly support of a service.
    Support,
}

/// What a line is a share of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Share {
    /// The sum shared out.
    pub sum: Money,
    /// The quantities of all that share.
    pub of: u64,
}

/// The part of a year that a recurring sum is charged for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Span {
    /// First day.
    pub from: NaiveDate,
    /// Last day.
    pub to: NaiveDate,
}

impl Span {
    /// How many days it has.
    pub fn days(self) -> u32 {
        u32::try_from(self.to.signed_duration_since(self.from).num_days() + 1).unwrap_or(0)
    }

    /// How many days the year of its first day has.
    pub fn of(self) -> u32 {
        if self.from.leap_year() { 366 } else { 365 }
    }
}

/// A line of a computation: so many of something at a price, less a discount; or a share of a sum.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    /// What is counted.
    pub item: Item,
    /// The same in Italian, with the band where there is one: "abitanti da 1 a 5.000".
    pub what: String,
    /// How many.
    pub quantity: u64,
    /// Euro for each, before discount; `None` where the amount is a share of a sum.
    pub price: Option<Decimal>,
    /// What the amount is a share of, where it is one.
    pub share: Option<Share>,
    /// Discount in hundredths; zero for none.
    pub discount: Decimal,
    /// The part of the year that it is charged for; `None` for the whole year, and for what is not by the year.
    pub span: Option<Span>,
    /// Amount, rounded to the cent on this line.
    pub amount: Money,
    /// The cells that say quantity, price and discount.
    pub places: Vec<Place>,
}

impl Line {
    /// Quantity × price less discount, rounded to the cent; `None` beyond measure.
    pub fn priced(quantity: u64, price: Decimal, discount: Decimal) -> Option<Money> {
        let rest = Decimal::ONE_HUNDRED.checked_sub(discount)?;
        let sum = price.checked_mul(Decimal::from(quantity))?.checked_mul(rest)?.checked_div(Decimal::ONE_HUNDRED)?;
        Money::checked(sum)
    }

    /// As [`Self::priced`], for the days of a part of the year.
    pub fn priced_for(quantity: u64, price: Decimal, discount: Decimal, span: Option<Span>) -> Option<Money> {
        let Some(span) = span else { return Self::priced(quantity, price, discount) };
        let rest = Decimal::ONE_HUNDRED.checked_sub(discount)?.checked_mul(Decimal::from(span.days()))?;
        let of = Decimal::ONE_HUNDRED.checked_mul(Decimal::from(span.of()))?;
        let sum = price.checked_mul(Decimal::from(quantity))?.checked_mul(rest)?.checked_div(of)?;
        Money::checked(sum)
    }

    /// "4.151 × € 0,44", "5.000 × € 0,15 − 10%", "14 su 1.478 di € 180.000,00", "€ 500,00 × 184 giorni su 365"; empty for a
    /// single thing at its price.
    pub fn working(&self) -> String {
        let Some(span) = self.span else { return self.product(false) };
        format!("{} × {} giorni su {}", self.product(true), span.days(), span.of())
    }

    /// The computation of a whole year; with `always` also that of a single thing at its price.
    fn product(&self, always: bool) -> String {
        if let Some(share) = self.share {
            return format!("{} su {} di {}", grouped(self.quantity), grouped(share.of), share.sum);
        }
        let Some(price) = self.price else { return String::new() };
        let discount =
            if self.discount.is_zero() { String::new() } else { format!(" − {}%", decimal(self.discount, 0)) };
        if self.quantity == 1 && discount.is_empty() {
            return if always { self.unit_price().unwrap_or_default() } else { String::new() };
        }
        format!("{} × {}{discount}", grouped(self.quantity), self.unit_price().unwrap_or_else(|| decimal(price, 2)))
    }

    /// "€ 0,44", as exact as the sheet has it.
    pub fn unit_price(&self) -> Option<String> {
        self.price.map(|price| format!("€\u{a0}{}", decimal(price, 2)))
    }
}

/// The part of a body's fee that its Union pays.
#[derive(Debug, Clone, PartialEq)]
pub struct PaidByUnion {
    /// Position of the Union among the bodies.
    pub union: usize,
    /// Part that it pays, in hundredths.
    pub percent: Decimal,
    /// The sum of a full year, without VAT.
    pub yearly: Money,
}

/// What a Union pays of the fee of a member.
#[derive(Debug, Clone, PartialEq)]
pub struct MemberFee {
    /// Position of the member among the bodies.
    pub body: usize,
    /// Part that the Union pays, in hundredths.
    pub percent: Decimal,
    /// The member's fee of a full year, without VAT.
    pub assessed: Money,
    /// What of it the Union pays; the member pays the rest itself.
    pub yearly: Money,
}

/// The share of one contract year.
#[derive(Debug, Clone, PartialEq)]
pub struct YearShare {
    /// First day.
    pub from: NaiveDate,
    /// Last day.
    pub to: NaiveDate,
    /// Without VAT.
    pub net: Money,
    /// VAT; zero outside its scope.
    pub vat: Money,
}

impl YearShare {
    /// "2026" for a calendar year, "1° luglio 2026 – 30 giugno 2027" otherwise.
    pub fn period(&self) -> String {
        let calendar = (self.from.day(), self.from.month(), self.to.day(), self.to.month()) == (1, 1, 31, 12);
        if calendar && self.from.year() == self.to.year() {
            self.from.year().to_string()
        } else {
            format!("{} – {}", date::long(self.from), date::long(self.to))
        }
    }

    /// With VAT.
    pub fn gross(&self) -> Money {
        self.net + self.vat
    }
}

/// The adhesion fee of a body: how it is reckoned, who pays it, what the body itself pays over the term.
///
/// What a body pays in a full year is its own fee, less what its Union pays, plus what it pays for its members:
/// `yearly() == assessed() − by_union + for_members`, to the cent.
#[derive(Debug, Clone, PartialEq)]
pub struct Contribution {
    /// How the body's own fee comes about.
    pub basis: Basis,
    /// The computation of the body's own fee of a full year, whoever pays it; for allocations, the sums of all years.
    pub lines: Vec<Line>,
    /// What of it the Union pays.
    pub by_union: Option<PaidByUnion>,
    /// What the body pays for its members, in order of code.
    pub for_members: Vec<MemberFee>,
    /// What the body itself pays, by contract year, in order; never empty.
    pub years: Vec<YearShare>,
}

impl Contribution {
    /// A contribution that no Union has part in.
    pub fn new(basis: Basis, lines: Vec<Line>, years: Vec<YearShare>) -> Self {
        Self { basis, lines, by_union: None, for_members: Vec::new(), years }
    }

    /// The body's own fee of a full year without VAT, whoever pays it.
    pub fn assessed(&self) -> Money {
        self.lines.iter().map(|line| line.amount).sum()
    }

    /// What of a full year's payment is for members, without VAT.
    pub fn paid_for_members(&self) -> Money {
        self.for_members.iter().map(|member| member.yearly).sum()
    }

    /// What the body pays in a full year without VAT.
    pub fn yearly(&self) -> Money {
        self.years.first().map_or(Money::ZERO, |year| year.net)
    }

    /// VAT of a full year.
    pub fn yearly_vat(&self) -> Money {
        self.years.first().map_or(Money::ZERO, |year| year.vat)
    }

    /// What the body pays over the whole term without VAT.
    pub fn total(&self) -> Money {
        self.years.iter().map(|year| year.net).sum()
    }

    /// What the body pays over the whole term with VAT.
    pub fn total_gross(&self) -> Money {
        self.years.iter().map(YearShare::gross).sum()
    }
}

/// What a service that a body has asked for costs in a year.
#[derive(Debug, Clone, PartialEq)]
pub struct Charge {
    /// Position of the service in the catalogue.
    pub service: usize,
    /// How many are in use in the year, or were asked for in it.
    pub quantity: u64,
    /// The computation; empty where nothing of it is known.
    pub lines: Vec<Line>,
    /// Why the sum is not known, in Italian: "a preventivo", "manca la quantità".
    pub open: Option<&'static str>,
    /// The requests it rests on.
    pub places: Vec<Place>,
}

impl Charge {
    /// The sum of the year without VAT; zero where it is not known.
    pub fn amount(&self) -> Money {
        self.lines.iter().map(|line| line.amount).sum()
    }
}
