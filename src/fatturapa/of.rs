//! Bill → blocks. Every figure is the bill's; only texts are adapted, and what that changed is kept.

use rust_decimal::{Decimal, RoundingStrategy};

use super::blocks::*;
use super::text::{basic, cut, latin, pieces};
use super::{Adapted, Shortened};
use crate::bill::{Bill, BillLine, Named, Party, Payment, Subject, Summary, Totals};
use crate::money::Money;
use crate::schema::BillKind;

/// Longest `Causale`.
const REASON: usize = 200;
/// Longest `Descrizione`.
const DESCRIPTION: usize = 1000;
/// Longest `Denominazione` and `IstitutoFinanziario`.
const NAME: usize = 80;
/// Longest `Indirizzo` and `Comune`.
const ADDRESS: usize = 60;
/// Longest `CodiceCommessaConvenzione` and `RiferimentoNormativo`.
const TITLE: usize = 100;
/// Longest `CodiceValore`.
const CODE: usize = 35;
/// Longest `Numero` and `IdDocumento`.
const NUMBER: usize = 20;
/// `CodiceTipo` of the services of the catalogue.
const CATALOGUE: &str = "SERVIZIO";
/// `UnitaMisura` of what has none: "numero".
const PIECES: &str = "n.";
/// `CodiceDestinatario` of who is not a public body.
const NO_OFFICE: &str = "0000000";

impl FatturaElettronica {
    /// The file of a bill; nothing where the bill is not sent through the exchange system: a request of payment, a
    /// number not used, a bill without `sending`.
    ///
    /// What the bill lacks and the schema wants (an address, a VAT number of the seller) is left empty: such a file is
    /// not to be written, and the controls of the exchange system refuse it.
    pub fn of(bill: &Bill) -> Option<Self> {
        let tipo_documento = match bill.kind {
            BillKind::Fattura => "TD01",
            BillKind::NotaCredito => "TD04",
            BillKind::Richiesta | BillKind::Annullata => return None,
        };
        let sending = bill.sending.as_deref()?;
        let totals = bill.totals();
        let mut texts = Texts::default();
        // The reasons first: what is cut elsewhere is added to them where they do not say it already.
        let mut causale: Vec<String> = bill.reasons.iter().map(|reason| texts.latin(reason)).collect();

        let cedente_prestatore = seller(&bill.seller, &mut texts);
        let cessionario_committente = buyer(&bill.payer, &mut texts);
        let (dati_ordine_acquisto, dati_convenzione, dati_fatture_collegate) = references(bill, &mut texts);
        let numero = texts.number("Numero", &bill.number);
        let dettaglio_linee: Vec<_> = (1..).zip(&bill.lines).map(|(number, it)| line(number, it, &mut texts)).collect();
        let dati_riepilogo = totals.summaries.iter().map(|it| summary(it, bill.split, &mut texts)).collect();
        let is_note = bill.kind == BillKind::NotaCredito;
        let dati_pagamento = (!is_note).then(|| payment(&bill.payment, &totals, &mut texts));

        let told = causale.join(" ");
        causale.extend(texts.rest.iter().filter(|(_, whole)| !told.contains(whole)).map(|(label, whole)| {
            let stop = if whole.ends_with(['.', '!', '?']) { "" } else { "." };
            format!("{label}: {whole}{stop}")
        }));
        let causale = causale.iter().flat_map(|reason| pieces(reason, REASON)).collect();
        Some(Self {
            dati_trasmissione: sending_of(bill, sending),
            cedente_prestatore,
            cessionario_committente,
            dati_generali: DatiGenerali {
                dati_generali_documento: DatiGeneraliDocumento {
                    tipo_documento,
                    data: bill.date,
                    numero,
                    dati_bollo: bill.stamp.map(|importo_bollo| DatiBollo { importo_bollo }),
                    importo_totale_documento: totals.total,
                    causale,
                },
                dati_ordine_acquisto,
                dati_convenzione,
                dati_fatture_collegate,
            },
            dettaglio_linee,
            dati_riepilogo,
            dati_pagamento,
            adapted: texts.adapted,
        })
    }
}

/// Texts on their way into the file, and what became of them.
#[derive(Default)]
struct Texts {
    adapted: Adapted,
    /// The texts that were cut, whole, with the words that introduce them in `Causale`.
    rest: Vec<(String, String)>,
}

