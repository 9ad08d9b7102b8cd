//! Invented accounts and offices for the examples: well formed, of a bank (99999) and a series that do not exist.

/// Bank and branch that are nobody's.
const BANK: &str = "9999901600";

/// The IBAN of an invented account: check letter of the national coordinates (CIN) and check digits of ISO 13616.
pub fn iban(index: usize) -> String {
    let account = format!("{BANK}{index:012}");
    let national = format!("{}{account}", check_letter(&account));
    // "IT00" moved to the end, letters as numbers from 10.
    let remainder = format!("{national}IT00").chars().filter_map(|c| c.to_digit(36)).fold(0_u32, |rest, value| {
        let shift = if value < 10 { 10 } else { 100 };
        (rest * shift + value) % 97
    });
    format!("IT{:02}{national}", 98 - remainder)
}

/// The check letter of bank, branch and account: odd places by the table of the fiscal code, even places as they are.
fn check_letter(digits: &str) -> char {
    const ODD: [u32; 10] = [1, 0, 5, 7, 9, 13, 15, 17, 19, 21];
    let digits = digits.chars().filter_map(|c| c.to_digit(10));
    let sum: u32 =
        digits.enumerate().map(|(at, digit)| if at % 2 == 0 { ODD[digit as usize % ODD.len()] } else { digit }).sum();
    char::from(b'A' + u8::try_from(sum % 26).unwrap_or(0))
}

/// The code of an invented office of invoices.
pub fn office(index: usize) -> String {
    format!("UZ{index:04}")
}

/// The number of an invented account of the single treasury.
pub fn treasury(index: usize) -> String {
    format!("{:07}", 9_900_000 + index)
}

/// An invented CIG.
pub fn cig(index: usize) -> String {
    format!("Z99{index:07}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::identifier::{Iban, OfficeCode};

    #[test]
    fn they_are_well_formed() {
        for index in [0, 1, 7, 301, 9_999] {
            assert!(Iban::parse(&iban(index)).is_ok(), "{}", iban(index));
            assert!(OfficeCode::parse(&office(index)).is_ok(), "{}", office(index));
        }
        // The national example of ISO 13616 for Italy: IT60X0542811101000000123456.
        assert_eq!(check_letter("0542811101000000123456"), 'X');
    }
}
