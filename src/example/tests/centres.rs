//! The examples of the centres: bodies, fees, requests and people of each, worked out again from the sheets.

use super::*;

fn sheet<'a>(example: &'a Example, name: &str) -> &'a ExampleSheet {
    example.sheet(name).expect("a sheet")
}

/// The field of `Convenzione`.
fn stated<'a>(example: &'a Example, field: &str) -> &'a ExampleCell {
    let it = sheet(example, "Convenzione");
    cell(it, &it.rows[0], field)
}

/// The adherents, as rows.
fn adherents(example: &Example) -> (&ExampleSheet, Vec<&Vec<ExampleCell>>) {
    let bodies = sheet(example, "Enti");
    (bodies, bodies.rows.iter().filter(|row| text(bodies, row, "ruolo") == "aderente").collect())
}

/// What all adherents owe in a year, from the tables of the workbook, in the smallest parts of a euro it takes.
fn yearly(name: &str, example: &Example) -> Decimal {
    let (bodies, rows) = adherents(example);
    let bands = example.sheet("Fasce");
    let of_table = |table: &str| -> Vec<(Decimal, Option<Decimal>, Decimal, Decimal)> {
        let bands = bands.expect("tables");
        let rows = bands.rows.iter().filter(|row| text(bands, row, "tabella") == table);
        let read = |row: &Vec<ExampleCell>| {
            let rest = Decimal::ONE_HUNDRED - number(bands, row, "sconto").unwrap_or_default();
            let price = number(bands, row, "importo").expect("a price");
            (number(bands, row, "da").expect("a start"), number(bands, row, "a"), price, rest / Decimal::ONE_HUNDRED)
        };
        rows.map(read).collect()
    };
    let pick = |table: &str, value: Decimal| {
        let holds =
            |(from, to, ..): &(Decimal, Option<Decimal>, _, _)| *from <= value && to.is_none_or(|to| value <= to);
        let found: Vec<_> = of_table(table).into_iter().filter(holds).collect();
        assert!(found.len() < 2, "{name} {table} {value}");
        found.first().map(|(_, _, price, _)| *price)
    };
    // Inhabitants by brackets: of each band those from its first on, up to its last.
    let spread = |count: Decimal| -> Decimal {
        let rows = of_table("quota").into_iter().filter(|(from, ..)| *from <= count);
        rows.map(|(from, to, price, rest)| {
            let here = to.map_or(count, |to| count.min(to)) - from + Decimal::ONE;
            Money::round(here * price * rest).decimal()
        })
        .sum()
    };
    let flat = || pick("quota fissa", Decimal::ZERO).expect("a flat fee");
    let of = |row: &Vec<ExampleCell>| {
        let inhabitants = number(bodies, row, "abitanti");
        match (name, inhabitants) {
            ("macerata", Some(count)) => pick("quota", count).expect("a band"),
            ("brianza", Some(count)) => pick("quota", count).expect("a rate") * count,
            (_, Some(count)) if pick("quota", count).is_some() => {
                let enterprises = number(bodies, row, "imprese").expect("enterprises");
                spread(count) + pick("quota imprese", enterprises).expect("a price") * enterprises
            }
            (_, Some(count)) => {
                assert!(count > Decimal::from(40_000), "{name} {count}");
                flat()
            }
            (_, None) => flat(),
        }
    };
    match name {
        "lecco" => pick("costi fissi", Decimal::ZERO).expect("costs"),
        _ => rows.into_iter().map(|row| Money::round(of(row)).decimal()).sum(),
    }
}

#[test]
fn the_stated_total_is_the_sum_of_the_years() {
    for (name, years) in [
        ("macerata", 3),
        ("lecco", 5),
        ("brianza", 2),
        ("cit-brescia", 10),
        ("cit-lecce", 5),
        ("cit-genova", 5),
        ("cit-avellino", 5),
        ("cit-potenza", 5),
    ] {
        let example = example(name).expect("an example");
        let ExampleCell::Number(total) = stated(&example, "importo_totale") else { panic!("no total") };
        assert_eq!(*total, yearly(name, &example) * Decimal::from(years), "{name}");
        assert!(*total > Decimal::from(50_000), "{name}: {total}");
        let (ExampleCell::Date(start), ExampleCell::Date(end)) =
            (stated(&example, "decorrenza"), stated(&example, "scadenza"))
        else {
            panic!("no term")
        };
        assert_eq!(term_end(*start, years), Some(*end), "{name}");
    }
}

