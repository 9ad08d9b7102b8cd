//! The program from outside: exit statuses, Italian messages, reports for people and programs.

mod arguments;
mod examine;
mod fees;
mod invoice;
mod reports;
mod term;
mod work;
