//! The lines of a document without what the page put there: headers and footers, page numbers, letters set apart for
//! emphasis, ligatures, words broken where a page ends. Called by `examine`, before anything is understood.

use std::collections::{BTreeMap, BTreeSet};

use super::source::Line;

/// Lines at the top and at the bottom of a page where headers and footers stand.
const EDGE: usize = 3;
/// Letters one by one that make a word set apart.
const FEWEST_APART: usize = 4;

/// Cleans the lines; they keep their numbers.
pub fn clean(mut lines: Vec<Line>) -> Vec<Line> {
    for line in &mut lines {
        line.text = together(&plain(&line.text));
    }
    let furniture = furniture(&lines);
    lines.retain(|line| !furniture.contains(&(line.number, line.text.clone())));
    lines.retain(|line| !is_page_number(&line.text) && !is_rule(&line.text));
    let headers = headers(&lines);
    lines.retain(|line| !headers.contains(&header(&line.text)));
    mend(&mut lines);
    lines
}

/// Ligatures as letters, every space a space, no invisible signs, one hyphen.
fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\u{fb00}' => out.push_str("ff"),
            '\u{fb01}' => out.push_str("fi"),
            '\u{fb02}' => out.push_str("fl"),
            '\u{fb03}' => out.push_str("ffi"),
            '\u{fb04}' => out.push_str("ffl"),
            '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{feff}' | '\u{2060}' => {}
            '\t' => out.push_str("  "),
            '\u{2010}' | '\u{2011}' | '\u{2212}' => out.push('-'),
            '\u{e000}'..='\u{f8ff}' => out.push('•'),
            c if c.is_whitespace() => out.push(' '),
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
    out.trim_end().to_owned()
}

/// "A r t .  1" → "Art.  1": letters that stand one by one are a word; two spaces part words.
fn together(text: &str) -> String {
    // Nearly all lines have none.
    let alone = text.split(' ').filter(|word| word.chars().count() == 1).count();
    if alone < FEWEST_APART {
        return text.to_owned();
    }
    let mut pieces: Vec<(usize, &str)> = Vec::new();
    let mut gap = 0;
    for piece in text.split(' ') {
        if piece.is_empty() {
            gap += 1;
        } else {
            pieces.push((gap, piece));
            gap = 0;
        }
        gap += 1;
    }
    let single = |piece: &str| {
        let mut chars = piece.chars();
        matches!((chars.next(), chars.next()), (Some(c), None) if c.is_alphanumeric() || ".,;:'’°-–".contains(c))
    };
    let mut out = String::new();
    let mut at = 0;
    while let Some((gap, piece)) = pieces.get(at) {
        let run = pieces.iter().skip(at).take_while(|(_, piece)| single(piece)).count();
        if at > 0 {
            out.push_str(if *gap > 2 { "  " } else { " " });
        }
        let letters =
            pieces.iter().skip(at).take(run).filter(|(_, piece)| piece.chars().all(char::is_alphabetic)).count();
        if run >= FEWEST_APART && letters >= 3 {
            let mut before: Option<char> = None;
            for (index, (gap, piece)) in pieces.iter().skip(at).take(run).enumerate() {
                let next = piece.chars().next();
                // Where all gaps are alike, figures still begin a word of their own: "ARTICOLO 10 OGGETTO".
                let turns = before.zip(next).is_some_and(|(a, b)| {
                    a.is_alphabetic() && b.is_ascii_digit() || a.is_ascii_digit() && b.is_alphabetic()
                });
                if index > 0 && (*gap > 1 || turns) {
                    out.push(' ');
                }
                out.push_str(piece);
                before = next;
            }
            at += run;
        } else {
            out.push_str(piece);
            at += 1;
        }
    }
    let indent = text.len() - text.trim_start().len();
    format!("{}{}", &" ".repeat(indent.min(40)), out.trim_start())
}

/// Lines that come back at the edge of pages: the same words but for the figures, on at least three pages, or on both of two.
fn furniture(lines: &[Line]) -> BTreeSet<(u32, String)> {
    let mut pages: BTreeMap<u32, Vec<&Line>> = BTreeMap::new();
    for line in lines.iter().filter(|line| line.page > 0 && !line.text.trim().is_empty()) {
        pages.entry(line.page).or_default().push(line);
    }
    let shape = |line: &Line| -> String { line.text.chars().filter(|c| !c.is_ascii_digit() && *c != ' ').collect() };
    let edges = |page: &[&Line]| -> Vec<(u32, String, String)> {
        let last = page.len().saturating_sub(EDGE);
        let at_edge = |index: usize| index < EDGE || index >= last;
        page.iter()
            .enumerate()
            .filter(|(index, line)| at_edge(*index) && line.text.chars().count() < 160)
            .map(|(_, line)| (line.number, line.text.clone(), shape(line)))
            .collect()
    };
    let mut seen: BTreeMap<String, BTreeSet<u32>> = BTreeMap::new();
    for (page, lines) in &pages {
        for (_, _, shape) in edges(lines) {
            seen.entry(shape).or_default().insert(*page);
        }
    }
    let often = if pages.len() == 2 { 2 } else { 3 };
    let mut found = BTreeSet::new();
    for lines in pages.values() {
        for (number, text, shape) in edges(lines) {
            let repeated = seen.get(&shape).is_some_and(|pages| pages.len() >= often);
            // A line of dots or a heading of an article may come back by chance.
            let lower = text.trim_start().to_lowercase();
            let speaks = shape.chars().filter(|c| c.is_alphabetic()).count() > 3;
            if repeated && speaks && !lower.starts_with("art") {
                found.insert((number, text));
            }
        }
    }
    found
}

