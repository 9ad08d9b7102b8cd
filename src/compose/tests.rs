//! The built-in templates hold, and wrong ones are told where they are wrong.

use super::*;
use crate::bill::{Bill, BillLine, Nature, Party, Payment, References, Subject, Tax};
use crate::dossier::sample::{self, Sample};
use crate::dossier::{
    Activity, Allocation, Basis, Charge, Contribution, Field, Item, Line, MemberFee, Origin, Post, Recipient, Request,
    Service, TypedRow, Value, YearShare,
};
use crate::money::Money;
use crate::schema::BillKind;

fn faults(path: &str, text: &str) -> Vec<(String, String, String)> {
    let library = Library::load(vec![(path.to_owned(), text.as_bytes().to_vec())]);
    library
        .faults("pesaro-urbino")
        .iter()
        .map(|d| (d.code.to_owned(), d.place.to_string(), d.message.clone()))
        .collect()
}

#[test]
fn the_built_in_templates_have_no_fault() {
    let library = Library::load(Vec::new());
    // The library does not look for faults where all texts are built in: this is where they are looked for.
    let found: Vec<_> = library.models().iter().flat_map(|model| lint::model(&library.sources, model)).collect();
    assert_eq!(found, []);
    assert!(library.models().iter().all(|model| library.faults(&model.id).is_empty()));
    let ids: Vec<&str> = library.models().iter().map(|model| model.id.as_str()).collect();
    let cit = ["cit-avellino", "cit-brescia", "cit-genova", "cit-lecce", "cit-potenza"];
    let all = [&["accordo", "brianza"][..], &cit, &["lecco", "macerata", "pesaro-urbino", "upi"]].concat();
    assert_eq!(ids, all, "bases are not offered");
}

#[test]
fn unknown_names_are_told_at_line_and_column_also_in_conditions() {
    let found =
        faults("clausole/durata.md", "Dal {{convenzione.decorenza}}.\n\n{{#if convenzione.tacito}}\nx\n{{/if}}\n");
    let at = |place: &str| {
        found.iter().find(|(_, found, _)| found == place).map(|(code, _, message)| (code.as_str(), message.as_str()))
    };
    assert_eq!(at("clausole/durata.md:1:5"), Some(("TXT-01", "il nome «convenzione.decorenza» non esiste")));
    assert_eq!(at("clausole/durata.md:3:1"), Some(("TXT-01", "il nome «convenzione.tacito» non esiste")));
    assert_eq!(found.len(), 2, "{found:?}");
}

#[test]
fn names_are_checked_inside_lists_and_untaken_branches() {
    let text = "{{#if ente.comune}}a{{else}}{{ente.xyz}}{{/if}}\n{{#each organi}}{{nome}} {{quorumm}} {{@root.ente.nome}}{{/each}}";
    let found = faults("clausole/durata.md", text);
    let messages: Vec<&str> = found.iter().map(|(_, _, message)| message.as_str()).collect();
    assert_eq!(messages, ["il nome «ente.xyz» non esiste", "il nome «quorumm» non esiste"]);
}

#[test]
fn flags_groups_and_lists_are_not_printed() {
    let found = faults("clausole/durata.md", "{{convenzione.schema}}\n{{ente}}\n{{organi}}\n{{#if ente}}x{{/if}}\n");
    assert_eq!(found.len(), 4, "{found:?}");
    assert!(found.iter().all(|(code, ..)| code == "TXT-01"));
}

#[test]
fn an_unclosed_block_and_a_missing_clause_are_told() {
    let found = faults("clausole/durata.md", "{{#if ente.comune}}\nx\n");
    assert!(found.iter().any(|(code, _, message)| code == "TXT-02" && message.contains("#if")), "{found:?}");
    let found = faults("clausole/durata.md", "a\n\n{{> clausole/recessso}}\n");
    assert_eq!(found[0].0, "TXT-03");
    assert_eq!(found[0].1, "clausole/durata.md:3:1");
    let found = faults("clausole/durata.md", "{{> clausole/durata}}\n");
    assert!(found.iter().any(|(code, ..)| code == "TXT-03"), "{found:?}");
}

