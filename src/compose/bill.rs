//! A bill as an act: the readable copy of an invoice or a credit note, or the request of payment itself.

use super::parties::Head;
use super::{Composer, Library};
use crate::act::{Act, ActKind};
use crate::bill::Bill;
use crate::date;
use crate::diagnostic::Diagnostic;
use crate::dossier::{Assignment, Dossier};
use crate::italian::capitalize;
use crate::place::Place;
use crate::schema::BillKind;

impl Library {
    /// Composes the copy of a bill. Of the dossier it takes what the bill does not say itself: the names of the convention
    /// and of the bodies, for texts that use them, and whom to ask. Its file is called as [`Bill::stem`] says.
    ///
    /// # Errors
    /// The template's faults at template file and line, as in [`Library::compose`]; TXT-02 for a number that was not
    /// used, of which there is no copy.
    pub fn compose_bill(&self, bill: &Bill, dossier: &Dossier) -> Result<Act, Vec<Diagnostic>> {
        let Some(kind) = ActKind::from_slug(bill.kind.slug()) else {
            let message = format!("il numero {} è annullato: non c’è un documento da scrivere", bill.number);
            return Err(vec![Diagnostic::new("TXT-02", Place::None, message).act(bill.kind.slug())]);
        };
        let assignment = Assignment::new(kind, bill.body);
        Composer::new(self, dossier).filled(&assignment, &[], Some(bill), (bill.stem(), head(bill)))
    }
}

fn head(bill: &Bill) -> Head {
    let what = format!("{} n. {}", capitalize(bill.kind.italian()), bill.number);
    let copy = if bill.kind == BillKind::Richiesta { "" } else { " – copia di cortesia" };
    Head {
        subject: format!("{what} {} – {}", date::long_after("del", bill.date), bill.payer.name),
        author: bill.seller.name.clone(),
        header: format!("{} – {what}{copy}", bill.seller.name),
        date: bill.date,
    }
}
