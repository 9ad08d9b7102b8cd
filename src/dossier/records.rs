//! The records of the workbook, one struct a sheet, one field a column.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::field::{Field, Origin, TypedRow};
use crate::identifier::{BodyCode, Iban, IstatCode, OfficeCode, Pec, PostCode, TaxCode, VatNumber};
use crate::place::Place;
use crate::schema::{
    BillKind, BodyKind, DeliberationState, DeliberationSubject, ExecutiveFrom, Extension, Form, Level, Mode, Organ,
    OutsideVat, Pricing, RequestKind, Role, Signing, Stage, Unit, VatRegime,
};

/// A cell with nothing in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EmptyCell {
    /// Its sheet, by its name in the contract.
    pub sheet: &'static str,
    /// Its column.
    pub column: &'static str,
    /// Position of the body whose row it is in; `None` in sheets that are of all.
    pub body: Option<usize>,
}

macro_rules! record {
    ($(#[$doc:meta])* $name:ident of $sheet:literal { $($field:ident: $type:ty),+ $(,)? } $(and { $($(#[$edoc:meta])* $extra:ident: $etype:ty),+ $(,)? })?) => {
        $(#[$doc])*
        ///
        /// Fields are the columns of the sheet of the same name; their meaning is in [`crate::schema::SHEETS`].
        #[derive(Debug, Clone, Default)]
        pub struct $name {
            /// Zero-based row of the sheet.
            pub row: u32,
            /// First cell of the row.
            pub place: Place,
            $(#[allow(missing_docs, reason = "documented by the schema")] pub $field: Field<$type>,)+
            $($($(#[$edoc])* pub $extra: $etype,)+)?
        }

        impl $name {
            /// Name of the sheet.
            pub const SHEET: &'static str = $sheet;
            /// Columns that the record holds.
            pub const COLUMNS: &'static [&'static str] = &[$(stringify!($field)),+];

            /// Names of the fields that came about in this way.
            pub fn fields_from(&self, origin: Origin) -> Vec<&'static str> {
                let mut names = Vec::new();
                $(if self.$field.origin == origin { names.push(stringify!($field)); })+
                names
            }

            /// The row of a record: the inverse of [`Self::from_row`], for those who write workbooks.
            pub fn to_row(&self) -> TypedRow {
                let mut row = TypedRow { row: self.row, place: self.place.clone(), ..TypedRow::default() };
                $(row.put(stringify!($field), &self.$field);)+
                row
            }

            /// Adds the cells that are empty to `cells`; `body` is whose the row is.
            pub fn empty_cells<'a>(&'a self, body: Option<usize>, cells: &mut BTreeMap<&'a Place, EmptyCell>) {
                $(if self.$field.is_absent() && !self.$field.place.is_none() {
                    let column = stringify!($field);
                    cells.insert(&self.$field.place, EmptyCell { sheet: Self::SHEET, column, body });
                })+
            }

            /// The record of a row.
            pub fn from_row(mut row: TypedRow) -> Self {
                Self {
                    row: row.row,
                    $($field: row.take(stringify!($field)),)+
                    place: row.place,
                    $($($extra: Default::default(),)+)?
                }
            }
        }
    };
}

record! {
    /// The convention.
    Convention of "Convenzione" {
        modello: String, titolo: String, tipo: Form, fase: Stage, capofila: String, decorrenza: NaiveDate, durata_anni: u64,
        scadenza: NaiveDate, rinnovo: Extension, recesso_preavviso_giorni: u64, recesso_dal_anno: u64,
        funzioni_fondamentali: bool, forma: Mode, sede: String, luogo_firma: String, data_firma: NaiveDate, firma: Signing,
        regime_iva: VatRegime, aliquota_iva: Decimal, scissione_pagamenti: bool,
        scissione_confermata: bool, documento_fuori_campo: OutsideVat, norma_iva: String, bollo_addebitato: bool,
        repertorio: String, importo_totale: Decimal, anno: u64,
        classificazione: String, fascicolo: String, tempo_di_conservazione: u64, riservato: bool,
    }
}
record! {
    /// A body.
    Body of "Enti" {
        codice: BodyCode, tipo: BodyKind, ruolo: Role, denominazione: String, codice_istat: IstatCode,
        codice_fiscale: TaxCode, partita_iva: VatNumber, indirizzo: String, cap: PostCode, comune: String,
        provincia: String, pec: Pec, codice_ufficio: OfficeCode, abitanti: u64, abitanti_al: NaiveDate, imprese: u64,
        postazioni: u64, unione: String, quota_unione: Decimal, recesso_comunicato_il: NaiveDate, rappresentante: String, carica: String, consiglieri_assegnati: u64,
        gia_aderente: bool, astenuti_votanti: bool, esecutivita_da: ExecutiveFrom, conto_tesoreria: String, iban: Iban,
        servizi_unione: bool, bilancio_approvato_il: NaiveDate, repertorio: String, stemma: String,
    } and {
        /// ISTAT code of the Comune of the national list that this body is, if it is one.
        listed: Option<String>,
        /// Folded names by which other sheets may call it.
        folded_names: Vec<String>,
        /// Position in the dossier of the body that `unione` names, set by `Dossier::link`.
        union: Option<usize>,
    }
}
record! {
    /// A deliberation.
    Deliberation of "Deliberazioni" {
        ente: String, oggetto: DeliberationSubject, organo: Organ, stato: DeliberationState, numero: String,
        data: NaiveDate, pubblicata_il: NaiveDate, esecutiva_dal: NaiveDate, immediata: bool, presenti: u64,
        favorevoli: u64, contrari: u64, astenuti: u64, non_partecipanti: u64, favorevoli_immediata: u64,
        parere_tecnico: String, responsabile_tecnico: String, parere_contabile: String, responsabile_contabile: String,
        parere_revisori: String, capitolo: String, missione: String, programma: String, importo_annuo: Decimal,
        presidente: String, segretario: String, rappresentante: String,
    } and {
        /// Position in the dossier of the body that `ente` names, set by `Dossier::link`.
        of: Option<usize>,
    }
}
record! {
    /// A service of the catalogue.
    Service of "Servizi" {
        codice: String, nome: String, descrizione: String, livello: Level, modalita: Pricing, unita: Unit, importo: Decimal,
        attivazione: Decimal, assistenza_annua: Decimal, tabella: String, una_tantum: bool,
        preavviso_disdetta_giorni: u64, nominativo: bool, regime_iva: VatRegime, aliquota_iva: Decimal,
    }
}
record! {
    /// A band of a table of prices.
    Band of "Fasce" { tabella: String, da: u64, a: u64, importo: Decimal, sconto: Decimal }
}
record! {
    /// A request, withdrawal or confirmation of a service.
    Request of "Richieste" {
        ente: String, servizio: String, tipo: RequestKind, data: NaiveDate, quantita: u64, motivo: String,
        effetto_dal: NaiveDate,
    } and {
        /// Position in the dossier of the body that `ente` names, set by `Dossier::link`.
        of: Option<usize>,
    }
}
record! {
    /// A named beneficiary.
    Recipient of "Beneficiari" { ente: String, servizio: String, nome: String, cognome: String, sede_lavoro: String } and {
        /// Position in the dossier of the body that `ente` names, set by `Dossier::link`.
        of: Option<usize>,
    }
}
record! {
    /// A contact, or a member of a table.
    Post of "Incarichi" {
        ente: String, ruolo: String, nome: String, cognome: String, ufficio: String, telefono: String, email: Pec,
    } and {
        /// Position in the dossier of the body that `ente` names, set by `Dossier::link`.
        of: Option<usize>,
    }
}
record! {
    /// An entry of the invoice register.
    Invoice of "Fatture" {
        ente: String, anno: u64, tipo: BillKind, numero: String, data: NaiveDate, cig: String, cup: String,
        determina_numero: String, determina_data: NaiveDate, fattura_collegata: String, imponibile: Decimal,
        imposta: Decimal, impronta: String,
    } and {
        /// Position in the dossier of the body that `ente` names, set by `Dossier::link`.
        of: Option<usize>,
    }
}
record! {
    /// A sum that a body sets aside for an agreement.
    Allocation of "Stanziamenti" { ente: String, anno: u64, capitolo: String, importo: Decimal } and {
        /// Position in the dossier of the body that `ente` names, set by `Dossier::link`.
        of: Option<usize>,
    }
}
record! {
    /// A line of the plan of activities of an agreement.
    Activity of "Attivita" {
        codice: String, attivita: String, ente: String, risultato: String, indicatore: String, valore_atteso: String,
        entro: NaiveDate,
    } and {
        /// Position in the dossier of the body that `ente` names, set by `Dossier::link`.
        of: Option<usize>,
    }
}

impl Service {
    /// True for what is done once or used up, and so is neither confirmed nor given up: one-off services; hours and releases
    /// without a yearly support.
    pub fn is_once(&self) -> bool {
        let is_used_up = matches!(self.unita.get(), Some(Unit::Ora | Unit::Rilascio));
        self.una_tantum.is(true) || is_used_up && self.assistenza_annua.get().is_none()
    }
}

impl Deliberation {
    /// True once voted.
    pub fn is_adopted(&self) -> bool {
        self.stato.is(DeliberationState::Adottata)
    }
}

impl Post {
    /// True where the role says it, case and accents aside.
    pub fn role_contains(&self, stem: &str) -> bool {
        self.ruolo.text().is_some_and(|role| crate::italian::fold(role).contains(stem))
    }

    /// True for the one whom the centre turns to.
    pub fn is_contact(&self) -> bool {
        self.role_contains("referente")
    }

    /// True where something can be reached: a telephone or an e-mail.
    pub fn is_reachable(&self) -> bool {
        !(self.telefono.is_absent() && self.email.is_absent())
    }
}

impl Body {
    /// The official name, or a stand-in for messages.
    pub fn name(&self) -> &str {
        self.denominazione.text().unwrap_or("(ente senza nome)")
    }

    /// The code, for diagnostics and folders; empty where it could not be read.
    pub fn code(&self) -> &str {
        self.codice.get().map_or("", BodyCode::as_str)
    }

    /// True for an association or a company: bodies that their statute governs, not the law on administrations.
    pub fn is_private(&self) -> bool {
        self.is_any(&[BodyKind::Associazione, BodyKind::Societa])
    }

    /// True for one of these kinds.
    pub fn is_any(&self, kinds: &[BodyKind]) -> bool {
        self.tipo.get().is_some_and(|kind| kinds.contains(kind))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::{SHEETS, sheet};

    #[test]
    fn records_and_sheets_have_the_same_columns() {
        let records: [(&str, &[&str]); 11] = [
            (Convention::SHEET, Convention::COLUMNS),
            (Body::SHEET, Body::COLUMNS),
            (Deliberation::SHEET, Deliberation::COLUMNS),
            (Service::SHEET, Service::COLUMNS),
            (Band::SHEET, Band::COLUMNS),
            (Request::SHEET, Request::COLUMNS),
            (Recipient::SHEET, Recipient::COLUMNS),
            (Post::SHEET, Post::COLUMNS),
            (Invoice::SHEET, Invoice::COLUMNS),
            (Allocation::SHEET, Allocation::COLUMNS),
            (Activity::SHEET, Activity::COLUMNS),
        ];
        assert_eq!(records.len(), SHEETS.len());
        for (name, columns) in records {
            let spec = sheet(name).expect("a sheet of the contract");
            assert_eq!(spec.columns.iter().map(|column| column.name).collect::<Vec<_>>(), columns, "{name}");
        }
    }
}
