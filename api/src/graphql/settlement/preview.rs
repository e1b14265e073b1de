//! Previews of settlement: what a run would write now, held against what stands.

use async_graphql::{ID, InputObject};
use domain::programme::incentive_policy::NewPolicy;
use domain::reading::{Key, KeyValue, Order};
use domain::settlement::preview::{self, Ask, CurrencyTotal, Place, PreviewBill, PreviewTotals};
use entity::{Currency, PartnerId};
use std::sync::Arc;
use tokio::sync::OnceCell;

use crate::graphql::programme::{IncentiveRateInput, read_policy};
use crate::graphql::schema::args::Args;
use crate::graphql::schema::checks::Checks;
use crate::graphql::schema::env::Env;
use crate::graphql::schema::failure::{Failure, Outcome};
use crate::graphql::schema::list::Queries;
use crate::graphql::schema::money::Money;
use crate::graphql::schema::object::{Object, Shown};
use crate::graphql::schema::paging::{PageInfo, cursor, page_args};
use crate::graphql::schema::scalars::Month;
use crate::graphql::schema::wrong::Wrong;

/// A policy that is tried: a version that does not exist.
#[derive(InputObject)]
pub(crate) struct SettlementPreviewPolicyInput {
    /// A name, 1 to 200 characters.
    name: String,
    /// First month it would price; of versions that are real or tried the one that begins last does.
    valid_from: Month,
    /// Its rates in the order of matching, 1 to 200.
    rates: Vec<IncentiveRateInput>,
}

/// A page of a preview.
struct Preview {
    bills: Vec<PreviewEdge>,
    has_previous: bool,
    has_next: bool,
    ask: Ask,
    changes_waiting: i64,
    totals: Arc<OnceCell<PreviewTotals>>,
}

impl Preview {
    /// What the whole comes to: computed once, and only when somebody asks.
    async fn all(&self, env: &Env) -> Outcome<&PreviewTotals> {
        Ok(self.totals.get_or_try_init(|| preview::totals(&env.store, &self.ask)).await?)
    }

    fn info(&self) -> PageInfo {
        let cursor = |edge: Option<&PreviewEdge>| edge.map(|edge| edge.cursor.clone());
        PageInfo {
            has_previous: self.has_previous,
            has_next: self.has_next,
            start: cursor(self.bills.first()),
            end: cursor(self.bills.last()),
        }
    }
}

impl Shown for Preview {
    const NAME: &'static str = "SettlementPreviewConnection";

    fn object() -> Object<Self> {
        Object::<Self>::new("A page of a preview.")
            .objects("edges", "The bills of this page with their cursors.", |preview| preview.bills.clone())
            .objects("nodes", "The bills of this page.", |preview| {
                preview.bills.iter().map(|edge| edge.bill.clone()).collect()
            })
            .object("pageInfo", "The place of this page in the preview.", Preview::info)
            .values::<Option<i32>>(
                "totalCount",
                "How many bills the whole preview has, counted only when asked for: that prices every partner.",
                |env, previews, _| {
                    Box::pin(async move {
                        let mut counts = Vec::with_capacity(previews.len());
                        for preview in previews {
                            counts.push(Some(small(preview.all(env).await?.bills)));
                        }
                        Ok(counts)
                    })
                },
            )
            .lists(
                "totals",
                "What the whole preview comes to by currency, computed only when asked for: that prices every partner.",
                |env, previews, _| {
                    Box::pin(async move {
                        let mut totals = Vec::with_capacity(previews.len());
                        for preview in previews {
                            let all = preview.all(env).await?.currencies.iter();
                            totals.push(all.map(|(currency, total)| Total(*currency, *total)).collect());
                        }
                        Ok(totals)
                    })
                },
            )
            .field(
                "changesWaiting",
                "Customers whose changes wait to be worked in. A run does that first; a preview does not write and goes \
                 without them, so while this is not 0 a run can come to something else.",
                |preview| small(preview.changes_waiting),
            )
    }
}

/// A count as the schema has it.
fn small(count: i64) -> i32 {
    i32::try_from(count).unwrap_or(i32::MAX)
}

/// A previewed bill with its cursor.
#[derive(Clone)]
struct PreviewEdge {
    cursor: String,
    bill: PreviewBill,
}

impl Shown for PreviewEdge {
    const NAME: &'static str = "SettlementPreviewEdge";

    fn object() -> Object<Self> {
        Object::<Self>::new("A previewed bill with its cursor.")
            .text("cursor", "The place to go on from: an argument of the same preview.", |edge| &edge.cursor)
            .object("node", "The bill.", |edge| edge.bill.clone())
    }
}

