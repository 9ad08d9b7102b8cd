//! The CIT of Lecce: the Comune of Lecce with the other 95 Comuni of the province and 13 Unions.

use super::super::centre::{Other, adherents, comuni, leading_comune, through};
use super::super::offer::Offer;
use super::{Kit, TECHNOLOGY, WISHES};
use crate::schema::{BodyKind, Unit};

/// The model.
pub const MODEL: &str = "cit-lecce";

const OTHERS: [Other; 13] = [
    ("un-greciasalentina", BodyKind::Unione, "Unione dei Comuni della Grecìa Salentina", "Calimera"),
    ("un-nordsalento", BodyKind::Unione, "Unione dei Comuni del Nord Salento", "Campi Salentina"),
    ("un-terredileuca", BodyKind::Unione, "Unione dei Comuni Terre di Leuca", "Gagliano del Capo"),
    ("un-entroterra", BodyKind::Unione, "Unione dei Comuni dell’Entroterra Idruntino", "Muro Leccese"),
    ("un-messapia", BodyKind::Unione, "Unione dei Comuni della Messapia", "Aradeo"),
    ("un-jonica", BodyKind::Unione, "Unione dei Comuni Jonica Salentina", "Casarano"),
    ("un-andrano", BodyKind::Unione, "Unione dei Comuni di Andrano, Spongano e Diso", "Spongano"),
    ("un-terredacaya", BodyKind::Unione, "Unione dei Comuni Terre d’Acaya e di Roca", "Vernole"),
    ("un-terredimezzo", BodyKind::Unione, "Unione dei Comuni Terre di Mezzo", "San Cassiano"),
    ("un-costaorientale", BodyKind::Unione, "Unione dei Comuni della Costa Orientale", "Otranto"),
    ("un-valledellacupa", BodyKind::Unione, "Unione dei Comuni della Valle della Cupa", "Monteroni di Lecce"),
    ("un-serre", BodyKind::Unione, "Unione dei Comuni delle Serre Salentine", "Matino"),
    ("un-terredarneo", BodyKind::Unione, "Unione dei Comuni Terre d’Arneo", "Leverano"),
];

/// The first services of the centre, born of an earlier project.
const OWN: [Offer; 7] = [
    Offer::quoted(
        "anagrafe",
        "Anagrafe in rete",
        "Certificati e visure anagrafiche per i cittadini. Prezzo a preventivo.",
        Unit::Ente,
    ),
    Offer::quoted(
        "istanze",
        "Istanze in rete",
        "Domande e pratiche con identità digitale. Prezzo a preventivo.",
        Unit::Ente,
    ),
    Offer::quoted(
        "multe",
        "Multe e accessi alle zone a traffico limitato",
        "Consultazione e pagamento delle sanzioni. Prezzo a preventivo.",
        Unit::Ente,
    ),
    Offer::quoted(
        "protocollo",
        "Protocollo informatico",
        "Registrazione e gestione dei documenti. Prezzo a preventivo.",
        Unit::Ente,
    ),
    Offer::quoted(
        "sit",
        "Sistema informativo territoriale",
        "Mappe e dati del territorio comunale. Prezzo a preventivo.",
        Unit::Ente,
    ),
    Offer::quoted(
        "scuola",
        "Servizi scolastici",
        "Iscrizioni e pagamenti di mensa e trasporto. Prezzo a preventivo.",
        Unit::Ente,
    ),
    Offer::quoted(
        "suap-sue",
        "Sportelli SUAP e SUE",
        "Pratiche delle attività produttive e dell’edilizia. Prezzo a preventivo.",
        Unit::Ente,
    ),
];

/// The parameters.
pub fn kit() -> Option<Kit> {
    let lead = leading_comune("Lecce", 5_003)?;
    let mut bodies = adherents(&lead, comuni("LE"), &OTHERS);
    through(&mut bodies, "un-andrano", 100, &["Andrano", "Diso"]);
    Some(Kit {
        model: MODEL,
        title: "Convenzione per la gestione del Centro innovazione e tecnologie (CIT) di Lecce",
        adherents: bodies,
        lead,
        years: 5,
        seat: "Lecce, presso il Comune",
        place: "Lecce",
        included: &TECHNOLOGY,
        own: &OWN,
        wishes: &WISHES,
        prefix: "0832",
        named_every: 4,
        notes: &NOTES,
    })
}

const NOTES: [&str; 3] = [
    "Riproduce il CIT di Lecce, che ha preso in riuso il kit di Brescia: il Comune di Lecce capofila, in accordo con la Provincia, con gli altri 95 Comuni della provincia e 13 Unioni. La fonte non dà né durata né importi: i cinque anni e la quota sono quelli di Brescia 2021–2025.",
    "Il numero delle Unioni è della fonte; i loro nomi sono soltanto verosimili. Che Andrano e Diso aderiscano per il tramite di un’Unione, che paga tutta la loro quota, è inventato.",
    "I servizi a preventivo sono quelli con cui il centro è partito, ereditati da un progetto precedente.",
];
