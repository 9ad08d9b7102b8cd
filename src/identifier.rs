//! Identifiers that check themselves: codice fiscale, partita IVA, CAP, ISTAT code, office code, PEC, IBAN, body code.
//!
//! Each `parse` takes what a person typed and gives the canonical form, or says in Italian what does not fit. Spaces
//! and case are forgiven; leading zeros lost by a spreadsheet are restored and told with [`Parsed::restored`].

use std::fmt;

use serde::Serialize;

/// A value read from text, and whether leading zeros had to be put back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parsed<T> {
    /// The identifier.
    pub value: T,
    /// Leading zeros were missing.
    pub restored: bool,
}

macro_rules! identifier {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
        #[serde(transparent)]
        pub struct $name(String);

        impl $name {
            /// The canonical text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}

identifier! {
    /// Codice fiscale: 11 digits for a body (D.P.R. 605/1973; check digit as for the partita IVA), or 16 characters
    /// for a person (D.M. 23/12/1976).
    TaxCode
}
identifier! {
    /// Partita IVA: 11 digits, the last of them a Luhn check digit (D.P.R. 633/1972 art. 35).
    VatNumber
}
identifier! {
    /// CAP: 5 digits.
    PostCode
}
identifier! {
    /// ISTAT code of a Comune: 6 digits, three of the province and three of the Comune.
    IstatCode
}
identifier! {
    /// Office code for electronic invoices to public bodies (IndicePA): 6 characters A–Z 0–9.
    OfficeCode
}
identifier! {
    /// Address of certified e-mail, in lower case.
    Pec
}
identifier! {
    /// IBAN (ISO 13616); an Italian one has 27 characters.
    Iban
}
identifier! {
    /// Code of a body in the workbook: 1 to 32 letters, digits, `_`, `-`, `.`; it names folders and files.
    BodyCode
}

/// Letters and digits only, in upper case.
fn compact(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace() && !matches!(c, '-' | '.' | '\'')).flat_map(char::to_uppercase).collect()
}

/// Pads with zeros what a spreadsheet took for a number. At most three zeros are put back: more is another mistake.
fn padded(digits: &str, width: usize) -> Option<Parsed<String>> {
    let all_digits = !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit());
    (all_digits && digits.len() <= width && digits.len() + 3 >= width)
        .then(|| Parsed { value: format!("{digits:0>width$}"), restored: digits.len() < width })
}

/// The check of partite IVA: Luhn over eleven digits.
fn luhn(digits: &str) -> bool {
    let sum: u32 = digits
        .bytes()
        .enumerate()
        .map(|(index, byte)| {
            let digit = u32::from(byte - b'0');
            match index % 2 {
                0 => digit,
                _ => digit * 2 / 10 + digit * 2 % 10,
            }
        })
        .sum();
    sum.is_multiple_of(10)
}

/// Eleven digits with their check, from ten digits: for codes of invented bodies in the examples.
pub fn with_check_digit(ten: &str) -> Option<String> {
    let digits = (ten.len() == 10 && ten.bytes().all(|b| b.is_ascii_digit())).then_some(ten)?;
    (0..10).map(|digit| format!("{digits}{digit}")).find(|code| luhn(code))
}

fn eleven_digits(text: &str, what: &str) -> Result<Parsed<String>, String> {
    let parsed = padded(text, 11).ok_or_else(|| format!("{what} ha 11 cifre"))?;
    if parsed.value.bytes().all(|b| b == b'0') {
        return Err(format!("{what} non può essere di soli zeri"));
    }
    if luhn(&parsed.value) { Ok(parsed) } else { Err("la cifra di controllo (l’undicesima) non torna".to_owned()) }
}

impl TaxCode {
    /// Reads a codice fiscale.
    ///
    /// # Errors
    /// Says in Italian what does not fit: length, characters or check digit.
    pub fn parse(text: &str) -> Result<Parsed<Self>, String> {
        let text = compact(text);
        if text.len() == 16 && text.bytes().any(|b| b.is_ascii_alphabetic()) {
            return if person_check(&text) {
                Ok(Parsed { value: Self(text), restored: false })
            } else {
                Err("il carattere di controllo (il sedicesimo) non torna".to_owned())
            };
        }
        eleven_digits(&text, "il codice fiscale di un ente")
            .map(|parsed| Parsed { value: Self(parsed.value), restored: parsed.restored })
    }
}

/// The check character of a person's codice fiscale (D.M. 23/12/1976, all. 1).
fn person_check(code: &str) -> bool {
    const ODD: [u32; 26] =
        [1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23];
    let Some(values) = code
        .bytes()
        .map(|b| match b {
            b'0'..=b'9' => Some(usize::from(b - b'0')),
            b'A'..=b'Z' => Some(usize::from(b - b'A')),
            _ => None,
        })
        .collect::<Option<Vec<_>>>()
    else {
        return false;
    };
    let sum: u32 =
        values[..15].iter().enumerate().map(|(index, &v)| if index % 2 == 0 { ODD[v] } else { v as u32 }).sum();
    code.as_bytes()[15] == b'A' + (sum % 26) as u8
}

impl VatNumber {
    /// Reads a partita IVA, with or without the `IT` in front.
    ///
    /// # Errors
    /// Says in Italian what does not fit.
    pub fn parse(text: &str) -> Result<Parsed<Self>, String> {
        let text = compact(text);
        eleven_digits(text.strip_prefix("IT").unwrap_or(&text), "la partita IVA")
            .map(|parsed| Parsed { value: Self(parsed.value), restored: parsed.restored })
    }
}

