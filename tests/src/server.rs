//! A server process that never outlives the test process.

use std::{
    fs::{File, Permissions},
    io::Read,
    net::TcpListener,
    os::unix::{fs::PermissionsExt, process::CommandExt},
    path::{Path, PathBuf},
    process::{Child, ChildStdin, Command, ExitStatus, Stdio},
    thread,
    time::{Duration, Instant},
};

use anyhow::{Context, Result, bail};
use rustix::process::{Pid, Signal, kill_process};

/// How long a server may take to end after it was asked to, before it is killed.
const END_LIMIT: Duration = Duration::from_secs(10);

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
    stop_signal: Signal,
    // Held, never written: the watchdog waits for its end.
    _leash: ChildStdin,
    watchdog: Child,
    log: PathBuf,
}

impl ServerProcess {
    /// Starts `command` with its output in `log`. `owned_directory` is removed by the watchdog at the end.
    pub(crate) fn start(
        mut command: Command,
        stop_signal: Signal,
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
            .args(["-c", WATCHDOG, "watchdog", &stop_signal.as_raw().to_string(), &child.id().to_string()])
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
        let _ = end(&mut self.child, self.stop_signal, END_LIMIT);
        let _ = self.watchdog.kill();
        let _ = self.watchdog.wait();
    }
}

/// Sends `signal` to a child of this process. By system call: a small container has no program `kill`.
pub fn send(child: &Child, signal: Signal) -> Result<()> {
    let id = i32::try_from(child.id()).ok().and_then(Pid::from_raw).context("a process id")?;
    Ok(kill_process(id, signal)?)
}

/// Asks a child to end and waits for it; kills it when it has not ended within `limit`, so that nothing waits for ever.
fn end(child: &mut Child, ask: Signal, limit: Duration) -> Result<ExitStatus> {
    send(child, ask)?;
    let asked = Instant::now();
    while asked.elapsed() < limit {
        if let Some(status) = child.try_wait()? {
            return Ok(status);
        }
        thread::sleep(Duration::from_millis(10));
    }
    child.kill()?;
    Ok(child.wait()?)
}

#[cfg(test)]
mod tests {
    use std::os::unix::process::ExitStatusExt;

    use super::*;

    fn shell(script: &str) -> (Child, String) {
        let mut child = Command::new("sh").args(["-c", script]).stdout(Stdio::piped()).spawn().unwrap();
        let mut said = [0; 6];
        child.stdout.as_mut().unwrap().read_exact(&mut said).unwrap();
        (child, String::from_utf8(said.to_vec()).unwrap())
    }

    #[test]
    fn a_server_that_obeys_ends_by_the_signal() {
        let (mut child, _) = shell("echo ready; exec sleep 600");
        assert_eq!(end(&mut child, Signal::TERM, END_LIMIT).unwrap().signal(), Some(Signal::TERM.as_raw()));
    }

    #[test]
    fn a_server_that_ignores_the_signal_is_killed_instead_of_waited_for() {
        let (mut child, _) = shell("trap '' TERM; echo ready; exec sleep 600");
        let ended = end(&mut child, Signal::TERM, Duration::from_millis(50)).unwrap();
        assert_eq!(ended.signal(), Some(Signal::KILL.as_raw()));
    }
}
