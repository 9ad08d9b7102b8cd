//! Text that can be searched and still be quoted: a folded copy whose bytes lead back to those of the original, and the
//! sentences of a paragraph. Called by everything in `examine` that looks for words.

use std::ops::Range;

use unicode_normalization::UnicodeNormalization;

/// Characters of a quotation.
const QUOTE: usize = 150;

/// Words in lower case, without accents, parted by single spaces: "dell’Ente" is "dell ente", "€" is "euro". Every byte
/// knows where it comes from.
#[derive(Debug, Clone, Default)]
pub struct Folded {
    /// The words.
    pub text: String,
    from: Vec<u32>,
}

impl Folded {
    /// Folds a text.
    pub fn new(text: &str) -> Self {
        let mut folded = Self { text: String::with_capacity(text.len()), from: Vec::with_capacity(text.len()) };
        for (at, c) in text.char_indices() {
            if c.is_ascii_alphanumeric() {
                folded.push(c.to_ascii_lowercase(), at);
            } else if c == '€' {
                folded.gap(at);
                "euro".chars().for_each(|c| folded.push(c, at));
                folded.gap(at);
            } else if c.is_ascii() || !c.is_alphanumeric() {
                folded.gap(at);
            } else {
                let plain = std::iter::once(c).nfkd().flat_map(char::to_lowercase);
                plain.filter(|c| c.is_alphanumeric()).for_each(|c| folded.push(c, at));
            }
        }
        folded
    }

    fn push(&mut self, c: char, at: usize) {
        self.text.push(c);
        self.from.resize(self.text.len(), u32::try_from(at).unwrap_or(u32::MAX));
    }

    fn gap(&mut self, at: usize) {
        if !self.text.is_empty() && !self.text.ends_with(' ') {
            self.push(' ', at);
        }
    }

    /// The byte of the original from which a byte of the folded text comes.
    pub fn origin(&self, at: usize) -> usize {
        self.from.get(at).map_or_else(|| self.from.last().map_or(0, |at| *at as usize), |at| *at as usize)
    }
}

/// A run of lines that belong together, with the line of every piece.
#[derive(Debug, Clone, Default)]
pub struct Paragraph {
    /// The words, lines joined by a space, broken words mended.
    pub text: String,
    /// Where lines begin: byte of the text, number and page of the line.
    marks: Vec<(usize, u32, u32)>,
    /// True where a blank line comes before.
    pub apart: bool,
}

impl Paragraph {
    /// A paragraph of one line.
    pub fn new(text: &str, line: u32, page: u32) -> Self {
        Self { text: squeeze(text), marks: vec![(0, line, page)], apart: false }
    }

    /// Goes on with another line: a hyphen at the end of the one before goes away.
    pub fn join(&mut self, text: &str, line: u32, page: u32) {
        let text = squeeze(text);
        let broken =
            self.text.strip_suffix('-').filter(|head| head.chars().next_back().is_some_and(char::is_alphabetic));
        match broken {
            Some(head) if text.chars().next().is_some_and(char::is_lowercase) => self.text.truncate(head.len()),
            _ => self.text.push(' '),
        }
        self.marks.push((self.text.len(), line, page));
        self.text.push_str(&text);
    }

    /// Goes on with another paragraph, whose lines stay known.
    pub fn absorb(&mut self, other: &Self) {
        self.text.push(' ');
        let start = self.text.len();
        self.text.push_str(&other.text);
        self.marks.extend(other.marks.iter().map(|(at, line, page)| (start + at, *line, *page)));
    }

    /// Number and page of the line at a byte of the text.
    pub fn line_at(&self, at: usize) -> (u32, u32) {
        // In order, for lines are joined at the end.
        let after = self.marks.partition_point(|(start, ..)| *start <= at);
        let found = self.marks.get(after.saturating_sub(1));
        found.map_or((1, 0), |(_, line, page)| (*line, *page))
    }

    /// Its lines, as they stand on the page.
    pub fn lines(&self) -> impl Iterator<Item = &str> {
        let ends = self.marks.iter().skip(1).map(|(start, ..)| *start).chain([self.text.len()]);
        self.marks.iter().zip(ends).filter_map(|((start, ..), end)| self.text.get(*start..end)).map(str::trim)
    }

    /// The line where it begins.
    pub fn line(&self) -> u32 {
        self.line_at(0).0
    }

    /// The bytes of each sentence.
    pub fn sentences(&self) -> Vec<Range<usize>> {
        sentences(&self.text)
    }

    /// The words around a piece, cut at words: what a person needs to find it again.
    pub fn quote(&self, piece: Range<usize>, within: Range<usize>) -> String {
        quote(&self.text, piece, within)
    }
}

