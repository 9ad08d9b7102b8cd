//! The INV rules: a company that invoices two Comuni with VAT (Macerata), on a day before its term of payment.

use scrivano::example::example;

use super::Case;
use crate::support::{At, Book, EMPTY};

/// The day of the bills.
const DAY: &str = "20/01/2026";

/// The company, and two Comuni that have told CIG and spending act.
pub fn base() -> Book {
    let book = Book::of(&example("macerata").expect("an example")).keep(&["task", "c_a334", "c_a947"]);
    book.put(("Convenzione", "importo_totale", ""), EMPTY)
}

/// The rows of the register with two invoices issued.
fn issued() -> Book {
    let row = |book: Book, key: &str, number: &str| {
        let book = book.put(("Fatture", key, "numero"), number);
        book.put(("Fatture", key, "data"), "12/01/2026")
    };
    row(row(base(), "c_a334", "1/2026"), "c_a947", "2/2026")
}

fn at(code: &'static str, base: &Book, at: At<'_>, bad: &str, good: &str) -> Case {
    let place = base.place(at).to_string();
    Case::bills(code, place, (base.clone().put(at, bad), DAY), (base.clone().put(at, good), DAY))
}

/// A row for a credit note of the first Comune.
fn note(corrects: &str, sum: &str) -> Book {
    let cells = [
        ("ente", "c_a334"),
        ("anno", "2026"),
        ("tipo", "nota credito"),
        ("fattura_collegata", corrects),
        ("imponibile", sum),
    ];
    issued().add("Fatture", &cells)
}

pub(super) fn cases() -> Vec<Case> {
    let (base, issued) = (base(), issued());
    let lead = base.place(("Enti", "task", "iban")).to_string();
    let convention = |field: &'static str| base.place(("Convenzione", field, "")).to_string();
    let put = |book: &Book, at: At<'_>, value: &str| book.clone().put(at, value);
    let exempt = |by: &str| {
        let book = put(&base, ("Convenzione", "regime_iva", ""), by);
        let book = put(&book, ("Convenzione", "scissione_pagamenti", ""), "no");
        put(&book, ("Convenzione", "aliquota_iva", ""), EMPTY)
    };
    let priced = |price: &str| {
        let book = base
            .clone()
            .add("Servizi", &[("codice", "prova"), ("nome", "Prova"), ("modalita", "listino"), ("importo", price)]);
        book.add(
            "Richieste",
            &[("ente", "c_a334"), ("servizio", "prova"), ("tipo", "attivazione"), ("data", "12/01/2026")],
        )
    };
    let asked = priced("10").place(("Richieste", "c_a334", "servizio")).to_string();
    let noted = |corrects, sum| note(corrects, sum).place(("Fatture", "6", "ente")).to_string();
    let regime = |split: &str| put(&base, ("Convenzione", "scissione_pagamenti", ""), split);
    vec![
        at("INV-01", &base, ("Enti", "c_a334", "codice_ufficio"), EMPTY, "UZ1234"),
        at("INV-01", &base, ("Enti", "task", "partita_iva"), EMPTY, "99910010000"),
        at("INV-02", &issued, ("Fatture", "c_a947", "numero"), "3/2026", "2/2026"),
        at("INV-02", &issued, ("Fatture", "c_a947", "numero"), "1/2026", "2/2026"),
        at("INV-02", &issued, ("Fatture", "c_a947", "data"), EMPTY, "12/01/2026"),
        Case::bills(
            "INV-02",
            issued.place(("Fatture", "c_a947", "numero")).to_string(),
            (put(&issued, ("Fatture", "c_a947", "data"), "11/01/2026"), DAY),
            (put(&issued, ("Fatture", "c_a947", "data"), "13/01/2026"), DAY),
        ),
        // What was issued for € 2.200 is € 2.200 by the data, and nothing else.
        Case::bills(
            "INV-02",
            issued.place(("Fatture", "c_a334", "numero")).to_string(),
            (put(&issued, ("Fatture", "c_a334", "imponibile"), "2000"), DAY),
            (put(&issued, ("Fatture", "c_a334", "imponibile"), "2200"), DAY),
        ),
        {
            let with_sum = put(&issued, ("Fatture", "c_a334", "imponibile"), "2200");
            Case::bills(
                "INV-03",
                issued.place(("Fatture", "c_a334", "numero")).to_string(),
                (put(&with_sum, ("Fatture", "c_a334", "imposta"), "440"), DAY),
                (put(&with_sum, ("Fatture", "c_a334", "imposta"), "484"), DAY),
            )
        },
        Case::bills("INV-04", "Convenzione".to_owned(), (base.clone(), "01/02/2026"), (base.clone(), "31/01/2026"))
            .warning(),
        Case::bills("INV-05", convention("scissione_pagamenti"), (regime(EMPTY), DAY), (regime("no"), DAY)).warning(),
        {
            let confirmed = put(&base, ("Convenzione", "scissione_confermata", ""), "sì");
            let place = convention("scissione_pagamenti");
            Case::bills("INV-05", place, (base.clone(), "01/07/2026"), (confirmed, "01/07/2026")).warning()
        },
        Case::bills("INV-06", convention("bollo_addebitato"), (exempt("esente"), DAY), (base.clone(), DAY)).note(),
        at("INV-07", &base, ("Fatture", "c_a334", "cig"), "Z123", "Z123456789")
            .at(base.place(("Fatture", "c_a334", "ente")).to_string()),
        at("INV-07", &base, ("Fatture", "c_a334", "cig"), "0000000000", "Z123456789")
            .at(base.place(("Fatture", "c_a334", "ente")).to_string()),
        at("INV-07", &base, ("Fatture", "c_a334", "determina_data"), "19/03/2062", "19/01/2026")
            .at(base.place(("Fatture", "c_a334", "ente")).to_string())
            .warning(),
        {
            let without = |cell| put(&base, ("Fatture", "c_a334", "determina_numero"), cell);
            let place = base.place(("Fatture", "c_a334", "ente")).to_string();
            Case::bills("INV-07", place, (without(EMPTY), DAY), (without("84/2026"), DAY)).warning()
        },
        Case::bills("INV-08", lead, (put(&base, ("Enti", "task", "iban"), EMPTY), DAY), (base.clone(), DAY)),
        {
            let named = |name: &str| put(&base, ("Enti", "c_a334", "indirizzo"), name);
            let place = base.place(("Enti", "c_a334", "codice")).to_string();
            let (bad, good) = (named("via Łódź – 3"), named("via Lodz – 3"));
            Case::bills("INV-09", place, (bad, DAY), (good, DAY)).note()
        },
        Case::bills("INV-10", noted("9/2026", ""), (note("9/2026", ""), DAY), (note("1/2026", ""), DAY)),
        Case::bills("INV-10", noted("1/2026", "2201"), (note("1/2026", "2201"), DAY), (note("1/2026", "2200"), DAY)),
        Case::bills("INV-11", asked, (priced(""), DAY), (priced("10"), DAY)).warning(),
        {
            // Control 00471 of the exchange system: nobody invoices itself.
            let same = put(&base, ("Enti", "c_a334", "partita_iva"), "99910010000");
            let place = base.place(("Enti", "c_a334", "codice")).to_string();
            Case::bills("INV-12", place, (same, DAY), (base.clone(), DAY))
        },
    ]
}
