//! The register of bills as the sheet `Fatture` and the run's own ledger have it: what was issued, what is to be issued and
//! with which CIG, and whether the numbers hold together (INV-02). Used by `billing` before anything else.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike, NaiveDate};

use super::recorded;
use super::series::{self, Mark, Series};
use crate::bill::{Entry, Named, Print};
use crate::date;
use crate::diagnostic::Diagnostic;
use crate::dossier::{Dossier, Field, Invoice};
use crate::money::Money;
use crate::place::Place;
use crate::schema::BillKind;

/// A bill that was issued.
#[derive(Debug, Clone)]
pub struct Known {
    /// Zero-based row of the sheet; `None` for what only the ledger has.
    pub row: Option<u32>,
    /// True where the sheet has its number.
    pub is_registered: bool,
    /// Position of the payer; `None` where the row names nobody known.
    pub body: Option<usize>,
    /// The year that it charges.
    pub year: i32,
    /// What it is.
    pub kind: BillKind,
    /// Its number.
    pub number: String,
    /// Its day.
    pub date: NaiveDate,
    /// CIG, CUP, spending act.
    pub basis: SpendingBasis,
    /// Number of the invoice that it corrects.
    pub corrects: Option<String>,
    /// Its sum without VAT and its VAT, where they are on record.
    pub base: Option<Money>,
    /// See `base`.
    pub vat: Option<Money>,
    /// Its print, where it is on record.
    pub print: Option<Print>,
    /// Its number taken apart.
    pub mark: Option<Mark>,
    /// True where another document has its number: neither can be made again.
    pub is_double: bool,
    /// Where to look.
    pub place: Place,
}

/// A row for a bill to be issued.
#[derive(Debug, Clone)]
pub struct Draft {
    /// Zero-based row of the sheet.
    pub row: u32,
    /// Position of the payer.
    pub body: usize,
    /// The year that it charges.
    pub year: i32,
    /// What it is; any where the cell is empty.
    pub kind: Option<BillKind>,
    /// CIG, CUP, spending act.
    pub basis: SpendingBasis,
    /// Number of the invoice to correct.
    pub corrects: Option<String>,
    /// The sum to give back; the whole invoice where the cell is empty.
    pub base: Option<Money>,
    /// Where to look.
    pub place: Place,
}

/// What the payer's spending rests on.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SpendingBasis {
    /// CIG.
    pub cig: Option<String>,
    /// CUP.
    pub cup: Option<String>,
    /// The act that commits the spending.
    pub act: Option<Named>,
}

impl SpendingBasis {
    fn of(row: &Invoice) -> Self {
        let text = |field: &Field<String>| field.text().map(str::to_owned);
        let act = text(&row.determina_numero).map(|number| Named { number, date: row.determina_data.copied() });
        Self { cig: text(&row.cig), cup: text(&row.cup), act }
    }

