//! The nouns of the schema: a room each, with what is shown of it and what may be changed.

mod membership;
mod office;
mod partner;
mod stubs;

use entity::{CustomerId, OfferingId, PartnerId};

use crate::schema::change::Changes;
use crate::schema::list::Queries;
use crate::schema::node::NodeKind;
use crate::schema::object::{Object, Shown};

/// The kinds of things that have ids.
pub(crate) fn kinds() -> Vec<NodeKind> {
    vec![
        NodeKind::of::<PartnerId, _>("partner", "Query.partner"),
        NodeKind::of::<CustomerId, _>("customer", "Query.customer"),
        NodeKind::of::<OfferingId, _>("offering", "Query.partnerOfferings"),
    ]
}

impl Shown for Queries {
    const NAME: &'static str = "Query";

    fn object() -> Object<Self> {
        let rooms = [partner::query, membership::query, office::query];
        let root = Object::<Self>::new("Where everything that can be asked begins.");
        rooms.into_iter().fold(root, |root, room| room(root))
    }
}

impl Shown for Changes {
    const NAME: &'static str = "Mutation";

    fn object() -> Object<Self> {
        let rooms = [partner::change::mutation, membership::mutation, office::mutation];
        let root = Object::<Self>::new(
            "Where everything that can be changed begins. Refusals are userErrors of the payload.",
        );
        rooms.into_iter().fold(root, |root, room| room(root))
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn prints_the_new_schema() {
        let schema = async_graphql::Schema::build(
            crate::schema::root::Root::<crate::schema::list::Queries>::default(),
            crate::schema::root::Root::<crate::schema::change::Changes>::default(),
            async_graphql::EmptySubscription,
        )
        .finish();
        println!("{}", crate::graphql::written(&schema));
    }
}
