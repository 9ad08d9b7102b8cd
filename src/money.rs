//! Sums of money in euro. Exact decimals with two places; never a float.

use std::fmt;
use std::iter::Sum;
use std::ops::{Add, Sub};

use rust_decimal::{Decimal, RoundingStrategy};
use serde::{Deserialize, Serialize};

use crate::italian;

/// An amount in euro, always with two decimals, rounded half up (away from zero) when made.
///
/// Limits: absolute value under 10¹² euro, which [`Money::checked`] enforces on data.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Money(Decimal);

impl Default for Money {
    fn default() -> Self {
        Self::ZERO
    }
}

impl Money {
    /// Nothing.
    pub const ZERO: Self = Self(Decimal::from_parts(0, 0, 0, false, 2));

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

    /// This amount, not negative, in shares in proportion to `weights`, by largest remainder: every share is rounded
    /// down to the cent, and the cents left over go one each to the shares with the largest remainders, the first of equal
    /// ones. The shares always add up to the amount, and a larger weight never gets a smaller share.
    ///
    /// `None` where nobody has a weight, or the amount is negative.
    pub fn shares(self, weights: &[u64]) -> Option<Vec<Self>> {
        let mut exact = self.0;
        exact.rescale(2);
        let cents = u128::try_from(exact.mantissa()).ok()?;
        let all: u128 = weights.iter().map(|weight| u128::from(*weight)).sum();
        if all == 0 {
            return None;
        }
        let mut parts = Vec::with_capacity(weights.len());
        for (index, weight) in weights.iter().enumerate() {
            let product = cents.checked_mul(u128::from(*weight))?;
            parts.push((product.checked_div(all)?, product.checked_rem(all)?, index));
        }
        let given: u128 = parts.iter().map(|(floor, ..)| floor).sum();
        let left = usize::try_from(cents.checked_sub(given)?).ok()?;
        parts.sort_by(|(_, one, first), (_, other, second)| other.cmp(one).then(first.cmp(second)));
        for (floor, ..) in parts.iter_mut().take(left) {
            *floor += 1;
        }
        parts.sort_by_key(|(.., index)| *index);
        parts
            .into_iter()
            .map(|(cents, ..)| Some(Self(Decimal::try_from_i128_with_scale(i128::try_from(cents).ok()?, 2).ok()?)))
            .collect()
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
    fn shares_give_the_odd_cents_to_the_largest_remainders() {
        let shares = |sum: &str, weights: &[u64]| {
            let shares = money(sum).shares(weights)?;
            Some(shares.iter().map(|share| share.0.to_string()).collect::<Vec<_>>())
        };
        let wanted = |shares: &[&str]| Some(shares.iter().map(|share| (*share).to_owned()).collect::<Vec<_>>());
        assert_eq!(shares("100", &[1, 1, 1]), wanted(&["33.34", "33.33", "33.33"]));
        assert_eq!(shares("0.05", &[1, 1, 5]), wanted(&["0.01", "0.01", "0.03"]));
        assert_eq!(shares("10", &[0, 3]), wanted(&["0.00", "10.00"]));
        assert_eq!(shares("999999999999.99", &[u64::MAX, u64::MAX]), wanted(&["500000000000.00", "499999999999.99"]));
        assert_eq!(shares("10", &[0, 0]), None);
        assert_eq!(shares("10", &[]), None);
        assert_eq!(shares("-1", &[1]), None);
    }

    #[test]
    fn half_a_cent_rounds_up() {
        assert_eq!(money("0.005"), money("0.01"));
        assert_eq!(money("2.675"), money("2.68"));
    }
}
