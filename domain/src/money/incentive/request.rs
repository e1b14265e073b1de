//! Requesting payment of issued incentives: by the partner, or by the product where the partner wants it so.

use entity::{
    AssociationMode, Currency, EntitlementId, PartnerId, PaymentKind, PaymentOperation, PaymentRequestId,
    PaymentSource, PaymentState, PayoutWay, Timestamp, incentive_entitlement, payout_terms,
};
use serde::{Deserialize, Serialize};

use super::expire::{FREE, hold_free};
use super::{terms, ways};
use crate::kernel::actor::Principal;
use crate::kernel::amount::money;
use crate::kernel::error::{Code, Error, Refusal, Result, one_of_many};
use crate::kernel::machine::{Move, Turn, step};
use crate::kernel::store::{Store, query};
use crate::kernel::write::{Begun, Context, Write};
use crate::money::payment::create::{ITEMS_LIMIT, Item, NewRequest, create};
use crate::money::payment::machine::Requests;

/// Partners and currencies looked at together.
const BATCH: u64 = 500;

/// What is requested.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Request {
    /// The partner.
    pub partner_id: PartnerId,
    /// The currency.
    pub currency: Currency,
    /// How it is paid.
    pub way: PayoutWay,
    /// What of it; everything that can be requested this way if not given. What is owed is always set off.
    pub entitlements: Option<Vec<EntitlementId>>,
    /// Hand it in at once.
    pub submit: bool,
}

/// Makes a payment request. A partner for itself, finance for any.
pub async fn request(
    store: &Store,
    context: &Context,
    key: Option<&str>,
    input: Request,
) -> Result<PaymentRequestId> {
    let way = input.way;
    make(store, context, key, input, |mode| ways::allows(mode, way)).await
}

/// Makes a request; where nothing is chosen, of everything of the modes that suit.
async fn make(
    store: &Store,
    context: &Context,
    key: Option<&str>,
    input: Request,
    suits: impl Fn(AssociationMode) -> bool,
) -> Result<PaymentRequestId> {
    let write = match Write::begin(store, context, "paymentRequestCreate", key, &input).await? {
        Begun::Replay(id) => return Ok(id),
        Begun::Fresh(write) => write,
    };
    if let Principal::Partner { partner_id } = write.actor().principal
        && partner_id != input.partner_id
    {
        return Err(Refusal::at("partnerId", Code::NotFound, input.partner_id.to_string()).into());
    }
    crate::programme::partner::find(write.tx().orm(), "partnerId", input.partner_id).await?;
    let tx = write.tx();
    let terms = terms::load(tx.orm()).await?;
    let free = hold_free(tx, input.partner_id, input.currency).await?;
    let chosen = choose(&free, &input, suits, &terms, write.now)?;
    let month = chosen.iter().map(|e| e.month).max();
    let month = month.ok_or_else(|| Error::Invariant("a request of nothing".into()))?;
    let new = NewRequest {
        partner_id: input.partner_id,
        kind: PaymentKind::Incentive,
        way: input.way,
        category: String::new(),
        month,
        currency: input.currency,
        state: PaymentState::PendingSubmit,
        items: chosen
            .iter()
            .map(|e| Item { source: PaymentSource::Entitlement, id: e.id.0, amount: e.amount })
            .collect(),
    };
    let mut made = create(tx, store, context, write.now, new).await?;
    if input.submit {
        let turn = Turn::of(&write, store, context);
        made = step::<Requests>(turn, made, Move::plain(PaymentOperation::Submit)).await?;
    }
    let id = made.id;
    write.finish(store, &id.to_string(), None, &input, &id).await?;
    Ok(id)
}

