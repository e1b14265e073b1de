//! PURE. What people read of a state: its name as the vendor's portal shows it, and what the reader can do or waits
//! for. In Chinese and English.

use entity::{PaymentActor, PaymentKind, PaymentState as S};

use crate::kernel::lang::Lang;

/// A text in both languages.
type Text = (&'static str, &'static str);

const fn in_lang(text: Text, lang: Lang) -> &'static str {
    match lang {
        Lang::En => text.0,
        Lang::ZhCn => text.1,
    }
}

/// The name of a state. Incentive requests have names of their own where the portal has.
#[must_use]
pub const fn label(kind: PaymentKind, state: S, lang: Lang) -> &'static str {
    let incentive = matches!(kind, PaymentKind::Incentive);
    let text: Text = match state {
        S::PendingSubmit => ("To be submitted", "待提交申请"),
        S::PendingConfirm => ("To be confirmed", "待确认"),
        S::AwaitCountersign => ("Awaiting countersign", "待会签"),
        S::Countersigning => ("Countersigning", "会签中"),
        S::CountersignRejected => ("Countersign rejected", "会签驳回"),
        S::AwaitPayout if incentive => ("Application in process", "申请处理中"),
        S::AwaitPayout => ("Awaiting payout request", "待申付"),
        S::PayoutCreateFailed => ("Payout request not created", "申付单创建失败"),
        S::PendingInvoice if incentive => ("Awaiting partner's invoice", "待伙伴开票"),
        S::PendingInvoice => ("To be invoiced", "待开票"),
        S::InvoiceInReview => ("Invoice in review", "发票待审核"),
        S::InvoiceRejected => ("Invoice rejected", "发票驳回"),
        S::PaymentProcessing if incentive => ("Payment in review (finance)", "申付审核中（财务）"),
        S::PaymentProcessing => ("Payment request in process", "申付处理中"),
        S::PaymentRechecking => ("Payment in review (settlement)", "申付审核中（结算专员）"),
        S::PaymentInfoError => ("Payment information wrong", "支付信息错误"),
        S::PayoutRejected if incentive => ("Rejected", "驳回"),
        S::PayoutRejected => ("Application rejected", "申请被驳回"),
        S::Paying => ("Paying", "支付中"),
        S::PaymentFailed => ("Payment failed", "支付失败"),
        S::Paid if incentive => ("Completed", "已完成"),
        S::Paid => ("Paid", "已支付"),
        S::CompletedWithError => ("Completed with an error", "已完成（发放失败）"),
        S::Cancelled => ("Cancelled", "已取消"),
    };
    in_lang(text, lang)
}

/// What a reader can do about a request in this state, or waits for.
#[must_use]
pub const fn hint(kind: PaymentKind, state: S, reader: PaymentActor, lang: Lang) -> &'static str {
    let text = match reader {
        PaymentActor::Partner => partner(kind, state),
        _ => vendor(kind, state),
    };
    in_lang(text, lang)
}

const fn partner(kind: PaymentKind, state: S) -> Text {
    match state {
        S::PendingSubmit => ("Check the items and submit the request.", "请核对明细并提交申请。"),
        S::PendingConfirm => ("Please confirm the bill.", "请确认对账单。"),
        S::AwaitCountersign => {
            ("Please wait for operations to start the countersign.", "请等待运营人员启动会签。")
        }
        S::Countersigning => {
            ("Please wait for operations to complete the countersign.", "请等待运营人员完成会签。")
        }
        S::CountersignRejected => {
            ("Please wait for the vendor's operations to handle it.", "请等待运营人员处理。")
        }
        S::AwaitPayout => ("Please wait for the system.", "请等待系统处理。"),
        S::PayoutCreateFailed => ("Please wait for operations to handle it.", "请等待运营人员处理。"),
        S::PendingInvoice => (
            "Please look at the invoice list, invoice the vendor and register your invoices.",
            "请查看开票清单，向厂商开具发票并登记。",
        ),
        S::InvoiceInReview => (
            "The invoice is reviewed within about two working days after it was signed for.",
            "发票签收后约 2 个工作日内完成审核。",
        ),
        S::InvoiceRejected => {
            ("An invoice was refused: see the reason and replace it.", "发票被驳回，请查看原因并更换发票。")
        }
        S::PaymentProcessing | S::PaymentRechecking => {
            ("The payment is reviewed within about three working days.", "约 3 个工作日内完成申付审核。")
        }
        S::PaymentInfoError => (
            "The payment information is wrong: correct your business information and contact operations.",
            "支付信息有误，请更正商业信息并联系运营人员。",
        ),
        S::PayoutRejected => match kind {
            PaymentKind::Incentive => (
                "The request was refused: see the reason and request again.",
                "申请被驳回，请查看原因后重新申请。",
            ),
            PaymentKind::Marketplace => (
                "The request was refused: see the reason and contact operations.",
                "申请被驳回，请查看原因并联系运营人员。",
            ),
        },
        S::Paying => ("The payment is under way.", "支付处理中。"),
        S::PaymentFailed => {
            ("The bank refused the payment; operations handle it.", "银行付款失败，运营人员正在处理。")
        }
        S::Paid => ("Please check that the money has arrived.", "请查收款项。"),
        S::CompletedWithError => {
            ("It could not be issued: please contact the vendor.", "发放失败，请联系厂商客服。")
        }
        S::Cancelled => (
            "The request was given up; its items can be requested again.",
            "申请已取消，相关款项可重新申请。",
        ),
    }
}

