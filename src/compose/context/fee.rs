//! `quota.*`, `quote` and `quote_totali`: how the fee of a body is reckoned and what it pays year by year; the fees of all
//! bodies for an act that all of them sign.

use std::collections::BTreeMap;

use rust_decimal::Decimal;
use serde_json::{Map, Value as Json};

use super::group::Group;
use crate::compose::tokens::Slots;
use crate::date;
use crate::dossier::{Assignment, Band, Basis, Body, Contribution, Dossier, Item, Line};
use crate::italian::{decimal, fold, grouped, number_words, with_article};
use crate::model::{Criterion, Discounts};
use crate::money::Money;
use crate::place::Place;
use crate::schema::BodyKind;

/// The rows of a table of `Fasce` by its folded name, in order of their lower bound.
pub fn table<'d>(dossier: &'d Dossier, name: &str) -> Vec<&'d Band> {
    let named = |band: &&Band| band.tabella.text().is_some_and(|text| fold(text) == name);
    let mut rows: Vec<&Band> = dossier.bands.iter().filter(named).collect();
    rows.sort_by_key(|band| (band.da.copied().unwrap_or(0), band.a.copied().unwrap_or(u64::MAX), band.row));
    rows
}

/// Rows of a table as a list: band, sum or rate, discount.
pub fn bands(slots: &mut Slots, prefix: &str, rows: &[&Band]) -> Json {
    let rows = rows.iter().map(|band| {
        let mut row = Group::new(slots, prefix);
        row.text("fascia", Some(band_words(band)), &band.da.place, "fascia", 14);
        row.text("importo", band.importo.copied().map(euro), &band.importo.place, "importo", 12);
        row.text("sconto", Some(discount_words(band)), &band.sconto.place, "sconto", 6);
        row.done()
    });
    Json::Array(rows.collect())
}

/// "fino a 1.000", "da 1.001 a 3.000", "oltre 10.000".
pub fn band_words(band: &Band) -> String {
    match (band.da.copied().unwrap_or(0), band.a.copied()) {
        (0 | 1, None) => "tutti".to_owned(),
        (0 | 1, Some(to)) => format!("fino a {}", grouped(to)),
        (from, None) => format!("oltre {}", grouped(from - 1)),
        (from, Some(to)) => format!("da {} a {}", grouped(from), grouped(to)),
    }
}

/// "30%", or a dash.
pub fn discount_words(band: &Band) -> String {
    band.sconto.copied().map_or_else(|| "–".to_owned(), percent)
}

/// "€ 0,44", as exact as the sheet has it.
fn euro(sum: Decimal) -> String {
    format!("€\u{a0}{}", decimal(sum, 2))
}

fn percent(percent: Decimal) -> String {
    format!("{}%", decimal(percent, 0))
}

