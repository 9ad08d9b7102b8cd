//! Rules on bodies that need the whole sheet: duplicates, representatives, kind against name, membership of a Union.
//! What the national list contradicts is in [`listed`] and [`codes`]; single cells (ENT-01 to 04, 08) are judged where they are read.
//!
//! Called by the runner of rules through [`CHECKS`].

mod codes;
mod listed;
mod suppressed;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use crate::check::subject::{owner, spot};
use crate::check::{Check, Findings};
use crate::diagnostic::Diagnostic;
use crate::dossier::{Body, Dossier, Field, Origin};
use crate::italian::fold;
use crate::place::Place;
use crate::rule::Severity;
use crate::schema::{BodyKind, Choices};

/// The checks of this group, by code.
pub const CHECKS: &[(&str, Check)] = &[
    ("ENT-01", codes::code_of_a_person),
    ("ENT-05", listed::gazetteer_mismatch),
    ("ENT-06", duplicates),
    ("ENT-07", listed::population_far_from_istat),
    ("ENT-09", missing_representative),
    ("ENT-10", codes::fiscal_code_differs),
    ("ENT-11", listed::suppressed_comune),
    ("ENT-12", kind_contradicts_name),
    ("ENT-13", not_a_union),
    ("ENT-14", codes::certified_mail),
    ("ENT-15", codes::mayor_of_two),
];

/// ENT-06. Codes that fold alike clash too: they name folders, and other sheets refer to bodies by folded code.
fn duplicates(dossier: &Dossier, findings: &mut Findings) {
    let bodies = &dossier.bodies;
    let mut first: BTreeMap<(&str, String), usize> = BTreeMap::new();
    for (later, body) in bodies.iter().enumerate() {
        // The first row that shares something, once for each pair of rows; a shared code is a fault of its own.
        let mut told = Vec::new();
        for (what, key) in keys(body) {
            let earlier = *first.entry((what, key)).or_insert(later);
            if earlier == later || (what != CODE && told.contains(&earlier)) {
                continue;
            }
            if what != CODE {
                told.push(earlier);
            }
            if let Some(other) = bodies.get(earlier) {
                findings.push(duplicate(what, other, body));
            }
        }
    }
}

const CODE: &str = "codice";
const TAX_CODE: &str = "codice fiscale";
const ISTAT: &str = "codice ISTAT";
const NAME: &str = "denominazione";

/// What must not be shared, the most telling first.
fn keys(body: &Body) -> Vec<(&'static str, String)> {
    let mut keys = Vec::new();
    if let Some(code) = body.codice.get() {
        keys.push((CODE, fold(code.as_str())));
    }
    if let Some(code) = body.codice_fiscale.get() {
        keys.push((TAX_CODE, code.as_str().to_owned()));
    }
    if let Some(code) = body.codice_istat.get() {
        keys.push((ISTAT, code.as_str().to_owned()));
    }
    if let Some(name) = body.denominazione.text() {
        keys.push((NAME, format!("{} / {}", fold(name), fold(body.provincia.text().unwrap_or("")))));
    }
    keys
}

