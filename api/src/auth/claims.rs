//! What a token says about its bearer, and the actor that follows from it. PURE.

use domain::{Actor, Principal, Role};
use serde::{Deserialize, Serialize};

/// Longest subject we write to an audit row, in bytes.
pub(super) const SUBJECT_MAX: usize = 256;

/// The claims we read and write. `iss` and `aud` are checked by the JWT library.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Claims {
    pub(super) sub: String,
    pub(super) iss: String,
    /// One audience or several; kept raw because only the library judges it.
    pub(super) aud: serde_json::Value,
    pub(super) exp: i64,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub(super) nbf: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub(super) iat: Option<i64>,
    pub(super) kind: Kind,
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub(super) roles: Vec<Role>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub(super) partner_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub(super) customer_id: Option<String>,
}

/// On whose behalf a token speaks. The product itself never comes in by token.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Kind {
    Operator,
    Partner,
    Customer,
}

impl Claims {
    /// The actor, or `None` when the claims contradict each other or lack the id their kind needs.
    pub(super) fn into_actor(self) -> Option<Actor> {
        // `system:` is how the product signs its own audit rows.
        if self.sub.is_empty() || self.sub.len() > SUBJECT_MAX || self.sub.starts_with("system:") {
            return None;
        }
        let principal = match (self.kind, self.partner_id, self.customer_id) {
            (Kind::Operator, None, None) => Principal::Operator { roles: self.roles },
            (Kind::Partner, Some(id), None) if self.roles.is_empty() => {
                Principal::Partner { partner_id: id.parse().ok()? }
            }
            (Kind::Customer, None, Some(id)) if self.roles.is_empty() => {
                Principal::Customer { customer_id: id.parse().ok()? }
            }
            _ => return None,
        };
        Some(Actor { subject: self.sub, principal })
    }

    /// The claims of a token for `actor`; `None` for the product itself.
    pub(super) fn of(actor: &Actor, issuer: &str, audience: &str, expires_at: i64) -> Option<Self> {
        let (kind, roles, partner_id, customer_id) = match &actor.principal {
            Principal::Operator { roles } => (Kind::Operator, roles.clone(), None, None),
            Principal::Partner { partner_id } => (Kind::Partner, vec![], Some(partner_id.to_string()), None),
            Principal::Customer { customer_id } => {
                (Kind::Customer, vec![], None, Some(customer_id.to_string()))
            }
            Principal::System => return None,
        };
        Some(Self {
            sub: actor.subject.clone(),
            iss: issuer.to_owned(),
            aud: audience.into(),
            exp: expires_at,
            nbf: None,
            iat: None,
            kind,
            roles,
            partner_id,
            customer_id,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use entity::PartnerId;

    fn partner_claims() -> Claims {
        let actor =
            Actor { subject: "mei".into(), principal: Principal::Partner { partner_id: PartnerId(7) } };
        Claims::of(&actor, "iss", "aud", 10).unwrap()
    }

    #[test]
    fn claims_of_an_actor_become_the_same_actor() {
        let actor = partner_claims().into_actor().unwrap();
        assert_eq!(actor.principal, Principal::Partner { partner_id: PartnerId(7) });
        assert_eq!(actor.subject, "mei");
    }

    #[test]
    fn claims_that_contradict_their_kind_give_no_actor() {
        let broken: [fn(&mut Claims); 8] = [
            |c| c.sub.clear(),
            |c| c.sub = "s".repeat(SUBJECT_MAX + 1),
            |c| c.sub = "system:worker".into(),
            |c| c.partner_id = None,
            |c| c.partner_id = Some("partner_nonsense".into()),
            |c| c.customer_id = Some("customer_1".into()),
            |c| c.roles = vec![Role::Administrator],
            |c| c.kind = Kind::Operator,
        ];
        for (row, spoil) in broken.into_iter().enumerate() {
            let mut claims = partner_claims();
            spoil(&mut claims);
            assert_eq!(claims.into_actor(), None, "row {row}");
        }
    }

    #[test]
    fn the_product_itself_gets_no_token() {
        assert!(Claims::of(&Actor::system("worker"), "i", "a", 1).is_none());
    }
}
