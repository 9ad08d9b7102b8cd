//! Workbooks as people have them: other programs, other formats, other layouts; and files that are no workbooks.

mod clerks;
mod hostile;
mod saved;
