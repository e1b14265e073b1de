//! Subscriptions to changes: what happens, as it happens.

use async_graphql::{Context, ID, Result, Subscription};
use domain::notify::tail;
use domain::reading::{self};
use domain::{Lang, Scope};
use entity::{EventId, PartnerId, event};
use futures_util::Stream;
use futures_util::stream::unfold;
use std::collections::{HashSet, VecDeque};
use std::sync::Arc;
use tokio::sync::broadcast::{Receiver, error::RecvError};

use crate::graphql::feed::Feed;
use crate::graphql::schema::caller::{caller, root, scope, store};
use crate::graphql::schema::enums::EventTopic;
use crate::graphql::schema::errors::{OrFail, TopLevel, bad_input};
use crate::graphql::schema::root::Sent;
use crate::graphql::schema::wrong::Wrong;
use crate::http::StreamMark;

/// Most topics of one subscription: more than there are.
const TOPICS_LIMIT: usize = 20;

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
pub(crate) struct ChangeSubscription;

/// Changes as they happen: each event once, from the moment of subscribing, whichever process made it. Subscribe
/// first, then load; when the stream ends with an error, do both again. A stream of server-sent events names each event,
/// and goes on behind the one in `Last-Event-ID`. Clients that cannot subscribe ask for `events`.
#[Subscription]
impl ChangeSubscription {
    /// Whatever changes of what the caller sees.
    #[graphql(guard = "root(\"Subscription\")")]
    async fn changed(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Only these topics; all if not given.")] topics: Option<Vec<EventTopic>>,
        #[graphql(desc = "Only what this id names.")] entity_id: Option<ID>,
    ) -> Result<impl Stream<Item = Result<Sent<event::Model>>>> {
        let topics = topics.unwrap_or_default();
        if topics.len() > TOPICS_LIMIT {
            return Err(bad_input(ctx, &Wrong::too_many("topics", TOPICS_LIMIT)));
        }
        let topics = topics.into_iter().map(|topic| topic.0).collect();
        follow(ctx, Wish { topics, entity: entity_id.map(|id| id.to_string()), partner: None }).await
    }

    /// A payment request changed its state.
    #[graphql(guard = "root(\"Subscription\")")]
    async fn payment_request_changed(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Only requests of this partner.")] partner_id: Option<ID>,
        #[graphql(desc = "Only this request.")] id: Option<ID>,
    ) -> Result<impl Stream<Item = Result<Sent<event::Model>>>> {
        follow(ctx, Wish::about(entity::EventTopic::PaymentRequest, id, partner_id)).await
    }

    /// An incentive bill was made, parked, confirmed or issued.
    #[graphql(guard = "root(\"Subscription\")")]
    async fn incentive_bill_changed(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Only bills of this partner.")] partner_id: Option<ID>,
        #[graphql(desc = "Only this bill.")] id: Option<ID>,
    ) -> Result<impl Stream<Item = Result<Sent<event::Model>>>> {
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
    ) -> Result<impl Stream<Item = Result<Sent<event::Model>>>> {
        follow(ctx, Wish::about(entity::EventTopic::Opportunity, id, partner_id)).await
    }
}

/// Most events that are told to who comes back; with more it loads anew.
const BEHIND_MAX: usize = 1_000;

/// Events that a subscriber is still to be given: those it missed, then those that happen.
struct Following {
    missed: VecDeque<Arc<event::Model>>,
    /// Ids of the events that were missed and are told: they may happen to come again.
    told: HashSet<EventId>,
    events: Receiver<Arc<event::Model>>,
}

impl Following {
    /// From now on, or behind the event that its client saw last; nothing if that is not known any more.
    async fn begin(ctx: &Context<'_>, mark: Option<&StreamMark>) -> Result<Option<Self>> {
        // First the ear, then the past: nothing falls between them.
        let events = ctx.data::<Feed>()?.subscribe().await.or_fail(ctx)?;
        let Some(last) = mark.and_then(StreamMark::last) else {
            return Ok(Some(Self { missed: VecDeque::new(), told: HashSet::new(), events }));
        };
        let Ok(last) = last.parse::<EventId>() else { return Ok(None) };
        let found = tail::behind(store(ctx)?, last, BEHIND_MAX).await.or_fail(ctx)?;
        Ok(found.map(|missed| Self {
            told: missed.iter().map(|event| event.id).collect(),
            missed: missed.into_iter().map(Arc::new).collect(),
            events,
        }))
    }

    /// The next event; nothing when some may have been missed.
    async fn next(&mut self, scope: Scope, wish: &Wish) -> Option<Arc<event::Model>> {
        while let Some(event) = self.missed.pop_front() {
            if wish.takes(scope, &event) {
                return Some(event);
            }
        }
        loop {
            match self.events.recv().await {
                Ok(event) if self.told.contains(&event.id) => {}
                Ok(event) if wish.takes(scope, &event) => return Some(event),
                Ok(_) => {}
                Err(RecvError::Lagged(_) | RecvError::Closed) => return None,
            }
        }
    }
}

async fn follow(
    ctx: &Context<'_>,
    wish: Wish,
) -> Result<impl Stream<Item = Result<Sent<event::Model>>> + use<>> {
    let (scope, lang, request_id) = (scope(ctx)?, caller(ctx)?.lang, caller(ctx)?.request_id.clone());
    let mark = ctx.data_opt::<StreamMark>().cloned();
    let following = Following::begin(ctx, mark.as_ref()).await?;
    // A stream that cannot go on where it stood says so, and ends.
    let begun = following.map_or(Begun::Lost, Begun::Following);
    Ok(unfold(begun, move |begun| {
        let (wish, request_id, mark) = (wish.clone(), request_id.clone(), mark.clone());
        async move {
            let lost = || (Err(missed(lang, request_id.as_deref())), Begun::Ended);
            let mut following = match begun {
                Begun::Following(following) => following,
                Begun::Lost => return Some(lost()),
                Begun::Ended => return None,
            };
            let Some(event) = following.next(scope, &wish).await else { return Some(lost()) };
            if let Some(mark) = &mark {
                mark.set(event.id.to_string());
            }
            Some((Ok(Sent((*event).clone())), Begun::Following(following)))
        }
    }))
}

/// The state of a stream of events.
enum Begun {
    Following(Following),
    /// Some may have been missed.
    Lost,
    Ended,
}

fn missed(lang: Lang, request_id: Option<&str>) -> async_graphql::Error {
    let message = match lang {
        Lang::En => "Changes came faster than they were read. Subscribe again, then load anew.",
        Lang::ZhCn => "变更过快，部分变更可能未送达。请重新订阅并重新加载数据。",
    };
    TopLevel::Unavailable.says(message, request_id)
}
