//! Bills with everything in them, for the tests of the model and of its emitters.

use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::bill::{Bill, BillLine, Named, Nature, Party, Payment, References, Subject, Tax};
use crate::money::Money;
use crate::schema::BillKind;

pub fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).expect("a day")
}

pub fn decimal(text: &str) -> Decimal {
    text.parse().expect("a decimal")
}

pub fn money(text: &str) -> Money {
    Money::round(decimal(text))
}

pub fn seller() -> Party {
    Party {
        code: "capofila".into(),
        name: "Provincia di Prova".into(),
        tax_code: Some("80000000011".into()),
        vat_number: Some("00000000018".into()),
        address: "Piazza dell’Unità, 1".into(),
        post_code: "61121".into(),
        town: "Pesaro".into(),
        province: "PU".into(),
        office: Some("AAAAAA".into()),
        pec: Some("prova@pec.example.it".into()),
        is_public: true,
    }
}

pub fn payer() -> Party {
    Party {
        code: "c_prova".into(),
        name: "Comune di Prova Alta".into(),
        tax_code: Some("80000000029".into()),
        vat_number: None,
        address: "Via Roma, 2".into(),
        post_code: "61040".into(),
        town: "Prova Alta".into(),
        province: "PU".into(),
        office: Some("UF1234".into()),
        pec: Some("comune@pec.example.it".into()),
        is_public: true,
    }
}

/// A line at the ordinary rate, quantity times price.
pub fn line(description: &str, quantity: Option<&str>, price: &str, amount: &str) -> BillLine {
    BillLine {
        subject: Subject::Fee,
        body: 1,
        description: description.into(),
        quantity: quantity.map(decimal),
        unit: quantity.map(|_| "abitanti"),
        period: Some((day(2026, 1, 1), day(2026, 12, 31))),
        price: decimal(price),
        discount: Decimal::ZERO,
        amount: money(amount),
        tax: Tax::at(decimal("22")),
        places: Vec::new(),
    }
}

/// An invoice to a Comune with VAT paid to the State: a fee and a service with a discount.
pub fn invoice() -> Bill {
    let service = BillLine {
        subject: Subject::Service("SPID".into()),
        unit: None,
        quantity: Some(decimal("3")),
        discount: decimal("10"),
        ..line("Rilascio di identità digitali", Some("3"), "12.5", "33.75")
    };
    Bill {
        kind: BillKind::Fattura,
        year: 2026,
        number: "12/2026".into(),
        date: day(2026, 3, 2),
        sending: Some("6F00C".into()),
        seller: seller(),
        payer: payer(),
        body: 1,
        lines: vec![line("Quota di adesione per l’anno 2026", Some("2250"), "0.44", "990.00"), service],
        split: true,
        stamp: None,
        references: References {
            convention: Some(Named { number: "Rep. 15".into(), date: Some(day(2025, 12, 20)) }),
            title: "Servizi digitali ai Comuni".into(),
            spending: Some(Named { number: "87".into(), date: Some(day(2026, 2, 10)) }),
            cig: Some("A01B2C3D4E".into()),
            cup: None,
            corrects: None,
        },
        reasons: vec!["Quota e servizi dell’anno 2026.".into()],
        payment: Payment {
            due: day(2026, 12, 31),
            basis: "entro il 31 dicembre dell’anno, come dice la convenzione".into(),
            treasury: Some("0060331".into()),
            iban: Some("IT60X0542811101000000123456".into()),
        },
    }
}

/// A credit note to a company of an exempt sum with stamp duty.
pub fn credit_note() -> Bill {
    let line = BillLine {
        subject: Subject::Reversal,
        quantity: None,
        unit: None,
        period: None,
        tax: Tax::none(Nature::N4, "art. 10, c. 1, n. 20, D.P.R. 633/1972"),
        ..line("Storno della fattura 3/2026", None, "250", "250")
    };
    let payer = Party {
        name: "Acque di Prova S.p.A.".into(),
        vat_number: Some("00000000026".into()),
        office: None,
        is_public: false,
        ..payer()
    };
    Bill {
        kind: BillKind::NotaCredito,
        number: "NC 1/2026".into(),
        payer,
        lines: vec![line],
        split: false,
        stamp: Some(money("2")),
        references: References {
            corrects: Some(Named { number: "3/2026".into(), date: Some(day(2026, 1, 15)) }),
            ..References::default()
        },
        ..invoice()
    }
}
