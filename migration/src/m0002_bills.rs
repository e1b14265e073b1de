//! What customers paid: imports with their receipts, invoices, and the immutable payment facts.

use crate::dialect::change;

change!(
    "m0002_bills",
    "
CREATE TABLE invoice (
  id I64 PRIMARY KEY,
  provider TEXT NOT NULL,
  invoice_no TEXT NOT NULL,
  currency TEXT NOT NULL,
  paid_at I64,
  created_at I64 NOT NULL,
  version I32 NOT NULL,
  UNIQUE (provider, invoice_no)
) STRICT;;

CREATE TABLE invoice_account (
  invoice_id I64 NOT NULL REFERENCES invoice (id),
  month I32 NOT NULL,
  account_id I64 NOT NULL REFERENCES cloud_account (id),
  PRIMARY KEY (invoice_id, month, account_id)
) CLUSTERED;;

CREATE TABLE bill_import (
  id I64 PRIMARY KEY,
  file_name TEXT NOT NULL,
  settled BOOL NOT NULL,
  native_provider TEXT NOT NULL,
  format TEXT,
  state TEXT NOT NULL CHECK (state IN ('AWAITING_UPLOAD', 'PENDING', 'RUNNING', 'COMPLETED', 'FAILED')),
  upload_token_hash TEXT,
  upload_expires_at I64,
  total_bytes I64 NOT NULL,
  read_bytes I64 NOT NULL,
  digest TEXT,
  rows_read I64 NOT NULL,
  rows_accepted I64 NOT NULL,
  rows_duplicate I64 NOT NULL,
  rows_rejected I64 NOT NULL,
  rows_unmatched I64 NOT NULL,
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

CREATE TABLE import_seen (
  import_id I64 NOT NULL REFERENCES bill_import (id),
  fingerprint BYTES NOT NULL,
  times I32 NOT NULL,
  PRIMARY KEY (import_id, fingerprint)
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

CREATE TABLE consumption_payment (
  month I32 NOT NULL,
  account_id I64 NOT NULL,
  consumed_at I64 NOT NULL,
  fingerprint BYTES NOT NULL,
  occurrence I32 NOT NULL,
  import_id I64 NOT NULL,
  line_no I64 NOT NULL,
  settled BOOL NOT NULL,
  charging_mode I16 NOT NULL,
  detail_type I16 NOT NULL,
  category I16 NOT NULL,
  correction BOOL NOT NULL,
  product_id I64 NOT NULL,
  region TEXT NOT NULL,
  currency TEXT NOT NULL,
  official I64 NOT NULL,
  discount I64 NOT NULL,
  truncated I64 NOT NULL,
  payable I64 NOT NULL,
  cash I64 NOT NULL,
  credit I64 NOT NULL,
  voucher I64 NOT NULL,
  cash_coupon I64 NOT NULL,
  stored_value_card I64 NOT NULL,
  bonus I64 NOT NULL,
  debt I64 NOT NULL,
  write_off I64 NOT NULL,
  invoice_id I64,
  marketplace TEXT,
  external_id TEXT,
  corrects_external_id TEXT,
  PRIMARY KEY (month, account_id, consumed_at, fingerprint, occurrence),
  CHECK (official = discount + truncated + payable),
  CHECK (payable = cash + credit + voucher + cash_coupon + stored_value_card + bonus + debt + write_off)
) CLUSTERED;;
@sqlite CREATE TRIGGER payments_are_immutable_update BEFORE UPDATE ON consumption_payment BEGIN SELECT RAISE(ABORT, 'payments are immutable'); END;;
@sqlite CREATE TRIGGER payments_are_immutable_delete BEFORE DELETE ON consumption_payment BEGIN SELECT RAISE(ABORT, 'payments are immutable'); END;;
@postgres CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END $$;;
@postgres CREATE TRIGGER payments_are_immutable BEFORE UPDATE OR DELETE ON consumption_payment FOR EACH ROW EXECUTE FUNCTION refuse_change();;
",
    "
DROP TABLE consumption_payment;; DROP TABLE import_reject;; DROP TABLE import_seen;; DROP TABLE import_carry;;
DROP TABLE import_total;; DROP TABLE import_chunk;; DROP TABLE bill_import;; DROP TABLE invoice_account;;
DROP TABLE invoice;;
@postgres DROP FUNCTION refuse_change();;
"
);
