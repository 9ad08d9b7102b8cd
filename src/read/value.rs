//! Values common to all formats: numbers as plain digits, ISO dates, the Italian names of the errors.

use std::sync::Arc;

use chrono::{NaiveDate, NaiveDateTime, NaiveTime};

use crate::table::Raw;

/// A number in plain digits (the shortest that give the same number back), with its display format if one is known.
/// What is not a number at all becomes the error that Excel shows for it.
pub(super) fn number(value: f64, format: Option<Arc<str>>) -> Raw {
    if !value.is_finite() {
        return Raw::Error("#NUM!".into());
    }
    // Display of f64 never uses an exponent; adding zero turns -0 into 0.
    Raw::Number(format!("{}", value + 0.0), format)
}

/// The Italian spelling of an error of Excel, written in Italian or English; `None` for any other text.
pub(super) fn italian_error(text: &str) -> Option<&'static str> {
    Some(match text {
        "#N/A" | "#N/D" => "#N/D",
        "#REF!" | "#RIF!" => "#RIF!",
        "#VALUE!" | "#VALORE!" => "#VALORE!",
        "#DIV/0!" => "#DIV/0!",
        "#NAME?" | "#NOME?" => "#NOME?",
        "#NUM!" => "#NUM!",
        "#NULL!" | "#NULLO!" => "#NULLO!",
        _ => return None,
    })
}

/// An ISO date or date with time ("2025-03-12", "2025-12-31T12:30:00").
pub(super) fn iso_date(text: &str) -> Option<NaiveDateTime> {
    let text = text.trim().trim_end_matches('Z');
    NaiveDateTime::parse_from_str(text, "%Y-%m-%dT%H:%M:%S%.f")
        .or_else(|_| NaiveDate::parse_from_str(text, "%Y-%m-%d").map(|day| day.and_time(NaiveTime::MIN)))
        .ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_never_have_an_exponent() {
        let text = |value: f64| match number(value, None) {
            Raw::Number(text, None) => text,
            other => format!("{other:?}"),
        };
        assert_eq!(text(12345.7), "12345.7");
        assert_eq!(text(-3.0), "-3");
        assert_eq!(text(-0.0), "0");
        assert_eq!(text(0.000_000_1), "0.0000001");
        assert_eq!(text(1e21), "1000000000000000000000");
        assert_eq!(number(f64::NAN, None), Raw::Error("#NUM!".into()));
    }

    #[test]
    fn iso_dates_with_and_without_time() {
        assert_eq!(iso_date("2025-03-12").map(|d| d.to_string()).as_deref(), Some("2025-03-12 00:00:00"));
        assert_eq!(
            iso_date("2025-12-31T12:30:00.5Z").map(|d| d.to_string()).as_deref(),
            Some("2025-12-31 12:30:00.500")
        );
        assert_eq!(iso_date("12/03/2025"), None);
    }
}
