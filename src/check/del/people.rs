//! People of a deliberation: who must be named (DEL-16), offices that one person cannot hold together (DEL-17).

use super::cases;
use super::content::want;
use crate::check::Findings;
use crate::check::subject::{same_person, spot};
use crate::dossier::{Body, Dossier};
use crate::italian::{fold, grouped};
use crate::rule::Severity;
use crate::schema::{BodyKind, Organ};

/// Inhabitants above which a council elects its own president (TUEL art. 39 c. 1).
const OWN_PRESIDENT: u64 = 15_000;

/// DEL-16. The scheme needs no representative of an adherent.
pub fn unnamed_signatories(dossier: &Dossier, findings: &mut Findings) {
    for case in cases(dossier).iter().filter(|case| case.adopted()) {
        let act = case.act;
        let code = "DEL-16";
        let hint = "scrivere nome e cognome come nel verbale";
        want(case, code, &act.presidente, "chi ha presieduto la seduta", hint, findings);
        want(case, code, &act.segretario, "il segretario verbalizzante", hint, findings);
        if !case.scheme {
            let hint = "scrivere chi rappresenta l’ente negli organi della convenzione";
            want(case, code, &act.rappresentante, "il rappresentante dell’ente per la convenzione", hint, findings);
        }
    }
}

fn is_mayor(body: &Body) -> bool {
    body.tipo.is(BodyKind::Comune) && body.carica.text().is_some_and(|office| fold(office).starts_with("sindac"))
}

/// Another Comune whose mayor has this name.
fn mayor_elsewhere<'d>(dossier: &'d Dossier, body: &Body, name: &str) -> Option<&'d Body> {
    let is_other = |other: &&Body| other.row != body.row && fold(other.name()) != fold(body.name()) && is_mayor(other);
    dossier
        .bodies
        .iter()
        .filter(is_other)
        .find(|other| other.rappresentante.text().is_some_and(|it| same_person(it, name)))
}

/// DEL-17. Who records the session does not preside over it; above 15,000 inhabitants the mayor does not preside over the
/// council.
pub fn incompatible_offices(dossier: &Dossier, findings: &mut Findings) {
    for case in cases(dossier) {
        let act = case.act;
        let (president, secretary) = (act.presidente.text(), act.segretario.text());
        if let (Some(president), Some(secretary)) = (president, secretary)
            && same_person(president, secretary)
        {
            let message = format!("«{president}» presiede la seduta e ne è anche il segretario");
            let finding = case.at("DEL-17", &act.segretario, message).severity(case.missing());
            findings.push(
                finding.hint("scrivere il segretario che ha verbalizzato").related(spot(&act.presidente, &act.place)),
            );
        }
        let Some((_, body)) = case.body.filter(|(_, body)| body.tipo.is(BodyKind::Comune)) else { continue };
        let (Some(president), Some(mayor)) = (president, body.rappresentante.text()) else { continue };
        if let Some(other) = mayor_elsewhere(dossier, body, president).filter(|_| !same_person(president, mayor)) {
            let message = format!(
                "la seduta di «{}» risulta presieduta da «{president}», che firma come Sindaco di «{}»",
                body.name(),
                other.name()
            );
            let finding = case.at("DEL-17", &act.presidente, message).severity(Severity::Warning);
            let hint = "correggere il nome, che sembra copiato da un’altra riga";
            findings.push(finding.hint(hint).related(spot(&other.rappresentante, &other.place)));
        }
        let inhabitants = body.abitanti.copied().unwrap_or(0);
        let is_council = act.organo.get().is_none_or(|organ| *organ == Organ::Consiglio);
        let is_mayor = is_mayor(body);
        if is_council && is_mayor && inhabitants > OWN_PRESIDENT && same_person(president, mayor) {
            let message = format!(
                "il consiglio di «{}» è presieduto da chi firma come Sindaco, ma con {} abitanti elegge un proprio presidente",
                body.name(),
                grouped(inhabitants)
            );
            let finding = case.at("DEL-17", &act.presidente, message).severity(Severity::Warning);
            let hint = "scrivere chi ha presieduto, come nel verbale; se è davvero il Sindaco non serve correggere";
            findings.push(finding.hint(hint).related(spot(&body.rappresentante, &body.place)));
        }
    }
}
