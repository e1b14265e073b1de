//! Settings of the API.

use std::net::SocketAddr;
use std::time::Duration;

use clap::Args;

use super::documents::{Documents, DocumentsArgs};
use super::problems::{Problems, set};
use super::worker::GRACE_MAX_S;

/// Most proxies in front of us: more is a mistake that lets callers choose their address.
const PROXIES_MAX: u32 = 10;

/// Settings of the API, as they were given.
#[derive(Args, Clone, Debug)]
pub struct ServeArgs {
    /// Address and port to listen on; port 0 takes a free one and prints it
    #[arg(long, env = "PARTNER_CENTER_LISTEN", value_name = "ADDRESS:PORT")]
    #[arg(default_value = "127.0.0.1:8080", help_heading = "API")]
    pub listen: String,
    /// `production` refuses shared secrets and hides GraphiQL and introspection; `development` helps
    #[arg(long, env = "PARTNER_CENTER_MODE", value_name = "MODE")]
    #[arg(default_value = "production", help_heading = "API")]
    pub mode: String,
    /// Serve GraphiQL at `/` (true or false); follows the mode if not set
    #[arg(long, env = "PARTNER_CENTER_GRAPHIQL", value_name = "BOOL", help_heading = "API")]
    pub graphiql: Option<String>,
    /// Answer introspection (true or false); follows the mode if not set
    #[arg(long, env = "PARTNER_CENTER_INTROSPECTION", value_name = "BOOL", help_heading = "API")]
    pub introspection: Option<String>,
    /// Origins whose pages may call the API, separated by commas, compared exactly
    #[arg(long, env = "PARTNER_CENTER_ALLOWED_ORIGINS", value_name = "ORIGINS", help_heading = "API")]
    pub allowed_origins: Option<String>,
    /// Base URL under which callers reach the API, e.g. `https://api.example.com`; links to files begin with
    /// it. Not set, they begin with what each request says of itself (`Host`, or with proxies `Forwarded` and
    /// `X-Forwarded-…`)
    #[arg(long, env = "PARTNER_CENTER_PUBLIC_URL", value_name = "URL", help_heading = "API")]
    pub public_url: Option<String>,
    #[command(flatten)]
    pub(crate) documents: DocumentsArgs,
    /// Proxies in front that append to X-Forwarded-For
    #[arg(long, env = "PARTNER_CENTER_TRUSTED_PROXIES", value_name = "COUNT")]
    #[arg(default_value = "0", help_heading = "API")]
    pub trusted_proxies: String,
    /// Seconds that requests in hand may go on after the process was asked to stop
    #[arg(long, env = "PARTNER_CENTER_SERVE_GRACE_SECONDS", value_name = "SECONDS")]
    #[arg(default_value = "10", help_heading = "API")]
    pub serve_grace_seconds: String,
}

/// Settings of the API, checked.
#[derive(Clone, Debug)]
pub struct Serve {
    /// Address and port to listen on; port 0 takes a free one.
    pub listen: SocketAddr,
    /// For developers: shared secrets, GraphiQL, introspection.
    pub development: bool,
    /// `true` if GraphiQL is served at `/`.
    pub graphiql: bool,
    /// `true` if introspection is answered.
    pub introspection: bool,
    /// Pages that may call.
    pub allowed_origins: Vec<String>,
    /// Base URL under which callers reach the API; none where each request says it.
    pub public_url: Option<String>,
    /// The documents that run.
    pub documents: Documents,
    /// Proxies in front.
    pub trusted_proxies: usize,
    /// Grace at the end.
    pub grace: Duration,
}

impl ServeArgs {
    /// Checks the texts.
    pub fn check(&self, problems: &mut Problems) -> Option<Serve> {
        let wanted = "an address with a port, e.g. 127.0.0.1:8080 or [::]:8080";
        let listen = problems.parse("LISTEN", &self.listen, wanted);
        let development = match self.mode.trim() {
            "production" => false,
            "development" => true,
            other => {
                problems.add("MODE", format!("\"{other}\" is neither production nor development"));
                false
            }
        };
        let mut switch = |name, text: &Option<String>| match set(text.as_ref()) {
            Some(text) => problems.flag(name, text),
            None => development,
        };
        let graphiql = switch("GRAPHIQL", &self.graphiql);
        let introspection = switch("INTROSPECTION", &self.introspection);
        let proxies = problems.number("TRUSTED_PROXIES", &self.trusted_proxies, 0..=PROXIES_MAX, "proxies");
        let grace = &self.serve_grace_seconds;
        let grace = problems.number("SERVE_GRACE_SECONDS", grace, 0..=GRACE_MAX_S, "seconds");
        let origins = set(self.allowed_origins.as_ref()).unwrap_or_default().split(',');
        let allowed_origins = origins.map(str::trim).filter(|origin| !origin.is_empty());
        let documents = self.documents.check(development, problems);
        let public_url = set(self.public_url.as_ref()).map(|url| check_url("PUBLIC_URL", url, problems));
        Some(Serve {
            public_url,
            documents,
            development,
            graphiql,
            introspection,
            allowed_origins: allowed_origins.map(|o| check_url("ALLOWED_ORIGINS", o, problems)).collect(),
            trusted_proxies: usize::try_from(proxies).unwrap_or(0),
            grace: Duration::from_secs(u64::from(grace)),
            listen: listen?,
        })
    }
}

/// `https://host[:port]`, without a slash at its end.
fn check_url(name: &str, url: &str, problems: &mut Problems) -> String {
    let url = url.trim_end_matches('/');
    let rest = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"));
    if rest.is_none_or(|rest| rest.is_empty() || rest.contains(char::is_whitespace)) {
        problems.add(name, format!("\"{url}\" is not a URL like https://partners.example.com"));
    }
    url.to_owned()
}
