//! The proof that the books hold.

use domain::kernel::check::Check;
use domain::operate::verify::verify;

use crate::graphql::schema::list::Queries;
use crate::graphql::schema::object::{Object, Shown};
use crate::graphql::schema::scalars::Month;

impl Shown for Check {
    const NAME: &'static str = "VerifyCheck";

    fn object() -> Object<Self> {
        Object::<Self>::new("One identity of the books that was checked.")
            .field(
                "name",
                "The two sides that were compared, e.g. \"payments = lines + unmatched\".",
                |check| check.name,
            )
            .field("month", "The month it is about; null for the whole.", |check| check.month)
            .field("currencyCode", "The currency of both sides; null for counts and digests.", |check| {
                check.currency
            })
            .text("left", "The left side.", |check| &check.left)
            .text("right", "The right side.", |check| &check.right)
            .field("holds", "Whether the sides are equal.", |check| check.holds)
            .maybe_text("counterExample", "The first row that breaks it; null if it holds.", |check| {
                check.counter_example.as_deref()
            })
    }
}

/// Adds the proof.
pub(super) fn query(root: Object<Queries>) -> Object<Queries> {
    root.lists(
        "verify",
        "Proves that the books hold, one month or all of them: nothing is lost, nothing is counted twice. Reads only: \
         customers whose changes wait to be worked in are left out and counted in a line of their own.",
        |env, _, args| {
            Box::pin(async move {
                let month = args.get::<Option<Month>>("month")?.map(|month| month.0);
                Ok(vec![verify(&env.store, month).await?])
            })
        },
    )
    .arg::<Option<Month>>("month", "Only this month; all of them if not given.")
}
