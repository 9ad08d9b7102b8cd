//! The name of the file (control 00001): country, fiscal code of who transmits it, `_`, at most five letters or digits.

use super::{Finding, quoted};

/// What is wrong with the name, if something is.
pub(super) fn check(name: &str) -> Option<Finding> {
    let fault = fault(name)?;
    Some(
        Finding::new("00001", format!("il nome «{}» non è ammesso: {fault}", quoted(name))).hint(
            "la forma è IT, codice fiscale di chi trasmette, «_», da 1 a 5 lettere o cifre: IT01234567890_00001.xml",
        ),
    )
}

fn fault(name: &str) -> Option<String> {
    let lower = name.to_ascii_lowercase();
    let Some(stem) = [".xml.p7m", ".xml", ".zip"].iter().find_map(|end| lower.strip_suffix(end).map(str::len)) else {
        return Some("deve finire con .xml (o .xml.p7m, .zip)".to_owned());
    };
    let stem = name.get(..stem).unwrap_or_default();
    let Some((sender, number)) = stem.split_once('_') else {
        return Some("manca il trattino basso fra chi trasmette e il progressivo".to_owned());
    };
    let alphanumeric = |text: &str| text.bytes().all(|b| b.is_ascii_alphanumeric());
    if !(1..=5).contains(&number.chars().count()) || !alphanumeric(number) {
        return Some(format!("il progressivo «{}» deve avere da 1 a 5 lettere o cifre", quoted(number)));
    }
    let country = sender.get(..2).filter(|country| country.bytes().all(|b| b.is_ascii_uppercase()));
    let Some(country) = country else {
        return Some("deve cominciare con il codice del Paese, due lettere maiuscole".to_owned());
    };
    let code = sender.get(2..).unwrap_or_default();
    let lengths = if country == "IT" { 11..=16 } else { 2..=28 };
    (!lengths.contains(&code.len()) || !alphanumeric(code)).then(|| {
        let (least, most) = (lengths.start(), lengths.end());
        format!("dopo {country} il codice di chi trasmette deve avere da {least} a {most} lettere o cifre")
    })
}

/// True where the name tries to be that of a file to transmit: two letters, a code with at least six digits, `_`. A copy
/// kept under another name is judged for its content alone.
pub fn attempted(name: &str) -> bool {
    let sender = name.split_once('_').map_or("", |(sender, _)| sender);
    let letters = sender.chars().take(2).filter(char::is_ascii_alphabetic).count();
    letters == 2 && sender.chars().filter(char::is_ascii_digit).count() >= 6
}

#[cfg(test)]
mod tests {
    use super::{attempted, fault};

    #[test]
    fn names_have_one_form() {
        for good in
            ["IT01234567890_00001.xml", "ITRSSMRA85T10A562S_a1.xml.p7m", "FR12345678910_Z.XML", "IT01234567890_1.zip"]
        {
            assert_eq!(fault(good), None, "{good}");
        }
        let long = format!("IT{}_1.xml", "1".repeat(300));
        for bad in [
            "IT01234567890_000001.xml",
            "IT01234567890_.xml",
            "IT01234567890-00001.xml",
            "IT0123456789_00001.xml",
            "it01234567890_00001.xml",
            "IT01234567890_00001.pdf",
            "IT01234567890_00è01.xml",
            "è_1.xml",
            "",
            &long,
        ] {
            assert!(fault(bad).is_some(), "{bad}");
        }
    }

    #[test]
    fn a_copy_is_no_attempt() {
        assert!(attempted("IT01234567890_000001.xml"));
        assert!(attempted("it01234567890_1.xml"));
        for copy in ["fattura.xml", "fattura_2026.xml", "IT_1.xml", "è_1.xml", ""] {
            assert!(!attempted(copy), "{copy}");
        }
    }
}