    /// True where nothing is said.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// For each series its kind, credit notes apart from all else, and its place among those of the same kind and year.
pub type Letters = BTreeMap<Series, (BillKind, usize)>;

/// The register.
#[derive(Debug, Clone, Default)]
pub struct Register {
    /// What was issued, in order of day and number.
    pub known: Vec<Known>,
    /// What is to be issued.
    pub drafts: Vec<Draft>,
    /// Series with faults, in which nothing new is numbered.
    pub broken: BTreeSet<Series>,
    /// The series of each kind and year, in the order in which the register opens them: the letter of a file comes from it.
    pub letters: Letters,
    /// True where a row cannot be read as either: nothing new is numbered at all.
    pub is_unreadable: bool,
}

/// Reads the register. `ledger` is what earlier runs issued in the same folder, whether or not the sheet has it yet.
/// Reports INV-02.
pub fn read(dossier: &Dossier, ledger: &[Entry], found: &mut Vec<Diagnostic>) -> Register {
    let mut register = Register::default();
    for row in &dossier.invoices {
        let year = row.anno.copied().and_then(|year| i32::try_from(year).ok());
        match (row.numero.text(), row.data.copied()) {
            (Some(number), Some(date)) => {
                // Of what was not used only the number counts.
                let is_void = row.tipo.is(BillKind::Annullata);
                if (year.is_none() || row.tipo.get().is_none()) && !is_void {
                    let which =
                        if year.is_none() { (&row.anno.place, "l’anno") } else { (&row.tipo.place, "il tipo") };
                    let message = format!("il documento n. {number} è emesso, ma manca {} a cui si riferisce", which.1);
                    let message = if year.is_some() { message.replace(" a cui si riferisce", "") } else { message };
                    fault(row, which.0, message, "completare la riga: di ciò che è emesso si deve sapere tutto", found);
                    register.is_unreadable = true;
                }
                register.known.push(Known {
                    row: Some(row.row),
                    is_registered: true,
                    body: row.of,
                    year: year.unwrap_or_else(|| date.year()),
                    kind: row.tipo.copied().unwrap_or(BillKind::Fattura),
                    number: number.to_owned(),
                    date,
                    basis: SpendingBasis::of(row),
                    corrects: row.fattura_collegata.text().map(str::to_owned),
                    base: row.imponibile.copied().and_then(Money::checked),
                    vat: row.imposta.copied().and_then(Money::checked),
                    print: row.impronta.text().and_then(Print::parse),
                    mark: None,
                    is_double: false,
                    place: row.numero.place.clone(),
                });
                if let Some(what) = implausible(dossier, row, is_void) {
                    let message = format!("il documento n. {number} è emesso, ma {what}");
                    fault(
                        row,
                        &row.anno.place,
                        message,
                        "correggere la riga: ne dipende che cosa resta da addebitare",
                        found,
                    );
                    register.is_unreadable = true;
                }
            }
            (None, None) if row.numero.is_absent() && row.data.is_absent() => {
                if let (Some(body), Some(year)) = (row.of, year) {
                    register.drafts.push(Draft {
                        row: row.row,
                        body,
                        year,
                        kind: row.tipo.copied(),
                        basis: SpendingBasis::of(row),
                        corrects: row.fattura_collegata.text().map(str::to_owned),
                        base: row.imponibile.copied().and_then(Money::checked),
                        place: row.place.clone(),
                    });
                } else if year.is_none() && row.anno.is_absent() {
                    let message = "la riga non dice a quale anno si riferisce".to_owned();
                    fault(row, &row.anno.place, message, "scrivere l’anno della quota e dei servizi", found);
                }
            }
            (number, day) => {
                register.is_unreadable = true;
                let (place, message) = match (number, day) {
                    (Some(number), _) if row.data.is_absent() => {
                        (&row.data.place, format!("il documento n. {number} ha il numero e non la data"))
                    }
                    (_, Some(day)) if row.numero.is_absent() => (
                        &row.numero.place,
                        format!("il documento {} ha la data e non il numero", date::after("del", day)),
                    ),
                    // A cell that could not be read has been told already.
                    _ => continue,
                };
                let hint = "scrivere sia il numero sia la data se è emesso, nessuno dei due se è da emettere";
                fault(row, place, message, hint, found);
            }
        }
    }
    recorded::join(&mut register, dossier, ledger, found);
    number(&mut register, found);
    register.letters = super::numbering::letters(&register);
    register
}

/// What of an issued document cannot be: it would leave its payer to be charged again.
fn implausible(dossier: &Dossier, row: &Invoice, is_void: bool) -> Option<String> {
    /// Years that documents may charge; those before the convention may be of an earlier one.
    const YEARS: std::ops::RangeInclusive<u64> = 1990..=2099;
    let last = dossier.convention.scadenza.copied().and_then(|end| u64::try_from(end.year()).ok());
    if let Some(year) = row.anno.copied().filter(|_| !is_void) {
        if !YEARS.contains(&year) {
            return Some(format!("«{year}» non è un anno che si possa addebitare"));
        }
        if let Some(last) = last.filter(|last| year > *last) {
            return Some(format!("l’anno che addebita è il {year}, e la convenzione finisce nel {last}"));
        }
    }
    let base = row.imponibile.copied().filter(|_| !is_void)?;
    (base <= rust_decimal::Decimal::ZERO || Money::checked(base).is_none())
        .then(|| format!("il suo imponibile, {}, non può essere", crate::italian::decimal(base, 2)))
}

fn fault(row: &Invoice, place: &Place, message: String, hint: &str, found: &mut Vec<Diagnostic>) {
    let place = if place.is_none() { row.place.clone() } else { place.clone() };
    let mut told = Diagnostic::new("INV-02", place, message).hint(hint);
    if let Some(body) = row.ente.text() {
        told = told.body(body);
    }
    found.push(told);
}

/// Takes the numbers apart and looks at every series: no number twice, none missing, days in the order of numbers.
fn number(register: &mut Register, found: &mut Vec<Diagnostic>) {
    let numbers: Vec<(&str, i32)> = register.known.iter().map(|it| (it.number.as_str(), it.date.year())).collect();
    let marks = series::marks(&numbers);
    for (known, mark) in register.known.iter_mut().zip(marks) {
        if mark.is_none() || known.number.chars().count() > LONGEST {
            let message = format!("il numero «{}» non è un numero di documento", known.number);
            let hint = "al più venti caratteri, fra cui le cifre di un contatore";
            found.push(Diagnostic::new("INV-02", known.place.clone(), message).hint(hint));
            register.is_unreadable = true;
        }
        known.mark = mark;
    }
    set_apart(&mut register.known);
    register.known.sort_by(|a, b| {
        let counter = |it: &Known| it.mark.as_ref().map(|mark| mark.counter);
        (a.date, counter(a), &a.number).cmp(&(b.date, counter(b), &b.number))
    });
    let mut by_series: BTreeMap<&Series, Vec<&Known>> = BTreeMap::new();
    for known in &register.known {
        if let Some(mark) = &known.mark {
            by_series.entry(&mark.series).or_default().push(known);
        }
    }
    let mut broken = BTreeSet::new();
    let mut doubles: BTreeSet<(Series, u64)> = BTreeSet::new();
    for (series, mut all) in by_series {
        let before = found.len();
        all.sort_by_key(|it| it.mark.as_ref().map(|mark| mark.counter));
        let counter = |it: &Known| it.mark.as_ref().map_or(0, |mark| mark.counter);
        for pair in all.windows(2) {
            let [one, other] = pair else { continue };
            if counter(one) == counter(other) {
                let message = format!("il numero «{}» è di due documenti", other.number);
                let told = Diagnostic::new("INV-02", other.place.clone(), message).related(one.place.clone());
                found.push(told.hint("un numero è di un solo documento: correggere la riga sbagliata"));
                doubles.insert((series.clone(), counter(one)));
            } else if one.date > other.date {
                let message = format!(
                    "il n. {} è {}, dopo il n. {} che lo segue, {}",
                    one.number,
                    date::after("del", one.date),
                    other.number,
                    date::after("del", other.date)
                );
                let told = Diagnostic::new("INV-02", other.place.clone(), message).related(one.place.clone());
                found.push(told.hint("i numeri vanno in ordine di data: correggere il numero o la data"));
            }
        }
        let missing = series::gaps(&all.iter().map(|it| counter(it)).collect());
        if let (Some(_), Some(last)) = (missing.first(), all.last()) {
            let names: Vec<String> = missing.iter().take(5).map(|counter| series.number(*counter)).collect();
            let more = if missing.len() > names.len() { " e altri" } else { "" };
            let message = format!("nel registro mancano i numeri: {}{more}", names.join(", "));
            let hint =
                "aggiungere le righe che mancano; se un numero non è stato usato, la sua riga ha tipo «annullata»";
            found.push(Diagnostic::new("INV-02", last.place.clone(), message).hint(hint));
        }
        if found.len() > before {
            broken.insert(series.clone());
        }
    }
    register.broken = broken;
    for known in &mut register.known {
        known.is_double =
            known.mark.as_ref().is_some_and(|mark| doubles.contains(&(mark.series.clone(), mark.counter)));
    }
}

/// Credit notes and requests that repeat numbers of invoices are series of their own, in every year.
fn set_apart(all: &mut [Known]) {
    let every_year = |mark: &Mark| mark.series.in_year(0);
    let mut kinds: BTreeMap<(Series, i32, u64), BTreeSet<BillKind>> = BTreeMap::new();
    for known in all.iter().filter(|known| known.kind != BillKind::Annullata) {
        if let Some(mark) = &known.mark {
            let number = (every_year(mark), mark.series.year, mark.counter);
            kinds.entry(number).or_default().insert(known.kind);
        }
    }
    let repeated = kinds.into_iter().filter(|(_, kinds)| kinds.len() > 1);
    let apart: BTreeSet<(Series, BillKind)> = repeated
        .flat_map(|((series, ..), kinds)| kinds.into_iter().skip(1).map(move |kind| (series.clone(), kind)))
        .collect();
    for known in all {
        if let Some(mark) = known.mark.as_mut().filter(|mark| apart.contains(&(every_year(mark), known.kind))) {
            mark.series = mark.series.apart(known.kind);
        }
    }
}

/// Longest number of a document (FatturaPA 1.2.3, element 2.1.1.4).
pub const LONGEST: usize = 20;