const fn vendor(kind: PaymentKind, state: S) -> Text {
    match state {
        S::PendingSubmit => ("The partner has not submitted it.", "等待伙伴提交申请。"),
        S::PendingConfirm => ("The partner has to confirm the bill.", "等待伙伴确认对账单。"),
        S::AwaitCountersign => {
            ("Operations: check the bill and start the countersign.", "运营：请核对账单并启动会签。")
        }
        S::Countersigning => ("Approvers: agree or refuse.", "会签人：请同意或驳回。"),
        S::CountersignRejected => (
            "Operations: correct and start another round, or void the bill.",
            "运营：请更正后重新发起会签，或作废账单。",
        ),
        S::AwaitPayout => ("The worker creates the payout request.", "系统正在创建申付单。"),
        S::PayoutCreateFailed => (
            "Operations: see the reason, mend the cause and retry; the system retries by itself too.",
            "运营：请查看原因，处理后重试；系统也会自动重试。",
        ),
        S::PendingInvoice => {
            ("Finance: sign for the partner's invoices when they arrive.", "财务：收到伙伴发票后请签收。")
        }
        S::InvoiceInReview => {
            ("Finance: review the invoices within two working days.", "财务：请在 2 个工作日内审核发票。")
        }
        S::InvoiceRejected => ("The partner has to replace the invoice.", "等待伙伴更换发票。"),
        S::PaymentProcessing => ("Finance: review the payment.", "财务：请审核申付。"),
        S::PaymentRechecking => {
            ("Finance: another person than the first rechecks the payment.", "财务：请由另一人员复核申付。")
        }
        S::PaymentInfoError => (
            "Operations: resume when the business information is certified again.",
            "运营：商业信息重新认证后请恢复处理。",
        ),
        S::PayoutRejected => match kind {
            PaymentKind::Incentive => ("The partner may request again.", "伙伴可重新申请。"),
            PaymentKind::Marketplace => {
                ("Operations: reopen invoicing or restart the payment.", "运营：请重新开放开票或重启申付。")
            }
        },
        S::Paying => ("The gateway pays; its answer is awaited.", "支付网关处理中，等待结果。"),
        S::PaymentFailed => (
            "Retry the payment, or report the payment information wrong.",
            "请重新支付，或标记支付信息错误。",
        ),
        S::Paid => ("Nothing to do.", "无需处理。"),
        S::CompletedWithError => {
            ("Operations: mend the cause and retry the issue.", "运营：请处理原因后重新发放。")
        }
        S::Cancelled => ("Nothing to do.", "无需处理。"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_state_has_a_name_and_a_hint_for_every_reader_in_both_languages() {
        for kind in PaymentKind::ALL {
            for state in S::ALL {
                let names = [label(*kind, *state, Lang::En), label(*kind, *state, Lang::ZhCn)];
                assert!(names[0].is_ascii() && !names[1].is_ascii(), "{names:?}");
                for reader in PaymentActor::ALL {
                    let hints =
                        [hint(*kind, *state, *reader, Lang::En), hint(*kind, *state, *reader, Lang::ZhCn)];
                    assert!(hints[0].is_ascii() && !hints[1].is_ascii(), "{hints:?}");
                }
            }
        }
    }

    #[test]
    fn the_names_of_the_portal_are_used() {
        for (kind, state, name) in [
            (PaymentKind::Marketplace, S::AwaitCountersign, "待会签"),
            (PaymentKind::Marketplace, S::Countersigning, "会签中"),
            (PaymentKind::Marketplace, S::CountersignRejected, "会签驳回"),
            (PaymentKind::Marketplace, S::AwaitPayout, "待申付"),
            (PaymentKind::Marketplace, S::PayoutCreateFailed, "申付单创建失败"),
            (PaymentKind::Marketplace, S::PendingInvoice, "待开票"),
            (PaymentKind::Marketplace, S::PaymentInfoError, "支付信息错误"),
            (PaymentKind::Incentive, S::AwaitPayout, "申请处理中"),
            (PaymentKind::Incentive, S::PendingInvoice, "待伙伴开票"),
        ] {
            assert_eq!(label(kind, state, Lang::ZhCn), name);
        }
    }
}
