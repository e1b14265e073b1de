//! The programme: partners, who belongs to whom, customers, their accounts and associations.

use crate::dialect::change;

change!(
    "m0001_programme",
    "
@postgres CREATE EXTENSION IF NOT EXISTS btree_gist;;

CREATE TABLE programme (
  id I16 PRIMARY KEY CHECK (id = 1),
  name TEXT NOT NULL,
  site TEXT NOT NULL,
  time_zone TEXT NOT NULL,
  draft_day I16 NOT NULL CHECK (draft_day BETWEEN 1 AND 28),
  final_day I16 NOT NULL CHECK (final_day BETWEEN 1 AND 28),
  confirm_days I16 NOT NULL CHECK (confirm_days BETWEEN 1 AND 90),
  cooling_off_months I16 NOT NULL CHECK (cooling_off_months BETWEEN 0 AND 24),
  cash_coupon_counts BOOL NOT NULL,
  rule_version I32 NOT NULL,
  history_version I64 NOT NULL,
  import_sequence I64 NOT NULL,
  version I32 NOT NULL
) STRICT;;
@sqlite INSERT INTO programme VALUES (1, 'Partner programme', 'CN', 'Asia/Shanghai', 3, 10, 10, 6, 0, 1, 0, 0, 1);;
@postgres INSERT INTO programme VALUES (1, 'Partner programme', 'CN', 'Asia/Shanghai', 3, 10, 10, 6, FALSE, 1, 0, 0, 1);;

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
CREATE INDEX distribution_link_by_distributor ON distribution_link (distributor_id, reseller_id);;
@sqlite CREATE TRIGGER one_distributor_at_a_time_insert BEFORE INSERT ON distribution_link WHEN EXISTS (SELECT 1 FROM distribution_link o WHERE o.reseller_id = NEW.reseller_id AND o.valid_from < NEW.valid_to AND NEW.valid_from < o.valid_to) BEGIN SELECT RAISE(ABORT, 'one_distributor_at_a_time'); END;;
@sqlite CREATE TRIGGER one_distributor_at_a_time_update BEFORE UPDATE ON distribution_link WHEN EXISTS (SELECT 1 FROM distribution_link o WHERE o.id <> NEW.id AND o.reseller_id = NEW.reseller_id AND o.valid_from < NEW.valid_to AND NEW.valid_from < o.valid_to) BEGIN SELECT RAISE(ABORT, 'one_distributor_at_a_time'); END;;

CREATE TABLE customer (
  id I64 PRIMARY KEY,
  name TEXT NOT NULL,
  internal BOOL NOT NULL,
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
  cooling_off_until I64 NOT NULL,
  created_at I64 NOT NULL,
  version I32 NOT NULL,
  CHECK (valid_from < valid_to)
@postgres , CONSTRAINT one_partner_at_a_time EXCLUDE USING gist (customer_id WITH =, int8range(valid_from, valid_to) WITH &&)
) STRICT;;
CREATE UNIQUE INDEX association_by_customer ON association (customer_id, valid_from);;
CREATE INDEX association_by_partner ON association (partner_id, customer_id);;
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

CREATE TABLE product (
  id I64 PRIMARY KEY,
  provider TEXT NOT NULL,
  code TEXT NOT NULL,
  name TEXT NOT NULL,
  class TEXT NOT NULL,
  created_at I64 NOT NULL,
  UNIQUE (provider, code)
) STRICT;;

CREATE TABLE product_policy (
  product_id I64 NOT NULL REFERENCES product (id),
  month I32 NOT NULL,
  policy I16 NOT NULL CHECK (policy IN (0, 1, 2, 13)),
  changed_at I64 NOT NULL,
  PRIMARY KEY (product_id, month)
) CLUSTERED;;
",
    "
DROP TABLE product_policy;; DROP TABLE product;; DROP TABLE cloud_account;; DROP TABLE association;;
DROP TABLE customer;; DROP TABLE distribution_link;; DROP TABLE partner;; DROP TABLE programme;;
"
);
