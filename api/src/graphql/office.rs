//! Offices of the vendor, which look after opportunities, and taking them in.

use async_graphql::{Context, ID, InputObject, Object, Result, SimpleObject};
use domain::programme::office::import::{self, NewOffice, NewOffices, Person};
use domain::reading::{self, Predicate};
use entity::{office, office_area, office_member, pce_coordinator};

use super::caller::{loaders, root, scope, store, write_context};
use super::errors::OrFail;
use super::loaders::{AreasOf, MembersOf};
use super::pce_enums::OfficeRole;
use super::user_error::{UserError, outcome};

/// An office.
pub struct Office(office::Model);

impl From<office::Model> for Office {
    fn from(row: office::Model) -> Self {
        Self(row)
    }
}

/// An area an office looks after.
#[derive(SimpleObject)]
pub struct OfficeArea {
    /// The province, without what kind of place it is.
    province: String,
    /// The city; empty for the whole province.
    city: String,
}

impl From<office_area::Model> for OfficeArea {
    fn from(row: office_area::Model) -> Self {
        Self { province: row.province, city: row.city }
    }
}

/// Somebody of an office who reviews opportunities.
#[derive(SimpleObject)]
pub struct OfficeMember {
    /// As tokens name it.
    subject: String,
    /// As what.
    role: OfficeRole,
    /// How people call it.
    name: String,
    /// Where letters go.
    email: String,
}

impl From<office_member::Model> for OfficeMember {
    fn from(row: office_member::Model) -> Self {
        Self { subject: row.subject, role: row.role.into(), name: row.name, email: row.email }
    }
}

/// Somebody who distributes what no office matches.
#[derive(SimpleObject)]
pub struct Coordinator {
    /// As tokens name it.
    subject: String,
    /// How people call it.
    name: String,
    /// Where letters go.
    email: String,
}

impl From<pce_coordinator::Model> for Coordinator {
    fn from(row: pce_coordinator::Model) -> Self {
        Self { subject: row.subject, name: row.name, email: row.email }
    }
}

/// A representative office of the vendor.
#[Object]
impl Office {
    /// Stable id.
    pub(crate) async fn id(&self) -> ID {
        self.0.id.to_string().into()
    }

    /// Its short name.
    async fn code(&self) -> &str {
        &self.0.code
    }

    /// Its name in English.
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// Its name in Chinese.
    async fn name_zh_cn(&self) -> &str {
        &self.0.name_zh
    }

    /// Its business region.
    async fn region(&self) -> &str {
        &self.0.region
    }

    /// Where it looks after customers.
    async fn areas(&self, ctx: &Context<'_>) -> Option<Result<Vec<OfficeArea>>> {
        let rows = async { loaders(ctx)?.load_one(AreasOf(self.0.id)).await.or_fail(ctx) };
        Some(rows.await.map(|rows| rows.unwrap_or_default().into_iter().map(Into::into).collect()))
    }

    /// Who works there.
    async fn members(&self, ctx: &Context<'_>) -> Option<Result<Vec<OfficeMember>>> {
        let rows = async { loaders(ctx)?.load_one(MembersOf(self.0.id)).await.or_fail(ctx) };
        Some(rows.await.map(|rows| rows.unwrap_or_default().into_iter().map(Into::into).collect()))
    }
}

/// The vendor's offices.
#[derive(SimpleObject)]
pub struct Offices {
    /// Every office, at most 500, by code.
    offices: Vec<Office>,
    /// Who distributes what no office matches.
    coordinators: Vec<Coordinator>,
}

/// Queries about offices.
#[derive(Default)]
pub struct OfficeQuery;

#[Object(guard = "root(\"Query\")")]
impl OfficeQuery {
    /// The vendor's offices and coordinators.
    async fn offices(&self, ctx: &Context<'_>) -> Option<Result<Offices>> {
        Some(all(ctx).await)
    }
}

