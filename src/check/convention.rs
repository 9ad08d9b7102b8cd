//! C30 rules that the data alone decide: term, extension, parties, deliberations, signature, totals.
//! (TUEL, D.Lgs. 267/2000, art. 30.) Those on the composed act are in `act`; those of an agreement in `acc`, which shares
//! what is the same for both.

use super::subject::spot;
use super::{Check, Findings};
use crate::date;
use crate::diagnostic::Diagnostic;
use crate::dossier::{Body, Contribution, Deliberation, Dossier};
use crate::model::Parameter;
use crate::money::Money;
use crate::place::Place;
use crate::rule::Severity;
use crate::schema::{BodyKind, Choices, Extension, Mode, Role, Signing};

/// The rules that hold for an agreement as well.
pub const COMMON: &[(&str, Check)] = &[("C30-10", extension), ("C30-14", lead_body)];

/// The rules that hold for a convention only.
pub const CHECKS: &[(&str, Check)] = &[
    ("C30-03", term_stated),
    ("C30-08", three_years),
    ("C30-09", term_consistent),
    ("C30-11", parties),
    ("C30-12", executive_deliberations),
    ("C30-13", joint_office),
    ("C30-17", withdrawal),
    ("C30-18", signature),
    ("C30-19", total),
];

fn term_stated(dossier: &Dossier, findings: &mut Findings) {
    let it = &dossier.convention;
    if it.decorrenza.is_absent() {
        findings.push(
            Diagnostic::new("C30-03", spot(&it.decorrenza, &it.place), "manca la decorrenza della convenzione")
                .hint("scrivere il primo giorno: 01/01/2026"),
        );
    } else if it.scadenza.is_absent() && it.decorrenza.get().is_some() {
        findings.push(
            Diagnostic::new(
                "C30-03",
                spot(&it.scadenza, &it.place),
                "mancano sia la durata sia la scadenza della convenzione",
            )
            .hint("scrivere «durata_anni», oppure «scadenza»"),
        );
    }
}

fn three_years(dossier: &Dossier, findings: &mut Findings) {
    let it = &dossier.convention;
    let short = it.durata_anni.copied().is_some_and(|years| years < 3);
    if short && it.funzioni_fondamentali.is(true) {
        let years = it.durata_anni.copied().unwrap_or_default();
        let years = crate::italian::count(usize::try_from(years).unwrap_or(usize::MAX), "anno", "anni");
        findings.push(
            Diagnostic::new(
                "C30-08",
                spot(&it.durata_anni, &it.place),
                format!("si gestiscono funzioni fondamentali ma la durata è di {years}: ne servono almeno tre"),
            )
            .hint("portare la durata ad almeno tre anni, o indicare «funzioni_fondamentali» no")
            .related(it.funzioni_fondamentali.place.clone()),
        );
    }
}

fn term_consistent(dossier: &Dossier, findings: &mut Findings) {
    term_dates(dossier, findings, "C30-09");
}

/// The end is the start and the term, is not past, and comes after the signature.
pub(super) fn term_dates(dossier: &Dossier, findings: &mut Findings, code: &'static str) {
    let it = &dossier.convention;
    let (Some(start), Some(end)) = (it.decorrenza.copied(), it.scadenza.copied()) else { return };
    let place = spot(&it.scadenza, &it.place);
    let expected = it.durata_anni.copied().and_then(|years| date::term_end(start, u32::try_from(years).ok()?));
    if let (Some(expected), Some(years)) = (expected, it.durata_anni.copied())
        && expected != end
    {
        let message = format!(
            "la scadenza è {} ma {years} anni {} finiscono {}",
            date::after("il", end),
            date::after("dal", start),
            date::after("il", expected)
        );
        findings.push(
            Diagnostic::new(code, place, message)
                .hint("correggere la scadenza, la decorrenza o la durata; lasciando vuota la scadenza la calcola il programma")
                .related(it.durata_anni.place.clone())
                .related(it.decorrenza.place.clone()),
        );
    } else if end < start {
        let message = format!("la scadenza {} viene prima della decorrenza {}", date::short(end), date::short(start));
        findings.push(Diagnostic::new(code, place, message).hint("correggere le due date"));
    } else if end < dossier.today {
        let message = format!("la scadenza, {}, è già passata", date::after("il", end));
        findings.push(Diagnostic::new(code, place, message).hint("per il periodo successivo serve un nuovo atto"));
    }
    if let Some(signed) = it.data_firma.copied().filter(|signed| *signed > end) {
        let message =
            format!("la firma {} è successiva alla scadenza {}", date::after("del", signed), date::short(end));
        findings.push(
            Diagnostic::new(code, spot(&it.data_firma, &it.place), message).hint("la firma viene prima della scadenza"),
        );
    }
}

fn extension(dossier: &Dossier, findings: &mut Findings) {
    let it = &dossier.convention;
    if it.rinnovo.is(Extension::Tacito) {
        findings.push(
            Diagnostic::new("C30-10", spot(&it.rinnovo, &it.place), "è previsto il rinnovo tacito").hint(
                "prevedere il rinnovo espresso: alla scadenza servono comunque nuove deliberazioni e nuove firme",
            ),
        );
    }
}

