//! What a deliberation must say: opinions (DEL-10 to 12), spending (DEL-13), object (DEL-14), members of a Union
//! (DEL-15). People are in [`super::people`].

use std::collections::BTreeMap;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::{Case, all_cases, cases, members};
use crate::check::Findings;
use crate::check::subject::spot;
use crate::date::after;
use crate::dossier::{Contribution, Dossier, Field, Origin};
use crate::italian::{decimal, fold};
use crate::money::Money;
use crate::place::Place;
use crate::rule::Severity;
use crate::schema::{DeliberationSubject, Role};

/// How many times the fee an amount committed may be before it looks like a slip.
const FAR_ABOVE: u32 = 5;
const BLANK: &str = "finché è una proposta resta una riga punteggiata; va compilata prima del voto";

/// Pushes a finding for an empty cell: an error once adopted, a note before.
pub(super) fn want<T>(
    case: &Case<'_>,
    code: &'static str,
    field: &Field<T>,
    what: &str,
    hint: &str,
    findings: &mut Findings,
) {
    if field.is_absent() {
        let message = format!("nella deliberazione di «{}» manca {what}", case.name());
        let hint = if case.adopted() { hint } else { BLANK };
        findings.push(case.at(code, field, message).hint(hint).severity(case.missing()));
    }
}

/// An opinion against does not stop the council, which must then give its reasons (art. 49 c. 4).
fn is_unfavourable(opinion: &str) -> bool {
    let opinion = fold(opinion).replace("nulla in contrario", "").replace("nessun rilievo contrario", "");
    ["sfavorevole", "contrario", "negativo", "non favorevole"].iter().any(|word| opinion.contains(word))
}

/// Warns of an opinion against, and of one that does not say whether it is for or against.
fn warn_unfavourable(case: &Case<'_>, code: &'static str, field: &Field<String>, findings: &mut Findings) {
    let Some(opinion) = field.text() else { return };
    let folded = fold(opinion);
    let (message, hint) = if is_unfavourable(opinion) {
        let message = format!("il parere è «{opinion}»: chi delibera in modo diverso deve motivarlo");
        (message, "aggiungere la motivazione nel testo della deliberazione")
    } else if !folded.contains("favorevol") && !folded.contains("positiv") && !is_not_due(opinion) {
        (
            format!("il parere è «{opinion}»: non dice se è favorevole o contrario"),
            "scrivere «favorevole», o «contrario»",
        )
    } else {
        return;
    };
    findings.push(case.at(code, field, message).severity(Severity::Warning).hint(hint));
}

/// DEL-10.
pub fn technical_opinion(dossier: &Dossier, findings: &mut Findings) {
    for case in cases(dossier).into_iter().filter(|case| !case.by_own_law()) {
        let act = case.act;
        let code = "DEL-10";
        want(&case, code, &act.parere_tecnico, "il parere di regolarità tecnica", "scrivere «favorevole»", findings);
        let who = "chi ha reso il parere di regolarità tecnica";
        want(&case, code, &act.responsabile_tecnico, who, "scrivere nome e cognome del responsabile", findings);
        warn_unfavourable(&case, code, &act.parere_tecnico, findings);
        if let Some(opinion) = act.parere_tecnico.text().filter(|opinion| is_not_due(opinion)) {
            let message = format!("il parere di regolarità tecnica è «{opinion}», ma su ogni proposta è dovuto");
            let hint = "chiederlo al responsabile del servizio e scriverlo nella cella";
            findings.push(case.at(code, &act.parere_tecnico, message).severity(case.missing()).hint(hint));
        }
    }
}

/// True for "non dovuto" and its like.
fn is_not_due(opinion: &str) -> bool {
    ["non dovuto", "non necessario", "non richiesto", "non occorre"].iter().any(|words| fold(opinion).contains(words))
}

/// What the body owes each year, for an adhesion whose fee could be computed and is not nil.
fn owed<'a>(dossier: &'a Dossier, case: &Case<'_>) -> Option<&'a Contribution> {
    let (index, _) = case.body.filter(|_| !case.scheme)?;
    dossier.contribution(index).filter(|owed| !owed.total().is_zero())
}

