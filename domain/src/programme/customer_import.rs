//! Profiles of many customers at once, from a file of the vendor's CRM. A row that says what is known already changes
//! nothing.

use std::collections::{BTreeMap, BTreeSet};

use entity::{CustomerId, OfficeId, customer_profile};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use serde::{Deserialize, Serialize};

use super::customer_profile::{Profile, faults, put, trimmed};
use crate::kernel::csv_table::{self, FAULTS_LIMIT, Form, Record, at_line};
use crate::kernel::error::{Code, Error, Refusal, Result};
use crate::kernel::many::BulkPolicy;
use crate::kernel::store::{Store, Tx, placeholders, query};
use crate::kernel::write::{Begun, Context, Write};

/// The columns, and most rows of one import: one transaction writes them.
pub const FORM: Form = Form {
    needed: &["customer_id", "legal_name"],
    optional: &["credit_code", "enterprise", "office", "owner", "province", "city"],
    rows: 1_000,
};
/// Customers looked up in one statement.
const LOOKED_UP_AT_ONCE: usize = 500;

/// A file of profiles.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ImportProfiles {
    /// Its text; see [`FORM`].
    pub csv: String,
    /// What becomes of the other rows when one is wrong.
    pub policy: BulkPolicy,
}

/// What became of a row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProfileImported {
    /// The line of the file on which it stands.
    pub line: u64,
    /// The customer; none if the row names none.
    pub customer_id: Option<CustomerId>,
    /// Its profile is another now; `false` if the row says what was known, or is wrong.
    pub changed: bool,
    /// What is wrong with it.
    pub refusals: Vec<Refusal>,
}

/// What rows are held against.
struct Known {
    customers: BTreeSet<CustomerId>,
    profiles: BTreeMap<CustomerId, customer_profile::Model>,
    offices: BTreeMap<String, OfficeId>,
}

/// Takes a file in and says for each row what became of it. With ALL_OR_NOTHING everything that is wrong is named at
/// once, and nothing is taken in.
pub async fn import(
    store: &Store,
    context: &Context,
    key: Option<&str>,
    input: ImportProfiles,
) -> Result<Vec<ProfileImported>> {
    let records = csv_table::read(&input.csv, FORM)?;
    let write = match Write::begin(store, context, "customerProfileImport", key, &input).await? {
        Begun::Replay(done) => return Ok(done),
        Begun::Fresh(write) => write,
    };
    let known = known(write.tx(), &records).await?;
    let (mut done, mut changes, mut seen) = (vec![], vec![], BTreeSet::new());
    for record in &records {
        let (customer_id, profile, mut refusals) = row(record, &known);
        if customer_id.is_some_and(|id| !seen.insert(id)) {
            refusals.push(Refusal::at("customerId", Code::AlreadyExists, record.text("customer_id")));
        }
        let before = customer_id.and_then(|id| known.profiles.get(&id));
        let changed = refusals.is_empty() && before.is_none_or(|row| !says(row, &profile));
        if let Some(id) = customer_id.filter(|_| changed) {
            changes.push((id, profile, before.map_or(0, |row| row.version) + 1));
        }
        let told = |refusal: Refusal| {
            let column = csv_table::column(refusal.path.first().map_or("", String::as_str));
            at_line(record.line, &column, refusal)
        };
        let refusals = refusals.into_iter().map(told).collect();
        done.push(ProfileImported { line: record.line, customer_id, changed, refusals });
    }
    let mut wrong: Vec<Refusal> = done.iter().flat_map(|row| row.refusals.clone()).collect();
    if input.policy == BulkPolicy::AllOrNothing && !wrong.is_empty() {
        wrong.truncate(FAULTS_LIMIT);
        return Err(Error::Refused(wrong));
    }
    put(write.tx(), &changes).await?;
    let customers: Vec<_> = changes.iter().map(|(id, _, version)| (id.to_string(), version)).collect();
    let detail = serde_json::json!({ "rows": done.len(), "changed": customers });
    write.finish(store, "customers", None, &detail, &done).await?;
    Ok(done)
}

/// Whether a profile is kept already. PURE.
fn says(row: &customer_profile::Model, profile: &Profile) -> bool {
    let kept = Profile {
        legal_name: row.legal_name.clone(),
        credit_code: row.credit_code.clone(),
        enterprise: row.enterprise,
        office_id: row.office_id,
        owner: row.owner.clone(),
        province: row.province.clone(),
        city: row.city.clone(),
    };
    kept == *profile
}

/// What a row says, and everything that is wrong with it. PURE.
fn row(record: &Record, known: &Known) -> (Option<CustomerId>, Profile, Vec<Refusal>) {
    let mut refusals: Vec<Refusal> = record.broken.iter().cloned().collect();
    let broken = !refusals.is_empty();
    let customer_id = record.value("customer_id").and_then(|id| id.parse().ok());
    let customer_id = customer_id.filter(|id| known.customers.contains(id));
    if customer_id.is_none() && !broken {
        refusals.push(Refusal::at("customerId", Code::NotFound, record.text("customer_id")));
    }
    let enterprise = record.value("enterprise").map_or(Some(true), |text| text.parse().ok());
    if enterprise.is_none() {
        refusals.push(Refusal::at("enterprise", Code::Invalid, "true or false"));
    }
    let code = record.value("office");
    let office_id = code.and_then(|code| known.offices.get(code).copied());
    if let Some(code) = code
        && office_id.is_none()
    {
        refusals.push(Refusal::at("office", Code::NotFound, code));
    }
    let optional = |column: &str| record.value(column).map(str::to_owned);
    let profile = trimmed(Profile {
        legal_name: record.text("legal_name"),
        credit_code: optional("credit_code"),
        enterprise: enterprise.unwrap_or(true),
        office_id,
        owner: optional("owner"),
        province: record.text("province"),
        city: record.text("city"),
    });
    if !broken {
        refusals.extend(faults(&profile));
    }
    (customer_id, profile, refusals)
}

async fn known(tx: &Tx, records: &[Record]) -> Result<Known> {
    let named = records.iter().filter_map(|record| record.value("customer_id")?.parse::<CustomerId>().ok());
    let mut named: Vec<CustomerId> = named.collect();
    named.sort_unstable();
    named.dedup();
    let (mut customers, mut profiles) = (BTreeSet::new(), BTreeMap::new());
    for some in named.chunks(LOOKED_UP_AT_ONCE) {
        // Two who set the profile of a customer come one after the other, in the order of their keys.
        let list = placeholders(1, some.len());
        let ids = || some.iter().map(|id| id.0.into());
        let sql = tx.holding(&format!("SELECT id FROM customer WHERE id IN {list} ORDER BY id"));
        for row in query(tx.orm(), &sql, ids()).await? {
            customers.insert(CustomerId(row.try_get_by_index(0)?));
        }
        let of = customer_profile::Column::CustomerId.is_in(some.iter().copied());
        let rows = customer_profile::Entity::find().filter(of).all(tx.orm()).await?;
        profiles.extend(rows.into_iter().map(|row| (row.customer_id, row)));
    }
    let mut offices = BTreeMap::new();
    for row in query(tx.orm(), "SELECT code, id FROM office", []).await? {
        offices.insert(row.try_get_by_index(0)?, OfficeId(row.try_get_by_index(1)?));
    }
    Ok(Known { customers, profiles, offices })
}
