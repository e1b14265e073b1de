//! What an opportunity is linked to, and the incentive that a partner claims for it: policies, claims with their trail,
//! and what one claim alone may rest on. What may be requested comes from a bill or from a claim; on the way down SQLite leaves the column of the bill
//! nullable, as it cannot add one that is not.

use crate::dialect::change;

change!(
    "m0022_pce_claim",
    "
CREATE TABLE opportunity_account (
  opportunity_id I64 NOT NULL REFERENCES opportunity (id),
  account_id I64 NOT NULL REFERENCES cloud_account (id),
  linked_by TEXT NOT NULL,
  linked_at I64 NOT NULL,
  PRIMARY KEY (opportunity_id, account_id)
) CLUSTERED;;
CREATE INDEX opportunity_account_by_account ON opportunity_account (account_id);;

CREATE TABLE opportunity_order (
  order_no TEXT NOT NULL CHECK (order_no <> ''),
  opportunity_id I64 NOT NULL REFERENCES opportunity (id),
  linked_by TEXT NOT NULL,
  linked_at I64 NOT NULL,
  PRIMARY KEY (order_no)
) CLUSTERED;;
CREATE INDEX opportunity_order_by_opportunity ON opportunity_order (opportunity_id, order_no);;

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

@postgres ALTER TABLE incentive_entitlement ALTER COLUMN bill_id DROP NOT NULL;;
@postgres ALTER TABLE incentive_entitlement ADD COLUMN claim_id BIGINT REFERENCES pce_claim (id) CHECK ((bill_id IS NULL) <> (claim_id IS NULL));;
@sqlite BEGIN IMMEDIATE;
@sqlite DROP INDEX incentive_entitlement_by_bill;
@sqlite ALTER TABLE incentive_entitlement ADD COLUMN new_bill_id INTEGER REFERENCES incentive_bill (id);
@sqlite UPDATE incentive_entitlement SET new_bill_id = bill_id;
@sqlite ALTER TABLE incentive_entitlement DROP COLUMN bill_id;
@sqlite ALTER TABLE incentive_entitlement RENAME COLUMN new_bill_id TO bill_id;
@sqlite CREATE INDEX incentive_entitlement_by_bill ON incentive_entitlement (bill_id);
@sqlite ALTER TABLE incentive_entitlement ADD COLUMN claim_id INTEGER REFERENCES pce_claim (id) CHECK ((bill_id IS NULL) <> (claim_id IS NULL));
@sqlite COMMIT;;
CREATE UNIQUE INDEX one_entitlement_a_claim ON incentive_entitlement (claim_id) WHERE claim_id IS NOT NULL;;
",
    "
DROP INDEX one_entitlement_a_claim;;
DELETE FROM incentive_entitlement WHERE bill_id IS NULL;;
@postgres ALTER TABLE incentive_entitlement DROP COLUMN claim_id;;
@postgres ALTER TABLE incentive_entitlement ALTER COLUMN bill_id SET NOT NULL;;
@sqlite ALTER TABLE incentive_entitlement DROP COLUMN claim_id;;
DROP TABLE pce_claim_transition;; DROP TABLE pce_claim_month;; DROP TABLE pce_claim_order;; DROP TABLE pce_claim;;
DROP TABLE pce_incentive_policy;; DROP TABLE opportunity_order;; DROP TABLE opportunity_account;;
"
);
