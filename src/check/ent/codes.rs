//! Codes and addresses of a body against the national list, and whose they are: codice fiscale (ENT-01, ENT-10), certified
//! mail (ENT-14), the mayor of two Comuni (ENT-15).

use std::collections::BTreeMap;

use super::listed::{agreed, named};
use crate::check::Findings;
use crate::check::subject::{listed, owner, spot};
use crate::diagnostic::Diagnostic;
use crate::dossier::{Body, Dossier, Origin};
use crate::gazetteer::{Comune, Gazetteer};
use crate::italian::fold;
use crate::rule::Severity;
use crate::schema::BodyKind;

/// Digits of the codice fiscale of a body; a person's has sixteen characters.
const OF_A_BODY: usize = 11;
/// Where mail is not certified.
const ORDINARY_MAIL: [&str; 18] = [
    "gmail.com",
    "googlemail.com",
    "hotmail.com",
    "hotmail.it",
    "outlook.com",
    "outlook.it",
    "live.it",
    "live.com",
    "msn.com",
    "yahoo.com",
    "yahoo.it",
    "libero.it",
    "virgilio.it",
    "alice.it",
    "tin.it",
    "tiscali.it",
    "icloud.com",
    "fastwebnet.it",
];

/// ENT-01 on the whole row: the codice fiscale of a person.
pub fn code_of_a_person(dossier: &Dossier, findings: &mut Findings) {
    for body in &dossier.bodies {
        let Some(code) = body.codice_fiscale.get().filter(|code| code.as_str().len() != OF_A_BODY) else { continue };
        let message = format!("«{code}» è il codice fiscale di una persona, non di un ente");
        findings.push(
            Diagnostic::new("ENT-01", spot(&body.codice_fiscale, &body.place), message)
                .hint("scrivere le undici cifre del codice fiscale dell’ente: è in IndicePA")
                .body(owner(body)),
        );
    }
}

/// True where the body is this Comune, or is called like it: what else is wrong then is told by other rules.
fn is_of(body: &Body, comune: &Comune) -> bool {
    listed(body) == Some(comune) || named(body).contains(&comune)
}

/// The Comune of the list that a code is of, where it is not this body.
fn another(body: &Body, code: &str) -> Option<&'static Comune> {
    // A Comune that the list does not know by its name has another fault.
    let is_known = listed(body).is_some() || !body.tipo.is(BodyKind::Comune);
    let whose = Gazetteer::get().by_tax_code(code).filter(|_| is_known)?;
    (!is_of(body, whose)).then_some(whose)
}

/// ENT-10. A code that is of another body is an error; one that only differs may be newer than the list.
pub fn fiscal_code_differs(dossier: &Dossier, findings: &mut Findings) {
    // A code that two rows of the sheet have is told by ENT-06.
    let mut rows: BTreeMap<&str, usize> = BTreeMap::new();
    for code in dossier.bodies.iter().filter_map(|body| body.codice_fiscale.get()) {
        *rows.entry(code.as_str()).or_default() += 1;
    }
    let is_shared = |body: &Body| {
        body.codice_fiscale.get().is_some_and(|code| rows.get(code.as_str()).is_some_and(|rows| *rows > 1))
    };
    for body in dossier.bodies.iter().filter(|body| !is_shared(body)) {
        let from_sheet = body.codice_fiscale.get().filter(|_| body.codice_fiscale.origin == Origin::Sheet);
        let numbers = [
            ("il codice fiscale", from_sheet.map(|code| code.as_str()), spot(&body.codice_fiscale, &body.place)),
            ("la partita IVA", body.partita_iva.get().map(|code| code.as_str()), spot(&body.partita_iva, &body.place)),
        ];
        let mut told = None;
        for (what, code, place) in numbers {
            let Some((code, whose)) = code.and_then(|code| Some((code, another(body, code)?))) else {
                continue;
            };
            // Most bodies have one number for both: one fault, told once.
            if told == Some(code) {
                continue;
            }
            told = Some(code);
            let message = format!("{what} «{code}» in IndicePA è del {}, non di «{}»", whose.full_name(), body.name());
            findings.push(
                Diagnostic::new("ENT-10", place, message)
                    .hint(
                        "scrivere il codice di questo ente: con quello di un altro l’atto e le fatture sono sbagliati",
                    )
                    .severity(Severity::Error)
                    .body(owner(body)),
            );
        }
        let own = agreed(body).filter(|comune| !comune.codice_fiscale.is_empty());
        let Some((typed, comune)) = from_sheet.filter(|code| code.as_str().len() == OF_A_BODY).zip(own) else {
            continue;
        };
        if told.is_none() && typed.as_str() != comune.codice_fiscale {
            let message = format!(
                "il codice fiscale «{typed}» non è quello del {} in IndicePA, «{}»",
                comune.full_name(),
                comune.codice_fiscale
            );
            findings.push(
                Diagnostic::new("ENT-10", spot(&body.codice_fiscale, &body.place), message)
                    .hint("controllare il codice fiscale: si usa comunque quello del foglio")
                    .body(owner(body)),
            );
        }
    }
}

