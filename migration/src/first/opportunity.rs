//! Opportunities shared both ways, with what happened to them, what they repeat, to whom they were offered, how they
//! progress and what they are linked to.
//!
//! What is written in them is found by any piece of it, in Chinese and English: SQLite keeps the pieces of three
//! characters in an FTS5 table beside `opportunity`, PostgreSQL in an index of the extension `pg_trgm`. Persons are in
//! neither.

/// The tables of this noun, in the order in which they are made.
pub(super) const TABLES: &str = "
CREATE TABLE opportunity (
  id I64 PRIMARY KEY,
  kind TEXT NOT NULL CHECK (kind IN ('PO', 'HO')),
  crm_no TEXT,
  partner_id I64 REFERENCES partner (id),
  state TEXT NOT NULL CHECK (state IN ('DRAFT', 'IN_REVIEW', 'REVIEW_REJECTED', 'VERIFYING', 'VERIFIED', 'REJECTED',
    'TO_OFFER', 'PENDING_ACCEPT', 'REFUSED', 'REFUSED_TIMEOUT', 'ACCEPTED', 'IN_PROGRESS', 'WON', 'DELIVERED', 'LOST', 'CLOSED')),
  state_since I64 NOT NULL,
  reason_code TEXT,
  reason TEXT,
  transitions I32 NOT NULL,
  name TEXT NOT NULL,
  description TEXT NOT NULL,
  customer_name TEXT NOT NULL,
  name_key TEXT NOT NULL,
  credit_code TEXT,
  customer_id I64 REFERENCES customer (id),
  province TEXT NOT NULL,
  city TEXT NOT NULL,
  industry TEXT NOT NULL,
  contact_name TEXT NOT NULL,
  contact_title TEXT NOT NULL,
  contact_phone TEXT NOT NULL,
  contact_email TEXT NOT NULL,
  contact_hidden_by_partner BOOL NOT NULL,
  contact_hidden_by_vendor BOOL NOT NULL,
  presales_activities TEXT NOT NULL,
  offering_id I64 REFERENCES partner_offering (id),
  demand_tag TEXT NOT NULL CHECK (demand_tag <> ''),
  services TEXT NOT NULL,
  support TEXT,
  budget_state TEXT,
  budget_amount I64 CHECK (budget_amount >= 0),
  decision_maker TEXT NOT NULL,
  need TEXT NOT NULL,
  purchase_phase TEXT,
  expected_amount I64 CHECK (expected_amount >= 0),
  currency TEXT NOT NULL,
  expected_sign_on I32,
  expected_delivery_on I32,
  customer_consent BOOL NOT NULL,
  stage TEXT,
  win_percent I16 CHECK (win_percent BETWEEN 0 AND 100),
  last_progress_at I64,
  stale BOOL NOT NULL,
  office_id I64 REFERENCES office (id),
  route TEXT,
  route_detail TEXT,
  claimed_by TEXT,
  claimed_at I64,
  copied_from I64 REFERENCES opportunity (id),
  submitted_at I64,
  review_passed_at I64,
  shared_at I64,
  passed_at I64,
  won_at I64,
  delivered_at I64,
  created_by TEXT NOT NULL,
  created_at I64 NOT NULL,
  version I32 NOT NULL,
  CHECK (kind = 'HO' OR partner_id IS NOT NULL),
  CHECK ((claimed_by IS NULL) = (claimed_at IS NULL)),
  CHECK (kind = 'PO' OR state NOT IN ('DRAFT', 'IN_REVIEW', 'REVIEW_REJECTED', 'VERIFYING', 'VERIFIED', 'REJECTED')),
  CHECK (kind = 'HO' OR state NOT IN ('TO_OFFER', 'PENDING_ACCEPT', 'REFUSED', 'REFUSED_TIMEOUT', 'ACCEPTED')),
  CHECK (kind = 'PO' OR shared_at IS NOT NULL)
) STRICT;;
CREATE UNIQUE INDEX one_opportunity_a_crm_no ON opportunity (crm_no) WHERE crm_no IS NOT NULL;;
CREATE INDEX opportunity_by_partner ON opportunity (partner_id, id);;
CREATE INDEX opportunity_by_state ON opportunity (state, state_since, id);;
CREATE INDEX opportunity_by_office ON opportunity (office_id, state, id);;
CREATE INDEX opportunity_by_customer ON opportunity (customer_id, id) WHERE customer_id IS NOT NULL;;
CREATE INDEX opportunity_by_name_key ON opportunity (name_key);;
CREATE INDEX opportunity_by_credit_code ON opportunity (credit_code) WHERE credit_code IS NOT NULL;;
CREATE INDEX opportunity_by_age ON opportunity (state_since, id);;
CREATE INDEX opportunity_by_amount ON opportunity (COALESCE(expected_amount, -1), id);;
CREATE INDEX opportunity_by_signing ON opportunity (COALESCE(expected_sign_on, 0), id);;
CREATE INDEX opportunity_by_progress ON opportunity (COALESCE(last_progress_at, 0), id);;
CREATE INDEX opportunity_by_claimer ON opportunity (claimed_by, id) WHERE claimed_by IS NOT NULL;;
@sqlite CREATE VIRTUAL TABLE opportunity_text USING fts5(name, customer_name, description, need, content='opportunity', content_rowid='id', tokenize='trigram');;
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

