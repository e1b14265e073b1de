//! Settling the month for good, against the bare aggregation of its payments to the partner.

use anyhow::Result;

use crate::bare_rows;
use crate::place::Places;
use crate::setting::median_time;
use crate::step::{self, Took};
use crate::table::{Aim, Figure, Measured};

/// Most memory, in MB.
const MEMORY: u64 = 200;

pub(crate) async fn measure(places: &mut Places<'_>) -> Result<Vec<Measured>> {
    let rows = places.setting.rows;
    let (mut ours, mut bare) = (Vec::new(), Vec::new());
    for _ in 0..places.setting.repeat {
        let place = places.imported().await?;
        bare.push(bare_rows::aggregated(&place.url).await?);
        ours.push(step::settle(&place.url)?);
    }
    let ours = Took::median(ours);
    Ok(vec![
        Measured::new("settle FINAL", Figure::Time(ours.time, rows))
            .against("bare as-of aggregation", Figure::Time(median_time(bare), rows))
            .aim(Aim::Time(0.5))
            .aim(Aim::Memory(MEMORY))
            .peak(ours.peak_mb),
    ])
}