impl PostCode {
    /// Reads a CAP.
    ///
    /// # Errors
    /// Says in Italian what does not fit.
    pub fn parse(text: &str) -> Result<Parsed<Self>, String> {
        padded(&compact(text), 5)
            .filter(|parsed| parsed.value != "00000")
            .map(|parsed| Parsed { value: Self(parsed.value), restored: parsed.restored })
            .ok_or_else(|| "il CAP ha 5 cifre".to_owned())
    }
}

impl IstatCode {
    /// Reads an ISTAT code.
    ///
    /// # Errors
    /// Says in Italian what does not fit.
    pub fn parse(text: &str) -> Result<Parsed<Self>, String> {
        padded(&compact(text), 6)
            .map(|parsed| Parsed { value: Self(parsed.value), restored: parsed.restored })
            .ok_or_else(|| "il codice ISTAT di un Comune ha 6 cifre".to_owned())
    }
}

impl OfficeCode {
    /// Reads an office code.
    ///
    /// # Errors
    /// Says in Italian what does not fit.
    pub fn parse(text: &str) -> Result<Parsed<Self>, String> {
        let text = compact(text);
        if text.len() == 6 && text.bytes().all(|b| b.is_ascii_alphanumeric()) {
            Ok(Parsed { value: Self(text), restored: false })
        } else {
            Err("il codice univoco ufficio ha 6 caratteri, lettere o cifre".to_owned())
        }
    }
}

impl Pec {
    /// Reads an e-mail address: one `@`, no spaces, a domain with a dot (RFC 5321, the part in use).
    ///
    /// # Errors
    /// Says in Italian what does not fit.
    pub fn parse(text: &str) -> Result<Parsed<Self>, String> {
        let text = text.trim().to_lowercase();
        let text = text.strip_prefix("mailto:").unwrap_or(&text);
        let fits = |part: &str| {
            !part.is_empty()
                && !part.starts_with('.')
                && !part.ends_with('.')
                && !part.contains("..")
                && part.bytes().all(|b| b.is_ascii_alphanumeric() || b"._%+-&'".contains(&b))
        };
        match text.split_once('@') {
            Some((local, domain))
                if fits(local) && fits(domain) && domain.contains('.') && local.len() <= 64 && domain.len() <= 190 =>
            {
                Ok(Parsed { value: Self(text.to_owned()), restored: false })
            }
            _ => Err("non è un indirizzo di posta elettronica".to_owned()),
        }
    }
}

impl Iban {
    /// Reads an IBAN: 15 to 34 characters, remainder 1 modulo 97; an Italian one has 27.
    ///
    /// # Errors
    /// Says in Italian what does not fit.
    pub fn parse(text: &str) -> Result<Parsed<Self>, String> {
        let text = compact(text);
        if !(15..=34).contains(&text.len()) || !text.bytes().all(|b| b.is_ascii_alphanumeric()) {
            return Err("un IBAN ha da 15 a 34 lettere e cifre".to_owned());
        }
        if text.starts_with("IT") && text.len() != 27 {
            return Err("un IBAN italiano ha 27 caratteri".to_owned());
        }
        let remainder = text.bytes().cycle().skip(4).take(text.len()).fold(0_u32, |rest, b| match b {
            b'0'..=b'9' => (rest * 10 + u32::from(b - b'0')) % 97,
            _ => (rest * 100 + u32::from(b - b'A') + 10) % 97,
        });
        if remainder == 1 {
            Ok(Parsed { value: Self(text), restored: false })
        } else {
            Err("le cifre di controllo non tornano".to_owned())
        }
    }
}

impl BodyCode {
    /// Reads the code of a body.
    ///
    /// # Errors
    /// Says in Italian what does not fit.
    pub fn parse(text: &str) -> Result<Parsed<Self>, String> {
        let text = text.trim();
        let plain = text.bytes().all(|b| b.is_ascii_alphanumeric() || b"_-.".contains(&b));
        let has_letter_or_digit = text.bytes().any(|b| b.is_ascii_alphanumeric());
        if plain && has_letter_or_digit && text.len() <= 32 {
            Ok(Parsed { value: Self(text.to_lowercase()), restored: false })
        } else {
            Err("un codice ente ha da 1 a 32 fra lettere senza accento, cifre, «_», «-», «.»".to_owned())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lost_zeros_come_back() {
        let parsed = VatNumber::parse("1735420018").expect("valid");
        assert_eq!(parsed.value.as_str(), "01735420018");
        assert!(parsed.restored);
        assert_eq!(PostCode::parse("100").map(|p| p.value.0), Ok("00100".to_owned()));
    }

    #[test]
    fn check_digits_are_checked() {
        assert!(TaxCode::parse("83501790014").is_ok());
        assert!(TaxCode::parse("83501790015").is_err());
        assert!(TaxCode::parse("RSSMRA85T10A562S").is_ok());
        assert!(TaxCode::parse("RSSMRA85T10A562T").is_err());
        assert!(VatNumber::parse("IT01735420018").is_ok());
        assert!(VatNumber::parse("0").is_err());
        assert!(Iban::parse("IT60 X054 2811 1010 0000 0123 456").is_ok());
        assert!(Iban::parse("IT60X0542811101000000123457").is_err());
        assert!(TaxCode::parse("ÀÀÀÀÀÀÀÀ").is_err());
    }

    #[test]
    fn addresses_and_codes() {
        assert!(Pec::parse(" Protocollo@PEC.comune.aglie.to.it ").is_ok());
        assert!(Pec::parse("comune@pec").is_err());
        assert!(Pec::parse("a b@pec.it").is_err());
        assert!(OfficeCode::parse("ufabc1").is_ok());
        assert!(OfficeCode::parse("UFABC").is_err());
        assert!(BodyCode::parse("c_a034").is_ok());
        assert!(BodyCode::parse("../x").is_err());
        assert!(BodyCode::parse("..").is_err());
    }
}
