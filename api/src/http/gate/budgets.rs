//! Budgets of accounts and addresses: token buckets filled with cost points. PURE but for the lock.

use std::collections::HashMap;
use std::hash::Hash;
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};

use crate::http::limits::BUDGETS_MAX;

/// Size and refill of a bucket, in cost points.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Budget {
    /// Points of a full bucket; at least the cost limit, or the largest query could never run.
    pub capacity: u64,
    /// Points that come back each second.
    pub per_second: u64,
}

/// The budgets of one process.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BudgetConfig {
    /// For each account (the token's subject).
    pub account: Budget,
    /// For each address; larger, because an office shares one.
    pub address: Budget,
}

impl Default for BudgetConfig {
    fn default() -> Self {
        Self {
            account: Budget { capacity: 20_000, per_second: 1_000 },
            address: Budget { capacity: 60_000, per_second: 3_000 },
        }
    }
}

#[derive(Clone, PartialEq, Eq, Hash)]
enum Owner {
    Account(String),
    Address(IpAddr),
}

/// A bucket in thousandths of points, so that refill is exact at each millisecond.
struct Bucket {
    milli_points: u64,
    at_ms: u64,
}

pub(crate) struct Budgets {
    config: BudgetConfig,
    buckets: Mutex<HashMap<Owner, Bucket>>,
}

impl Budgets {
    pub(crate) fn new(config: BudgetConfig) -> Self {
        Self { config, buckets: Mutex::new(HashMap::new()) }
    }

    fn owners(&self, account: Option<&str>, address: IpAddr) -> Vec<(Owner, Budget)> {
        let mut owners = vec![(Owner::Address(network(address)), self.config.address)];
        owners.extend(account.map(|a| (Owner::Account(a.to_owned()), self.config.account)));
        owners
    }

    /// The caller's standing by the budget that has fewest points left.
    pub(crate) fn standing(&self, account: Option<&str>, address: IpAddr, now_ms: u64) -> Option<Standing> {
        let mut buckets = self.buckets.lock().unwrap_or_else(PoisonError::into_inner);
        let standings = self.owners(account, address).into_iter().map(|(owner, budget)| {
            let bucket = filled(&mut buckets, &owner, budget, now_ms, self.config);
            standing(&owner, budget, bucket.milli_points)
        });
        standings.min_by_key(|standing| standing.remaining)
    }

    /// Takes `cost` points from the address and, when known, from the account. Gives the points the
    /// caller has left, or the seconds to wait.
    pub(crate) fn take(
        &self,
        account: Option<&str>,
        address: IpAddr,
        cost: u64,
        now_ms: u64,
    ) -> Result<u64, u64> {
        let owners = self.owners(account, address);
        let mut buckets = self.buckets.lock().unwrap_or_else(PoisonError::into_inner);
        let needed = cost.saturating_mul(1_000);
        // First look, then take: a refused request must not cost the other bucket anything.
        for (owner, budget) in &owners {
            let bucket = filled(&mut buckets, owner, *budget, now_ms, self.config);
            if bucket.milli_points < needed {
                let missing = needed - bucket.milli_points;
                return Err(missing.div_ceil(budget.per_second.max(1) * 1_000).max(1));
            }
        }
        let mut left = u64::MAX;
        for (owner, _) in &owners {
            if let Some(bucket) = buckets.get_mut(owner) {
                bucket.milli_points -= needed;
                left = left.min(bucket.milli_points / 1_000);
            }
        }
        Ok(left)
    }
}

/// Standing of a caller: the `RateLimit` fields of an answer tell it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Standing {
    /// Name of the budget that runs out first.
    pub(crate) policy: &'static str,
    /// Points of the full budget.
    pub(crate) limit: u64,
    /// Seconds in which an empty budget is full again.
    pub(crate) window_s: u64,
    /// Points that are left in it.
    pub(crate) remaining: u64,
    /// Seconds until the budget is full again.
    pub(crate) reset_s: u64,
}

fn standing(owner: &Owner, budget: Budget, milli_points: u64) -> Standing {
    let policy = match owner {
        Owner::Account(_) => "account",
        Owner::Address(_) => "address",
    };
    let per_second = budget.per_second.max(1);
    let remaining = milli_points / 1_000;
    Standing {
        policy,
        limit: budget.capacity,
        window_s: budget.capacity.div_ceil(per_second),
        remaining,
        reset_s: (budget.capacity - remaining.min(budget.capacity)).div_ceil(per_second),
    }
}

