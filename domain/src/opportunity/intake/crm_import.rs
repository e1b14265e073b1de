//! The vendor's CRM hands over many opportunities at once. A number that was taken in before changes nothing.

use std::collections::{BTreeMap, BTreeSet};

use entity::{OpportunityId, opportunity};
use sea_orm::Value;
use serde::{Deserialize, Serialize};

use super::share::{insert, row, tell};
use crate::kernel::csv_table::{self, FAULTS_LIMIT};
use crate::kernel::error::{Code, Error, Refusal, Result};
use crate::kernel::many::BulkPolicy;
use crate::kernel::store::{Store, Tx, placeholders, query};
use crate::kernel::write::{Begun, Context, Write};
use crate::opportunity::{duplicate::near, duplicate::pass, intake::crm_csv};

/// Numbers looked up in one statement.
const LOOKED_UP_AT_ONCE: usize = 500;

/// A file of the CRM.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Import {
    /// Its text; see `crm_csv.rs`.
    pub csv: String,
    /// Treatment of the other rows when one is wrong.
    pub policy: BulkPolicy,
}

/// Result of one row of the file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Imported {
    /// The line of the file on which it stands.
    pub line: u64,
    /// Its number in the CRM.
    pub crm_no: String,
    /// The opportunity; none if the row is wrong.
    pub id: Option<OpportunityId>,
    /// It was made now; `false` if its number was taken in before.
    pub made: bool,
    /// Faults of the row; empty if it was taken in.
    pub refusals: Vec<Refusal>,
}

/// Takes a file in and says for each row what became of it. With ALL_OR_NOTHING everything that is wrong is named at
/// once, and nothing is taken in.
pub async fn import(
    store: &Store,
    context: &Context,
    key: Option<&str>,
    input: Import,
) -> Result<Vec<Imported>> {
    let rows = crm_csv::read(&input.csv)?;
    let write = match Write::begin(store, context, "opportunityImport", key, &input).await? {
        Begun::Replay(done) => return Ok(done),
        Begun::Fresh(write) => write,
    };
    let tx = write.tx();
    // Whoever makes an opportunity of the vendor takes this first: a number that is new here stays new.
    pass::lock(tx).await?;
    let known = known(tx, &rows).await?;
    let (mut done, mut fresh, mut seen) = (Vec::with_capacity(rows.len()), Vec::new(), BTreeSet::new());
    for crm_csv::Row { line, share, faults, broken } in rows {
        let id = OpportunityId(store.ids.next(write.now));
        let (model, wrong) = row(id, write.now, &context.actor.subject, &share)?;
        let crm_no = model.crm_no.clone().unwrap_or_default();
        let mut refusals = if broken { faults } else { merged(faults, wrong) };
        if !broken && !seen.insert(crm_no.clone()) {
            refusals.push(Refusal::at("crmNo", Code::AlreadyExists, crm_no.clone()));
        }
        let before = known.get(&crm_no).copied().filter(|_| refusals.is_empty());
        let made = refusals.is_empty() && before.is_none();
        if made {
            fresh.push(model);
        }
        let id = before.or_else(|| made.then_some(id));
        let refusals = refusals.into_iter().map(|refusal| at_line(line, refusal)).collect();
        done.push(Imported { line, crm_no, id, made, refusals });
    }
    let mut wrong: Vec<Refusal> = done.iter().flat_map(|row| row.refusals.clone()).collect();
    if input.policy == BulkPolicy::AllOrNothing && !wrong.is_empty() {
        wrong.truncate(FAULTS_LIMIT);
        return Err(Error::Refused(wrong));
    }
    write_all(tx, store, context, &write, &fresh).await?;
    let count = |made: bool| done.iter().filter(|row| row.made == made && row.id.is_some()).count();
    let detail = serde_json::json!({ "made": count(true), "known": count(false), "rows": done.len() });
    write.finish(store, "opportunities", None, &detail, &done).await?;
    Ok(done)
}

async fn write_all(
    tx: &Tx,
    store: &Store,
    context: &Context,
    write: &Write,
    fresh: &[opportunity::Model],
) -> Result<()> {
    let written = insert(tx, fresh).await?;
    if written.len() < fresh.len() {
        // Somebody else took one of the numbers in meanwhile: the same file again finds it.
        let lost = fresh.iter().find(|row| !written.contains(&row.id));
        let crm_no = lost.and_then(|row| row.crm_no.clone()).unwrap_or_default();
        return Err(Refusal::at("csv", Code::AlreadyExists, crm_no).into());
    }
    near::look(tx, write.now, fresh).await?;
    tell(tx, store, context, write.now, fresh).await
}

/// The numbers of the rows that were taken in before.
async fn known(tx: &Tx, rows: &[crm_csv::Row]) -> Result<BTreeMap<String, OpportunityId>> {
    let numbers: Vec<Value> =
        rows.iter().filter_map(|row| row.share.crm_no.as_deref()).map(Into::into).collect();
    let mut known = BTreeMap::new();
    for some in numbers.chunks(LOOKED_UP_AT_ONCE) {
        let list = placeholders(1, some.len());
        let sql = format!("SELECT crm_no, id FROM opportunity WHERE crm_no IN {list}");
        for row in query(tx.orm(), &sql, some.to_vec()).await? {
            known.insert(row.try_get_by_index(0)?, OpportunityId(row.try_get_by_index(1)?));
        }
    }
    Ok(known)
}

/// The faults of reading, then those of the rules; each field once. PURE.
fn merged(faults: Vec<Refusal>, wrong: Vec<Refusal>) -> Vec<Refusal> {
    let mut all = faults;
    for refusal in wrong {
        if all.iter().all(|known| known.path != refusal.path) {
            all.push(refusal);
        }
    }
    all
}

/// The refusal with the row and the column it is about. PURE.
fn at_line(line: u64, refusal: Refusal) -> Refusal {
    let column = refusal.path.first().map_or_else(String::new, |field| column(field));
    csv_table::at_line(line, &column, refusal)
}

/// The column of the file for a field of the API. PURE.
fn column(field: &str) -> String {
    if field == "currencyCode" { "currency".into() } else { csv_table::column(field) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_field_has_a_column_of_the_file() {
        let known = |name: &str| crm_csv::NEEDED.contains(&name) || crm_csv::OPTIONAL.contains(&name);
        for field in ["crmNo", "expectedSignOn", "currencyCode", "demandTag", "budgetAmount", "name"] {
            assert!(known(&column(field)), "{field}: {}", column(field));
        }
    }

    #[test]
    fn a_field_that_cannot_be_read_is_not_said_to_be_missing_too() {
        let fault = |detail: &str| Refusal::at("expectedSignOn", Code::Invalid, detail);
        let merged =
            merged(vec![fault("unreadable")], vec![fault("missing"), Refusal::at("name", Code::Invalid, "")]);
        assert_eq!(merged.iter().map(|r| r.detail.as_str()).collect::<Vec<_>>(), ["unreadable", ""]);
        let told = at_line(3, merged[0].clone());
        assert_eq!(
            (told.detail.as_str(), told.path.join(".")),
            ("row 3, expected_sign_on: unreadable", "csv.3.expectedSignOn".into())
        );
    }
}
