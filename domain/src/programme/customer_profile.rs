//! Who a customer is in law, and which office owns it: the vendor's operations keep that, and opportunities and claims go
//! by it (docs/domain.md, "Opportunities").

use entity::{CustomerId, OfficeId, customer_profile};
use sea_orm::{EntityTrait, Value};
use serde::{Deserialize, Serialize};

use super::{NAME_LIMIT, customer};
use crate::kernel::error::{Code, Error, Refusal, Result};
use crate::kernel::store::{Store, Tx, exec, insert_rows, query_one};
use crate::kernel::write::{Begun, Context, Write};
use crate::programme::company::{formats, names};

/// What is known of a customer besides its name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Profile {
    /// Its name in law, as its account was verified.
    pub legal_name: String,
    /// Its unified social credit code.
    pub credit_code: Option<String>,
    /// Whether it is an enterprise: persons earn no opportunity incentive.
    pub enterprise: bool,
    /// The office that owns it.
    pub office_id: Option<OfficeId>,
    /// Its owner at the vendor, as tokens name it (`sub`).
    pub owner: Option<String>,
    /// Where it is; empty if not known.
    pub province: String,
    /// Where it is; empty if not known.
    pub city: String,
}

/// A customer's profile as it shall be.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct SetCustomerProfile {
    /// The customer.
    pub customer_id: CustomerId,
    /// The version the caller saw; 0 if there was none.
    pub expected_version: i32,
    /// The profile.
    pub profile: Profile,
}

/// Sets the profile of a customer. What is on its way already stays where it went.
pub async fn set(
    store: &Store,
    context: &Context,
    key: Option<&str>,
    mut input: SetCustomerProfile,
) -> Result<CustomerId> {
    input.profile = trimmed(input.profile);
    let mut refusals = faults(&input.profile);
    let write = match Write::begin(store, context, "customerProfileSet", key, &input).await? {
        Begun::Replay(id) => return Ok(id),
        Begun::Fresh(write) => write,
    };
    let (tx, id) = (write.tx(), input.customer_id);
    customer::find(tx.orm(), "customerId", id).await?;
    if let Some(office) = input.profile.office_id
        && !is_office(tx, office).await?
    {
        refusals.push(Refusal::at("officeId", Code::NotFound, office.to_string()));
    }
    if !refusals.is_empty() {
        return Err(Error::Refused(refusals));
    }
    // Two who set the first profile of a customer come one after the other.
    exec(tx.orm(), "UPDATE customer SET version = version WHERE id = $1", [id.0.into()]).await?;
    let held = customer_profile::Entity::find_by_id(id).one(tx.orm()).await?;
    let version = held.as_ref().map_or(0, |row| row.version);
    if version != input.expected_version {
        return Err(Refusal::at("expectedVersion", Code::VersionConflict, version.to_string()).into());
    }
    if held.map(known).as_ref() != Some(&input.profile) {
        put(tx, &[(id, input.profile.clone(), version + 1)]).await?;
    }
    write.finish(store, &id.to_string(), None, &input, &id).await?;
    Ok(id)
}

/// The profile that a row says. PURE.
fn known(row: customer_profile::Model) -> Profile {
    Profile {
        legal_name: row.legal_name,
        credit_code: row.credit_code,
        enterprise: row.enterprise,
        office_id: row.office_id,
        owner: row.owner,
        province: row.province,
        city: row.city,
    }
}

/// Writes profiles, each with its new version.
pub(super) async fn put(tx: &Tx, profiles: &[(CustomerId, Profile, i32)]) -> Result<()> {
    let values = profiles.iter().flat_map(|(id, profile, version)| -> [Value; 10] {
        [
            id.0.into(),
            profile.legal_name.as_str().into(),
            names::key(&profile.legal_name).into(),
            profile.credit_code.clone().into(),
            profile.enterprise.into(),
            profile.office_id.map(|id| id.0).into(),
            profile.owner.clone().into(),
            profile.province.as_str().into(),
            profile.city.as_str().into(),
            (*version).into(),
        ]
    });
    let head = "INSERT INTO customer_profile (customer_id, legal_name, name_key, credit_code, enterprise, office_id, owner, \
                province, city, version)";
    let tail = "ON CONFLICT (customer_id) DO UPDATE SET legal_name = excluded.legal_name, name_key = excluded.name_key, \
                credit_code = excluded.credit_code, enterprise = excluded.enterprise, office_id = excluded.office_id, \
                owner = excluded.owner, province = excluded.province, city = excluded.city, version = excluded.version";
    insert_rows(tx.orm(), head, 10, values.collect(), tail).await?;
    Ok(())
}

async fn is_office(tx: &Tx, id: OfficeId) -> Result<bool> {
    Ok(query_one(tx.orm(), "SELECT 1 FROM office WHERE id = $1", [id.0.into()]).await?.is_some())
}

/// Without blanks around texts, and nothing where only blanks stood. PURE.
pub(super) fn trimmed(profile: Profile) -> Profile {
    let text = |text: String| text.trim().to_owned();
    let optional = |value: Option<String>| value.map(text).filter(|value| !value.is_empty());
    Profile {
        legal_name: text(profile.legal_name),
        credit_code: optional(profile.credit_code).map(|code| formats::credit_code(&code)),
        owner: optional(profile.owner),
        province: text(profile.province),
        city: text(profile.city),
        ..profile
    }
}

/// Everything at fault, each with its field. PURE.
#[must_use]
pub fn faults(profile: &Profile) -> Vec<Refusal> {
    let mut found = vec![];
    let mut text = |field: &str, text: &str, least: usize| {
        let length = text.chars().count();
        if length < least || length > NAME_LIMIT || text.chars().any(formats::is_unseen) {
            let detail = format!("{least} to {NAME_LIMIT} characters, all of them visible");
            found.push(Refusal::at(field, Code::Invalid, detail));
        }
    };
    text("legalName", &profile.legal_name, 1);
    text("owner", profile.owner.as_deref().unwrap_or_default(), 0);
    text("province", &profile.province, 0);
    text("city", &profile.city, 0);
    if profile.credit_code.as_deref().is_some_and(|code| !formats::is_credit_code(code)) {
        found.push(Refusal::at("creditCode", Code::Invalid, formats::CREDIT_CODE_RULE));
    }
    found
}
