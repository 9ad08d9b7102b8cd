//! The controls that the exchange system (SdI) makes on a FatturaPA file, as far as they need no registry: name and size of
//! the file, format (schema 1.2.3), content. Used by `scrivano controlla-fattura` and before an invoice is written.
//!
//! | part | does |
//! |---|---|
//! | `tree`, `encoding` | bytes → elements with lines, within bounds |
//! | `schema`, `facets`, `format` | the format as a table, and the check against it (00200, 00201) |
//! | `controls` | the controls on the content (00300–00476), a group a file |
//! | `catalogue` | the table of all controls, which `spiega` and `docs/controlli-sdi.md` print |
//!
//! Legal source: Allegato A to the provvedimento AdE 24/11/2022 n. 433608 as amended (technical specifications, version
//! 1.9) and the list of SdI controls, version 2.0 of 31/01/2025. As the system does, the content is judged only where the
//! format is right. Simplified invoices (FSM10) are outside: their schema is another.

mod catalogue;
mod controls;
mod encoding;
mod facets;
mod format;
mod name;
mod schema;
mod tree;

use chrono::NaiveDate;

pub use catalogue::{CONTROLS, Control, find};
pub use name::attempted as attempted_name;

use tree::{Element, Tree};

/// The largest file that the system takes through web services and its pages: 5 MB (control 00003).
pub const MAX_BYTES: usize = 5 * 1024 * 1024;

/// What a control found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// Code of the control: `00423`.
    pub code: &'static str,
    /// What the control wants, in Italian.
    pub title: &'static str,
    /// The element, from below the root, with numbers from 1 where there are several:
    /// `FatturaElettronicaBody[1]/DatiBeniServizi/DettaglioLinee[3]/PrezzoTotale`. Empty for the file as a whole.
    pub path: String,
    /// Number and name of the element in the Agency's tables: `2.2.1.11 <PrezzoTotale>`. Empty for the file as a whole.
    pub element: String,
    /// Line of the file, from 1; 0 for the file as a whole.
    pub line: u64,
    /// What was found and what was expected, in Italian.
    pub message: String,
    /// What to do, in Italian; empty when the message says it all.
    pub hint: String,
}

/// Why a file cannot be judged: it is not an ordinary electronic invoice, or is not readable as XML.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("il file {message}")]
pub struct Unreadable {
    /// What the file is, in Italian, as the rest of a sentence that begins with "il file".
    pub message: String,
    /// What to do, in Italian.
    pub hint: String,
    /// Line, from 1; 0 for the file as a whole.
    pub line: u64,
}

impl Unreadable {
    fn new(message: impl Into<String>, hint: impl Into<String>) -> Self {
        Self { message: message.into(), hint: hint.into(), line: 0 }
    }

    fn at(mut self, line: u64) -> Self {
        self.line = line;
        self
    }
}

impl Finding {
    fn new(code: &'static str, message: impl Into<String>) -> Self {
        Self {
            code,
            title: find(code).map_or("", |control| control.title),
            path: String::new(),
            element: String::new(),
            line: 0,
            message: message.into(),
            hint: String::new(),
        }
    }

    /// A finding at an element.
    fn at(code: &'static str, element: Element<'_>, message: impl Into<String>) -> Self {
        let finding = Self::new(code, message);
        Self { path: element.path(), element: schema::element(&element.names()), line: element.line(), ..finding }
    }

    /// A finding at an element that is not there, by the one that should hold it and its name.
    fn missing(code: &'static str, parent: Element<'_>, name: &str, message: impl Into<String>) -> Self {
        let mut names = parent.names();
        let path = if names.is_empty() { name.to_owned() } else { format!("{}/{name}", parent.path()) };
        names.push(name);
        let finding = Self::new(code, message);
        Self { path, element: schema::element(&names), line: parent.line(), ..finding }
    }

    fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = hint.into();
        self
    }
}

/// Judges a file as the exchange system would. `name` is the file's name, where there is one (control 00001); `received`
/// the day of reception (00403). Findings come in the order of the file. What cannot be read at all gives one finding
/// 00200: [`inspect`] tells it apart.
pub fn judge(name: Option<&str>, xml: &[u8], received: NaiveDate) -> Vec<Finding> {
    inspect(name, xml, received).unwrap_or_else(|unreadable| vec![unreadable.into()])
}

impl From<Unreadable> for Finding {
    fn from(unreadable: Unreadable) -> Self {
        let finding = Self::new("00200", unreadable.to_string()).hint(unreadable.hint);
        Self { line: unreadable.line, ..finding }
    }
}

/// The same as [`judge`], telling apart what is no ordinary invoice or cannot be read.
///
/// # Errors
/// The file is no XML, is damaged, or is the XML of something else.
pub fn inspect(name: Option<&str>, xml: &[u8], received: NaiveDate) -> Result<Vec<Finding>, Unreadable> {
    let mut findings: Vec<Finding> = name.and_then(name::check).into_iter().collect();
    if xml.len() > MAX_BYTES {
        let message = format!("il file supera i 5 MB ({} byte; al più {MAX_BYTES})", xml.len());
        findings.push(Finding::new("00003", message).hint("togliere o alleggerire gli allegati, o dividere il lotto"));
        return Ok(findings);
    }
    let tree = Tree::read(xml)?;
    format::recognise(tree.root())?;
    let format = format::check(&tree);
    if format.is_empty() {
        findings.extend(controls::check(tree.root(), received));
    } else {
        findings.extend(format);
    }
    Ok(findings)
}

/// A text of the file fit for a message: without control characters, at most 60 characters.
fn quoted(text: &str) -> String {
    let mut characters = text.chars().map(|c| if c.is_control() { ' ' } else { c });
    let mut short: String = characters.by_ref().take(60).collect();
    if characters.next().is_some() {
        short.push('…');
    }
    short
}
