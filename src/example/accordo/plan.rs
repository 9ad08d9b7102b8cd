//! The plan of activities annexed to the agreement: outputs, indicators and the values to reach. Figures are those of the
//! source, words are ours.

use chrono::NaiveDate;

use crate::example::case::Record;

/// When something is due.
#[derive(Clone, Copy)]
enum Due {
    /// 30 June 2026.
    First,
    /// 31 December 2026.
    Second,
    /// 30 June 2027, the end.
    End,
}

impl Due {
    fn day(self) -> Option<NaiveDate> {
        match self {
            Self::First => NaiveDate::from_ymd_opt(2026, 6, 30),
            Self::Second => NaiveDate::from_ymd_opt(2026, 12, 31),
            Self::End => NaiveDate::from_ymd_opt(2027, 6, 30),
        }
    }
}

/// Code, activity, done by both parties, output, indicator, value, day.
type Line = (&'static str, &'static str, bool, &'static str, &'static str, &'static str, Due);

const STEERING: &str = "Progettazione e indirizzo condivisi";
const MANAGEMENT: &str = "Gestione del progetto";
const NEWS: &str = "Comunicazione e diffusione";
const GUIDANCE: &str = "Orientamento strategico dei Comuni";
const RECOVERY: &str = "Supporto alle azioni del PNRR sulla digitalizzazione";
const SKILLS: &str = "Rafforzamento amministrativo e competenze digitali";
const REGIONAL: &str = "Attuazione delle iniziative regionali sul territorio";

const PLAN: [Line; 28] = [
    (
        "T1",
        STEERING,
        true,
        "Tavolo strategico fra le parti",
        "Partecipazione agli incontri",
        "tutti gli incontri previsti",
        Due::End,
    ),
    (
        "T2.1",
        MANAGEMENT,
        true,
        "Tavolo operativo fra le parti",
        "Partecipazione agli incontri",
        "tutti gli incontri previsti",
        Due::End,
    ),
    (
        "T2.2",
        MANAGEMENT,
        false,
        "Resoconto dell’avanzamento",
        "Relazione semestrale consegnata",
        "una per semestre",
        Due::Second,
    ),
    ("T2.3", MANAGEMENT, false, "Resoconto conclusivo", "Relazione finale consegnata", "una", Due::End),
    (
        "T3.1",
        NEWS,
        false,
        "Rubrica «Comuni digitali» nella rivista dell’associazione",
        "Articoli pubblicati",
        "almeno 6",
        Due::End,
    ),
    ("T3.2", NEWS, false, "Sito del progetto aggiornato", "Notizie pubblicate", "almeno 30", Due::End),
    ("T3.3", NEWS, false, "Sito del progetto frequentato", "Utenti registrati", "almeno 280", Due::End),
    ("T3.4", NEWS, false, "Informative sui siti dell’associazione", "Visualizzazioni", "almeno 500", Due::End),
    (
        "T3.5",
        NEWS,
        false,
        "Promozione sulle reti sociali",
        "Canali usati e visualizzazioni",
        "almeno 2 canali e 5.000 visualizzazioni",
        Due::End,
    ),
    ("T3.6", NEWS, false, "Calendario degli eventi", "Aggiornamento del calendario", "puntuale", Due::End),
    (
        "A1.1",
        GUIDANCE,
        false,
        "Strumento di analisi che produce la bozza del rapporto",
        "Strumento e documento descrittivo rilasciati",
        "uno",
        Due::First,
    ),
    ("A1.2", GUIDANCE, false, "Presentazione del servizio", "Eventi di presentazione", "uno", Due::First),
    (
        "A1.3",
        GUIDANCE,
        false,
        "Rapporti elaborati da esperti e consegnati agli enti",
        "Comuni serviti",
        "almeno 30",
        Due::End,
    ),
    ("A1.4", GUIDANCE, false, "Restituzione dei risultati", "Eventi di restituzione", "almeno uno", Due::End),
    (
        "A1.5",
        GUIDANCE,
        false,
        "Tavolo dei Comuni per la transizione digitale",
        "Comuni coinvolti",
        "almeno 10",
        Due::Second,
    ),
    ("A1.6", GUIDANCE, false, "Lavori del tavolo dei Comuni", "Sessioni di lavoro", "almeno 2", Due::End),
    (
        "A1.7",
        GUIDANCE,
        false,
        "Help desk dedicato",
        "Casella di posta e numero verde attivi",
        "per tutta la durata",
        Due::End,
    ),
    ("A2.1", RECOVERY, false, "Raccordo tecnico regionale e nazionale", "Incontri frequentati", "almeno 8", Due::End),
    ("A2.2", RECOVERY, false, "Informazione degli enti", "Eventi dedicati", "almeno 2", Due::End),
    ("A2.3", RECOVERY, false, "Tavolo dei Comuni sul PNRR", "Comuni coinvolti", "almeno 15", Due::Second),
    ("A2.4", RECOVERY, false, "Lavori del tavolo sul PNRR", "Sessioni di lavoro", "almeno 2", Due::End),
    ("A2.5", RECOVERY, false, "Help desk sul PNRR", "Casella di posta attiva", "per tutta la durata", Due::End),
    (
        "A3.1",
        SKILLS,
        false,
        "Anagrafe dei responsabili informatici degli enti",
        "Documento che la descrive",
        "uno",
        Due::Second,
    ),
    (
        "A3.2",
        SKILLS,
        false,
        "Comunità «Comuni digitali»",
        "Utenti e amministrazioni",
        "300 utenti di almeno 100 amministrazioni",
        Due::End,
    ),
    ("A3.3", SKILLS, false, "Formazione sulla trasformazione digitale", "Sessioni formative", "almeno 8", Due::End),
    ("A3.4", SKILLS, false, "Partecipazione alla formazione", "Partecipanti", "almeno 220", Due::End),
    (
        "A4.1",
        REGIONAL,
        false,
        "Gruppo dedicato all’affiancamento dei Comuni",
        "Persone e giornate di lavoro",
        "almeno 4 persone, di cui 3 esperte, e 25 giornate",
        Due::End,
    ),
    (
        "A4.2",
        REGIONAL,
        false,
        "Canale di assistenza ai Comuni",
        "Numero verde e casella di posta attivi",
        "per tutta la durata",
        Due::End,
    ),
];

/// The rows of `Attivita`; `doer` is the code of the body that does what is not done together.
pub fn activities(doer: &str) -> Vec<Record> {
    PLAN.into_iter()
        .map(|(code, activity, together, output, indicator, value, due)| {
            Record::new()
                .with("codice", code)
                .with("attivita", activity)
                .with("ente", if together { "" } else { doer })
                .with("risultato", output)
                .with("indicatore", indicator)
                .with("valore_atteso", value)
                .with("entro", due.day())
        })
        .collect()
}
