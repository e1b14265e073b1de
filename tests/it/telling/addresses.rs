//! Whom a message goes to, and what becomes of one that can go to nobody.

use domain::kernel::store::exec;
use domain::notify::Directory;
use domain::notify::fan_out::fan_out;
use domain::notify::retry::{Retry, retry};
use domain::{Code, Error};
use entity::EventTopic::PaymentRequest;
use entity::MessageState;
use serde_json::json;
use tests::on_both_databases;

use super::{Telling, directory};

on_both_databases!(who_has_no_address_is_told_as_soon_as_there_is_one_and_somebody_asks, |db| async move {
    let telling = Telling::set_up(&db).await;
    telling.address(" ", "zh-CN").await;
    telling.paid("PO-1").await;
    telling.fan_out().await;
    let [message] = &telling.messages().await[..] else { panic!() };
    assert_eq!((message.recipient.as_str(), message.state), ("(partner)", MessageState::Suppressed));
    assert_eq!(message.last_error.as_deref(), Some("NO_ADDRESS"));

    telling.address("new@partner.example.com", "en").await;
    let id = message.id;
    let (store, context) = (telling.store(), &telling.world.context);
    assert_eq!(retry(store, context, Some("k"), Retry { id }).await.unwrap(), id);
    telling.fan_out().await;
    let [again] = &telling.messages().await[..] else { panic!() };
    assert_eq!((again.id, &again.message_id), (id, &message.message_id), "the same message");
    assert_eq!((again.recipient.as_str(), again.state), ("new@partner.example.com", MessageState::Pending));
    assert_eq!((again.subject.as_str(), &again.last_error), ("Paid: payment request PO-1", &None));

    let refused = retry(store, context, None, Retry { id }).await;
    let Err(Error::Refused(refusals)) = refused else { panic!("{refused:?}") };
    assert_eq!((refusals[0].code, refusals[0].detail.as_str()), (Code::WrongState, "PENDING"));
    let nobody = retry(store, context, None, Retry { id: entity::MessageId(1) }).await;
    assert!(matches!(nobody, Err(Error::Refused(refusals)) if refusals[0].code == Code::NotFound));
});

on_both_databases!(a_retry_for_one_tells_nobody_again_who_was_told, |db| async move {
    let mut telling = Telling::set_up(&db).await;
    telling.address("", "en").await;
    telling.tell(PaymentRequest, "COMPLETED_WITH_ERROR", json!({ "reason": "sold out" })).await;
    telling.fan_out().await;
    assert_eq!(telling.states().await, ["(partner) SUPPRESSED", "operations@vendor.example.com PENDING"]);
    let suppressed = telling.messages().await.into_iter().find(|m| m.state == MessageState::Suppressed);
    // Meanwhile others are in charge of operations.
    telling.directory.operations = vec!["new@vendor.example.com".into()];
    telling.address("lan@partner.example.com", "en").await;
    let again = Retry { id: suppressed.unwrap().id };
    retry(telling.store(), &telling.world.context, None, again).await.unwrap();
    telling.fan_out().await;
    assert_eq!(
        telling.states().await,
        ["lan@partner.example.com PENDING", "operations@vendor.example.com PENDING"]
    );
});

on_both_databases!(without_a_mail_server_messages_are_kept_and_say_why, |db| async move {
    let telling = Telling::set_up(&db).await;
    telling.paid("PO-1").await;
    telling.tell(PaymentRequest, "PAYOUT_CREATE_FAILED", json!({})).await;
    fan_out(telling.store(), &Directory::default()).await.unwrap();
    let kept: Vec<_> =
        telling.messages().await.into_iter().map(|m| (m.recipient, m.state, m.last_error.unwrap())).collect();
    assert_eq!(
        kept,
        [
            ("lan@partner.example.com".into(), MessageState::Suppressed, "NO_TRANSPORT".into()),
            ("(operations)".into(), MessageState::Suppressed, "NO_ADDRESS".to_owned()),
        ]
    );
    for message in telling.messages().await {
        retry(telling.store(), &telling.world.context, None, Retry { id: message.id }).await.unwrap();
    }
    telling.fan_out().await;
    assert_eq!(
        telling.states().await,
        ["lan@partner.example.com PENDING", "operations@vendor.example.com PENDING"]
    );
});

on_both_databases!(one_address_gets_one_message_of_an_event, |db| async move {
    let mut telling = Telling::set_up(&db).await;
    telling.directory.operations = vec!["Finance@vendor.example.com".into(), "ops@vendor.example.com".into()];
    telling.tell(PaymentRequest, "PAYMENT_FAILED", json!({ "reason": "closed" })).await;
    telling.fan_out().await;
    let mut recipients: Vec<_> = telling.messages().await.into_iter().map(|m| m.recipient).collect();
    recipients.sort();
    assert_eq!(
        recipients,
        ["cfo@vendor.example.com", "finance@vendor.example.com", "ops@vendor.example.com"]
    );
    assert_eq!(directory().finance[0], "finance@vendor.example.com");
});

on_both_databases!(approvers_are_written_to_where_their_name_is_an_address, |db| async move {
    let telling = Telling::set_up(&db).await;
    let request = entity::PaymentRequestId(77);
    let sql = "INSERT INTO payment_request (id, partner_id, kind, way, category, month, currency, amount, state, state_since, \
               transitions, round, created_by, created_at, version) \
               VALUES ($1, $2, 'MARKETPLACE', 'BANK_TRANSFER', 'GOODS', 202608, 'CNY', 1000000, 'COUNTERSIGNING', 0, 1, 1, 't', 0, 1)";
    exec(telling.store().db(), sql, [request.0.into(), telling.partner.0.into()]).await.unwrap();
    for (subject, vote) in
        [("wang@vendor.example.com", None), ("li", None), ("done@vendor.example.com", Some("APPROVE"))]
    {
        let sql = "INSERT INTO countersign_vote (request_id, round, subject, vote) VALUES ($1, 1, $2, $3)";
        exec(telling.store().db(), sql, [request.0.into(), subject.into(), vote.into()]).await.unwrap();
    }
    let tx = telling.store().begin().await.unwrap();
    let event = domain::kernel::event::NewEvent {
        topic: PaymentRequest,
        kind: "COUNTERSIGNING",
        entity: request.to_string(),
        partner_id: Some(telling.partner),
        detail: json!({}),
    };
    domain::kernel::event::emit(&tx, telling.store(), telling.store().clock.now(), event).await.unwrap();
    tx.commit().await.unwrap();
    telling.fan_out().await;
    let [message] = &telling.messages().await[..] else { panic!() };
    assert_eq!(message.recipient, "wang@vendor.example.com");
    assert!(message.body.contains("Month: 2026-08\nAmount: 1.00 CNY\n"), "{}", message.body);
});
