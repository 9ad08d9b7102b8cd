//! The next term of a convention: dates moved, bodies that go on, new proposals of deliberations, services to confirm.
//! Called by `pipeline` for the command `rinnovo`, which writes the workbook that [`workbook`] lays out.
//!
//! Whatever is dropped or moved is told: what is done by itself in [`Renewed::done`], what a person has to look at in
//! [`Renewed::to_check`].

mod deliberations;
mod notes;
mod services;
mod sheets;

use chrono::{Datelike, NaiveDate};

use crate::date;
use crate::dossier::{Dossier, Field, Origin};
use crate::italian::count;
use crate::schema::Stage;

pub use notes::NOTES;
pub use sheets::workbook;

/// The term to come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NextTerm {
    /// First day.
    pub start: NaiveDate,
    /// Last day.
    pub end: NaiveDate,
    /// Years between the two.
    pub years: u32,
}

impl NextTerm {
    /// The term of `years` from `start`. What is not said is taken from the present term: the day after its end, and its
    /// length. `None` where that is unknown too, or outside the calendar.
    pub fn after(dossier: &Dossier, start: Option<NaiveDate>, years: Option<u32>) -> Option<Self> {
        let it = &dossier.convention;
        let start = start.or_else(|| it.scadenza.copied()?.succ_opt())?;
        let years = years.or_else(|| u32::try_from(it.durata_anni.copied()?).ok())?;
        // Workbooks hold no later day.
        let end = date::term_end(start, years).filter(|end| end.year() < 2200)?;
        Some(Self { start, end, years })
    }
}

/// Something that was done, or that is to be checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// In Italian, a whole sentence.
    pub text: String,
    /// Names of the bodies that it concerns, where it is not of all.
    pub bodies: Vec<String>,
}

impl From<String> for Entry {
    fn from(text: String) -> Self {
        Self { text, bodies: Vec::new() }
    }
}

/// The next term.
#[derive(Debug, Clone)]
pub struct Renewed {
    /// Its records: each keeps row and cells of the one it comes from. Contributions are not computed.
    pub dossier: Dossier,
    /// When it is.
    pub term: NextTerm,
    /// Codes of the bodies that do not go on.
    pub left_out: Vec<String>,
    /// What was done.
    pub done: Vec<Entry>,
    /// What a person has to look at.
    pub to_check: Vec<Entry>,
}

/// Writes a value in a field, as if a person had.
fn set<T>(field: &mut Field<T>, value: T) {
    *field = Field::new(value, field.place.clone(), Origin::Sheet);
}

/// Empties a field, also where it could not be read.
fn empty<T>(field: &mut Field<T>) {
    *field = Field::absent(field.place.clone());
}

/// The next term of a convention.
pub fn renew(old: &Dossier, term: NextTerm) -> Renewed {
    let mut renewed =
        Renewed { dossier: old.clone(), term, left_out: Vec::new(), done: Vec::new(), to_check: Vec::new() };
    // Until all is in its place and linked anew: bodies are about to leave.
    renewed.dossier.roster = None;
    convention(old, &mut renewed);
    let kept = bodies(old, &mut renewed);
    deliberations::propose(old, &kept, &mut renewed);
    services::confirm(old, &kept, &mut renewed);
    rest(old, &kept, &mut renewed);
    renewed.dossier.contributions.clear();
    renewed.dossier.link();
    closing(old, &mut renewed);
    renewed
}