impl Texts {
    fn take(&mut self, (text, told): (String, Vec<char>)) -> String {
        for c in told {
            if !self.adapted.replaced.contains(&c) {
                self.adapted.replaced.push(c);
            }
        }
        text
    }

    fn latin(&mut self, text: &str) -> String {
        self.take(latin(text))
    }

    /// A code: never cut, as a code cut is another code; the schema's length is for the controls to see.
    fn code(&mut self, text: &str) -> String {
        self.take(basic(text))
    }

    /// A text of at most `limit` characters; `label` introduces the whole of one that is cut.
    fn within(&mut self, element: &'static str, label: &str, limit: usize, text: &str) -> String {
        let whole = self.latin(text);
        self.fitted(element, label, limit, whole)
    }

    /// A number of a document.
    fn number(&mut self, element: &'static str, text: &str) -> String {
        let whole = self.code(text);
        self.fitted(element, "Numero per intero", NUMBER, whole)
    }

    fn fitted(&mut self, element: &'static str, label: &str, limit: usize, whole: String) -> String {
        let Some(kept) = cut(&whole, limit) else { return whole };
        self.rest.push((label.to_owned(), whole.clone()));
        self.adapted.shortened.push(Shortened { element, whole, kept: kept.clone() });
        kept
    }
}

fn filled(text: String) -> Option<String> {
    Some(text).filter(|text| !text.is_empty())
}

fn sending_of(bill: &Bill, sending: &str) -> DatiTrasmissione {
    let sender = bill.seller.tax_code.as_ref().or(bill.seller.vat_number.as_ref());
    let payer = &bill.payer;
    DatiTrasmissione {
        id_trasmittente: IdFiscale { id_codice: sender.cloned().unwrap_or_default() },
        progressivo_invio: sending.to_owned(),
        formato_trasmissione: if payer.is_public { "FPA12" } else { "FPR12" },
        codice_destinatario: match &payer.office {
            Some(office) if payer.is_public => office.to_ascii_uppercase(),
            _ if payer.is_public => String::new(),
            _ => NO_OFFICE.to_owned(),
        },
        pec_destinatario: payer.pec.clone().filter(|_| !payer.is_public),
    }
}

fn vat(party: &Party) -> Option<IdFiscale> {
    party.vat_number.clone().map(|id_codice| IdFiscale { id_codice })
}

fn seller(party: &Party, texts: &mut Texts) -> CedentePrestatore {
    CedentePrestatore {
        id_fiscale_iva: vat(party).unwrap_or(IdFiscale { id_codice: String::new() }),
        codice_fiscale: party.tax_code.clone(),
        denominazione: texts.within("Denominazione", "Denominazione di chi emette", NAME, &party.name),
        sede: seat(party, "di chi emette", texts),
    }
}

fn buyer(party: &Party, texts: &mut Texts) -> CessionarioCommittente {
    CessionarioCommittente {
        id_fiscale_iva: vat(party),
        codice_fiscale: party.tax_code.clone(),
        denominazione: texts.within("Denominazione", "Denominazione di chi paga", NAME, &party.name),
        sede: seat(party, "di chi paga", texts),
    }
}

fn seat(party: &Party, whose: &str, texts: &mut Texts) -> Sede {
    let province = party.province.trim().to_ascii_uppercase();
    let is_sign = province.len() == 2 && province.bytes().all(|byte| byte.is_ascii_uppercase());
    Sede {
        indirizzo: texts.within("Indirizzo", &format!("Indirizzo {whose}"), ADDRESS, &party.address),
        cap: party.post_code.clone(),
        comune: texts.within("Comune", &format!("Comune della sede {whose}"), ADDRESS, &party.town),
        provincia: Some(province).filter(|_| is_sign),
    }
}

