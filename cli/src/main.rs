//! The program `partner-center`.

use std::process::ExitCode;

/// Half as many instructions per small allocation as the allocator of the system; GraphQL answers are
/// made of small allocations.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    partner_center::main()
}
