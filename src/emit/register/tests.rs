//! The register is read back with another library, and its parts as they are stored.

use std::io::{Cursor, Read};

use calamine::{Data, Range, Reader, Xlsx};

use super::*;
use crate::dossier::DeadlineKind;
use crate::place::Place;

const SHEETS: [&str; 8] =
    ["Atti", "Scadenze", "Quote", "Calcolo quote", "Servizi", "Dati mancanti", "Segnalazioni", "File"];

fn day(y: i32, m: u32, d: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(y, m, d).expect("a day")
}

fn money(cents: i64) -> Money {
    Money::round(Decimal::new(cents, 2))
}

fn body(code: &str) -> RegisterBody {
    RegisterBody { code: code.into(), name: format!("Ente {code}").into() }
}

fn act(code: &str, outcome: Outcome) -> RegisterRow {
    RegisterRow {
        body: body(code),
        act: "convenzione".into(),
        subject: EcoString::new(),
        outcome,
        bundle: Some(format!("{code}.zip").into()),
        standing: Some(Standing::Adopted),
        deliberation: RegisterDeliberation { number: Some("047".to_owned()), date: Some(day(2025, 12, 2)) },
        signatures: "firmato da 2 di 2".to_owned(),
    }
}

fn fee(code: &str, cents: i64) -> RegisterFee {
    let year = |y| RegisterYear { from: day(y, 1, 1), to: day(y, 12, 31), net: money(cents), vat: money(cents / 10) };
    RegisterFee {
        body: body(code),
        kind: "Comune".to_owned(),
        lines: vec![RegisterLine {
            part: "quota".to_owned(),
            what: "abitanti".to_owned(),
            quantity: Some(Decimal::from(1999)),
            price: Some(Decimal::new(44, 2)),
            discount: None,
            amount: Some(money(cents)),
            note: String::new(),
            cells: "Enti!N4".to_owned(),
        }],
        parts: None,
        years: vec![year(2026), year(2027)],
        services: None,
        note: String::new(),
    }
}

fn findings() -> [Diagnostic; 2] {
    let at = |row| Place::cell(&"Enti".into(), row, 5);
    [
        Diagnostic::new("ENT-01", at(6), "non torna").body("c_b636"),
        Diagnostic::new("ENT-03", at(6), "non torna").body("c_b636"),
    ]
}

fn sample(findings: &[Diagnostic]) -> Register<'_> {
    let file = |format: &str| RegisterFile {
        format: format.into(),
        path: format!("c_a035/01-convenzione.{format}").into(),
        bytes: 1234,
        sha256: "ab".repeat(32).into(),
    };
    let due = |day, what: &str| Deadline {
        day,
        kind: DeadlineKind::Withdrawal,
        key: String::new(),
        what: what.to_owned(),
        basis: "art. 6".to_owned(),
        place: Place::None,
        body: None,
    };
    Register {
        title: "Convenzione & servizi",
        day: day(2026, 1, 10),
        acts: vec![
            act("c_a035", Outcome::Produced(vec![file("pdf"), file("docx")])),
            act("c_b636", Outcome::Withheld(vec!["ENT-01: codice fiscale".to_owned(), "ENT-03: CAP".to_owned()])),
        ],
        deadlines: vec![
            due(day(2026, 10, 2), "recesso"),
            due(day(2026, 1, 8), "l’altro ieri"),
            due(day(2026, 1, 9), "ieri"),
            due(day(2026, 2, 1), "fra poco"),
        ],
        year: 2026,
        fees: vec![fee("c_a035", 87_956), fee("c_b636", 10_010)],
        services: vec![RegisterService {
            body: body("c_b636"),
            code: "portale".to_owned(),
            name: "Portale".to_owned(),
            pricing: "listino".to_owned(),
            state: ServiceState::ToConfirm,
            since: Some(day(2024, 3, 1)),
            notice: None,
            until: None,
            confirmed: Some(2025),
            quantity: Some(2),
            rows: "2, 7".to_owned(),
        }],
        missing: vec![RegisterMissing {
            body: body("c_b636"),
            sheet: "Enti".to_owned(),
            cell: "F7".to_owned(),
            column: "pec".to_owned(),
            meaning: "Domicilio digitale.".to_owned(),
            wanted_by: "convenzione, C30-16".to_owned(),
            severity: Severity::Note,
            hint: String::new(),
        }],
        bills: Vec::new(),
        findings,
    }
}

