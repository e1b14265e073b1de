//! Events: what happened, as a list and as it happens.

use std::sync::Arc;

use async_graphql::{Context, ID, Object, Result, Subscription};
use domain::reading::{self, Key};
use domain::{Lang, Scope};
use entity::{PartnerId, event};
use futures_util::Stream;
use futures_util::stream::unfold;
use tokio::sync::broadcast::{Receiver, error::RecvError};

use super::caller::{caller, root, scope};
use super::connection::{Found, Paging, connection};
use super::enums::EventTopic;
use super::errors::{OrFail, TopLevel, bad_input};
use super::feed::Feed;
use super::filter::{DateTimeFilter, EventTopicFilter, IdFilter, StringFilter, Wanted, filter, order};
use super::node::{self, Node};
use super::partner::Partner;
use super::scalars::DateTime;

/// Most topics of one subscription: more than there are.
const TOPICS_LIMIT: usize = 20;

/// Something that happened.
#[derive(Clone)]
pub struct Event(event::Model);

impl From<event::Model> for Event {
    fn from(row: event::Model) -> Self {
        Self(row)
    }
}

/// Something that happened to a payment request, a bill, a deadline. Events never change.
#[Object]
impl Event {
    /// Stable id.
    pub(crate) async fn id(&self) -> ID {
        self.0.id.to_string().into()
    }

    /// When.
    async fn at(&self) -> DateTime {
        DateTime(self.0.at)
    }

    /// What it is about.
    async fn topic(&self) -> EventTopic {
        self.0.topic.into()
    }

    /// What happened: the new state, in most cases.
    async fn kind(&self) -> &str {
        &self.0.kind
    }

    /// The id of what it is about.
    async fn entity_id(&self) -> ID {
        self.0.entity.as_str().into()
    }

    /// What it is about, as it is now; null for what has no type here or is not the caller's to see.
    async fn entity(&self, ctx: &Context<'_>) -> Option<Result<Node>> {
        node::find(ctx, &self.0.entity.as_str().into()).await.transpose()
    }

    /// The partner it concerns.
    async fn partner(&self, ctx: &Context<'_>) -> Option<Result<Partner>> {
        node::load(ctx, self.0.partner_id?).await.transpose()
    }
}

connection! {
    /// A page of events.
    EventConnection,
    /// An event with its cursor.
    EventEdge, Event, event::Model
}

filter! {
    /// Which events.
    EventFilter {
        /// By when.
        at: DateTimeFilter => |f| f.on("at"),
        /// By what they are about.
        topic: EventTopicFilter => |f| f.on("topic"),
        /// By what happened.
        kind: StringFilter => |f| f.on("kind"),
        /// By the id of what they are about.
        entity: StringFilter => |f| f.on("entity"),
        /// By partner.
        partner: IdFilter => |f| f.on::<PartnerId>("partner_id"),
    }
}

order! {
    /// The order of events.
    EventOrder,
    /// What events are ordered by.
    EventOrderField of "events" {
        /// When it happened.
        At "AT" => [Key::int("at"), Key::int("id")],
    } default At Desc
}

/// Queries about events.
#[derive(Default)]
pub struct EventQuery;

#[Object(guard = "root(\"Query\")")]
impl EventQuery {
    /// What happened, latest first: a partner sees what concerns it. Clients that cannot subscribe ask for this.
    async fn events(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            desc = "Rows from the start of the list, at most 100; 20 if neither first nor last is given."
        )]
        first: Option<i32>,
        #[graphql(desc = "Only rows behind this cursor.")] after: Option<String>,
        #[graphql(desc = "Rows from the end of the list, at most 100.")] last: Option<i32>,
        #[graphql(desc = "Only rows before this cursor.")] before: Option<String>,
        #[graphql(desc = "Only rows for which this holds.")] filter: Option<EventFilter>,
        #[graphql(desc = "The order of the list.")] order_by: Option<EventOrder>,
    ) -> Option<Result<EventConnection>> {
        let list = async {
            Found::list(
                ctx,
                reading::event::list(scope(ctx)?),
                Wanted::of(filter),
                EventOrder::of(order_by),
                Paging { first, after, last, before },
            )
            .await
        };
        Some(list.await.map(EventConnection))
    }
}

