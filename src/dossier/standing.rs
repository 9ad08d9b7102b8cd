//! How far a body has come on its way into the convention: what its deliberation says, unless an error withholds its acts
//! or it is on its way out. Shown by the register and by the picture of the state.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{Body, Deliberation, Dossier};

/// Where a body stands. Every body has exactly one; the order is that of the pictures.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Standing {
    /// Its deliberation is executive (TUEL art. 134).
    Executive,
    /// Its deliberation is adopted and not executive yet.
    Adopted,
    /// Its deliberation is a proposal.
    Proposed,
    /// There is no row for its deliberation.
    Unvoted,
    /// An error of the data withholds its acts.
    Withheld,
    /// It has given notice that it leaves the convention.
    Leaving,
}

impl Standing {
    /// All of them, in order.
    pub const ALL: [Self; 6] =
        [Self::Executive, Self::Adopted, Self::Proposed, Self::Unvoted, Self::Withheld, Self::Leaving];

    /// What people read of one or more bodies: "adesione esecutiva".
    pub fn italian(self) -> &'static str {
        match self {
            Self::Executive => "adesione esecutiva",
            Self::Adopted => "adesione adottata",
            Self::Proposed => "adesione in proposta",
            Self::Unvoted => "senza deliberazione",
            Self::Withheld => "trattenuto per errori",
            Self::Leaving => "in recesso",
        }
    }
}

impl Deliberation {
    /// True where it is adopted and, on a day, executive: at once if so declared (TUEL art. 134, c. 4), else from its day.
    pub fn is_executive_on(&self, day: NaiveDate) -> bool {
        let from = if self.immediata.is(true) { self.data.copied() } else { self.esecutiva_dal.copied() };
        self.is_adopted() && from.is_some_and(|from| from <= day)
    }
}

impl Dossier {
    /// Where a body stands on the day of the dossier. `is_withheld` says that an error withholds its acts.
    pub fn standing(&self, body: &Body, is_withheld: bool) -> Standing {
        if body.recesso_comunicato_il.copied().is_some_and(|given| given <= self.today) {
            return Standing::Leaving;
        }
        match self.adhesion_of(body) {
            _ if is_withheld => Standing::Withheld,
            None => Standing::Unvoted,
            Some(act) if act.is_executive_on(self.today) => Standing::Executive,
            Some(act) if act.is_adopted() => Standing::Adopted,
            Some(_) => Standing::Proposed,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dossier::sample::Sample;

    fn standing(sample: Sample, is_withheld: bool) -> Standing {
        let dossier = sample.build();
        dossier.standing(&dossier.bodies[1], is_withheld)
    }

    #[test]
    fn the_deliberation_decides() {
        // Today is 20/12/2025.
        let sound = Sample::sound;
        assert_eq!(standing(sound(), false), Standing::Executive);
        assert_eq!(standing(sound().act(1, "esecutiva_dal", "21/12/2025"), false), Standing::Adopted);
        let undated = sound().act(1, "esecutiva_dal", "");
        assert_eq!(standing(undated.clone(), false), Standing::Adopted);
        assert_eq!(standing(undated.act(1, "immediata", "sì"), false), Standing::Executive);
        assert_eq!(standing(sound().act(1, "stato", "proposta"), false), Standing::Proposed);
        let mut none = sound();
        none.deliberations.pop();
        assert_eq!(standing(none, false), Standing::Unvoted);
    }

    #[test]
    fn errors_and_leaving_come_before_it() {
        assert_eq!(standing(Sample::sound(), true), Standing::Withheld);
        let given = |day| Sample::sound().body(1, "recesso_comunicato_il", day);
        assert_eq!(standing(given("20/12/2025"), true), Standing::Leaving);
        assert_eq!(standing(given("21/12/2025"), false), Standing::Executive);
    }
}
