//! The examples of the CIT kit: five centres with one fee, one price list and one way of working, which differ by the
//! parameters of a [`Kit`]. Used by the list of examples.

mod avellino;
mod brescia;
mod genova;
mod lecce;
mod potenza;

use super::centre::{Centre, Life, Terms, Wish};
use super::fee::{Band, Fee};
use super::member::Member;
use super::offer::Offer;
use crate::schema::{BodyKind, Extension, Form, Mode, Unit};

pub use avellino::MODEL as AVELLINO;
pub use brescia::MODEL as BRESCIA;
pub use genova::MODEL as GENOVA;
pub use lecce::MODEL as LECCE;
pub use potenza::MODEL as POTENZA;

/// The fee of the kit. The discounts are invented: the source says only that they grow with the population.
const FEE: Fee = Fee::Enterprises {
    rate: 15,
    enterprise: 1,
    discounts: &[(5_000, 0), (15_000, 5), (25_000, 10), (40_000, 15)],
    flat: 300,
};

/// Services of the kit that are paid apart, in every centre.
const SURCHARGED: [Offer; 4] = [
    Offer::priced(
        "spid",
        "Assistenza tecnica al rilascio di SPID",
        "Riconoscimento e rilascio dell’identità digitale ai dipendenti indicati per nome.",
        Unit::Rilascio,
        35,
    )
    .once()
    .named(),
    Offer::by_size(
        "portali-comunali",
        "Portali comunali",
        "Sito istituzionale secondo le linee guida nazionali: attivazione, assistenza e manutenzione annuali secondo gli abitanti.",
        "portali comunali",
    )
    .activation(500),
    Offer::priced(
        "migrazione-contenuti",
        "Portali comunali: migrazione dei contenuti",
        "Trasferimento delle pagine e dei documenti dal sito precedente.",
        Unit::Ente,
        1_000,
    )
    .once(),
    Offer::priced(
        "pacchetto-supporto",
        "Portali comunali: pacchetto di supporto di 20 ore",
        "Venti ore di lavoro su richiesta, oltre alla manutenzione ordinaria.",
        Unit::Ente,
        600,
    )
    .once(),
];

/// Services that the fee covers where the centre supplies technology.
const TECHNOLOGY: [Offer; 5] = [
    Offer::included("telemaco", "Banche dati camerali Telemaco", "Consultazioni del registro delle imprese."),
    Offer::included("pec", "Posta elettronica certificata", "Caselle di posta elettronica certificata per l’ente."),
    Offer::included("firma-digitale", "Firma digitale", "Dispositivi di firma digitale e loro rinnovo."),
    Offer::included("conservazione", "Conservazione digitale", "Spazio per conservare a norma i documenti dell’ente."),
    Offer::included(
        "riunioni",
        "Riunioni e seminari a distanza",
        "Strumenti per incontri in rete con molti partecipanti.",
    ),
];

/// Services that the fee covers where the centre supplies knowledge.
const KNOWLEDGE: [Offer; 5] = [
    Offer::included(
        "affiancamento-rtd",
        "Affiancamento del RTD e del DPO",
        "Sostegno al responsabile per la transizione al digitale e al responsabile della protezione dei dati.",
    ),
    Offer::included(
        "analisi-ente",
        "Analisi dell’ente",
        "Esame dell’organizzazione e delle tecnologie; agenda digitale.",
    ),
    Offer::included(
        "consulenza",
        "Consulenza qualificata",
        "Pareri sull’agenda digitale e sul diritto dell’amministrazione digitale.",
    ),
    Offer::included("formazione", "Formazione", "Sessioni sulla trasformazione digitale, calibrate sui partecipanti."),
    Offer::included(
        "comunita",
        "Comunità e assistenza telefonica",
        "Spazio di scambio fra gli enti e risposte per telefono.",
    ),
];

/// Yearly price of the portals: the ends are those of the source, the steps between are invented.
const PORTALS: [Band; 4] = [
    ("portali comunali", 0, Some(3_000), 1_500),
    ("portali comunali", 3_001, Some(10_000), 2_000),
    ("portali comunali", 10_001, Some(20_000), 2_700),
    ("portali comunali", 20_001, None, 3_500),
];

