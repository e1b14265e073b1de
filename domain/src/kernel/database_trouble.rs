//! Errors of the database that pass by themselves, told from those that do not. PURE.

use sea_orm::sqlx::Error as SqlxError;
use sea_orm::{DbErr, RuntimeErr};

/// Trouble of the database itself that passes without a change of ours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Trouble {
    /// Away, busy, starting, stopping, or out of connections: the same statement may succeed later.
    Away,
    /// Its disk is full: the same statement succeeds when there is space.
    Full,
}

/// The passing trouble behind an error, or nothing: then the error is a surprise.
pub(crate) fn of(error: &DbErr) -> Option<Trouble> {
    let inner = match error {
        DbErr::ConnectionAcquire(_) => return Some(Trouble::Away),
        DbErr::Conn(e) | DbErr::Exec(e) | DbErr::Query(e) => e,
        _ => return None,
    };
    let RuntimeErr::SqlxError(inner) = inner else { return None };
    match inner.as_ref() {
        // A server that stops in mid-sentence breaks the protocol.
        SqlxError::Protocol(_)
        | SqlxError::Io(_)
        | SqlxError::Tls(_)
        | SqlxError::PoolTimedOut
        | SqlxError::PoolClosed
        | SqlxError::WorkerCrashed => Some(Trouble::Away),
        SqlxError::Database(e) => e.code().and_then(|code| of_code(&code)),
        _ => None,
    }
}

/// By the code of the database: five characters are PostgreSQL's SQLSTATE, fewer a result code of SQLite.
fn of_code(code: &str) -> Option<Trouble> {
    if code.len() == 5 { of_sqlstate(code) } else { of_sqlite(code.parse().ok()?) }
}

fn of_sqlstate(code: &str) -> Option<Trouble> {
    match code {
        // disk_full
        "53100" => Some(Trouble::Full),
        // serialization_failure, deadlock_detected, lock_not_available
        "40001" | "40P01" | "55P03"
        // query_canceled (statement_timeout), idle_in_transaction_session_timeout, transaction_timeout
        | "57014" | "25P03" | "25P04"
        // read_only_sql_transaction: a standby that is not yet, or no longer, the primary
        | "25006"
        // io_error
        | "58030" => Some(Trouble::Away),
        // connection exceptions; insufficient resources; operator intervention (stopping, crashed, starting)
        _ => matches!(code.get(..2), Some("08" | "53" | "57")).then_some(Trouble::Away),
    }
}

/// The low byte is the result, the rest says more of it.
fn of_sqlite(code: i32) -> Option<Trouble> {
    const BUSY: i32 = 5;
    const LOCKED: i32 = 6;
    const IO_ERROR: i32 = 10;
    const FULL: i32 = 13;
    const CANNOT_OPEN: i32 = 14;
    match code & 0xFF {
        FULL => Some(Trouble::Full),
        BUSY | LOCKED | IO_ERROR | CANNOT_OPEN => Some(Trouble::Away),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_of_either_database_says_whether_it_passes() {
        for (code, trouble) in [
            ("57P01", Some(Trouble::Away)),
            ("57P03", Some(Trouble::Away)),
            ("08006", Some(Trouble::Away)),
            ("53300", Some(Trouble::Away)),
            ("53100", Some(Trouble::Full)),
            ("40P01", Some(Trouble::Away)),
            ("57014", Some(Trouble::Away)),
            ("23505", None),
            ("42P01", None),
            ("22003", None),
            ("5", Some(Trouble::Away)),
            ("517", Some(Trouble::Away)),
            ("778", Some(Trouble::Away)),
            ("13", Some(Trouble::Full)),
            ("2067", None),
            ("1", None),
            ("", None),
        ] {
            assert_eq!(of_code(code), trouble, "{code}");
        }
    }
}
