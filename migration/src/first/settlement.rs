//! The months of settlement, and the runs that settle them with their shards.

/// The tables of this noun, in the order in which they are made.
pub(super) const TABLES: &str = "
CREATE TABLE settlement_month (
  month I32 PRIMARY KEY,
  starts_at I64 NOT NULL,
  ends_at I64 NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('OPEN', 'ESTIMATED', 'DRAFT', 'FINAL')),
  closed BOOL NOT NULL,
  rule_version I32 NOT NULL,
  cash_coupon_counts BOOL NOT NULL,
  lines_digest TEXT,
  finalised_at I64,
  version I32 NOT NULL
) STRICT;;

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
  acknowledged TEXT NOT NULL,
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
";
