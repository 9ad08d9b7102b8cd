//! `LEGGIMI.txt`: what is in the bundle and in which order it is signed. Lines end as Windows' Notepad wants them.

use super::{MANIFEST, METADATA, Manifest};
use crate::act::ActKind;

/// The text.
pub fn text(manifest: &Manifest) -> String {
    let mut lines = vec![
        format!("{} – pacchetto per la firma", manifest.body.name),
        manifest.convention.clone(),
        String::new(),
        "COME SI USA".to_owned(),
        "1. Leggere i documenti PDF: sono gli originali. I file Word servono solo per copiare o modificare il testo."
            .to_owned(),
        "2. Firmare ogni PDF con firma digitale PAdES, nell’ordine qui sotto, senza rinominarlo né stamparlo."
            .to_owned(),
        "3. Chi firma dopo apre il PDF già firmato e aggiunge la propria firma.".to_owned(),
    ];
    if manifest.stage == "schema" {
        lines.push(
            "   I documenti sono in fase di schema: gli spazi punteggiati vanno completati prima della firma."
                .to_owned(),
        );
    }
    let is_form =
        |kind: &str| ActKind::from_slug(kind).is_some_and(|kind| kind.is_form() && kind != ActKind::CartaServizi);
    if manifest.documents.iter().any(|document| document.format == "docx" && is_form(&document.kind)) {
        lines.push(
            "   I moduli con spazi vuoti si completano nel file Word e si salvano in PDF/A prima della firma."
                .to_owned(),
        );
    }
    let is_bill = |kind: &str| ActKind::from_slug(kind).is_some_and(ActKind::is_bill);
    if manifest.documents.iter().any(|document| is_bill(&document.kind)) {
        lines.push(
            "   Le copie delle fatture e le richieste di versamento si leggono soltanto: i loro PDF non si firmano."
                .to_owned(),
        );
    }
    lines.extend([String::new(), "ORDINE DI FIRMA".to_owned()]);
    // The letter goes out with the documents as they are; then the council deliberates, the convention is signed, and
    // the forms follow, whatever the order of the files.
    let mut signed: Vec<_> = manifest.documents.iter().filter(|document| !document.signers.is_empty()).collect();
    let rank = |kind: &str| match kind {
        "lettera-trasmissione" => 0,
        "delibera-schema" | "delibera-adesione" => 1,
        "convenzione" | "accordo" => 2,
        _ => 3,
    };
    signed.sort_by_key(|document| (rank(&document.kind), document.path.clone()));
    for (index, document) in signed.iter().enumerate() {
        lines.push(format!("{}. {} – {}", index + 1, document.path, document.title));
        for signer in &document.signers {
            let party = if signer.party.is_empty() { String::new() } else { format!("{}: ", signer.party) };
            lines.push(format!("   - {party}{} {}", signer.office, signer.name));
        }
    }
    lines.extend([String::new(), "DOCUMENTI E IMPRONTE (SHA-256)".to_owned()]);
    lines.extend(manifest.documents.iter().map(|document| format!("{}  {}", document.sha256, document.path)));
    let mut missing: Vec<&str> =
        manifest.documents.iter().flat_map(|it| &it.agid_missing).map(String::as_str).collect();
    missing.sort_unstable();
    missing.dedup();
    if manifest.documents.iter().any(|document| document.metadata.is_some()) {
        lines.extend([
            String::new(),
            "METADATI PER IL PROTOCOLLO E LA CONSERVAZIONE".to_owned(),
            format!(
                "Nella cartella {METADATA} c’è un file XML per documento, secondo l’Allegato 5 delle linee guida AgID."
            ),
        ]);
        if !missing.is_empty() {
            lines.push("Chi registra completa:".to_owned());
            lines.extend(missing.iter().map(|words| format!("   - {words}")));
        }
    }
    lines.extend([String::new(), format!("Le stesse notizie, per i programmi, sono in {MANIFEST}."), String::new()]);
    lines.join("\r\n")
}
