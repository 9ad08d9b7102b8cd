//! Deliberations of an example: days, attendance and votes that agree with one another.

use chrono::{Datelike, Days, NaiveDate, Weekday};

use super::case::Record;
use super::member::Member;
use crate::money::Money;
use crate::schema::{Choices, DeliberationState, DeliberationSubject};

/// How far a deliberation has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Progress {
    /// Not voted yet.
    Proposed,
    /// Voted on this day, executive after publication.
    Voted(NaiveDate),
    /// Voted on this day and executive at once.
    VotedAtOnce(NaiveDate),
}

/// The day, or the next one that is neither Saturday nor Sunday nor 8 December.
fn working_day(day: NaiveDate) -> NaiveDate {
    let holiday = (day.month(), day.day()) == (12, 8);
    match day.weekday() {
        Weekday::Sat => working_day(day + Days::new(2)),
        Weekday::Sun => working_day(day + Days::new(1)),
        _ if holiday => working_day(day + Days::new(1)),
        _ => day,
    }
}

/// The `index`-th session: working days between 1 and 12 December 2025, the holiday left out.
pub fn session(index: usize) -> Option<NaiveDate> {
    const DAYS: [u32; 9] = [1, 2, 3, 4, 5, 9, 10, 11, 12];
    NaiveDate::from_ymd_opt(2025, 12, DAYS[index % DAYS.len()])
}

/// Attendance and votes of a council of `councillors` and its head; `index` makes them vary.
struct Votes {
    present: u64,
    favourable: u64,
    against: u64,
    abstained: u64,
    not_voting: u64,
}

impl Votes {
    fn of(councillors: u64, index: usize) -> Self {
        let absent = [0, 1, 2, 0, 3, 1][index % 6].min(councillors / 5);
        let against = if index % 4 == 1 { councillors / 8 } else { 0 };
        let abstained = if index % 5 == 2 { councillors / 6 } else { 0 };
        let not_voting = u64::from(index % 11 == 3 && councillors >= 12);
        let present = councillors + 1 - absent;
        Self { present, favourable: present - against - abstained - not_voting, against, abstained, not_voting }
    }
}

/// The row of `Deliberazioni`. `fee` is the yearly spending; `None` for the lead body, which spends nothing.
pub fn deliberation(body: &Member, subject: DeliberationSubject, progress: Progress, fee: Option<Money>) -> Record {
    let index = body.index;
    let state = if progress == Progress::Proposed { DeliberationState::Proposta } else { DeliberationState::Adottata };
    let mut record = Record::new()
        .with("ente", body.code.as_str())
        .with("oggetto", subject.word())
        .with("organo", body.organ.word())
        .with("stato", state.word())
        .with("parere_tecnico", "favorevole")
        .with("responsabile_tecnico", body.person(2).full())
        .with("parere_contabile", "favorevole")
        .with("responsabile_contabile", body.person(3).full())
        .with("parere_revisori", if index % 6 == 1 { "favorevole" } else { "non dovuto" })
        .with("rappresentante", body.delegate().full());
    if let Some(fee) = fee {
        record = record
            .with("capitolo", format!("{}/{}", 1_000 + index * 37 % 900, 1 + index % 9))
            .with("missione", "01")
            .with("programma", "08")
            .with("importo_annuo", fee.decimal());
    }
    let (day, at_once) = match progress {
        Progress::Proposed => return record,
        Progress::Voted(day) => (day, false),
        Progress::VotedAtOnce(day) => (day, true),
    };
    let votes = Votes::of(body.councillors(), index);
    // An act that is executive at once goes on the notice board on the same day; any other, on the next working day,
    // and is executive when the tenth day of publication has passed (art. 134 c. 3).
    let (published, executive) = if at_once {
        (day, day)
    } else {
        let published = working_day(day + Days::new(1));
        (published, published + Days::new(11))
    };
    record
        .with("numero", (30 + index * 7 % 60).to_string())
        .with("data", day)
        .with("pubblicata_il", published)
        .with("esecutiva_dal", executive)
        .with("immediata", at_once)
        .with("presenti", votes.present)
        .with("favorevoli", votes.favourable)
        .with("contrari", votes.against)
        .with("astenuti", votes.abstained)
        .with("non_partecipanti", votes.not_voting)
        .with("favorevoli_immediata", at_once.then_some(votes.favourable + votes.abstained))
        .with("presidente", body.presiding().full())
        .with("segretario", body.person(1).full())
}
