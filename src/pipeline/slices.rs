//! Which body is of which slice of a run: by a digest of its code, so that adding or removing a body moves no other, and
//! every machine agrees without having to be told.

use std::fmt;

use sha2::{Digest, Sha256};

use crate::dossier::Body;

/// A slice: "2/4" is the second of four.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Slice {
    /// From one.
    pub number: usize,
    /// How many there are.
    pub of: usize,
}

impl Slice {
    /// Reads "2/4"; nothing where there is no such slice.
    pub fn parse(text: &str) -> Option<Self> {
        let (number, of) = text.split_once('/')?;
        let slice = Self { number: number.trim().parse().ok()?, of: of.trim().parse().ok()? };
        (1..=slice.of).contains(&slice.number).then_some(slice)
    }
}

impl fmt::Display for Slice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.number, self.of)
    }
}

/// The slice of a body, from one to `of`. A body without a code goes by its name.
pub fn slice_of(body: &Body, of: usize) -> usize {
    let key = if body.code().is_empty() { body.name() } else { body.code() };
    slice_of_key(key, of)
}

fn slice_of_key(key: &str, of: usize) -> usize {
    let digest: [u8; 32] = Sha256::digest(key.as_bytes()).into();
    let [a, b, c, d, e, f, g, h, ..] = digest;
    let number = u64::from_be_bytes([a, b, c, d, e, f, g, h]);
    // The remainder is below `of`.
    usize::try_from(number % (of.max(1) as u64)).unwrap_or_default() + 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slices_are_of_like_size_and_never_change() {
        let of = |n: u32| slice_of_key(&format!("c_a{n:03}"), 4);
        let mut counts = [0; 4];
        (0..1_000).for_each(|n| counts[of(n) - 1] += 1);
        assert!(counts.iter().all(|count| (200..300).contains(count)), "{counts:?}");
        // Were these to change, machines with two versions of the program would not agree: printf c_a035 | sha256sum.
        assert_eq!([1, 2, 3, 4, 7].map(|of| slice_of_key("c_a035", of)), [1, 2, 2, 4, 5]);
    }
}