/// ENT-14. Only addresses that the sheet gives.
pub fn certified_mail(dossier: &Dossier, findings: &mut Findings) {
    for body in &dossier.bodies {
        let Some(pec) = body.pec.get().filter(|_| body.pec.origin == Origin::Sheet) else { continue };
        let pec = pec.as_str();
        let domain = pec.rsplit('@').next().unwrap_or_default().to_lowercase();
        let own = agreed(body).filter(|comune| !comune.pec.is_empty());
        let others = Gazetteer::get().by_pec(pec);
        if own.is_some_and(|own| own.pec.eq_ignore_ascii_case(pec)) || others.iter().any(|other| is_of(body, other)) {
            continue;
        }
        let (message, hint, severity) = if ORDINARY_MAIL.contains(&domain.as_str()) {
            let message = format!("«{pec}» è una casella di posta ordinaria, non certificata");
            (message, "scrivere la PEC dell’ente, come è in IndicePA", Severity::Error)
        } else if let Some(other) = others.first() {
            let message = format!("la PEC «{pec}» in IndicePA è del {}, non di «{}»", other.full_name(), body.name());
            (message, "scrivere la PEC di questo ente; se la usano insieme non serve correggere", Severity::Warning)
        } else if let Some(own) = own {
            let message = format!("la PEC «{pec}» non è quella del {} in IndicePA, «{}»", own.full_name(), own.pec);
            (message, "controllare l’indirizzo: si usa comunque quello del foglio", Severity::Note)
        } else {
            continue;
        };
        findings.push(
            Diagnostic::new("ENT-14", spot(&body.pec, &body.place), message)
                .hint(hint)
                .severity(severity)
                .body(owner(body)),
        );
    }
}

/// ENT-15. Nobody is mayor of two Comuni; a commissioner may be.
pub fn mayor_of_two(dossier: &Dossier, findings: &mut Findings) {
    let mut first: BTreeMap<String, &Body> = BTreeMap::new();
    for body in dossier.bodies.iter().filter(|body| body.tipo.is(BodyKind::Comune)) {
        let is_mayor = body.carica.text().is_some_and(|office| fold(office).starts_with("sindac"));
        let Some(name) = body.rappresentante.text().filter(|_| is_mayor) else { continue };
        let earlier = *first.entry(fold(name)).or_insert(body);
        // The same body twice is told by ENT-06.
        if earlier.row == body.row || fold(earlier.name()) == fold(body.name()) {
            continue;
        }
        let message = format!("«{name}» firma come Sindaco di «{}» e di «{}»", earlier.name(), body.name());
        findings.push(
            Diagnostic::new("ENT-15", spot(&body.rappresentante, &body.place), message)
                .hint("correggere il nome copiato; se sono due persone con lo stesso nome non serve correggere")
                .body(owner(body))
                .related(spot(&earlier.rappresentante, &earlier.place)),
        );
    }
}
