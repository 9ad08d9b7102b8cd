//! C30 rules on the composed act, so that an edited template that loses a clause is caught: minimum content, references,
//! blanks, withdrawal, signatures, totals. (TUEL, D.Lgs. 267/2000, art. 30, c. 2.) Those of an agreement: `agreement`.

mod agreement;
mod content;
mod finances;
mod forms;
mod references;
mod told;
mod words;

use super::{Findings, cells};
use crate::act::{Act, ActKind, Block, Inline, Table, TableRow, for_each_inline, plain};
use crate::diagnostic::Diagnostic;
use crate::dossier::Dossier;
use crate::money::Money;
use crate::place::Place;
use crate::rule::Severity;
pub use told::Told;
use words::Words;

/// What the rules on an act look at.
pub struct Judged<'a> {
    /// The act.
    pub act: &'a Act,
    /// The dossier it was composed from.
    pub dossier: &'a Dossier,
    /// Position of its body.
    pub body: usize,
    /// Errors of the data, from which blanks follow.
    pub told: &'a Told,
    /// What its articles say.
    words: Words,
}

/// A rule's check on an act. It reports its own code only.
pub type ActCheck = fn(&Judged<'_>, &mut Findings);

/// The rules on a convention.
pub const CONVENTION_CHECKS: &[(&str, ActCheck)] = &[
    ("C30-01", content::object),
    ("C30-02", content::aims),
    ("C30-03", content::term),
    ("C30-04", content::consultation),
    ("C30-05", finances::finances),
    ("C30-06", content::obligations),
    ("C30-07", content::guarantees),
    ("C30-13", content::delegation),
    ("C30-17", content::withdrawal),
    ("C30-18", signatures),
];

/// The rules on a request of a service.
pub const REQUEST_CHECKS: &[(&str, ActCheck)] = &[("SRV-04", forms::request)];

/// The rules on a withdrawal of a service.
pub const WITHDRAWAL_CHECKS: &[(&str, ActCheck)] = &[("SRV-05", forms::withdrawal)];

/// The rules on an agreement between administrations.
pub const AGREEMENT_CHECKS: &[(&str, ActCheck)] = &[
    ("ACC-01", agreement::object),
    ("ACC-02", agreement::common_interest),
    ("ACC-03", agreement::term),
    ("ACC-05", agreement::steering),
    ("ACC-06", agreement::obligations),
    ("ACC-07", agreement::resources),
    ("ACC-12", agreement::signatures),
    ("ACC-15", agreement::remedies),
];

/// The rules on every act.
pub const ACT_CHECKS: &[(&str, ActCheck)] = &[("C30-15", references::resolve), ("C30-16", blanks), ("C30-19", totals)];

/// Judges a composed act. The findings carry its kind and its body; what follows from an error of the data that is `told`
/// is not said again.
pub fn act(act: &Act, dossier: &Dossier, body: usize, told: &Told) -> Vec<Diagnostic> {
    let mut findings = Findings::at(dossier.act_date());
    let judged = Judged { act, dossier, body, told, words: Words::of(act) };
    let own = match act.kind {
        ActKind::Convenzione => CONVENTION_CHECKS,
        ActKind::RichiestaServizio => REQUEST_CHECKS,
        ActKind::DisdettaServizio => WITHDRAWAL_CHECKS,
        ActKind::Accordo => AGREEMENT_CHECKS,
        _ => &[],
    };
    for (_, check) in own.iter().chain(ACT_CHECKS) {
        check(&judged, &mut findings);
    }
    let code = dossier.bodies.get(body).map_or("", |body| body.code());
    findings.into_vec().into_iter().map(|diagnostic| diagnostic.act(act.kind.slug()).body(code)).collect()
}

/// The place of an act as a whole: its template.
fn whole(act: &Act) -> Place {
    Place::File(format!("{}.md", act.kind.slug()).into())
}

/// C30-16. At `stipula` a blank in the convention is an error at its cell; before, and in a deliberation that is still
/// a proposal, the blanks of an act are listed in one note. A blank left by an error of the data is no fault of its own.
fn blanks(judged: &Judged<'_>, findings: &mut Findings) {
    let mut found: Vec<(&str, &Place)> = Vec::new();
    for_each_inline(&judged.act.blocks, &mut |inline| {
        if let Inline::Blank(blank) = inline
            && !found.contains(&(blank.label.as_str(), &blank.place))
            && !judged.told.explains(blank, judged)
        {
            found.push((&blank.label, &blank.place));
        }
    });
    let kind = judged.act.kind;
    // A form is there to be filled in: what it must hold before it is sent is another rule's.
    if kind.is_form() {
        return;
    }
    let is_convention = kind.is_agreement();
    let deliberation = match kind {
        ActKind::DeliberaSchema => judged.dossier.scheme(),
        _ => judged.dossier.bodies.get(judged.body).and_then(|body| judged.dossier.adhesion_of(body)),
    };
    let adopted = deliberation.is_some_and(|deliberation| deliberation.is_adopted());
    if is_convention && judged.dossier.at_signature() {
        for (label, place) in found {
            let what = match place {
                Place::Cell(..) => "completare la cella",
                _ => "nel testo, scrivere il valore al posto dello spazio",
            };
            findings.push(
                Diagnostic::new("C30-16", place.clone(), format!("resta da compilare: {label}"))
                    .hint(format!("alla stipula nessuno spazio può restare vuoto: {what}")),
            );
        }
        return;
    }
    let severity = if !is_convention && adopted { Severity::Warning } else { Severity::Note };
    if !found.is_empty() {
        let row = judged.dossier.bodies.get(judged.body).map(|body| &body.place);
        let mut places = found.iter().map(|(_, place)| *place).filter(|place| !place.is_none());
        let first = places.next().or(row).unwrap_or(&Place::None);
        let mut labels: Vec<&str> = found.iter().map(|(label, _)| *label).collect();
        labels.dedup();
        let verb = if labels.len() == 1 { "resta" } else { "restano" };
        let spaces = crate::italian::count(labels.len(), "spazio", "spazi");
        let message = format!("nell’atto {verb} {spaces} da compilare: {}", labels.join(", "));
        let mut finding = Diagnostic::new("C30-16", first.clone(), message).severity(severity);
        for place in places.filter(|place| *place != first) {
            if !finding.related.contains(place) {
                finding.related.push(place.clone());
            }
        }
        findings.push(finding);
    }
}

/// C30-18.
fn signatures(judged: &Judged<'_>, findings: &mut Findings) {
    slots_for_all(judged, findings, "C30-18");
}

/// One slot for each party, each with name and office.
fn slots_for_all(judged: &Judged<'_>, findings: &mut Findings, code: &'static str) {
    let mut slots = Vec::new();
    fn collect<'a>(blocks: &'a [Block], slots: &mut Vec<&'a crate::act::Signature>) {
        for block in blocks {
            match block {
                Block::Signatures { slots: found } => slots.extend(found),
                Block::Article(article) => collect(&article.blocks, slots),
                _ => {}
            }
        }
    }
    collect(&judged.act.blocks, &mut slots);
    let for_all = judged.dossier.is_multilateral() || judged.act.kind == ActKind::Accordo;
    let parties = if for_all { 1 + judged.dossier.parties().count() } else { 2 };
    if slots.len() < parties {
        findings.push(
            Diagnostic::new(
                code,
                whole(judged.act),
                format!(
                    "le parti sono {} ma gli spazi per la firma sono {}",
                    crate::italian::number_words(parties as u64),
                    slots.len()
                ),
            )
            .hint("nel testo, il blocco «firme» deve avere una riga per ogni parte"),
        );
    }
    for slot in slots {
        if slot.name.is_empty() || slot.office.is_empty() {
            findings.push(
                Diagnostic::new(
                    code,
                    whole(judged.act),
                    format!("lo spazio di firma «{}» non ha nome o carica", plain(&slot.party)),
                )
                .hint("nel blocco «firme» scrivere parte | carica | nome"),
            );
        }
    }
}

