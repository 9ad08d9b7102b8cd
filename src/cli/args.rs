//! The arguments as typed. Help is Italian, for people who do not program.

mod bills;
mod examine;
mod parse;
mod rules;
mod serve;
mod verify;
mod workbook;

use std::path::PathBuf;

use chrono::NaiveDate;
use clap::{Args, Parser, Subcommand, ValueEnum};

pub use bills::{ControllaFatturaArgs, FattureArgs};
pub use examine::EsaminaArgs;
pub use rules::{RegoleArgs, SpiegaArgs};
pub use serve::ServiArgs;
pub use verify::VerificaArgs;
pub use workbook::{ControllaArgs, GeneraArgs, ModelloArgs, RinnovoArgs, ScadenzeArgs, UnisciArgs};

const TEMPLATE: &str = "{about-with-newline}\nUso: {usage}\n\n{all-args}{after-help}";
const ROOT_TEMPLATE: &str =
    "{about-with-newline}\nUso: {usage}\n\nComandi:\n{subcommands}\n\nOpzioni:\n{options}{after-help}";

/// Scrivano: dal foglio di calcolo agli atti pronti per la firma
#[derive(Debug, Parser)]
#[command(
    name = "scrivano",
    version,
    disable_help_flag = true,
    disable_version_flag = true,
    disable_help_subcommand = true,
    subcommand_required = true,
    subcommand_value_name = "COMANDO",
    help_template = ROOT_TEMPLATE,
    override_usage = "scrivano COMANDO [OPZIONI]",
    after_help = "\n\
Per cominciare:\n  \
  scrivano modello pesaro-urbino -o enti.xlsx --esempio   scrive un foglio di esempio da modificare\n  \
  scrivano controlla enti.xlsx                            dice che cosa non va, cella per cella\n  \
  scrivano genera enti.xlsx                               scrive gli atti nella cartella out\n\n\
Esito: 0 tutto fatto; 1 i dati o i testi hanno errori (gli atti senza errori sono stati scritti);\n\
2 il programma non ha potuto lavorare; 101 è un difetto del programma, da segnalare."
)]
pub struct Cli {
    #[command(subcommand)]
    pub command: Command,
    /// Mostra questo aiuto
    #[arg(
        short = 'h',
        long = "aiuto",
        alias = "help",
        action = clap::ArgAction::Help,
        global = true,
        help_heading = "Opzioni"
    )]
    aiuto: Option<bool>,
    /// Mostra la versione
    #[arg(short = 'V', long = "versione", alias = "version", action = clap::ArgAction::Version)]
    versione: Option<bool>,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Scrive il foglio da compilare, o elenca i modelli
    #[command(
        alias = "template",
        help_template = TEMPLATE,
        next_help_heading = "Opzioni",
        override_usage = "scrivano modello [ID] [OPZIONI]"
    )]
    Modello(ModelloArgs),
    /// Legge il foglio, lo controlla e dice che cosa non va
    #[command(
        alias = "check",
        help_template = TEMPLATE,
        next_help_heading = "Opzioni",
        override_usage = "scrivano controlla FILE [OPZIONI]"
    )]
    Controlla(ControllaArgs),
    /// Scrive gli atti di ogni ente e il pacchetto per la firma
    #[command(
        alias = "generate",
        help_template = TEMPLATE,
        next_help_heading = "Opzioni",
        override_usage = "scrivano genera FILE [OPZIONI]"
    )]
    Genera(GeneraArgs),
    /// Unisce le parti fatte con «genera --fetta»: registro, quadro, esito
    #[command(
        alias = "merge",
        help_template = TEMPLATE,
        next_help_heading = "Opzioni",
        override_usage = "scrivano unisci CARTELLA… [OPZIONI]"
    )]
    Unisci(UnisciArgs),
    /// Verifica i pacchetti e i file che tornano firmati
    #[command(
        alias = "verify",
        help_template = TEMPLATE,
        next_help_heading = "Opzioni",
        override_usage = "scrivano verifica PERCORSO… [OPZIONI]"
    )]
    Verifica(VerificaArgs),
    /// Elenca le scadenze della convenzione, anche per il calendario
    #[command(
        alias = "deadlines",
        help_template = TEMPLATE,
        next_help_heading = "Opzioni",
        override_usage = "scrivano scadenze FILE [OPZIONI]"
    )]
    Scadenze(ScadenzeArgs),
    /// Prepara il foglio del periodo successivo
    #[command(
        alias = "renew",
        help_template = TEMPLATE,
        next_help_heading = "Opzioni",
        override_usage = "scrivano rinnovo FILE -o NUOVO.xlsx [OPZIONI]"
    )]
    Rinnovo(RinnovoArgs),
    /// Controlla una fattura elettronica come fa il sistema di interscambio (SdI)
    #[command(
        name = "controlla-fattura",
        alias = "check-invoice",
        help_template = TEMPLATE,
        next_help_heading = "Opzioni",
        override_usage = "scrivano controlla-fattura FILE.xml… [OPZIONI]"
    )]
    ControllaFattura(ControllaFatturaArgs),
    /// Esamina una convenzione scritta da altri: che cosa c’è, dove, che cosa manca
    #[command(
        alias = "examine",
        help_template = TEMPLATE,
        next_help_heading = "Opzioni",
        override_usage = "scrivano esamina DOCUMENTO [OPZIONI]"
    )]
    Esamina(EsaminaArgs),
    /// Emette fatture, note di credito e richieste di versamento di un anno
    #[command(
        alias = "invoices",
        help_template = TEMPLATE,
        next_help_heading = "Opzioni",
        override_usage = "scrivano fatture FILE --anno AAAA [OPZIONI]"
    )]
    Fatture(FattureArgs),
    /// Apre il banco web: tutto il lavoro nel browser, su questo computer
    #[command(
        alias = "serve",
        help_template = TEMPLATE,
        next_help_heading = "Opzioni",
        override_usage = "scrivano servi [FILE] [OPZIONI]"
    )]
    Servi(ServiArgs),
    /// Spiega una regola: che cosa, perché, quale norma
    #[command(
        alias = "explain",
        help_template = TEMPLATE,
        next_help_heading = "Opzioni",
        override_usage = "scrivano spiega CODICE [OPZIONI]"
    )]
    Spiega(SpiegaArgs),
    /// Elenca le regole dei controlli
    #[command(
        alias = "rules",
        help_template = TEMPLATE,
        next_help_heading = "Opzioni",
        override_usage = "scrivano regole [OPZIONI]"
    )]
    Regole(RegoleArgs),
}

