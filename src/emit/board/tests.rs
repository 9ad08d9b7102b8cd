//! What the picture says and where it puts it; the file itself.

use std::sync::OnceLock;

use rust_decimal::Decimal;

use super::*;
use crate::dossier::{Concerned, DeadlineKind};
use crate::place::Place;

fn day(y: i32, m: u32, d: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(y, m, d).expect("a day")
}

fn euro(n: u64) -> Money {
    Money::round(Decimal::from(n))
}

fn due(day: NaiveDate, what: &str, who: &str) -> Deadline {
    let body = (!who.is_empty()).then(|| Concerned { code: who.to_owned(), name: who.to_owned() });
    Deadline {
        day,
        kind: DeadlineKind::Payment,
        key: String::new(),
        what: what.to_owned(),
        basis: String::new(),
        place: Place::None,
        body,
    }
}

/// A convention of five years with so many bodies: the n-th pays n euro, every tenth is a Union.
fn board<'a>(names: &'a [String], deadlines: &'a [Deadline]) -> Board<'a> {
    let standings = [Standing::Executive, Standing::Proposed, Standing::Withheld];
    let sum: Money = (1..).zip(names).map(|(n, _)| euro(n)).sum();
    Board {
        title: "Convenzione per il centro servizi",
        lead: "Provincia di Prova",
        term: (Some(day(2026, 1, 1)), Some(day(2030, 12, 31))),
        day: day(2026, 3, 11),
        slice: None,
        bodies: names.iter().zip(standings.into_iter().cycle()).map(|(name, it)| (name.as_str(), it)).collect(),
        members: 0,
        produced: 1_234,
        withheld: 0,
        shares: (1..)
            .zip(names)
            .map(|(n, name)| Share {
                name,
                kind: if n % 10 == 0 { "Unioni di Comuni" } else { "Comuni" },
                yearly: euro(n),
            })
            .collect(),
        years: (2026..=2030).map(|y| (day(y, 1, 1), day(y, 12, 31), sum)).collect(),
        deadlines,
    }
}

fn names(count: usize) -> Vec<String> {
    (1..=count).map(|n| format!("Ente {n}")).collect()
}

fn drawn(board: &Board<'_>) -> Drawn {
    Drawn::of(board, &str::to_owned)
}

fn press() -> &'static BoardPress {
    static PRESS: OnceLock<BoardPress> = OnceLock::new();
    PRESS.get_or_init(|| BoardPress::new().expect("a press"))
}

fn pdf(board: &Board<'_>) -> Vec<u8> {
    // Layout recurses: it wants a deeper stack than that of tests.
    std::thread::scope(|scope| {
        let thread = std::thread::Builder::new().stack_size(8 << 20);
        let made = thread.spawn_scoped(scope, || press().pdf(board).expect("a PDF")).expect("a thread");
        made.join().expect("a picture")
    })
}

#[test]
fn bodies_are_counted_by_state() {
    let names = names(7);
    let it = drawn(&board(&names, &[]));
    let states: Vec<_> = it.states.iter().map(|state| (state.label, state.count)).collect();
    assert_eq!(states, [("adesione esecutiva", 3), ("adesione in proposta", 2), ("trattenuto per errori", 2)]);
    assert_eq!(
        it.states_alt,
        "7 enti aderenti: 3 adesione esecutiva, 2 adesione in proposta, 2 trattenuto per errori."
    );
    assert_eq!(it.notes.iter().map(|note| note.names.as_str()).collect::<Vec<_>>(), ["Ente 3, Ente 6"]);
    let many = super::tests::names(30);
    assert!(drawn(&board(&many, &[])).notes[0].names.ends_with("Ente 18 e 4 altri"));
}

#[test]
fn figures_are_italian_and_terms_joined() {
    let names = names(2);
    let it = drawn(&board(&names, &[]));
    let tiles: Vec<_> = it.tiles.iter().map(|tile| (tile.value.as_str(), tile.label.as_str(), tile.alert)).collect();
    assert_eq!(tiles[1], ("1.234", "atti prodotti", false));
    assert_eq!(tiles[3].0, "€\u{a0}3,00");
    assert_eq!(it.day, "11\u{a0}marzo\u{a0}2026");
    assert_eq!(
        term((Some(day(2026, 8, 8)), Some(day(2030, 4, 11)))),
        "dall’8\u{a0}agosto\u{a0}2026 all’11\u{a0}aprile\u{a0}2030"
    );
    assert_eq!(term((Some(day(2026, 1, 18)), None)), "dal 18\u{a0}gennaio\u{a0}2026");
}

