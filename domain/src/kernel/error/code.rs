//! The closed list of refusals, each with its code, the vendor's catalogue code and its text in two languages. PURE.

use serde::{Deserialize, Serialize};

use super::detail;
use crate::kernel::lang::Lang;

macro_rules! codes {
    ($($(#[doc = $doc:literal])+ $name:ident = $text:literal, $cbc:expr, $en:literal, $zh:literal;)+) => {
        entity::listed! {
            /// Reason for which a request was refused. New values may be added; treat one you do not know as
            /// a plain refusal.
            Code as "UserErrorCode"; [derive(Serialize, Deserialize)] {
                $($(#[doc = $doc])+ $name [serde(rename = $text)] = $text,)+
            }
        }

        impl Code {
            /// The vendor's catalogue code, where it has one.
            #[must_use]
            pub const fn cbc(self) -> Option<&'static str> { match self { $(Self::$name => $cbc,)+ } }

            /// The message; `{}` stands for the detail.
            #[must_use]
            pub const fn template(self, lang: Lang) -> &'static str {
                match (self, lang) { $((Self::$name, Lang::En) => $en, (Self::$name, Lang::ZhCn) => $zh,)+ }
            }
        }
    };
}

codes! {
    /// A value that cannot be read or is out of bounds.
    Invalid = "INVALID", Some("CBC.0101"), "{}", "参数无效：{}";
    /// Something that is named does not exist, or belongs to somebody else.
    NotFound = "NOT_FOUND", Some("CBC.0101"), "{} does not exist.", "{} 不存在。";
    /// The same thing exists already.
    AlreadyExists = "ALREADY_EXISTS", Some("CBC.0101"), "{} exists already.", "{} 已存在。";
    /// The caller may not do this.
    NotAllowed = "NOT_ALLOWED", Some("CBC.0151"), "You may not do this: {}.", "没有权限：{}。";
    /// The key was used for another input.
    IdempotencyKeyReused = "IDEMPOTENCY_KEY_REUSED", Some("CBC.99007009"),
        "The idempotency key was used before with another input. Use a new key for a new request. {}",
        "该幂等键已用于不同的请求，请为新请求使用新的键。{}";
    /// Somebody else changed it first.
    VersionConflict = "VERSION_CONFLICT", None,
        "It was changed by somebody else (now version {}). Load it again and repeat your change.",
        "数据已被他人修改（当前版本 {}），请重新加载后再试。";
    /// The customer has a partner in that time.
    AssociationOverlaps = "ASSOCIATION_OVERLAPS", Some("CBC.0150"),
        "The customer is already associated with a partner in that time: {}. End that association first.",
        "客户在该时间段内已关联伙伴：{}。请先解除原关联。";
    /// The reseller has a distributor in that time.
    LinkOverlaps = "LINK_OVERLAPS", Some("CBC.99000037"),
        "The reseller already belongs to a distributor in that time: {}.",
        "云经销商在该时间段内已关联总经销商：{}。";
    /// This distributor may not have customers of its own.
    DistributorMayNotAssociate = "DISTRIBUTOR_MAY_NOT_ASSOCIATE", Some("CBC.50010059"),
        "This distributor may not associate customers itself: {}.",
        "该总经销商不允许直接关联客户：{}。";
    /// A reseller without a distributor cannot take customers.
    ResellerWithoutDistributor = "RESELLER_WITHOUT_DISTRIBUTOR", Some("CBC.50010065"),
        "The reseller has no distributor at that time: {}.",
        "云经销商在该时间没有所属总经销商：{}。";
    /// The partner is of the wrong kind.
    WrongPartnerKind = "WRONG_PARTNER_KIND", Some("CBC.0150"), "The partner is of the wrong kind: {}.", "伙伴类型不符：{}。";
    /// Distributor and reseller are of different regions.
    RegionMismatch = "REGION_MISMATCH", Some("CBC.0150"),
        "Distributor and reseller must be of the same business region: {}.",
        "总经销商与云经销商必须属于同一业务开展地区：{}。";
    /// The account belongs to another customer.
    AccountLinked = "ACCOUNT_LINKED", Some("CBC.0150"),
        "The account belongs to another customer: {}.", "该账号已属于其他客户：{}。";
    /// The month is final.
    MonthClosed = "MONTH_CLOSED", Some("CBC.0150"),
        "Month {} is final: nothing of it changes. Later facts become corrections in the open month.",
        "月份 {} 已终稿，不可再更改；后续数据将作为更正计入未关闭月份。";
    /// An earlier month is not final.
    EarlierMonthOpen = "EARLIER_MONTH_OPEN", Some("CBC.0150"),
        "Months become final in order: settle {} first.", "月份须按顺序终稿，请先结算 {}。";
    /// Something of the checklist holds the month up.
    CloseBlocked = "CLOSE_BLOCKED", Some("CBC.0150"),
        "The month cannot become final yet: {}. Mend it, or acknowledge it by name.",
        "该月份尚不能终稿：{}。请先处理，或按名称确认后再终稿。";
    /// Nothing of the month is known.
    MonthUnknown = "MONTH_UNKNOWN", Some("CBC.0150"),
        "Nothing of month {} is known: no payment was ever taken in for it.",
        "月份 {} 没有任何数据：从未导入过该月的账单。";
    /// The month has not ended.
    MonthNotOver = "MONTH_NOT_OVER", Some("CBC.0150"),
        "Month {} has not ended: only an estimate can be made.", "月份 {} 尚未结束，只能生成预估。";
    /// A run of this month and kind exists.
    RunExists = "RUN_EXISTS", Some("CBC.99007461"),
        "There is a live run of this month and kind: {}. Wait for it, resume it or cancel it.",
        "该月份已有同类结算任务：{}，请等待、恢复或取消。";
    /// An import is under way.
    ImportRunning = "IMPORT_RUNNING", Some("CBC.99007461"),
        "Import {} is under way: a month becomes final when it has ended. Wait for it, or go on with it if its process ended.",
        "导入 {} 正在进行：须待其结束后月份才能终稿。请等待；若其进程已中断，请继续该导入。";
    /// Not possible in this state.
    WrongState = "WRONG_STATE", Some("CBC.0150"), "Not possible in state {}.", "当前状态 {} 不允许该操作。";
    /// A row of a calendar is wrong.
    CalendarRow = "CALENDAR_ROW", Some("CBC.0101"),
        "Row {} cannot be taken in. A day is written 2026-10-01 and stands once, working is true or false, names have 1 to 100 characters.",
        "第 {} 有误，无法导入。日期写作 2026-10-01 且不得重复，working 为 true 或 false，名称为 1 至 100 个字符。";
    /// The database is not a demonstration's.
    ClockNotSettable = "CLOCK_NOT_SETTABLE", None,
        "The clock of this database cannot be set: it was not made by `partner-center demo`.{}",
        "该数据库的时钟不可设置：它不是由 `partner-center demo` 创建的。{}";
    /// A clock never goes back.
    ClockMovesOn = "CLOCK_MOVES_ON", None,
        "The clock only moves on, and stands at {} already.", "时钟只能前进，当前已为 {}。";
    /// Nobody said where files are kept.
    NoFileStore = "NO_FILE_STORE", Some("CBC.0150"),
        "This installation keeps no files: its operator has to set PARTNER_CENTER_FILES_URL. {}",
        "本系统未配置文件存储，请管理员设置 PARTNER_CENTER_FILES_URL。{}";
    /// The file is too large.
    FileTooLarge = "FILE_TOO_LARGE", Some("CBC.0101"),
        "The file is too large: at most {} bytes.", "文件过大：最多 {} 字节。";
    /// The file is not of an accepted kind, or not what its name says.
    FileKind = "FILE_KIND", Some("CBC.0101"),
        "The file is of no kind accepted here, or not what its name says: {}. Send a PDF, OFD, XML, PNG or JPEG file.",
        "文件类型不受支持，或与文件名不符：{}。请上传 PDF、OFD、XML、PNG 或 JPEG 文件。";
    /// So much waits already that more would only wait.
    LimitReached = "LIMIT_REACHED", None,
        "Too much of yours is under way: at most {} at once. Wait for the others.",
        "您正在进行的任务过多：同时最多 {} 个，请等待其完成。";
    /// Another policy covers the same months.
    PolicyOverlaps = "POLICY_OVERLAPS", Some("CBC.0101"),
        "Another version of the incentive policy begins in the same month: {}.",
        "已有激励政策版本从同一月份开始：{}。";
    /// Nobody is on the list of approvers for such a bill.
    NoApprover = "NO_APPROVER", Some("CBC.0150"),
        "The list of approvers names nobody for this bill who did not make or start it (category {}). Add an approver.",
        "会签名单中没有可审批该账单的其他人员（类别 {}），请先添加会签人。";
    /// Nobody approves what he made, or twice.
    FourEyes = "FOUR_EYES", Some("CBC.0151"),
        "Another person has to do this: {} did the step before.", "须由其他人员操作：{} 已执行上一步。";
    /// The caller was not asked to vote, or has voted.
    NotAsked = "NOT_ASKED", Some("CBC.0151"),
        "{} is not asked in this round, or has voted already.", "{} 不在本轮会签人中，或已表决。";
    /// A refusal needs a reason.
    ReasonRequired = "REASON_REQUIRED", Some("CBC.0101"), "{} needs a reason.", "{} 必须填写原因。";
    /// The business information is not certified.
    NotCertified = "NOT_CERTIFIED", Some("CBC.99007004"),
        "The partner's business information is not certified ({}). Finance certifies it.",
        "伙伴商业信息未认证（{}），请先由财务完成认证。";
    /// The invoices do not come to the amount, or are not signed for.
    InvoicesIncomplete = "INVOICES_INCOMPLETE", Some("CBC.99007004"),
        "The invoices are not complete: {}.", "发票不完整：{}。";
    /// The taxpayer of an invoice is not the certified one.
    TaxpayerDiffers = "TAXPAYER_DIFFERS", Some("CBC.0101"),
        "The invoice must bear the certified taxpayer number: {}.", "发票纳税人识别号须与已认证信息一致：{}。";
    /// Invoices would come to more than the request.
    InvoicesExceed = "INVOICES_EXCEED", Some("CBC.99006055"),
        "The invoices would come to more than the payment request: {}.", "发票金额合计超过申付金额：{}。";
    /// Nothing is left to be paid.
    NothingToPay = "NOTHING_TO_PAY", Some("CBC.99005003"),
        "What would be paid is not above zero: {}. It is carried forward.", "可支付金额不大于零：{}，将结转至下期。";
    /// The amount to be paid is less than the least amount.
    BelowMinimum = "BELOW_MINIMUM", Some("CBC.99007004"),
        "It is less than the least amount of a request: {}. It is carried forward.", "低于最低申请金额：{}，将结转至下期。";
    /// The way of payment is not for this business.
    WayNotAllowed = "WAY_NOT_ALLOWED", Some("CBC.0101"),
        "This way of payment is not for business of this mode: {}.", "该关联类型不支持此发放方式：{}。";
    /// The holding period is not over.
    NotYetAvailable = "NOT_YET_AVAILABLE", Some("CBC.99007004"),
        "It can be requested from {} on.", "可申请时间为 {} 起。";
    /// Another request holds it.
    AlreadyRequested = "ALREADY_REQUESTED", Some("CBC.99007009"),
        "It is part of payment request {} already.", "已包含在付款申请 {} 中。";
    /// Somebody finds something wrong with the bill.
    FeedbackOpen = "FEEDBACK_OPEN", Some("CBC.0150"),
        "Feedback on this bill waits for its answer: {}. Wait for the answer, or withdraw the feedback, then confirm.",
        "该账单有待答复的反馈：{}。请等待答复或撤回反馈后再确认。";
    /// The customer, or its province, is not said.
    CustomerMissing = "CUSTOMER_MISSING", Some("CBC.0101"), "Say who the customer is and in which province. {}", "请填写客户名称及所在省份。{}";
    /// Nobody is named at the customer, or no way to reach that person.
    ContactMissing = "CONTACT_MISSING", Some("CBC.0101"),
        "Name a person at the customer and a telephone number or mail address. {}", "请填写客户联系人及其电话或邮箱。{}";
    /// Nothing was done for it yet.
    ActivityMissing = "ACTIVITY_MISSING", Some("CBC.0101"),
        "Say what you have done for it: meetings, alignment, a discussed solution. {}", "请填写已开展的售前活动。{}";
    /// It is not described.
    DescriptionTooShort = "DESCRIPTION_TOO_SHORT", Some("CBC.0101"),
        "Describe it: budget, decision maker, need and time, in at least {} characters.",
        "请按 BANT（预算、决策人、需求、时间）描述，至少 {} 个字符。";
    /// There is no budget and no plan of one.
    BudgetMissing = "BUDGET_MISSING", Some("CBC.0101"),
        "The customer needs a budget or a first plan of investment. {}", "客户须有预算或初步投资计划。{}";
    /// Nobody who decides is named.
    DecisionMakerMissing = "DECISION_MAKER_MISSING", Some("CBC.0101"), "Say who decides at the customer. {}", "请填写客户决策人。{}";
    /// The need is not said.
    NeedMissing = "NEED_MISSING", Some("CBC.0101"), "Say what the customer needs. {}", "请填写客户需求。{}";
    /// The time of the purchase is not said.
    PurchaseTimeMissing = "PURCHASE_TIME_MISSING", Some("CBC.0101"),
        "Say when the customer is expected to sign. {}", "请填写预计签单时间。{}";
    /// It was to be bought already.
    PurchaseTimePast = "PURCHASE_TIME_PAST", Some("CBC.0101"),
        "The expected day of signing is past: it must not be before {}.", "预计签单时间已过，不得早于 {}。";
    /// It is bought too late.
    PurchaseTooFar = "PURCHASE_TOO_FAR", Some("CBC.0101"),
        "The customer is to buy within a year, until {}, or be in an early phase: top-level design, planning, preparation of a tender.",
        "客户须在一年内（{} 前）采购，或处于顶层设计、规划、准备标书等初期阶段。";
    /// It brings no revenue worth the work.
    RevenueTooSmall = "REVENUE_TOO_SMALL", Some("CBC.0101"),
        "The vendor's expected revenue must be at least {}.", "预计厂商收入至少为 {}。";
    /// The customer has not agreed.
    ConsentMissing = "CONSENT_MISSING", Some("CBC.0101"),
        "The customer has to agree that its data is shared with the vendor. {}", "须取得客户同意后方可向厂商共享其信息。{}";
    /// This may not be changed there.
    FieldNotEditable = "FIELD_NOT_EDITABLE", Some("CBC.0150"),
        "It cannot be changed where it stands: {}. See editableFields.", "当前状态不可修改：{}。请参见 editableFields。";
    /// The partner did not join the frame of shared opportunities.
    PceNotJoined = "PCE_NOT_JOINED", Some("CBC.0151"),
        "The partner has not joined PCE: it accepts the terms first ({}).", "伙伴尚未加入 PCE，请先同意条款（{}）。";
    /// The reviewer has not claimed it.
    NotClaimed = "NOT_CLAIMED", Some("CBC.0151"),
        "Claim the opportunity first: who works on it now is {}.", "请先领取该机会点，当前处理人：{}。";
    /// Another reviewer works on it.
    ClaimedByOther = "CLAIMED_BY_OTHER", Some("CBC.0151"),
        "{} works on it. Ask for it to be let go, or a coordinator to take it over.", "{} 正在处理，请联系其释放或由协调人接管。";
    /// The reviewer does not work in the office that looks after it.
    NotOfItsOffice = "NOT_OF_ITS_OFFICE", Some("CBC.0151"),
        "{} does not work in the office that looks after it, and does not coordinate.", "{} 不属于负责该机会点的代表处，也不是协调人。";
    /// No offering of the partner goes with it.
    OfferingMissing = "OFFERING_MISSING", Some("CBC.0150"),
        "No offering of the partner goes with it: attach one before it passes review ({}).",
        "未关联伙伴自有产品或方案，审核通过前须补充（{}）。";
    /// Another opportunity that it repeats passed.
    DuplicateOpportunity = "DUPLICATE_OPPORTUNITY", Some("CBC.99007009"),
        "It repeats an opportunity that passed already: only one passes. {}",
        "与已通过的机会点重复，仅允许一个通过。{}";
    /// Another opportunity that it repeats has to be decided first.
    DuplicateUndecided = "DUPLICATE_UNDECIDED", Some("CBC.0150"),
        "It repeats an opportunity that came before and has to be decided first. {}",
        "与先提交的机会点重复，须先处理该机会点。{}";
    /// Nobody works in the office.
    OfficeWithoutPeople = "OFFICE_WITHOUT_PEOPLE", Some("CBC.0150"),
        "Nobody works in the office {}: take its people in first (officeImport).", "代表处 {} 尚无人员，请先导入人员（officeImport）。";
    /// It seems to repeat an opportunity that passed, and nobody decided on the two.
    DuplicateSuspected = "DUPLICATE_SUSPECTED", Some("CBC.0150"),
        "It seems to repeat {}, which passed: decide on the two first (opportunityDuplicateDecide; `duplicates` says why).",
        "疑似与已通过的机会点 {} 重复，请先判定（opportunityDuplicateDecide，依据见 duplicates）。";
    /// The person is hidden by the side that entered it.
    ContactHidden = "CONTACT_HIDDEN", Some("CBC.0151"),
        "The other side hides the person, so that only it can change it. {}", "对方已隐藏该联系人，仅对方可修改。{}";
    /// The rule holds two opportunities to be the same, whatever somebody finds.
    DuplicateByRule = "DUPLICATE_BY_RULE", Some("CBC.0150"),
        "Both name the same customer ({}), product family and time: by the rule they are the same. Send one back \
         for what is wrong of it: the credit code, the offering or the day of signing.",
        "两个机会点的客户（{}）、产品类别与时间窗口相同，按规则视为重复。如信用代码、产品或预计签约日期有误，请退回修改。";
    /// Another version of the terms is in force.
    TermsOutdated = "TERMS_OUTDATED", Some("CBC.0101"),
        "The terms in force are version {}: read them and accept that version.", "当前生效的条款版本为 {}，请阅读后按该版本同意。";
    /// Not everything was ticked.
    CommitmentMissing = "COMMITMENT_MISSING", Some("CBC.0101"),
        "Every commitment has to be ticked; missing: {}.", "须勾选全部承诺，尚缺：{}。";
    /// An opportunity cannot be offered to this partner.
    NotEligible = "NOT_ELIGIBLE", Some("CBC.0151"),
        "It cannot be offered to this partner; what does not hold: {}. Query recipients says more.",
        "不能分发给该伙伴，未满足：{}。详见 recipients 查询。";
    /// There is nobody to whom an opportunity could be offered.
    NoRecipient = "NO_RECIPIENT", Some("CBC.0150"),
        "There is no partner to whom it could be offered: query recipients says why. {}",
        "没有可分发的伙伴，原因详见 recipients 查询。{}";
    /// The offer was not answered in time.
    OfferExpired = "OFFER_EXPIRED", Some("CBC.0150"),
        "The offer had to be answered before {}: it is taken back.", "该机会点须在 {} 之前接受，现已收回。";
    /// The account is of another customer.
    AccountOfOther = "ACCOUNT_OF_OTHER", Some("CBC.0150"),
        "The account {} is not of the opportunity's customer.", "账号 {} 不属于该机会点的客户。";
    /// The order belongs to another opportunity.
    OrderOfOther = "ORDER_OF_OTHER", Some("CBC.0150"),
        "The order {} belongs to another opportunity.", "订单 {} 已关联其他机会点。";
    /// The vendor's own opportunities earn no claim.
    PceNotPartners = "PCE_NOT_PARTNERS", Some("CBC.0150"),
        "Only opportunities that partners share earn this incentive: {} is the vendor's own.",
        "仅伙伴共享的机会点可申请该激励：{} 为厂商机会点。";
    /// The customer has not signed.
    PceNotSigned = "PCE_NOT_SIGNED", Some("CBC.0150"),
        "The incentive is claimed once the customer signed: WON or DELIVERED, not {}.",
        "机会点签单或交付完成后方可申请激励，当前状态：{}。";
    /// The partner is not on the list of core partners.
    PceNotCore = "PCE_NOT_CORE", Some("CBC.0151"),
        "Only partners that joined PCE and are on the core map earn cash incentives ({}).",
        "仅已加入 PCE 且在核心伙伴名单内的伙伴可获得现金激励（{}）。";
    /// The offering is not on the white list.
    PceOfferingNotListed = "PCE_OFFERING_NOT_LISTED", Some("CBC.0150"),
        "The offering that goes with the opportunity is not on the vendor's white list ({}).",
        "机会点关联的产品或方案不在厂商白名单内（{}）。";
    /// No account is linked.
    PceNoAccount = "PCE_NO_ACCOUNT", Some("CBC.0150"),
        "Link the account in which the customer buys first ({}).", "请先关联客户的云账号（{}）。";
    /// No order is linked.
    PceNoOrder = "PCE_NO_ORDER", Some("CBC.0150"),
        "Link the order of the customer first ({}).", "请先关联客户订单（{}）。";
    /// The customer is no enterprise.
    PceNotEnterprise = "PCE_NOT_ENTERPRISE", Some("CBC.0150"),
        "The customer must be verified as an enterprise ({}).", "客户须为已实名认证的企业（{}）。";
    /// The names differ.
    PceNameDiffers = "PCE_NAME_DIFFERS", Some("CBC.0150"),
        "The customer's name {} differs from the real name of the account that consumes.",
        "客户名称 {} 与消费账号的实名信息不一致。";
    /// No policy is for the month of signing.
    PceNoPolicy = "PCE_NO_POLICY", Some("CBC.0150"),
        "No policy of the incentive is for what was signed in {}.", "{} 签单的机会点无适用的激励政策。";
    /// It was claimed already.
    PceClaimedAlready = "PCE_CLAIMED_ALREADY", Some("CBC.0150"),
        "An opportunity is claimed once: see {}.", "每个机会点仅可申请一次激励：请参见 {}。";
    /// Another claim rests on the same.
    PceGroundTaken = "PCE_GROUND_TAKEN", Some("CBC.0150"),
        "Another claim rests on it: an order, or the cash of an account in a month, supports one claim ({}).",
        "已被其他激励申请使用：同一订单或同一账号同一月份的现金消费仅可支持一个申请（{}）。";
    /// An incentive claim rests on the opportunity.
    PceClaimUnderWay = "PCE_CLAIM_UNDER_WAY", Some("CBC.0150"),
        "An incentive claim rests on it and stands in {}: it is given up only where the claim was sent back.",
        "该机会点存在处于 {} 的激励申请，申请被驳回后方可关闭。";
    /// It comes to nothing.
    PceNothingEarned = "PCE_NOTHING_EARNED", Some("CBC.0150"),
        "The claim comes to nothing yet: cash paid {}, and the caps of its policy leave nothing.",
        "该激励申请金额为零：已付现金 {}，或政策上限已用尽。";
    /// Payouts do not go to the sandbox here.
    NoSandbox = "NO_SANDBOX", Some("CBC.0150"),
        "Payouts do not go to the sandbox here: set PARTNER_CENTER_PAYOUT_GATEWAY=sandbox. {}",
        "当前未使用付款沙箱：请设置 PARTNER_CENTER_PAYOUT_GATEWAY=sandbox。{}";
}

impl Code {
    /// The message in `lang` with its detail in place.
    #[must_use]
    pub fn message(self, lang: Lang, detail: &str) -> String {
        let chinese = (self, lang) == (Self::Invalid, Lang::ZhCn);
        let detail = if chinese { &detail::in_chinese(detail) } else { detail };
        self.template(lang).replace("{}", detail).trim().to_owned()
    }
}
