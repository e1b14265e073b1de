//! What people read about the state of a bill: the source's word for it, and what the reader can do. PURE.

use entity::BillState;

use crate::kernel::actor::Principal;
use crate::kernel::lang::Lang;

/// The word for a state.
#[must_use]
pub const fn label(state: BillState, lang: Lang) -> &'static str {
    match (state, lang) {
        (BillState::Estimated, Lang::En) => "Estimated",
        (BillState::Estimated, Lang::ZhCn) => "预估",
        (BillState::Parked, Lang::En) => "Under review",
        (BillState::Parked, Lang::ZhCn) => "待复核",
        (BillState::PendingConfirm, Lang::En) => "To be confirmed",
        (BillState::PendingConfirm, Lang::ZhCn) => "待确认",
        (BillState::Issuing, Lang::En) => "Being issued",
        (BillState::Issuing, Lang::ZhCn) => "发放中",
        (BillState::Issued, Lang::En) => "Issued",
        (BillState::Issued, Lang::ZhCn) => "发放成功",
    }
}

/// What whoever reads it can do. `held` says that feedback on the bill is open.
#[must_use]
pub const fn hint(state: BillState, held: bool, reader: &Principal, lang: Lang) -> &'static str {
    let partner = matches!(reader, Principal::Partner { .. });
    if held && matches!(state, BillState::PendingConfirm) {
        return held_hint(partner, lang);
    }
    match (state, partner, lang) {
        (BillState::Estimated, true, Lang::En) => {
            "A forecast of the month; there is nothing to confirm yet. While the month is a draft you can give feedback."
        }
        (BillState::Estimated, true, Lang::ZhCn) => "本期预估金额，暂无需确认；初稿期间可提交反馈。",
        (BillState::Estimated, false, Lang::En) => "A forecast: the next settlement run writes it anew.",
        (BillState::Estimated, false, Lang::ZhCn) => "预估账单，下次结算时将重新生成。",
        (BillState::Parked, true, Lang::En) => {
            "The vendor reviews this bill because it is far off your recent ones. Please wait."
        }
        (BillState::Parked, true, Lang::ZhCn) => "该账单与近期账单差异较大，运营人员正在复核，请等待。",
        (BillState::Parked, false, Lang::En) => {
            "It is far off the partner's recent bills. Look at the performance it rests on, then release it."
        }
        (BillState::Parked, false, Lang::ZhCn) => "与该伙伴近期账单差异较大，请核对业绩后放行。",
        (BillState::PendingConfirm, true, Lang::En) => {
            "Confirm the bill or give feedback by the deadline; otherwise it is confirmed by itself."
        }
        (BillState::PendingConfirm, true, Lang::ZhCn) => {
            "请在截止日前确认账单或提交反馈，逾期未处理将自动确认。"
        }
        (BillState::PendingConfirm, false, Lang::En) => {
            "It waits for the partner; finance can confirm it instead."
        }
        (BillState::PendingConfirm, false, Lang::ZhCn) => "等待伙伴确认，财务人员可代为确认。",
        (BillState::Issuing, true, Lang::En) => "Confirmed; the vendor issues it. Please wait.",
        (BillState::Issuing, true, Lang::ZhCn) => "已确认，等待发放。",
        (BillState::Issuing, false, Lang::En) => "Confirmed; it is to be issued.",
        (BillState::Issuing, false, Lang::ZhCn) => "已确认，待发放。",
        (BillState::Issued, true, Lang::En) => "Issued: you can request its payment.",
        (BillState::Issued, true, Lang::ZhCn) => "已发放，可申请付款。",
        (BillState::Issued, false, Lang::En) => "Issued: the partner can request its payment.",
        (BillState::Issued, false, Lang::ZhCn) => "已发放，伙伴可申请付款。",
    }
}

/// The same while feedback holds up the confirmation.
const fn held_hint(partner: bool, lang: Lang) -> &'static str {
    match (partner, lang) {
        (true, Lang::En) => {
            "Your feedback waits for its answer; until then the bill is not confirmed. You can withdraw it."
        }
        (true, Lang::ZhCn) => "您的反馈正在等待答复，答复前账单不会被确认；您可以撤回反馈。",
        (false, Lang::En) => {
            "The partner's feedback waits for an answer; until then the bill is not confirmed."
        }
        (false, Lang::ZhCn) => "伙伴的反馈待答复，答复前账单不会被确认。",
    }
}
