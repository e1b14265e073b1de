//! Writing incentive bills with their lines.

use entity::{
    BillState, Currency, DeadlineKind, EventTopic, IncentiveBillId, PartnerId, RunKind, Timestamp,
    settlement_run,
};
use rustc_hash::FxHashMap;
use sea_orm::{ConnectionTrait, Value};
use serde_json::json;

use super::bounds::{Bounds, Parked};
use super::price::{Priced, PricedLine, pico_text};
use super::tell;
use crate::kernel::error::Result;
use crate::kernel::event::{NewEvent, emit_all};
use crate::kernel::store::{Store, Tx, insert_returning, insert_rows};
use crate::programme::calendar::Calendar;
use crate::programme::deadline::{self, Timed};
use crate::programme::settings;

/// In which state bills are written, until when they can be confirmed, and how far off they may be.
#[derive(Clone, Copy, Debug)]
pub struct BillTerms {
    /// Beyond these a formal bill is parked.
    pub bounds: Bounds,
    state: BillState,
    confirm_by: Option<Timestamp>,
    remind_at: Option<Timestamp>,
    now: Timestamp,
}

impl BillTerms {
    /// Formal bills of a final run wait for the partner until the deadline, or are parked; others are estimates.
    pub async fn of<C: ConnectionTrait>(
        connection: &C,
        run: &settlement_run::Model,
        now: Timestamp,
    ) -> Result<Self> {
        let programme = settings::load(connection).await?;
        let bounds = Bounds::of(&programme);
        if run.kind != RunKind::Final {
            return Ok(Self { bounds, state: BillState::Estimated, confirm_by: None, remind_at: None, now });
        }
        // The deadline belongs to the freeze, so that a resumed run sets the same one.
        let from = run.cut_off.unwrap_or(now);
        let confirm_by = from.plus(i64::from(programme.confirm_days) * entity::timestamp::DAY);
        let calendar = Calendar::load(connection).await?;
        let remind_at = deadline::remind_at(&calendar, DeadlineKind::BillConfirm, confirm_by, now);
        Ok(Self { bounds, state: BillState::PendingConfirm, confirm_by: Some(confirm_by), remind_at, now })
    }

    /// State and deadline of a bill: one that is parked waits for its release, and then for the partner.
    fn of_bill(&self, parked: Option<Parked>) -> (BillState, Option<Timestamp>) {
        if self.state == BillState::PendingConfirm && parked.is_some() {
            return (BillState::Parked, None);
        }
        (self.state, self.confirm_by)
    }
}

/// A bill to be written.
#[derive(Debug)]
pub struct NewBill {
    /// Who is paid.
    pub partner: PartnerId,
    /// The currency.
    pub currency: Currency,
    /// Its lines and sums.
    pub priced: Priced,
    /// Why it is parked if it becomes formal.
    pub parked: Option<Parked>,
}

