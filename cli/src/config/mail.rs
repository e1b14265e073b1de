//! Settings of mail: its transport, and the addresses of the vendor's own people.

use clap::Args;
use domain::Lang;
use domain::notify::Directory;

use super::problems::{Problems, set};
use super::secret::Secret;

/// Most addresses of one list: a mailing list is one address.
const ADDRESSES_MAX: usize = 20;

/// Settings of mail, as they were given.
#[derive(Args, Clone, Debug)]
pub struct MailArgs {
    /// The mail server: `smtps://user:password@host`, `smtp+starttls://user:password@host`, `smtp://host:port` (not encrypted), or `file:///directory` for .eml files; without it every message is kept as SUPPRESSED
    #[arg(long, env = "PARTNER_CENTER_MAIL_URL", hide_env_values = true, value_name = "URL")]
    #[arg(help_heading = "Mail")]
    pub mail_url: Option<String>,
    /// The sender, `address` or `Name <address>`; needed with a mail server
    #[arg(long, env = "PARTNER_CENTER_MAIL_FROM", value_name = "ADDRESS", help_heading = "Mail")]
    pub mail_from: Option<String>,
    /// Addresses of vendor operations, separated by commas
    #[arg(long, env = "PARTNER_CENTER_MAIL_OPERATIONS", value_name = "ADDRESSES", help_heading = "Mail")]
    pub mail_operations: Option<String>,
    /// Addresses of vendor finance, separated by commas
    #[arg(long, env = "PARTNER_CENTER_MAIL_FINANCE", value_name = "ADDRESSES", help_heading = "Mail")]
    pub mail_finance: Option<String>,
    /// URL of the pages that messages point to; the id of what a message is about is appended after a slash
    #[arg(long, env = "PARTNER_CENTER_MAIL_LINK_BASE", value_name = "URL", help_heading = "Mail")]
    pub mail_link_base: Option<String>,
}

/// Settings of mail, checked.
#[derive(Clone, Debug, Default)]
pub struct Mail {
    /// URL of the mail server or directory; none keeps every message as SUPPRESSED.
    pub url: Option<Secret>,
    /// Address of the sender.
    pub from: String,
    /// Whom to write to, and what every message carries.
    pub directory: Directory,
}

impl MailArgs {
    /// Checks the texts; `language` is that of the vendor's own people.
    pub fn check(&self, language: Lang, problems: &mut Problems) -> Mail {
        let url = set(self.mail_url.as_ref());
        if let Some(Err(reason)) = url.map(worker::check_mail_url) {
            problems.add("MAIL_URL", reason);
        }
        let from = set(self.mail_from.as_ref());
        if let Some(Err(reason)) = from.map(worker::mail_sender) {
            problems.add("MAIL_FROM", reason);
        }
        if url.is_some() && from.is_none() {
            problems.add("MAIL_FROM", "a mail server needs a sender, e.g. partners@example.com");
        }
        let mut addresses = |name: &str, text: &Option<String>| {
            let listed = set(text.as_ref()).unwrap_or_default().split(',').map(str::trim);
            let listed: Vec<String> = listed.filter(|a| !a.is_empty()).map(str::to_owned).collect();
            for address in listed.iter().filter(|address| !worker::is_mail_address(address)) {
                problems.add(name, format!("\"{address}\" is not a mail address"));
            }
            if listed.len() > ADDRESSES_MAX {
                problems.add(name, format!("name at most {ADDRESSES_MAX} addresses; a list is one"));
            }
            listed
        };
        let operations = addresses("MAIL_OPERATIONS", &self.mail_operations);
        let finance = addresses("MAIL_FINANCE", &self.mail_finance);
        let base = set(self.mail_link_base.as_ref()).map(|base| base.trim_end_matches('/').to_owned());
        let web = |base: &String| ["https://", "http://"].iter().any(|scheme| base.starts_with(scheme));
        if base.as_ref().is_some_and(|base| !web(base) || base.contains(char::is_whitespace)) {
            problems.add("MAIL_LINK_BASE", "write a URL like https://partners.example.com");
        }
        Mail {
            url: url.map(Secret::new),
            from: from.unwrap_or_default().to_owned(),
            directory: Directory {
                operations,
                finance,
                language,
                link_base: base,
                sender: from.map(str::to_owned),
                sends: url.is_some(),
            },
        }
    }
}
