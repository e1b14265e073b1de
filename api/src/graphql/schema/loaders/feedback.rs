//! What feedback belongs to now, for many pieces of feedback in one statement.

use std::sync::Arc;

use async_graphql::dataloader::Loader;
use domain::Error;
use domain::reading;
use domain::reading::settlement::bill::Line;
use entity::{BillFeedbackId, IncentiveBillId, incentive_bill};

use super::{Loaded, Rows};

/// The bill that feedback belongs to.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct BillOf(pub(crate) BillFeedbackId);

impl Loader<BillOf> for Rows {
    type Value = incentive_bill::Model;
    type Error = Arc<Error>;

    async fn load(&self, keys: &[BillOf]) -> Loaded<BillOf, incentive_bill::Model> {
        let ids: Vec<_> = keys.iter().map(|key| key.0).collect();
        let bills = reading::settlement::feedback::bills(&self.store, self.scope, &ids).await?;
        Ok(bills.into_iter().map(|(id, bill)| (BillOf(id), bill)).collect())
    }
}

/// Whether open feedback holds a bill up.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct HeldUp(pub(crate) IncentiveBillId);

impl Loader<HeldUp> for Rows {
    type Value = ();
    type Error = Arc<Error>;

    async fn load(&self, keys: &[HeldUp]) -> Loaded<HeldUp, ()> {
        let ids: Vec<_> = keys.iter().map(|key| key.0).collect();
        let held = reading::settlement::feedback::held(&self.store, self.scope, &ids).await?;
        Ok(held.into_iter().map(|id| (HeldUp(id), ())).collect())
    }
}

/// The line that feedback is about.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct LineOf(pub(crate) BillFeedbackId);

impl Loader<LineOf> for Rows {
    type Value = Line;
    type Error = Arc<Error>;

    async fn load(&self, keys: &[LineOf]) -> Loaded<LineOf, Line> {
        let ids: Vec<_> = keys.iter().map(|key| key.0).collect();
        let lines = reading::settlement::feedback::lines(&self.store, self.scope, &ids).await?;
        Ok(lines.into_iter().map(|(id, line)| (LineOf(id), line)).collect())
    }
}
