//! A partner joins: it accepts the terms by ticking every commitment.

use entity::{EventTopic, PartnerId};
use serde::{Deserialize, Serialize};

use super::profile;
use super::terms::{CURRENT, Commitment, missing};
use crate::kernel::actor::Principal;
use crate::kernel::error::{Code, Error, Refusal, Result};
use crate::kernel::event::{NewEvent, emit};
use crate::kernel::store::{Store, exec};
use crate::kernel::write::{Begun, Context, Write};

/// A partner's acceptance of the terms.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Join {
    /// The version of the terms.
    pub terms: String,
    /// The commitments ticked.
    pub commitments: Vec<Commitment>,
}

/// The partner of the caller joins, or accepts a later version of the terms.
pub async fn join(store: &Store, context: &Context, key: Option<&str>, input: Join) -> Result<PartnerId> {
    let Principal::Partner { partner_id } = context.actor.principal else {
        return Err(Refusal::new(Code::NotAllowed, "PARTNER").into());
    };
    check(&input)?;
    let write = match Write::begin(store, context, "pceJoin", key, &input).await? {
        Begun::Replay(id) => return Ok(id),
        Begun::Fresh(write) => write,
    };
    let known = profile::hold(write.tx(), partner_id).await?;
    if known.is_some_and(|profile| profile.terms.as_deref() == Some(CURRENT)) {
        return Err(Refusal::at("terms", Code::AlreadyExists, CURRENT).into());
    }
    let sql = "INSERT INTO pce_profile (partner_id, joined_at, joined_by, terms, stage, core_map, version) \
               VALUES ($1, $2, $3, $4, 'NONE', $5, 1) ON CONFLICT (partner_id) DO UPDATE SET \
               joined_at = COALESCE(pce_profile.joined_at, excluded.joined_at), joined_by = excluded.joined_by, \
               terms = excluded.terms, version = pce_profile.version + 1";
    let by = write.actor().subject.as_str();
    let values = [partner_id.0.into(), write.now.0.into(), by.into(), CURRENT.into(), false.into()];
    exec(write.tx().orm(), sql, values).await?;
    let detail = serde_json::json!({ "terms": CURRENT });
    let entity = partner_id.to_string();
    let event = NewEvent {
        topic: EventTopic::Opportunity,
        kind: "PCE_JOINED",
        entity,
        partner_id: Some(partner_id),
        detail,
    };
    emit(write.tx(), store, write.now, event).await?;
    write.finish(store, &partner_id.to_string(), None, &input, &partner_id).await?;
    Ok(partner_id)
}

fn check(input: &Join) -> Result<()> {
    let mut refusals = Vec::new();
    if input.terms != CURRENT {
        refusals.push(Refusal::at("terms", Code::TermsOutdated, CURRENT));
    }
    let missing: Vec<_> = missing(&input.commitments).into_iter().map(Commitment::name).collect();
    if !missing.is_empty() {
        refusals.push(Refusal::at("commitments", Code::CommitmentMissing, missing.join(", ")));
    }
    if refusals.is_empty() { Ok(()) } else { Err(Error::Refused(refusals)) }
}
