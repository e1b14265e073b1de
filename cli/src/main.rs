//! The program `partner-center`.

// A GraphQL execution is a future as deep as the schema: its layout needs more than the default of 128.
#![recursion_limit = "256"]

mod allocator;

use std::process::ExitCode;

/// Half as many instructions per small allocation as the allocator of the system; GraphQL answers are
/// made of small allocations.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    allocator::hold_little();
    partner_center::main()
}
