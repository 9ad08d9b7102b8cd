//! The example of Lecco: the centre of the Province run by a private partner, with costs shared out by workstations, for
//! the term 2026–2030.

use super::centre::{Centre, Life, Other, Terms, Wish, adherents, comuni, most_populous};
use super::fee::{Band, Fee};
use super::member::Member;
use super::offer::Offer;
use crate::schema::{BodyKind, Extension, Form, Mode, Unit};

/// The model.
pub const MODEL: &str = "lecco";
/// Comuni of the province that adhere, of 84.
const COMUNI: usize = 80;

const OTHERS: [Other; 3] = [
    ("cm-valsassina", BodyKind::Montana, "Comunità montana Valsassina, Valvarrone, Val d’Esino e Riviera", "Barzio"),
    ("cm-larioorientale", BodyKind::Montana, "Comunità montana Lario Orientale e Valle San Martino", "Galbiate"),
    ("un-valletta", BodyKind::Unione, "Unione dei Comuni della Valletta", "La Valletta Brianza"),
];

/// Prices by inhabitants. The ends are those of the source, the steps between are invented.
const PRICES: [Band; 16] = [
    ("siti", 0, Some(1_000), 900),
    ("siti", 1_001, Some(3_000), 1_200),
    ("siti", 3_001, Some(10_000), 1_600),
    ("siti", 10_001, None, 2_000),
    ("pagopa", 0, Some(1_000), 430),
    ("pagopa", 1_001, Some(3_000), 700),
    ("pagopa", 3_001, Some(10_000), 1_100),
    ("pagopa", 10_001, None, 1_550),
    ("community rtd", 0, Some(1_000), 740),
    ("community rtd", 1_001, Some(3_000), 1_200),
    ("community rtd", 3_001, Some(10_000), 1_900),
    ("community rtd", 10_001, None, 2_600),
    ("app io", 0, Some(1_000), 750),
    ("app io", 1_001, Some(3_000), 1_300),
    ("app io", 3_001, Some(10_000), 2_000),
    ("app io", 10_001, None, 2_800),
];

const OFFERS: [Offer; 11] = [
    Offer::included(
        "portali",
        "Portali specialistici",
        "Segnalazioni in rete, pagamenti, certificati anagrafici, geoportale catastale.",
    ),
    Offer::included(
        "consulenza-it",
        "Consulenza informatica",
        "Pareri e progetti sui sistemi dell’ente, listini agevolati.",
    ),
    Offer::included("help-desk", "Help desk di primo livello", "Ricezione delle segnalazioni e soluzione a distanza."),
    Offer::included(
        "formazione",
        "Formazione del personale",
        "Corsi sugli strumenti del Centro, su richiesta dell’ente.",
    ),
    Offer::priced(
        "connettivita",
        "Connettività e sicurezza",
        "Collegamento delle sedi, controllo del traffico e protezione delle postazioni.",
        Unit::Postazione,
        33,
    ),
    Offer::priced(
        "posta",
        "Posta elettronica e servizi collaborativi",
        "Caselle, documenti condivisi e riunioni a distanza.",
        Unit::Postazione,
        142,
    ),
    Offer::priced(
        "applicativi",
        "Applicativi gestionali",
        "Programmi gestionali delle case fornitrici, con aggiornamenti e assistenza.",
        Unit::Postazione,
        464,
    ),
    Offer::by_size("siti", "Siti Internet", "Portale istituzionale: realizzazione, conduzione, assistenza.", "siti"),
    Offer::by_size(
        "pagopa",
        "PagoPA",
        "Incassi con tutte le causali di pagamento dell’ente, con rendicontazione.",
        "pagopa",
    ),
    Offer::by_size(
        "community-rtd",
        "Comunità dei responsabili per la transizione al digitale",
        "Affiancamento del responsabile dell’ente, incontri, modelli di atti.",
        "community rtd",
    ),
    Offer::by_size(
        "app-io",
        "Avvio di PagoPA nell’App IO",
        "Pubblicazione dei pagamenti e degli avvisi dell’ente nell’applicazione nazionale.",
        "app io",
    )
    .once(),
];

