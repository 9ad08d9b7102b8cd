//! What of the sums of a year was charged already: an issued bill covers what was known on its day and was not covered
//! before; what is owed beyond is for a new invoice, what is covered beyond the owed is for a credit note.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use crate::bill::{BillLine, Subject, Tax};
use crate::money::Money;

/// What a sum is for: a body, and what is charged for it, at its VAT.
type Key = (usize, String, Option<Decimal>);

/// What bills of an account have charged so far.
#[derive(Debug, Clone, Default)]
pub struct Covered {
    sums: BTreeMap<Key, Charged>,
}

/// A sum charged, and the last invoice that did.
#[derive(Debug, Clone)]
struct Charged {
    sum: Money,
    invoice: String,
    /// One of its lines.
    like: BillLine,
}

/// What is to be given back of an invoice.
#[derive(Debug, Clone)]
pub struct Excess {
    /// Number of the invoice.
    pub invoice: String,
    /// The lines of the credit note.
    pub lines: Vec<BillLine>,
}

fn key(line: &BillLine) -> Key {
    let subject = match &line.subject {
        Subject::Fee => "quota".to_owned(),
        Subject::Service(code) => format!("servizio {code}"),
        Subject::Stamp => "bollo".to_owned(),
        Subject::Reversal => "storno".to_owned(),
    };
    (line.body, subject, line.tax.nature.is_none().then_some(line.tax.rate))
}

fn grouped(lines: &[BillLine]) -> Vec<(Key, Vec<&BillLine>)> {
    let mut groups: Vec<(Key, Vec<&BillLine>)> = Vec::new();
    for line in lines {
        let key = key(line);
        match groups.iter_mut().find(|(known, _)| *known == key) {
            Some((_, group)) => group.push(line),
            None => groups.push((key, vec![line])),
        }
    }
    groups
}

fn sum(lines: &[&BillLine]) -> Money {
    lines.iter().map(|line| line.amount).sum()
}

impl Covered {
    /// What of `owed` is not covered: its lines where nothing of theirs was charged, one line for the rest otherwise.
    pub fn missing(&self, owed: &[BillLine]) -> Vec<BillLine> {
        let mut missing = Vec::new();
        for (key, lines) in grouped(owed) {
            let (all, charged) = (sum(&lines), self.sums.get(&key).map_or(Money::ZERO, |it| it.sum));
            if charged.is_zero() {
                missing.extend(lines.into_iter().cloned());
            } else if let Some(first) = lines.first().filter(|_| all > charged) {
                let words = worded(&lines);
                let description = format!("Integrazione: {words}; in tutto {all}, già addebitati {charged}");
                missing.push(adjusted(first, description, all - charged));
            }
        }
        missing
    }

    /// What is covered and not owed, by invoice, in the order of their numbers in the register.
    pub fn excess(&self, owed: &[BillLine]) -> Vec<Excess> {
        let groups = grouped(owed);
        let mut excess: Vec<Excess> = Vec::new();
        for (key, charged) in &self.sums {
            let lines =
                groups.iter().find(|(known, _)| known == key).map(|(_, lines)| lines.as_slice()).unwrap_or_default();
            let due = sum(lines);
            if charged.sum <= due {
                continue;
            }
            let words = if lines.is_empty() { charged.like.description.clone() } else { worded(lines) };
            let description = format!("Storno: {words}; dovuti {due}, addebitati {}", charged.sum);
            let line = adjusted(&charged.like, description, charged.sum - due);
            match excess.iter_mut().find(|it| it.invoice == charged.invoice) {
                Some(known) => known.lines.push(line),
                None => excess.push(Excess { invoice: charged.invoice.clone(), lines: vec![line] }),
            }
        }
        excess
    }

    /// Counts the lines of an issued invoice, but the stamp duty: it follows from the document, nobody owes it for the year.
    pub fn charge(&mut self, lines: &[BillLine], invoice: &str) {
        for line in lines.iter().filter(|line| line.subject != Subject::Stamp) {
            let first = || Charged { sum: Money::ZERO, invoice: String::new(), like: line.clone() };
            let charged = self.sums.entry(key(line)).or_insert_with(first);
            charged.sum = charged.sum + line.amount;
            charged.invoice = invoice.to_owned();
        }
    }

    /// Counts the lines of an issued credit note.
    pub fn give_back(&mut self, lines: &[BillLine]) {
        for line in lines {
            if let Some(charged) = self.sums.get_mut(&key(line)) {
                charged.sum = (charged.sum - line.amount).max(Money::ZERO);
            }
        }
    }
}

fn worded(lines: &[&BillLine]) -> String {
    let words: Vec<&str> = lines.iter().map(|line| line.description.as_str()).collect();
    words.join("; ")
}

/// A line of its own for a difference: a sum, with no quantity.
fn adjusted(like: &BillLine, description: String, amount: Money) -> BillLine {
    BillLine {
        description,
        quantity: None,
        unit: None,
        price: amount.decimal(),
        discount: Decimal::ZERO,
        amount,
        ..like.clone()
    }
}

/// A line that takes back a sum of an invoice.
pub fn reversal(body: usize, description: String, amount: Money, tax: Tax) -> BillLine {
    BillLine {
        subject: Subject::Reversal,
        body,
        description,
        quantity: None,
        unit: None,
        period: None,
        price: amount.decimal(),
        discount: Decimal::ZERO,
        amount,
        tax,
        places: Vec::new(),
    }
}
