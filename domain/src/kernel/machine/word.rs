//! The words that machines are written in.

use std::fmt::Debug;

use entity::{Listed, PartnerId};

use crate::kernel::actor::{Actor, Principal, Role};

/// A value of a closed list, as tables, trails and documents write it.
pub trait Word: Listed + Ord + Debug + Send + Sync {
    /// Its name in capitals.
    #[must_use]
    fn word(self) -> &'static str {
        Self::VALUES.iter().find(|(value, _, _)| *value == self).map_or("", |(_, name, _)| name)
    }
}

impl<T: Listed + Ord + Debug + Send + Sync> Word for T {}

/// Names of several words, as refusals and documents list them.
pub(super) fn listed<W: Word>(words: &[W], between: &str) -> String {
    words.iter().map(|word| word.word()).collect::<Vec<_>>().join(between)
}

/// The reasons of a machine that has no closed list of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum NoReason {}

impl Listed for NoReason {
    const NAME: &'static str = "NoReason";
    const DOC: &'static str = "No closed list.";
    const VALUES: &'static [(Self, &'static str, &'static str)] = &[];
}

entity::listed! {
    /// As what somebody acts on rows whose trail keeps no parties of its own.
    Party as "Party"; [derive(PartialOrd, Ord)] {
        /// The partner whose row it is.
        Partner [] = "PARTNER",
        /// Operations of the vendor.
        Operations [] = "OPERATIONS",
        /// Finance of the vendor.
        Finance [] = "FINANCE",
        /// An administrator, who may do what everybody may.
        Administrator [] = "ADMINISTRATOR",
        /// The product itself.
        System [] = "SYSTEM",
    }
}

impl Party {
    /// As what `actor` may act on a row of `partner`.
    #[must_use]
    pub fn of(actor: &Actor, partner: Option<PartnerId>) -> Vec<Self> {
        match &actor.principal {
            Principal::System => vec![Self::System],
            Principal::Partner { partner_id } if Some(*partner_id) == partner => vec![Self::Partner],
            Principal::Partner { .. } | Principal::Customer { .. } => vec![],
            Principal::Operator { .. } => {
                let roles = [
                    (Role::Operations, Self::Operations),
                    (Role::Finance, Self::Finance),
                    (Role::Administrator, Self::Administrator),
                ];
                roles.into_iter().filter(|(role, _)| actor.has_role(*role)).map(|(_, party)| party).collect()
            }
        }
    }
}
