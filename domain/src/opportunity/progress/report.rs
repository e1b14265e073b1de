//! Reports of the progress of an opportunity, by either side, once both sell together. The first report
//! begins the work.

use entity::{
    OpportunityId, OpportunityOperation, OpportunitySide, OpportunityStage, OpportunityState, ProgressId,
    Timestamp, opportunity, opportunity_progress,
};
use sea_orm::{ActiveModelTrait, EntityTrait, IntoActiveModel};
use serde::{Deserialize, Serialize};

use crate::kernel::error::{Code, Error, Refusal, Result};
use crate::kernel::machine::{Machine, Move, Turn, find, step};
use crate::kernel::store::Store;
use crate::kernel::write::{Begun, Context, Write};
use crate::opportunity::content::draft::visible;
use crate::opportunity::content::edit::TEXT_LIMIT;
use crate::opportunity::state::drive::{SIGNED_PERCENT, note};
use crate::opportunity::state::machine::Opportunities;
use crate::opportunity::{state::clocks, state::guard, state::machine};

/// The kind of event when the vendor tells progress; the partner's is named as its operation.
pub const BY_VENDOR: &str = "VENDOR_PROGRESS";

/// A report of progress, to be written.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Report {
    /// Opportunity that it reports on.
    pub opportunity_id: OpportunityId,
    /// Stage of the sale now.
    pub stage: OpportunityStage,
    /// Likelihood of winning, 0 to 100.
    pub win_percent: i32,
    /// Technical exchanges; may be empty.
    pub exchanges: String,
    /// State of tests at the customer; may be empty.
    pub tests: String,
    /// Events since the last report.
    pub detail: String,
    /// Next step of the sale; may be empty.
    pub next_step: String,
}

/// Everything at fault with a report on an opportunity that stands there. PURE.
#[must_use]
pub fn faults(report: &Report, state: OpportunityState) -> Vec<Refusal> {
    let invalid = |path: &str, detail: String| Refusal::at(path, Code::Invalid, detail);
    let mut faults = Vec::new();
    if !(0..=i32::from(SIGNED_PERCENT)).contains(&report.win_percent) {
        faults.push(invalid("winPercent", format!("0 to {SIGNED_PERCENT}")));
    }
    let texts = [
        ("exchanges", &report.exchanges),
        ("tests", &report.tests),
        ("detail", &report.detail),
        ("nextStep", &report.next_step),
    ];
    for (path, text) in texts {
        let odd = |c: char| c.is_control() && !matches!(c, '\n' | '\t' | '\r');
        if text.trim().chars().count() > TEXT_LIMIT || text.chars().any(odd) {
            faults.push(invalid(path, format!("at most {TEXT_LIMIT} characters and no control characters")));
        }
    }
    if report.detail.trim().is_empty() {
        faults.push(invalid("detail", "what happened is needed".into()));
    }
    if state != OpportunityState::Won && report.stage == OpportunityStage::Delivery {
        faults.push(invalid("stage", format!("{state}: DELIVERY after WIN")));
    }
    if state == OpportunityState::Won {
        let stages = [OpportunityStage::Contract, OpportunityStage::Delivery];
        if !stages.contains(&report.stage) {
            let [contract, delivery] = stages.map(OpportunityStage::name);
            faults.push(invalid("stage", format!("{state}: {contract}, {delivery}")));
        }
        if report.win_percent != i32::from(SIGNED_PERCENT) {
            faults.push(invalid("winPercent", format!("{state}: {SIGNED_PERCENT}")));
        }
    }
    faults
}

