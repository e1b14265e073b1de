//! The frame of shared opportunities: its terms, and a partner's place in it.

use async_graphql::{Context, Enum, ID, InputObject, Object, Result, SimpleObject};
use domain::opportunity::membership::join::{self, Join};
use domain::opportunity::membership::profile::{self, SetProfile};
use domain::opportunity::membership::terms;
use entity::{PartnerId, pce_profile};

use super::caller::{lang, root, store, write_context};
use super::checks::Checks;
use super::partner::Partner;
use super::pce_enums::PathStage;
use super::scalars::DateTime;
use super::user_error::payload;

/// What a partner commits itself to when it joins.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
#[graphql(remote = "terms::Commitment")]
pub enum PceCommitment {
    /// Opportunities are real.
    RealOpportunities,
    /// The customer agrees.
    CustomerConsent,
    /// What is shared stays between both.
    Confidentiality,
    /// Progress is told.
    RegularProgress,
}

/// A commitment with its text.
#[derive(SimpleObject)]
pub struct PceCommitmentText {
    /// Which.
    commitment: PceCommitment,
    /// What it says, in the request's language.
    text: &'static str,
}

/// The terms a partner accepts before it shares opportunities.
#[derive(SimpleObject)]
pub struct PceTerms {
    /// The version in force.
    version: &'static str,
    /// What has to be ticked.
    commitments: Vec<PceCommitmentText>,
}

/// A partner in the frame of shared opportunities.
#[derive(SimpleObject)]
pub struct PceProfile {
    /// When it joined; null before.
    joined_at: Option<DateTime>,
    /// Who accepted the terms.
    joined_by: Option<String>,
    /// Which version of the terms.
    terms: Option<String>,
    /// Its stage on the development path.
    stage: PathStage,
    /// Whether it is on the list of core partners, who alone earn cash incentives.
    core_map: bool,
    /// Grows with every change; the expectedVersion of the next one.
    version: i32,
}

impl From<pce_profile::Model> for PceProfile {
    fn from(row: pce_profile::Model) -> Self {
        Self {
            joined_at: row.joined_at.map(DateTime),
            joined_by: row.joined_by,
            terms: row.terms,
            stage: row.stage.into(),
            core_map: row.core_map,
            version: row.version,
        }
    }
}

/// Queries about the frame.
#[derive(Default)]
pub struct PceQuery;

#[Object(guard = "root(\"Query\")")]
impl PceQuery {
    /// The terms a partner accepts before it shares opportunities.
    async fn pce_terms(&self, ctx: &Context<'_>) -> PceTerms {
        let text =
            |c: &terms::Commitment| PceCommitmentText { commitment: (*c).into(), text: c.text(lang(ctx)) };
        PceTerms { version: terms::CURRENT, commitments: terms::Commitment::ALL.iter().map(text).collect() }
    }
}

/// What a partner accepts.
#[derive(InputObject)]
pub struct PceJoinInput {
    /// The same key with the same input gives the same answer again.
    idempotency_key: ID,
    /// The version of the terms that was read.
    terms: String,
    /// The commitments ticked: all of them.
    commitments: Vec<PceCommitment>,
}

payload! {
    /// What came of it.
    PceJoinPayload {
        /// The partner as it is now.
        partner: Partner
    }
}

/// A partner's profile as it shall be.
#[derive(InputObject)]
pub struct PceProfileSetInput {
    /// The same key with the same input gives the same answer again.
    idempotency_key: ID,
    /// The partner.
    partner_id: ID,
    /// The version you saw; 0 if there is none yet.
    expected_version: i32,
    /// Its stage on the development path.
    stage: PathStage,
    /// Whether it is on the list of core partners.
    core_map: bool,
}

payload! {
    /// What came of it.
    PceProfileSetPayload {
        /// The partner as it is now.
        partner: Partner
    }
}

/// Changes of partners in the frame.
#[derive(Default)]
pub struct PceMutation;

#[Object(guard = "root(\"Mutation\")")]
impl PceMutation {
    /// The caller's partner joins, or accepts a later version of the terms.
    async fn pce_join(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What it accepts.")] input: PceJoinInput,
    ) -> Result<PceJoinPayload> {
        let commitments = input.commitments.into_iter().map(Into::into).collect();
        let key = Some(input.idempotency_key.as_str());
        let join = Join { terms: input.terms, commitments };
        let result = join::join(store(ctx)?, &write_context(ctx)?, key, join).await;
        PceJoinPayload::of(ctx, result, None).await
    }

    /// Sets how far a partner has developed, and whether it is a core partner.
    async fn pce_profile_set(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The profile as it shall be.")] input: PceProfileSetInput,
    ) -> Result<PceProfileSetPayload> {
        let mut checks = Checks::default();
        let partner_id: PartnerId = checks.id("partnerId", &input.partner_id);
        let set = SetProfile {
            partner_id,
            expected_version: input.expected_version,
            stage: input.stage.into(),
            core_map: input.core_map,
        };
        let result = match checks.done() {
            Err(refused) => Err(refused),
            Ok(()) => {
                profile::set(store(ctx)?, &write_context(ctx)?, Some(&input.idempotency_key), set).await
            }
        };
        PceProfileSetPayload::of(ctx, result, Some(&input.partner_id)).await
    }
}
