//! The table itself, one line of constants per rule; pages are the Markdown files beside it.

use super::Rule;

/// Every rule, in order of group and number.
pub static RULES: &[Rule] = &[];
