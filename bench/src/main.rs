//! The measured paths of the product, each against a baseline taken in the same run, on the same machine.
//!
//! `make bench` measures a month of a million payments on both databases, `make bench N=10000000` one of ten
//! million. `PATHS=api,mutation` measures only those, `DATABASES=sqlite` only there, `REPEAT=1` only once.

// A bench reads its size from the environment and prints ratios.
#![allow(clippy::float_arithmetic, clippy::disallowed_methods, clippy::cast_precision_loss, missing_docs)]

mod bare;
mod bare_export;
mod bare_line;
mod bare_rows;
mod bare_sql;
mod bill;
mod bill_parquet;
mod load;
mod machine;
mod memory;
mod paths;
mod place;
mod programme;
mod rebuild;
mod sellers;
mod served;
mod setting;
mod step;
mod table;

use anyhow::{Context as _, Result};
use tests::db::Backend;

use place::Places;
use setting::{SEED, Setting, text};
use table::Measured;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

#[tokio::main]
async fn main() -> Result<()> {
    let mut arguments = std::env::args().skip(1);
    match arguments.next().as_deref() {
        Some("step") => return step::main(arguments).await,
        Some("bare") => return bare::main(&arguments.next().context("a database")?).await,
        Some(rebuild::WORKER_ARGUMENT) => {
            return rebuild::work(&arguments.next().context("a database")?).await;
        }
        _ => {}
    }
    let directory = tempfile::tempdir()?;
    let setting = Setting::from_env(directory.path())?;
    println!(
        "{} payments, {} customers, {} partners, seed {SEED}, median of {}; commit {}",
        setting.rows,
        setting.size.customers,
        setting.size.partners,
        setting.repeat,
        machine::commit()
    );
    println!("before: {}", machine::load());
    let wanted = text("DATABASES").unwrap_or_default().to_lowercase();
    for (name, backend) in [("sqlite", Backend::Sqlite), ("postgres", Backend::Postgres)] {
        if !wanted.is_empty() && !wanted.contains(name) {
            continue;
        }
        match Places::new(backend, &setting).await? {
            Some(mut places) => {
                let lines = measure(&mut places, &setting).await?;
                println!("\n{name} ({})\n{}", machine::settings(backend), table::show(&lines));
            }
            None => println!("\n{name}: SKIPPED, no server"),
        }
    }
    println!("after: {}", machine::load());
    Ok(())
}

/// Every path in turn. A new path is a file in `paths`, and a line here.
async fn measure(places: &mut Places<'_>, setting: &Setting) -> Result<Vec<Measured>> {
    let mut lines = Vec::new();
    macro_rules! paths {
        ($($name:ident)+) => {$(
            if setting.wants(stringify!($name)) {
                eprintln!("{:?}: {} …", places.backend, stringify!($name));
                lines.extend(paths::$name::measure(places).await.context(stringify!($name))?);
            }
        )+};
    }
    paths!(import settle rebuild growth api mutation payment export start bill_out);
    Ok(lines)
}