#[test]
fn up_to_72_bodies_are_shown_one_by_one_the_largest_first() {
    let names = names(72);
    let money = drawn(&board(&names, &[])).money.expect("money");
    assert_eq!(money.columns.iter().map(Vec::len).collect::<Vec<_>>(), [36, 36]);
    assert!(money.others.is_empty());
    let bars: Vec<_> = money.columns.iter().flatten().collect();
    assert_eq!((bars[0].label.as_str(), bars[0].length), ("Ente 72", 1.0));
    assert_eq!((bars[71].label.as_str(), bars[71].amount.as_str()), ("Ente 1", "€\u{a0}1,00"));
    assert!(bars.windows(2).all(|pair| pair[0].length >= pair[1].length));
}

#[test]
fn of_more_bodies_the_largest_and_the_others_by_kind_and_no_euro_is_lost() {
    let names = names(205);
    let money = drawn(&board(&names, &[])).money.expect("money");
    assert_eq!(money.columns.iter().map(Vec::len).collect::<Vec<_>>(), [10, 10]);
    assert_eq!(money.columns[0][0].label, "Ente 205");
    let others: Vec<_> = money.others.iter().map(|bar| (bar.label.as_str(), bar.amount.as_str())).collect();
    // 1 to 185: the tens are 18 Unions and 1,710 euro.
    assert_eq!(others, [("Comuni (167 enti)", "€\u{a0}15.495,00"), ("Unioni di Comuni (18 enti)", "€\u{a0}1.710,00")]);
}

#[test]
fn equal_years_are_a_sentence_and_others_are_bars() {
    let names = names(1);
    let mut it = board(&names, &[]);
    let money = drawn(&it).money.expect("money");
    assert!(money.years.is_empty());
    assert_eq!(money.years_note, "In 5 anni €\u{a0}5,00 senza IVA, €\u{a0}1,00 ogni anno.");
    it.years[0] = (day(2026, 7, 1), day(2026, 12, 31), euro(2));
    let money = drawn(&it).money.expect("money");
    let bars: Vec<_> = money.years.iter().map(|bar| (bar.label.as_str(), bar.length)).collect();
    assert_eq!(money.heading, "Quota 01/07/2026 – 31/12/2026 per ente");
    assert_eq!(bars[..2], [("01/07/2026 – 31/12/2026", 1.0), ("2027", 0.5)]);
    it.shares.clear();
    assert!(drawn(&it).money.is_none());
}

#[test]
fn pins_never_touch_and_stand_to_scale() {
    let days = [(2026, 1, 1), (2026, 1, 20), (2026, 2, 1), (2026, 3, 11), (2026, 10, 2), (2030, 12, 31)];
    let deadlines: Vec<_> = days.map(|(y, m, d)| due(day(y, m, d), &format!("{d}/{m}"), "")).into();
    let names = names(1);
    let line = drawn(&board(&names, &deadlines)).line.expect("a line");
    assert_eq!(line.pins.len(), 6);
    for pin in &line.pins {
        for other in line.pins.iter().filter(|other| other.number > pin.number && other.lane == pin.lane) {
            assert!(other.at - pin.at >= 0.03, "{} and {} touch", pin.number, other.number);
        }
    }
    assert_eq!(line.pins.iter().map(|pin| pin.lane).collect::<Vec<_>>(), [0, 1, 2, 0, 0, 0]);
    assert_eq!((line.pins[0].at, line.pins[5].at, line.term), (0.0, 1.0, Some((0.0, 1.0))));
    assert_eq!(line.pins[0].when, "passata");
    assert_eq!((line.pins[3].when.as_str(), line.pins[3].tone, line.pins[3].at == line.today), ("oggi", "near", true));
    assert_eq!((line.pins[4].when.as_str(), line.pins[4].tone), ("fra 205 giorni", "far"));
    let labels: Vec<_> = line.ticks.iter().map(|tick| tick.label.as_str()).collect();
    assert_eq!(labels, ["2026", "2027", "2028", "2029", "2030"]);
    assert!(line.alt.contains("6 scadenze") && line.alt.contains("5, 02/10/2026: 2/10"), "{}", line.alt);
}

