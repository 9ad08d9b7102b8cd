//! C30-05: the financial relations. Each body's contribution is quantified, or can be from a criterion and a table.

use super::Judged;
use super::content::{covering, demand, incomplete, says};
use crate::act::{ActKind, Article, Block, Element, Inline, for_each_inline};
use crate::check::Findings;
use crate::diagnostic::Diagnostic;
use crate::italian::fold;
use crate::model::Criterion;
use crate::place::Place;

/// True where the workbook has what the model's criterion reckons the fee from: a fee that could not be computed has been
/// told at the cells at fault.
fn has_tariff(judged: &Judged<'_>) -> bool {
    let dossier = judged.dossier;
    let criterion = dossier.model.quota.criterio;
    match criterion.table() {
        Some(wanted) => dossier.bands.iter().filter_map(|band| band.tabella.text()).any(|name| fold(name) == wanted),
        None => criterion == Criterion::Nessuna || !dossier.allocations.is_empty(),
    }
}

/// True for the names under which templates print fees.
fn is_of_fee(name: &str) -> bool {
    ["quota.", "quote.", "quote_totali."].iter().any(|prefix| name.starts_with(prefix))
}

fn leaves_fee_blank(articles: &[&Article]) -> bool {
    let mut blank = false;
    for article in articles {
        for_each_inline(&article.blocks, &mut |inline| {
            blank |= matches!(inline, Inline::Blank(found) if is_of_fee(&found.name));
        });
    }
    blank
}

/// True where the reason why a fee is blank is told elsewhere: at the body's cells, or by C30-05.
pub fn fee_is_told(judged: &Judged<'_>) -> bool {
    has_tariff(judged)
        || judged.act.kind != ActKind::Convenzione
        || leaves_fee_blank(&covering(judged, Element::Finanziari))
}

/// C30-05: the contribution is quantified, or can be from a criterion and a table.
pub fn finances(judged: &Judged<'_>, findings: &mut Findings) {
    let articles = demand(judged, findings, "C30-05", Element::Finanziari);
    let Some(first) = articles.first() else { return };
    let blank = leaves_fee_blank(&articles);
    if blank && !has_tariff(judged) {
        let (sheet, missing, hint) = match judged.dossier.model.quota.criterio {
            Criterion::Abitante | Criterion::AbitanteImpresa => (
                "Fasce",
                "nel foglio «Fasce» manca la tabella «quota»",
                "aggiungere una riga con tabella «quota» e, in «importo», la tariffa per abitante",
            ),
            Criterion::Fascia => (
                "Fasce",
                "nel foglio «Fasce» manca la tabella «quota»",
                "aggiungere una riga per fascia di abitanti, con tabella «quota» e, in «importo», la quota annua",
            ),
            Criterion::Postazione => (
                "Fasce",
                "nel foglio «Fasce» manca la tabella «costi fissi»",
                "aggiungere una riga con tabella «costi fissi» e, in «importo», i costi annui da ripartire",
            ),
            Criterion::Stanziamento | Criterion::Nessuna => (
                "Stanziamenti",
                "il foglio «Stanziamenti» è vuoto",
                "aggiungere una riga per ogni ente e annualità, con la somma stanziata",
            ),
        };
        let message = format!("non si sa quanto paga ciascun ente: {missing}");
        findings.push(Diagnostic::new("C30-05", Place::Sheet(sheet.into()), message).hint(hint));
        return;
    }
    let (mut figures, mut table) = (blank, false);
    for article in &articles {
        for_each_inline(&article.blocks, &mut |inline| {
            if let Inline::Value(value) = inline {
                figures |= is_of_fee(&value.name) || value.s.contains('€');
            }
        });
        table |= article.blocks.iter().any(|block| matches!(block, Block::Table(_)));
    }
    if !(figures || table || states_a_sum(&articles)) {
        incomplete(
            findings,
            "C30-05",
            first,
            "quanto paga ciascun ente, né come si calcola",
            "indicare la quota in cifre, o il criterio e la tabella: {{quota.annua}}, {{quota.tariffa}}",
        );
    }
}

/// True where the articles state a sum that somebody wrote by hand.
fn states_a_sum(articles: &[&Article]) -> bool {
    let text = articles.iter().map(|article| article.plain()).collect::<Vec<_>>().join(" ");
    text.contains('€') || says(&fold(&text), &["euro "]) && text.chars().any(|c| c.is_ascii_digit())
}
