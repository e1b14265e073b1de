//! Named points at which a test may end the process, to prove that a crash there loses nothing.
//!
//! In production nothing is armed and a point costs one relaxed load.

use std::sync::OnceLock;
use std::sync::atomic::{AtomicI64, Ordering};

/// Every point, in the order of the work. A test fails for a point that it does not crash at, and for one
/// that stands in the sources and not here.
pub const POINTS: &[&str] = &[
    "write.finish",
    "upload.chunk",
    "upload.finish",
    "import.claim",
    "import.batch",
    "import.checkpoint",
    "import.finish",
    "import.estimate",
    "recompute.batch",
    "schedule.turn",
    "settle.claim",
    "settle.freeze",
    "settle.attempt",
    "settle.bill",
    "settle.billed",
    "settle.close",
    "confirm.deadline",
];

static ARMED: OnceLock<(String, AtomicI64)> = OnceLock::new();

/// Arms `point`: the process aborts when it is passed for the `nth` time (from 1). Once per process.
pub fn arm(point: &str, nth: i64) {
    let _ = ARMED.set((point.to_owned(), AtomicI64::new(nth)));
}

/// Passes a point.
pub fn point(name: &str) {
    if let Some((armed, left)) = ARMED.get()
        && armed == name
        && left.fetch_sub(1, Ordering::SeqCst) == 1
    {
        tracing::error!(point = name, "crash point reached: aborting");
        std::process::abort();
    }
}