fn bytes(it: &Register<'_>) -> Vec<u8> {
    register(it).expect("a register")
}

fn ranges(bytes: Vec<u8>) -> Vec<(String, Range<Data>)> {
    Xlsx::new(Cursor::new(bytes)).expect("a workbook").worksheets()
}

/// The cell of a row, from one without the header, under a header.
fn cell(ranges: &[(String, Range<Data>)], sheet: &str, row: u32, column: &str) -> Data {
    let (_, range) = ranges.iter().find(|(name, _)| name == sheet).expect("a sheet");
    let head = range.rows().next().expect("a header");
    let col = head.iter().position(|cell| *cell == *column).unwrap_or_else(|| panic!("{sheet}: no {column}"));
    range.get_value((row, col as u32)).cloned().unwrap_or_default()
}

fn part(bytes: &[u8], name: &str) -> String {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).expect("a zip");
    let mut text = String::new();
    archive.by_name(name).unwrap_or_else(|_| panic!("no {name}")).read_to_string(&mut text).expect("text");
    text
}

#[test]
fn same_values_same_bytes() {
    let findings = findings();
    assert!(bytes(&sample(&findings)) == bytes(&sample(&findings)));
}

#[test]
fn rows_read_back() {
    let findings = findings();
    let all = ranges(bytes(&sample(&findings)));
    assert_eq!(all.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>(), SHEETS);
    let text = |sheet, row, column| cell(&all, sheet, row, column).to_string();
    assert_eq!((text("Atti", 1, "stato"), text("Atti", 2, "stato")), ("prodotto".into(), "trattenuto".into()));
    assert_eq!(text("Atti", 2, "motivi"), "ENT-01: codice fiscale\nENT-03: CAP");
    assert_eq!(text("Atti", 1, "delibera"), "047");
    assert_eq!(
        (text("Atti", 1, "PDF"), text("Atti", 1, "web"), text("Atti", 2, "PDF")),
        ("PDF".into(), "".into(), "".into())
    );
    assert_eq!((text("Atti", 1, "segnalazioni"), text("Atti", 2, "segnalazioni")), ("".into(), "2".into()));
    assert_eq!(cell(&all, "Quote", 1, "quota annua"), Data::Float(879.56));
    assert_eq!(cell(&all, "Quote", 1, "2027"), Data::Float(879.56));
    assert_eq!(cell(&all, "Quote", 2, "totale con IVA"), Data::Float(220.22));
    assert_eq!(cell(&all, "Calcolo quote", 1, "prezzo"), Data::Float(0.44));
    assert_eq!(text("Servizi", 1, "stato"), "da confermare");
    assert_eq!(text("Dati mancanti", 1, "cella"), "F7");
    assert_eq!(text("Segnalazioni", 2, "cella"), "F7");
    assert_eq!(text("File", 2, "impronta SHA-256"), "ab".repeat(32));
}

#[test]
fn parts_of_unions_and_services_have_columns_where_there_are_any() {
    let mut it = sample(&[]);
    it.fees[1].parts = Some(RegisterParts { own: money(500), by_union: money(250), for_members: money(0) });
    it.fees[1].services = Some(money(123));
    let all = ranges(bytes(&it));
    assert_eq!(cell(&all, "Quote", 2, "paga l’Unione"), Data::Float(2.5));
    assert_eq!(cell(&all, "Quote", 1, "paga l’Unione"), Data::Empty);
    assert_eq!(cell(&all, "Quote", 2, "servizi 2026"), Data::Float(1.23));
    let header = |all: &[(String, Range<Data>)]| all[2].1.rows().next().map(<[Data]>::len);
    assert_eq!(header(&all), header(&ranges(bytes(&sample(&[])))).map(|columns| columns + 4));
}

