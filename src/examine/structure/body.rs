//! The text of an article: lines joined into paragraphs, labels of lists, and where signatures and annexes begin. Called by
//! `structure`.

use super::{Article, Line, Paragraph};
use crate::examine::text::Folded;

/// What a paragraph of a list begins with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Marker {
    /// "2." or "2)".
    Comma(u32),
    /// "4.2": a part of what has the first number, an article or a comma.
    Part(u32, u32),
    /// "b)" or "b.".
    Letter(char),
    /// A dot, a dash.
    Bullet,
}

impl Marker {
    /// The label as one of an article: "4.2" in article 4 is its comma 2.
    pub fn within(self, article: &Article) -> Self {
        match self {
            Self::Part(whole, part) if article.number == Some(whole) => Self::Comma(part),
            _ => self,
        }
    }
}

/// The label of a text and what follows it.
pub fn marker(text: &str) -> Option<(Marker, &str)> {
    let text = text.trim_start();
    let first = text.chars().next()?;
    if "•▪▫●○◦‣·⁃*−–-□■".contains(first) {
        let rest = text.get(first.len_utf8()..)?;
        let spaced = rest.starts_with(' ') || rest.is_empty() || !first.is_ascii() && first != '–';
        return spaced.then_some((Marker::Bullet, rest.trim_start()));
    }
    let digits = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    if (1..=2).contains(&digits) {
        let number = text.get(..digits)?.parse().ok()?;
        let rest = text.get(digits..)?;
        if let Some((part, after)) = part(rest) {
            return Some((Marker::Part(number, part), after));
        }
        let after = rest
            .strip_prefix(['.', ')'])
            .or_else(|| rest.strip_prefix(['-', '–']).filter(|rest| rest.starts_with(' ')));
        let after = after.or_else(|| rest.strip_prefix(" - ").or_else(|| rest.strip_prefix(" – ")))?;
        let trimmed = after.trim_start();
        // "1.1.2024" and "3.500" are no labels.
        let is_label = trimmed.chars().next().is_none_or(|c| !c.is_ascii_digit())
            && (after.len() > trimmed.len() || after.is_empty() || trimmed.starts_with(char::is_alphabetic));
        return is_label.then_some((Marker::Comma(number), trimmed));
    }
    let rest = text.get(first.len_utf8()..)?;
    let after = rest.strip_prefix(')').or_else(|| rest.strip_prefix('.').filter(|rest| rest.starts_with(' ')))?;
    first.is_ascii_lowercase().then_some((Marker::Letter(first), after.trim_start()))
}

/// After a number, ".2 Il", ".2. Il", ".2) Il" or ".2 – Il": a sentence begins, so it is no figure.
fn part(rest: &str) -> Option<(u32, &str)> {
    let rest = rest.strip_prefix('.')?;
    let digits = rest.find(|c: char| !c.is_ascii_digit()).filter(|digits| (1..=2).contains(digits))?;
    let number = rest.get(..digits)?.parse().ok()?;
    let after = rest.get(digits..)?;
    let after = after.strip_prefix(['.', ')']).unwrap_or(after).strip_prefix(' ')?.trim_start();
    let after = after.strip_prefix(['-', '–']).map_or(after, str::trim_start);
    let begins = after.chars().next().is_some_and(|c| c.is_uppercase() || matches!(c, '«' | '“' | '"'));
    begins.then_some((number, after))
}

/// "TITOLO II", "CAPO I – Organi": divisions over the articles.
pub(super) fn is_title(text: &str) -> bool {
    let mut words = text.split_whitespace();
    let first = words.next().unwrap_or_default().to_lowercase();
    let second = words.next().unwrap_or_default();
    let second = second.trim_end_matches(['.', '-', '–', ':', ')', '°']);
    matches!(first.as_str(), "titolo" | "capo" | "sezione" | "parte")
        && super::number::of(second).is_some()
        && text.chars().count() < 120
}

/// Parts the lines after a head into those of the article and, after the last article of a sequence, those of signatures
/// and annexes. Divisions between two articles belong to neither.
pub(super) fn split<'a>(lines: &[&'a Line], ends: bool, followed: bool) -> (Vec<&'a Line>, Vec<&'a Line>) {
    let mut cut = lines.len();
    if followed && let Some(at) = lines.iter().position(|line| is_title(line.text.trim())) {
        // "TITOLO II" and its heading below.
        let words = lines.iter().skip(at).filter(|line| !line.text.trim().is_empty()).count();
        if words <= 4 {
            return (lines.get(..at).unwrap_or_default().to_vec(), Vec::new());
        }
    }
    if ends {
        cut = lines.iter().position(|line| closes(&line.text)).unwrap_or(cut);
    }
    let (own, rest) = lines.split_at(cut.min(lines.len()));
    (own.to_vec(), rest.to_vec())
}