#[test]
fn each_centre_has_its_bodies() {
    for (name, lead, comuni, unions, others, members) in [
        ("macerata", "Task s.r.l.", 53, 0, 0, 0),
        ("lecco", "Provincia di Lecco", 80, 3, 0, 0),
        ("brianza", "Comune di Monza", 54, 0, 0, 0),
        ("cit-brescia", "Provincia di Brescia", 205, 8, 2, 10),
        ("cit-lecce", "Comune di Lecce", 95, 13, 0, 2),
        ("cit-genova", "Città metropolitana di Genova", 130, 11, 10, 0),
        ("cit-avellino", "Comune di Avellino", 117, 5, 0, 0),
        ("cit-potenza", "Comune di Potenza", 99, 3, 0, 0),
        ("accordo", "Regione Lombardia", 0, 0, 1, 0),
    ] {
        let example = example(name).expect("an example");
        let (bodies, rows) = adherents(&example);
        let leads: Vec<_> = bodies.rows.iter().filter(|row| text(bodies, row, "ruolo") == "capofila").collect();
        let names: Vec<_> = leads.iter().map(|row| text(bodies, row, "denominazione")).collect();
        assert_eq!(names, [lead]);
        assert_eq!(stated(&example, "capofila"), cell(bodies, leads[0], "codice"));
        let kind = |row: &&&Vec<ExampleCell>| text(bodies, row, "tipo").to_owned();
        let is_union = |kind: &str| ["Unione di Comuni", "Comunità montana"].contains(&kind);
        assert_eq!(rows.iter().filter(|row| kind(row) == "Comune").count(), comuni, "{name}");
        assert_eq!(rows.iter().filter(|row| is_union(&kind(row))).count(), unions, "{name}");
        assert_eq!(rows.len(), comuni + unions + others, "{name}");
        let through: Vec<_> = rows.iter().filter(|row| !text(bodies, row, "unione").is_empty()).collect();
        assert_eq!(through.len(), members, "{name}");
        for row in through {
            let union = rows.iter().find(|other| text(bodies, other, "codice") == text(bodies, row, "unione"));
            assert!(is_union(text(bodies, union.expect("the Union"), "tipo")));
        }
        for row in rows.iter().filter(|row| text(bodies, row, "tipo") == "Comune") {
            let comune = Gazetteer::get().by_istat(text(bodies, row, "codice_istat")).expect("a Comune");
            assert!(comune.exists());
            assert_eq!(text(bodies, row, "codice"), comune.codice_ipa.to_lowercase());
            assert_eq!(number(bodies, row, "abitanti"), comune.popolazione_2023.map(Decimal::from));
        }
    }
}

/// The deliberation of a body, if it has one.
fn act<'a>(example: &'a Example, code: &str) -> Option<&'a Vec<ExampleCell>> {
    let acts = sheet(example, "Deliberazioni");
    acts.rows.iter().find(|row| text(acts, row, "ente") == code)
}

#[test]
fn a_body_commits_its_fee_with_vat_and_what_it_pays_for_its_members() {
    let committed = |model: &str, code: &str| {
        let example = example(model).expect("an example");
        number(sheet(&example, "Deliberazioni"), act(&example, code).expect("an act"), "importo_annuo")
    };
    let euro = |text: &str| text.parse::<Decimal>().ok();
    // Bolognola has 141 inhabitants: 150 euro and 22 % of VAT.
    assert_eq!(committed("macerata", "c_a947"), euro("183"));
    // Adro has 7,127 inhabitants and 570 enterprises: 750.00 for 5,000, 303.10 for 2,127 less 5 %, and 570.
    assert_eq!(committed("cit-brescia", "c_a060"), euro("1623.10"));
    // Brescia is beyond 40,000 inhabitants.
    assert_eq!(committed("cit-brescia", "c_b157"), euro("300"));
    // Irma, 132 inhabitants and 11 enterprises, is one of the six whose whole fee the mountain community pays beside its
    // own; by inhabitants 2,014 + 1,988 + 132 + 658 + 1,445 + 1,210, by enterprises 161 + 159 + 11 + 53 + 116 + 97.
    assert_eq!(committed("cit-brescia", "cm-valtrompia"), euro("2014.05"));
    // Half of Marone, Monte Isola, Sulzano and Zone: 356.58 + 186.50 + 222.40 + 117.73.
    assert_eq!(committed("cit-brescia", "cm-sebino"), euro("1183.21"));
}

