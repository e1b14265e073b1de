//! The texts of letters, in both languages. PURE. PURE.
//!
//! `{what} {partner} {amount} {month} {deadline} {reason} {payout}` stand for facts of the event. A line with a fact
//! that is not known is left out; a subject names only `{what}`, which always is.

use crate::kernel::lang::Lang;

macro_rules! templates {
    ($($(#[$doc:meta])* $name:ident = $text:literal {
        $en_subject:literal, $en:literal;
        $zh_subject:literal, $zh:literal;
    })+) => {
        /// The texts of messages.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Template { $($(#[$doc])* $name,)+ }

        impl Template {
            /// Every template, in the order of the list.
            pub const ALL: &'static [Self] = &[$(Self::$name),+];

            /// Its stored name.
            #[must_use]
            pub const fn name(self) -> &'static str { match self { $(Self::$name => $text,)+ } }

            /// Subject and body.
            #[must_use]
            pub const fn text(self, lang: Lang) -> (&'static str, &'static str) {
                match (self, lang) {
                    $((Self::$name, Lang::En) => ($en_subject, $en), (Self::$name, Lang::ZhCn) => ($zh_subject, $zh),)+
                }
            }
        }
    };
}

templates! {
    /// A partner sent an opportunity.
    OpportunityToReview = "OPPORTUNITY_TO_REVIEW" {
        "Please review: {what}",
        "{partner} shared an opportunity with you. Anyone of the office may claim it: check that it is complete and reasonable, then pass it or send it back.\nDeadline: {deadline}";
        "请审核：{what}",
        "{partner} 共享了一个机会点，代表处任一人员均可领取：请审核完整性与合理性后通过或驳回。\n截止时间：{deadline}";
    }
    /// Nobody reviewed an opportunity in time.
    OpportunityEscalated = "OPPORTUNITY_ESCALATED" {
        "Not reviewed in time: {what}",
        "Nobody reviewed the opportunity of {partner} in time. A coordinator looks after it now: review it or give it to somebody who does.";
        "逾期未审核：{what}",
        "{partner} 的机会点逾期未审核，现由协调人处理：请审核或转交他人。";
    }
    /// An opportunity was given to another office, or to one of its people.
    OpportunityReassigned = "OPPORTUNITY_REASSIGNED" {
        "Given to your office: {what}",
        "An opportunity was given to your office, or to one of you. See who works on it, and go on from where it stands.";
        "已转交至您的代表处：{what}",
        "一个机会点已转交至您的代表处或其中一位同事，请查看处理人并继续跟进。";
    }
    /// An opportunity was sent back.
    OpportunitySentBack = "OPPORTUNITY_SENT_BACK" {
        "Please complete: {what}",
        "Your opportunity was sent back. Mend what the reason says and send it again.\nReason: {reason}";
        "请补充：{what}",
        "您的机会点审核被驳回，请按原因修改后重新提交。\n原因：{reason}";
    }
    /// An opportunity passed review.
    OpportunityBeingVerified = "OPPORTUNITY_BEING_VERIFIED" {
        "Being verified: {what}",
        "Your opportunity passed review. The vendor verifies it with the customer within ten working days.";
        "验证中：{what}",
        "您的机会点已审核通过，厂商将在 10 个工作日内与客户验证。";
    }
    /// An opportunity was verified.
    OpportunityVerified = "OPPORTUNITY_VERIFIED" {
        "Verified: {what}",
        "Your opportunity was verified. From now on you and the vendor sell together: please tell your progress at least every 30 days.";
        "已通过验证：{what}",
        "您的机会点已验证通过，请与厂商联合推进，并至少每 30 天更新一次进展。";
    }
    /// An opportunity was rejected.
    OpportunityRejected = "OPPORTUNITY_REJECTED" {
        "Rejected: {what}",
        "Your opportunity was rejected. You can copy it to a new draft.\nReason: {reason}";
        "已驳回：{what}",
        "您的机会点已被驳回，可复制为新的草稿。\n原因：{reason}";
    }
    /// An opportunity of the vendor is offered to a partner.
    OpportunityOffered = "OPPORTUNITY_OFFERED" {
        "Please accept or refuse: {what}",
        "The vendor offers you an opportunity. Please accept it, or refuse it with a reason, before the deadline; after that it goes to another partner.\nDeadline: {deadline}";
        "请接受或拒绝：{what}",
        "云厂商向您分享了一个机会点，请在截止时间前接受，或填写原因后拒绝；逾期将分发给其他伙伴。\n截止时间：{deadline}";
    }
    /// A partner accepted it.
    OpportunityAccepted = "OPPORTUNITY_ACCEPTED" {
        "Accepted: {what}",
        "{partner} accepted the opportunity.";
        "已接受：{what}",
        "{partner} 已接受该机会点。";
    }
    /// A partner refused it.
    OpportunityRefused = "OPPORTUNITY_REFUSED" {
        "Refused: {what}",
        "{partner} refused the opportunity. It goes to the next partner by itself, if there is one.\nReason: {reason}";
        "已拒绝：{what}",
        "{partner} 拒绝了该机会点。如有其他可分发的伙伴，系统将自动分发。\n原因：{reason}";
    }
    /// A partner did not answer in time.
    OpportunityTimedOut = "OPPORTUNITY_TIMED_OUT" {
        "Not answered in time: {what}",
        "You neither accepted nor refused the opportunity in time. It was taken back.";
        "逾期未答复：{what}",
        "您未在截止时间前接受或拒绝该机会点，现已收回。";
    }
    /// The vendor takes an offer back.
    OpportunityRecalled = "OPPORTUNITY_RECALLED" {
        "Taken back: {what}",
        "The opportunity was taken back. You need not do anything.";
        "已收回：{what}",
        "该机会点已收回，您无需操作。";
    }
    /// Nobody is left to whom it could be offered.
    OpportunityNobodyLeft = "OPPORTUNITY_NOBODY_LEFT" {
        "Nobody left to offer it to: {what}",
        "Every partner it could be offered to refused or did not answer. See why the others cannot have it (recipients), change it and offer it again, or close it.";
        "已无可分发的伙伴：{what}",
        "所有可分发的伙伴均已拒绝或逾期未答复。请查看其他伙伴不可分发的原因（recipients），调整后重新分发，或关闭该机会点。";
    }
    /// The other side told progress.
    OpportunityProgress = "OPPORTUNITY_PROGRESS" {
        "Progress: {what}",
        "The other side of an opportunity told its progress. See it in the list of its progress, and add what you know.\nPartner: {partner}";
        "进展更新：{what}",
        "机会点的另一方更新了进展，请在进展列表中查看并补充。\n伙伴：{partner}";
    }
    /// No progress was told for too long.
    OpportunityStale = "OPPORTUNITY_STALE" {
        "Stale: {what}",
        "Nobody told the progress of an opportunity for 60 days, and it was marked as stale. Nothing ends by itself: tell its progress, or end it with a reason.\nPartner: {partner}";
        "停滞：{what}",
        "机会点已 60 天无进展更新，现标记为停滞。机会点不会自动结束：请更新进展，或说明原因后结束。\n伙伴：{partner}";
    }
    /// The customer signed.
    OpportunityWon = "OPPORTUNITY_WON" {
        "Signed: {what}",
        "The customer of an opportunity signed. Please keep telling its progress until delivery is complete.\nPartner: {partner}";
        "已签单：{what}",
        "机会点的客户已签单，请持续更新进展直至交付完成。\n伙伴：{partner}";
    }
    /// Delivery is complete.
    OpportunityDelivered = "OPPORTUNITY_DELIVERED" {
        "Delivered: {what}",
        "Delivery of an opportunity is complete. No more progress is owed.\nPartner: {partner}";
        "交付完成：{what}",
        "机会点已交付完成，无需再更新进展。\n伙伴：{partner}";
    }
    /// It was lost or given up.
    OpportunityEnded = "OPPORTUNITY_ENDED" {
        "Ended: {what}",
        "An opportunity ended without delivery.\nPartner: {partner}\nReason: {reason}";
        "已结束：{what}",
        "机会点未交付即结束。\n伙伴：{partner}\n原因：{reason}";
    }
    /// A partner claims, again or disputes.
    ClaimToReview = "CLAIM_TO_REVIEW" {
        "Please review: {what}",
        "{partner} claims the incentive for an opportunity, or finds something wrong with what was published. Publish what it comes to, or send it back with a reason, within three working days.\nReason: {reason}";
        "请审核：{what}",
        "{partner} 申请机会点激励，或对公示内容有异议。请在 3 个工作日内公示金额，或说明原因后驳回。\n原因：{reason}";
    }
    /// A claim was sent back.
    ClaimSentBack = "CLAIM_SENT_BACK" {
        "Please complete: {what}",
        "Your claim was sent back. Mend what the reason says and send it again.\nReason: {reason}";
        "请补充：{what}",
        "您的激励申请未通过审核，请按原因修改后重新提交。\n原因：{reason}";
    }
    /// The amount of a claim was published; the partner confirms it.
    ClaimToConfirm = "CLAIM_TO_CONFIRM" {
        "Please confirm: {what}",
        "What your claim comes to was published. Confirm it, and its payment can be requested; or say what is wrong.\nAmount: {amount}";
        "请确认：{what}",
        "您的激励申请已公示金额，请确认后申请付款；如有异议，请反馈。\n金额：{amount}";
    }
    /// A bill is far off what is usual for its partner.
    BillParked = "BILL_PARKED" {
        "Please review: {what} is parked",
        "The incentive bill of {partner} is far off its recent months and was parked. It goes to the partner when it is released.\nMonth: {month}\nAmount: {amount}\nReason: {reason}";
        "请复核：{what} 已暂缓",
        "{partner} 的激励账单与近几个月相差过大，已暂缓。放行后才会发送给伙伴。\n月份：{month}\n金额：{amount}\n原因：{reason}";
    }
    /// A formal incentive bill waits for its partner.
    BillToConfirm = "BILL_TO_CONFIRM" {
        "Please confirm: {what}",
        "Your incentive bill is ready. Please check and confirm it; if something is wrong, leave feedback before the deadline.\nMonth: {month}\nAmount: {amount}\nDeadline: {deadline}\nWhat is not confirmed by then is confirmed automatically.";
        "请确认：{what}",
        "您的激励账单已生成，请核对并确认；如有疑问，请在截止时间前提交反馈。\n月份：{month}\n金额：{amount}\n截止时间：{deadline}\n逾期未确认的账单将自动确认。";
    }
    /// A bill was confirmed because its deadline passed.
    BillConfirmedByDeadline = "BILL_CONFIRMED_BY_DEADLINE" {
        "Confirmed automatically: {what}",
        "Your incentive bill was not confirmed by its deadline and was confirmed automatically.\nMonth: {month}\nAmount: {amount}";
        "已自动确认：{what}",
        "您的激励账单在截止时间前未确认，系统已自动确认。\n月份：{month}\n金额：{amount}";
    }
    /// A bill was issued.
    BillIssued = "BILL_ISSUED" {
        "Issued: {what}",
        "Your incentive bill was issued: payment can be requested now.\nMonth: {month}\nAmount: {amount}";
        "已发放：{what}",
        "您的激励账单已发放，现在可以申请付款。\n月份：{month}\n金额：{amount}";
    }
    /// A withheld part of an incentive was released.
    IncentiveReleased = "INCENTIVE_RELEASED" {
        "Released: {what}",
        "Customers have paid: a frozen part of your incentive was released and can be requested.\nMonth: {month}\nAmount: {amount}";
        "已解冻：{what}",
        "客户已付款，您被冻结的部分激励已解冻，现在可以申请付款。\n月份：{month}\n金额：{amount}";
    }
    /// Incentive that was not requested in time lapsed.
    IncentiveLapsed = "INCENTIVE_LAPSED" {
        "Lapsed: {what}",
        "Incentive that was not requested in time has lapsed.\nMonth: {month}\nAmount: {amount}";
        "已失效：{what}",
        "逾期未申请的激励已失效。\n月份：{month}\n金额：{amount}";
    }
    /// Sales of a seller are not billed until somebody does something.
    SalesNotBilled = "SALES_NOT_BILLED" {
        "Not billed: {what}",
        "Sales of a seller could not be billed. Remove the cause, then bill the month out again; the next bill-out catches up otherwise.\nPartner: {partner}\nMonth: {month}\nAmount: {amount}\nReason: {reason}";
        "未出账：{what}",
        "卖家的销售额未能出账。请处理原因后重新出账；否则将在下次出账时补出。\n伙伴：{partner}\n月份：{month}\n金额：{amount}\n原因：{reason}";
    }
    /// Nothing says what the vendor takes of a seller's sales.
    TermsMissing = "TERMS_MISSING" {
        "Terms missing: {what}",
        "Sales of a seller are not billed because no marketplace terms hold for their category and month. Set them, then bill the month out again.\nPartner: {partner}\nMonth: {month}\nAmount: {amount}";
        "缺少费率：{what}",
        "卖家的销售额未出账：该类目和月份没有设置市场费率。请设置后重新出账。\n伙伴：{partner}\n月份：{month}\n金额：{amount}";
    }
    /// A bill of marketplace shares waits for its partner.
    SettlementBillToConfirm = "SETTLEMENT_BILL_TO_CONFIRM" {
        "Please confirm: {what}",
        "Your settlement bill is ready. Please check and confirm it; payment begins after that.\nMonth: {month}\nAmount: {amount}\nDeadline: {deadline}";
        "请确认：{what}",
        "您的结算账单已生成，请核对并确认，确认后开始付款流程。\n月份：{month}\n金额：{amount}\n截止时间：{deadline}";
    }
    /// A partner says that a bill is wrong.
    FeedbackOpened = "FEEDBACK_OPENED" {
        "Please answer: feedback on {what}",
        "{partner} gave feedback on a bill.\nMonth: {month}\nAmount: {amount}\nWhat it says: {reason}";
        "请答复：{what} 的反馈",
        "{partner} 对账单提交了反馈。\n月份：{month}\n金额：{amount}\n反馈内容：{reason}";
    }
    /// Feedback was answered.
    FeedbackAnswered = "FEEDBACK_ANSWERED" {
        "Answered: your feedback on {what}",
        "Your feedback on a bill was answered.\nMonth: {month}\nAnswer: {reason}";
        "已答复：您对 {what} 的反馈",
        "您对账单的反馈已得到答复。\n月份：{month}\n答复：{reason}";
    }
    /// Operations start the countersign.
    CountersignToStart = "COUNTERSIGN_TO_START" {
        "Please start the countersign: {what}",
        "A payment request waits for its countersign.\nPartner: {partner}\nMonth: {month}\nAmount: {amount}";
        "请发起会签：{what}",
        "有付款申请待会签。\n伙伴：{partner}\n月份：{month}\n金额：{amount}";
    }
    /// The payment of a partner begins.
    PaymentUnderWay = "PAYMENT_UNDER_WAY" {
        "Under way: {what}",
        "Your payment request is being countersigned by the vendor. You need not do anything; you are told when to invoice.\nMonth: {month}\nAmount: {amount}";
        "处理中：{what}",
        "您的付款申请正在会签，您无需操作；需要开票时会通知您。\n月份：{month}\n金额：{amount}";
    }
    /// An approver's voice is waited for.
    CountersignToVote = "COUNTERSIGN_TO_VOTE" {
        "Please countersign: {what}",
        "A payment request waits for your voice.\nPartner: {partner}\nMonth: {month}\nAmount: {amount}";
        "请会签：{what}",
        "有付款申请等待您的会签意见。\n伙伴：{partner}\n月份：{month}\n金额：{amount}";
    }
    /// An approver refused.
    CountersignRefused = "COUNTERSIGN_REFUSED" {
        "Countersign refused: {what}",
        "An approver refused. Handle the reason, then start another round or void the request.\nPartner: {partner}\nMonth: {month}\nAmount: {amount}\nReason: {reason}";
        "会签驳回：{what}",
        "会签被驳回。请处理后重新发起会签，或作废该申请。\n伙伴：{partner}\n月份：{month}\n金额：{amount}\n原因：{reason}";
    }
    /// The gateway did not create the payout.
    PayoutNotCreated = "PAYOUT_NOT_CREATED" {
        "Payout not created: {what}",
        "The payout could not be created. Remove the cause, then try again.\nPartner: {partner}\nAmount: {amount}\nReason: {reason}";
        "申付单创建失败：{what}",
        "申付单创建失败，请处理后重试。\n伙伴：{partner}\n金额：{amount}\n原因：{reason}";
    }
    /// The partner invoices.
    InvoiceWanted = "INVOICE_WANTED" {
        "Please invoice: {what}",
        "The countersign is complete. Please issue the VAT special invoice by the invoice list and send it together with the printed list. Do not combine several payouts in one invoice.\nPayout: {payout}\nMonth: {month}\nAmount, tax included: {amount}\nDeadline: {deadline}";
        "请开票：{what}",
        "会签已完成。请按开票清单开具增值税专用发票，并连同打印的开票清单一并寄送；不同申付单请勿合并开票。\n申付单号：{payout}\n月份：{month}\n含税金额：{amount}\n截止时间：{deadline}";
    }
    /// Finance reviews the invoices.
    InvoiceToReview = "INVOICE_TO_REVIEW" {
        "Please review the invoices: {what}",
        "The invoices were signed for and wait for review.\nPartner: {partner}\nPayout: {payout}\nAmount: {amount}";
        "请审核发票：{what}",
        "发票已签收，待审核。\n伙伴：{partner}\n申付单号：{payout}\n金额：{amount}";
    }
    /// An invoice was refused.
    InvoiceRefused = "INVOICE_REFUSED" {
        "Invoice refused: {what}",
        "Your invoice was refused. Please issue it again and send the new one.\nPayout: {payout}\nAmount: {amount}\nReason: {reason}";
        "发票被驳回：{what}",
        "您的发票未通过审核，请重新开具并寄送。\n申付单号：{payout}\n金额：{amount}\n原因：{reason}";
    }
    /// Finance reviews the payment.
    PaymentToReview = "PAYMENT_TO_REVIEW" {
        "Please review the payment: {what}",
        "A payment waits for review.\nPartner: {partner}\nPayout: {payout}\nAmount: {amount}";
        "请审核申付：{what}",
        "有申付待审核。\n伙伴：{partner}\n申付单号：{payout}\n金额：{amount}";
    }
    /// A second person of finance reviews it.
    PaymentToRecheck = "PAYMENT_TO_RECHECK" {
        "Please recheck the payment: {what}",
        "A payment was approved and waits for a second person.\nPartner: {partner}\nPayout: {payout}\nAmount: {amount}";
        "请复核申付：{what}",
        "申付已初审，待复核。\n伙伴：{partner}\n申付单号：{payout}\n金额：{amount}";
    }
    /// Bank or payment data are wrong.
    PaymentDataWrong = "PAYMENT_DATA_WRONG" {
        "Payment data wrong: {what}",
        "Your bank or payment data are wrong. Please correct your business information and contact operations; payment goes on when it is certified again.\nPayout: {payout}\nAmount: {amount}\nReason: {reason}";
        "支付信息错误：{what}",
        "您的银行或支付信息有误。请更正商业信息并联系运营人员，重新认证后将继续付款。\n申付单号：{payout}\n金额：{amount}\n原因：{reason}";
    }
    /// The same for operations.
    PaymentDataToMend = "PAYMENT_DATA_TO_MEND" {
        "Payment data wrong: {what}",
        "Bank or payment data of the partner are wrong. Certify its business information anew, then let the payment go on.\nPartner: {partner}\nPayout: {payout}\nAmount: {amount}\nReason: {reason}";
        "支付信息错误：{what}",
        "伙伴的银行或支付信息有误。请重新认证其商业信息，然后恢复付款。\n伙伴：{partner}\n申付单号：{payout}\n金额：{amount}\n原因：{reason}";
    }
    /// Finance refused to pay.
    PayoutRefused = "PAYOUT_REFUSED" {
        "Payment refused: {what}",
        "Your payment request was refused. Look at the reason; if an invoice is missing, please issue it, otherwise contact operations with the number of the payout.\nPayout: {payout}\nAmount: {amount}\nReason: {reason}";
        "申付被驳回：{what}",
        "您的付款申请被驳回。请查看原因：如尚未开票，请先开票；否则请凭申付单号联系运营人员。\n申付单号：{payout}\n金额：{amount}\n原因：{reason}";
    }
    /// The same for operations.
    PayoutToHandle = "PAYOUT_TO_HANDLE" {
        "Payment refused: {what}",
        "Finance refused a payment. Handle the reason, then hand it in again.\nPartner: {partner}\nPayout: {payout}\nAmount: {amount}\nReason: {reason}";
        "申付被驳回：{what}",
        "财务驳回了申付，请处理后重新提交。\n伙伴：{partner}\n申付单号：{payout}\n金额：{amount}\n原因：{reason}";
    }
    /// The bank refused the transfer.
    TransferFailed = "TRANSFER_FAILED" {
        "Transfer failed: {what}",
        "The transfer did not go through.\nPartner: {partner}\nPayout: {payout}\nAmount: {amount}\nReason: {reason}";
        "支付失败：{what}",
        "转账未成功。\n伙伴：{partner}\n申付单号：{payout}\n金额：{amount}\n原因：{reason}";
    }
    /// A payment request was paid.
    Paid = "PAID" {
        "Paid: {what}",
        "Your payment request was paid.\nPayout: {payout}\nMonth: {month}\nAmount: {amount}";
        "已支付：{what}",
        "您的付款申请已支付。\n申付单号：{payout}\n月份：{month}\n金额：{amount}";
    }
    /// Coupons or top-up were not issued.
    IssueFailed = "ISSUE_FAILED" {
        "Not issued yet: {what}",
        "What you requested could not be issued. Operations look into it; you need not do anything.\nAmount: {amount}\nReason: {reason}";
        "发放失败：{what}",
        "您申请的内容未能成功发放，运营人员正在处理，您无需操作。\n金额：{amount}\n原因：{reason}";
    }
    /// The same for operations.
    IssueToHandle = "ISSUE_TO_HANDLE" {
        "Not issued: {what}",
        "Coupons or top-up could not be issued. Remove the cause, then try again.\nPartner: {partner}\nAmount: {amount}\nReason: {reason}";
        "发放失败：{what}",
        "代金券或充值发放失败，请处理后重试。\n伙伴：{partner}\n金额：{amount}\n原因：{reason}";
    }
    /// A payment request was given up.
    RequestCancelled = "REQUEST_CANCELLED" {
        "Cancelled: {what}",
        "Your payment request was cancelled. What it held can be requested again.\nMonth: {month}\nAmount: {amount}\nReason: {reason}";
        "已取消：{what}",
        "您的付款申请已取消，其中的金额可以重新申请。\n月份：{month}\n金额：{amount}\n原因：{reason}";
    }
    /// The gateway does not say what became of a payment.
    PayoutStalled = "PAYOUT_STALLED" {
        "No answer about a payout: {what}",
        "The payout gateway has not said for a while what became of a payment or an issue. Look at the gateway; the order goes on by itself, so do not pay by other means.\nPartner: {partner}\nPayout: {payout}\nAmount: {amount}\nReason: {reason}";
        "付款网关无应答：{what}",
        "付款网关一段时间内未告知该笔付款或发放的结果。请检查网关；系统会继续处理，请勿通过其他方式重复付款。\n伙伴：{partner}\n申付单号：{payout}\n金额：{amount}\n原因：{reason}";
    }
    /// The gateway said two things of one payment.
    PayoutConflict = "PAYOUT_CONFLICT" {
        "Contradiction about a payout: {what}",
        "The payout gateway said of one payment that it was made and that it failed. Ask the bank before anybody tries again.\nPartner: {partner}\nPayout: {payout}\nAmount: {amount}\nWhat it said: {reason}";
        "付款结果矛盾：{what}",
        "付款网关对同一笔付款既告知成功又告知失败。请先向银行核实，再决定是否重试。\n伙伴：{partner}\n申付单号：{payout}\n金额：{amount}\n网关告知：{reason}";
    }
    /// A month waits to become final.
    CloseBlocked = "CLOSE_BLOCKED" {
        "Not final yet: {what}",
        "The day of the final has come, but something holds the month up. Mend it, or settle the month as final by hand and acknowledge by name what you know.\nMonth: {month}\nWhat holds it up: {reason}";
        "尚未终稿：{what}",
        "已到终稿日，但仍有事项阻止该月份终稿。请处理后等待系统自动终稿，或按名称确认后手动终稿。\n月份：{month}\n阻止事项：{reason}";
    }
    /// A deadline comes near.
    DeadlineNear = "DEADLINE_NEAR" {
        "Deadline near: {what}",
        "Something that waits for you is due soon.\nPartner: {partner}\nMonth: {month}\nAmount: {amount}\nDeadline: {deadline}";
        "即将到期：{what}",
        "有待您处理的事项即将到期。\n伙伴：{partner}\n月份：{month}\n金额：{amount}\n截止时间：{deadline}";
    }
    /// A deadline passed.
    DeadlinePassed = "DEADLINE_PASSED" {
        "Overdue: {what}",
        "Something that waits for you is overdue.\nPartner: {partner}\nMonth: {month}\nAmount: {amount}\nDeadline: {deadline}";
        "已逾期：{what}",
        "有待您处理的事项已逾期。\n伙伴：{partner}\n月份：{month}\n金额：{amount}\n截止时间：{deadline}";
    }
}