/// The bucket of `owner` as it is now; a new one is full.
fn filled<'b>(
    buckets: &'b mut HashMap<Owner, Bucket>,
    owner: &Owner,
    budget: Budget,
    now_ms: u64,
    config: BudgetConfig,
) -> &'b mut Bucket {
    if buckets.len() >= BUDGETS_MAX && !buckets.contains_key(owner) {
        make_room(buckets, now_ms, config);
    }
    let full = budget.capacity * 1_000;
    let bucket = buckets.entry(owner.clone()).or_insert(Bucket { milli_points: full, at_ms: now_ms });
    let elapsed_ms = now_ms.saturating_sub(bucket.at_ms);
    bucket.milli_points = full.min(bucket.milli_points.saturating_add(elapsed_ms * budget.per_second));
    bucket.at_ms = now_ms.max(bucket.at_ms);
    bucket
}

/// Forgets full buckets (they say nothing), else the one that was not used for longest.
fn make_room(buckets: &mut HashMap<Owner, Bucket>, now_ms: u64, config: BudgetConfig) {
    buckets.retain(|owner, bucket| {
        let budget = match owner {
            Owner::Account(_) => config.account,
            Owner::Address(_) => config.address,
        };
        let refilled = now_ms.saturating_sub(bucket.at_ms).saturating_mul(budget.per_second);
        bucket.milli_points.saturating_add(refilled) < budget.capacity * 1_000
    });
    if buckets.len() >= BUDGETS_MAX
        && let Some(oldest) = buckets.iter().min_by_key(|(_, b)| b.at_ms).map(|(o, _)| o.clone())
    {
        buckets.remove(&oldest);
    }
}

/// IPv6 clients own whole networks: the first 64 bits are one client.
fn network(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(v6) => IpAddr::V6((v6.to_bits() & !u128::from(u64::MAX)).into()),
        v4 @ IpAddr::V4(_) => v4,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn budgets() -> Budgets {
        Budgets::new(BudgetConfig {
            account: Budget { capacity: 10, per_second: 2 },
            address: Budget { capacity: 15, per_second: 3 },
        })
    }

    fn address(last: u128) -> IpAddr {
        IpAddr::V6((0x2001_0db8_u128 << 96 | last).into())
    }

    #[test]
    fn a_budget_runs_out_and_comes_back_with_time() {
        let budgets = budgets();
        let ip = address(1);
        assert_eq!(budgets.take(Some("a"), ip, 10, 0), Ok(0));
        assert_eq!(budgets.take(Some("a"), ip, 1, 0), Err(1));
        assert_eq!(budgets.take(Some("a"), ip, 4, 0), Err(2));
        assert_eq!(budgets.take(Some("a"), ip, 1, 499), Err(1));
        assert_eq!(budgets.take(Some("a"), ip, 1, 500), Ok(0));
        assert_eq!(budgets.take(Some("a"), ip, 10, 100_000), Ok(0));
    }

    #[test]
    fn accounts_behind_one_address_share_its_budget_and_a_refusal_costs_nothing() {
        let budgets = budgets();
        assert_eq!(budgets.take(Some("a"), address(1), 10, 0), Ok(0));
        assert_eq!(budgets.take(Some("b"), address(2), 6, 0), Err(1));
        assert_eq!(budgets.take(Some("b"), address(2), 5, 0), Ok(0));
        assert_eq!(budgets.take(Some("b"), address(1 << 64), 5, 0), Ok(0), "another network");
    }

    #[test]
    fn a_caller_stands_by_the_budget_that_has_fewest_points_left() {
        let budgets = budgets();
        let full = budgets.standing(Some("a"), address(1), 0).unwrap();
        let account = Standing { policy: "account", limit: 10, window_s: 5, remaining: 10, reset_s: 0 };
        assert_eq!(full, account);
        assert_eq!(budgets.take(Some("a"), address(1), 7, 0), Ok(3));
        let spent = Standing { remaining: 3, reset_s: 4, ..account };
        assert_eq!(budgets.standing(Some("a"), address(1), 0), Some(spent));
        let later = Standing { remaining: 5, reset_s: 3, ..account };
        assert_eq!(budgets.standing(Some("a"), address(1), 1_000), Some(later));
        assert_eq!(
            budgets.standing(None, address(1), 0).map(|s| (s.policy, s.remaining)),
            Some(("address", 11))
        );
    }

    #[test]
    fn the_number_of_buckets_is_bounded() {
        let budgets = budgets();
        for n in 0..(BUDGETS_MAX as u128 + 5) {
            assert!(budgets.take(None, address(n << 64), 1, 0).is_ok());
        }
        assert_eq!(budgets.buckets.lock().unwrap().len(), BUDGETS_MAX);
    }
}
