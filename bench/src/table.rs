//! Measurements, and their print: one table for a database.

use std::time::Duration;

/// A figure that is measured of a path.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Figure {
    /// Time that it took, and the rows it was for.
    Time(Duration, usize),
    /// Requests in a second.
    Requests(f64),
    /// A size, in MB.
    Megabytes(f64),
}

impl Figure {
    /// Larger is better: one over the time, or requests a second.
    fn speed(self) -> f64 {
        match self {
            Self::Time(time, _) => 1.0 / time.as_secs_f64(),
            Self::Requests(n) | Self::Megabytes(n) => n,
        }
    }

    fn show(self) -> String {
        match self {
            Self::Time(time, 0) => format!("{time:.2?}"),
            Self::Time(time, rows) => {
                format!("{time:.2?} = {:.0} k rows/s", rows as f64 / time.as_secs_f64() / 1e3)
            }
            Self::Requests(n) => format!("{n:.0} req/s"),
            Self::Megabytes(n) => format!("{n:.1} MB"),
        }
    }
}

/// A bound that must hold.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Aim {
    /// Our speed is at least this part of the other's.
    Speed(f64),
    /// Our time is at most this part of the other's.
    Time(f64),
    /// At least so many rows in a second.
    RowsPerSecond(f64),
    /// At most so long.
    Within(Duration),
    /// At most so large, in MB.
    AtMost(f64),
    /// Our process had at most so much memory, in MB.
    Memory(u64),
}

/// A line of the table.
#[derive(Clone, Debug)]
pub(crate) struct Measured {
    /// Name of the path in the table.
    pub(crate) path: String,
    /// Figure of the product.
    pub(crate) ours: Figure,
    /// Name and figure of the baseline.
    pub(crate) against: Option<(String, Figure)>,
    /// Bounds that must hold.
    pub(crate) aims: Vec<Aim>,
    /// Most memory of our process, in MB.
    pub(crate) peak_mb: Option<u64>,
}

impl Measured {
    /// A line without aims.
    pub(crate) fn new(path: impl Into<String>, ours: Figure) -> Self {
        Self { path: path.into(), ours, against: None, aims: Vec::new(), peak_mb: None }
    }

    /// Held against something.
    pub(crate) fn against(self, name: impl Into<String>, figure: Figure) -> Self {
        Self { against: Some((name.into(), figure)), ..self }
    }

    /// This must hold too.
    pub(crate) fn aim(mut self, aim: Aim) -> Self {
        self.aims.push(aim);
        self
    }

    /// Most memory of our process, in MB.
    pub(crate) fn peak(self, mb: u64) -> Self {
        Self { peak_mb: Some(mb), ..self }
    }

    /// Our speed as a part of the other's.
    fn ratio(&self) -> Option<f64> {
        self.against.as_ref().map(|(_, other)| self.ours.speed() / other.speed())
    }

    fn check(&self, aim: Aim) -> (String, Option<bool>) {
        let ratio = self.ratio();
        match aim {
            Aim::Speed(part) => (format!("speed ≥ {part} ×"), ratio.map(|r| r >= part)),
            Aim::Time(part) => (format!("time ≤ {part} ×"), ratio.map(|r| 1.0 / r <= part)),
            Aim::RowsPerSecond(least) => {
                let Figure::Time(time, rows) = self.ours else { return (String::new(), None) };
                (format!("≥ {:.0} k rows/s", least / 1e3), Some(rows as f64 / time.as_secs_f64() >= least))
            }
            Aim::Within(longest) => {
                let Figure::Time(time, _) = self.ours else { return (String::new(), None) };
                (format!("≤ {longest:?}"), Some(time <= longest))
            }
            Aim::AtMost(most) => {
                let Figure::Megabytes(size) = self.ours else { return (String::new(), None) };
                (format!("≤ {most} MB"), Some(size <= most))
            }
            Aim::Memory(most) => (format!("memory ≤ {most} MB"), self.peak_mb.map(|mb| mb <= most)),
        }
    }

    fn cells(&self) -> [String; 7] {
        let checks: Vec<_> = self.aims.iter().map(|aim| self.check(*aim)).collect();
        let verdict = |met: Option<bool>| match met {
            Some(true) => "yes",
            Some(false) => "NO",
            None => "?",
        };
        // Times are compared as times, all else as speeds.
        let in_time = self.aims.iter().any(|aim| matches!(aim, Aim::Time(_)));
        let ratio = |r: f64| if in_time { format!("time {:.3}", 1.0 / r) } else { format!("speed {r:.2}") };
        [
            self.path.clone(),
            self.ours.show(),
            self.against.as_ref().map_or(String::new(), |(name, other)| format!("{name}: {}", other.show())),
            self.ratio().map_or(String::new(), ratio),
            checks.iter().map(|(aim, _)| aim.as_str()).collect::<Vec<_>>().join("; "),
            checks.iter().map(|(_, met)| verdict(*met)).collect::<Vec<_>>().join("; "),
            self.peak_mb.map_or(String::new(), |mb| format!("{mb} MB")),
        ]
    }
}

/// The table as text, its columns aligned.
pub(crate) fn show(lines: &[Measured]) -> String {
    let head = ["path", "ours", "against", "ratio", "aim", "met?", "peak memory"].map(str::to_owned);
    let rows: Vec<[String; 7]> = std::iter::once(head).chain(lines.iter().map(Measured::cells)).collect();
    let width = |c: usize| rows.iter().map(|row| row[c].chars().count()).max().unwrap_or(0);
    let widths: Vec<usize> = (0..7).map(width).collect();
    let mut text = String::new();
    for (n, row) in rows.iter().enumerate() {
        let cells: Vec<String> =
            row.iter().zip(&widths).map(|(cell, &width)| format!("{cell:<width$}")).collect();
        text += &format!("| {} |\n", cells.join(" | "));
        if n == 0 {
            let rule: Vec<String> = widths.iter().map(|&width| "-".repeat(width)).collect();
            text += &format!("|-{}-|\n", rule.join("-|-"));
        }
    }
    text
}
