//! Events become messages: by the table, once, and none is missed.

use std::collections::HashMap;

use domain::kernel::event::{NewEvent, emit};
use domain::kernel::store::exec;
use domain::notify::audience::table;
use domain::notify::fan_out::fan_out;
use entity::EventTopic::{Deadline, IncentiveBill, PaymentRequest};
use entity::MessageState;
use serde_json::json;
use tests::db::{Backend, TestDatabase};
use tests::on_both_databases;

use super::Telling;

on_both_databases!(an_event_becomes_the_messages_of_the_table_each_in_its_language, |db| async move {
    let telling = Telling::set_up(&db).await;
    let detail =
        json!({ "reason": "account closed", "payout_no": "PO-7", "amount": 5_000_000, "currency": "JPY" });
    telling.tell(PaymentRequest, "PAYMENT_INFO_ERROR", detail).await;
    telling.tell(PaymentRequest, "PAYING", json!({})).await;
    assert_eq!(telling.fan_out().await, 2);
    let messages = telling.messages().await;
    let [to_partner, to_operations] = &messages[..] else { panic!("{messages:?}") };
    assert_eq!(to_partner.recipient, "lan@partner.example.com");
    assert_eq!(to_partner.subject, "支付信息错误：付款申请 PO-7");
    assert!(to_partner.body.contains("金额：5 JPY\n原因：account closed\n"), "{}", to_partner.body);
    assert_eq!((to_partner.language.as_str(), to_partner.template.as_str()), ("zh-CN", "PAYMENT_DATA_WRONG"));
    assert_eq!(to_operations.recipient, "operations@vendor.example.com");
    assert_eq!(to_operations.subject, "Payment data wrong: payment request PO-7");
    assert!(to_operations.body.contains("Partner: 蓝天科技\n"), "{}", to_operations.body);
    for message in &messages {
        assert_eq!((message.state, message.attempts), (MessageState::Pending, 0));
        assert_eq!(message.message_id, format!("<{}@vendor.example.com>", message.id));
    }
    assert_eq!(telling.fan_out().await, 0, "once");
    assert_eq!(telling.messages().await, messages);
});

on_both_databases!(a_case_decides_who_is_told, |db| async move {
    let telling = Telling::set_up(&db).await;
    telling.tell(IncentiveBill, "CONFIRMED", json!({ "by": "PARTNER", "month": "2026-08" })).await;
    telling
        .tell(
            Deadline,
            "REMINDER",
            json!({ "kind": "PAYMENT", "audience": "FINANCE", "due_at": 1_790_000_000_000_000_i64 }),
        )
        .await;
    telling.tell(IncentiveBill, "CONFIRMED", json!({ "by": "DEADLINE", "month": "2026-08" })).await;
    telling.fan_out().await;
    let subjects: Vec<_> = telling.messages().await.into_iter().map(|m| (m.recipient, m.subject)).collect();
    let near = "Deadline near: payment thing_1".to_owned();
    assert_eq!(
        subjects,
        [
            ("finance@vendor.example.com".to_owned(), near.clone()),
            ("cfo@vendor.example.com".to_owned(), near),
            ("lan@partner.example.com".to_owned(), "已自动确认：激励账单 2026-08".to_owned()),
        ]
    );
});

on_both_databases!(what_only_the_vendor_is_told_names_the_partner_it_is_about, |db| async move {
    let telling = Telling::set_up(&db).await;
    let request = entity::PaymentRequestId(77);
    let sql = "INSERT INTO payment_request (id, partner_id, kind, way, category, month, currency, amount, state, state_since, \
               transitions, round, created_by, created_at, version) \
               VALUES ($1, $2, 'INCENTIVE', 'BANK_TRANSFER', '', 202608, 'CNY', 1000000, 'PAYING', 0, 1, 0, 't', 0, 1)";
    exec(telling.store().db(), sql, [request.0.into(), telling.partner.0.into()]).await.unwrap();
    let tx = telling.store().begin().await.unwrap();
    for kind in [domain::money::payout::STALLED, domain::money::payout::CONFLICT] {
        let detail = json!({ "reason": "because" });
        let event =
            NewEvent { topic: PaymentRequest, kind, entity: request.to_string(), partner_id: None, detail };
        emit(&tx, telling.store(), telling.store().clock.now(), event).await.unwrap();
    }
    tx.commit().await.unwrap();
    telling.fan_out().await;
    let messages = telling.messages().await;
    assert_eq!(messages.len(), 2);
    for message in messages {
        assert_eq!(message.recipient, "operations@vendor.example.com");
        for said in ["Partner: 蓝天科技\n", "Amount: 1.00 CNY\n", "because\n"] {
            assert!(message.body.contains(said), "{said}: {}", message.body);
        }
    }
});

on_both_databases!(an_event_that_is_taken_back_tells_nobody, |db| async move {
    let telling = Telling::set_up(&db).await;
    let tx = telling.store().begin().await.unwrap();
    telling.tell_in(&tx, PaymentRequest, "PAID", json!({})).await;
    tx.rollback().await.unwrap();
    assert_eq!((telling.fan_out().await, telling.messages().await), (0, vec![]));
});

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_event_that_commits_after_a_later_one_is_passed_on_all_the_same() {
    let Some(db) = TestDatabase::fresh(Backend::Postgres).await else { return };
    let telling = Telling::set_up(&db).await;
    let slow = telling.store().begin().await.unwrap();
    let early = telling.tell_in(&slow, PaymentRequest, "PAID", json!({})).await;
    let late = telling.paid("PO-2").await;
    assert!(early < late);
    assert_eq!(telling.fan_out().await, 1);
    slow.commit().await.unwrap();
    assert_eq!(telling.fan_out().await, 1);
    let events: Vec<_> = telling.messages().await.into_iter().map(|message| message.event_id).collect();
    assert_eq!(events, [late, early]);
}

on_both_databases!(workers_that_pass_on_at_once_make_each_message_once, |db| async move {
    /// More than two batches.
    const EVENTS: usize = 130;
    let telling = Telling::set_up(&db).await;
    let tx = telling.store().begin().await.unwrap();
    for _ in 0..EVENTS {
        telling.tell_in(&tx, PaymentRequest, "INVOICE_IN_REVIEW", json!({})).await;
    }
    tx.commit().await.unwrap();
    let (store, directory) = (telling.store(), &telling.directory);
    let made = futures_util::future::join_all((0..4).map(|_| fan_out(store, directory))).await;
    let made: usize = made.into_iter().map(Result::unwrap).sum();
    assert_eq!(made + telling.fan_out().await, EVENTS);
    let mut by_event = HashMap::new();
    for message in telling.messages().await {
        *by_event.entry((message.event_id, message.recipient)).or_insert(0) += 1;
    }
    assert_eq!(by_event.len(), 2 * EVENTS);
    assert!(by_event.values().all(|count| *count == 1));
});

#[test]
fn the_table_of_who_is_told_in_the_documents_is_the_one_of_the_code() {
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/domain.md");
    let text = std::fs::read_to_string(file).unwrap();
    let between = text.split_once("<!-- who is told: begin -->\n").unwrap().1;
    let documented = between.split_once("<!-- who is told: end -->").unwrap().0;
    assert_eq!(documented, table(), "write the table of domain/src/notify/audience.rs into docs/domain.md");
}
