//! Why a performance line is what it is.

use domain::performance::explain::{LineExplanation, PaymentView};
use domain::performance::line_payments::payments_of_lines;
use domain::reading::Page;
use domain::reading::performance::payment;

use crate::graphql::schema::args::Args;
use crate::graphql::schema::choice::Choice;
use crate::graphql::schema::connection::{Counting, Found};
use crate::graphql::schema::env::Env;
use crate::graphql::schema::failure::Outcome;
use crate::graphql::schema::object::{Object, Shown};
use crate::graphql::schema::paging::page_args;

impl Shown for LineExplanation {
    const NAME: &'static str = "PerformanceLineExplanation";

    fn object() -> Object<Self> {
        Object::<Self>::new("Says why a line is what it is: the rules it was made by, and its payments.")
            .field("ruleVersion", "Version of the counting rules.", |line| line.rules.rule_version)
            .field("policy", "What the product policy of the month of origin says.", |line| {
                Choice(line.rules.policy)
            })
            .field(
                "correction",
                "Whether it corrects a closed month: its amount is then the difference to what that month says.",
                |line| line.correction,
            )
            .pages(
                "payments",
                "Its payments, in the order of their key, forward only. For a correction these are all payments of the \
                 month of origin.",
                |env, lines, args| Box::pin(payments(env, lines, args)),
            )
            .forward()
    }
}

/// A page of the payments of each line. They are found by walking through what the customers paid, so nobody counts them.
async fn payments(env: &Env, lines: &[LineExplanation], args: &Args) -> Outcome<Vec<Found<PaymentView>>> {
    let order = payment::order();
    let asked = page_args(args, &order)?;
    let limit = usize::try_from(asked.limit).unwrap_or(0);
    let after = asked.after.as_deref().and_then(payment::reference);
    let found = payments_of_lines(&env.store, lines, after.as_ref(), limit + 1).await?;
    let page = |mut rows: Vec<PaymentView>| {
        let has_next = rows.len() > limit;
        rows.truncate(limit);
        let rows = rows.into_iter().map(|row| (payment::key(&row.reference), row)).collect();
        let page = Page { rows, has_previous: after.is_some(), has_next };
        Found::new(page, &order, Counting::Never)
    };
    Ok(found.into_iter().map(page).collect())
}
