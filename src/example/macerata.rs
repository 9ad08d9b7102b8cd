//! The example of Macerata: the centre that Task s.r.l. runs in house, with the Comuni of the province that the bands of
//! its fee cover, for the term 2026–2028.

use super::centre::{Centre, Life, Terms, Wish, adherents, comuni};
use super::fee::Fee;
use super::member::Member;
use super::offer::Offer;
use crate::schema::{BodyKind, Extension, Form, Mode, Unit};

/// The model.
pub const MODEL: &str = "macerata";

/// Euro a year by inhabitants, as printed: nobody with 500 inhabitants, nobody above 40,000.
pub const BANDS: [(u64, u64, u32); 10] = [
    (0, 499, 150),
    (501, 1_000, 960),
    (1_001, 2_300, 1_440),
    (2_301, 3_000, 2_112),
    (3_001, 4_500, 2_200),
    (4_501, 7_000, 2_816),
    (7_001, 8_500, 3_520),
    (8_501, 12_500, 4_840),
    (12_501, 20_000, 5_720),
    (20_001, 40_000, 7_000),
];

const OFFERS: [Offer; 13] = [
    Offer::included(
        "sito",
        "Sito istituzionale",
        "Sito dell’ente secondo le linee guida nazionali: spazio, aggiornamenti tecnici, assistenza ai redattori.",
    ),
    Offer::included(
        "posta",
        "Posta elettronica e servizi Internet",
        "Caselle sul dominio dell’ente, registrazione del dominio, filtro dei messaggi indesiderati.",
    ),
    Offer::included("rete", "Servizi per le reti", "Accesso alla rete provinciale SINP e alle sue banche dati."),
    Offer::included(
        "sicurezza",
        "Sicurezza",
        "Protezione dei collegamenti e delle caselle, avvisi sulle vulnerabilità.",
    ),
    Offer::included(
        "gazzetta",
        "Gazzetta degli enti locali",
        "Notiziario quotidiano di norme, scadenze e giurisprudenza per gli uffici.",
    ),
    Offer::included("hermes", "Hermes", "Piattaforma della Società per le comunicazioni con gli enti e fra gli enti."),
    Offer::included("formazione", "Formazione", "Incontri e corsi sui servizi del Centro e sulle novità normative."),
    Offer::included(
        "portale-territoriale",
        "Presenza nel portale territoriale",
        "Pagine dell’ente nel portale della provincia di Macerata.",
    ),
    Offer::quoted(
        "suap",
        "SUAP",
        "Sportello unico per le attività produttive: pratiche telematiche, archivio, assistenza. Prezzo a preventivo.",
        Unit::Ente,
    ),
    Offer::quoted(
        "sinp",
        "SINP",
        "Servizi aggiuntivi del sistema informativo provinciale, secondo le esigenze. Prezzo a preventivo.",
        Unit::Ente,
    ),
    Offer::quoted(
        "procedisinp",
        "ProcediSINP",
        "Gestione dei procedimenti amministrativi e delle loro schede. Prezzo a preventivo.",
        Unit::Ente,
    ),
    Offer::quoted(
        "app",
        "App integrata al sito",
        "Applicazione per telefono alimentata dai contenuti del sito istituzionale. Prezzo a preventivo.",
        Unit::Ente,
    ),
    Offer::quoted(
        "assistenza-plus",
        "Assistenza tecnica plus",
        "Interventi di tecnici presso l’ente o a distanza, oltre all’assistenza di base. Prezzo a preventivo.",
        Unit::Ora,
    ),
];

const WISHES: [Wish; 6] = [
    (0, "suap", Life::Asked(1)),
    (2, "assistenza-plus", Life::Asked(20)),
    (6, "suap", Life::Confirmed(1)),
    (7, "app", Life::GivenUp(1, "L’ente pubblica le stesse notizie nell’App IO")),
    (8, "procedisinp", Life::Confirmed(1)),
    (13, "sinp", Life::Asked(1)),
];

/// The centre.
pub fn centre() -> Centre {
    let seat = ["Via dell’Informatica, 1", "62100", "Macerata", "MC"];
    let mut lead = Member::invented("task", BodyKind::Societa, "Task s.r.l.", seat, 1_001).leading();
    lead.office = Some(["Presidente", "Presidente"]);
    let covered = |count: u64| BANDS.iter().any(|(from, to, _)| (*from..=*to).contains(&count));
    let bodies = comuni("MC").into_iter().filter(|comune| comune.popolazione_2023.is_some_and(covered)).collect();
    Centre {
        model: MODEL,
        title: "Convenzione per l’affidamento in house dei servizi del Centro servizi territoriale di Macerata",
        adherents: adherents(&lead, bodies, &[]),
        lead,
        terms: Terms {
            form: Form::Bilaterale,
            years: 3,
            extension: Extension::No,
            notice: 90,
            fundamental: false,
            mode: Mode::Coordinamento,
            seat: "Macerata, presso Task s.r.l.",
            place: "Macerata",
            vat: Some(22),
        },
        fee: Fee::Bands(&BANDS),
        prices: Vec::new(),
        offers: OFFERS.to_vec(),
        wishes: &WISHES,
        delegate: "delegato al Comitato di coordinamento",
        prefix: "0733",
        named_every: 5,
        notes: notes(),
    }
}

fn notes() -> Vec<String> {
    [
        "Riproduce il Centro servizi territoriale di Macerata, che opera in house per mezzo di Task s.r.l.: l’ente si convenziona con la Società, non con la Provincia. Il triennio della fonte, 2021–2023, è portato al 2026–2028.",
        "Una società fra le parti non è un ente locale: l’avviso C30-11 è voluto, e indica gli strumenti adatti. Il capofila è la Società perché è la controparte di ogni ente.",
        "Le fasce sono quelle della fonte, al netto dell’IVA, così come sono stampate: la prima si ferma a 499 abitanti e la seconda parte da 501; l’ultima si ferma a 40.000. Restano scoperti i 500 abitanti esatti e chi ne ha più di 40.000 (regola FEE-01): il programma non indovina la tariffa.",
        "I Comuni sono 53 dei 55 della provincia, con codici, indirizzi, PEC e abitanti al 1° gennaio 2023 dell’elenco nazionale. Mancano Macerata (40.496 abitanti) e Civitanova Marche (41.790), che nessuna fascia comprende; nessun Comune ha 500 abitanti esatti. La Provincia paga una propria quota che la fonte non quantifica: non è nell’elenco.",
        "Di Task s.r.l. sono inventati il codice fiscale, l’indirizzo e la PEC, anche se ben formati; la natura dell’organo che approva lo schema è un’ipotesi.",
        "Regime IVA: imponibile al 22 per cento, perché la fonte dà gli importi al netto dell’IVA; con scissione dei pagamenti, perché i destinatari sono enti pubblici (art. 17-ter D.P.R. 633/1972). La scelta va confermata dalla segreteria: l’autorizzazione europea alla scissione aveva termine il 30 giugno 2026.",
        "L’importo annuo delle deliberazioni è IVA compresa; l’importo totale è la somma delle quote dei tre anni, IVA esclusa. Il pagamento è entro il 31 gennaio di ogni anno.",
        "Sono inventati tutti i nomi di persona, i numeri, le date e i voti delle deliberazioni, i capitoli di spesa, i recapiti e le richieste di servizi. Il preavviso di recesso di 90 giorni è un esempio: la fonte non ne parla. I servizi aggiuntivi sono a preventivo.",
    ]
    .map(str::to_owned)
    .to_vec()
}
