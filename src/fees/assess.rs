//! A body's own fee by inhabitants, enterprises or band of population: FEE-01 to FEE-03 on the body, FEE-05 on a Union.

use rust_decimal::Decimal;

use super::bands::{Pick, Rate, Table};
use super::payers::Part;
use super::{Assessed, ENTERPRISES, FLAT, RATES, flat_line, owner, spot};
use crate::diagnostic::Diagnostic;
use crate::dossier::{Basis, Body, Dossier, Field, Item, Line, Origin};
use crate::italian::{decimal, grouped};
use crate::model::{Criterion, Discounts, FeeScheme};
use crate::place::Place;
use crate::rule::Severity;
use crate::schema::BodyKind;

/// The tables of a scheme that counts inhabitants.
pub struct Tariff<'t, 'a> {
    scheme: &'t FeeScheme,
    rates: &'t Table<'a>,
    /// Set where the scheme counts enterprises.
    enterprises: Option<&'t Table<'a>>,
    flat: Option<&'t Table<'a>>,
}

impl<'t, 'a> Tariff<'t, 'a> {
    /// The tables of `scheme`; `None` where the workbook has no rates yet. Reports FEE-03 where only the rate of
    /// enterprises is missing.
    pub fn of(scheme: &'t FeeScheme, tables: &'t [Table<'a>], found: &mut Vec<Diagnostic>) -> Option<Self> {
        let rates = super::table(tables, RATES)?;
        let mut enterprises = None;
        if scheme.criterio == Criterion::AbitanteImpresa {
            enterprises = super::table(tables, ENTERPRISES);
            if enterprises.is_none() {
                let message = format!("la quota conta anche le imprese, ma manca la tabella «{ENTERPRISES}»");
                let hint =
                    "aggiungere nel foglio «Fasce» una riga con tabella «quota imprese» e la tariffa per impresa";
                found.push(Diagnostic::new("FEE-03", Place::Sheet("Fasce".into()), message).hint(hint));
                return None;
            }
        }
        Some(Self { scheme, rates, enterprises, flat: super::table(tables, FLAT) })
    }

    /// True where the rates must reach the inhabitants of this body.
    pub fn counts(&self, body: &Body, has_members: bool) -> bool {
        let is_comune = body.tipo.is(BodyKind::Comune);
        let by_number = is_comune || self.enterprises.is_none() && !has_members;
        let inhabitants = body.abitanti.copied().unwrap_or(0);
        by_number && !(is_comune && self.is_beyond(inhabitants))
    }

    fn is_beyond(&self, inhabitants: u64) -> bool {
        self.scheme.oltre_fissa && self.rates.top().is_some_and(|top| inhabitants > top)
    }

    /// The own fee of a Union with members in the workbook, where it has inhabitants of its own and the scheme would
    /// count them: none, since they are the members'.
    pub fn union(
        &self,
        dossier: &Dossier,
        union: &Body,
        through: &[Option<Part>],
        found: &mut Vec<Diagnostic>,
    ) -> Option<Assessed> {
        let own = union.abitanti.copied().filter(|own| *own > 0 && self.enterprises.is_none())?;
        let of_union = |part: &Option<Part>| {
            part.as_ref().and_then(|part| dossier.bodies.get(part.union)).is_some_and(|body| body.row == union.row)
        };
        let members = dossier.bodies.iter().zip(through).filter(|(_, part)| of_union(part));
        let (mut count, mut inhabitants) = (0_usize, 0_u64);
        for (member, _) in members {
            count += 1;
            inhabitants = inhabitants.saturating_add(member.abitanti.copied().unwrap_or(0));
        }
        let message = format!(
            "gli abitanti di «{}» ({}) non si contano: sono quelli {} nel foglio ({}), che hanno già la propria quota",
            union.name(),
            grouped(own),
            if count == 1 { "del suo membro".to_owned() } else { format!("dei suoi {count} membri") },
            grouped(inhabitants)
        );
        let finding = Diagnostic::new("FEE-05", spot(&union.abitanti, &union.place), message).severity(Severity::Note);
        found.push(
            finding.hint("se l’unione paga anche per Comuni che non sono nel foglio, aggiungerli").body(owner(union)),
        );
        Some(Assessed { basis: Basis::MembersOnly, lines: Vec::new() })
    }

    /// The fee of a full year and its computation; `None` where a diagnostic says why not.
    pub fn assess(&self, body: &Body, found: &mut Vec<Diagnostic>) -> Option<Assessed> {
        let is_comune = body.tipo.is(BodyKind::Comune);
        if self.enterprises.is_some() && !is_comune {
            return self.flat_sum(body, "", found);
        }
        if body.abitanti.origin == Origin::Unreadable {
            return None;
        }
        let Some(inhabitants) = body.abitanti.copied().filter(|count| *count > 0 || !is_comune) else {
            if !is_comune {
                return self.flat_sum(body, "che non ha abitanti, ", found);
            }
            let what =
                if body.abitanti.get().is_some() { "ha zero abitanti" } else { "non ha il numero degli abitanti" };
            let message = format!("«{}» {what}: la quota non si può calcolare", body.name());
            let hint = "scrivere gli abitanti nella colonna «abitanti» e la data in «abitanti_al»";
            tell(found, "FEE-02", &body.abitanti, body, message, hint);
            return None;
        };
        if body.abitanti_al.is_absent() {
            let message = format!(
                "di «{}» ci sono gli abitanti ({}), ma non la data a cui si riferiscono",
                body.name(),
                grouped(inhabitants)
            );
            let hint = "scrivere la data nella colonna «abitanti_al», per esempio 31/12/2024";
            tell(found, "FEE-02", &body.abitanti_al, body, message, hint);
        }
        if is_comune && self.is_beyond(inhabitants) {
            let why = format!("che ha più di {} abitanti, ", grouped(self.rates.top().unwrap_or_default()));
            return self.flat_sum(body, &why, found);
        }
        let rate = falls_in(self.rates, inhabitants, "gli abitanti", &body.abitanti, body, found)?;
        let at = body.abitanti_al.copied();
        if self.scheme.criterio == Criterion::Fascia {
            let what = match rate.words() {
                words if words.is_empty() => "quota per fascia di popolazione".to_owned(),
                words => format!("fascia {words} abitanti"),
            };
            let places = [spot(&body.abitanti, &body.place)].into_iter().chain(rate.places()).collect();
            let line = self.line(Item::Band, what, 1, &rate, places, body, found)?;
            let basis = Basis::PopulationBand { band: rate.bounds(), inhabitants, at };
            return Some(Assessed { basis, lines: vec![line] });
        }
        let mut lines =
            self.counted(Item::Inhabitants, self.rates, (inhabitants, rate), &body.abitanti, body, found)?;
        let only = lines.first().and_then(net).filter(|first| lines.iter().all(|line| net(line) == Some(*first)));
        let mut enterprises = None;
        if let Some(table) = self.enterprises {
            let number = enterprises_of(body, found)?;
            let rate = if number == 0 {
                None
            } else {
                Some(falls_in(table, number, "le imprese", &body.imprese, body, found)?)
            };
            if let Some(rate) = rate {
                lines.extend(self.counted(Item::Enterprises, table, (number, rate), &body.imprese, body, found)?);
            }
            enterprises = Some(number);
        }
        Some(Assessed { basis: Basis::PerInhabitant { rate: only, inhabitants, at, enterprises }, lines })
    }

    /// The lines of a number at the rates of a table: one, or one a bracket.
    fn counted(
        &self,
        item: Item,
        table: &Table<'a>,
        (number, whole): (u64, Rate<'a>),
        field: &Field<u64>,
        body: &Body,
        found: &mut Vec<Diagnostic>,
    ) -> Option<Vec<Line>> {
        let name = if item == Item::Enterprises { "imprese" } else { "abitanti" };
        let spread = match self.scheme.sconto {
            Discounts::Intero => vec![(whole, number)],
            Discounts::Scaglioni => table.brackets(number)?,
        };
        let mut lines = Vec::with_capacity(spread.len());
        for (rate, count) in spread {
            let what = match (rate.words(), self.scheme.sconto) {
                (words, _) if words.is_empty() || table.len() == 1 => name.to_owned(),
                (words, Discounts::Intero) => format!("{name}, fascia {words}"),
                (words, Discounts::Scaglioni) => format!("{name} {words}"),
            };
            let places = [spot(field, &body.place)].into_iter().chain(rate.places()).collect();
            lines.push(self.line(item, what, count, &rate, places, body, found)?);
        }
        Some(lines)
    }

    #[expect(clippy::too_many_arguments, reason = "the parts of a line")]
    fn line(
        &self,
        item: Item,
        what: String,
        quantity: u64,
        rate: &Rate<'_>,
        places: Vec<Place>,
        body: &Body,
        found: &mut Vec<Diagnostic>,
    ) -> Option<Line> {
        let Some(amount) = Line::priced(quantity, rate.price, rate.discount) else {
            let (code, field, name) = match item {
                Item::Enterprises => ("FEE-03", &body.imprese, "imprese"),
                _ => ("FEE-02", &body.abitanti, "abitanti"),
            };
            let message = format!(
                "la quota di «{}», {} {name} per {} euro, è fuori misura",
                body.name(),
                grouped(quantity),
                decimal(rate.price, 2)
            );
            let hint = format!("controllare la colonna «{name}» e la tariffa nel foglio «Fasce»");
            tell(found, code, field, body, message, &hint);
            return None;
        };
        Some(Line {
            item,
            what,
            quantity,
            price: Some(rate.price),
            share: None,
            span: None,
            discount: rate.discount,
            amount,
            places,
        })
    }

    /// The flat sum of `body`; `why` it pays it stands in the messages: "che non ha abitanti, ".
    fn flat_sum(&self, body: &Body, why: &str, found: &mut Vec<Diagnostic>) -> Option<Assessed> {
        let mut fault = |message: String, hint: &str| {
            tell(found, "FEE-02", &body.abitanti, body, message, hint);
            None
        };
        let Some(flat) = self.flat else {
            return fault(
                format!(
                    "«{}», {why}paga una quota fissa, ma il foglio «Fasce» non ha la tabella «{FLAT}»",
                    body.name()
                ),
                "aggiungere la tabella «quota fissa» con l’importo, oppure correggere gli abitanti",
            );
        };
        match flat.only(None) {
            Pick::One(rate) => match flat_line(&rate) {
                Some(line) => Some(Assessed { basis: Basis::Flat, lines: vec![line] }),
                None => fault(
                    format!("la quota fissa di «{}», {} euro, è fuori misura", body.name(), decimal(rate.price, 2)),
                    "controllare l’importo nel foglio «Fasce»",
                ),
            },
            Pick::Unknown => None,
            Pick::None | Pick::Many => fault(
                format!("per «{}», {why}la tabella «{}» ha più di un importo", body.name(), flat.name),
                "lasciare una sola riga nella tabella «quota fissa»",
            ),
        }
    }
}

/// Euro for each, less the discount.
fn net(line: &Line) -> Option<Decimal> {
    let rest = Decimal::ONE_HUNDRED.checked_sub(line.discount)?;
    Some(line.price?.checked_mul(rest)?.checked_div(Decimal::ONE_HUNDRED)?.normalize())
}

fn tell<T>(
    found: &mut Vec<Diagnostic>,
    code: &'static str,
    field: &Field<T>,
    body: &Body,
    message: String,
    hint: &str,
) {
    found.push(Diagnostic::new(code, spot(field, &body.place), message).hint(hint).body(owner(body)));
}

/// FEE-03.
fn enterprises_of(body: &Body, found: &mut Vec<Diagnostic>) -> Option<u64> {
    if body.imprese.is_absent() {
        let message = format!("«{}» non ha il numero delle imprese: la quota non si può calcolare", body.name());
        let hint = "scrivere le imprese attive nella colonna «imprese»: 0 se non ce ne sono";
        tell(found, "FEE-03", &body.imprese, body, message, hint);
    }
    body.imprese.copied()
}

/// The band in which a number falls. Reports FEE-01 on the body where there is not exactly one.
fn falls_in<'a>(
    table: &Table<'a>,
    number: u64,
    what: &str,
    field: &Field<u64>,
    body: &Body,
    found: &mut Vec<Diagnostic>,
) -> Option<Rate<'a>> {
    let (where_, hint) = match table.pick(number) {
        Pick::One(rate) => return Some(rate),
        Pick::Unknown => return None,
        Pick::None => ("non cadono in nessuna fascia", "completare le fasce nel foglio «Fasce»"),
        Pick::Many => ("cadono in più fasce", "correggere le fasce che si sovrappongono nel foglio «Fasce»"),
    };
    let message = format!("{what} di «{}» ({}) {where_} della tabella «{}»", body.name(), grouped(number), table.name);
    tell(found, "FEE-01", field, body, message, hint);
    None
}
