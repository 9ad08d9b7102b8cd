//! Cases of the rules of services: rows of `Richieste`, the catalogue, contacts, and the texts of the forms.

use super::{Book, Case, EMPTY};
use crate::support::edited;

/// A Comune that has adhered and asks for a service.
const BODY: &str = "c_a035";
/// The service it asks for.
const SERVICE: &str = "connettivita";

/// One more row of that body, for a service: what it asks, and when.
fn asking(book: Book, service: &str, kind: &str, day: &str) -> Book {
    let reason = if kind == "disdetta" { "altro fornitore" } else { EMPTY };
    let cells = [("ente", BODY), ("servizio", service), ("tipo", kind), ("data", day), ("motivo", reason)];
    book.add("Richieste", &cells)
}

pub fn cases() -> Vec<Case> {
    let base = Book::small();
    let of = |column| ("Richieste", BODY, column);
    let at = |column| base.place(of(column)).to_string();
    let surcharge = base
        .clone()
        .put(("Servizi", SERVICE, "modalita"), "quota maggiorata")
        .put(("Servizi", SERVICE, "importo"), "100,00")
        .put(("Enti", BODY, "recesso_comunicato_il"), "10/09/2026");
    let leaving = asking(base.clone(), SERVICE, "disdetta", "15/09/2026");
    let confirmed = asking(leaving.clone(), SERVICE, "conferma", "10/10/2026");
    let second = |column| leaving.place(("Richieste", "3", column)).to_string();
    let named = base.clone().put(("Servizi", SERVICE, "nominativo"), "sì");
    let recipient = [("ente", BODY), ("servizio", SERVICE), ("nome", "Anna"), ("cognome", "Rossi")];
    let silent = base.clone().put(("Incarichi", BODY, "email"), EMPTY);
    let request = "atti/richiesta-servizio.md";
    let support = "| Assistenza e manutenzione, per anno | {{servizio.assistenza}} |\n";
    let withdrawal = "atti/disdetta-servizio.md";
    let reason = "| Motivo | {{richiesta.motivo}} |\n";
    vec![
        Case::cell("SRV-01", &base, of("servizio"), "connetivita", SERVICE),
        Case::cell("SRV-02", &surcharge, of("data"), "15/02/2027", "15/02/2026").at(at("servizio")),
        Case::cell("SRV-03", &base, ("Servizi", "posta", "importo"), "10,00", EMPTY),
        Case::books("SRV-04", at("servizio"), base.clone().without("Incarichi", BODY), base.clone()),
        Case::texts("SRV-04", "richiesta-servizio.md", vec![(request, edited(request, support, ""))]),
        Case::cell("SRV-05", &leaving, ("Richieste", "3", "motivo"), EMPTY, "altro fornitore"),
        Case::texts_on(
            "SRV-05",
            "disdetta-servizio.md",
            leaving.clone(),
            vec![(withdrawal, edited(withdrawal, reason, ""))],
        ),
        Case::cell("SRV-06", &leaving, ("Servizi", SERVICE, "una_tantum"), "sì", "no").at(second("servizio")),
        Case::cell("SRV-07", &leaving, ("Richieste", "3", "data"), "15/12/2026", "15/09/2026").warning(),
        Case::cell("SRV-07", &base, ("Enti", BODY, "recesso_comunicato_il"), "05/10/2026", "01/10/2026").warning(),
        Case::cell("SRV-08", &base, of("data"), "12/01/2025", "05/01/2026").at(at("servizio")).warning(),
        Case::books(
            "SRV-09",
            second("servizio"),
            asking(base.clone(), SERVICE, "attivazione", "12/01/2026"),
            asking(base.clone(), "cloud", "attivazione", "12/01/2026"),
        ),
        Case::books(
            "SRV-09",
            second("servizio"),
            asking(base.clone(), SERVICE, "attivazione", "20/02/2026"),
            asking(base.clone(), "cloud", "attivazione", "20/02/2026"),
        )
        .warning(),
        Case::books("SRV-10", at("quantita"), named.clone(), named.clone().add("Beneficiari", &recipient)),
        Case::books(
            "SRV-12",
            confirmed.place(("Richieste", "4", "servizio")).to_string(),
            confirmed.clone(),
            asking(base.clone(), SERVICE, "conferma", "10/10/2026"),
        )
        .warning(),
        Case::cell("SRV-12", &base, of("data"), "05/01/2062", "05/01/2026").warning(),
        Case::cell("SRV-07", &leaving, ("Richieste", "3", "effetto_dal"), "20/09/2026", "01/01/2027").warning(),
        Case::cell("SRV-11", &silent, ("Incarichi", BODY, "telefono"), EMPTY, "0721 000111").warning(),
    ]
}
