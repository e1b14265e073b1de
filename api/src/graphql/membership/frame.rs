//! The terms of the frame, a partner's place in it, and joining.

use async_graphql::{ID, InputObject};
use domain::opportunity::membership::join::{self, Join};
use domain::opportunity::membership::profile::{self, SetProfile};
use domain::opportunity::membership::terms::{self, Commitment};
use entity::{PartnerId, PceProfileId, pce_profile};

use crate::graphql::schema::change::{Change, Changed, Changes};
use crate::graphql::schema::checks::Checks;
use crate::graphql::schema::choice::Choice;
use crate::graphql::schema::enums::{PathStage, PceCommitment};
use crate::graphql::schema::env::Env;
use crate::graphql::schema::list::Queries;
use crate::graphql::schema::object::{Object, Shown};

impl Shown for Commitment {
    const NAME: &'static str = "PceCommitmentText";

    fn object() -> Object<Self> {
        Object::<Self>::new("A commitment with its text.")
            .field("commitment", "The commitment.", |commitment| Choice(*commitment))
            .said("text", "The text of the commitment, in the request's language.", |commitment, env| {
                commitment.text(env.lang())
            })
    }
}

/// The terms in force.
struct Terms;

impl Shown for Terms {
    const NAME: &'static str = "PceTerms";

    fn object() -> Object<Self> {
        Object::<Self>::new("The terms that a partner accepts before it shares opportunities.")
            .field("terms", "The version in force, as `pceJoin` takes it.", |_| terms::CURRENT)
            .objects("commitments", "The commitments, all of which a partner ticks.", |_| {
                Commitment::ALL.to_vec()
            })
    }
}

impl Shown for pce_profile::Model {
    const NAME: &'static str = "PceProfile";

    fn object() -> Object<Self> {
        Object::<Self>::new(
            "A partner's place in the frame of shared opportunities (PCE, partner customer engagement).",
        )
        .node(|profile| PceProfileId(profile.partner_id.0))
        .field("joinedAt", "The instant at which it joined; null before.", |profile| profile.joined_at)
        .maybe_text("joinedBy", "The person who accepted the terms; null before.", |profile| {
            profile.joined_by.as_deref()
        })
        .maybe_text("terms", "The version of the terms that it accepted; null before.", |profile| {
            profile.terms.as_deref()
        })
        .field("stage", "Its stage on the development path.", |profile| Choice(profile.stage))
        .field(
            "coreMap",
            "Whether it is on the list of core partners, who alone earn cash incentives.",
            |profile| profile.core_map,
        )
        .field(
            "version",
            "Grows with every change; the expectedVersion of the next one.",
            |profile| profile.version,
        )
    }
}

/// The terms that a partner accepts.
#[derive(InputObject)]
pub(crate) struct PceJoinInput {
    /// The same key with the same input gives the same answer again.
    idempotency_key: ID,
    /// The version of the terms that was read.
    terms: String,
    /// The commitments that were ticked: all of them are needed.
    commitments: Vec<PceCommitment>,
}

impl Change for PceJoinInput {
    type Gives = PartnerId;
    const NAME: &'static str = "pceJoin";
    const DOC: &'static str =
        "Lets the caller's partner join the frame, or accept a later version of its terms.";
    const INPUT: &'static str = "The terms that the partner accepts.";

    fn payload(fields: Object<Changed<Self>>) -> Object<Changed<Self>> {
        fields.one("partner", "The partner as it is now.", |changed| changed.done)
    }

    async fn change(self, env: &Env) -> domain::Result<PartnerId> {
        let commitments = self.commitments.into_iter().map(|ticked| ticked.0).collect();
        let join = Join { terms: self.terms, commitments };
        join::join(&env.store, &env.context(), Some(&self.idempotency_key), join).await
    }
}

/// A partner's profile as it shall be.
#[derive(InputObject)]
pub(crate) struct PceProfileSetInput {
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

impl Change for PceProfileSetInput {
    type Gives = PartnerId;
    const NAME: &'static str = "pceProfileSet";
    const DOC: &'static str = "Sets how far a partner has developed, and whether it is a core partner.";
    const INPUT: &'static str = "The profile as it shall be.";

    fn payload(fields: Object<Changed<Self>>) -> Object<Changed<Self>> {
        fields.one("partner", "The partner as it is now.", |changed| changed.done)
    }

    fn edited(&self) -> Option<ID> {
        let partner: PartnerId = self.partner_id.parse().ok()?;
        Some(ID::from(PceProfileId(partner.0).to_string()))
    }

    async fn change(self, env: &Env) -> domain::Result<PartnerId> {
        let mut checks = Checks::default();
        let partner_id = checks.id("partnerId", &self.partner_id);
        checks.done()?;
        let set = SetProfile {
            partner_id,
            expected_version: self.expected_version,
            stage: self.stage.0,
            core_map: self.core_map,
        };
        profile::set(&env.store, &env.context(), Some(&self.idempotency_key), set).await
    }
}

/// Adds the query of the terms.
pub(super) fn query(root: Object<Queries>) -> Object<Queries> {
    root.object("pceTerms", "The terms that a partner accepts before it shares opportunities.", |_| Terms)
}

/// Adds the changes of a partner's place in the frame.
pub(super) fn mutation(root: Object<Changes>) -> Object<Changes> {
    root.change::<PceJoinInput>().change::<PceProfileSetInput>()
}