/// The names of the contribution of the body at `index`.
pub fn fee(slots: &mut Slots, dossier: &Dossier, index: usize) -> Json {
    let (owed, body) = (dossier.contribution(index), dossier.bodies.get(index));
    let at = |cell: fn(&Body) -> &Place| body.map(|body| cell(body).clone()).unwrap_or_default();
    let place = at(|body| &body.abitanti.place);
    let mut group = Group::new(slots, "quota");
    let mut money = |name: &str, sum: Option<Money>, words: Option<&str>| {
        group.text(name, sum.map(|sum| sum.to_string()), &place, "importo", 14);
        if let Some(words) = words.filter(|words| group.wants(words)) {
            group.text(words, sum.map(Money::words), &place, "importo in lettere", 30);
        }
    };
    money("annua", owed.map(Contribution::yearly), Some("annua_lettere"));
    money("totale", owed.map(Contribution::total), Some("totale_lettere"));
    money("iva_annua", owed.map(Contribution::yearly_vat), None);
    money("annua_lorda", owed.map(|owed| owed.yearly() + owed.yearly_vat()), None);
    money("totale_lordo", owed.map(Contribution::total_gross), Some("totale_lordo_lettere"));
    money("propria", owed.map(Contribution::assessed), Some("propria_lettere"));
    money("dei_membri", owed.map(Contribution::paid_for_members), Some("dei_membri_lettere"));
    let figures = Figures::of(owed.map(|owed| &owed.basis));
    let tables = Tables::of(dossier);
    let rate = figures.rate.or_else(|| tables.single(&tables.rates));
    group.text("tariffa", rate.map(euro), &place, "tariffa", 10);
    let of_enterprises = tables.single(&tables.enterprises);
    group.text("tariffa_impresa", of_enterprises.map(euro), &Place::None, "tariffa per impresa", 10);
    group.text("importo_fisso", tables.single(&tables.flat).map(euro), &Place::None, "quota fissa", 10);
    let top = tables.rates.iter().filter_map(|band| band.a.copied()).max();
    group.text("soglia", top.map(grouped), &Place::None, "numero di abitanti", 10);
    group.text("costi_fissi", tables.costs().map(|sum| sum.to_string()), &Place::None, "costi fissi annui", 14);
    group.text("abitanti", figures.inhabitants.map(grouped), &place, "numero di abitanti", 10);
    let of_day = at(|body| &body.abitanti_al.place);
    group.text("abitanti_al", figures.at.map(date::long), &of_day, "data di riferimento", 18);
    group.text("fascia", figures.band, &place, "fascia di popolazione", 20);
    let of_imprese = at(|body| &body.imprese.place);
    group.text("imprese", figures.enterprises.map(grouped), &of_imprese, "numero di imprese", 8);
    let of_postazioni = at(|body| &body.postazioni.place);
    group.text(
        "postazioni",
        figures.workstations.map(|(own, _)| grouped(own)),
        &of_postazioni,
        "numero di postazioni",
        8,
    );
    group.text(
        "postazioni_totali",
        figures.workstations.map(|(_, all)| grouped(all)),
        &Place::None,
        "totale delle postazioni",
        8,
    );
    let years = owed.map(|owed| owed.years.len() as u64);
    group.text("numero_annualita", years.map(|n| format!("{n} ({})", number_words(n))), &place, "numero", 8);
    flags(&mut group, dossier, owed, body, &tables);
    let mut root = group.done();
    let Json::Object(map) = &mut root else { return root };
    let mut list = |name: &str, make: &dyn Fn(&mut Slots) -> Json| {
        if slots.wants(name) {
            map.insert(name.to_owned(), make(slots));
        }
    };
    list("anni", &|slots| years_of(slots, owed, &place));
    list("righe", &|slots| lines(slots, owed.map_or(&[][..], |owed| &owed.lines)));
    list("membri", &|slots| members(slots, dossier, owed));
    list("fasce", &|slots| bands(slots, "quota.fasce", &tables.rates));
    list("fasce_imprese", &|slots| bands(slots, "quota.fasce_imprese", &tables.enterprises));
    root
}

/// The conditions: criterion of the model, how this body pays, what there is to print.
fn flags(
    group: &mut Group<'_>,
    dossier: &Dossier,
    owed: Option<&Contribution>,
    body: Option<&Body>,
    tables: &Tables<'_>,
) {
    let scheme = &dossier.model.quota;
    let criterion = scheme.criterio;
    for (name, one) in [
        ("criterio_abitante", Criterion::Abitante),
        ("criterio_impresa", Criterion::AbitanteImpresa),
        ("criterio_fascia", Criterion::Fascia),
        ("criterio_postazione", Criterion::Postazione),
        ("stanziata", Criterion::Stanziamento),
        ("nessuna", Criterion::Nessuna),
    ] {
        group.flag(name, criterion == one);
    }
    // Where the fee is not known yet the blank stands in the sentence that the criterion asks for.
    let is_comune = body.is_none_or(|body| body.tipo.is(BodyKind::Comune));
    let basis = owed.map(|owed| &owed.basis);
    let is = |known: fn(&Basis) -> bool, unknown: bool| basis.map_or(unknown, known);
    let by_number = matches!(criterion, Criterion::Abitante) || criterion == Criterion::AbitanteImpresa && is_comune;
    group.flag("per_abitante", is(|basis| matches!(basis, Basis::PerInhabitant { .. }), by_number));
    let with_enterprises = criterion == Criterion::AbitanteImpresa && is_comune;
    group.flag(
        "per_impresa",
        is(|basis| matches!(basis, Basis::PerInhabitant { enterprises: Some(_), .. }), with_enterprises),
    );
    group.flag("per_fascia", is(|basis| matches!(basis, Basis::PopulationBand { .. }), criterion == Criterion::Fascia));
    group.flag(
        "per_postazione",
        is(|basis| matches!(basis, Basis::Workstations { .. }), criterion == Criterion::Postazione),
    );
    let flat = criterion == Criterion::AbitanteImpresa && !is_comune;
    group.flag("fissa", is(|basis| matches!(basis, Basis::Flat), flat));
    group.flag("solo_membri", is(|basis| matches!(basis, Basis::MembersOnly), false));
    group.flag("con_membri", owed.is_some_and(|owed| !owed.for_members.is_empty()));
    group.flag("dovuta", owed.is_some_and(|owed| !owed.total().is_zero()));
    group.flag("con_calcolo", owed.is_some_and(|owed| owed.lines.len() > 1 && owed.basis != Basis::Allocations));
    let banded = tables.rates.len() > 1 || tables.enterprises.len() > 1;
    let rated = matches!(criterion, Criterion::Abitante | Criterion::AbitanteImpresa);
    group.flag("con_fasce", tables.rates.len() > 1 && (rated || criterion == Criterion::Fascia));
    group.flag("con_fasce_imprese", tables.enterprises.len() > 1 && criterion == Criterion::AbitanteImpresa);
    group.flag("a_scaglioni", rated && banded && scheme.sconto == Discounts::Scaglioni);
    group.flag("a_fasce", rated && banded && scheme.sconto == Discounts::Intero);
    let discounted = |rows: &[&Band]| rows.iter().any(|band| band.sconto.copied().is_some_and(|it| !it.is_zero()));
    group.flag("con_sconti", rated && (discounted(&tables.rates) || discounted(&tables.enterprises)));
    group.flag("oltre_fissa", scheme.oltre_fissa && tables.rates.iter().all(|band| band.a.get().is_some()));
}

