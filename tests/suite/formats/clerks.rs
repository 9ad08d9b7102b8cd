//! Sheets laid out as clerks do: titles above, blank rows, synonyms in capitals, columns in any order, figures as text.

use rust_xlsxwriter::{ExcelDateTime, Format, Workbook, Worksheet};
use scrivano::example::ExampleCell;
use scrivano::schema;

use crate::outputs::small::{Small, acts, check};
use crate::outputs::tree;

/// How a sheet is spoiled.
#[derive(Clone, Copy, Default)]
struct Habits {
    /// Rows and columns before the table.
    corner: (u32, u16),
    /// A merged title and blank rows above.
    title: bool,
    /// Synonyms, capitals and spaces in the headers.
    headers: bool,
    /// Columns in the opposite order, with an unknown one among them.
    shuffled: bool,
    /// Numbers and dates as text in Italian.
    text: bool,
    /// A blank row amid the records, and totals at the end.
    totals: bool,
}

const MONTHS: [&str; 12] = [
    "gennaio",
    "febbraio",
    "marzo",
    "aprile",
    "maggio",
    "giugno",
    "luglio",
    "agosto",
    "settembre",
    "ottobre",
    "novembre",
    "dicembre",
];

/// A number as Italians write it: 1.826,44.
fn italian(number: &rust_decimal::Decimal) -> String {
    let text = number.to_string();
    let (whole, decimals) = text.split_once('.').map_or((text.as_str(), ""), |(whole, decimals)| (whole, decimals));
    let mut grouped = String::new();
    for (index, c) in whole.chars().enumerate() {
        if index > 0 && (whole.len() - index) % 3 == 0 {
            grouped.push('.');
        }
        grouped.push(c);
    }
    if decimals.is_empty() { grouped } else { format!("{grouped},{decimals}") }
}

fn put(sheet: &mut Worksheet, row: u32, col: u16, cell: &ExampleCell, habits: Habits) {
    let day = Format::new().set_num_format("dd/mm/yyyy");
    let written = match cell {
        ExampleCell::Empty => return,
        ExampleCell::Text(text) if habits.text => sheet.write_string(row, col, format!(" {text}\u{a0} ")),
        ExampleCell::Text(text) => sheet.write_string(row, col, text),
        ExampleCell::Number(number) if habits.text => sheet.write_string(row, col, italian(number)),
        ExampleCell::Number(number) => {
            sheet.write_number(row, col, number.to_string().parse::<f64>().expect("a number"))
        }
        ExampleCell::Date(date) if habits.text => {
            use chrono::Datelike;
            let month = MONTHS[date.month0() as usize];
            let text = match date.day() {
                1 => format!("1° {month} {}", date.year()),
                day if day % 2 == 0 => format!("{day} {month} {}", date.year()),
                _ => date.format("%-d/%-m/%Y").to_string(),
            };
            sheet.write_string(row, col, text)
        }
        ExampleCell::Date(date) => {
            let date = ExcelDateTime::parse_from_str(&date.to_string()).expect("a day");
            sheet.write_with_format(row, col, &date, &day)
        }
        ExampleCell::Formula { .. } => panic!("no formulas in the example"),
    };
    written.expect("a cell");
}

/// The header as clerks spell it.
fn header(sheet: &str, name: &str, habits: Habits) -> String {
    if !habits.headers {
        return name.to_owned();
    }
    let column = schema::sheet(sheet).and_then(|spec| spec.column(name)).expect("a column");
    let word = column.synonyms.first().copied().unwrap_or(name);
    format!("  {} * ", word.to_uppercase().replace('_', "  "))
}