/// Which events a subscriber is given, of those it may see.
#[derive(Clone, Debug, Default)]
struct Wish {
    topics: Vec<entity::EventTopic>,
    entity: Option<String>,
    /// `Some(None)` for an id that names nobody.
    partner: Option<Option<PartnerId>>,
}

impl Wish {
    fn about(topic: entity::EventTopic, id: Option<ID>, partner_id: Option<ID>) -> Self {
        Self {
            topics: vec![topic],
            entity: id.map(|id| id.to_string()),
            partner: partner_id.map(|id| id.parse().ok()),
        }
    }

    /// Whether `event` is given to whoever sees `scope`. PURE.
    fn takes(&self, scope: Scope, event: &event::Model) -> bool {
        reading::event::sees(scope, event)
            && (self.topics.is_empty() || self.topics.contains(&event.topic))
            && self.entity.as_ref().is_none_or(|entity| *entity == event.entity)
            && self.partner.is_none_or(|partner| partner.is_some() && partner == event.partner_id)
    }
}

/// Changes as they happen.
#[derive(Default)]
pub struct ChangeSubscription;

/// Changes as they happen: each event once, from the moment of subscribing, whichever process made it. Subscribe
/// first, then load; when the stream ends with an error, do both again. Clients that cannot subscribe ask for `events`.
#[Subscription]
impl ChangeSubscription {
    /// Whatever changes of what the caller sees.
    #[graphql(guard = "root(\"Subscription\")")]
    async fn changed(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Only these topics; all if not given.")] topics: Option<Vec<EventTopic>>,
        #[graphql(desc = "Only what this id names.")] entity: Option<ID>,
    ) -> Result<impl Stream<Item = Result<Event>>> {
        let topics = topics.unwrap_or_default();
        if topics.len() > TOPICS_LIMIT {
            return Err(bad_input(ctx, &format!("`topics` has at most {TOPICS_LIMIT} entries.")));
        }
        let topics = topics.into_iter().map(Into::into).collect();
        follow(ctx, Wish { topics, entity: entity.map(|id| id.to_string()), partner: None }).await
    }

    /// A payment request changed its state.
    #[graphql(guard = "root(\"Subscription\")")]
    async fn payment_request_changed(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Only requests of this partner.")] partner_id: Option<ID>,
        #[graphql(desc = "Only this request.")] id: Option<ID>,
    ) -> Result<impl Stream<Item = Result<Event>>> {
        follow(ctx, Wish::about(entity::EventTopic::PaymentRequest, id, partner_id)).await
    }

    /// An incentive bill was made, parked, confirmed or issued.
    #[graphql(guard = "root(\"Subscription\")")]
    async fn incentive_bill_changed(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Only bills of this partner.")] partner_id: Option<ID>,
        #[graphql(desc = "Only this bill.")] id: Option<ID>,
    ) -> Result<impl Stream<Item = Result<Event>>> {
        follow(ctx, Wish::about(entity::EventTopic::IncentiveBill, id, partner_id)).await
    }

    /// An opportunity changed its state or what it says, or somebody commented on it or attached a file. Drafts only for
    /// their partner, what is internal only for the vendor's staff.
    #[graphql(guard = "root(\"Subscription\")")]
    async fn opportunity_changed(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Only opportunities of this partner.")] partner_id: Option<ID>,
        #[graphql(desc = "Only this opportunity.")] id: Option<ID>,
    ) -> Result<impl Stream<Item = Result<Event>>> {
        follow(ctx, Wish::about(entity::EventTopic::Opportunity, id, partner_id)).await
    }
}

async fn follow(ctx: &Context<'_>, wish: Wish) -> Result<impl Stream<Item = Result<Event>> + use<>> {
    let (scope, lang, request_id) = (scope(ctx)?, caller(ctx)?.lang, caller(ctx)?.request_id.clone());
    let events = ctx.data::<Feed>()?.subscribe().await.or_fail(ctx)?;
    Ok(unfold(Some(events), move |events| {
        let (wish, request_id) = (wish.clone(), request_id.clone());
        async move {
            let mut events = events?;
            match next(&mut events, scope, &wish).await {
                Some(event) => Some((Ok(Event((*event).clone())), Some(events))),
                // The stream ends behind this.
                None => Some((Err(missed(lang, request_id.as_deref())), None)),
            }
        }
    }))
}

