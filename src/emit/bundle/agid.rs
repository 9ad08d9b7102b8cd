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
        "ChiaveDescrittiva": { "Oggetto": act.subject, "ParoleChiave": keywords(act) },
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

fn keywords(act: &Act) -> [&'static str; 2] {
    match act.kind {
        ActKind::Accordo => ["accordo", "L. 241/1990, art. 15"],
        _ => ["convenzione", "D.Lgs. 267/2000, art. 30"],
    }
}
