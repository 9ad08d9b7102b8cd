//! A service of an example's catalogue, and how it is paid. Used by the catalogues of the centres.

use rust_decimal::Decimal;

use super::case::Record;
use crate::schema::{Choices, Level, Pricing, Unit};

/// Days of notice to give up a service that is renewed each year.
const NOTICE: u64 = 60;

/// A service: what it is and what it costs. Sums are whole euro.
#[derive(Debug, Clone, Copy)]
pub struct Offer {
    /// Code in the workbook.
    pub code: &'static str,
    name: &'static str,
    comprises: &'static str,
    level: Option<Level>,
    pricing: Pricing,
    /// What its price refers to.
    pub unit: Option<Unit>,
    price: Option<u32>,
    activation: Option<u32>,
    table: &'static str,
    once: bool,
    /// It is given to people by name.
    pub named: bool,
}

impl Offer {
    const fn new(code: &'static str, name: &'static str, comprises: &'static str, pricing: Pricing) -> Self {
        Self {
            code,
            name,
            comprises,
            level: None,
            pricing,
            unit: None,
            price: None,
            activation: None,
            table: "",
            once: false,
            named: false,
        }
    }

    /// A service that the fee covers.
    pub const fn included(code: &'static str, name: &'static str, comprises: &'static str) -> Self {
        let mut offer = Self::new(code, name, comprises, Pricing::Incluso);
        offer.level = Some(Level::Base);
        offer
    }

    /// A service paid apart, at `price` a `unit`.
    pub const fn priced(
        code: &'static str,
        name: &'static str,
        comprises: &'static str,
        unit: Unit,
        price: u32,
    ) -> Self {
        let mut offer = Self::new(code, name, comprises, Pricing::Maggiorata);
        offer.unit = Some(unit);
        offer.price = Some(price);
        offer
    }

    /// A service paid apart, at the price that `table` of `Fasce` gives for the inhabitants of the body.
    pub const fn by_size(code: &'static str, name: &'static str, comprises: &'static str, table: &'static str) -> Self {
        let mut offer = Self::new(code, name, comprises, Pricing::Maggiorata);
        offer.unit = Some(Unit::Fascia);
        offer.table = table;
        offer
    }

    /// A service quoted one by one.
    pub const fn quoted(code: &'static str, name: &'static str, comprises: &'static str, unit: Unit) -> Self {
        let mut offer = Self::new(code, name, comprises, Pricing::Listino);
        offer.unit = Some(unit);
        offer
    }

    /// With a level other than that of its kind.
    pub const fn at(mut self, level: Level) -> Self {
        self.level = Some(level);
        self
    }

    /// With a price of its own.
    pub const fn at_price(mut self, euro: u32) -> Self {
        self.price = Some(euro);
        self
    }

    /// With a sum to pay at the start.
    pub const fn activation(mut self, euro: u32) -> Self {
        self.activation = Some(euro);
        self
    }

    /// Paid once, and not to be confirmed each year.
    pub const fn once(mut self) -> Self {
        self.once = true;
        self
    }

    /// Given to people by name.
    pub const fn named(mut self) -> Self {
        self.named = true;
        self
    }

    /// The row of `Servizi`.
    pub fn record(&self) -> Record {
        let yearly = self.pricing != Pricing::Incluso && !self.once;
        Record::new()
            .with("codice", self.code)
            .with("nome", self.name)
            .with("descrizione", self.comprises)
            .with("livello", self.level.map_or("", Level::word))
            .with("modalita", self.pricing.word())
            .with("unita", self.unit.map_or("", Unit::word))
            .with("importo", self.price.map(Decimal::from))
            .with("attivazione", self.activation.map(Decimal::from))
            .with("tabella", self.table)
            .with("una_tantum", self.once)
            .with("preavviso_disdetta_giorni", yearly.then_some(NOTICE))
            .with("nominativo", self.named)
    }
}
