//! Files that come in a form: their names, only to show, and their content, within bounds.

use axum::extract::multipart::{Field, Multipart, MultipartError};
use axum::http::StatusCode;

use super::desk::shown_name;
use super::reply::Fault;

/// A file as it came: its name without folders, and its content.
pub type Sent = (String, Vec<u8>);

/// The one file in a field of a form.
///
/// # Errors
/// There is none, it is too large, or it did not come whole.
pub async fn one(form: Multipart, field: &str, most: usize) -> Result<Sent, Fault> {
    let files = several(form, field, most).await?;
    files.into_iter().next().ok_or(Fault::Wrong("Nessun file scelto: sceglierlo e caricarlo di nuovo.".to_owned()))
}

/// The files in a field of a form, empty ones left out; together they have at most so many bytes.
///
/// # Errors
/// They are too large, or did not come whole.
pub async fn several(mut form: Multipart, field: &str, most: usize) -> Result<Vec<Sent>, Fault> {
    let mut files = Vec::new();
    let mut left = most;
    while let Some(part) = form.next_field().await.map_err(|error| refused(&error, most))? {
        if part.name() != Some(field) {
            continue;
        }
        let name = shown_name(part.file_name().unwrap_or_default());
        let bytes = content(part, left, most).await?;
        left = left.saturating_sub(bytes.len());
        if !bytes.is_empty() {
            files.push((name, bytes));
        }
    }
    Ok(files)
}

async fn content(mut field: Field<'_>, left: usize, most: usize) -> Result<Vec<u8>, Fault> {
    let mut bytes = Vec::new();
    while let Some(chunk) = field.chunk().await.map_err(|error| refused(&error, most))? {
        if bytes.len() + chunk.len() > left {
            return Err(Fault::TooLarge(most));
        }
        bytes.extend_from_slice(&chunk);
    }
    Ok(bytes)
}

fn refused(error: &MultipartError, most: usize) -> Fault {
    if error.status() == StatusCode::PAYLOAD_TOO_LARGE {
        Fault::TooLarge(most)
    } else {
        Fault::Wrong("Il file non è arrivato intero: caricarlo di nuovo.".to_owned())
    }
}
