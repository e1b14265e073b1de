//! The programme's settings, who asks, the catalogue of refusals, and the proof that the books hold.

use async_graphql::{Context, Enum, ID, InputObject, Object, Result, SimpleObject};
use domain::kernel::permission;
use domain::operate::verify::{Check, verify};
use domain::programme::settings::{self, Update};
use domain::{Code, Lang, Principal, Role};

use super::caller::{caller, root, store, write_context};
use super::checks::Checks;
use super::customer::Customer;
use super::errors::OrFail;
use super::money::decimal;
use super::partner::Partner;
use super::scalars::{CurrencyCode, Decimal, Month};
use super::user_error::{UserError, outcome};
use super::user_error_code::UserErrorCode;

/// Decimals of an amount that holds in every currency: those of nearly all.
const FLOOR_DIGITS: usize = 2;

/// On whose behalf a request runs.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
pub enum PrincipalKind {
    /// Staff of the vendor.
    Operator,
    /// A member of a partner's staff.
    Partner,
    /// A customer's user.
    Customer,
    /// The product itself.
    System,
}

/// What staff of the vendor is trusted with.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
#[graphql(remote = "domain::Role")]
pub enum OperatorRole {
    /// Runs the programme: partners, customers, imports, settlement runs.
    Operations,
    /// Marks invoices paid, starts runs, sees money everywhere.
    Finance,
    /// Reviews opportunities.
    OpportunityReviewer,
    /// Everything, and the programme's own settings.
    Administrator,
}

/// Who asks.
pub struct Viewer;

/// Who asks, and what it may use.
#[Object]
impl Viewer {
    /// The name in the token, as the audit trail keeps it.
    async fn subject(&self, ctx: &Context<'_>) -> Result<String> {
        Ok(caller(ctx)?.actor.subject.clone())
    }

    /// On whose behalf.
    async fn kind(&self, ctx: &Context<'_>) -> Result<PrincipalKind> {
        Ok(match caller(ctx)?.actor.principal {
            Principal::Operator { .. } => PrincipalKind::Operator,
            Principal::Partner { .. } => PrincipalKind::Partner,
            Principal::Customer { .. } => PrincipalKind::Customer,
            Principal::System => PrincipalKind::System,
        })
    }

    /// The roles of the vendor's staff; empty for others.
    async fn roles(&self, ctx: &Context<'_>) -> Result<Vec<OperatorRole>> {
        let roles: &[Role] = match &caller(ctx)?.actor.principal {
            Principal::Operator { roles } => roles,
            _ => &[],
        };
        Ok(roles.iter().map(|role| (*role).into()).collect())
    }

    /// The partner the caller belongs to.
    async fn partner(&self, ctx: &Context<'_>) -> Option<Result<Partner>> {
        let Principal::Partner { partner_id } = caller(ctx).ok()?.actor.principal else { return None };
        super::node::load(ctx, partner_id).await.transpose()
    }

    /// The customer the caller belongs to.
    async fn customer(&self, ctx: &Context<'_>) -> Option<Result<Customer>> {
        let Principal::Customer { customer_id } = caller(ctx).ok()?.actor.principal else { return None };
        super::node::load(ctx, customer_id).await.transpose()
    }

    /// The root fields the caller may use, e.g. "Query.partners".
    async fn permissions(&self, ctx: &Context<'_>) -> Result<Vec<&'static str>> {
        let actor = &caller(ctx)?.actor;
        let fields = permission::TABLE.iter().map(|(field, _)| *field);
        Ok(fields.filter(|field| permission::allows(actor, field)).collect())
    }
}

/// The programme's own settings.
#[derive(SimpleObject)]
pub struct Programme {
    /// Display name.
    name: String,
    /// The vendor's site, e.g. CN.
    site: String,
    /// IANA time zone of month borders, e.g. Asia/Shanghai.
    time_zone: String,
    /// Day of the next month on which the draft is made.
    draft_day: i32,
    /// Day of the next month on which the month becomes final.
    final_day: i32,
    /// Days to confirm a bill before it confirms itself.
    confirm_days: i32,
    /// Months in which a customer that came from another partner earns nothing.
    cooling_off_months: i32,
    /// Whether cash coupons count as cash.
    cash_coupon_counts: bool,
    /// How many times more or less than usual a bill may be before it is parked for review, in parts per million:
    /// 3000000 is three times; 0 parks nothing.
    bill_factor_ppm: i32,
    /// Units of the bill's currency below which nothing is parked.
    bill_factor_floor: Decimal,
    /// Version of the counting rules.
    rule_version: i32,
    /// Grows with every change; the expectedVersion of the next one.
    version: i32,
}

impl From<entity::programme::Model> for Programme {
    fn from(row: entity::programme::Model) -> Self {
        Self {
            name: row.name,
            site: row.site,
            time_zone: row.time_zone,
            draft_day: row.draft_day.into(),
            final_day: row.final_day.into(),
            confirm_days: row.confirm_days.into(),
            cooling_off_months: row.cooling_off_months.into(),
            cash_coupon_counts: row.cash_coupon_counts,
            bill_factor_ppm: row.bill_factor_ppm,
            bill_factor_floor: decimal(row.bill_factor_floor, FLOOR_DIGITS),
            rule_version: row.rule_version,
            version: row.version,
        }
    }
}

/// A refusal of the closed list with its messages.
#[derive(SimpleObject)]
pub struct ErrorCatalogueEntry {
    /// Which of the closed list.
    code: UserErrorCode,
    /// The code of the vendor's catalogue, where it has one.
    cbc_code: Option<&'static str>,
    /// The English message; {} stands for the detail.
    message_en: &'static str,
    /// The Chinese message; {} stands for the detail.
    message_zh_cn: &'static str,
}

/// One identity of the books that was checked.
#[derive(SimpleObject)]
pub struct VerifyCheck {
    /// What was compared.
    name: &'static str,
    /// For which month; null for the whole.
    month: Option<Month>,
    /// In which currency; null for counts and digests.
    currency_code: Option<CurrencyCode>,
    /// The left side.
    left: String,
    /// The right side.
    right: String,
    /// Whether they are equal.
    holds: bool,
    /// The first row that breaks it.
    counter_example: Option<String>,
}

impl From<Check> for VerifyCheck {
    fn from(check: Check) -> Self {
        Self {
            name: check.name,
            month: check.month.map(Month),
            currency_code: check.currency.map(CurrencyCode),
            left: check.left,
            right: check.right,
            holds: check.holds,
            counter_example: check.counter_example,
        }
    }
}

/// Queries about the programme as a whole.
#[derive(Default)]
pub struct ProgrammeQuery;

#[Object(guard = "root(\"Query\")")]
impl ProgrammeQuery {
    /// Who asks, and what it may use.
    async fn viewer(&self) -> Viewer {
        Viewer
    }

