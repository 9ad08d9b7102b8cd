//! The tables of changes: each makes of a good file the nearest bad one, and says what is found and where.

mod amounts;
mod parties;

use super::{places, with};

/// A change of a good file.
pub struct Case {
    /// What it shows.
    pub what: &'static str,
    base: &'static str,
    /// Changes that leave the file good.
    good: &'static [(&'static str, &'static str)],
    /// Changes on top of those that make it bad.
    bad: &'static [(&'static str, &'static str)],
    /// Code and path of all that is then found, in order.
    pub finds: &'static [(&'static str, &'static str)],
}

impl Case {
    fn good(&self) -> String {
        self.good.iter().fold(self.base.to_owned(), |text, (from, to)| with(&text, from, to))
    }

    /// The bad file.
    pub fn bad(&self) -> String {
        self.bad.iter().fold(self.good(), |text, (from, to)| with(&text, from, to))
    }
}

type Changes = &'static [(&'static str, &'static str)];

const fn case(what: &'static str, base: &'static str, good: Changes, bad: Changes, finds: Changes) -> Case {
    Case { what, base, good, bad, finds }
}

/// A line without VAT, and its summary.
const ZERO_LINE: (&str, &str) = (
    "<AliquotaIVA>22.00</AliquotaIVA>\n      </DettaglioLinee>",
    "<AliquotaIVA>0.00</AliquotaIVA><Natura>N2.2</Natura>\n      </DettaglioLinee>",
);
const ZERO_SUMMARY: (&str, &str) = (
    "<AliquotaIVA>22.00</AliquotaIVA>\n        <ImponibileImporto>1000.00</ImponibileImporto>\n        <Imposta>220.00</Imposta>",
    "<AliquotaIVA>0.00</AliquotaIVA>\n        <Natura>N2.2</Natura>\n        <ImponibileImporto>1000.00</ImponibileImporto>\n        <Imposta>0.00</Imposta>",
);
/// No split payment.
const SPLIT: (&str, &str) = ("<EsigibilitaIVA>S</EsigibilitaIVA>", "");
/// A buyer with a VAT number; the same as the seller; a seller abroad.
const BUYER: (&str, &str) = (
    "<CodiceFiscale>80000000028</CodiceFiscale>",
    "<IdFiscaleIVA><IdPaese>IT</IdPaese><IdCodice>09900000028</IdCodice></IdFiscaleIVA><CodiceFiscale>80000000028</CodiceFiscale>",
);
const SAME: (&str, &str) = ("<IdCodice>09900000028", "<IdCodice>09900000010");
const FOREIGN: (&str, &str) = (
    "<IdFiscaleIVA><IdPaese>IT</IdPaese><IdCodice>09900000010",
    "<IdFiscaleIVA><IdPaese>FR</IdPaese><IdCodice>12345678901",
);

/// A second document with the number of the first.
const LOT: (&str, &str) = (
    "</FatturaElettronicaBody>",
    "</FatturaElettronicaBody>\n<FatturaElettronicaBody><DatiGenerali><DatiGeneraliDocumento>\
     <TipoDocumento>TD01</TipoDocumento><Divisa>EUR</Divisa><Data>2026-01-09</Data><Numero>12/cst</Numero>\
     </DatiGeneraliDocumento></DatiGenerali>\n<DatiBeniServizi><DettaglioLinee><NumeroLinea>1</NumeroLinea>\
     <Descrizione>Servizio</Descrizione><PrezzoUnitario>10.00</PrezzoUnitario><PrezzoTotale>10.00</PrezzoTotale>\
     <AliquotaIVA>10.00</AliquotaIVA></DettaglioLinee><DatiRiepilogo><AliquotaIVA>10.00</AliquotaIVA>\
     <ImponibileImporto>10.00</ImponibileImporto><Imposta>1.00</Imposta></DatiRiepilogo></DatiBeniServizi>\
     </FatturaElettronicaBody>",
);

/// All changes.
pub fn all() -> impl Iterator<Item = &'static Case> {
    amounts::CASES.iter().chain(parties::CASES)
}

#[test]
fn each_change_trips_its_control_there_and_no_other() {
    let mut faults = Vec::new();
    for case in all() {
        let good = places(&case.good());
        if !good.is_empty() {
            faults.push(format!("{}: the good file has {good:?}", case.what));
        }
        let bad = places(&case.bad());
        let bad: Vec<(&str, &str)> = bad.iter().map(|(code, path)| (*code, path.as_str())).collect();
        if bad != case.finds {
            faults.push(format!("{}: found {bad:?}", case.what));
        }
    }
    assert_eq!(faults, [] as [String; 0]);
}
