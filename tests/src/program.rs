//! The program `partner-center` for tests: cargo tells tests of this crate where it is.

use std::process::ExitCode;

fn main() -> ExitCode {
    partner_center::main()
}
