//! Previews of settlement: what a run would write now, held against what stands.

use async_graphql::{Context, ID, InputObject, Object, Result, SimpleObject};
use domain::reading::{Key, KeyValue, Order, Page};
use domain::settlement::preview::{self, Ask, Place, PreviewBill, PreviewTotals};
use entity::{Currency, PartnerId};
use tokio::sync::OnceCell;

use super::caller::{root, store};
use super::checks::Checks;
use super::connection::{Found, PageInfo, Paging};
use super::errors::{OrFail, bad_input};
use super::money::Money;
use super::policy::{IncentiveRateInput, read_policy};
use super::preview_bill::SettlementPreviewBill;
use super::scalars::{CurrencyCode, Month};

/// A policy that is tried: a version that does not exist.
#[derive(InputObject)]
pub struct SettlementPreviewPolicyInput {
    /// A name, 1 to 200 characters.
    name: String,
    /// First month it would price; of versions that are real or tried the one that begins last does.
    valid_from: Month,
    /// Its rates in the order of matching, 1 to 200.
    rates: Vec<IncentiveRateInput>,
}

/// A page of a preview.
pub struct SettlementPreviewConnection {
    found: Found<PreviewBill>,
    ask: Ask,
    changes_waiting: i64,
    totals: OnceCell<PreviewTotals>,
}

impl SettlementPreviewConnection {
    async fn all(&self, ctx: &Context<'_>) -> Result<&PreviewTotals> {
        let all = async || preview::totals(store(ctx)?, &self.ask).await.or_fail(ctx);
        self.totals.get_or_try_init(all).await
    }
}

/// A page of a preview.
#[Object]
impl SettlementPreviewConnection {
    /// The bills of this page with their cursors.
    async fn edges(&self) -> Vec<SettlementPreviewEdge> {
        self.found.edges().map(|(cursor, bill)| SettlementPreviewEdge { cursor, node: bill.into() }).collect()
    }

    /// The bills of this page.
    async fn nodes(&self) -> Vec<SettlementPreviewBill> {
        self.found.edges().map(|(_, bill)| bill.into()).collect()
    }

    /// Where this page lies in the preview.
    async fn page_info(&self) -> PageInfo {
        self.found.info()
    }

    /// How many bills the whole preview has, counted only when asked for: that prices every partner.
    async fn total_count(&self, ctx: &Context<'_>) -> Option<Result<i32>> {
        let all = self.all(ctx).await;
        Some(all.map(|totals| i32::try_from(totals.bills).unwrap_or(i32::MAX)))
    }

    /// What the whole preview comes to by currency, computed only when asked for: that prices every partner.
    async fn totals(&self, ctx: &Context<'_>) -> Option<Result<Vec<SettlementPreviewTotal>>> {
        let all = self.all(ctx).await;
        Some(all.map(|totals| totals.currencies.iter().map(SettlementPreviewTotal::from).collect()))
    }

    /// Customers whose changes wait to be worked in. A run does that first; a preview does not write and goes
    /// without them, so while this is not 0 a run can come to something else.
    async fn changes_waiting(&self) -> i32 {
        i32::try_from(self.changes_waiting).unwrap_or(i32::MAX)
    }
}

/// A previewed bill with its cursor.
#[derive(SimpleObject)]
pub struct SettlementPreviewEdge {
    /// Where to go on: an argument of the same preview.
    cursor: String,
    /// The bill.
    node: SettlementPreviewBill,
}

/// What a preview comes to in one currency.
#[derive(SimpleObject)]
pub struct SettlementPreviewTotal {
    /// The currency.
    currency_code: CurrencyCode,
    /// Bills that stand.
    bills_before: i32,
    /// Bills that would stand.
    bills_after: i32,
    /// Partners whose bill would change.
    partners_changed: i32,
    /// Bills that would be parked for review if they became formal.
    parked: i32,
    /// Bills whose partner cannot be billed.
    set_aside: i32,
    /// Sum of the bills that stand.
    amount_before: Money,
    /// Sum of the bills that would stand.
    amount_after: Money,
    /// What it would be more; below zero if it would be less.
    difference: Money,
}