const WISHES: [Wish; 8] = [
    (0, "connettivita", Life::Confirmed(1)),
    (1, "posta", Life::Confirmed(1)),
    (2, "applicativi", Life::Asked(1)),
    (7, "siti", Life::Asked(1)),
    (8, "pagopa", Life::Asked(1)),
    (9, "community-rtd", Life::GivenUp(1, "Le funzioni sono passate all’ufficio unico della Comunità montana")),
    (13, "app-io", Life::Asked(1)),
    (14, "siti", Life::Confirmed(1)),
];

/// The centre.
pub fn centre() -> Centre {
    let seat = ["Piazza Lega Lombarda, 4", "23900", "Lecco", "LC"];
    let lead = Member::invented("p-lc", BodyKind::Provincia, "Provincia di Lecco", seat, 2_003).leading();
    let mut bodies = adherents(&lead, most_populous(comuni("LC"), COMUNI), &OTHERS);
    for body in &mut bodies {
        body.workstations = Some(body.inhabitants().map_or(10, |inhabitants| 2 + inhabitants / 250));
    }
    Centre {
        model: MODEL,
        title: "Convenzione per l’adesione al Centro servizi territoriale della Provincia di Lecco",
        lead,
        adherents: bodies,
        terms: Terms {
            form: Form::Bilaterale,
            years: 5,
            extension: Extension::No,
            notice: 90,
            fundamental: false,
            mode: Mode::Delega,
            seat: "Lecco, piazza Lega Lombarda 4",
            place: "Lecco",
            vat: None,
        },
        fee: Fee::Workstations { costs: 180_000 },
        prices: PRICES.to_vec(),
        offers: OFFERS.to_vec(),
        wishes: &WISHES,
        delegate: "delegato all’Assemblea degli enti",
        prefix: "0341",
        named_every: 1,
        notes: notes(),
    }
}

fn notes() -> Vec<String> {
    [
        "Riproduce il Centro servizi territoriale della Provincia di Lecco, gestito da un socio privato in partenariato pubblico-privato (18 anni dal dicembre 2020). Il quinquennio della fonte, 2018–2022, è portato al 2026–2030.",
        "I Comuni sono 80 degli 84 della provincia, i più popolosi, con codici, indirizzi, PEC e abitanti al 1° gennaio 2023 dell’elenco nazionale: la fonte non dice quali aderiscano. Le due Comunità montane e l’Unione non stanno nell’elenco: i loro codici fiscali, indirizzi e PEC sono inventati, anche se ben formati, e così il codice fiscale e la PEC della Provincia.",
        "I costi fissi (infrastruttura e servizi generali) si ripartiscono fra gli aderenti secondo le postazioni di lavoro. Il loro totale, 180.000 euro l’anno, è inventato: la fonte non lo indica, e lo aggiorna ogni anno.",
        "Le postazioni sono inventate: due più una ogni 250 abitanti per i Comuni, dieci per gli altri enti. Nelle deliberazioni la spesa è arrotondata al centesimo superiore, perché i resti della ripartizione vanno a chi ha la frazione maggiore.",
        "Dalla fonte vengono i prezzi per postazione (33, 142 e 464 euro) e gli estremi di quelli che dipendono dalla dimensione dell’ente: siti 900–2.000, PagoPA 430–1.550, comunità RTD 740–2.600, App IO 750–2.800 euro. Le soglie di abitanti e gli importi intermedi del foglio «Fasce» sono inventati.",
        "Sono inventati tutti i nomi di persona, i numeri, le date e i voti delle deliberazioni, i capitoli di spesa, i recapiti e le richieste. Il preavviso di recesso di 90 giorni è un esempio, e il regime «fuori campo» è un’impostazione: la scelta spetta alla segreteria.",
        "L’importo totale è la somma dei costi fissi dei cinque anni. I servizi a richiesta si aggiungono e si indicano ogni dicembre nella scheda dei fabbisogni, per la quale ogni ente ha un referente.",
    ]
    .map(str::to_owned)
    .to_vec()
}
