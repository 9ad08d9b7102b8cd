//! The blocks, in the order of the schema. Optional elements are `Option`s; sums are decimals that `emit` formats.

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::Adapted;
use crate::bill::Nature;
use crate::money::Money;

/// A file with one document.
#[derive(Debug, Clone, PartialEq)]
pub struct FatturaElettronica {
    /// `DatiTrasmissione`.
    pub dati_trasmissione: DatiTrasmissione,
    /// `CedentePrestatore`: who charges.
    pub cedente_prestatore: CedentePrestatore,
    /// `CessionarioCommittente`: who is charged.
    pub cessionario_committente: CessionarioCommittente,
    /// `DatiGenerali`.
    pub dati_generali: DatiGenerali,
    /// `DettaglioLinee`, numbered by position.
    pub dettaglio_linee: Vec<DettaglioLinee>,
    /// `DatiRiepilogo`.
    pub dati_riepilogo: Vec<DatiRiepilogo>,
    /// `DatiPagamento`; nothing in a credit note, of which nothing is paid: it is set off, as `Causale` says.
    pub dati_pagamento: Option<DatiPagamento>,
    /// What the schema changed in the texts; not part of the file.
    pub adapted: Adapted,
}

/// How the file is sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DatiTrasmissione {
    /// `IdTrasmittente`: the seller, by fiscal code.
    pub id_trasmittente: IdFiscale,
    /// `ProgressivoInvio`.
    pub progressivo_invio: String,
    /// `FormatoTrasmissione`, and `versione` of the root: "FPA12" to public bodies, "FPR12" to others.
    pub formato_trasmissione: &'static str,
    /// `CodiceDestinatario`: the office of a public body, "0000000" for others.
    pub codice_destinatario: String,
    /// `PECDestinatario`, in FPR12 only.
    pub pec_destinatario: Option<String>,
}

/// `IdFiscaleType`, always of Italy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IdFiscale {
    /// `IdCodice`.
    pub id_codice: String,
}

/// The seller. Its `RegimeFiscale` is always RF01.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CedentePrestatore {
    /// `IdFiscaleIVA`.
    pub id_fiscale_iva: IdFiscale,
    /// `CodiceFiscale`.
    pub codice_fiscale: Option<String>,
    /// `Denominazione`.
    pub denominazione: String,
    /// `Sede`.
    pub sede: Sede,
}

/// The payer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CessionarioCommittente {
    /// `IdFiscaleIVA`, where the payer has a VAT number.
    pub id_fiscale_iva: Option<IdFiscale>,
    /// `CodiceFiscale`.
    pub codice_fiscale: Option<String>,
    /// `Denominazione`.
    pub denominazione: String,
    /// `Sede`.
    pub sede: Sede,
}

/// `IndirizzoType`, always in Italy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sede {
    /// `Indirizzo`, with the number.
    pub indirizzo: String,
    /// `CAP`.
    pub cap: String,
    /// `Comune`.
    pub comune: String,
    /// `Provincia`.
    pub provincia: Option<String>,
}

/// What the document is and rests on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DatiGenerali {
    /// `DatiGeneraliDocumento`.
    pub dati_generali_documento: DatiGeneraliDocumento,
    /// `DatiOrdineAcquisto`: the act that commits the spending.
    pub dati_ordine_acquisto: Option<DatiDocumentiCorrelati>,
    /// `DatiConvenzione`: the convention, or the act of adhesion.
    pub dati_convenzione: Option<DatiDocumentiCorrelati>,
    /// `DatiFattureCollegate`: the invoice that a credit note corrects.
    pub dati_fatture_collegate: Option<DatiDocumentiCorrelati>,
}

