//! Memory of a process, from the kernel.

/// The most it had, in MB; 0 where the kernel does not say. `process` is an id, or `self`.
pub(crate) fn peak_mb(process: &str) -> u64 {
    read(process, "VmHWM:") / 1024
}

/// Resident memory of a process now, in kB.
pub(crate) fn resident_kb(process: &str) -> u64 {
    read(process, "VmRSS:")
}

fn read(process: &str, name: &str) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with(name));
    line.and_then(|line| line.split_whitespace().nth(1)).and_then(|n| n.parse().ok()).unwrap_or(0)
}
