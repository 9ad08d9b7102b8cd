//! FatturaPA blocks → XML of schema 1.2.3: elements in its order, sums in its formats, UTF-8, indented. The bytes depend on
//! the blocks alone. Called by `pipeline`; the file's name is [`crate::bill::Bill::file_name`].

#[cfg(test)]
mod tests;

use std::io;

use chrono::NaiveDate;
use quick_xml::Writer;
use quick_xml::escape::partial_escape;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};
use rust_decimal::{Decimal, RoundingStrategy};

use super::EmitError;
use crate::fatturapa::{
    CedentePrestatore, CessionarioCommittente, DatiDocumentiCorrelati, DatiGenerali, DatiGeneraliDocumento,
    DatiPagamento, DatiRiepilogo, DatiTrasmissione, DettaglioLinee, FatturaElettronica, IdFiscale, ScontoMaggiorazione,
    Sede,
};
use crate::money::Money;

/// Name space of the root; what is inside it has none.
const NAMESPACE: &str = "http://ivaservizi.agenziaentrate.gov.it/docs/xsd/fatture/v1.2";
/// Root element.
const ROOT: &str = "p:FatturaElettronica";
/// `SistemaEmittente`, at most ten characters.
const SYSTEM: &str = "Scrivano";
/// Country of all parties and their fiscal codes.
const COUNTRY: &str = "IT";

/// The file.
///
/// # Errors
/// Never on memory.
pub fn xml(file: &FatturaElettronica) -> Result<Vec<u8>, EmitError> {
    let mut out = Out { writer: Writer::new_with_indent(Vec::with_capacity(4096), b' ', 2) };
    out.event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    let root = BytesStart::new(ROOT).with_attributes([
        ("xmlns:p", NAMESPACE),
        ("versione", file.dati_trasmissione.formato_trasmissione),
        ("SistemaEmittente", SYSTEM),
    ]);
    out.event(Event::Start(root))?;
    out.block("FatturaElettronicaHeader", |out| {
        out.sending(&file.dati_trasmissione)?;
        out.seller(&file.cedente_prestatore)?;
        out.buyer(&file.cessionario_committente)
    })?;
    out.block("FatturaElettronicaBody", |out| {
        out.general(&file.dati_generali)?;
        out.block("DatiBeniServizi", |out| {
            (1..).zip(&file.dettaglio_linee).try_for_each(|(number, it)| out.line(number, it))?;
            file.dati_riepilogo.iter().try_for_each(|it| out.summary(it))
        })?;
        file.dati_pagamento.iter().try_for_each(|it| out.payment(it))
    })?;
    out.event(Event::End(BytesEnd::new(ROOT)))?;
    let mut bytes = out.writer.into_inner();
    bytes.push(b'\n');
    Ok(bytes)
}

type Done = io::Result<()>;

/// The file being written.
struct Out {
    writer: Writer<Vec<u8>>,
}

impl Out {
    fn event(&mut self, event: Event<'_>) -> Done {
        self.writer.write_event(event)
    }

    fn block(&mut self, name: &str, inside: impl FnOnce(&mut Self) -> Done) -> Done {
        self.event(Event::Start(BytesStart::new(name)))?;
        inside(self)?;
        self.event(Event::End(BytesEnd::new(name)))
    }

    fn text(&mut self, name: &str, text: &str) -> Done {
        self.event(Event::Start(BytesStart::new(name)))?;
        self.event(Event::Text(BytesText::from_escaped(partial_escape(text))))?;
        self.event(Event::End(BytesEnd::new(name)))
    }

    fn option(&mut self, name: &str, text: Option<&str>) -> Done {
        text.map_or(Ok(()), |text| self.text(name, text))
    }

    fn money(&mut self, name: &str, amount: Money) -> Done {
        self.text(name, &figure(amount.decimal(), 2))
    }

    fn day(&mut self, name: &str, day: NaiveDate) -> Done {
        self.text(name, &day.format("%Y-%m-%d").to_string())
    }

    fn fiscal(&mut self, name: &str, id: &IdFiscale) -> Done {
        self.block(name, |out| {
            out.text("IdPaese", COUNTRY)?;
            out.text("IdCodice", &id.id_codice)
        })
    }

    fn sending(&mut self, it: &DatiTrasmissione) -> Done {
        self.block("DatiTrasmissione", |out| {
            out.fiscal("IdTrasmittente", &it.id_trasmittente)?;
            out.text("ProgressivoInvio", &it.progressivo_invio)?;
            out.text("FormatoTrasmissione", it.formato_trasmissione)?;
            out.text("CodiceDestinatario", &it.codice_destinatario)?;
            out.option("PECDestinatario", it.pec_destinatario.as_deref())
        })
    }

    fn seller(&mut self, it: &CedentePrestatore) -> Done {
        self.block("CedentePrestatore", |out| {
            out.block("DatiAnagrafici", |out| {
                out.fiscal("IdFiscaleIVA", &it.id_fiscale_iva)?;
                out.option("CodiceFiscale", it.codice_fiscale.as_deref())?;
                out.block("Anagrafica", |out| out.text("Denominazione", &it.denominazione))?;
                out.text("RegimeFiscale", "RF01")
            })?;
            out.seat(&it.sede)
        })
    }

    fn buyer(&mut self, it: &CessionarioCommittente) -> Done {
        self.block("CessionarioCommittente", |out| {
            out.block("DatiAnagrafici", |out| {
                it.id_fiscale_iva.iter().try_for_each(|id| out.fiscal("IdFiscaleIVA", id))?;
                out.option("CodiceFiscale", it.codice_fiscale.as_deref())?;
                out.block("Anagrafica", |out| out.text("Denominazione", &it.denominazione))
            })?;
            out.seat(&it.sede)
        })
    }

