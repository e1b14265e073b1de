//! PURE. What people read of a state, in Chinese and English: the names of the vendor's portal where it has one.

use entity::OpportunityState as S;

use crate::lang::Lang;

/// The name of a state.
#[must_use]
pub const fn label(state: S, lang: Lang) -> &'static str {
    let (en, zh) = match state {
        S::Draft => ("Draft", "草稿"),
        S::InReview => ("In review", "审核中"),
        S::ReviewRejected => ("Sent back", "审核驳回"),
        S::Verifying => ("Being verified", "验证中"),
        S::Verified => ("Verified", "机会点验证通过"),
        S::Rejected => ("Rejected", "驳回"),
        S::ToOffer => ("To be offered", "待分发"),
        S::PendingAccept => ("To be accepted", "待接受"),
        S::Refused => ("Refused", "已拒绝"),
        S::RefusedTimeout => ("Refused: not answered in time", "超时拒绝"),
        S::Accepted => ("Accepted", "已接受"),
        S::InProgress => ("In progress", "更新进展"),
        S::Won => ("Signed", "已签单"),
        S::Delivered => ("Delivered", "交付完成"),
        S::Lost => ("Lost", "已丢单"),
        S::Closed => ("Closed", "已关闭"),
    };
    match lang {
        Lang::En => en,
        Lang::ZhCn => zh,
    }
}
