//! Opportunities in the demonstration: offices, partners that share, and one opportunity in every state.

use std::io::Write;

use anyhow::{Context as _, bail};
use domain::kernel::many::BulkPolicy;
use domain::opportunity::content::draft::{self, Seen};
use domain::opportunity::content::edit::{Changes, Patch};
use domain::opportunity::intake::share::{Share, share};
use domain::opportunity::membership::join::{Join, join};
use domain::opportunity::membership::offering::{self, NewOffering, OfferingFields};
use domain::opportunity::membership::profile::{SetProfile, set};
use domain::opportunity::membership::terms::{CURRENT, Commitment};
use domain::opportunity::offer::make::{self, Offer, offer};
use domain::opportunity::progress::report::{self, Report};
use domain::opportunity::review::take::{Take, take};
use domain::opportunity::state::moves::{Moves, move_all};
use domain::programme::calendar::Calendar;
use domain::programme::office::import::{self, NewOffice, NewOffices, Person};
use domain::{Context, Role, Store};
use entity::{
    BudgetState, Day, OfferingKind, OfficeRole, OpportunityId, OpportunityOperation as Op,
    OpportunityReason as Why, OpportunityStage, OpportunityState, PartnerId, PartnerKind, PathStage,
    PresalesActivity, opportunity, pce_profile,
};
use jiff::ToSpan;
use sea_orm::EntityTrait;

use super::claim::claim_for_signed;
use super::money::{member, operator};
use super::personas::REVIEWER;
use super::plan::{PARTNERS, PartnerPlan};

/// Days from now to the expected signing.
const SIGNED_IN_DAYS: i64 = 120;
/// Micros of a unit.
const UNIT: i64 = 1_000_000;
/// The business region whose partners share, and the province its office looks after.
const REGION: (&str, &str) = ("East", "上海市");

/// Customers of partners' opportunities, with the operations that each goes through.
const SHARED_BY_PARTNERS: &[(&str, &[Op])] = &[
    ("晨光零售集团有限公司", &[]),
    ("East Bay Logistics Co., Ltd.", &[Op::Submit]),
    // Called almost like the one before: a reviewer is shown both.
    ("East Bay Logistics (Shanghai) Ltd", &[Op::Submit]),
    ("蓝湾酒店管理有限公司", &[Op::Submit, Op::SendBack]),
    ("Silver Birch Insurance Ltd", &[Op::Submit, Op::PassReview]),
    ("远航船舶制造股份有限公司", &[Op::Submit, Op::PassReview, Op::Reject]),
    ("Maple Leaf Schools Inc", &[Op::Submit, Op::PassReview, Op::Verify]),
    ("华东智造科技有限公司", &[Op::Submit, Op::PassReview, Op::Verify, Op::Progress]),
    ("Blue Harbour Foods Ltd", &[Op::Submit, Op::PassReview, Op::Verify, Op::Progress, Op::Lose]),
    ("天河医药有限公司", &[Op::Submit, Op::PassReview, Op::Verify, Op::Progress, Op::Win]),
    ("Cedar Street Media LLC", &[Op::Submit, Op::PassReview, Op::Verify, Op::Progress, Op::Win, Op::Deliver]),
    ("星海物流有限公司", &[Op::Submit, Op::PassReview, Op::Verify, Op::Close]),
];

/// Customers of the vendor's own opportunities, with the operations that each goes through.
const SHARED_BY_VENDOR: &[(&str, &[Op])] = &[
    ("Pioneer Steel Corp", &[]),
    ("云岭茶业有限公司", &[Op::Offer]),
    ("Grand Canal Tourism Ltd", &[Op::Offer, Op::Refuse]),
    ("长三角能源有限公司", &[Op::Offer, Op::TimeOut]),
    ("Orient Textiles Ltd", &[Op::Offer, Op::Accept]),
];

