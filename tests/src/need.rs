//! What a test needs from the machine, and what happens where it is missing.

use std::{
    io::Write,
    path::{Path, PathBuf},
    sync::atomic::{AtomicUsize, Ordering},
};

/// The variable that turns a missing server from a skipped test into a failed one: a comma-separated
/// list of `postgres`, `redis`, `s3`.
pub const REQUIRE: &str = "PARTNER_CENTER_TEST_REQUIRE";

static SKIPPED: AtomicUsize = AtomicUsize::new(0);

/// A server some tests need.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Server {
    /// PostgreSQL 14 or later: `initdb` and `postgres`.
    Postgres,
    /// Redis 6.2 or later: `redis-server`.
    Redis,
    /// A service that speaks S3: `moto_server` (`pip install 'moto[server]'`), which `make test` does not install.
    S3,
}

impl Server {
    /// Its name in [`REQUIRE`] and in messages.
    pub fn name(self) -> &'static str {
        match self {
            Server::Postgres => "postgres",
            Server::Redis => "redis",
            Server::S3 => "s3",
        }
    }
}

/// Says loudly that this test did not run; fails it where the server is required.
///
/// # Panics
/// When [`REQUIRE`] names the server.
pub fn skip(server: Server, reason: &str) {
    let name = server.name();
    let required = std::env::var(REQUIRE).unwrap_or_default();
    if required.split(',').any(|wanted| wanted.trim() == name) {
        panic!("{name} not found: {reason} (and {REQUIRE}={required} forbids to skip)");
    }
    let count = SKIPPED.fetch_add(1, Ordering::Relaxed) + 1;
    let thread = std::thread::current();
    let test = thread.name().unwrap_or("a test");
    // Not eprintln!: the harness would hide it, because the test passes.
    let _ = writeln!(
        std::io::stderr(),
        "\nSKIPPED ({name} not found): {test}: {reason}. Skipped so far in this process: {count}. `make test` installs PostgreSQL and Redis where it may."
    );
}

/// Tests this process skipped.
pub fn skipped() -> usize {
    SKIPPED.load(Ordering::Relaxed)
}

/// The full path of a program: from `PATH`, else from the newest directory that Debian and others keep
/// it in without putting it on the path.
pub fn program(name: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let on_path =
        std::env::split_paths(&path).map(|directory| directory.join(name)).find(|file| file.is_file());
    on_path.or_else(|| newest_below("/usr/lib/postgresql", name))
}

fn newest_below(versions: &str, name: &str) -> Option<PathBuf> {
    let version_of = |directory: &Path| directory.file_name()?.to_str()?.parse::<u32>().ok();
    let mut directories: Vec<_> = std::fs::read_dir(versions)
        .ok()?
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter_map(|directory| Some((version_of(&directory)?, directory)))
        .collect();
    directories.sort();
    directories
        .into_iter()
        .rev()
        .map(|(_, directory)| directory.join("bin").join(name))
        .find(|file| file.is_file())
}