/// The tables of the fee.
struct Tables<'d> {
    rates: Vec<&'d Band>,
    enterprises: Vec<&'d Band>,
    flat: Vec<&'d Band>,
    costs: Vec<&'d Band>,
}

impl<'d> Tables<'d> {
    fn of(dossier: &'d Dossier) -> Self {
        let [rates, enterprises, flat, costs] =
            ["quota", "quota imprese", "quota fissa", "costi fissi"].map(|name| table(dossier, name));
        Self { rates, enterprises, flat, costs }
    }

    /// The rate of a table of one row, less its discount.
    fn single(&self, rows: &[&Band]) -> Option<Decimal> {
        let [only] = rows else { return None };
        let rest = Decimal::ONE_HUNDRED.checked_sub(only.sconto.copied().unwrap_or_default())?;
        Some(only.importo.copied()?.checked_mul(rest)?.checked_div(Decimal::ONE_HUNDRED)?.normalize())
    }

    fn costs(&self) -> Option<Money> {
        let sums = self.costs.iter().map(|row| self.single(&[*row]).and_then(Money::checked));
        sums.collect::<Option<Vec<_>>>().filter(|sums| !sums.is_empty()).map(|sums| sums.into_iter().sum())
    }
}

/// What the basis of a fee counts.
#[derive(Default)]
struct Figures {
    rate: Option<Decimal>,
    inhabitants: Option<u64>,
    at: Option<chrono::NaiveDate>,
    enterprises: Option<u64>,
    band: Option<String>,
    workstations: Option<(u64, u64)>,
}

impl Figures {
    fn of(basis: Option<&Basis>) -> Self {
        match basis {
            Some(Basis::PerInhabitant { rate, inhabitants, at, enterprises }) => Self {
                rate: *rate,
                inhabitants: Some(*inhabitants),
                at: *at,
                enterprises: *enterprises,
                ..Self::default()
            },
            Some(Basis::PopulationBand { band, inhabitants, at }) => Self {
                inhabitants: Some(*inhabitants),
                at: *at,
                band: Some(match band {
                    (0 | 1, None) => "unica".to_owned(),
                    (0 | 1, Some(to)) => format!("fino a {} abitanti", grouped(*to)),
                    (from, None) => format!("oltre {} abitanti", grouped(from - 1)),
                    (from, Some(to)) => format!("da {} a {} abitanti", grouped(*from), grouped(*to)),
                }),
                ..Self::default()
            },
            Some(Basis::Workstations { workstations, of, .. }) => {
                Self { workstations: Some((*workstations, *of)), ..Self::default() }
            }
            _ => Self::default(),
        }
    }
}

fn years_of(slots: &mut Slots, owed: Option<&Contribution>, place: &Place) -> Json {
    let rows = owed.iter().flat_map(|owed| &owed.years).map(|year| {
        let mut row = Group::new(slots, "quota.anni");
        row.text("periodo", Some(year.period()), &Place::None, "periodo", 10);
        row.text("importo", Some(year.net.to_string()), place, "importo", 14);
        row.text("iva", Some(year.vat.to_string()), place, "IVA", 14);
        row.text("lordo", Some(year.gross().to_string()), place, "importo con IVA", 14);
        row.done()
    });
    Json::Array(rows.collect())
}

/// The computation of the body's own fee, line by line.
fn lines(slots: &mut Slots, lines: &[Line]) -> Json {
    let rows = lines.iter().map(|line| {
        let place = line.places.first().cloned().unwrap_or_default();
        let mut row = Group::new(slots, "quota.righe");
        row.text("voce", Some(crate::italian::capitalize(&line.what)), &place, "voce", 14);
        let quantity = match line.item {
            Item::Flat | Item::Band | Item::Allocation => "–".to_owned(),
            _ => grouped(line.quantity),
        };
        row.text("quantita", Some(quantity), &place, "quantità", 8);
        row.text("prezzo", Some(line.unit_price().unwrap_or_else(|| "–".to_owned())), &place, "importo unitario", 10);
        let discount = if line.discount.is_zero() { "–".to_owned() } else { percent(line.discount) };
        row.text("sconto", Some(discount), &place, "sconto", 6);
        row.text("importo", Some(line.amount.to_string()), &place, "importo", 14);
        row.done()
    });
    Json::Array(rows.collect())
}

