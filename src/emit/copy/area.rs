//! Names of cells and areas, and how an area grows with the rows of the register.

use super::plan::Plan;

/// First and last row and column, zero-based.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Area {
    /// First row and column.
    pub(super) first: (u32, u32),
    /// Last row and column.
    pub(super) last: (u32, u32),
}

impl Area {
    /// Reads "A1:M20" or "A1"; dollars are passed over.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let text = text.replace('$', "");
        let (first, last) = text.split_once(':').unwrap_or((&text, &text));
        Some(Self { first: position(first)?, last: position(last)? })
    }

    /// "A1:M20".
    pub(super) fn name(&self) -> String {
        format!("{}:{}", name(self.first.0, self.first.1), name(self.last.0, self.last.1))
    }

    /// "$A$1:$M$20".
    pub(super) fn fixed_name(&self) -> String {
        let fixed = |(row, col): (u32, u32)| format!("${}${}", letters(col), row + 1);
        format!("{}:{}", fixed(self.first), fixed(self.last))
    }

    /// The area grown over the rows that are added right under it, where it holds the header; `None` where it does not grow.
    pub(super) fn grown(&self, plan: &Plan) -> Option<Self> {
        let (row, _) = plan.corner()?;
        let holds_header = (self.first.0..=self.last.0).contains(&plan.header);
        let is_next = plan.first_new <= self.last.0 + 1;
        let rows = if holds_header && is_next { row.max(self.last.0) } else { self.last.0 };
        let grown = Self { first: self.first, last: (rows, self.last.1) };
        (grown != *self).then_some(grown)
    }
}

fn letters(col: u32) -> String {
    let mut letters = String::new();
    let mut left = col + 1;
    while left > 0 {
        let digit = u8::try_from((left - 1) % 26).unwrap_or(0);
        letters.insert(0, char::from(b'A' + digit));
        left = (left - 1) / 26;
    }
    letters
}

/// "C7" of a zero-based row and column.
pub(super) fn name(row: u32, col: u32) -> String {
    format!("{}{}", letters(col), row + 1)
}

/// Zero-based row and column of "C7".
pub(super) fn position(name: &str) -> Option<(u32, u32)> {
    let digits = name.find(|c: char| c.is_ascii_digit())?;
    let (col, row) = name.split_at(digits);
    let mut number = 0_u32;
    for c in col.chars() {
        let digit = c.to_ascii_uppercase() as u32;
        number =
            number.checked_mul(26)?.checked_add(digit.checked_sub(64).filter(|digit| (1..=26).contains(digit))?)?;
    }
    Some((row.parse::<u32>().ok()?.checked_sub(1)?, number.checked_sub(1)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_named_as_spreadsheets_do() {
        for (index, wanted) in [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA"), (16_383, "XFD")] {
            assert_eq!(letters(index), wanted);
            assert_eq!(position(&format!("{wanted}7")), Some((6, index)));
        }
        assert_eq!(position("A0"), None);
        assert_eq!(position("7"), None);
        assert_eq!(
            Area::parse("$A$1:$M$20").map(|area| (area.name(), area.fixed_name())),
            Some(("A1:M20".into(), "$A$1:$M$20".into()))
        );
    }
}
