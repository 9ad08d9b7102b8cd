//! Pages: templates of `templates/web/`, filled with data that are escaped as they go in, inside the frame that all share.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};
use handlebars::Handlebars;
use include_dir::{Dir, include_dir};
use serde::Serialize;
use serde_json::{Value, json};

use super::desk::Desk;
use super::reply;
use super::session::Visitor;
use super::{App, assets};
use crate::italian::count;

static TEMPLATES: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/templates/web");

/// The engine with all templates. One that does not compile is missed when it is asked for; a test compiles them all.
static ENGINE: LazyLock<Handlebars<'static>> = LazyLock::new(|| {
    let mut engine = Handlebars::new();
    engine.set_strict_mode(true);
    for file in TEMPLATES.files() {
        let name = file.path().to_string_lossy();
        if let (Some(name), Some(text)) = (name.strip_suffix(".hbs"), file.contents_utf8()) {
            let _compiled = engine.register_template_string(name, text);
        }
    }
    engine
});

/// The sections of the desk: name of the address, words, whether it needs a workbook.
const SECTIONS: [(&str, &str, bool); 10] = [
    ("/", "Foglio", false),
    ("/controlli", "Controlli", true),
    ("/enti", "Enti e atti", true),
    ("/produci", "Produci", true),
    ("/fatture", "Fatture", true),
    ("/scadenze", "Scadenze", true),
    ("/rinnovo", "Rinnovo", true),
    ("/verifica", "Verifica", false),
    ("/modelli", "Modelli", false),
    ("/regole", "Regole", false),
];

/// What stands around a page.
pub struct Frame {
    title: String,
    section: &'static str,
    crumbs: Vec<(String, String)>,
    desk: Value,
    read_only: bool,
    own: bool,
    refresh: bool,
    wide: bool,
    whole: bool,
}

impl Frame {
    /// The frame of a page of a section, with the workbook that the visitor sees.
    pub fn new(title: impl Into<String>, section: &'static str, app: &App, visitor: &Visitor) -> Self {
        let desk = visitor.desk(app);
        Self {
            desk: desk.as_deref().map_or(Value::Null, summary),
            own: visitor.session.as_ref().is_some_and(|session| session.work().desk.is_some()),
            read_only: app.options.read_only,
            ..Self::bare(title, section)
        }
    }

    /// The frame of a page that knows no visitor.
    pub fn bare(title: impl Into<String>, section: &'static str) -> Self {
        Self {
            title: title.into(),
            section,
            crumbs: Vec::new(),
            desk: Value::Null,
            read_only: false,
            own: false,
            refresh: false,
            wide: false,
            whole: false,
        }
    }

    /// Adds a page above this one, below the section.
    #[must_use]
    pub fn under(mut self, words: impl Into<String>, address: impl Into<String>) -> Self {
        self.crumbs.push((words.into(), address.into()));
        self
    }

    /// Without scripts, the page asks for itself again every few seconds.
    #[must_use]
    pub fn refreshing(mut self) -> Self {
        self.refresh = true;
        self
    }

    /// The page uses all the width that the screen has.
    #[must_use]
    pub fn whole(mut self) -> Self {
        self.whole = true;
        self
    }

    /// The page uses the whole width.
    #[must_use]
    pub fn wide(mut self) -> Self {
        self.wide = true;
        self
    }
}

/// The workbook in the head of every page.
fn summary(desk: &Desk) -> Value {
    let found = desk.checked.summary();
    json!({
        "name": desk.name,
        "errors": count(found.errors, "errore", "errori"),
        "warnings": count(found.warnings, "avviso", "avvisi"),
        "notes": count(found.notes, "nota", "note"),
    })
}

/// A page.
pub fn page(frame: Frame, template: &str, data: &impl Serialize) -> Response {
    page_with(StatusCode::OK, frame, template, data)
}

/// How many pages a list has, and the one asked for.
pub fn paged(rows: usize, per_page: usize, asked: &BTreeMap<String, String>) -> (usize, usize) {
    let pages = rows.div_ceil(per_page).max(1);
    (pages, asked.get("pagina").and_then(|page| page.parse().ok()).unwrap_or(1_usize).clamp(1, pages))
}

/// The numbers of the pages of a list, where it has more than one.
pub fn numbers(pages: usize, page: usize, address: impl Fn(usize) -> String) -> Vec<Value> {
    let number = |number| json!({ "number": number, "here": number == page, "address": address(number) });
    (1..=pages).filter(|_| pages > 1).map(number).collect()
}

/// A piece of a page, for a script to put in its place.
pub fn piece(template: &str, data: &impl Serialize) -> Response {
    ENGINE.render(template, data).map_or_else(|_| reply::broken(), |piece| Html(piece).into_response())
}

/// A page with a status of its own.
pub fn page_with(status: StatusCode, frame: Frame, template: &str, data: &impl Serialize) -> Response {
    let Ok(content) = ENGINE.render(template, data) else { return reply::broken() };
    let has_desk = !frame.desk.is_null();
    let links = SECTIONS.iter().filter(|(_, _, wants)| has_desk || !wants);
    let links = links
        .map(|(address, words, _)| json!({ "address": address, "words": words, "here": *address == frame.section }));
    let section = SECTIONS.iter().find(|(address, ..)| *address == frame.section && *address != "/");
    let above = section.filter(|(_, words, _)| *words != frame.title).map(|(address, words, _)| (*words, *address));
    let crumbs = above.into_iter().map(|(words, address)| json!({ "words": words, "address": address }));
    let crumbs =
        crumbs.chain(frame.crumbs.iter().map(|(words, address)| json!({ "words": words, "address": address })));
    let whole = ENGINE.render(
        "cornice",
        &json!({
            "title": frame.title,
            "links": links.collect::<Vec<_>>(),
            "crumbs": crumbs.collect::<Vec<_>>(),
            "home": frame.section == "/",
            "desk": frame.desk,
            "read_only": frame.read_only,
            "own": frame.own,
            "refresh": frame.refresh,
            "wide": frame.wide,
            "whole": frame.whole,
            "stamp": assets::STAMP.as_str(),
            "version": env!("CARGO_PKG_VERSION"),
            "content": content,
        }),
    );
    match whole {
        Ok(whole) => (status, Html(whole)).into_response(),
        Err(_) => reply::broken(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_template_compiles_and_only_our_own_markup_goes_in_raw() {
        let mut raw = Vec::new();
        for file in TEMPLATES.files() {
            let name = file.path().to_string_lossy().into_owned();
            let text = file.contents_utf8().unwrap();
            let Some(name) = name.strip_suffix(".hbs") else { continue };
            assert!(ENGINE.has_template(name), "{name}: {:?}", handlebars::Template::compile(text).err());
            raw.extend(text.matches("{{{").map(|_| name.to_owned()));
            assert!(!text.contains(" style=") && !text.contains(" onclick"), "{name}: the policy forbids it");
        }
        raw.sort();
        assert_eq!(
            raw,
            ["affiancati", "atto", "cornice", "prova-esito", "regola"],
            "an act, a page, and a page of a rule are made by us"
        );
    }
}
