//! Turns the outcome of [`scrivano::cli::run`] into the exit code of the process; nothing else.

use std::process::ExitCode;

fn main() -> ExitCode {
    scrivano::cli::run().into()
}
