//! `demo`.
use std::io::Write;
use clap::Args;
use crate::command::Env;
use crate::outcome::Outcome;
#[derive(Args, Debug)]
pub(crate) struct DemoArgs {}
pub(crate) async fn run(_args: DemoArgs, _env: &Env, _out: &mut (dyn Write + Send)) -> anyhow::Result<Outcome> { Ok(Outcome::Done) }
