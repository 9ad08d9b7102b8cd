//! Catalogues of services of the first examples. Names of the services are those of the centres; descriptions are ours.

use super::case::Record;
use super::offer::Offer;
use crate::schema::{Level, Unit};

/// Services of Pesaro e Urbino: those covered by the fee, then those quoted one by one, with the unit of the quotation.
/// The price of an hour of training is invented.
const PESARO: [Offer; 17] = [
    Offer::included("internet", "Servizi Internet di base", "Registrazione e mantenimento dei domini dell’ente, gestione dei nomi (DNS), accesso ai servizi in rete del Centro."),
    Offer::included("posta", "Servizi di posta elettronica", "Caselle di posta elettronica sul dominio dell’ente, filtro dei messaggi indesiderati e copie di sicurezza."),
    Offer::included("docweb", "Servizi DocWeb", "Portale web dell’ente: pubblicazione e aggiornamento dei contenuti, manutenzione, assistenza ai redattori."),
    Offer::included("supporto-statistico", "Supporto tecnico-statistico", "Dati statistici sul territorio dell’ente e assistenza nelle rilevazioni ufficiali."),
    Offer::quoted("connettivita", "Connettività Internet e Intranet", "Collegamento delle sedi alla rete del Centro e a Internet. Prezzo secondo la banda richiesta.", Unit::Ente),
    Offer::quoted("cloud", "Cloud ibrido e virtualizzazione dei server", "Server virtuali, spazio di archiviazione e copie di sicurezza nel centro dati. Prezzo secondo l’attività e le caratteristiche delle macchine virtuali.", Unit::Ente),
    Offer::quoted("applicativi", "Servizi applicativi ospitati nel cloud", "Conduzione nel centro dati degli applicativi dell’ente. Prezzo secondo l’attività e le caratteristiche delle macchine virtuali.", Unit::Ente),
    Offer::quoted("consulenza-informatica", "Consulenza informatica", "Analisi, progettazione e assistenza sistemistica. Prezzo secondo i tecnici coinvolti e le ore necessarie.", Unit::Ora),
    Offer::quoted("formazione", "Formazione informatica", "Corsi per il personale dell’ente, in presenza o a distanza. Prezzo secondo i tecnici coinvolti e le ore necessarie.", Unit::Ora).at_price(45),
    Offer::quoted("sistema-statistico", "Sistema informativo statistico on line", "Banche dati e cruscotti consultabili in rete. Prezzo secondo i tecnici coinvolti e le ore necessarie.", Unit::Ora),
    Offer::quoted("consulenza-statistica", "Consulenza tecnico-statistica", "Indagini, elaborazioni e studi su richiesta. Prezzo secondo i tecnici coinvolti e le ore necessarie.", Unit::Ora),
    Offer::quoted("pnrr", "Supporto ai progetti PNRR", "Assistenza nella presentazione, attuazione e rendicontazione dei progetti di digitalizzazione. Prezzo a preventivo.", Unit::Ora),
    Offer::quoted("giuridici", "Servizi giuridici", "Pareri e documentazione giuridica per gli uffici dell’ente. Prezzo a preventivo.", Unit::Ente),
    Offer::quoted("stipendi", "Servizi stipendiali", "Elaborazione delle retribuzioni e degli adempimenti collegati. Prezzo a preventivo.", Unit::Ente),
    Offer::quoted("previdenza", "Servizi previdenziali", "Pratiche di pensione e posizioni assicurative del personale. Prezzo a preventivo.", Unit::Ente),
    Offer::quoted("suap", "Sportello unico per le attività produttive (SUAP)", "Gestione telematica delle pratiche dello sportello. Prezzo a preventivo.", Unit::Ente),
    Offer::quoted("sua", "Stazione unica appaltante (SUA)", "Svolgimento delle procedure di gara per conto dell’ente. Prezzo a preventivo.", Unit::Ente),
];

/// Services of the reference model, with level; the base ones are covered by the fee.
const REFERENCE: [Offer; 14] = [
    Offer::included(
        "connettivita",
        "Connettività",
        "Collegamento delle sedi dell’ente a Internet e alla rete del Centro, con controllo del traffico.",
    ),
    Offer::included(
        "posta",
        "Posta elettronica",
        "Caselle sul dominio dell’ente, filtro dei messaggi indesiderati e copie di sicurezza.",
    ),
    Offer::included(
        "sicurezza",
        "Sicurezza informatica",
        "Protezione della rete e delle postazioni, avvisi sulle vulnerabilità, sostegno in caso di incidente.",
    ),
    Offer::included(
        "assistenza",
        "Assistenza di primo livello",
        "Ricezione delle segnalazioni, prima diagnosi e risoluzione a distanza.",
    ),
    Offer::quoted(
        "applicativi",
        "Gestione degli applicativi",
        "Conduzione, aggiornamento e assistenza dei programmi gestionali dell’ente.",
        Unit::Ente,
    )
    .at(Level::Intermedio),
    Offer::quoted(
        "pagamenti",
        "Pagamenti elettronici (pagoPA)",
        "Attivazione e gestione dei pagamenti verso l’ente, con rendicontazione.",
        Unit::Ente,
    )
    .at(Level::Intermedio),
    Offer::quoted(
        "siti",
        "Siti Internet",
        "Realizzazione e manutenzione del sito istituzionale secondo le linee guida nazionali.",
        Unit::Ente,
    )
    .at(Level::Intermedio),
    Offer::quoted(
        "formazione",
        "Formazione",
        "Corsi sulle competenze digitali per amministratori e dipendenti.",
        Unit::Ora,
    )
    .at(Level::Intermedio),
    Offer::quoted(
        "consulenza-it",
        "Consulenza informatica",
        "Analisi dei sistemi dell’ente, progettazione e supporto agli acquisti.",
        Unit::Ora,
    )
    .at(Level::Intermedio),
    Offer::quoted(
        "multicanalita",
        "Servizi multicanale",
        "Sportello al cittadino per telefono, in rete e su dispositivi mobili.",
        Unit::Ente,
    )
    .at(Level::Avanzato),
    Offer::quoted(
        "trasformazione",
        "Consulenza per la trasformazione digitale",
        "Affiancamento del responsabile per la transizione al digitale e redazione dei piani.",
        Unit::Ora,
    )
    .at(Level::Avanzato),
    Offer::quoted(
        "sportelli",
        "Sportelli unici (SUAP e SUE)",
        "Gestione telematica delle pratiche delle attività produttive e dell’edilizia.",
        Unit::Ente,
    )
    .at(Level::Avanzato),
    Offer::quoted(
        "app-io",
        "App IO",
        "Pubblicazione dei servizi dell’ente nell’applicazione e invio dei messaggi ai cittadini.",
        Unit::Ente,
    )
    .at(Level::Avanzato),
    Offer::quoted(
        "cloud",
        "Cloud",
        "Trasferimento e conduzione dei sistemi dell’ente in un centro dati qualificato.",
        Unit::Ente,
    )
    .at(Level::Avanzato),
];

/// The catalogue of Pesaro e Urbino.
pub fn pesaro_urbino() -> Vec<Record> {
    PESARO.iter().map(Offer::record).collect()
}

/// The catalogue of the reference model.
pub fn reference() -> Vec<Record> {
    REFERENCE.iter().map(Offer::record).collect()
}
