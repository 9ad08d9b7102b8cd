//! The arguments of `spiega` and `regole`.

use clap::Args;

use super::Shown;

/// `spiega`.
#[derive(Debug, Args)]
pub struct SpiegaArgs {
    /// Codice della regola o del controllo, per esempio ENT-01 o 00423
    #[arg(value_name = "CODICE", help_heading = "Argomenti")]
    pub code: String,
    #[command(flatten)]
    pub shown: Shown,
}

/// `regole`.
#[derive(Debug, Args)]
pub struct RegoleArgs {
    #[command(flatten)]
    pub shown: Shown,
}
