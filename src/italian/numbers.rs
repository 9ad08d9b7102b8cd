//! Numbers in words and in figures.

use rust_decimal::Decimal;

const UNITS: [&str; 20] = [
    "zero",
    "uno",
    "due",
    "tre",
    "quattro",
    "cinque",
    "sei",
    "sette",
    "otto",
    "nove",
    "dieci",
    "undici",
    "dodici",
    "tredici",
    "quattordici",
    "quindici",
    "sedici",
    "diciassette",
    "diciotto",
    "diciannove",
];
const TENS: [&str; 10] =
    ["", "", "venti", "trenta", "quaranta", "cinquanta", "sessanta", "settanta", "ottanta", "novanta"];

/// A whole number in words, one word as acts write it: 2033 → "duemilatrentatré". Complete up to 10¹²; beyond that the
/// figures are returned, since no act needs more.
pub fn number_words(n: u64) -> String {
    if n >= 1_000_000_000_000 {
        return grouped(n);
    }
    let mut words = below_a_billion(n % 1_000_000_000, n >= 1_000_000_000);
    match n / 1_000_000_000 {
        0 => {}
        1 => words.insert_str(0, "unmiliardo"),
        many => words.insert_str(0, &format!("{}miliardi", below_thousand(many))),
    }
    match words.strip_suffix("tre") {
        Some("") | None => words,
        Some(stem) => format!("{stem}tré"),
    }
}

fn below_a_billion(n: u64, has_more: bool) -> String {
    let (millions, thousands, rest) = (n / 1_000_000, n / 1_000 % 1_000, n % 1_000);
    let mut words = String::new();
    match millions {
        0 => {}
        1 => words.push_str("unmilione"),
        many => words.push_str(&format!("{}milioni", below_thousand(many))),
    }
    match thousands {
        0 => {}
        1 => words.push_str("mille"),
        many => words.push_str(&format!("{}mila", below_thousand(many))),
    }
    if rest > 0 || (n == 0 && !has_more) {
        words.push_str(&below_thousand(rest));
    }
    words
}

fn below_thousand(n: u64) -> String {
    let (hundreds, rest) = (n / 100, n % 100);
    let mut words = String::new();
    if hundreds > 0 {
        if hundreds > 1 {
            words.push_str(UNITS[hundreds as usize]);
        }
        words.push_str("cento");
    }
    if rest > 0 || n == 0 {
        if rest < 20 {
            words.push_str(UNITS[rest as usize]);
        } else {
            let (ten, unit) = (TENS[(rest / 10) as usize], rest % 10);
            // "ventuno", "ventotto": the vowel of the ten falls before a vowel.
            let elided = matches!(unit, 1 | 8);
            words.push_str(if elided { &ten[..ten.len() - 1] } else { ten });
            if unit > 0 {
                words.push_str(UNITS[unit as usize]);
            }
        }
    }
    words
}

/// "1.234.567".
pub fn grouped(n: u64) -> String {
    let digits = n.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            out.push('.');
        }
        out.push(digit);
    }
    out
}

/// A decimal with point for thousands and comma for decimals, at least `places` of them, exact beyond: "0,44".
pub fn decimal(amount: Decimal, places: u32) -> String {
    let mut amount = amount.normalize();
    if amount.scale() < places {
        amount.rescale(places);
    }
    let text = amount.abs().to_string();
    let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
    let whole = whole.parse::<u64>().map(grouped).unwrap_or_else(|_| whole.to_owned());
    let sign = if amount.is_sign_negative() && !amount.is_zero() { "-" } else { "" };
    if fraction.is_empty() { format!("{sign}{whole}") } else { format!("{sign}{whole},{fraction}") }
}

/// Masculine ordinal in words up to tenth, then figures with "°": "terzo", "12°".
pub fn ordinal(n: u32) -> String {
    const WORDS: [&str; 10] =
        ["primo", "secondo", "terzo", "quarto", "quinto", "sesto", "settimo", "ottavo", "nono", "decimo"];
    match n.checked_sub(1).and_then(|index| WORDS.get(index as usize)) {
        Some(word) => (*word).to_owned(),
        None => format!("{n}°"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn joints_of_words() {
        for (n, words) in [
            (0, "zero"),
            (1, "uno"),
            (3, "tre"),
            (8, "otto"),
            (21, "ventuno"),
            (23, "ventitré"),
            (28, "ventotto"),
            (31, "trentuno"),
            (90, "novanta"),
            (100, "cento"),
            (101, "centouno"),
            (108, "centootto"),
            (180, "centoottanta"),
            (203, "duecentotré"),
            (1000, "mille"),
            (1001, "milleuno"),
            (2026, "duemilaventisei"),
            (21_000, "ventunomila"),
            (100_000, "centomila"),
            (1_000_000, "unmilione"),
            (2_000_001, "duemilioniuno"),
            (1_000_000_000, "unmiliardo"),
            (
                999_999_999_999,
                "novecentonovantanovemiliardinovecentonovantanovemilioninovecentonovantanovemilanovecentonovantanove",
            ),
        ] {
            assert_eq!(number_words(n), words, "{n}");
        }
    }

    #[test]
    fn figures_keep_what_they_have() {
        assert_eq!(decimal(Decimal::new(44, 2), 2), "0,44");
        assert_eq!(decimal(Decimal::new(125, 3), 2), "0,125");
        assert_eq!(decimal(Decimal::from(1_234_567), 2), "1.234.567,00");
        assert_eq!(grouped(7_897), "7.897");
    }
}
