//! The programme's own settings.

use async_graphql::{ID, InputObject};
use domain::programme::settings::{self, Update};
use entity::{ProgrammeId, programme};

use super::cooling_off_rule;
use crate::graphql::schema::change::{Change, Changed, Changes};
use crate::graphql::schema::checks::Checks;
use crate::graphql::schema::env::Env;
use crate::graphql::schema::list::Queries;
use crate::graphql::schema::money::decimal;
use crate::graphql::schema::object::{Object, Shown};
use crate::graphql::schema::scalars::{Decimal, Month};

/// Decimals of an amount that holds in every currency: those of nearly all.
const FLOOR_DIGITS: usize = 2;

impl Shown for programme::Model {
    const NAME: &'static str = "Programme";

    fn object() -> Object<Self> {
        let object = Object::<Self>::new("The programme's own settings.")
            .node(|programme| ProgrammeId(programme.id.into()))
            .text("name", "The name under which people know the programme.", |programme| &programme.name)
            .text("site", "The vendor's site, e.g. CN.", |programme| &programme.site)
            .text("timeZone", "IANA time zone of month borders, e.g. Asia/Shanghai.", |programme| {
                &programme.time_zone
            })
            .field("draftDay", "Day of the next month on which the draft is made.", |programme| {
                i32::from(programme.draft_day)
            })
            .field("finalDay", "Day of the next month on which the month becomes final.", |programme| {
                i32::from(programme.final_day)
            })
            .field("goLive", "The first month that closes by itself; null while none does.", |programme| {
                programme.go_live
            })
            .field("automaticFinal", "Whether months become final by themselves on their day.", |programme| {
                programme.automatic_final
            })
            .field("confirmDays", "Days to confirm a bill before it confirms itself.", |programme| {
                i32::from(programme.confirm_days)
            })
            .lists(
                "coolingOffRules",
                "Which customers earn nothing for how long after they came from another partner, oldest rule first.",
                |env, programmes, _| Box::pin(cooling_off_rule::all(env, programmes)),
            )
            .sure();
        counting(object)
    }
}

/// Adds the settings that decide about counting and review.
fn counting(object: Object<programme::Model>) -> Object<programme::Model> {
    object
        .field("cashCouponCounts", "Whether cash coupons count as cash.", |programme| {
            programme.cash_coupon_counts
        })
        .field(
            "billFactorPpm",
            "The factor to what is usual beyond which a bill is parked for review, in parts per million: \
             3000000 is three times; 0 parks nothing.",
            |programme| programme.bill_factor_ppm,
        )
        .field(
            "billFactorFloor",
            "Units of the bill's currency below which nothing is parked.",
            |programme| decimal(programme.bill_factor_floor, FLOOR_DIGITS),
        )
        .field("ruleVersion", "Version of the counting rules.", |programme| programme.rule_version)
        .field("version", "Grows with every change; the expectedVersion of the next one.", |programme| {
            programme.version
        })
}

/// Settings to be changed; what is not given stays.
#[derive(InputObject)]
pub(crate) struct ProgrammeUpdateInput {
    /// The same key with the same input gives the same answer again.
    idempotency_key: ID,
    /// The version you saw.
    expected_version: i32,
    /// The name under which people know the programme, 1 to 200 characters.
    name: Option<String>,
    /// IANA time zone of month borders; only while there is no month yet.
    time_zone: Option<String>,
    /// Day of the next month on which the draft is made, 1 to 28.
    draft_day: Option<i32>,
    /// Day of the next month on which the month becomes final, 1 to 28.
    final_day: Option<i32>,
    /// Days to confirm a bill, 1 to 90.
    confirm_days: Option<i32>,
    /// The first month that closes by itself.
    go_live: Option<Month>,
    /// Whether months become final by themselves on their day, unless their checklist blocks.
    automatic_final: Option<bool>,
    /// Whether cash coupons count as cash, in the months that are open.
    cash_coupon_counts: Option<bool>,
    /// The factor to what is usual beyond which a bill is parked for review, in parts per million:
    /// 1000000 to 1000000000, or 0 to park nothing.
    bill_factor_ppm: Option<i32>,
    /// Units of the bill's currency below which nothing is parked; at most 2 decimals.
    bill_factor_floor: Option<Decimal>,
}

impl Change for ProgrammeUpdateInput {
    type Gives = i32;
    const NAME: &'static str = "programmeUpdate";
    const DOC: &'static str =
        "Changes settings. A change of what counts makes a new rule version for the months that are open.";
    const INPUT: &'static str = "The settings to be changed.";

    fn payload(fields: Object<Changed<Self>>) -> Object<Changed<Self>> {
        fields.column(
            "programme",
            "The settings as they are now; also on a version conflict.",
            |env, changes, _| {
                Box::pin(async move {
                    let programme = settings::load(env.store.db()).await?;
                    Ok(changes.iter().map(|_| Some(programme.clone())).collect())
                })
            },
        )
    }

    fn edited(&self) -> Option<ID> {
        Some(ID::from(ProgrammeId(1).to_string()))
    }

    async fn change(self, env: &Env) -> domain::Result<i32> {
        // Anything that does not fit is out of bounds anyway.
        let small = |n: Option<i32>| n.map(|n| i16::try_from(n).unwrap_or(i16::MAX));
        let mut checks = Checks::default();
        let floor = self
            .bill_factor_floor
            .map(|floor| checks.amount(vec!["billFactorFloor".into()], &floor, FLOOR_DIGITS));
        checks.done()?;
        let update = Update {
            expected_version: self.expected_version,
            name: self.name,
            time_zone: self.time_zone,
            draft_day: small(self.draft_day),
            final_day: small(self.final_day),
            confirm_days: small(self.confirm_days),
            go_live: self.go_live.map(|month| month.0),
            automatic_final: self.automatic_final,
            cash_coupon_counts: self.cash_coupon_counts,
            bill_factor_ppm: self.bill_factor_ppm,
            bill_factor_floor: floor,
        };
        settings::update(&env.store, &env.context(), Some(&self.idempotency_key), update).await
    }
}

/// Adds the query about the settings.
pub(super) fn query(root: Object<Queries>) -> Object<Queries> {
    root.column("programme", "The programme's own settings.", |env, _, _| {
        Box::pin(async move { Ok(vec![Some(settings::load(env.store.db()).await?)]) })
    })
}

/// Adds the change of the settings.
pub(super) fn mutation(root: Object<Changes>) -> Object<Changes> {
    root.change::<ProgrammeUpdateInput>()
}
