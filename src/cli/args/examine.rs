//! The options of `esamina`, apart from those of the other commands. Read by `cli::examine`.

use std::path::PathBuf;

use chrono::NaiveDate;
use clap::Args;

use super::{Shown, parse};

/// `esamina`.
#[derive(Debug, Args)]
pub struct EsaminaArgs {
    /// La convenzione da esaminare: .docx, .pdf con testo, .txt
    #[arg(value_name = "DOCUMENTO", help_heading = "Argomenti")]
    pub file: PathBuf,
    /// Il giorno da considerare come oggi; di norma quello del sistema
    #[arg(long = "alla-data", value_name = "AAAA-MM-GG", value_parser = parse::day)]
    pub today: Option<NaiveDate>,
    #[command(flatten)]
    pub shown: Shown,
}
