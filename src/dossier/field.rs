//! A field: a typed value, the cell it belongs to, and where it came from.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::identifier::{BodyCode, Iban, IstatCode, OfficeCode, Pec, PostCode, TaxCode, VatNumber};
use crate::place::Place;
use crate::schema::{
    BillKind, BodyKind, Choices, DeliberationState, DeliberationSubject, ExecutiveFrom, Extension, Form, Level, Mode,
    Organ, OutsideVat, Pricing, RequestKind, Role, Signing, Stage, Unit, VatRegime,
};

/// How a value came to be.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Origin {
    /// The sheet says so.
    Sheet,
    /// Completed from the national list.
    Completed,
    /// A default of the model or of the program.
    Default,
    /// There is no value.
    #[default]
    Absent,
    /// The sheet says something that could not be read: a diagnostic has been given, do not ask again.
    Unreadable,
}

/// A field of a record.
#[derive(Debug, Clone, PartialEq)]
pub struct Field<T> {
    value: Option<T>,
    /// The cell, even when empty; [`Place::None`] where the column is missing.
    pub place: Place,
    /// Where the value came from.
    pub origin: Origin,
}

impl<T> Default for Field<T> {
    fn default() -> Self {
        Self { value: None, place: Place::None, origin: Origin::Absent }
    }
}

impl<T> Field<T> {
    /// A value with its cell.
    pub fn new(value: T, place: Place, origin: Origin) -> Self {
        Self { value: Some(value), place, origin }
    }

    /// An empty cell.
    pub fn absent(place: Place) -> Self {
        Self { value: None, place, origin: Origin::Absent }
    }

    /// The value.
    pub fn get(&self) -> Option<&T> {
        self.value.as_ref()
    }

    /// True where the cell is empty (not where it is unreadable).
    pub fn is_absent(&self) -> bool {
        self.value.is_none() && self.origin != Origin::Unreadable
    }

    /// Fills an empty field; a field that has a value, or an unreadable cell, stays as it is.
    pub fn complete(&mut self, value: Option<T>, origin: Origin) {
        if let (true, Some(value)) = (self.is_absent(), value) {
            self.value = Some(value);
            self.origin = origin;
        }
    }

    /// Puts another spelling of the same value.
    pub fn replace(&mut self, value: T) {
        self.value = Some(value);
    }

    /// Takes the value away and keeps the cell.
    pub fn clear(&mut self) {
        self.value = None;
        self.origin = Origin::Absent;
    }
}

impl<T: PartialEq> Field<T> {
    /// True where the value is there and equals `wanted`.
    pub fn is(&self, wanted: T) -> bool {
        self.value.as_ref() == Some(&wanted)
    }
}

impl<T: Copy> Field<T> {
    /// The value, copied.
    pub fn copied(&self) -> Option<T> {
        self.value
    }
}

impl Field<String> {
    /// The text, trimmed by the reader; never empty.
    pub fn text(&self) -> Option<&str> {
        self.value.as_deref()
    }
}

/// A value read from a cell according to the column's kind.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// Text, trimmed, not empty.
    Text(String),
    /// Whole number.
    Count(u64),
    /// Decimal.
    Decimal(Decimal),
    /// Day.
    Date(NaiveDate),
    /// Yes or no.
    Bool(bool),
    /// Index in the closed list of the column.
    Choice(usize),
    /// Identifiers.
    BodyCode(BodyCode),
    /// Codice fiscale.
    TaxCode(TaxCode),
    /// Partita IVA.
    VatNumber(VatNumber),
    /// CAP.
    PostCode(PostCode),
    /// ISTAT code.
    IstatCode(IstatCode),
    /// Office code.
    OfficeCode(OfficeCode),
    /// E-mail.
    Pec(Pec),
    /// IBAN.
    Iban(Iban),
}

/// A type that a cell's value can be turned into, and back.
pub trait FromValue: Sized {
    /// The typed value; `None` where the column's kind does not give this type, which the schema's tests exclude.
    fn from_value(value: Value) -> Option<Self>;
    /// The value that gives this.
    fn to_value(&self) -> Value;
}

macro_rules! from_value {
    ($($type:ty: $variant:ident),+ $(,)?) => {$(
        impl FromValue for $type {
            fn from_value(value: Value) -> Option<Self> {
                match value { Value::$variant(inner) => Some(inner), _ => None }
            }
            fn to_value(&self) -> Value {
                Value::$variant(self.clone())
            }
        }
    )+};
}
macro_rules! from_choice {
    ($($type:ty),+ $(,)?) => {$(
        impl FromValue for $type {
            fn from_value(value: Value) -> Option<Self> {
                match value { Value::Choice(index) => Self::from_index(index), _ => None }
            }
            fn to_value(&self) -> Value {
                Value::Choice(*self as usize)
            }
        }
    )+};
}
from_value!(
    String: Text, u64: Count, Decimal: Decimal, NaiveDate: Date, bool: Bool, BodyCode: BodyCode, TaxCode: TaxCode,
    VatNumber: VatNumber, PostCode: PostCode, IstatCode: IstatCode, OfficeCode: OfficeCode, Pec: Pec, Iban: Iban,
);
from_choice!(
    BodyKind,
    Role,
    Form,
    Stage,
    Extension,
    Mode,
    Signing,
    VatRegime,
    DeliberationSubject,
    DeliberationState,
    Organ,
    ExecutiveFrom,
    Level,
    Pricing,
    Unit,
    RequestKind,
    BillKind,
    OutsideVat,
);

/// A row whose cells have been read, by column name.
#[derive(Debug, Clone, Default)]
pub struct TypedRow {
    /// Zero-based row in the sheet.
    pub row: u32,
    /// Place of the row's first cell.
    pub place: Place,
    /// The fields read.
    pub fields: BTreeMap<&'static str, Field<Value>>,
}

impl TypedRow {
    /// Puts a field back under its column.
    pub fn put<T: FromValue>(&mut self, column: &'static str, field: &Field<T>) {
        let value = field.value.as_ref().map(T::to_value);
        self.fields.insert(column, Field { value, place: field.place.clone(), origin: field.origin });
    }

    /// Takes the field of a column.
    pub fn take<T: FromValue>(&mut self, column: &str) -> Field<T> {
        match self.fields.remove(column) {
            Some(Field { value, place, origin }) => Field { value: value.and_then(T::from_value), place, origin },
            None => Field::default(),
        }
    }
}
