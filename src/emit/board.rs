//! `quadro.pdf`: the state of the convention as a picture, on a page or two, for people who would rather look. Called by
//! `pipeline` with plain values; the layout is `templates/layout/quadro.typ`.
//!
//! Here figures become words and lengths, and what is too much to be read is put together; the layout only draws. The
//! bytes depend on the values alone, of which the day is one.

mod line;
mod money;

use chrono::{Datelike, NaiveDate};
use serde::Serialize;

use super::EmitError;
use super::pdf::Press;
use crate::date;
use crate::dossier::{Deadline, Standing};
use crate::italian::{count, grouped};
use crate::money::Money;

/// The layout of the picture.
const LAYOUT: &str = include_str!("../../templates/layout/quadro.typ");

/// Most bodies named one by one under a state that calls for attention.
const MOST_NAMES: usize = 6;

/// What the picture shows.
#[derive(Debug, Clone)]
pub struct Board<'a> {
    /// Title of the convention; may be empty.
    pub title: &'a str,
    /// Name of the lead body; may be empty.
    pub lead: &'a str,
    /// First and last day of the convention.
    pub term: (Option<NaiveDate>, Option<NaiveDate>),
    /// The day it speaks of.
    pub day: NaiveDate,
    /// The slice of the run, "1/4", where only a slice was made.
    pub slice: Option<&'a str>,
    /// The bodies that adhere on their own, with where they stand.
    pub bodies: Vec<(&'a str, Standing)>,
    /// How many bodies adhere through their Union.
    pub members: usize,
    /// Acts in the output folder.
    pub produced: usize,
    /// Acts withheld.
    pub withheld: usize,
    /// What each body owes: name, kind in the plural ("Comuni"), sum of a year without VAT.
    pub shares: Vec<Share<'a>>,
    /// What all bodies together owe, by contract year, without VAT: first and last day, sum.
    pub years: Vec<(NaiveDate, NaiveDate, Money)>,
    /// Days not to be missed, in any order.
    pub deadlines: &'a [Deadline],
}

/// What a body owes in a year.
#[derive(Debug, Clone)]
pub struct Share<'a> {
    /// Name of the body.
    pub name: &'a str,
    /// Kind, in the plural.
    pub kind: &'a str,
    /// Without VAT.
    pub yearly: Money,
}

/// Fonts and layout of the picture.
pub struct BoardPress(Press);

impl BoardPress {
    /// Loads fonts and layout.
    ///
    /// # Errors
    /// Only for a fault of the program.
    pub fn new() -> Result<Self, EmitError> {
        Press::of(LAYOUT).map(Self)
    }

    /// The PDF of the picture: PDF/A-2a and PDF/UA-1, as the acts. It wants the same thread as [`Press::pdf`].
    ///
    /// # Errors
    /// What Typst refuses: never the data's fault, since what no font can print is shown as "□".
    pub fn pdf(&self, board: &Board<'_>) -> Result<Vec<u8>, EmitError> {
        let drawn = Drawn::of(board, &|text| self.0.printable(text));
        self.0.print(serde_json::to_vec(&drawn)?)
    }
}

/// The picture in words and lengths, as the layout wants it.
#[derive(Debug, Serialize)]
struct Drawn {
    title: String,
    author: String,
    subject: String,
    /// ISO, for the document's properties.
    date: String,
    day: String,
    lead: String,
    term: String,
    tiles: Vec<Tile>,
    bodies: usize,
    states: Vec<State>,
    states_alt: String,
    notes: Vec<Note>,
    line: Option<line::Line>,
    money: Option<money::Drawing>,
}

/// A figure with its name.
#[derive(Debug, Serialize)]
struct Tile {
    value: String,
    label: String,
    /// It calls for attention.
    alert: bool,
}

/// How many bodies stand somewhere.
#[derive(Debug, Serialize)]
struct State {
    key: &'static str,
    label: &'static str,
    count: usize,
}

/// Names of the bodies that call for attention.
#[derive(Debug, Serialize)]
struct Note {
    key: &'static str,
    label: &'static str,
    names: String,
}

