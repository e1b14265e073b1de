//! The frame in which vendor and partners share opportunities: offices with their areas and people, what is known of
//! customers for it, which partners joined, and what they offer.
//!
//! Deadlines and messages get a new audience, files a new purpose. SQLite cannot change a CHECK: the value moves into a
//! new column of the same name.

use crate::dialect::change;

change!(
    "m0020_pce",
    "
CREATE TABLE office (
  id I64 PRIMARY KEY,
  code TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  name_zh TEXT NOT NULL,
  region TEXT NOT NULL,
  version I32 NOT NULL
) STRICT;;

CREATE TABLE office_area (
  province TEXT NOT NULL CHECK (province <> ''),
  city TEXT NOT NULL,
  office_id I64 NOT NULL REFERENCES office (id),
  PRIMARY KEY (province, city)
) CLUSTERED;;
CREATE INDEX office_area_by_office ON office_area (office_id);;

CREATE TABLE office_member (
  office_id I64 NOT NULL REFERENCES office (id),
  subject TEXT NOT NULL,
  role TEXT NOT NULL CHECK (role IN ('PDM', 'PSM')),
  name TEXT NOT NULL,
  email TEXT NOT NULL,
  language TEXT NOT NULL CHECK (language IN ('en', 'zh-CN')),
  PRIMARY KEY (office_id, subject, role)
) CLUSTERED;;
CREATE INDEX office_member_by_subject ON office_member (subject);;

CREATE TABLE pce_coordinator (
  subject TEXT NOT NULL,
  name TEXT NOT NULL,
  email TEXT NOT NULL,
  language TEXT NOT NULL CHECK (language IN ('en', 'zh-CN')),
  PRIMARY KEY (subject)
) CLUSTERED;;

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

CREATE TABLE pce_profile (
  partner_id I64 PRIMARY KEY REFERENCES partner (id),
  joined_at I64,
  joined_by TEXT,
  terms TEXT,
  stage TEXT NOT NULL CHECK (stage IN ('NONE', 'ROLE_SELECTED', 'ROLE_VALIDATED', 'DIFFERENTIATED')),
  core_map BOOL NOT NULL,
  version I32 NOT NULL,
  CHECK ((joined_at IS NULL) = (joined_by IS NULL)),
  CHECK ((joined_at IS NULL) = (terms IS NULL))
) STRICT;;

CREATE TABLE partner_offering (
  id I64 PRIMARY KEY,
  partner_id I64 NOT NULL REFERENCES partner (id),
  kind TEXT NOT NULL CHECK (kind IN ('MARKETPLACE_PRODUCT', 'BASELINE_SOLUTION')),
  name TEXT NOT NULL,
  demand_tag TEXT NOT NULL CHECK (demand_tag <> ''),
  white_listed BOOL NOT NULL,
  active BOOL NOT NULL,
  created_at I64 NOT NULL,
  version I32 NOT NULL
) STRICT;;
CREATE UNIQUE INDEX one_offering_a_name ON partner_offering (partner_id, name);;
CREATE INDEX partner_offering_by_tag ON partner_offering (demand_tag, partner_id) WHERE active;;

@postgres ALTER TABLE deadline DROP CONSTRAINT deadline_audience_check;;
@postgres ALTER TABLE deadline ADD CONSTRAINT deadline_audience_check CHECK (audience IN ('PARTNER', 'OPERATIONS', 'FINANCE', 'REVIEWER'));;
@postgres ALTER TABLE message DROP CONSTRAINT message_audience_check;;
@postgres ALTER TABLE message ADD CONSTRAINT message_audience_check CHECK (audience IN ('PARTNER', 'OPERATIONS', 'FINANCE', 'APPROVER', 'REVIEWER'));;
@postgres ALTER TABLE stored_file DROP CONSTRAINT stored_file_purpose_check;;
@postgres ALTER TABLE stored_file ADD CONSTRAINT stored_file_purpose_check CHECK (purpose IN ('PARTNER_INVOICE', 'EXPORT', 'FEEDBACK', 'OPPORTUNITY'));;
@sqlite BEGIN IMMEDIATE;
@sqlite ALTER TABLE deadline ADD COLUMN new_audience TEXT NOT NULL DEFAULT 'PARTNER' CHECK (new_audience IN ('PARTNER', 'OPERATIONS', 'FINANCE', 'REVIEWER'));
@sqlite UPDATE deadline SET new_audience = audience;
@sqlite ALTER TABLE deadline DROP COLUMN audience;
@sqlite ALTER TABLE deadline RENAME COLUMN new_audience TO audience;
@sqlite ALTER TABLE message ADD COLUMN new_audience TEXT NOT NULL DEFAULT 'PARTNER' CHECK (new_audience IN ('PARTNER', 'OPERATIONS', 'FINANCE', 'APPROVER', 'REVIEWER'));
@sqlite UPDATE message SET new_audience = audience;
@sqlite ALTER TABLE message DROP COLUMN audience;
@sqlite ALTER TABLE message RENAME COLUMN new_audience TO audience;
@sqlite ALTER TABLE stored_file ADD COLUMN new_purpose TEXT NOT NULL DEFAULT 'EXPORT' CHECK (new_purpose IN ('PARTNER_INVOICE', 'EXPORT', 'FEEDBACK', 'OPPORTUNITY'));
@sqlite UPDATE stored_file SET new_purpose = purpose;
@sqlite ALTER TABLE stored_file DROP COLUMN purpose;
@sqlite ALTER TABLE stored_file RENAME COLUMN new_purpose TO purpose;
@sqlite COMMIT;;
",
    "
UPDATE stored_file SET purpose = 'FEEDBACK' WHERE purpose = 'OPPORTUNITY';;
UPDATE message SET audience = 'OPERATIONS' WHERE audience = 'REVIEWER';;
UPDATE deadline SET audience = 'OPERATIONS' WHERE audience = 'REVIEWER';;
@postgres ALTER TABLE stored_file DROP CONSTRAINT stored_file_purpose_check;;
@postgres ALTER TABLE stored_file ADD CONSTRAINT stored_file_purpose_check CHECK (purpose IN ('PARTNER_INVOICE', 'EXPORT', 'FEEDBACK'));;
@postgres ALTER TABLE message DROP CONSTRAINT message_audience_check;;
@postgres ALTER TABLE message ADD CONSTRAINT message_audience_check CHECK (audience IN ('PARTNER', 'OPERATIONS', 'FINANCE', 'APPROVER'));;
@postgres ALTER TABLE deadline DROP CONSTRAINT deadline_audience_check;;
@postgres ALTER TABLE deadline ADD CONSTRAINT deadline_audience_check CHECK (audience IN ('PARTNER', 'OPERATIONS', 'FINANCE'));;
@sqlite BEGIN IMMEDIATE;
@sqlite ALTER TABLE stored_file ADD COLUMN old_purpose TEXT NOT NULL DEFAULT 'EXPORT' CHECK (old_purpose IN ('PARTNER_INVOICE', 'EXPORT', 'FEEDBACK'));
@sqlite UPDATE stored_file SET old_purpose = purpose;
@sqlite ALTER TABLE stored_file DROP COLUMN purpose;
@sqlite ALTER TABLE stored_file RENAME COLUMN old_purpose TO purpose;
@sqlite ALTER TABLE message ADD COLUMN old_audience TEXT NOT NULL DEFAULT 'PARTNER' CHECK (old_audience IN ('PARTNER', 'OPERATIONS', 'FINANCE', 'APPROVER'));
@sqlite UPDATE message SET old_audience = audience;
@sqlite ALTER TABLE message DROP COLUMN audience;
@sqlite ALTER TABLE message RENAME COLUMN old_audience TO audience;
@sqlite ALTER TABLE deadline ADD COLUMN old_audience TEXT NOT NULL DEFAULT 'PARTNER' CHECK (old_audience IN ('PARTNER', 'OPERATIONS', 'FINANCE'));
@sqlite UPDATE deadline SET old_audience = audience;
@sqlite ALTER TABLE deadline DROP COLUMN audience;
@sqlite ALTER TABLE deadline RENAME COLUMN old_audience TO audience;
@sqlite COMMIT;;
DROP TABLE partner_offering;; DROP TABLE pce_profile;; DROP TABLE customer_profile;; DROP TABLE pce_coordinator;;
DROP TABLE office_member;; DROP TABLE office_area;; DROP TABLE office;;
"
);
