//! Incentive bills tell of themselves.

use domain::kernel::store::query;
use domain::money::incentive::confirm::{Confirm, confirm};
use domain::money::incentive::feedback::close::{Answer, answer};
use domain::money::incentive::feedback::create::{NewFeedback, create};
use domain::{Actor, Context, Principal};
use entity::timestamp::DAY;
use entity::{PartnerKind, RunKind};
use tests::on_both_databases;
use tests::world::{bill, row};

use super::Telling;

impl Telling {
    /// Kind and case of each event about a bill, in order.
    async fn told_of_bills(&self) -> Vec<String> {
        let sql = "SELECT kind, detail FROM event WHERE topic = 'INCENTIVE_BILL' ORDER BY id";
        let rows = query(self.store().db(), sql, []).await.unwrap();
        let text = |row: &sea_orm::QueryResult, n: usize| row.try_get_by_index::<String>(n).unwrap();
        rows.iter().map(|row| format!("{} {}", text(row, 0), text(row, 1))).collect()
    }
}

on_both_databases!(a_formal_bill_is_told_and_so_is_its_confirmation, |db| async move {
    let telling = Telling::set_up(&db).await;
    let world = &telling.world;
    let other = world.partner(PartnerKind::SolutionProvider, "Other").await;
    for (name, partner) in [("A", telling.partner), ("B", other)] {
        let customer = world.customer(name).await;
        world.associate(customer, partner, "2026-01-01T00:00:00Z").await;
    }
    world.policy("2026-01", 100_000).await;
    let rows = ["A", "B"].map(|name| row(name, "100", "2026-08-10T00:00:00Z", name));
    world.import(&bill(&rows)).await;
    world.settle("2026-08", RunKind::Draft).await;
    assert_eq!(telling.told_of_bills().await, Vec::<String>::new(), "estimates are not told");
    world.settle("2026-08", RunKind::Final).await;
    assert_eq!(telling.told_of_bills().await, ["PENDING_CONFIRM {}", "PENDING_CONFIRM {}"]);

    telling.fan_out().await;
    let to_confirm = telling.messages().await.into_iter().find(|m| m.recipient.contains('@')).unwrap();
    assert_eq!(to_confirm.subject, "请确认：激励账单 2026-08");
    for line in ["金额：10.00 USD", "月份：2026-08", "(Asia/Shanghai)"] {
        assert!(to_confirm.body.contains(line), "{line} {}", to_confirm.body);
    }

    let own = Context {
        actor: Actor {
            subject: "member".into(),
            principal: Principal::Partner { partner_id: telling.partner },
        },
        request_id: None,
    };
    let rows = query(
        world.store.db(),
        "SELECT id FROM incentive_bill WHERE partner_id = $1",
        [telling.partner.0.into()],
    );
    let bill_id = entity::IncentiveBillId(rows.await.unwrap()[0].try_get_by_index(0).unwrap());
    let new = NewFeedback { bill_id, line_no: None, text: "A customer\nis missing.".into() };
    let feedback_id = create(&world.store, &own, None, new).await.unwrap();
    let (says, correction_entity) = ("It is there.".into(), None);
    let input = Answer { feedback_id, expected_version: 1, accept: false, answer: says, correction_entity };
    answer(&world.store, &world.context, None, input).await.unwrap();
    telling.fan_out().await;
    let [.., opened, answered] = &telling.messages().await[..] else { panic!() };
    assert_eq!(opened.subject, "Please answer: feedback on incentive bill 2026-08");
    assert!(
        opened.body.contains("蓝天科技 gave feedback")
            && opened.body.contains("What it says: A customer is missing.\n")
    );
    assert_eq!(answered.subject, "已答复：您对 激励账单 2026-08 的反馈");
    assert!(answered.body.contains("答复：It is there.\n"), "{}", answered.body);

    let sql = "SELECT id, version FROM incentive_bill WHERE partner_id = $1";
    let rows = query(world.store.db(), sql, [other.0.into()]).await.unwrap();
    let bill_id = entity::IncentiveBillId(rows[0].try_get_by_index(0).unwrap());
    let input = Confirm { bill_id, expected_version: rows[0].try_get_by_index(1).unwrap() };
    confirm(&world.store, &world.context, Some("k"), input).await.unwrap();
    confirm(&world.store, &world.context, Some("k"), input).await.unwrap();
    world.clock.advance(30 * DAY);
    domain::operate::deadline::work(&world.store).await.unwrap();
    let told = telling.told_of_bills().await;
    assert_eq!(told[2..], ["CONFIRMED {\"by\":\"SYSTEM\"}", "CONFIRMED {\"by\":\"DEADLINE\"}"]);
    telling.fan_out().await;
    let last = telling.messages().await.pop().unwrap();
    assert_eq!(
        (last.subject.as_str(), last.template.as_str()),
        ("已自动确认：激励账单 2026-08", "BILL_CONFIRMED_BY_DEADLINE")
    );
});
