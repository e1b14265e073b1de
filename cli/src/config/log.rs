//! Settings of the log: the words of the program about itself while it runs.

use clap::Args;
use domain::Lang;
use tracing_subscriber::filter::Targets;

use super::problems::{Problems, set};

/// Settings of the log, as they were given.
#[derive(Args, Clone, Debug)]
pub struct LogArgs {
    /// Level of the log, or targets with levels, e.g. `info,domain=debug`; `info` for `serve` and `worker`,
    /// else `warn`
    #[arg(long, env = "PARTNER_CENTER_LOG", value_name = "FILTER", global = true, help_heading = "Logging")]
    pub log: Option<String>,
    /// Format of the log: `human` or `json`; both go to standard error
    #[arg(long, env = "PARTNER_CENTER_LOG_FORMAT", value_name = "FORMAT", global = true)]
    #[arg(default_value = "human", help_heading = "Logging")]
    pub log_format: String,
    /// The language of messages: `en` or `zh-CN`
    #[arg(long, env = "PARTNER_CENTER_LANG", value_name = "LANGUAGE", global = true)]
    #[arg(default_value = "en", help_heading = "Logging")]
    pub lang: String,
}

/// Format of the log's lines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LogFormat {
    /// Lines for people.
    Human,
    /// One JSON object a line.
    Json,
}

/// Settings of the log, checked.
#[derive(Debug)]
pub struct Log {
    /// Levels by target.
    pub filter: Targets,
    /// Format of the lines.
    pub format: LogFormat,
    /// The language of messages.
    pub lang: Lang,
}

impl LogArgs {
    /// Checks the texts; `usual` is the filter where none is set.
    pub fn check(&self, usual: &str, problems: &mut Problems) -> Option<Log> {
        let filter = set(self.log.as_ref()).unwrap_or(usual);
        let filter = problems.parse("LOG", filter, "a log filter, e.g. info or warn,domain=debug");
        let lang = match self.lang.trim() {
            "en" => Lang::En,
            "zh-CN" | "zh" => Lang::ZhCn,
            other => {
                problems.add("LANG", format!("\"{other}\" is neither en nor zh-CN"));
                Lang::En
            }
        };
        let format = match self.log_format.trim() {
            "human" => LogFormat::Human,
            "json" => LogFormat::Json,
            other => {
                problems.add("LOG_FORMAT", format!("\"{other}\" is neither human nor json"));
                return None;
            }
        };
        Some(Log { filter: filter?, format, lang })
    }
}
