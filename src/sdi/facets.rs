//! Does a text fit its kind? The facets of the simple types of schema 1.2.3 (XML Schema 1.0 part 2), written out by hand:
//! the patterns are few and small. Each answer can also be said in Italian. Called by `sdi::format`.

#[cfg(test)]
mod tests;

use std::borrow::Cow;

use chrono::NaiveDate;

use super::schema::{Alphabet, Kind, Space};

/// True where the text, after its spaces are treated, is of the kind.
pub(super) fn fits(kind: Kind, raw: &str) -> bool {
    let text = &*spaces(whitespace(kind), raw);
    match kind {
        Kind::Word(words) => words.contains(&text),
        Kind::Text(alphabet, _, least, most) => {
            let length = text.chars().take(most + 1).count();
            (least..=most).contains(&length) && text.chars().all(|c| alphabet.has(c))
        }
        Kind::Capitals(length) => text.len() == length && text.bytes().all(|b| b.is_ascii_uppercase()),
        Kind::Digits(length) => text.len() == length && digits(text),
        Kind::Code(least, most) => {
            (least..=most).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit())
        }
        Kind::Iban => iban(text),
        Kind::Bic => bic(text),
        Kind::Contact => contact(text),
        Kind::Email => text.chars().count() <= 256 && email(text),
        Kind::Number(negative, whole, least, most) => {
            let text = text.strip_prefix('-').filter(|_| negative).unwrap_or(text);
            text.split_once('.').is_some_and(|(before, after)| {
                digits(before)
                    && digits(after)
                    && (1..=whole).contains(&before.len())
                    && (least..=most).contains(&after.len())
            })
        }
        Kind::Rate => text.split_once('.').is_some_and(|(before, after)| {
            let hundredths = format!("{before}{after}").parse::<u32>();
            digits(before)
                && digits(after)
                && before.len() <= 3
                && after.len() == 2
                && hundredths.is_ok_and(|n| n <= 10_000)
        }),
        Kind::Whole(least, most) => {
            let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
            let number = unsigned.trim_start_matches('0');
            let number = if number.is_empty() { Ok(0) } else { number.parse::<u32>() };
            let negative = text.starts_with('-') && number != Ok(0);
            digits(unsigned) && !negative && number.is_ok_and(|number| (least..=most).contains(&number))
        }
        Kind::Date => day(text).is_some(),
        Kind::RecentDate => day(text).is_some_and(|day| day.since_1970()),
        Kind::Moment => moment(text),
        Kind::Bytes => base64(text),
    }
}

/// How the kind treats spaces.
fn whitespace(kind: Kind) -> Space {
    match kind {
        Kind::Text(_, space, ..) => space,
        Kind::Email
        | Kind::Number(..)
        | Kind::Rate
        | Kind::Whole(..)
        | Kind::Date
        | Kind::RecentDate
        | Kind::Moment
        | Kind::Bytes => Space::Collapse,
        _ => Space::Preserve,
    }
}

fn spaces(space: Space, text: &str) -> Cow<'_, str> {
    const BLANKS: [char; 4] = [' ', '\t', '\n', '\r'];
    match space {
        Space::Preserve => Cow::Borrowed(text),
        Space::Replace => Cow::Owned(text.replace(['\t', '\n', '\r'], " ")),
        Space::Collapse => Cow::Owned(text.split(BLANKS).filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")),
    }
}

impl Alphabet {
    fn has(self, c: char) -> bool {
        match self {
            Self::Basic => c.is_ascii(),
            Self::Latin => u32::from(c) <= 0xFF,
            Self::Any => true,
        }
    }

    /// The first character of the text that does not belong.
    pub fn stranger(self, text: &str) -> Option<char> {
        text.chars().find(|c| !self.has(*c))
    }
}

fn digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())
}

/// `[a-zA-Z]{2}[0-9]{2}[a-zA-Z0-9]{11,30}`
fn iban(text: &str) -> bool {
    let bytes = text.as_bytes();
    (15..=34).contains(&bytes.len())
        && bytes.iter().enumerate().all(|(index, b)| match index {
            0 | 1 => b.is_ascii_alphabetic(),
            2 | 3 => b.is_ascii_digit(),
            _ => b.is_ascii_alphanumeric(),
        })
}

/// `[A-Z]{6}[A-Z2-9][A-NP-Z0-9]([A-Z0-9]{3})?`
fn bic(text: &str) -> bool {
    let bytes = text.as_bytes();
    matches!(bytes.len(), 8 | 11)
        && bytes.iter().enumerate().all(|(index, b)| match index {
            0..=5 => b.is_ascii_uppercase(),
            6 => b.is_ascii_uppercase() || (b'2'..=b'9').contains(b),
            7 => (b.is_ascii_uppercase() && *b != b'O') || b.is_ascii_digit(),
            _ => b.is_ascii_uppercase() || b.is_ascii_digit(),
        })
}

