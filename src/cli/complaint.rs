//! What is wrong with the arguments, in Italian.

use clap::Error;
use clap::error::{ContextKind, ContextValue, ErrorKind};

use super::Status;
use super::print::Printer;

/// Prints help and version on stdout, a complaint on stderr.
pub fn tell(error: &Error) -> Status {
    let mut printer = Printer::new();
    match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => {
            printer.out(error.render().to_string().trim_end());
            Status::Done
        }
        kind => {
            let (message, hint) = words(kind, error);
            printer.error(&message);
            printer.hint(&hint);
            Status::Failed
        }
    }
}

fn context(error: &Error, kind: ContextKind) -> String {
    match error.get(kind) {
        Some(ContextValue::String(text)) => text.clone(),
        Some(ContextValue::Strings(list)) => list.join(", "),
        Some(other) => other.to_string(),
        None => String::new(),
    }
}

/// The likeliest of the names that clap has in mind: the last of its list.
fn near(error: &Error, kind: ContextKind) -> Option<String> {
    let name = match error.get(kind)? {
        ContextValue::Strings(list) => list.last()?.clone(),
        ContextValue::String(text) => text.clone(),
        _ => return None,
    };
    Some(format!("forse si voleva «{name}»"))
}

fn words(kind: ErrorKind, error: &Error) -> (String, String) {
    let argument = context(error, ContextKind::InvalidArg);
    let value = context(error, ContextKind::InvalidValue);
    let help = "«scrivano --aiuto» elenca i comandi, «scrivano COMANDO --aiuto» le loro opzioni".to_owned();
    match kind {
        ErrorKind::InvalidSubcommand => {
            let name = context(error, ContextKind::InvalidSubcommand);
            let hint = near(error, ContextKind::SuggestedSubcommand).unwrap_or(help);
            (format!("il comando «{name}» non esiste"), hint)
        }
        ErrorKind::MissingSubcommand | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            ("manca il comando: che cosa deve fare Scrivano?".to_owned(), help)
        }
        ErrorKind::UnknownArgument => {
            let hint = near(error, ContextKind::SuggestedArg).unwrap_or(help);
            if argument.starts_with('-') {
                (format!("l’opzione «{argument}» non esiste"), hint)
            } else {
                (format!("«{argument}» è di troppo"), hint)
            }
        }
        ErrorKind::MissingRequiredArgument => (format!("manca {argument}"), help),
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => {
            let valid = context(error, ContextKind::ValidValue);
            let reason = std::error::Error::source(error).map(ToString::to_string).unwrap_or_default();
            let hint = match (valid.is_empty(), reason.is_empty()) {
                (false, _) => format!("i valori possibili sono: {valid}"),
                // "1900 is not in 2020..=2055"
                (true, false) => {
                    match reason.split_once(" is not in ").and_then(|(_, range)| range.split_once("..=")) {
                        Some((first, last)) => format!("i valori possibili vanno da {first} a {last}"),
                        None => reason,
                    }
                }
                (true, true) => help,
            };
            let message = if value.is_empty() {
                format!("a «{argument}» manca il valore")
            } else {
                format!("«{value}» non va bene per «{argument}»")
            };
            (message, hint)
        }
        ErrorKind::ArgumentConflict => {
            (format!("«{argument}» è stato scritto due volte, o non va con le altre opzioni"), help)
        }
        _ => ("gli argomenti non si capiscono".to_owned(), help),
    }
}
