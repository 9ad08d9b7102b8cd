//! Values of options, from text: each with the Italian message for what it is not. Called by clap for the options of `args`.

use std::net::IpAddr;

use chrono::NaiveDate;

use crate::act::ActKind;
use crate::pipeline::{Format, Slice};

pub(super) fn day(text: &str) -> Result<NaiveDate, String> {
    crate::date::parse(text).ok_or_else(|| "non è una data: scrivere per esempio 2026-01-31".to_owned())
}

pub(super) fn address(text: &str) -> Result<IpAddr, String> {
    let text = if text.trim().eq_ignore_ascii_case("localhost") { "127.0.0.1" } else { text.trim() };
    text.parse().map_err(|_| "serve un indirizzo di rete in cifre, per esempio 192.168.1.10".to_owned())
}

pub(super) fn years(text: &str) -> Result<u32, String> {
    let parsed = text.trim().parse().ok().filter(|years| (1..=99).contains(years));
    parsed.ok_or_else(|| "serve un numero di anni da 1 a 99".to_owned())
}

pub(super) fn jobs(text: &str) -> Result<u16, String> {
    let parsed = text.trim().parse().ok().filter(|jobs| (1..=256).contains(jobs));
    parsed.ok_or_else(|| "serve un numero da 1 a 256".to_owned())
}

pub(super) fn crowd(text: &str) -> Result<usize, String> {
    if text.trim().eq_ignore_ascii_case("italia") {
        return Ok(usize::MAX);
    }
    let parsed = text.trim().parse().ok().filter(|count| *count > 0);
    parsed.ok_or_else(|| "serve un numero di enti, o «italia»".to_owned())
}

pub(super) fn act(text: &str) -> Result<ActKind, String> {
    let list = || ActKind::ALL.iter().map(|kind| kind.slug()).collect::<Vec<_>>().join(", ");
    ActKind::from_slug(text.trim()).ok_or_else(|| format!("gli atti sono: {}", list()))
}

pub(super) fn format(text: &str) -> Result<Format, String> {
    [Format::Pdf, Format::Docx, Format::Html]
        .into_iter()
        .find(|format| format.extension() == text.trim().to_lowercase())
        .ok_or_else(|| "i formati sono: pdf, docx, html".to_owned())
}

pub(super) fn slice(text: &str) -> Result<Slice, String> {
    Slice::parse(text).ok_or_else(|| "scrivere per esempio 2/4".to_owned())
}
