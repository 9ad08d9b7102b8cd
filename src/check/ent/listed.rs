//! What the sheet says of a Comune against the national list: name, ISTAT code, province (ENT-05), population (ENT-07),
//! suppressed Comuni (ENT-11). Codes and addresses are in [`super::codes`].

use super::contradicting;
use super::suppressed::{SUPPRESSED, Suppressed};
use crate::check::Findings;
use crate::check::completion::bare_names;
use crate::check::subject::{listed, owner, spot};
use crate::diagnostic::Diagnostic;
use crate::dossier::{Body, Dossier, Origin};
use crate::gazetteer::{Comune, Gazetteer};
use crate::italian::{fold, grouped};
use crate::rule::Severity;
use crate::schema::{BodyKind, Choices};

/// Misspelt names for which the whole list is searched: beyond these the sheet does not list Comuni at all, and the
/// search costs milliseconds a name.
const SUGGESTIONS: usize = 40;

/// ENT-05.
pub fn gazetteer_mismatch(dossier: &Dossier, findings: &mut Findings) {
    let mut left = SUGGESTIONS;
    // A kind that contradicts the name is one fault, and ENT-12 tells it.
    for body in dossier.bodies.iter().filter(|body| contradicting(body).is_none()) {
        let found = if is_comune(body) { comune_mismatch(body, &mut left) } else { other_mismatch(body) };
        for finding in found.into_iter().chain(code_of_another(body)) {
            findings.push(finding.body(owner(body)));
        }
    }
}

/// True for a Comune, and for a row without kind, which the reader tries as a Comune.
fn is_comune(body: &Body) -> bool {
    body.tipo.is(BodyKind::Comune) || body.tipo.is_absent()
}

/// Every Comune that the body's name may mean.
pub(super) fn named(body: &Body) -> Vec<&'static Comune> {
    let list = Gazetteer::get();
    let mut found: Vec<&Comune> = body
        .denominazione
        .text()
        .map(bare_names)
        .unwrap_or_default()
        .iter()
        .flat_map(|name| list.by_name(name))
        .collect();
    found.sort_by(|a, b| a.codice_istat.cmp(&b.codice_istat));
    found.dedup_by(|a, b| a.codice_istat == b.codice_istat);
    found
}

fn once_named(body: &Body) -> Option<&'static Suppressed> {
    let names = bare_names(body.denominazione.text()?);
    SUPPRESSED.iter().find(|old| names.contains(&fold(old.name)))
}

fn is_in(comune: &Comune, province: &str) -> bool {
    let province = fold(province);
    [&comune.sigla, &comune.sigla_anpr_2026, &comune.provincia].into_iter().any(|sign| fold(sign) == province)
}

fn signs(comuni: &[&Comune]) -> String {
    comuni.iter().map(|comune| comune.sigla.as_str()).collect::<Vec<_>>().join(", ")
}

/// The bare name for messages: the list is searched for what is near to it.
fn shown(body: &Body) -> String {
    let name = body.name();
    let lower = name.to_lowercase();
    match ["comune di ", "città di ", "municipio di "].iter().find(|prefix| lower.starts_with(*prefix)) {
        Some(prefix) if lower.len() == name.len() => name.get(prefix.len()..).unwrap_or(name).to_owned(),
        _ => name.to_owned(),
    }
}

fn comune_mismatch(body: &Body, left: &mut usize) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let names = named(body);
    let typed = body.codice_istat.get().filter(|_| body.codice_istat.origin == Origin::Sheet);
    let coded = typed.and_then(|code| Gazetteer::get().by_istat(code.as_str()));
    let (name_place, istat_place) = (spot(&body.denominazione, &body.place), spot(&body.codice_istat, &body.place));
    if let (Some(code), None) = (typed, coded) {
        let hint = match names.as_slice() {
            [only] => format!("il codice di {} è «{}»", only.nome, only.codice_istat),
            _ => "correggere il codice, o lasciarlo vuoto: viene ricavato dal nome".to_owned(),
        };
        let message = format!("il codice ISTAT «{code}» non è di nessun Comune dell’elenco nazionale");
        found.push(Diagnostic::new("ENT-05", istat_place.clone(), message).hint(hint));
    }
    if let (Some(comune), Some(code), Some(first)) = (coded, typed, names.first())
        && !names.contains(&comune)
    {
        let message =
            format!("il codice ISTAT «{code}» è del {}, ma la denominazione è «{}»", comune.full_name(), body.name());
        let hint = format!("il codice di {} è «{}»: correggere il codice o il nome", first.nome, first.codice_istat);
        found.push(Diagnostic::new("ENT-05", istat_place, message).hint(hint).related(name_place));
        return found;
    }
    if body.denominazione.get().is_some() && names.is_empty() {
        found.extend(unlisted_name(body, coded, left).map(|finding| match coded {
            Some(_) => finding.related(spot(&body.codice_istat, &body.place)),
            None => finding,
        }));
    }
    found.extend(province_mismatch(body, coded, &names));
    found
}