impl Drawn {
    fn of(board: &Board<'_>, printable: &dyn Fn(&str) -> String) -> Self {
        let title = if board.title.is_empty() { "Quadro della convenzione" } else { board.title };
        let day = date::long(board.day);
        let states: Vec<State> = Standing::ALL
            .into_iter()
            .map(|standing| State {
                key: key(standing),
                label: standing.italian(),
                count: board.bodies.iter().filter(|(_, found)| *found == standing).count(),
            })
            .filter(|state| state.count > 0)
            .collect();
        let spoken: Vec<String> = states.iter().map(|state| format!("{} {}", state.count, state.label)).collect();
        let notes = [Standing::Withheld, Standing::Leaving].into_iter().filter_map(|standing| {
            let names: Vec<String> =
                board.bodies.iter().filter(|(_, found)| *found == standing).map(|(name, _)| printable(name)).collect();
            let shown = names.iter().take(MOST_NAMES).cloned().collect::<Vec<_>>().join(", ");
            let more = names.len().saturating_sub(MOST_NAMES);
            let names = if more > 0 { format!("{shown} e {}", count(more, "altro", "altri")) } else { shown };
            (!names.is_empty()).then(|| Note { key: key(standing), label: standing.italian(), names })
        });
        Self {
            title: printable(title),
            author: printable(if board.lead.is_empty() { "Scrivano" } else { board.lead }),
            subject: format!("Quadro della convenzione al {day}"),
            date: board.day.format("%Y-%m-%d").to_string(),
            lead: printable(board.lead),
            term: term(board.term),
            tiles: tiles(board),
            bodies: board.bodies.len(),
            states_alt: format!(
                "{}: {}.",
                count(board.bodies.len(), "ente aderente", "enti aderenti"),
                if spoken.is_empty() { "nessuno stato".to_owned() } else { spoken.join(", ") }
            ),
            states,
            notes: notes.collect(),
            line: line::Line::of(board, printable),
            money: money::Drawing::of(board, printable),
            day,
        }
    }
}

/// "dal 1° gennaio 2026 al 31 dicembre 2030".
fn term((start, end): (Option<NaiveDate>, Option<NaiveDate>)) -> String {
    let joined = |word: &str, day: NaiveDate| match day.day() {
        8 | 11 => format!("{word}l’{}", date::long(day)),
        _ => format!("{word} {}", date::long(day)),
    };
    [start.map(|day| joined("dal", day)), end.map(|day| joined("al", day))]
        .into_iter()
        .flatten()
        .collect::<Vec<_>>()
        .join(" ")
}

fn tiles(board: &Board<'_>) -> Vec<Tile> {
    let figure = |n: usize| grouped(n as u64);
    let tile = |value: String, label: &str| Tile { value, label: label.to_owned(), alert: false };
    let one_or_many = |n: usize, one: &str, many: &str| if n == 1 { one.to_owned() } else { many.to_owned() };
    let mut bodies = one_or_many(board.bodies.len(), "ente aderente", "enti aderenti");
    if board.members > 0 {
        bodies = format!("{bodies}, più {} con la propria Unione", figure(board.members));
    }
    let slice = board.slice.map(|slice| format!(", parte {slice}")).unwrap_or_default();
    let produced = one_or_many(board.produced, "atto prodotto", "atti prodotti") + &slice;
    let mut tiles = vec![tile(figure(board.bodies.len()), &bodies), tile(figure(board.produced), &produced)];
    let withheld = one_or_many(board.withheld, "atto trattenuto", "atti trattenuti") + &slice;
    tiles.push(Tile { alert: board.withheld > 0, ..tile(figure(board.withheld), &withheld) });
    if let Some((_, _, sum)) = board.years.first() {
        let period = money::uneven_year(board);
        let label = period.map_or_else(|| "quote annue senza IVA".to_owned(), |it| format!("quote {it} senza IVA"));
        tiles.push(tile(sum.to_string(), &label));
    }
    tiles
}

/// The name by which the layout knows the colour of a standing.
fn key(standing: Standing) -> &'static str {
    match standing {
        Standing::Executive => "executive",
        Standing::Adopted => "adopted",
        Standing::Proposed => "proposed",
        Standing::Unvoted => "unvoted",
        Standing::Withheld => "withheld",
        Standing::Leaving => "leaving",
    }
}

#[cfg(test)]
mod tests;
