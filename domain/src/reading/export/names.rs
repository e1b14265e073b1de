//! Names that many rows refer to: partners and products. There are far fewer of them than rows, so they are read once.

use rustc_hash::FxHashMap;

use super::cells::Cells;
use super::sheet::numbers;
use crate::kernel::error::Result;
use crate::kernel::scope::Scope;
use crate::kernel::stream::Reader;

/// The partners the caller sees, by key.
#[derive(Debug, Default)]
pub(super) struct Partners(FxHashMap<i64, Box<str>>);

impl Partners {
    /// Reads the partners that `scope` sees.
    pub(super) fn read(reader: &mut Reader, scope: Scope) -> Result<Self> {
        let (seen, values) = scope.partners("id", 1);
        let mut found = FxHashMap::default();
        reader.each(&format!("SELECT id, name FROM partner WHERE {seen}"), &numbers(values)?, |row| {
            found.insert(row.int()?, row.text()?.unwrap_or_default().into());
            Ok(())
        })?;
        Ok(Self(found))
    }

    /// Writes id and name; nothing of a partner that the caller does not see.
    pub(super) fn cells(&self, key: i64, cells: &mut Cells) {
        match self.0.get(&key) {
            Some(name) => {
                cells.id("partner", key);
                cells.text(Some(name));
            }
            None => {
                cells.none();
                cells.none();
            }
        }
    }
}

/// The products, by key.
#[derive(Debug, Default)]
pub(super) struct Products(FxHashMap<i64, [Box<str>; 3]>);

impl Products {
    /// Names of the columns.
    pub(super) const COLUMNS: [&'static str; 3] = ["product_code", "product_name", "product_class"];

    /// Reads all products.
    pub(super) fn read(reader: &mut Reader) -> Result<Self> {
        let mut found = FxHashMap::default();
        reader.each("SELECT id, code, name, class FROM product", &[], |row| {
            let key = row.int()?;
            let mut text = || Ok::<_, crate::Error>(row.text()?.unwrap_or_default().into());
            found.insert(key, [text()?, text()?, text()?]);
            Ok(())
        })?;
        Ok(Self(found))
    }

    /// Writes the columns [`Self::COLUMNS`] of a product; all absent for a key that is not known.
    pub(super) fn cells(&self, key: i64, cells: &mut Cells) {
        for n in 0..Self::COLUMNS.len() {
            cells.text(self.0.get(&key).map(|texts| texts[n].as_ref()));
        }
    }
}
