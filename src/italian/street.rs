//! Street addresses as the register of public bodies has them, written as one writes them. Called by the national list.

use std::borrow::Cow;
use std::sync::LazyLock;

use regex::{Captures, Regex};

/// The pattern, compiled once; nothing where it is not well formed, and then the text stays as it is: the tests would see it.
macro_rules! pattern {
    ($pattern:literal) => {{
        static PATTERN: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new($pattern).ok());
        PATTERN.as_ref()
    }};
}

/// An address of IndicePA with the letters and signs of common use: "Piazza Iv Novembre N. 12" becomes "Piazza IV Novembre, 12",
/// "Localita' Dolina,270" "Località Dolina, 270", "Piazza Della Libertà" "Piazza della Libertà". What is written well stays.
///
/// Simple prepositions stay as they are: "Via Giuseppe Di Vittorio".
pub fn street(written: &str) -> String {
    let mut text: Cow<'_, str> = written.trim_matches([' ', ',', '-', ';']).into();
    if text.chars().any(char::is_alphabetic) && !text.chars().any(char::is_lowercase) {
        text = change(pattern!(r"\p{L}+"), &text, |word| super::capitalize(&word[0].to_lowercase())).into();
    }
    // The number, after whatever stands for "number".
    let text = change(pattern!(r"\s*[,\s]\s*[Nn](?:\.?\s*°|[.r]|um\.)?\s*(\d)"), &text, |it| format!(", {}", &it[1]));
    let text = change(pattern!(r"\s*,\s*"), &text, |_| ", ".to_owned());
    // An apostrophe for an accent, at the end of a word: not "Ca’ Bianca", not "De’ Medici".
    let text = change(pattern!(r"(\p{L}{3,})([aiou])['’`´](\W|$)"), &text, |it| {
        let accented = match &it[2] {
            "a" => "à",
            "i" => "ì",
            "o" => "ò",
            _ => "ù",
        };
        format!("{}{accented}{}", &it[1], &it[3])
    });
    let text = change(pattern!(r" (?:Del|Dello|Della|Dei|Degli|Delle|E) |Dell['’]|D['’]Italia"), &text, |it| {
        match &it[0] {
            "D'Italia" => "d'Italia".to_owned(),
            "D’Italia" => "d’Italia".to_owned(),
            preposition => preposition.to_lowercase(),
        }
    });
    change(pattern!(r"\b[IVX][ivx]+\b"), &text, |word| {
        let numeral = word[0].to_uppercase();
        let is_one = pattern!(r"^X{0,3}(?:IX|IV|V?I{0,3})$").is_some_and(|roman| roman.is_match(&numeral));
        if is_one { numeral } else { word[0].to_owned() }
    })
}

fn change(pattern: Option<&Regex>, text: &str, with: impl Fn(&Captures<'_>) -> String) -> String {
    pattern.map_or_else(|| text.to_owned(), |pattern| pattern.replace_all(text, with).into_owned())
}

#[cfg(test)]
mod tests {
    use super::street;

    #[test]
    fn addresses_are_written_as_people_write_them() {
        for (register, expected) in [
            ("Piazza Iv Novembre, 1", "Piazza IV Novembre, 1"),
            ("Via Xxv Aprile N. 14", "Via XXV Aprile, 14"),
            ("Piazza Vittorio Emanuele Ii", "Piazza Vittorio Emanuele II"),
            ("Piazza Vittorio Emanuele Iii, 4", "Piazza Vittorio Emanuele III, 4"),
            ("Piazza Della Repubblica N. 12", "Piazza della Repubblica, 12"),
            ("Piazza Del Popolo", "Piazza del Popolo"),
            ("Via Monte Grappa,100", "Via Monte Grappa, 100"),
            ("Localita' Dolina, 270", "Località Dolina, 270"),
            ("Piazza Liberta' 3", "Piazza Libertà 3"),
            ("Piazza Trento E Trieste", "Piazza Trento e Trieste"),
            ("Piazza Dell'Unita' D'Italia", "Piazza dell'Unità d'Italia"),
            ("VIA ROMA, 1", "Via Roma, 1"),
            ("Piazza Municipio -", "Piazza Municipio"),
        ] {
            assert_eq!(street(register), expected);
        }
    }

    #[test]
    fn what_is_written_well_stays() {
        for address in [
            "Via Principe Tommaso, 22",
            "Via E. Fermi, 3",
            "Piazza Umberto I, 2",
            "Via IV Novembre, 1",
            "Via Giuseppe Di Vittorio, 8",
            "Via Salvo D'Acquisto, 3",
            "Cà Bianca, 3",
            "Ca' Bianca, 3",
            "Via Vittorio Veneto 4",
            "P.zza S. Maria, 16",
            "Via Nazionale, 15",
            "Via 4 Novembre, 9",
            "",
        ] {
            assert_eq!(street(address), address);
        }
    }
}
