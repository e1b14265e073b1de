//! `token`: a bearer token for development, signed with the shared secret.

use std::io::Write;

use api::auth::mint_hs256;
use clap::{Args, ValueEnum};
use domain::{Actor, Principal, Role};
use entity::timestamp::{HOUR, SECOND};
use entity::{CustomerId, PartnerId};

use crate::config::auth::{SECRET_MIN, TOKEN_HOURS_MAX};
use crate::config::{AuthArgs, Problems, Secret};
use crate::env::Env;
use crate::outcome::Outcome;

#[derive(Args, Debug)]
#[command(group = clap::ArgGroup::new("who").required(true))]
pub(crate) struct TokenVerb {
    /// The name of the person, written to the audit trail
    #[arg(long)]
    subject: String,
    /// Roles of an operator, separated by commas
    #[arg(long, group = "who", value_delimiter = ',')]
    roles: Vec<RoleName>,
    /// Member of this partner
    #[arg(long, group = "who", value_parser = partner)]
    partner: Option<PartnerId>,
    /// User of this customer
    #[arg(long, group = "who", value_parser = customer)]
    customer: Option<CustomerId>,
    /// Life of the token, in hours
    #[arg(long, default_value_t = 12, value_parser = clap::value_parser!(i64).range(1..=i64::from(TOKEN_HOURS_MAX)))]
    hours: i64,
    #[command(flatten)]
    auth: AuthArgs,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum RoleName {
    Operations,
    Finance,
    OpportunityReviewer,
    Administrator,
}

impl From<RoleName> for Role {
    fn from(name: RoleName) -> Self {
        match name {
            RoleName::Operations => Self::Operations,
            RoleName::Finance => Self::Finance,
            RoleName::OpportunityReviewer => Self::OpportunityReviewer,
            RoleName::Administrator => Self::Administrator,
        }
    }
}

fn partner(text: &str) -> Result<PartnerId, String> {
    text.parse().map_err(|_| "write the id of a partner, partner_…".to_owned())
}

fn customer(text: &str) -> Result<CustomerId, String> {
    text.parse().map_err(|_| "write the id of a customer, customer_…".to_owned())
}

/// Runs the verb.
pub(crate) fn run(args: &TokenVerb, env: &Env, out: &mut (dyn Write + Send)) -> anyhow::Result<Outcome> {
    let mut problems = Problems::default();
    let secret = args.auth.auth_secret.as_deref().unwrap_or_default().trim();
    if secret.len() < SECRET_MIN {
        problems
            .add("AUTH_SECRET", format!("set the shared secret of the server, at least {SECRET_MIN} bytes"));
    }
    let secret = problems.finish(Some(Secret::new(secret)))?;
    let principal = match (args.partner, args.customer) {
        (Some(partner_id), _) => Principal::Partner { partner_id },
        (None, Some(customer_id)) => Principal::Customer { customer_id },
        (None, None) => Principal::Operator { roles: args.roles.iter().map(|role| (*role).into()).collect() },
    };
    let actor = Actor { subject: args.subject.clone(), principal };
    let expires_at = env.clock.now().plus(args.hours * HOUR).0 / SECOND;
    let (issuer, audience) = (args.auth.auth_issuer.trim(), args.auth.auth_audience.trim());
    let token = mint_hs256(secret.expose().as_bytes(), issuer, audience, &actor, expires_at)?;
    writeln!(out, "{token}")?;
    Ok(Outcome::Done)
}
