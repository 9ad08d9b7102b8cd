//! The one integration-test binary: a module per subject. `cargo test` needs Rust alone.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a broken assumption of a test is a failed test"
)]

mod agreement;
mod annotated;
mod cli;
mod examine;
mod faithful;
mod fixtures;
mod floors;
mod formats;
mod generated;
mod intruders;
mod invoices;
mod licences;
mod outputs;
mod properties;
mod register_copy;
mod rules;
mod sdi;
mod signatures;
mod support;
mod texts;
mod walkthrough;
mod web;
