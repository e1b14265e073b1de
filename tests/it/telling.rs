//! Telling people: events become messages once, messages leave at least once, and who looks on is told of every event.

mod addresses;
mod bills;
mod delivery;
mod operators;
mod passing_on;
mod subscriptions;
mod tail;

use domain::kernel::event::{NewEvent, emit};
use domain::kernel::store::{Tx, exec, query};
use domain::notify::Directory;
use domain::notify::fan_out::fan_out;
use domain::{Lang, Store};
use entity::{EventId, EventTopic, PartnerId, PartnerKind, message};
use sea_orm::{EntityTrait, QueryOrder};
use serde_json::{Value, json};
use tests::db::TestDatabase;
use tests::world::World;

/// A partner that reads Chinese, and a vendor that reads English.
pub(crate) struct Telling {
    pub(crate) world: World,
    pub(crate) partner: PartnerId,
    pub(crate) directory: Directory,
}

impl Telling {
    pub(crate) async fn set_up(db: &TestDatabase) -> Self {
        let world = World::open(db).await;
        let partner = world.partner(PartnerKind::SolutionProvider, "蓝天科技").await;
        let telling = Self { world, partner, directory: directory() };
        telling.address("lan@partner.example.com", "zh-CN").await;
        telling
    }

    pub(crate) fn store(&self) -> &Store {
        &self.world.store
    }

    /// Writes where the partner's mail goes.
    pub(crate) async fn address(&self, email: &str, language: &str) {
        let sql = "INSERT INTO business_information (partner_id, certification, legal_name, taxpayer_no, bank_account, \
                   account_set_by, certified_account, email, language, changed_at, version) \
                   VALUES ($1, 'CERTIFIED', 'Blue Sky', 'T1', 'B1', 'x', 'B1', $2, $3, 0, 1) \
                   ON CONFLICT (partner_id) DO UPDATE SET email = excluded.email, language = excluded.language";
        exec(self.store().db(), sql, [self.partner.0.into(), email.into(), language.into()]).await.unwrap();
    }

    /// Tells of something inside `tx`.
    pub(crate) async fn tell_in(&self, tx: &Tx, topic: EventTopic, kind: &str, detail: Value) -> EventId {
        let now = self.store().clock.now();
        let partner_id = Some(self.partner);
        let event = NewEvent { topic, kind, entity: "thing_1".into(), partner_id, detail };
        emit(tx, self.store(), now, event).await.unwrap()
    }

    pub(crate) async fn tell(&self, topic: EventTopic, kind: &str, detail: Value) -> EventId {
        let tx = self.store().begin().await.unwrap();
        let id = self.tell_in(&tx, topic, kind, detail).await;
        tx.commit().await.unwrap();
        id
    }

    /// A payment request was paid: one message to the partner.
    pub(crate) async fn paid(&self, payout: &str) -> EventId {
        let detail = json!({ "payout_no": payout, "amount": 1_234_500_000_i64, "currency": "CNY", "month": "2026-08" });
        self.tell(EventTopic::PaymentRequest, "PAID", detail).await
    }

    pub(crate) async fn fan_out(&self) -> usize {
        fan_out(self.store(), &self.directory).await.unwrap()
    }

    /// All messages, oldest first.
    pub(crate) async fn messages(&self) -> Vec<message::Model> {
        message::Entity::find().order_by_asc(message::Column::Id).all(self.store().db()).await.unwrap()
    }

    /// Recipient and state of each, in order.
    pub(crate) async fn states(&self) -> Vec<String> {
        let sql = "SELECT recipient, state FROM message ORDER BY recipient, id";
        let rows = query(self.store().db(), sql, []).await.unwrap();
        let text = |row: &sea_orm::QueryResult, n: usize| row.try_get_by_index::<String>(n).unwrap();
        rows.iter().map(|row| format!("{} {}", text(row, 0), text(row, 1))).collect()
    }
}

pub(crate) fn directory() -> Directory {
    Directory {
        operations: vec!["operations@vendor.example.com".into()],
        finance: vec!["finance@vendor.example.com".into(), "cfo@vendor.example.com".into()],
        language: Lang::En,
        link_base: Some("https://partners.example.com".into()),
        sender: Some("Partner Center <partners@vendor.example.com>".into()),
        sends: true,
    }
}
