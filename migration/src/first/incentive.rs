//! Incentive policies, bills with their lines and the feedback on them, what may be requested of bills and claims, and
//! what is withheld until customers pay.

/// The tables of this noun, in the order in which they are made.
pub(super) const TABLES: &str = "
CREATE TABLE incentive_policy (
  id I64 PRIMARY KEY,
  name TEXT NOT NULL,
  version I32 NOT NULL,
  valid_from I32 NOT NULL,
  valid_to I32,
  created_by TEXT NOT NULL,
  created_at I64 NOT NULL,
  UNIQUE (name, version)
) STRICT;;

CREATE TABLE incentive_rate (
  policy_id I64 NOT NULL REFERENCES incentive_policy (id),
  seq I16 NOT NULL,
  product_class TEXT,
  specific_only BOOL NOT NULL,
  mode I16,
  partner_kind TEXT,
  tier TEXT,
  rate_ppm I32 NOT NULL CHECK (rate_ppm BETWEEN 0 AND 1000000),
  minimum I64 CHECK (minimum IS NULL OR minimum >= 0),
  cap I64 CHECK (cap IS NULL OR cap > 0),
  PRIMARY KEY (policy_id, seq)
) CLUSTERED;;

CREATE TABLE incentive_bill (
  id I64 PRIMARY KEY,
  partner_id I64 NOT NULL REFERENCES partner (id),
  month I32 NOT NULL REFERENCES settlement_month (month),
  currency TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('ESTIMATED', 'PARKED', 'PENDING_CONFIRM', 'ISSUING', 'ISSUED')),
  run_id I64 NOT NULL REFERENCES settlement_run (id),
  basis I64 NOT NULL,
  amount I64 NOT NULL,
  parked_code TEXT CHECK (parked_code IN ('ABOVE_USUAL', 'BELOW_USUAL', 'NEGATIVE')),
  parked_typical I64,
  parked_factor_ppm I32,
  confirm_by I64,
  confirmed_at I64,
  confirmed_by TEXT,
  created_at I64 NOT NULL,
  version I32 NOT NULL,
  UNIQUE (partner_id, month, currency)
) STRICT;;
CREATE INDEX incentive_bill_by_month ON incentive_bill (month, id);;
CREATE INDEX incentive_bill_to_confirm ON incentive_bill (confirm_by) WHERE state = 'PENDING_CONFIRM';;
CREATE INDEX incentive_bill_parked ON incentive_bill (id) WHERE state = 'PARKED';;

CREATE TABLE incentive_bill_line (
  bill_id I64 NOT NULL REFERENCES incentive_bill (id),
  line_no I32 NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('BASE', 'CORRECTION', 'RESIDUE')),
  origin_month I32 NOT NULL,
  partner_id I64 NOT NULL,
  mode I16,
  product_class TEXT,
  product_policy I16,
  policy_id I64,
  rate_seq I16,
  rate_ppm I32 NOT NULL,
  basis I64 NOT NULL,
  exact TEXT NOT NULL,
  amount I64 NOT NULL,
  note TEXT,
  PRIMARY KEY (bill_id, line_no)
) CLUSTERED;;

CREATE TABLE bill_feedback (
  id I64 PRIMARY KEY,
  partner_id I64 NOT NULL REFERENCES partner (id),
  month I32 NOT NULL REFERENCES settlement_month (month),
  currency TEXT NOT NULL,
  bill_id I64 NOT NULL,
  bill_state TEXT NOT NULL CHECK (bill_state IN ('ESTIMATED', 'PENDING_CONFIRM')),
  line_no I32,
  line_kind TEXT CHECK (line_kind IN ('BASE', 'CORRECTION', 'RESIDUE')),
  origin_month I32,
  line_partner_id I64,
  mode I16,
  product_class TEXT,
  basis I64 NOT NULL,
  amount I64 NOT NULL,
  note TEXT NOT NULL CHECK (note <> ''),
  state TEXT NOT NULL CHECK (state IN ('OPEN', 'ACCEPTED', 'REJECTED', 'WITHDRAWN')),
  answer TEXT CHECK (answer <> ''),
  answered_by TEXT,
  answered_at I64,
  correction_entity TEXT,
  created_by TEXT NOT NULL,
  created_at I64 NOT NULL,
  closed_at I64,
  version I32 NOT NULL,
  CHECK ((line_no IS NULL) = (line_kind IS NULL)),
  CHECK ((line_no IS NULL) = (origin_month IS NULL)),
  CHECK ((line_no IS NULL) = (line_partner_id IS NULL)),
  CHECK ((state = 'OPEN') = (closed_at IS NULL)),
  CHECK ((state IN ('ACCEPTED', 'REJECTED')) = (answer IS NOT NULL)),
  CHECK (correction_entity IS NULL OR state = 'ACCEPTED')
) STRICT;;
CREATE UNIQUE INDEX one_open_feedback_a_line ON bill_feedback (partner_id, month, currency, COALESCE(line_kind, ''), COALESCE(origin_month, 0), COALESCE(line_partner_id, 0), COALESCE(mode, 0), COALESCE(product_class, '')) WHERE state = 'OPEN';;
CREATE INDEX bill_feedback_by_bill ON bill_feedback (partner_id, month, currency, id);;
CREATE INDEX bill_feedback_open_by_month ON bill_feedback (month) WHERE state = 'OPEN';;

CREATE TABLE incentive_entitlement (
  id I64 PRIMARY KEY,
  partner_id I64 NOT NULL REFERENCES partner (id),
  bill_id I64 REFERENCES incentive_bill (id),
  claim_id I64 REFERENCES pce_claim (id),
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
  CHECK (amount > 0 OR expires_at IS NULL),
  CHECK ((bill_id IS NULL) <> (claim_id IS NULL))
) STRICT;;
CREATE INDEX incentive_entitlement_by_partner ON incentive_entitlement (partner_id, currency, id) WHERE state = 'OPEN';;
CREATE INDEX incentive_entitlement_by_bill ON incentive_entitlement (bill_id);;
CREATE INDEX incentive_entitlement_to_expire ON incentive_entitlement (expires_at) WHERE state = 'OPEN';;
CREATE UNIQUE INDEX one_entitlement_a_claim ON incentive_entitlement (claim_id) WHERE claim_id IS NOT NULL;;

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
CREATE INDEX incentive_freeze_to_release ON incentive_freeze (release_at) WHERE state = 'FROZEN';;
";
