//! Invoices that a register kept by hand split as it pleased: the sums of a year in several documents, of which nothing but
//! their sums is on record. Together they are what was owed, so nothing is wrong and nothing is charged again; but none of
//! them can be made again. Used by `account`.

use super::Billing;
use super::account::Account;
use super::cover::Covered;
use super::invoice::{Invoice, taxes};
use super::register::Known;
use crate::diagnostic::Diagnostic;
use crate::dossier::Body;
use crate::money::Money;
use crate::rule::Severity;
use crate::schema::BillKind;

impl<'a> Account<'a> {
    /// Takes several bills of a payer together, where each has its sum on record and no print, and all of them are what was
    /// owed on the day of the last. `None` where they are not, and each is to be made again by itself.
    pub(super) fn kept_by_hand(
        &self,
        payer: &Body,
        mine: &[&'a Known],
        covered: &mut Covered,
        billing: &mut Billing,
    ) -> Option<Vec<Invoice<'a>>> {
        let (last, others) = mine.split_last()?;
        let is_bare = |it: &&Known| it.print.is_none() && it.base.is_some() && it.kind != BillKind::NotaCredito;
        if others.is_empty() || !mine.iter().all(is_bare) {
            return None;
        }
        let owed = self.owed_on(last.date);
        let due: Money = owed.iter().map(|line| line.amount).sum();
        let charged: Money = mine.iter().filter_map(|it| it.base).sum();
        if charged != due {
            return None;
        }
        covered.charge(owed, &last.number);
        let numbers: Vec<&str> = mine.iter().map(|it| it.number.as_str()).collect();
        let message = format!(
            "i documenti {} insieme sono quanto «{}» doveva: si tengono come sono",
            numbers.join(", "),
            payer.name()
        );
        let told = Diagnostic::new("INV-02", last.place.clone(), message).severity(Severity::Note);
        billing.diagnostics.push(
            told.hint("il registro non dice quale somma è in quale documento: nessuno si rifà").body(payer.code()),
        );
        let invoice = |known: &&'a Known| Invoice {
            known,
            has_changed: false,
            base: known.base.unwrap_or_default(),
            taxes: taxes(owed),
            stamp: Money::ZERO,
            credited: Money::ZERO,
        };
        Some(mine.iter().map(invoice).collect())
    }
}
