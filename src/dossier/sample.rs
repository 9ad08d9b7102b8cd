//! A small sound dossier for the tests of rules and fees: cells are given as text, by column name.
//!
//! A value that starts with `=` counts as completed from the national list, `#` is a cell that could not be read.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::NaiveDate;

use super::{
    Allocation, Band, Body, Contribution, Convention, Deliberation, Dossier, Field, Origin, Request, Rows, Service,
    TypedRow, Value,
};
use crate::gazetteer::Gazetteer;
use crate::identifier::{BodyCode, Iban, IstatCode, OfficeCode, Pec, PostCode, TaxCode, VatNumber};
use crate::italian::fold;
use crate::model::{Criterion, Defaults, FeeScheme, Model};
use crate::place::Place;
use crate::schema::{Kind, SheetSpec, sheet};

type Cells = BTreeMap<&'static str, String>;

/// Cells of a dossier to be.
#[derive(Debug, Clone)]
pub struct Sample {
    /// `Convenzione`.
    pub convention: Cells,
    /// `Enti`, from row 2.
    pub bodies: Vec<Cells>,
    /// `Deliberazioni`, from row 2.
    pub deliberations: Vec<Cells>,
    /// `Fasce`, from row 2.
    pub bands: Vec<Cells>,
    /// `Servizi`, from row 2.
    pub services: Vec<Cells>,
    /// `Richieste`, from row 2.
    pub requests: Vec<Cells>,
    /// `Stanziamenti`, from row 2.
    pub allocations: Vec<Cells>,
    /// The model's scheme of fees.
    pub quota: FeeScheme,
    /// What `fees` found.
    pub contributions: Vec<Option<Contribution>>,
}