/// What a Union pays for its members.
fn members(slots: &mut Slots, dossier: &Dossier, owed: Option<&Contribution>) -> Json {
    let paid = owed.iter().flat_map(|owed| &owed.for_members);
    let rows = paid.filter_map(|fee| Some((fee, dossier.bodies.get(fee.body)?))).map(|(fee, member)| {
        let mut row = Group::new(slots, "quota.membri");
        row.field("nome", &member.denominazione, "ente", 20, String::clone);
        row.field("il", &member.denominazione, "ente", 20, |name| with_article(name));
        row.field("abitanti", &member.abitanti, "numero di abitanti", 10, |n| grouped(*n));
        let place = &member.quota_unione.place;
        row.text("annua", Some(fee.assessed.to_string()), &member.abitanti.place, "importo", 14);
        row.text("parte", Some(percent(fee.percent)), place, "parte", 6);
        row.text("importo", Some(fee.yearly.to_string()), place, "importo", 14);
        row.text("resto", Some((fee.assessed - fee.yearly).to_string()), place, "importo", 14);
        row.done()
    });
    Json::Array(rows.collect())
}

/// `quote` and `quote_totali`: what every body pays, for an act that all of them sign; empty for others.
pub fn all(slots: &mut Slots, assignment: &Assignment, dossier: &Dossier) -> Map<String, Json> {
    let is_common = dossier.is_multilateral() || dossier.model.quota.criterio == Criterion::Stanziamento;
    let is_common = is_common && !assignment.kind.is_bill();
    let charged: Vec<(usize, &Body)> = if is_common {
        let lead = dossier.lead_index().filter(|_| dossier.model.quota.criterio != Criterion::Nessuna);
        let lead = lead.filter(|index| dossier.model.quota.capofila || dossier.contribution(*index).is_some());
        let lead = lead.and_then(|index| Some((index, dossier.bodies.get(index)?)));
        lead.into_iter().chain(dossier.adherents()).collect()
    } else {
        Vec::new()
    };
    let mut sums: BTreeMap<&str, Option<Money>> = BTreeMap::new();
    let mut counts: BTreeMap<&str, u64> = BTreeMap::new();
    let mut rows = Vec::new();
    for (index, body) in &charged {
        let owed = dossier.contribution(*index);
        let mut row = Group::new(slots, "quote");
        row.field("nome", &body.denominazione, "ente", 20, String::clone);
        let place = &body.abitanti.place;
        for (name, field) in
            [("abitanti", &body.abitanti), ("imprese", &body.imprese), ("postazioni", &body.postazioni)]
        {
            row.field(name, field, "numero", 8, |n| grouped(*n));
            let count = counts.entry(name).or_default();
            *count = count.saturating_add(field.copied().unwrap_or(0));
        }
        for (name, sum) in [
            ("propria", owed.map(Contribution::assessed)),
            ("annua", owed.map(Contribution::yearly)),
            ("annua_lorda", owed.map(|owed| owed.yearly() + owed.yearly_vat())),
            ("totale", owed.map(Contribution::total)),
            ("totale_lordo", owed.map(Contribution::total_gross)),
        ] {
            row.text(name, sum.map(|sum| sum.to_string()), place, "importo", 12);
            let all = sums.entry(name).or_insert(Some(Money::ZERO));
            *all = all.zip(sum).map(|(all, sum)| all + sum);
        }
        let union = owed.and_then(|owed| owed.by_union.as_ref()).and_then(|part| dossier.bodies.get(part.union));
        row.optional("unione", union.map(|union| union.name().to_owned()), &body.unione.place);
        rows.push(row.done());
    }
    let mut group = Group::new(slots, "quote_totali");
    for name in ["propria", "annua", "annua_lorda", "totale", "totale_lordo"] {
        let sum = sums.get(name).copied().flatten();
        group.text(name, sum.map(|sum| sum.to_string()), &Place::None, "importo", 14);
        if name == "totale" {
            group.text("totale_lettere", sum.map(Money::words), &Place::None, "importo in lettere", 30);
        }
    }
    for name in ["abitanti", "imprese", "postazioni"] {
        group.text(name, counts.get(name).map(|n| grouped(*n)), &Place::None, "numero", 8);
    }
    group.text("enti", is_common.then(|| grouped(charged.len() as u64)), &Place::None, "numero", 6);
    let totals = group.done();
    [("quote".to_owned(), Json::Array(rows)), ("quote_totali".to_owned(), totals)].into_iter().collect()
}
