//! The controls on the content, run on a file whose format is right: a group a file. What they share (the documents of a
//! lot, amounts, who is who) is here.

mod documents;
mod lines;
mod parties;
mod summaries;
mod transmission;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::Finding;
use super::tree::Element;

/// All findings on the content, in the order of the file.
pub(super) fn check(root: Element<'_>, received: NaiveDate) -> Vec<Finding> {
    let mut findings = Vec::new();
    let Some(header) = root.get("FatturaElettronicaHeader") else { return findings };
    let documents: Vec<Document<'_>> = root.all("FatturaElettronicaBody").filter_map(Document::of).collect();
    transmission::check(root, header, &mut findings);
    parties::check(header, &documents, &mut findings);
    for document in &documents {
        documents::check(document, received, &mut findings);
        lines::check(document, &mut findings);
        summaries::check(document, &mut findings);
    }
    documents::duplicates(&documents, &mut findings);
    findings.sort_by_key(|finding| finding.line);
    findings
}

/// A document of the lot.
struct Document<'t> {
    /// `DatiGenerali`.
    general: Element<'t>,
    /// `DatiGeneraliDocumento`.
    data: Element<'t>,
    /// `DatiBeniServizi`.
    goods: Element<'t>,
    /// `TipoDocumento`: `TD01`.
    kind: &'t str,
    /// Day of the document.
    day: Option<NaiveDate>,
}

impl<'t> Document<'t> {
    fn of(body: Element<'t>) -> Option<Self> {
        let general = body.get("DatiGenerali")?;
        let data = general.get("DatiGeneraliDocumento")?;
        let goods = body.get("DatiBeniServizi")?;
        Some(Self { general, data, goods, kind: data.value("TipoDocumento")?, day: day(data, "Data") })
    }

    fn lines(&self) -> impl Iterator<Item = Element<'t>> + use<'t> {
        self.goods.all("DettaglioLinee")
    }

    fn summaries(&self) -> impl Iterator<Item = Element<'t>> + use<'t> {
        self.goods.all("DatiRiepilogo")
    }

    /// Contributions to social security funds, which are taxed as lines are.
    fn funds(&self) -> impl Iterator<Item = Element<'t>> + use<'t> {
        self.data.all("DatiCassaPrevidenziale")
    }
}

/// A day; the time zone that XML Schema allows is dropped, as the day is what people read.
fn day(element: Element<'_>, name: &str) -> Option<NaiveDate> {
    let text = element.value(name)?;
    NaiveDate::parse_from_str(text.get(..10)?, "%Y-%m-%d").ok()
}

/// An amount; the format has already said that it is one.
fn amount(element: Element<'_>, name: &str) -> Option<Decimal> {
    Decimal::from_str_exact(element.value(name)?).ok()
}

/// The VAT rate of a line, a summary or a contribution.
fn rate(element: Element<'_>) -> Option<Decimal> {
    amount(element, "AliquotaIVA")
}

/// Reports at a child element.
fn report(findings: &mut Vec<Finding>, code: &'static str, parent: Element<'_>, name: &str, message: &str, hint: &str) {
    let finding = match parent.get(name) {
        Some(child) => Finding::at(code, child, message),
        None => Finding::missing(code, parent, name, message),
    };
    findings.push(finding.hint(hint));
}
