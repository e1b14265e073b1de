//! Settings of a run: the paths it measures, how often, and with how much.

use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Context as _, Result};
use entity::Month;

use crate::bill;
use crate::programme::Size;

/// The seed of everything that is generated.
pub(crate) const SEED: u64 = 20_260_901;
/// The month that is billed.
pub(crate) const MONTH: Month = Month(202_609);
/// Customers of the programme, unless there are fewer than two payments for each.
const CUSTOMERS: usize = 100_000;
/// Partners of the programme.
const PARTNERS: usize = 2_000;

/// The paths and sizes that one run of the bench measures.
#[derive(Clone, Debug)]
pub(crate) struct Setting {
    /// Payments of the month.
    pub(crate) rows: usize,
    /// The programme they are settled in.
    pub(crate) size: Size,
    /// Measurements of each path; their median counts.
    pub(crate) repeat: usize,
    /// Directory for files; gone at the end.
    pub(crate) directory: PathBuf,
    paths: Option<Vec<String>>,
}

impl Setting {
    /// From the environment: `N` payments, `REPEAT` times, only `PATHS` (names separated by commas).
    pub(crate) fn from_env(directory: &Path) -> Result<Self> {
        let number = |name: &str, usual: usize| match text(name) {
            Some(text) => text.parse().with_context(|| format!("{name} is a number")),
            None => Ok(usual),
        };
        let rows = number("N", 1_000_000)?;
        let customers = CUSTOMERS.min(rows / 2).max(10);
        let size =
            Size { partners: PARTNERS.min(customers / 5).max(2), customers, changed: customers * 35 / 100 };
        let paths = text("PATHS").map(|t| t.split(',').map(|p| p.trim().to_owned()).collect());
        Ok(Self { rows, size, repeat: number("REPEAT", 3)?.max(1), directory: directory.to_owned(), paths })
    }

    /// The same programme with another number of payments.
    pub(crate) fn with_rows(&self, rows: usize) -> Self {
        Self { rows, ..self.clone() }
    }

    /// Whether the path of this name is to be measured.
    pub(crate) fn wants(&self, path: &str) -> bool {
        self.paths.as_ref().is_none_or(|paths| paths.iter().any(|p| p == path))
    }

    /// The month's bill as FOCUS CSV, written on first use.
    pub(crate) fn csv(&self) -> Result<PathBuf> {
        self.file("csv", bill::write_csv)
    }

    /// Other payments of the month.
    pub(crate) fn late_csv(&self) -> Result<PathBuf> {
        let path = self.directory.join(format!("late-{}.csv", self.rows));
        if !path.exists() {
            bill::write_csv(&path, bill::Rows::new(self.rows, self.size.customers, SEED + 1))?;
        }
        Ok(path)
    }

    /// The same as Parquet.
    pub(crate) fn parquet(&self) -> Result<PathBuf> {
        self.file("parquet", crate::bill_parquet::write)
    }

    fn file(&self, ending: &str, write: fn(&Path, bill::Rows) -> Result<()>) -> Result<PathBuf> {
        let path = self.directory.join(format!("bill-{}.{ending}", self.rows));
        if !path.exists() {
            write(&path, bill::Rows::new(self.rows, self.size.customers, SEED))?;
        }
        Ok(path)
    }
}

/// A variable of the environment that is set to something.
pub(crate) fn text(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|text| !text.is_empty())
}

/// The middle one.
pub(crate) fn median<T: PartialOrd + Copy>(mut values: Vec<T>) -> Option<T> {
    values.sort_by(|a, b| a.partial_cmp(b).unwrap_or(std::cmp::Ordering::Equal));
    values.get(values.len() / 2).copied()
}

/// The middle one of some times.
pub(crate) fn median_time(values: Vec<Duration>) -> Duration {
    median(values).unwrap_or_default()
}
