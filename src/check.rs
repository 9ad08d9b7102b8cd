//! Tables → dossier, and every rule on dossier and acts. One file per group of rules.
//!
//! Called by `pipeline` in this order: [`records::dossier`] reads the sheets into records, `fees` adds the
//! contributions, [`rules`] judges the dossier, [`act::act`] judges each composed act.

pub mod acc;
pub mod act;
pub mod cells;
pub mod columns;
mod completion;
pub mod convention;
pub mod del;
pub mod ent;
pub mod findings;
pub mod records;
pub mod srv;
mod subject;

use crate::diagnostic::Diagnostic;
use crate::dossier::Dossier;
pub use completion::{bare_name, kind_of};
pub use findings::Findings;

/// A rule's check on the whole dossier. It reports its own code only.
pub type Check = fn(&Dossier, &mut Findings);

/// Judges the dossier by every rule that the data alone decide, as the law stands on the day of the act.
pub fn rules(dossier: &Dossier) -> Vec<Diagnostic> {
    let mut findings = Findings::at(dossier.act_date());
    let own = if dossier.is_agreement() { acc::CHECKS } else { convention::CHECKS };
    for (_, check) in ent::CHECKS.iter().chain(convention::COMMON).chain(own).chain(del::CHECKS).chain(srv::CHECKS) {
        check(dossier, &mut findings);
    }
    findings.into_vec()
}
