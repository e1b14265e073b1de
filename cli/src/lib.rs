//! The front door: the command line of Partner Center. One file a verb; each composes the other crates.

// A GraphQL execution is a future as deep as the schema: its layout needs more than the default of 128.
#![recursion_limit = "256"]

use std::io::{self, Write};
use std::process::ExitCode;

use clap::Parser;

mod bill_files;
mod command;
pub mod config;
mod csv_file;
mod demo;
mod env;
mod months;
mod outcome;
mod print;
mod process;
mod verb;

use command::Cli;
use outcome::{Outcome, explain};

/// The program: reads arguments and environment, does what the verb says, and returns its exit code
/// (0 done, 1 failed, 2 wrong arguments or configuration, 3 done but rows were rejected, 4 stopped before its end).
#[must_use]
pub fn main() -> ExitCode {
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => {
            let _ = writeln!(io::stderr(), "The program could not start: {error}");
            return Outcome::Failed.into();
        }
    };
    let cli = Cli::parse();
    let lang = cli.lang();
    let mut out = io::stdout();
    let outcome = runtime.block_on(command::run(cli, &mut out));
    // Threads that wait for standard input cannot be stopped: do not wait for them.
    runtime.shutdown_background();
    match outcome {
        Ok(outcome) => outcome.into(),
        Err(error) => {
            let (outcome, text) = explain(&error, lang);
            if !text.is_empty() {
                let _ = writeln!(io::stderr(), "{text}");
            }
            outcome.into()
        }
    }
}