#[test]
fn clauses_that_call_themselves_many_times_or_grow_without_end_are_told_at_once() {
    // Before circles were followed only once, the first took a minute.
    let circle = "{{> clausole/durata}}\n".repeat(12);
    let found = faults("clausole/durata.md", &circle);
    assert_eq!(found.iter().filter(|(code, ..)| code == "TXT-03").count(), 12, "{found:?}");
    let step = |n: usize| (format!("clausole/passo{n}.md"), format!("{{{{> clausole/passo{}}}}}\n", n + 1).repeat(60));
    let mut texts: Vec<(String, Vec<u8>)> = (1..6).map(step).map(|(path, text)| (path, text.into_bytes())).collect();
    texts.push(("clausole/passo6.md".to_owned(), b"parole\n".to_vec()));
    texts.push(("clausole/durata.md".to_owned(), b"{{> clausole/passo1}}\n".to_vec()));
    let library = Library::load(texts);
    let found = library.faults("upi");
    assert!(found.iter().any(|it| it.code == "TXT-03" && it.message.contains("più lungo")), "{found:?}");
    let text = library.sources.instrumented("upi", "convenzione").expect("a text");
    assert!(text.len() < 3 * sources::LONGEST, "{}", text.len());
    // A chain as deep as this would end the stack.
    let link =
        |n: usize| (format!("clausole/anello{n}.md"), format!("{{{{> clausole/anello{}}}}}\n", n + 1).into_bytes());
    let first = ("clausole/durata.md".to_owned(), b"{{> clausole/anello0}}\n".to_vec());
    let library = Library::load((0..20_000).map(link).chain([first]).collect());
    assert!(library.sources.length("upi", "convenzione") < sources::LONGEST);
}

#[test]
fn a_model_with_an_unknown_key_is_told_with_its_line() {
    let found = faults("upi/model.toml", "id = \"upi\"\nnome = \"x\"\ndescrizione = \"x\"\ncolore = 1\n");
    assert_eq!((found[0].0.as_str(), found[0].1.as_str()), ("TXT-06", "upi/model.toml:4:1"));
}

/// Every path of `names` that is not a group.
fn paths(scope: &Scope, prefix: &str, found: &mut Vec<String>) {
    for (word, name) in scope {
        match name {
            Name::Group(inner) => paths(inner, &format!("{prefix}{word}."), found),
            Name::List(inner) => paths(inner, &format!("{prefix}{word}[]."), found),
            Name::Text | Name::Flag => found.push(format!("{prefix}{word}")),
        }
    }
}

fn data_paths(data: &serde_json::Value, prefix: &str, found: &mut Vec<String>) {
    match data {
        serde_json::Value::Object(map) => {
            for (word, value) in map {
                data_paths(value, &if prefix.is_empty() { word.clone() } else { format!("{prefix}.{word}") }, found);
            }
        }
        serde_json::Value::Array(list) => list.iter().for_each(|item| data_paths(item, &format!("{prefix}[]"), found)),
        _ => found.push(prefix.to_owned()),
    }
}

/// A bill with one of each thing that it can list.
fn bill() -> Bill {
    let line = BillLine {
        subject: Subject::Fee,
        body: 0,
        description: "quota".to_owned(),
        quantity: None,
        unit: None,
        period: None,
        price: rust_decimal::Decimal::ONE,
        discount: rust_decimal::Decimal::ZERO,
        amount: Money::ZERO,
        tax: Tax::none(Nature::N22, "art. 4"),
        places: Vec::new(),
    };
    let day = sample::day(2026, 11, 22);
    Bill {
        kind: BillKind::Richiesta,
        year: 2026,
        number: "1".to_owned(),
        date: day,
        sending: None,
        seller: Party::default(),
        payer: Party::default(),
        body: 0,
        lines: vec![line],
        split: false,
        stamp: None,
        references: References::default(),
        reasons: vec!["Quota.".to_owned()],
        payment: Payment { due: day, basis: String::new(), treasury: None, iban: None },
    }
}

#[test]
fn the_names_of_bills_are_checked_in_their_templates() {
    let text = "# Fattura\n\n{{documento.numero}}\n\n{{#each documento.righe}}\n- {{importi}}\n{{/each}}\n\nDa pagare: {{documento.totale}}\n";
    let found = faults("atti/fattura.md", text);
    let told: Vec<(&str, &str)> = found.iter().map(|(code, place, _)| (code.as_str(), place.as_str())).collect();
    assert_eq!(told, [("TXT-01", "atti/fattura.md:6:3"), ("TXT-01", "atti/fattura.md:9:12")], "{found:?}");
}

/// The columns of a table may depend on the data.
#[test]
fn a_condition_may_hold_a_column_of_a_table() {
    let with = |name: &str| {
        let tag = |cell: &str| format!("{{{{#if documento.{name}}}}}{cell}{{{{/if}}}}");
        let text = format!("# x\n\n| A |{}\n|--:|{}\n| 1 |{}\n", tag(" B |"), tag("---|"), tag(" 2 |"));
        let library = Library::load(vec![("atti/richiesta-versamento.md".to_owned(), text.into_bytes())]);
        let mut dossier = Sample::sound().build();
        dossier.model = Arc::clone(&library.models()[4]);
        let act = library.compose_bill(&bill(), &dossier).expect("an act");
        match act.blocks.get(1) {
            Some(crate::act::Block::Table(table)) => (table.head.len(), table.align.len(), table.rows[0].cells.len()),
            other => panic!("no table: {other:?}"),
        }
    };
    assert_eq!((with("richiesta"), with("fattura")), ((2, 2, 2), (1, 1, 1)));
}

