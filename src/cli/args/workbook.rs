//! The arguments of the commands that read or write a workbook: `modello`, `controlla`, `genera`, `unisci`, `scadenze`, `rinnovo`.

use std::path::PathBuf;

use chrono::NaiveDate;
use clap::Args;

use super::{Shown, Source, parse};
use crate::act::ActKind;
use crate::pipeline::{Format, Slice};

/// `modello`.
#[derive(Debug, Args)]
pub struct ModelloArgs {
    /// Modello; senza, elenca i modelli
    #[arg(value_name = "ID", help_heading = "Argomenti")]
    pub id: Option<String>,
    /// File da scrivere
    #[arg(short, long = "output", value_name = "FILE.xlsx")]
    pub output: Option<PathBuf>,
    /// Compila il foglio con l’esempio del modello
    #[arg(long)]
    pub esempio: bool,
    /// Con --esempio: quanti enti mettere nell’esempio, per prove di velocità; «italia» per tutti i Comuni
    #[arg(long, value_name = "N", value_parser = parse::crowd, requires = "esempio")]
    pub enti: Option<usize>,
    /// Copia i testi degli atti nella cartella, per modificarli; se ID è un modello nuovo scritto lì, il foglio si fa con quelli
    #[arg(long, value_name = "CARTELLA")]
    pub testi: Option<PathBuf>,
    /// Sovrascrive i file che ci sono già
    #[arg(long)]
    pub sovrascrivi: bool,
    #[command(flatten)]
    pub shown: Shown,
}

/// `controlla`.
#[derive(Debug, Args)]
pub struct ControllaArgs {
    #[command(flatten)]
    pub source: Source,
    /// Mostra, ente per ente, come si arriva alla quota e al prezzo dei servizi
    #[arg(long = "dettaglio-quote")]
    pub fees: bool,
    /// Scrive una copia del foglio con le celle segnalate colorate, i messaggi come commenti e l’elenco nel primo foglio
    #[arg(long, value_name = "COPIA.xlsx")]
    pub annota: Option<PathBuf>,
    /// Sovrascrive la copia, se c’è già
    #[arg(long, requires = "annota")]
    pub sovrascrivi: bool,
}

/// `genera`.
#[derive(Debug, Args)]
pub struct GeneraArgs {
    #[command(flatten)]
    pub source: Source,
    /// Cartella in cui scrivere; di norma out
    #[arg(short, long = "output", value_name = "CARTELLA", default_value = "out", hide_default_value = true)]
    pub output: PathBuf,
    /// Solo questi atti, separati da virgole (convenzione, delibera-adesione, richiesta-servizio, …): anche da compilare a mano
    /// dove mancano i dati; quelli di una passata precedente si tolgono
    #[arg(long, value_name = "ATTI", value_delimiter = ',', value_parser = parse::act)]
    pub atti: Vec<ActKind>,
    /// Solo questi enti, per codice o nome, separati da virgole
    #[arg(long, value_name = "ENTI", value_delimiter = ',')]
    pub enti: Vec<String>,
    /// L’anno di fatture, note di credito e richieste di versamento, se sono fra gli atti; di norma quello della convenzione
    #[arg(long, value_name = "AAAA", value_parser = clap::value_parser!(i32).range(2020..=2055))]
    pub anno: Option<i32>,
    /// Formati, separati da virgole: pdf, docx, html; di norma pdf e docx
    #[arg(long, value_name = "FORMATI", value_delimiter = ',', value_parser = parse::format)]
    pub formati: Vec<Format>,
    /// Solo una parte degli enti, per dividere il lavoro fra più macchine: 2/4 è la seconda di quattro. La parte di un ente
    /// dipende soltanto dal suo codice; «scrivano unisci» le mette insieme
    #[arg(long, value_name = "I/N", value_parser = parse::slice)]
    pub fetta: Option<Slice>,
}

/// `unisci`.
#[derive(Debug, Args)]
pub struct UnisciArgs {
    /// Le cartelle in cui «genera --fetta» ha scritto: una per tutte le parti o una per parte
    #[arg(value_name = "CARTELLA", required = true, num_args = 1.., help_heading = "Argomenti")]
    pub folders: Vec<PathBuf>,
    /// Cartella in cui scrivere; di norma dove sono le parti, se sono in una sola cartella, altrimenti out
    #[arg(short, long = "output", value_name = "CARTELLA")]
    pub output: Option<PathBuf>,
    /// Quanti file verificare insieme; di norma quanti sono i processori
    #[arg(long = "lavori", value_name = "N", value_parser = parse::jobs)]
    pub jobs: Option<u16>,
    #[command(flatten)]
    pub shown: Shown,
}

/// `scadenze`.
#[derive(Debug, Args)]
pub struct ScadenzeArgs {
    #[command(flatten)]
    pub source: Source,
    /// Scrive le scadenze anche in un file per il calendario (Outlook, Google, Thunderbird, …)
    #[arg(short, long = "output", value_name = "FILE.ics")]
    pub output: Option<PathBuf>,
    /// Sovrascrive il calendario, se c’è già
    #[arg(long)]
    pub sovrascrivi: bool,
}

/// `rinnovo`.
#[derive(Debug, Args)]
pub struct RinnovoArgs {
    #[command(flatten)]
    pub source: Source,
    /// Il foglio da scrivere
    #[arg(short, long = "output", value_name = "NUOVO.xlsx")]
    pub output: PathBuf,
    /// Primo giorno del nuovo periodo; di norma quello dopo la scadenza
    #[arg(long, value_name = "AAAA-MM-GG", value_parser = parse::day)]
    pub decorrenza: Option<NaiveDate>,
    /// Durata del nuovo periodo; di norma quella del vecchio
    #[arg(long, value_name = "ANNI", value_parser = parse::years)]
    pub durata: Option<u32>,
    /// Sovrascrive il foglio, se c’è già
    #[arg(long)]
    pub sovrascrivi: bool,
}
