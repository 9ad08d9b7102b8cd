//! Deadlines as an iCalendar file (RFC 5545), for any calendar program. Called by the face that answers `scadenze`.
//!
//! The bytes depend on the arguments only: the stamp is the day given, and an event keeps its identifier when its day
//! changes, so that a calendar read again moves what it has instead of doubling it.

use std::fmt::Write as _;

use chrono::{DateTime, Duration, NaiveDate, NaiveTime, Utc};
use icalendar::{Alarm, Calendar, Component, Event, EventLike, Property};

use super::bundle::sha256;
use crate::dossier::Deadline;

/// Days before a deadline on which the calendar warns.
pub const ALARM_DAYS: i64 = 7;
/// Characters of the digest that make an identifier.
const IDENTIFIER: usize = 32;

/// The calendar. `title` is its name; `convention` what tells this convention and term from any other, in the identifiers;
/// `today` the stamp, and the day from which alarms make sense.
///
/// # Errors
/// None in practice: text is written to memory.
pub fn calendar(
    title: &str,
    convention: &str,
    deadlines: &[Deadline],
    today: NaiveDate,
) -> Result<Vec<u8>, std::fmt::Error> {
    let stamp = today.and_time(NaiveTime::MIN).and_utc();
    let mut calendar = Calendar::empty();
    for (key, value) in
        [("VERSION", "2.0"), ("PRODID", "-//Scrivano//Scadenze//IT"), ("CALSCALE", "GREGORIAN"), ("METHOD", "PUBLISH")]
    {
        calendar.append_property(Property::new(key, value));
    }
    calendar.name(title);
    for deadline in deadlines {
        calendar.push(event(convention, deadline, today, stamp));
    }
    let mut text = String::new();
    write!(text, "{calendar}")?;
    Ok(text.into_bytes())
}

fn event(convention: &str, deadline: &Deadline, today: NaiveDate, stamp: DateTime<Utc>) -> Event {
    let whose = deadline.body.as_ref();
    let code = whose.map_or("", |body| body.code.as_str());
    let identity = [convention, deadline.kind.slug(), &deadline.key, code].join("\n");
    let identifier: String = sha256(identity.as_bytes()).chars().take(IDENTIFIER).collect();
    let summary = match whose {
        Some(body) => format!("{}: {}", body.name, deadline.what),
        None => deadline.what.clone(),
    };
    let mut event = Event::new();
    event.uid(&format!("{identifier}@scrivano")).timestamp(stamp);
    event.starts(deadline.day);
    if let Some(next) = deadline.day.succ_opt() {
        event.ends(next);
    }
    event.summary(&plain(&summary)).description(&plain(&deadline.basis));
    event.add_property("TRANSP", "TRANSPARENT");
    event.add_property("CATEGORIES", deadline.kind.italian());
    if deadline.day >= today && !deadline.kind.is_effect() {
        let mut alarm = Alarm::display(&plain(&summary), Duration::days(-ALARM_DAYS));
        // A duration in seconds, as the library writes it, is legal but not every program reads it.
        alarm.add_property("TRIGGER", format!("-P{ALARM_DAYS}D"));
        // Without these the library would write the clock and chance.
        alarm.uid(&format!("{identifier}-avviso@scrivano")).timestamp(stamp);
        event.alarm(alarm);
    }
    event.done()
}

/// Calendars show no-break spaces as they please.
fn plain(text: &str) -> String {
    text.replace(['\u{a0}', '\r', '\n'], " ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dossier::{Concerned, DeadlineKind};
    use crate::place::Place;

    fn day(y: i32, m: u32, d: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(y, m, d).expect("a day")
    }

    fn deadlines() -> [Deadline; 3] {
        let of = |kind, day, what: &str, body: Option<&str>| Deadline {
            day,
            kind,
            key: "2027".to_owned(),
            what: what.to_owned(),
            basis: "articolo sul recesso; 90 giorni, non uno di più".to_owned(),
            place: Place::None,
            body: body.map(|name| Concerned { code: "c_b636".to_owned(), name: name.to_owned() }),
        };
        [
            of(
                DeadlineKind::Withdrawal,
                day(2026, 10, 2),
                "Recesso «entro» il 1°\u{a0}gennaio perché così è più lungo di una riga di settantacinque ottetti",
                None,
            ),
            of(DeadlineKind::Executive, day(2026, 12, 31), "Esecutiva", Some("Comune di Cantiano")),
            of(DeadlineKind::Charge, day(2025, 10, 31), "Addebito", None),
        ]
    }

    fn written(deadlines: &[Deadline], today: NaiveDate) -> String {
        String::from_utf8(calendar("Prova", "p-pu 2026", deadlines, today).expect("a calendar")).expect("UTF-8")
    }

    /// Logical lines, unfolded as RFC 5545 section 3.1 says.
    fn lines(text: &str) -> Vec<String> {
        text.replace("\r\n ", "").split_terminator("\r\n").map(str::to_owned).collect()
    }

    #[test]
    fn lines_are_short_and_end_as_they_must() {
        let text = written(&deadlines(), day(2026, 1, 10));
        assert!(text.ends_with("END:VCALENDAR\r\n") && text.matches('\n').count() == text.matches("\r\n").count());
        assert!(text.split("\r\n").all(|line| line.len() <= 75), "{text}");
        assert!(lines(&text).iter().all(|line| line.contains(':')), "{text}");
    }

    #[test]
    fn events_last_the_day_and_name_the_body() {
        let lines = lines(&written(&deadlines(), day(2026, 1, 10)));
        let all = |start: &str| lines.iter().filter(|line| line.starts_with(start)).cloned().collect::<Vec<_>>();
        assert_eq!(all("BEGIN:VEVENT").len(), 3);
        assert!(lines.contains(&"DTSTART;VALUE=DATE:20261231".to_owned()));
        assert!(lines.contains(&"DTEND;VALUE=DATE:20270101".to_owned()), "the end is the day after");
        assert!(lines.contains(&"SUMMARY:Comune di Cantiano: Esecutiva".to_owned()));
        assert!(lines.contains(&"DESCRIPTION:articolo sul recesso\\; 90 giorni\\, non uno di più".to_owned()));
        assert_eq!(all("BEGIN:VALARM").len(), 1, "neither for what is past nor for what happens by itself");
        assert_eq!(all("TRIGGER"), ["TRIGGER:-P7D"]);
        assert!(all("DTSTAMP").iter().all(|line| line == "DTSTAMP:20260110T000000Z"));
    }

    #[test]
    fn identifiers_hold_when_the_day_moves_and_differ_between_events() {
        let identifiers = |text: String| {
            let found: Vec<String> = lines(&text).into_iter().filter(|line| line.starts_with("UID:")).collect();
            found
        };
        let before = deadlines();
        let mut after = deadlines();
        after.iter_mut().for_each(|deadline| deadline.day = day(2029, 5, 5));
        let own = |list: &[Deadline]| {
            let all = identifiers(written(list, day(2026, 1, 10)));
            all.into_iter().filter(|line| !line.contains("avviso")).collect::<Vec<_>>()
        };
        assert_eq!(own(&before), own(&after));
        let mut distinct = own(&before);
        distinct.sort();
        distinct.dedup();
        assert_eq!(distinct.len(), 3);
        assert!(written(&before, day(2026, 1, 10)) == written(&before, day(2026, 1, 10)), "same bytes");
    }
}
