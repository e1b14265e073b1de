//! Imports of bills: their upload, their receipt, what they rounded and what they rejected.

/// The tables of this noun, in the order in which they are made.
pub(super) const TABLES: &str = "
CREATE TABLE bill_import (
  id I64 PRIMARY KEY,
  file_name TEXT NOT NULL,
  files TEXT NOT NULL DEFAULT '[]',
  settled BOOL NOT NULL,
  native_provider TEXT NOT NULL,
  line_id TEXT,
  mode TEXT NOT NULL DEFAULT 'ADD' CHECK (mode IN ('ADD', 'REPLACE', 'REPLACE_DRY')),
  format TEXT,
  state TEXT NOT NULL CHECK (state IN ('AWAITING_UPLOAD', 'PENDING', 'RUNNING', 'COMPLETED', 'FAILED')),
  upload_token_hash TEXT,
  upload_expires_at I64,
  total_bytes I64 NOT NULL,
  read_bytes I64 NOT NULL,
  digest TEXT,
  rows_read I64 NOT NULL,
  rows_accepted I64 NOT NULL,
  rows_updated I64 NOT NULL DEFAULT 0,
  rows_unchanged I64 NOT NULL,
  rows_removed I64 NOT NULL DEFAULT 0,
  rows_rejected I64 NOT NULL,
  rows_unmatched I64 NOT NULL,
  rows_unclassified I64 NOT NULL DEFAULT 0,
  rows_posted I64 NOT NULL DEFAULT 0,
  generation I32 NOT NULL,
  lease_until I64 NOT NULL,
  attempts I32 NOT NULL,
  error_code TEXT,
  error_detail TEXT,
  created_by TEXT NOT NULL,
  created_at I64 NOT NULL,
  finished_at I64
) STRICT;;
CREATE UNIQUE INDEX bill_import_by_token ON bill_import (upload_token_hash);;
CREATE INDEX bill_import_by_state ON bill_import (state, created_at);;

CREATE TABLE import_chunk (
  import_id I64 NOT NULL REFERENCES bill_import (id),
  seq I32 NOT NULL,
  bytes BYTES NOT NULL,
  PRIMARY KEY (import_id, seq)
) STRICT;;

CREATE TABLE import_total (
  import_id I64 NOT NULL REFERENCES bill_import (id),
  currency TEXT NOT NULL,
  source_total TEXT NOT NULL,
  accepted_total TEXT NOT NULL,
  stored_micros I64 NOT NULL,
  PRIMARY KEY (import_id, currency)
) CLUSTERED;;

CREATE TABLE import_carry (
  import_id I64 NOT NULL REFERENCES bill_import (id),
  account_id I64 NOT NULL,
  currency TEXT NOT NULL,
  carry TEXT NOT NULL,
  PRIMARY KEY (import_id, account_id, currency)
) CLUSTERED;;

CREATE TABLE import_reject (
  import_id I64 NOT NULL REFERENCES bill_import (id),
  line_no I64 NOT NULL,
  column_name TEXT,
  code TEXT NOT NULL,
  detail TEXT NOT NULL,
  raw BYTES NOT NULL,
  PRIMARY KEY (import_id, line_no)
) STRICT;;
";
