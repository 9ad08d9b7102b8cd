//! Catalogues of services of the examples. Names of the services are those of the centres; descriptions are ours.

use rust_decimal::Decimal;

use super::case::Record;
use crate::schema::{Choices, Level, Pricing, Unit};

/// A service: code, name, what it comprises.
type Service = (&'static str, &'static str, &'static str);

/// Services of Pesaro e Urbino covered by the fee.
const PESARO_BASE: [Service; 4] = [
    (
        "internet",
        "Servizi Internet di base",
        "Registrazione e mantenimento dei domini dell’ente, gestione dei nomi (DNS), accesso ai servizi in rete del Centro.",
    ),
    (
        "posta",
        "Servizi di posta elettronica",
        "Caselle di posta elettronica sul dominio dell’ente, filtro dei messaggi indesiderati e copie di sicurezza.",
    ),
    (
        "docweb",
        "Servizi DocWeb",
        "Portale web dell’ente: pubblicazione e aggiornamento dei contenuti, manutenzione, assistenza ai redattori.",
    ),
    (
        "supporto-statistico",
        "Supporto tecnico-statistico",
        "Dati statistici sul territorio dell’ente e assistenza nelle rilevazioni ufficiali.",
    ),
];

/// Services of Pesaro e Urbino quoted one by one, with the unit of the quotation.
const PESARO_ON_REQUEST: [(Service, Unit); 13] = [
    (
        (
            "connettivita",
            "Connettività Internet e Intranet",
            "Collegamento delle sedi alla rete del Centro e a Internet. Prezzo secondo la banda richiesta.",
        ),
        Unit::Ente,
    ),
    (
        (
            "cloud",
            "Cloud ibrido e virtualizzazione dei server",
            "Server virtuali, spazio di archiviazione e copie di sicurezza nel centro dati. Prezzo secondo l’attività e le caratteristiche delle macchine virtuali.",
        ),
        Unit::Ente,
    ),
    (
        (
            "applicativi",
            "Servizi applicativi ospitati nel cloud",
            "Conduzione nel centro dati degli applicativi dell’ente. Prezzo secondo l’attività e le caratteristiche delle macchine virtuali.",
        ),
        Unit::Ente,
    ),
    (
        (
            "consulenza-informatica",
            "Consulenza informatica",
            "Analisi, progettazione e assistenza sistemistica. Prezzo secondo i tecnici coinvolti e le ore necessarie.",
        ),
        Unit::Ora,
    ),
    (
        (
            "formazione",
            "Formazione informatica",
            "Corsi per il personale dell’ente, in presenza o a distanza. Prezzo secondo i tecnici coinvolti e le ore necessarie.",
        ),
        Unit::Ora,
    ),
    (
        (
            "sistema-statistico",
            "Sistema informativo statistico on line",
            "Banche dati e cruscotti consultabili in rete. Prezzo secondo i tecnici coinvolti e le ore necessarie.",
        ),
        Unit::Ora,
    ),
    (
        (
            "consulenza-statistica",
            "Consulenza tecnico-statistica",
            "Indagini, elaborazioni e studi su richiesta. Prezzo secondo i tecnici coinvolti e le ore necessarie.",
        ),
        Unit::Ora,
    ),
    (
        (
            "pnrr",
            "Supporto ai progetti PNRR",
            "Assistenza nella presentazione, attuazione e rendicontazione dei progetti di digitalizzazione. Prezzo a preventivo.",
        ),
        Unit::Ora,
    ),
    (
        (
            "giuridici",
            "Servizi giuridici",
            "Pareri e documentazione giuridica per gli uffici dell’ente. Prezzo a preventivo.",
        ),
        Unit::Ente,
    ),
    (
        (
            "stipendi",
            "Servizi stipendiali",
            "Elaborazione delle retribuzioni e degli adempimenti collegati. Prezzo a preventivo.",
        ),
        Unit::Ente,
    ),
    (
        (
            "previdenza",
            "Servizi previdenziali",
            "Pratiche di pensione e posizioni assicurative del personale. Prezzo a preventivo.",
        ),
        Unit::Ente,
    ),
    (
        (
            "suap",
            "Sportello unico per le attività produttive (SUAP)",
            "Gestione telematica delle pratiche dello sportello. Prezzo a preventivo.",
        ),
        Unit::Ente,
    ),
    (
        (
            "sua",
            "Stazione unica appaltante (SUA)",
            "Svolgimento delle procedure di gara per conto dell’ente. Prezzo a preventivo.",
        ),
        Unit::Ente,
    ),
];

/// Services of the reference model, with level; the base ones are covered by the fee.
const REFERENCE: [(Service, Level, Unit); 14] = [
    (
        (
            "connettivita",
            "Connettività",
            "Collegamento delle sedi dell’ente a Internet e alla rete del Centro, con controllo del traffico.",
        ),
        Level::Base,
        Unit::Ente,
    ),
    (
        (
            "posta",
            "Posta elettronica",
            "Caselle sul dominio dell’ente, filtro dei messaggi indesiderati e copie di sicurezza.",
        ),
        Level::Base,
        Unit::Ente,
    ),
    (
        (
            "sicurezza",
            "Sicurezza informatica",
            "Protezione della rete e delle postazioni, avvisi sulle vulnerabilità, sostegno in caso di incidente.",
        ),
        Level::Base,
        Unit::Ente,
    ),
    (
        (
            "assistenza",
            "Assistenza di primo livello",
            "Ricezione delle segnalazioni, prima diagnosi e risoluzione a distanza.",
        ),
        Level::Base,
        Unit::Ente,
    ),
    (
        (
            "applicativi",
            "Gestione degli applicativi",
            "Conduzione, aggiornamento e assistenza dei programmi gestionali dell’ente.",
        ),
        Level::Intermedio,
        Unit::Ente,
    ),
    (
        (
            "pagamenti",
            "Pagamenti elettronici (pagoPA)",
            "Attivazione e gestione dei pagamenti verso l’ente, con rendicontazione.",
        ),
        Level::Intermedio,
        Unit::Ente,
    ),
    (
        (
            "siti",
            "Siti Internet",
            "Realizzazione e manutenzione del sito istituzionale secondo le linee guida nazionali.",
        ),
        Level::Intermedio,
        Unit::Ente,
    ),
    (
        ("formazione", "Formazione", "Corsi sulle competenze digitali per amministratori e dipendenti."),
        Level::Intermedio,
        Unit::Ora,
    ),
    (
        (
            "consulenza-it",
            "Consulenza informatica",
            "Analisi dei sistemi dell’ente, progettazione e supporto agli acquisti.",
        ),
        Level::Intermedio,
        Unit::Ora,
    ),
    (
        (
            "multicanalita",
            "Servizi multicanale",
            "Sportello al cittadino per telefono, in rete e su dispositivi mobili.",
        ),
        Level::Avanzato,
        Unit::Ente,
    ),
    (
        (
            "trasformazione",
            "Consulenza per la trasformazione digitale",
            "Affiancamento del responsabile per la transizione al digitale e redazione dei piani.",
        ),
        Level::Avanzato,
        Unit::Ora,
    ),
    (
        (
            "sportelli",
            "Sportelli unici (SUAP e SUE)",
            "Gestione telematica delle pratiche delle attività produttive e dell’edilizia.",
        ),
        Level::Avanzato,
        Unit::Ente,
    ),
    (
        (
            "app-io",
            "App IO",
            "Pubblicazione dei servizi dell’ente nell’applicazione e invio dei messaggi ai cittadini.",
        ),
        Level::Avanzato,
        Unit::Ente,
    ),
    (
        ("cloud", "Cloud", "Trasferimento e conduzione dei sistemi dell’ente in un centro dati qualificato."),
        Level::Avanzato,
        Unit::Ente,
    ),
];

fn record((code, name, description): Service) -> Record {
    Record::new()
        .with("codice", code)
        .with("nome", name)
        .with("descrizione", description)
        .with("una_tantum", false)
        .with("nominativo", false)
}

fn included(service: Service) -> Record {
    record(service).with("livello", Level::Base.word()).with("modalita", Pricing::Incluso.word())
}

fn on_request(service: Service, unit: Unit) -> Record {
    record(service)
        .with("modalita", Pricing::Listino.word())
        .with("unita", unit.word())
        .with("preavviso_disdetta_giorni", 60_u64)
}

/// The catalogue of Pesaro e Urbino; `hour` is the price of an hour of training.
pub fn pesaro_urbino(hour: Decimal) -> Vec<Record> {
    let mut records: Vec<Record> = PESARO_BASE.into_iter().map(included).collect();
    records.extend(PESARO_ON_REQUEST.into_iter().map(|(service, unit)| match service.0 {
        "formazione" => on_request(service, unit).with("importo", hour),
        _ => on_request(service, unit),
    }));
    records
}

/// The catalogue of the reference model.
pub fn reference() -> Vec<Record> {
    REFERENCE
        .into_iter()
        .map(|(service, level, unit)| match level {
            Level::Base => included(service),
            _ => on_request(service, unit).with("livello", level.word()),
        })
        .collect()
}
