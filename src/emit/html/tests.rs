//! What a page must hold: words, structure, nothing that leaks from texts into markup.

use super::{Reading, html, reading};
use crate::emit::sample;

/// The words of the page, tags taken away.
fn words(page: &str) -> String {
    let body = page.split("<main>").nth(1).unwrap();
    let mut words = String::new();
    let mut rest = body;
    while let Some((text, after)) = rest.split_once('<') {
        words += &quick_xml::escape::unescape(text).unwrap();
        let (tag, after) = after.split_once('>').unwrap();
        words += if tag == "br" { " " } else { "" };
        rest = after;
    }
    words
}

#[test]
fn the_words_are_those_of_the_act_in_order() {
    let act = sample::act();
    let page = html(&act);
    let text = words(&page);
    assert!(text.contains(sample::HOSTILE_READ));
    let mut rest = text.as_str();
    for run in sample::runs(&act) {
        let at = rest.find(&run).unwrap_or_else(|| panic!("«{run}» is missing or out of order"));
        rest = &rest[at + run.len()..];
    }
    for label in
        ["Art. 1 – Oggetto", "Art. 2 – Durata", "Allegato A – Quadro", "Tabella 1 – Quote", "Tabella 2 – Listino"]
    {
        assert!(text.contains(label), "{label}");
    }
}

#[test]
fn texts_never_become_markup() {
    let page = html(&sample::act());
    assert!(!page.contains("<w:p>") && !page.contains('\u{7}'));
    assert!(page.contains("<title>Convenzione &lt;w:p&gt; &amp; "));
    assert!(!page.contains("<script"));
}

#[test]
fn the_page_is_well_formed_and_has_landmarks() {
    let page = html(&sample::act());
    for (name, count) in [("<main>", 1), ("<h1>", 1), ("<h2>", 4), ("<h3>", 1), ("<caption>", 2), ("<thead>", 3)] {
        assert_eq!(page.matches(name).count(), count, "{name}");
    }
    assert!(page.contains("<html lang=\"it\">"));
    assert!(page.contains("<th scope=\"col\" class=\"destra\">Importo annuo (euro)</th>"));
    assert!(page.contains("<ol class=\"lettere\" type=\"a\">"));
    assert!(page.contains("<span class=\"spazio\" title=\"data di decorrenza\">............</span>"));
    assert!(page.contains("<a href=\"#oggetto\">art. 1</a>"));

    let mut open = Vec::new();
    for tag in page.split('<').skip(2).filter_map(|rest| rest.split('>').next()) {
        let name = tag.split(' ').next().unwrap_or_default();
        match name.strip_prefix('/') {
            Some(name) => assert_eq!(open.pop(), Some(name)),
            None if matches!(name, "meta" | "br") => {}
            None => open.push(name),
        }
    }
    assert!(open.is_empty(), "{open:?}");
}

#[test]
fn the_reading_says_where_every_value_comes_from_and_what_articles_cover() {
    let act = sample::act();
    let piece = reading(&act, Reading::default());
    assert!(!piece.contains("<h1") && piece.contains("<h2>"), "the page has its own heading of level 1");
    assert!(!piece.contains("<w:p>") && !piece.contains("<script"));
    let (mut values, mut blanks) = (0, 0);
    act.for_each_inline(&mut |inline| match inline {
        crate::act::Inline::Value(value) if matches!(value.place, crate::place::Place::Cell(..)) => values += 1,
        crate::act::Inline::Blank(_) => blanks += 1,
        _ => {}
    });
    assert_eq!(piece.matches("<span class=\"v\"").count(), values);
    assert_eq!(piece.matches("<span class=\"b\"").count(), blanks);
    assert!(values > 0 && blanks > 0);
    let covering = act.articles().filter(|article| !article.covers.is_empty()).count();
    assert_eq!(piece.matches("<p class=\"margine\">").count(), covering);
    assert!(piece.contains("id=\"atto-oggetto\"") && piece.contains("<a href=\"#atto-oggetto\">art. 1</a>"));
}
