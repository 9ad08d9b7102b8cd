//! The arguments of `verifica`.

use std::path::PathBuf;

use clap::Args;

use super::ReportFormat;

/// `verifica`.
#[derive(Debug, Args)]
pub struct VerificaArgs {
    /// Un pacchetto (.zip), una cartella, o i file tornati: .pdf firmati, .p7m, .p7s
    #[arg(value_name = "PERCORSO", required = true, num_args = 1.., help_heading = "Argomenti")]
    pub paths: Vec<PathBuf>,
    /// Il pacchetto inviato, o il suo manifesto.json; di norma si cerca accanto ai file
    #[arg(long, value_name = "PACCHETTO.zip", alias = "bundle")]
    pub pacchetto: Option<PathBuf>,
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
