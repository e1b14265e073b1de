//! Messages leave over a real SMTP conversation: at least once, with the same `Message-ID`, and given up in the end.

use std::collections::HashSet;

use domain::kernel::store::exec;
use domain::notify::deliver::{AT_ONCE, ATTEMPTS_MAX, PER_TURN, Turn, deliver, wait_after};
use domain::notify::retry::{Retry, retry};
use entity::timestamp::HOUR;
use entity::{EventTopic, MessageState, message};
use serde_json::json;
use tests::on_both_databases;
use tests::smtp::{Mail, Next, Smtp};
use worker::Mailer;

use super::Telling;

const FROM: &str = "伙伴中心 <partners@vendor.example.com>";

fn mailer(smtp: &Smtp) -> Mailer {
    Mailer::open(&smtp.url(), FROM).unwrap()
}

impl Telling {
    async fn only(&self) -> message::Model {
        let mut all = self.messages().await;
        assert_eq!(all.len(), 1, "{all:?}");
        all.remove(0)
    }
}

on_both_databases!(a_message_arrives_readable_in_both_languages, |db| async move {
    let telling = Telling::set_up(&db).await;
    let smtp = Smtp::start().await;
    telling.paid("PO-1").await;
    telling.address("blue@partner.example.com", "en").await;
    telling.fan_out().await;
    telling.address("lan@partner.example.com", "zh-CN").await;
    telling.paid("PO-2").await;
    telling.fan_out().await;
    let turn = deliver(telling.store(), &mailer(&smtp)).await.unwrap();
    assert_eq!(turn, Turn { sent: 2, ..Turn::default() });
    let mut taken = smtp.taken();
    taken.sort_by_key(|mail| mail.to.clone());
    let [en, zh] = &taken[..] else { panic!("{taken:?}") };
    assert_eq!(
        (en.from.as_str(), &en.to[..]),
        ("partners@vendor.example.com", &["blue@partner.example.com".to_owned()][..])
    );
    assert_eq!(en.header("Subject"), "Paid: payment request PO-1");
    assert!(en.text().contains("Amount: 1234.50 CNY\n"), "{}", en.text());
    assert_eq!(zh.header("Subject"), "已支付：付款申请 PO-2");
    assert!(
        zh.text().starts_with("您的付款申请已支付。\n申付单号：PO-2\n月份：2026-08\n金额：1234.50 CNY\n"),
        "{}",
        zh.text()
    );
    assert_eq!(zh.header("From"), "伙伴中心 <partners@vendor.example.com>");
    assert!(zh.raw.split_once("\r\n\r\n").unwrap().0.is_ascii());
    for message in telling.messages().await {
        assert_eq!(
            (message.state, message.attempts, message.sent_at),
            (MessageState::Sent, 1, Some(telling.store().clock.now()))
        );
        assert!(taken.iter().any(|mail| mail.header("Message-ID") == message.message_id));
    }
    assert_eq!(deliver(telling.store(), &mailer(&smtp)).await.unwrap(), Turn::default(), "nothing twice");
});

