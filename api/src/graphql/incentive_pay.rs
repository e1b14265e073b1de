//! Issuing bills, requesting payment of them, and the terms of both.

use async_graphql::{Context, ID, InputObject, Object, Result, SimpleObject};
use domain::kernel::many::Outcome;
use domain::money::incentive::issue::{self, Issue, SeenBill};
use domain::money::incentive::request::{self, Request};
use domain::money::incentive::terms::{self, SetPreference, SetTerms};
use entity::{EntitlementId, IncentiveBillId, PartnerId, payout_preference, payout_terms};
use futures_util::future::try_join_all;

use super::bill::IncentiveBill;
use super::caller::{root, store, write_context};
use super::checks::Checks;
use super::errors::OrFail;
use super::money::decimal;
use super::partner::Partner;
use super::payment_enums::PayoutWay;
use super::payment_move::BulkMode;
use super::payment_request::PaymentRequest;
use super::scalars::{CurrencyCode, Decimal};
use super::user_error::{UserError, outcome, payload, refused};

/// The terms under which incentives are paid.
#[derive(SimpleObject)]
pub struct PayoutTerms {
    /// Least amount of a request, in units of its currency.
    minimum: Decimal,
    /// Days between issuing and the first request.
    holding_days: i32,
    /// Calendar months after which what was not requested lapses.
    expiry_months: i32,
    /// Grows with every change; the expectedVersion of the next one.
    version: i32,
}

impl From<payout_terms::Model> for PayoutTerms {
    fn from(row: payout_terms::Model) -> Self {
        Self {
            minimum: decimal(row.minimum, 2),
            holding_days: row.holding_days,
            expiry_months: row.expiry_months,
            version: row.version,
        }
    }
}

/// How a partner wants its incentives.
#[derive(SimpleObject)]
pub struct PayoutPreference {
    /// Whether the product requests for it, once a day.
    automatic: bool,
    /// The way for consulting business.
    consulting_way: PayoutWay,
    /// The way for resale business.
    resale_way: PayoutWay,
    /// Grows with every change; the expectedVersion of the next one.
    version: i32,
}

impl From<payout_preference::Model> for PayoutPreference {
    fn from(row: payout_preference::Model) -> Self {
        Self {
            automatic: row.automatic,
            consulting_way: row.consulting_way.into(),
            resale_way: row.resale_way.into(),
            version: row.version,
        }
    }
}

/// Queries about the terms.
#[derive(Default)]
pub struct TermsQuery;

#[Object(guard = "root(\"Query\")")]
impl TermsQuery {
    /// The terms under which incentives are paid.
    async fn payout_terms(&self, ctx: &Context<'_>) -> Option<Result<PayoutTerms>> {
        let found = async { terms::load(store(ctx)?.db()).await.or_fail(ctx).map(PayoutTerms::from) };
        Some(found.await)
    }
}

/// An incentive bill, as you saw it.
#[derive(InputObject)]
pub struct IncentiveBillSeen {
    /// The bill.
    id: ID,
    /// The version you saw.
    expected_version: i32,
}

/// Which bills to issue.
#[derive(InputObject)]
pub struct IncentiveBillIssueInput {
    /// The same key with the same input gives the same answer again.
    idempotency_key: ID,
    /// The bills, at most 100.
    bills: Vec<IncentiveBillSeen>,
    /// What becomes of the others when one is refused.
    #[graphql(default_with = "BulkMode::AllOrNothing")]
    policy: BulkMode,
}

/// What became of one bill.
#[derive(SimpleObject)]
pub struct IncentiveBillIssueResult {
    /// The id that was sent.
    id: ID,
    /// The bill as it is now.
    incentive_bill: Option<IncentiveBill>,
    /// Why it was not issued; empty if it was.
    user_errors: Vec<UserError>,
}

/// What came of it.
#[derive(SimpleObject)]
pub struct IncentiveBillIssuePayload {
    /// A row for each bill, in the order sent; empty if nothing was tried.
    results: Vec<IncentiveBillIssueResult>,
    /// Why nothing was issued; empty if some were.
    user_errors: Vec<UserError>,
}

/// What to request.
#[derive(InputObject)]
pub struct PaymentRequestCreateInput {
    /// The same key with the same input gives the same answer again.
    idempotency_key: ID,
    /// The partner.
    partner_id: ID,
    /// The currency.
    currency_code: CurrencyCode,
    /// How it is to be paid.
    way: PayoutWay,
    /// What; everything that can be requested this way if not given. What is owed is always set off.
    entitlement_ids: Option<Vec<ID>>,
    /// Hand it in at once.
    #[graphql(default = true)]
    submit: bool,
}

payload! {
    /// What came of it.
    PaymentRequestCreatePayload {
        /// The request.
        payment_request: PaymentRequest
    }
}

/// Terms as they shall be; what is not given stays.
#[derive(InputObject)]
pub struct PayoutTermsSetInput {
    /// The same key with the same input gives the same answer again.
    idempotency_key: ID,
    /// The version you saw.
    expected_version: i32,
    /// Least amount of a request, in units of its currency.
    minimum: Option<Decimal>,
    /// Days between issuing and the first request, 0 to 366.
    holding_days: Option<i32>,
    /// Calendar months after which what was not requested lapses, 1 to 120.
    expiry_months: Option<i32>,
}

/// What came of it.
#[derive(SimpleObject)]
pub struct PayoutTermsSetPayload {
    /// The terms as they are now.
    payout_terms: Option<PayoutTerms>,
    /// Why nothing changed; empty on success.
    user_errors: Vec<UserError>,
}