fn duplicate(what: &'static str, earlier: &Body, later: &Body) -> Diagnostic {
    // Where the list says that the code is the later row's, the earlier one is to be corrected.
    let has_its_own = |body: &Body| match what {
        TAX_CODE => listed::agreed(body)
            .zip(body.codice_fiscale.get())
            .is_some_and(|(comune, code)| comune.codice_fiscale == code.as_str()),
        ISTAT => body.codice_istat.origin == Origin::Completed,
        _ => false,
    };
    let (guilty, other) = if has_its_own(later) && !has_its_own(earlier) { (earlier, later) } else { (later, earlier) };
    let cell = |body: &Body| match what {
        CODE => spot(&body.codice, &body.place),
        TAX_CODE => spot(&body.codice_fiscale, &body.place),
        ISTAT => spot(&body.codice_istat, &body.place),
        _ => spot(&body.denominazione, &body.place),
    };
    let (name, row) = (other.name(), u64::from(other.row) + 1);
    let message = match what {
        CODE if guilty.code() == other.code() => {
            format!("il codice «{}» è già di «{name}», alla riga {row}", guilty.code())
        }
        CODE => format!(
            "i codici «{}» e «{}» (riga {row}) si confondono nei nomi delle cartelle e nei rinvii",
            guilty.code(),
            other.code()
        ),
        TAX_CODE => {
            let code = guilty.codice_fiscale.get().map_or("", |code| code.as_str());
            format!("il codice fiscale «{code}» è già di «{name}», alla riga {row}")
        }
        ISTAT => {
            let code = guilty.codice_istat.get().map_or("", |code| code.as_str());
            format!("il codice ISTAT «{code}» è già di «{name}», alla riga {row}")
        }
        _ => format!("l’ente «{}» è già alla riga {row}", guilty.name()),
    };
    let hint = match what {
        CODE => "dare a ogni ente un codice diverso, oppure eliminare la riga se l’ente è lo stesso",
        _ => "eliminare la riga se l’ente è lo stesso, oppure correggere il dato copiato",
    };
    Diagnostic::new("ENT-06", cell(guilty), message).hint(hint).body(owner(guilty)).related(cell(other))
}

/// ENT-09. A body that adheres through its Union does not sign, so it needs no representative.
fn missing_representative(dossier: &Dossier, findings: &mut Findings) {
    for body in dossier.bodies.iter().filter(|body| body.unione.get().is_none()) {
        let mut missing: Vec<(&str, Place)> = Vec::new();
        let mut want = |name, field: &Field<String>| {
            if field.is_absent() {
                missing.push((name, spot(field, &body.place)));
            }
        };
        want("il nome del rappresentante legale", &body.rappresentante);
        want("la carica di chi firma", &body.carica);
        let what = missing.iter().map(|(name, _)| *name).collect::<Vec<_>>().join(" e ");
        let mut places = missing.into_iter().map(|(_, place)| place);
        let Some(place) = places.next() else { continue };
        let verb = if what.contains(" e la carica") { "mancano" } else { "manca" };
        let (severity, hint) = if dossier.at_signature() {
            (Severity::Error, "compilare «rappresentante» e «carica»: alla stipula devono esserci")
        } else {
            (Severity::Note, "nello schema resta una riga punteggiata; serviranno alla stipula")
        };
        let mut finding = Diagnostic::new("ENT-09", place, format!("di «{}» {verb} {what}", body.name()))
            .hint(hint)
            .severity(severity)
            .body(owner(body));
        finding.related.extend(places);
        findings.push(finding);
    }
}

/// ENT-12. The office of who signs says the kind too: a Comune has a Sindaco, a Province a president.
fn office_of_another_kind(body: &Body) -> Option<Diagnostic> {
    let (kind, office) = (body.tipo.copied()?, body.carica.text()?);
    let starts = |word: &str| fold(office).split(' ').next().is_some_and(|first| first.starts_with(word));
    let expected = match kind {
        BodyKind::Comune if starts("president") => "Sindaco",
        BodyKind::Provincia if starts("sindac") => "Presidente",
        _ => return None,
    };
    let message = format!("«{}» ({}) firma per mezzo di un «{office}»", body.name(), kind.word());
    let finding = Diagnostic::new("ENT-12", spot(&body.carica, &body.place), message).severity(Severity::Warning);
    Some(finding.hint(format!("di norma è «{expected}»: controllare «carica» e «rappresentante»")).body(owner(body)))
}

/// ENT-12.
fn kind_contradicts_name(dossier: &Dossier, findings: &mut Findings) {
    for body in &dossier.bodies {
        let Some((kind, name, expected)) = contradicting(body) else {
            office_of_another_kind(body).into_iter().for_each(|finding| findings.push(finding));
            continue;
        };
        let message = format!("il tipo «{}» contraddice la denominazione «{name}»", kind.word());
        findings.push(
            Diagnostic::new("ENT-12", spot(&body.tipo, &body.place), message)
                .hint(format!("scrivere «{}» nella colonna «tipo», o correggere la denominazione", expected.word()))
                .body(owner(body))
                .related(spot(&body.denominazione, &body.place)),
        );
    }
}

