//! What processes do that crash, and what they find before them.

use entity::PayoutStep;

use super::*;
use crate::payout::gateway::SECRET;
use crate::payout::waiting;

/// What a process does when it meets a point.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Story {
    /// Takes a file of several batches in.
    Import,
    /// Creates, issues and pays at a gateway, which tells that it has paid.
    Payout,
    /// Uploads a bill, works as a worker does, makes the month final in spite of what blocks it, links an account late, and works on
    /// until the bills are reminded of and their deadline has passed.
    Month,
    /// Issues a bill of which a part is not paid, sees it paid, and lets what nobody requests lapse.
    Money,
    /// Takes a small file in, uploads another file, and writes the payments out.
    Files,
    /// Tells of what happened, and posts until everybody was told.
    Mail,
    /// Works on opportunities nobody acts on: they are reminded of, escalate, expire, are offered to the next, grow stale.
    Shared,
    /// Takes sales of the marketplace in, whose month is billed out at once: its day has come.
    Market,
}

/// Rows of the import: one full batch and the beginning of another.
const IMPORTED: usize = domain::performance::import::ingest::BATCH_ROWS + 100;

impl Story {
    pub(super) fn steps<'a>(self, path: &'a str, other: &'a str) -> Vec<&'a str> {
        match self {
            Self::Import => vec!["import", path],
            Self::Files => {
                vec!["files-beside", path, "import", path, "send", other, "export", "PAYMENTS", "write"]
            }
            Self::Market => vec!["import", path, "work"],
            Self::Money => {
                let mut steps = vec![
                    "import",
                    other,
                    "import-open",
                    path,
                    "settle",
                    "2026-09",
                    "FINAL",
                    "confirm",
                    "issue",
                ];
                steps.extend(["pay", "A/2026-09/USD", "work"]);
                for instant in ["2026-10-16T17:00:00Z", "2026-10-17T17:00:00Z", "2029-01-01T00:00:00Z"] {
                    steps.extend(["until", instant, "work"]);
                }
                steps
            }
            Self::Payout => {
                vec!["payouts", path, SECRET, "work", "told", "until", "2026-10-15T13:00:00Z", "work"]
            }
            Self::Month => {
                let mut steps =
                    vec!["upload", path, "stale", "2026-09", "work", "settle", "2026-09", "FINAL"];
                steps.extend(["link", "Second", other, "work"]);
                for instant in ["2026-10-15T16:00:00Z", "2026-10-23T00:00:00Z", "2026-11-04T12:00:00Z"] {
                    steps.extend(["until", instant, "work"]);
                }
                steps
            }
            Self::Shared => {
                let mut steps = vec![];
                for instant in [
                    "2026-10-24T00:00:00Z",
                    "2026-10-31T00:00:00Z",
                    "2026-11-16T00:00:00Z",
                    "2026-12-20T00:00:00Z",
                ] {
                    steps.extend(["until", instant, "work"]);
                }
                steps
            }
            Self::Mail => vec!["tell", "one", "tell", "two", "tell", "three", "post", path],
        }
    }

    pub(super) fn file(self, directory: &Path) -> PathBuf {
        match self {
            Self::Import => write_bill(directory, "large.csv", &rows(IMPORTED)),
            Self::Money => {
                let rows = |note| ["A", "B"].map(|account| row(account, "100", "2026-09-10T00:00:00Z", note));
                write_bill(directory, "paid.csv", &rows("paid"));
                write_bill(directory, "open.csv", &rows("open"))
            }
            Self::Files => {
                std::fs::write(directory.join("sent.xml"), "<sent/>").unwrap();
                write_bill(directory, "small.csv", &rows(40))
            }
            Self::Market => {
                let of = |seller| tests::market::sale(seller, "A", "12.345", "2026-09-10T00:00:00Z", seller);
                write_bill(directory, "sales.csv", &["Shop", "Uncertified", "Nobody's"].map(of))
            }
            Self::Month | Self::Payout => write_bill(directory, "small.csv", &rows(40)),
            Self::Mail | Self::Shared => directory.join("mail"),
        }
    }
}

/// One request for each step at a gateway.
pub(super) async fn requests(world: &World) {
    for step in PayoutStep::ALL {
        waiting(world, &format!("Waits for {step}"), *step).await;
    }
}

/// Opportunities that wait: for review, for verification, for an answer, for news.
pub(super) async fn opportunities(world: &World) {
    use crate::opportunity::{as_reviewer, claimed, drafted, form, joined, moved, vendor, verified};
    use entity::OpportunityOperation::{PassReview, Submit};
    let nothing = (None, None);
    vendor::office(world, "CN-EAST", "Shanghai").await;
    let (partner, offering) = joined(world, "Sharer").await;
    let member = crate::payment::as_partner(partner);
    for customer in ["Reviewed late", "Verified late"] {
        let id = drafted(world, partner, form(customer, offering)).await;
        moved(world, &member, id, Submit, nothing).await.unwrap();
        if customer == "Verified late" {
            claimed(world, id, "reviewer").await;
            moved(world, &as_reviewer(), id, PassReview, nothing).await.unwrap();
        }
    }
    verified(world, partner, form("Owes progress", offering)).await;
    vendor::able(world, "Able").await;
    vendor::able(world, "Able too").await;
    let id = vendor::shared(world, "Offered").await;
    vendor::offered(world, id, None).await.unwrap();
}
