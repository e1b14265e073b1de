//! Records out of a stream of bytes, in a buffer that never grows beyond one record.
//!
//! What cannot be a record (a quote that nothing closes, a record above the limits) is cut out up to the
//! next line that by itself has the right number of fields; everything before it becomes one broken
//! record. So one stray quote costs one reject and not the rest of the file. The price: when the record
//! after the damage spans several lines, it is part of the damage.

use std::io::{ErrorKind, Read, Result};
use std::ops::Range;
use std::sync::Arc;

use super::RAW_LIMIT;
use super::reject::RejectCode;
use super::split::{FIELD_LIMIT, Found, RECORD_LIMIT, Span, split};

/// Bytes asked of the source at least: large enough that records cut by the end of the buffer are rare.
const CHUNK: usize = 256 * 1024;

/// The byte order mark of UTF-8.
const MARK: &[u8] = &[0xEF, 0xBB, 0xBF];

/// Reads records of CSV.
pub(super) struct Records {
    source: Box<dyn Read + Send>,
    /// Shared with rows that keep their record; read into again when none does.
    buffer: Arc<Vec<u8>>,
    start: usize,
    end: usize,
    /// The source has ended; what is in the buffer is all there is.
    last: bool,
    /// The physical line at `start`.
    line: u64,
    spans: Vec<Span>,
    /// Fields of a good record, once the header is known.
    expected: Option<usize>,
}

/// A whole record.
pub(super) struct Record<'a> {
    pub(super) line: u64,
    pub(super) bytes: &'a [u8],
    /// Where `bytes` are, for who keeps them.
    pub(super) block: &'a Arc<Vec<u8>>,
    pub(super) range: Range<usize>,
    pub(super) spans: &'a [Span],
    pub(super) count: usize,
}

/// A stretch of the file that is no record.
pub(super) struct Broken {
    pub(super) line: u64,
    pub(super) code: RejectCode,
    /// The physical line of the damage (where the quote opened, where the field began).
    pub(super) damage_line: u64,
    /// The number of the damaged field, from 0.
    pub(super) field: usize,
    /// Where the record began, clipped to [`RAW_LIMIT`].
    pub(super) raw: Vec<u8>,
}

/// What comes next.
pub(super) enum Next<'a> {
    Record(Record<'a>),
    Broken(Broken),
    End,
}

/// What to do about the start of the buffer.
enum Step {
    Whole { len: usize, count: usize },
    Oversize { len: usize, code: RejectCode, field: usize },
    Cut { at: usize, code: RejectCode },
    End,
}

impl Records {
    pub(super) fn new(source: Box<dyn Read + Send>) -> Self {
        Self {
            source,
            buffer: Arc::default(),
            start: 0,
            end: 0,
            last: false,
            line: 1,
            spans: Vec::new(),
            expected: None,
        }
    }

    /// From now on a good record has this many fields.
    pub(super) fn expect(&mut self, fields: usize) {
        self.expected = Some(fields);
    }

    /// The first bytes of what is not read yet.
    pub(super) fn peek(&mut self) -> Result<&[u8]> {
        if self.held().is_empty() && !self.last {
            self.fill()?;
        }
        Ok(&self.buffer[self.start..self.end])
    }

    /// Passes over marks of byte order, which belong to no record. They stand at the beginning, some exports write
    /// two, and where files were put behind each other also further on.
    fn skip_marks(&mut self) -> Result<()> {
        while self.held().first() == Some(&MARK[0]) || (self.held().is_empty() && !self.last) {
            if self.held().len() < MARK.len() && !self.last {
                self.fill()?;
            }
            if !self.held().starts_with(MARK) {
                break;
            }
            self.start += MARK.len();
        }
        Ok(())
    }

