//! The caller, and what it may use.

use domain::kernel::permission;
use domain::{Principal, Role};
use entity::{CustomerId, PartnerId};

use crate::graphql::schema::choice::Choice;
use crate::graphql::schema::list::Queries;
use crate::graphql::schema::object::{Object, Shown};

entity::listed! {
    /// On whose behalf a request runs.
    PrincipalKind as "PrincipalKind"; [] {
        /// Staff of the vendor.
        Operator [] = "OPERATOR",
        /// A member of a partner's staff.
        Partner [] = "PARTNER",
        /// A customer's user.
        Customer [] = "CUSTOMER",
        /// The product itself.
        System [] = "SYSTEM",
    }
}

impl PrincipalKind {
    const fn of(principal: &Principal) -> Self {
        match principal {
            Principal::Operator { .. } => Self::Operator,
            Principal::Partner { .. } => Self::Partner,
            Principal::Customer { .. } => Self::Customer,
            Principal::System => Self::System,
        }
    }
}

/// The caller: the environment knows everything about it but what it belongs to.
struct Viewer {
    partner: Option<PartnerId>,
    customer: Option<CustomerId>,
}

impl Viewer {
    fn of(principal: &Principal) -> Self {
        let (partner, customer) = match principal {
            Principal::Partner { partner_id } => (Some(*partner_id), None),
            Principal::Customer { customer_id } => (None, Some(*customer_id)),
            Principal::Operator { .. } | Principal::System => (None, None),
        };
        Self { partner, customer }
    }
}

impl Shown for Viewer {
    const NAME: &'static str = "Viewer";

    fn object() -> Object<Self> {
        Object::<Self>::new("The caller, and what it may use.")
            .said("subject", "The name in the token, as the audit trail keeps it.", |_, env| {
                env.caller.actor.subject.clone()
            })
            .said("kind", "Tells on whose behalf the request runs.", |_, env| {
                Choice(PrincipalKind::of(&env.caller.actor.principal))
            })
            .said("roles", "The roles of the vendor's staff; empty for others.", |_, env| {
                let roles: &[Role] = match &env.caller.actor.principal {
                    Principal::Operator { roles } => roles,
                    _ => &[],
                };
                roles.iter().copied().map(Choice).collect::<Vec<_>>()
            })
            .one("partner", "The partner the caller belongs to; null for others.", |viewer| viewer.partner)
            .one("customer", "The customer the caller belongs to; null for others.", |viewer| viewer.customer)
            .said("permissions", "The root fields the caller may use, e.g. \"Query.partners\".", |_, env| {
                let fields = permission::TABLE.iter().map(|(field, _)| *field);
                fields.filter(|field| env.allows(field)).collect::<Vec<_>>()
            })
    }
}

/// Adds the query about the caller.
pub(super) fn query(root: Object<Queries>) -> Object<Queries> {
    root.said_object("viewer", "The caller, and what it may use.", |_, env| {
        Viewer::of(&env.caller.actor.principal)
    })
}
