//! Writing the lines of the month out, against the bare database that writes the same columns.

use anyhow::{Context as _, Result};
use domain::kernel::store::query_one;
use tests::db::Backend;

use crate::bare_export;
use crate::place::{Places, close, open};
use crate::setting::{MONTH, median_time};
use crate::step::{self, Took};
use crate::table::{Aim, Figure, Measured};

/// Most memory, in MB, whatever the number of lines.
const MEMORY: u64 = 100;

pub(crate) async fn measure(places: &mut Places<'_>) -> Result<Vec<Measured>> {
    let place = places.imported().await?;
    let store = open(&place.url).await?;
    let sql = "SELECT COUNT(*) FROM performance_line WHERE month = $1";
    let row = query_one(store.db(), sql, [MONTH.0.into()]).await?.context("a count")?;
    let rows = usize::try_from(row.try_get_by_index::<i64>(0)?)?;
    close(store).await?;
    let (mut ours, mut bare) = (Vec::new(), Vec::new());
    for _ in 0..places.setting.repeat {
        // A directory of its own each: the key of the job is the same.
        let place = places.imported().await?;
        let files = tempfile::tempdir_in(&places.setting.directory)?;
        bare.push(bare_export::written(places.backend, &place.url, &files.path().join("bare.csv")).await?);
        ours.push(step::export_lines(&place.url, files.path(), rows)?);
    }
    let name = match places.backend {
        Backend::Postgres => "bare COPY TO, into a file",
        Backend::Sqlite => "raw stepping pass, into a file",
    };
    let ours = Took::median(ours);
    Ok(vec![
        Measured::new("export lines as CSV", Figure::Time(ours.time, rows))
            .against(name, Figure::Time(median_time(bare), rows))
            .aim(Aim::Speed(0.5))
            .aim(Aim::Memory(MEMORY))
            .peak(ours.peak_mb),
    ])
}
