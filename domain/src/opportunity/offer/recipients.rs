//! PURE. The partners to which an opportunity of the vendor can be offered, their order, and the grounds
//! against the others. To which partners an opportunity of the vendor can be offered, in which order, and why
//! not to the others. Eligible by the public pages: joined, and differentiated, or role validated with at
//! least three of its own won and delivered in the last twelve months. Region, product family and order are
//! our own choice (assumption 11).

use entity::{OfferState, PartnerId, PathStage, Timestamp};
use serde::{Deserialize, Serialize};

/// Opportunities of its own that a partner whose role is validated must have delivered.
pub const DELIVERED_NEEDED: i32 = 3;
/// Months in which it must have delivered them.
pub const DELIVERED_WITHIN_MONTHS: i32 = 12;
/// Unit of a win rate: parts per million.
const PPM: i64 = 1_000_000;

/// Facts about a partner that decide whether an opportunity is offered to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// Partner that the facts are about.
    pub partner_id: PartnerId,
    /// Its business region.
    pub region: String,
    /// Instant at which it joined; none if it has not.
    pub joined_at: Option<Timestamp>,
    /// Its stage on the development path.
    pub stage: PathStage,
    /// Opportunities of its own won and delivered in the last twelve months.
    pub delivered: i32,
    /// Opportunities it ever won.
    pub won: i32,
    /// Opportunities it ever lost.
    pub lost: i32,
    /// Opportunities it works on now, those it has to answer included.
    pub load: i32,
    /// It offers something of the wanted product family.
    pub offers: bool,
    /// State of the last offer of this opportunity to it; none if there was none.
    pub offered: Option<OfferState>,
}

/// Demands of an opportunity on a partner.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wanted {
    /// The region of the office that looks after it; none if no office does.
    pub region: Option<String>,
    /// A product family is wanted.
    pub family: bool,
}

entity::listed! {
    /// Something that is looked at before an opportunity is offered to a partner.
    Ground as "RecipientGround"; [
        derive(PartialOrd, Ord, Serialize, Deserialize),
        serde(rename_all = "SCREAMING_SNAKE_CASE"),
    ] {
        /// It joined the frame of shared opportunities.
        Joined [] = "JOINED",
        /// Its stage on the development path suffices, or what it delivered makes up for it.
        Developed [] = "DEVELOPED",
        /// It works in the region of the office that looks after the opportunity.
        Region [] = "REGION",
        /// It offers something of the product family.
        Offering [] = "OFFERING",
        /// It did not refuse this opportunity before, nor leave it unanswered.
        NotRefusedBefore [] = "NOT_REFUSED_BEFORE",
    }
}

/// A partner, judged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recipient {
    /// Facts that the judgement rests on.
    pub candidate: Candidate,
    /// Grounds that do not hold; empty if the opportunity can be offered to it.
    pub fails: Vec<Ground>,
    /// Its place among those it can be offered to, from 1; none if it cannot.
    pub rank: Option<i32>,
}

impl Candidate {
    /// Of a hundred that ended, how many it won, in parts per million; none ended counts as none won.
    #[must_use]
    pub fn win_ppm(&self) -> i64 {
        let ended = i64::from(self.won) + i64::from(self.lost);
        if ended == 0 { 0 } else { i64::from(self.won) * PPM / ended }
    }

    /// Whether `ground` holds for an opportunity that wants `wanted`.
    #[must_use]
    pub fn holds(&self, ground: Ground, wanted: &Wanted) -> bool {
        match ground {
            Ground::Joined => self.joined_at.is_some(),
            Ground::Developed => match self.stage {
                PathStage::Differentiated => true,
                PathStage::RoleValidated => self.delivered >= DELIVERED_NEEDED,
                PathStage::RoleSelected | PathStage::None => false,
            },
            Ground::Region => wanted.region.as_deref() == Some(self.region.as_str()),
            Ground::Offering => !wanted.family || self.offers,
            Ground::NotRefusedBefore => {
                !matches!(self.offered, Some(OfferState::Refused | OfferState::TimedOut))
            }
        }
    }

    fn better_first(&self) -> (i32, i64, i32, i64) {
        (-self.delivered, -self.win_ppm(), self.load, self.partner_id.0)
    }
}

/// Judges partners: first those it can be offered to, best first, then the others in the order of their ids.
#[must_use]
pub fn judge(candidates: Vec<Candidate>, wanted: &Wanted) -> Vec<Recipient> {
    let fails = |candidate: &Candidate| {
        Ground::ALL.iter().copied().filter(|ground| !candidate.holds(*ground, wanted)).collect::<Vec<_>>()
    };
    let (mut eligible, mut others) = (Vec::new(), Vec::new());
    for candidate in candidates {
        let fails = fails(&candidate);
        let list = if fails.is_empty() { &mut eligible } else { &mut others };
        list.push(Recipient { candidate, fails, rank: None });
    }
    eligible.sort_unstable_by_key(|recipient| recipient.candidate.better_first());
    others.sort_unstable_by_key(|recipient| recipient.candidate.partner_id);
    for (rank, recipient) in (1..).zip(&mut eligible) {
        recipient.rank = Some(rank);
    }
    eligible.append(&mut others);
    eligible
}

#[cfg(test)]
mod tests;