on_both_databases!(what_the_server_answers_decides_what_becomes_of_a_message, |db| async move {
    for (next, state, arrived) in [
        (Next::Recipient(550), MessageState::Failed, 0),
        (Next::End(554), MessageState::Failed, 0),
        (Next::Recipient(450), MessageState::Pending, 0),
        (Next::Sender(451), MessageState::Pending, 0),
        (Next::End(452), MessageState::Pending, 0),
        (Next::Greet(421), MessageState::Pending, 0),
        (Next::Greet(554), MessageState::Failed, 0),
        (Next::Sender(530), MessageState::Pending, 0),
        (Next::DropInText, MessageState::Pending, 0),
        (Next::DropAfterText, MessageState::Pending, 1),
    ] {
        let db = tests::db::TestDatabase::fresh(db.backend).await.unwrap();
        let telling = Telling::set_up(&db).await;
        let smtp = Smtp::start().await;
        smtp.next([next.clone()]);
        telling.paid("PO-1").await;
        telling.fan_out().await;
        let mailer = mailer(&smtp);
        deliver(telling.store(), &mailer).await.unwrap();
        let message = telling.only().await;
        assert_eq!(
            (message.state, smtp.taken().len()),
            (state, arrived),
            "{next:?} {:?}",
            message.last_error
        );
        assert!(message.last_error.is_some() && message.sent_at.is_none(), "{next:?}");
        if state == MessageState::Failed {
            continue;
        }
        assert_eq!(message.retry_at, telling.store().clock.now().plus(wait_after(1)));
        assert_eq!(
            deliver(telling.store(), &mailer).await.unwrap(),
            Turn::default(),
            "{next:?}: not before its time"
        );
        telling.world.clock.set(message.retry_at);
        deliver(telling.store(), &mailer).await.unwrap();
        let message = telling.only().await;
        assert_eq!(
            (message.state, message.attempts, message.last_error),
            (MessageState::Sent, 2, None),
            "{next:?}"
        );
        let ids: HashSet<_> = smtp.taken().iter().map(|mail| mail.header("Message-ID")).collect();
        assert_eq!(
            (smtp.taken().len(), ids.len()),
            (arrived + 1, 1),
            "{next:?}: twice, but by one Message-ID"
        );
    }
});

on_both_databases!(a_message_is_given_up_after_its_last_attempt_until_somebody_asks, |db| async move {
    let telling = Telling::set_up(&db).await;
    let smtp = Smtp::start().await;
    smtp.next(vec![Next::Recipient(451); usize::try_from(ATTEMPTS_MAX).unwrap()]);
    telling.paid("PO-1").await;
    telling.fan_out().await;
    let mailer = mailer(&smtp);
    for attempt in 1..=ATTEMPTS_MAX {
        deliver(telling.store(), &mailer).await.unwrap();
        let message = telling.only().await;
        let state = if attempt == ATTEMPTS_MAX { MessageState::Failed } else { MessageState::Pending };
        assert_eq!((message.attempts, message.state), (attempt, state));
        telling.world.clock.advance(6 * HOUR);
    }
    assert_eq!(deliver(telling.store(), &mailer).await.unwrap(), Turn::default());
    let id = telling.only().await.id;
    retry(telling.store(), &telling.world.context, None, Retry { id }).await.unwrap();
    assert_eq!(deliver(telling.store(), &mailer).await.unwrap().sent, 1);
    assert_eq!(telling.only().await.attempts, 1);
});

on_both_databases!(a_server_that_lets_us_not_in_costs_no_message, |db| async move {
    let telling = Telling::set_up(&db).await;
    let smtp = Smtp::start().await;
    smtp.require("mei", "p@ss");
    telling.paid("PO-1").await;
    telling.fan_out().await;
    let later = Turn { later: 1, ..Turn::default() };
    let with = |scheme: &str, login: &str| {
        let url = smtp.url().replace("smtp://", &format!("{scheme}://{login}"));
        Mailer::open(&url, FROM).unwrap()
    };
    for wrong in [
        with("smtp", ""),
        with("smtp", "mei:guess@"),
        with("smtp+starttls", "mei:p%40ss@"),
        with("smtps", "mei:p%40ss@"),
    ] {
        assert_eq!(deliver(telling.store(), &wrong).await.unwrap(), later);
        telling.world.clock.advance(6 * HOUR);
    }
    assert_eq!(smtp.taken().len(), 0);
    assert_eq!(deliver(telling.store(), &with("smtp", "mei:p%40ss@")).await.unwrap().sent, 1);
});

