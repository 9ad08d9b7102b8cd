//! The days not to be missed of a convention, for the register and the picture.

use chrono::{Datelike, Days, NaiveDate};

use crate::dossier::Dossier;
use crate::emit::register::Deadline;

/// The last day of notice for every year in which a body may withdraw, and the end of the term.
pub fn of(dossier: &Dossier) -> Vec<Deadline> {
    let it = &dossier.convention;
    let (Some(start), Some(end)) = (it.decorrenza.copied(), it.scadenza.copied()) else { return Vec::new() };
    let mut deadlines = Vec::new();
    let first = i32::try_from(it.recesso_dal_anno.copied().unwrap_or(1)).unwrap_or(i32::MAX);
    if let Some(days) = it.recesso_preavviso_giorni.copied().filter(|days| *days < 365) {
        // With withdrawal "from the third year" the notice given in the second has effect on the third's first day.
        let from = start.year().saturating_add(first.saturating_sub(2).max(0));
        // A term of centuries is a slip that another rule tells.
        for year in (from..end.year()).take(100) {
            let last = NaiveDate::from_ymd_opt(year, 12, 31).and_then(|day| day.checked_sub_days(Days::new(days)));
            deadlines.extend(last.filter(|day| *day >= start).map(|day| Deadline {
                day,
                what: format!("Ultimo giorno utile per comunicare il recesso con effetto dal 1° gennaio {}", year + 1),
                who: String::new(),
                basis: format!("convenzione, recesso: {days} giorni prima della fine dell’anno"),
            }));
        }
    }
    deadlines.extend((end.year() < 10_000).then(|| Deadline {
        day: end,
        what: "Scadenza della convenzione".to_owned(),
        who: String::new(),
        basis: "convenzione, durata".to_owned(),
    }));
    deadlines
}
