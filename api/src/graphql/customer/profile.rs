//! What is shown of customers' profiles: their names and numbers in law, and the offices that own them.

use entity::{CustomerProfileId, customer_profile};

use crate::graphql::schema::object::{Object, Shown};

impl Shown for customer_profile::Model {
    const NAME: &'static str = "CustomerProfile";

    fn object() -> Object<Self> {
        Object::<Self>::new("A customer as the law knows it, and the office that owns it.")
            .node(|profile| CustomerProfileId(profile.customer_id.0))
            .text("legalName", "Its name in law, as its account was verified.", |profile| &profile.legal_name)
            .maybe_text("creditCode", "Its unified social credit code; null if not known.", |profile| {
                profile.credit_code.as_deref()
            })
            .field(
                "enterprise",
                "Whether it is an enterprise: persons earn no opportunity incentive.",
                |profile| profile.enterprise,
            )
            .one(
                "office",
                "The office that owns it, where opportunities with it go; null if none does.",
                |profile| profile.office_id,
            )
            .maybe_text(
                "owner",
                "Its owner at the vendor, as tokens name it; null if there is none.",
                |profile| profile.owner.as_deref(),
            )
            .text("province", "The province it is in; empty if not known.", |profile| &profile.province)
            .text("city", "The city it is in; empty if not known.", |profile| &profile.city)
            .field("version", "Grows with every change; the expectedVersion of the next one.", |profile| {
                profile.version
            })
    }
}
