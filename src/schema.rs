//! The workbook as a contract: sheets, columns, kinds of value, accepted words. `check` reads by it, the template
//! workbook is written from it, and the guide's table of columns comes from it.

mod choice;
mod columns;
mod header;

pub use choice::{
    BillKind, BodyKind, Choice, Choices, DeliberationState, DeliberationSubject, ExecutiveFrom, Extension, Form, Level,
    Mode, Organ, OutsideVat, Pricing, RequestKind, Role, Signing, Stage, Unit, VatRegime,
};
pub use columns::SHEETS;
pub use header::{header_row, header_text, matching};

/// What a column holds, hence how its cells are read and how the template workbook formats them.
#[derive(Debug, Clone, Copy)]
pub enum Kind {
    /// Free text.
    Text,
    /// Code of a body, defined here.
    BodyCode,
    /// Code or name of a body defined in `Enti`.
    BodyRef,
    /// Codice fiscale.
    TaxCode,
    /// Partita IVA.
    VatNumber,
    /// CAP.
    PostCode,
    /// ISTAT code of a Comune.
    IstatCode,
    /// Office code of IndicePA.
    OfficeCode,
    /// E-mail address.
    Pec,
    /// IBAN.
    Iban,
    /// Whole number, zero or more.
    Count,
    /// Amount in euro, or a rate per unit: up to 6 decimals.
    Money,
    /// Percentage.
    Percent,
    /// Calendar day.
    Date,
    /// Yes or no.
    Bool,
    /// One word of a closed list.
    Choice(&'static [Choice]),
}

/// A column, or a field of the `Convenzione` sheet.
#[derive(Debug, Clone, Copy)]
pub struct Column {
    /// Header in the contract.
    pub name: &'static str,
    /// Kind of value.
    pub kind: Kind,
    /// The column must be there (its cells may be empty unless a rule wants them).
    pub required: bool,
    /// What to write, in Italian, for the column note and the guide.
    pub note: &'static str,
    /// Other headers accepted.
    pub synonyms: &'static [&'static str],
}

/// How a sheet is laid out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Layout {
    /// One header row, one record a row.
    Rows,
    /// Two columns, `Campo` and `Valore`.
    Pairs,
}

/// A sheet of the contract.
#[derive(Debug, Clone, Copy)]
pub struct SheetSpec {
    /// Name of the sheet.
    pub name: &'static str,
    /// What it is for, in Italian.
    pub purpose: &'static str,
    /// Must be there.
    pub required: bool,
    /// Layout.
    pub layout: Layout,
    /// Columns in the order of the template workbook.
    pub columns: &'static [Column],
}

impl SheetSpec {
    /// The column with this contract name.
    pub fn column(&self, name: &str) -> Option<&'static Column> {
        self.columns.iter().find(|column| column.name == name)
    }
}

/// The sheet of the contract with this name.
pub fn sheet(name: &str) -> Option<&'static SheetSpec> {
    SHEETS.iter().find(|sheet| sheet.name == name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::italian::fold;

    #[test]
    fn headers_of_a_sheet_never_clash() {
        for sheet in SHEETS {
            let mut owner = std::collections::BTreeMap::new();
            for column in sheet.columns {
                for header in [column.name].iter().chain(column.synonyms) {
                    let other = owner.insert(fold(header), column.name).unwrap_or(column.name);
                    assert_eq!(other, column.name, "{}: {header}", sheet.name);
                }
            }
        }
    }
}
