//! The table of blocks of `sdi::schema`: a constant a block, named as its type in the schema, with its elements in order.

use super::Alphabet::{Any, Basic, Latin};
use super::Kind::{
    Bic, Bytes, Capitals, Code, Contact, Date, Digits, Email, Iban, Moment, Number, Rate, RecentDate, Text, Whole, Word,
};
use super::Space::{Collapse, Preserve, Replace};
use super::{Content, Item, Kind, Spec, words};

/// An amount with 2 to 8 decimals.
const AMOUNT8: Kind = Number(true, 11, 2, 8);
/// An amount with 2 decimals.
const AMOUNT2: Kind = Number(true, 11, 2, 2);

const fn spec(name: &'static str, content: Content) -> Spec {
    Spec { name, least: 1, many: false, content, default: None }
}

/// Once.
const fn one(name: &'static str, content: Content) -> Item {
    Item::Element(spec(name, content))
}

/// Once or never.
const fn maybe(name: &'static str, content: Content) -> Item {
    Item::Element(Spec { name, least: 0, many: false, content, default: None })
}

/// Once or more.
const fn many(name: &'static str, content: Content) -> Item {
    Item::Element(Spec { name, least: 1, many: true, content, default: None })
}

/// Any number of times.
const fn any(name: &'static str, content: Content) -> Item {
    Item::Element(Spec { name, least: 0, many: true, content, default: None })
}

/// Once; empty it stands for `default`.
const fn with_default(name: &'static str, content: Content, default: &'static str) -> Item {
    Item::Element(Spec { name, least: 1, many: false, content, default: Some(default) })
}

const fn block(items: &'static [Item]) -> Content {
    Content::Block(items)
}

const fn value(kind: Kind) -> Content {
    Content::Value(kind)
}

const fn word(words: &'static [&'static str]) -> Content {
    Content::Value(Word(words))
}

/// 1 to `most` characters of Basic Latin.
const fn basic(most: usize) -> Content {
    Content::Value(Text(Basic, Replace, 1, most))
}

/// 1 to `most` characters of Latin-1.
const fn latin(most: usize) -> Content {
    Content::Value(Text(Latin, Replace, 1, most))
}

/// What stands in `FatturaElettronica`.
pub(in crate::sdi) const ROOT: &[Item] = &[
    one("FatturaElettronicaHeader", block(FATTURA_ELETTRONICA_HEADER)),
    many("FatturaElettronicaBody", block(FATTURA_ELETTRONICA_BODY)),
    maybe("Signature", Content::Signature),
];

const FATTURA_ELETTRONICA_HEADER: &[Item] = &[
    one("DatiTrasmissione", block(DATI_TRASMISSIONE)),
    one("CedentePrestatore", block(CEDENTE_PRESTATORE)),
    maybe("RappresentanteFiscale", block(RAPPRESENTANTE_FISCALE)),
    one("CessionarioCommittente", block(CESSIONARIO_COMMITTENTE)),
    maybe("TerzoIntermediarioOSoggettoEmittente", block(TERZO_INTERMEDIARIO_SOGGETTO_EMITTENTE)),
    maybe("SoggettoEmittente", word(words::SOGGETTO_EMITTENTE)),
];

const FATTURA_ELETTRONICA_BODY: &[Item] = &[
    one("DatiGenerali", block(DATI_GENERALI)),
    one("DatiBeniServizi", block(DATI_BENI_SERVIZI)),
    maybe("DatiVeicoli", block(DATI_VEICOLI)),
    any("DatiPagamento", block(DATI_PAGAMENTO)),
    any("Allegati", block(ALLEGATI)),
];

const DATI_TRASMISSIONE: &[Item] = &[
    one("IdTrasmittente", block(ID_FISCALE)),
    one("ProgressivoInvio", basic(10)),
    one("FormatoTrasmissione", word(words::FORMATO_TRASMISSIONE)),
    one("CodiceDestinatario", value(Code(6, 7))),
    maybe("ContattiTrasmittente", block(CONTATTI_TRASMITTENTE)),
    maybe("PECDestinatario", value(Email)),
];

const ID_FISCALE: &[Item] = &[one("IdPaese", value(Capitals(2))), one("IdCodice", value(Text(Any, Preserve, 1, 28)))];

const CONTATTI_TRASMITTENTE: &[Item] =
    &[maybe("Telefono", value(Text(Basic, Replace, 5, 12))), maybe("Email", value(Contact))];