/// Spaces made single, none at the ends.
fn squeeze(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Words before a full stop that do not end a sentence.
const SHORT: &[&str] = &[
    "art", "artt", "n", "nn", "c", "co", "lett", "lgs", "d", "l", "p", "s", "sig", "sigg", "ra", "dott", "ssa", "on",
    "cfr", "es", "dpr", "avv", "ing", "geom", "rag", "prof", "pag", "all", "tab", "cap", "tit", "sez", "par", "ss",
    "mm", "ii", "spett", "r", "g", "m", "reg", "rep", "prot", "u", "t",
];

/// The bytes of each sentence: a full stop, a semicolon or a question mark ends it where what follows may begin one.
pub fn sentences(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut start = 0;
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let next = chars.peek().map(|(_, c)| *c);
        let ends = match c {
            ';' | '?' | '!' => true,
            '.' => {
                let word = text.get(start..at).unwrap_or_default();
                let word = word.rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or_default().to_lowercase();
                let after = text.get(at + 1..).unwrap_or_default().trim_start().chars().next();
                let goes_on = after.is_some_and(|c| c.is_lowercase() || c.is_ascii_digit());
                let figure = word.chars().all(|c| c.is_ascii_digit()) && word.len() <= 2;
                let abbreviated = SHORT.contains(&word.as_str()) || figure && goes_on;
                !abbreviated && next.is_none_or(|c| c == ' ') && after.is_none_or(|c| !c.is_lowercase())
            }
            _ => false,
        };
        if ends {
            let end = at + c.len_utf8();
            if !text.get(start..end).unwrap_or_default().trim().is_empty() {
                found.push(start..end);
            }
            start = end;
        }
    }
    if !text.get(start..).unwrap_or_default().trim().is_empty() {
        found.push(start..text.len());
    }
    // The space before a sentence is not of it.
    for range in &mut found {
        let piece = text.get(range.clone()).unwrap_or_default();
        range.start += piece.len() - piece.trim_start().len();
    }
    found
}

/// The words of `within` around `piece`, at most [`QUOTE`] characters, with dots where they are cut.
pub fn quote(text: &str, piece: Range<usize>, within: Range<usize>) -> String {
    let whole = text.get(within.clone()).unwrap_or_default().trim();
    if whole.chars().nth(QUOTE).is_none() {
        return short_blanks(whole);
    }
    let long = piece.end.saturating_sub(piece.start).min(QUOTE);
    let around = (QUOTE - long) / 2;
    // Bytes for characters: near enough for where to cut.
    let mut start = piece.start.saturating_sub(around).max(within.start);
    if within.end.saturating_sub(start) <= QUOTE {
        start = within.end.saturating_sub(QUOTE).max(within.start);
    }
    let mut end = (start + QUOTE).min(within.end).min(text.len());
    while start < piece.start && !text.is_char_boundary(start) {
        start += 1;
    }
    while end > start && !text.is_char_boundary(end) {
        end -= 1;
    }
    let mut cut = text.get(start..end).unwrap_or_default();
    if start > within.start {
        cut = cut.split_once(' ').map_or(cut, |(_, rest)| rest);
    }
    if end < within.end {
        cut = cut.rsplit_once(' ').map_or(cut, |(rest, _)| rest);
    }
    let (before, after) = (if start > within.start { "… " } else { "" }, if end < within.end { " …" } else { "" });
    short_blanks(&format!("{before}{}{after}", cut.trim()))
}

/// Rules and dots to fill, made short.
fn short_blanks(text: &str) -> String {
    let mut short = String::with_capacity(text.len());
    let mut run = 0;
    for c in text.chars() {
        run = if matches!(c, '_' | '.' | '…') { run + 1 } else { 0 };
        if run <= 5 {
            short.push(c);
        }
    }
    short
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folded_words_lead_back() {
        let text = "L’Ente versa € 1.200,00 all’anno, perciò…";
        let folded = Folded::new(text);
        assert_eq!(folded.text, "l ente versa euro 1 200 00 all anno percio ");
        let at = folded.text.find("anno").expect("a word");
        assert!(text[folded.origin(at)..].starts_with("anno"));
        assert!(text[folded.origin(folded.text.find("percio").expect("a word"))..].starts_with("perciò"));
    }

    #[test]
    fn sentences_end_where_they_should() {
        let text = "Ai sensi dell’art. 30 del D.Lgs. n. 267 del 2000. Gli enti pagano; entro il 31.12. Fine";
        let found: Vec<&str> = sentences(text).into_iter().map(|range| &text[range]).collect();
        assert_eq!(
            found,
            ["Ai sensi dell’art. 30 del D.Lgs. n. 267 del 2000.", "Gli enti pagano;", "entro il 31.12.", "Fine"]
        );
    }

    #[test]
    fn broken_words_are_mended_and_lines_are_known() {
        let mut paragraph = Paragraph::new("La con-", 3, 1);
        paragraph.join("venzione dura", 4, 2);
        assert_eq!(paragraph.text, "La convenzione dura");
        assert_eq!((paragraph.line_at(0), paragraph.line_at(12)), ((3, 1), (4, 2)));
    }

    #[test]
    fn quotations_are_cut_at_words() {
        let text = format!("{} parola {}", "prima ".repeat(60), "dopo ".repeat(60));
        let at = text.find("parola").expect("a word");
        let cut = quote(&text, at..at + 6, 0..text.len());
        assert!(
            cut.starts_with("… ") && cut.ends_with(" …") && cut.contains("parola") && cut.chars().count() <= QUOTE + 4
        );
    }
}
