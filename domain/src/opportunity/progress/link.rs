//! Linking opportunities to the accounts in which their customers buy, and to their orders.

use entity::{
    CloudAccountId, OpportunityActor, OpportunityId, OpportunityOperation, PceClaimState, cloud_account,
    opportunity,
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, Value};
use serde::{Deserialize, Serialize};

use crate::kernel::actor::Principal;
use crate::kernel::error::{Code, Error, Refusal, Result};
use crate::kernel::machine::{Machine, Turn};
use crate::kernel::store::{Store, Tx, exec, insert_rows, placeholders_behind, query, query_one};
use crate::kernel::write::{Begun, Context, Write};
use crate::opportunity::content::draft::{Seen, seen};
use crate::opportunity::state::drive::note;
use crate::opportunity::state::machine::Opportunities;
use crate::opportunity::{state::guard, state::machine};
use crate::programme::company::formats;

/// Most accounts of one opportunity: a customer has a few.
pub const ACCOUNTS_LIMIT: usize = 50;
/// Most orders of one opportunity: the list stays readable.
pub const ORDERS_LIMIT: usize = 200;
/// Longest number of an order, in characters.
pub const ORDER_LIMIT: usize = 64;

/// Accounts and orders to be linked to an opportunity, or to be let go.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Links {
    /// The opportunity, as the caller saw it.
    pub seen: Seen,
    /// Accounts of its customer.
    pub accounts: Vec<CloudAccountId>,
    /// Numbers of orders at the vendor.
    pub orders: Vec<String>,
}

/// Links; what is linked already stays. Without a customer the opportunity gets that of the accounts.
pub async fn link(
    store: &Store,
    context: &Context,
    key: Option<&str>,
    input: Links,
) -> Result<OpportunityId> {
    let write = match Write::begin(store, context, "opportunityLink", key, &input).await? {
        Begun::Replay(id) => return Ok(id),
        Begun::Fresh(write) => write,
    };
    let (mut row, actor) = together(&write, context, &input).await?;
    let orders = input.orders.iter().map(|no| order_no(no)).collect::<Vec<_>>();
    let mut faults = order_faults(&orders);
    faults.extend(accounts_of_customer(&write, &mut row, &input.accounts).await?);
    faults.extend(orders_of_others(&write, row.id, &orders).await?);
    if !faults.is_empty() {
        return Err(Error::Refused(faults));
    }
    let (orm, subject, now) = (write.tx().orm(), context.actor.subject.as_str(), write.now.0);
    let accounts = input.accounts.iter().flat_map(|account| -> [Value; 4] {
        [row.id.0.into(), account.0.into(), subject.into(), now.into()]
    });
    let head = "INSERT INTO opportunity_account (opportunity_id, account_id, linked_by, linked_at)";
    insert_rows(orm, head, 4, accounts.collect(), "ON CONFLICT DO NOTHING").await?;
    let values = orders
        .iter()
        .flat_map(|no| -> [Value; 4] { [no.as_str().into(), row.id.0.into(), subject.into(), now.into()] });
    let head = "INSERT INTO opportunity_order (order_no, opportunity_id, linked_by, linked_at)";
    insert_rows(orm, head, 4, values.collect(), "ON CONFLICT DO NOTHING").await?;
    // Another may have taken an order between the look and the writing.
    let faults = orders_of_others(&write, row.id, &orders).await?;
    if !faults.is_empty() {
        return Err(Error::Refused(faults));
    }
    within_limits(&write, row.id).await?;
    finish(write, store, context, row, actor, &input).await
}