fn unlisted_name(body: &Body, coded: Option<&Comune>, left: &mut usize) -> Option<Diagnostic> {
    if once_named(body).is_some() {
        return None; // ENT-11 says more.
    }
    let name = shown(body);
    // Another code of the row may tell who it is.
    let list = Gazetteer::get();
    let by_other_code = || {
        let by_tax_code = body.codice_fiscale.get().and_then(|code| list.by_tax_code(code.as_str()));
        by_tax_code.or_else(|| list.by_code(body.codice.get()?.as_str()))
    };
    let meant = coded.or_else(by_other_code);
    let near = match coded {
        None if meant.is_some() => meant.map(|comune| comune.nome.as_str()),
        None if *left > 0 => {
            *left -= 1;
            list.nearest(&name)
        }
        _ => None,
    };
    let place = spot(&body.denominazione, &body.place);
    if let Some(comune) = meant.filter(|comune| comune.is_nearly_named(&name)) {
        let message = format!("«{}» nell’elenco nazionale è «{}»", body.name(), comune.full_name());
        let hint = "controllare il nome: negli atti si usa quello del foglio";
        return Some(Diagnostic::new("ENT-05", place, message).hint(hint).severity(Severity::Warning));
    }
    let (message, hint) = match (coded, near) {
        (Some(comune), _) => (
            format!("«{}» non è nell’elenco nazionale: il codice ISTAT è del {}", body.name(), comune.full_name()),
            format!("scrivere «{}», o correggere il codice ISTAT", comune.full_name()),
        ),
        (None, Some(near)) => {
            (format!("«{name}» non è un Comune dell’elenco nazionale"), format!("forse si voleva «{near}»"))
        }
        (None, None) if body.tipo.is_absent() => (
            format!("«{name}» non è un Comune dell’elenco nazionale, e la riga non dice il tipo dell’ente"),
            "se non è un Comune, compilare la colonna «tipo»".to_owned(),
        ),
        (None, None) => (
            format!("«{name}» non è un Comune dell’elenco nazionale"),
            "correggere il nome come nell’elenco ISTAT, o scrivere il codice ISTAT".to_owned(),
        ),
    };
    Some(Diagnostic::new("ENT-05", place, message).hint(hint))
}

fn province_mismatch(body: &Body, coded: Option<&Comune>, names: &[&'static Comune]) -> Option<Diagnostic> {
    let place = spot(&body.provincia, &body.place);
    let only;
    let candidates = match coded {
        Some(comune) => {
            only = [comune];
            &only[..]
        }
        None => names,
    };
    let first = candidates.first()?;
    let Some(province) = body.provincia.text().filter(|_| body.provincia.origin == Origin::Sheet) else {
        // One of the homonyms, and nothing in the row to say which.
        return (candidates.len() > 1 && body.listed.is_none() && body.provincia.is_absent()).then(|| {
            let message = format!("più Comuni si chiamano «{}» ({})", first.nome, signs(candidates));
            Diagnostic::new("ENT-05", place, message).hint("scrivere la sigla della provincia, o il codice ISTAT")
        });
    };
    if candidates.iter().any(|comune| is_in(comune, province)) {
        return None;
    }
    let message = format!("il {} è in provincia di {}, non «{province}»", first.full_name(), signs(candidates));
    let hint = format!("scrivere «{}», o correggere il nome o il codice ISTAT", first.sigla);
    Some(Diagnostic::new("ENT-05", place, message).hint(hint).related(spot(&body.denominazione, &body.place)))
}

/// Bodies that are not Comuni: a province that is nowhere, a code of a Comune. Only warnings: the list does not hold them.
fn other_mismatch(body: &Body) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let list = Gazetteer::get();
    let typed = body.provincia.text().filter(|_| body.provincia.origin == Origin::Sheet);
    if let Some(province) = typed.filter(|province| !list.all().iter().any(|comune| is_in(comune, province))) {
        let message = format!("la provincia «{province}» non è nell’elenco nazionale");
        found.push(
            Diagnostic::new("ENT-05", spot(&body.provincia, &body.place), message)
                .hint("scrivere la sigla di due lettere")
                .severity(Severity::Warning),
        );
    }
    if let (Some(kind), Some(code)) = (body.tipo.copied(), body.codice_istat.get()) {
        let whose = match list.by_istat(code.as_str()) {
            Some(comune) => format!("è del {}", comune.full_name()),
            None => "non è di un Comune".to_owned(),
        };
        let message = format!("il codice ISTAT «{code}» {whose}, ma «{}» ha tipo «{}»", body.name(), kind.word());
        found.push(
            Diagnostic::new("ENT-05", spot(&body.codice_istat, &body.place), message)
                .hint("il codice ISTAT si scrive soltanto per i Comuni: lasciare vuota la cella")
                .severity(Severity::Warning),
        );
    }
    found
}

