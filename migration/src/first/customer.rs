//! Customers with their accounts, what is known of them, and the partner each is associated with.
//!
//! `list_total` keeps how many rows the long lists have, as they come and go: a count of a hundred thousand reads them
//! all. On SQLite, with its one writer, a number is changed. On PostgreSQL writers would queue for it, so each
//! statement adds a row with its difference, and whoever counts and finds many of them folds them into one.

/// The tables of this noun, in the order in which they are made.
pub(super) const TABLES: &str = "
CREATE TABLE customer (
  id I64 PRIMARY KEY,
  name TEXT NOT NULL,
  internal BOOL NOT NULL,
  long_tail BOOL NOT NULL DEFAULT TRUE,
  created_at I64 NOT NULL,
  version I32 NOT NULL
) STRICT;;
CREATE INDEX customer_by_name ON customer (name, id);;

CREATE TABLE association (
  id I64 PRIMARY KEY,
  customer_id I64 NOT NULL REFERENCES customer (id),
  partner_id I64 NOT NULL REFERENCES partner (id),
  mode I16 NOT NULL CHECK (mode IN (1, 2)),
  valid_from I64 NOT NULL,
  valid_to I64 NOT NULL,
  created_at I64 NOT NULL,
  version I32 NOT NULL,
  CHECK (valid_from < valid_to)
@postgres , CONSTRAINT one_partner_at_a_time EXCLUDE USING gist (customer_id WITH =, int8range(valid_from, valid_to) WITH &&)
) STRICT;;
CREATE UNIQUE INDEX association_by_customer ON association (customer_id, valid_from);;
CREATE INDEX association_by_partner ON association (partner_id, customer_id, valid_from, valid_to);;
@sqlite CREATE TRIGGER one_partner_at_a_time_insert BEFORE INSERT ON association WHEN EXISTS (SELECT 1 FROM association o WHERE o.customer_id = NEW.customer_id AND o.valid_from < NEW.valid_to AND NEW.valid_from < o.valid_to) BEGIN SELECT RAISE(ABORT, 'one_partner_at_a_time'); END;;
@sqlite CREATE TRIGGER one_partner_at_a_time_update BEFORE UPDATE ON association WHEN EXISTS (SELECT 1 FROM association o WHERE o.id <> NEW.id AND o.customer_id = NEW.customer_id AND o.valid_from < NEW.valid_to AND NEW.valid_from < o.valid_to) BEGIN SELECT RAISE(ABORT, 'one_partner_at_a_time'); END;;

CREATE TABLE cloud_account (
  id I64 PRIMARY KEY,
  provider TEXT NOT NULL,
  account_no TEXT NOT NULL,
  customer_id I64 REFERENCES customer (id),
  linked_at I64,
  created_at I64 NOT NULL,
  UNIQUE (provider, account_no)
) STRICT;;
CREATE INDEX cloud_account_by_customer ON cloud_account (customer_id, id);;

CREATE TABLE customer_profile (
  customer_id I64 PRIMARY KEY REFERENCES customer (id),
  legal_name TEXT NOT NULL,
  name_key TEXT NOT NULL,
  credit_code TEXT,
  enterprise BOOL NOT NULL,
  office_id I64 REFERENCES office (id),
  owner TEXT,
  province TEXT NOT NULL,
  city TEXT NOT NULL,
  version I32 NOT NULL
) STRICT;;
CREATE INDEX customer_profile_by_name ON customer_profile (name_key);;
CREATE INDEX customer_profile_by_credit_code ON customer_profile (credit_code) WHERE credit_code IS NOT NULL;;

@sqlite CREATE TABLE list_total (list TEXT PRIMARY KEY, difference I64 NOT NULL) CLUSTERED;;
@postgres CREATE TABLE list_total (list TEXT NOT NULL, difference BIGINT NOT NULL);;
INSERT INTO list_total VALUES ('customer', 0), ('cloud_account', 0), ('association', 0);;
@sqlite CREATE TRIGGER customer_total_insert AFTER INSERT ON customer BEGIN UPDATE list_total SET difference = difference + 1 WHERE list = 'customer'; END;;
@sqlite CREATE TRIGGER customer_total_delete AFTER DELETE ON customer BEGIN UPDATE list_total SET difference = difference - 1 WHERE list = 'customer'; END;;
@sqlite CREATE TRIGGER cloud_account_total_insert AFTER INSERT ON cloud_account BEGIN UPDATE list_total SET difference = difference + 1 WHERE list = 'cloud_account'; END;;
@sqlite CREATE TRIGGER cloud_account_total_delete AFTER DELETE ON cloud_account BEGIN UPDATE list_total SET difference = difference - 1 WHERE list = 'cloud_account'; END;;
@sqlite CREATE TRIGGER association_total_insert AFTER INSERT ON association BEGIN UPDATE list_total SET difference = difference + 1 WHERE list = 'association'; END;;
@sqlite CREATE TRIGGER association_total_delete AFTER DELETE ON association BEGIN UPDATE list_total SET difference = difference - 1 WHERE list = 'association'; END;;
@postgres CREATE FUNCTION keep_total() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN INSERT INTO list_total SELECT TG_TABLE_NAME, CASE TG_OP WHEN 'INSERT' THEN COUNT(*) ELSE -COUNT(*) END FROM changed HAVING COUNT(*) > 0; RETURN NULL; END $$;;
@postgres CREATE TRIGGER customer_total_insert AFTER INSERT ON customer REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION keep_total();;
@postgres CREATE TRIGGER customer_total_delete AFTER DELETE ON customer REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION keep_total();;
@postgres CREATE TRIGGER cloud_account_total_insert AFTER INSERT ON cloud_account REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION keep_total();;
@postgres CREATE TRIGGER cloud_account_total_delete AFTER DELETE ON cloud_account REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION keep_total();;
@postgres CREATE TRIGGER association_total_insert AFTER INSERT ON association REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION keep_total();;
@postgres CREATE TRIGGER association_total_delete AFTER DELETE ON association REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION keep_total();;
";