#[test]
fn requests_stand_on_services_bodies_and_people() {
    let start = NaiveDate::from_ymd_opt(2026, 1, 1).expect("a day");
    for (name, example) in sound().into_iter().filter(|(name, _)| !["upi", "accordo", "pesaro-urbino"].contains(name)) {
        let (bodies, rows) = adherents(&example);
        let (services, requests) = (sheet(&example, "Servizi"), sheet(&example, "Richieste"));
        let posts = sheet(&example, "Incarichi");
        let mut seen = BTreeSet::new();
        for request in &requests.rows {
            let (code, service) = (text(requests, request, "ente"), text(requests, request, "servizio"));
            let kind = text(requests, request, "tipo");
            assert!(seen.insert((code, service, kind)), "{name} {code} {service} {kind} twice");
            let body = rows.iter().find(|row| text(bodies, row, "codice") == code).expect("an adherent");
            let offer = services.rows.iter().find(|row| text(services, row, "codice") == service).expect("a service");
            let asked = day(requests, request, "data").expect("a day");
            let quantity = number(requests, request, "quantita").expect("a quantity");
            assert!(quantity > Decimal::ZERO);
            let voted = act(&example, code).map(|row| text(sheet(&example, "Deliberazioni"), row, "stato"));
            assert_eq!(voted, Some("adottata"), "{name} {code}");
            assert!(asked >= start || text(bodies, body, "gia_aderente") == "sì", "{name} {code}");
            if kind != "attivazione" {
                assert_eq!(text(services, offer, "una_tantum"), "no", "{name} {service}");
                assert!(seen.contains(&(code, service, "attivazione")), "{name} {code} {service}");
            }
            assert_eq!(text(requests, request, "motivo").is_empty(), kind != "disdetta");
            if text(services, offer, "unita") == "postazione" {
                assert_eq!(Some(quantity), number(bodies, body, "postazioni"));
            }
            if text(services, offer, "unita") == "fascia" {
                assert!(number(bodies, body, "abitanti").is_some());
                let bands = sheet(&example, "Fasce");
                let table = text(services, offer, "tabella");
                assert!(bands.rows.iter().any(|row| text(bands, row, "tabella") == table), "{table}");
            }
            if text(services, offer, "nominativo") == "sì" {
                let people = sheet(&example, "Beneficiari");
                let here = people.rows.iter().filter(|row| text(people, row, "ente") == code);
                let names: BTreeSet<_> =
                    here.map(|row| (text(people, row, "nome"), text(people, row, "cognome"))).collect();
                assert_eq!(Decimal::from(names.len()), quantity, "{name} {code}");
            }
            let contact = posts
                .rows
                .iter()
                .find(|row| text(posts, row, "ente") == code && text(posts, row, "ruolo") == "referente");
            let contact = contact.expect("a contact");
            assert!(!text(posts, contact, "telefono").is_empty() && !text(posts, contact, "email").is_empty());
        }
        for kind in ["attivazione", "disdetta", "conferma"] {
            assert!(seen.iter().any(|(_, _, other)| *other == kind), "{name} {kind}");
        }
        let delegates = posts.rows.iter().filter(|row| text(posts, row, "ruolo").starts_with("delegato"));
        for row in delegates {
            let person = format!("{} {}", text(posts, row, "nome"), text(posts, row, "cognome"));
            let acts = sheet(&example, "Deliberazioni");
            if let Some(act) = act(&example, text(posts, row, "ente")) {
                assert_eq!(person, text(acts, act, "rappresentante"), "{name}");
            }
        }
    }
}

