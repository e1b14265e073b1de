//! A server process that never outlives the test process.

use std::{
    fs::{File, Permissions},
    io::Read,
    net::TcpListener,
    os::unix::{fs::PermissionsExt, process::CommandExt},
    path::{Path, PathBuf},
    process::{Child, ChildStdin, Command, Stdio},
};

use anyhow::{Context, Result, bail};

/// Reads until the test process is gone (its end of the pipe closes even on `kill -9`), then stops the
/// server and removes its directory. Signals from the terminal are for the tests, not for this.
const WATCHDOG: &str = r#"
trap '' INT TERM HUP
# A zombie counts as gone: in a container nobody may be there to reap it.
runs() { kill -0 "$1" 2>/dev/null && ! grep -qs '^State:[[:space:]]*Z' "/proc/$1/status"; }
read -r _
kill -"$1" "$2" 2>/dev/null
tries=0
while runs "$2" && [ "$tries" -lt 50 ]; do tries=$((tries + 1)); sleep 0.1; done
kill -KILL "$2" 2>/dev/null
[ -z "$3" ] || rm -rf "$3"
"#;

/// A directory of its own below the temporary directory.
pub(crate) fn private_directory(purpose: &str) -> Result<PathBuf> {
    let directory = tempfile::Builder::new().prefix(&format!("partner-center-{purpose}-")).tempdir()?.keep();
    std::fs::set_permissions(&directory, Permissions::from_mode(0o700))?;
    Ok(directory)
}

/// A port of 127.0.0.1 that was free a moment ago.
pub(crate) fn free_port() -> Result<u16> {
    Ok(TcpListener::bind(("127.0.0.1", 0))?.local_addr()?.port())
}

/// A running server and its watchdog.
#[derive(Debug)]
pub(crate) struct ServerProcess {
    child: Child,
    stop_signal: &'static str,
    // Held, never written: the watchdog waits for its end.
    _leash: ChildStdin,
    watchdog: Child,
    log: PathBuf,
}

impl ServerProcess {
    /// Starts `command` with its output in `log`. `owned_directory` is removed by the watchdog at the end.
    pub(crate) fn start(
        mut command: Command,
        stop_signal: &'static str,
        log: &Path,
        owned_directory: Option<&Path>,
    ) -> Result<ServerProcess> {
        let output = File::options().create(true).append(true).open(log)?;
        let child = command
            .stdin(Stdio::null())
            .stdout(output.try_clone()?)
            .stderr(output)
            .process_group(0)
            .spawn()
            .with_context(|| format!("starting {command:?}"))?;
        let mut watchdog = Command::new("sh")
            .args(["-c", WATCHDOG, "watchdog", stop_signal, &child.id().to_string()])
            .arg(owned_directory.unwrap_or(Path::new("")))
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .process_group(0)
            .spawn()?;
        let leash = watchdog.stdin.take().context("the watchdog has no input")?;
        Ok(ServerProcess { child, stop_signal, _leash: leash, watchdog, log: log.to_owned() })
    }

    /// Fails with the server's last words when it has ended.
    pub(crate) fn require_alive(&mut self) -> Result<()> {
        if let Some(status) = self.child.try_wait()? {
            let mut words = String::new();
            File::open(&self.log)?.read_to_string(&mut words)?;
            bail!("the server ended with {status}: {words}");
        }
        Ok(())
    }
}

/// For a server of a single test; a shared one lives in a static and ends through its watchdog.
impl Drop for ServerProcess {
    fn drop(&mut self) {
        let _ = signal(self.child.id(), self.stop_signal);
        let _ = self.child.wait();
        let _ = self.watchdog.kill();
        let _ = self.watchdog.wait();
    }
}

fn signal(process: u32, name: &str) -> std::io::Result<std::process::ExitStatus> {
    Command::new("kill").arg(format!("-{name}")).arg(process.to_string()).stderr(Stdio::null()).status()
}
