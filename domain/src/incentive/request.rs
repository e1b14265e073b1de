//! Requesting payment of issued incentives: by the partner, or by the product where the partner wants it so.

use entity::{
    AssociationMode, Currency, EntitlementId, PartnerId, PaymentKind, PaymentOperation, PaymentRequestId,
    PaymentSource, PaymentState, PayoutWay, Timestamp, incentive_entitlement, payout_terms,
};
use serde::{Deserialize, Serialize};

use super::expire::{FREE, hold_free};
use super::{terms, ways};
use crate::actor::Principal;
use crate::error::{Code, Error, Refusal, Result};
use crate::payment::apply::step;
use crate::payment::create::{ITEMS_LIMIT, Item, NewRequest, create, money};
use crate::store::{Store, query};
use crate::write::{Begun, Context, Write};

/// Partners for whom one turn requests.
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
    let chosen = choose(&free, &input, &terms, write.now)?;
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
        made = step(tx, store, context, write.now, &made, PaymentOperation::Submit, None).await?;
    }
    let id = made.id;
    write.finish(store, &id.to_string(), None, &input, &id).await?;
    Ok(id)
}

/// What a request is made of: all that is owed first, then what was chosen, or everything the way allows. PURE.
fn choose<'a>(
    free: &'a [incentive_entitlement::Model],
    input: &Request,
    terms: &payout_terms::Model,
    now: Timestamp,
) -> Result<Vec<&'a incentive_entitlement::Model>> {
    let mut chosen: Vec<_> = free.iter().filter(|e| e.amount < 0).collect();
    let can = |e: &&incentive_entitlement::Model| {
        e.amount > 0 && e.available_from <= now && e.expires_at.is_none_or(|at| at > now)
    };
    match &input.entitlements {
        None => chosen.extend(free.iter().filter(can).filter(|e| ways::allows(e.mode, input.way))),
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

/// Requests for every partner that wants it so, whatever can be requested. Returns how many requests were made.
pub async fn request_automatically(store: &Store) -> Result<usize> {
    let sql = format!(
        "SELECT DISTINCT e.partner_id, e.currency, e.mode, CASE WHEN e.mode = {} THEN p.consulting_way ELSE p.resale_way END \
         FROM payout_preference p JOIN incentive_entitlement e ON e.partner_id = p.partner_id \
         WHERE p.automatic = $1 AND e.state = 'OPEN' AND e.amount > 0 AND e.available_from <= $2 AND {FREE} \
         ORDER BY 1, 2, 3 LIMIT {BATCH}",
        AssociationMode::Consulting.code()
    );
    let mut made = 0;
    for row in query(store.db(), &sql, [true.into(), store.clock.now().0.into()]).await? {
        let way: String = row.try_get_by_index(3)?;
        let Some(way) = PayoutWay::from_name(&way) else { continue };
        let input = Request {
            partner_id: PartnerId(row.try_get_by_index(0)?),
            currency: row.try_get_by_index(1)?,
            way,
            entitlements: None,
            submit: true,
        };
        match request(store, &Context::system("automatic-request"), None, input).await {
            Ok(_) => made += 1,
            // Too little, nothing left for this mode, or not certified: another day.
            Err(Error::Refused(_)) => {}
            Err(error) => return Err(error),
        }
    }
    Ok(made)
}