/// True for the line with which the articles end: "Letto, confermato e sottoscritto", "Per il Comune di …", "ALLEGATO A".
fn closes(text: &str) -> bool {
    let text = text.trim();
    let folded = Folded::new(text).text;
    let words: Vec<&str> = folded.split_whitespace().collect();
    match words.as_slice() {
        ["letto" | "letta" | "fatto", next, ..] => {
            matches!(
                *next,
                "approvato" | "confermato" | "e" | "approvata" | "confermata" | "sottoscritto" | "il" | "in"
            )
        }
        ["atto", "letto", ..] => true,
        ["per" | "p", _, party, ..] => {
            let parties = [
                "comune",
                "provincia",
                "unione",
                "citta",
                "ente",
                "enti",
                "regione",
                "comunita",
                "universita",
                "consorzio",
                "azienda",
                "societa",
                "prefettura",
                "parti",
                "comuni",
            ];
            parties.contains(party) && text.chars().count() < 90 && !text.ends_with(['.', ';', ','])
        }
        ["allegato" | "allegati" | "appendice" | "annesso", ..] => {
            text.chars().count() < 90 && !text.ends_with(['.', ';'])
        }
        ["tabella", ..] => text.chars().count() < 60 && !text.ends_with('.'),
        ["firmato" | "firme" | "sottoscrizioni"] => true,
        ["il" | "la", "sindaco" | "presidente" | "segretario" | "dirigente"] => true,
        _ => false,
    }
}

/// True for a line that begins a paragraph whatever stands before it.
fn begins(text: &str) -> bool {
    let word: String = text.chars().take_while(|c| c.is_alphabetic()).flat_map(char::to_lowercase).collect();
    word == "oggetto" && text.get(word.len()..).is_some_and(|rest| rest.trim_start().starts_with(':'))
        || matches!(word.as_str(), "delibera" | "deliberano") && text.chars().count() < 14
}

/// True for a row of a table: words, a gap of three spaces, a figure. It is a paragraph of its own. Lines set to one width have gaps of two.
fn is_row(text: &str) -> bool {
    let Some((words, figure)) = text.trim().rsplit_once("   ") else { return false };
    let figure = figure.trim().trim_start_matches(['€', ' ']);
    let figure = figure.strip_prefix("euro").map_or(figure, str::trim_start);
    let is_short = figure.chars().count() <= 20 && figure.starts_with(|c: char| c.is_ascii_digit());
    is_short && !figure.ends_with(['.', ';']) && words.chars().any(char::is_alphabetic)
}

/// Words with which no sentence ends.
const LINKS: &[&str] = &[
    "il", "lo", "la", "i", "gli", "le", "un", "una", "di", "a", "da", "in", "con", "su", "per", "tra", "fra", "del",
    "della", "dei", "degli", "delle", "dal", "dalla", "al", "alla", "nel", "nella", "e", "ed", "o", "che", "dell",
    "all", "entro",
];

/// Joins lines into paragraphs. A paragraph ends at a blank line, unless its sentence plainly goes on after it, and where a
/// label begins.
pub(super) fn paragraphs(lines: &[&Line]) -> Vec<Paragraph> {
    let mut found: Vec<Paragraph> = Vec::new();
    let (mut blanks, mut whole, mut in_table) = (0, true, false);
    for line in lines {
        let text = line.text.trim();
        if text.is_empty() {
            blanks += 1;
            continue;
        }
        // "… 31 marzo 2023, n." and "36." below: the end of a line has cut a citation.
        let cited = found.last().is_some_and(|before| {
            let last = before.text.rsplit([' ', '’', '\'', '(']).next().unwrap_or_default();
            matches!(last, "n." | "nn." | "art." | "artt." | "c." | "comma" | "lett.")
        });
        let row = is_row(text);
        let starts = marker(text).is_some() && !cited || begins(text) || row || in_table;
        in_table = row;
        let small = text.chars().next().is_some_and(char::is_lowercase);
        let goes_on = found.last().is_some_and(|before| {
            let open = !before.text.ends_with(['.', ';', ':', '!', '?', '»', ')']) && before.text.len() > 25;
            let last = before.text.rsplit([' ', '’', '\'']).next().unwrap_or_default();
            // A text with a blank line after every line still has sentences.
            blanks == 0 || cited || open && (small || LINKS.contains(&last))
        });
        match found.last_mut() {
            Some(last) if !whole && !starts && goes_on => last.join(text, line.number, line.page),
            _ => {
                let mut paragraph = Paragraph::new(text, line.number, line.page);
                paragraph.apart = blanks > 0 || line.whole;
                found.push(paragraph);
            }
        }
        (blanks, whole) = (0, line.whole);
    }
    found
}

/// Puts the words that stand on the line of the head before the rest of the text.
pub(super) fn prepend(paragraphs: &mut Vec<Paragraph>, inline: &str, line: &Line) {
    let mut first = Paragraph::new(inline, line.number, line.page);
    let goes_on = paragraphs.first().is_some_and(|next| !next.apart && marker(&next.text).is_none()) && !line.whole;
    if goes_on {
        first.absorb(&paragraphs.remove(0));
    }
    paragraphs.insert(0, first);
}
