//! The dossier as it was known on an earlier day: by it an issued bill is written again as it was. Used by `pipeline`.

use chrono::NaiveDate;

use super::{Dossier, Field};

impl Dossier {
    /// This dossier without the requests and the notices of withdrawal that came after a day. Requests without a day stay:
    /// they charge nothing.
    #[must_use]
    pub fn as_known_on(&self, day: NaiveDate) -> Self {
        let mut known = self.clone();
        known.requests.retain(|request| request.data.copied().is_none_or(|at| at <= day));
        for body in &mut known.bodies {
            if body.recesso_comunicato_il.copied().is_some_and(|given| given > day) {
                body.recesso_comunicato_il = Field::absent(body.recesso_comunicato_il.place.clone());
            }
        }
        known.index();
        known
    }
}
