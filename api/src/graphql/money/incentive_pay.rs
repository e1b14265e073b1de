//! Issuing bills, requesting payment of them, and the terms of both.

use async_graphql::{ID, InputObject};
use domain::money::incentive::issue::{self, Issue, SeenBill};
use domain::money::incentive::request::{self, Request};
use domain::money::incentive::terms::{self, SetPreference, SetTerms};
use entity::{EntitlementId, IncentiveBillId, PartnerId, PaymentRequestId, PayoutTermsId, PreferenceId};
use entity::{payout_preference, payout_terms};

use crate::graphql::schema::change::{Change, Changed, Changes};
use crate::graphql::schema::checks::Checks;
use crate::graphql::schema::choice::Choice;
use crate::graphql::schema::enums::{BulkPolicy, PayoutWay};
use crate::graphql::schema::env::Env;
use crate::graphql::schema::list::Queries;
use crate::graphql::schema::many::{Became, Many, Seen, became};
use crate::graphql::schema::money::decimal;
use crate::graphql::schema::object::{Object, Shown};
use crate::graphql::schema::scalars::{CurrencyCode, Decimal};

/// Adds the queries.
pub(crate) fn query(root: Object<Queries>) -> Object<Queries> {
    root.column("payoutTerms", "The terms under which incentives are paid.", |env, _, _| {
        Box::pin(async move { Ok(vec![Some(terms::load(env.store.db()).await?)]) })
    })
}

impl Shown for payout_terms::Model {
    const NAME: &'static str = "PayoutTerms";

    fn object() -> Object<Self> {
        Object::<Self>::new("The terms under which incentives are paid.")
            .node(|terms| PayoutTermsId(terms.id.into()))
            .field("minimum", "Least amount of a request, in units of its currency.", |terms| {
                decimal(terms.minimum, 2)
            })
            .field("holdingDays", "Days between issuing and the first request.", |row| row.holding_days)
            .field("expiryMonths", "Calendar months after which what was not requested lapses.", |row| {
                row.expiry_months
            })
            .field("version", "Grows with every change; the expectedVersion of the next one.", |row| {
                row.version
            })
    }
}

impl Shown for payout_preference::Model {
    const NAME: &'static str = "PayoutPreference";

    fn object() -> Object<Self> {
        Object::<Self>::new("How a partner wants its incentives.")
            .node(|row| PreferenceId(row.partner_id.0))
            .field("automatic", "Whether the product requests for it, once a day.", |row| row.automatic)
            .field("consultingWay", "The way for consulting business.", |row| Choice(row.consulting_way))
            .field("resaleWay", "The way for resale business.", |row| Choice(row.resale_way))
            .field("version", "Grows with every change; the expectedVersion of the next one.", |row| {
                row.version
            })
    }
}

impl Many for IncentiveBillId {
    const LIST: &'static str = "bills";
    const RESULT: &'static str = "IncentiveBillIssueResult";
    const FIELD: &'static str = "incentiveBill";
}

/// Which bills to issue.
#[derive(InputObject)]
pub(crate) struct IncentiveBillIssueInput {
    /// The same key with the same input gives the same answer again.
    idempotency_key: ID,
    /// The bills, at most 100.
    bills: Vec<Seen>,
    /// What becomes of the others when one is refused.
    #[graphql(default_with = "Choice(domain::kernel::many::BulkPolicy::AllOrNothing)")]
    policy: BulkPolicy,
}

impl Change for IncentiveBillIssueInput {
    type Gives = Vec<Became<IncentiveBillId>>;
    const NAME: &'static str = "incentiveBillIssue";
    const DOC: &'static str =
        "Issues confirmed bills: what they earn can be requested, but for what customers have not paid.";
    const INPUT: &'static str = "Which bills.";

    fn payload(fields: Object<Changed<Self>>) -> Object<Changed<Self>> {
        fields.objects(
            "results",
            "A row for each bill, in the order sent; empty if nothing was tried.",
            |changed| changed.done.clone().unwrap_or_default(),
        )
    }

    async fn change(self, env: &Env) -> domain::Result<Self::Gives> {
        let mut checks = Checks::default();
        let seen = |(id, expected_version)| SeenBill { id, expected_version };
        let bills = checks.many(&self.bills, self.policy.0).into_iter().map(seen).collect();
        let issue = Issue { bills, policy: self.policy.0 };
        checks.done()?;
        let key = Some(self.idempotency_key.as_str());
        let outcomes = issue::issue(&env.store, &env.context(), key, issue).await?;
        Ok(became::<Self, _>(env, self.bills, outcomes))
    }
}

