//! Seller, buyer and their codes (00301–00306, 00417, 00471–00473, 00475, 00476).
//!
//! 00300–00306 mean that a code is not in the tax registry. The registry is not ours to ask, but a code whose check digit
//! is wrong cannot be in it, and that is what is said under these codes.
//!
//! Seller and buyer are the same (00471, 00472) where their VAT numbers are: that is what the list of controls compares.
//! Where the buyer has none, the system finds it in the registry from the fiscal code; here the fiscal codes are compared.

use super::{Document, report};
use crate::identifier::{TaxCode, VatNumber};
use crate::sdi::tree::Element;
use crate::sdi::{Finding, quoted};

/// Documents in which seller and buyer must be two (00471).
const TWO: &[&str] =
    &["TD01", "TD02", "TD03", "TD06", "TD16", "TD17", "TD18", "TD19", "TD20", "TD24", "TD25", "TD28", "TD29"];
/// Documents in which seller and buyer must be one (00472).
const ONE: &[&str] = &["TD21", "TD27"];
/// Documents whose seller cannot be Italian (00473).
const FOREIGN_SELLER: &[&str] = &["TD17", "TD18", "TD19", "TD28"];
/// Documents whose seller must be Italian (00473, from version 1.9 of the specifications).
const ITALIAN_SELLER: &[&str] = &["TD29"];
/// Documents that the buyer writes and whose VAT number must be there (00475).
const VAT_OF_BUYER: &[&str] = &["TD16", "TD17", "TD18", "TD19", "TD20", "TD22", "TD23", "TD28", "TD29"];

/// A fiscal code that may stand as Italian `IdCodice` of whoever transmits, or why it cannot be.
pub(super) fn code_fault(id: Element<'_>) -> Option<String> {
    let code = id.value("IdCodice").filter(|_| id.value("IdPaese") == Some("IT"))?;
    tax_fault(code)
}

fn tax_fault(code: &str) -> Option<String> {
    let fault = match code.len() {
        11 | 16 if code.bytes().all(|b| b.is_ascii_digit() || b.is_ascii_uppercase()) => TaxCode::parse(code).err()?,
        11 | 16 => "ha caratteri che non sono cifre o lettere maiuscole".to_owned(),
        length => format!("ha {length} caratteri invece di 11 o 16"),
    };
    Some(format!("il codice fiscale «{}» non può essere valido: {fault}", quoted(code)))
}

fn vat_fault(id: Element<'_>) -> Option<String> {
    let code = id.value("IdCodice").filter(|_| id.value("IdPaese") == Some("IT"))?;
    let fault = match code.len() {
        11 if code.bytes().all(|b| b.is_ascii_digit()) => VatNumber::parse(code).err()?,
        _ => "una partita IVA italiana ha 11 cifre, senza IT davanti".to_owned(),
    };
    Some(format!("la partita IVA «{}» non può essere valida: {fault}", quoted(code)))
}

