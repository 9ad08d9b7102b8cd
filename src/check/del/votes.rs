//! Votes and presences: sums (DEL-04), quorum (DEL-05), members (DEL-06), majority (DEL-07), immediate executability
//! (DEL-08). Counts come from cells: sums are made in 128 bits.

use super::councillors::{assigned_councillors, by_law, has_special_statute};
use super::{Case, cases};
use crate::check::Findings;
use crate::check::subject::{owner, same_person, spot};
use crate::diagnostic::Diagnostic;
use crate::dossier::{Body, Dossier, Field, Origin};
use crate::italian::grouped;
use crate::place::Place;
use crate::rule::Severity;
use crate::schema::{BodyKind, Organ};

/// DEL-04. An empty `contrari`, `astenuti` or `non_partecipanti` counts as none.
pub fn do_not_add_up(dossier: &Dossier, findings: &mut Findings) {
    for case in cases(dossier) {
        let act = case.act;
        let parts = [
            ("favorevoli", &act.favorevoli),
            ("contrari", &act.contrari),
            ("astenuti", &act.astenuti),
            ("non partecipanti", &act.non_partecipanti),
        ];
        if unreadable(&act.presenti) || parts.iter().any(|(_, field)| unreadable(field)) {
            continue;
        }
        let any_vote = parts.iter().any(|(_, field)| field.get().is_some());
        let wanted = case.adopted() || any_vote || act.presenti.get().is_some();
        if act.presenti.is_absent() && (case.adopted() || any_vote) {
            let message = format!("nella deliberazione di «{}» mancano i presenti", case.name());
            findings.push(case.at("DEL-04", &act.presenti, message).hint("scrivere i presenti, sindaco compreso"));
        }
        if act.favorevoli.is_absent() && wanted {
            let message = format!("nella deliberazione di «{}» mancano i voti favorevoli", case.name());
            findings.push(case.at("DEL-04", &act.favorevoli, message).hint("scrivere i voti del verbale"));
        }
        let (Some(present), Some(_)) = (act.presenti.copied(), act.favorevoli.get()) else { continue };
        let counted = |field: &Field<u64>| u128::from(field.copied().unwrap_or(0));
        let sum: u128 = parts.iter().map(|(_, field)| counted(field)).sum();
        if sum != u128::from(present) {
            let listed =
                parts.map(|(name, field)| format!("{name} {}", grouped(field.copied().unwrap_or(0)))).join(", ");
            let total = u64::try_from(sum).map_or_else(|_| sum.to_string(), grouped);
            let message = format!("i presenti sono {}, ma i voti fanno {total}: {listed}", grouped(present));
            let finding =
                case.at("DEL-04", &act.presenti, message).hint("correggere i voti o i presenti secondo il verbale");
            let places = parts.into_iter().filter(|(_, field)| field.get().is_some());
            findings.push(places.fold(finding, |finding, (_, field)| finding.related(spot(field, &act.place))));
        }
    }
}

fn unreadable<T>(field: &Field<T>) -> bool {
    field.origin == Origin::Unreadable
}

/// The council votes: not the executive, nor a board, whose quorum is elsewhere.
fn is_council(case: &Case<'_>) -> bool {
    !matches!(case.act.organo.get(), Some(Organ::Giunta | Organ::Presidente | Organ::Amministrazione))
}

/// Who stands beside the assigned councillors and is not counted for the quorum.
fn head_apart(body: &Body) -> Option<&'static str> {
    match body.tipo.get()? {
        BodyKind::Comune => Some("il sindaco"),
        BodyKind::Provincia => Some("il presidente"),
        BodyKind::CittaMetropolitana => Some("il sindaco metropolitano"),
        _ => None,
    }
}

fn councillors_place(body: &Body) -> Place {
    spot(&body.consiglieri_assegnati, &body.place)
}

/// DEL-05. A third of the assigned councillors, rounded up, must be present, the mayor not counted.
///
/// The sheet counts the mayor among the `presenti`, and does not say whether the mayor was there: the rule takes it that
/// the mayor was, so that one is taken off. In other bodies than Comuni, Provinces and metropolitan cities nobody is.
pub fn quorum_not_reached(dossier: &Dossier, findings: &mut Findings) {
    for case in cases(dossier).iter().filter(|case| is_council(case)) {
        let (Some(present), Some((_, body))) = (case.act.presenti.copied(), case.body) else { continue };
        let Some(assigned) = assigned_councillors(body) else {
            if head_apart(body).is_some() && body.consiglieri_assegnati.is_absent() && has_special_statute(body) {
                let message = format!(
                    "«{}» è in una Regione a statuto speciale: il numero legale non viene controllato",
                    body.name()
                );
                let finding = case.at("DEL-05", &body.consiglieri_assegnati, message).severity(Severity::Note);
                findings.push(finding.hint("scrivere i consiglieri nella colonna «consiglieri_assegnati»"));
            }
            continue;
        };
        let required = assigned.div_ceil(3);
        let head = head_apart(body);
        let councillors = if head.is_some() { present.saturating_sub(1) } else { present };
        if councillors < required {
            let without = head.map_or_else(String::new, |head| format!(", senza contare {head}"));
            let message = format!(
                "i consiglieri presenti sono {}{without}, ma per il numero legale ne servono almeno {}: un terzo di {}",
                grouped(councillors),
                grouped(required),
                grouped(assigned)
            );
            // Where another presides the mayor may have been away: then nobody is to be taken off.
            let preside = case.act.presidente.text().zip(body.rappresentante.text());
            let is_doubtful = present >= required && preside.is_some_and(|(one, other)| !same_person(one, other));
            let finding = case.at("DEL-05", &case.act.presenti, message);
            findings.push(if is_doubtful {
                let hint =
                    "se chi è a capo dell’ente era assente non serve correggere; altrimenti controllare i presenti";
                finding.severity(Severity::Warning).hint(hint).related(councillors_place(body))
            } else {
                finding.hint(hint_on_assigned(body)).related(councillors_place(body))
            });
        }
    }
}

