//! Every bound of the front: a named constant with its unit and a reason.

use std::time::Duration;

// ---- the request as bytes ----

/// Largest POST body, in bytes. A document and its variables; files travel by upload URL.
pub const BODY_MAX: usize = 256 * 1024;
/// Longest query string of a GET, in bytes: what proxies commonly pass.
pub const URL_QUERY_MAX: usize = 8 * 1024;
/// All header lines together (`name: value` and line ends), in bytes. A bearer token is below 8 KiB.
pub const HEADERS_MAX: usize = 32 * 1024;
/// Time for a client to send its headers: a slower one holds a connection for nothing.
pub const HEADER_READ_TIMEOUT: Duration = Duration::from_secs(10);
/// Time for a client to send its body: 256 KiB take 9 KiB/s.
pub const BODY_READ_TIMEOUT: Duration = Duration::from_secs(30);
/// Longest request id taken from a client, in bytes; it is written to logs and audit rows.
pub const REQUEST_ID_MAX: usize = 64;

// ---- the document ----

/// Longest document, in bytes. GraphiQL's introspection takes 2 KiB, the largest screen about 10.
pub const DOCUMENT_MAX: usize = 32 * 1024;
/// Deepest nesting of fields. Introspection needs 13.
pub const DEPTH_MAX: u64 = 15;
/// Deepest nesting of selections and fragments together: what the executor follows, and what keeps
/// every walk over a document far from the end of its stack.
pub const NESTING_MAX: u64 = 32;
/// Most fields after fragments are written out, over all operations of a document.
pub const FIELDS_MAX: u64 = 2_000;
/// Most aliases after fragments are written out: they multiply work under one name.
pub const ALIASES_MAX: u64 = 30;
/// Most fields directly under one operation.
pub const ROOT_FIELDS_MAX: u64 = 20;
/// Most directives at one place.
pub const DIRECTIVES_PER_FIELD_MAX: u64 = 4;
/// Most directives in a document as written.
pub const DIRECTIVES_MAX: u64 = 50;
/// Deepest nesting the parser follows (selections, lists and objects); guards the stack.
pub const PARSER_RECURSION_MAX: usize = 100;

// ---- the work ----

/// Most rows asked for by one `first` or `last`.
pub const PAGE_MAX: i64 = 100;
/// Rows of a connection without `first` and `last`.
pub const PAGE_DEFAULT: u64 = 20;
/// Largest cost (field weight × page size) of one operation.
pub const COST_MAX: u64 = 5_000;
/// Weight of a field under `Mutation`: it locks, writes and is audited.
pub const MUTATION_WEIGHT: u64 = 10;
/// Most errors in one answer; the rest repeat the first.
pub const ERRORS_MAX: usize = 10;
/// Time for one query or mutation; also the statement timeout of the database.
pub const OPERATION_TIMEOUT: Duration = Duration::from_secs(10);
/// Queries and mutations at work at once. More get 503 at once instead of a queue that outlives
/// its clients; far above what a connection pool of 16 can keep busy.
pub const IN_FLIGHT_MAX: usize = 256;
/// Subscriptions open at once, per process. They are counted apart from sockets, of which one carries many.
pub const SUBSCRIPTIONS_MAX: usize = 2_000;
/// Sockets and single connections open at once, per process.
pub const SOCKETS_MAX: usize = 2_000;
/// Subscriptions of one account open at once, per process: the tabs of a person, the dashboards of a team.
/// Each looks at the database twice a second.
pub const STREAMS_PER_ACCOUNT_MAX: usize = 32;
/// Sockets of one address open at once, per process: an office shares an address.
pub const SOCKETS_PER_ADDRESS_MAX: usize = 256;
/// Uploads at once, per process: each holds about three chunks of 1 MiB, and they share the pool.
pub const UPLOADS_MAX: usize = 16;
/// Downloads at once, per process: each reads a page of rows at a time.
pub const DOWNLOADS_MAX: usize = 16;
/// Longest silence of an upload before its place is given to another: it can be sent again.
pub const UPLOAD_SILENCE_MAX: Duration = Duration::from_secs(30);
/// Connections open at once, per process: below the usual 4,096 descriptors with room for files.
pub const CONNECTIONS_MAX: usize = 3_072;
/// Value of `Retry-After` when everything is busy, in seconds.
pub const BUSY_RETRY_AFTER_S: u64 = 1;

/// Points a refused document costs beside the point of the attempt: it was read for nothing, and
/// unlike a good one is read anew each time.
pub const REFUSED_DOCUMENT_COST: u64 = 20;
/// Points an address pays for a token that is not accepted: guessing runs dry fast, an office whose
/// tokens ran out overnight does not.
pub const BAD_TOKEN_COST: u64 = 50;

// ---- WebSocket and SSE ----

/// Time for a socket to send `connection_init`.
pub const SOCKET_INIT_TIMEOUT: Duration = Duration::from_secs(3);
/// Largest message of a socket, in bytes: a document and its variables.
pub const SOCKET_MESSAGE_MAX: usize = 64 * 1024;
/// Operations running at once on one socket.
pub const SOCKET_OPERATIONS_MAX: usize = 20;
/// Messages waiting for a slow reader of a socket before its operations wait too.
pub const SOCKET_BACKLOG: usize = 32;
/// Longest operation id of a socket, in bytes; clients send a UUID.
pub const SOCKET_ID_MAX: usize = 128;
/// Silence after which a socket or stream is prodded, below the usual 30 s of proxies.
pub const KEEP_ALIVE: Duration = Duration::from_secs(12);

// ---- memory kept between requests ----

/// Checked documents kept, in estimated bytes of memory.
pub const DOCUMENT_CACHE_MAX: usize = 64 * 1024 * 1024;
/// Automatically persisted documents kept, in bytes of text.
pub const PERSISTED_CACHE_MAX: usize = 4 * 1024 * 1024;
/// Accounts and addresses whose budget is remembered; about 100 bytes each.
pub const BUDGETS_MAX: usize = 20_000;
