//! The same programme with a tenth of the payments: ten times as many take at most eleven times as long.

use anyhow::Result;

use crate::place::Places;
use crate::step::{self, Took};
use crate::table::{Aim, Figure, Measured};

/// Longest time for ten times as many payments, as a multiple of the shorter one.
const FACTOR: f64 = 11.0;

struct Job {
    import: Vec<Took>,
    settle: Vec<Took>,
    verify: Vec<Took>,
}

async fn job(places: &Places<'_>) -> Result<Job> {
    let (csv, rows) = (places.setting.csv()?, places.setting.rows);
    let mut job = Job { import: vec![], settle: vec![], verify: vec![] };
    for _ in 0..places.setting.repeat {
        let place = places.empty().await?;
        job.import.push(step::import(&place.url, &csv, rows)?);
        job.settle.push(step::settle(&place.url)?);
        job.verify.push(step::verify(&place.url)?);
    }
    Ok(job)
}

pub(crate) async fn measure(places: &mut Places<'_>) -> Result<Vec<Measured>> {
    let rows = places.setting.rows;
    let small = places.setting.with_rows(rows / 10);
    let Some(tenth) = Places::new(places.backend, &small).await? else { return Ok(vec![]) };
    let (few, many) = (job(&tenth).await?, job(places).await?);
    let line = |path: &str, few: Vec<Took>, many: Vec<Took>| {
        let (few, many) = (Took::median(few), Took::median(many));
        Measured::new(format!("growth: {path}"), Figure::Time(many.time, rows))
            .against(format!("{} payments", rows / 10), Figure::Time(few.time, rows / 10))
            .aim(Aim::Time(FACTOR))
            .peak(many.peak_mb)
    };
    Ok(vec![
        line("import", few.import, many.import),
        line("settle FINAL", few.settle, many.settle),
        line("verify", few.verify, many.verify),
    ])
}