CREATE TABLE opportunity_transition (
  opportunity_id I64 NOT NULL REFERENCES opportunity (id),
  seq I32 NOT NULL,
  operation TEXT NOT NULL,
  from_state TEXT,
  to_state TEXT NOT NULL,
  actor TEXT NOT NULL,
  actor_kind TEXT NOT NULL CHECK (actor_kind IN ('PARTNER', 'REVIEWER', 'OPERATIONS', 'SYSTEM')),
  reason_code TEXT,
  reason TEXT,
  at I64 NOT NULL,
  PRIMARY KEY (opportunity_id, seq)
) CLUSTERED;;
@sqlite CREATE TRIGGER opportunity_trail_is_append_only_update BEFORE UPDATE ON opportunity_transition BEGIN SELECT RAISE(ABORT, 'transitions are append-only'); END;;
@postgres CREATE TRIGGER opportunity_trail_is_append_only BEFORE UPDATE ON opportunity_transition FOR EACH ROW EXECUTE FUNCTION refuse_change();;

CREATE TABLE opportunity_pass (
  identity TEXT NOT NULL,
  demand_tag TEXT NOT NULL,
  month I32 NOT NULL,
  opportunity_id I64 NOT NULL REFERENCES opportunity (id),
  PRIMARY KEY (identity, demand_tag, month)
) CLUSTERED;;
CREATE INDEX opportunity_pass_by_opportunity ON opportunity_pass (opportunity_id);;

CREATE TABLE opportunity_duplicate (
  first_id I64 NOT NULL REFERENCES opportunity (id),
  second_id I64 NOT NULL REFERENCES opportunity (id),
  score_ppm I32 NOT NULL CHECK (score_ppm BETWEEN 0 AND 1000000),
  grounds TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('SUSPECTED', 'CONFIRMED', 'DISMISSED')),
  found_at I64 NOT NULL,
  decided_by TEXT,
  decided_at I64,
  reason TEXT,
  PRIMARY KEY (first_id, second_id),
  CHECK (first_id < second_id),
  CHECK ((state = 'SUSPECTED') = (decided_at IS NULL))
) CLUSTERED;;
CREATE INDEX opportunity_duplicate_by_second ON opportunity_duplicate (second_id);;

CREATE TABLE opportunity_gram (
  gram TEXT NOT NULL,
  opportunity_id I64 NOT NULL REFERENCES opportunity (id),
  PRIMARY KEY (gram, opportunity_id)
) CLUSTERED;;
CREATE INDEX opportunity_gram_by_opportunity ON opportunity_gram (opportunity_id);;

