//! The program `partner-center` for tests: cargo tells tests of this crate where it is.

// A GraphQL execution is a future as deep as the schema: its layout needs more than the default of 128.
#![recursion_limit = "256"]

use std::process::ExitCode;

fn main() -> ExitCode {
    partner_center::main()
}
