//! A private PostgreSQL, one for a test process.

use std::{
    os::unix::process::CommandExt,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    sync::atomic::{AtomicU64, Ordering},
    time::Duration,
};

use anyhow::{Context, Result, bail};
use sqlx::{Connection, PgConnection};
use tokio::{
    sync::OnceCell,
    time::{Instant, sleep},
};

use crate::{
    db::migrate,
    need::{Server, program, skip},
    server::{ServerProcess, free_port, private_directory},
};

/// How long a started server may take to answer. It takes a second; a loaded machine takes longer.
const START_LIMIT: Duration = Duration::from_secs(60);
/// Another process may take a free port before the server does: how often to try with another one.
const PORT_TRIES: usize = 5;
/// The database that is migrated once and copied for every test.
const TEMPLATE: &str = "partner_center_template";
/// Speed over safety: this data is thrown away.
const SETTINGS: &[&str] = &[
    "fsync=off",
    "synchronous_commit=off",
    "full_page_writes=off",
    "listen_addresses=127.0.0.1",
    "max_connections=300",
    "shared_buffers=64MB",
    "log_min_messages=warning",
];

/// As an installation has them: what is committed is on the disk.
pub const DURABLE: &[&str] = &[
    "fsync=on",
    "synchronous_commit=on",
    "full_page_writes=on",
    "listen_addresses=127.0.0.1",
    "max_connections=300",
    "shared_buffers=512MB",
    "max_wal_size=4GB",
    "log_min_messages=warning",
];

static SHARED: OnceCell<Postgres> = OnceCell::const_new();
static NAMES: AtomicU64 = AtomicU64::new(1);

/// A running server with its migrated template.
#[derive(Debug)]
pub struct Postgres {
    directory: PathBuf,
    port: u16,
    /// Nothing while it is stopped.
    process: Option<ServerProcess>,
    program: PathBuf,
    settings: &'static [&'static str],
    /// Of one test alone: commits are durable, and its files are gone with it.
    own: bool,
}