/// DEL-11. "Non dovuto" is accepted, but not where the deliberation spends money.
pub fn accounting_opinion(dossier: &Dossier, findings: &mut Findings) {
    for case in cases(dossier).into_iter().filter(|case| !case.by_own_law()) {
        let act = case.act;
        let code = "DEL-11";
        let hint = "scrivere «favorevole», o «non dovuto» se non c’è spesa";
        want(&case, code, &act.parere_contabile, "il parere di regolarità contabile", hint, findings);
        warn_unfavourable(&case, code, &act.parere_contabile, findings);
        let not_due = act.parere_contabile.text().filter(|opinion| is_not_due(opinion));
        let Some(opinion) = not_due else {
            let who = "chi ha reso il parere di regolarità contabile";
            want(&case, code, &act.responsabile_contabile, who, "scrivere nome e cognome del responsabile", findings);
            continue;
        };
        let stated = act.importo_annuo.copied().filter(|amount| *amount > Decimal::ZERO);
        if owed(dossier, &case).is_some() || stated.is_some() {
            let message = format!("il parere contabile è «{opinion}», ma l’adesione comporta una spesa");
            findings.push(
                case.at(code, &act.parere_contabile, message)
                    .hint("chiedere il parere al responsabile di ragioneria e scriverlo nella cella")
                    .related(spot(&act.importo_annuo, &act.place)),
            );
        }
    }
}

/// DEL-12.
pub fn auditors_opinion(dossier: &Dossier, findings: &mut Findings) {
    for case in cases(dossier).iter().filter(|case| case.is_local()) {
        warn_unfavourable(case, "DEL-12", &case.act.parere_revisori, findings);
        if !case.act.parere_revisori.is_absent() {
            continue;
        }
        let message =
            format!("nella deliberazione di «{}» non si parla del parere dell’organo di revisione", case.name());
        findings.push(
            case.at("DEL-12", &case.act.parere_revisori, message)
                .hint("è discusso se serva: scrivere «favorevole» o «non dovuto», secondo la scelta dell’ente")
                .severity(Severity::Note),
        );
    }
}

/// DEL-13. The yearly amount is compared with the fee of a full year, VAT included.
pub fn insufficient_commitment(dossier: &Dossier, findings: &mut Findings) {
    for case in cases(dossier) {
        let Some(contribution) = owed(dossier, &case) else { continue };
        let act = case.act;
        let due = contribution.yearly() + contribution.yearly_vat();
        let needed = format!("l’importo annuo della spesa (la quota è {due})");
        want(&case, "DEL-13", &act.importo_annuo, &needed, "scrivere l’importo impegnato per ogni anno", findings);
        want(&case, "DEL-13", &act.capitolo, "il capitolo di spesa", "scrivere il capitolo del bilancio", findings);
        want(
            &case,
            "DEL-13",
            &act.missione,
            "la missione di bilancio",
            "scrivere la missione, per esempio «01»",
            findings,
        );
        want(
            &case,
            "DEL-13",
            &act.programma,
            "il programma di bilancio",
            "scrivere il programma, per esempio «08»",
            findings,
        );
        if let Some(stated) = act.importo_annuo.copied().filter(|stated| *stated < due.decimal()) {
            let stated = Money::checked(stated).map_or_else(|| decimal(stated, 2), |stated| stated.to_string());
            let vat = if contribution.yearly_vat().is_zero() { "" } else { ", IVA compresa" };
            let message = format!("l’importo annuo è {stated}, ma la quota è {due}{vat}");
            let hint = format!("impegnare almeno {due} per ogni anno");
            findings.push(case.at("DEL-13", &act.importo_annuo, message).hint(hint));
        }
        // More than the fee is the body's choice; many times the fee is a slip in one of the two figures.
        let limit = due.decimal().checked_mul(Decimal::from(FAR_ABOVE));
        if let Some(stated) = act.importo_annuo.copied().filter(|stated| limit.is_some_and(|limit| *stated > limit)) {
            let stated = Money::checked(stated).map_or_else(|| decimal(stated, 2), |stated| stated.to_string());
            let message = format!("l’importo annuo è {stated}, molto più della quota, che è {due}");
            let finding = case.at("DEL-13", &act.importo_annuo, message).severity(Severity::Warning);
            findings.push(
                finding
                    .hint("controllare l’importo, e la tariffa del foglio «Fasce»: uno dei due può essere sbagliato"),
            );
        }
    }
}

