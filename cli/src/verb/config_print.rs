//! `config`: the settings in force, where each comes from, and everything that is wrong with them.

use std::io::Write;

use clap::parser::ValueSource;
use clap::{ArgMatches, Args, Command};

use crate::config::reference::{markdown, settings, variable};
use crate::config::secret::redact_url;
use crate::config::{
    AuthArgs, DatabaseArgs, FilesArgs, LogArgs, MailArgs, PayoutArgs, Problems, QueueArgs, ServeArgs,
    WorkerArgs,
};
use crate::outcome::Outcome;
use crate::print::table::with_head;

#[derive(Args, Debug)]
pub(crate) struct ConfigVerb {
    /// Print the reference of all settings instead (docs/configuration.md)
    #[arg(long)]
    reference: bool,
    #[command(flatten)]
    database: DatabaseArgs,
    #[command(flatten)]
    queue: QueueArgs,
    #[command(flatten)]
    files: FilesArgs,
    #[command(flatten)]
    serve: ServeArgs,
    #[command(flatten)]
    worker: WorkerArgs,
    #[command(flatten)]
    mail: MailArgs,
    #[command(flatten)]
    payout: PayoutArgs,
    #[command(flatten)]
    auth: AuthArgs,
}

/// Runs the verb; `command` is the whole command line, to ask which setting came from where.
pub(crate) fn run(
    args: &ConfigVerb,
    command: Command,
    out: &mut (dyn Write + Send),
) -> anyhow::Result<Outcome> {
    if args.reference {
        out.write_all(markdown().as_bytes())?;
        return Ok(Outcome::Done);
    }
    // The arguments once more, this time asking where each came from.
    let matches = command.clone().get_matches();
    if let Some((_, matches)) = matches.subcommand() {
        let config = command.find_subcommand("config").cloned().unwrap_or_default();
        print(&config, matches, out)?;
        print(&LogArgs::augment_args(clap::Command::new("log")), matches, out)?;
    }
    let mut problems = Problems::default();
    let database = args.database.check(&mut problems);
    args.queue.check(&database, &mut problems);
    args.files.check(&mut problems);
    args.worker.check(&mut problems);
    args.mail.check(domain::Lang::default(), &mut problems);
    let serve = args.serve.check(&mut problems);
    let development = serve.as_ref().is_some_and(|serve| serve.development);
    args.payout.check(development, &mut problems);
    args.auth.check(development, &mut problems);
    problems.finish(serve)?;
    writeln!(out, "The configuration is sound.")?;
    Ok(Outcome::Done)
}

fn print(command: &clap::Command, matches: &ArgMatches, out: &mut (dyn Write + Send)) -> anyhow::Result<()> {
    let mut table = with_head(&["variable", "value", "from"]);
    for arg in settings(command) {
        let name = variable(arg).unwrap_or_default();
        let id = arg.get_id().as_str();
        let value = matches.try_get_one::<String>(id).ok().flatten();
        let from = match matches.value_source(id) {
            Some(ValueSource::CommandLine) => "flag",
            Some(ValueSource::EnvVariable) => "environment",
            Some(_) => "default",
            None => "",
        };
        table.add_row([name, &shown(name, value.map_or("", String::as_str)), from]);
    }
    writeln!(out, "{table}")?;
    Ok(())
}

/// A value that may be seen by anyone.
fn shown(name: &str, value: &str) -> String {
    if value.is_empty() {
        "(not set)".to_owned()
    } else if name.ends_with("_SECRET") {
        crate::config::Secret::new(value).to_string()
    } else if name.ends_with("_URL") {
        redact_url(value)
    } else {
        value.to_owned()
    }
}
