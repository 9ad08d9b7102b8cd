//! Numbers as Italians type them: "12.345", "1.200,00", "€ 0,15".

use rust_decimal::{Decimal, RoundingStrategy};

/// A whole number, zero or more; `None` for a negative or a fraction.
pub fn whole(value: Decimal) -> Option<u64> {
    let value = without_float_dust(value);
    (value.fract().is_zero() && !value.is_sign_negative() || value.is_zero())
        .then(|| u64::try_from(value.trunc()).ok())
        .flatten()
}

/// A number that went through a spreadsheet's binary floats keeps about 15 good digits: 0.44000000000000006 is 0.44.
pub fn without_float_dust(value: Decimal) -> Decimal {
    value.round_dp_with_strategy(9, RoundingStrategy::MidpointAwayFromZero).normalize()
}

/// A count in text; the flag says that a thousands point was read.
pub fn count(text: &str) -> Option<(u64, bool)> {
    let (value, note) = amount(text)?;
    Some((whole(value)?, note))
}

/// An amount in text, with or without the euro sign. The flag says that points were read as thousands, or that a point
/// was read as the decimal comma. `None` when it cannot be read in one way only.
pub fn amount(text: &str) -> Option<(Decimal, bool)> {
    let lower = text.to_lowercase();
    let bare = lower.trim().trim_start_matches(['€', ' ']).trim_start_matches("eur").trim_start_matches(['o', ' ']);
    let bare = bare.trim_end_matches(['€', ' ']).trim_end_matches("euro").trim_end_matches("eur").trim();
    let (sign, digits) = match bare.strip_prefix(['-', '−']) {
        Some(rest) => ("-", rest.trim_start()),
        None => ("", bare),
    };
    let all_digits = |s: &str| !s.is_empty() && s.bytes().all(|b| b.is_ascii_digit());
    let (whole, fraction) = match digits.split_once(',') {
        Some((whole, fraction)) if all_digits(fraction) => (whole, fraction),
        Some(_) => return None,
        None => (digits, ""),
    };
    let separators: &[char] = &['.', '\'', ' ', '\u{a0}', '\u{202f}'];
    let groups: Vec<&str> = whole.split(separators).collect();
    let grouped = groups.len() > 1
        && groups.first().is_some_and(|first| all_digits(first) && first.len() <= 3 && *first != "0")
        && groups.iter().skip(1).all(|group| group.len() == 3 && all_digits(group));
    let text = match groups.as_slice() {
        [only] if all_digits(only) => format!("{sign}{only}.{fraction}"),
        _ if grouped => format!("{sign}{}.{fraction}", groups.concat()),
        // "0.44", "1200.50": a point that cannot be a thousands point, as typed on a foreign keyboard.
        [first, second] if fraction.is_empty() && whole.contains('.') && all_digits(first) && all_digits(second) => {
            return Some((format!("{sign}{first}.{second}").parse().ok()?, true));
        }
        _ => return None,
    };
    Some((text.trim_end_matches('.').parse().ok()?, grouped))
}
