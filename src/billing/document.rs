//! A bill put together: parties, references, sentences, stamp duty. Used by `billing` for those issued and for new ones.

use rust_decimal::Decimal;

use super::due::Due;
use super::register::SpendingBasis;
use super::{party, tax};
use crate::bill::{Bill, BillLine, Named, Nature, STAMP, Subject, Tax};
use crate::date;
use crate::dossier::{Body, Dossier};
use crate::money::Money;
use crate::schema::BillKind;

/// The law by which what is paid for the payer is outside the taxable sum.
const PAID_FOR: &str = "Escluso, art. 15, c. 1, n. 3, D.P.R. 633/1972";

/// What a bill is made from.
#[derive(Debug, Clone)]
pub struct Making<'d> {
    /// The dossier.
    pub dossier: &'d Dossier,
    /// Who charges.
    pub seller: &'d Body,
    /// Who pays.
    pub payer: &'d Body,
    /// Position of the payer.
    pub body: usize,
    /// The year that it charges.
    pub year: i32,
    /// What it is.
    pub kind: BillKind,
    /// Its lines.
    pub lines: Vec<BillLine>,
    /// CIG, CUP, spending act.
    pub basis: SpendingBasis,
    /// The invoice that it corrects.
    pub corrects: Option<Named>,
}

impl Making<'_> {
    /// The bill with this number and day, sent under these five characters.
    pub fn bill(self, number: String, date: chrono::NaiveDate, sending: Option<String>, due: &Due) -> Bill {
        let Self { dossier, seller, payer, body, year, kind, lines, basis, corrects } = self;
        let references = party::references(dossier, payer, &basis, corrects);
        let mut bill = Bill {
            kind,
            year,
            number,
            date,
            sending: sending.filter(|_| kind != BillKind::Richiesta),
            seller: party::party(seller),
            payer: party::party(payer),
            body,
            lines,
            split: false,
            stamp: None,
            references,
            reasons: Vec::new(),
            payment: party::payment(seller, payer, due),
        };
        let is_taxed = bill.lines.iter().any(|line| line.tax.nature.is_none());
        bill.split = is_taxed && tax::is_split(dossier, &bill.payer);
        let (stamp, said) = tax::stamp(&bill, seller, payer);
        bill.stamp = stamp;
        // In a credit note it would be given to the payer.
        let is_charged = dossier.convention.bollo_addebitato.is(true) && kind != BillKind::NotaCredito;
        if stamp.is_some() && is_charged {
            bill.lines.push(stamp_line(body));
        }
        bill.reasons = reasons(&bill);
        bill.reasons.extend(said.map(str::to_owned));
        bill
    }
}

/// The stamp duty as a line of the bill.
pub fn stamp_line(body: usize) -> BillLine {
    BillLine {
        subject: Subject::Stamp,
        body,
        description: "Imposta di bollo".to_owned(),
        quantity: None,
        unit: None,
        period: None,
        price: STAMP,
        discount: Decimal::ZERO,
        amount: Money::round(STAMP),
        tax: Tax::none(Nature::N1, PAID_FOR),
        places: Vec::new(),
    }
}

/// What the bill is for, and what the law wants said of VAT and of the way of payment.
fn reasons(bill: &Bill) -> Vec<String> {
    let mut reasons = Vec::new();
    let title = &bill.references.title;
    // Titles mostly begin with the word.
    let of = match title.as_str() {
        "" => "convenzione".to_owned(),
        title if crate::italian::fold(title).starts_with("convenzione") => format!("«{title}»"),
        title => format!("convenzione «{title}»"),
    };
    let has = |subject: fn(&Subject) -> bool| bill.lines.iter().any(|line| subject(&line.subject));
    let what = match (has(|it| *it == Subject::Fee), has(|it| matches!(it, Subject::Service(_)))) {
        (true, true) => "quota di adesione e servizi",
        (false, true) => "servizi",
        _ => "quota di adesione",
    };
    match &bill.references.corrects {
        Some(invoice) => {
            let day = invoice.date.map(|day| format!(" {}", date::after("del", day))).unwrap_or_default();
            reasons.push(format!(
                "Rettifica della fattura n. {}{day}, {of}: {what} dell’anno {}.",
                invoice.number, bill.year
            ));
        }
        None => reasons.push(format!("{}: {what} dell’anno {}.", crate::italian::capitalize(&of), bill.year)),
    }
    if bill.lines.iter().any(|line| line.body != bill.body && line.subject == Subject::Fee) {
        reasons.push("Comprende le quote degli enti membri che sono a carico dell’Unione.".to_owned());
    }
    if bill.split {
        reasons.push(
            "Scissione dei pagamenti: l’IVA è versata da chi riceve la fattura (art. 17-ter D.P.R. 633/1972)."
                .to_owned(),
        );
    }
    if let Some(account) = bill.payment.treasury.as_ref().filter(|_| bill.kind != BillKind::NotaCredito) {
        reasons.push(format!("Si paga con girofondi sul conto di tesoreria unica n. {account}."));
    }
    reasons
}
