//! A disk that is soon full: a file system of its own in memory. Only where the tests may mount one.

use std::fs::File;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;

/// Bytes written at once to fill it.
const BLOCK: usize = 4096;

/// A mounted file system that is gone with the test.
#[derive(Debug)]
pub struct SmallDisk {
    directory: TempDir,
}

impl SmallDisk {
    /// A disk of `mebibytes`; `None` (said aloud, and the test skipped) where tests may not mount one.
    ///
    /// # Panics
    /// When there is no temporary directory.
    pub fn mount(mebibytes: usize) -> Option<SmallDisk> {
        let directory =
            tempfile::Builder::new().prefix("partner-center-disk-").tempdir().expect("a directory");
        let mounted = Command::new("mount")
            .args(["-t", "tmpfs", "-o", &format!("size={mebibytes}m,mode=0755"), "tmpfs"])
            .arg(directory.path())
            .output();
        if mounted.is_ok_and(|output| output.status.success()) {
            return Some(SmallDisk { directory });
        }
        let _ = writeln!(
            std::io::stderr(),
            "\nSKIPPED (no right to mount a small disk): run as root to test a full disk."
        );
        None
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        self.directory.path()
    }

    fn ballast(&self) -> PathBuf {
        self.path().join("ballast")
    }

    /// Fills it but for `kibibytes`.
    ///
    /// # Panics
    /// When there is no room for the ballast at all.
    pub fn fill(&self, kibibytes: u64) {
        let mut file = File::options().create(true).append(true).open(self.ballast()).expect("the ballast");
        while file.write_all(&[0; BLOCK]).is_ok() {}
        let length = file.metadata().expect("its length").len();
        file.set_len(length.saturating_sub(kibibytes * 1024)).expect("a little room");
    }

    /// Frees what [`SmallDisk::fill`] took.
    ///
    /// # Panics
    /// When it was not filled.
    pub fn free(&self) {
        std::fs::remove_file(self.ballast()).expect("the ballast");
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        // Lazily: a server may still have its files open for a moment.
        let _ = Command::new("umount").arg("-l").arg(self.directory.path()).status();
    }
}
