//! A served demonstration, as `make demo` has it.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader};
use std::process::{Child, ChildStdout, Stdio};

use crate::cli::program;

/// The process; gone with the test.
pub(crate) struct Demo {
    child: Child,
    /// Kept open: the program may still have something to say.
    _told: BufReader<ChildStdout>,
    _directory: tempfile::TempDir,
    /// Address on which it serves, without a path.
    pub(crate) url: String,
    /// A bearer token for each persona.
    tokens: BTreeMap<String, String>,
}

impl Drop for Demo {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Demo {
    /// Makes one and waits until it serves.
    pub(crate) fn serve() -> Demo {
        let directory = tempfile::tempdir().unwrap();
        let place = directory.path().join("demo");
        let mut command = program(&["demo", "--port", "0", "--dir", place.to_str().unwrap()]);
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
        let mut told = BufReader::new(child.stdout.take().unwrap());
        let (mut url, mut tokens, mut persona) = (String::new(), BTreeMap::new(), String::new());
        let mut line = String::new();
        while told.read_line(&mut line).unwrap() > 0 {
            if let Some(address) = line.strip_prefix("GraphQL:") {
                url = address.trim().trim_end_matches("/graphql").to_owned();
            }
            if let Some(token) = line.strip_prefix("    ey") {
                tokens.insert(std::mem::take(&mut persona), format!("ey{}", token.trim()));
            } else if let Some(name) = line.strip_prefix("  ").and_then(|line| line.strip_suffix(":\n")) {
                persona = name.to_owned();
            }
            if line.contains("Ctrl-C") {
                break;
            }
            line.clear();
        }
        assert!(url.starts_with("http://") && tokens.len() == 7, "{url} {:?}", tokens.keys());
        // Only the first of the process gets to install it.
        let _ = rustls::crypto::ring::default_provider().install_default();
        Demo { child, _told: told, _directory: directory, url, tokens }
    }

    /// The token of a persona, as the demonstration calls it.
    pub(crate) fn token(&self, persona: &str) -> &str {
        self.tokens.get(persona).unwrap_or_else(|| panic!("nobody is called {persona}"))
    }
}
