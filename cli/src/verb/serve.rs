//! `serve`: the API; with SQLite the worker too, in one process.

use std::io::Write;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context as _;
use api::auth::{AuthConfig, KeySource, Verifier};
use api::files::{Files, Uploaded};
use api::http::{Front, FrontConfig, FrontParts, MetricsText, PersistedMode};
use api::links::FileLinks;
use api::payout_callback::PayoutCallbacks;
use clap::Args;
use domain::money::payout::Gateway;
use domain::programme::demo_clock;
use domain::{Purpose, Store};
use entity::timestamp::SECOND;
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;
use worker::{Bell, Ringer};

use crate::config::{
    Auth, AuthArgs, DatabaseArgs, Documents, FilesArgs, KeyPlace, Mail, MailArgs, Payout, PayoutArgs,
    Problems, Queue, QueueArgs, Serve, ServeArgs, WhichDocuments, Worker, WorkerArgs,
};
use crate::env::Env;
use crate::outcome::Outcome;
use crate::process::answer;
use crate::process::executor;
use crate::process::file_links;
use crate::process::logs;
use crate::process::news::relay_until;
use crate::process::open::open_migrated;
use crate::process::ready;
use crate::process::stop;
use crate::process::tasks::gauge_until;
use crate::process::trusted_documents::TrustedDocuments;
use crate::verb::worker::{queue_config, work};

/// Pace of looking where the clock of a demonstration stands.
const CLOCK_LOOK_EVERY: Duration = Duration::from_secs(1);

#[derive(Args, Debug)]
pub(crate) struct ServeVerb {
    /// Work in this process too (always so with SQLite)
    #[arg(long, conflicts_with = "no_worker")]
    with_worker: bool,
    /// Only serve; another process works
    #[arg(long)]
    no_worker: bool,
    #[command(flatten)]
    serve: ServeArgs,
    #[command(flatten)]
    database: DatabaseArgs,
    #[command(flatten)]
    queue: QueueArgs,
    #[command(flatten)]
    files: FilesArgs,
    #[command(flatten)]
    worker: WorkerArgs,
    #[command(flatten)]
    mail: MailArgs,
    #[command(flatten)]
    payout: PayoutArgs,
    #[command(flatten)]
    auth: AuthArgs,
}

/// Parts that a serving process is made of.
pub(crate) struct Served {
    pub(crate) store: Store,
    /// Most connections for the requests of callers, beside those of the worker.
    pub(crate) connections: u32,
    pub(crate) queue: Queue,
    pub(crate) serve: Serve,
    pub(crate) auth: Auth,
    /// Gateway that payouts go to.
    pub(crate) gateway: Gateway,
    /// Settings of the gateway, for its messages.
    pub(crate) payout: Payout,
    /// Work in this process too.
    pub(crate) worker: Option<Worker>,
    /// Settings by which a process that works sends mail.
    pub(crate) mail: Mail,
    /// Signs links to files.
    pub(crate) links: FileLinks,
}

/// Runs the verb.
pub(crate) async fn run(args: ServeVerb, env: &Env, out: &mut (dyn Write + Send)) -> anyhow::Result<Outcome> {
    let mut problems = Problems::default();
    let database = args.database.check(&mut problems);
    let queue = args.queue.check(&database, &mut problems);
    let files = args.files.check(&mut problems);
    let secret = args.files.secret(&mut problems);
    let worker = args.worker.check(&mut problems);
    let mail = args.mail.check(env.lang, &mut problems);
    let serve = args.serve.check(&mut problems);
    let development = serve.as_ref().is_some_and(|serve| serve.development);
    let payout = args.payout.check(development, &mut problems);
    let auth = args.auth.check(development, &mut problems);
    let (serve, auth) = problems.finish(serve.zip(auth))?;
    let works = args.with_worker || (database.is_sqlite() && !args.no_worker);
    let store = files.of(open_migrated(&database, env).await?);
    let gateway = payout.gateway(&store.clock)?;
    let connections = database.connections;
    let served = Served {
        store,
        connections,
        queue,
        serve,
        auth,
        gateway,
        payout,
        worker: works.then_some(worker),
        mail,
        links: secret.map_or_else(FileLinks::default, |secret| FileLinks::of(secret.expose().as_bytes())),
    };
    let listener = listen(served.serve.listen).await?;
    writeln!(out, "Serving http://{}/graphql until asked to stop.", listener.local_addr()?)?;
    out.flush()?;
    serve_until(served, listener, stop::on_signal()?).await?;
    Ok(Outcome::Done)
}

/// Takes the address.
pub(crate) async fn listen(address: SocketAddr) -> anyhow::Result<TcpListener> {
    TcpListener::bind(address).await.with_context(|| format!("The address {address} cannot be listened on"))
}