/// What a request is made of: all that is owed first, then what was chosen, or everything of modes that suit. PURE.
fn choose<'a>(
    free: &'a [incentive_entitlement::Model],
    input: &Request,
    suits: impl Fn(AssociationMode) -> bool,
    terms: &payout_terms::Model,
    now: Timestamp,
) -> Result<Vec<&'a incentive_entitlement::Model>> {
    let mut chosen: Vec<_> = free.iter().filter(|e| e.amount < 0).collect();
    let can = |e: &&incentive_entitlement::Model| {
        e.amount > 0 && e.available_from <= now && e.expires_at.is_none_or(|at| at > now)
    };
    match &input.entitlements {
        None => chosen.extend(free.iter().filter(can).filter(|e| suits(e.mode))),
        Some(ids) => {
            let mut refusals = Vec::new();
            for (i, id) in ids.iter().enumerate() {
                let path = vec!["entitlementIds".to_owned(), i.to_string()];
                let mut refuse = |code, detail: String| {
                    refusals.push(Refusal { code, path: path.clone(), detail });
                };
                match free.iter().find(|e| e.id == *id) {
                    // What is owed is in already.
                    Some(e) if e.amount < 0 => {}
                    Some(e) if !ways::allows(e.mode, input.way) => {
                        refuse(Code::WayNotAllowed, format!("{}: {}", e.mode.name(), input.way));
                    }
                    Some(e) if e.available_from > now => {
                        refuse(Code::NotYetAvailable, e.available_from.to_rfc3339());
                    }
                    Some(e) if chosen.iter().any(|c| c.id == e.id) || !can(&e) => {
                        refuse(Code::Invalid, "named twice, or lapsed".into());
                    }
                    Some(e) => chosen.push(e),
                    None => refuse(Code::NotFound, id.to_string()),
                }
            }
            if !refusals.is_empty() {
                return Err(Error::Refused(refusals));
            }
        }
    }
    // The oldest first; the rest waits for the next request.
    chosen.truncate(ITEMS_LIMIT);
    let sum: i64 = chosen.iter().map(|e| e.amount).sum();
    if sum <= 0 {
        return Err(Refusal::at("entitlementIds", Code::NothingToPay, money(sum, input.currency)).into());
    }
    if sum < terms.minimum {
        let detail = format!("{} < {}", money(sum, input.currency), money(terms.minimum, input.currency));
        return Err(Refusal::at("entitlementIds", Code::BelowMinimum, detail).into());
    }
    Ok(chosen)
}

/// Requests for every partner that wants it so, whatever can be requested, each mode of business by the way its
/// partner prefers for it. Returns how many requests were made.
pub async fn request_automatically(store: &Store) -> Result<usize> {
    let sql = format!(
        "SELECT DISTINCT e.partner_id, e.currency, p.consulting_way, p.resale_way \
         FROM payout_preference p JOIN incentive_entitlement e ON e.partner_id = p.partner_id \
         WHERE p.automatic = $1 AND e.state = 'OPEN' AND e.amount > 0 AND e.available_from <= $2 AND {FREE} \
         AND (e.partner_id, e.currency) > ($3, $4) ORDER BY 1, 2 LIMIT {BATCH}"
    );
    let (mut made, mut after) = (0, (0_i64, String::new()));
    loop {
        let now = store.clock.now().0;
        let values = [true.into(), now.into(), after.0.into(), after.1.as_str().into()];
        let rows = query(store.db(), &sql, values).await?;
        let Some(last) = rows.last() else { return Ok(made) };
        after = (last.try_get_by_index(0)?, last.try_get_by_index(1)?);
        for row in &rows {
            let id = PartnerId(row.try_get_by_index(0)?);
            let preferred = [way(row, 2)?, way(row, 3)?];
            made += by_preference(store, id, row.try_get_by_index(1)?, preferred).await?;
        }
    }
}

fn way(row: &sea_orm::QueryResult, index: usize) -> Result<PayoutWay> {
    let name: String = row.try_get_by_index(index)?;
    PayoutWay::from_name(&name).ok_or_else(|| Error::Invariant(format!("there is no way {name}")))
}

/// One request a way: of consulting and of resale business, or of both if both are paid the same way.
async fn by_preference(
    store: &Store,
    partner_id: PartnerId,
    currency: Currency,
    [consulting, resale]: [PayoutWay; 2],
) -> Result<usize> {
    let mut made = 0;
    let ways = [Some(consulting), (resale != consulting).then_some(resale)];
    for way in ways.into_iter().flatten() {
        let suits = |mode| way == if mode == AssociationMode::Consulting { consulting } else { resale };
        let input = Request { partner_id, currency, way, entitlements: None, submit: true };
        match make(store, &Context::system("automatic-request"), None, input, suits).await {
            // Too little, nothing of such business, or not certified: another day.
            Err(Error::Refused(_)) => {}
            done => made += usize::from(one_of_many(done, "an automatic request")?.is_some()),
        }
    }
    Ok(made)
}
