//! What is written in opportunities is found by any piece of it, in Chinese and English; lists have their orders, and
//! people keep the views they look at.
//!
//! SQLite keeps the pieces of three characters in an FTS5 table beside `opportunity`, PostgreSQL in an index of the
//! extension `pg_trgm`. Persons are in neither.

use crate::dialect::change;

change!(
    "m0023_opportunity_search",
    "
@sqlite CREATE VIRTUAL TABLE opportunity_text USING fts5(name, customer_name, description, need, content='opportunity', content_rowid='id', tokenize='trigram');;
@sqlite INSERT INTO opportunity_text (rowid, name, customer_name, description, need) SELECT id, name, customer_name, description, need FROM opportunity;;
@sqlite CREATE TRIGGER opportunity_text_of_new AFTER INSERT ON opportunity BEGIN
@sqlite   INSERT INTO opportunity_text (rowid, name, customer_name, description, need) VALUES (NEW.id, NEW.name, NEW.customer_name, NEW.description, NEW.need); END;;
@sqlite CREATE TRIGGER opportunity_text_of_deleted AFTER DELETE ON opportunity BEGIN
@sqlite   INSERT INTO opportunity_text (opportunity_text, rowid, name, customer_name, description, need) VALUES ('delete', OLD.id, OLD.name, OLD.customer_name, OLD.description, OLD.need); END;;
@sqlite CREATE TRIGGER opportunity_text_of_changed AFTER UPDATE ON opportunity
@sqlite   WHEN OLD.name <> NEW.name OR OLD.customer_name <> NEW.customer_name OR OLD.description <> NEW.description OR OLD.need <> NEW.need BEGIN
@sqlite   INSERT INTO opportunity_text (opportunity_text, rowid, name, customer_name, description, need) VALUES ('delete', OLD.id, OLD.name, OLD.customer_name, OLD.description, OLD.need);
@sqlite   INSERT INTO opportunity_text (rowid, name, customer_name, description, need) VALUES (NEW.id, NEW.name, NEW.customer_name, NEW.description, NEW.need); END;;
@postgres CREATE EXTENSION IF NOT EXISTS pg_trgm;;
@postgres CREATE INDEX opportunity_text ON opportunity USING gin (LOWER(name || ' ' || customer_name || ' ' || description || ' ' || need) gin_trgm_ops);;

CREATE INDEX opportunity_by_age ON opportunity (state_since, id);;
CREATE INDEX opportunity_by_amount ON opportunity (COALESCE(expected_amount, -1), id);;
CREATE INDEX opportunity_by_signing ON opportunity (COALESCE(expected_sign_on, 0), id);;
CREATE INDEX opportunity_by_progress ON opportunity (COALESCE(last_progress_at, 0), id);;
CREATE INDEX opportunity_by_claimer ON opportunity (claimed_by, id) WHERE claimed_by IS NOT NULL;;

CREATE TABLE opportunity_view (
  id I64 PRIMARY KEY,
  subject TEXT NOT NULL,
  name TEXT NOT NULL CHECK (name <> ''),
  settings TEXT NOT NULL,
  created_at I64 NOT NULL,
  version I32 NOT NULL
) STRICT;;
CREATE UNIQUE INDEX one_opportunity_view_a_name ON opportunity_view (subject, name);;
",
    "
DROP TABLE opportunity_view;;
DROP INDEX opportunity_by_claimer;; DROP INDEX opportunity_by_progress;; DROP INDEX opportunity_by_signing;;
DROP INDEX opportunity_by_amount;; DROP INDEX opportunity_by_age;;
@postgres DROP INDEX opportunity_text;;
@sqlite DROP TRIGGER opportunity_text_of_changed;; DROP TRIGGER opportunity_text_of_deleted;; DROP TRIGGER opportunity_text_of_new;;
@sqlite DROP TABLE opportunity_text;;
"
);