async fn all(ctx: &Context<'_>) -> Result<Offices> {
    let (store, scope) = (store(ctx)?, scope(ctx)?);
    let offices = reading::office::list(scope).all(store, Predicate::always(), "code").await.or_fail(ctx)?;
    let coordinators = reading::office::coordinators(store, scope).await.or_fail(ctx)?;
    Ok(Offices {
        offices: offices.into_iter().map(Into::into).collect(),
        coordinators: coordinators.into_iter().map(Into::into).collect(),
    })
}

/// Somebody who reviews or distributes opportunities.
#[derive(InputObject)]
pub struct PersonInput {
    /// As tokens name it (`sub`).
    subject: String,
    /// How people call it.
    name: String,
    /// Where letters go.
    email: String,
    /// The language of letters: en or zh-CN.
    #[graphql(default_with = "\"zh-CN\".to_owned()")]
    language: String,
}

/// Somebody of an office.
#[derive(InputObject)]
pub struct OfficeMemberInput {
    /// Who.
    person: PersonInput,
    /// As what.
    role: OfficeRole,
}

/// An area of an office.
#[derive(InputObject)]
pub struct OfficeAreaInput {
    /// The province.
    province: String,
    /// The city; not given for the whole province.
    city: Option<String>,
}

/// An office with everything that belongs to it.
#[derive(InputObject)]
pub struct OfficeInput {
    /// Its short name, by which it is known again.
    code: String,
    /// Its name in English.
    name: String,
    /// Its name in Chinese.
    name_zh_cn: String,
    /// Its business region.
    region: String,
    /// Where it looks after customers, at most 200; no area belongs to two offices.
    areas: Vec<OfficeAreaInput>,
    /// Who works there, at most 200.
    members: Vec<OfficeMemberInput>,
}

/// Offices to be taken in.
#[derive(InputObject)]
pub struct OfficeImportInput {
    /// The same key with the same input gives the same answer again.
    idempotency_key: ID,
    /// The offices, at most 500; each replaces what was known of its code, others stay.
    offices: Vec<OfficeInput>,
    /// All coordinators; not given leaves them as they are.
    coordinators: Option<Vec<PersonInput>>,
}

/// What came of it.
#[derive(SimpleObject)]
pub struct OfficeImportPayload {
    /// All offices as they are now; null if nothing changed.
    offices: Option<Offices>,
    /// Why nothing changed; empty on success.
    user_errors: Vec<UserError>,
}

impl From<PersonInput> for Person {
    fn from(input: PersonInput) -> Self {
        Self { subject: input.subject, name: input.name, email: input.email, language: input.language }
    }
}

impl From<OfficeInput> for NewOffice {
    fn from(input: OfficeInput) -> Self {
        let area = |area: OfficeAreaInput| (area.province, area.city.unwrap_or_default());
        Self {
            code: input.code,
            name: input.name,
            name_zh: input.name_zh_cn,
            region: input.region,
            areas: input.areas.into_iter().map(area).collect(),
            members: input.members.into_iter().map(|m| (m.person.into(), m.role.into())).collect(),
        }
    }
}

/// Changes of offices.
#[derive(Default)]
pub struct OfficeMutation;

#[Object(guard = "root(\"Mutation\")")]
impl OfficeMutation {
    /// Takes offices with their areas and people in, all or none.
    async fn office_import(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The offices.")] input: OfficeImportInput,
    ) -> Result<OfficeImportPayload> {
        let coordinators = input.coordinators.map(|list| list.into_iter().map(Into::into).collect());
        let new = NewOffices { offices: input.offices.into_iter().map(Into::into).collect(), coordinators };
        let key = Some(input.idempotency_key.as_str());
        let result = import::import(store(ctx)?, &write_context(ctx)?, key, new).await;
        let (done, user_errors) = outcome(ctx, result, None).await?;
        let offices = if done.is_some() { Some(all(ctx).await?) } else { None };
        Ok(OfficeImportPayload { offices, user_errors })
    }
}