pub(super) fn check(header: Element<'_>, documents: &[Document<'_>], findings: &mut Vec<Finding>) {
    codes(header, findings);
    let (Some(seller), Some(buyer)) =
        (header.get("CedentePrestatore/DatiAnagrafici"), header.get("CessionarioCommittente/DatiAnagrafici"))
    else {
        return;
    };
    if buyer.get("IdFiscaleIVA").is_none() && buyer.get("CodiceFiscale").is_none() {
        let message = "il cliente non ha né partita IVA né codice fiscale: almeno uno dei due deve esserci";
        report(findings, "00417", buyer, "IdFiscaleIVA", message, "un Comune si indica con il codice fiscale");
    }
    let country = |party: Element<'_>| party.value("IdFiscaleIVA/IdPaese").map(str::to_owned);
    let (from, to) = (country(seller).unwrap_or_default(), country(buyer));
    if let Some(to) = to.filter(|to| to != "IT" && from != "IT")
        && let Some(id) = seller.get("IdFiscaleIVA")
    {
        let message =
            format!("né chi vende («{from}») né il cliente («{to}») è italiano: almeno uno dei due deve esserlo");
        report(findings, "00476", id, "IdPaese", &message, "");
    }
    let same = same(seller, buyer);
    for document in documents {
        let kind = document.kind;
        if same == Some(true) && TWO.contains(&kind) {
            let message = format!("chi vende e chi compra sono lo stesso soggetto, che un {kind} non ammette");
            let hint = "per l’autoconsumo e le cessioni gratuite c’è il TD27, per lo splafonamento il TD21";
            report(findings, "00471", document.data, "TipoDocumento", &message, hint);
        }
        if same == Some(false) && ONE.contains(&kind) {
            let message = format!("chi vende e chi compra sono due soggetti diversi: in un {kind} devono coincidere");
            report(findings, "00472", document.data, "TipoDocumento", &message, "");
        }
        let italian = from == "IT";
        if (italian && FOREIGN_SELLER.contains(&kind)) || (!italian && ITALIAN_SELLER.contains(&kind)) {
            let wanted = if italian { "estero" } else { "italiano" };
            let message = format!("il Paese di chi vende è «{from}»: in un {kind} chi vende è {wanted}");
            report(findings, "00473", document.data, "TipoDocumento", &message, "");
        }
        if buyer.get("IdFiscaleIVA").is_none() && VAT_OF_BUYER.contains(&kind) {
            let message = format!("manca la partita IVA del cliente, che in un {kind} è chi emette il documento");
            report(findings, "00475", buyer, "IdFiscaleIVA", &message, "");
        }
    }
}

/// The codes whose check digits can be counted.
fn codes(header: Element<'_>, findings: &mut Vec<Finding>) {
    const VAT: [(&str, &str); 4] = [
        ("00301", "CedentePrestatore/DatiAnagrafici/IdFiscaleIVA"),
        ("00303", "RappresentanteFiscale/DatiAnagrafici/IdFiscaleIVA"),
        ("00303", "CessionarioCommittente/RappresentanteFiscale/IdFiscaleIVA"),
        ("00305", "CessionarioCommittente/DatiAnagrafici/IdFiscaleIVA"),
    ];
    const TAX: [(&str, &str); 3] = [
        ("00302", "CedentePrestatore/DatiAnagrafici"),
        ("00304", "RappresentanteFiscale/DatiAnagrafici"),
        ("00306", "CessionarioCommittente/DatiAnagrafici"),
    ];
    for (code, path) in VAT {
        if let Some(id) = header.get(path)
            && let Some(fault) = vat_fault(id)
        {
            report(findings, code, id, "IdCodice", &fault, "");
        }
    }
    for (code, path) in TAX {
        let Some(party) = header.get(path) else { continue };
        if let Some(fault) = party.value("CodiceFiscale").and_then(tax_fault) {
            report(findings, code, party, "CodiceFiscale", &fault, "");
        }
    }
}

/// Are seller and buyer the same? `None` where the codes of the file cannot tell.
fn same(seller: Element<'_>, buyer: Element<'_>) -> Option<bool> {
    fn vat(party: Element<'_>) -> Option<(&str, &str)> {
        Some((party.value("IdFiscaleIVA/IdPaese")?, party.value("IdFiscaleIVA/IdCodice")?))
    }
    let (from, to) = (vat(seller), vat(buyer));
    if to.is_some() {
        return Some(from == to);
    }
    let code = buyer.value("CodiceFiscale")?;
    let same_vat = from == Some(("IT", code));
    match seller.value("CodiceFiscale") {
        Some(own) => Some(own == code || same_vat),
        None if same_vat => Some(true),
        // A person's fiscal code may belong to whoever holds the VAT number: only the registry knows.
        None => (code.len() == 11).then_some(false),
    }
}
