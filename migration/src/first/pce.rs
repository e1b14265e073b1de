//! The frame in which opportunities are shared: partners that joined, and what they offer.

/// The tables of this noun, in the order in which they are made.
pub(super) const TABLES: &str = "
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
";
