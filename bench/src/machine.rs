//! Facts about the machine that the figures depend on beside the program.

use std::process::Command;

use tests::db::Backend;
use tests::pg::DURABLE;

/// Load of the machine, in words.
pub(crate) fn load() -> String {
    let load = std::fs::read_to_string("/proc/loadavg").unwrap_or_default();
    let load = load.split_whitespace().take(3).collect::<Vec<_>>().join(" ");
    let processors = std::thread::available_parallelism().map_or(0, usize::from);
    format!("load {load} on {processors} processors")
}

/// The commit that is measured, marked if files were changed since.
pub(crate) fn commit() -> String {
    let output = Command::new("git").args(["describe", "--always", "--dirty"]).output();
    output.map_or_else(|_| "unknown".to_owned(), |o| String::from_utf8_lossy(&o.stdout).trim().to_owned())
}

/// The settings of a database, the same for both sides.
pub(crate) fn settings(backend: Backend) -> String {
    match backend {
        Backend::Sqlite => "WAL, synchronous FULL".to_owned(),
        Backend::Postgres => DURABLE.join(" "),
    }
}