impl Postgres {
    /// The server of this test process, started on first use; `None` (and the test skipped) where
    /// PostgreSQL is not installed.
    ///
    /// # Panics
    /// When it is installed and does not start.
    pub async fn shared() -> Option<&'static Postgres> {
        Self::shared_with(SETTINGS).await
    }

    /// The same, started with these settings if it has not been started before.
    ///
    /// # Panics
    /// When it is installed and does not start.
    pub async fn shared_with(settings: &'static [&'static str]) -> Option<&'static Postgres> {
        let Some((initdb, postgres)) = program("initdb").zip(program("postgres")) else {
            skip(Server::Postgres, "install the package `postgresql`");
            return None;
        };
        let start = || async {
            let server = Postgres::start(&initdb, &postgres, settings, false).await?;
            server.create_template().await?;
            anyhow::Ok(server)
        };
        Some(SHARED.get_or_try_init(start).await.expect("a private PostgreSQL starts"))
    }

    /// A server for one test alone, which may stop it and start it again. A commit it has answered is on its disk.
    ///
    /// # Panics
    /// When it is installed and does not start.
    pub async fn own() -> Option<Postgres> {
        let Some((initdb, postgres)) = program("initdb").zip(program("postgres")) else {
            skip(Server::Postgres, "install the package `postgresql`");
            return None;
        };
        let server =
            Postgres::start(&initdb, &postgres, SETTINGS, true).await.expect("a private PostgreSQL starts");
        server.create_template().await.expect("a migrated database");
        Some(server)
    }

    /// The migrated database of a server of one's own.
    pub fn database_url(&self) -> String {
        self.url(TEMPLATE)
    }

    /// Stops the server as a crash does: no goodbye to clients, no checkpoint.
    pub fn stop_at_once(&mut self) {
        self.process = None;
    }

    /// Starts the stopped server again with its data, on the same port.
    ///
    /// # Panics
    /// When it does not start.
    pub async fn start_again(&mut self) {
        let user = server_user().expect("a user for the server");
        self.process = Some(self.serve(&user).await.expect("the private PostgreSQL starts again"));
    }

    /// A copy of the migrated database in files below `directory`.
    ///
    /// # Panics
    /// When the server refuses.
    pub async fn database_in(&self, directory: &Path) -> String {
        server_user().and_then(|user| user.give(directory)).expect("a directory of the server");
        for statement in [
            format!("CREATE TABLESPACE small LOCATION '{}'", directory.display()),
            format!("CREATE DATABASE small TEMPLATE {TEMPLATE} TABLESPACE small"),
        ] {
            self.administer(&statement).await.expect("a database in its directory");
        }
        self.url("small")
    }

    /// A new database, migrated, with nothing in it. The caller drops it with [`Postgres::drop_database`].
    ///
    /// # Panics
    /// When the server refuses.
    pub async fn fresh_database(&self) -> String {
        self.copy_of(TEMPLATE).await
    }

    /// A copy of a database of this server, to which nobody is connected.
    ///
    /// # Panics
    /// When the server refuses.
    pub async fn copy_of(&self, database: &str) -> String {
        let template = database.rsplit('/').next().unwrap_or(database);
        let name = format!("test_{}", NAMES.fetch_add(1, Ordering::Relaxed));
        let copied = self.administer(&format!("CREATE DATABASE {name} TEMPLATE {template}")).await;
        copied.expect("a copy of a database");
        self.url(&name)
    }

    /// Drops a database made by [`Postgres::fresh_database`], closing what is still connected to it.
    /// Blocking, because it is called from `Drop`.
    pub fn drop_database(&self, url: &str) {
        let Some((psql, name)) = program("psql").zip(url.rsplit('/').next()) else { return };
        let _ = Command::new(psql)
            .args(["-X", "-q", "-d", &self.url("postgres"), "-c"])
            .arg(format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)"))
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status();
    }

    /// The port of 127.0.0.1 it listens on.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// Where the server keeps its data.
    pub fn directory(&self) -> &Path {
        &self.directory
    }

    fn url(&self, database: &str) -> String {
        format!("postgres://partner@127.0.0.1:{}/{database}", self.port)
    }

    async fn start(
        initdb: &Path,
        postgres: &Path,
        settings: &'static [&'static str],
        own: bool,
    ) -> Result<Postgres> {
        let directory = private_directory("pg")?;
        let user = server_user()?;
        user.give(&directory)?;
        let data = directory.join("data");
        let initialised = user
            .command(initdb)
            .args(["-U", "partner", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync", "-D"])
            .arg(&data)
            .current_dir(&directory)
            .output()?;
        if !initialised.status.success() {
            bail!("initdb: {}", String::from_utf8_lossy(&initialised.stderr));
        }
        let mut last = None;
        for _ in 0..PORT_TRIES {
            let (directory, program) = (directory.clone(), postgres.to_owned());
            let port = free_port()?;
            let mut server = Postgres { directory, port, process: None, program, settings, own };
            match server.serve(&user).await {
                Ok(process) => {
                    server.process = Some(process);
                    return Ok(server);
                }
                Err(reason) => last = Some(reason),
            }
        }
        Err(last.context("no attempt was made")?)
    }

    async fn serve(&self, user: &ServerUser) -> Result<ServerProcess> {
        let directory = &self.directory;
        let mut command = user.command(&self.program);
        command.arg("-D").arg(directory.join("data"));
        command.arg("-c").arg(format!("unix_socket_directories={}", directory.display()));
        command.arg("-p").arg(self.port.to_string()).current_dir(directory);
        for setting in self.settings {
            command.args(["-c", setting]);
        }
        if self.own {
            // It is stopped at once, as a process: what it wrote stays with the kernel.
            command.args(["-c", "synchronous_commit=on"]);
        }
        // QUIT: at once, without a checkpoint.
        let mut process = ServerProcess::start(
            command,
            rustix::process::Signal::QUIT,
            &directory.join("log"),
            Some(directory),
        )?;
        let deadline = Instant::now() + START_LIMIT;
        while let Err(reason) = PgConnection::connect(&self.url("postgres")).await {
            process.require_alive()?;
            if Instant::now() > deadline {
                return Err(reason.into());
            }
            sleep(Duration::from_millis(50)).await;
        }
        Ok(process)
    }

    async fn create_template(&self) -> Result<()> {
        self.administer(&format!("CREATE DATABASE {TEMPLATE}")).await?;
        migrate(&self.url(TEMPLATE)).await
    }

    async fn administer(&self, statement: &str) -> Result<()> {
        let mut connection = PgConnection::connect(&self.url("postgres")).await?;
        sqlx::query(sqlx::AssertSqlSafe(statement.to_owned())).execute(&mut connection).await?;
        Ok(connection.close().await?)
    }
}

impl Drop for Postgres {
    fn drop(&mut self) {
        if self.own && self.process.take().is_some() {
            let _ = std::fs::remove_dir_all(&self.directory);
        }
    }
}

/// PostgreSQL refuses to run as root: then it runs as another user of the machine.
struct ServerUser {
    /// User and group by number; nothing where this process is not root's.
    other: Option<(u32, u32)>,
}

fn server_user() -> Result<ServerUser> {
    if !rustix::process::getuid().is_root() {
        return Ok(ServerUser { other: None });
    }
    let users = std::fs::read_to_string("/etc/passwd")?;
    let named = |name: &str| users.lines().find_map(|line| numbers(line, name));
    let other = ["postgres", "nobody"].into_iter().find_map(named).context("no user to run PostgreSQL as")?;
    Ok(ServerUser { other: Some(other) })
}

/// User and group of a line of `/etc/passwd`, if it is that of `name`.
fn numbers(line: &str, name: &str) -> Option<(u32, u32)> {
    let mut fields = line.split(':');
    if fields.next() != Some(name) {
        return None;
    }
    Some((fields.nth(1)?.parse().ok()?, fields.next()?.parse().ok()?))
}

impl ServerUser {
    fn give(&self, directory: &Path) -> Result<()> {
        let Some((user, group)) = self.other else { return Ok(()) };
        std::os::unix::fs::chown(directory, Some(user), Some(group))
            .with_context(|| format!("giving {} to user {user}", directory.display()))
    }

    /// The program as this user, without the groups of root.
    fn command(&self, program: &Path) -> Command {
        let mut command = Command::new(program);
        if let Some((user, group)) = self.other {
            command.uid(user).gid(group);
        }
        command
    }
}

#[cfg(test)]
mod tests {
    use super::numbers;

    #[test]
    fn a_user_is_found_by_its_name_and_not_by_the_beginning_of_another() {
        let line = "postgres:x:105:113:PostgreSQL administrator,,,:/var/lib/postgresql:/bin/bash";
        assert_eq!(numbers(line, "postgres"), Some((105, 113)));
        assert_eq!(numbers(line, "post"), None);
    }
}