/// The act of spending, the convention, the invoice corrected. A CIG or CUP that comes without act and convention stands
/// in an order of its own that is named after it: the schema has no other place, and the payer may refuse an invoice that
/// lacks it (D.M. 132/2020).
fn references(
    bill: &Bill,
    texts: &mut Texts,
) -> (Option<DatiDocumentiCorrelati>, Option<DatiDocumentiCorrelati>, Option<DatiDocumentiCorrelati>) {
    let it = &bill.references;
    let mut code = |code: &Option<String>| code.as_deref().and_then(|code| filled(texts.code(code)));
    let (cig, cup) = (code(&it.cig), code(&it.cup));
    let mut named = |document: &Named, with_codes: bool| {
        let id_documento = filled(texts.number("IdDocumento", &document.number))?;
        Some(DatiDocumentiCorrelati {
            id_documento,
            data: document.date,
            codice_commessa_convenzione: None,
            codice_cup: cup.clone().filter(|_| with_codes),
            codice_cig: cig.clone().filter(|_| with_codes),
        })
    };
    let mut order = it.spending.as_ref().and_then(|act| named(act, true));
    let mut convention = it.convention.as_ref().and_then(|act| named(act, true));
    let corrected = it.corrects.as_ref().and_then(|invoice| named(invoice, false));
    if let (None, None, Some(code)) = (&order, &convention, cig.as_ref().or(cup.as_ref())) {
        order = Some(DatiDocumentiCorrelati {
            id_documento: code.clone(),
            data: None,
            codice_commessa_convenzione: None,
            codice_cup: cup.clone(),
            codice_cig: cig.clone(),
        });
    }
    if let Some(convention) = &mut convention {
        let title = texts.within("CodiceCommessaConvenzione", "Convenzione", TITLE, &it.title);
        convention.codice_commessa_convenzione = filled(title);
    }
    (order, convention, corrected)
}

fn line(number: usize, it: &BillLine, texts: &mut Texts) -> DettaglioLinee {
    let codice_articolo = match &it.subject {
        Subject::Service(code) => {
            let value = texts.within("CodiceValore", &format!("Codice del servizio della riga {number}"), CODE, code);
            filled(value).map(|codice_valore| CodiceArticolo { codice_tipo: CATALOGUE, codice_valore })
        }
        Subject::Fee | Subject::Stamp | Subject::Reversal => None,
    };
    let label = format!("Descrizione della riga {number}");
    DettaglioLinee {
        codice_articolo,
        descrizione: texts.within("Descrizione", &label, DESCRIPTION, &it.description),
        quantita: it.quantity,
        // A unit of nothing counted says nothing; a quantity without unit puzzles some readers.
        unita_misura: it.quantity.map(|_| texts.code(it.unit.unwrap_or(PIECES))),
        periodo: it.period,
        prezzo_unitario: it.price,
        sconto_maggiorazione: discount(it),
        prezzo_totale: it.amount,
        aliquota_iva: it.tax.rate,
        natura: it.tax.nature,
    }
}

fn discount(it: &BillLine) -> Option<ScontoMaggiorazione> {
    let hundredths = it.discount.normalize();
    if hundredths.is_zero() {
        return None;
    }
    if hundredths.scale() <= 2 {
        return Some(ScontoMaggiorazione::Percentuale(hundredths));
    }
    let off = (it.price * hundredths / Decimal::ONE_HUNDRED)
        .round_dp_with_strategy(8, RoundingStrategy::MidpointAwayFromZero);
    Some(ScontoMaggiorazione::Importo(off))
}

fn summary(it: &Summary, split: bool, texts: &mut Texts) -> DatiRiepilogo {
    let is_taxed = it.tax.rate > Decimal::ZERO;
    let law = texts.within("RiferimentoNormativo", "Riferimento normativo", TITLE, &it.tax.law);
    DatiRiepilogo {
        aliquota_iva: it.tax.rate,
        natura: it.tax.nature,
        imponibile_importo: it.base,
        imposta: it.vat,
        esigibilita_iva: is_taxed.then_some(if split { "S" } else { "I" }),
        riferimento_normativo: filled(law),
    }
}

fn payment(it: &Payment, totals: &Totals, texts: &mut Texts) -> DatiPagamento {
    let account = it.treasury.as_ref().map(|number| format!("Banca d'Italia - Tesoreria unica, conto n. {number}"));
    let importo_pagamento: Money = totals.to_pay;
    DatiPagamento {
        dettaglio_pagamento: DettaglioPagamento {
            modalita_pagamento: if account.is_some() { "MP15" } else { "MP05" },
            data_scadenza_pagamento: it.due,
            importo_pagamento,
            iban: it.iban.clone().filter(|_| account.is_none()),
            istituto_finanziario: account
                .map(|account| texts.within("IstitutoFinanziario", "Conto di tesoreria", NAME, &account)),
        },
    }
}
