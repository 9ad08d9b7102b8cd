//! The last day on which a bill is paid, by the model's clauses: INV-04. Thirty days where they say nothing (D.Lgs.
//! 231/2002, art. 4).

use chrono::{Datelike, Days, Months, NaiveDate};

use crate::date;
use crate::diagnostic::Diagnostic;
use crate::dossier::{Body, Dossier};
use crate::place::Place;

/// Days where the clauses set none, or theirs are past.
const USUAL: u32 = 30;

/// A day and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Due {
    /// The day.
    pub day: NaiveDate,
    /// The reason, for the document.
    pub basis: String,
    /// What is irregular about it, for INV-04.
    pub fault: Option<(Place, String, &'static str)>,
}

/// When a bill of this day for this year is due.
pub fn due(dossier: &Dossier, payer: &Body, year: i32, at: NaiveDate) -> Due {
    let schedule = &dossier.model.scadenze;
    let usual = |basis: String, fault| {
        let days = Days::new(USUAL.into());
        Due { day: at.checked_add_days(days).unwrap_or(at), basis, fault }
    };
    let thirty = || format!("entro {USUAL} giorni dalla data del documento");
    if let Some(months) = schedule.pagamento_mesi_bilancio {
        let words = if months == 1 { "un mese".to_owned() } else { format!("{months} mesi") };
        let field = &payer.bilancio_approvato_il;
        let place = if field.place.is_none() { payer.place.clone() } else { field.place.clone() };
        let Some(approved) = field.copied() else {
            let message =
                format!("non è noto quando «{}» ha approvato il bilancio, da cui decorre il pagamento", payer.name());
            let hint = "scrivere il giorno in «bilancio_approvato_il»: intanto la scadenza è a trenta giorni";
            return usual(thirty(), Some((place, message, hint)));
        };
        let day = approved.checked_add_months(Months::new(months)).unwrap_or(approved);
        if day >= at {
            let basis =
                format!("entro {words} dall’approvazione del bilancio di previsione, {}", date::after("del", approved));
            return Due { day, basis, fault: None };
        }
        let message = format!("il termine di {words} dal bilancio di «{}» è già passato", payer.name());
        return usual(thirty(), Some((place, message, "la scadenza è a trenta giorni dal documento")));
    }
    if let Some(fixed) = schedule.pagamento {
        let stated = fixed.in_year(year);
        if let Some(day) = stated.filter(|day| *day >= at) {
            return Due { day, basis: format!("entro il {}, come dice la convenzione", date::long(day)), fault: None };
        }
        let words = stated.map(|day| date::after("il", day)).unwrap_or_default();
        let message = format!("il termine di pagamento dell’anno {year}, {words}, è già passato");
        return usual(thirty(), Some((Place::None, message, "la scadenza è a trenta giorni dal documento")));
    }
    match schedule.pagamento_giorni {
        Some(days) => {
            let day = at.checked_add_days(Days::new(days.into())).unwrap_or(at);
            Due { day, basis: format!("entro {days} giorni dalla data del documento"), fault: None }
        }
        None => usual(thirty(), None),
    }
}

/// INV-04: bills made after the day by which the clauses want them sent, said once.
pub fn late(dossier: &Dossier, year: i32, at: NaiveDate, bills: usize, found: &mut Vec<Diagnostic>) {
    let Some(by) = dossier.model.scadenze.addebito.and_then(|day| day.in_year(year)).filter(|by| *by < at) else {
        return;
    };
    if bills > 0 && at.year() >= year {
        let documents = crate::italian::count(bills, "documento si emette", "documenti si emettono");
        let message = format!(
            "{documents} {}, dopo il termine {} che la convenzione dà",
            date::after("il", at),
            date::after("del", by)
        );
        let place = dossier.convention.place.clone();
        found.push(
            Diagnostic::new("INV-04", place, message)
                .hint("gli enti potrebbero contestare il ritardo: emetterli al più presto"),
        );
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::dossier::sample::{Sample, day};
    use crate::dossier::{Dossier, Field, Origin};
    use crate::model::{Model, Schedule};

    /// A dossier whose model has this `[scadenze]`.
    fn with(schedule: &str) -> Dossier {
        let mut it = Sample::sound().build();
        let schedule: Schedule = toml::from_str(schedule).expect("a schedule");
        it.model = Arc::new(Model { scadenze: schedule, ..(*it.model).clone() });
        it
    }

    fn told(it: &Dossier, at: NaiveDate) -> (NaiveDate, bool) {
        let due = due(it, &it.bodies[1], 2026, at);
        (due.day, due.fault.is_some())
    }

    #[test]
    fn each_model_has_its_day() {
        let january = day(2026, 1, 10);
        assert_eq!(told(&with(""), january), (day(2026, 2, 9), false));
        assert_eq!(told(&with("pagamento_giorni = 60"), january), (day(2026, 3, 11), false));
        let macerata = with("pagamento = \"31/01\"");
        assert_eq!(told(&macerata, january), (day(2026, 1, 31), false));
        assert_eq!(told(&macerata, day(2026, 1, 31)), (day(2026, 1, 31), false));
        assert_eq!(told(&macerata, day(2026, 2, 1)), (day(2026, 3, 3), true));
        let pesaro = with("addebito = \"31/10\"\npagamento = \"31/12\"");
        assert_eq!(told(&pesaro, day(2026, 10, 5)), (day(2026, 12, 31), false));
        let mut late = Vec::new();
        super::late(&pesaro, 2026, day(2026, 10, 31), 3, &mut late);
        assert!(late.is_empty());
        super::late(&pesaro, 2026, day(2026, 11, 1), 3, &mut late);
        assert_eq!(late.iter().map(|told| told.code).collect::<Vec<_>>(), ["INV-04"]);
    }

    #[test]
    fn a_month_from_the_budget_of_the_payer() {
        let mut brianza = with("addebito = \"31/01\"\npagamento_mesi_bilancio = 1");
        let sent = day(2026, 1, 20);
        assert_eq!(told(&brianza, sent), (day(2026, 2, 19), true), "nobody knows when the budget was approved");
        let mut approved = |at| {
            brianza.bodies[1].bilancio_approvato_il = Field::new(at, Place::None, Origin::Sheet);
            told(&brianza, sent)
        };
        assert_eq!(approved(day(2026, 1, 31)), (day(2026, 2, 28), false));
        assert_eq!(approved(day(2025, 12, 20)), (day(2026, 1, 20), false));
        assert_eq!(approved(day(2025, 12, 1)), (day(2026, 2, 19), true), "its month is over");
    }
}