/// Tells progress. Reports are appended: nothing that somebody else told is lost, so no version is asked for.
pub async fn add(
    store: &Store,
    context: &Context,
    key: Option<&str>,
    input: Report,
) -> Result<OpportunityId> {
    let write = match Write::begin(store, context, "opportunityProgressAdd", key, &input).await? {
        Begun::Replay(id) => return Ok(id),
        Begun::Fresh(write) => write,
    };
    let mut row = visible(&write, input.opportunity_id).await?;
    let actor = Opportunities::parties(write.actor(), row.partner_id).into_iter().next();
    let actor = actor.ok_or_else(|| {
        Refusal::at("id", Code::NotAllowed, "PROGRESS: PARTNER, REVIEWER, OPERATIONS".to_owned())
    })?;
    if !machine::owes_progress(row.state) {
        let states = OpportunityState::ALL.iter().filter(|state| machine::owes_progress(**state));
        let states = states.map(|state| state.name()).collect::<Vec<_>>().join(", ");
        return Err(Refusal::at("id", Code::WrongState, format!("{}; PROGRESS: {states}", row.state)).into());
    }
    guard::looks_after(write.tx(), context, &row).await?;
    let faults = faults(&input, row.state);
    if !faults.is_empty() {
        return Err(Error::Refused(faults));
    }
    let turn = Turn::of(&write, store, context);
    if find::<Opportunities>(row.kind, row.state, OpportunityOperation::Start).is_some() {
        row = step::<Opportunities>(turn, row, Move::plain(OpportunityOperation::Start)).await?;
    }
    let side = if write.actor().sees_all() { OpportunitySide::Vendor } else { OpportunitySide::Partner };
    insert(&write, store, &input, side).await?;
    let operation = OpportunityOperation::Progress;
    let kind = if side == OpportunitySide::Vendor { BY_VENDOR } else { operation.name() };
    let row = note(turn, told(row, &input, turn.now)?, actor, (operation, None), kind).await?;
    clocks::owe_progress(turn, &row).await?;
    write.finish(store, &row.id.to_string(), None, &input, &row.id).await?;
    Ok(row.id)
}

/// The row after progress was told. PURE.
fn told(mut row: opportunity::Model, report: &Report, now: Timestamp) -> Result<opportunity::Model> {
    let percent = i16::try_from(report.win_percent);
    row.win_percent = Some(percent.map_err(|_| Error::Invariant("a percentage above all".into()))?);
    row.stage = Some(report.stage);
    row.last_progress_at = Some(now);
    row.stale = false;
    Ok(row)
}

async fn insert(write: &Write, store: &Store, report: &Report, side: OpportunitySide) -> Result<()> {
    let percent = i16::try_from(report.win_percent);
    let row = opportunity_progress::Model {
        id: ProgressId(store.ids.next(write.now)),
        opportunity_id: report.opportunity_id,
        side,
        stage: report.stage,
        win_percent: percent.map_err(|_| Error::Invariant("a percentage above all".into()))?,
        exchanges: report.exchanges.trim().to_owned(),
        tests: report.tests.trim().to_owned(),
        detail: report.detail.trim().to_owned(),
        next_step: report.next_step.trim().to_owned(),
        created_by: write.actor().subject.clone(),
        created_at: write.now,
    };
    let values = row.into_active_model().reset_all();
    opportunity_progress::Entity::insert(values).exec_without_returning(write.tx().orm()).await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn paths(stage: OpportunityStage, percent: i32, detail: &str, state: OpportunityState) -> Vec<String> {
        let report = Report {
            opportunity_id: OpportunityId(1),
            stage,
            win_percent: percent,
            exchanges: String::new(),
            tests: String::new(),
            detail: detail.into(),
            next_step: String::new(),
        };
        faults(&report, state).into_iter().map(|refusal| refusal.path.join(".")).collect()
    }

    #[test]
    fn what_is_told_fits_where_it_stands() {
        use OpportunityStage::{Bidding, Contract, Delivery};
        use OpportunityState::{InProgress, Won};
        let long = "x".repeat(TEXT_LIMIT + 1);
        let table: [(OpportunityStage, i32, &str, OpportunityState, &[&str]); 8] = [
            (Bidding, 0, "met", InProgress, &[]),
            (Bidding, 100, "met", InProgress, &[]),
            (Bidding, 101, "met", InProgress, &["winPercent"]),
            (Bidding, -1, " ", InProgress, &["winPercent", "detail"]),
            (Bidding, 50, &long, InProgress, &["detail"]),
            (Bidding, 50, "a\u{7}", InProgress, &["detail"]),
            (Delivery, 100, "racks\nstand", Won, &[]),
            (Bidding, 99, "met", Won, &["stage", "winPercent"]),
        ];
        for (stage, percent, detail, state, expected) in table {
            assert_eq!(paths(stage, percent, detail, state), expected, "{stage} {percent} {state}");
        }
        assert!(paths(Contract, 100, &"x".repeat(TEXT_LIMIT), Won).is_empty());
    }
}