/// The document. Its `Divisa` is always EUR.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DatiGeneraliDocumento {
    /// `TipoDocumento`: "TD01" invoice, "TD04" credit note.
    pub tipo_documento: &'static str,
    /// `Data`.
    pub data: NaiveDate,
    /// `Numero`.
    pub numero: String,
    /// `DatiBollo`.
    pub dati_bollo: Option<DatiBollo>,
    /// `ImportoTotaleDocumento`: sum and VAT, whoever pays it.
    pub importo_totale_documento: Money,
    /// `Causale`, each of at most 200 characters.
    pub causale: Vec<String>,
}

/// The stamp duty, always paid virtually.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DatiBollo {
    /// `ImportoBollo`.
    pub importo_bollo: Money,
}

/// `DatiDocumentiCorrelatiType`, of all lines.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DatiDocumentiCorrelati {
    /// `IdDocumento`.
    pub id_documento: String,
    /// `Data`.
    pub data: Option<NaiveDate>,
    /// `CodiceCommessaConvenzione`: the title of the convention.
    pub codice_commessa_convenzione: Option<String>,
    /// `CodiceCUP`.
    pub codice_cup: Option<String>,
    /// `CodiceCIG`.
    pub codice_cig: Option<String>,
}

/// A line.
#[derive(Debug, Clone, PartialEq)]
pub struct DettaglioLinee {
    /// `CodiceArticolo`: the service of the catalogue.
    pub codice_articolo: Option<CodiceArticolo>,
    /// `Descrizione`.
    pub descrizione: String,
    /// `Quantita`.
    pub quantita: Option<Decimal>,
    /// `UnitaMisura`, wherever there is a quantity.
    pub unita_misura: Option<String>,
    /// `DataInizioPeriodo` and `DataFinePeriodo`.
    pub periodo: Option<(NaiveDate, NaiveDate)>,
    /// `PrezzoUnitario`: euro.
    pub prezzo_unitario: Decimal,
    /// `ScontoMaggiorazione`, always a discount.
    pub sconto_maggiorazione: Option<ScontoMaggiorazione>,
    /// `PrezzoTotale`.
    pub prezzo_totale: Money,
    /// `AliquotaIVA`, in hundredths.
    pub aliquota_iva: Decimal,
    /// `Natura`.
    pub natura: Option<Nature>,
}

/// The code of what is charged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CodiceArticolo {
    /// `CodiceTipo`.
    pub codice_tipo: &'static str,
    /// `CodiceValore`.
    pub codice_valore: String,
}

/// A discount.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ScontoMaggiorazione {
    /// `Percentuale`: hundredths, at most two decimals.
    Percentuale(Decimal),
    /// `Importo`: euro off the price of each, for discounts in hundredths of more than two decimals.
    Importo(Decimal),
}

/// The sums of a rate and nature.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DatiRiepilogo {
    /// `AliquotaIVA`, in hundredths.
    pub aliquota_iva: Decimal,
    /// `Natura`.
    pub natura: Option<Nature>,
    /// `ImponibileImporto`.
    pub imponibile_importo: Money,
    /// `Imposta`.
    pub imposta: Money,
    /// `EsigibilitaIVA`: "S" where the payer pays VAT to the State, else "I"; nothing where there is no VAT.
    pub esigibilita_iva: Option<&'static str>,
    /// `RiferimentoNormativo`: why there is no VAT.
    pub riferimento_normativo: Option<String>,
}

/// How the document is paid: `CondizioniPagamento` is always TP02, whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DatiPagamento {
    /// `DettaglioPagamento`.
    pub dettaglio_pagamento: DettaglioPagamento,
}

/// A payment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DettaglioPagamento {
    /// `ModalitaPagamento`: "MP15" to the account of the single treasury, "MP05" by bank transfer.
    pub modalita_pagamento: &'static str,
    /// `DataScadenzaPagamento`.
    pub data_scadenza_pagamento: NaiveDate,
    /// `ImportoPagamento`.
    pub importo_pagamento: Money,
    /// `IstitutoFinanziario`: the account of the single treasury, for which the schema has no element.
    pub istituto_finanziario: Option<String>,
    /// `IBAN`, with MP05.
    pub iban: Option<String>,
}