CREATE TABLE opportunity_offer (
  opportunity_id I64 NOT NULL REFERENCES opportunity (id),
  offer_no I32 NOT NULL,
  partner_id I64 NOT NULL REFERENCES partner (id),
  state TEXT NOT NULL CHECK (state IN ('PENDING', 'ACCEPTED', 'REFUSED', 'TIMED_OUT', 'RECALLED')),
  rank I32 NOT NULL,
  grounds TEXT NOT NULL,
  offered_by TEXT NOT NULL,
  offered_at I64 NOT NULL,
  due_at I64 NOT NULL,
  answered_by TEXT,
  answered_at I64,
  reason_code TEXT,
  reason TEXT,
  PRIMARY KEY (opportunity_id, offer_no),
  CHECK ((state = 'PENDING') = (answered_at IS NULL))
) CLUSTERED;;
CREATE UNIQUE INDEX one_open_offer ON opportunity_offer (opportunity_id) WHERE state = 'PENDING';;
CREATE INDEX opportunity_offer_by_partner ON opportunity_offer (partner_id, opportunity_id);;

CREATE TABLE opportunity_progress (
  id I64 PRIMARY KEY,
  opportunity_id I64 NOT NULL REFERENCES opportunity (id),
  side TEXT NOT NULL CHECK (side IN ('PARTNER', 'VENDOR')),
  stage TEXT NOT NULL,
  win_percent I16 NOT NULL CHECK (win_percent BETWEEN 0 AND 100),
  exchanges TEXT NOT NULL,
  tests TEXT NOT NULL,
  detail TEXT NOT NULL,
  next_step TEXT NOT NULL,
  created_by TEXT NOT NULL,
  created_at I64 NOT NULL
) STRICT;;
CREATE INDEX opportunity_progress_by_opportunity ON opportunity_progress (opportunity_id, id);;

CREATE TABLE opportunity_comment (
  id I64 PRIMARY KEY,
  opportunity_id I64 NOT NULL REFERENCES opportunity (id),
  side TEXT NOT NULL CHECK (side IN ('PARTNER', 'VENDOR')),
  internal BOOL NOT NULL,
  partner_id I64 REFERENCES partner (id),
  note TEXT NOT NULL CHECK (note <> ''),
  created_by TEXT NOT NULL,
  created_at I64 NOT NULL
) STRICT;;
CREATE INDEX opportunity_comment_by_opportunity ON opportunity_comment (opportunity_id, id);;

CREATE TABLE opportunity_file (
  opportunity_id I64 NOT NULL REFERENCES opportunity (id),
  file_id I64 NOT NULL REFERENCES stored_file (id),
  side TEXT NOT NULL CHECK (side IN ('PARTNER', 'VENDOR')),
  internal BOOL NOT NULL,
  partner_id I64 REFERENCES partner (id),
  attached_by TEXT NOT NULL,
  attached_at I64 NOT NULL,
  PRIMARY KEY (opportunity_id, file_id)
) CLUSTERED;;
CREATE INDEX opportunity_file_by_file ON opportunity_file (file_id);;

CREATE TABLE opportunity_account (
  opportunity_id I64 NOT NULL REFERENCES opportunity (id),
  account_id I64 NOT NULL REFERENCES cloud_account (id),
  linked_by TEXT NOT NULL,
  linked_at I64 NOT NULL,
  PRIMARY KEY (opportunity_id, account_id)
) CLUSTERED;;
CREATE INDEX opportunity_account_by_account ON opportunity_account (account_id);;

CREATE TABLE opportunity_order (
  order_no TEXT NOT NULL CHECK (order_no <> ''),
  opportunity_id I64 NOT NULL REFERENCES opportunity (id),
  linked_by TEXT NOT NULL,
  linked_at I64 NOT NULL,
  PRIMARY KEY (order_no)
) CLUSTERED;;
CREATE INDEX opportunity_order_by_opportunity ON opportunity_order (opportunity_id, order_no);;

CREATE TABLE opportunity_view (
  id I64 PRIMARY KEY,
  subject TEXT NOT NULL,
  name TEXT NOT NULL CHECK (name <> ''),
  settings TEXT NOT NULL,
  created_at I64 NOT NULL,
  version I32 NOT NULL
) STRICT;;
CREATE UNIQUE INDEX one_opportunity_view_a_name ON opportunity_view (subject, name);;
";
