//! PURE. What people read of a settlement bill and of what was sold: names as the vendor's portal shows them, in
//! Chinese and English.

use entity::{MarketplaceLineState, SettlementBillState, UnbilledReason};

use crate::kernel::lang::Lang;

const fn in_lang(en: &'static str, zh: &'static str, lang: Lang) -> &'static str {
    match lang {
        Lang::En => en,
        Lang::ZhCn => zh,
    }
}

/// The name of a bill's state.
#[must_use]
pub const fn of_bill(state: SettlementBillState, lang: Lang) -> &'static str {
    match state {
        SettlementBillState::Billed => in_lang("Billed", "已出账", lang),
        SettlementBillState::Carried => in_lang("Carried forward", "结转至下期", lang),
        SettlementBillState::Cancelled => in_lang("Void", "已作废", lang),
    }
}

/// The name of the state of what was sold.
#[must_use]
pub const fn of_line(state: MarketplaceLineState, lang: Lang) -> &'static str {
    match state {
        MarketplaceLineState::NotBilled => in_lang("To be billed", "待出账", lang),
        MarketplaceLineState::Billed => in_lang("Billed", "已出账", lang),
    }
}

/// Why something is not billed, and who can do something about it.
#[must_use]
pub const fn of_reason(reason: UnbilledReason, lang: Lang) -> &'static str {
    match reason {
        UnbilledReason::NotCertified => in_lang(
            "The seller's business information is not certified. It is billed by the next bill-out after that.",
            "商家商业信息未认证，认证通过后将在下一次出账时出账。",
            lang,
        ),
        UnbilledReason::NotPaid => in_lang("The customer has not paid yet.", "客户尚未付款。", lang),
        UnbilledReason::UnknownSeller => {
            in_lang("No partner sells under this name.", "没有伙伴使用该商家名称。", lang)
        }
        UnbilledReason::NoTerms => in_lang(
            "No fees are set for this category and month. Finance sets them.",
            "该类别及月份未设置费率，请由财务设置。",
            lang,
        ),
        UnbilledReason::NotDue => in_lang("The day of the bill-out has not come.", "未到出账日。", lang),
        UnbilledReason::NextBill => in_lang("It is part of the next bill.", "将计入下一期账单。", lang),
        UnbilledReason::Failed => in_lang(
            "The bill could not be made. Operations look into it.",
            "账单生成失败，请由运营处理。",
            lang,
        ),
    }
}
