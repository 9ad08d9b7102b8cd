//! Scrivano writes the administrative acts of Italian local bodies from one checked spreadsheet.
pub mod act;
pub mod diagnostic;
pub mod emit;
pub mod place;
pub mod rule;
pub mod table;
