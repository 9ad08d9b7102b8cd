//! Answers that are not pages of their own: files, faults in words, what to do about them.

use axum::extract::State;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use serde_json::json;

use super::Shared;
use super::pages::{self, Frame};
use super::session::Visitor;
use crate::pipeline::RunError;

/// Why there is no page.
#[derive(Debug)]
pub enum Fault {
    /// There is no workbook on the desk.
    NoDesk,
    /// The workbook has no data to work on.
    NoData,
    /// There is nothing at this address.
    Nothing,
    /// The desk is for reading.
    ReadOnly,
    /// What was sent is too large; how many bytes it may have.
    TooLarge(usize),
    /// What was sent cannot be understood, and what to do.
    Wrong(String),
    /// Something else is being done: try again.
    Busy(&'static str),
    /// The pipeline says why not.
    Run(RunError),
    /// A fault of the program.
    Broken,
}

impl From<RunError> for Fault {
    fn from(error: RunError) -> Self {
        Self::Run(error)
    }
}

impl Fault {
    fn words(&self) -> (StatusCode, &'static str, String) {
        use StatusCode as S;
        match self {
            Self::NoDesk => (S::NOT_FOUND, "Nessun foglio", "Prima va caricato un foglio.".to_owned()),
            Self::NoData => (
                S::CONFLICT,
                "Il foglio non ha dati",
                "Prima vanno corretti gli errori che i controlli segnalano.".into(),
            ),
            Self::Nothing => (S::NOT_FOUND, "Pagina inesistente", "A questo indirizzo non c’è nulla.".into()),
            Self::ReadOnly => (
                S::FORBIDDEN,
                "Sola lettura",
                "Questo banco mostra soltanto: non si carica e non si produce nulla.".into(),
            ),
            Self::TooLarge(most) => (
                S::PAYLOAD_TOO_LARGE,
                "File troppo grande",
                format!("Qui si può caricare al massimo {} MB per volta.", most / 1_000_000),
            ),
            Self::Wrong(what) => (S::BAD_REQUEST, "Richiesta non valida", what.clone()),
            Self::Busy(what) => (S::CONFLICT, "Lavoro in corso", (*what).to_owned()),
            Self::Run(error @ (RunError::Argument(_) | RunError::Stopped { .. })) => {
                (S::CONFLICT, "Non si può fare", told(error))
            }
            Self::Run(_) | Self::Broken => (
                S::INTERNAL_SERVER_ERROR,
                "Errore del programma",
                "Il programma non è riuscito a fare quel che doveva. Il resto del lavoro è intatto.".into(),
            ),
        }
    }
}

/// The words of an error, without the names of our private folders.
fn told(error: &RunError) -> String {
    crate::italian::capitalize(&error.to_string()) + "."
}

impl IntoResponse for Fault {
    fn into_response(self) -> Response {
        let (status, title, message) = self.words();
        let data = json!({ "title": title, "message": message, "no_desk": matches!(self, Self::NoDesk) });
        pages::page_with(status, Frame::bare(title, ""), "guasto", &data)
    }
}

/// The page of addresses that are none.
pub async fn nothing_here(State(app): State<Shared>, visitor: Visitor) -> Response {
    let (status, title, message) = Fault::Nothing.words();
    let data = json!({ "title": title, "message": message, "no_desk": false });
    pages::page_with(status, Frame::new(title, "", &app, &visitor), "guasto", &data)
}

/// A line of text, for those who see no pages of ours.
pub fn plain(status: StatusCode, message: &'static str) -> Response {
    (status, [(header::CONTENT_TYPE, "text/plain; charset=utf-8")], message).into_response()
}

/// What is left to say when not even a page can be made.
pub fn broken() -> Response {
    plain(StatusCode::INTERNAL_SERVER_ERROR, "Errore del programma.")
}

/// The media types of what is handed out.
pub mod media {
    /// A workbook.
    pub const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    /// A workbook with macros of its own.
    pub const XLSM: &str = "application/vnd.ms-excel.sheet.macroEnabled.12";
    /// A Word document.
    pub const DOCX: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
    /// A PDF.
    pub const PDF: &str = "application/pdf";
    /// A zip.
    pub const ZIP: &str = "application/zip";
    /// A calendar.
    pub const ICS: &str = "text/calendar; charset=utf-8";
    /// JSON.
    pub const JSON: &str = "application/json";
    /// A text of a template.
    pub const TEXT: &str = "text/plain; charset=utf-8";
    /// A FatturaPA file: handed out, never shown.
    pub const XML: &str = "application/xml";
}

/// A file to keep. `name` is of our making: letters, digits, `.`, `-`, `_`.
pub fn download(name: &str, media: &'static str, bytes: Vec<u8>) -> Response {
    named("attachment", name, media, bytes)
}

/// A file that the browser shows.
pub fn inline(name: &str, media: &'static str, bytes: Vec<u8>) -> Response {
    named("inline", name, media, bytes)
}

fn named(how: &str, name: &str, media: &'static str, bytes: Vec<u8>) -> Response {
    let safe: String =
        name.chars().map(|c| if c.is_ascii_alphanumeric() || ".-_".contains(c) { c } else { '-' }).collect();
    let disposition = HeaderValue::try_from(format!("{how}; filename=\"{safe}\""));
    let disposition = disposition.unwrap_or(HeaderValue::from_static("attachment"));
    let headers = [(header::CONTENT_TYPE, HeaderValue::from_static(media)), (header::CONTENT_DISPOSITION, disposition)];
    (headers, bytes).into_response()
}

/// On to another page, after a form.
pub fn go(address: &str) -> Response {
    Redirect::to(address).into_response()
}

/// A text as part of an address.
pub fn encoded(text: &str) -> String {
    let byte =
        |byte: u8| if byte.is_ascii_alphanumeric() { char::from(byte).to_string() } else { format!("%{byte:02X}") };
    text.bytes().map(byte).collect()
}
