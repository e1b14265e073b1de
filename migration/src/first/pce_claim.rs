//! The incentive that a partner claims for an opportunity: policies, claims with their trail, and what one claim alone
//! may rest on.

/// The tables of this noun, in the order in which they are made.
pub(super) const TABLES: &str = "
CREATE TABLE pce_incentive_policy (
  id I64 PRIMARY KEY,
  name TEXT NOT NULL CHECK (name <> ''),
  valid_from I32 NOT NULL,
  valid_to I32 CHECK (valid_to >= valid_from),
  currency TEXT NOT NULL,
  rate_ppm I32 NOT NULL CHECK (rate_ppm BETWEEN 1 AND 1000000),
  months I32 NOT NULL CHECK (months BETWEEN 1 AND 36),
  opportunity_cap I64 NOT NULL CHECK (opportunity_cap > 0),
  year_cap I64 NOT NULL CHECK (year_cap > 0),
  created_by TEXT NOT NULL,
  created_at I64 NOT NULL,
  UNIQUE (currency, valid_from)
) STRICT;;

CREATE TABLE pce_claim (
  id I64 PRIMARY KEY,
  opportunity_id I64 NOT NULL UNIQUE REFERENCES opportunity (id),
  partner_id I64 NOT NULL REFERENCES partner (id),
  policy_id I64 NOT NULL REFERENCES pce_incentive_policy (id),
  state TEXT NOT NULL CHECK (state IN ('IN_REVIEW', 'REJECTED', 'PUBLISHED_TO_CONFIRM', 'AWAIT_PAYOUT_REQUEST', 'IN_PAYOUT', 'COMPLETED')),
  state_since I64 NOT NULL,
  reason TEXT,
  year I32 NOT NULL,
  currency TEXT NOT NULL,
  basis I64 CHECK (basis >= 0),
  amount I64 CHECK (amount > 0),
  evidence_file_id I64 REFERENCES stored_file (id),
  note TEXT NOT NULL,
  transitions I32 NOT NULL,
  created_by TEXT NOT NULL,
  created_at I64 NOT NULL,
  version I32 NOT NULL,
  CHECK ((basis IS NULL) = (amount IS NULL)),
  CHECK (amount IS NOT NULL OR state IN ('IN_REVIEW', 'REJECTED'))
) STRICT;;
CREATE INDEX pce_claim_by_partner ON pce_claim (partner_id, year, currency);;
CREATE INDEX pce_claim_by_state ON pce_claim (state, state_since, id);;

CREATE TABLE pce_claim_order (
  order_no TEXT NOT NULL CHECK (order_no <> ''),
  claim_id I64 NOT NULL REFERENCES pce_claim (id),
  PRIMARY KEY (order_no)
) CLUSTERED;;
CREATE INDEX pce_claim_order_by_claim ON pce_claim_order (claim_id, order_no);;

CREATE TABLE pce_claim_month (
  account_id I64 NOT NULL REFERENCES cloud_account (id),
  month I32 NOT NULL,
  claim_id I64 NOT NULL REFERENCES pce_claim (id),
  PRIMARY KEY (account_id, month)
) CLUSTERED;;
CREATE INDEX pce_claim_month_by_claim ON pce_claim_month (claim_id);;

CREATE TABLE pce_claim_transition (
  claim_id I64 NOT NULL REFERENCES pce_claim (id),
  seq I32 NOT NULL,
  operation TEXT NOT NULL,
  from_state TEXT,
  to_state TEXT NOT NULL,
  actor TEXT NOT NULL,
  actor_kind TEXT NOT NULL CHECK (actor_kind IN ('PARTNER', 'OPERATIONS', 'SYSTEM')),
  reason TEXT,
  at I64 NOT NULL,
  PRIMARY KEY (claim_id, seq)
) CLUSTERED;;
@sqlite CREATE TRIGGER pce_claim_trail_is_append_only_update BEFORE UPDATE ON pce_claim_transition BEGIN SELECT RAISE(ABORT, 'transitions are append-only'); END;;
@postgres CREATE TRIGGER pce_claim_trail_is_append_only BEFORE UPDATE ON pce_claim_transition FOR EACH ROW EXECUTE FUNCTION refuse_change();;
";
