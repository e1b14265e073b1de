//! Progress of long work on standard error: a bar on a terminal, else a line every few seconds.

use std::io::{self, IsTerminal, Write};
use std::time::{Duration, Instant};

use domain::performance::import::ingest::Progress;
use entity::settlement_run;
use indicatif::{ProgressBar, ProgressStyle};

/// Pace of lines where there is no terminal: a log stays readable, and nobody thinks it hangs.
const LINE_EVERY: Duration = Duration::from_secs(5);

/// A bar or lines.
struct Meter {
    bar: Option<ProgressBar>,
    started: Instant,
    last_line: Instant,
}

impl Meter {
    fn new(total: u64, template: &str) -> Self {
        let bar = io::stderr().is_terminal().then(|| {
            let bar = if total > 0 { ProgressBar::new(total) } else { ProgressBar::new_spinner() };
            if let Ok(style) = ProgressStyle::with_template(template) {
                bar.set_style(style);
            }
            bar
        });
        let now = Instant::now();
        Self { bar, started: now, last_line: now }
    }

    fn show(&mut self, position: u64, message: &str) {
        if let Some(bar) = &self.bar {
            bar.set_position(position);
            bar.set_message(message.to_owned());
        } else if self.last_line.elapsed() >= LINE_EVERY {
            self.last_line = Instant::now();
            let _ = writeln!(io::stderr(), "{message}");
        }
    }

    fn finish(&self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}

/// Parts of the bar of an import: the first half is reading, the second posting.
const PARTS: u64 = 1_000;

/// Progress of an import.
pub(crate) struct ImportMeter {
    meter: Meter,
    total_bytes: u64,
}

impl ImportMeter {
    /// For a file of `total_bytes`; 0 if unknown.
    pub(crate) fn new(total_bytes: i64) -> Self {
        let total_bytes = u64::try_from(total_bytes).unwrap_or(0);
        let (parts, template) =
            if total_bytes > 0 { (PARTS, "{bar:30} {percent:>3}%  {msg}") } else { (0, "{spinner} {msg}") };
        Self { meter: Meter::new(parts, template), total_bytes }
    }

    /// Shows how far it is.
    pub(crate) fn show(&mut self, progress: Progress) {
        let message = import_message(progress, self.total_bytes, self.meter.started.elapsed());
        self.meter.show(parts_done(progress, self.total_bytes), &message);
    }

    /// Clears the bar.
    pub(crate) fn finish(&self) {
        self.meter.finish();
    }
}

/// Parts done of [`PARTS`]. PURE.
fn parts_done(progress: Progress, total_bytes: u64) -> u64 {
    let share = |done: i64, of: u64| {
        let done = u128::from(u64::try_from(done).unwrap_or(0)).min(u128::from(of));
        u64::try_from(done * u128::from(PARTS / 2) / u128::from(of.max(1))).unwrap_or(0)
    };
    let read = u64::try_from(progress.counts.read).unwrap_or(0);
    share(progress.read_bytes, total_bytes) + share(progress.counts.posted, read)
}

/// Rows, rate, and the time left. PURE.
fn import_message(progress: Progress, total_bytes: u64, elapsed: Duration) -> String {
    let counts = progress.counts;
    let rows = u64::try_from(counts.read).unwrap_or(0);
    let millis = u64::try_from(elapsed.as_millis()).unwrap_or(u64::MAX).max(1);
    let rate = rows.saturating_mul(1_000) / millis;
    let mut text = format!("{rows} rows read, {rate} rows/s");
    if counts.posted > 0 {
        text = format!("{} of {rows} rows posted", counts.posted);
    }
    let done = parts_done(progress, total_bytes);
    if total_bytes > 0 && done > 0 && done < PARTS {
        let left = u128::from(millis) * u128::from(PARTS - done) / u128::from(done) / 1_000;
        text.push_str(&format!(", about {left} s left"));
    }
    if counts.rejected > 0 {
        text.push_str(&format!(", {} rejected", counts.rejected));
    }
    text
}

/// Progress of a settlement run.
pub(crate) struct RunMeter(Meter);

impl RunMeter {
    /// Begins with one step, until the run knows how many it has.
    pub(crate) fn new() -> Self {
        Self(Meter::new(1, "{bar:30} {pos}/{len}  {msg}"))
    }

    /// Shows how far it is.
    pub(crate) fn show(&mut self, run: &settlement_run::Model) {
        let steps = |count: i32| u64::try_from(count).unwrap_or(0);
        if let Some(bar) = &self.0.bar {
            bar.set_length(steps(run.steps_total).max(1));
        }
        let message = format!(
            "{} {}: {} of {} steps, {} bills, {} set aside",
            run.month,
            run.kind,
            run.steps_done,
            run.steps_total.max(1),
            run.bills,
            run.quarantined
        );
        self.0.show(steps(run.steps_done), &message);
    }

    /// Clears the bar.
    pub(crate) fn finish(&self) {
        self.0.finish();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_time_left_follows_what_is_read_and_posted() {
        let mut progress = Progress { read_bytes: 250, ..Progress::default() };
        progress.counts.read = 100;
        let after = Duration::from_secs(2);
        assert_eq!(import_message(progress, 1_000, after), "100 rows read, 50 rows/s, about 14 s left");
        assert_eq!(import_message(progress, 0, after), "100 rows read, 50 rows/s");
        progress.counts.rejected = 3;
        assert_eq!(
            import_message(progress, 250, after),
            "100 rows read, 50 rows/s, about 2 s left, 3 rejected"
        );
        progress.counts.posted = 60;
        assert_eq!(import_message(progress, 250, after), "60 of 100 rows posted, about 0 s left, 3 rejected");
        assert_eq!(parts_done(progress, 250), 800);
    }
}