/// `.+@.+[.]+.+`, 7 to 256 characters, no line ends.
fn contact(text: &str) -> bool {
    let characters: Vec<char> = text.chars().take(257).collect();
    let length = characters.len();
    if !(7..=256).contains(&length) || characters.iter().any(|c| matches!(c, '\n' | '\r')) {
        return false;
    }
    let at = characters.iter().skip(1).position(|c| *c == '@').map(|position| position + 1);
    at.is_some_and(|at| characters.iter().take(length - 1).skip(at + 2).any(|c| *c == '.'))
}

/// A local part (dotted atoms, or one quoted), `@`, a domain (dotted atoms, or one in brackets).
fn email(text: &str) -> bool {
    fn atoms(text: &str) -> bool {
        let atom = |c: char| c.is_ascii_graphic() && !"\"(),.:;<>@[\\]".contains(c);
        text.split('.').all(|part| !part.is_empty() && part.chars().all(atom))
    }
    text.char_indices().filter(|(_, c)| *c == '@').any(|(at, _)| {
        let local = text.get(..at).unwrap_or_default();
        let domain = text.get(at + 1..).unwrap_or_default();
        let inside = domain.strip_prefix('[').and_then(|rest| rest.strip_suffix(']'));
        let literal = inside.is_some_and(|inside| inside.chars().all(|c| matches!(c, '\t' | ' '..='Z' | '^'..='~')));
        (atoms(local) || quoted_local(local)) && (atoms(domain) || literal)
    })
}

/// The quoted alternative of the schema: escaped characters between quotes. (The schema's own slip makes it hardly
/// useful: `(\[\]!#-[^-~ \t]|(\\[\t -~]))+`; it is followed to the letter.)
fn quoted_local(text: &str) -> bool {
    let Some(mut rest) = text.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')) else { return false };
    if rest.is_empty() {
        return false;
    }
    while !rest.is_empty() {
        let (prefix, any): (&str, fn(char) -> bool) = match rest.starts_with('\\') {
            true => ("\\", |c| matches!(c, '\t' | ' '..='~')),
            false => ("[]!#-", |c| !matches!(c, '-' | '~' | ' ' | '\t')),
        };
        let Some(after) = rest.strip_prefix(prefix) else { return false };
        let Some(c) = after.chars().next().filter(|c| any(*c)) else { return false };
        rest = after.get(c.len_utf8()..).unwrap_or_default();
    }
    true
}

/// A day of XML Schema: with its time zone in minutes, if it has one.
struct Day {
    /// Negative, or with more than four digits: outside any use, and outside chrono.
    far: Option<bool>,
    date: Option<NaiveDate>,
    zone: Option<i64>,
}

impl Day {
    /// Not before 1970-01-01. Between a day with a time zone and one without the order is partial (XML Schema part 2,
    /// 3.2.7.4): what cannot be told is not enough.
    fn since_1970(&self) -> bool {
        match (self.far, self.date, self.zone) {
            (Some(future), ..) => future,
            (None, Some(date), zone) => {
                let days = date.signed_duration_since(NaiveDate::default()).num_days();
                zone.map_or(days >= 0, |zone| days * 1440 - zone > 14 * 60)
            }
            (None, None, _) => false,
        }
    }
}

fn day(text: &str) -> Option<Day> {
    let (negative, unsigned) = text.strip_prefix('-').map_or((false, text), |rest| (true, rest));
    let (year, rest) = unsigned.split_once('-')?;
    let zone_at = rest.get(5..)?;
    let (month, day) = rest.get(..5)?.split_once('-')?;
    let long = year.len() > 4;
    if !digits(year) || year.len() < 4 || (long && year.starts_with('0')) || year.bytes().all(|b| b == b'0') {
        return None;
    }
    if month.len() != 2 || day.len() != 2 || !digits(month) || !digits(day) {
        return None;
    }
    let zone = zone(zone_at)?;
    // The calendar repeats every 400 years: far years borrow the month's length from a near one.
    let within = year.get(year.len() - 4..)?.parse::<i32>().ok()? + 2000;
    let within = if negative && !long { year.parse::<i32>().ok()? } else { within };
    let near = if long || negative { within } else { year.parse().ok()? };
    let date = NaiveDate::from_ymd_opt(near, month.parse().ok()?, day.parse().ok()?)?;
    let far = (long || negative).then_some(!negative);
    Some(Day { far, date: Some(date), zone })
}

