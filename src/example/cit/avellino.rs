//! The CIT of Avellino: the Comune of Avellino with the other Comuni of its province.

use super::super::centre::{Other, adherents, comuni, leading_comune};
use super::super::offer::Offer;
use super::{KNOWLEDGE, Kit, WISHES};
use crate::schema::{BodyKind, Unit};

/// The model.
pub const MODEL: &str = "cit-avellino";

const OTHERS: [Other; 5] = [
    ("cm-altairpinia", BodyKind::Montana, "Comunità montana Alta Irpinia", "Calitri"),
    ("cm-partenio", BodyKind::Montana, "Comunità montana Partenio e Vallo di Lauro", "Summonte"),
    ("cm-terminio", BodyKind::Montana, "Comunità montana Terminio Cervialto", "Montella"),
    ("cm-ufita", BodyKind::Montana, "Comunità montana dell’Ufita", "Ariano Irpino"),
    ("un-baronia", BodyKind::Unione, "Unione dei Comuni della Baronia", "Vallata"),
];

const OWN: [Offer; 4] = [
    Offer::quoted(
        "servizi-comunali",
        "Piattaforma dei servizi comunali",
        "Servizi in rete dei Comuni per cittadini e imprese. Prezzo a preventivo.",
        Unit::Ente,
    ),
    Offer::quoted(
        "turismo",
        "Piattaforma per il turismo",
        "Promozione dei luoghi e degli eventi. Prezzo a preventivo.",
        Unit::Ente,
    ),
    Offer::quoted(
        "disaster-recovery",
        "Ripristino dopo un disastro",
        "Copia dei sistemi dell’ente e loro riavvio in altra sede. Prezzo a preventivo.",
        Unit::Ente,
    ),
    Offer::quoted(
        "log",
        "Gestione dei registri degli accessi",
        "Raccolta e custodia dei registri degli amministratori di sistema. Prezzo a preventivo.",
        Unit::Ente,
    ),
];

/// The parameters.
pub fn kit() -> Option<Kit> {
    let lead = leading_comune("Avellino", 7_001)?;
    Some(Kit {
        model: MODEL,
        title: "Convenzione per la gestione del Centro innovazione e tecnologie (CIT) di Avellino",
        adherents: adherents(&lead, comuni("AV"), &OTHERS),
        lead,
        years: 5,
        seat: "Avellino, presso il Comune",
        place: "Avellino",
        included: &KNOWLEDGE,
        own: &OWN,
        wishes: &WISHES,
        prefix: "0825",
        named_every: 6,
        notes: &NOTES,
    })
}

const NOTES: [&str; 2] = [
    "Riproduce il CIT di Avellino, che ha preso in riuso il kit di Brescia: il Comune di Avellino capofila con gli altri 117 Comuni della provincia, quattro Comunità montane e un’Unione dai nomi verosimili. La fonte non dà né gli aderenti, né la durata, né gli importi: i cinque anni e la quota sono quelli di Brescia 2021–2025.",
    "I servizi compresi sono quelli che il kit suggerisce a un centro di competenza: la fonte non dice che strada abbia preso Avellino. I servizi a preventivo sono quelli delle sue esperienze precedenti.",
];