/// Makes them, and prints how many stand where.
pub(crate) async fn share_both_ways(
    store: &Store,
    context: &Context,
    partners: &[PartnerId],
    out: &mut (dyn Write + Send),
) -> anyhow::Result<()> {
    office(store, context).await?;
    let fits = |plan: &PartnerPlan| plan.region == REGION.0 && plan.kind == PartnerKind::SolutionProvider;
    let fitting = PARTNERS.iter().zip(partners).filter(|(plan, _)| fits(plan));
    let sharing: Vec<PartnerId> = fitting.map(|(_, id)| *id).take(2).collect();
    let [sharer, other] = sharing[..] else { bail!("two partners of {} share opportunities", REGION.0) };
    for partner_id in [sharer, other] {
        joins(store, context, partner_id).await?;
    }
    // Only one partner offers what the vendor's own want: after its refusal nobody is left.
    let offering_id = offers(store, context, sharer, "DATA_LAKE").await?;
    offers(store, context, other, "ERP").await?;
    let today = Calendar::load(store.db()).await?.day_of(store.clock.now());
    let sign_on = Day::of(today.checked_add(SIGNED_IN_DAYS.days()).context("a day within 2000 to 2099")?);
    for (customer, steps) in SHARED_BY_PARTNERS {
        let changes = Changes { offering_id: Patch::Set(offering_id), ..form(customer, sign_on) };
        let id = draft::create(store, &member(sharer), None, changes).await?;
        lead(store, sharer, id, steps).await?;
    }
    for (i, (customer, steps)) in SHARED_BY_VENDOR.iter().enumerate() {
        let share_it = Share {
            changes: form(customer, sign_on),
            demand_tag: "DATA_LAKE".into(),
            shared_at: None,
            crm_no: Some(format!("CRM-{:04}", i + 1)),
        };
        let id = share(store, context, None, share_it).await?;
        lead(store, sharer, id, steps).await?;
    }
    print(store, out).await?;
    claim_for_signed(store, context, sharer, out).await
}

async fn office(store: &Store, context: &Context) -> anyhow::Result<()> {
    let person = |subject: &str, name: &str| Person {
        subject: subject.into(),
        name: name.into(),
        email: format!("{subject}@vendor.example"),
        language: "zh-CN".into(),
    };
    let office = NewOffice {
        code: "SH".into(),
        name: "Shanghai Office".into(),
        name_zh: "上海代表处".into(),
        region: REGION.0.into(),
        areas: vec![(REGION.1.into(), String::new())],
        members: vec![(person(REVIEWER, "Wang Li"), OfficeRole::Psm)],
    };
    let coordinators = Some(vec![person("demo-coordinator", "Chen Yu")]);
    import::import(store, context, None, NewOffices { offices: vec![office], coordinators }).await?;
    Ok(())
}

async fn joins(store: &Store, context: &Context, partner_id: PartnerId) -> anyhow::Result<()> {
    let input = Join { terms: CURRENT.into(), commitments: Commitment::ALL.to_vec() };
    join(store, &member(partner_id), None, input).await?;
    let profile = pce_profile::Entity::find_by_id(partner_id).one(store.db()).await?;
    let expected_version = profile.map_or(0, |profile| profile.version);
    let input = SetProfile { partner_id, expected_version, stage: PathStage::Differentiated, core_map: true };
    set(store, context, None, input).await?;
    Ok(())
}

async fn offers(
    store: &Store,
    context: &Context,
    partner_id: PartnerId,
    family: &str,
) -> anyhow::Result<entity::OfferingId> {
    let fields = OfferingFields {
        kind: Some(OfferingKind::BaselineSolution),
        name: Some(format!("Our {}", family.replace('_', " ").to_lowercase())),
        demand_tag: Some(family.into()),
        white_listed: Some(true),
        ..OfferingFields::default()
    };
    let input = NewOffering { partner_id: Some(partner_id), fields };
    Ok(offering::create(store, context, None, input).await?)
}

