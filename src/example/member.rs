//! A body of an example, before it becomes a row of `Enti`.

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::case::Record;
use super::people::{Person, person};
use super::{ExampleCell, account};
use crate::gazetteer::{Comune, POPULATION_DAY};
use crate::identifier::with_check_digit;
use crate::money::Money;
use crate::schema::{BodyKind, Choices, Organ, Role};

/// People that each body needs: who signs, the secretary, two heads of service, the delegate.
const PEOPLE: usize = 5;

/// A body.
#[derive(Debug, Clone)]
pub struct Member {
    /// Code in the workbook.
    pub code: String,
    /// Kind.
    pub kind: BodyKind,
    /// Role.
    pub role: Role,
    /// Official name.
    pub name: String,
    /// The Comune that it is.
    pub comune: Option<&'static Comune>,
    /// Street and number, CAP, Comune and province of the seat.
    pub seat: [String; 4],
    /// Codice fiscale.
    pub tax_code: String,
    /// Certified e-mail.
    pub pec: String,
    /// Assigned councillors, where they do not follow from the population.
    pub assigned: Option<u64>,
    /// Organ that deliberates.
    pub organ: Organ,
    /// It had already adhered.
    pub rejoining: bool,
    /// Enterprises, where the fee counts them.
    pub enterprises: Option<u64>,
    /// Workstations, where the fee or the services count them.
    pub workstations: Option<u64>,
    /// Code of the Union through which it adheres, and hundredths of the fee that the Union pays.
    pub union: Option<(&'static str, u64)>,
    /// Day on which it tells that it leaves.
    pub withdrawn: Option<NaiveDate>,
    /// Day of the population, where the convention names one of its own.
    pub counted: Option<NaiveDate>,
    /// Office of who signs, woman and man, where it is not that of the kind.
    pub office: Option<[&'static str; 2]>,
    /// Position in the example: chooses people, votes and days.
    pub index: usize,
}

impl Member {
    /// A Comune of the national list.
    pub fn of_comune(comune: &'static Comune, index: usize, rejoining: bool) -> Self {
        Self {
            code: comune.codice_ipa.to_lowercase().into(),
            kind: BodyKind::Comune,
            role: Role::Aderente,
            name: comune.full_name(),
            comune: Some(comune),
            seat: [comune.street(), comune.cap.to_string(), comune.nome.to_string(), comune.sigla.to_string()],
            tax_code: comune.codice_fiscale.to_string(),
            pec: comune.pec.to_lowercase().into(),
            assigned: None,
            organ: Organ::Consiglio,
            rejoining,
            enterprises: None,
            workstations: None,
            union: None,
            withdrawn: None,
            counted: None,
            office: None,
            index,
        }
    }

    /// A body that is not in the national list: its codice fiscale and PEC are invented, and well formed. `seat` is
    /// street and number, CAP, Comune and province.
    pub fn invented(code: &str, kind: BodyKind, name: &str, seat: [&str; 4], index: usize) -> Self {
        let (organ, assigned) = match kind {
            BodyKind::Altro | BodyKind::Consorzio | BodyKind::Societa | BodyKind::Associazione => {
                (Organ::Amministrazione, Some(5))
            }
            BodyKind::Regione => (Organ::Giunta, None),
            _ => (Organ::Consiglio, Some(12)),
        };
        Self {
            code: code.to_owned(),
            kind,
            role: Role::Aderente,
            name: name.to_owned(),
            comune: None,
            seat: seat.map(str::to_owned),
            tax_code: with_check_digit(&format!("999{index:04}000")).unwrap_or_default(),
            pec: format!("protocollo@{code}.example"),
            assigned,
            organ,
            rejoining: true,
            enterprises: None,
            workstations: None,
            union: None,
            withdrawn: None,
            counted: None,
            office: None,
            index,
        }
    }

    /// The lead body.
    #[must_use]
    pub fn leading(mut self) -> Self {
        self.role = Role::Capofila;
        self
    }

    /// With this number of assigned councillors.
    #[must_use]
    pub fn with_councillors(mut self, councillors: u64) -> Self {
        self.assigned = Some(councillors);
        self
    }

    /// Who signs for the body.
    pub fn signatory(&self) -> Person {
        self.person(0)
    }

    /// Who presides over its organ: who signs, unless that is one of its officers, or the mayor of a Comune whose council
    /// elects a president of its own (D.Lgs. 267/2000, art. 39, c. 1).
    pub fn presiding(&self) -> Person {
        let is_officer = self.office.is_some_and(|[office, _]| office != "Presidente");
        let has_president = self.kind == BodyKind::Comune && self.inhabitants().is_some_and(|count| count > 15_000);
        if is_officer || has_president { self.person(4) } else { self.signatory() }
    }

    /// Who represents the body in the organs of the convention.
    pub fn delegate(&self) -> Person {
        if self.index % 4 == 3 { self.person(4) } else { self.signatory() }
    }

    /// The `place`-th person of this body.
    pub fn person(&self, place: usize) -> Person {
        person(self.index * PEOPLE + place)
    }

    /// Inhabitants, where the body has any of its own.
    pub fn inhabitants(&self) -> Option<u64> {
        self.comune.and_then(|comune| comune.popolazione_2023)
    }

    /// The fee of a full year: `rate` for every inhabitant, `flat` for a body that has none.
    pub fn yearly_fee(&self, rate: Decimal, flat: Decimal) -> Money {
        Money::round(self.inhabitants().map_or(flat, |inhabitants| rate * Decimal::from(inhabitants)))
    }

    /// Assigned councillors: given, or by population (D.Lgs. 267/2000 art. 37 as reduced since).
    pub fn councillors(&self) -> u64 {
        let by_population = match self.inhabitants().unwrap_or(0) {
            0..=100_000 if self.comune.is_some_and(Comune::is_capital) => 32,
            0..=3_000 => 10,
            3_001..=10_000 => 12,
            10_001..=30_000 => 16,
            30_001..=100_000 => 24,
            100_001..=250_000 => 32,
            250_001..=500_000 => 36,
            500_001..=1_000_000 => 40,
            _ => 48,
        };
        self.assigned.unwrap_or(by_population)
    }

    /// The row of `Enti`.
    pub fn record(&self) -> Record {
        let signatory = self.signatory();
        let [hers, his] = self.office.unwrap_or(match self.kind {
            BodyKind::Comune => ["Sindaca", "Sindaco"],
            BodyKind::CittaMetropolitana => ["Sindaca metropolitana", "Sindaco metropolitano"],
            _ => ["Presidente", "Presidente"],
        });
        let [street, post_code, town, province] = &self.seat;
        let inhabitants = self.inhabitants();
        let (year, month, day) = POPULATION_DAY;
        let counted = self.counted.or_else(|| NaiveDate::from_ymd_opt(year, month, day));
        let (union, share) = self.union.unzip();
        // Who charges needs a VAT number and an account; a Region pays, and a Comune has a number of its own.
        let charges = self.role == Role::Capofila && self.kind != BodyKind::Regione;
        let vat_number = Some(self.tax_code.as_str()).filter(|_| charges && self.comune.is_none());
        let is_public = !matches!(self.kind, BodyKind::Societa | BodyKind::Associazione);
        let office = is_public.then(|| account::office(self.index));
        let treasury = (charges && is_public).then(|| account::treasury(self.index));
        Record::new()
            .with("codice", self.code.as_str())
            .with("tipo", self.kind.word())
            .with("ruolo", self.role.word())
            .with("denominazione", self.name.as_str())
            .with("codice_istat", self.comune.map(|comune| comune.codice_istat.as_str()))
            .with("codice_fiscale", self.tax_code.as_str())
            .with("partita_iva", vat_number)
            .with("indirizzo", street.as_str())
            .with("cap", post_code.as_str())
            .with("comune", town.as_str())
            .with("provincia", province.as_str())
            .with("pec", self.pec.as_str())
            .with("codice_ufficio", office)
            .with("abitanti", inhabitants)
            .with("abitanti_al", inhabitants.and(counted))
            .with("imprese", self.enterprises)
            .with("postazioni", self.workstations)
            .with("unione", union)
            .with("quota_unione", share)
            .with("recesso_comunicato_il", self.withdrawn)
            .with("rappresentante", signatory.full())
            .with("carica", if signatory.woman { hers } else { his })
            .with("consiglieri_assegnati", self.assigned)
            .with("gia_aderente", if self.role == Role::Capofila { ExampleCell::Empty } else { self.rejoining.into() })
            .with("conto_tesoreria", treasury)
            .with("iban", charges.then(|| account::iban(self.index)))
    }
}