/// DEL-14. That recitals and object name the same convention is seen to by the templates, which take them from one
/// place; here the object is held against what the sheet says of the body.
pub fn object_contradicts_convention(dossier: &Dossier, findings: &mut Findings) {
    use DeliberationSubject::{Adesione, Rinnovo, Schema};
    // The newest day of the adopted rows that a later one takes the place of, by body and kind.
    let mut superseded_days: BTreeMap<(usize, bool), NaiveDate> = BTreeMap::new();
    for case in all_cases(dossier) {
        let (Some(subject), Some((_, body))) = (case.act.oggetto.copied(), case.body) else { continue };
        let object = &case.act.oggetto;
        if case.superseded {
            if case.adopted() {
                let message =
                    format!("«{}» ha un’altra riga dello stesso oggetto più in basso: vale quella", case.name());
                let finding = case.at("DEL-14", object, message).severity(Severity::Note);
                findings.push(finding.hint("eliminare la riga che non serve più"));
                if let (Some((index, _)), Some(day)) = (case.body, case.act.data.copied()) {
                    let newest = superseded_days.entry((index, case.scheme)).or_insert(day);
                    *newest = day.max(*newest);
                }
            }
            continue;
        }
        if let (Some((index, _)), Some(day)) = (case.body, case.act.data.copied())
            && let Some(newer) = superseded_days.get(&(index, case.scheme)).filter(|newer| **newer > day)
        {
            let message = format!(
                "vale questa deliberazione {}, la più in basso, ma «{}» ne ha un’altra più recente, {}",
                after("del", day),
                case.name(),
                after("del", *newer)
            );
            let finding = case.at("DEL-14", &case.act.data, message).severity(Severity::Warning);
            findings.push(finding.hint("lasciare soltanto la riga della deliberazione che approva questa convenzione"));
        }
        if subject != Schema && body.ruolo.is(Role::Esterno) && case.adopted() {
            let message = format!("«{}» ha deliberato l’adesione, ma il suo ruolo è «esterno»", case.name());
            let hint = "scrivere «aderente» nella colonna «ruolo» del foglio «Enti», o togliere la deliberazione";
            findings.push(case.at("DEL-14", object, message).hint(hint).related(spot(&body.ruolo, &body.place)));
        }
        let already = &body.gia_aderente;
        let before = || spot(already, &body.place);
        let (message, hint, related) = match (subject, case.lead, already.copied()) {
            (Schema, Some(false), _) => (
                format!("«{}» approva lo schema, ma non è l’ente capofila", case.name()),
                "scrivere «adesione» o «rinnovo»: lo schema lo approva soltanto il capofila",
                dossier.convention.capofila.place.clone(),
            ),
            (Adesione | Rinnovo, Some(true), _) => (
                format!("«{}» è l’ente capofila, e non può aderire alla propria convenzione", case.name()),
                "scrivere «schema»: il capofila approva lo schema",
                dossier.convention.capofila.place.clone(),
            ),
            (Rinnovo, _, Some(false) | None) if already.origin != Origin::Unreadable => (
                format!("l’oggetto è «rinnovo», ma «{}» non risulta già aderente", case.name()),
                "scrivere «adesione», oppure «sì» in «gia_aderente» nel foglio «Enti»",
                before(),
            ),
            (Adesione, _, Some(true)) => (
                format!("l’oggetto è «adesione», ma «{}» risulta già aderente", case.name()),
                "scrivere «rinnovo», oppure «no» in «gia_aderente» nel foglio «Enti»",
                before(),
            ),
            _ => continue,
        };
        let finding = case.at("DEL-14", object, message).hint(hint);
        findings.push(if related == Place::None { finding } else { finding.related(related) });
    }
}

/// DEL-15. The members for which a Union adheres are the bodies that name it in `unione`.
pub fn adhering_twice(dossier: &Dossier, findings: &mut Findings) {
    let members = members(dossier);
    for case in cases(dossier).iter().filter(|case| !case.scheme) {
        let Some((index, body)) = case.body else { continue };
        let Some(union) = members.get(&index).and_then(|union| dossier.bodies.get(*union)) else { continue };
        let message = format!(
            "«{}» aderisce tramite «{}» e ha anche una propria deliberazione di adesione",
            body.name(),
            union.name()
        );
        findings.push(
            case.at("DEL-15", &case.act.ente, message)
                .hint("eliminare la riga; oppure, se l’ente aderisce da solo, svuotare la colonna «unione» nel foglio «Enti»")
                .related(spot(&body.unione, &body.place)),
        );
    }
    for (member, union) in &members {
        let Some((body, through)) = dossier.bodies.get(*member).zip(dossier.bodies.get(*union)) else { continue };
        if let Some(other) = members.get(union).and_then(|other| dossier.bodies.get(*other)) {
            let message = format!(
                "«{}» aderisce tramite «{}», che a sua volta aderisce tramite «{}»",
                body.name(),
                through.name(),
                other.name()
            );
            findings.push(
                crate::diagnostic::Diagnostic::new("DEL-15", spot(&body.unione, &body.place), message)
                    .hint("scrivere l’unione che delibera l’adesione, o svuotare la colonna «unione»")
                    .body(crate::check::subject::owner(body))
                    .related(spot(&through.unione, &through.place)),
            );
        }
    }
}
