//! `demo`: a believable programme in a directory, two months from bills to incentive bills, and the API to
//! look at them. Everything goes through the use cases that users have; nothing is inserted by hand.

use std::io::Write;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::time::Duration;

use anyhow::bail;
use api::links::FileLinks;
use clap::Args;
use domain::Store;
use domain::money::payout::Gateway;
use tokio::net::TcpListener;

mod adopt;
mod bills;
mod claim;
mod focus_csv;
mod market;
mod money;
mod opportunities;
mod personas;
mod place;
mod plan;
mod post;
mod programme;
mod story;
mod table;

use crate::config::auth::TOKEN_HOURS_MAX;
use crate::config::{
    Auth, Database, Documents, KeyPlace, Mail, Payout, Queue, Secret, SecretUrl, Serve, WhichDocuments,
    Worker,
};
use crate::env::Env;
use crate::outcome::Outcome;
use crate::process::stop;
use crate::verb::serve::{Served, listen, serve_until};
use crate::verb::verify;

/// Issuer and audience of the demonstration's tokens.
const ISSUER: &str = "partner-center-demo";

#[derive(Args, Debug)]
pub(crate) struct DemoArgs {
    /// Directory for the database, the bills, the mail and the secret; made fresh each time
    #[arg(long, value_name = "DIRECTORY")]
    dir: PathBuf,
    /// Import this FOCUS bill instead of generated ones and share its accounts out among the partners
    #[arg(long, value_name = "FILE")]
    bill: Option<PathBuf>,
    /// Port to serve on, of this machine only; 0 takes a free one
    #[arg(long, default_value_t = 8080)]
    port: u16,
    /// Another seed makes another programme and other bills
    #[arg(long, default_value_t = 7)]
    seed: u64,
    /// Stop after the tables instead of serving the API
    #[arg(long)]
    no_serve: bool,
    /// A PostgreSQL database instead of a SQLite file; it must be empty or of an earlier demonstration
    #[arg(long, value_name = "URL", requires = "redis_url")]
    database_url: Option<String>,
    /// The Redis server that goes with PostgreSQL
    #[arg(long, value_name = "URL", requires = "database_url")]
    redis_url: Option<String>,
}

/// Runs the verb.
pub(crate) async fn run(args: DemoArgs, env: &Env, out: &mut (dyn Write + Send)) -> anyhow::Result<Outcome> {
    if args.database_url.as_ref().is_some_and(|url| !url.starts_with("postgres")) {
        bail!(
            "--database-url takes a PostgreSQL URL; without it the demonstration uses a SQLite file in --dir."
        );
    }
    // Before the work, so that a port that is taken is known at once.
    let listener = if args.no_serve { None } else { Some(listen(local(args.port)).await?) };
    place::directory(&args.dir)?;
    post::empty(&args.dir)?;
    let mail = post::mail(&args.dir, env.lang)?;
    let secret = Secret::new(place::secret(&args.dir, env)?);
    let (database, store) = place::database(&args.dir, args.database_url.as_deref(), env).await?;
    writeln!(out, "A fresh database: {}", database.url)?;
    let told = match &args.bill {
        Some(bill) => story::of_a_bill(&store, bill, env, out).await?,
        None => story::generated(&store, &args.dir, args.seed, env, out).await?,
    };
    post::send(&store, &args.dir, &mail, out).await?;
    table::print(&store, &told.months, out).await?;
    writeln!(out)?;
    let outcome = verify::prove(&store, None, out).await?;
    let auth = Auth {
        issuer: ISSUER.into(),
        audience: ISSUER.into(),
        keys: KeyPlace::Secret(secret),
        lifetime_max_s: i64::from(TOKEN_HOURS_MAX) * 3_600,
    };
    personas::print(told.cast, &auth, env, out)?;
    if let Some(listener) = listener.filter(|_| outcome == Outcome::Done) {
        serve(&args, listener, &database, store, auth, mail, out).await?;
    }
    Ok(outcome)
}

/// An address of this machine only: the tokens are printed for everyone to see.
fn local(port: u16) -> SocketAddr {
    SocketAddr::from((Ipv4Addr::LOCALHOST, port))
}

async fn serve(
    args: &DemoArgs,
    listener: TcpListener,
    database: &Database,
    store: Store,
    auth: Auth,
    mail: Mail,
    out: &mut (dyn Write + Send),
) -> anyhow::Result<()> {
    let address = listener.local_addr()?;
    let queue = match &args.redis_url {
        Some(url) if !database.is_sqlite() => {
            Queue::Redis { url: SecretUrl::new(url.clone()), namespace: ISSUER.to_owned() }
        }
        _ => Queue::Embedded,
    };
    let serve = Serve {
        listen: address,
        development: true,
        graphiql: true,
        introspection: true,
        public_url: None,
        documents: Documents { which: WhichDocuments::Automatic, manifests: Vec::new() },
        allowed_origins: Vec::new(),
        trusted_proxies: 0,
        grace: Duration::from_secs(5),
    };
    let worker = Worker {
        concurrency: 2,
        tick_every: Duration::from_secs(5),
        limit: Duration::from_secs(3_600),
        grace: Duration::from_secs(10),
    };
    writeln!(out, "\nGraphiQL:  http://{address}/")?;
    writeln!(out, "GraphQL:   http://{address}/graphql")?;
    writeln!(out, "Deadlines: partner-center clock advance 10d --database-url {}", database.url)?;
    writeln!(out, "API and worker run until you press Ctrl-C. The same command makes everything anew.")?;
    out.flush()?;
    let connections = database.connections;
    let (gateway, payout) = (Gateway::Sandbox, Payout::Sandbox);
    let served = Served {
        store,
        connections,
        queue,
        serve,
        auth,
        gateway,
        payout,
        worker: Some(worker),
        mail,
        links: FileLinks::default(),
    };
    serve_until(served, listener, stop::on_signal()?).await
}
