//! Events become messages: one row for each recipient, in the transaction that marks the event as passed on. A mark
//! is set on every event when it is written (`migration/src/first/event.rs`), so none is missed, however late its transaction commits.

use std::collections::{HashMap, HashSet};

use entity::{
    EventId, MessageAudience, MessageId, MessageState, OpportunityId, PartnerId, PaymentRequestId, Timestamp,
    event,
};
use jiff::tz::TimeZone;
use sea_orm::{DbBackend, FromQueryResult, QueryResult, Value as Sql};

use super::audience::rules;
use super::directory::Directory;
use super::facts;
use super::letter::{Style, write};
use crate::kernel::error::Result;
use crate::kernel::lang::Lang;
use crate::kernel::store::{Store, Tx, exec, insert_rows, placeholders, query, query_one};
use crate::programme::settings;

/// Events of one transaction: each takes a few small statements.
const BATCH: usize = 50;

/// Code of a suppressed message: nobody has an address.
pub const NO_ADDRESS: &str = "NO_ADDRESS";
/// Code of a suppressed message: there is nothing to send it by.
pub const NO_TRANSPORT: &str = "NO_TRANSPORT";

const INSERT: &str = "INSERT INTO message (id, event_id, audience, recipient, language, template, subject, body, \
     state, attempts, retry_at, message_id, last_error, created_at)";
const WIDTH: usize = 14;

/// Makes the messages of every event that waits. Returns of how many.
pub async fn fan_out(store: &Store, directory: &Directory) -> Result<usize> {
    let mut total = 0;
    let waits = "SELECT 1 FROM event_dispatch WHERE NOT fanned_out LIMIT 1";
    while !store.stopping.is_asked() && query_one(store.db(), waits, []).await?.is_some() {
        // Nothing is left for this process when others hold what waits.
        match batch(store, directory).await? {
            0 => break,
            events => total += events,
        }
    }
    Ok(total)
}

async fn batch(store: &Store, directory: &Directory) -> Result<usize> {
    let tx = store.begin().await?;
    let now = store.clock.now();
    let lock = if store.backend() == DbBackend::Postgres { "FOR UPDATE OF d SKIP LOCKED" } else { "" };
    let sql = format!(
        "SELECT e.* FROM event_dispatch d JOIN event e ON e.id = d.event_id WHERE NOT d.fanned_out \
         ORDER BY d.event_id LIMIT {BATCH} {lock}"
    );
    let rows = query(tx.orm(), &sql, []).await?;
    let events = rows.iter().map(|row| Ok(event::Model::from_query_result(row, "")?));
    let events = events.collect::<Result<Vec<_>>>()?;
    if events.is_empty() {
        return Ok(0);
    }
    let ids: Vec<Sql> = events.iter().map(|event| event.id.0.into()).collect();
    let mut desk = Desk::open(&tx, store, directory, now, &ids).await?;
    let mut values = Vec::new();
    for event in &events {
        desk.messages_of(event, &mut values).await?;
    }
    insert_rows(tx.orm(), INSERT, WIDTH, values, "ON CONFLICT (event_id, recipient) DO NOTHING").await?;
    let sql = format!(
        "UPDATE event_dispatch SET fanned_out = TRUE WHERE event_id IN {}",
        placeholders(1, ids.len())
    );
    exec(tx.orm(), &sql, ids).await?;
    crate::kernel::crash::point("outbox.fan_out");
    tx.commit().await?;
    Ok(events.len())
}

