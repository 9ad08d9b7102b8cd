//! What holds for any value: numbers, days, codes, shares of a sum; and any text comes out of every output as it went in.

use chrono::{Days, NaiveDate};
use proptest::prelude::*;
use rust_decimal::Decimal;
use scrivano::act::ActKind;
use scrivano::check::cells::amount;
use scrivano::dossier::Assignment;
use scrivano::emit::{calendar, docx as word, html as page};
use scrivano::identifier::{BodyCode, Iban, IstatCode, PostCode, TaxCode, VatNumber, with_check_digit};
use scrivano::italian::{decimal, fold, grouped, slug_up_to};
use scrivano::money::Money;
use scrivano::place::Place;
use scrivano::{date, deadlines};

use crate::outputs::small::{Small, library, today};
use crate::outputs::tree::{assert_same, words};
use crate::outputs::{docx, html};

/// Text with what every language on the way takes for its own.
fn text() -> impl Strategy<Value = String> {
    let signs = "[ a-zà-ù0-9&<>\"'`\\\\/{}\\[\\]()#*_~$%@^|;:,.=+!?\\-]{1,40}";
    (signs, "[A-Za-zÀ-Ù]{1,8}").prop_map(|(signs, word)| format!("{word}{}", signs.trim_end()))
}

proptest! {
    #[test]
    fn amounts_come_back_as_they_are_written(cents in -10_000_000_000_i64..10_000_000_000, places in 2_u32..6) {
        let value = Decimal::new(cents, places);
        for written in [decimal(value, places), format!("€ {}", decimal(value, places)), value.to_string().replace('.', ",")] {
            prop_assert_eq!(amount(&written), Some(value), "{}", written);
        }
    }

    #[test]
    fn counts_are_grouped_and_read_again(count in any::<u32>()) {
        prop_assert_eq!(amount(&grouped(u64::from(count))), Some(Decimal::from(count)));
    }

    #[test]
    fn any_text_is_an_amount_or_not_and_never_more(text in any::<String>()) {
        if let Some(value) = amount(&text) {
            prop_assert!(text.chars().any(|c| c.is_ascii_digit()), "{:?} is {}", text, value);
        }
    }

    #[test]
    fn days_come_back_as_they_are_written(days in 0_u64..60_000) {
        let day = NaiveDate::from_ymd_opt(1950, 1, 1).expect("a day") + Days::new(days);
        for written in [date::short(day), date::long(day), day.to_string(), day.format("%-d.%-m.%Y").to_string()] {
            prop_assert_eq!(date::parse(&written), Some(day), "{}", written);
        }
    }

    #[test]
    fn any_text_is_a_day_or_not(text in "\\PC{0,30}") {
        let _day = date::parse(&text);
    }

    #[test]
    fn a_slip_of_one_digit_is_seen(digits in "[0-9]{10}", at in 0_usize..11, other in 0_u8..10) {
        let whole = with_check_digit(&digits).expect("a check digit");
        prop_assert!(VatNumber::parse(&whole).is_ok());
        let mut slipped = whole.clone().into_bytes();
        slipped[at] = b'0' + other;
        let slipped = String::from_utf8(slipped).expect("digits");
        prop_assert_eq!(VatNumber::parse(&slipped).is_ok(), slipped == whole);
    }

    #[test]
    fn codes_are_read_once_for_all(text in "[ A-Za-z0-9._'\\-]{0,34}|\\PC{0,30}") {
        macro_rules! settled {
            ($($kind:ty),*) => {$(
                if let Ok(once) = <$kind>::parse(&text) {
                    let again = <$kind>::parse(once.value.as_str()).expect("its own form");
                    prop_assert_eq!((again.value.as_str(), again.restored), (once.value.as_str(), false));
                }
            )*};
        }
        settled!(BodyCode, Iban, IstatCode, PostCode, TaxCode, VatNumber);
    }

    #[test]
    fn shares_make_the_whole(cents in 0_i64..1_000_000_000, weights in prop::collection::vec(0_u64..1_000_000, 1..40)) {
        let whole = Money::round(Decimal::new(cents, 2));
        match whole.shares(&weights) {
            Some(shares) => {
                prop_assert_eq!(shares.iter().map(|share| share.decimal()).sum::<Decimal>(), whole.decimal());
                let (total, unit) = (weights.iter().sum::<u64>(), Decimal::new(1, 2));
                for (share, weight) in shares.iter().zip(&weights) {
                    let exact = whole.decimal() * Decimal::from(*weight) / Decimal::from(total);
                    prop_assert!((share.decimal() - exact).abs() <= unit, "{} of {}", share.decimal(), exact);
                }
            }
            None => prop_assert_eq!(weights.iter().sum::<u64>(), 0),
        }
    }

    #[test]
    fn names_of_files_are_plain(text in any::<String>(), longest in 1_usize..60) {
        let slug = slug_up_to(&text, longest);
        prop_assert!(slug.len() <= longest && slug.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-'));
        prop_assert!(!slug.starts_with('-') && !slug.ends_with('-'));
        prop_assert_eq!(fold(&fold(&text)), fold(&text));
    }

    #[test]
    fn places_come_back_from_json(sheet in any::<String>(), row in 0_u32..1_048_576, col in 0_u32..16_384) {
        let place = Place::cell(&sheet.into(), row, col);
        let json = serde_json::to_string(&place).expect("JSON");
        prop_assert_eq!(serde_json::from_str::<Place>(&json).expect("a place"), place);
    }
}

proptest! {
    // An act takes a while to compose.
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn any_text_comes_out_of_every_output(title in text(), name in text()) {
        let small = Small::of("upi", &["c_a315"]).set("Convenzione", 0, "titolo", title.as_str());
        let small = small.set("Deliberazioni", 1, "segretario", name.as_str());
        let checked = small.checked();
        let dossier = checked.dossier.as_ref().expect("a dossier");
        let act = library().compose(&Assignment::new(ActKind::DeliberaAdesione, 1), dossier, &[]).expect("an act");
        let expected = words(&act);
        assert_same("HTML", &expected, &html::words(&page::html(&act)));
        assert_same("DOCX", &expected, &docx::words(&word::docx(&act).expect("a DOCX")));
        // The calendar: unfolded and unescaped, the title is there.
        let bytes = calendar::calendar(&title, "x", &deadlines::deadlines(dossier), today()).expect("a calendar");
        let lines = String::from_utf8(bytes).expect("UTF-8").replace("\r\n ", "");
        let shown = title.replace('\\', "\\\\").replace(';', "\\;").replace(',', "\\,");
        prop_assert!(lines.contains(&format!(":{shown}\r\n")), "{} in {}", shown, &lines[..lines.len().min(400)]);
        for found in &checked.diagnostics {
            let json = serde_json::to_string(found).expect("JSON");
            let back: serde_json::Value = serde_json::from_str(&json).expect("JSON");
            prop_assert_eq!(back["message"].as_str(), Some(found.message.as_str()));
        }
    }
}
