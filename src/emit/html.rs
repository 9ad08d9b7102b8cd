//! An act as one self-contained page: readable without scripts, by screen readers, on small screens and on paper; and the
//! same tree as a piece of a page for reading, which shows where every value comes from (`html/reading.rs`).
//!
//! Every text goes through `escape`; the only raw strings are the tags written here. Called by the run and the web desk.

use std::borrow::Cow;

use super::words::{annex_label, article_label, printable, table_label};
use crate::act::{Act, Align, Block, Element, Inline, List, ListStyle, Signature, Table, Text};

mod reading;

pub use reading::{Reading, reading};

/// The style sheet, for screen and paper.
const STYLE: &str = include_str!("html.css");

/// Slots of signature beyond which they stand close.
const MOST_WIDE: usize = 6;

/// The act as a complete HTML document in UTF-8. Never fails; the same act gives the same text.
pub fn html(act: &Act) -> String {
    let mut page = Page::default();
    page.raw("<!DOCTYPE html>\n<html lang=\"it\">\n<head>\n<meta charset=\"utf-8\">\n");
    page.raw("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
    page.element("title", "", &[Inline::Text { s: act.title.as_str().into() }]);
    let date = act.date.format("%Y-%m-%d").to_string();
    for (name, content) in [("description", &act.subject), ("author", &act.author), ("dcterms.date", &date)] {
        page.raw(&format!("<meta name=\"{name}\" content=\"{}\">\n", escape(content)));
    }
    page.raw(&format!("<style>\n{STYLE}</style>\n</head>\n<body>\n<main>\n"));
    page.blocks(&act.blocks);
    page.raw("</main>\n</body>\n</html>\n");
    page.html
}

/// Cleaned and escaped, for text and for attribute values.
fn escape(text: &str) -> Cow<'_, str> {
    match printable(text) {
        Cow::Borrowed(text) => quick_xml::escape::escape(text),
        Cow::Owned(text) => Cow::Owned(quick_xml::escape::escape(text.as_str()).into_owned()),
    }
}

/// The page under construction.
#[derive(Debug, Default)]
struct Page<'a> {
    html: String,
    captions: u32,
    /// For reading on the web desk: values with their cells, articles with what they cover, headings one level down.
    reading: Option<Reading<'a>>,
}