    fn seat(&mut self, it: &Sede) -> Done {
        self.block("Sede", |out| {
            out.text("Indirizzo", &it.indirizzo)?;
            out.text("CAP", &it.cap)?;
            out.text("Comune", &it.comune)?;
            out.option("Provincia", it.provincia.as_deref())?;
            out.text("Nazione", COUNTRY)
        })
    }

    fn general(&mut self, it: &DatiGenerali) -> Done {
        self.block("DatiGenerali", |out| {
            out.document(&it.dati_generali_documento)?;
            out.related("DatiOrdineAcquisto", it.dati_ordine_acquisto.as_ref())?;
            out.related("DatiConvenzione", it.dati_convenzione.as_ref())?;
            out.related("DatiFattureCollegate", it.dati_fatture_collegate.as_ref())
        })
    }

    fn document(&mut self, it: &DatiGeneraliDocumento) -> Done {
        self.block("DatiGeneraliDocumento", |out| {
            out.text("TipoDocumento", it.tipo_documento)?;
            out.text("Divisa", "EUR")?;
            out.day("Data", it.data)?;
            out.text("Numero", &it.numero)?;
            if let Some(stamp) = it.dati_bollo {
                out.block("DatiBollo", |out| {
                    out.text("BolloVirtuale", "SI")?;
                    out.money("ImportoBollo", stamp.importo_bollo)
                })?;
            }
            out.money("ImportoTotaleDocumento", it.importo_totale_documento)?;
            it.causale.iter().try_for_each(|reason| out.text("Causale", reason))
        })
    }

    fn related(&mut self, name: &str, it: Option<&DatiDocumentiCorrelati>) -> Done {
        let Some(it) = it else { return Ok(()) };
        self.block(name, |out| {
            out.text("IdDocumento", &it.id_documento)?;
            it.data.map_or(Ok(()), |day| out.day("Data", day))?;
            out.option("CodiceCommessaConvenzione", it.codice_commessa_convenzione.as_deref())?;
            out.option("CodiceCUP", it.codice_cup.as_deref())?;
            out.option("CodiceCIG", it.codice_cig.as_deref())
        })
    }

    fn line(&mut self, number: usize, it: &DettaglioLinee) -> Done {
        self.block("DettaglioLinee", |out| {
            out.text("NumeroLinea", &number.to_string())?;
            if let Some(code) = &it.codice_articolo {
                out.block("CodiceArticolo", |out| {
                    out.text("CodiceTipo", code.codice_tipo)?;
                    out.text("CodiceValore", &code.codice_valore)
                })?;
            }
            out.text("Descrizione", &it.descrizione)?;
            out.option("Quantita", it.quantita.map(|quantity| figure(quantity, 8)).as_deref())?;
            out.option("UnitaMisura", it.unita_misura.as_deref())?;
            if let Some((first, last)) = it.periodo {
                out.day("DataInizioPeriodo", first)?;
                out.day("DataFinePeriodo", last)?;
            }
            out.text("PrezzoUnitario", &figure(it.prezzo_unitario, 8))?;
            if let Some(discount) = it.sconto_maggiorazione {
                out.block("ScontoMaggiorazione", |out| {
                    out.text("Tipo", "SC")?;
                    match discount {
                        ScontoMaggiorazione::Percentuale(hundredths) => out.text("Percentuale", &figure(hundredths, 2)),
                        ScontoMaggiorazione::Importo(off) => out.text("Importo", &figure(off, 8)),
                    }
                })?;
            }
            out.money("PrezzoTotale", it.prezzo_totale)?;
            out.text("AliquotaIVA", &figure(it.aliquota_iva, 2))?;
            out.option("Natura", it.natura.map(|nature| nature.code()))
        })
    }

    fn summary(&mut self, it: &DatiRiepilogo) -> Done {
        self.block("DatiRiepilogo", |out| {
            out.text("AliquotaIVA", &figure(it.aliquota_iva, 2))?;
            out.option("Natura", it.natura.map(|nature| nature.code()))?;
            out.money("ImponibileImporto", it.imponibile_importo)?;
            out.money("Imposta", it.imposta)?;
            out.option("EsigibilitaIVA", it.esigibilita_iva)?;
            out.option("RiferimentoNormativo", it.riferimento_normativo.as_deref())
        })
    }

    fn payment(&mut self, it: &DatiPagamento) -> Done {
        let it = &it.dettaglio_pagamento;
        self.block("DatiPagamento", |out| {
            out.text("CondizioniPagamento", "TP02")?;
            out.block("DettaglioPagamento", |out| {
                out.text("ModalitaPagamento", it.modalita_pagamento)?;
                out.day("DataScadenzaPagamento", it.data_scadenza_pagamento)?;
                out.money("ImportoPagamento", it.importo_pagamento)?;
                out.option("IstitutoFinanziario", it.istituto_finanziario.as_deref())?;
                out.option("IBAN", it.iban.as_deref())
            })
        })
    }
}

/// A figure with a dot and from two to `most` decimals, no more than it has.
fn figure(value: Decimal, most: u32) -> String {
    let mut value = value.round_dp_with_strategy(most, RoundingStrategy::MidpointAwayFromZero).normalize();
    if value.scale() < 2 {
        value.rescale(2);
    }
    value.to_string()
}
