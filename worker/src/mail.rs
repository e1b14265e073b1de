//! Mail over SMTP, or into a directory as `.eml` files. Only this file names lettre.

use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use domain::notify::deliver::{AT_ONCE, Carried, Carry};
use entity::message;
use futures_util::future::BoxFuture;
use lettre::message::header::{ContentType, HeaderName, HeaderValue};
use lettre::message::{Mailbox, MessageBuilder};
use lettre::transport::smtp::{AsyncSmtpTransportBuilder, Error as SmtpError, PoolConfig};
use lettre::{Address, AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor};

/// Longest wait for one answer of the mail server: below the limit of an attempt, which has several.
const ANSWER_LIMIT: Duration = Duration::from_secs(20);
/// Replies that concern our login or our connection, not the message (RFC 4954, RFC 5321 §4.2.3).
const NOT_OF_THE_MESSAGE: &[u16] = &[421, 454, 530, 534, 535, 538];

/// Reason for which mail cannot be sent at all. (The URL may hold a password and is not repeated.)
#[derive(Debug, thiserror::Error)]
pub enum MailError {
    /// The URL is of none of the kinds.
    #[error(
        "write smtps://user:password@host, smtp+starttls://user:password@host, smtp://host:port or file:///directory"
    )]
    Url,
    /// The SMTP URL cannot be used.
    #[error("the mail server cannot be used: {0}")]
    Server(String),
    /// The sender is no address.
    #[error("write an address, e.g. partners@example.com or Partner Center <partners@example.com>")]
    Sender,
}

/// Sends messages from one address, over SMTP or into a directory.
pub struct Mailer {
    from: Mailbox,
    via: Via,
}

enum Via {
    Server(AsyncSmtpTransport<Tokio1Executor>),
    Directory(PathBuf),
}

impl Mailer {
    /// Prepares a mailer; does not connect yet. Must be called inside a tokio runtime.
    ///
    /// # Errors
    /// When URL or sender cannot be understood.
    pub fn open(url: &str, from: &str) -> Result<Mailer, MailError> {
        let via = match place(url)? {
            Place::Directory(path) => Via::Directory(path),
            Place::Server(url) => {
                let server = server(&url)?;
                let most = u32::try_from(AT_ONCE).unwrap_or(1);
                let pool = PoolConfig::new().max_size(most);
                Via::Server(server.timeout(Some(ANSWER_LIMIT)).pool_config(pool).build())
            }
        };
        Ok(Mailer { from: sender(from)?, via })
    }

    async fn send(&self, message: &message::Model) -> Carried {
        let letter = match self.letter(message) {
            Ok(letter) => letter,
            Err(reason) => return Carried::Never(reason),
        };
        match &self.via {
            Via::Server(server) => match server.send(letter).await {
                Ok(_) => Carried::Sent,
                Err(error) => refused(&error),
            },
            Via::Directory(directory) => match write(directory, message, &letter.formatted()).await {
                Ok(()) => Carried::Sent,
                Err(error) => Carried::Away(error.to_string()),
            },
        }
    }

    /// The message as it travels: the same bytes in every attempt.
    fn letter(&self, message: &message::Model) -> Result<Message, String> {
        let to: Address = message.recipient.parse().map_err(|bad| format!("not a mail address: {bad}"))?;
        let made = Duration::from_micros(u64::try_from(message.created_at.0).unwrap_or(0));
        let builder: MessageBuilder = Message::builder()
            .from(self.from.clone())
            .to(Mailbox::new(None, to))
            .date(SystemTime::UNIX_EPOCH + made)
            .message_id(Some(message.message_id.clone()))
            .subject(message.subject.as_str())
            .header(ContentType::TEXT_PLAIN)
            // Nobody's holiday notice answers (RFC 3834).
            .raw_header(header("Auto-Submitted", "auto-generated"))
            .raw_header(header("Content-Language", &message.language));
        builder.body(message.body.clone()).map_err(|bad| bad.to_string())
    }
}

impl Carry for Mailer {
    fn carry<'a>(&'a self, message: &'a message::Model) -> BoxFuture<'a, Carried> {
        Box::pin(self.send(message))
    }
}

/// `address` or `Name <address>`.
///
/// # Errors
/// When it is neither.
pub fn sender(text: &str) -> Result<Mailbox, MailError> {
    text.parse().map_err(|_| MailError::Sender)
}

/// An address alone, as recipients are configured.
#[must_use]
pub fn is_address(text: &str) -> bool {
    text.parse::<Address>().is_ok()
}

/// Whether `url` can be used, without using it.
///
/// # Errors
/// When it is of none of the kinds.
pub fn check_url(url: &str) -> Result<(), MailError> {
    match place(url)? {
        Place::Directory(_) => Ok(()),
        Place::Server(url) => server(&url).map(drop),
    }
}

