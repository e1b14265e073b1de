//! The list of tasks. Adding one is a row here; its status, metrics and place in `/readyz` follow.

use entity::timestamp::{DAY, HOUR, MINUTE};

use super::{Task, Wakes};
use crate::kernel::error::Result;
use crate::kernel::store::Store;
use crate::kernel::write::forget_old_keys;
use crate::money::incentive::request::request_automatically;
use crate::money::incentive::{confirm, expire, unfreeze};
use crate::money::market::bill_out;
use crate::money::payout;
use crate::operate::work::Due;
use crate::operate::{deadline, timetable};
use crate::performance::import::claim as import;
use crate::performance::recompute::recompute_some;
use crate::reading::export::claim as export;
use crate::reading::files;
use crate::settlement::run;

/// Period of tasks that are woken by the work that waits for them, in microseconds: how old their rows get while there
/// is none, and how late work is found of which a condition knows nothing.
const USUALLY: i64 = 10 * MINUTE;
/// Batches of dirty customers that one run works in; others get a turn meanwhile.
const DIRTY_BATCHES: usize = 20;

/// Every recurring task, in the order in which one process alone runs them.
pub const TASKS: &[Task] = &[
    Task {
        name: "timetable",
        period: USUALLY,
        wakes: Wakes::Asks(|means| Box::pin(timetable::asks(means.store))),
        shared: false,
        does: [
            "Asks for nightly estimates, drafts and finals of months, and for bill-outs, on their days",
            "按日程发起各月的夜间预估、草稿与最终结算以及出账",
        ],
        work: |means| Box::pin(quiet(timetable::ask(means.store))),
    },
    Task {
        name: "deadlines",
        period: USUALLY,
        wakes: Wakes::When(|_| format!("EXISTS (SELECT 1 FROM deadline WHERE {})", deadline::PASSED)),
        shared: true,
        does: ["Lets deadlines fall due", "处理到期的期限"],
        work: |means| Box::pin(quiet(deadline::fall_due(means.store))),
    },
    Task {
        name: "reminders",
        period: USUALLY,
        wakes: Wakes::When(|_| {
            format!("EXISTS (SELECT 1 FROM deadline WHERE {})", deadline::REMINDERS_WAITING)
        }),
        shared: true,
        does: ["Reminds of deadlines while there is time", "在期限到来之前提醒"],
        work: |means| Box::pin(quiet(deadline::remind(means.store))),
    },
    Task {
        name: "confirmations",
        period: USUALLY,
        wakes: Wakes::When(|_| confirm::waits()),
        shared: false,
        does: ["Confirms bills past their day for which no deadline waits", "确认已过确认期的账单"],
        work: |means| Box::pin(quiet(confirm::confirm_due(means.store))),
    },
    Task {
        name: "frozen-paid",
        period: HOUR,
        wakes: Wakes::Never,
        shared: false,
        does: ["Notes which frozen incentives their customers have paid for", "标记客户已付款的冻结激励"],
        work: |means| Box::pin(quiet(unfreeze::note_paid(means.store))),
    },
    Task {
        name: "releases",
        period: USUALLY,
        wakes: Wakes::When(|_| unfreeze::WAITS.to_owned()),
        shared: false,
        does: ["Releases frozen incentives", "解冻激励"],
        work: |means| Box::pin(quiet(unfreeze::release_due(means.store))),
    },
    Task {
        name: "lapses",
        period: USUALLY,
        wakes: Wakes::When(|_| expire::waits()),
        shared: false,
        does: ["Lets incentives lapse that nobody requested in time", "使逾期未申请的激励失效"],
        work: |means| Box::pin(quiet(expire::expire_due(means.store))),
    },
    Task {
        name: "automatic-requests",
        period: DAY,
        wakes: Wakes::Never,
        shared: false,
        does: ["Requests payment for partners that want it so", "为设置自动申请的伙伴发起付款申请"],
        work: |means| Box::pin(quiet(request_automatically(means.store))),
    },
    Task {
        name: "bill-outs",
        period: USUALLY,
        wakes: Wakes::When(|_| bill_out::WAITS.to_owned()),
        shared: true,
        does: ["Carries out bill-outs that were asked for", "执行已发起的出账"],
        work: |means| Box::pin(quiet(bill_out::work(means.store))),
    },
    Task {
        name: "recomputation",
        period: USUALLY,
        wakes: Wakes::When(|_| "EXISTS (SELECT 1 FROM dirty_customer)".to_owned()),
        shared: true,
        does: ["Counts customers anew whose history changed", "重新计算历史有变化的客户"],
        work: |means| Box::pin(quiet(recompute(means.store))),
    },
    Task {
        name: "payouts",
        period: USUALLY,
        wakes: Wakes::When(|means| payout::waits(means.gateway)),
        shared: true,
        does: ["Makes and sends orders to the payout gateway", "生成并发送付款网关指令"],
        work: |means| Box::pin(quiet(payout::round(means.store, means.gateway))),
    },
    Task {
        name: "import-cleanup",
        period: HOUR,
        wakes: Wakes::Never,
        shared: false,
        does: ["Forgets uploads of bills that nobody will finish", "清理无人完成的账单上传"],
        work: |means| Box::pin(quiet(import::tidy(means.store))),
    },
    Task {
        name: "export-cleanup",
        period: HOUR,
        wakes: Wakes::Never,
        shared: false,
        does: ["Marks exports as expired whose file is gone", "标记文件已过期的导出"],
        work: |means| Box::pin(quiet(export::tidy(means.store))),
    },
    Task {
        name: "key-cleanup",
        period: HOUR,
        wakes: Wakes::Never,
        shared: false,
        does: ["Forgets idempotency keys after 30 days", "清理 30 天前的幂等键"],
        work: |means| Box::pin(quiet(forget_old_keys(means.store))),
    },
    Task {
        name: "file-cleanup",
        period: HOUR,
        wakes: Wakes::Never,
        shared: false,
        does: ["Deletes files that expired or never came", "删除过期或未上传的文件"],
        work: |means| Box::pin(quiet(files::tidy::tidy(means.store))),
    },
    Task {
        name: "imports",
        period: USUALLY,
        wakes: Wakes::When(|_| import::waits()),
        shared: true,
        does: ["Finds imports that wait for a worker", "查找等待处理的导入"],
        work: |means| {
            Box::pin(
                async move { Ok(import::due(means.store).await?.into_iter().map(Due::Import).collect()) },
            )
        },
    },
    Task {
        name: "settlement-runs",
        period: USUALLY,
        wakes: Wakes::When(|_| run::waits()),
        shared: true,
        does: ["Finds settlement runs that wait for a worker", "查找等待处理的结算"],
        work: |means| {
            Box::pin(async move { Ok(run::due(means.store).await?.into_iter().map(Due::Settle).collect()) })
        },
    },
    Task {
        name: "exports",
        period: USUALLY,
        wakes: Wakes::When(|_| export::waits()),
        shared: true,
        does: ["Finds exports that wait for a worker", "查找等待处理的导出"],
        work: |means| {
            Box::pin(
                async move { Ok(export::due(means.store).await?.into_iter().map(Due::Export).collect()) },
            )
        },
    },
];

/// Work that leaves no job behind.
async fn quiet<T>(work: impl Future<Output = Result<T>>) -> Result<Vec<Due>> {
    work.await.map(|_| Vec::new())
}

async fn recompute(store: &Store) -> Result<()> {
    for _ in 0..DIRTY_BATCHES {
        if recompute_some(store).await? == 0 {
            break;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_task_has_a_name_of_its_own_a_period_and_words_in_both_languages() {
        for (index, task) in TASKS.iter().enumerate() {
            assert!(TASKS.iter().skip(index + 1).all(|other| other.name != task.name), "{}", task.name);
            assert!(task.name.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-'), "{}", task.name);
            assert!(task.period > 0 && task.does.iter().all(|words| !words.is_empty()), "{}", task.name);
            assert!(!task.does[0].contains(|c: char| !c.is_ascii()), "{}", task.name);
        }
    }
}