#[test]
fn every_request_of_the_parameters_is_in_the_sheet() {
    let centres = [macerata::centre(), lecco::centre(), brianza::centre().expect("a centre")].into_iter().chain(
        [cit::BRESCIA, cit::LECCE, cit::GENOVA, cit::AVELLINO, cit::POTENZA]
            .map(|model| cit::centre(model).expect("a centre")),
    );
    for centre in centres {
        let rows = |life: &centre::Life| if matches!(life, centre::Life::Asked(_)) { 1 } else { 2 };
        let wanted: usize = centre.wishes.iter().map(|(_, _, life)| rows(life)).sum();
        let model = centre.model;
        assert_eq!(sheet(&centre.example(), "Richieste").rows.len(), wanted, "{model}");
    }
}

#[test]
fn one_body_leaves_the_brianza() {
    let example = example("brianza").expect("an example");
    let (bodies, rows) = adherents(&example);
    let leaving: Vec<_> = rows.iter().filter_map(|row| day(bodies, row, "recesso_comunicato_il")).collect();
    assert_eq!(leaving, [NaiveDate::from_ymd_opt(2026, 1, 8).expect("a day")]);
    for row in rows {
        assert_eq!(day(bodies, row, "abitanti_al"), NaiveDate::from_ymd_opt(2022, 12, 31));
    }
}

#[test]
fn as_many_parties_as_a_province_has() {
    let example = many_parties("Brescia", "BS").expect("an example");
    assert_eq!(sheet(&example, "Enti").rows.len(), 205);
    assert_eq!(stated(&example, "tipo"), &ExampleCell::from("multilaterale"));
    assert!(many_parties("Nessuno", "BS").is_none());
}

#[test]
fn the_bands_of_macerata_have_the_holes_of_the_source() {
    let holds = |count: u64| macerata::BANDS.iter().any(|(from, to, _)| (*from..=*to).contains(&count));
    assert!(!holds(500) && !holds(40_001) && holds(499) && holds(501) && holds(40_000));
    let price = |count: u64| macerata::BANDS.iter().find(|(from, to, _)| (*from..=*to).contains(&count));
    assert_eq!(price(7_127).map(|(_, _, sum)| *sum), Some(3_520));
    // Every other edge meets the next.
    for pair in macerata::BANDS.windows(2).skip(1) {
        assert_eq!(pair[0].1 + 1, pair[1].0);
        assert!(pair[0].2 < pair[1].2);
    }
}

#[test]
fn the_agreement_adds_up() {
    let example = example("accordo").expect("an example");
    let sums = sheet(&example, "Stanziamenti");
    let of = |year: u64| {
        let row = sums.rows.iter().find(|row| number(sums, row, "anno") == Some(year.into())).expect("a year");
        number(sums, row, "importo").expect("a sum")
    };
    assert_eq!((of(2026), of(2027)), (Decimal::from(100_000), Decimal::from(50_000)));
    assert_eq!(stated(&example, "importo_totale"), &ExampleCell::Number(Decimal::from(150_000)));
    assert!(sums.rows.iter().all(|row| text(sums, row, "capitolo") == "13593"));
    let plan = sheet(&example, "Attivita");
    let codes: BTreeSet<&str> = plan.rows.iter().map(|row| text(plan, row, "codice")).collect();
    assert_eq!(codes.len(), plan.rows.len());
    let ExampleCell::Date(end) = stated(&example, "scadenza") else { panic!("no end") };
    for row in &plan.rows {
        for column in ["attivita", "risultato", "indicatore", "valore_atteso"] {
            assert!(!text(plan, row, column).is_empty(), "{column}");
        }
        assert!(day(plan, row, "entro").is_some_and(|day| day <= *end));
    }
    let acts = sheet(&example, "Deliberazioni");
    let region = act(&example, "r-lombardia").expect("an act");
    assert_eq!(text(acts, region, "organo"), "Giunta");
    assert_eq!(number(acts, region, "presenti"), number(acts, region, "favorevoli"));
}
