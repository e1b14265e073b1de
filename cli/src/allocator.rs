//! The memory that the allocator holds.

use std::os::unix::process::CommandExt as _;
use std::process::Command;

/// Variables that the allocator reads before `main` begins, and only then, with their values.
///
/// - How soon freed memory goes back to the system, in milliseconds. Its own choice is a second: a busy import then holds
///   half as much memory again as it uses.
/// - No huge pages. Of each of them, 2 MB, it would hold all where little is used: a quarter of an import, and half of a
///   process at rest. Nothing measured is faster with them.
const SETTINGS: [(&str, &str); 2] = [("MIMALLOC_PURGE_DELAY", "10"), ("MIMALLOC_ALLOW_THP", "0")];

/// Begins the process anew with these settings, but those that somebody chose. It stays the same process, with the same
/// id and files. Where it cannot begin anew, it goes on as it is.
pub(crate) fn hold_little() {
    let missing: Vec<_> = SETTINGS.into_iter().filter(|(name, _)| std::env::var_os(name).is_none()).collect();
    if missing.is_empty() {
        return;
    }
    let Ok(program) = std::env::current_exe() else { return };
    let mut arguments = std::env::args_os();
    let mut command = Command::new(program);
    if let Some(name) = arguments.next() {
        command.arg0(name);
    }
    // Comes back only if it failed.
    let _ = command.args(arguments).envs(missing).exec();
}