/// How a report is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub enum ReportFormat {
    /// Per le persone
    #[default]
    Testo,
    /// Una riga per segnalazione
    Breve,
    /// Per i programmi
    Json,
}

/// How the result is printed: what most commands have in common.
#[derive(Debug, Args)]
pub struct Shown {
    /// Come scrivere il risultato: testo, breve o json
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

/// What the commands that read a workbook have in common.
#[derive(Debug, Args)]
pub struct Source {
    /// Il foglio di calcolo: .xlsx, .ods o .xls
    #[arg(value_name = "FILE", help_heading = "Argomenti")]
    pub file: PathBuf,
    #[command(flatten)]
    pub conditions: Conditions,
    #[command(flatten)]
    pub shown: Shown,
}

/// With which texts, on which day and on how many threads a workbook is worked on.
#[derive(Debug, Args)]
pub struct Conditions {
    /// Usa i testi di questa cartella al posto di quelli del programma
    #[arg(long, value_name = "CARTELLA")]
    pub testi: Option<PathBuf>,
    /// Il giorno da considerare come oggi; di norma quello del sistema
    #[arg(long = "alla-data", value_name = "AAAA-MM-GG", value_parser = parse::day)]
    pub today: Option<NaiveDate>,
    /// Quanti atti comporre insieme; di norma quanti sono i processori
    #[arg(long = "lavori", value_name = "N", value_parser = parse::jobs)]
    pub jobs: Option<u16>,
}
