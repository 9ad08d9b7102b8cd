//! Scrivano writes the administrative acts of Italian local bodies from one checked spreadsheet.
pub mod diagnostic;
pub mod place;
pub mod read;
pub mod rule;
pub mod table;
