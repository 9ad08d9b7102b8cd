//! Sums of money in euro. Exact decimals with two places; never a float.

use std::fmt;
use std::iter::Sum;
use std::ops::{Add, Sub};

use rust_decimal::{Decimal, RoundingStrategy};
use serde::Serialize;

use crate::italian;

/// An amount in euro, always with two decimals, rounded half up (away from zero) when made.
///
/// Limits: absolute value under 10¹² euro, which [`Money::checked`] enforces on data.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct Money(Decimal);

impl Money {
    /// Nothing.
    pub const ZERO: Self = Self(Decimal::ZERO);

    /// Rounds `amount` (euro) to the cent, half up, as art. 5 Reg. (CE) 1103/97 has it.
    pub fn round(amount: Decimal) -> Self {
        let mut cents = amount.round_dp_with_strategy(2, RoundingStrategy::MidpointAwayFromZero);
        cents.rescale(2);
        Self(cents)
    }

    /// Like [`Money::round`], or `None` beyond 10¹² euro.
    pub fn checked(amount: Decimal) -> Option<Self> {
        (amount.abs() < Decimal::new(1_000_000_000_000, 0)).then(|| Self::round(amount))
    }

    /// The amount in euro, with two decimals.
    pub fn decimal(self) -> Decimal {
        self.0
    }

    /// This amount times a whole number, exactly.
    #[must_use]
    pub fn times(self, factor: u32) -> Self {
        Self::round(self.0 * Decimal::from(factor))
    }

    /// `percent` hundredths of this amount, rounded to the cent.
    #[must_use]
    pub fn percent(self, percent: Decimal) -> Self {
        Self::round(self.0 * percent / Decimal::ONE_HUNDRED)
    }

    /// True for zero.
    pub fn is_zero(self) -> bool {
        self.0.is_zero()
    }

    /// In words, cents after a bar, as acts and cheques have it: "milleduecento/50".
    pub fn words(self) -> String {
        let whole = self.0.trunc();
        let cents = ((self.0 - whole) * Decimal::ONE_HUNDRED).abs();
        let sign = if self.0.is_sign_negative() && !self.0.is_zero() { "meno " } else { "" };
        let euro = u64::try_from(whole.abs()).unwrap_or(0);
        format!("{sign}{}/{:02}", italian::number_words(euro), u32::try_from(cents).unwrap_or(0))
    }
}

/// "€ 1.234,56", with a no-break space so that sign and figure stay together.
impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "€\u{a0}{}", italian::decimal(self.0, 2))
    }
}

impl Add for Money {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self::round(self.0 + other.0)
    }
}

impl Sub for Money {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self::round(self.0 - other.0)
    }
}

impl Sum for Money {
    fn sum<I: Iterator<Item = Self>>(amounts: I) -> Self {
        amounts.fold(Self::ZERO, Add::add)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn money(text: &str) -> Money {
        Money::round(text.parse().expect("a decimal"))
    }

    #[test]
    fn figures_are_italian() {
        assert_eq!(money("1234.5").to_string(), "€\u{a0}1.234,50");
        assert_eq!(money("0").to_string(), "€\u{a0}0,00");
        assert_eq!(money("-1000000").to_string(), "€\u{a0}-1.000.000,00");
    }

    #[test]
    fn words_put_cents_after_a_bar() {
        assert_eq!(money("929.28").words(), "novecentoventinove/28");
        assert_eq!(money("21001.05").words(), "ventunomilauno/05");
    }

    #[test]
    fn half_a_cent_rounds_up() {
        assert_eq!(money("0.005"), money("0.01"));
        assert_eq!(money("2.675"), money("2.68"));
    }
}
