//! What partners may request of issued incentive bills, what is frozen of them, and the terms of payment.

use crate::dialect::change;

change!(
    "m0017_entitlement",
    "
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

CREATE TABLE incentive_entitlement (
  id I64 PRIMARY KEY,
  partner_id I64 NOT NULL REFERENCES partner (id),
  bill_id I64 NOT NULL REFERENCES incentive_bill (id),
  month I32 NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('EARNED', 'RELEASED', 'OFFSET')),
  mode I16 NOT NULL CHECK (mode IN (1, 2)),
  currency TEXT NOT NULL,
  amount I64 NOT NULL CHECK (amount <> 0),
  state TEXT NOT NULL CHECK (state IN ('OPEN', 'EXPIRED', 'OFFSET')),
  available_from I64 NOT NULL,
  expires_at I64,
  created_at I64 NOT NULL,
  closed_at I64,
  CHECK (amount > 0 OR expires_at IS NULL)
) STRICT;;
CREATE INDEX incentive_entitlement_by_partner ON incentive_entitlement (partner_id, currency, id) WHERE state = 'OPEN';;
CREATE INDEX incentive_entitlement_by_bill ON incentive_entitlement (bill_id);;
CREATE INDEX incentive_entitlement_to_expire ON incentive_entitlement (expires_at) WHERE state = 'OPEN';;

CREATE TABLE incentive_freeze (
  id I64 PRIMARY KEY,
  bill_id I64 NOT NULL REFERENCES incentive_bill (id),
  partner_id I64 NOT NULL REFERENCES partner (id),
  month I32 NOT NULL,
  customer_id I64 NOT NULL REFERENCES customer (id),
  mode I16 NOT NULL,
  currency TEXT NOT NULL,
  unpaid I64 NOT NULL CHECK (unpaid > 0),
  amount I64 NOT NULL CHECK (amount > 0),
  remaining I64 NOT NULL CHECK (remaining >= 0),
  state TEXT NOT NULL CHECK (state IN ('FROZEN', 'RELEASED', 'CORRECTED')),
  release_at I64,
  netting_month I32,
  netted_by I64 REFERENCES incentive_bill (id),
  created_at I64 NOT NULL,
  released_at I64,
  UNIQUE (bill_id, customer_id, mode)
) STRICT;;
CREATE INDEX incentive_freeze_open ON incentive_freeze (partner_id, currency) WHERE state = 'FROZEN' OR netted_by IS NULL;;
CREATE INDEX incentive_freeze_waiting ON incentive_freeze (customer_id, month) WHERE state = 'FROZEN';;
",
    "
DROP TABLE incentive_freeze;; DROP TABLE incentive_entitlement;; DROP TABLE payout_preference;; DROP TABLE payout_terms;;
"
);