/// The partners that `events` concern, which `list` holds.
async fn known(tx: &Tx, list: &str, events: &[Sql]) -> Result<HashMap<PartnerId, Known>> {
    let sql = format!(
        "SELECT p.id, p.name, b.email, b.language FROM partner p \
         LEFT JOIN business_information b ON b.partner_id = p.id \
         WHERE p.id IN (SELECT e.partner_id FROM event e WHERE e.id IN {list})"
    );
    let rows = query(tx.orm(), &sql, events.to_vec()).await?;
    let read = |row: &QueryResult| {
        let (email, language): (Option<String>, Option<String>) =
            (row.try_get_by_index(2)?, row.try_get_by_index(3)?);
        let mail = email.zip(language).map(|(email, lang)| (email.trim().to_owned(), Lang::pick(&lang)));
        Ok((PartnerId(row.try_get_by_index(0)?), Known { name: row.try_get_by_index(1)?, mail }))
    };
    rows.iter().map(read).collect()
}

/// Everything that the messages of one transaction are made with, read once.
struct Desk<'a> {
    tx: &'a Tx,
    store: &'a Store,
    directory: &'a Directory,
    now: Timestamp,
    zone: TimeZone,
    programme: String,
    /// The partners that the events concern.
    partners: HashMap<PartnerId, Known>,
    /// Recipients that were told of an event already: what they were told stands.
    told: HashSet<(EventId, String)>,
    /// Keys of suppressed messages that are made anew: they stay the same messages.
    again: HashMap<(EventId, String), Vec<MessageId>>,
}

/// Facts about a partner that letters need.
struct Known {
    name: String,
    /// Address and language of its mail; none without business information.
    mail: Option<(String, Lang)>,
}

impl<'a> Desk<'a> {
    async fn open(
        tx: &'a Tx,
        store: &'a Store,
        directory: &'a Directory,
        now: Timestamp,
        events: &[Sql],
    ) -> Result<Self> {
        let programme = settings::load(tx.orm()).await?;
        let list = placeholders(1, events.len());
        let sql =
            format!("SELECT event_id, audience, id, state FROM message WHERE event_id IN {list} ORDER BY id");
        let (mut told, mut again): (HashSet<_>, HashMap<_, Vec<_>>) = Default::default();
        for row in query(tx.orm(), &sql, events.to_vec()).await? {
            let key = (EventId(row.try_get_by_index(0)?), row.try_get_by_index(1)?);
            if row.try_get_by_index::<String>(3)? == MessageState::Suppressed.name() {
                again.entry(key).or_default().push(MessageId(row.try_get_by_index(2)?));
            } else {
                told.insert(key);
            }
        }
        again.retain(|key, _| !told.contains(key));
        let gone: Vec<Sql> = again.values().flatten().map(|id| id.0.into()).collect();
        if !gone.is_empty() {
            let sql = format!("DELETE FROM message WHERE id IN {}", placeholders(1, gone.len()));
            exec(tx.orm(), &sql, gone).await?;
        }
        let partners = known(tx, &list, events).await?;
        let zone = settings::zone(&programme)?;
        Ok(Self { tx, store, directory, now, zone, programme: programme.name, partners, told, again })
    }

    /// Adds the rows of one event.
    async fn messages_of(&mut self, event: &event::Model, values: &mut Vec<Sql>) -> Result<()> {
        let detail = &event.detail.0;
        let mut facts = None;
        let mut told: Vec<String> = Vec::new();
        for rule in rules(event.topic, &event.kind, detail) {
            if rule.audience == MessageAudience::Partner && event.partner_id.is_none() {
                // It concerns no partner.
                continue;
            }
            let key = (event.id, rule.audience.name().to_owned());
            if self.told.contains(&key) {
                continue;
            }
            if facts.is_none() {
                let partner = event.partner_id.and_then(|id| self.partners.get(&id));
                let name = partner.map(|partner| partner.name.clone());
                facts = Some(facts::of(self.tx, event, detail, name).await?);
            }
            let Some(facts) = &facts else { continue };
            let (addresses, lang) = self.recipients(rule.audience, event).await?;
            let style = Style {
                lang,
                zone: &self.zone,
                programme: &self.programme,
                link_base: self.directory.link_base.as_deref(),
            };
            let text = write(rule.template, facts, &style);
            let nobody = [format!("({})", rule.audience.name().to_lowercase())];
            let why_not = if addresses.is_empty() {
                Some(NO_ADDRESS)
            } else if self.directory.sends {
                None
            } else {
                Some(NO_TRANSPORT)
            };
            for recipient in if addresses.is_empty() { &nobody[..] } else { &addresses } {
                let same = recipient.to_lowercase();
                if told.contains(&same) {
                    continue;
                }
                told.push(same);
                let id = self.again.get_mut(&key).and_then(Vec::pop);
                let id = id.unwrap_or_else(|| MessageId(self.store.ids.next(self.now)));
                let state = if why_not.is_some() { MessageState::Suppressed } else { MessageState::Pending };
                values.extend::<[Sql; WIDTH]>([
                    id.0.into(),
                    event.id.0.into(),
                    rule.audience.name().into(),
                    recipient.as_str().into(),
                    lang.tag().into(),
                    rule.template.name().into(),
                    text.subject.as_str().into(),
                    text.body.as_str().into(),
                    state.name().into(),
                    0_i32.into(),
                    self.now.0.into(),
                    self.directory.message_id(id).into(),
                    why_not.map(str::to_owned).into(),
                    self.now.0.into(),
                ]);
            }
        }
        Ok(())
    }

