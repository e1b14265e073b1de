//! Writing one incentive bill with its lines.

use entity::{
    BillState, Currency, IncentiveBillId, PartnerId, RunKind, Timestamp, incentive_bill, settlement_run,
};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, Value};

use super::price::{Priced, PricedLine, pico_text};
use crate::error::Result;
use crate::programme::settings;
use crate::store::{Store, Tx, exec, insert_rows};

/// In which state bills are written, and until when they can be confirmed.
#[derive(Clone, Copy, Debug)]
pub struct BillTerms {
    state: BillState,
    confirm_by: Option<Timestamp>,
    now: Timestamp,
}

impl BillTerms {
    /// Formal bills of a final run wait for the partner until the deadline; others are estimates.
    pub async fn of<C: ConnectionTrait>(
        connection: &C,
        run: &settlement_run::Model,
        now: Timestamp,
    ) -> Result<Self> {
        if run.kind != RunKind::Final {
            return Ok(Self { state: BillState::Estimated, confirm_by: None, now });
        }
        let programme = settings::load(connection).await?;
        // The deadline belongs to the freeze, so that a resumed run sets the same one.
        let from = run.cut_off.unwrap_or(now);
        let confirm_by = from.plus(i64::from(programme.confirm_days) * entity::timestamp::DAY);
        Ok(Self { state: BillState::PendingConfirm, confirm_by: Some(confirm_by), now })
    }
}

/// Writes the bill of `partner` for the run's month. A formal bill is never written twice: `false` then.
pub async fn write_bill(
    store: &Store,
    tx: &Tx,
    run: &settlement_run::Model,
    terms: &BillTerms,
    partner: PartnerId,
    currency: Currency,
    priced: &Priced,
) -> Result<bool> {
    let existing = incentive_bill::Entity::find()
        .filter(incentive_bill::Column::PartnerId.eq(partner))
        .filter(incentive_bill::Column::Month.eq(run.month))
        .filter(incentive_bill::Column::Currency.eq(currency))
        .one(tx.orm())
        .await?;
    if existing.as_ref().is_some_and(|bill| bill.state != BillState::Estimated) {
        return Ok(false);
    }
    let id = existing.map_or_else(|| IncentiveBillId(store.ids.next(terms.now)), |bill| bill.id);
    let written = exec(
        tx.orm(),
        "INSERT INTO incentive_bill (id, partner_id, month, currency, state, run_id, basis, amount, confirm_by, \
         created_at, version) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 1) \
         ON CONFLICT (partner_id, month, currency) DO UPDATE SET state = excluded.state, run_id = excluded.run_id, \
         basis = excluded.basis, amount = excluded.amount, confirm_by = excluded.confirm_by, \
         version = incentive_bill.version + 1 WHERE incentive_bill.state = 'ESTIMATED'",
        [
            id.0.into(),
            partner.0.into(),
            run.month.0.into(),
            currency.into(),
            terms.state.name().into(),
            run.id.0.into(),
            priced.basis.into(),
            priced.amount.into(),
            terms.confirm_by.map(|t| t.0).into(),
            terms.now.0.into(),
        ],
    )
    .await?
    .rows_affected();
    if written == 0 {
        // Another run made it a formal bill since the look above.
        return Ok(false);
    }
    let values =
        (1_i32..).zip(&priced.lines).flat_map(|(no, line)| values(id, no, line, run, partner)).collect();
    let head = "INSERT INTO incentive_bill_line (bill_id, line_no, kind, origin_month, partner_id, mode, \
                product_class, policy_id, rate_seq, rate_ppm, basis, exact, amount, note)";
    insert_rows(tx.orm(), head, 14, values, "").await?;
    Ok(true)
}

fn values(
    id: IncentiveBillId,
    no: i32,
    line: &PricedLine,
    run: &settlement_run::Model,
    partner: PartnerId,
) -> [Value; 14] {
    let group = line.group.as_ref();
    [
        id.0.into(),
        no.into(),
        line.kind.name().into(),
        group.map_or(run.month, |g| g.origin_month).0.into(),
        group.map_or(partner, |g| g.partner_id).0.into(),
        group.map(|g| g.mode.code()).into(),
        group.map(|g| g.product_class.clone()).into(),
        line.rate.map(|(policy, _, _)| policy.0).into(),
        line.rate.map(|(_, seq, _)| seq).into(),
        line.rate.map_or(0, |(_, _, ppm)| ppm).into(),
        line.basis.into(),
        pico_text(line.exact).into(),
        line.amount.into(),
        line.note.map(str::to_owned).into(),
    ]
}
