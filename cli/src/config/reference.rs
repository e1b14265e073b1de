//! `docs/configuration.md`, made from the same declarations that read the settings.

use std::fmt::Write as _;

use clap::{Arg, Args, Command};

use super::{
    AuthArgs, DatabaseArgs, FilesArgs, LogArgs, MailArgs, PayoutArgs, QueueArgs, ServeArgs, WorkerArgs,
};

const HEAD: &str = "# Configuration

Every setting is a variable of the environment or a flag of the command; the flag wins, then the variable,
then the default. All settings are checked at the start and every error is reported at once, with its cure.
`partner-center config` prints what is in force and where it comes from; secrets and passwords never appear.

This page is generated and a test compares it. To write it anew:
`scripts/write-generated docs/configuration.md cargo run --quiet --locked -- config --reference`
";

/// The roles with their settings.
fn roles() -> [(&'static str, &'static str, Command); 9] {
    let empty = || Command::new("role");
    [
        ("Database", "every command", DatabaseArgs::augment_args(empty())),
        ("Queue", "`serve`, `worker`, `demo`", QueueArgs::augment_args(empty())),
        ("Files", "`serve`, `worker`", FilesArgs::augment_args(empty())),
        ("API", "`serve`", ServeArgs::augment_args(empty())),
        ("Worker", "`worker`, and `serve` when it works too", WorkerArgs::augment_args(empty())),
        ("Mail", "`worker`, and `serve` when it works too", MailArgs::augment_args(empty())),
        ("Payouts", "`serve`, `worker`", PayoutArgs::augment_args(empty())),
        ("Authentication", "`serve`, `token`", AuthArgs::augment_args(empty())),
        ("Logging", "every command", LogArgs::augment_args(empty())),
    ]
}

/// The whole page.
#[must_use]
pub fn markdown() -> String {
    let mut page = HEAD.to_owned();
    for (role, used_by, command) in roles() {
        let _ = write!(
            page,
            "\n## {role}\nRead by {used_by}.\n\n| variable | flag | default | meaning |\n|---|---|---|---|\n"
        );
        for arg in settings(&command) {
            let variable = variable(arg).unwrap_or_default();
            let flag = arg.get_long().unwrap_or_default();
            let value =
                arg.get_value_names().and_then(|names| names.first()).map_or("", |name| name.as_str());
            let default = default(arg).map_or_else(|| "–".to_owned(), |text| format!("`{text}`"));
            let help = arg.get_help().map(ToString::to_string).unwrap_or_default();
            let _ = writeln!(page, "| `{variable}` | `--{flag} {value}` | {default} | {help} |");
        }
    }
    page
}

/// The arguments of `command` that can come from the environment.
pub fn settings(command: &Command) -> impl Iterator<Item = &Arg> {
    command.get_arguments().filter(|arg| arg.get_env().is_some())
}

/// The variable of a setting.
#[must_use]
pub fn variable(arg: &Arg) -> Option<&str> {
    arg.get_env().and_then(|name| name.to_str())
}

fn default(arg: &Arg) -> Option<String> {
    arg.get_default_values().first().map(|text| text.to_string_lossy().into_owned())
}