fn spoiled(small: &Small, habits: Habits) -> Vec<u8> {
    let mut workbook = Workbook::new();
    workbook.add_worksheet().set_name("Appunti").expect("a name").write(0, 0, "da fare").expect("a cell");
    for name in small.sheets() {
        let sheet = workbook.add_worksheet();
        sheet
            .set_name(if habits.headers { format!("{} ", name.to_uppercase()) } else { name.to_owned() })
            .expect("a name");
        let mut rows = small.sheet(name);
        let pairs = schema::sheet(name).is_some_and(|spec| spec.layout == schema::Layout::Pairs);
        let (mut row, left) = habits.corner;
        if habits.title {
            let bold = Format::new().set_bold();
            sheet
                .merge_range(row, left, row, left + 5, "Elenco per la convenzione – anno 2026", &bold)
                .expect("a title");
            sheet.write(row + 1, left, "aggiornato dalla segreteria").expect("a note");
            row += 4;
        }
        let names: Vec<String> = rows[0]
            .iter()
            .map(|cell| match cell {
                ExampleCell::Text(text) => text.clone(),
                _ => String::new(),
            })
            .collect();
        if pairs {
            put(sheet, row, left, &"Campo".into(), habits);
            put(sheet, row, left + 1, &"Valore".into(), habits);
            for (field, value) in names.iter().zip(&rows[1]) {
                row += 1;
                sheet.write_string(row, left, header(name, field, habits)).expect("a field");
                put(sheet, row, left + 1, value, habits);
            }
            continue;
        }
        let mut order: Vec<Option<usize>> = (0..names.len()).map(Some).collect();
        if habits.shuffled {
            order.reverse();
            order.insert(1, None);
        }
        for (col, column) in (left..).zip(&order) {
            let text = column.map_or("Note interne".to_owned(), |column| header(name, &names[column], habits));
            sheet.write_string(row, col, text).expect("a header");
        }
        if habits.totals {
            rows.insert(2, vec![ExampleCell::Empty; names.len()]);
        }
        for record in rows.iter().skip(1) {
            row += 1;
            for (col, column) in (left..).zip(&order) {
                match column {
                    Some(column) => put(sheet, row, col, &record[*column], habits),
                    None => put(sheet, row, col, &"da sentire".into(), habits),
                }
            }
        }
        if habits.totals {
            sheet.write(row + 2, left, "TOTALE").expect("a cell");
            sheet.write(row + 2, left + 3, 12_345).expect("a cell");
        }
    }
    workbook.save_to_buffer().expect("a workbook")
}

/// The acts are those of the tidy workbook; nothing is found but what these codes say.
fn reads_the_same(habits: Habits, more: &[&str]) {
    let small = Small::of("pesaro-urbino", &["c_a035", "c_b352"]);
    let tidy = small.checked();
    let spoiled = check(&spoiled(&small, habits));
    let codes = |checked: &scrivano::pipeline::Checked| {
        let mut codes: Vec<String> = checked
            .diagnostics
            .iter()
            .filter(|found| !more.contains(&found.code))
            .map(|found| format!("{} {:?} {}", found.code, found.body, found.message))
            .collect();
        codes.sort();
        codes
    };
    assert_eq!(codes(&spoiled), codes(&tidy));
    let words = |checked: &scrivano::pipeline::Checked| {
        acts(checked.dossier.as_ref().expect("a dossier")).iter().map(tree::words).collect::<Vec<_>>()
    };
    let (spoiled, tidy) = (words(&spoiled), words(&tidy));
    for (spoiled, tidy) in spoiled.iter().zip(&tidy) {
        tree::assert_same("words", tidy, spoiled);
    }
    assert!(spoiled == tidy);
}

#[test]
fn a_plain_copy_reads_the_same() {
    reads_the_same(Habits::default(), &[]);
}

#[test]
fn a_table_may_begin_at_b3() {
    reads_the_same(Habits { corner: (2, 1), ..Habits::default() }, &[]);
}

#[test]
fn titles_blank_rows_and_totals_are_skipped() {
    reads_the_same(Habits { title: true, totals: true, ..Habits::default() }, &[]);
}

#[test]
fn headers_may_be_synonyms_in_capitals() {
    reads_the_same(Habits { headers: true, ..Habits::default() }, &[]);
}

#[test]
fn columns_may_stand_in_any_order_and_unknown_ones_get_a_note() {
    reads_the_same(Habits { shuffled: true, ..Habits::default() }, &["WB-05"]);
}

#[test]
fn figures_and_days_may_be_text_in_italian() {
    reads_the_same(Habits { text: true, ..Habits::default() }, &["WB-08"]);
}

#[test]
fn all_habits_together_read_the_same() {
    let all = Habits { corner: (2, 1), title: true, headers: true, shuffled: true, text: true, totals: true };
    reads_the_same(all, &["WB-05", "WB-08"]);
}