impl Page<'_> {
    /// Appends markup as it is.
    fn raw(&mut self, markup: &str) {
        self.html.push_str(markup);
    }

    /// A whole element on a line; `attributes` begin with a space or are empty.
    fn element(&mut self, name: &str, attributes: &str, text: &[Inline]) {
        self.labelled(name, attributes, "", text);
    }

    /// The same with words of ours before the text.
    fn labelled(&mut self, name: &str, attributes: &str, label: &str, text: &[Inline]) {
        self.raw(&format!("<{name}{attributes}>{}", escape(label)));
        self.inlines(text);
        self.raw(&format!("</{name}>\n"));
    }

    fn blocks(&mut self, blocks: &[Block]) {
        for block in blocks {
            match block {
                Block::Title { text } => self.element(self.heading(1), "", text),
                Block::Subtitle { text } => self.element("p", " class=\"sottotitolo\"", text),
                Block::Section { level, text } => self.element(self.heading((*level).clamp(2, 3)), "", text),
                Block::Formula { text } => self.element("p", " class=\"formula\"", text),
                Block::Paragraph { text, place } => self.element("p", &self.here(place), text),
                Block::Article(article) => {
                    let label = article_label(article.number, &article.heading);
                    self.section("articolo", &article.id, &label, &article.heading, &article.covers, &article.blocks);
                }
                Block::Annex(annex) => {
                    let label = annex_label(&annex.letter, &annex.heading);
                    self.section("allegato", &annex.id, &label, &annex.heading, &[], &annex.blocks);
                }
                Block::List(list) => self.list(list),
                Block::Table(table) => self.table(table),
                Block::Signatures { slots } => self.signatures(slots),
            }
        }
    }

    /// The heading of a level of the act.
    fn heading(&self, level: u8) -> &'static str {
        match level + u8::from(self.reading.is_some()) {
            1 => "h1",
            2 => "h2",
            3 => "h3",
            _ => "h4",
        }
    }

    /// The anchor of an article or annex, which on a page of ours must not be one of the page's own.
    fn anchor<'i>(&self, id: &'i str) -> Cow<'i, str> {
        match self.reading {
            Some(how) => format!("{}-{id}", how.anchors).into(),
            None => id.into(),
        }
    }

    fn section(&mut self, class: &str, id: &str, label: &str, heading: &Text, covers: &[Element], blocks: &[Block]) {
        self.raw(&format!("<section class=\"{class}\" id=\"{}\">\n", escape(&self.anchor(id))));
        self.labelled(self.heading(2), "", label, heading);
        if self.reading.is_some() {
            self.margin(covers);
        }
        self.blocks(blocks);
        self.raw("</section>\n");
    }

    /// The labels are those of `ListStyle::label`: browsers count as the style sheet tells them.
    fn list(&mut self, list: &List) {
        let (open, close) = match list.style {
            ListStyle::Commas => ("<ol class=\"commi\">\n", "</ol>\n"),
            ListStyle::Letters => ("<ol class=\"lettere\" type=\"a\">\n", "</ol>\n"),
            ListStyle::Dashes => ("<ul class=\"trattini\">\n", "</ul>\n"),
        };
        self.raw(open);
        for item in &list.items {
            self.raw(&format!("<li{}>", self.here(&item.place)));
            self.blocks(&item.blocks);
            self.raw("</li>\n");
        }
        self.raw(close);
    }

    fn table(&mut self, table: &Table) {
        if table.head.is_empty() {
            return;
        }
        self.raw("<table>\n");
        if !table.caption.is_empty() {
            self.captions += 1;
            self.labelled("caption", "", &table_label(self.captions), &table.caption);
        }
        self.raw("<thead>\n<tr>\n");
        for (cell, class) in table.head.iter().zip(classes(table)) {
            self.element("th", &format!(" scope=\"col\"{class}"), cell);
        }
        self.raw("</tr>\n</thead>\n<tbody>\n");
        for row in &table.rows {
            self.raw(if row.total { "<tr class=\"totale\">\n" } else { "<tr>\n" });
            for (column, class) in classes(table).enumerate() {
                self.element("td", class, row.cells.get(column).map_or(&[], Vec::as_slice));
            }
            self.raw("</tr>\n");
        }
        self.raw("</tbody>\n</table>\n");
    }

    fn signatures(&mut self, slots: &[Signature]) {
        if slots.is_empty() {
            return;
        }
        // Many stand closer.
        self.raw(if slots.len() > MOST_WIDE { "<div class=\"firme fitte\">\n" } else { "<div class=\"firme\">\n" });
        for slot in slots {
            self.raw("<div class=\"firma\">\n");
            for (class, text) in [("parte", &slot.party), ("carica", &slot.office), ("nome", &slot.name)] {
                self.line(class, text);
            }
            self.raw("<div class=\"riga\"></div>\n");
            self.line("nota", &slot.note);
            self.raw("</div>\n");
        }
        self.raw("</div>\n");
    }

    fn line(&mut self, class: &str, text: &Text) {
        if !text.is_empty() {
            self.element("p", &format!(" class=\"{class}\""), text);
        }
    }

    fn inlines(&mut self, text: &[Inline]) {
        for inline in text {
            match inline {
                Inline::Text { s } => self.raw(&escape(s)),
                Inline::Strong { c } => self.wrapped("strong", c),
                Inline::Emphasis { c } => self.wrapped("em", c),
                Inline::Value(value) if self.reading.is_some() => self.value(value),
                Inline::Value(value) => self.raw(&escape(&value.s)),
                Inline::Blank(blank) if self.reading.is_some() => self.blank(blank),
                Inline::Blank(blank) => {
                    let (label, dots) = (escape(&blank.label), blank.dots());
                    let class = if blank.open { "spazio aperto" } else { "spazio" };
                    self.raw(&format!("<span class=\"{class}\" title=\"{label}\">{dots}</span>"));
                }
                Inline::Reference(reference) if reference.s.is_empty() => {}
                Inline::Reference(reference) => {
                    let anchor = self.anchor(&reference.target);
                    let (target, words) = (escape(&anchor), escape(&reference.s));
                    self.raw(&format!("<a href=\"#{target}\">{words}</a>"));
                }
                Inline::Break => self.raw("<br>"),
            }
        }
    }

    fn wrapped(&mut self, name: &str, text: &Text) {
        self.raw(&format!("<{name}>"));
        self.inlines(text);
        self.raw(&format!("</{name}>"));
    }
}

/// The class attribute of each column of a table.
fn classes(table: &Table) -> impl Iterator<Item = &'static str> + '_ {
    (0..table.head.len()).map(|column| match table.align.get(column) {
        Some(Align::Center) => " class=\"centro\"",
        Some(Align::Right) => " class=\"destra\"",
        Some(Align::Left) | None => "",
    })
}

#[cfg(test)]
mod tests;