fn parties(dossier: &Dossier, findings: &mut Findings) {
    if dossier.adherents().next().is_none() {
        findings.push(
            Diagnostic::new(
                "C30-11",
                Place::Sheet(Body::SHEET.into()),
                "oltre al capofila non c’è nessun ente aderente",
            )
            .hint("scrivere nel foglio «Enti» almeno un ente con ruolo «aderente»"),
        );
    }
    for body in &dossier.bodies {
        let Some(kind) = body.tipo.copied() else { continue };
        let (severity, instrument) = match kind {
            BodyKind::Regione => {
                (Severity::Warning, "lo strumento è l’accordo fra amministrazioni (L. 241/1990, art. 15)")
            }
            BodyKind::Societa if is_in_house(dossier) => (
                Severity::Warning,
                "il testo regola un affidamento in house (D.Lgs. 175/2016, art. 16): verificare il controllo analogo e i motivi dell’affidamento (D.Lgs. 36/2023, art. 7)",
            ),
            BodyKind::Societa => (
                Severity::Warning,
                "per una società servono l’affidamento in house (D.Lgs. 175/2016, art. 16) o il partenariato pubblico-privato",
            ),
            BodyKind::Associazione => (
                Severity::Warning,
                "per un’associazione serve un accordo (L. 241/1990, art. 15, se è pubblica) o un contratto",
            ),
            BodyKind::Altro => (
                Severity::Note,
                "se non è un ente locale (TUEL art. 2), al richiamo dell’art. 30 si affianca l’accordo (L. 241/1990, art. 15): il testo lo prevede",
            ),
            _ => continue,
        };
        let message =
            format!("«{}» ({}) non è fra gli enti locali che possono convenzionarsi", body.name(), kind.word());
        findings.push(
            Diagnostic::new("C30-11", spot(&body.tipo, &body.place), message)
                .severity(severity)
                .hint(instrument)
                .body(body.code()),
        );
    }
}

/// True where the model's texts are those of an in-house award.
fn is_in_house(dossier: &Dossier) -> bool {
    dossier.model.parametri.get("in_house") == Some(&Parameter::Flag(true))
}

fn executive_deliberations(dossier: &Dossier, findings: &mut Findings) {
    // A company signs by the powers that its statute gives: no organ of it deliberates as a council does.
    without_executive_act(dossier, findings, "C30-12", |body, _| !body.tipo.is(BodyKind::Societa));
}

/// The parties that want a deliberation and have none, or none that is executive. `wants` decides on the body and its
/// deliberation.
pub(super) fn without_executive_act(
    dossier: &Dossier,
    findings: &mut Findings,
    code: &'static str,
    wants: fn(&Body, Option<&Deliberation>) -> bool,
) {
    let severity = if dossier.at_signature() { Severity::Error } else { Severity::Note };
    let lead = dossier.lead().map(|lead| (lead, dossier.scheme(), "di approvazione dello schema"));
    let others = dossier.parties().map(|(_, body)| (body, dossier.adhesion_of(body), "di adesione"));
    for (body, act, what) in lead.into_iter().chain(others).filter(|(body, act, _)| wants(body, *act)) {
        let (place, message, hint) = match act {
            None => (
                spot(&body.codice, &body.place),
                format!("«{}» non ha una deliberazione {what}", body.name()),
                "aggiungere la riga nel foglio «Deliberazioni»",
            ),
            Some(act) if !act.is_adopted() => (
                spot(&act.stato, &act.place),
                format!("la deliberazione {what} di «{}» è ancora una proposta", body.name()),
                "prima della firma la deliberazione va adottata e deve essere esecutiva",
            ),
            // A date still to come, or after the signature, is told by DEL-03.
            Some(act) if !act.immediata.is(true) && act.esecutiva_dal.is_absent() => (
                spot(&act.esecutiva_dal, &act.place),
                format!("la deliberazione {what} di «{}» non ha la data di esecutività", body.name()),
                "scrivere la data in «esecutiva_dal», o «sì» in «immediata» se è stata dichiarata immediatamente eseguibile",
            ),
            Some(_) => continue,
        };
        let finding = Diagnostic::new(code, place, message).severity(severity).hint(hint);
        findings.push(if dossier.lead().is_some_and(|lead| lead.row == body.row) {
            finding
        } else {
            finding.body(body.code())
        });
    }
}

fn joint_office(dossier: &Dossier, findings: &mut Findings) {
    let it = &dossier.convention;
    if it.forma.is(Mode::Ufficio) && it.sede.is_absent() {
        findings.push(
            Diagnostic::new(
                "C30-13",
                spot(&it.sede, &it.place),
                "è previsto un ufficio comune ma non se ne indica la sede",
            )
            .hint("scrivere la sede dell’ufficio comune nel campo «sede»"),
        );
    }
}

