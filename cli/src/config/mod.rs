//! Configuration: from flags, else from the environment, else a default. One struct per role.
//!
//! Values are texts first (`…Args`, filled by clap) and are then checked together, so that every error is
//! reported at once; the checked structs are what the rest of the program sees.

pub mod auth;
pub mod database;
pub mod documents;
pub mod files;
pub mod log;
pub mod mail;
pub mod payout;
pub mod problems;
pub mod queue;
pub mod reference;
pub mod secret;
pub mod serve;
pub mod worker;

pub use auth::{Auth, AuthArgs, KeyPlace};
pub use database::{Database, DatabaseArgs};
pub use documents::{Documents, DocumentsArgs, WhichDocuments};
pub use files::{FilePlace, FilesArgs};
pub use log::{Log, LogArgs, LogFormat};
pub use mail::{Mail, MailArgs};
pub use payout::{Payout, PayoutArgs};
pub use problems::Problems;
pub use queue::{Queue, QueueArgs};
pub use secret::{Secret, SecretUrl};
pub use serve::{Serve, ServeArgs};
pub use worker::{Worker, WorkerArgs};
