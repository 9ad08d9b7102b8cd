//! Spaces left to fill. Called by `faults`. Blanks among the parties are a note, for a scheme has them; those of signatures
//! are no fault at all; those of the term are told by `terms`.

use std::sync::LazyLock;

use super::Act;
use crate::diagnostic::Diagnostic;
use crate::examine::structure::Article;
use crate::examine::text::{Folded, Paragraph};
use crate::rule::Severity;

/// How a note in brackets begins that asks for something, or for a choice.
const ASKS: [&str; 10] = [
    "da compilare",
    "da completare",
    "da definire",
    "da inserire",
    "da indicare",
    "inserire",
    "indicare",
    "specificare",
    "scegliere",
    "barrare",
];

/// The bytes of each blank of a text: rules, dots, empty brackets, placeholders.
pub(super) fn of(text: &str) -> Vec<usize> {
    let mut found = Vec::new();
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let rest = text.get(at..).unwrap_or_default();
        let run = |wanted: &[char]| rest.chars().take_while(|c| wanted.contains(c)).count();
        let length = match c {
            '_' => run(&['_', ' ']).max(1),
            '…' | '.' => run(&['…', '.']),
            '[' | '(' | '<' => {
                let close = match c {
                    '[' => ']',
                    '(' => ')',
                    _ => '>',
                };
                let inside = rest.get(1..).and_then(|rest| rest.split_once(close)).map(|(inside, _)| inside);
                let empty = inside.is_some_and(|inside| {
                    let letters = inside.chars().any(char::is_alphanumeric);
                    let inside_it = inside.trim().to_lowercase();
                    let word = matches!(inside_it.as_str(), "nome" | "data");
                    let asks = ASKS.iter().any(|verb| inside_it.starts_with(verb));
                    c != '(' && (inside.len() <= 40 && (!letters || word) || inside.len() <= 160 && asks)
                });
                if empty { inside.map_or(0, |inside| inside.chars().count() + 2) } else { 0 }
            }
            'X' | 'x' => {
                let length = run(&['X']).max(run(&['x']));
                let whole =
                    !text.get(..at).and_then(|before| before.chars().next_back()).is_some_and(char::is_alphanumeric)
                        && !rest.chars().nth(length).is_some_and(char::is_alphanumeric);
                let of_a_number = text.get(..at).is_some_and(|before| before.trim_end().ends_with("n."));
                // "XX" may be a Roman figure, unless it is that of an act; three are a placeholder.
                if whole && (length >= 3 || length == 2 && of_a_number) { length } else { 0 }
            }
            _ => 0,
        };
        let is_blank = match c {
            '_' => rest.chars().take_while(|c| *c == '_').count() >= 2,
            '…' => {
                rest.chars().take_while(|c| matches!(c, '…' | '.')).count() >= 2
                    || rest.chars().nth(1).is_none_or(|c| c == ' ')
            }
            '.' => length >= 4,
            _ => length > 0,
        };
        if is_blank {
            found.push(at);
            for _ in 1..length {
                chars.next();
            }
        }
    }
    found
}

static OPENS_TERM: LazyLock<super::super::pattern::Pattern> =
    LazyLock::new(|| super::super::pattern::Pattern::new(r"durata|decorr|valenza|validita|scade|dal .{0,4}al "));

/// True for an article whose blanks are those of the term.
pub(super) fn is_of_term(article: &Article, paragraph: &Paragraph) -> bool {
    let heading = Folded::new(&article.heading).text;
    let durata = ["durata", "decorrenza", "validita", "vigenza", "scadenza"].iter().any(|word| heading.contains(word));
    durata && OPENS_TERM.is_in(&Folded::new(&paragraph.text).text)
}

/// ESA-09: one finding for an article, one for what stands before the articles.
pub(super) fn blanks(act: &Act<'_>, found: &mut Vec<Diagnostic>) {
    let structure = act.structure;
    let opening: Vec<(&Paragraph, usize)> = structure
        .opening
        .iter()
        .flat_map(|paragraph| of(&paragraph.text).into_iter().map(move |at| (paragraph, at)))
        .collect();
    if let Some((first, at)) = opening.first() {
        let quote = around(first, *at);
        let message = match opening.len() {
            1 => format!("prima degli articoli c’è uno spazio da riempire: «{quote}»"),
            many => format!("prima degli articoli ci sono {many} spazi da riempire, il primo in «{quote}»"),
        };
        found.push(
            Diagnostic::new("ESA-09", act.at(first, *at), message)
                .severity(Severity::Note)
                .hint("in uno schema possono restare; prima della firma vanno riempiti con i dati delle parti"),
        );
    }
    let mut spaces: Vec<(&Article, &Paragraph, usize)> = Vec::new();
    for article in &structure.articles {
        let own = article.paragraphs.iter().filter(|paragraph| !(act.is_agreed() && is_of_term(article, paragraph)));
        spaces
            .extend(own.flat_map(|paragraph| of(&paragraph.text).into_iter().map(move |at| (article, paragraph, at))));
        if !of(&article.heading).is_empty() {
            let message =
                format!("il titolo dell’art. {} ha uno spazio da riempire: «{}»", article.label(), article.heading);
            found.push(Diagnostic::new("ESA-09", act.line(article.line), message).hint("completare il titolo"));
        }
    }
    // One finding: a scheme may have dozens.
    let Some((article, first, at)) = spaces.first() else { return };
    let mut labels: Vec<String> = spaces.iter().map(|(article, ..)| article.label()).collect();
    labels.dedup();
    let (quote, place) = (around(first, *at), act.at(first, *at));
    let message = match (spaces.len(), labels.as_slice()) {
        (1, _) => format!("{} c’è uno spazio da riempire: «{quote}»", article.inside()),
        (many, [_]) => format!("{} ci sono {many} spazi da riempire, il primo in «{quote}»", article.inside()),
        (many, _) => {
            format!("negli artt. {} ci sono {many} spazi da riempire, il primo in «{quote}»", labels.join(", "))
        }
    };
    let mut diagnostic = Diagnostic::new("ESA-09", place, message).hint("completare il testo prima della firma");
    for (_, paragraph, at) in spaces.iter().skip(1).take(20) {
        diagnostic = diagnostic.related(act.at(paragraph, *at));
    }
    found.push(diagnostic);
}

/// The words around a blank.
pub(super) fn around(paragraph: &Paragraph, at: usize) -> String {
    paragraph.quote(at..at + 4, 0..paragraph.text.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blanks_are_found_and_ellipses_are_not() {
        for (text, count) in [
            ("decorre dal ________ al ____", 2),
            ("n. ……….. del ……..", 2),
            ("Provincia di XXX", 1),
            ("i docenti [scegliere: con incarico aggiuntivo / nell’orario di servizio]", 1),
            ("la sede [da definire] e il testo [ora art. 12 del regolamento]", 1),
            ("la quota è di € [...] l’anno", 1),
            ("il Comune di [ ] e […]", 2),
            ("in virtù della deliberazione ……………., n. ………..", 2),
            ("e così via...", 0),
            ("i servizi (posta, siti, …) sono", 0),
            ("ai sensi dell’art. 30 (c. 2)", 0),
            ("il secolo XX e il Regno", 0),
        ] {
            assert_eq!(of(text).len(), count, "{text}");
        }
    }
}
