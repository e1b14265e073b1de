//! Giving opportunities to another office or person.

use async_graphql::{ID, InputObject};
use domain::opportunity::review::reassign::{Reassign, Target, reassign_many};

use super::moves::{AllBecame, MANY, results, seen};
use crate::graphql::schema::change::{Change, Changed, Changes};
use crate::graphql::schema::checks::Checks;
use crate::graphql::schema::choice::Choice;
use crate::graphql::schema::enums::BulkPolicy;
use crate::graphql::schema::env::Env;
use crate::graphql::schema::many::{Seen, became};
use crate::graphql::schema::object::Object;

/// Opportunities, and the office or person that gets them.
#[derive(InputObject)]
pub(crate) struct OpportunityReassignManyInput {
    /// The same key with the same input gives the same answer again.
    idempotency_key: ID,
    /// The opportunities, at most 100.
    opportunities: Vec<Seen>,
    /// The office that looks after them from now on; not needed with `subject`.
    office_id: Option<ID>,
    /// The person of the office who works on them from now on; not given, anybody of the office may take them.
    subject: Option<String>,
    /// The reason in words.
    reason: Option<String>,
    /// What becomes of the others when one is refused.
    #[graphql(default_with = "Choice(domain::kernel::many::BulkPolicy::AllOrNothing)")]
    policy: BulkPolicy,
}

impl Change for OpportunityReassignManyInput {
    type Gives = AllBecame;
    const NAME: &'static str = "opportunityReassignMany";
    const DOC: &'static str = "Gives opportunities to another office, or to one of its people. Operations and coordinators may. One that a \
         reviewer took is free again, unless a person gets it.";
    const INPUT: &'static str = "The opportunities, and the office or person that gets them.";
    const PAYLOAD: Option<&'static str> = Some(MANY);

    fn payload(fields: Object<Changed<Self>>) -> Object<Changed<Self>> {
        results(fields)
    }

    async fn change(self, env: &Env) -> domain::Result<Self::Gives> {
        let mut checks = Checks::default();
        let opportunities = seen(&mut checks, &self.opportunities, self.policy.0);
        let office_id = checks.optional_id("officeId", self.office_id.as_ref());
        if let Some(reason) = &self.reason {
            checks.text("reason", reason, domain::kernel::machine::REASON_LIMIT);
        }
        checks.done()?;
        let to = Target { office_id, subject: self.subject };
        let wish = Reassign { opportunities, to, reason: self.reason, policy: self.policy.0 };
        let key = Some(self.idempotency_key.as_str());
        let outcomes = reassign_many(&env.store, &env.context(), key, wish).await?;
        Ok(became::<Self, _>(env, self.opportunities, outcomes))
    }
}

/// Adds giving opportunities away.
pub(super) fn mutation(root: Object<Changes>) -> Object<Changes> {
    root.change::<OpportunityReassignManyInput>()
}
