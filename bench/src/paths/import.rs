//! Taking a month in: FOCUS CSV against the bare database, Parquet against CSV.

use anyhow::Result;

use crate::bare_rows;
use crate::place::Places;
use crate::setting::median_time;
use crate::step::{self, Took};
use crate::table::{Aim, Figure, Measured};

/// Rows a second that an import takes in at least.
const RATE: f64 = 120_000.0;
/// Most memory, in MB, whatever the size of the file.
const MEMORY: u64 = 150;

pub(crate) async fn measure(places: &mut Places<'_>) -> Result<Vec<Measured>> {
    let rows = places.setting.rows;
    let (csv, parquet) = (places.setting.csv()?, places.setting.parquet()?);
    let (mut ours, mut bare, mut columnar) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..places.setting.repeat {
        let place = places.empty().await?;
        ours.push(step::import(&place.url, &csv, rows)?);
        bare.push(bare_rows::written(places.backend, &place.url, &places.setting.directory).await?);
        places.keep_imported(place);
        let place = places.empty().await?;
        columnar.push(step::import(&place.url, &parquet, rows)?);
    }
    let (ours, columnar) = (Took::median(ours), Took::median(columnar));
    let figure = |took: Took| Figure::Time(took.time, rows);
    Ok(vec![
        Measured::new("import FOCUS CSV", figure(ours))
            .against(bare_rows::name(places.backend), Figure::Time(median_time(bare), rows))
            .aim(Aim::Speed(0.5))
            .aim(Aim::RowsPerSecond(RATE))
            .aim(Aim::Memory(MEMORY))
            .peak(ours.peak_mb),
        Measured::new("import FOCUS Parquet", figure(columnar))
            .against("from CSV", figure(ours))
            .aim(Aim::Speed(1.3))
            .aim(Aim::Memory(MEMORY))
            .peak(columnar.peak_mb),
    ])
}
