//! The arguments as typed. Help is Italian, for people who do not program.

mod examine;
mod verify;

use std::net::IpAddr;
use std::path::PathBuf;

use chrono::NaiveDate;
use clap::builder::styling::Styles;
use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::act::ActKind;
use crate::pipeline::Slice;

pub use examine::EsaminaArgs;
pub use verify::VerificaArgs;

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
    styles = Styles::plain(),
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
    #[arg(long, value_name = "N", value_parser = crowd, requires = "esempio")]
    pub enti: Option<usize>,
    /// Copia i testi degli atti nella cartella, per modificarli; se ID è un modello nuovo scritto lì, il foglio si fa con quelli
    #[arg(long, value_name = "CARTELLA")]
    pub testi: Option<PathBuf>,
    /// Sovrascrive i file che ci sono già
    #[arg(long)]
    pub sovrascrivi: bool,
    /// Come scrivere l’elenco dei modelli
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
    /// Usa i testi di questa cartella al posto di quelli del programma
    #[arg(long, value_name = "CARTELLA")]
    pub testi: Option<PathBuf>,
    /// Il giorno da considerare come oggi; di norma quello del sistema
    #[arg(long = "alla-data", value_name = "AAAA-MM-GG", value_parser = day)]
    pub today: Option<NaiveDate>,
    /// Quanti atti comporre insieme; di norma quanti sono i processori
    #[arg(long = "lavori", value_name = "N", value_parser = jobs)]
    pub jobs: Option<u16>,
    /// Come scrivere le segnalazioni: testo, breve o json
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
    #[arg(long, value_name = "ATTI", value_delimiter = ',', value_parser = act)]
    pub atti: Vec<ActKind>,
    /// Solo questi enti, per codice o nome, separati da virgole
    #[arg(long, value_name = "ENTI", value_delimiter = ',')]
    pub enti: Vec<String>,
    /// L’anno di fatture, note di credito e richieste di versamento, se sono fra gli atti; di norma quello della convenzione
    #[arg(long, value_name = "AAAA", value_parser = clap::value_parser!(i32).range(2020..=2055))]
    pub anno: Option<i32>,
    /// Formati, separati da virgole: pdf, docx, html; di norma pdf e docx
    #[arg(long, value_name = "FORMATI", value_delimiter = ',', value_parser = format)]
    pub formati: Vec<crate::pipeline::Format>,
    /// Solo una parte degli enti, per dividere il lavoro fra più macchine: 2/4 è la seconda di quattro. La parte di un ente
    /// dipende soltanto dal suo codice; «scrivano unisci» le mette insieme
    #[arg(long, value_name = "I/N", value_parser = slice)]
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
    #[arg(long = "lavori", value_name = "N", value_parser = jobs)]
    pub jobs: Option<u16>,
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
    #[arg(long, value_name = "AAAA-MM-GG", value_parser = day)]
    pub decorrenza: Option<NaiveDate>,
    /// Durata del nuovo periodo; di norma quella del vecchio
    #[arg(long, value_name = "ANNI", value_parser = years)]
    pub durata: Option<u32>,
    /// Sovrascrive il foglio, se c’è già
    #[arg(long)]
    pub sovrascrivi: bool,
}

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
    #[arg(long = "alla-data", value_name = "AAAA-MM-GG", value_parser = day)]
    pub today: Option<NaiveDate>,
    /// Come scrivere le segnalazioni: testo, breve o json
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
    #[arg(long, value_name = "INDIRIZZO", default_value = "127.0.0.1", hide_default_value = true, value_parser = address)]
    pub indirizzo: IpAddr,
    /// Mostra e basta: non si carica, non si produce, non si emette
    #[arg(long = "sola-lettura")]
    pub read_only: bool,
    /// Usa i testi di questa cartella al posto di quelli del programma
    #[arg(long, value_name = "CARTELLA")]
    pub testi: Option<PathBuf>,
    /// Il giorno da considerare come oggi; di norma quello del sistema
    #[arg(long = "alla-data", value_name = "AAAA-MM-GG", value_parser = day)]
    pub today: Option<NaiveDate>,
    /// Quanti atti comporre insieme; di norma quanti sono i processori
    #[arg(long = "lavori", value_name = "N", value_parser = jobs)]
    pub jobs: Option<u16>,
}

/// `spiega`.
#[derive(Debug, Args)]
pub struct SpiegaArgs {
    /// Codice della regola o del controllo, per esempio ENT-01 o 00423
    #[arg(value_name = "CODICE", help_heading = "Argomenti")]
    pub code: String,
    /// Come scrivere la pagina: testo o json
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

/// `regole`.
#[derive(Debug, Args)]
pub struct RegoleArgs {
    /// Come scrivere l’elenco: testo, breve o json
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

fn day(text: &str) -> Result<NaiveDate, String> {
    crate::date::parse(text).ok_or_else(|| "non è una data: scrivere per esempio 2026-01-31".to_owned())
}

fn address(text: &str) -> Result<IpAddr, String> {
    let text = if text.trim().eq_ignore_ascii_case("localhost") { "127.0.0.1" } else { text.trim() };
    text.parse().map_err(|_| "serve un indirizzo di rete in cifre, per esempio 192.168.1.10".to_owned())
}

fn years(text: &str) -> Result<u32, String> {
    let parsed = text.trim().parse().ok().filter(|years| (1..=99).contains(years));
    parsed.ok_or_else(|| "serve un numero di anni da 1 a 99".to_owned())
}

fn jobs(text: &str) -> Result<u16, String> {
    let parsed = text.trim().parse().ok().filter(|jobs| (1..=256).contains(jobs));
    parsed.ok_or_else(|| "serve un numero da 1 a 256".to_owned())
}

fn crowd(text: &str) -> Result<usize, String> {
    if text.trim().eq_ignore_ascii_case("italia") {
        return Ok(usize::MAX);
    }
    let parsed = text.trim().parse().ok().filter(|count| *count > 0);
    parsed.ok_or_else(|| "serve un numero di enti, o «italia»".to_owned())
}

fn act(text: &str) -> Result<ActKind, String> {
    let list = || ActKind::ALL.iter().map(|kind| kind.slug()).collect::<Vec<_>>().join(", ");
    ActKind::from_slug(text.trim()).ok_or_else(|| format!("gli atti sono: {}", list()))
}

fn format(text: &str) -> Result<crate::pipeline::Format, String> {
    use crate::pipeline::Format;
    [Format::Pdf, Format::Docx, Format::Html]
        .into_iter()
        .find(|format| format.extension() == text.trim().to_lowercase())
        .ok_or_else(|| "i formati sono: pdf, docx, html".to_owned())
}

fn slice(text: &str) -> Result<Slice, String> {
    Slice::parse(text).ok_or_else(|| "scrivere per esempio 2/4".to_owned())
}