/// C30-19 on the act, ACC-08 where it is of an agreement: every table with a row of totals adds up, to the cent.
fn totals(judged: &Judged<'_>, findings: &mut Findings) {
    fn tables<'a>(blocks: &'a [Block], found: &mut Vec<&'a Table>) {
        for block in blocks {
            match block {
                Block::Table(table) => found.push(table),
                Block::Article(article) => tables(&article.blocks, found),
                Block::Annex(annex) => tables(&annex.blocks, found),
                _ => {}
            }
        }
    }
    let money = |row: &TableRow, column: usize| -> Option<Money> {
        let text = plain(row.cells.get(column)?);
        text.contains('€').then(|| cells::amount(&text)).flatten().and_then(Money::checked)
    };
    let code = if judged.dossier.is_agreement() { "ACC-08" } else { "C30-19" };
    let mut found = Vec::new();
    tables(&judged.act.blocks, &mut found);
    for table in found {
        let Some(total) = table.rows.iter().find(|row| row.total) else { continue };
        for column in 1..table.head.len() {
            let Some(stated) = money(total, column) else { continue };
            let parts: Option<Vec<Money>> =
                table.rows.iter().filter(|row| !row.total).map(|row| money(row, column)).collect();
            let sum: Money = parts.unwrap_or_default().into_iter().sum();
            if sum != stated {
                let heading = table.head.get(column).map(|head| plain(head)).unwrap_or_default();
                findings.push(
                    Diagnostic::new(
                        code,
                        whole(judged.act),
                        format!(
                            "nella tabella «{}», colonna «{heading}», il totale è {stated} ma le righe sommano a {sum}",
                            plain(&table.caption)
                        ),
                    )
                    .hint("nel testo, le righe e il totale devono usare i valori calcolati dal programma"),
                );
            }
        }
    }
}
