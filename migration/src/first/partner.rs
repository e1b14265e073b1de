//! Partners, the distributor a reseller belongs to, and the business information that finance certifies.

/// The tables of this noun, in the order in which they are made.
pub(super) const TABLES: &str = "
CREATE TABLE partner (
  id I64 PRIMARY KEY,
  kind TEXT NOT NULL CHECK (kind IN ('SOLUTION_PROVIDER', 'DISTRIBUTOR', 'RESELLER')),
  name TEXT NOT NULL,
  tier TEXT NOT NULL,
  region TEXT NOT NULL,
  may_own_customers BOOL NOT NULL,
  marketplace_name TEXT UNIQUE,
  created_at I64 NOT NULL,
  version I32 NOT NULL
) STRICT;;
CREATE INDEX partner_by_name ON partner (name, id);;

@postgres CREATE EXTENSION IF NOT EXISTS btree_gist;;
CREATE TABLE distribution_link (
  id I64 PRIMARY KEY,
  reseller_id I64 NOT NULL REFERENCES partner (id),
  distributor_id I64 NOT NULL REFERENCES partner (id),
  valid_from I64 NOT NULL,
  valid_to I64 NOT NULL,
  CHECK (valid_from < valid_to)
@postgres , CONSTRAINT one_distributor_at_a_time EXCLUDE USING gist (reseller_id WITH =, int8range(valid_from, valid_to) WITH &&)
) STRICT;;
CREATE UNIQUE INDEX distribution_link_by_reseller ON distribution_link (reseller_id, valid_from);;
CREATE INDEX distribution_link_by_distributor ON distribution_link (distributor_id, reseller_id, valid_from, valid_to);;
@sqlite CREATE TRIGGER one_distributor_at_a_time_insert BEFORE INSERT ON distribution_link WHEN EXISTS (SELECT 1 FROM distribution_link o WHERE o.reseller_id = NEW.reseller_id AND o.valid_from < NEW.valid_to AND NEW.valid_from < o.valid_to) BEGIN SELECT RAISE(ABORT, 'one_distributor_at_a_time'); END;;
@sqlite CREATE TRIGGER one_distributor_at_a_time_update BEFORE UPDATE ON distribution_link WHEN EXISTS (SELECT 1 FROM distribution_link o WHERE o.id <> NEW.id AND o.reseller_id = NEW.reseller_id AND o.valid_from < NEW.valid_to AND NEW.valid_from < o.valid_to) BEGIN SELECT RAISE(ABORT, 'one_distributor_at_a_time'); END;;

CREATE TABLE business_information (
  partner_id I64 PRIMARY KEY REFERENCES partner (id),
  certification TEXT NOT NULL CHECK (certification IN ('NOT_SUBMITTED', 'IN_REVIEW', 'AMOUNT_VERIFICATION', 'CERTIFIED', 'FAILED', 'LOCKED', 'CHANGE_IN_REVIEW')),
  reason TEXT,
  legal_name TEXT NOT NULL,
  taxpayer_no TEXT NOT NULL,
  bank_account TEXT NOT NULL,
  account_set_by TEXT NOT NULL,
  certified_account TEXT,
  email TEXT NOT NULL,
  language TEXT NOT NULL CHECK (language IN ('en', 'zh-CN')),
  changed_at I64 NOT NULL,
  version I32 NOT NULL,
  CHECK (certification <> 'CERTIFIED' OR (certified_account IS NOT NULL AND certified_account = bank_account))
) STRICT;;
";
