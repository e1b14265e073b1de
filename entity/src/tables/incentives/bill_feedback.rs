//! What a partner finds wrong with an incentive bill or one of its lines, and what the vendor answered.

use sea_orm::entity::prelude::*;

use crate::{
    AssociationMode, BillFeedbackId, BillLineKind, BillState, Currency, FeedbackState, IncentiveBillId,
    Month, NoRelation as Relation, PartnerId, Timestamp,
};

/// What a partner finds wrong with a bill. It belongs to partner, month and currency, and to a group of performance:
/// keys and line numbers of estimated bills do not last.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, crate::Columns)]
#[sea_orm(table_name = "bill_feedback")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: BillFeedbackId,
    /// Whose bill, and who says so.
    pub partner_id: PartnerId,
    /// The bill's month.
    pub month: Month,
    /// The bill's currency.
    pub currency: Currency,
    /// The bill as it was then.
    pub bill_id: IncentiveBillId,
    /// Where the bill stood then.
    pub bill_state: BillState,
    /// The number of the line then; none for the whole bill, as everything about the line.
    pub line_no: Option<i32>,
    /// What the line is.
    pub line_kind: Option<BillLineKind>,
    /// The month the line's performance belongs to.
    pub origin_month: Option<Month>,
    /// Whose performance it is.
    pub line_partner_id: Option<PartnerId>,
    /// The line's mode.
    pub mode: Option<AssociationMode>,
    /// The line's product class.
    pub product_class: Option<String>,
    /// Performance of bill or line then, in micros.
    pub basis: i64,
    /// Incentive of bill or line then, in micros.
    pub amount: i64,
    /// What is wrong, in the partner's words.
    pub note: String,
    /// Where it stands.
    pub state: FeedbackState,
    /// The vendor's answer.
    pub answer: Option<String>,
    /// Who answered.
    pub answered_by: Option<String>,
    /// When.
    pub answered_at: Option<Timestamp>,
    /// The id of what mended it: an association, import, invoice or product.
    pub correction_entity: Option<String>,
    /// Who said it.
    pub created_by: String,
    /// When.
    pub created_at: Timestamp,
    /// When it was answered or taken back.
    pub closed_at: Option<Timestamp>,
    /// Grows with every change.
    pub version: i32,
}

impl ActiveModelBehavior for ActiveModel {}
