//! Enums of months and of the runs that settle them.

use crate::stored::named;

named! {
    /// State of a month of the programme.
    MonthState {
        /// Facts come in.
        Open = "OPEN",
        /// At least one estimate was made.
        Estimated = "ESTIMATED",
        /// The draft was made: feedback is taken.
        Draft = "DRAFT",
        /// Closed for ever: what comes later is a correction in an open month.
        Final = "FINAL",
    }

    /// Kind of books that a settlement run makes.
    RunKind {
        /// Bills as they look so far.
        Estimate = "ESTIMATE",
        /// The reviewed draft of the month.
        Draft = "DRAFT",
        /// The final books of the month.
        Final = "FINAL",
    }

    /// State of a settlement run.
    RunState {
        /// Waits for a worker.
        Pending = "PENDING",
        /// A worker holds its lease.
        Running = "RUNNING",
        /// Stopped by an operator; can be resumed.
        Paused = "PAUSED",
        /// Everything written and proved.
        Succeeded = "SUCCEEDED",
        /// Stopped with an error; can be resumed.
        Failed = "FAILED",
        /// Given up by an operator.
        Cancelled = "CANCELLED",
    }

    /// Step of a settlement run that comes next.
    RunPhase {
        /// Fix the cut-off, recompute dirty customers, take the input digest.
        Freeze = "FREEZE",
        /// Sum the lines and write the bills, shard by shard of the partners.
        Bill = "BILL",
        /// Check the control totals and move the month.
        Close = "CLOSE",
    }

    /// State of a shard of a run.
    ShardState {
        /// Its partners are not billed yet.
        Pending = "PENDING",
        /// Every partner of it is billed or set aside.
        Done = "DONE",
        /// Failed too often; set aside with its error.
        Quarantined = "QUARANTINED",
    }
}
