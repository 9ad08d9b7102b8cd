//! The index of an act: entries that list articles without being them. Called by `structure` and `head`.

use super::{Head, Line, number};
use crate::examine::source::Role;

/// An article as the index lists it.
#[derive(Debug, Clone)]
pub struct Entry {
    /// Its number.
    pub number: u32,
    /// Its heading.
    pub heading: String,
    /// The line of the entry.
    pub line: u32,
    /// Index of the line in the document.
    pub(super) at: usize,
}

/// "Oggetto ........ 66": dots, or a wide space, and a page number.
pub(super) fn leads_to_a_page(text: &str) -> bool {
    let text = text.trim_end();
    let before = text.trim_end_matches(|c: char| c.is_ascii_digit());
    let digits = text.len() - before.len();
    let stem = before.trim_end_matches(['.', '…', '_', ' ', '·', '-']);
    let filling = before.get(stem.len()..).unwrap_or_default();
    let dots =
        filling.chars().filter(|c| *c == '.' || *c == '_' || *c == '·').count() + 3 * filling.matches('…').count();
    dots >= 4 || (1..=3).contains(&digits) && filling.matches(' ').count() >= 2 && !stem.is_empty()
}

/// The words without dots and page number.
pub(super) fn without_page(text: &str) -> String {
    let text = text.trim_end().trim_end_matches(|c: char| c.is_ascii_digit());
    let text = text.trim_end_matches(['.', '…', '_', ' ', '·']);
    text.trim_start_matches([' ', '.', ')', ':', '-', '–', '—', '°', '|']).to_owned()
}

/// Takes the entries of the index out of the heads: those that lead to a page, those under the word "Indice", and those
/// that follow one another without a text when their numbers come again with one.
pub(super) fn take(lines: &[&Line], heads: &mut Vec<Head>) -> Vec<Entry> {
    let has_text = |head: &Head, next: Option<&Head>| {
        let end = next.map_or(lines.len(), |next| next.at);
        if says_something(head) {
            return true;
        }
        lines.get(head.at + head.lines..end).unwrap_or_default().iter().any(|line| {
            let text = line.text.trim();
            text.len() > 2 && !super::body::is_title(text)
        })
    };
    let titled = lines.iter().take(heads.last().map_or(0, |head| head.at)).position(|line| is_titled(&line.text));
    let mut listed: Vec<bool> = heads.iter().map(|head| head.listed).collect();
    for (index, head) in heads.iter().enumerate() {
        let empty = heads.get(index + 1).is_some_and(|next| !has_text(head, Some(next)));
        let again = heads.iter().skip(index + 1).any(|later| later.number == head.number);
        let under = titled.is_some_and(|title| title < head.at);
        // The last entry of an index is followed by the act itself.
        let before = index > 0 && listed.get(index - 1).copied().unwrap_or(false);
        let last = before && again;
        // An entry that has no article: the next head begins to count again.
        let lone = before && heads.get(index + 1).is_some_and(|next| next.number == Some(1));
        if lone && let Some(flag) = listed.get_mut(index) {
            *flag = true;
        }
        if again
            && (empty || last || under && head.at < titled.unwrap_or(0) + 3)
            && let Some(flag) = listed.get_mut(index)
        {
            *flag = true;
        }
    }
    // One entry is no index: an article left without text, and written again.
    if listed.iter().filter(|flag| **flag).count() < 2 {
        return Vec::new();
    }
    let mut entries = Vec::new();
    let mut kept = Vec::new();
    for (head, listed) in heads.drain(..).zip(listed) {
        let Some(line) = lines.get(head.at).filter(|_| listed) else {
            kept.push(head);
            continue;
        };
        let heading = if head.listed || line.role == Role::Index {
            head.rest.clone()
        } else {
            super::head::heading(&head.rest).0
        };
        let heading = without_page(&heading);
        entries.push(Entry { number: head.number.unwrap_or(0), heading, line: line.number, at: head.at });
    }
    *heads = kept;
    entries
}

/// The entries of an index of numbered headings ("1. Oggetto ..... 2"), before the line `first`.
pub(super) fn of_numbers(lines: &[&Line], first: usize) -> Vec<Entry> {
    let mut entries: Vec<Entry> = Vec::new();
    for (at, line) in lines.iter().enumerate().take(first) {
        let text = line.text.trim();
        let (figures, rest) = text.split_at(text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len()));
        let wanted = entries.len() + 1;
        if figures.parse() == Ok(wanted) && (line.role == Role::Index || leads_to_a_page(rest)) {
            let number = u32::try_from(wanted).unwrap_or(u32::MAX);
            entries.push(Entry { number, heading: without_page(rest), line: line.number, at });
        }
    }
    if entries.len() < 2 { Vec::new() } else { entries }
}

/// The entries of an index of numbered headings that leads to no page: lines that count from 1 under the word "Indice", with
/// nothing between them.
pub(super) fn under_its_title(lines: &[&Line]) -> Vec<Entry> {
    let Some(title) = lines.iter().position(|line| is_titled(&line.text)) else { return Vec::new() };
    let below = lines.iter().enumerate().skip(title + 1).filter(|(_, line)| !line.text.trim().is_empty());
    let mut entries: Vec<Entry> = Vec::new();
    for (at, line) in below {
        let text = line.text.trim();
        let (word, rest) = text.split_at(text.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(text.len()));
        let number = word.parse().ok().or_else(|| number::roman(word));
        let wanted = u32::try_from(entries.len() + 1).unwrap_or(u32::MAX);
        if number != Some(wanted) {
            break;
        }
        entries.push(Entry { number: wanted, heading: without_page(rest), line: line.number, at });
    }
    if entries.len() < 3 { Vec::new() } else { entries }
}

/// "INDICE", "I N D I C E", "Sommario".
fn is_titled(text: &str) -> bool {
    let word: String = text.chars().filter(|c| c.is_alphabetic()).flat_map(char::to_lowercase).collect();
    matches!(word.as_str(), "indice" | "sommario" | "indicedegliarticoli" | "indicegenerale")
}

/// True for "Art. 1 - Oggetto. La presente convenzione…": the text of the article stands on the line of its head.
fn says_something(head: &Head) -> bool {
    !head.listed && !super::head::heading(&head.rest).1.is_empty()
}

/// Takes away heads that are an index without its act: at least three, and none but the last with a text.
pub(super) fn drop_bare(lines: &[&Line], heads: &mut Vec<Head>) {
    let bare = heads.windows(2).filter(|pair| match pair {
        [head, next] if !says_something(head) => lines.get(head.at + head.lines..next.at).is_some_and(|between| {
            between.iter().all(|line| line.text.trim().len() <= 2 || super::body::is_title(line.text.trim()))
        }),
        _ => false,
    });
    if heads.len() >= 4 && bare.count() + 1 == heads.len() {
        heads.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_of_an_index_are_known() {
        for yes in [" – Oggetto ......... 66", " Durata…… 3", " - Fini   12", ". Scopo _______ 4"] {
            assert!(leads_to_a_page(yes), "{yes}");
        }
        for no in [" – Oggetto", " – Piano 2030", " Durata.", ""] {
            assert!(!leads_to_a_page(no), "{no}");
        }
        assert_eq!(without_page(" – Oggetto della Convenzione ....... 66"), "Oggetto della Convenzione");
    }
}
