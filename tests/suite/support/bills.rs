//! Bills as the run would settle them, one for each thing that a copy has to show.

use chrono::NaiveDate;
use rust_decimal::Decimal;
use scrivano::bill::{Bill, BillLine, Named, Nature, Party, Payment, References, Subject, Tax};
use scrivano::date::long;
use scrivano::money::Money;
use scrivano::schema::BillKind;

/// Text that tries to be markup, of the template language and of every format.
pub const HOSTILE: &str =
    "Comune di «Santa» \"Lucia\" & Figli | *D’Ì* <w:p> {{ente.nome}} #let \\textbf `x` [](#a) \u{2460}";

fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).expect("a day")
}

fn number(text: &str) -> Decimal {
    text.parse().expect("a number")
}

fn twenty_two() -> Tax {
    Tax::at(number("22"))
}

fn outside() -> Tax {
    Tax::none(Nature::N22, "Contributo fuori campo IVA, art. 4, D.P.R. 633/1972")
}

/// A line: what, how many of what, price, discount; the amount follows.
pub fn line(what: &str, many: Option<(&str, &'static str)>, price: &str, discount: &str, tax: Tax) -> BillLine {
    let quantity = many.map(|(quantity, _)| number(quantity));
    let discounted = (Decimal::ONE_HUNDRED - number(discount)) / Decimal::ONE_HUNDRED;
    BillLine {
        subject: Subject::Fee,
        body: 1,
        description: what.to_owned(),
        quantity,
        unit: many.map(|(_, unit)| unit),
        period: Some((day(2026, 1, 1), day(2026, 12, 31))),
        price: number(price),
        discount: number(discount),
        amount: Money::round(quantity.unwrap_or(Decimal::ONE) * number(price) * discounted),
        tax,
        places: Vec::new(),
    }
}

/// A fee at 22% with split payment, on a convention of 2025: one line.
pub fn invoice() -> Bill {
    let fee = "Quota di adesione per il 2026: 2.112 abitanti al 31 dicembre 2024, € 0,44 per abitante";
    Bill {
        kind: BillKind::Fattura,
        year: 2026,
        number: "12/2026".to_owned(),
        date: day(2026, 11, 22),
        sending: Some("6F01C".to_owned()),
        seller: Party {
            code: "p-pu".to_owned(),
            name: "Provincia di Pesaro e Urbino".to_owned(),
            tax_code: Some("00212000418".to_owned()),
            vat_number: Some("00212000418".to_owned()),
            address: "viale Gramsci 4".to_owned(),
            post_code: "61121".to_owned(),
            town: "Pesaro".to_owned(),
            province: "PU".to_owned(),
            office: None,
            pec: Some("provincia.pesarourbino@legalmail.it".to_owned()),
            is_public: true,
        },
        payer: Party {
            code: "c_b636".to_owned(),
            name: "Comune di Cantiano".to_owned(),
            tax_code: Some("00155150410".to_owned()),
            vat_number: None,
            address: "piazza Luceoli 3".to_owned(),
            post_code: "61044".to_owned(),
            town: "Cantiano".to_owned(),
            province: "PU".to_owned(),
            office: Some("UFE5ZS".to_owned()),
            pec: Some("comune.cantiano@emarche.it".to_owned()),
            is_public: true,
        },
        body: 1,
        lines: vec![line(fee, Some(("2112", "abitanti")), "0.44", "0", twenty_two())],
        split: true,
        stamp: None,
        references: References {
            convention: Some(Named { number: "Delib. 47".to_owned(), date: Some(day(2025, 11, 28)) }),
            title: "Convenzione per la gestione associata dei servizi digitali del Centro servizi territoriale di \
                    Pesaro e Urbino"
                .to_owned(),
            spending: Some(Named { number: "112/2026".to_owned(), date: Some(day(2026, 2, 8)) }),
            cig: Some("B2F7A01C44".to_owned()),
            cup: Some("E71F22000490006".to_owned()),
            corrects: None,
        },
        reasons: vec![
            "Convenzione «Centro servizi»: quota di adesione e servizi dell’anno 2026.".to_owned(),
            "Scissione dei pagamenti: l’IVA è versata da chi riceve la fattura (art. 17-ter D.P.R. 633/1972)."
                .to_owned(),
        ],
        payment: Payment {
            due: day(2026, 12, 31),
            basis: format!("entro il {}, come dice la convenzione", long(day(2026, 12, 31))),
            treasury: Some("0060500".to_owned()),
            iban: Some("IT60X0542811101000000123456".to_owned()),
        },
    }
}

/// The same, its VAT paid to who issues it.
fn at_once() -> Bill {
    let mut bill = invoice();
    bill.split = false;
    bill.reasons.truncate(1);
    bill
}

/// The fee and five services, some at a discount, one for part of the year, at 22% without split payment.
pub fn services() -> Bill {
    let mut bill = at_once();
    bill.number = "13/2026".to_owned();
    let mut late = line(
        "Conservazione digitale: canone annuo di € 1.200,00 per 306 giorni su 365, dal 1° marzo",
        None,
        "1006.03",
        "0",
        twenty_two(),
    );
    late.period = Some((day(2026, 3, 1), day(2026, 12, 31)));
    bill.lines.extend([
        line("Posta elettronica: caselle oltre quelle comprese", Some(("23", "caselle")), "12.5", "0", twenty_two()),
        line("Rilascio di SPID, agli aderenti con sconto", Some(("3", "rilasci")), "50", "30", twenty_two()),
        late,
        line("Formazione informatica", Some(("12", "ore")), "45.125", "0", twenty_two()),
        line("Connettività Internet e Intranet: attivazione", None, "350", "0", twenty_two()),
    ]);
    bill
}

/// The fees of the sixty members of a Union, outside VAT, exempt from the stamp duty.
pub fn of_members() -> Bill {
    let mut bill = at_once();
    bill.number = "14/2026".to_owned();
    bill.payer.name = "Unione dei Comuni della Valle del Cesano".to_owned();
    let fee = |n: u32| {
        let inhabitants = 900 + 137 * n;
        let what = format!("Quota di adesione del Comune di Valle {n}: {inhabitants} abitanti al 31 dicembre 2024");
        line(&what, Some((&inhabitants.to_string(), "abitanti")), "0.44", "0", outside())
    };
    bill.lines = (1..=60).map(fee).collect();
    bill.reasons
        .push("Documento esente dall’imposta di bollo (D.P.R. 642/1972, Tabella, allegato B, art. 16).".to_owned());
    bill
}

/// An exempt price charged by a company, with the stamp duty.
pub fn stamped() -> Bill {
    let mut bill = at_once();
    bill.number = "15/2026".to_owned();
    bill.seller.name = "Servizi in rete S.r.l.".to_owned();
    bill.stamp = Some(Money::round(number("2")));
    bill.reasons.push("Imposta di bollo assolta in modo virtuale ai sensi del D.M. 17 giugno 2014.".to_owned());
    let mut stamp = line("Imposta di bollo", None, "2", "0", Tax::none(Nature::N1, "art. 15 D.P.R. 633/1972"));
    stamp.subject = Subject::Stamp;
    let exempt = Tax::none(Nature::N4, "art. 10, comma 2, D.P.R. 633/1972");
    bill.lines = vec![line("Servizi del Centro per il 2026", None, "1850.40", "0", exempt), stamp];
    bill.payment.treasury = None;
    bill
}

/// A credit note for the months after a withdrawal.
pub fn credit_note() -> Bill {
    let mut bill = invoice();
    bill.kind = BillKind::NotaCredito;
    bill.number = "NC2/2026".to_owned();
    bill.sending = Some("6F02C".to_owned());
    let mut back = line("Quota di adesione: parte dal 1° ottobre, 92 giorni su 365", None, "234.23", "0", twenty_two());
    back.period = Some((day(2026, 10, 1), day(2026, 12, 31)));
    bill.lines = vec![back];
    bill.references.corrects = Some(Named { number: "12/2026".to_owned(), date: Some(day(2026, 11, 22)) });
    bill.reasons = vec!["Recesso dalla convenzione con effetto dal 1° ottobre 2026.".to_owned()];
    bill.payment.basis = "entro 30 giorni dalla data del documento".to_owned();
    bill
}

/// A request of payment outside VAT.
pub fn request() -> Bill {
    let mut bill = at_once();
    bill.kind = BillKind::Richiesta;
    bill.number = "RV 8/2026".to_owned();
    bill.date = day(2026, 11, 8);
    bill.sending = None;
    bill.lines.iter_mut().for_each(|line| line.tax = outside());
    bill.references.cig = None;
    bill.reasons.clear();
    bill
}

/// Names and words that try to be markup, and some very long ones.
pub fn hostile() -> Bill {
    let mut bill = services();
    bill.number = "16/2026".to_owned();
    bill.payer.name = HOSTILE.to_owned();
    bill.seller.name = "Consorzio intercomunale per la trasformazione digitale ".repeat(6).trim_end().to_owned();
    bill.payer.address = "c/o \"Villa\" & 'Giardino' <b>".to_owned();
    bill.references.title = HOSTILE.to_owned();
    bill.reasons = vec![format!("{HOSTILE}.")];
    bill.payment.basis = HOSTILE.to_owned();
    bill.payment.treasury = None;
    bill.payment.iban = None;
    bill.lines[1].description = format!("{HOSTILE} {}", "molto lungo ".repeat(80).trim_end());
    bill.lines[2].description = "Parolalunghissima".repeat(12);
    bill
}

/// All of them, by name.
pub fn samples() -> Vec<(&'static str, Bill)> {
    vec![
        ("invoice", invoice()),
        ("services", services()),
        ("members", of_members()),
        ("stamped", stamped()),
        ("credit note", credit_note()),
        ("request", request()),
        ("hostile", hostile()),
    ]
}