impl From<(&Currency, &preview::CurrencyTotal)> for SettlementPreviewTotal {
    fn from((currency, total): (&Currency, &preview::CurrencyTotal)) -> Self {
        let small = |n: i64| i32::try_from(n).unwrap_or(i32::MAX);
        Self {
            currency_code: CurrencyCode(*currency),
            bills_before: small(total.bills_before),
            bills_after: small(total.bills_after),
            partners_changed: small(total.changed),
            parked: small(total.parked),
            set_aside: small(total.set_aside),
            amount_before: Money::of(total.before, *currency),
            amount_after: Money::of(total.after, *currency),
            difference: Money::of(total.after.saturating_sub(total.before), *currency),
        }
    }
}

/// Queries about what would be settled.
#[derive(Default)]
pub struct PreviewQuery;

#[Object(guard = "root(\"Query\")")]
impl PreviewQuery {
    /// What a settlement run of a month would write now, held against what stands; nothing is written. For a month that
    /// is final: what its own performance would come to today, under the policies that are tried; its books do not
    /// change. Ordered by partner and currency.
    async fn settlement_preview(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The month.")] month: Month,
        #[graphql(
            desc = "Policies to try, at most 12. They price what belongs to the month itself; corrections of other months keep to the policies of those."
        )]
        policies: Option<Vec<SettlementPreviewPolicyInput>>,
        #[graphql(desc = "Only this partner's bills.")] partner: Option<ID>,
        #[graphql(desc = "Only bills that would change.", default = true)] changed_only: bool,
        #[graphql(desc = "Bills from the start of the preview, at most 100; 20 if not given.")] first: Option<
            i32,
        >,
        #[graphql(desc = "Only bills behind this cursor.")] after: Option<String>,
    ) -> Option<Result<SettlementPreviewConnection>> {
        let read = async {
            // An id that is none names a partner without bills.
            let partner = partner.map(|id| id.parse::<PartnerId>().unwrap_or(PartnerId(0)));
            let policies = read_policies(policies.unwrap_or_default()).or_fail(ctx)?;
            let ask = Ask { month: month.0, policies, partner, changed_only };
            read_page(ctx, ask, Paging { first, after, ..Paging::default() }).await
        };
        Some(read.await)
    }
}

fn read_policies(
    tried: Vec<SettlementPreviewPolicyInput>,
) -> domain::Result<Vec<domain::programme::incentive_policy::NewPolicy>> {
    let mut checks = Checks::default();
    let policies =
        tried.into_iter().map(|p| read_policy(&mut checks, p.name, p.valid_from, p.rates)).collect();
    checks.done()?;
    Ok(policies)
}

async fn read_page(ctx: &Context<'_>, ask: Ask, paging: Paging) -> Result<SettlementPreviewConnection> {
    let order = Order {
        name: format!("settlementPreview:{}:{}", ask.month, ask.changed_only),
        keys: vec![Key::int("partner_id"), Key::text("currency")],
        descending: false,
    };
    let args = paging.read(&order).map_err(|message| bad_input(ctx, &message))?;
    let after = match args.after.as_deref() {
        None => None,
        Some(key) => {
            Some(place(key).ok_or_else(|| bad_input(ctx, "`after` is not a cursor of this preview."))?)
        }
    };
    let limit = usize::try_from(args.limit).unwrap_or(0);
    let page = preview::page(store(ctx)?, &ask, after, limit).await.or_fail(ctx)?;
    let key = |(partner, currency): Place| {
        vec![KeyValue::Int(partner.0), KeyValue::Text(currency.as_str().to_owned())]
    };
    let rows = page.bills.into_iter().map(|bill| (key(bill.place), bill)).collect();
    let rows = Page { rows, has_previous: after.is_some(), has_next: page.more };
    Ok(SettlementPreviewConnection {
        found: Found::uncounted(rows, order),
        ask,
        changes_waiting: page.changes_waiting,
        totals: OnceCell::new(),
    })
}

fn place(key: &[KeyValue]) -> Option<Place> {
    let [KeyValue::Int(partner), KeyValue::Text(currency)] = key else { return None };
    Some((PartnerId(*partner), currency.parse().ok()?))
}
