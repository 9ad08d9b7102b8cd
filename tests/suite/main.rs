//! The one integration-test binary: a module per subject. `cargo test` needs Rust alone.

mod cli;
mod faithful;
mod fixtures;
mod floors;
mod formats;
mod generated;
mod outputs;
mod rules;
mod support;
