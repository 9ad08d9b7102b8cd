//! The arguments of `fatture` and `controlla-fattura`.

use std::path::PathBuf;

use chrono::NaiveDate;
use clap::Args;

use super::{Shown, Source, parse};

/// `fatture`.
#[derive(Debug, Args)]
pub struct FattureArgs {
    #[command(flatten)]
    pub source: Source,
    /// L’anno delle quote e dei servizi da addebitare
    #[arg(long, value_name = "AAAA", value_parser = clap::value_parser!(i32).range(2020..=2055))]
    pub anno: i32,
    /// Cartella in cui scrivere; di norma out
    #[arg(short, long = "output", value_name = "CARTELLA", default_value = "out", hide_default_value = true)]
    pub output: PathBuf,
    /// Mostra che cosa si emetterebbe, con i totali, e non scrive nulla
    #[arg(long)]
    pub anteprima: bool,
    /// Scrive una copia del foglio con i documenti emessi nel foglio Fatture: è il registro da cui riparte la numerazione
    #[arg(long, value_name = "COPIA.xlsx", conflicts_with = "anteprima")]
    pub registra: Option<PathBuf>,
    /// Solo per questi enti, per codice o nome, separati da virgole
    #[arg(long, value_name = "ENTI", value_delimiter = ',')]
    pub enti: Vec<String>,
    /// Sovrascrive la copia del foglio, se c’è già
    #[arg(long)]
    pub sovrascrivi: bool,
}

/// `controlla-fattura`.
#[derive(Debug, Args)]
pub struct ControllaFatturaArgs {
    /// Le fatture: file .xml in formato FPA12 o FPR12
    #[arg(value_name = "FILE.xml", help_heading = "Argomenti", required = true)]
    pub files: Vec<PathBuf>,
    /// Il giorno in cui il file arriva al sistema di interscambio; di norma oggi
    #[arg(long = "alla-data", value_name = "AAAA-MM-GG", value_parser = parse::day)]
    pub today: Option<NaiveDate>,
    #[command(flatten)]
    pub shown: Shown,
}
