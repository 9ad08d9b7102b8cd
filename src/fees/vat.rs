//! The VAT regime of the fees: FEE-07.

use rust_decimal::Decimal;

use crate::diagnostic::Diagnostic;
use crate::dossier::Convention;
use crate::italian::decimal;
use crate::place::Place;
use crate::rule::Severity;
use crate::schema::{Choices, VatRegime};

/// The rates in force, in hundredths (D.P.R. 633/1972, art. 16 and table A).
const RATES: [u32; 4] = [4, 5, 10, 22];

/// The VAT rate in hundredths, zero outside its scope. Reports FEE-07.
pub fn rate(convention: &Convention, found: &mut Vec<Diagnostic>) -> Decimal {
    let (regime, rate) = (&convention.regime_iva, &convention.aliquota_iva);
    let mut fault = |field: Place, message: String, hint: &str, severity| {
        let place = if field.is_none() { convention.place.clone() } else { field };
        found.push(Diagnostic::new("FEE-07", place, message).hint(hint).severity(severity));
    };
    let is_rate = |rate: Decimal| (Decimal::ZERO..=Decimal::ONE_HUNDRED).contains(&rate);
    match (regime.copied(), rate.copied()) {
        (None, _) if regime.is_absent() => fault(
            regime.place.clone(),
            "manca il regime IVA delle quote".to_owned(),
            "scrivere «fuori campo», «esente» o «imponibile» nel campo «regime_iva»",
            Severity::Error,
        ),
        (Some(VatRegime::Imponibile), Some(stated)) if is_rate(stated) && !stated.is_zero() => {
            if !RATES.iter().any(|known| Decimal::from(*known) == stated) {
                let message = format!("l’aliquota IVA «{}» non è fra quelle in vigore", decimal(stated, 0));
                fault(
                    rate.place.clone(),
                    message,
                    "le aliquote sono 4, 5, 10 e 22: controllare il campo «aliquota_iva»",
                    Severity::Warning,
                );
            }
            return stated;
        }
        (Some(VatRegime::Imponibile), Some(stated)) if stated.is_zero() => fault(
            rate.place.clone(),
            "le quote sono imponibili, ma l’aliquota IVA è zero".to_owned(),
            "correggere «aliquota_iva», o scrivere «esente» o «fuori campo» in «regime_iva»",
            Severity::Error,
        ),
        (Some(VatRegime::Imponibile), None) if rate.is_absent() => fault(
            rate.place.clone(),
            "le quote sono imponibili, ma manca l’aliquota IVA".to_owned(),
            "scrivere l’aliquota nel campo «aliquota_iva», per esempio 22",
            Severity::Error,
        ),
        (_, Some(stated)) if !is_rate(stated) => fault(
            rate.place.clone(),
            format!("l’aliquota IVA «{}» non è fra 0 e 100", decimal(stated, 0)),
            "correggere il campo «aliquota_iva»",
            Severity::Error,
        ),
        (Some(regime), Some(stated)) if !stated.is_zero() => fault(
            rate.place.clone(),
            format!("c’è l’aliquota IVA «{}», ma il regime è «{}»", decimal(stated, 0), regime.word()),
            "svuotare «aliquota_iva», o scrivere «imponibile» in «regime_iva»",
            Severity::Warning,
        ),
        _ => {}
    }
    Decimal::ZERO
}
