//! Days that follow from the terms of the records alone: when one may withdraw, when a deliberation is executive. The one
//! place where they are computed; read by `check`, `compose` and `deadlines`.

use chrono::{Datelike, Days, NaiveDate};

use super::{Body, Convention, Deliberation, Dossier};
use crate::date::YearDay;
use crate::schema::ExecutiveFrom;

/// Days of publication (TUEL art. 124 c. 1), for bodies that count from its end.
const PUBLICATION: u64 = 15;
/// Days after publication (TUEL art. 134 c. 3).
const WAIT: u64 = 10;
/// A longer term is a slip of the pen that other rules tell.
const MOST_YEARS: usize = 100;

/// An occasion to withdraw from the convention.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Withdrawal {
    /// Last day on which the notice is in time.
    pub notice_by: NaiveDate,
    /// First day without the convention: a 1 January.
    pub effect: NaiveDate,
}

impl Convention {
    /// The first day on which a withdrawal admitted "from the n-th year" can have effect: 1 January of the n-th calendar
    /// year of the term, and never before the second, since the first has begun.
    pub fn withdrawal_from(&self) -> Option<NaiveDate> {
        let later = i32::try_from(self.recesso_dal_anno.copied()?.max(2) - 1).ok()?;
        new_year(self.decorrenza.copied()?.year().checked_add(later)?)
    }

    /// The last day of every year on which a notice of withdrawal is in time; `None` where the notice is not stated, or
    /// is of a year or more.
    pub fn notice_day(&self) -> Option<YearDay> {
        YearDay::before_year_end(self.recesso_preavviso_giorni.copied()?)
    }
}

/// The first day on which a notice of `days` before the end of the year, given on this day, has effect: 1 January of the
/// next year where it is in time, of the one after where it is late. A notice of a year or more counts from its day.
/// `None` outside the calendar.
pub fn notice_effect(given: NaiveDate, days: u64) -> Option<NaiveDate> {
    let year = match YearDay::before_year_end(days) {
        Some(last) => given.year().checked_add(if given <= last.in_year(given.year())? { 1 } else { 2 }),
        None => given.checked_add_days(Days::new(days))?.year().checked_add(1),
    };
    new_year(year?)
}

impl Dossier {
    /// The occasions to withdraw within the term, in order; none for an agreement, which one may leave on any day.
    pub fn withdrawals(&self) -> Vec<Withdrawal> {
        let it = &self.convention;
        let bounds = (it.notice_day(), it.withdrawal_from(), it.decorrenza.copied(), it.scadenza.copied());
        let (Some(notice), Some(first), Some(start), Some(end)) = bounds else { return Vec::new() };
        if self.model.is_agreement() {
            return Vec::new();
        }
        let occasion = |year: i32| {
            let (notice_by, effect) = (notice.in_year(year - 1)?, new_year(year)?);
            (notice_by >= start && effect <= end).then_some(Withdrawal { notice_by, effect })
        };
        (first.year()..=end.year()).take(MOST_YEARS).filter_map(occasion).collect()
    }

    /// The first day on which a body is out, by the notice it gave: never before [`Convention::withdrawal_from`]. Who
    /// leaves an agreement is out when the notice has run.
    pub fn withdrawal_effect(&self, body: &Body) -> Option<NaiveDate> {
        let given = body.recesso_comunicato_il.copied()?;
        let days = self.convention.recesso_preavviso_giorni.copied().unwrap_or(0);
        if self.model.is_agreement() {
            return given.checked_add_days(Days::new(days));
        }
        let effect = notice_effect(given, days)?;
        Some(self.convention.withdrawal_from().map_or(effect, |first| first.max(effect)))
    }
}

fn new_year(year: i32) -> Option<NaiveDate> {
    NaiveDate::from_ymd_opt(year, 1, 1)
}

impl Deliberation {
    /// The tenth day after publication, or after its end for a body that counts from there (TUEL art. 134 c. 3): the first
    /// on which the act may be executive. `None` where it is not said when it was published.
    pub fn tenth_day(&self, body: Option<&Body>) -> Option<NaiveDate> {
        let from_end = body.is_some_and(|body| body.esecutivita_da.is(ExecutiveFrom::Fine));
        let wait = if from_end { PUBLICATION + WAIT } else { WAIT };
        self.pubblicata_il.copied()?.checked_add_days(Days::new(wait))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dossier::sample::{Sample, day};

    fn dossier(start: &str, end: &str, from: &str) -> Dossier {
        let base = Sample::sound().field("decorrenza", start).field("scadenza", end);
        base.field("recesso_preavviso_giorni", "90").field("recesso_dal_anno", from).build()
    }

    #[test]
    fn occasions_lie_within_the_term() {
        let it = dossier("01/01/2026", "31/12/2030", "1");
        let found: Vec<_> = it.withdrawals().iter().map(|it| (it.notice_by, it.effect)).collect();
        let of = |year: i32| (day(year, 10, 2), day(year + 1, 1, 1));
        assert_eq!(found, [of(2026), of(2027), of(2028), of(2029)]);
        let late = dossier("01/01/2026", "31/12/2028", "3").withdrawals();
        assert_eq!(late.iter().map(|it| it.effect).collect::<Vec<_>>(), [day(2028, 1, 1)]);
        // A term that begins after the day of notice: nobody could have given it.
        let autumn = dossier("01/11/2026", "31/10/2028", "1").withdrawals();
        assert_eq!(autumn.iter().map(|it| it.effect).collect::<Vec<_>>(), [day(2028, 1, 1)]);
    }

    #[test]
    fn a_late_notice_waits_a_year() {
        let effect = |notice: &str, from: &str| {
            let mut it = dossier("01/01/2026", "31/12/2030", from);
            let given = crate::date::parse(notice).expect("a day");
            let field = super::super::Field::new(given, crate::place::Place::None, super::super::Origin::Sheet);
            it.bodies[1].recesso_comunicato_il = field;
            it.withdrawal_effect(&it.bodies[1])
        };
        assert_eq!(effect("02/10/2027", "1"), Some(day(2028, 1, 1)));
        assert_eq!(effect("03/10/2027", "1"), Some(day(2029, 1, 1)));
        assert_eq!(effect("01/02/2026", "3"), Some(day(2028, 1, 1)));
    }

    #[test]
    fn a_notice_is_in_time_on_the_same_day_of_every_year() {
        for year in [2027, 2028] {
            assert_eq!(notice_effect(day(year, 1, 31), 334), Some(day(year + 1, 1, 1)), "{year}");
            assert_eq!(notice_effect(day(year, 2, 1), 334), Some(day(year + 2, 1, 1)), "{year}");
        }
        assert_eq!(notice_effect(day(2027, 12, 31), 0), Some(day(2028, 1, 1)));
        assert_eq!(notice_effect(day(2027, 3, 1), 400), Some(day(2029, 1, 1)));
    }
}