fn hint_on_assigned(body: &Body) -> &'static str {
    if body.consiglieri_assegnati.get().is_some() {
        "controllare i presenti e i consiglieri assegnati"
    } else {
        "controllare i presenti; se i consiglieri assegnati non sono quelli che dà la popolazione, scriverli in «consiglieri_assegnati»"
    }
}

/// DEL-06. The number that the sheet gives is held against that of the law, too.
pub fn more_present_than_members(dossier: &Dossier, findings: &mut Findings) {
    for body in &dossier.bodies {
        let Some((stated, due)) = body.consiglieri_assegnati.copied().zip(by_law(body)) else { continue };
        if stated != due {
            let message = format!(
                "i consiglieri assegnati a «{}» sono {}, ma con i suoi abitanti ne spettano {}",
                body.name(),
                grouped(stated),
                grouped(due)
            );
            let finding = Diagnostic::new("DEL-06", councillors_place(body), message).severity(Severity::Warning);
            let hint = "controllare: con un numero sbagliato i voti e il numero legale non si controllano davvero";
            findings.push(finding.hint(hint).body(owner(body)));
        }
    }
    for case in cases(dossier).iter().filter(|case| is_council(case)) {
        let (Some(present), Some((_, body))) = (case.act.presenti.copied(), case.body) else { continue };
        let Some(assigned) = assigned_councillors(body) else { continue };
        let members = assigned.saturating_add(1);
        if present > members {
            let message = format!(
                "i presenti sono {}, ma i componenti sono {}: {} consiglieri assegnati più {}",
                grouped(present),
                grouped(members),
                grouped(assigned),
                head_apart(body).unwrap_or("il presidente")
            );
            let finding = case.at("DEL-06", &case.act.presenti, message);
            findings.push(finding.hint(hint_on_assigned(body)).related(councillors_place(body)));
        }
    }
}

/// DEL-07. More votes for than against; where the body's bylaw counts the abstained among the voters, also more than
/// half of the voters.
pub fn not_approved(dossier: &Dossier, findings: &mut Findings) {
    for case in cases(dossier).iter().filter(|case| case.adopted()) {
        let act = case.act;
        let Some(favour) = act.favorevoli.copied() else { continue };
        if unreadable(&act.contrari) {
            continue;
        }
        let against = act.contrari.copied().unwrap_or(0);
        let abstained = act.astenuti.copied().unwrap_or(0);
        let counts_abstained = case.body.is_some_and(|(_, body)| body.astenuti_votanti.is(true));
        let message = if favour <= against {
            format!(
                "i favorevoli sono {} e i contrari {}: la proposta non è approvata",
                grouped(favour),
                grouped(against)
            )
        } else if counts_abstained && u128::from(favour) <= u128::from(against) + u128::from(abstained) {
            format!(
                "i favorevoli sono {}, ma contrari e astenuti insieme sono {}: per il regolamento dell’ente gli astenuti sono \
                 votanti, e la maggioranza non c’è",
                grouped(favour),
                u128::from(against) + u128::from(abstained)
            )
        } else {
            continue;
        };
        let hint = "correggere i voti; se la proposta è stata respinta, la deliberazione non si può usare";
        findings.push(case.at("DEL-07", &act.favorevoli, message).hint(hint).related(spot(&act.contrari, &act.place)));
    }
}

/// DEL-08. The members are the assigned councillors and the mayor; the majority is more than half of them.
pub fn invalid_immediate_executability(dossier: &Dossier, findings: &mut Findings) {
    let is_due = |case: &&Case<'_>| case.adopted() && case.act.immediata.is(true) && !case.by_own_law();
    for case in cases(dossier).iter().filter(is_due) {
        let act = case.act;
        let Some(favour) = act.favorevoli_immediata.copied() else {
            if act.favorevoli_immediata.is_absent() {
                let message = "la deliberazione è dichiarata immediatamente eseguibile senza il voto separato";
                findings.push(
                    case.at("DEL-08", &act.favorevoli_immediata, message)
                        .hint("scrivere i voti favorevoli all’immediata eseguibilità, o «no» in «immediata»")
                        .related(spot(&act.immediata, &act.place)),
                );
            }
            continue;
        };
        if let Some(present) = act.presenti.copied().filter(|present| favour > *present) {
            let message = format!(
                "i favorevoli all’immediata eseguibilità sono {}, più dei presenti, che sono {}",
                grouped(favour),
                grouped(present)
            );
            let finding = case.at("DEL-08", &act.favorevoli_immediata, message);
            findings.push(finding.hint("correggere i voti").related(spot(&act.presenti, &act.place)));
            continue;
        }
        let Some((_, body)) = case.body.filter(|_| is_council(case)) else { continue };
        let Some(members) = assigned_councillors(body).map(|assigned| assigned.saturating_add(1)) else { continue };
        if favour <= members / 2 {
            let message = format!(
                "i favorevoli all’immediata eseguibilità sono {}, ma ne servono almeno {}: la maggioranza dei componenti, che sono {}",
                grouped(favour),
                grouped((members / 2).saturating_add(1)),
                grouped(members)
            );
            findings.push(
                case.at("DEL-08", &act.favorevoli_immediata, message)
                    .hint("correggere i voti, o scrivere «no» in «immediata» e la data in «esecutiva_dal»")
                    .related(councillors_place(body)),
            );
        }
    }
}