fn convention(old: &Dossier, renewed: &mut Renewed) {
    let term = renewed.term;
    let it = &mut renewed.dossier.convention;
    set(&mut it.decorrenza, term.start);
    set(&mut it.durata_anni, u64::from(term.years));
    set(&mut it.scadenza, term.end);
    set(&mut it.fase, Stage::Schema);
    let year = u64::try_from(term.start.year()).unwrap_or_default();
    match it.anno.origin {
        Origin::Sheet | Origin::Unreadable => set(&mut it.anno, year),
        _ => it.anno = Field::new(year, it.anno.place.clone(), Origin::Default),
    }
    empty(&mut it.data_firma);
    empty(&mut it.importo_totale);
    let text = format!(
        "Il nuovo periodo va {} {}: {}. La fase torna a «schema»; data della firma e importo totale sono vuoti.",
        date::after("dal", term.start),
        date::after("al", term.end),
        count(usize::try_from(term.years).unwrap_or(usize::MAX), "anno", "anni")
    );
    renewed.done.push(text.into());

    if let Some(end) = old.convention.scadenza.copied() {
        let gap = term.start.signed_duration_since(end).num_days();
        let message = match gap {
            1 => None,
            ..1 => Some(format!(
                "Il nuovo periodo comincia {}, prima che finisca quello vecchio ({}): i due periodi si sovrappongono.",
                date::after("il", term.start),
                date::short(end)
            )),
            _ => Some(format!(
                "Tra la scadenza {} e la nuova decorrenza passano {} senza un atto in vigore.",
                date::after("del", end),
                count(usize::try_from(gap - 1).unwrap_or(usize::MAX), "giorno", "giorni")
            )),
        };
        renewed.to_check.extend(message.map(Entry::from));
    }
    let title = old.convention.titolo.text().unwrap_or_default();
    let years = |day: Option<NaiveDate>, other: i32| day.map_or(other, |day| day.year());
    let first = years(old.convention.decorrenza.copied(), i32::MAX);
    let last = years(old.convention.scadenza.copied(), first);
    let dated = title
        .split(|c: char| !c.is_ascii_digit())
        .any(|word| word.parse::<i32>().is_ok_and(|year| (first..=last).contains(&year)));
    if dated {
        let text = format!("Il titolo contiene un anno: «{title}». È uno del vecchio periodo: va cambiato.");
        renewed.to_check.push(text.into());
    }
}

/// Leaves out the bodies that have withdrawn; gives the positions of the others in the old dossier.
fn bodies(old: &Dossier, renewed: &mut Renewed) -> Vec<usize> {
    let lead = old.lead_index();
    let mut gone = vec![false; old.bodies.len()];
    let (mut withdrawn, mut late) = (Vec::new(), Vec::new());
    for (index, body) in old.bodies.iter().enumerate().filter(|(index, _)| Some(*index) != lead) {
        let Some(notice) = body.recesso_comunicato_il.copied() else { continue };
        let effect = old.withdrawal_effect(body);
        let name = format!("{} (comunicato {})", body.name(), date::after("il", notice));
        if effect.is_some_and(|effect| effect <= renewed.term.start) {
            withdrawn.push(name);
            if let Some(gone) = gone.get_mut(index) {
                *gone = true;
            }
        } else {
            late.push(name);
        }
    }
    // Who adheres through a Union that has withdrawn has nobody to deliberate for it.
    let mut members = Vec::new();
    for (index, body) in old.bodies.iter().enumerate().filter(|(_, body)| old.is_member(body)) {
        let union_gone = body.union.and_then(|union| gone.get(union)).copied().unwrap_or_default();
        if let (true, Some(gone)) = (union_gone, gone.get_mut(index)) {
            if !*gone {
                members.push(body.name().to_owned());
            }
            *gone = true;
        }
    }
    let kept: Vec<usize> = (0..old.bodies.len()).filter(|index| gone.get(*index) == Some(&false)).collect();
    renewed.left_out = old
        .bodies
        .iter()
        .enumerate()
        .filter(|(index, _)| !kept.contains(index))
        .map(|(_, body)| body.code().to_owned())
        .collect();
    renewed.dossier.bodies = kept.iter().filter_map(|index| old.bodies.get(*index)).cloned().collect();
    let lead_row = lead.and_then(|index| old.bodies.get(index)).map(|body| body.row);
    let mut adherents = 0;
    for body in &mut renewed.dossier.bodies {
        empty(&mut body.recesso_comunicato_il);
        if Some(body.row) != lead_row {
            set(&mut body.gia_aderente, true);
            adherents += 1_usize;
        }
    }
    renewed.done.push(
        format!("{}.", count(adherents, "ente segnato come già aderente", "enti segnati come già aderenti")).into(),
    );
    let mut tell = |text: &str, bodies: Vec<String>, checked: bool| {
        if !bodies.is_empty() {
            let entry = Entry { text: text.to_owned(), bodies };
            if checked { renewed.to_check.push(entry) } else { renewed.done.push(entry) }
        }
    };
    tell("Lasciati fuori perché hanno comunicato il recesso, con le loro righe negli altri fogli:", withdrawn, false);
    tell("Lasciati fuori perché la loro Unione ha comunicato il recesso:", members, false);
    tell(
        "Il recesso non ha effetto prima del nuovo periodo: restano nel foglio, ma va chiarito se aderiscono ancora:",
        late,
        true,
    );
    kept
}

