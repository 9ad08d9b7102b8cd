//! The options of `esamina`, apart from those of the other commands. Read by `cli::examine`.

use std::path::PathBuf;

use chrono::NaiveDate;
use clap::Args;

use super::{ReportFormat, day};

/// `esamina`.
#[derive(Debug, Args)]
pub struct EsaminaArgs {
    /// La convenzione da esaminare: .docx, .pdf con testo, .txt
    #[arg(value_name = "DOCUMENTO", help_heading = "Argomenti")]
    pub file: PathBuf,
    /// Il giorno da considerare come oggi; di norma quello del sistema
    #[arg(long = "alla-data", value_name = "AAAA-MM-GG", value_parser = day)]
    pub today: Option<NaiveDate>,
    /// Come scrivere l’esito: testo, breve o json
    #[arg(
        long = "formato",
        value_name = "FORMATO",
        value_enum,
        default_value_t,
        hide_default_value = true,
        hide_possible_values = true
    )]
    pub format: ReportFormat,
}