/// An IndicePA or cadastral code of another Comune in `codice`: harmless to the acts, but confusing.
fn code_of_another(body: &Body) -> Option<Diagnostic> {
    let code = body.codice.get().filter(|_| body.codice.origin == Origin::Sheet)?;
    let comune = Gazetteer::get().by_code(code.as_str())?;
    let names = named(body);
    let is_it = match listed(body).filter(|_| is_comune(body)) {
        Some(own) => own == comune || names.contains(&comune),
        None => is_comune(body) && (names.is_empty() || names.contains(&comune)),
    };
    (!is_it).then(|| {
        let message = format!("il codice «{code}» in IndicePA è del {}, non di «{}»", comune.full_name(), body.name());
        let hint = match listed(body).filter(|own| !own.codice_ipa.is_empty()) {
            Some(own) if is_comune(body) => format!("il codice IndicePA di {} è «{}»", own.nome, own.codice_ipa),
            _ => "scrivere un altro codice, per non confondere i due enti".to_owned(),
        };
        Diagnostic::new("ENT-05", spot(&body.codice, &body.place), message).hint(hint).severity(Severity::Warning)
    })
}

/// The Comune of the list, where name and code do not point at two different ones (ENT-05 says so then).
pub(super) fn agreed(body: &Body) -> Option<&'static Comune> {
    let comune = listed(body).filter(|_| is_comune(body))?;
    let names = named(body);
    (body.denominazione.get().is_none() || names.contains(&comune)).then_some(comune)
}

/// ENT-07.
pub fn population_far_from_istat(dossier: &Dossier, findings: &mut Findings) {
    for body in &dossier.bodies {
        let typed = body.abitanti.copied().filter(|_| body.abitanti.origin == Origin::Sheet);
        let Some((typed, listed)) = typed.zip(agreed(body).and_then(|comune| comune.popolazione_2023)) else {
            continue;
        };
        if u128::from(typed.abs_diff(listed)) * 10 > u128::from(listed) {
            let message = format!(
                "gli abitanti di «{}» sono {}, ma per l’ISTAT erano {} al 1°\u{a0}gennaio\u{a0}2023",
                body.name(),
                grouped(typed),
                grouped(listed)
            );
            findings.push(
                Diagnostic::new("ENT-07", spot(&body.abitanti, &body.place), message)
                    .hint("controllare il numero: si usa comunque quello del foglio")
                    .body(owner(body)),
            );
        }
    }
}

/// ENT-11. A Comune suppressed after the day of the act could still be a party to it.
pub fn suppressed_comune(dossier: &Dossier, findings: &mut Findings) {
    for body in dossier.bodies.iter().filter(|body| is_comune(body)) {
        let names = named(body);
        let gone = listed(body).or(names.first().copied()).filter(|comune| !comune.exists());
        let old = once_named(body)
            .filter(|_| names.is_empty())
            .filter(|old| old.since().is_some_and(|since| since <= dossier.act_date()));
        let (message, hint) = match (gone, old) {
            (Some(comune), _) => (
                format!("il {} è stato soppresso o fuso in un altro", comune.full_name()),
                "scrivere il Comune che gli è succeduto".to_owned(),
            ),
            (None, Some(old)) => (
                format!("il Comune di {} non esiste più: gli è succeduto il Comune di {}", old.name, old.successor),
                format!("scrivere «Comune di {}»", old.successor),
            ),
            (None, None) => continue,
        };
        findings.push(
            Diagnostic::new("ENT-11", spot(&body.denominazione, &body.place), message).hint(hint).body(owner(body)),
        );
    }
}