const DATI_GENERALI: &[Item] = &[
    one("DatiGeneraliDocumento", block(DATI_GENERALI_DOCUMENTO)),
    any("DatiOrdineAcquisto", block(DATI_DOCUMENTI_CORRELATI)),
    any("DatiContratto", block(DATI_DOCUMENTI_CORRELATI)),
    any("DatiConvenzione", block(DATI_DOCUMENTI_CORRELATI)),
    any("DatiRicezione", block(DATI_DOCUMENTI_CORRELATI)),
    any("DatiFattureCollegate", block(DATI_DOCUMENTI_CORRELATI)),
    any("DatiSAL", block(DATI_SAL)),
    any("DatiDDT", block(DATI_DDT)),
    maybe("DatiTrasporto", block(DATI_TRASPORTO)),
    maybe("FatturaPrincipale", block(FATTURA_PRINCIPALE)),
];

const DATI_GENERALI_DOCUMENTO: &[Item] = &[
    one("TipoDocumento", word(words::TIPO_DOCUMENTO)),
    one("Divisa", value(Capitals(3))),
    one("Data", value(RecentDate)),
    one("Numero", basic(20)),
    any("DatiRitenuta", block(DATI_RITENUTA)),
    maybe("DatiBollo", block(DATI_BOLLO)),
    any("DatiCassaPrevidenziale", block(DATI_CASSA_PREVIDENZIALE)),
    any("ScontoMaggiorazione", block(SCONTO_MAGGIORAZIONE)),
    maybe("ImportoTotaleDocumento", value(AMOUNT2)),
    maybe("Arrotondamento", value(AMOUNT2)),
    any("Causale", latin(200)),
    maybe("Art73", word(words::SI)),
];

const DATI_RITENUTA: &[Item] = &[
    one("TipoRitenuta", word(words::TIPO_RITENUTA)),
    one("ImportoRitenuta", value(AMOUNT2)),
    one("AliquotaRitenuta", value(Rate)),
    one("CausalePagamento", word(words::CAUSALE_PAGAMENTO)),
];

const DATI_BOLLO: &[Item] = &[one("BolloVirtuale", word(words::SI)), maybe("ImportoBollo", value(AMOUNT2))];

const DATI_CASSA_PREVIDENZIALE: &[Item] = &[
    one("TipoCassa", word(words::TIPO_CASSA)),
    one("AlCassa", value(Rate)),
    one("ImportoContributoCassa", value(AMOUNT2)),
    maybe("ImponibileCassa", value(AMOUNT2)),
    one("AliquotaIVA", value(Rate)),
    maybe("Ritenuta", word(words::SI)),
    maybe("Natura", word(words::NATURA)),
    maybe("RiferimentoAmministrazione", basic(20)),
];

const SCONTO_MAGGIORAZIONE: &[Item] = &[
    one("Tipo", word(words::TIPO_SCONTO_MAGGIORAZIONE)),
    maybe("Percentuale", value(Rate)),
    maybe("Importo", value(AMOUNT8)),
];

const DATI_SAL: &[Item] = &[one("RiferimentoFase", value(Whole(1, 999)))];

const DATI_DOCUMENTI_CORRELATI: &[Item] = &[
    any("RiferimentoNumeroLinea", value(Whole(1, 9999))),
    one("IdDocumento", basic(20)),
    maybe("Data", value(Date)),
    maybe("NumItem", basic(20)),
    maybe("CodiceCommessaConvenzione", latin(100)),
    maybe("CodiceCUP", basic(15)),
    maybe("CodiceCIG", basic(15)),
];

const DATI_DDT: &[Item] =
    &[one("NumeroDDT", basic(20)), one("DataDDT", value(Date)), any("RiferimentoNumeroLinea", value(Whole(1, 9999)))];

const DATI_TRASPORTO: &[Item] = &[
    maybe("DatiAnagraficiVettore", block(DATI_ANAGRAFICI_VETTORE)),
    maybe("MezzoTrasporto", latin(80)),
    maybe("CausaleTrasporto", latin(100)),
    maybe("NumeroColli", value(Whole(1, 9999))),
    maybe("Descrizione", latin(100)),
    maybe("UnitaMisuraPeso", basic(10)),
    maybe("PesoLordo", value(Number(false, 4, 1, 2))),
    maybe("PesoNetto", value(Number(false, 4, 1, 2))),
    maybe("DataOraRitiro", value(Moment)),
    maybe("DataInizioTrasporto", value(Date)),
    maybe("TipoResa", value(Capitals(3))),
    maybe("IndirizzoResa", block(INDIRIZZO)),
    maybe("DataOraConsegna", value(Moment)),
];

