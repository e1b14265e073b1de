//! What is shown of offices, their people, and the coordinators.

use domain::reading::{self, Predicate};
use entity::{office, office_area, office_member, pce_coordinator};

use crate::graphql::schema::choice::Choice;
use crate::graphql::schema::env::Env;
use crate::graphql::schema::failure::Outcome;
use crate::graphql::schema::list::Queries;
use crate::graphql::schema::loaders::{AreasOf, MembersOf};
use crate::graphql::schema::object::{Object, Shown};

impl Shown for office::Model {
    const NAME: &'static str = "Office";

    fn object() -> Object<Self> {
        Object::<Self>::new(
            "A representative office of the vendor, which looks after the opportunities of some areas.",
        )
        .node(|office| office.id)
        .text("code", "Its short name, by which an import knows it again.", |office| &office.code)
        .text("name", "Its name in English.", |office| &office.name)
        .text("nameZhCn", "Its name in Chinese.", |office| &office.name_zh)
        .text("region", "Its business region.", |office| &office.region)
        .many("areas", "The areas whose customers it looks after.", |office| AreasOf(office.id))
        .many("members", "The people who work there.", |office| MembersOf(office.id))
    }
}

impl Shown for office_area::Model {
    const NAME: &'static str = "OfficeArea";

    fn object() -> Object<Self> {
        Object::<Self>::new("An area that an office looks after.")
            .text("province", "The province, without the word for what kind of place it is.", |area| {
                &area.province
            })
            .text("city", "The city; empty if the office looks after the whole province.", |area| &area.city)
    }
}

impl Shown for office_member::Model {
    const NAME: &'static str = "OfficeMember";

    fn object() -> Object<Self> {
        Object::<Self>::new("A person of an office who reviews opportunities.")
            .text("subject", "The person's name in tokens (`sub`).", |member| &member.subject)
            .field("role", "The role in which the person works there.", |member| Choice(member.role))
            .text("name", "The name under which people know the person.", |member| &member.name)
            .text("email", "The e-mail address that letters go to.", |member| &member.email)
    }
}

impl Shown for pce_coordinator::Model {
    const NAME: &'static str = "Coordinator";

    fn object() -> Object<Self> {
        Object::<Self>::new(
            "A person of the vendor who gives the opportunities that no office matches to one.",
        )
        .text("subject", "The person's name in tokens (`sub`).", |coordinator| &coordinator.subject)
        .text("name", "The name under which people know the person.", |coordinator| &coordinator.name)
        .text("email", "The e-mail address that letters go to.", |coordinator| &coordinator.email)
    }
}

/// The offices and coordinators as they are when somebody looks.
#[derive(Clone, Copy, Debug)]
pub(super) struct Offices;

impl Shown for Offices {
    const NAME: &'static str = "Offices";

    fn object() -> Object<Self> {
        Object::<Self>::new("The vendor's offices and coordinators.")
            .lists("offices", "Every office, at most 500, by code.", |env, rows, _| {
                Box::pin(offices(env, rows))
            })
            .sure()
            .lists("coordinators", "The coordinators, by subject.", |env, rows, _| {
                Box::pin(coordinators(env, rows))
            })
            .sure()
    }
}

async fn offices(env: &Env, rows: &[Offices]) -> Outcome<Vec<Vec<office::Model>>> {
    let all =
        reading::programme::office::list(env.scope).all(&env.store, Predicate::always(), "code").await?;
    Ok(vec![all; rows.len()])
}

async fn coordinators(env: &Env, rows: &[Offices]) -> Outcome<Vec<Vec<pce_coordinator::Model>>> {
    let all = reading::programme::office::coordinators(&env.store, env.scope).await?;
    Ok(vec![all; rows.len()])
}

/// Adds the queries about offices.
pub(crate) fn query(root: Object<Queries>) -> Object<Queries> {
    root.maybe_object("offices", "The vendor's offices and coordinators.", |_| Some(Offices))
}
