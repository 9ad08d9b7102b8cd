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

/// The number that words say, below 10¹²: "duemilatrentatré", "mille e duecento" → 2033, 1200. Spaces, accents and capitals
/// do not count; `None` for words that are no number.
pub fn number_of_words(words: &str) -> Option<u64> {
    /// Longer words are no number: the longest below 10¹² has 98 letters.
    const LONGEST: usize = 120;
    let letters: String = super::fold(words).chars().filter(|c| c.is_alphabetic()).take(LONGEST + 1).collect();
    if letters.is_empty() || letters.len() > LONGEST {
        return None;
    }
    if letters == UNITS[0] {
        return Some(0);
    }
    let scales: [(u64, &[&str]); 3] =
        [(1_000_000_000, &["miliardi", "miliardo"]), (1_000_000, &["milioni", "milione"]), (1_000, &["mila"])];
    // Every way of reading the words so far, with what is left of them.
    let mut read: Vec<(u64, &str)> = vec![(0, &letters)];
    for (scale, names) in scales {
        let mut more = Vec::new();
        for (sum, rest) in &read {
            let rest = if *sum > 0 { rest.strip_prefix('e').unwrap_or(rest) } else { rest };
            for (count, rest) in read_below_thousand(rest) {
                let left = names.iter().filter_map(|name| rest.strip_prefix(name));
                more.extend(left.map(|left| (sum + count * scale, left)));
            }
            more.extend(rest.strip_prefix("mille").filter(|_| scale == 1_000).map(|left| (sum + scale, left)));
        }
        read.extend(more);
    }
    read.into_iter().find_map(|(sum, rest)| {
        let last = rest.strip_prefix('e').filter(|_| sum > 0).unwrap_or(rest);
        if rest.is_empty() && sum > 0 {
            return Some(sum);
        }
        read_below_thousand(last).into_iter().find(|(_, left)| left.is_empty()).map(|(value, _)| sum + value)
    })
}

/// The numbers from 1 to 999 with which letters begin, each with the letters left.
fn read_below_thousand(letters: &str) -> Vec<(u64, &str)> {
    let units = |letters: &str, from: u64| -> Vec<(u64, usize)> {
        let named = UNITS.iter().zip(0_u64..).skip(1).filter(|(_, value)| *value >= from);
        let mut found: Vec<(u64, usize)> =
            named.filter(|(name, _)| letters.starts_with(**name)).map(|(name, value)| (value, name.len())).collect();
        // "un milione", "una", "ventun".
        found.extend(["una", "un"].iter().filter(|name| letters.starts_with(**name)).map(|name| (1, name.len())));
        found
    };
    let mut hundreds: Vec<(u64, &str)> = vec![(0, letters)];
    let counts = units(letters, 2).into_iter().filter(|(value, _)| *value < 10).chain([(1, 0)]);
    for (count, length) in counts {
        let Some(rest) = letters.get(length..) else { continue };
        // "centotto": the vowel may fall here too.
        hundreds.extend(
            ["cento", "cent"].iter().filter_map(|name| rest.strip_prefix(name)).map(|left| (count * 100, left)),
        );
    }
    let mut found = Vec::new();
    for (sum, rest) in hundreds {
        if sum > 0 {
            found.push((sum, rest));
        }
        found.extend(units(rest, 1).into_iter().filter_map(|(value, length)| Some((sum + value, rest.get(length..)?))));
        for (name, ten) in TENS.iter().zip((0_u64..).step_by(10)).skip(2) {
            let elided = name.get(..name.len() - 1).unwrap_or(name);
            for left in [rest.strip_prefix(name), rest.strip_prefix(elided)].into_iter().flatten() {
                found.push((sum + ten, left));
                let after = units(left, 1).into_iter().filter(|(value, _)| *value < 10);
                found.extend(after.filter_map(|(value, length)| Some((sum + ten + value, left.get(length..)?))));
            }
        }
    }
    found
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

    #[test]
    fn numbers_are_read_from_words() {
        for n in (0..12_000).chain((0..4_000).map(|n| n * 249_999_937 + 7)).filter(|n| *n < 1_000_000_000_000) {
            assert_eq!(number_of_words(&number_words(n)), Some(n), "{}", number_words(n));
        }
        for (words, n) in [
            ("Mille", 1_000),
            ("un milione e duecentomila", 1_200_000),
            ("centomila e cinquecento", 100_500),
            ("ventitré", 23),
            ("ventitre", 23),
            ("ventiuno", 21),
            ("centootto", 108),
            ("DUEMILA TRECENTO", 2_300),
            ("una", 1),
        ] {
            assert_eq!(number_of_words(words), Some(n), "{words}");
        }
        for none in
            ["", "trenta giorni", "capofila", "eurodue", "e", "millemila milioni di", "Centro", &"due".repeat(60)]
        {
            assert_eq!(number_of_words(none), None, "{none}");
        }
    }
}
