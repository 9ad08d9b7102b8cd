//! What pages are dressed with: the style sheet, the script, the font of the acts. All of it is in the program.

use std::sync::LazyLock;

use axum::extract::Path;
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use sha2::{Digest, Sha256};

use super::reply::Fault;
use crate::emit::pdf::text_font;

/// Files by name: media type, content.
const FILES: &[(&str, &str, &[u8])] = &[
    ("banco.css", "text/css; charset=utf-8", include_bytes!("../../templates/web/banco.css")),
    ("lettura.css", "text/css; charset=utf-8", include_bytes!("../../templates/web/lettura.css")),
    ("banco.js", "text/javascript; charset=utf-8", include_bytes!("../../templates/web/banco.js")),
    ("segno.svg", "image/svg+xml", include_bytes!("../../templates/web/segno.svg")),
];
/// Fonts by name: bold, italic.
const FONTS: &[(&str, bool, bool)] =
    &[("testo.otf", false, false), ("testo-corsivo.otf", false, true), ("testo-nero.otf", true, false)];

/// Part of the address of the files, which changes when one of them does: a browser asks for each once.
pub static STAMP: LazyLock<String> = LazyLock::new(|| {
    let mut hash = Sha256::new();
    FILES.iter().for_each(|(.., bytes)| hash.update(bytes));
    FONTS.iter().filter_map(|(_, bold, italic)| text_font(*bold, *italic)).for_each(|bytes| hash.update(bytes));
    hash.finalize().iter().take(6).map(|byte| format!("{byte:02x}")).collect()
});

/// A file. The names are only compared.
pub async fn file(Path((stamp, name)): Path<(String, String)>) -> Result<Response, Fault> {
    let known = FILES.iter().find(|(known, ..)| *known == name).map(|(_, media, bytes)| (*media, bytes.to_vec()));
    let font = || {
        let (_, bold, italic) = FONTS.iter().find(|(known, ..)| *known == name)?;
        Some(("font/otf", text_font(*bold, *italic)?.to_vec()))
    };
    let (media, bytes) = known.or_else(font).filter(|_| stamp == *STAMP).ok_or(Fault::Nothing)?;
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static(media)),
        (header::CACHE_CONTROL, HeaderValue::from_static("private, max-age=31536000, immutable")),
    ];
    Ok((headers, bytes).into_response())
}