const INDIRIZZO: &[Item] = &[
    one("Indirizzo", latin(60)),
    maybe("NumeroCivico", value(Text(Basic, Replace, 1, 8))),
    one("CAP", value(Digits(5))),
    one("Comune", latin(60)),
    maybe("Provincia", value(Capitals(2))),
    with_default("Nazione", value(Capitals(2)), "IT"),
];

const FATTURA_PRINCIPALE: &[Item] =
    &[one("NumeroFatturaPrincipale", basic(20)), one("DataFatturaPrincipale", value(Date))];

const CEDENTE_PRESTATORE: &[Item] = &[
    one("DatiAnagrafici", block(DATI_ANAGRAFICI_CEDENTE)),
    one("Sede", block(INDIRIZZO)),
    maybe("StabileOrganizzazione", block(INDIRIZZO)),
    maybe("IscrizioneREA", block(ISCRIZIONE_REA)),
    maybe("Contatti", block(CONTATTI)),
    maybe("RiferimentoAmministrazione", basic(20)),
];

const DATI_ANAGRAFICI_CEDENTE: &[Item] = &[
    one("IdFiscaleIVA", block(ID_FISCALE)),
    maybe("CodiceFiscale", value(Code(11, 16))),
    one("Anagrafica", block(ANAGRAFICA)),
    maybe("AlboProfessionale", latin(60)),
    maybe("ProvinciaAlbo", value(Capitals(2))),
    maybe("NumeroIscrizioneAlbo", basic(60)),
    maybe("DataIscrizioneAlbo", value(Date)),
    one("RegimeFiscale", word(words::REGIME_FISCALE)),
];

const ANAGRAFICA: &[Item] = &[
    Item::Either(&[&[spec("Denominazione", latin(80))], &[spec("Nome", latin(60)), spec("Cognome", latin(60))]]),
    maybe("Titolo", value(Text(Basic, Collapse, 2, 10))),
    maybe("CodEORI", value(Text(Any, Preserve, 13, 17))),
];

const DATI_ANAGRAFICI_VETTORE: &[Item] = &[
    one("IdFiscaleIVA", block(ID_FISCALE)),
    maybe("CodiceFiscale", value(Code(11, 16))),
    one("Anagrafica", block(ANAGRAFICA)),
    maybe("NumeroLicenzaGuida", basic(20)),
];

const ISCRIZIONE_REA: &[Item] = &[
    one("Ufficio", value(Capitals(2))),
    one("NumeroREA", basic(20)),
    maybe("CapitaleSociale", value(AMOUNT2)),
    maybe("SocioUnico", word(words::SOCIO_UNICO)),
    one("StatoLiquidazione", word(words::STATO_LIQUIDAZIONE)),
];

const CONTATTI: &[Item] = &[
    maybe("Telefono", value(Text(Basic, Replace, 5, 12))),
    maybe("Fax", value(Text(Basic, Replace, 5, 12))),
    maybe("Email", value(Contact)),
];

const RAPPRESENTANTE_FISCALE: &[Item] = &[one("DatiAnagrafici", block(DATI_ANAGRAFICI_RAPPRESENTANTE))];

const DATI_ANAGRAFICI_RAPPRESENTANTE: &[Item] = &[
    one("IdFiscaleIVA", block(ID_FISCALE)),
    maybe("CodiceFiscale", value(Code(11, 16))),
    one("Anagrafica", block(ANAGRAFICA)),
];

const CESSIONARIO_COMMITTENTE: &[Item] = &[
    one("DatiAnagrafici", block(DATI_ANAGRAFICI_CESSIONARIO)),
    one("Sede", block(INDIRIZZO)),
    maybe("StabileOrganizzazione", block(INDIRIZZO)),
    maybe("RappresentanteFiscale", block(RAPPRESENTANTE_FISCALE_CESSIONARIO)),
];

const RAPPRESENTANTE_FISCALE_CESSIONARIO: &[Item] = &[
    one("IdFiscaleIVA", block(ID_FISCALE)),
    Item::Either(&[&[spec("Denominazione", latin(80))], &[spec("Nome", latin(60)), spec("Cognome", latin(60))]]),
];

const DATI_ANAGRAFICI_CESSIONARIO: &[Item] = &[
    maybe("IdFiscaleIVA", block(ID_FISCALE)),
    maybe("CodiceFiscale", value(Code(11, 16))),
    one("Anagrafica", block(ANAGRAFICA)),
];

const DATI_BENI_SERVIZI: &[Item] =
    &[many("DettaglioLinee", block(DETTAGLIO_LINEE)), many("DatiRiepilogo", block(DATI_RIEPILOGO))];

const DATI_VEICOLI: &[Item] = &[one("Data", value(Date)), one("TotalePercorso", basic(15))];