/// Everything a form asks for.
fn form(customer: &str, sign_on: Day) -> Changes {
    let text = |text: &str| Patch::Set(text.to_owned());
    Changes {
        name: text(&format!("A data lake for {customer}")),
        description: text(
            "The board granted a budget for this year; sales, stock and web data come together.",
        ),
        customer_name: text(customer),
        province: text(REGION.1),
        contact_name: text("李雷"),
        contact_title: text("CIO"),
        contact_phone: text("138 0013 8000"),
        contact_email: text("cio@customer.example"),
        presales_activities: Patch::Set(vec![
            PresalesActivity::CustomerMeeting,
            PresalesActivity::SolutionDiscussion,
        ]),
        budget_state: Patch::Set(BudgetState::Approved),
        decision_maker: text("The board"),
        need: text("One place for all data, with rights and history."),
        expected_amount: Patch::Set(800_000 * UNIT),
        expected_sign_on: Patch::Set(sign_on),
        customer_consent: Patch::Set(true),
        ..Changes::default()
    }
}

/// Leads an opportunity to where it is left.
async fn lead(store: &Store, partner_id: PartnerId, id: OpportunityId, steps: &[Op]) -> anyhow::Result<()> {
    let reviewer = operator(REVIEWER, Role::OpportunityReviewer);
    for operation in steps {
        let expected_version = row(store, id).await?.version;
        match operation {
            Op::Offer => {
                let input = Offer { id, expected_version, partner_id: None };
                offer(store, &operator("demo-operator", Role::Operations), None, input).await?;
            }
            // As the tick does it when three working days have passed.
            Op::TimeOut => {
                let tx = store.begin().await?;
                make::by_deadline(&tx, store, store.clock.now(), &[id.to_string()]).await?;
                tx.commit().await?;
            }
            Op::Progress => {
                let report = Report {
                    opportunity_id: id,
                    stage: OpportunityStage::Solution,
                    win_percent: 60,
                    exchanges: "Two meetings about the design.".into(),
                    tests: "A trial with last year's data went well.".into(),
                    detail: "The design is agreed.".into(),
                    next_step: "An offer next week.".into(),
                };
                report::add(store, &member(partner_id), None, report).await?;
            }
            Op::PassReview | Op::SendBack => {
                let seen = Seen { id, expected_version };
                take(store, &reviewer, None, Take { seen, take: true }).await?;
                step(store, &reviewer, id, *operation).await?;
            }
            Op::Verify | Op::Reject => step(store, &reviewer, id, *operation).await?,
            _ => step(store, &member(partner_id), id, *operation).await?,
        }
    }
    Ok(())
}

async fn step(store: &Store, who: &Context, id: OpportunityId, operation: Op) -> anyhow::Result<()> {
    let code = match operation {
        Op::SendBack => Some(Why::Incomplete),
        Op::Reject => Some(Why::NoBudgetOrDate),
        Op::Refuse => Some(Why::NoCapacity),
        Op::Lose => Some(Why::Price),
        _ => None,
    };
    let reason =
        (code.is_some() || operation == Op::Close).then(|| "As the demonstration wants it.".to_owned());
    let expected_version = row(store, id).await?.version;
    let opportunities = vec![Seen { id, expected_version }];
    let input = Moves { operation, opportunities, code, reason, policy: BulkPolicy::AllOrNothing };
    move_all(store, who, None, input).await?;
    Ok(())
}

async fn row(store: &Store, id: OpportunityId) -> anyhow::Result<opportunity::Model> {
    opportunity::Entity::find_by_id(id).one(store.db()).await?.with_context(|| format!("{id} is gone"))
}

/// Prints the number of opportunities in each state.
async fn print(store: &Store, out: &mut (dyn Write + Send)) -> anyhow::Result<()> {
    let all = opportunity::Entity::find().all(store.db()).await?;
    writeln!(out, "\nOpportunities:")?;
    for state in OpportunityState::ALL {
        let there: Vec<_> = all.iter().filter(|row| row.state == *state).collect();
        if let Some(one) = there.first() {
            writeln!(out, "  {:<16} {:>2}  {} {}", state.name(), there.len(), one.kind, one.customer_name)?;
        }
    }
    Ok(())
}
