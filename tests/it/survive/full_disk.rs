//! The disk is full during import, settlement and export: a clear word, nothing half done, and on it goes when there is
//! space again.

use tests::dump::assert_same_books;
use tests::pg::Postgres;
use tests::small_disk::SmallDisk;

use super::*;

/// Rows of the bill: more than fits into what is left of the disk.
const ROWS: usize = 20_000;
/// What is left when the bill is taken in, in KiB.
const LEFT_KIB: u64 = 2 * 1024;

/// Takes `text` in and settles it at `place` on `disk`, each at first with the disk full.
async fn full_and_free_again(backend: Backend, place: &Place, url: String, disk: &SmallDisk) {
    let text = text_of(ROWS);
    let undisturbed = undisturbed(backend, &text).await;
    let programme = Programme::set_up(&TestDatabase::kept_by(backend, url)).await;
    let world = &programme.world;
    hold_the_calendar(world).await;
    let directory = tempfile::tempdir().unwrap();
    let file = directory.path().join(FILE);
    std::fs::write(&file, &text).unwrap();

    if backend == Backend::Sqlite {
        // Or what the tables were made with would leave room in the log.
        exec(world.store.db(), "PRAGMA wal_checkpoint(TRUNCATE)", []).await.unwrap();
    }
    disk.fill(LEFT_KIB);
    let arguments = ["import", "--settled", "--provider", "Cloud", file.to_str().unwrap()];
    let import = || Process::start_to_its_end(place.program(&arguments)).ended();
    complains(import());
    // What got in is whole.
    disk.free();
    world.verify().await;
    let (code, out, err) = import();
    assert_eq!(code, 3, "a bad row in a thousand: {out} {err}");
    exec(world.store.db(), "DELETE FROM settlement_run", []).await.unwrap();

    for (month, kind) in RUNS {
        let settle = || Process::start_to_its_end(place.settle(month, kind)).ended();
        if backend == Backend::Sqlite {
            // Or small changes would find room in the log that is there.
            exec(world.store.db(), "PRAGMA wal_checkpoint(TRUNCATE)", []).await.unwrap();
            disk.fill(0);
            complains(settle());
            disk.free();
        }
        let (code, out, err) = settle();
        assert_eq!(code, 0, "{out} {err}");
    }
    export(place, &out, disk);
    assert_same_books(&programme.proved_books().await, &undisturbed, "after a full disk");
}

/// Writes the rejected rows of the import in `receipt` to the full disk, then to the same with space.
fn export(place: &Place, receipt: &str, disk: &SmallDisk) {
    let id = receipt.split_whitespace().find(|word| word.starts_with("import_")).unwrap();
    let file = disk.path().join("rejects.csv");
    let export = || {
        let mut command = place.program(&["export", "rejects", id]);
        command.stdout(std::fs::File::create(&file).unwrap()).stderr(Stdio::piped());
        let output = command.spawn().unwrap().wait_with_output().unwrap();
        let err = String::from_utf8(output.stderr).unwrap();
        (output.status.code().unwrap_or(-1), String::new(), err)
    };
    std::fs::File::create(&file).unwrap();
    disk.fill(0);
    complains(export());
    disk.free();
    let (code, _, err) = export();
    assert_eq!(code, 0, "{err}");
    let text = std::fs::read_to_string(&file).unwrap();
    assert_eq!(text.matches("\"BAD_NUMBER\"").count(), ROWS / 1_000);
}

/// A command failed, and said why and what to do.
fn complains((code, out, err): (i32, String, String)) {
    assert_eq!(code, 1, "{out} {err}");
    assert!(err.contains("The disk is full") && err.contains("Free space"), "{err}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_full_disk_is_said_and_nothing_is_half_done_on_sqlite() {
    let Some(disk) = SmallDisk::mount(64) else { return };
    let url = format!("sqlite:{}", disk.path().join("partner-center.db").display());
    let place = Place { url: url.clone(), redis: None };
    assert_eq!(Process::start_to_its_end(place.program(&["migrate", "up"])).ended().0, 0);
    full_and_free_again(Backend::Sqlite, &place, url, &disk).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_full_disk_is_said_and_nothing_is_half_done_on_postgres() {
    let Some(disk) = SmallDisk::mount(128) else { return };
    let Some(server) = Postgres::own().await else { return };
    let directory = disk.path().join("tables");
    std::fs::create_dir(&directory).unwrap();
    let url = server.database_in(&directory).await;
    let Some(place) = Place::at(Backend::Postgres, url.clone()).await else { return };
    full_and_free_again(Backend::Postgres, &place, url, &disk).await;
}
