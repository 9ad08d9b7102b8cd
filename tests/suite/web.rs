//! The web desk over a real connection on loopback: the job of a clerk from end to end, attacks, visitors side by side.

mod attacks;
mod client;
mod returned;
mod trial;
mod visitors;
mod walk;