#[test]
fn the_same_deadline_of_many_bodies_is_one() {
    let at = day(2026, 4, 2);
    let deadlines = [due(at, "Pagamento", "Ente 2"), due(at, "Pagamento", "Ente 1"), due(at, "Invio", "Ente 3")];
    let names = names(3);
    let line = drawn(&board(&names, &deadlines)).line.expect("a line");
    let pins: Vec<_> = line.pins.iter().map(|pin| (pin.what.as_str(), pin.when.as_str())).collect();
    assert_eq!(pins, [("Invio", "fra 22 giorni · Ente 3"), ("Pagamento", "fra 22 giorni · 2 enti")]);
}

#[test]
fn of_many_deadlines_those_to_come_are_shown_on_their_part_of_the_term() {
    let months = (2026..=2030).flat_map(|y| (1..=12).map(move |m| day(y, m, 1)));
    let deadlines: Vec<_> = months.map(|day| due(day, "Cosa", "")).collect();
    let names = names(1);
    let mut it = board(&names, &deadlines);
    let line = drawn(&it).line.expect("a line");
    assert_eq!((line.pins.len(), line.pins[0].day.as_str()), (8, "01/04/2026"));
    assert_eq!(line.more, "52 altre scadenze nel foglio «Scadenze» del registro.");
    assert_eq!((line.pins[7].at, line.term), (1.0, Some((0.0, 1.0))));
    assert_eq!(line.ticks[0].label, "apr");
    // When all is past, the last ones.
    it.day = day(2031, 5, 1);
    let line = drawn(&it).line.expect("a line");
    assert_eq!((line.pins.len(), line.pins[7].day.as_str(), line.today), (8, "01/12/2030", 1.0));
    assert!(drawn(&board(&names, &[])).line.is_none());
}

#[test]
fn the_same_picture_is_the_same_bytes_and_claims_what_the_acts_claim() {
    let names = names(205);
    let deadlines = [due(day(2026, 10, 2), "Ultimo giorno", ""), due(day(2030, 12, 31), "Scadenza", "")];
    let it = board(&names, &deadlines);
    let file = pdf(&it);
    assert!(file == pdf(&it));
    assert_eq!(file.last(), Some(&b'\n'));
    let has = |text: &str| file.windows(text.len()).any(|window| window == text.as_bytes());
    for claim in ["<pdfaid:part>2</pdfaid:part>", "<pdfaid:conformance>A</pdfaid:conformance>", "<pdfuaid:part>1<"] {
        assert!(has(claim), "{claim}");
    }
    let document = pdf_extract::Document::load_mem(&file).expect("a PDF");
    assert!((1..=2).contains(&document.get_pages().len()), "a page or two");
    let alternatives = document.objects.values().filter_map(|object| object.as_dict().ok()?.get(b"Alt").ok()).count();
    assert_eq!(alternatives, 2, "both drawings say what they are");
    let text = pdf_extract::extract_text_from_mem(&file).expect("text");
    for words in ["205", "adesione esecutiva", "02/10/2026", "Ente 205", "Comuni (167 enti)"] {
        assert!(text.contains(words), "no «{words}» in {text}");
    }
}

#[test]
fn what_no_font_prints_and_what_is_missing_do_not_stop_the_picture() {
    let names = ["Ente 漢字\u{7}".to_owned()];
    let mut it = board(&names, &[]);
    it.bodies = vec![(&names[0], Standing::Withheld)];
    it.title = "";
    it.lead = "";
    it.term = (None, None);
    let text = pdf_extract::extract_text_from_mem(&pdf(&it)).expect("text");
    assert!(text.contains("Ente □□□") && text.contains("Quadro della convenzione"), "{text}");
    it.bodies.clear();
    it.shares.clear();
    it.years.clear();
    assert!(pdf(&it).starts_with(b"%PDF"));
}