fn server(url: &str) -> Result<AsyncSmtpTransportBuilder, MailError> {
    let server = AsyncSmtpTransport::<Tokio1Executor>::from_url(url);
    server.map_err(|reason| MailError::Server(reason.to_string()))
}

enum Place {
    Server(String),
    Directory(PathBuf),
}

fn place(url: &str) -> Result<Place, MailError> {
    let (scheme, rest) = url.split_once("://").filter(|(_, rest)| !rest.is_empty()).ok_or(MailError::Url)?;
    match scheme {
        "file" if rest.starts_with('/') => Ok(Place::Directory(PathBuf::from(rest))),
        "smtp" | "smtps" => Ok(Place::Server(url.to_owned())),
        "smtp+starttls" => Ok(Place::Server(format!("smtp://{rest}?tls=required"))),
        _ => Err(MailError::Url),
    }
}

fn header(name: &'static str, value: &str) -> HeaderValue {
    HeaderValue::new(HeaderName::new_from_ascii_str(name), value.to_owned())
}

/// Fate of the message by the error of the mail server. PURE.
fn refused(error: &SmtpError) -> Carried {
    let mut reason = error.to_string();
    if let Some(source) = std::error::Error::source(error).map(ToString::to_string)
        && !reason.contains(&source)
    {
        reason = format!("{reason}: {source}");
    }
    let Some(code) = error.status().map(u16::from) else { return Carried::Away(reason) };
    if NOT_OF_THE_MESSAGE.contains(&code) {
        Carried::Away(reason)
    } else if error.is_permanent() {
        Carried::Never(reason)
    } else {
        Carried::Later(reason)
    }
}

/// Writes a file of the message's own name: whole or not at all, and twice the same file.
async fn write(directory: &Path, message: &message::Model, bytes: &[u8]) -> std::io::Result<()> {
    tokio::fs::create_dir_all(directory).await?;
    let path = directory.join(format!("{}.eml", message.id));
    let half = path.with_extension("eml.part");
    tokio::fs::write(&half, bytes).await?;
    tokio::fs::rename(&half, &path).await
}

#[cfg(test)]
mod tests {
    use entity::{EventId, MessageAudience, MessageId, MessageState, Timestamp};

    use super::*;

    fn message(recipient: &str) -> message::Model {
        message::Model {
            id: MessageId(7),
            event_id: EventId(3),
            audience: MessageAudience::Partner,
            recipient: recipient.into(),
            language: "zh-CN".into(),
            template: "PAID".into(),
            subject: "已支付：付款申请 PO-7".into(),
            body: "您的付款申请已支付。\n".into(),
            state: MessageState::Pending,
            attempts: 1,
            retry_at: Timestamp(0),
            message_id: "<message_7@example.com>".into(),
            last_error: None,
            sent_at: None,
            created_at: Timestamp(1_700_000_000_000_000),
        }
    }

    #[tokio::test]
    async fn a_letter_is_the_same_bytes_every_time_and_its_headers_are_ascii() {
        let mailer = Mailer::open("file:///tmp/unused", "伙伴中心 <partners@example.com>").unwrap();
        let bytes = mailer.letter(&message("a@example.com")).unwrap().formatted();
        assert_eq!(bytes, mailer.letter(&message("a@example.com")).unwrap().formatted());
        let text = String::from_utf8(bytes).unwrap();
        let (headers, _) = text.split_once("\r\n\r\n").unwrap();
        assert!(headers.is_ascii(), "{headers}");
        for line in [
            "Message-ID: <message_7@example.com>",
            "To: a@example.com",
            "Auto-Submitted: auto-generated",
            "Content-Language: zh-CN",
        ] {
            assert!(headers.lines().any(|l| l == line), "{line}\n{headers}");
        }
    }

    #[tokio::test]
    async fn an_address_that_brings_headers_is_no_address() {
        let mailer = Mailer::open("file:///tmp/unused", "partners@example.com").unwrap();
        for bad in ["a@example.com\r\nBcc: b@example.com", "a@example.com, b@example.com", "a", "(partner)"] {
            assert!(matches!(mailer.send(&message(bad)).await, Carried::Never(_)), "{bad}");
        }
    }

    #[test]
    fn a_place_is_a_server_or_a_directory() {
        let good = [
            "smtp://localhost:25",
            "smtps://u:p@mail.example.com",
            "smtp+starttls://mail",
            "file:///var/mail",
        ];
        assert!(good.iter().all(|url| check_url(url).is_ok()));
        let bad = ["", "mail.example.com", "file://relative", "http://x", "smtp://"];
        assert!(bad.iter().all(|url| check_url(url).is_err()));
    }
}
