//! The command line: arguments → options, and the exit status. With `cli::print` the only code that speaks to people.

mod annotated;
mod args;
mod bills;
mod commands;
mod complaint;
mod examine;
mod fees;
mod generate;
mod invoice;
mod merge;
mod print;
mod progress;
mod report;
mod serve;
mod term;
mod verify;

use std::process::ExitCode;
use std::sync::Once;

use clap::Parser;

use args::{Cli, Command};
use print::Printer;

/// How a command ends. 101 is left to panics: always our fault.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// Done.
    Done,
    /// The data or the templates have errors; all that could be produced was.
    Faults,
    /// The program could not run.
    Failed,
}

impl From<Status> for ExitCode {
    fn from(status: Status) -> Self {
        match status {
            Status::Done => Self::SUCCESS,
            Status::Faults => Self::from(1),
            Status::Failed => Self::from(2),
        }
    }
}

/// Runs the command of this process's arguments.
pub fn run() -> Status {
    quiet_reader();
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => return complaint::tell(&error),
    };
    let mut printer = Printer::new();
    let outcome = match cli.command {
        Command::Modello(args) => commands::template(&args, &mut printer),
        Command::Controlla(args) => commands::check(&args, &mut printer),
        Command::Genera(args) => generate::generate(&args, &mut printer),
        Command::Unisci(args) => merge::merge(&args, &mut printer),
        Command::Verifica(args) => verify::verify(&args, &mut printer),
        Command::Scadenze(args) => term::deadlines(&args, &mut printer),
        Command::Rinnovo(args) => term::renew(&args, &mut printer),
        Command::ControllaFattura(args) => invoice::check(&args, &mut printer),
        Command::Esamina(args) => examine::examine(&args, &mut printer),
        Command::Fatture(args) => bills::issue(&args, &mut printer),
        Command::Servi(args) => serve::serve(&args, &mut printer),
        Command::Spiega(args) => commands::explain(&args, &mut printer),
        Command::Regole(args) => commands::rules(&args, &mut printer),
    };
    let status = outcome.unwrap_or_else(|error| {
        printer.error(&error.to_string());
        Status::Failed
    });
    match printer.failure() {
        Some(error) => {
            printer.error(&format!("i risultati non si possono scrivere: {error}"));
            Status::Failed
        }
        None => status,
    }
}

/// A damaged workbook may make the reading library panic on its own thread: that becomes a WB-06, and its message must
/// not reach the user.
fn quiet_reader() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let usual = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |info| {
            let quiet = [crate::read::READER_THREAD, crate::verify::THREAD, crate::examine::READER_THREAD];
            if !std::thread::current().name().is_some_and(|name| quiet.contains(&name)) {
                usual(info);
            }
        }));
    });
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    #[test]
    fn the_definition_of_arguments_holds() {
        super::args::Cli::command().debug_assert();
    }
}
