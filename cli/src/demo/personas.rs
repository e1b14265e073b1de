//! One bearer token for each kind of caller.

use std::io::Write;

use api::auth::mint_hs256;
use domain::{Actor, Principal, Role};
use entity::timestamp::{DAY, SECOND};
use entity::{CustomerId, PartnerId};

use crate::config::{Auth, KeyPlace};
use crate::env::Env;

/// The reviewer of opportunities, who works in the demonstration's office.
pub(crate) const REVIEWER: &str = "demo-reviewer";
/// Life of a demonstration's tokens.
const LIFE: i64 = 30 * DAY;

/// The partners and the customer that the tokens are for.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Cast {
    pub(crate) distributor: PartnerId,
    pub(crate) reseller: PartnerId,
    pub(crate) solution_provider: PartnerId,
    pub(crate) customer: CustomerId,
}

/// Prints a token for each persona.
pub(crate) fn print(cast: Cast, auth: &Auth, env: &Env, out: &mut (dyn Write + Send)) -> anyhow::Result<()> {
    let KeyPlace::Secret(secret) = &auth.keys else { return Ok(()) };
    let operator = |roles: &[Role]| Principal::Operator { roles: roles.to_vec() };
    let partner = |partner_id| Principal::Partner { partner_id };
    let personas = [
        ("operator", operator(&[Role::Operations, Role::Administrator])),
        ("finance", operator(&[Role::Finance])),
        ("reviewer", operator(&[Role::OpportunityReviewer])),
        ("distributor", partner(cast.distributor)),
        ("reseller", partner(cast.reseller)),
        ("solution provider", partner(cast.solution_provider)),
        ("customer", Principal::Customer { customer_id: cast.customer }),
    ];
    let expires_at = env.clock.now().plus(LIFE).0 / SECOND;
    writeln!(out, "Bearer tokens, good for 30 days:")?;
    for (name, principal) in personas {
        let actor = Actor { subject: format!("demo-{}", name.replace(' ', "-")), principal };
        let secret = secret.expose().as_bytes();
        let token = mint_hs256(secret, &auth.issuer, &auth.audience, &actor, expires_at)?;
        writeln!(out, "  {name}:\n    {token}")?;
    }
    Ok(())
}