/// Lets go; what is not linked is passed over. What a claim rests on stays until the claim is sent back.
pub async fn unlink(
    store: &Store,
    context: &Context,
    key: Option<&str>,
    input: Links,
) -> Result<OpportunityId> {
    let write = match Write::begin(store, context, "opportunityUnlink", key, &input).await? {
        Begun::Replay(id) => return Ok(id),
        Begun::Fresh(write) => write,
    };
    let (row, actor) = together(&write, context, &input).await?;
    let orm = write.tx().orm();
    no_claim_under_way(write.tx(), row.id).await?;
    let of = |column: &str, table: &str, count: usize| {
        format!(
            "DELETE FROM {table} WHERE opportunity_id = $1 AND {column} IN {}",
            placeholders_behind(1, count)
        )
    };
    let id = || std::iter::once::<Value>(row.id.0.into());
    if !input.accounts.is_empty() {
        let sql = of("account_id", "opportunity_account", input.accounts.len());
        exec(orm, &sql, id().chain(input.accounts.iter().map(|account| account.0.into()))).await?;
    }
    if !input.orders.is_empty() {
        let sql = of("order_no", "opportunity_order", input.orders.len());
        exec(orm, &sql, id().chain(input.orders.iter().map(|no| order_no(no).into()))).await?;
    }
    finish(write, store, context, row, actor, &input).await
}

/// Refuses while an incentive claim rests on an opportunity; one that was sent back rests on nothing.
async fn no_claim_under_way(tx: &Tx, id: OpportunityId) -> Result<()> {
    match claim_under_way(tx, id).await? {
        None => Ok(()),
        Some(state) => Err(Refusal::at("id", Code::PceClaimUnderWay, state).into()),
    }
}

/// State of the incentive claim that rests on an opportunity; none if none does.
pub(in crate::opportunity) async fn claim_under_way(tx: &Tx, id: OpportunityId) -> Result<Option<String>> {
    let claim = "SELECT state FROM pce_claim WHERE opportunity_id = $1 AND state <> $2";
    let values = [id.0.into(), PceClaimState::Rejected.name().into()];
    let claim = query_one(tx.orm(), claim, values).await?;
    Ok(claim.map(|claim| claim.try_get_by_index(0)).transpose()?)
}

/// The orders of what is lost or given up may belong to another.
pub(in crate::opportunity) async fn let_orders_go(tx: &Tx, id: OpportunityId) -> Result<()> {
    exec(tx.orm(), "DELETE FROM opportunity_order WHERE opportunity_id = $1", [id.0.into()]).await?;
    Ok(())
}

/// The opportunity, if both sides work on it and the caller is one of them.
async fn together(
    write: &Write,
    context: &Context,
    input: &Links,
) -> Result<(opportunity::Model, OpportunityActor)> {
    let row = seen(write, input.seen).await?;
    let actor = Opportunities::parties(write.actor(), row.partner_id).into_iter().next();
    let actor = actor.ok_or_else(|| Refusal::at("id", Code::NotAllowed, "PARTNER, REVIEWER, OPERATIONS"))?;
    if !machine::has_passed(row.state) {
        return Err(Refusal::at("id", Code::WrongState, row.state.name()).into());
    }
    guard::looks_after(write.tx(), context, &row).await?;
    for (path, count, limit) in [
        ("accountIds", input.accounts.len(), ACCOUNTS_LIMIT),
        ("orderNumbers", input.orders.len(), ORDERS_LIMIT),
    ] {
        if count > limit {
            return Err(Refusal::at(path, Code::Invalid, format!("at most {limit}")).into());
        }
    }
    Ok((row, actor))
}

/// A number of an order as it is kept: one order is written one way, whatever the case and width of its letters. PURE.
fn order_no(text: &str) -> String {
    formats::half_width(text.trim()).to_uppercase()
}

/// Malformed numbers. PURE.
fn order_faults(orders: &[String]) -> Vec<Refusal> {
    let wrong =
        |no: &str| no.is_empty() || no.chars().count() > ORDER_LIMIT || no.chars().any(formats::is_unseen);
    let fault = |(i, _)| Refusal {
        code: Code::Invalid,
        path: vec!["orderNumbers".into(), format!("{i}")],
        detail: format!("1 to {ORDER_LIMIT} characters, all of them visible"),
    };
    orders.iter().enumerate().filter(|(_, no)| wrong(no)).map(fault).collect()
}

