//! Which body each row of the other sheets is of: found once, so that no reader looks a name up again. Called where a
//! dossier is made.

use std::collections::BTreeMap;

use super::{Dossier, Field};
use crate::italian::fold;

impl Dossier {
    /// Sets `of` of every row, and `union` of every body. A name that several bodies have is that of none.
    pub fn link(&mut self) {
        let mut codes: BTreeMap<String, usize> = BTreeMap::new();
        let mut names: BTreeMap<&str, Option<usize>> = BTreeMap::new();
        for (index, body) in self.bodies.iter().enumerate() {
            if let Some(code) = body.codice.get() {
                codes.entry(fold(code.as_str())).or_insert(index);
            }
            for name in &body.folded_names {
                names.entry(name).and_modify(|owner| *owner = owner.filter(|one| *one == index)).or_insert(Some(index));
            }
        }
        let find = |field: &Field<String>| {
            let wanted = fold(field.text()?);
            codes.get(&wanted).copied().or_else(|| names.get(wanted.as_str()).copied().flatten())
        };
        self.deliberations.iter_mut().for_each(|row| row.of = find(&row.ente));
        self.requests.iter_mut().for_each(|row| row.of = find(&row.ente));
        self.recipients.iter_mut().for_each(|row| row.of = find(&row.ente));
        self.posts.iter_mut().for_each(|row| row.of = find(&row.ente));
        self.invoices.iter_mut().for_each(|row| row.of = find(&row.ente));
        self.allocations.iter_mut().for_each(|row| row.of = find(&row.ente));
        self.activities.iter_mut().for_each(|row| row.of = find(&row.ente));
        let unions: Vec<Option<usize>> = self.bodies.iter().map(|body| find(&body.unione)).collect();
        for (body, union) in self.bodies.iter_mut().zip(unions) {
            body.union = union;
        }
    }
}
