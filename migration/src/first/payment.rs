//! Payment requests with their items, transitions, countersigning and invoices.

/// The tables of this noun, in the order in which they are made.
pub(super) const TABLES: &str = "
CREATE TABLE payment_request (
  id I64 PRIMARY KEY,
  partner_id I64 NOT NULL REFERENCES partner (id),
  kind TEXT NOT NULL CHECK (kind IN ('MARKETPLACE', 'INCENTIVE')),
  way TEXT NOT NULL CHECK (way IN ('BANK_TRANSFER', 'TOP_UP', 'TOP_UP_OWED_INVOICE', 'COUPON_QUOTA')),
  category TEXT NOT NULL,
  month I32 NOT NULL,
  currency TEXT NOT NULL,
  amount I64 NOT NULL CHECK (amount > 0),
  state TEXT NOT NULL CHECK (state IN ('PENDING_SUBMIT', 'PENDING_CONFIRM', 'AWAIT_COUNTERSIGN', 'COUNTERSIGNING', 'COUNTERSIGN_REJECTED',
    'AWAIT_PAYOUT', 'PAYOUT_CREATE_FAILED', 'PENDING_INVOICE', 'INVOICE_IN_REVIEW', 'INVOICE_REJECTED', 'PAYMENT_PROCESSING', 'PAYMENT_RECHECKING',
    'PAYMENT_INFO_ERROR', 'PAYOUT_REJECTED', 'PAYING', 'PAYMENT_FAILED', 'PAID', 'COMPLETED_WITH_ERROR', 'CANCELLED')),
  state_since I64 NOT NULL,
  reason TEXT,
  transitions I32 NOT NULL,
  round I32 NOT NULL,
  payout_no TEXT UNIQUE,
  approved_by TEXT,
  created_by TEXT NOT NULL,
  created_at I64 NOT NULL,
  version I32 NOT NULL
) STRICT;;
CREATE INDEX payment_request_by_partner ON payment_request (partner_id, id);;
CREATE INDEX payment_request_by_state ON payment_request (state, state_since, id);;
CREATE INDEX payment_request_by_month ON payment_request (month, id);;

CREATE TABLE payment_request_item (
  request_id I64 NOT NULL REFERENCES payment_request (id),
  item_no I32 NOT NULL,
  source TEXT NOT NULL CHECK (source IN ('ENTITLEMENT', 'SETTLEMENT_BILL')),
  source_id I64 NOT NULL,
  amount I64 NOT NULL,
  live BOOL NOT NULL,
  PRIMARY KEY (request_id, item_no)
) CLUSTERED;;
CREATE UNIQUE INDEX one_live_request_per_source ON payment_request_item (source, source_id) WHERE live;;
CREATE INDEX payment_request_item_by_source ON payment_request_item (source, source_id);;

CREATE TABLE payment_transition (
  request_id I64 NOT NULL REFERENCES payment_request (id),
  seq I32 NOT NULL,
  operation TEXT NOT NULL,
  from_state TEXT,
  to_state TEXT NOT NULL,
  actor TEXT NOT NULL,
  actor_kind TEXT NOT NULL CHECK (actor_kind IN ('SYSTEM', 'OPERATIONS', 'FINANCE', 'APPROVER', 'PARTNER')),
  reason TEXT,
  round I32 NOT NULL,
  at I64 NOT NULL,
  PRIMARY KEY (request_id, seq)
) CLUSTERED;;
@sqlite CREATE TRIGGER transitions_are_append_only_update BEFORE UPDATE ON payment_transition BEGIN SELECT RAISE(ABORT, 'transitions are append-only'); END;;
@sqlite CREATE TRIGGER transitions_are_append_only_delete BEFORE DELETE ON payment_transition BEGIN SELECT RAISE(ABORT, 'transitions are append-only'); END;;
@postgres CREATE TRIGGER transitions_are_append_only BEFORE UPDATE OR DELETE ON payment_transition FOR EACH ROW EXECUTE FUNCTION refuse_change();;

CREATE TABLE countersign_approver (
  id I64 PRIMARY KEY,
  category TEXT NOT NULL,
  currency TEXT NOT NULL,
  min_amount I64 NOT NULL CHECK (min_amount >= 0),
  subject TEXT NOT NULL,
  created_by TEXT NOT NULL,
  created_at I64 NOT NULL,
  UNIQUE (category, currency, min_amount, subject)
) STRICT;;

CREATE TABLE countersign_vote (
  request_id I64 NOT NULL REFERENCES payment_request (id),
  round I32 NOT NULL,
  subject TEXT NOT NULL,
  vote TEXT CHECK (vote IN ('APPROVE', 'REJECT')),
  reason TEXT,
  voted_at I64,
  PRIMARY KEY (request_id, round, subject)
) CLUSTERED;;
CREATE INDEX countersign_vote_waiting ON countersign_vote (subject, request_id) WHERE vote IS NULL;;

CREATE TABLE partner_invoice (
  id I64 PRIMARY KEY,
  partner_id I64 NOT NULL REFERENCES partner (id),
  request_id I64 NOT NULL REFERENCES payment_request (id),
  invoice_no TEXT NOT NULL,
  issued_on I32 NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('VAT_SPECIAL_PAPER', 'VAT_SPECIAL_ELECTRONIC', 'FULLY_DIGITAL_SPECIAL')),
  tax_rate_ppm I32 NOT NULL CHECK (tax_rate_ppm BETWEEN 0 AND 1000000),
  currency TEXT NOT NULL,
  net I64 NOT NULL CHECK (net >= 0),
  tax I64 NOT NULL CHECK (tax >= 0),
  total I64 NOT NULL CHECK (total > 0),
  file_id I64 REFERENCES stored_file (id),
  state TEXT NOT NULL CHECK (state IN ('REGISTERED', 'SIGNED_FOR', 'PASSED', 'REJECTED', 'WITHDRAWN')),
  reason TEXT,
  signed_for_at I64,
  created_by TEXT NOT NULL,
  created_at I64 NOT NULL,
  version I32 NOT NULL,
  CHECK (total = net + tax),
  UNIQUE (partner_id, invoice_no)
) STRICT;;
CREATE INDEX partner_invoice_by_request ON partner_invoice (request_id, id);;
";
