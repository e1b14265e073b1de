//! How soon freed memory goes back to the system.

use std::os::unix::process::CommandExt as _;
use std::process::Command;

/// What the allocator reads before `main` begins, and only then: milliseconds.
const DELAY: &str = "MIMALLOC_PURGE_DELAY";
/// Its own choice is a second: a busy import then holds half as much memory again as it uses.
const MILLISECONDS: &str = "10";

/// Begins the process anew with the shorter delay, unless somebody chose one. It stays the same process, with the same
/// id and files. Where it cannot begin anew, it goes on as it is.
pub(crate) fn give_back_soon() {
    if std::env::var_os(DELAY).is_some() {
        return;
    }
    let Ok(program) = std::env::current_exe() else { return };
    let mut arguments = std::env::args_os();
    let mut command = Command::new(program);
    if let Some(name) = arguments.next() {
        command.arg0(name);
    }
    // Comes back only if it failed.
    let _ = command.args(arguments).env(DELAY, MILLISECONDS).exec();
}
