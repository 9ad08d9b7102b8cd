//! Days that follow from the terms of the records alone: when one may withdraw, when a deliberation is executive. The one
//! place where they are computed; read by `check`, `compose` and `deadlines`.

use chrono::{Datelike, Days, NaiveDate};

use super::{Body, Convention, Deliberation};
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

    /// The occasions to withdraw within the term, in order.
    pub fn withdrawals(&self) -> Vec<Withdrawal> {
        let bounds = (self.notice_day(), self.withdrawal_from(), self.decorrenza.copied(), self.scadenza.copied());
        let (Some(notice), Some(first), Some(start), Some(end)) = bounds else { return Vec::new() };
        let occasion = |year: i32| {
            let (notice_by, effect) = (notice.in_year(year - 1)?, new_year(year)?);
            (notice_by >= start && effect <= end).then_some(Withdrawal { notice_by, effect })
        };
        (first.year()..=end.year()).take(MOST_YEARS).filter_map(occasion).collect()
    }

    /// When a notice of withdrawal given on this day has effect: 1 January of the next year where it is in time, of the
    /// one after where it is not, and never before [`Self::withdrawal_from`].
    pub fn withdrawal_effect(&self, notice: NaiveDate) -> Option<NaiveDate> {
        let last = self.notice_day()?.in_year(notice.year())?;
        let years = if notice <= last { 1 } else { 2 };
        let effect = new_year(notice.year().checked_add(years)?)?;
        Some(self.withdrawal_from().map_or(effect, |first| first.max(effect)))
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
    use crate::dossier::{Field, Origin};
    use crate::place::Place;

    fn day(y: i32, m: u32, d: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(y, m, d).expect("a day")
    }

    fn field<T>(value: T) -> Field<T> {
        Field::new(value, Place::None, Origin::Sheet)
    }

    fn convention(start: NaiveDate, end: NaiveDate, from: u64) -> Convention {
        Convention {
            decorrenza: field(start),
            scadenza: field(end),
            recesso_preavviso_giorni: field(90),
            recesso_dal_anno: field(from),
            ..Convention::default()
        }
    }

    #[test]
    fn occasions_lie_within_the_term() {
        let it = convention(day(2026, 1, 1), day(2030, 12, 31), 1);
        let found: Vec<_> = it.withdrawals().iter().map(|it| (it.notice_by, it.effect)).collect();
        let of = |year: i32| (day(year, 10, 2), day(year + 1, 1, 1));
        assert_eq!(found, [of(2026), of(2027), of(2028), of(2029)]);
        let late = convention(day(2026, 1, 1), day(2028, 12, 31), 3).withdrawals();
        assert_eq!(late.iter().map(|it| it.effect).collect::<Vec<_>>(), [day(2028, 1, 1)]);
        // A term that begins after the day of notice: nobody could have given it.
        let autumn = convention(day(2026, 11, 1), day(2028, 10, 31), 1).withdrawals();
        assert_eq!(autumn.iter().map(|it| it.effect).collect::<Vec<_>>(), [day(2028, 1, 1)]);
    }

    #[test]
    fn a_late_notice_waits_a_year() {
        let it = convention(day(2026, 1, 1), day(2030, 12, 31), 1);
        assert_eq!(it.withdrawal_effect(day(2027, 10, 2)), Some(day(2028, 1, 1)));
        assert_eq!(it.withdrawal_effect(day(2027, 10, 3)), Some(day(2029, 1, 1)));
        let third = convention(day(2026, 1, 1), day(2030, 12, 31), 3);
        assert_eq!(third.withdrawal_effect(day(2026, 2, 1)), Some(day(2028, 1, 1)));
    }
}
