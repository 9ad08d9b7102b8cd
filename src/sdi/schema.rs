//! The blocks of format FPA12/FPR12, schema 1.2.3, as a table: order, how often, what may stand in each. Read by
//! `sdi::format`; the numbers of the elements («2.2.1.11») follow from the order, as in the Agency's tables.
//! Legal source: technical specifications of the provvedimento AdE 24/11/2022 n. 433608 as amended, version 1.9.

mod blocks;
mod words;

pub(super) use blocks::ROOT;
pub(super) use words::FORMATO_TRASMISSIONE as FORMATS;

/// What may stand in a block, in order.
#[derive(Debug)]
pub(super) enum Item {
    /// One element.
    Element(Spec),
    /// One of these sequences, each wholly.
    Either(&'static [&'static [Spec]]),
}

/// An element.
#[derive(Debug)]
pub(super) struct Spec {
    /// Its name.
    pub name: &'static str,
    /// How many at least: 0 or 1.
    pub least: u8,
    /// It may be repeated.
    pub many: bool,
    /// What it holds.
    pub content: Content,
    /// The value that an empty element stands for.
    pub default: Option<&'static str>,
}

/// What an element holds.
#[derive(Debug)]
pub(super) enum Content {
    /// Text of one kind.
    Value(Kind),
    /// Other elements.
    Block(&'static [Item]),
    /// A signature, whose inside is not our business.
    Signature,
}

/// The characters of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Alphabet {
    /// U+0000–U+007F.
    Basic,
    /// U+0000–U+00FF.
    Latin,
    /// Any.
    Any,
}

/// What is done with spaces before a text is judged (XML Schema, `whiteSpace`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Space {
    /// Nothing.
    Preserve,
    /// Tabs and line ends become spaces.
    Replace,
    /// The same, then runs of spaces become one and those at the ends go.
    Collapse,
}

/// A kind of text.
#[derive(Debug, Clone, Copy)]
pub(super) enum Kind {
    /// One of these words.
    Word(&'static [&'static str]),
    /// Characters: which, from how many, to how many.
    Text(Alphabet, Space, usize, usize),
    /// So many capital letters A–Z.
    Capitals(usize),
    /// So many digits.
    Digits(usize),
    /// Capital letters and digits: from how many, to how many.
    Code(usize, usize),
    /// IBAN, by its shape alone.
    Iban,
    /// BIC, by its shape alone.
    Bic,
    /// An address of e-mail, loosely.
    Contact,
    /// An address of certified e-mail.
    Email,
    /// A decimal number: may be negative, digits before the dot, digits after it from, to.
    Number(bool, usize, usize, usize),
    /// A percentage up to 100.00.
    Rate,
    /// A whole number from, to.
    Whole(u32, u32),
    /// A day.
    Date,
    /// A day from 1970 on.
    RecentDate,
    /// A moment.
    Moment,
    /// Bytes in base64.
    Bytes,
}

impl Item {
    /// The elements that may stand in this place.
    pub fn specs(&self) -> Vec<&Spec> {
        match self {
            Self::Element(spec) => vec![spec],
            Self::Either(sequences) => sequences.iter().flat_map(|sequence| sequence.iter()).collect(),
        }
    }
}

/// The number and name of an element by the names that lead to it: `2.2.1.11 <PrezzoTotale>`; the bare name where the
/// schema has no such element.
pub(super) fn element(names: &[&str]) -> String {
    let Some(last) = names.last() else { return "<FatturaElettronica>".to_owned() };
    let mut numbers = Vec::new();
    let mut block: &[Item] = ROOT;
    for name in names {
        let specs = block.iter().flat_map(Item::specs).enumerate();
        let Some((index, spec)) = specs.into_iter().find(|(_, spec)| spec.name == *name) else {
            return format!("<{last}>");
        };
        numbers.push((index + 1).to_string());
        block = match spec.content {
            Content::Block(items) => items,
            Content::Value(_) | Content::Signature => &[],
        };
    }
    format!("{} <{last}>", numbers.join("."))
}

#[cfg(test)]
mod tests {
    use super::element;

    #[test]
    fn elements_have_the_numbers_of_the_agency() {
        for (path, wanted) in [
            ("FatturaElettronicaHeader/DatiTrasmissione/PECDestinatario", "1.1.6 <PECDestinatario>"),
            (
                "FatturaElettronicaHeader/CessionarioCommittente/DatiAnagrafici/IdFiscaleIVA/IdCodice",
                "1.4.1.1.2 <IdCodice>",
            ),
            ("FatturaElettronicaHeader/CessionarioCommittente/RappresentanteFiscale/Cognome", "1.4.4.4 <Cognome>"),
            ("FatturaElettronicaBody/DatiGenerali/DatiFattureCollegate/Data", "2.1.6.3 <Data>"),
            ("FatturaElettronicaBody/DatiBeniServizi/DettaglioLinee/PrezzoTotale", "2.2.1.11 <PrezzoTotale>"),
            ("FatturaElettronicaBody/DatiBeniServizi/DatiRiepilogo/Imposta", "2.2.2.6 <Imposta>"),
            ("FatturaElettronicaBody/Altro", "<Altro>"),
        ] {
            assert_eq!(element(&path.split('/').collect::<Vec<_>>()), wanted);
        }
    }
}