/// Writes bills of the run's month. A formal bill is never written twice; returns how many were written.
pub async fn write_bills(
    store: &Store,
    tx: &Tx,
    run: &settlement_run::Model,
    terms: &BillTerms,
    bills: &[NewBill],
) -> Result<usize> {
    let heads = bills.iter().flat_map(|bill| {
        let (state, confirm_by) = terms.of_bill(bill.parked);
        [
            Value::from(store.ids.next(terms.now)),
            bill.partner.0.into(),
            run.month.0.into(),
            bill.currency.into(),
            state.name().into(),
            run.id.0.into(),
            bill.priced.basis.into(),
            bill.priced.amount.into(),
            confirm_by.map(|t| t.0).into(),
            terms.now.0.into(),
            1.into(),
            bill.parked.map(|p| p.code.name()).into(),
            bill.parked.map(|p| p.typical).into(),
            bill.parked.map(|p| p.factor_ppm).into(),
        ]
    });
    let head = "INSERT INTO incentive_bill (id, partner_id, month, currency, state, run_id, basis, amount, \
                confirm_by, created_at, version, parked_code, parked_typical, parked_factor_ppm)";
    let tail = "ON CONFLICT (partner_id, month, currency) DO UPDATE SET state = excluded.state, \
                run_id = excluded.run_id, basis = excluded.basis, amount = excluded.amount, \
                confirm_by = excluded.confirm_by, version = incentive_bill.version + 1, \
                parked_code = excluded.parked_code, parked_typical = excluded.parked_typical, \
                parked_factor_ppm = excluded.parked_factor_ppm \
                WHERE incentive_bill.state = 'ESTIMATED' RETURNING partner_id, currency, id";
    let mut written: FxHashMap<(PartnerId, Currency), IncentiveBillId> = FxHashMap::default();
    for row in insert_returning(tx.orm(), head, 14, heads.collect(), tail).await? {
        let key = (PartnerId(row.try_get_by_index(0)?), row.try_get_by_index(1)?);
        written.insert(key, IncentiveBillId(row.try_get_by_index(2)?));
    }
    if terms.state == BillState::PendingConfirm {
        let deadlines = bills.iter().filter_map(|bill| {
            let id = written.get(&(bill.partner, bill.currency))?;
            let (kind, partner_id) = (DeadlineKind::BillConfirm, Some(bill.partner));
            let (_, due_at) = terms.of_bill(bill.parked);
            let remind_at = terms.remind_at;
            Some(Timed { kind, entity: id.to_string(), partner_id, due_at: due_at?, remind_at })
        });
        deadline::set_all(tx, store, terms.now, &deadlines.collect::<Vec<_>>()).await?;
        let to_review = bills.iter().filter(|bill| bill.parked.is_some());
        let to_review = to_review
            .filter_map(|bill| written.get(&(bill.partner, bill.currency)).map(|id| parked(run, bill, *id)));
        emit_all(tx, store, terms.now, &to_review.collect::<Vec<_>>()).await?;
        let to_confirm = bills.iter().filter(|bill| bill.parked.is_none());
        let to_confirm = to_confirm
            .filter_map(|bill| written.get(&(bill.partner, bill.currency)).map(|id| (*id, bill.partner)));
        tell::to_confirm(tx, store, terms.now, to_confirm).await?;
    }
    let lines = bills.iter().flat_map(|bill| {
        let id = written.get(&(bill.partner, bill.currency)).copied();
        let lines = (1_i32..).zip(&bill.priced.lines);
        lines.filter_map(move |(no, line)| Some(values(id?, no, line, bill.partner))).flatten()
    });
    let head = "INSERT INTO incentive_bill_line (bill_id, line_no, kind, origin_month, partner_id, mode, \
                product_class, product_policy, policy_id, rate_seq, rate_ppm, basis, exact, amount, note)";
    insert_rows(tx.orm(), head, 15, lines.collect(), "").await?;
    Ok(written.len())
}

/// That a formal bill waits for a review.
fn parked(run: &settlement_run::Model, bill: &NewBill, id: IncentiveBillId) -> NewEvent<'static> {
    let code = bill.parked.map(|parked| parked.code.name());
    let detail = json!({ "month": run.month.to_string(), "currency": bill.currency, "code": code });
    let (topic, partner_id) = (EventTopic::IncentiveBill, Some(bill.partner));
    NewEvent { topic, kind: "PARKED", entity: id.to_string(), partner_id, detail }
}

fn values(id: IncentiveBillId, no: i32, line: &PricedLine, partner: PartnerId) -> [Value; 15] {
    let group = line.group.as_ref();
    [
        id.0.into(),
        no.into(),
        line.kind.name().into(),
        line.origin_month.0.into(),
        group.map_or(partner, |g| g.partner_id).0.into(),
        group.map(|g| g.mode.code()).into(),
        group.map(|g| g.product_class.clone()).into(),
        group.map(|g| g.policy.code()).into(),
        line.rate.map(|(policy, _, _)| policy.0).into(),
        line.rate.map(|(_, seq, _)| seq).into(),
        line.rate.map_or(0, |(_, _, ppm)| ppm).into(),
        line.basis.into(),
        pico_text(line.exact).into(),
        line.amount.into(),
        line.note.map(str::to_owned).into(),
    ]
}
