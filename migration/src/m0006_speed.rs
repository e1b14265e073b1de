//! Sums of lines to the partner, from which months are settled; imports that are posted in the order of the
//! accounts.

use crate::dialect::change;

change!(
    "m0006_speed",
    "
CREATE TABLE partner_sum (
  month I32 NOT NULL,
  bill_to_id I64 NOT NULL,
  partner_id I64 NOT NULL,
  origin_month I32 NOT NULL,
  mode I16 NOT NULL,
  product_id I64 NOT NULL,
  currency TEXT NOT NULL,
  reason I16 NOT NULL,
  amount I64 NOT NULL,
  payments I64 NOT NULL,
  PRIMARY KEY (month, bill_to_id, partner_id, origin_month, mode, product_id, currency, reason)
) CLUSTERED;;

CREATE TABLE partner_sum_stale (
  month I32 PRIMARY KEY
) STRICT;;
INSERT INTO partner_sum_stale (month) SELECT DISTINCT month FROM performance_line;;

ALTER TABLE bill_import ADD COLUMN rows_posted I64 NOT NULL DEFAULT 0;;
UPDATE bill_import SET rows_posted = rows_accepted + rows_duplicate;;
ALTER TABLE programme DROP COLUMN import_sequence;;
DROP TABLE import_seen;;
",
    "
CREATE TABLE import_seen (
  import_id I64 NOT NULL REFERENCES bill_import (id),
  fingerprint BYTES NOT NULL,
  times I32 NOT NULL,
  PRIMARY KEY (import_id, fingerprint)
) CLUSTERED;;
ALTER TABLE programme ADD COLUMN import_sequence I64 NOT NULL DEFAULT 0;;
ALTER TABLE bill_import DROP COLUMN rows_posted;;
DROP TABLE partner_sum_stale;; DROP TABLE partner_sum;;
"
);
