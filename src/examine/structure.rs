//! Lines → the parts of an act: what comes before the articles, the articles with number, heading and paragraphs, the
//! signatures and annexes after them, the index. Called by `examine`. Acts in the wild write "Art. 1 –", "ARTICOLO UNO", "§ 2",
//! "Patto primo", "3) Oneri", a bare heading, or a numbered clause: the kinds are tried in this order, and the first that makes
//! a sequence is believed.

mod body;
mod head;
mod index;
mod number;

use super::source::{Line, Role};
use super::text::Paragraph;
use super::vocabulary;

pub use body::{Marker, marker};
pub use index::Entry;

/// An article, or what stands for one.
#[derive(Debug, Clone, Default)]
pub struct Article {
    /// Its number; `None` for a bare heading.
    pub number: Option<u32>,
    /// `bis`, `ter`, …
    pub suffix: String,
    /// The words of the heading; empty where there is none.
    pub heading: String,
    /// Line of the heading.
    pub line: u32,
    /// Page of the heading.
    pub page: u32,
    /// What it says.
    pub paragraphs: Vec<Paragraph>,
    /// Counts the sequences of articles: an annex may begin again from 1.
    pub sequence: usize,
    /// True where it is called a point: "Punto 3".
    pub is_point: bool,
}

impl Article {
    /// "3", "3-bis", or the heading where there is no number.
    pub fn label(&self) -> String {
        match (self.number, self.suffix.as_str()) {
            (Some(number), "") => number.to_string(),
            (Some(number), suffix) => format!("{number}-{suffix}"),
            (None, _) => self.heading.clone(),
        }
    }

    /// "l’art. 3 («Durata»)", "il punto 3 («Durata»)".
    pub fn named(&self) -> String {
        match (self.number, self.heading.is_empty()) {
            (Some(_), true) => self.called(&self.label()),
            (Some(_), false) => format!("{} («{}»)", self.called(&self.label()), self.heading),
            (None, _) => format!("la parte «{}»", self.heading),
        }
    }

    /// "l’art. 7", "il punto 7": another number of the same act.
    pub fn called(&self, label: &str) -> String {
        if self.is_point { format!("il punto {label}") } else { format!("l’art. {label}") }
    }

    /// "nell’art. 3 («Durata»)".
    pub fn inside(&self) -> String {
        self.after("ne")
    }

    /// "dell’art. 3 («Durata»)".
    pub fn of(&self) -> String {
        self.after("de")
    }

    /// Its name after "ne" or "de", joined.
    fn after(&self, preposition: &str) -> String {
        let named = self.named();
        match (named.strip_prefix("l’"), named.strip_prefix("il ")) {
            (Some(rest), _) => format!("{preposition}ll’{rest}"),
            (_, Some(rest)) => format!("{preposition}l {rest}"),
            _ => format!("{preposition}l{named}"),
        }
    }

    /// The words of all paragraphs.
    pub fn words(&self) -> String {
        self.paragraphs.iter().map(|paragraph| paragraph.text.as_str()).collect::<Vec<_>>().join(" ")
    }
}

/// An act taken apart.
#[derive(Debug, Clone, Default)]
pub struct Structure {
    /// What stands far before the act, in a document that has more than the act.
    pub earlier: Vec<Paragraph>,
    /// Titles and premises, before the articles.
    pub opening: Vec<Paragraph>,
    /// The articles.
    pub articles: Vec<Article>,
    /// Signatures and annexes.
    pub closing: Vec<Paragraph>,
    /// Footnotes.
    pub notes: Vec<Paragraph>,
    /// What the index lists.
    pub index: Vec<Entry>,
    /// Lines with words.
    pub lines: usize,
}

impl Structure {
    /// The paragraphs of the act and where each stands, in Italian; signatures and annexes left out.
    pub fn passages(&self) -> impl Iterator<Item = (String, &Paragraph)> {
        let opening = self.opening.iter().map(|paragraph| ("prima degli articoli".to_owned(), paragraph));
        let articles = self.articles.iter().flat_map(|article| {
            let place = article.inside();
            article.paragraphs.iter().map(move |paragraph| (place.clone(), paragraph))
        });
        opening.chain(articles)
    }

    /// True where at least two articles have a number.
    pub fn is_numbered(&self) -> bool {
        self.articles.iter().filter(|article| article.number.is_some()).count() >= 2
    }
}

/// Where an article begins.
#[derive(Debug, Clone)]
pub(super) struct Head {
    /// Index of the line.
    pub(super) at: usize,
    pub(super) number: Option<u32>,
    pub(super) suffix: String,
    /// What follows the number on the line.
    pub(super) rest: String,
    /// Lines that the head takes, when the heading stands below the number.
    pub(super) lines: usize,
    /// True where the line itself is of an index: dots and a page number.
    pub(super) listed: bool,
}

/// Lines of premises that are looked at: a report of a hundred pages may stand before the act.
const LONGEST_OPENING: usize = 150;

