//! A mail server for tests: it speaks SMTP, keeps what it takes, and fails when it is told to.

use std::collections::VecDeque;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, MutexGuard};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

/// What the server does with the next mail; it takes all others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Next {
    /// Takes it.
    Take,
    /// Answers the connection with a code instead of a greeting, and closes it.
    Greet(u16),
    /// Answers the sender with a code.
    Sender(u16),
    /// Answers the recipient with a code.
    Recipient(u16),
    /// Answers the end of the text with a code.
    End(u16),
    /// Closes the connection in the middle of the text.
    DropInText,
    /// Takes it, and closes the connection before it says so.
    DropAfterText,
}

/// A mail as it was taken.
#[derive(Clone, Debug)]
pub struct Mail {
    /// Who sends it, by the envelope.
    pub from: String,
    /// Who gets it, by the envelope.
    pub to: Vec<String>,
    /// Headers and text as they travelled.
    pub raw: String,
}

#[derive(Default)]
struct Kept {
    taken: Vec<Mail>,
    next: VecDeque<Next>,
    connections: usize,
    /// `AUTH PLAIN` of the one who may send; everybody may if there is none.
    login: Option<String>,
}

/// A running server; it ends when dropped.
pub struct Smtp {
    address: SocketAddr,
    kept: Arc<Mutex<Kept>>,
    listening: JoinHandle<()>,
}

impl Smtp {
    /// A server on a free port.
    ///
    /// # Panics
    /// When there is none.
    pub async fn start() -> Smtp {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.expect("a free port");
        let address = listener.local_addr().expect("its address");
        let kept = Arc::new(Mutex::new(Kept::default()));
        let shared = Arc::clone(&kept);
        let listening = tokio::spawn(async move {
            let mut sessions = tokio::task::JoinSet::new();
            while let Ok((stream, _)) = listener.accept().await {
                let kept = Arc::clone(&shared);
                sessions.spawn(async move {
                    // A client that leaves ends its session and nothing else.
                    let _ = session(stream, &kept).await;
                });
            }
        });
        Smtp { address, kept, listening }
    }

    /// Its URL.
    #[must_use]
    pub fn url(&self) -> String {
        format!("smtp://{}", self.address)
    }

    /// What to do with the mails to come, one each.
    pub fn next(&self, all: impl IntoIterator<Item = Next>) {
        locked(&self.kept).next.extend(all);
    }

    /// From now on only `user` with `password` may send.
    pub fn require(&self, user: &str, password: &str) {
        locked(&self.kept).login = Some(STANDARD.encode(format!("\0{user}\0{password}")));
    }

    /// What was taken so far.
    #[must_use]
    pub fn taken(&self) -> Vec<Mail> {
        locked(&self.kept).taken.clone()
    }

    /// How many connections there were.
    #[must_use]
    pub fn connections(&self) -> usize {
        locked(&self.kept).connections
    }
}

impl Drop for Smtp {
    fn drop(&mut self) {
        self.listening.abort();
    }
}

fn locked(kept: &Mutex<Kept>) -> MutexGuard<'_, Kept> {
    kept.lock().expect("no test panics while it looks at mails")
}

async fn session(stream: TcpStream, kept: &Mutex<Kept>) -> std::io::Result<()> {
    let (read, mut write) = stream.into_split();
    let mut lines = BufReader::new(read).lines();
    let greeting = {
        let mut kept = locked(kept);
        kept.connections += 1;
        match kept.next.front() {
            Some(Next::Greet(code)) => {
                let code = *code;
                kept.next.pop_front();
                Some(code)
            }
            _ => None,
        }
    };
    if let Some(code) = greeting {
        return write.write_all(format!("{code} not now\r\n").as_bytes()).await;
    }
    write.write_all(b"220 test ESMTP\r\n").await?;
    let mut mail: Option<(Next, Mail)> = None;
    let mut welcome = locked(kept).login.is_none();
    while let Some(line) = lines.next_line().await? {
        let verb = line.get(..4).unwrap_or(&line).to_ascii_uppercase();
        let answer = match (verb.as_str(), &mut mail) {
            ("EHLO" | "HELO", _) => "250-test\r\n250-AUTH PLAIN\r\n250 8BITMIME".to_owned(),
            ("AUTH", _) => {
                let login = locked(kept).login.clone();
                welcome = login.is_none_or(|login| line == format!("AUTH PLAIN {login}"));
                if welcome { "235 welcome" } else { "535 who are you" }.to_owned()
            }
            _ if !welcome && verb != "QUIT" => "530 log in first".to_owned(),
            ("MAIL", _) => {
                let next = locked(kept).next.pop_front().unwrap_or(Next::Take);
                let refused = if let Next::Sender(code) = next { Some(code) } else { None };
                mail = Some((next, Mail { from: path(&line), to: Vec::new(), raw: String::new() }));
                refused.map_or_else(|| "250 ok".to_owned(), |code| format!("{code} sender"))
            }
            ("RCPT", Some((Next::Recipient(code), _))) => format!("{code} no such user"),
            ("RCPT", Some((_, mail))) => {
                mail.to.push(path(&line));
                "250 ok".to_owned()
            }
            ("DATA", Some((next, mail))) => {
                write.write_all(b"354 go on\r\n").await?;
                while let Some(line) = lines.next_line().await? {
                    if line == "." {
                        break;
                    }
                    if *next == Next::DropInText {
                        return Ok(());
                    }
                    mail.raw.push_str(line.strip_prefix('.').unwrap_or(&line));
                    mail.raw.push_str("\r\n");
                }
                match next {
                    Next::End(code) => format!("{code} refused"),
                    next => {
                        let dropped = *next == Next::DropAfterText;
                        locked(kept).taken.push(mail.clone());
                        if dropped {
                            return Ok(());
                        }
                        "250 taken".to_owned()
                    }
                }
            }
            ("RSET" | "NOOP", _) => "250 ok".to_owned(),
            ("QUIT", _) => {
                return write.write_all(b"221 bye\r\n").await;
            }
            _ => "503 not now".to_owned(),
        };
        write.write_all(format!("{answer}\r\n").as_bytes()).await?;
    }
    Ok(())
}