/// The next event; nothing when some may have been missed.
async fn next(
    events: &mut Receiver<Arc<event::Model>>,
    scope: Scope,
    wish: &Wish,
) -> Option<Arc<event::Model>> {
    loop {
        match events.recv().await {
            Ok(event) if wish.takes(scope, &event) => return Some(event),
            Ok(_) => {}
            Err(RecvError::Lagged(_) | RecvError::Closed) => return None,
        }
    }
}

fn missed(lang: Lang, request_id: Option<&str>) -> async_graphql::Error {
    let message = match lang {
        Lang::En => "Changes came faster than they were read. Subscribe again, then load anew.",
        Lang::ZhCn => "变更过快，部分变更可能未送达。请重新订阅并重新加载数据。",
    };
    TopLevel::Unavailable.says(message, request_id)
}

#[cfg(test)]
mod tests {
    use entity::Timestamp;

    use super::*;

    fn event(topic: entity::EventTopic, entity: &str, partner: Option<i64>) -> Arc<event::Model> {
        Arc::new(event::Model {
            id: entity::EventId(1),
            at: Timestamp(0),
            topic,
            kind: "PAID".into(),
            entity: entity.into(),
            partner_id: partner.map(PartnerId),
            detail: entity::JsonText(serde_json::json!({})),
        })
    }

    #[test]
    fn a_wish_never_reaches_beyond_the_scope() {
        use entity::EventTopic::{IncentiveBill, PaymentRequest};
        let own = event(PaymentRequest, "a", Some(1));
        let all = Wish::default();
        assert!(all.takes(Scope::All, &own) && all.takes(Scope::Partner(PartnerId(1)), &own));
        assert!(!all.takes(Scope::Partner(PartnerId(2)), &own));
        assert!(!all.takes(Scope::Partner(PartnerId(1)), &event(PaymentRequest, "a", None)));
        assert!(!all.takes(Scope::Customer(entity::CustomerId(1)), &own));
        let of = |id: Option<&str>, partner: Option<String>| {
            Wish::about(PaymentRequest, id.map(Into::into), partner.map(Into::into))
        };
        let one = PartnerId(1).to_string();
        assert!(of(Some("a"), Some(one.clone())).takes(Scope::All, &own));
        assert!(!of(Some("b"), None).takes(Scope::All, &own));
        assert!(!of(None, Some(PartnerId(2).to_string())).takes(Scope::All, &own));
        assert!(!of(None, Some("nobody".into())).takes(Scope::All, &event(PaymentRequest, "a", None)));
        assert!(!of(None, Some(one)).takes(Scope::All, &event(IncentiveBill, "a", Some(1))));
    }

    #[test]
    fn events_of_drafts_are_their_partners_alone() {
        use entity::EventTopic::{Opportunity, PaymentRequest};
        let told = |topic, kind: &str| {
            let event = event::Model { kind: kind.into(), ..(*event(topic, "a", Some(1))).clone() };
            [Scope::All, Scope::Partner(PartnerId(1)), Scope::Partner(PartnerId(2))]
                .map(|scope| Wish::default().takes(scope, &event))
        };
        assert_eq!(told(Opportunity, "DRAFT_EDITED"), [false, true, false]);
        assert_eq!(told(Opportunity, "EDITED"), [true, true, false]);
        assert_eq!(told(Opportunity, "DRAFT"), [true, true, false], "it was withdrawn");
        assert_eq!(told(PaymentRequest, "DRAFT_EDITED"), [true, true, false]);
    }

    #[tokio::test]
    async fn whoever_reads_too_slowly_is_told_one_event_past_the_backlog() {
        use super::super::feed::BACKLOG;
        let told = async |count: usize| {
            let (sender, mut receiver) = tokio::sync::broadcast::channel(BACKLOG);
            for _ in 0..count {
                sender.send(event(entity::EventTopic::Export, "a", None)).unwrap();
            }
            next(&mut receiver, Scope::All, &Wish::default()).await.is_some()
        };
        assert!(told(BACKLOG).await);
        assert!(!told(BACKLOG + 1).await);
    }
}