#[test]
fn deadlines_are_in_order_and_say_how_near_they_are() {
    let all = ranges(bytes(&sample(&[])));
    let row = |row| {
        let text = |column| cell(&all, "Scadenze", row, column).to_string();
        (text("scadenza"), text("giorni che mancano"), text("stato"))
    };
    assert_eq!(row(1), ("fra poco".into(), "22".into(), "imminente".into()));
    assert_eq!(row(2), ("recesso".into(), "265".into(), "lontana".into()));
    assert_eq!(row(3), ("ieri".into(), "-1".into(), "passata".into()));
    assert_eq!(row(4), ("l’altro ieri".into(), "-2".into(), "passata".into()));
}

#[test]
fn totals_stand_a_row_below_and_follow_the_filter() {
    let all = ranges(bytes(&sample(&[])));
    assert_eq!(cell(&all, "Quote", 4, "quota annua"), Data::Float(979.66));
    assert_eq!(cell(&all, "Quote", 3, "quota annua"), Data::Empty);
    let sheet = part(&bytes(&sample(&[])), "xl/worksheets/sheet3.xml");
    assert!(sheet.contains("<f>SUBTOTAL(109,E2:E3)</f>"), "{sheet}");
}

#[test]
fn links_lead_to_files_and_rows() {
    let findings = findings();
    let file = bytes(&sample(&findings));
    let relations = part(&file, "xl/worksheets/_rels/sheet1.xml.rels");
    for target in ["c_a035/01-convenzione.pdf", "c_a035/01-convenzione.docx", "c_b636.zip"] {
        assert!(relations.contains(&format!("Target=\"{target}\"")), "{target}: {relations}");
    }
    let acts = part(&file, "xl/worksheets/sheet1.xml");
    // The second body: its fee, its service, its missing datum, the first of its findings.
    for target in ["'Quote'!A3", "'Servizi'!A2", "'Dati mancanti'!A2", "'Segnalazioni'!A2"] {
        assert!(acts.contains(&format!("location=\"{target}\"")), "{target}: {acts}");
    }
    for sheet in [3, 4, 5, 6, 7] {
        let back = part(&file, &format!("xl/worksheets/sheet{sheet}.xml"));
        assert!(back.contains("location=\"'Atti'!A3\""), "sheet {sheet} does not lead back");
    }
}

#[test]
fn every_sheet_has_filters_and_prints_on_its_side_with_its_head_and_page_numbers() {
    let file = bytes(&sample(&[]));
    let names = part(&file, "xl/workbook.xml");
    for (number, sheet) in (1..).zip(SHEETS) {
        let text = part(&file, &format!("xl/worksheets/sheet{number}.xml"));
        for piece in [
            "<autoFilter ref=\"A1:",
            "state=\"frozen\"",
            "orientation=\"landscape\"",
            "fitToHeight=\"0\"",
            "Pagina &amp;P di &amp;N",
            "Convenzione &amp;&amp; servizi",
        ] {
            assert!(text.contains(piece), "{sheet} lacks {piece}: {text}");
        }
        let quoted = if sheet.contains(' ') { format!("'{sheet}'") } else { sheet.to_owned() };
        assert!(names.contains(&format!("{quoted}!$1:$1</definedName>")), "{sheet} does not repeat its head: {names}");
    }
}

#[test]
fn states_have_colours() {
    let findings = findings();
    let styles = part(&bytes(&sample(&findings)), "xl/styles.xml");
    // Produced, withheld, adopted, to confirm, past.
    for fill in ["FFD7EBDD", "FFF8DCD7", "FFE9F2D8", "FFFAEFD2", "FFEAEDF0"] {
        assert!(styles.contains(fill), "{fill}");
    }
}

