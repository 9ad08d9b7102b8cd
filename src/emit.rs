//! Writers of files: bytes in memory, never a path.

pub mod register;
pub mod workbook;
