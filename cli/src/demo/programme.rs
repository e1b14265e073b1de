//! The demonstration's programme, made through the same use cases as a real one.

use domain::performance::product_policy::{self, SetPolicy};
use domain::programme::account::{LinkAccount, link};
use domain::programme::association::{self, End, NewAssociation, Transfer};
use domain::programme::customer::{self, NewCustomer};
use domain::programme::incentive_policy::{self, NewPolicy, NewRate};
use domain::programme::partner::{self, NewLink, NewPartner, link_reseller};
use domain::{Context, Store};
use entity::timestamp::DAY;
use entity::{
    AssociationMode, CustomerId, Month, PartnerId, ProductPolicyKind, Timestamp,
    association as association_table, product,
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

use super::bills::{PROVIDER, Period};
use super::plan::{Change, CustomerPlan, PARTNERS, PRODUCTS, Plan};
use super::post;

/// Makes the partners, and links resellers to their distributors from `since` on. In the order of the plan.
pub(crate) async fn partners(
    store: &Store,
    context: &Context,
    since: Timestamp,
) -> anyhow::Result<Vec<PartnerId>> {
    let mut ids = Vec::with_capacity(PARTNERS.len());
    for plan in &PARTNERS {
        let input = NewPartner {
            kind: plan.kind,
            name: plan.name.into(),
            tier: plan.tier.into(),
            region: plan.region.into(),
            may_own_customers: plan.may_own_customers,
            marketplace_name: plan.shop.map(str::to_owned),
        };
        let id = partner::create(store, context, None, input).await?;
        post::introduce(store, context, id, plan.name, ids.len()).await?;
        ids.push(id);
        if let Some(distributor) = plan.distributor {
            let input =
                NewLink { reseller_id: id, distributor_id: ids[distributor], valid_from: Some(since) };
            link_reseller(store, context, None, input).await?;
        }
    }
    Ok(ids)
}

/// The incentive policy, from `month` on.
pub(crate) async fn policy(
    store: &Store,
    context: &Context,
    month: Month,
    rates: Vec<NewRate>,
) -> anyhow::Result<()> {
    let input = NewPolicy { name: "Standard incentive".into(), valid_from: month, rates };
    incentive_policy::create(store, context, None, input).await?;
    Ok(())
}

/// Sets the policy of special products, once bills have named them.
pub(crate) async fn product_policies(store: &Store, context: &Context, month: Month) -> anyhow::Result<()> {
    for plan in PRODUCTS.iter().filter(|plan| plan.policy != ProductPolicyKind::Ordinary) {
        let found =
            product::Entity::find().filter(product::Column::Name.eq(plan.name)).one(store.db()).await?;
        if let Some(product) = found {
            let input = SetPolicy { product_id: product.id, month, policy: plan.policy };
            product_policy::set(store, context, None, input).await?;
        }
    }
    Ok(())
}

/// Makes the customers with their accounts and partners since `since`, and what changed in the two months.
pub(crate) async fn customers(
    store: &Store,
    context: &Context,
    plan: &Plan,
    partners: &[PartnerId],
    since: Timestamp,
    months: [Period; 2],
) -> anyhow::Result<Vec<CustomerId>> {
    let mut ids = Vec::with_capacity(plan.customers.len());
    for customer in &plan.customers {
        let id = make(store, context, &customer.name, customer.internal).await?;
        associate(store, context, id, partners[customer.partner], customer.mode, since).await?;
        if !customer.linked_later {
            link_accounts(store, context, id, customer).await?;
        }
        if let Some((month, day, change)) = customer.change {
            let at = months[month].starts_at.plus(day * DAY);
            change_at(store, context, id, customer, partners, change, at).await?;
        }
        ids.push(id);
    }
    Ok(ids)
}

/// Makes a customer.
pub(crate) async fn make(
    store: &Store,
    context: &Context,
    name: &str,
    internal: bool,
) -> anyhow::Result<CustomerId> {
    Ok(customer::create(store, context, None, NewCustomer { name: name.into(), internal, long_tail: true })
        .await?)
}

/// Gives a customer its partner.
pub(crate) async fn associate(
    store: &Store,
    context: &Context,
    customer_id: CustomerId,
    partner_id: PartnerId,
    mode: AssociationMode,
    since: Timestamp,
) -> anyhow::Result<()> {
    let input = NewAssociation { customer_id, partner_id, mode, valid_from: Some(since), valid_to: None };
    association::create(store, context, None, input).await?;
    Ok(())
}

/// Links the accounts of a customer.
pub(crate) async fn link_accounts(
    store: &Store,
    context: &Context,
    customer_id: CustomerId,
    plan: &CustomerPlan,
) -> anyhow::Result<()> {
    for account_no in &plan.accounts {
        let input = LinkAccount { provider: PROVIDER.into(), account_no: account_no.clone(), customer_id };
        link(store, context, None, input).await?;
    }
    Ok(())
}

async fn change_at(
    store: &Store,
    context: &Context,
    customer_id: CustomerId,
    plan: &CustomerPlan,
    partners: &[PartnerId],
    change: Change,
    at: Timestamp,
) -> anyhow::Result<()> {
    let (partner, mode) = match change {
        Change::Leaves => return leave(store, context, customer_id, at).await,
        Change::Partner(other) => (other, plan.mode),
        Change::Mode => (plan.partner, other_mode(plan.mode)),
    };
    let reason = Some("demonstration".to_owned());
    let input = Transfer { customer_id, partner_id: partners[partner], mode, at: Some(at), reason };
    association::transfer(store, context, None, input).await?;
    Ok(())
}

async fn leave(store: &Store, context: &Context, customer: CustomerId, at: Timestamp) -> anyhow::Result<()> {
    let open = association_table::Entity::find()
        .filter(association_table::Column::CustomerId.eq(customer))
        .filter(association_table::Column::ValidTo.eq(Timestamp::FOREVER))
        .one(store.db())
        .await?;
    if let Some(open) = open {
        let reason = Some("demonstration".to_owned());
        let input = End { association_id: open.id, at: Some(at), expected_version: open.version, reason };
        association::end(store, context, None, input).await?;
    }
    Ok(())
}

/// The other of the two modes.
pub(crate) fn other_mode(mode: AssociationMode) -> AssociationMode {
    match mode {
        AssociationMode::Consulting => AssociationMode::Resale,
        AssociationMode::Resale => AssociationMode::Consulting,
    }
}
