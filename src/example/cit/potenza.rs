//! The CIT of Potenza: the Comune of Potenza with the other Comuni of its province.

use super::super::centre::{Other, adherents, comuni, leading_comune};
use super::super::offer::Offer;
use super::{KNOWLEDGE, Kit, WISHES};
use crate::schema::{BodyKind, Unit};

/// The model.
pub const MODEL: &str = "cit-potenza";

const OTHERS: [Other; 3] = [
    ("un-altobradano", BodyKind::Unione, "Unione dei Comuni dell’Alto Bradano", "Acerenza"),
    ("un-lagonegrese", BodyKind::Unione, "Unione dei Comuni del Lagonegrese", "Lagonegro"),
    ("un-vulture", BodyKind::Unione, "Unione dei Comuni del Vulture", "Rionero in Vulture"),
];

const OWN: [Offer; 1] = [Offer::quoted(
    "raccolta-umido",
    "Raccolta della frazione organica",
    "Dati e progetto della raccolta fra i Comuni vicini al capoluogo. Prezzo a preventivo.",
    Unit::Ente,
)];

/// The parameters.
pub fn kit() -> Option<Kit> {
    let lead = leading_comune("Potenza", 8_003)?;
    Some(Kit {
        model: MODEL,
        title: "Convenzione per la gestione del Centro innovazione e tecnologie (CIT) di Potenza",
        adherents: adherents(&lead, comuni("PZ"), &OTHERS),
        lead,
        years: 5,
        seat: "Potenza, presso il Comune",
        place: "Potenza",
        included: &KNOWLEDGE,
        own: &OWN,
        wishes: &WISHES,
        prefix: "0971",
        named_every: 6,
        notes: &NOTES,
    })
}

const NOTES: [&str; 2] = [
    "Riproduce il CIT di Potenza, che ha preso in riuso il kit di Brescia: il Comune di Potenza capofila con gli altri 99 Comuni della provincia e tre Unioni dai nomi verosimili. La fonte non dà né gli aderenti, né la durata, né gli importi: i cinque anni e la quota sono quelli di Brescia 2021–2025.",
    "I servizi compresi sono quelli che il kit suggerisce a un centro di competenza: la fonte non dice che strada abbia preso Potenza. La raccolta della frazione organica è un’ipotesi di progetto della fonte.",
];