/// Serves, and works if it should, until `stop`; then finishes what is in hand.
pub(crate) async fn serve_until(
    served: Served,
    listener: TcpListener,
    stop: CancellationToken,
) -> anyhow::Result<()> {
    let requests = served.store.beside(Purpose::Requests, served.connections).await?;
    let queue = queue_config(&served.store, &served.queue);
    let ringer = Ringer::open(&queue)?;
    let metrics = logs::start_metrics()?;
    let upkeep = metrics.clone();
    let verifier = Arc::new(verifier(&served)?);
    let links = served.links.clone();
    let files = Files {
        store: requests.clone(),
        verifier: verifier.clone(),
        uploaded: uploaded(ringer.clone()),
        links,
    };
    let (persisted, trusted) = documents(&served.serve.documents).await?;
    let front = front(
        &served,
        persisted,
        &requests,
        &ringer,
        verifier,
        Arc::new(move || metrics.render()),
        stop.clone(),
    )?;
    let callbacks = PayoutCallbacks { store: requests.clone(), secret: served.payout.secret() };
    let extra = api::files::routes(files).merge(api::payout_callback::routes(callbacks));
    let router = api::http::router(front, extra);
    let answering = async {
        let ended = api::http::serve(listener, router, stop.cancelled(), served.serve.grace).await;
        // Without its API the process is of no use: the worker stops too.
        stop.cancel();
        ended.context("serving")
    };
    let working = async {
        let Some(settings) = &served.worker else { return Ok(()) };
        let ended = work(&served.store, &served.gateway, &queue, settings, &served.mail, stop.clone()).await;
        stop.cancel();
        ended
    };
    let keeping = async {
        while tokio::time::timeout(logs::UPKEEP_EVERY, stop.cancelled()).await.is_err() {
            upkeep.run_upkeep();
        }
    };
    let gauging = gauge_until(&requests, &stop);
    let following = follow_clock(&requests, &stop);
    let relaying = relay_until(&served.store, &served.queue, stop.clone());
    let trusting = async {
        if let Some(trusted) = trusted {
            trusted.follow(stop.clone()).await;
        }
    };
    let unlocking = file_links::unlock(&served.links, &requests, &stop);
    let (answered, worked, (), (), (), relayed, (), ()) =
        tokio::join!(answering, working, keeping, gauging, following, relaying, trusting, unlocking);
    answered.and(worked).and(relayed)
}

/// Follows the clock of a demonstration; on other databases there is nothing to follow.
async fn follow_clock(store: &Store, stop: &CancellationToken) {
    loop {
        match demo_clock::refresh(store).await {
            Ok(false) => return,
            Ok(true) => {}
            Err(error) => tracing::debug!(%error, "the clock of the demonstration cannot be read"),
        }
        if tokio::time::timeout(CLOCK_LOOK_EVERY, stop.cancelled()).await.is_ok() {
            return;
        }
    }
}

/// The mode for documents by hash, and the task that follows their manifests.
async fn documents(settings: &Documents) -> anyhow::Result<(PersistedMode, Option<TrustedDocuments>)> {
    let trusted = match settings.manifests.as_slice() {
        [] => None,
        urls => Some(TrustedDocuments::open(urls).await?),
    };
    let list = trusted.as_ref().map(TrustedDocuments::list);
    let mode = match (settings.which, list) {
        (WhichDocuments::Trusted, list) => PersistedMode::AllowList(list.unwrap_or_default()),
        (WhichDocuments::Automatic, Some(list)) => PersistedMode::AutomaticWith(list),
        (WhichDocuments::Automatic, None) => PersistedMode::Automatic,
        (WhichDocuments::Any, _) => PersistedMode::Off,
    };
    Ok((mode, trusted))
}

fn front(
    served: &Served,
    persisted: PersistedMode,
    requests: &Store,
    ringer: &Ringer,
    verifier: Arc<Verifier>,
    metrics: MetricsText,
    stop: CancellationToken,
) -> anyhow::Result<Arc<Front>> {
    let serve = &served.serve;
    let usual = if serve.development { FrontConfig::development() } else { FrontConfig::production() };
    let config = FrontConfig {
        graphiql: serve.graphiql,
        introspection: serve.introspection,
        anonymous_introspection: serve.development && serve.introspection,
        allowed_origins: serve.allowed_origins.clone(),
        trusted_proxies: serve.trusted_proxies,
        persisted,
        public_url: serve.public_url.clone(),
        links: served.links.clone(),
        costs: api::graphql::costs(),
        ..usual
    };
    let executor = executor::executor(requests, served.gateway.clone(), ringer);
    let ids = requests.ids.clone();
    let parts = FrontParts {
        executor: executor.execute,
        sdl: executor.sdl,
        scalars: api::graphql::check_scalar,
        verifier,
        attach: executor.attach,
        ready: ready::check(requests.clone(), ringer.clone()),
        metrics,
        one_time_token: Arc::new(move || ids.token()),
        stop,
    };
    Ok(Front::new(config, parts)?)
}

/// Rings for an import whose file is complete.
fn uploaded(ringer: Ringer) -> Uploaded {
    Arc::new(move |id| answer::ring(&ringer, Bell::Import(id.0)))
}

fn verifier(served: &Served) -> anyhow::Result<Verifier> {
    let keys = match &served.auth.keys {
        KeyPlace::Secret(secret) => KeySource::Hs256(secret.expose().as_bytes().to_vec()),
        KeyPlace::File(path) => KeySource::JwksFile(path.clone()),
        KeyPlace::Url(url) => {
            // Fails only when a provider was chosen before.
            let _ = rustls::crypto::ring::default_provider().install_default();
            KeySource::JwksUrl { url: url.clone(), client: reqwest::Client::builder().build()? }
        }
    };
    let auth = &served.auth;
    let mut config = AuthConfig::new(keys, &auth.issuer, &auth.audience, !served.serve.development);
    config.lifetime_max_s = auth.lifetime_max_s;
    let clock = served.store.clock.clone();
    // Tokens live by the clock of whoever issues them, which nobody sets.
    Ok(Verifier::new(config, Arc::new(move || clock.machine_now().0 / SECOND))?)
}
