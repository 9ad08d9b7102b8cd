//! The arguments of `verifica`.

use std::path::PathBuf;

use clap::Args;

use super::Shown;

/// `verifica`.
#[derive(Debug, Args)]
pub struct VerificaArgs {
    /// Un pacchetto (.zip), una cartella, o i file tornati: .pdf firmati, .p7m, .p7s
    #[arg(value_name = "PERCORSO", required = true, num_args = 1.., help_heading = "Argomenti")]
    pub paths: Vec<PathBuf>,
    /// Il pacchetto inviato, o il suo manifesto.json; di norma si cerca accanto ai file
    #[arg(long, value_name = "PACCHETTO.zip", alias = "bundle")]
    pub pacchetto: Option<PathBuf>,
    #[command(flatten)]
    pub shown: Shown,
}
