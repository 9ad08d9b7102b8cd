//! The only writer to stdout and stderr: results to the one, talk and progress to the other; colour on a terminal only.

use std::io::{self, IsTerminal, Write};

use crate::rule::Severity;

/// Columns of a report that no terminal shows.
const WIDTH: usize = 120;

/// The printer.
pub struct Printer {
    colour: bool,
    colour_err: bool,
    closed: bool,
    failure: Option<io::Error>,
}

impl Printer {
    /// Colour where the stream is a terminal and `NO_COLOR` is not set to something (no-color.org).
    pub fn new() -> Self {
        let wanted = std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty());
        Self {
            colour: wanted && io::stdout().is_terminal(),
            colour_err: wanted && io::stderr().is_terminal(),
            closed: false,
            failure: None,
        }
    }

    /// A line of results. When the reader went away (`| head`) the rest is dropped quietly; any other fault is kept for
    /// [`Printer::failure`].
    pub fn out(&mut self, line: &str) {
        if self.closed {
            return;
        }
        if let Err(error) = writeln!(io::stdout().lock(), "{line}") {
            self.closed = true;
            self.failure = Some(error).filter(|error| error.kind() != io::ErrorKind::BrokenPipe);
        }
    }

    /// Why results could not be written, if they could not: the disk is full, say.
    pub fn failure(&mut self) -> Option<io::Error> {
        let flushed = io::stdout().lock().flush().err().filter(|error| error.kind() != io::ErrorKind::BrokenPipe);
        self.failure.take().or(flushed)
    }

    /// A line of talk.
    pub fn say(&mut self, line: &str) {
        let _unheard = writeln!(io::stderr().lock(), "{line}");
    }

    /// Why the program could not run.
    pub fn error(&mut self, message: &str) {
        let head = paint(self.colour_err, "1;31", "errore");
        self.say(&format!("{head}: {message}"));
    }

    /// What to do about it.
    pub fn hint(&mut self, hint: &str) {
        if !hint.is_empty() {
            self.say(&format!("        {hint}"));
        }
    }

    /// The severity, coloured on a terminal.
    pub fn severity(&self, severity: Severity) -> String {
        let code = match severity {
            Severity::Error => "1;31",
            Severity::Warning => "1;33",
            Severity::Note => "36",
        };
        paint(self.colour, code, severity.italian())
    }

    /// Faint on a terminal.
    pub fn faint(&self, text: &str) -> String {
        paint(self.colour, "2", text)
    }

    /// Columns of the terminal, within what is good to read; a fixed number where the reader is not a terminal.
    pub fn width(&self) -> usize {
        let terminal = io::stdout().is_terminal().then(textwrap::termwidth);
        terminal.unwrap_or(WIDTH).clamp(60, 160)
    }

    /// Bold on a terminal.
    pub fn strong(&self, text: &str) -> String {
        paint(self.colour, "1", text)
    }
}

fn paint(colour: bool, code: &str, text: &str) -> String {
    if colour { format!("\u{1b}[{code}m{text}\u{1b}[0m") } else { text.to_owned() }
}
