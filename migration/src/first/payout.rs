//! The terms of paying out, orders to the payout gateway, its messages, and what the sandbox was told.

/// The tables of this noun, in the order in which they are made.
pub(super) const TABLES: &str = "
CREATE TABLE payout_terms (
  id I16 PRIMARY KEY CHECK (id = 1),
  minimum I64 NOT NULL CHECK (minimum >= 0),
  holding_days I32 NOT NULL CHECK (holding_days BETWEEN 0 AND 366),
  expiry_months I32 NOT NULL CHECK (expiry_months BETWEEN 1 AND 120),
  version I32 NOT NULL
) STRICT;;
INSERT INTO payout_terms VALUES (1, 0, 0, 24, 1);;

CREATE TABLE payout_preference (
  partner_id I64 PRIMARY KEY REFERENCES partner (id),
  automatic BOOL NOT NULL,
  consulting_way TEXT NOT NULL CHECK (consulting_way IN ('BANK_TRANSFER', 'TOP_UP', 'COUPON_QUOTA')),
  resale_way TEXT NOT NULL CHECK (resale_way IN ('TOP_UP_OWED_INVOICE', 'COUPON_QUOTA')),
  version I32 NOT NULL
) STRICT;;

CREATE TABLE payout_order (
  id I64 PRIMARY KEY,
  request_id I64 NOT NULL REFERENCES payment_request (id),
  step TEXT NOT NULL CHECK (step IN ('CREATE', 'ISSUE', 'PAY')),
  cycle I32 NOT NULL CHECK (cycle > 0),
  idempotency_key TEXT NOT NULL UNIQUE,
  state TEXT NOT NULL CHECK (state IN ('PENDING', 'SENT', 'DONE', 'FAILED', 'GIVEN_UP')),
  attempts I32 NOT NULL,
  retry_at I64 NOT NULL,
  lease_until I64 NOT NULL,
  generation I32 NOT NULL,
  sent_at I64,
  answered_at I64,
  http_status I32,
  reason_code TEXT,
  reason TEXT,
  created_at I64 NOT NULL
) STRICT;;
CREATE UNIQUE INDEX one_live_payout_order ON payout_order (request_id, step) WHERE state IN ('PENDING', 'SENT');;
CREATE INDEX payout_order_due ON payout_order (retry_at, id) WHERE state IN ('PENDING', 'SENT');;
CREATE INDEX payout_order_by_request ON payout_order (request_id, step, cycle);;

CREATE TABLE payout_callback (
  event_id TEXT PRIMARY KEY,
  idempotency_key TEXT NOT NULL,
  payout_no TEXT,
  body TEXT NOT NULL,
  received_at I64 NOT NULL,
  outcome TEXT NOT NULL CHECK (outcome IN ('APPLIED', 'IGNORED', 'WAITING')),
  detail TEXT NOT NULL
) CLUSTERED;;
CREATE INDEX payout_callback_waiting ON payout_callback (received_at, event_id) WHERE outcome = 'WAITING';;

CREATE TABLE payout_sandbox (
  partner_id I64 PRIMARY KEY,
  outcome TEXT NOT NULL CHECK (outcome IN ('SUCCEED', 'CREATE_REFUSED', 'CREATE_TIMEOUT', 'ISSUE_FAILED',
    'PAYMENT_REFUSED', 'INFO_ERROR', 'LOST_CALLBACK'))
) STRICT;;
";