on_both_databases!(a_server_that_is_away_costs_few_messages_an_attempt, |db| async move {
    let telling = Telling::set_up(&db).await;
    let url = {
        let smtp = Smtp::start().await;
        smtp.url()
    };
    for n in 0..3 * AT_ONCE {
        telling.paid(&format!("PO-{n}")).await;
    }
    telling.fan_out().await;
    let away = Mailer::open(&url, FROM).unwrap();
    assert_eq!(deliver(telling.store(), &away).await.unwrap(), Turn { later: AT_ONCE, ..Turn::default() });
    let tried = telling.messages().await.iter().filter(|message| message.attempts > 0).count();
    assert_eq!(tried, AT_ONCE);
});

on_both_databases!(a_turn_sends_a_bounded_number_and_workers_share_the_rest, |db| async move {
    let telling = Telling::set_up(&db).await;
    let smtp = Smtp::start().await;
    let tx = telling.store().begin().await.unwrap();
    for n in 0..2 * PER_TURN {
        let detail = json!({ "payout_no": n.to_string() });
        telling.tell_in(&tx, EventTopic::PaymentRequest, "PAID", detail).await;
    }
    tx.commit().await.unwrap();
    telling.fan_out().await;
    let mailer = mailer(&smtp);
    let turn = deliver(telling.store(), &mailer).await.unwrap();
    assert!((PER_TURN..PER_TURN + AT_ONCE).contains(&turn.sent), "{turn:?}");
    let (one, two) = tokio::join!(deliver(telling.store(), &mailer), deliver(telling.store(), &mailer));
    assert_eq!(turn.sent + one.unwrap().sent + two.unwrap().sent, 2 * PER_TURN);
    let ids: HashSet<_> = smtp.taken().iter().map(|mail| mail.header("Message-ID")).collect();
    assert_eq!((ids.len(), smtp.taken().len()), (2 * PER_TURN, 2 * PER_TURN));
    assert!(smtp.connections() < PER_TURN, "connections are used again: {}", smtp.connections());
});

on_both_databases!(nothing_that_people_entered_becomes_a_header, |db| async move {
    let telling = Telling::set_up(&db).await;
    let smtp = Smtp::start().await;
    let evil = "x\r\nBcc: all@example.com\r\n\r\nhello";
    let detail = json!({ "payout_no": evil, "reason": evil });
    telling.tell(EventTopic::PaymentRequest, "PAYOUT_REJECTED", detail).await;
    let sql = "UPDATE partner SET name = $1";
    exec(telling.store().db(), sql, [evil.into()]).await.unwrap();
    telling.fan_out().await;
    telling.address("a@example.com\r\nBcc: all@example.com", "en").await;
    telling.paid("PO-1").await;
    telling.fan_out().await;
    let turn = deliver(telling.store(), &mailer(&smtp)).await.unwrap();
    assert_eq!(turn, Turn { sent: 2, failed: 1, later: 0 });
    for mail in smtp.taken() {
        assert_eq!(mail.headers("Bcc"), Vec::<String>::new(), "{}", mail.raw);
        assert!(
            !mail.text().lines().any(|line| line.starts_with("Bcc") || line == "hello"),
            "{}",
            mail.text()
        );
        assert_eq!(mail.to.len(), 1);
    }
});

on_both_databases!(a_directory_takes_messages_as_files, |db| async move {
    let telling = Telling::set_up(&db).await;
    let directory = tempfile::tempdir().unwrap();
    let place = directory.path().join("mail");
    let mailer = Mailer::open(&format!("file://{}", place.display()), FROM).unwrap();
    telling.paid("PO-1").await;
    telling.fan_out().await;
    assert_eq!(deliver(telling.store(), &mailer).await.unwrap().sent, 1);
    let files: Vec<_> = std::fs::read_dir(&place).unwrap().map(|entry| entry.unwrap().path()).collect();
    assert_eq!(files, [place.join(format!("{}.eml", telling.only().await.id))]);
    let mail = Mail::read(&std::fs::read_to_string(&files[0]).unwrap());
    assert_eq!(mail.header("Subject"), "已支付：付款申请 PO-1");
    assert_eq!(mail.header("To"), "lan@partner.example.com");
});