const DATI_PAGAMENTO: &[Item] = &[
    one("CondizioniPagamento", word(words::CONDIZIONI_PAGAMENTO)),
    many("DettaglioPagamento", block(DETTAGLIO_PAGAMENTO)),
];

const DETTAGLIO_PAGAMENTO: &[Item] = &[
    maybe("Beneficiario", latin(200)),
    one("ModalitaPagamento", word(words::MODALITA_PAGAMENTO)),
    maybe("DataRiferimentoTerminiPagamento", value(Date)),
    maybe("GiorniTerminiPagamento", value(Whole(0, 999))),
    maybe("DataScadenzaPagamento", value(Date)),
    one("ImportoPagamento", value(AMOUNT2)),
    maybe("CodUfficioPostale", basic(20)),
    maybe("CognomeQuietanzante", latin(60)),
    maybe("NomeQuietanzante", latin(60)),
    maybe("CFQuietanzante", value(Code(16, 16))),
    maybe("TitoloQuietanzante", value(Text(Basic, Collapse, 2, 10))),
    maybe("IstitutoFinanziario", latin(80)),
    maybe("IBAN", value(Iban)),
    maybe("ABI", value(Digits(5))),
    maybe("CAB", value(Digits(5))),
    maybe("BIC", value(Bic)),
    maybe("ScontoPagamentoAnticipato", value(AMOUNT2)),
    maybe("DataLimitePagamentoAnticipato", value(Date)),
    maybe("PenalitaPagamentiRitardati", value(AMOUNT2)),
    maybe("DataDecorrenzaPenale", value(Date)),
    maybe("CodicePagamento", basic(60)),
];

const TERZO_INTERMEDIARIO_SOGGETTO_EMITTENTE: &[Item] =
    &[one("DatiAnagrafici", block(DATI_ANAGRAFICI_TERZO_INTERMEDIARIO))];

const DATI_ANAGRAFICI_TERZO_INTERMEDIARIO: &[Item] = &[
    maybe("IdFiscaleIVA", block(ID_FISCALE)),
    maybe("CodiceFiscale", value(Code(11, 16))),
    one("Anagrafica", block(ANAGRAFICA)),
];

const ALLEGATI: &[Item] = &[
    one("NomeAttachment", latin(60)),
    maybe("AlgoritmoCompressione", basic(10)),
    maybe("FormatoAttachment", basic(10)),
    maybe("DescrizioneAttachment", latin(100)),
    one("Attachment", value(Bytes)),
];

const DETTAGLIO_LINEE: &[Item] = &[
    one("NumeroLinea", value(Whole(1, 9999))),
    maybe("TipoCessionePrestazione", word(words::TIPO_CESSIONE_PRESTAZIONE)),
    any("CodiceArticolo", block(CODICE_ARTICOLO)),
    one("Descrizione", latin(1000)),
    maybe("Quantita", value(Number(false, 12, 2, 8))),
    maybe("UnitaMisura", basic(10)),
    maybe("DataInizioPeriodo", value(Date)),
    maybe("DataFinePeriodo", value(Date)),
    one("PrezzoUnitario", value(AMOUNT8)),
    any("ScontoMaggiorazione", block(SCONTO_MAGGIORAZIONE)),
    one("PrezzoTotale", value(AMOUNT8)),
    one("AliquotaIVA", value(Rate)),
    maybe("Ritenuta", word(words::SI)),
    maybe("Natura", word(words::NATURA)),
    maybe("RiferimentoAmministrazione", basic(20)),
    any("AltriDatiGestionali", block(ALTRI_DATI_GESTIONALI)),
];

const CODICE_ARTICOLO: &[Item] = &[one("CodiceTipo", basic(35)), one("CodiceValore", value(Text(Any, Replace, 1, 35)))];

const ALTRI_DATI_GESTIONALI: &[Item] = &[
    one("TipoDato", basic(10)),
    maybe("RiferimentoTesto", latin(60)),
    maybe("RiferimentoNumero", value(AMOUNT8)),
    maybe("RiferimentoData", value(Date)),
];

const DATI_RIEPILOGO: &[Item] = &[
    one("AliquotaIVA", value(Rate)),
    maybe("Natura", word(words::NATURA)),
    maybe("SpeseAccessorie", value(AMOUNT2)),
    maybe("Arrotondamento", value(AMOUNT8)),
    one("ImponibileImporto", value(AMOUNT2)),
    one("Imposta", value(AMOUNT2)),
    maybe("EsigibilitaIVA", word(words::ESIGIBILITA_IVA)),
    maybe("RiferimentoNormativo", latin(100)),
];
