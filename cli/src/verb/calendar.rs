//! `calendar`: which days are working days.

use std::fs::File;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};
use clap::{Args, Subcommand};
use domain::kernel::csv_line::line;
use domain::programme::calendar::days;
use domain::programme::calendar::import::{NewCalendar, import};
use domain::programme::calendar::rows::{COLUMNS, ROWS_LIMIT, Written, read};
use domain::{Context, Lang};

use crate::config::DatabaseArgs;
use crate::env::Env;
use crate::outcome::Outcome;
use crate::print::table::with_head;
use crate::process::open::open_args;

/// Largest file read, in bytes: a thousand rows of the longest names fit.
const FILE_LIMIT: u64 = 1 << 20;

#[derive(Args, Debug)]
pub(crate) struct CalendarVerb {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Debug, Subcommand)]
enum Verb {
    /// Take in the holidays and made-up days of one or more years, in place of what stands for those years
    Import {
        /// CSV with the columns day (2026-10-01), working (true or false), name, name_zh; `-` for standard input
        file: PathBuf,
        #[command(flatten)]
        database: DatabaseArgs,
    },
    /// Print the days of a year that do not go by their weekday
    Show {
        /// The year, e.g. 2026
        year: i32,
        #[command(flatten)]
        database: DatabaseArgs,
    },
}

/// Runs the verb.
pub(crate) async fn run(
    args: CalendarVerb,
    env: &Env,
    out: &mut (dyn Write + Send),
) -> anyhow::Result<Outcome> {
    match args.verb {
        Verb::Import { file, database } => {
            let rows = read(&written(&file)?)?;
            let store = open_args(&database, env).await?;
            let source = file.file_name().unwrap_or(file.as_os_str()).to_string_lossy().into_owned();
            let input = NewCalendar { days: rows, source };
            let count = input.days.len();
            let years = import(&store, &Context::system("cli"), None, input).await?;
            let years = years.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
            match env.lang {
                Lang::En => writeln!(
                    out,
                    "Took {count} days in for {years}. Deadlines that are set keep their instants."
                )?,
                Lang::ZhCn => writeln!(out, "已导入 {years} 年的 {count} 天。已设定的期限保持不变。")?,
            }
        }
        Verb::Show { year, database } => {
            let store = open_args(&database, env).await?;
            let mut table = with_head(&["day", "working", "name", "name_zh", "source"]);
            for row in days(store.db(), year).await? {
                table.add_row([
                    row.day.to_string(),
                    row.working.to_string(),
                    row.name,
                    row.name_zh,
                    row.source,
                ]);
            }
            writeln!(out, "{table}")?;
            match env.lang {
                Lang::En => writeln!(out, "All other days work from Monday to Friday.")?,
                Lang::ZhCn => writeln!(out, "其余日期周一至周五为工作日。")?,
            }
        }
    }
    Ok(Outcome::Done)
}

/// The rows of a file, as they stand there.
fn written(path: &Path) -> anyhow::Result<Vec<Written>> {
    let source: Box<dyn Read> = if path.as_os_str() == "-" {
        Box::new(io::stdin())
    } else {
        Box::new(File::open(path).with_context(|| format!("{} cannot be read", path.display()))?)
    };
    let mut text = String::new();
    source
        .take(FILE_LIMIT + 1)
        .read_to_string(&mut text)
        .with_context(|| format!("{} cannot be read as UTF-8 text", path.display()))?;
    if text.len() as u64 > FILE_LIMIT {
        bail!("{} is longer than {FILE_LIMIT} bytes: it is no calendar.", path.display());
    }
    // Spreadsheets write a byte order mark.
    rows(text.trim_start_matches('\u{feff}'))
}

/// One row more than is taken, so that whoever checks them sees that there are too many. PURE.
fn rows(text: &str) -> anyhow::Result<Vec<Written>> {
    let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(text.as_bytes());
    let header = reader.headers()?.clone();
    let place = |name: &str| header.iter().position(|column| column.trim() == name);
    let missing: Vec<_> = COLUMNS.iter().filter(|name| place(name).is_none()).copied().collect();
    if !missing.is_empty() {
        bail!("The header has no column {}. It is: {}", missing.join(", "), COLUMNS.join(","));
    }
    let mut rows = Vec::new();
    for record in reader.records().take(ROWS_LIMIT + 1) {
        let record = record?;
        let value = |name: &str| place(name).and_then(|at| record.get(at)).unwrap_or_default().to_owned();
        rows.push(Written {
            row: record.position().map_or(0, |at| line(text, at)),
            day: value("day"),
            working: value("working"),
            name: value("name"),
            name_zh: value("name_zh"),
        });
    }
    Ok(rows)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_come_in_any_order_and_rows_know_their_line() {
        let text = "name,day,name_zh,working,note\n\"a,b\",2027-01-01,元旦,false,x\n\nc,2027-01-02\n";
        for text in [text.to_owned(), text.replace('\n', "\r\n")] {
            let rows = rows(&text).unwrap();
            assert_eq!((rows[0].row, rows[0].day.as_str(), rows[0].name.as_str()), (2, "2027-01-01", "a,b"));
            assert_eq!((rows[1].row, rows[1].working.as_str(), rows[1].name_zh.as_str()), (4, "", ""));
        }
    }

    #[test]
    fn a_header_without_a_column_is_named() {
        let error = rows("day,name\n").unwrap_err().to_string();
        assert!(error.contains("working, name_zh"), "{error}");
    }
}
