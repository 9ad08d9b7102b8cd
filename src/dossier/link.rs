//! Which body each row of the other sheets is of: found once, so that no reader looks a name up again. Called where a
//! dossier is made.

use super::{Dossier, Field, Roster};

impl Dossier {
    /// Sets `of` of every row, and `union` of every body. A name that several bodies have is that of none. To be called again
    /// where codes or names of bodies, or the bodies that rows name, have changed.
    pub fn link(&mut self) {
        let roster = Roster::of(&self.bodies);
        let find = |field: &Field<String>| roster.find(field.text()?);
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
        self.roster = Some(roster);
        self.index();
    }

    /// Notes whose each row is.
    pub(super) fn index(&mut self) {
        self.deliberations.index();
        self.requests.index();
        self.recipients.index();
        self.posts.index();
    }
}
