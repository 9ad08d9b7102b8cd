//! One cell → one typed value, or a diagnostic that quotes it. No silent coercion: what had to be adapted gets a note.

mod numbers;

use rust_decimal::Decimal;

use crate::date;
use crate::dossier::Value;
use crate::identifier::{BodyCode, Iban, IstatCode, OfficeCode, Parsed, Pec, PostCode, TaxCode, VatNumber};
use crate::italian::{fold, nearest};
use crate::schema::{Choice, Column, Kind};
use crate::table::Raw;

/// Longest text accepted in a cell, in characters.
pub const TEXT_LIMIT: usize = 2_000;

/// An amount written as Italians write it, with or without the euro sign.
pub fn amount(text: &str) -> Option<Decimal> {
    numbers::amount(text).map(|(amount, _)| amount)
}

/// What reading a cell gives.
#[derive(Debug, PartialEq)]
pub enum Reading {
    /// Nothing there but blanks.
    Blank,
    /// A value, and what was adapted to get it, in Italian.
    Value(Value, Option<String>),
    /// A value that does not fit: rule code, message, hint.
    Fault(&'static str, String, String),
}

fn fault(code: &'static str, message: String, hint: impl Into<String>) -> Reading {
    Reading::Fault(code, message, hint.into())
}

/// Reads a cell as the column's kind wants it.
pub fn read(raw: &Raw, column: &Column) -> Reading {
    match raw {
        Raw::Error(error) => fault(
            "WB-04",
            format!("«{}»: la cella contiene l’errore {error}", column.name),
            "correggere la formula, o scrivere il valore al suo posto",
        ),
        Raw::Uncalculated(formula) => fault(
            "WB-04",
            format!("«{}»: la formula {} non è stata calcolata", column.name, shown(formula)),
            "aprire il file con Excel o LibreOffice, ricalcolare e salvare",
        ),
        Raw::Text(text) => {
            let (text, cleaned) = clean(text);
            if text.is_empty() {
                return Reading::Blank;
            }
            if text.chars().count() > TEXT_LIMIT {
                let message = format!("«{}»: il testo supera {TEXT_LIMIT} caratteri", column.name);
                return fault("WB-03", message, "accorciare il testo");
            }
            let note = cleaned.then(|| format!("«{}»: tolti caratteri di controllo invisibili", column.name));
            match (from_text(&text, column), note) {
                (Reading::Value(value, None), note) => Reading::Value(value, note),
                (reading, _) => reading,
            }
        }
        Raw::Number(number, format) => from_number(number, format.as_deref(), column),
        Raw::Date(moment) => match column.kind {
            Kind::Date => day(moment.date(), column),
            Kind::Text => fault(
                "WB-03",
                format!(
                    "«{}»: la cella contiene la data {}; se si era scritto un numero come «12/5», il foglio l’ha cambiato",
                    column.name,
                    date::short(moment.date())
                ),
                "formattare la cella come testo e scrivere di nuovo il valore",
            ),
            _ => misfit(&date::short(moment.date()), column),
        },
        Raw::Bool(yes) => match column.kind {
            Kind::Bool => Reading::Value(Value::Bool(*yes), None),
            Kind::Text => Reading::Value(Value::Text(if *yes { "sì" } else { "no" }.to_owned()), None),
            _ => misfit(if *yes { "VERO" } else { "FALSO" }, column),
        },
    }
}

/// Blanks of every kind become single spaces; control and invisible formatting characters go. Says whether any went.
fn clean(text: &str) -> (String, bool) {
    let unwanted = |c: char| {
        (c.is_control() && !c.is_whitespace())
            || matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}' | '\u{ad}')
            || matches!(c, '\u{e000}'..='\u{f8ff}' | '\u{fff0}'..='\u{ffff}' | '\u{f0000}'..='\u{10ffff}')
    };
    let kept: String = text.chars().filter(|c| !unwanted(*c)).collect();
    (kept.split_whitespace().collect::<Vec<_>>().join(" "), text.chars().any(unwanted))
}

/// A value for a message: at most 60 characters.
fn shown(text: &str) -> String {
    let mut short: String = text.chars().take(60).collect();
    if short.len() < text.len() {
        short.push('…');
    }
    short
}

/// A percentage: "22%", 22, or the 0.22 that a cell of percentages holds. A bare number between 0 and 1 is read as such a
/// fraction, with a note.
fn percent(value: Decimal, has_sign: bool, is_fraction: bool, shown: &str, column: &Column) -> Reading {
    let is_guess = !has_sign && !is_fraction && value > Decimal::ZERO && value < Decimal::ONE;
    let factor = if is_fraction || is_guess { Decimal::ONE_HUNDRED } else { Decimal::ONE };
    match value.checked_mul(factor).filter(|percent| percent.abs() < Decimal::from(1_000_000)) {
        Some(percent) => {
            let percent = numbers::without_float_dust(percent);
            let note = is_guess.then(|| adapted(shown, column, &format!("{}%", crate::italian::decimal(percent, 0))));
            Reading::Value(Value::Decimal(percent), note)
        }
        None => misfit(shown, column),
    }
}

