//! Things of which there is one: in all, in a month, for a partner, or for a customer.

use std::collections::HashMap;
use std::sync::Arc;

use async_graphql::dataloader::Loader;
use domain::money::incentive::terms;
use domain::programme::settings;
use domain::{Error, reading};
use entity::{
    BusinessId, CustomerId, CustomerProfileId, Month, MonthId, PartnerId, PayoutTermsId, PceProfileId,
    PreferenceId, ProgrammeId, ViewId, business_information, customer_profile, opportunity_view,
    payout_preference, payout_terms, pce_profile, programme, settlement_month,
};

use super::{Loaded, Rows};

/// The one number of what there is once.
const ONE: i64 = 1;

/// Declares loaders of what there is once: the caller's right to it is the guard of its kind.
macro_rules! once {
    ($($id:ident => $model:ty, |$rows:ident| $read:expr;)+) => {$(
        impl Loader<$id> for Rows {
            type Value = $model;
            type Error = Arc<Error>;

            async fn load(&self, ids: &[$id]) -> Loaded<$id, $model> {
                if !ids.contains(&$id(ONE)) {
                    return Ok(HashMap::new());
                }
                let $rows = self;
                Ok(HashMap::from([($id(ONE), $read.await?)]))
            }
        }
    )+};
}

once! {
    ProgrammeId => programme::Model, |rows| settings::load(rows.store.db());
    PayoutTermsId => payout_terms::Model, |rows| terms::load(rows.store.db());
}

/// Declares loaders of what there is once for each owner, by the owner's key.
macro_rules! once_each {
    ($($id:ident of $owner:ident => $model:ty, |$rows:ident, $owners:ident| $read:expr, $key:ident;)+) => {$(
        impl Loader<$id> for Rows {
            type Value = $model;
            type Error = Arc<Error>;

            async fn load(&self, ids: &[$id]) -> Loaded<$id, $model> {
                let $owners: Vec<_> = ids.iter().map(|id| $owner(id.0)).collect();
                let $rows = self;
                let found = $read.await?;
                Ok(found.into_iter().map(|row| ($id(row.$key.0), row)).collect())
            }
        }
    )+};
}

once_each! {
    BusinessId of PartnerId => business_information::Model,
        |rows, partners| reading::money::ledger::businesses(&rows.store, rows.scope, &partners), partner_id;
    PreferenceId of PartnerId => payout_preference::Model,
        |rows, partners| reading::money::entitlement::preferences(&rows.store, rows.scope, &partners), partner_id;
    PceProfileId of PartnerId => pce_profile::Model,
        |rows, partners| reading::opportunity::membership::profiles(&rows.store, rows.scope, &partners), partner_id;
    CustomerProfileId of CustomerId => customer_profile::Model,
        |rows, customers| reading::programme::customer::profiles(&rows.store, rows.scope, &customers), customer_id;
}

/// Months by their ids.
impl Loader<MonthId> for Rows {
    type Value = settlement_month::Model;
    type Error = Arc<Error>;

    async fn load(&self, ids: &[MonthId]) -> Loaded<MonthId, settlement_month::Model> {
        let months: Vec<_> = ids.iter().filter_map(|id| i32::try_from(id.0).ok().map(Month)).collect();
        let found = Loader::<Month>::load(self, &months).await?;
        Ok(found.into_iter().map(|(month, row)| (MonthId(month.0.into()), row)).collect())
    }
}

/// The caller's own views.
impl Loader<ViewId> for Rows {
    type Value = opportunity_view::Model;
    type Error = Arc<Error>;

    async fn load(&self, ids: &[ViewId]) -> Loaded<ViewId, opportunity_view::Model> {
        let views = reading::opportunity::rows::views(&self.actor.subject);
        let rows = views.by_ids(&self.store, "id", ids.iter().map(|id| id.0.into()).collect()).await?;
        Ok(rows.into_iter().map(|row| (row.id, row)).collect())
    }
}
