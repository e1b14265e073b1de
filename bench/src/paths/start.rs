//! Time from a start to the first answer, memory of an idle process, size of the program.

use std::process::Command;
use std::time::{Duration, Instant};

use anyhow::Result;
use serde_json::json;

use crate::place::Places;
use crate::served::{Callers, Served, program};
use crate::setting::median_time;
use crate::table::{Aim, Figure, Measured};

/// From the start of the process to the first answer.
const START: Duration = Duration::from_millis(500);
/// Longest time for which a start is waited for.
const PATIENCE: Duration = Duration::from_secs(30);
/// Time after the first answer in which a process comes to rest.
const REST: Duration = Duration::from_secs(5);

pub(crate) async fn measure(places: &mut Places<'_>) -> Result<Vec<Measured>> {
    let place = places.empty().await?;
    let callers = Callers::new()?;
    let (mut times, mut idle) = (Vec::new(), 0.0_f64);
    for n in 0..places.setting.repeat {
        let begun = Instant::now();
        let served = Served::product(places.backend, &place.url).await?;
        served.ready(PATIENCE).await?;
        let query = json!({ "query": "{ customers(first: 1) { nodes { name } } }" }).to_string();
        served.ask(&callers, &query).await?;
        times.push(begun.elapsed());
        if n == 0 {
            tokio::time::sleep(REST).await;
            idle = served.resident_mb();
        }
    }
    Ok(vec![
        Measured::new("start to the first answer", Figure::Time(median_time(times), 0))
            .aim(Aim::Within(START)),
        Measured::new("idle memory", Figure::Megabytes(idle)).aim(Aim::AtMost(40.0)),
        Measured::new("program, stripped", Figure::Megabytes(stripped_mb(places)?)).aim(Aim::AtMost(30.0)),
    ])
}

fn stripped_mb(places: &Places<'_>) -> Result<f64> {
    let stripped = places.setting.directory.join("stripped");
    // Without the tool the size is that of the program as built.
    let done = Command::new("strip").arg("-o").arg(&stripped).arg(program()?).status();
    let path = if done.is_ok_and(|status| status.success()) { stripped } else { program()? };
    Ok(std::fs::metadata(path)?.len() as f64 / 1e6)
}
