//! The kept answer: performance lines and their sums to the partner, maintained by delta as facts come in, and what
//! waits to be worked in.

/// The tables of this noun, in the order in which they are made.
pub(super) const TABLES: &str = "
CREATE TABLE performance_line (
  month I32 NOT NULL,
  bill_to_id I64 NOT NULL,
  partner_id I64 NOT NULL,
  customer_id I64 NOT NULL,
  origin_month I32 NOT NULL,
  mode I16 NOT NULL,
  product_id I64 NOT NULL,
  charging_mode I16 NOT NULL,
  currency TEXT NOT NULL,
  reason I16 NOT NULL,
  amount I64 NOT NULL,
  payments I64 NOT NULL,
  PRIMARY KEY (month, bill_to_id, partner_id, customer_id, origin_month, mode, product_id, charging_mode, currency, reason)
) CLUSTERED;;
CREATE INDEX performance_line_by_customer ON performance_line (customer_id, month);;
CREATE INDEX performance_line_by_partner ON performance_line (partner_id, month);;

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

CREATE TABLE unmatched_total (
  month I32 NOT NULL,
  account_id I64 NOT NULL REFERENCES cloud_account (id),
  currency TEXT NOT NULL,
  amount I64 NOT NULL,
  payments I64 NOT NULL,
  PRIMARY KEY (month, account_id, currency)
) CLUSTERED;;

CREATE TABLE dirty_customer (
  customer_id I64 NOT NULL REFERENCES customer (id),
  month I32 NOT NULL,
  marked_at I64 NOT NULL,
  PRIMARY KEY (customer_id, month)
) CLUSTERED;;
";
