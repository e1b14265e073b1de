//! Feedback of partners on incentive bills and their lines, with the vendor's answers.

use sea_orm::entity::prelude::*;

use crate::{
    AssociationMode, BillFeedbackId, BillLineKind, BillState, Currency, FeedbackState, IncentiveBillId,
    Month, NoRelation as Relation, PartnerId, Timestamp,
};

/// A partner's objection to a bill. It belongs to partner, month and currency, and to a group of performance:
/// keys and line numbers of estimated bills do not last.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, crate::Columns)]
#[sea_orm(table_name = "bill_feedback")]
pub struct Model {
    /// Primary key; the program makes it, in order of time.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: BillFeedbackId,
    /// Partner that the bill pays and that objects to it.
    pub partner_id: PartnerId,
    /// The bill's month.
    pub month: Month,
    /// The bill's currency.
    pub currency: Currency,
    /// The bill as it was then.
    pub bill_id: IncentiveBillId,
    /// State of the bill at the time of the feedback.
    pub bill_state: BillState,
    /// The number of the line then; none for the whole bill, as everything about the line.
    pub line_no: Option<i32>,
    /// Kind of the line; none for the whole bill.
    pub line_kind: Option<BillLineKind>,
    /// The month the line's performance belongs to.
    pub origin_month: Option<Month>,
    /// Partner whose performance the line pays: the bill's own, or one of its resellers.
    pub line_partner_id: Option<PartnerId>,
    /// The line's mode.
    pub mode: Option<AssociationMode>,
    /// The line's product class.
    pub product_class: Option<String>,
    /// Performance of bill or line then, in micros.
    pub basis: i64,
    /// Incentive of bill or line then, in micros.
    pub amount: i64,
    /// The objection, in the partner's words.
    pub note: String,
    /// State of the feedback.
    pub state: FeedbackState,
    /// The vendor's answer.
    pub answer: Option<String>,
    /// Subject of the operator's token that answered; none while open.
    pub answered_by: Option<String>,
    /// Instant of the answer; none while open.
    pub answered_at: Option<Timestamp>,
    /// The id of what mended it: an association, import, invoice or product.
    pub correction_entity: Option<String>,
    /// Subject of the token that gave it.
    pub created_by: String,
    /// Instant at which it was given.
    pub created_at: Timestamp,
    /// Instant at which it was answered or taken back.
    pub closed_at: Option<Timestamp>,
    /// Grows with every change.
    pub version: i32,
}

impl ActiveModelBehavior for ActiveModel {}