    /// Addresses and language of an audience.
    async fn recipients(
        &self,
        audience: MessageAudience,
        event: &event::Model,
    ) -> Result<(Vec<String>, Lang)> {
        let staff = self.directory.of(audience).to_vec();
        match audience {
            MessageAudience::Partner => {
                let mail = event.partner_id.and_then(|id| self.partners.get(&id)?.mail.clone());
                let lang = mail.as_ref().map_or(self.directory.language, |(_, lang)| *lang);
                let address = mail.map(|(email, _)| email).filter(|email| !email.is_empty());
                Ok((address.into_iter().collect(), lang))
            }
            MessageAudience::Approver => {
                let own = self.approvers(event).await?;
                Ok((if own.is_empty() { staff } else { own }, self.directory.language))
            }
            MessageAudience::Reviewer => {
                let own = self.reviewers(event).await?;
                Ok((if own.is_empty() { staff } else { own }, self.directory.language))
            }
            MessageAudience::Operations | MessageAudience::Finance => Ok((staff, self.directory.language)),
        }
    }

    /// Those whose voice is waited for and whose name is an address.
    async fn approvers(&self, event: &event::Model) -> Result<Vec<String>> {
        let Ok(request) = event.entity.parse::<PaymentRequestId>() else { return Ok(Vec::new()) };
        let sql = "SELECT v.subject FROM countersign_vote v JOIN payment_request r ON r.id = v.request_id \
                   AND r.round = v.round WHERE v.request_id = $1 AND v.vote IS NULL ORDER BY v.subject";
        let rows = query(self.tx.orm(), sql, [request.0.into()]).await?;
        let subjects = rows.iter().map(|row| Ok(row.try_get_by_index::<String>(0)?));
        let subjects = subjects.collect::<Result<Vec<_>>>()?;
        Ok(subjects.into_iter().filter(|subject| subject.contains('@')).collect())
    }

    /// Everybody of the office that looks after an opportunity; where none does or did in time, the coordinators.
    async fn reviewers(&self, event: &event::Model) -> Result<Vec<String>> {
        let Ok(opportunity) = event.entity.parse::<OpportunityId>() else { return Ok(Vec::new()) };
        let sql = "SELECT m.email FROM opportunity o JOIN office_member m ON m.office_id = o.office_id \
                   WHERE o.id = $1 UNION SELECT c.email FROM opportunity o CROSS JOIN pce_coordinator c \
                   WHERE o.id = $1 AND (o.office_id IS NULL OR o.route = 'ESCALATED') ORDER BY 1";
        let rows = query(self.tx.orm(), sql, [opportunity.0.into()]).await?;
        rows.iter().map(|row| Ok(row.try_get_by_index::<String>(0)?)).collect()
    }
}