/// How a partner wants its incentives, as it shall be.
#[derive(InputObject)]
pub struct PayoutPreferenceSetInput {
    /// The same key with the same input gives the same answer again.
    idempotency_key: ID,
    /// The partner.
    partner_id: ID,
    /// The version you saw; 0 if there is none yet.
    expected_version: i32,
    /// Whether the product requests for it, once a day.
    automatic: bool,
    /// The way for consulting business.
    #[graphql(default_with = "PayoutWay::BankTransfer")]
    consulting_way: PayoutWay,
    /// The way for resale business.
    #[graphql(default_with = "PayoutWay::TopUpOwedInvoice")]
    resale_way: PayoutWay,
}

payload! {
    /// What came of it.
    PayoutPreferenceSetPayload {
        /// The partner as it is now.
        partner: Partner
    }
}

/// Changes on the way from bill to request.
#[derive(Default)]
pub struct IncentivePayMutation;

#[Object(guard = "root(\"Mutation\")")]
impl IncentivePayMutation {
    /// Issues confirmed bills: what they earn can be requested, but for what customers have not paid.
    async fn incentive_bill_issue(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which bills.")] input: IncentiveBillIssueInput,
    ) -> Result<IncentiveBillIssuePayload> {
        let mut checks = Checks::default();
        let seen = |(i, seen): (usize, &IncentiveBillSeen)| SeenBill {
            id: checks.id(&format!("bills.{i}.id"), &seen.id),
            expected_version: seen.expected_version,
        };
        let bills: Vec<SeenBill> = input.bills.iter().enumerate().map(seen).collect();
        let issue = Issue { bills, policy: input.policy.into() };
        let result = match checks.done() {
            Err(refused) => Err(refused),
            Ok(()) => {
                let key = Some(input.idempotency_key.as_str());
                issue::issue(store(ctx)?, &write_context(ctx)?, key, issue).await
            }
        };
        let (outcomes, user_errors) = outcome(ctx, result, None).await?;
        // Together, so that the bills are read together.
        let results =
            try_join_all(outcomes.unwrap_or_default().into_iter().map(|one| issued(ctx, one))).await?;
        Ok(IncentiveBillIssuePayload { results, user_errors })
    }

    /// Requests payment of issued incentives. A partner for itself.
    async fn payment_request_create(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What to request.")] input: PaymentRequestCreateInput,
    ) -> Result<PaymentRequestCreatePayload> {
        let mut checks = Checks::default();
        let partner_id: PartnerId = checks.id("partnerId", &input.partner_id);
        let mut read = |(i, id): (usize, &ID)| checks.id::<EntitlementId>(&format!("entitlementIds.{i}"), id);
        let entitlements =
            input.entitlement_ids.as_ref().map(|ids| ids.iter().enumerate().map(&mut read).collect());
        let new = Request {
            partner_id,
            currency: input.currency_code.0,
            way: input.way.into(),
            entitlements,
            submit: input.submit,
        };
        let result = match checks.done() {
            Err(refused) => Err(refused),
            Ok(()) => {
                let key = Some(input.idempotency_key.as_str());
                request::request(store(ctx)?, &write_context(ctx)?, key, new).await
            }
        };
        PaymentRequestCreatePayload::of(ctx, result, None).await
    }

    /// Changes the terms under which incentives are paid, for what is issued and requested from now on.
    async fn payout_terms_set(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Terms as they shall be.")] input: PayoutTermsSetInput,
    ) -> Result<PayoutTermsSetPayload> {
        let mut checks = Checks::default();
        let minimum = input.minimum.as_ref().map(|m| checks.amount(vec!["minimum".into()], m, 2));
        let set = SetTerms {
            expected_version: input.expected_version,
            minimum,
            holding_days: input.holding_days,
            expiry_months: input.expiry_months,
        };
        let result = match checks.done() {
            Err(refused) => Err(refused),
            Ok(()) => terms::set(store(ctx)?, &write_context(ctx)?, Some(&input.idempotency_key), set).await,
        };
        let (version, user_errors) = outcome(ctx, result, None).await?;
        let payout_terms = match version {
            None => None,
            Some(_) => Some(terms::load(store(ctx)?.db()).await.or_fail(ctx)?.into()),
        };
        Ok(PayoutTermsSetPayload { payout_terms, user_errors })
    }

    /// Sets how a partner wants its incentives. A partner for itself.
    async fn payout_preference_set(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How it shall be.")] input: PayoutPreferenceSetInput,
    ) -> Result<PayoutPreferenceSetPayload> {
        let mut checks = Checks::default();
        let partner_id: PartnerId = checks.id("partnerId", &input.partner_id);
        let set = SetPreference {
            partner_id,
            expected_version: input.expected_version,
            automatic: input.automatic,
            consulting_way: input.consulting_way.into(),
            resale_way: input.resale_way.into(),
        };
        let result = match checks.done() {
            Err(refused) => Err(refused),
            Ok(()) => {
                terms::prefer(store(ctx)?, &write_context(ctx)?, Some(&input.idempotency_key), set).await
            }
        };
        PayoutPreferenceSetPayload::of(ctx, result, Some(&input.partner_id)).await
    }
}

/// The row of a bill in a payload.
async fn issued(ctx: &Context<'_>, one: Outcome<IncentiveBillId>) -> Result<IncentiveBillIssueResult> {
    let id: ID = one.id.to_string().into();
    let incentive_bill = super::node::load::<IncentiveBillId, IncentiveBill>(ctx, one.id).await?;
    let user_errors = refused(ctx, &one.refusals, Some(&id)).await?;
    Ok(IncentiveBillIssueResult { id, incentive_bill, user_errors })
}
