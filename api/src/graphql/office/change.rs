//! Taking in offices with their areas and people.

use async_graphql::{ID, InputObject};
use domain::programme::office::import::{self, NewOffice, NewOffices, Person};

use super::object::Offices;
use crate::graphql::schema::change::{Change, Changed, Changes};
use crate::graphql::schema::enums::OfficeRole;
use crate::graphql::schema::env::Env;
use crate::graphql::schema::object::Object;

/// A person who reviews opportunities or gives them to offices.
#[derive(InputObject)]
pub(crate) struct PersonInput {
    /// The person's name in tokens (`sub`).
    subject: String,
    /// The name under which people know the person.
    name: String,
    /// The e-mail address that letters go to.
    email: String,
    /// The language of letters: en or zh-CN.
    #[graphql(default_with = "\"zh-CN\".to_owned()")]
    language: String,
}

/// A person of an office.
#[derive(InputObject)]
pub(crate) struct OfficeMemberInput {
    /// The person.
    person: PersonInput,
    /// The role in which the person works there.
    role: OfficeRole,
}

/// An area of an office.
#[derive(InputObject)]
pub(crate) struct OfficeAreaInput {
    /// The province.
    province: String,
    /// The city; not given for the whole province.
    city: Option<String>,
}

/// An office with everything that belongs to it.
#[derive(InputObject)]
pub(crate) struct OfficeInput {
    /// Its short name, by which it is known again.
    code: String,
    /// Its name in English.
    name: String,
    /// Its name in Chinese.
    name_zh_cn: String,
    /// Its business region.
    region: String,
    /// The areas whose customers it looks after, at most 200; no area belongs to two offices.
    areas: Vec<OfficeAreaInput>,
    /// The people who work there, at most 200.
    members: Vec<OfficeMemberInput>,
}

/// Offices to be taken in.
#[derive(InputObject)]
pub(crate) struct OfficeImportInput {
    /// The same key with the same input gives the same answer again.
    idempotency_key: ID,
    /// The offices, at most 500; each replaces what was known of its code, others stay.
    offices: Vec<OfficeInput>,
    /// All coordinators; not given leaves them as they are.
    coordinators: Option<Vec<PersonInput>>,
}

impl From<PersonInput> for Person {
    fn from(input: PersonInput) -> Self {
        Self { subject: input.subject, name: input.name, email: input.email, language: input.language }
    }
}

impl From<OfficeInput> for NewOffice {
    fn from(input: OfficeInput) -> Self {
        let area = |area: OfficeAreaInput| (area.province, area.city.unwrap_or_default());
        let member = |member: OfficeMemberInput| (member.person.into(), member.role.0);
        Self {
            code: input.code,
            name: input.name,
            name_zh: input.name_zh_cn,
            region: input.region,
            areas: input.areas.into_iter().map(area).collect(),
            members: input.members.into_iter().map(member).collect(),
        }
    }
}

impl Change for OfficeImportInput {
    type Gives = usize;
    const NAME: &'static str = "officeImport";
    const DOC: &'static str = "Takes in offices with their areas and people, all or none.";
    const INPUT: &'static str = "The offices to be taken in.";

    fn payload(fields: Object<Changed<Self>>) -> Object<Changed<Self>> {
        fields.maybe_object("offices", "All offices as they are now; null if nothing changed.", |changed| {
            changed.done.map(|_| Offices)
        })
    }

    async fn change(self, env: &Env) -> domain::Result<usize> {
        let coordinators = self.coordinators.map(|list| list.into_iter().map(Into::into).collect());
        let new = NewOffices { offices: self.offices.into_iter().map(Into::into).collect(), coordinators };
        import::import(&env.store, &env.context(), Some(&self.idempotency_key), new).await
    }
}

/// Adds the changes of offices.
pub(crate) fn mutation(root: Object<Changes>) -> Object<Changes> {
    root.change::<OfficeImportInput>()
}