/// The address in `MAIL FROM:<…>` and `RCPT TO:<…>`.
fn path(line: &str) -> String {
    line.split_once('<')
        .and_then(|(_, rest)| rest.split_once('>'))
        .map_or_else(String::new, |p| p.0.to_owned())
}

impl Mail {
    /// Reads a mail from its bytes, as an `.eml` file holds them.
    #[must_use]
    pub fn read(raw: &str) -> Mail {
        Mail { from: String::new(), to: Vec::new(), raw: raw.to_owned() }
    }

    fn parts(&self) -> (&str, &str) {
        self.raw.split_once("\r\n\r\n").unwrap_or((&self.raw, ""))
    }

    /// The headers of this name, unfolded and decoded.
    #[must_use]
    pub fn headers(&self, name: &str) -> Vec<String> {
        let unfolded = self.parts().0.replace("\r\n ", " ").replace("\r\n\t", " ");
        let of_name = |line: &str| {
            let (found, value) = line.split_once(':')?;
            found.eq_ignore_ascii_case(name).then(|| decoded_words(value.trim()))
        };
        unfolded.split("\r\n").filter_map(of_name).collect()
    }

    /// The one header of this name.
    ///
    /// # Panics
    /// When there is not exactly one.
    #[must_use]
    pub fn header(&self, name: &str) -> String {
        let mut found = self.headers(name);
        assert_eq!(found.len(), 1, "{name}: {found:?}\n{}", self.raw);
        found.remove(0)
    }

    /// The text, decoded.
    ///
    /// # Panics
    /// When it is not what its headers say.
    #[must_use]
    pub fn text(&self) -> String {
        let body = self.parts().1;
        let bytes = match self.header("Content-Transfer-Encoding").as_str() {
            "base64" => STANDARD.decode(body.replace("\r\n", "")).expect("base64"),
            "quoted-printable" => quoted(&body.replace("=\r\n", ""), false),
            _ => body.as_bytes().to_vec(),
        };
        String::from_utf8(bytes).expect("UTF-8").replace("\r\n", "\n")
    }
}

/// RFC 2047: `=?utf-8?b?…?=` and `=?utf-8?q?…?=`; blanks between two of them do not count.
fn decoded_words(value: &str) -> String {
    let mut out = String::new();
    let mut rest = value;
    let mut word_before = false;
    while let Some((before, word)) = rest.split_once("=?") {
        if !(word_before && before.trim().is_empty()) {
            out.push_str(before);
        }
        let mut parts = word.splitn(3, '?');
        let (_, kind, after) = (parts.next(), parts.next().unwrap_or(""), parts.next().unwrap_or(""));
        let (text, after) = after.split_once("?=").unwrap_or((after, ""));
        let bytes = if kind.eq_ignore_ascii_case("b") {
            STANDARD.decode(text).expect("base64 in a header")
        } else {
            quoted(text, true)
        };
        out.push_str(std::str::from_utf8(&bytes).expect("UTF-8 in a header"));
        rest = after;
        word_before = true;
    }
    out + rest
}

/// Quoted-printable; in headers `_` is a blank.
fn quoted(text: &str, header: bool) -> Vec<u8> {
    let mut out = Vec::new();
    let mut bytes = text.bytes();
    while let Some(byte) = bytes.next() {
        match byte {
            b'=' => {
                let hex = [bytes.next().unwrap_or(b'0'), bytes.next().unwrap_or(b'0')];
                let hex = std::str::from_utf8(&hex).expect("hex digits");
                out.push(u8::from_str_radix(hex, 16).expect("hex digits"));
            }
            b'_' if header => out.push(b' '),
            other => out.push(other),
        }
    }
    out
}