/// A day of our times: a year outside 1900–2199 is a slip of the pen, and spreadsheets could not hold it.
fn day(day: chrono::NaiveDate, column: &Column) -> Reading {
    use chrono::Datelike;
    if (1900..2200).contains(&day.year()) {
        Reading::Value(Value::Date(day), None)
    } else {
        misfit(&date::short(day), column)
    }
}

fn misfit(text: &str, column: &Column) -> Reading {
    let wanted = match column.kind {
        Kind::Count => "un numero intero, zero o maggiore: 2112",
        Kind::Money => "un importo: 1.200,00",
        Kind::Percent => "una percentuale: 22%",
        Kind::Date => "una data: 12/03/2026",
        Kind::Bool => "sì oppure no",
        _ => "un testo",
    };
    fault(
        "WB-03",
        format!("«{}»: «{}» non è {}", column.name, shown(text), kind_name(column.kind)),
        format!("scrivere {wanted}"),
    )
}

/// Columns of the register of invoices, of which rules of their own say what is wrong (INV-02, INV-10).
const OF_THE_REGISTER: [&str; 2] = ["imponibile", "imposta"];

fn is_below(amount: Decimal, column: &Column) -> bool {
    amount < Decimal::ZERO && !OF_THE_REGISTER.contains(&column.name)
}

/// No amount of the workbook is less than nothing: a credit is a document of its own.
fn negative(amount: Decimal, column: &Column) -> Reading {
    let message = format!("«{}»: l’importo {} è negativo", column.name, crate::italian::decimal(amount, 2));
    fault(
        "WB-03",
        message,
        "scrivere l’importo senza il segno meno; per una somma da restituire c’è la nota di credito",
    )
}

fn kind_name(kind: Kind) -> &'static str {
    match kind {
        Kind::Count => "un numero intero",
        Kind::Money => "un importo",
        Kind::Percent => "una percentuale",
        Kind::Date => "una data",
        Kind::Bool => "un sì o un no",
        _ => "un valore previsto",
    }
}

/// Words that stand where a value is still to come, folded.
const PLACEHOLDERS: [&str; 18] = [
    "nd",
    "n d",
    "tbd",
    "todo",
    "to do",
    "da definire",
    "da assegnare",
    "da acquisire",
    "da completare",
    "da compilare",
    "da inserire",
    "da indicare",
    "da individuare",
    "da nominare",
    "da verificare",
    "in attesa",
    "non disponibile",
    "non pervenuto",
];

/// True for what only keeps the place of a value: "da definire", "n.d.", "____", "?", "XXX".
fn is_placeholder(text: &str) -> bool {
    let folded = fold(text);
    folded.is_empty()
        || folded.len() > 2 && folded.bytes().all(|b| b == b'x')
        || PLACEHOLDERS.contains(&folded.as_str())
}

fn from_text(text: &str, column: &Column) -> Reading {
    match column.kind {
        Kind::Text | Kind::BodyRef if is_placeholder(text) => fault(
            "WB-03",
            format!("«{}»: «{}» tiene il posto di un valore, ma andrebbe stampato", column.name, shown(text)),
            "scrivere il valore; se non c’è ancora, lasciare la cella vuota",
        ),
        Kind::Text | Kind::BodyRef => Reading::Value(Value::Text(text.to_owned()), None),
        Kind::Count => match numbers::count(text) {
            Some((count, note)) => {
                Reading::Value(Value::Count(count), note.then(|| adapted(text, column, &count.to_string())))
            }
            None => misfit(text, column),
        },
        Kind::Money => match numbers::amount(text) {
            Some((amount, _)) if is_below(amount, column) => negative(amount, column),
            Some((amount, note)) => Reading::Value(
                Value::Decimal(amount),
                note.then(|| adapted(text, column, &crate::italian::decimal(amount, 2))),
            ),
            None => misfit(text, column),
        },
        Kind::Percent => match numbers::amount(text.trim_end_matches(['%', ' '])) {
            Some((amount, _)) => percent(amount, text.contains('%'), false, text, column),
            None => misfit(text, column),
        },
        Kind::Date => match date::parse(text) {
            Some(found) => day(found, column),
            None => misfit(text, column),
        },
        Kind::Bool => match fold(text).as_str() {
            "si" | "s" | "yes" | "y" | "vero" | "true" | "1" | "x" => Reading::Value(Value::Bool(true), None),
            "no" | "n" | "falso" | "false" | "0" => Reading::Value(Value::Bool(false), None),
            _ => misfit(text, column),
        },
        Kind::Choice(words) => choice(text, column, words),
        _ => identifier(text, column),
    }
}