/// What a preview comes to in one currency.
struct Total(Currency, CurrencyTotal);

impl Total {
    fn money(&self, micros: i64) -> Money {
        Money::of(micros, self.0)
    }
}

impl Shown for Total {
    const NAME: &'static str = "SettlementPreviewTotal";

    fn object() -> Object<Self> {
        Object::<Self>::new("What a preview comes to in one currency.")
            .field("currencyCode", "The currency of the bills.", |total| total.0)
            .field("billsBefore", "Bills that stand.", |total| small(total.1.bills_before))
            .field("billsAfter", "Bills that would stand.", |total| small(total.1.bills_after))
            .field("partnersChanged", "Partners whose bill would change.", |total| small(total.1.changed))
            .field("parked", "Bills that would be parked for review if they became formal.", |total| {
                small(total.1.parked)
            })
            .field("setAside", "Bills whose partner cannot be billed.", |total| small(total.1.set_aside))
            .object("amountBefore", "Sum of the bills that stand.", |total| total.money(total.1.before))
            .object("amountAfter", "Sum of the bills that would stand.", |total| total.money(total.1.after))
            .object("difference", "What it would be more; below zero if it would be less.", |total| {
                total.money(total.1.after.saturating_sub(total.1.before))
            })
    }
}

/// Adds the preview.
pub(super) fn query(root: Object<Queries>) -> Object<Queries> {
    root.column(
        "settlementPreview",
        "What a settlement run of a month would write now, held against what stands; nothing is written. For a month that \
         is final: what its own performance would come to today, under the policies that are tried; its books do not \
         change. Ordered by partner and currency.",
        |env, _, args| Box::pin(async move { Ok(vec![Some(read_page(env, read_ask(args)?, args).await?)]) }),
    )
    .arg::<Month>("month", "The month.")
    .arg::<Option<Vec<SettlementPreviewPolicyInput>>>(
        "policies",
        "Policies to try, at most 12. They price what belongs to the month itself; corrections of other months keep to the \
         policies of those.",
    )
    .arg::<Option<ID>>("partner", "Only this partner's bills.")
    .arg_or("changedOnly", "Only bills that would change.", &true)
    .arg::<Option<i32>>("first", "Bills from the start of the preview, at most 100; 20 if not given.")
    .arg::<Option<String>>("after", "Only bills behind this cursor.")
}

fn read_ask(args: &Args) -> Outcome<Ask> {
    let tried: Option<Vec<SettlementPreviewPolicyInput>> = args.get("policies")?;
    let mut checks = Checks::default();
    let mut read = |tried: SettlementPreviewPolicyInput| {
        read_policy(&mut checks, tried.name, tried.valid_from, tried.rates)
    };
    let policies: Vec<NewPolicy> = tried.into_iter().flatten().map(&mut read).collect();
    checks.done()?;
    // An id that is none names a partner without bills.
    let partner = args.get::<Option<ID>>("partner")?.map(|id| id.parse().unwrap_or(PartnerId(0)));
    Ok(Ask {
        month: args.get::<Month>("month")?.0,
        policies,
        partner,
        changed_only: args.get("changedOnly")?,
    })
}

async fn read_page(env: &Env, ask: Ask, args: &Args) -> Outcome<Preview> {
    let order = Order {
        name: format!("settlementPreview:{}:{}", ask.month, ask.changed_only),
        keys: vec![Key::int("partner_id"), Key::text("currency")],
        descending: false,
    };
    let asked = page_args(args, &order)?;
    let foreign = || {
        let (en, zh) = ("`after` is not a cursor of this preview.", "`after` 不是该预览的游标。");
        Failure::BadInput(Wrong::new(en, zh))
    };
    let after = asked.after.as_deref().map(|key| place(key).ok_or_else(foreign)).transpose()?;
    let limit = usize::try_from(asked.limit).unwrap_or(0);
    let page = preview::page(&env.store, &ask, after, limit).await?;
    let edge = |bill: PreviewBill| PreviewEdge { cursor: cursor(&order.name, &key(bill.place)), bill };
    Ok(Preview {
        bills: page.bills.into_iter().map(edge).collect(),
        has_previous: after.is_some(),
        has_next: page.more,
        ask,
        changes_waiting: page.changes_waiting,
        totals: Arc::default(),
    })
}

fn key((partner, currency): Place) -> Vec<KeyValue> {
    vec![KeyValue::Int(partner.0), KeyValue::Text(currency.as_str().to_owned())]
}

fn place(key: &[KeyValue]) -> Option<Place> {
    let [KeyValue::Int(partner), KeyValue::Text(currency)] = key else { return None };
    Some((PartnerId(*partner), currency.parse().ok()?))
}