/// A line drawn with dashes: underscores and dots may be spaces to fill.
fn is_rule(text: &str) -> bool {
    let marks = text.chars().filter(|c| *c != ' ').count();
    marks >= 4 && text.chars().all(|c| matches!(c, ' ' | '-' | '–' | '—' | '=' | '*' | '~'))
}

/// What a line says before the number of the page, which two spaces or more set apart; empty where it has none.
fn header(text: &str) -> String {
    let text = text.trim();
    let page = text.rsplit_once("  ").filter(|(_, page)| {
        let named = page.trim_start().to_lowercase();
        named.starts_with("pag") && is_page_number(&named)
    });
    page.map(|(words, _)| words.trim().to_lowercase()).unwrap_or_default()
}

/// Headers of a text that does not say where its pages end: the same words, more than once, with the number of a page.
fn headers(lines: &[Line]) -> BTreeSet<String> {
    let (mut once, mut again) = (BTreeSet::new(), BTreeSet::new());
    for header in lines.iter().map(|line| header(&line.text)).filter(|header| !header.is_empty()) {
        if !once.insert(header.clone()) {
            again.insert(header);
        }
    }
    again
}

/// "3", "- 3 -", "Pag. 3 di 12", "3/12".
fn is_page_number(text: &str) -> bool {
    let lower = text.trim().to_lowercase();
    if lower.is_empty() || lower.len() > 24 {
        return false;
    }
    let rest = ["pagina", "pag."].iter().find_map(|word| lower.strip_prefix(word));
    let named = rest.is_some();
    let rest = rest.unwrap_or(&lower).trim().trim_matches(['-', '–', ' ']);
    let parts: Vec<&str> =
        rest.split(['/', ' ']).filter(|part| !part.is_empty() && !matches!(*part, "di" | "a")).collect();
    let numbers = parts.iter().all(|part| part.len() <= 3 && part.chars().all(|c| c.is_ascii_digit()));
    numbers
        && (1..=2).contains(&parts.len())
        && (named || parts.len() == 1 || rest.contains('/') || rest.contains(" di "))
}

/// Words broken between two lines without a hyphen, as happens where a page ends: joined where the whole word stands
/// elsewhere in the document and its beginning does not.
fn mend(lines: &mut [Line]) {
    let mut words: BTreeMap<String, usize> = BTreeMap::new();
    for word in lines.iter().flat_map(|line| line.text.split(|c: char| !c.is_alphabetic())) {
        if word.len() > 2 {
            *words.entry(word.to_lowercase()).or_default() += 1;
        }
    }
    let solid: Vec<usize> =
        (0..lines.len()).filter(|index| lines.get(*index).is_some_and(|line| !line.text.trim().is_empty())).collect();
    for pair in solid.windows(2) {
        let [first, second] = pair else { continue };
        let (Some(before), Some(after)) = (lines.get(*first), lines.get(*second)) else { continue };
        if before.page == after.page || before.whole {
            continue;
        }
        let head = before.text.rsplit(|c: char| !c.is_alphabetic()).next().unwrap_or_default().to_owned();
        let tail: String = after.text.trim_start().chars().take_while(|c| c.is_alphabetic()).collect();
        let is_lower = tail.chars().next().is_some_and(char::is_lowercase);
        let count = |word: &str| words.get(&word.to_lowercase()).copied().unwrap_or(0);
        if !head.is_empty() && is_lower && count(&format!("{head}{tail}")) > 0 && count(&head) <= 1 {
            let indent = after.text.len() - after.text.trim_start().len();
            let rest = after.text.get(indent + tail.len()..).unwrap_or_default().to_owned();
            if let Some(line) = lines.get_mut(*first) {
                line.text.push_str(&tail);
            }
            if let Some(line) = lines.get_mut(*second) {
                line.text = rest.trim_start().to_owned();
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_set_apart_are_put_together() {
        for (apart, joined) in [
            ("C O N V E N Z I O N E", "CONVENZIONE"),
            ("A r t .  1   O g g e t t o", "Art. 1 Oggetto"),
            ("A R T I C O L O 1 0 O G G E T T O", "ARTICOLO 10 OGGETTO"),
            ("approvata D.g.r. 3 0  m a g g i o  2 0 1 4 -", "approvata D.g.r. 30 maggio 2014-"),
            ("i  s i s t e m i  già utilizzati", "i sistemi già utilizzati"),
            ("a) e b) o c)", "a) e b) o c)"),
            ("1 2 3 4 5", "1 2 3 4 5"),
        ] {
            assert_eq!(together(apart).split_whitespace().collect::<Vec<_>>().join(" "), joined);
        }
    }

    #[test]
    fn rules_and_headers_are_known() {
        assert!(is_rule("- - - - - - -") && is_rule("-----") && is_rule("   ====="));
        assert!(!is_rule("________") && !is_rule("- a -") && !is_rule("........") && !is_rule("--"));
        assert_eq!(header("  Convenzione archivi        pag. 2/4"), "convenzione archivi");
        assert_eq!(header("Art. 3 Durata . . . . pag. 4"), "");
    }

    #[test]
    fn page_numbers_are_known() {
        for yes in ["3", "- 3 -", "Pag. 3 di 12", "pagina 7", "3/12", "– 14 –"] {
            assert!(is_page_number(yes), "{yes}");
        }
        for no in ["Art. 3", "2024 2025", "1. Oggetto", "12/03/2024", "", "3 anni"] {
            assert!(!is_page_number(no), "{no}");
        }
    }
}