fn lead_body(dossier: &Dossier, findings: &mut Findings) {
    let it = &dossier.convention;
    if it.capofila.is_absent() {
        let message = "non è indicato l’ente capofila";
        findings.push(
            Diagnostic::new("C30-14", spot(&it.capofila, &it.place), message)
                .hint("scrivere il codice del capofila nel campo «capofila»"),
        );
    }
    let leads: Vec<&Body> = dossier.bodies.iter().filter(|body| body.ruolo.is(Role::Capofila)).collect();
    for extra in leads.iter().skip(1) {
        let message = format!("anche «{}» ha il ruolo di capofila", extra.name());
        findings.push(
            Diagnostic::new("C30-14", spot(&extra.ruolo, &extra.place), message)
                .hint("il capofila è uno solo: gli altri enti hanno ruolo «aderente»")
                .related(leads.first().map(|lead| lead.ruolo.place.clone()).unwrap_or_default()),
        );
    }
    if let Some(lead) = dossier.lead().filter(|lead| lead.ruolo.is(Role::Aderente)) {
        let message = format!("«{}» è il capofila ma nel foglio «Enti» ha ruolo «aderente»", lead.name());
        findings.push(
            Diagnostic::new("C30-14", spot(&lead.ruolo, &lead.place), message)
                .hint("scrivere «capofila» nella colonna «ruolo», o correggere il campo «capofila»")
                .related(it.capofila.place.clone()),
        );
    }
}

fn withdrawal(dossier: &Dossier, findings: &mut Findings) {
    let it = &dossier.convention;
    let place = spot(&it.recesso_preavviso_giorni, &it.place);
    match it.recesso_preavviso_giorni.copied() {
        None if it.recesso_preavviso_giorni.is_absent() => findings.push(
            Diagnostic::new("C30-17", place, "non è indicato il preavviso per il recesso")
                .hint("scrivere i giorni nel campo «recesso_preavviso_giorni»: per esempio 90"),
        ),
        Some(0) => findings.push(
            Diagnostic::new(
                "C30-17",
                place,
                "il preavviso per il recesso è di zero giorni: chi recede lo fa da un giorno all’altro",
            )
            .hint("scrivere i giorni di preavviso: per esempio 90")
            .severity(Severity::Warning),
        ),
        Some(days) if days >= 365 => findings.push(
            Diagnostic::new(
                "C30-17",
                place,
                format!("con {days} giorni di preavviso non c’è un ultimo giorno utile nell’anno"),
            )
            .hint("indicare meno di 365 giorni"),
        ),
        _ => {}
    }
    let term = it.durata_anni.copied();
    if let (Some(from), Some(term)) = (it.recesso_dal_anno.copied(), term)
        && (from == 0 || from > term)
    {
        let message = format!("il recesso è ammesso dall’anno {from}, ma la convenzione dura {term} anni");
        findings.push(
            Diagnostic::new("C30-17", spot(&it.recesso_dal_anno, &it.place), message)
                .hint("scrivere un anno compreso nella durata: 1 se si può recedere da subito"),
        );
    }
}

fn signature(dossier: &Dossier, findings: &mut Findings) {
    on_paper(dossier, findings, "C30-18");
}

/// A signature on paper makes an act between administrations void.
pub(super) fn on_paper(dossier: &Dossier, findings: &mut Findings, code: &'static str) {
    let it = &dossier.convention;
    if it.firma.is(Signing::Cartacea) {
        findings.push(
            Diagnostic::new(code, spot(&it.firma, &it.place), "la firma su carta rende nullo l’atto")
                .hint("scrivere «digitale» nel campo «firma»"),
        );
    }
}

fn total(dossier: &Dossier, findings: &mut Findings) {
    let it = &dossier.convention;
    let Some(stated) = it.importo_totale.copied() else { return };
    let sum: Money = dossier.contributions.iter().flatten().map(Contribution::total).sum();
    let is_stated = |sum: Money| Money::checked(stated) == Some(sum);
    if dossier.contributions.iter().all(Option::is_none) || is_stated(sum) {
        return;
    }
    // A fee that could not be computed, or a term that does not add up, has been told: only what is wrong all the same.
    let open = dossier.adherents().any(|(index, _)| dossier.contribution(index).is_none());
    let years = it.durata_anni.copied().and_then(|years| u32::try_from(years).ok()).unwrap_or_default();
    let by_years: Money = dossier.contributions.iter().flatten().map(|owed| owed.yearly().times(years)).sum();
    if is_stated(by_years) || open && Money::checked(stated).is_some_and(|stated| stated > sum) {
        return;
    }
    let stated = Money::checked(stated).map_or_else(|| stated.to_string(), |stated| stated.to_string());
    let message =
        format!("il totale indicato è {stated}, ma i contributi degli enti per tutta la durata sommano a {sum}");
    findings.push(Diagnostic::new("C30-19", spot(&it.importo_totale, &it.place), message).hint(
        "correggere il totale, o controllare abitanti e tariffe: lasciando vuoto il campo il controllo non si fa",
    ));
}
