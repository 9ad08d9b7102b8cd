//! Scrivano writes the administrative acts of Italian local bodies from one checked spreadsheet.
pub mod act;
pub mod check;
pub mod date;
pub mod diagnostic;
pub mod dossier;
pub mod fees;
pub mod gazetteer;
pub mod identifier;
pub mod italian;
pub mod model;
pub mod money;
pub mod place;
pub mod rule;
pub mod schema;
pub mod table;