/// Sheets of rows by body that are neither deliberations nor services.
fn rest(old: &Dossier, kept: &[usize], renewed: &mut Renewed) {
    let new = &mut renewed.dossier;
    let is_kept = |of: Option<usize>| of.is_none_or(|index| kept.contains(&index));
    new.posts.retain(|row| is_kept(row.of));
    let invoices = new.invoices.len();
    new.invoices.clear();
    if invoices > 0 {
        let text = format!(
            "Il foglio Fatture è vuoto: {} nel vecchio foglio.",
            count(invoices, "riga del vecchio periodo resta", "righe del vecchio periodo restano")
        );
        renewed.done.push(text.into());
    }
    let old_start = old.convention.decorrenza.copied().map(|day| day.year());
    let offset = old_start.map_or(0, |year| i64::from(renewed.term.start.year()) - i64::from(year));
    let last = u64::try_from(renewed.term.end.year()).unwrap_or(u64::MAX);
    new.allocations.retain(|row| is_kept(row.of));
    for row in &mut new.allocations {
        if let Some(year) = row.anno.copied().and_then(|year| year.checked_add_signed(offset)) {
            set(&mut row.anno, year);
        }
        empty(&mut row.importo);
    }
    new.allocations.retain(|row| row.anno.copied().is_none_or(|year| year <= last));
    if !new.allocations.is_empty() {
        let text = "Stanziamenti: le annualità sono spostate nel nuovo periodo e gli importi sono vuoti, da stanziare.";
        renewed.done.push(text.to_owned().into());
    }
    new.activities.retain(|row| is_kept(row.of));
    new.activities.iter_mut().for_each(|row| empty(&mut row.entro));
    if !new.activities.is_empty() {
        renewed.done.push("Attività: restano, senza il giorno entro cui farle.".to_owned().into());
    }
}

/// What is said of every renewal.
fn closing(old: &Dossier, renewed: &mut Renewed) {
    let bodies = &renewed.dossier.bodies;
    let completed = bodies.iter().filter(|body| !body.fields_from(Origin::Completed).is_empty()).count();
    if completed > 0 {
        let text = format!(
            "Di {} le celle che il programma aveva completato dall’elenco nazionale restano vuote: si completano di \
             nuovo, con i dati di oggi.",
            count(completed, "ente", "enti")
        );
        renewed.done.push(text.into());
    }
    let written = bodies.iter().filter(|body| body.abitanti.origin == Origin::Sheet).count();
    if written > 0 {
        let text = format!(
            "Di {} gli abitanti sono scritti nel foglio e restano quelli: aggiornarli, oppure svuotare «abitanti» e \
             «abitanti_al» dei Comuni perché valga l’elenco nazionale.",
            count(written, "ente", "enti")
        );
        renewed.to_check.push(text.into());
    }
    renewed.to_check.push(
        "Rappresentanti, cariche, consiglieri e responsabili sono quelli del vecchio foglio: possono essere cambiati."
            .to_owned()
            .into(),
    );
    if !old.bands.is_empty() || old.services.iter().any(|service| !service.importo.is_absent()) {
        let text = "Tariffe, prezzi e regime IVA sono quelli del vecchio periodo.";
        renewed.to_check.push(text.to_owned().into());
    }
}

#[cfg(test)]
mod tests;