/// Kind, name, and the kind that the name tells, where they do not fit.
fn contradicting(body: &Body) -> Option<(BodyKind, &str, BodyKind)> {
    let (kind, name) = (body.tipo.copied()?, body.denominazione.text()?);
    let fitting = kinds_named(name);
    let expected = fitting.first()?;
    (!fitting.contains(&kind)).then_some((kind, name, *expected))
}

/// The kinds that a name allows, the most likely first; empty where the name tells nothing.
fn kinds_named(name: &str) -> &'static [BodyKind] {
    use BodyKind::{
        Altro, Associazione, CittaMetropolitana, Comune, Consorzio, Montana, Provincia, Regione, Societa, Unione,
    };
    let name = fold(name);
    let starts = |prefixes: &[&str]| {
        prefixes
            .iter()
            .any(|prefix| name == *prefix || name.strip_prefix(prefix).is_some_and(|rest| rest.starts_with(' ')))
    };
    if starts(&["citta metropolitana"]) {
        &[CittaMetropolitana]
    } else if starts(&["comune", "citta di", "municipio", "roma capitale"]) {
        &[Comune]
    } else if starts(&["provincia", "libero consorzio comunale"]) {
        &[Provincia]
    } else if starts(&["unione montana", "comunita montana", "comunita isolana"]) {
        &[Montana, Unione]
    } else if starts(&["unione di comuni", "unione dei comuni", "unione comuni"]) {
        &[Unione, Montana]
    } else if starts(&["unione"]) {
        // Trade unions and associations are called so too: only another kind of local body contradicts the name.
        &[Unione, Montana, Consorzio, Associazione, Societa, Altro]
    } else if starts(&["regione"]) {
        &[Regione]
    } else if starts(&["associazione", "fondazione"]) {
        &[Associazione, Altro]
    } else if name.ends_with(" srl") || name.ends_with(" spa") || name.ends_with(" s r l") || name.ends_with(" s p a") {
        &[Societa, Consorzio, Altro]
    } else if starts(&["consorzio"]) {
        &[Consorzio, Societa, Associazione, Altro]
    } else {
        &[]
    }
}

/// ENT-13.
fn not_a_union(dossier: &Dossier, findings: &mut Findings) {
    for (index, body) in dossier.bodies.iter().enumerate() {
        let Some(reference) = body.unione.text() else { continue };
        let found = dossier.find_body(reference);
        let union = found.and_then(|found| dossier.bodies.get(found));
        let (message, hint) = match union {
            None => (
                format!("l’unione «{reference}» non è nel foglio «Enti»"),
                "aggiungere l’unione al foglio «Enti», o correggere il codice",
            ),
            Some(_) if found == Some(index) => (
                format!("«{}» indica sé stesso come unione di appartenenza", body.name()),
                "svuotare la colonna «unione», o scriverci il codice dell’unione",
            ),
            Some(union) if union.tipo.get().is_some() && !union.is_any(&[BodyKind::Unione, BodyKind::Montana]) => (
                format!("«{reference}» è «{}», che non è un’unione né una comunità montana", union.name()),
                "scrivere il codice dell’unione, o svuotare la colonna «unione» se l’ente aderisce da solo",
            ),
            Some(union) if body.is_any(&[BodyKind::Unione]) && union.is_any(&[BodyKind::Unione]) => (
                format!("«{}» è un’unione e non può essere membro di un’altra, «{}»", body.name(), union.name()),
                "svuotare la colonna «unione», o correggere il tipo dell’ente",
            ),
            Some(_) => continue,
        };
        let finding = Diagnostic::new("ENT-13", spot(&body.unione, &body.place), message).hint(hint).body(owner(body));
        findings.push(match union {
            Some(union) if found != Some(index) => finding.related(spot(&union.tipo, &union.place)),
            _ => finding,
        });
    }
}