/// Takes an act apart.
pub fn structure(lines: &[Line]) -> Structure {
    let body: Vec<&Line> = lines.iter().filter(|line| line.role != Role::Note).collect();
    let mut heads = head::articles(&body);
    let mut index = index::take(&body, &mut heads);
    head::drop_citations(&mut heads);
    index::drop_bare(&body, &mut heads);
    if heads.len() < 2 {
        let listed = index::under_its_title(&body);
        let numbered = head::numbered(&body, listed.last().map_or(0, |entry| entry.at + 1));
        let covenants = head::covenants(&body);
        if covenants.len() >= 3 {
            heads = covenants;
        } else if numbered.len() >= 3 {
            index = match listed.is_empty() {
                true => index::of_numbers(&body, numbered.first().map_or(0, |head| head.at)),
                false => listed,
            };
            heads = numbered;
        } else if heads.is_empty() && head::romans(&body).len() >= 4 {
            heads = head::romans(&body);
        } else if heads.is_empty() {
            heads = unnumbered(&body);
        }
    }
    let first = heads.first().map_or(body.len(), |head| head.at);
    let from = if heads.is_empty() { 0 } else { first.saturating_sub(LONGEST_OPENING) };
    let listed: Vec<usize> = index.iter().map(|entry| entry.at).collect();
    let opening: Vec<&Line> = body
        .iter()
        .enumerate()
        .filter(|(at, line)| (from..first).contains(at) && !listed.contains(at) && line.role == Role::Body)
        .map(|(_, line)| *line)
        .collect();
    let mut it = Structure {
        earlier: body::paragraphs(body.get(..from).unwrap_or_default()),
        opening: body::paragraphs(&opening),
        notes: body::paragraphs(&lines.iter().filter(|line| line.role == Role::Note).collect::<Vec<_>>()),
        index,
        lines: body.iter().filter(|line| !line.text.trim().is_empty()).count(),
        ..Structure::default()
    };
    let mut sequence = 0;
    let mut in_sequence = 0;
    for (position, head) in heads.iter().enumerate() {
        let next = heads.get(position + 1);
        let restarts = head.number == Some(1) && next.is_none_or(|next| next.number != Some(1)) && in_sequence >= 2;
        if restarts {
            (sequence, in_sequence) = (sequence + 1, 0);
        }
        in_sequence += 1;
        let end = next.map_or(body.len(), |next| next.at);
        let after: Vec<&Line> = body.get(head.at + head.lines..end).unwrap_or_default().to_vec();
        let ends_sequence = next.is_none_or(|next| next.number == Some(1));
        let (own, rest) = body::split(&after, ends_sequence, next.is_some());
        let Some(line) = body.get(head.at) else { continue };
        let (heading, inline) = head::heading(&head.rest);
        let mut paragraphs = body::paragraphs(&own);
        if !inline.is_empty() {
            body::prepend(&mut paragraphs, &inline, line);
        }
        it.articles.push(Article {
            number: head.number,
            suffix: head.suffix.clone(),
            heading,
            line: line.number,
            page: line.page,
            paragraphs,
            sequence,
            is_point: line.text.trim_start().get(..5).is_some_and(|word| word.eq_ignore_ascii_case("punto")),
        });
        it.closing.extend(body::paragraphs(&rest));
    }
    it
}

/// What is left when no heading has a number: headings that name a matter, or are in capitals if those are about as many (a title may name a matter too), or clauses.
fn unnumbered(lines: &[&Line]) -> Vec<Head> {
    let (bare, capitals) = (bare(lines), head::in_capitals(lines));
    if capitals.len() >= 4 && capitals.len() + 2 > bare.len() {
        return capitals;
    }
    let clauses = head::clauses(lines);
    if bare.is_empty() && clauses.len() >= 4 { clauses } else { bare }
}

/// Bare headings: short lines by themselves that name a matter of the vocabulary, at least three of them; then those of the
/// same shape between the premises and the last of these, each over a text.
fn bare(lines: &[&Line]) -> Vec<Head> {
    let alone = |at: Option<usize>| {
        at.and_then(|at| lines.get(at)).is_none_or(|line| line.text.trim().is_empty() || line.whole)
    };
    let shaped = |at: usize, line: &Line| {
        let text = line.text.trim().trim_end_matches(':');
        let short = text.chars().count() <= 70 && !text.ends_with(['.', ';', ',']) && text.split(' ').count() <= 9;
        short && text.chars().next().is_some_and(char::is_uppercase) && alone(at.checked_sub(1))
    };
    let matters: Vec<usize> = lines
        .iter()
        .enumerate()
        .filter(|(at, line)| shaped(*at, line) && vocabulary::names_a_matter(line.text.trim().trim_end_matches(':')))
        .map(|(at, _)| at)
        .collect();
    let Some(last) = matters.last().copied().filter(|_| matters.len() >= 3) else { return Vec::new() };
    let premises = lines.iter().take(last).rposition(|line| head::opens_premises(&line.text));
    let over_a_text = |at: usize| {
        alone(Some(at + 1))
            && lines
                .iter()
                .skip(at + 1)
                .map(|line| line.text.trim())
                .find(|text| !text.is_empty())
                .is_some_and(|below| below.chars().count() > LONG && below.ends_with(['.', ';', ':']))
    };
    lines
        .iter()
        .enumerate()
        .take(last + 1)
        .filter(|(at, line)| {
            let between = premises.is_some_and(|premises| premises < *at) && shaped(*at, line) && over_a_text(*at);
            matters.binary_search(at).is_ok() || between && !line.text.contains(',')
        })
        .map(|(at, line)| {
            let rest = line.text.trim().trim_end_matches(':').to_owned();
            Head { at, number: None, suffix: String::new(), rest, lines: 1, listed: false }
        })
        .collect()
}

/// Characters of a line that is text, not a heading.
const LONG: usize = 100;