/// Cells from pairs.
pub fn cells(pairs: &[(&'static str, &str)]) -> Cells {
    pairs.iter().map(|(name, value)| (*name, (*value).to_owned())).collect()
}

/// A day.
pub fn day(y: i32, m: u32, d: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(y, m, d).expect("a day")
}

impl Sample {
    /// A Province that leads, the Comune of Acqualagna that adheres, both with adopted deliberations, on 20/12/2025.
    pub fn sound() -> Self {
        let vote = [
            ("organo", "Consiglio"),
            ("stato", "adottata"),
            ("numero", "47"),
            ("data", "28/11/2025"),
            ("pubblicata_il", "01/12/2025"),
            ("esecutiva_dal", "12/12/2025"),
            ("immediata", "no"),
            ("presenti", "9"),
            ("favorevoli", "8"),
            ("contrari", "0"),
            ("astenuti", "1"),
            ("non_partecipanti", "0"),
            ("parere_tecnico", "favorevole"),
            ("responsabile_tecnico", "Livia Serra"),
            ("parere_contabile", "favorevole"),
            ("responsabile_contabile", "Ugo Prati"),
            ("parere_revisori", "non dovuto"),
            ("presidente", "Dina Valli"),
            ("segretario", "Aldo Ronchi"),
        ];
        let deliberation = |more: &[(&'static str, &str)]| {
            let mut all = cells(&vote);
            all.extend(cells(more));
            all
        };
        Self {
            convention: cells(&[
                ("fase", "stipula"),
                ("capofila", "p_pu"),
                ("decorrenza", "01/01/2026"),
                ("durata_anni", "5"),
                ("scadenza", "=31/12/2030"),
                ("regime_iva", "fuori campo"),
            ]),
            bodies: vec![
                cells(&[
                    ("codice", "p_pu"),
                    ("tipo", "Provincia"),
                    ("ruolo", "capofila"),
                    ("denominazione", "Provincia di Pesaro e Urbino"),
                    ("provincia", "PU"),
                    ("consiglieri_assegnati", "12"),
                    ("rappresentante", "Dina Valli"),
                    ("carica", "Presidente"),
                ]),
                cells(&[
                    ("codice", "c_a035"),
                    ("tipo", "Comune"),
                    ("ruolo", "aderente"),
                    ("denominazione", "Comune di Acqualagna"),
                    ("codice_istat", "041001"),
                    ("codice_fiscale", "00152230413"),
                    ("provincia", "PU"),
                    ("abitanti", "4151"),
                    ("abitanti_al", "01/01/2023"),
                    ("rappresentante", "Piero Galli"),
                    ("carica", "Sindaco"),
                ]),
            ],
            deliberations: vec![
                deliberation(&[("ente", "p_pu"), ("oggetto", "schema")]),
                deliberation(&[
                    ("ente", "c_a035"),
                    ("oggetto", "adesione"),
                    ("capitolo", "1040"),
                    ("missione", "01"),
                    ("programma", "08"),
                    ("importo_annuo", "1826.44"),
                    ("rappresentante", "Piero Galli"),
                ]),
            ],
            bands: vec![
                cells(&[("tabella", "quota"), ("importo", "0.44")]),
                cells(&[("tabella", "quota fissa"), ("importo", "300")]),
            ],
            services: Vec::new(),
            requests: Vec::new(),
            allocations: Vec::new(),
            quota: FeeScheme::new(Criterion::Abitante),
            contributions: Vec::new(),
        }
    }

    /// With a cell of a body changed; an empty value empties it.
    #[must_use]
    pub fn body(mut self, index: usize, column: &'static str, value: &str) -> Self {
        set(&mut self.bodies[index], column, value);
        self
    }

    /// With one more body.
    #[must_use]
    pub fn and_body(mut self, pairs: &[(&'static str, &str)]) -> Self {
        let mut body = cells(&[("ruolo", "aderente"), ("rappresentante", "Ida Neri"), ("carica", "Sindaco")]);
        body.extend(cells(pairs));
        self.bodies.push(body);
        self
    }

    /// With a cell of a deliberation changed; an empty value empties it.
    #[must_use]
    pub fn act(mut self, index: usize, column: &'static str, value: &str) -> Self {
        set(&mut self.deliberations[index], column, value);
        self
    }

    /// With a field of the convention changed; an empty value empties it.
    #[must_use]
    pub fn field(mut self, name: &'static str, value: &str) -> Self {
        set(&mut self.convention, name, value);
        self
    }

    /// With these bands instead: table, from, to, rate.
    #[must_use]
    pub fn bands(mut self, rows: &[(&str, &str, &str, &str)]) -> Self {
        self.bands = rows
            .iter()
            .map(|(table, from, to, rate)| {
                let mut band = Cells::new();
                for (name, value) in [("tabella", table), ("da", from), ("a", to), ("importo", rate)] {
                    set(&mut band, name, value);
                }
                band
            })
            .collect();
        self
    }

    /// With one more service of the catalogue.
    #[must_use]
    pub fn and_service(mut self, pairs: &[(&'static str, &str)]) -> Self {
        self.services.push(cells(pairs));
        self
    }

    /// With one more request.
    #[must_use]
    pub fn and_request(mut self, pairs: &[(&'static str, &str)]) -> Self {
        self.requests.push(cells(pairs));
        self
    }

    /// The dossier.
    pub fn build(&self) -> Dossier {
        let rows = |name: &str, all: &[Cells]| -> Vec<TypedRow> {
            all.iter().enumerate().map(|(index, cells)| typed(name, index as u32 + 1, cells)).collect()
        };
        let mut dossier = Dossier {
            workbook: "prova.xlsx".into(),
            today: day(2025, 12, 20),
            model: Arc::new(Model {
                id: "prova".to_owned(),
                nome: String::new(),
                descrizione: String::new(),
                base: Vec::new(),
                atti: Model::USUAL_ACTS.to_vec(),
                predefiniti: Defaults::default(),
                scadenze: crate::model::Schedule::default(),
                quota: self.quota.clone(),
                parametri: BTreeMap::new(),
                organi: Vec::new(),
            }),
            convention: Convention::from_row(typed("Convenzione", 1, &self.convention)),
            bodies: rows("Enti", &self.bodies).into_iter().map(Body::from_row).map(listed).collect(),
            deliberations: rows("Deliberazioni", &self.deliberations).into_iter().map(Deliberation::from_row).collect(),
            services: rows("Servizi", &self.services).into_iter().map(Service::from_row).collect(),
            bands: rows("Fasce", &self.bands).into_iter().map(Band::from_row).collect(),
            requests: rows("Richieste", &self.requests).into_iter().map(Request::from_row).collect(),
            recipients: Rows::default(),
            posts: Rows::default(),
            invoices: Vec::new(),
            allocations: rows("Stanziamenti", &self.allocations).into_iter().map(Allocation::from_row).collect(),
            activities: Vec::new(),
            contributions: self.contributions.clone(),
            charges: Vec::new(),
            roster: None,
        };
        dossier.link();
        dossier
    }
}

fn set(cells: &mut Cells, column: &'static str, value: &str) {
    if value.is_empty() {
        cells.remove(column);
    } else {
        cells.insert(column, value.to_owned());
    }
}

fn typed(name: &str, row: u32, cells: &Cells) -> TypedRow {
    let spec: &SheetSpec = sheet(name).expect("a sheet of the contract");
    let sheet: Arc<str> = name.into();
    let mut typed = TypedRow { row, place: Place::cell(&sheet, row, 0), ..TypedRow::default() };
    for name in cells.keys() {
        assert!(spec.column(name).is_some(), "no column {name}");
    }
    for (col, column) in spec.columns.iter().enumerate() {
        let place = Place::cell(&sheet, row, col as u32);
        let field = match cells.get(column.name).map(String::as_str) {
            None => Field::absent(place),
            Some("#") => {
                let mut field = Field::absent(place);
                field.origin = Origin::Unreadable;
                field
            }
            Some(text) => match text.strip_prefix('=') {
                Some(text) => Field::new(value(column.kind, text), place, Origin::Completed),
                None => Field::new(value(column.kind, text), place, Origin::Sheet),
            },
        };
        typed.fields.insert(column.name, field);
    }
    typed
}

fn value(kind: Kind, text: &str) -> Value {
    match kind {
        Kind::Text | Kind::BodyRef => Value::Text(text.to_owned()),
        Kind::BodyCode => Value::BodyCode(BodyCode::parse(text).expect("a code").value),
        Kind::TaxCode => Value::TaxCode(TaxCode::parse(text).expect("a tax code").value),
        Kind::VatNumber => Value::VatNumber(VatNumber::parse(text).expect("a VAT number").value),
        Kind::PostCode => Value::PostCode(PostCode::parse(text).expect("a CAP").value),
        Kind::IstatCode => Value::IstatCode(IstatCode::parse(text).expect("an ISTAT code").value),
        Kind::OfficeCode => Value::OfficeCode(OfficeCode::parse(text).expect("an office code").value),
        Kind::Pec => Value::Pec(Pec::parse(text).expect("an address").value),
        Kind::Iban => Value::Iban(Iban::parse(text).expect("an IBAN").value),
        Kind::Count => Value::Count(text.parse().expect("a count")),
        Kind::Money | Kind::Percent => Value::Decimal(text.parse().expect("a decimal")),
        Kind::Date => Value::Date(crate::date::parse(text).expect("a day")),
        Kind::Bool => Value::Bool(matches!(text, "sì" | "si")),
        Kind::Choice(words) => {
            Value::Choice(words.iter().position(|choice| fold(choice.word) == fold(text)).expect("a word of the list"))
        }
    }
}

/// Stands in for the reader's completion: the Comune of the list, and the names by which the body may be called.
fn listed(mut body: Body) -> Body {
    let list = Gazetteer::get();
    let name = body.denominazione.text().unwrap_or("").to_owned();
    let bare = name.strip_prefix("Comune di ").unwrap_or(&name).to_owned();
    let is_comune = body.tipo.get().is_none_or(|kind| *kind == crate::schema::BodyKind::Comune);
    body.listed = is_comune
        .then(|| {
            let coded = body.codice_istat.get().and_then(|code| list.by_istat(code.as_str()));
            coded.or_else(|| list.find(&bare, body.provincia.text())).map(|comune| comune.codice_istat.to_string())
        })
        .flatten();
    body.folded_names = vec![fold(&name), fold(&bare)];
    body
}
