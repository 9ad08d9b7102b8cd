//! Dates of a deliberation: their order (DEL-03) and the ten days before it is executive (DEL-09).

use chrono::NaiveDate;

use super::cases;
use crate::check::Findings;
use crate::check::subject::spot;
use crate::date::{after, short};
use crate::dossier::{Dossier, Field};
use crate::rule::Severity;
use crate::schema::ExecutiveFrom;

/// A step in the life of a deliberation: name, the same after "a", date.
type Step<'a> = (&'static str, &'static str, &'a Field<NaiveDate>);

/// DEL-03. A proposal may have its session ahead; an adopted act has nothing in the future. An immediately executable
/// act is executive from the session, so its publication may follow; so is that of a body that deliberates by its own law.
pub fn out_of_order(dossier: &Dossier, findings: &mut Findings) {
    let approval = cases(dossier).into_iter().find(|case| case.scheme && case.lead == Some(true) && case.adopted());
    let approval = approval.and_then(|case| Some((case.act.data.copied()?, spot(&case.act.data, &case.act.place))));
    for case in cases(dossier) {
        let act = case.act;
        let scheme = approval.clone();
        let session: Step = ("la seduta", "alla seduta", &act.data);
        let publication: Step = ("la pubblicazione", "alla pubblicazione", &act.pubblicata_il);
        let executive: Step = ("l’esecutività", "all’esecutività", &act.esecutiva_dal);
        let signature: Step =
            ("la firma della convenzione", "alla firma della convenzione", &dossier.convention.data_firma);
        let chains: &[&[Step]] = if act.immediata.is(true) || case.by_own_law() {
            &[&[session, publication], &[session, executive, signature]]
        } else {
            &[&[session, publication, executive, signature]]
        };
        for chain in chains {
            let steps: Vec<(&Step, NaiveDate)> =
                chain.iter().filter_map(|step| Some((step, step.2.copied()?))).collect();
            for pair in steps.windows(2) {
                let [(before, first), (later, second)] = pair else { continue };
                if first <= second {
                    continue;
                }
                let message = format!("{} ({}) precede {} ({})", later.0, short(*second), before.0, short(*first));
                // The signature is the convention's: the cell to look at is the deliberation's.
                let (guilty, other) =
                    if std::ptr::eq(later.2, signature.2) { (before.2, later.2) } else { (later.2, before.2) };
                let hint = format!("correggere una delle due date: {} non può essere anteriore {}", later.0, before.1);
                findings.push(case.at("DEL-03", guilty, message).hint(hint).related(spot(other, &act.place)));
            }
        }
        if let (false, Some(day), Some((approved, scheme))) = (case.scheme, act.data.copied(), scheme)
            && case.adopted()
            && day < approved
        {
            let message = format!(
                "la seduta ({}) precede quella in cui il capofila ha approvato lo schema ({})",
                short(day),
                short(approved)
            );
            let finding = case.at("DEL-03", &act.data, message).severity(Severity::Warning);
            let hint = "controllare che la deliberazione approvi questo schema e non un altro, più vecchio";
            findings.push(finding.hint(hint).related(scheme));
        }
        for (name, _, field) in [session, publication, executive] {
            let Some(day) = field.copied() else { continue };
            if case.adopted() && day > dossier.today {
                let message = format!("{name} ({}) è nel futuro: oggi è {}", short(day), after("il", dossier.today));
                let hint = "correggere la data, o lasciarla vuota finché il giorno non è passato";
                findings.push(case.at("DEL-03", field, message).hint(hint));
            } else if !case.adopted() && name != session.0 {
                let message = format!("la deliberazione è ancora «proposta», ma {name} è {}", after("del", day));
                let finding = case.at("DEL-03", field, message).severity(Severity::Warning);
                findings.push(finding.hint("se è stata votata, lo stato è «adottata»; altrimenti svuotare la cella"));
            }
        }
    }
}

/// DEL-09. The tenth day after the day of publication is the first one accepted; what is immediately executable is so from
/// the session.
pub fn executive_too_early(dossier: &Dossier, findings: &mut Findings) {
    for case in cases(dossier).iter().filter(|case| case.adopted() && case.act.immediata.is(true)) {
        let act = case.act;
        let Some((session, executive)) = act.data.copied().zip(act.esecutiva_dal.copied()) else { continue };
        if executive > session {
            let message = format!(
                "la deliberazione è immediatamente eseguibile, quindi dal giorno della seduta ({}), ma «esecutiva_dal» è {}",
                short(session),
                short(executive)
            );
            let finding = case.at("DEL-09", &act.esecutiva_dal, message).severity(Severity::Warning);
            findings.push(
                finding
                    .hint("lasciare vuota la cella, o scrivere «no» in «immediata»")
                    .related(spot(&act.data, &act.place)),
            );
        }
    }
    for case in cases(dossier).iter().filter(|case| !case.act.immediata.is(true) && !case.by_own_law()) {
        let act = case.act;
        let Some(executive) = act.esecutiva_dal.copied() else { continue };
        let Some(published) = act.pubblicata_il.copied() else {
            if case.adopted() && act.pubblicata_il.is_absent() {
                let message = format!(
                    "la deliberazione è data per esecutiva {}, ma non dice quando è stata pubblicata",
                    after("dal", executive)
                );
                let finding = case.at("DEL-09", &act.pubblicata_il, message).severity(Severity::Warning);
                findings.push(finding.hint("scrivere il primo giorno di pubblicazione all’albo"));
            }
            continue;
        };
        let body = case.body.map(|(_, body)| body);
        let from_end = body.is_some_and(|body| body.esecutivita_da.is(ExecutiveFrom::Fine));
        let from = if from_end { "dalla fine della pubblicazione" } else { "dalla pubblicazione" };
        // A day past the calendar's end is certainly too late to be reached.
        let earliest = act.tenth_day(body);
        if earliest.is_none_or(|earliest| executive < earliest) && executive >= published {
            let day = earliest.map_or_else(String::new, |day| format!(", {}", after("il", day)));
            let message = format!(
                "la deliberazione è data per esecutiva {}, prima del decimo giorno {from}{day} (pubblicata {})",
                after("dal", executive),
                after("il", published)
            );
            findings.push(
                case.at("DEL-09", &act.esecutiva_dal, message)
                    .hint("correggere la data, o scrivere «sì» in «immediata» se è stata dichiarata immediatamente eseguibile")
                    .related(spot(&act.pubblicata_il, &act.place)),
            );
        }
    }
}