#[test]
fn an_empty_register_says_so() {
    let it = Register {
        title: "",
        day: day(2026, 1, 10),
        acts: Vec::new(),
        deadlines: Vec::new(),
        year: 2026,
        fees: Vec::new(),
        services: Vec::new(),
        missing: Vec::new(),
        bills: Vec::new(),
        findings: &[],
    };
    let all = ranges(bytes(&it));
    assert_eq!(cell(&all, "Dati mancanti", 1, "ente").to_string(), "Non manca nessun dato.");
}

#[test]
fn texts_beyond_a_cell_and_terms_of_odd_years_are_written_all_the_same() {
    let findings = [Diagnostic::new("WB-03", Place::None, "è".repeat(40_000))];
    let mut it = sample(&findings);
    it.fees[0].years[0].from = day(2026, 7, 1);
    let all = ranges(bytes(&it));
    assert_eq!(cell(&all, "Segnalazioni", 1, "messaggio").to_string().chars().count(), 32_001);
    assert_eq!(cell(&all, "Quote", 1, "01/07/2026–31/12/2026"), Data::Float(879.56));
    assert_eq!(cell(&all, "Quote", 2, "01/07/2026–31/12/2026"), Data::Empty);
}

#[test]
fn a_large_register_says_the_same_as_a_small_one() {
    let findings = findings();
    let register = sample(&findings);
    let read = |large: usize| {
        let bytes = written(&register, large).expect("a file");
        assert!(bytes == written(&register, large).expect("a file"), "the same bytes every time");
        let mut workbook: Xlsx<_> = calamine::open_workbook_from_rs(Cursor::new(bytes)).expect("a workbook");
        SHEETS.map(|sheet| workbook.worksheet_range(sheet).expect("a sheet"))
    };
    let (in_memory, in_files) = (read(usize::MAX), read(0));
    for (a, b) in in_memory.iter().zip(&in_files) {
        // Counts that are links are numbers in formulas, words beside links.
        let shown =
            |range: &Range<Data>| range.used_cells().map(|(r, c, it)| (r, c, it.to_string())).collect::<Vec<_>>();
        assert_eq!(shown(a), shown(b));
    }
}

#[test]
fn links_of_a_large_register_are_in_the_cells() {
    let findings = findings();
    let mut register = sample(&findings);
    register.fees[0].body.name = "Ente \"A\" & <B>".into();
    register.fees[1].body.name = "è".repeat(256).into();
    register.services[0].body.name = "#N/A".into();
    register.missing[0].body.name = "007".into();
    let bytes = written(&register, 0).expect("a file");
    let all = ranges(bytes.clone());
    assert_eq!(cell(&all, "Servizi", 1, "ente"), Data::String("#N/A".to_owned()));
    assert_eq!(cell(&all, "Dati mancanti", 1, "ente"), Data::String("007".to_owned()));
    let sheet = |number: usize| part(&bytes, &format!("xl/worksheets/sheet{number}.xml"));
    let (acts, fees) = (sheet(1), sheet(3));
    for formula in [
        "<f>HYPERLINK(\"c_a035/01-convenzione.pdf\",\"PDF\")</f><v>PDF</v>",
        "<f>HYPERLINK(\"c_a035.zip\",\"zip\")</f><v>zip</v>",
        "<f>HYPERLINK(\"#'Quote'!A2\",\"quota\")</f><v>quota</v>",
    ] {
        assert!(acts.contains(formula), "{formula}: {acts}");
    }
    let escaped =
        "<f>HYPERLINK(\"#'Atti'!A2\",\"Ente \"\"A\"\" &amp; &lt;B&gt;\")</f><v>Ente \"A\" &amp; &lt;B&gt;</v>";
    assert!(fees.contains(escaped), "{fees}");
    assert!(!fees.contains("#'Atti'!A3"), "a formula cannot hold so long a name");
    assert!(fees.contains(&"è".repeat(256)));
    assert!(!acts.contains("<hyperlink"), "no links beside the cells");
}