    /// The next record; blank lines are passed over.
    pub(super) fn next(&mut self) -> Result<Next<'_>> {
        let (line, len, count) = loop {
            self.skip_marks()?;
            match self.step()? {
                Step::End => return Ok(Next::End),
                Step::Cut { at, code } => return Ok(Next::Broken(self.cut(at, code)?)),
                Step::Oversize { len, code, field } => {
                    let mut broken = self.broken(code, field, self.spans.get(field).map_or(0, |s| s.start));
                    self.take(len, &mut broken.raw);
                    return Ok(Next::Broken(broken));
                }
                Step::Whole { len, count } => {
                    let line = self.line;
                    let blank = matches!(&self.held()[..len], b"\n" | b"\r\n" | b"\r");
                    self.line += self.lines(len, count);
                    self.start += len;
                    if !blank {
                        break (line, len, count);
                    }
                }
            }
        };
        let range = self.start - len..self.start;
        let bytes = &self.buffer[range.clone()];
        Ok(Next::Record(Record { line, bytes, block: &self.buffer, range, spans: &self.spans, count }))
    }

    /// Line ends of the record at the start of the buffer: at its end, and within quotes.
    fn lines(&self, len: usize, count: usize) -> u64 {
        let record = &self.held()[..len];
        if count > self.spans.len() {
            // Fields beyond the limit of columns have no span.
            return newlines(record);
        }
        let inside = self.spans.iter().filter(|span| span.quoted);
        let inside: u64 = inside.map(|span| newlines(&record[span.start..span.end])).sum();
        inside + u64::from(record.ends_with(b"\n"))
    }

    fn held(&self) -> &[u8] {
        &self.buffer[self.start..self.end]
    }

    fn step(&mut self) -> Result<Step> {
        loop {
            match split(&self.buffer[self.start..self.end], self.last, &mut self.spans) {
                Found::Record { len: 0, .. } => return Ok(Step::End),
                Found::Record { len, count } => return Ok(self.check(len, count)),
                Found::Broken { quote } => {
                    return Ok(Step::Cut { at: quote, code: RejectCode::UnclosedQuote });
                }
                Found::More { field, quoted } if self.held().len() > RECORD_LIMIT => {
                    return Ok(Step::Cut { at: field, code: self.oversize(field, quoted) });
                }
                Found::More { .. } => self.fill()?,
            }
        }
    }

    /// A whole record against the limits.
    fn check(&self, len: usize, count: usize) -> Step {
        if len > FIELD_LIMIT
            && let Some(field) = self.spans.iter().position(|s| s.end - s.start > FIELD_LIMIT)
        {
            return Step::Oversize { len, code: RejectCode::FieldTooLarge, field };
        }
        if len > RECORD_LIMIT {
            return Step::Oversize { len, code: RejectCode::RecordTooLarge, field: 0 };
        }
        Step::Whole { len, count }
    }

    /// Why a record goes on beyond the limit. An open quote that swallows lines was not closed; one that
    /// stays on its line is a huge field.
    fn oversize(&self, field: usize, quoted: bool) -> RejectCode {
        let rest = &self.held()[field..];
        if quoted && memchr::memchr(b'\n', rest).is_some() {
            RejectCode::UnclosedQuote
        } else if rest.len() > FIELD_LIMIT {
            RejectCode::FieldTooLarge
        } else {
            RejectCode::RecordTooLarge
        }
    }

    fn broken(&self, code: RejectCode, field: usize, at: usize) -> Broken {
        let damage_line = self.line + newlines(&self.held()[..at]);
        Broken { line: self.line, code, damage_line, field, raw: Vec::new() }
    }

    /// Cuts out the damage at `at` of the buffer up to the next line that is a good record by itself.
    fn cut(&mut self, at: usize, code: RejectCode) -> Result<Broken> {
        // The damaged field has no span yet: the fields before it do.
        let mut broken = self.broken(code, self.spans.len(), at);
        self.take(at, &mut broken.raw);
        self.take_line(&mut broken.raw)?;
        let mut spans = Vec::new();
        while let Some(line) = self.whole_line()? {
            let good = match line {
                Some(len) => {
                    let found = split(&self.held()[..len], true, &mut spans);
                    self.expected.is_some_and(|count| found == Found::Record { len, count })
                }
                None => false,
            };
            if good {
                break;
            }
            self.take_line(&mut broken.raw)?;
        }
        Ok(broken)
    }

    /// The length of the line at the start of the buffer: `None` at the end of the file, `Some(None)`
    /// when it is longer than any record.
    fn whole_line(&mut self) -> Result<Option<Option<usize>>> {
        loop {
            let held = self.held();
            if let Some(at) = memchr::memchr(b'\n', held) {
                return Ok(Some(Some(at + 1)));
            }
            if self.last {
                return Ok(if held.is_empty() { None } else { Some(Some(held.len())) });
            }
            if held.len() > RECORD_LIMIT {
                return Ok(Some(None));
            }
            self.fill()?;
        }
    }

    /// Consumes through the end of the line, however long it is.
    fn take_line(&mut self, raw: &mut Vec<u8>) -> Result<()> {
        loop {
            let end = memchr::memchr(b'\n', self.held());
            self.take(end.map_or(self.held().len(), |at| at + 1), raw);
            if end.is_some() || self.last {
                return Ok(());
            }
            self.fill()?;
        }
    }

    /// Consumes `len` bytes and keeps what [`RAW_LIMIT`] allows of them.
    fn take(&mut self, len: usize, raw: &mut Vec<u8>) {
        let bytes = &self.buffer[self.start..self.start + len];
        self.line += newlines(bytes);
        raw.extend_from_slice(&bytes[..len.min(RAW_LIMIT.saturating_sub(raw.len()))]);
        self.start += len;
    }

    /// Reads at least as much again as is held: a record that grows is looked at a few times only.
    fn fill(&mut self) -> Result<()> {
        let held = self.start..self.end;
        (self.start, self.end) = (0, held.len());
        let target = (self.end + self.end.max(CHUNK)).min(RECORD_LIMIT + CHUNK);
        if Arc::get_mut(&mut self.buffer).is_none() {
            // Rows still point into this block: they keep it, and reading goes on in another.
            let mut fresh = Vec::with_capacity(target);
            fresh.extend_from_slice(&self.buffer[held.clone()]);
            self.buffer = Arc::new(fresh);
        } else if let Some(buffer) = Arc::get_mut(&mut self.buffer) {
            buffer.copy_within(held, 0);
        }
        let Some(buffer) = Arc::get_mut(&mut self.buffer) else { return Ok(()) };
        if buffer.len() < target {
            buffer.resize(target, 0);
        }
        while self.end < target {
            match self.source.read(&mut buffer[self.end..target]) {
                Ok(0) => {
                    self.last = true;
                    return Ok(());
                }
                Ok(read) => self.end += read,
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
        Ok(())
    }
}

fn newlines(bytes: &[u8]) -> u64 {
    memchr::memchr_iter(b'\n', bytes).count() as u64
}
