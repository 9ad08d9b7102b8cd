//! How the file travels: format, addressee, PEC (00300, 00313, 00330, 00426, 00427, 00428).

use super::parties::code_fault;
use super::report;
use crate::sdi::Finding;
use crate::sdi::tree::Element;

/// The addressee code of whoever has none.
const NONE: &str = "0000000";
/// The addressee code of whoever is not established in Italy.
const FOREIGN: &str = "XXXXXXX";
/// The domain of the system's own PEC boxes (`sdi01@pec.fatturapa.it` and the like).
const OWN_DOMAIN: &str = "@pec.fatturapa.it";

pub(super) fn check(root: Element<'_>, header: Element<'_>, findings: &mut Vec<Finding>) {
    let Some(transmission) = header.get("DatiTrasmissione") else { return };
    let format = transmission.value("FormatoTrasmissione").unwrap_or_default();
    let code = transmission.value("CodiceDestinatario").unwrap_or_default();
    if let Some(sender) = transmission.get("IdTrasmittente")
        && let Some(fault) = code_fault(sender)
    {
        let hint = "è il codice fiscale di chi trasmette il file, che può non essere chi emette la fattura";
        report(findings, "00300", sender, "IdCodice", &fault, hint);
    }
    let version = root.attribute("versione").unwrap_or_default();
    if format != version {
        let message = format!("vale «{format}», ma l’attributo versione della fattura è «{version}»");
        report(
            findings,
            "00428",
            transmission,
            "FormatoTrasmissione",
            &message,
            "scrivere lo stesso valore nei due punti",
        );
    }
    let length = if format == "FPA12" { 6 } else { 7 };
    if code.len() != length {
        let message = format!("«{code}» ha {} caratteri: con il formato {format} ne servono {length}", code.len());
        let hint = "6 caratteri (codice ufficio di IndicePA) per le amministrazioni, 7 per gli altri";
        report(findings, "00427", transmission, "CodiceDestinatario", &message, hint);
    }
    let country = header.value("CessionarioCommittente/DatiAnagrafici/IdFiscaleIVA/IdPaese");
    if code == FOREIGN && country == Some("IT") {
        let message =
            format!("«{FOREIGN}» è per chi non è stabilito in Italia, ma la partita IVA del cliente è italiana");
        report(
            findings,
            "00313",
            transmission,
            "CodiceDestinatario",
            &message,
            &format!("scrivere il codice del cliente, o {NONE}"),
        );
    }
    let Some(pec) = transmission.value("PECDestinatario") else { return };
    // Only this half of the control is left: since specification 1.3 the system delivers to whoever has neither code nor
    // PEC through his reserved area, and no longer asks for the PEC where the code is 0000000.
    if code != NONE {
        let message =
            format!("c’è la PEC «{}», ma il codice destinatario è «{code}» e non «{NONE}»", crate::sdi::quoted(pec));
        report(findings, "00426", transmission, "PECDestinatario", &message, "lasciare l’uno o l’altra");
    }
    if pec.to_ascii_lowercase().ends_with(OWN_DOMAIN) {
        let message =
            format!("«{}» è una casella del sistema di interscambio, non del cliente", crate::sdi::quoted(pec));
        report(findings, "00330", transmission, "PECDestinatario", &message, "scrivere la PEC del cliente");
    }
}