/// Accounts that are not of the opportunity's customer, or that the partner does not see. Sets the customer if there is
/// none yet.
async fn accounts_of_customer(
    write: &Write,
    row: &mut opportunity::Model,
    accounts: &[CloudAccountId],
) -> Result<Vec<Refusal>> {
    let orm = write.tx().orm();
    let found = cloud_account::Entity::find()
        .filter(cloud_account::Column::Id.is_in(accounts.iter().copied()))
        .all(orm)
        .await?;
    let mut faults = Vec::new();
    for (i, id) in accounts.iter().enumerate() {
        let mut fault = |code| {
            let path = vec!["accountIds".to_owned(), i.to_string()];
            faults.push(Refusal { code, path, detail: id.to_string() });
        };
        let account = found.iter().find(|account| account.id == *id);
        let Some((account, customer)) = account.and_then(|account| Some((account, account.customer_id?)))
        else {
            fault(Code::NotFound);
            continue;
        };
        if let Principal::Partner { partner_id } = write.actor().principal {
            // What was linked behind its time is not the partner's to know.
            let sql = "SELECT 1 FROM association WHERE customer_id = $1 AND partner_id = $2 AND valid_from <= $3 \
                       AND valid_to > $4 LIMIT 1";
            let linked = account.linked_at.unwrap_or(write.now);
            let values = [customer.0.into(), partner_id.0.into(), write.now.0.into(), linked.0.into()];
            if query_one(orm, sql, values).await?.is_none() {
                fault(Code::NotFound);
                continue;
            }
        }
        if *row.customer_id.get_or_insert(customer) != customer {
            fault(Code::AccountOfOther);
        }
    }
    Ok(faults)
}

/// Orders that belong to another opportunity.
async fn orders_of_others(write: &Write, id: OpportunityId, orders: &[String]) -> Result<Vec<Refusal>> {
    if orders.is_empty() {
        return Ok(vec![]);
    }
    let list = placeholders_behind(1, orders.len());
    let sql =
        format!("SELECT order_no FROM opportunity_order WHERE opportunity_id <> $1 AND order_no IN {list}");
    let values = std::iter::once::<Value>(id.0.into()).chain(orders.iter().map(|no| no.as_str().into()));
    let rows = query(write.tx().orm(), &sql, values).await?;
    let taken = rows.iter().map(|row| Ok(row.try_get_by_index(0)?)).collect::<Result<Vec<String>>>()?;
    let of_other = |(i, no): (usize, &String)| {
        let path = vec!["orderNumbers".to_owned(), i.to_string()];
        taken.contains(no).then(|| Refusal { code: Code::OrderOfOther, path, detail: no.clone() })
    };
    Ok(orders.iter().enumerate().filter_map(of_other).collect())
}

async fn within_limits(write: &Write, id: OpportunityId) -> Result<()> {
    for (path, table, limit) in [
        ("accountIds", "opportunity_account", ACCOUNTS_LIMIT),
        ("orderNumbers", "opportunity_order", ORDERS_LIMIT),
    ] {
        let sql = format!("SELECT COUNT(*) FROM {table} WHERE opportunity_id = $1");
        let row = query_one(write.tx().orm(), &sql, [id.0.into()]).await?;
        let count: i64 = row.map_or(Ok(0), |row| row.try_get_by_index(0))?;
        if usize::try_from(count).is_ok_and(|count| count > limit) {
            return Err(Refusal::at(path, Code::Invalid, format!("at most {limit}")).into());
        }
    }
    Ok(())
}

/// The row, its trail and the event.
async fn finish(
    write: Box<Write>,
    store: &Store,
    context: &Context,
    row: opportunity::Model,
    actor: OpportunityActor,
    input: &Links,
) -> Result<OpportunityId> {
    let (what, id) = ((OpportunityOperation::Edit, Some("LINKS")), row.id);
    note(Turn::of(&write, store, context), row, actor, what, "EDITED").await?;
    write.finish(store, &id.to_string(), None, input, &id).await?;
    Ok(id)
}
