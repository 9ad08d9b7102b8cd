//! The bodies of the workbook: where each stands, what it pays, what is missing; searched and sorted by the address.

use std::collections::BTreeMap;

use axum::extract::{Query, State};
use axum::response::Response;
use serde::Serialize;
use serde_json::json;

use super::Shared;
use super::checks::Asked;
use super::pages::{self, Frame, numbers, paged};
use super::reply::{Fault, encoded};
use super::session::Visitor;
use super::start::desk;
use crate::dossier::{Body, Dossier};
use crate::italian::fold;
use crate::money::Money;
use crate::pipeline;
use crate::schema::{Choices, Role};

/// Bodies of a page.
const PER_PAGE: usize = 100;

/// A row.
#[derive(Debug, Serialize)]
struct Row {
    index: usize,
    name: String,
    code: String,
    kind: &'static str,
    role: &'static str,
    standing: &'static str,
    /// How the standing is coloured; it is told in words too.
    tone: &'static str,
    fee: Option<String>,
    #[serde(skip)]
    sum: Option<Money>,
    missing: usize,
    errors: usize,
}

/// What a body is in the convention.
pub fn role(dossier: &Dossier, index: usize, body: &Body) -> &'static str {
    if dossier.lead_index() == Some(index) {
        "capofila"
    } else if body.ruolo.is(Role::Esterno) {
        "esterno"
    } else if dossier.is_member(body) {
        "tramite l’unione"
    } else {
        "aderente"
    }
}

/// The bodies.
pub async fn page(State(app): State<Shared>, visitor: Visitor, Query(asked): Asked) -> Result<Response, Fault> {
    let desk = desk(&app, &visitor)?;
    let dossier = desk.dossier()?;
    let word = |name: &str| asked.get(name).map_or("", String::as_str);
    let standings = pipeline::standings(&desk.checked);
    let missing = pipeline::missing(&desk.checked);
    let rows = dossier.bodies.iter().enumerate().map(|(index, body)| {
        let errors = desk.checked.withheld.get(index).map_or(0, Vec::len);
        let standing = standings.get(&index).copied();
        let sum = dossier.contribution(index).map(|fee| fee.yearly());
        Row {
            index,
            name: body.name().to_owned(),
            code: body.code().to_owned(),
            kind: body.tipo.copied().map_or("", Choices::word),
            role: role(dossier, index, body),
            standing: standing.map_or(if errors > 0 { "trattenuto per errori" } else { "" }, |it| it.italian()),
            tone: if errors > 0 { "male" } else { standing.map_or("", tone) },
            fee: sum.map(|sum| sum.to_string()),
            sum,
            missing: missing.iter().filter(|it| !body.code().is_empty() && it.body.code == body.code()).count(),
            errors,
        }
    });
    let wanted = fold(word("cerca"));
    let state = word("stato");
    let is_wanted = |row: &Row| {
        (wanted.is_empty() || fold(&row.name).contains(&wanted) || fold(&row.code).contains(&wanted))
            && match state {
                "errori" => row.errors > 0,
                "dati" => row.missing > 0,
                "pronti" => row.errors == 0,
                _ => true,
            }
    };
    let mut rows: Vec<Row> = rows.filter(is_wanted).collect();
    let order = word("ordina");
    match order {
        "nome" => rows.sort_by_cached_key(|row| fold(&row.name)),
        "quota" => rows.sort_by_key(|row| std::cmp::Reverse(row.sum)),
        "stato" => rows.sort_by_key(|row| (row.standing, row.index)),
        "mancanti" => rows.sort_by_key(|row| std::cmp::Reverse(row.missing)),
        _ => {}
    }
    let found = rows.len();
    let (pages, page) = paged(found, PER_PAGE, &asked);
    let rows: Vec<Row> = rows.into_iter().skip((page - 1) * PER_PAGE).take(PER_PAGE).collect();
    let chosen = |list: &[(&str, &str)], now: &str| {
        let one = |(word, words): &(&str, &str)| json!({ "word": word, "words": words, "chosen": *word == now });
        list.iter().map(one).collect::<Vec<_>>()
    };
    let data = json!({
        "rows": rows,
        "all": dossier.bodies.len(),
        "found": found,
        "total": dossier.contributions.iter().flatten().map(|fee| fee.yearly()).sum::<Money>().to_string(),
        "search": word("cerca"),
        "states": chosen(
            &[("", "tutti"), ("pronti", "senza errori"), ("errori", "trattenuti per errori"), ("dati", "con dati mancanti")],
            state,
        ),
        "orders": chosen(
            &[("", "come nel foglio"), ("nome", "nome"), ("quota", "quota, dalla più alta"), ("stato", "stato"),
              ("mancanti", "dati mancanti")],
            order,
        ),
        "pages": numbers(pages, page, |number| address(&asked, number)),
    });
    Ok(pages::page(Frame::new("Enti e atti", "/enti", &app, &visitor).wide(), "enti", &data))
}

/// The address of another page of the same list.
fn address(asked: &BTreeMap<String, String>, page: usize) -> String {
    let known = ["cerca", "stato", "ordina"];
    let parameters = known.iter().filter_map(|name| Some(format!("{name}={}&", encoded(asked.get(*name)?))));
    format!("/enti?{}pagina={page}", parameters.collect::<String>())
}

fn tone(standing: crate::dossier::Standing) -> &'static str {
    use crate::dossier::Standing;
    match standing {
        Standing::Executive | Standing::Adopted => "bene",
        Standing::Withheld => "male",
        Standing::Proposed | Standing::Unvoted | Standing::Leaving => "attesa",
    }
}