/// What the bodies of every centre ask for.
const WISHES: [Wish; 8] = [
    (0, "spid", Life::Asked(2)),
    (1, "portali-comunali", Life::Confirmed(1)),
    (2, "portali-comunali", Life::Asked(1)),
    (2, "migrazione-contenuti", Life::Asked(1)),
    (6, "portali-comunali", Life::GivenUp(1, "L’ente è passato al sito offerto dall’Unione")),
    (7, "pacchetto-supporto", Life::Asked(1)),
    (8, "portali-comunali", Life::Confirmed(1)),
    (9, "spid", Life::Asked(3)),
];

/// What tells one centre from another.
struct Kit {
    model: &'static str,
    title: &'static str,
    lead: Member,
    adherents: Vec<Member>,
    /// Years of the term.
    years: u32,
    seat: &'static str,
    place: &'static str,
    /// What the fee covers.
    included: &'static [Offer],
    /// Services of this centre alone.
    own: &'static [Offer],
    wishes: &'static [Wish],
    prefix: &'static str,
    named_every: usize,
    /// What is particular to this centre; what they share is added.
    notes: &'static [&'static str],
}

impl Kit {
    /// The centre.
    fn centre(mut self) -> Centre {
        for body in &mut self.adherents {
            body.enterprises = enterprises(body);
        }
        Centre {
            model: self.model,
            title: self.title,
            lead: self.lead,
            adherents: self.adherents,
            terms: Terms {
                form: Form::Bilaterale,
                years: self.years,
                extension: Extension::No,
                notice: 90,
                fundamental: false,
                mode: Mode::Delega,
                seat: self.seat,
                place: self.place,
                vat: None,
            },
            fee: FEE,
            prices: PORTALS.to_vec(),
            offers: [self.included, self.own, &SURCHARGED].concat(),
            wishes: self.wishes,
            delegate: "delegato al Tavolo strategico",
            prefix: self.prefix,
            named_every: self.named_every,
            notes: self.notes.iter().chain(&SHARED_NOTES).map(|note| (*note).to_owned()).collect(),
        }
    }
}

/// Enterprises of a Comune, invented: eight for every hundred inhabitants, rounded half up.
fn enterprises(body: &Member) -> Option<u64> {
    let inhabitants = body.inhabitants().filter(|_| body.kind == BodyKind::Comune)?;
    Some((inhabitants * 8 + 50) / 100)
}

const SHARED_NOTES: [&str; 5] = [
    "La quota è quella del kit del CIT: 0,15 euro per abitante e 1 euro per impresa per i Comuni fino a 40.000 abitanti, con sconti crescenti; 300 euro per i Comuni più grandi e per gli altri enti. Gli sconti del foglio «Fasce» (5, 10 e 15 per cento da 5.001, 15.001 e 25.001 abitanti) e le imprese (otto ogni cento abitanti) sono inventati: la fonte dice solo che gli sconti crescono. Qui valgono per scaglioni, sulla sola parte per abitante.",
    "I Comuni sono quelli dell’elenco nazionale, con codici, indirizzi, PEC e abitanti al 1° gennaio 2023. Gli altri enti non vi stanno: codici fiscali, indirizzi e PEC sono inventati, anche se ben formati.",
    "I prezzi dei servizi a quota maggiorata sono della fonte: SPID 35 euro per rilascio; portali 500 euro di attivazione, da 1.500 a 3.500 l’anno secondo gli abitanti, 1.000 per la migrazione, 600 per venti ore di supporto. Le soglie e gli importi intermedi dei portali sono inventati.",
    "Sono inventati tutti i nomi di persona, i numeri, le date e i voti delle deliberazioni, i capitoli di spesa, i recapiti e le richieste. Il preavviso di recesso di 90 giorni è un esempio, e il regime «fuori campo» è un’impostazione: la scelta spetta alla segreteria.",
    "L’importo totale è la somma delle quote di tutti gli enti aderenti per tutta la durata, compresi quelli per i quali paga un’Unione o una Comunità montana.",
];

/// The centre of a model of the kit.
pub fn centre(model: &str) -> Option<Centre> {
    match model {
        BRESCIA => brescia::kit(),
        LECCE => lecce::kit(),
        GENOVA => genova::kit(),
        AVELLINO => avellino::kit(),
        POTENZA => potenza::kit(),
        _ => None,
    }
    .map(Kit::centre)
}
