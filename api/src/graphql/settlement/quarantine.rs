//! Partners that runs set aside.

use entity::settlement_quarantine;

use crate::graphql::schema::connection::Paged;
use crate::graphql::schema::object::{Object, Shown};

impl Shown for settlement_quarantine::Model {
    const NAME: &'static str = "SettlementQuarantine";

    fn object() -> Object<Self> {
        Object::<Self>::new("A partner that a run set aside, so that it could settle the others.")
            .one("partner", "The partner that was set aside.", |aside| Some(aside.partner_id))
            .text("code", "The reason; a stable code.", |aside| &aside.code)
            .text("detail", "What exactly stood in the way.", |aside| &aside.detail)
    }
}

impl Paged for settlement_quarantine::Model {
    const PAGE: &'static str = "A page of partners set aside.";
    const EDGE: &'static str = "A partner set aside, with its cursor.";
}
