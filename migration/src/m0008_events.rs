//! What happened: rows that tell of a change, written in its transaction.

use crate::dialect::change;

change!(
    "m0008_events",
    "
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
",
    "
DROP TABLE event;;
"
);