/// What to request.
#[derive(InputObject)]
pub(crate) struct PaymentRequestCreateInput {
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

impl Change for PaymentRequestCreateInput {
    type Gives = PaymentRequestId;
    const NAME: &'static str = "paymentRequestCreate";
    const DOC: &'static str = "Requests payment of issued incentives. A partner for itself.";
    const INPUT: &'static str = "What to request.";

    fn payload(fields: Object<Changed<Self>>) -> Object<Changed<Self>> {
        fields.one("paymentRequest", "The request.", |changed| changed.done)
    }

    async fn change(self, env: &Env) -> domain::Result<Self::Gives> {
        let mut checks = Checks::default();
        let partner_id: PartnerId = checks.id("partnerId", &self.partner_id);
        let mut read = |(i, id): (usize, &ID)| checks.id::<EntitlementId>(&format!("entitlementIds.{i}"), id);
        let entitlements =
            self.entitlement_ids.as_ref().map(|ids| ids.iter().enumerate().map(&mut read).collect());
        let new = Request {
            partner_id,
            currency: self.currency_code.0,
            way: self.way.0,
            entitlements,
            submit: self.submit,
        };
        checks.done()?;
        let key = Some(self.idempotency_key.as_str());
        request::request(&env.store, &env.context(), key, new).await
    }
}

/// Terms as they shall be; what is not given stays.
#[derive(InputObject)]
pub(crate) struct PayoutTermsSetInput {
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

impl Change for PayoutTermsSetInput {
    type Gives = payout_terms::Model;
    const NAME: &'static str = "payoutTermsSet";
    const DOC: &'static str =
        "Changes the terms under which incentives are paid, for what is issued and requested from now on.";
    const INPUT: &'static str = "Terms as they shall be.";

    fn payload(fields: Object<Changed<Self>>) -> Object<Changed<Self>> {
        fields.maybe_object("payoutTerms", "The terms as they are now.", |changed| changed.done.clone())
    }

    fn edited(&self) -> Option<ID> {
        Some(ID::from(PayoutTermsId(1).to_string()))
    }

    async fn change(self, env: &Env) -> domain::Result<Self::Gives> {
        let mut checks = Checks::default();
        let minimum = self.minimum.as_ref().map(|m| checks.amount(vec!["minimum".into()], m, 2));
        let set = SetTerms {
            expected_version: self.expected_version,
            minimum,
            holding_days: self.holding_days,
            expiry_months: self.expiry_months,
        };
        checks.done()?;
        terms::set(&env.store, &env.context(), Some(&self.idempotency_key), set).await?;
        terms::load(env.store.db()).await
    }
}

/// How a partner wants its incentives, as it shall be.
#[derive(InputObject)]
pub(crate) struct PayoutPreferenceSetInput {
    /// The same key with the same input gives the same answer again.
    idempotency_key: ID,
    /// The partner.
    partner_id: ID,
    /// The version you saw; 0 if there is none yet.
    expected_version: i32,
    /// Whether the product requests for it, once a day.
    automatic: bool,
    /// The way for consulting business.
    #[graphql(default_with = "Choice(entity::PayoutWay::BankTransfer)")]
    consulting_way: PayoutWay,
    /// The way for resale business.
    #[graphql(default_with = "Choice(entity::PayoutWay::TopUpOwedInvoice)")]
    resale_way: PayoutWay,
}

impl Change for PayoutPreferenceSetInput {
    type Gives = PartnerId;
    const NAME: &'static str = "payoutPreferenceSet";
    const DOC: &'static str = "Sets how a partner wants its incentives. A partner for itself.";
    const INPUT: &'static str = "How it shall be.";

    fn payload(fields: Object<Changed<Self>>) -> Object<Changed<Self>> {
        fields.one("partner", "The partner as it is now.", |changed| changed.done)
    }

    fn edited(&self) -> Option<ID> {
        let partner: PartnerId = self.partner_id.parse().ok()?;
        Some(ID::from(PreferenceId(partner.0).to_string()))
    }

    async fn change(self, env: &Env) -> domain::Result<Self::Gives> {
        let mut checks = Checks::default();
        let partner_id: PartnerId = checks.id("partnerId", &self.partner_id);
        let set = SetPreference {
            partner_id,
            expected_version: self.expected_version,
            automatic: self.automatic,
            consulting_way: self.consulting_way.0,
            resale_way: self.resale_way.0,
        };
        checks.done()?;
        terms::prefer(&env.store, &env.context(), Some(&self.idempotency_key), set).await
    }
}

/// Adds the changes.
pub(crate) fn mutation(root: Object<Changes>) -> Object<Changes> {
    root.change::<IncentiveBillIssueInput>()
        .change::<PaymentRequestCreateInput>()
        .change::<PayoutTermsSetInput>()
        .change::<PayoutPreferenceSetInput>()
}
