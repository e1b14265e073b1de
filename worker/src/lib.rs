//! The doorbell of the batch side: "look at this row now".
//!
//! What must happen is a row in the database. A bell only carries the row's id through the queue so
//! that some worker looks sooner than the next tick. Bells may be lost, doubled or late: the handler
//! claims its work in the database and finds nothing to do when somebody else was first. The tick,
//! driven by every worker process itself, keeps everything moving while the queue is away.
//!
//! ```text
//! ring ──▶ queue (SQLite table or Redis) ──▶ listener ──▶ handler(bell)      listener lost → back off, listen again
//!                                  tick_every ─────────▶ handler(Bell::Tick)  independent of the queue
//! ```
//!
//! Only `queue_listen.rs`, `queue_sqlite.rs` and `queue_redis.rs` name apalis. Why they use it the way they
//! do is written where they do it; `tests/queue.rs` holds the measurements as tests.

mod bell;
mod guard;
mod mail;
mod news;
mod payout;
mod queue;
mod queue_listen;
mod queue_redis;
mod queue_rung;
mod queue_sqlite;
mod run;
mod tick;

pub use bell::{Bell, BellError};
pub use guard::Handler;
pub use mail::{
    MailError, Mailer, check_url as check_mail_url, is_address as is_mail_address, sender as mail_sender,
};
pub use news::NewsChannel;
pub use payout::payout_gateway;
pub use queue::{QueueConfig, Ringer};
pub use queue_listen::{MAX_WAITING, QueueError};
pub use queue_rung::Rung;
pub use queue_sqlite::{QueueMigration, queue_down, queue_migrate, queue_status};
pub use run::{DEFAULT_CONCURRENCY, DEFAULT_HANDLER_LIMIT, WorkerError, WorkerSettings, run};
