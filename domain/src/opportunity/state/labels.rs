//! PURE. What people read of a state, in Chinese and English: the names of the vendor's portal where it has one.

use entity::{DuplicateGround as G, OpportunityReason as R, OpportunityState as S, RouteKind};

use crate::kernel::lang::Lang;
use crate::opportunity::duplicate::alike::Ground;

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

/// What a reason says.
#[must_use]
pub const fn reason(reason: R, lang: Lang) -> &'static str {
    let (en, zh) = match reason {
        R::NotExistOrTraded => (
            "the customer says that it does not exist or was traded already",
            "客户确认机会点不存在或已完成交易",
        ),
        R::NoBudgetOrDate => {
            ("the customer has no budget or no clear time of ordering", "客户没有预算或没有明确的下单时间")
        }
        R::UnrelatedNoIncrement => (
            "the need has nothing to do with the vendor's cloud and brings no additional revenue",
            "客户需求与云厂商无关，无法获得增量收入",
        ),
        R::Duplicate => {
            ("it repeats another opportunity; only one passes", "与其他机会点重复，仅允许一个通过")
        }
        R::Expired => ("nobody acted in time", "逾期未处理"),
        R::Incomplete => ("something is missing", "信息不完整"),
        R::Unreasonable => ("it is not reasonable", "不合理"),
        R::NoCapacity => ("no capacity", "没有足够的资源"),
        R::OutOfScope => ("out of the partner's region or business", "超出业务范围"),
        R::Conflict => ("a conflict of interest", "存在利益冲突"),
        R::Competitor => ("a competitor won", "竞争对手中标"),
        R::Price => ("too expensive", "价格过高"),
        R::NoFit => ("the solution did not fit", "方案不匹配"),
        R::CustomerGaveUp => ("the customer gave it up or put it off", "客户取消或推迟"),
        R::Other => ("another reason", "其他原因"),
    };
    match lang {
        Lang::En => en,
        Lang::ZhCn => zh,
    }
}

/// Why an opportunity is where it is; `detail` is the customer, the area, or who gave it.
#[must_use]
pub fn why_here(route: RouteKind, detail: &str, lang: Lang) -> String {
    let (en, zh) = match route {
        RouteKind::ExistingCustomer => ("this office owns the customer", "客户归属本代表处"),
        RouteKind::CustomerLocation => {
            ("this office looks after the customer's place", "客户所在地属于本代表处")
        }
        RouteKind::Coordinator => (
            "no office with people looks after the customer's place: a coordinator distributes it",
            "没有匹配的代表处，由协调人分发",
        ),
        RouteKind::Reassigned => ("it was given to this office", "已转交至本代表处"),
        RouteKind::Escalated => {
            ("nobody reviewed it in time: a coordinator looks after it", "逾期未审核，由协调人处理")
        }
    };
    match (lang, detail.is_empty()) {
        (Lang::En, true) => en.to_owned(),
        (Lang::En, false) => format!("{en} ({detail})"),
        (Lang::ZhCn, true) => zh.to_owned(),
        (Lang::ZhCn, false) => format!("{zh}（{detail}）"),
    }
}

/// Why two opportunities seem to be the same; parts per million are told as percents.
#[must_use]
pub fn ground(ground: Ground, lang: Lang) -> String {
    let percent = ground.value / 10_000;
    let months = ground.value;
    match (ground.ground, lang) {
        (G::SameCustomer, Lang::En) => "the same customer account".into(),
        (G::SameCustomer, Lang::ZhCn) => "客户账号相同".into(),
        (G::CreditCode, Lang::En) => "the same credit code".into(),
        (G::CreditCode, Lang::ZhCn) => "统一社会信用代码相同".into(),
        (G::NameEqual, Lang::En) => "the same customer name but for legal form, case and signs".into(),
        (G::NameEqual, Lang::ZhCn) => "客户名称相同（不计组织形式、大小写与符号）".into(),
        (G::NameSimilar, Lang::En) => format!("customer names {percent} % alike"),
        (G::NameSimilar, Lang::ZhCn) => format!("客户名称相似度 {percent}%"),
        (G::NameProperSimilar, Lang::En) => {
            format!("customer names {percent} % alike without places and words of a trade")
        }
        (G::NameProperSimilar, Lang::ZhCn) => format!("去除地名与行业词后客户名称相似度 {percent}%"),
        (G::SameFamily, Lang::En) => "the same product family".into(),
        (G::SameFamily, Lang::ZhCn) => "产品类别相同".into(),
        (G::FamilyUnknown, Lang::En) => "one of them names no product family".into(),
        (G::FamilyUnknown, Lang::ZhCn) => "其中一个未说明产品类别".into(),
        (G::WindowOverlaps, Lang::En) => format!("{months} months in common in which they may be bought"),
        (G::WindowOverlaps, Lang::ZhCn) => format!("预计采购时间窗口重叠 {months} 个月"),
    }
}
