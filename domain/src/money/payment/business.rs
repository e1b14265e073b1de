//! What is known of a partner's business. Finance sets it; whether it is certified decides about bills and payments.

use entity::{Certification, PartnerId, business_information};
use sea_orm::EntityTrait;
use serde::{Deserialize, Serialize};

use crate::kernel::error::{Code, Error, Refusal, Result};
use crate::kernel::store::{Store, exec};
use crate::kernel::write::{Begun, Context, Write};
use crate::programme::partner;

/// Longest text of one field, in characters.
const TEXT_LIMIT: usize = 200;

/// Business information as it shall be.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct SetBusiness {
    /// The partner.
    pub partner_id: PartnerId,
    /// The version the caller saw; 0 if there was none.
    pub expected_version: i32,
    /// Where it stands.
    pub certification: Certification,
    /// Why it stands there.
    pub reason: Option<String>,
    /// Name of the company.
    pub legal_name: String,
    /// Taxpayer number.
    pub taxpayer_no: String,
    /// Where money goes.
    pub bank_account: String,
    /// Where mail goes; empty for none.
    pub email: String,
    /// The language of mail: `en` or `zh-CN`.
    pub language: String,
}

/// Sets the business information of a partner.
pub async fn set(
    store: &Store,
    context: &Context,
    key: Option<&str>,
    input: SetBusiness,
) -> Result<PartnerId> {
    check(&input)?;
    let write = match Write::begin(store, context, "businessInformationSet", key, &input).await? {
        Begun::Replay(id) => return Ok(id),
        Begun::Fresh(write) => write,
    };
    let orm = write.tx().orm();
    partner::find(orm, "partnerId", input.partner_id).await?;
    let known = business_information::Entity::find_by_id(input.partner_id).one(orm).await?;
    let version = known.map_or(0, |row| row.version);
    if version != input.expected_version {
        return Err(Refusal::at("expectedVersion", Code::VersionConflict, version.to_string()).into());
    }
    let sql = "INSERT INTO business_information (partner_id, certification, reason, legal_name, taxpayer_no, bank_account, \
               email, language, changed_at, version) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) \
               ON CONFLICT (partner_id) DO UPDATE SET certification = excluded.certification, reason = excluded.reason, \
               legal_name = excluded.legal_name, taxpayer_no = excluded.taxpayer_no, bank_account = excluded.bank_account, \
               email = excluded.email, language = excluded.language, changed_at = excluded.changed_at, \
               version = excluded.version WHERE business_information.version = $10 - 1";
    let values = [
        input.partner_id.0.into(),
        input.certification.name().into(),
        input.reason.clone().into(),
        input.legal_name.trim().into(),
        input.taxpayer_no.trim().into(),
        input.bank_account.trim().into(),
        input.email.trim().into(),
        input.language.as_str().into(),
        write.now.0.into(),
        (version + 1).into(),
    ];
    if exec(orm, sql, values).await?.rows_affected() == 0 {
        return Err(Refusal::at("expectedVersion", Code::VersionConflict, (version + 1).to_string()).into());
    }
    let (id, reason) = (input.partner_id, input.reason.clone());
    // The trail names who certified what, not where the money goes.
    let told = SetBusiness { bank_account: masked(&input.bank_account), ..input };
    write.finish(store, &id.to_string(), reason.as_deref(), &told, &id).await?;
    Ok(id)
}

/// An account number of which only the end can be read. PURE.
#[must_use]
pub fn masked(account: &str) -> String {
    const SHOWN: usize = 4;
    let count = account.chars().count();
    if count <= SHOWN {
        return "*".repeat(count);
    }
    let end: String = account.chars().skip(count - SHOWN).collect();
    format!("****{end}")
}

fn check(input: &SetBusiness) -> Result<()> {
    let mut refusals = Vec::new();
    let certified = input.certification == Certification::Certified;
    for (field, text, needed) in [
        ("legalName", &input.legal_name, certified),
        ("taxpayerNo", &input.taxpayer_no, certified),
        ("bankAccount", &input.bank_account, certified),
        ("email", &input.email, false),
    ] {
        if text.chars().count() > TEXT_LIMIT || text.chars().any(char::is_control) {
            let detail = format!("{field} has at most {TEXT_LIMIT} characters and no control characters");
            refusals.push(Refusal::at(field, Code::Invalid, detail));
        } else if needed && text.trim().is_empty() {
            let detail = format!("{field} is needed before the business information can be certified");
            refusals.push(Refusal::at(field, Code::Invalid, detail));
        }
    }
    let email = input.email.trim();
    let mailbox = email.split_once('@').is_some_and(|(name, host)| {
        !name.is_empty() && host.contains('.') && !host.contains('@') && !email.contains(char::is_whitespace)
    });
    if !email.is_empty() && !mailbox {
        refusals.push(Refusal::at("email", Code::Invalid, "an address looks like name@example.com"));
    }
    if !["en", "zh-CN"].contains(&input.language.as_str()) {
        refusals.push(Refusal::at("language", Code::Invalid, "a language is en or zh-CN"));
    }
    if refusals.is_empty() { Ok(()) } else { Err(Error::Refused(refusals)) }
}

#[cfg(test)]
mod tests {
    use super::masked;

    #[test]
    fn only_the_end_of_an_account_number_is_shown() {
        for (account, shown) in [("", ""), ("123", "***"), ("1234", "****"), ("62220000123", "****0123")] {
            assert_eq!(masked(account), shown);
        }
    }
}