/// `Z`, `+hh:mm`, `-hh:mm` up to 14 hours, or nothing.
fn zone(text: &str) -> Option<Option<i64>> {
    if text.is_empty() {
        return Some(None);
    }
    if text == "Z" {
        return Some(Some(0));
    }
    let sign = match text.as_bytes().first()? {
        b'+' => 1,
        b'-' => -1,
        _ => return None,
    };
    let (hours, minutes) = text.get(1..)?.split_once(':')?;
    if hours.len() != 2 || minutes.len() != 2 || !digits(hours) || !digits(minutes) {
        return None;
    }
    let (hours, minutes) = (hours.parse::<i64>().ok()?, minutes.parse::<i64>().ok()?);
    (minutes < 60 && hours * 60 + minutes <= 14 * 60).then_some(Some(sign * (hours * 60 + minutes)))
}

fn moment(text: &str) -> bool {
    let Some((date, time)) = text.split_once('T') else { return false };
    let Some(clock) = time.get(..8) else { return false };
    let mut rest = time.get(8..).unwrap_or_default();
    let mut fraction = "";
    if let Some(after) = rest.strip_prefix('.') {
        let length = after.bytes().take_while(u8::is_ascii_digit).count();
        if length == 0 {
            return false;
        }
        (fraction, rest) = (after.get(..length).unwrap_or_default(), after.get(length..).unwrap_or_default());
    }
    let parts: Vec<&str> = clock.split(':').collect();
    let [hours, minutes, seconds] = parts.as_slice() else { return false };
    let number = |text: &str| digits(text).then(|| text.parse::<u32>().ok()).flatten().filter(|_| text.len() == 2);
    let (Some(hours), Some(minutes), Some(seconds)) = (number(hours), number(minutes), number(seconds)) else {
        return false;
    };
    let midnight = hours == 24 && minutes == 0 && seconds == 0 && fraction.bytes().all(|b| b == b'0');
    let clock = midnight || (hours < 24 && minutes < 60 && seconds < 60);
    let dated = day(date).is_some_and(|day| day.zone.is_none());
    clock && dated && zone(rest).is_some()
}

/// Base64 of XML Schema: single spaces allowed, the unused bits of the last group zero.
fn base64(text: &str) -> bool {
    let letters: Vec<u8> = text.bytes().filter(|b| *b != b' ').collect();
    let padding = letters.iter().rev().take_while(|b| **b == b'=').count();
    let body = letters.get(..letters.len() - padding).unwrap_or_default();
    let last = body.last().copied().unwrap_or(b'A');
    letters.len().is_multiple_of(4)
        && body.iter().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'/'))
        && match padding {
            0 => true,
            1 => b"AEIMQUYcgkosw048".contains(&last),
            2 => b"AQgw".contains(&last),
            _ => false,
        }
}

/// What the kind wants, in Italian.
pub(super) fn wanted(kind: Kind) -> String {
    let range = |least: usize, most: usize| {
        if least == most { format!("{least}") } else { format!("da {least} a {most}") }
    };
    match kind {
        Kind::Word([only]) => format!("solo «{only}»"),
        Kind::Word(words) => format!("uno fra {}", words.join(", ")),
        Kind::Text(alphabet, _, least, most) => {
            let which = match alphabet {
                Alphabet::Basic => " senza accenti né simboli (Basic Latin)",
                Alphabet::Latin => " dell’alfabeto latino (Latin-1)",
                Alphabet::Any => "",
            };
            format!("{} caratteri{which}", range(least, most))
        }
        Kind::Capitals(length) => format!("{length} lettere maiuscole"),
        Kind::Digits(length) => format!("{length} cifre"),
        Kind::Code(least, most) => format!("{} fra lettere maiuscole e cifre, senza spazi", range(least, most)),
        Kind::Iban => "un IBAN: due lettere, due cifre e da 11 a 30 lettere o cifre, senza spazi".to_owned(),
        Kind::Bic => "un BIC: 8 o 11 fra lettere maiuscole e cifre".to_owned(),
        Kind::Contact | Kind::Email => "un indirizzo di posta elettronica, al più di 256 caratteri".to_owned(),
        Kind::Number(negative, whole, least, most) => {
            let sign = if negative { "" } else { " senza segno" };
            let decimals = range(least, most);
            format!("un numero{sign} con il punto, al più {whole} cifre prima e {decimals} dopo (per esempio 1200.00)")
        }
        Kind::Rate => "una percentuale da 0.00 a 100.00, con il punto e due decimali (per esempio 22.00)".to_owned(),
        Kind::Whole(least, most) => format!("un numero intero da {least} a {most}"),
        Kind::Date => "una data nella forma AAAA-MM-GG".to_owned(),
        Kind::RecentDate => "una data nella forma AAAA-MM-GG, dal 1970 in poi".to_owned(),
        Kind::Moment => "data e ora nella forma AAAA-MM-GGThh:mm:ss".to_owned(),
        Kind::Bytes => "un file in base64".to_owned(),
    }
}
