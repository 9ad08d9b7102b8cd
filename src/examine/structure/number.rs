//! Numbers of articles: figures, Roman figures, words. Called by `head`.

const CARDINALS: [&str; 20] = [
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
    "venti",
];
const ORDINALS: [&str; 20] = [
    "primo",
    "secondo",
    "terzo",
    "quarto",
    "quinto",
    "sesto",
    "settimo",
    "ottavo",
    "nono",
    "decimo",
    "undicesimo",
    "dodicesimo",
    "tredicesimo",
    "quattordicesimo",
    "quindicesimo",
    "sedicesimo",
    "diciassettesimo",
    "diciottesimo",
    "diciannovesimo",
    "ventesimo",
];

/// The number that a word writes.
pub(super) fn of(word: &str) -> Option<u32> {
    if word.chars().all(|c| c.is_ascii_digit()) {
        return word.parse().ok().filter(|number| (1..=300).contains(number));
    }
    let lower = word.to_lowercase();
    if lower == "unico" {
        return Some(1);
    }
    for list in [&CARDINALS, &ORDINALS] {
        if let Some(index) = list.iter().position(|known| *known == lower) {
            return u32::try_from(index + 1).ok();
        }
    }
    roman(word)
}

/// A Roman figure in capitals.
pub(super) fn roman(word: &str) -> Option<u32> {
    let value = |c: char| match c {
        'I' => Some(1),
        'V' => Some(5),
        'X' => Some(10),
        'L' => Some(50),
        'C' => Some(100),
        _ => None,
    };
    if word.is_empty() || word.len() > 7 {
        return None;
    }
    let values: Vec<u32> = word.chars().map(value).collect::<Option<_>>()?;
    let mut sum = 0;
    for (index, value) in values.iter().enumerate() {
        let less = values.get(index + 1).is_some_and(|next| next > value);
        sum = if less { sum + values.get(index + 1)? - value } else { sum + value };
        if less {
            // "IV": the smaller before the greater counts once.
            return Some(sum + rest(&values, index + 2));
        }
    }
    Some(sum)
}

fn rest(values: &[u32], from: usize) -> u32 {
    let mut sum = 0;
    let mut at = from;
    while let Some(value) = values.get(at) {
        match values.get(at + 1) {
            Some(next) if next > value => {
                sum += next - value;
                at += 2;
            }
            _ => {
                sum += value;
                at += 1;
            }
        }
    }
    sum
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_however_they_are_written() {
        for (word, number) in [
            ("7", 7),
            ("IV", 4),
            ("XIX", 19),
            ("XLIV", 44),
            ("Uno", 1),
            ("UNDICI", 11),
            ("terzo", 3),
            ("unico", 1),
            ("XX", 20),
        ] {
            assert_eq!(of(word), Some(number), "{word}");
        }
        for word in ["", "0", "comma", "Il", "301"] {
            assert_eq!(of(word), None, "{word}");
        }
    }
}
