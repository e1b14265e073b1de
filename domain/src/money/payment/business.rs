//! What is known of a partner's business. Finance sets it; whether it is certified decides about bills and payments.

use entity::{Certification, PartnerId, Timestamp, business_information};
use sea_orm::EntityTrait;
use serde::{Deserialize, Serialize};

use crate::kernel::error::{Code, Error, Refusal, Result};
use crate::kernel::lang::Lang;
use crate::kernel::store::{Store, exec};
use crate::kernel::write::{Begun, Context, Write};
use crate::programme::company::formats::is_mask;
use crate::programme::partner;

/// Longest text of one field, in characters.
const TEXT_LIMIT: usize = 200;

/// Business information as it shall be. What is left out stays as it is.
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
    pub legal_name: Option<String>,
    /// Taxpayer number.
    pub taxpayer_no: Option<String>,
    /// Where money goes.
    pub bank_account: Option<String>,
    /// Where mail goes; empty for none.
    pub email: Option<String>,
    /// The language of mail: `en` or `zh-CN`.
    pub language: Option<String>,
}

/// Sets the business information of a partner. An account that differs from the one that was certified takes the
/// certification away until somebody else than who named it certifies again.
pub async fn set(
    store: &Store,
    context: &Context,
    key: Option<&str>,
    input: SetBusiness,
) -> Result<PartnerId> {
    let write = match Write::begin(store, context, "businessInformationSet", key, &input).await? {
        Begun::Replay(id) => return Ok(id),
        Begun::Fresh(write) => write,
    };
    let orm = write.tx().orm();
    partner::find(orm, "partnerId", input.partner_id).await?;
    let known = business_information::Entity::find_by_id(input.partner_id).one(orm).await?;
    let version = known.as_ref().map_or(0, |row| row.version);
    if version != input.expected_version {
        return Err(Refusal::at("expectedVersion", Code::VersionConflict, version.to_string()).into());
    }
    let (subject, account) =
        (context.actor.subject.as_str(), known.as_ref().map(|row| row.bank_account.clone()));
    let held = known.clone();
    let after = after(known, &input, subject, write.now);
    check(&after, input.bank_account.as_deref())?;
    let after = certified(after, account.as_deref(), subject)?;
    let same = held.is_some_and(|held| says(&held, &after));
    let sql = "INSERT INTO business_information (partner_id, certification, reason, legal_name, taxpayer_no, bank_account, \
               account_set_by, certified_account, email, language, changed_at, version) \
               VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) \
               ON CONFLICT (partner_id) DO UPDATE SET certification = excluded.certification, reason = excluded.reason, \
               legal_name = excluded.legal_name, taxpayer_no = excluded.taxpayer_no, bank_account = excluded.bank_account, \
               account_set_by = excluded.account_set_by, certified_account = excluded.certified_account, \
               email = excluded.email, language = excluded.language, changed_at = excluded.changed_at, \
               version = excluded.version WHERE business_information.version = $12 - 1";
    let values = [
        after.partner_id.0.into(),
        after.certification.name().into(),
        after.reason.into(),
        after.legal_name.into(),
        after.taxpayer_no.into(),
        after.bank_account.into(),
        after.account_set_by.into(),
        after.certified_account.into(),
        after.email.into(),
        after.language.into(),
        after.changed_at.0.into(),
        after.version.into(),
    ];
    if !same && exec(orm, sql, values).await?.rows_affected() == 0 {
        return Err(Refusal::at("expectedVersion", Code::VersionConflict, (version + 1).to_string()).into());
    }
    let id = input.partner_id;
    // The trail names who certified what, not where the money goes.
    let told = SetBusiness { bank_account: input.bank_account.as_deref().map(masked), ..input };
    write.finish(store, &id.to_string(), told.reason.as_deref(), &told, &id).await?;
    Ok(id)
}

/// Whether a row says all that another says, whenever it was written. PURE.
fn says(held: &business_information::Model, after: &business_information::Model) -> bool {
    let (changed_at, version) = (held.changed_at, held.version);
    business_information::Model { changed_at, version, ..after.clone() } == *held
}

/// The row with what is given. PURE.
fn after(
    known: Option<business_information::Model>,
    input: &SetBusiness,
    subject: &str,
    now: Timestamp,
) -> business_information::Model {
    let mut row = known.unwrap_or_else(|| business_information::Model {
        partner_id: input.partner_id,
        certification: Certification::NotSubmitted,
        reason: None,
        legal_name: String::new(),
        taxpayer_no: String::new(),
        bank_account: String::new(),
        account_set_by: String::new(),
        certified_account: None,
        email: String::new(),
        language: Lang::ZhCn.tag().to_owned(),
        changed_at: now,
        version: 0,
    });
    let account = row.bank_account.clone();
    for (column, given) in [
        (&mut row.legal_name, &input.legal_name),
        (&mut row.taxpayer_no, &input.taxpayer_no),
        (&mut row.bank_account, &input.bank_account),
        (&mut row.email, &input.email),
        (&mut row.language, &input.language),
    ] {
        if let Some(text) = given {
            text.trim().clone_into(column);
        }
    }
    if row.bank_account != account {
        subject.clone_into(&mut row.account_set_by);
    }
    row.certification = input.certification;
    row.reason.clone_from(&input.reason);
    row.changed_at = now;
    row.version += 1;
    row
}

/// The row with the certification that it may have. The first account is certified by whoever may; another in its place is
/// not certified in the step that names it, nor by the person who named it. PURE.
fn certified(
    mut row: business_information::Model,
    known: Option<&str>,
    subject: &str,
) -> Result<business_information::Model> {
    if row.certification != Certification::Certified {
        return Ok(row);
    }
    let other = row.certified_account.as_deref().is_some_and(|certified| certified != row.bank_account);
    if other && known != Some(row.bank_account.as_str()) {
        row.certification = Certification::ChangeInReview;
        return Ok(row);
    }
    if other && row.account_set_by == subject {
        return Err(Refusal::at("certification", Code::FourEyes, subject).into());
    }
    row.certified_account = Some(row.bank_account.clone());
    Ok(row)
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

/// Refuses a row that cannot be, and an account that is a mask. PURE.
fn check(row: &business_information::Model, account: Option<&str>) -> Result<()> {
    let mut refusals = Vec::new();
    let certified = row.certification == Certification::Certified;
    for (field, text, needed) in [
        ("legalName", &row.legal_name, certified),
        ("taxpayerNo", &row.taxpayer_no, certified),
        ("bankAccount", &row.bank_account, certified),
        ("email", &row.email, false),
    ] {
        if text.chars().count() > TEXT_LIMIT || text.chars().any(char::is_control) {
            let detail = format!("{field} has at most {TEXT_LIMIT} characters and no control characters");
            refusals.push(Refusal::at(field, Code::Invalid, detail));
        } else if needed && text.is_empty() {
            let detail = format!("{field} is needed before the business information can be certified");
            refusals.push(Refusal::at(field, Code::Invalid, detail));
        }
    }
    if account.is_some_and(is_mask) {
        let detail = "a bank account is written out; leave it out to keep the one that is known";
        refusals.push(Refusal::at("bankAccount", Code::Invalid, detail));
    }
    let email = row.email.as_str();
    let mailbox = email.split_once('@').is_some_and(|(name, host)| {
        !name.is_empty() && host.contains('.') && !host.contains('@') && !email.contains(char::is_whitespace)
    });
    if !email.is_empty() && !mailbox {
        refusals.push(Refusal::at("email", Code::Invalid, "an address looks like name@example.com"));
    }
    if !["en", "zh-CN"].contains(&row.language.as_str()) {
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