fn adapted(text: &str, column: &Column, read: &str) -> String {
    format!("«{}»: «{}» letto come {read}", column.name, shown(text))
}

fn choice(text: &str, column: &Column, words: &'static [Choice]) -> Reading {
    let folded = fold(text);
    let index =
        words.iter().position(|choice| [choice.word].iter().chain(choice.synonyms).any(|word| fold(word) == folded));
    if let Some(index) = index {
        return Reading::Value(Value::Choice(index), None);
    }
    let list = words.iter().map(|choice| choice.word).collect::<Vec<_>>().join("», «");
    let hint = match nearest(text, words.iter().map(|choice| choice.word)) {
        Some(near) => format!("forse si voleva «{near}»; i valori previsti sono «{list}»"),
        None => format!("i valori previsti sono «{list}»"),
    };
    fault("WB-03", format!("«{}»: «{}» non è fra i valori previsti", column.name, shown(text)), hint)
}

fn identifier(text: &str, column: &Column) -> Reading {
    fn give<T>(
        parsed: Result<Parsed<T>, String>,
        wrap: fn(T) -> Value,
        show: fn(&T) -> &str,
    ) -> Result<(Value, Option<String>), String> {
        parsed.map(|parsed| {
            let restored = parsed.restored.then(|| show(&parsed.value).to_owned());
            (wrap(parsed.value), restored)
        })
    }
    let (code, outcome) = match column.kind {
        Kind::BodyCode => ("WB-03", give(BodyCode::parse(text), Value::BodyCode, BodyCode::as_str)),
        Kind::TaxCode => ("ENT-01", give(TaxCode::parse(text), Value::TaxCode, TaxCode::as_str)),
        Kind::VatNumber => ("ENT-02", give(VatNumber::parse(text), Value::VatNumber, VatNumber::as_str)),
        Kind::PostCode => ("ENT-03", give(PostCode::parse(text), Value::PostCode, PostCode::as_str)),
        Kind::IstatCode => ("WB-03", give(IstatCode::parse(text), Value::IstatCode, IstatCode::as_str)),
        Kind::OfficeCode => ("ENT-08", give(OfficeCode::parse(text), Value::OfficeCode, OfficeCode::as_str)),
        Kind::Pec => ("ENT-04", give(Pec::parse(text), Value::Pec, Pec::as_str)),
        Kind::Iban => ("WB-03", give(Iban::parse(text), Value::Iban, Iban::as_str)),
        _ => return misfit(text, column),
    };
    match outcome {
        Ok((value, None)) => Reading::Value(value, None),
        Ok((value, Some(whole))) => {
            let note =
                format!("«{}»: «{}» aveva perso gli zeri iniziali, letto come {whole}", column.name, shown(text));
            Reading::Value(value, Some(note))
        }
        Err(why) => fault(
            code,
            format!("«{}»: «{}» non è valido: {why}", column.name, shown(text)),
            match column.kind {
                Kind::Pec => "controllare l’indirizzo in IndicePA e riscriverlo per intero: nome@dominio.it",
                Kind::PostCode => "scrivere le cinque cifre del CAP; la cella va formattata come testo",
                Kind::Iban => "controllare l’IBAN e riscriverlo: quello italiano ha 27 caratteri",
                Kind::BodyCode => "scrivere un codice breve, di lettere, cifre e trattini",
                Kind::IstatCode => "scrivere le sei cifre del codice ISTAT; la cella va formattata come testo",
                _ => "controllare il codice in IndicePA e riscriverlo; la cella va formattata come testo",
            },
        ),
    }
}

fn from_number(number: &str, format: Option<&str>, column: &Column) -> Reading {
    let Ok(value) = number.parse::<Decimal>() else {
        return misfit(number, column);
    };
    match column.kind {
        Kind::Count => match numbers::whole(value) {
            Some(count) => Reading::Value(Value::Count(count), None),
            None => misfit(&crate::italian::decimal(value, 0), column),
        },
        Kind::Money if is_below(value, column) => negative(value, column),
        Kind::Money => Reading::Value(Value::Decimal(numbers::without_float_dust(value)), None),
        Kind::Percent => percent(value, false, format.is_some_and(|format| format.contains('%')), number, column),
        Kind::Date => fault(
            "WB-03",
            format!("«{}»: {number} è un numero, non una data", column.name),
            "formattare la cella come data, o scrivere la data per esteso: 12/03/2026",
        ),
        Kind::Bool if value == Decimal::ONE => Reading::Value(Value::Bool(true), None),
        Kind::Bool if value.is_zero() => Reading::Value(Value::Bool(false), None),
        Kind::Bool => misfit(number, column),
        _ => {
            let zeros = format.filter(|format| format.bytes().all(|b| b == b'0')).map_or(0, str::len).min(40);
            from_text(&format!("{number:0>zeros$}"), column)
        }
    }
}

#[cfg(test)]
mod tests;
