//! The arguments of `servi`, the desk in the browser.

use std::net::IpAddr;
use std::path::PathBuf;

use clap::Args;

use super::{Conditions, parse};

/// `servi`.
#[derive(Debug, Args)]
pub struct ServiArgs {
    /// Un foglio da mostrare a chi non ne ha ancora caricato uno
    #[arg(value_name = "FILE", help_heading = "Argomenti")]
    pub file: Option<PathBuf>,
    /// Porta; di norma 8585
    #[arg(long, value_name = "N", default_value_t = 8585, hide_default_value = true)]
    pub porta: u16,
    /// Indirizzo di rete su cui rispondere; di norma solo questo computer. Con un altro serve la chiave che il programma
    /// scrive all’avvio; i dati viaggiano in chiaro: solo su una rete di cui ci si fida
    #[arg(long, value_name = "INDIRIZZO", default_value = "127.0.0.1", hide_default_value = true, value_parser = parse::address)]
    pub indirizzo: IpAddr,
    /// Mostra e basta: non si carica, non si produce, non si emette
    #[arg(long = "sola-lettura")]
    pub read_only: bool,
    #[command(flatten)]
    pub conditions: Conditions,
}