#[test]
fn names_and_data_are_the_same() {
    let union = [("codice", "un"), ("tipo", "Unione di Comuni"), ("ruolo", "aderente"), ("denominazione", "Unione X")];
    let mut sample = Sample::sound().and_body(&union).body(1, "unione", "un").field("tipo", "multilaterale");
    let bands = [("quota imprese", "1"), ("siti", "1"), ("siti", "2")];
    sample.bands.extend(bands.map(|(table, sum)| sample::cells(&[("tabella", table), ("importo", sum)])));
    let mut dossier = sample.build();
    let day = |y, m, d| chrono::NaiveDate::from_ymd_opt(y, m, d).expect("a day");
    let year = YearShare { from: day(2026, 1, 1), to: day(2026, 12, 31), net: Money::ZERO, vat: Money::ZERO };
    let line = Line {
        item: Item::Flat,
        what: "quota fissa".to_owned(),
        quantity: 1,
        price: None,
        share: None,
        span: None,
        discount: rust_decimal::Decimal::ZERO,
        amount: Money::ZERO,
        places: Vec::new(),
    };
    let mut owed = Contribution::new(Basis::Flat, vec![line], vec![year]);
    let hundred = rust_decimal::Decimal::ONE_HUNDRED;
    owed.for_members = vec![MemberFee { body: 1, percent: hundred, assessed: Money::ZERO, yearly: Money::ZERO }];
    dossier.contributions = vec![None, None, Some(owed)];
    let charge = Charge { service: 1, quantity: 1, lines: Vec::new(), open: None, places: Vec::new() };
    dossier.charges = vec![Vec::new(), Vec::new(), vec![charge]];
    dossier.model = Arc::clone(&Library::load(Vec::new()).models()[0]);
    let services = ["incluso", "listino"].into_iter().map(|word| {
        let mut row = TypedRow::default();
        let index = if word == "incluso" { 0 } else { 2 };
        row.fields.insert("modalita", Field::new(Value::Choice(index), Place::None, Origin::Sheet));
        row.fields.insert("codice", Field::new(Value::Text(word.to_owned()), Place::None, Origin::Sheet));
        row.fields.insert("tabella", Field::new(Value::Text("siti".to_owned()), Place::None, Origin::Sheet));
        Service::from_row(row)
    });
    dossier.services = services.collect();
    let union = 2;
    let service = |sheet_index: usize| {
        let mut row = TypedRow::default();
        row.fields.insert("servizio", Field::new(Value::Text("listino".to_owned()), Place::None, Origin::Sheet));
        row.fields.insert("tipo", Field::new(Value::Choice(sheet_index), Place::None, Origin::Sheet));
        row
    };
    dossier.requests = vec![Request { of: Some(union), ..Request::from_row(service(2)) }].into();
    dossier.recipients = vec![Recipient { of: Some(union), ..Recipient::from_row(service(0)) }].into();
    let posts = ["referente", "delegato", "gruppo", "altro"].into_iter().map(|role| {
        let mut row = TypedRow::default();
        row.fields.insert("ruolo", Field::new(Value::Text(role.to_owned()), Place::None, Origin::Sheet));
        Post { of: Some(union), ..Post::from_row(row) }
    });
    dossier.posts = posts.collect();
    dossier.allocations = vec![Allocation::default()];
    dossier.activities = vec![Activity::default()];
    let bill = bill();
    let (mut wanted, mut given) = (Vec::new(), Vec::new());
    paths(&names(&dossier.model), "", &mut wanted);
    let enclosed = [Enclosure { name: "a".to_owned(), title: "b".to_owned(), sha256: "c".to_owned() }];
    let of_union = Assignment { kind: ActKind::RichiestaServizio, body: union, request: Some(0) };
    let common = context::common_of(&dossier, tokens::Slots::default());
    data_paths(&serde_json::Value::Object(common.data.clone()), "", &mut given);
    for assignment in [of_union, Assignment::new(ActKind::Accordo, 0)] {
        data_paths(&context::build(&assignment, &dossier, &enclosed, Some(&bill), &common).0, "", &mut given);
    }
    given.sort();
    given.dedup();
    wanted.sort();
    assert_eq!(given, wanted);
}

#[test]
fn a_parameter_that_another_model_lacks_is_no_fault_of_this_one() {
    let own = "upi/clausole/durata.md".to_owned();
    let library = Library::load(vec![(own, b"{{modello.inesistente}}".to_vec())]);
    assert!(library.faults("pesaro-urbino").is_empty());
    assert_eq!(library.faults("upi").len(), 1);
}
