//! Metadata of a document as annex 5 of the AgID guidelines on electronic documents (2021) names them, as far as they
//! are known before registration and signature.

use serde_json::{Value, json};

use super::{File, Party, media_type, signers};
use crate::act::{Act, ActKind};
use crate::date;

/// The metadata of a file of an act.
pub fn metadata(act: &Act, file: &File, sha256: &str, body: &Party) -> Value {
    let people: Vec<Value> = signers(act)
        .into_iter()
        .map(|signer| json!({ "Ruolo": "Autore", "Denominazione": signer.name, "Carica": signer.office }))
        .collect();
    let format = match file.format {
        "pdf" => "PDF/A-2a, PDF/UA-1",
        "docx" => "OOXML (ISO/IEC 29500)",
        _ => "HTML5",
    };
    json!({
        "IdDoc": { "ImprontaCrittograficaDelDocumento": { "Impronta": sha256, "Algoritmo": "SHA-256" } },
        "ModalitaDiFormazione": "creazione tramite l’utilizzo di strumenti software",
        "TipologiaDocumentale": act.kind.italian(),
        "ChiaveDescrittiva": { "Oggetto": act.subject, "ParoleChiave": keywords(act.kind) },
        "Soggetti": people,
        "EnteProduttore": act.author,
        "EnteDestinatario": body.name,
        "Allegati": { "NumeroAllegati": 0 },
        "Riservato": false,
        "IdentificativoDelFormato": { "Formato": format, "TipoMIME": media_type(file.format) },
        "Verifica": {
            "FirmatoDigitalmente": false,
            "SigillatoElettronicamente": false,
            "MarcaturaTemporale": false,
            "ConformitaCopieImmagineSuSupportoInformatico": false
        },
        "NomeDelDocumento": file.name,
        "VersioneDelDocumento": 1,
        "DataDelDocumento": date::short(act.date),
        "Lingua": "it"
    })
}

/// Words by which people look for an act of this kind.
fn keywords(kind: ActKind) -> Vec<&'static str> {
    use ActKind as Kind;
    const CONVENTION: &str = "convenzione";
    const BETWEEN_LOCAL_BODIES: &str = "D.Lgs. 267/2000, art. 30";
    match kind {
        Kind::Convenzione => vec![CONVENTION, BETWEEN_LOCAL_BODIES],
        Kind::Accordo => vec!["accordo", "L. 241/1990, art. 15"],
        Kind::DeliberaSchema | Kind::DeliberaAdesione => {
            vec!["deliberazione", CONVENTION, BETWEEN_LOCAL_BODIES, "D.Lgs. 267/2000, art. 42"]
        }
        Kind::RichiestaServizio | Kind::DisdettaServizio | Kind::ConfermaAnnuale | Kind::CartaServizi => {
            vec![kind.italian(), "servizi digitali", CONVENTION]
        }
        Kind::SchedaFabbisogni | Kind::RilevazioneFabbisogni | Kind::MappaRisorse => {
            vec![kind.italian(), "fabbisogni", "servizi digitali"]
        }
        Kind::NominaReferente | Kind::MappaOrganizzativa => vec![kind.italian(), "referenti", CONVENTION],
        Kind::Recesso => vec!["recesso", CONVENTION, BETWEEN_LOCAL_BODIES],
        Kind::Fattura | Kind::NotaCredito => vec![kind.italian(), "copia di cortesia", "D.P.R. 633/1972, art. 21"],
        Kind::RichiestaVersamento => vec![kind.italian(), "contributo", CONVENTION],
        Kind::LetteraTrasmissione => vec![kind.italian(), "impronte dei documenti", CONVENTION],
    }
}
