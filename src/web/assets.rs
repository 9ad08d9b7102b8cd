//! What pages are dressed with: the style sheet, the script, the font of the acts. All of it is in the program.

use axum::extract::Path;
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};

use super::reply::Fault;
use crate::emit::pdf::text_font;

/// Files by name: media type, content.
const FILES: &[(&str, &str, &[u8])] = &[
    ("banco.css", "text/css; charset=utf-8", include_bytes!("../../templates/web/banco.css")),
    ("lettura.css", "text/css; charset=utf-8", include_bytes!("../../templates/web/lettura.css")),
    ("banco.js", "text/javascript; charset=utf-8", include_bytes!("../../templates/web/banco.js")),
    ("segno.svg", "image/svg+xml", include_bytes!("../../templates/web/segno.svg")),
];

/// A file.
pub async fn file(Path(name): Path<String>) -> Result<Response, Fault> {
    if let Some((_, media, bytes)) = FILES.iter().find(|(known, ..)| *known == name) {
        return Ok(([(header::CONTENT_TYPE, HeaderValue::from_static(media))], *bytes).into_response());
    }
    let (bold, italic) = match name.as_str() {
        "testo.otf" => (false, false),
        "testo-corsivo.otf" => (false, true),
        "testo-nero.otf" => (true, false),
        _ => return Err(Fault::Nothing),
    };
    let bytes = text_font(bold, italic).ok_or(Fault::Nothing)?;
    let kept = HeaderValue::from_static("private, max-age=86400");
    Ok(([(header::CONTENT_TYPE, HeaderValue::from_static("font/otf")), (header::CACHE_CONTROL, kept)], bytes)
        .into_response())
}