    /// The programme's own settings.
    async fn programme(&self, ctx: &Context<'_>) -> Option<Result<Programme>> {
        Some(load(ctx).await)
    }

    /// Every refusal a mutation can answer with, in both languages.
    async fn error_catalogue(&self) -> Vec<ErrorCatalogueEntry> {
        let entry = |code: &Code| ErrorCatalogueEntry {
            code: (*code).into(),
            cbc_code: code.cbc(),
            message_en: code.template(Lang::En),
            message_zh_cn: code.template(Lang::ZhCn),
        };
        Code::ALL.iter().map(entry).collect()
    }

    /// Proves that the books hold, one month or all of them: nothing is lost, nothing is counted twice. Reads only:
    /// customers whose changes wait to be worked in are left out and counted in a line of their own.
    async fn verify(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Only this month; all of them if not given.")] month: Option<Month>,
    ) -> Option<Result<Vec<VerifyCheck>>> {
        let checks = async { verify(store(ctx)?, month.map(|month| month.0)).await.or_fail(ctx) };
        Some(checks.await.map(|checks| checks.into_iter().map(VerifyCheck::from).collect()))
    }
}

async fn load(ctx: &Context<'_>) -> Result<Programme> {
    Ok(settings::load(store(ctx)?.db()).await.or_fail(ctx)?.into())
}

/// Settings to be changed; what is not given stays.
#[derive(InputObject)]
pub struct ProgrammeUpdateInput {
    /// The same key with the same input gives the same answer again.
    idempotency_key: ID,
    /// The version you saw.
    expected_version: i32,
    /// Display name, 1 to 200 characters.
    name: Option<String>,
    /// IANA time zone of month borders; only while there is no month yet.
    time_zone: Option<String>,
    /// Day of the next month on which the draft is made, 1 to 28.
    draft_day: Option<i32>,
    /// Day of the next month on which the month becomes final, 1 to 28.
    final_day: Option<i32>,
    /// Days to confirm a bill, 1 to 90.
    confirm_days: Option<i32>,
    /// Months of cooling-off for associations made from now on, 0 to 24.
    cooling_off_months: Option<i32>,
    /// Whether cash coupons count as cash, in the months that are open.
    cash_coupon_counts: Option<bool>,
    /// How many times more or less than usual a bill may be before it is parked for review, in parts per million:
    /// 1000000 to 1000000000, or 0 to park nothing.
    bill_factor_ppm: Option<i32>,
    /// Units of the bill's currency below which nothing is parked; at most 2 decimals.
    bill_factor_floor: Option<Decimal>,
}

/// What came of it.
#[derive(SimpleObject)]
pub struct ProgrammeUpdatePayload {
    /// The settings as they are now; also on a version conflict.
    programme: Option<Programme>,
    /// Why nothing changed; empty on success.
    user_errors: Vec<UserError>,
}

/// Changes of the programme.
#[derive(Default)]
pub struct ProgrammeMutation;

#[Object(guard = "root(\"Mutation\")")]
impl ProgrammeMutation {
    /// Changes settings. A change of what counts makes a new rule version for the months that are open.
    async fn programme_update(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What to change.")] input: ProgrammeUpdateInput,
    ) -> Result<ProgrammeUpdatePayload> {
        // Anything that does not fit is out of bounds anyway.
        let small = |n: Option<i32>| n.map(|n| i16::try_from(n).unwrap_or(i16::MAX));
        let mut checks = Checks::default();
        let floor = input
            .bill_factor_floor
            .map(|floor| checks.amount(vec!["billFactorFloor".into()], &floor, FLOOR_DIGITS));
        let update = Update {
            expected_version: input.expected_version,
            name: input.name,
            time_zone: input.time_zone,
            draft_day: small(input.draft_day),
            final_day: small(input.final_day),
            confirm_days: small(input.confirm_days),
            cooling_off_months: small(input.cooling_off_months),
            cash_coupon_counts: input.cash_coupon_counts,
            bill_factor_ppm: input.bill_factor_ppm,
            bill_factor_floor: floor,
        };
        let result = match checks.done() {
            Err(refused) => Err(refused),
            Ok(()) => {
                settings::update(store(ctx)?, &write_context(ctx)?, Some(&input.idempotency_key), update)
                    .await
            }
        };
        let (_, user_errors) = outcome(ctx, result, None).await?;
        Ok(ProgrammeUpdatePayload { programme: Some(load(ctx).await?), user_errors })
    }
}
