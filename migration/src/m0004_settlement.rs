//! Settlement runs with their shards, incentive policies and incentive bills.

use crate::dialect::change;

change!(
    "m0004_settlement",
    "
CREATE TABLE settlement_run (
  id I64 PRIMARY KEY,
  month I32 NOT NULL REFERENCES settlement_month (month),
  kind TEXT NOT NULL CHECK (kind IN ('ESTIMATE', 'DRAFT', 'FINAL')),
  state TEXT NOT NULL CHECK (state IN ('PENDING', 'RUNNING', 'PAUSED', 'SUCCEEDED', 'FAILED', 'CANCELLED')),
  phase TEXT NOT NULL CHECK (phase IN ('FREEZE', 'BILL', 'CLOSE')),
  generation I32 NOT NULL,
  lease_owner TEXT,
  lease_until I64 NOT NULL,
  attempts I32 NOT NULL,
  retry_at I64 NOT NULL,
  cut_off I64,
  input_digest TEXT,
  steps_total I32 NOT NULL,
  steps_done I32 NOT NULL,
  quarantined I32 NOT NULL,
  lines I64 NOT NULL,
  bills I64 NOT NULL,
  error_code TEXT,
  error_detail TEXT,
  created_by TEXT NOT NULL,
  created_at I64 NOT NULL,
  started_at I64,
  finished_at I64
) STRICT;;
CREATE UNIQUE INDEX one_live_run_per_month_and_kind ON settlement_run (month, kind)
  WHERE state IN ('PENDING', 'RUNNING', 'PAUSED', 'FAILED');;
CREATE UNIQUE INDEX one_final_run_per_month ON settlement_run (month) WHERE kind = 'FINAL' AND state = 'SUCCEEDED';;
CREATE INDEX settlement_run_by_month ON settlement_run (month, created_at);;

CREATE TABLE settlement_shard (
  run_id I64 NOT NULL REFERENCES settlement_run (id),
  shard I16 NOT NULL,
  from_id I64 NOT NULL,
  to_id I64 NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('PENDING', 'DONE', 'QUARANTINED')),
  attempts I32 NOT NULL,
  lines I64 NOT NULL,
  digest TEXT,
  error_code TEXT,
  error_detail TEXT,
  PRIMARY KEY (run_id, shard)
) CLUSTERED;;

CREATE TABLE settlement_quarantine (
  run_id I64 NOT NULL REFERENCES settlement_run (id),
  partner_id I64 NOT NULL REFERENCES partner (id),
  code TEXT NOT NULL,
  detail TEXT NOT NULL,
  PRIMARY KEY (run_id, partner_id)
) CLUSTERED;;

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
  minimum I64 NOT NULL CHECK (minimum >= 0),
  cap I64 CHECK (cap IS NULL OR cap > 0),
  PRIMARY KEY (policy_id, seq)
) CLUSTERED;;

CREATE TABLE incentive_bill (
  id I64 PRIMARY KEY,
  partner_id I64 NOT NULL REFERENCES partner (id),
  month I32 NOT NULL REFERENCES settlement_month (month),
  currency TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('ESTIMATED', 'PENDING_CONFIRM', 'ISSUING', 'ISSUED')),
  run_id I64 NOT NULL REFERENCES settlement_run (id),
  basis I64 NOT NULL,
  amount I64 NOT NULL,
  confirm_by I64,
  confirmed_at I64,
  confirmed_by TEXT,
  created_at I64 NOT NULL,
  version I32 NOT NULL,
  UNIQUE (partner_id, month, currency)
) STRICT;;
CREATE INDEX incentive_bill_by_month ON incentive_bill (month, id);;
CREATE INDEX incentive_bill_to_confirm ON incentive_bill (confirm_by) WHERE state = 'PENDING_CONFIRM';;

CREATE TABLE incentive_bill_line (
  bill_id I64 NOT NULL REFERENCES incentive_bill (id),
  line_no I32 NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('BASE', 'CORRECTION', 'RESIDUE')),
  origin_month I32 NOT NULL,
  partner_id I64 NOT NULL,
  mode I16,
  product_class TEXT,
  policy_id I64,
  rate_seq I16,
  rate_ppm I32 NOT NULL,
  basis I64 NOT NULL,
  exact TEXT NOT NULL,
  amount I64 NOT NULL,
  note TEXT,
  PRIMARY KEY (bill_id, line_no)
) CLUSTERED;;
",
    "
DROP TABLE incentive_bill_line;; DROP TABLE incentive_bill;; DROP TABLE incentive_rate;; DROP TABLE incentive_policy;;
DROP TABLE settlement_quarantine;; DROP TABLE settlement_shard;; DROP TABLE settlement_run;;
"
);
