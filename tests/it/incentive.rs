//! From confirmed bills to requests: issuing, what is frozen, expiry, the choice of what is requested.

mod expiry;
mod freeze;
mod issue;
mod linked;
mod request;

use domain::kernel::many::{BulkPolicy, Outcome};
use domain::kernel::store::query;
use domain::money::incentive::confirm::{Confirm, confirm};
use domain::money::incentive::issue::{Issue, SeenBill, issue};
use domain::money::incentive::request::{Request, request};
use domain::money::incentive::terms::{SetTerms, set};
use domain::programme::association;
use domain::{Actor, Code, Context, Error, Principal, Role};
use entity::{
    AssociationMode, BillState, Certification, Currency, IncentiveBillId, PartnerId, PartnerKind,
    PaymentRequestId, PayoutWay, RunKind, incentive_bill,
};
use sea_orm::EntityTrait;
use tests::on_both_databases;
use tests::partner::{balances, certify, member_of};
use tests::refused::code;
use tests::world::{World, at, bill, month, row};

/// One unit of a currency, in micros.
const UNIT: i64 = 1_000_000;

fn usd() -> Currency {
    "USD".parse().unwrap()
}

fn operations() -> Context {
    let principal = Principal::Operator { roles: vec![Role::Operations] };
    Context { actor: Actor { subject: "operations".into(), principal }, request_id: None }
}

/// A certified provider with customer A since the beginning of the year, and a policy of a tenth.
async fn set_up(world: &World) -> PartnerId {
    let provider = world.partner(PartnerKind::SolutionProvider, "Provider").await;
    let a = world.customer("A").await;
    associate(world, a, provider, AssociationMode::Consulting).await;
    world.policy("2026-01", 100_000).await;
    certify(world, provider, Certification::Certified).await;
    provider
}

async fn associate(
    world: &World,
    customer_id: entity::CustomerId,
    partner_id: PartnerId,
    mode: AssociationMode,
) {
    let input = association::NewAssociation {
        customer_id,
        partner_id,
        mode,
        valid_from: Some(at("2026-01-01T00:00:00Z")),
        valid_to: None,
    };
    association::create(&world.store, &world.context, None, input).await.unwrap();
}

/// The bill of a month.
async fn bill_of(world: &World, text: &str) -> incentive_bill::Model {
    let bills = incentive_bill::Entity::find().all(world.store.db()).await.unwrap();
    bills.into_iter().find(|bill| bill.month == month(text)).unwrap()
}

/// Settles a month as final and confirms its bill.
async fn confirmed(world: &World, text: &str) -> incentive_bill::Model {
    world.settle(text, RunKind::Final).await;
    let found = bill_of(world, text).await;
    let input = Confirm { bill_id: found.id, expected_version: found.version };
    confirm(&world.store, &world.context, None, input).await.unwrap();
    bill_of(world, text).await
}

async fn issue_one(world: &World, bill: &incentive_bill::Model) -> Vec<Outcome<IncentiveBillId>> {
    let bills = vec![SeenBill { id: bill.id, expected_version: bill.version }];
    let input = Issue { bills, policy: BulkPolicy::AllOrNothing };
    issue(&world.store, &operations(), None, input).await.unwrap()
}

/// Settles, confirms and issues a month.
async fn issued(world: &World, text: &str) -> IncentiveBillId {
    let found = confirmed(world, text).await;
    issue_one(world, &found).await;
    found.id
}

/// Balances as text, in hundredths of a unit, zeros left out.
async fn held(world: &World, partner: PartnerId) -> Vec<String> {
    balances(world, partner, UNIT / 100).await
}

/// Open entitlements as text: kind, mode, hundredths of a unit.
async fn open(world: &World) -> Vec<String> {
    let sql = "SELECT kind, mode, amount FROM incentive_entitlement WHERE state = 'OPEN' ORDER BY id";
    let rows = query(world.store.db(), sql, []).await.unwrap();
    let text = |row: &sea_orm::QueryResult| {
        let kind: String = row.try_get_by_index(0).unwrap();
        let (mode, amount): (i16, i64) = (row.try_get_by_index(1).unwrap(), row.try_get_by_index(2).unwrap());
        format!("{kind} {mode} {}", amount / (UNIT / 100))
    };
    rows.iter().map(text).collect()
}

async fn ask(world: &World, partner_id: PartnerId, way: PayoutWay) -> Result<PaymentRequestId, Error> {
    let input = Request { partner_id, currency: usd(), way, entitlements: None, submit: true };
    request(&world.store, &member_of(partner_id), None, input).await
}

async fn terms(world: &World, minimum: i64, holding_days: i32, expiry_months: i32) {
    let version = domain::money::incentive::terms::load(world.store.db()).await.unwrap().version;
    let input = SetTerms {
        expected_version: version,
        minimum: Some(minimum * UNIT),
        holding_days: Some(holding_days),
        expiry_months: Some(expiry_months),
    };
    set(&world.store, &world.context, None, input).await.unwrap();
}
