//! Policies that are tried: versions that do not exist, put over the real ones in memory.

use entity::{IncentivePolicyId, Timestamp, incentive_policy, incentive_rate};

use crate::kernel::error::{Code, Refusal, Result};
use crate::programme::incentive_policy::{NewPolicy, Policy, check};

/// Policies of one preview at most: a year of monthly versions.
pub const POLICIES_LIMIT: usize = 12;

/// The policies as pricing wants them, the earliest first. Their ids are below zero, so that none is a real one's.
pub fn policies(tried: &[NewPolicy]) -> Result<Vec<Policy>> {
    if tried.len() > POLICIES_LIMIT {
        let detail = format!("a preview tries at most {POLICIES_LIMIT} policies");
        return Err(Refusal::at("policies", Code::Invalid, detail).into());
    }
    let mut policies = Vec::with_capacity(tried.len());
    for (id, new) in (1_i64..).zip(tried) {
        check(new)?;
        policies.push(policy(IncentivePolicyId(-id), new));
    }
    policies.sort_by_key(|p| p.policy.valid_from);
    if let Some(pair) =
        policies.windows(2).find(|pair| pair[0].policy.valid_from == pair[1].policy.valid_from)
    {
        let detail = pair[1].policy.valid_from.to_string();
        return Err(Refusal::at("policies", Code::PolicyOverlaps, detail).into());
    }
    Ok(policies)
}

fn policy(id: IncentivePolicyId, new: &NewPolicy) -> Policy {
    let policy = incentive_policy::Model {
        id,
        name: new.name.clone(),
        version: 0,
        valid_from: new.valid_from,
        valid_to: None,
        created_by: String::new(),
        created_at: Timestamp(0),
    };
    let rates = (1_i16..).zip(&new.rates).map(|(seq, rate)| incentive_rate::Model {
        policy_id: id,
        seq,
        product_class: rate.product_class.clone(),
        specific_only: rate.specific_only,
        mode: rate.mode,
        partner_kind: rate.partner_kind,
        tier: rate.tier.clone(),
        rate_ppm: rate.rate_ppm,
        minimum: rate.minimum,
        cap: rate.cap,
    });
    Policy { policy, rates: rates.collect() }
}
