//! The example of the Brianza: one convention among all the Comuni of a province, for the term 2026–2027; and the same
//! convention for any other province, to try an act with very many parties.

use chrono::NaiveDate;

use super::Example;
use super::centre::{Centre, Life, Terms, Wish, adherents, comuni, leading_comune};
use super::fee::Fee;
use super::offer::Offer;
use crate::schema::{Extension, Form, Level, Mode, Unit};

/// The model.
pub const MODEL: &str = "brianza";
/// Position of the body that leaves at the end of the first year.
const LEAVING: usize = 14;

const OFFERS: [Offer; 7] = [
    Offer::included(
        "rete",
        "Attività di rete fra gli enti",
        "Incontri del Tavolo operativo, gruppi di lavoro, scambio di soluzioni e di documenti fra gli enti.",
    ),
    Offer::included(
        "consulenza",
        "Supporto organizzativo e consulenza",
        "Analisi, progettazione, aiuto nei capitolati e nelle trattative con i fornitori.",
    ),
    Offer::included(
        "formazione",
        "Formazione",
        "Corsi e seminari sulle competenze digitali per dipendenti e amministratori.",
    ),
    Offer::included(
        "finanziamenti",
        "Accesso ai finanziamenti",
        "Ricerca dei bandi e aiuto nelle domande e nei rendiconti.",
    ),
    Offer::quoted(
        "infrastruttura",
        "Infrastrutture",
        "Componenti comuni e canali di cooperazione fra applicazioni. Quota decisa con il programma operativo.",
        Unit::Ente,
    )
    .at(Level::Intermedio),
    Offer::quoted(
        "applicazioni",
        "Applicazioni",
        "Raccolte di dati, moduli e soluzioni integrate. Quota decisa con il programma operativo.",
        Unit::Ente,
    )
    .at(Level::Avanzato),
    Offer::quoted(
        "gestione",
        "Gestione e supporto",
        "Attività svolte da personale assegnato al Centro. Quota decisa con il programma operativo.",
        Unit::Ora,
    )
    .at(Level::Avanzato),
];

const WISHES: [Wish; 4] = [
    (0, "infrastruttura", Life::Asked(1)),
    (3, "applicazioni", Life::Confirmed(1)),
    (7, "gestione", Life::Asked(40)),
    (9, "applicazioni", Life::GivenUp(1, "L’ente ha preso in riuso un’altra soluzione")),
];

/// The centre of the Brianza.
pub fn centre() -> Option<Centre> {
    let mut centre = multilateral("Monza", "MB")?;
    if let Some(body) = centre.adherents.get_mut(LEAVING) {
        body.withdrawn = NaiveDate::from_ymd_opt(2026, 1, 8);
    }
    centre.notes = notes();
    Some(centre)
}

/// The same convention among the Comuni of the province with this sign: the one with this name leads and all the others
/// adhere. `None` where there is no such Comune.
pub fn many_parties(lead: &str, sign: &str) -> Option<Example> {
    multilateral(lead, sign).map(Centre::example)
}

fn multilateral(lead: &str, sign: &str) -> Option<Centre> {
    let lead = leading_comune(lead, 3_005)?;
    let mut bodies = adherents(&lead, comuni(sign), &[]);
    for body in &mut bodies {
        // The residents of 1 January are those of the last day of the year before, to which the convention refers.
        body.counted = NaiveDate::from_ymd_opt(2022, 12, 31);
    }
    Some(Centre {
        model: MODEL,
        title: "Convenzione per il Centro di competenze digitali Brianza",
        lead,
        adherents: bodies,
        terms: Terms {
            form: Form::Multilaterale,
            years: 2,
            extension: Extension::Tacito,
            notice: 92,
            fundamental: true,
            mode: Mode::Coordinamento,
            seat: "Monza, piazza Trento e Trieste",
            place: "Monza",
            vat: None,
        },
        fee: Fee::Inhabitants { rate: 15 },
        prices: Vec::new(),
        offers: OFFERS.to_vec(),
        wishes: &WISHES,
        delegate: "delegato alla Conferenza degli enti",
        prefix: "039",
        named_every: 1,
        notes: vec!["Convenzione di prova con molte parti.".to_owned()],
    })
}

fn notes() -> Vec<String> {
    [
        "Riproduce il Centro di competenze digitali della Brianza: una sola convenzione fra il Comune di Monza, che coordina, e gli altri 54 Comuni della provincia di Monza e della Brianza, con codici, indirizzi, PEC e abitanti dell’elenco nazionale. La fonte non dice quali Comuni abbiano aderito: qui ci sono tutti.",
        "La quota è di 0,15 euro per residente al 31 dicembre. Gli abitanti sono quelli al 31 dicembre 2022, cioè al 1° gennaio 2023 dell’elenco. Il Comune che coordina non versa una quota a sé stesso: nella fonte contribuisce con il proprio impegno economico.",
        "La fonte fissa la quota per il primo anno; poi decide la Conferenza degli enti. L’importo totale la suppone confermata anche per il secondo, ed è la somma delle quote dei 54 Comuni per due anni.",
        "La durata è di due anni con proroga automatica, come nella fonte: l’avviso C30-10 è voluto. La fonte richiama l’esercizio associato delle funzioni fondamentali, per le quali valeva il minimo di tre anni: l’avviso C30-08 è voluto. La durata decorre dalla firma; qui dal 1° gennaio 2026.",
        "Il recesso ha effetto dal 31 dicembre con tre mesi di preavviso: 92 giorni, cioè entro il 30 settembre. Un Comune ha comunicato il recesso l’8 gennaio 2026: il fatto è inventato, per mostrare l’atto. L’importo totale comprende anche le sue due quote.",
        "I servizi a pagamento non hanno un prezzo nella fonte: sono a preventivo. Il regime «fuori campo» è un’impostazione dell’esempio: la scelta spetta alla segreteria.",
        "Sono inventati tutti i nomi di persona, i numeri, le date e i voti delle deliberazioni, i capitoli di spesa, i recapiti e le richieste di servizi.",
    ]
    .map(str::to_owned)
    .to_vec()
}
