//! The deadlines of the picture: pins on a line to scale, each with a number, and under it the list of the numbers. Pins
//! that would touch go one above the other.

use chrono::{Datelike, NaiveDate};
use serde::Serialize;

use super::Board;
use crate::date;
use crate::italian::count;

/// Most deadlines shown: those to come first, the latest past ones where there is room.
const MOST: usize = 8;
/// Least distance of pins on the same height, of the length of the line.
const APART: f64 = 0.032;
/// Longest line, in days, with the quarters of years.
const QUARTERS: i64 = 1_200;
/// Least distance of the labels of years, of the length of the line.
const LABELS_APART: f64 = 0.055;

/// The line, with positions from 0 to 1.
#[derive(Debug, Serialize)]
pub struct Line {
    /// The first days of years, or of their quarters.
    pub ticks: Vec<Tick>,
    /// First and last day of the convention, where they are known.
    pub term: Option<(f64, f64)>,
    /// The day the picture speaks of.
    pub today: f64,
    /// Pins and list, by day.
    pub pins: Vec<Pin>,
    /// How many heights the pins take.
    pub lanes: usize,
    /// What is left out, in words.
    pub more: String,
    /// The same for those who cannot see it.
    pub alt: String,
}

/// A year.
#[derive(Debug, Serialize)]
pub struct Tick {
    /// Where.
    pub at: f64,
    /// "2026"; empty where there is no room.
    pub label: String,
}

/// A deadline.
#[derive(Debug, Serialize)]
pub struct Pin {
    /// Where.
    pub at: f64,
    /// Its height, from 0.
    pub lane: usize,
    /// Its number in the list.
    pub number: usize,
    /// "past", "near" or "far".
    pub tone: &'static str,
    /// "02/10/2026".
    pub day: String,
    /// What it is.
    pub what: String,
    /// Whom it concerns, and how far it is: "fra 30 giorni".
    pub when: String,
}

/// A day, what falls on it, and whom it concerns; how many rows of the register say so.
struct Due {
    day: NaiveDate,
    what: String,
    who: String,
    rows: usize,
}

impl Line {
    /// `None` where there are no deadlines.
    pub fn of(board: &Board<'_>, printable: &dyn Fn(&str) -> String) -> Option<Self> {
        let all = gathered(board, printable);
        let to_come = all.iter().filter(|due| due.day >= board.day).count();
        let skipped = (all.len() - to_come).saturating_sub(MOST.saturating_sub(to_come));
        let shown: Vec<&Due> = all.iter().skip(skipped).take(MOST).collect();
        let left_out = all.len() - shown.len();
        // The whole term, unless it would press what is shown into a corner.
        let term = if left_out == 0 { board.term } else { (None, None) };
        let (first, last) = (shown.first()?.day, shown.last()?.day);
        let days = [term.0, term.1, Some(board.day), Some(first), Some(last)].into_iter().flatten();
        let (start, end) = (days.clone().min()?, days.max()?);
        let length = end.signed_duration_since(start).num_days().max(1) as f64;
        let at = |day: NaiveDate| thousandths(day.signed_duration_since(start).num_days() as f64 / length);
        let mut ends: Vec<f64> = Vec::new();
        let mut pins = Vec::new();
        for (number, due) in (1..).zip(&shown) {
            let here = at(due.day);
            let lane = ends.iter().position(|end| here - end >= APART).unwrap_or(ends.len());
            match ends.get_mut(lane) {
                Some(end) => *end = here,
                None => ends.push(here),
            }
            let left = due.day.signed_duration_since(board.day).num_days();
            let far = match left {
                ..0 => "passata".to_owned(),
                0 => "oggi".to_owned(),
                1 => "domani".to_owned(),
                2..=365 => format!("fra {left} giorni"),
                _ => String::new(),
            };
            pins.push(Pin {
                at: here,
                lane,
                number,
                tone: match left {
                    i64::MIN..0 => "past",
                    0..=90 => "near",
                    _ => "far",
                },
                day: date::short(due.day),
                what: due.what.clone(),
                when: [far, due.who.clone()]
                    .iter()
                    .filter(|it| !it.is_empty())
                    .cloned()
                    .collect::<Vec<_>>()
                    .join(" · "),
            });
        }
        let spoken: Vec<String> = pins.iter().map(|pin| format!("{}, {}: {}", pin.number, pin.day, pin.what)).collect();
        Some(Self {
            ticks: ticks(start, end, &at),
            term: board
                .term
                .0
                .zip(board.term.1)
                .filter(|(from, to)| *from <= end && *to >= start)
                .map(|(from, to)| (at(from.max(start)), at(to.min(end)))),
            today: at(board.day),
            lanes: ends.len(),
            more: if left_out == 0 {
                String::new()
            } else {
                let others = count(left_out, "altra scadenza", "altre scadenze");
                format!("{others} nel foglio «Scadenze» del registro.")
            },
            alt: format!(
                "Linea del tempo dal {} al {}, con {}. {}.",
                date::short(start),
                date::short(end),
                count(pins.len(), "scadenza", "scadenze"),
                spoken.join("; ")
            ),
            pins,
        })
    }
}

/// The deadlines by day, those of the same day and kind together.
fn gathered(board: &Board<'_>, printable: &dyn Fn(&str) -> String) -> Vec<Due> {
    let mut sorted: Vec<_> = board.deadlines.iter().collect();
    sorted.sort_by(|a, b| (a.day, &a.what, a.who()).cmp(&(b.day, &b.what, b.who())));
    let mut all: Vec<Due> = Vec::new();
    for deadline in sorted {
        let what = printable(&deadline.what);
        match all.last_mut() {
            Some(last) if last.day == deadline.day && last.what == what => {
                last.rows += 1;
                last.who = count(last.rows, "ente", "enti");
            }
            _ => all.push(Due { day: deadline.day, what, who: printable(deadline.who()), rows: 1 }),
        }
    }
    all
}

/// The first days of years, on a short line of quarters, with labels where there is room.
fn ticks(start: NaiveDate, end: NaiveDate, at: &dyn Fn(NaiveDate) -> f64) -> Vec<Tick> {
    let months: &[u32] = if end.signed_duration_since(start).num_days() <= QUARTERS { &[1, 4, 7, 10] } else { &[1] };
    let mut labelled = f64::NEG_INFINITY;
    (start.year()..=end.year())
        .take(200)
        .flat_map(|year| months.iter().filter_map(move |month| NaiveDate::from_ymd_opt(year, *month, 1)))
        .filter(|day| *day >= start && *day <= end)
        .map(|day| {
            let here = at(day);
            let has_room = here - labelled >= LABELS_APART;
            if has_room {
                labelled = here;
            }
            let label = match day.month() {
                1 => day.year().to_string(),
                4 => "apr".to_owned(),
                7 => "lug".to_owned(),
                _ => "ott".to_owned(),
            };
            Tick { at: here, label: if has_room { label } else { String::new() } }
        })
        .collect()
}

/// Rounded, so that the bytes do not hang on the last bit.
fn thousandths(position: f64) -> f64 {
    (position * 10_000.0).round() / 10_000.0
}
