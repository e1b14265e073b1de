//! Logs on standard error, and metrics for `/metrics`.

use std::io;
use std::time::Duration;

use metrics_exporter_prometheus::{PrometheusBuilder, PrometheusHandle};
use tracing_subscriber::layer::SubscriberExt as _;
use tracing_subscriber::util::SubscriberInitExt as _;

use crate::config::{Log, LogFormat};

/// Pace of folding what histograms collected, so that they do not grow where nobody asks for metrics.
pub(crate) const UPKEEP_EVERY: Duration = Duration::from_secs(5);

/// Starts logging. A second start in one process changes nothing.
pub(crate) fn start(log: Log) {
    let lines = tracing_subscriber::fmt::layer().with_writer(io::stderr);
    let filtered = tracing_subscriber::registry().with(log.filter);
    // Fails only when logging was started before.
    let _ = match log.format {
        LogFormat::Human => {
            filtered.with(lines.with_ansi(io::IsTerminal::is_terminal(&io::stderr()))).try_init()
        }
        LogFormat::Json => filtered.with(lines.json().flatten_event(true)).try_init(),
    };
}

/// Starts counting, and returns what renders the counts for Prometheus.
pub(crate) fn start_metrics() -> anyhow::Result<PrometheusHandle> {
    Ok(PrometheusBuilder::new().install_recorder()?)
}
