//! Offerings of partners: a partner keeps its list, the vendor's operations the white list.

use entity::{OfferingId, OfferingKind, PartnerId, partner_offering};
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, FromQueryResult, IntoActiveModel, QueryFilter};
use serde::{Deserialize, Serialize};

use crate::kernel::actor::{Actor, Principal, Role};
use crate::kernel::error::{Code, Error, Refusal, Result};
use crate::kernel::store::{Store, Tx, query_one};
use crate::kernel::write::{Begun, Context, Write};
use crate::programme::{NAME_LIMIT, partner};

/// Longest name of a product family, in bytes: a few words.
pub const TAG_LIMIT: usize = 40;
/// The family of what belongs to none.
pub const OTHER: &str = "OTHER";

/// Values of an offering. Of an update, what is not given stays.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct OfferingFields {
    /// Kind of the offering.
    pub kind: Option<OfferingKind>,
    /// Its name, another than those of the partner's other offerings.
    pub name: Option<String>,
    /// The product family.
    pub demand_tag: Option<String>,
    /// Whether it is on the vendor's white list.
    pub white_listed: Option<bool>,
    /// Whether it is offered now.
    pub active: Option<bool>,
}

/// An offering to be made known.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct NewOffering {
    /// Partner that offers it; the caller's own if not given.
    pub partner_id: Option<PartnerId>,
    /// Values of the offering; kind, name and family are needed.
    pub fields: OfferingFields,
}

/// A change of an offering.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ChangeOffering {
    /// Offering that is to change.
    pub id: OfferingId,
    /// The version the caller saw.
    pub expected_version: i32,
    /// New values; a field that is not given stays.
    pub fields: OfferingFields,
}

/// Makes an offering known.
pub async fn create(
    store: &Store,
    context: &Context,
    key: Option<&str>,
    input: NewOffering,
) -> Result<OfferingId> {
    let owner = match context.actor.principal {
        Principal::Partner { partner_id } => partner_id,
        _ => input.partner_id.ok_or_else(|| Refusal::at("partnerId", Code::Invalid, "partnerId"))?,
    };
    if input.partner_id.is_some_and(|id| id != owner) {
        return Err(
            Refusal::at("partnerId", Code::NotFound, input.partner_id.unwrap_or(owner).to_string()).into()
        );
    }
    check(&context.actor, &input.fields, true)?;
    let write = match Write::begin(store, context, "partnerOfferingCreate", key, &input).await? {
        Begun::Replay(id) => return Ok(id),
        Begun::Fresh(write) => write,
    };
    partner::find(write.tx().orm(), "partnerId", owner).await?;
    let id = OfferingId(store.ids.next(write.now));
    let blank = partner_offering::Model {
        id,
        partner_id: owner,
        kind: OfferingKind::MarketplaceProduct,
        name: String::new(),
        demand_tag: OTHER.into(),
        white_listed: false,
        active: true,
        created_at: write.now,
        version: 1,
    };
    let row = with(blank, &input.fields);
    free(write.tx(), &row).await?;
    partner_offering::Entity::insert(row.into_active_model().reset_all())
        .exec_without_returning(write.tx().orm())
        .await?;
    write.finish(store, &id.to_string(), None, &input, &id).await?;
    Ok(id)
}

/// Changes an offering. Opportunities that it goes with keep the family they have.
pub async fn update(
    store: &Store,
    context: &Context,
    key: Option<&str>,
    input: ChangeOffering,
) -> Result<OfferingId> {
    check(&context.actor, &input.fields, false)?;
    let write = match Write::begin(store, context, "partnerOfferingUpdate", key, &input).await? {
        Begun::Replay(id) => return Ok(id),
        Begun::Fresh(write) => write,
    };
    let tx = write.tx();
    let held = hold(tx, input.id).await?.filter(|row| may_keep(write.actor(), row.partner_id));
    let held = held.ok_or_else(|| Refusal::at("id", Code::NotFound, input.id.to_string()))?;
    if held.version != input.expected_version {
        return Err(Refusal::at("expectedVersion", Code::VersionConflict, held.version.to_string()).into());
    }
    let mut row = with(held.clone(), &input.fields);
    if row != held {
        row.version += 1;
        free(tx, &row).await?;
        partner_offering::Entity::update(row.into_active_model().reset_all()).exec(tx.orm()).await?;
    }
    write.finish(store, &input.id.to_string(), None, &input, &input.id).await?;
    Ok(input.id)
}

/// `true` if the list of `partner` is this caller's to keep. PURE.
fn may_keep(actor: &Actor, partner: PartnerId) -> bool {
    match actor.principal {
        Principal::Partner { partner_id } => partner_id == partner,
        _ => actor.has_role(Role::Operations),
    }
}

