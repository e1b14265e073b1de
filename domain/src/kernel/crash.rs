//! Named points at which a test may end the process, to prove that a crash there loses nothing.
//!
//! In production nothing is armed and a point costs one relaxed load.

use std::sync::OnceLock;
use std::sync::atomic::{AtomicI64, Ordering};

/// A point at which the process may end, and what follows.
#[derive(Clone, Copy, Debug)]
pub struct Point {
    /// Name by which a test arms it; work and step, with a dot between.
    pub name: &'static str,
    /// Moment of the work at which the process dies there.
    pub dies: &'static str,
    /// Contents of the database after the death.
    pub found: &'static str,
    /// Recovery: the actor and the step that go on from there.
    pub next: &'static str,
}

const fn after(name: &'static str, dies: &'static str, found: &'static str, next: &'static str) -> Point {
    Point { name, dies, found, next }
}

/// Every point, in the order of the work. A test fails for a point that it does not crash at, for one that
/// stands in the sources and not here, and when the recovery table of docs/settlement.md says otherwise.
pub const POINTS: &[Point] = &[
    after(
        "write.finish",
        "before a mutation commits",
        "nothing of it",
        "the caller repeats it with the same idempotency key: it happens once",
    ),
    after(
        "upload.chunk",
        "before a chunk of an upload commits",
        "the chunks before",
        "the client sends the file again to the same URL: chunks begin anew",
    ),
    after(
        "upload.finish",
        "before the upload is complete",
        "all chunks; the import waits for its upload",
        "the client sends the file again to the same URL",
    ),
    after(
        "import.claim",
        "after the claim committed",
        "a new generation, the attempt counted, a lease of 60 s",
        "after the lease a worker takes an upload over, the same command a local file",
    ),
    after(
        "import.read",
        "after the file was read, before that is noted",
        "its rejected rows; no payment",
        "as above: the file is read again",
    ),
    after(
        "import.batch",
        "before a batch begins",
        "everything up to the batch before, with its receipt",
        "as above: the file is read again and compared by digest, rows that were posted are skipped",
    ),
    after(
        "import.checkpoint",
        "before a batch commits",
        "everything up to the batch before, with its receipt",
        "as above",
    ),
    after(
        "import.finish",
        "before completion commits",
        "all rows; the import is RUNNING",
        "as above; there is nothing left but to complete",
    ),
    after(
        "import.estimate",
        "before the estimates after an import are asked for",
        "the import is COMPLETED",
        "the nightly estimate covers its months; lines are true already",
    ),
    after(
        "recompute.batch",
        "before recomputed customers commit",
        "they are dirty as before",
        "the next tick, freeze or verification recomputes them",
    ),
    after(
        "schedule.turn",
        "after what the timetable wants was asked for, before its turn is spent",
        "the run or bill-out waits for a worker; the turn is not spent",
        "the next tick asks again, finds what was asked for, and spends the turn",
    ),
    after(
        "task.end",
        "after a task has done its work, before its row says so",
        "its work; a new generation, a lease of 60 s",
        "after the lease a worker runs it again: it finds what is left",
    ),
    after(
        "settle.claim",
        "after the claim committed",
        "a new generation, the attempt counted, a lease of 45 s",
        "after the lease the tick finds the run; another claim, at most five without progress",
    ),
    after(
        "sums.rebuild",
        "before sums built anew commit",
        "the month's sums are marked as before",
        "whoever needs them next builds them anew",
    ),
    after(
        "settle.freeze",
        "before the freeze commits",
        "the phase is FREEZE, no shard, the month is not closed",
        "after the lease the freeze is done anew",
    ),
    after(
        "settle.attempt",
        "before a shard's attempt is counted",
        "the shard waits as before",
        "after the lease the shard is tried",
    ),
    after(
        "settle.bill",
        "before a shard's bills commit",
        "earlier shards are DONE; this one has one attempt more and no bill",
        "after the lease the shard is done anew, at most three times",
    ),
    after(
        "settle.billed",
        "before the phase moves on",
        "every shard is done or set aside; the phase is BILL",
        "after the lease the phase moves on",
    ),
    after(
        "settle.close",
        "before the end commits",
        "all bills; the phase is CLOSE",
        "after the lease the proof and the end are done anew",
    ),
    after(
        "deadline.claim",
        "after a try of deadlines that have passed was counted",
        "the try, and that nobody else makes one for a minute; nobody was told",
        "a minute later the tick of any worker lets them fall due",
    ),
    after(
        "confirm.deadline",
        "before bills are confirmed by their deadlines",
        "bills and deadlines as before",
        "a minute later the tick of any worker lets the deadlines fall due and confirms the bills",
    ),
    after(
        "deadline.due",
        "before deadlines that have passed commit, with their events and effects",
        "as above",
        "as above, also for deadlines without an effect",
    ),
    after(
        "deadline.remind",
        "before reminders commit",
        "the deadlines as before, nobody was told",
        "the next tick reminds, unless the deadline has passed meanwhile",
    ),
    after(
        "freeze.release",
        "before a frozen part is released",
        "it is frozen as before, the ledger too",
        "the next tick releases it",
    ),
    after(
        "entitlement.expire",
        "before what was not requested in time lapses",
        "it is open as before, the ledger too",
        "the next tick lets it lapse; a request may be first",
    ),
    after(
        "file.store",
        "after the object of an upload was stored, before its row says so",
        "the file waits for its upload; the object belongs to nobody",
        "the client sends the file again to the same URL, and the first object is deleted; else both when the URL has expired",
    ),
    after(
        "export.claim",
        "after the claim committed",
        "a new generation, the attempt counted, a lease of 60 s",
        "after the lease a worker writes it anew, as of that instant; at most five tries",
    ),
    after(
        "export.write",
        "before its progress is noted",
        "the progress before; parts of an object that is not there yet",
        "as above: the parts are deleted first",
    ),
    after(
        "export.finish",
        "after the object was completed, before its row says so",
        "the export is RUNNING, its file waits; the object belongs to nobody",
        "as above: the object is deleted first",
    ),
    after(
        "outbox.fan_out",
        "before the messages of events commit",
        "the events wait to be passed on, no message of them",
        "the next turn of the post makes them",
    ),
    after(
        "outbox.claim",
        "after an attempt to send was counted",
        "the message is PENDING, its next attempt put off",
        "after the wait it is sent",
    ),
    after(
        "outbox.sent",
        "after the mail server took a message, before that is noted",
        "the message is PENDING, its next attempt put off",
        "after the wait it is sent once more, with the same Message-ID",
    ),
    after(
        "payout.order",
        "before an order to the gateway commits",
        "the request waits without an order",
        "the next tick makes the order",
    ),
    after(
        "payout.claim",
        "after the claim committed, before the order is sent",
        "a new generation, the attempt counted, a lease of 120 s",
        "after the lease the gateway is asked what it knows of the key, then the order is sent under it",
    ),
    after(
        "payout.sent",
        "after the gateway answered, before anything of it is written",
        "as above; the gateway has done it",
        "as above: the gateway answers the same key with what it did",
    ),
    after("payout.answer", "before order and request commit", "as above", "as above"),
    after(
        "payout.callback",
        "before a message of the gateway commits",
        "nothing of it",
        "the gateway sends it again; a payment is also asked for every 10 minutes",
    ),
    after(
        "market.bill_out",
        "before the bills of some sellers commit",
        "batches of sellers before are billed with their requests and postings; the month's bill-out is not finished",
        "after the lease of two minutes the tick goes over the sellers again: those that have a bill keep it",
    ),
];

/// The recovery table of docs/settlement.md.
#[must_use]
pub fn recovery_table() -> String {
    let head = "| point | dies | in the database | next |\n|---|---|---|---|\n".to_owned();
    POINTS
        .iter()
        .fold(head, |table, p| format!("{table}| `{}` | {} | {} | {} |\n", p.name, p.dies, p.found, p.next))
}

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
