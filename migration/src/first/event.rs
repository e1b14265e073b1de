//! Events, recorded in the transaction of the change; a mark for each that was passed on, and the messages
//! made of them.
//!
//! A trigger notes each event in the transaction that writes it, so that no event can be forgotten. `written_in` is
//! what a reader compares to miss none: on PostgreSQL the number of the writing transaction (transactions that are
//! still open have numbers at or above `pg_snapshot_xmin`), on SQLite, with its one writer, a count.

/// The tables of this noun, in the order in which they are made.
pub(super) const TABLES: &str = "
CREATE TABLE event (
  id I64 PRIMARY KEY,
  at I64 NOT NULL,
  topic TEXT NOT NULL,
  kind TEXT NOT NULL,
  entity TEXT NOT NULL,
  partner_id I64,
  detail TEXT NOT NULL
) STRICT;;
CREATE INDEX event_by_time ON event (at, id);;
CREATE INDEX event_by_entity ON event (entity, id);;
@sqlite CREATE TRIGGER events_are_append_only_update BEFORE UPDATE ON event BEGIN SELECT RAISE(ABORT, 'events are append-only'); END;;
@sqlite CREATE TRIGGER events_are_append_only_delete BEFORE DELETE ON event BEGIN SELECT RAISE(ABORT, 'events are append-only'); END;;
@postgres CREATE TRIGGER events_are_append_only BEFORE UPDATE OR DELETE ON event FOR EACH ROW EXECUTE FUNCTION refuse_change();;
CREATE INDEX event_by_partner ON event (partner_id, at, id) WHERE partner_id IS NOT NULL;;

CREATE TABLE event_dispatch (
  event_id I64 PRIMARY KEY REFERENCES event (id),
  written_in I64 NOT NULL,
  fanned_out BOOL NOT NULL
) CLUSTERED;;
CREATE INDEX event_dispatch_in_order ON event_dispatch (written_in, event_id);;
CREATE INDEX event_dispatch_waiting ON event_dispatch (event_id) WHERE NOT fanned_out;;
@sqlite CREATE TRIGGER event_is_dispatched AFTER INSERT ON event BEGIN INSERT INTO event_dispatch VALUES (NEW.id, COALESCE((SELECT MAX(written_in) FROM event_dispatch), 0) + 1, 0); END;;
@postgres CREATE FUNCTION dispatch_event() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN INSERT INTO event_dispatch VALUES (NEW.id, pg_current_xact_id()::text::bigint, FALSE); RETURN NULL; END $$;;
@postgres CREATE TRIGGER event_is_dispatched AFTER INSERT ON event FOR EACH ROW EXECUTE FUNCTION dispatch_event();;

CREATE TABLE message (
  id I64 PRIMARY KEY,
  event_id I64 NOT NULL REFERENCES event (id),
  audience TEXT NOT NULL CHECK (audience IN ('PARTNER', 'OPERATIONS', 'FINANCE', 'APPROVER', 'REVIEWER')),
  recipient TEXT NOT NULL,
  language TEXT NOT NULL CHECK (language IN ('en', 'zh-CN')),
  template TEXT NOT NULL,
  subject TEXT NOT NULL,
  body TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('PENDING', 'SENT', 'FAILED', 'SUPPRESSED')),
  attempts I32 NOT NULL CHECK (attempts >= 0),
  retry_at I64 NOT NULL,
  message_id TEXT NOT NULL UNIQUE,
  last_error TEXT,
  sent_at I64,
  created_at I64 NOT NULL,
  UNIQUE (event_id, recipient)
) STRICT;;
CREATE INDEX message_due ON message (retry_at, id) WHERE state = 'PENDING';;
CREATE INDEX message_by_state ON message (state, id);;
CREATE INDEX message_by_recipient ON message (recipient, id);;
";