/// The row with what was given. PURE.
fn with(mut row: partner_offering::Model, fields: &OfferingFields) -> partner_offering::Model {
    row.kind = fields.kind.unwrap_or(row.kind);
    row.name = fields.name.as_deref().map_or(row.name, |name| name.trim().to_owned());
    row.demand_tag = fields.demand_tag.as_deref().map_or(row.demand_tag, tag);
    row.white_listed = fields.white_listed.unwrap_or(row.white_listed);
    row.active = fields.active.unwrap_or(row.active);
    row
}

/// A product family as it is stored: in capitals, without spaces around it. PURE.
#[must_use]
pub fn tag(text: &str) -> String {
    text.trim().to_uppercase()
}

/// `true` for the name of a product family: letters, digits and `-_`, of which the first is a letter. PURE.
#[must_use]
pub fn is_tag(text: &str) -> bool {
    let tag = tag(text);
    tag.len() <= TAG_LIMIT
        && tag.starts_with(|c: char| c.is_ascii_uppercase())
        && tag.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || matches!(b, b'-' | b'_'))
}

/// The rule of a tag, told to whoever has to mend one.
#[must_use]
pub fn tag_rule() -> String {
    format!("a product family is 1 to {TAG_LIMIT} letters, digits, - and _, e.g. BIG_DATA; {OTHER} for none")
}

fn check(actor: &Actor, fields: &OfferingFields, all: bool) -> Result<()> {
    let mut refusals = Vec::new();
    if all && fields.kind.is_none() {
        refusals.push(Refusal::at("kind", Code::Invalid, "kind"));
    }
    let bad = |name: &String| {
        name.trim().is_empty() || name.chars().count() > NAME_LIMIT || name.chars().any(char::is_control)
    };
    if fields.name.as_ref().map_or(all, bad) {
        let detail = format!("a name has 1 to {NAME_LIMIT} characters and no control characters");
        refusals.push(Refusal::at("name", Code::Invalid, detail));
    }
    if fields.demand_tag.as_ref().map_or(all, |tag| !is_tag(tag)) {
        refusals.push(Refusal::at("demandTag", Code::Invalid, tag_rule()));
    }
    if fields.white_listed.is_some() && !actor.has_role(Role::Operations) {
        refusals.push(Refusal::at("whiteListed", Code::NotAllowed, "OPERATIONS"));
    }
    if refusals.is_empty() { Ok(()) } else { Err(Error::Refused(refusals)) }
}

/// Refuses a name that another offering of the partner has.
async fn free(tx: &Tx, row: &partner_offering::Model) -> Result<()> {
    // Two that take the same name come one after the other.
    let sql = tx.holding("SELECT id FROM partner WHERE id = $1");
    query_one(tx.orm(), &sql, [row.partner_id.0.into()]).await?;
    let taken = partner_offering::Entity::find()
        .filter(partner_offering::Column::PartnerId.eq(row.partner_id))
        .filter(partner_offering::Column::Name.eq(row.name.as_str()))
        .filter(partner_offering::Column::Id.ne(row.id))
        .one(tx.orm())
        .await?;
    if taken.is_some() {
        return Err(Refusal::at("name", Code::AlreadyExists, row.name.as_str()).into());
    }
    Ok(())
}

async fn hold(tx: &Tx, id: OfferingId) -> Result<Option<partner_offering::Model>> {
    let sql = tx.holding("SELECT * FROM partner_offering WHERE id = $1");
    let row = query_one(tx.orm(), &sql, [id.0.into()]).await?;
    Ok(row.map(|row| partner_offering::Model::from_query_result(&row, "")).transpose()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_family_is_a_word_of_capitals() {
        for good in ["BIG_DATA", "ai", " Db-2 ", OTHER, &"X".repeat(TAG_LIMIT)] {
            assert!(is_tag(good), "{good}");
        }
        for bad in ["", "  ", "2AI", "A B", "大数据", "A;B", &"X".repeat(TAG_LIMIT + 1)] {
            assert!(!is_tag(bad), "{bad}");
        }
        assert_eq!(tag(" Db-2 "), "DB-2");
    }

    #[test]
    fn only_operations_white_list() {
        let fields = OfferingFields { white_listed: Some(true), ..OfferingFields::default() };
        let partner =
            Actor { subject: "m".into(), principal: Principal::Partner { partner_id: PartnerId(1) } };
        let Err(Error::Refused(refusals)) = check(&partner, &fields, false) else { panic!("allowed") };
        assert_eq!((refusals[0].code, refusals[0].path.join(".")), (Code::NotAllowed, "whiteListed".into()));
        assert!(check(&Actor::system("test"), &fields, false).is_ok());
    }
}
