//! The audit trail, and the answers of mutations that are given again to the same key.
//!
//! On PostgreSQL `refuse_change` stands here, which every append-only table of the files after this one calls.

/// The tables of this noun, in the order in which they are made.
pub(super) const TABLES: &str = "
@postgres CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END $$;;
CREATE TABLE audit_event (
  id I64 PRIMARY KEY,
  at I64 NOT NULL,
  subject TEXT NOT NULL,
  principal TEXT NOT NULL,
  operation TEXT NOT NULL,
  entity TEXT NOT NULL,
  reason TEXT,
  request_id TEXT,
  detail TEXT NOT NULL
) STRICT;;
CREATE INDEX audit_event_by_entity ON audit_event (entity, id);;
@sqlite CREATE TRIGGER audit_is_append_only_update BEFORE UPDATE ON audit_event BEGIN SELECT RAISE(ABORT, 'the audit trail is append-only'); END;;
@sqlite CREATE TRIGGER audit_is_append_only_delete BEFORE DELETE ON audit_event BEGIN SELECT RAISE(ABORT, 'the audit trail is append-only'); END;;
@postgres CREATE TRIGGER audit_is_append_only BEFORE UPDATE OR DELETE ON audit_event FOR EACH ROW EXECUTE FUNCTION refuse_change();;

CREATE TABLE idempotency_key (
  subject TEXT NOT NULL,
  idempotency_key TEXT NOT NULL,
  operation TEXT NOT NULL,
  fingerprint TEXT NOT NULL,
  response TEXT NOT NULL,
  created_at I64 NOT NULL,
  PRIMARY KEY (subject, idempotency_key)
) CLUSTERED;;
";
