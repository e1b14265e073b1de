//! The programme's settings in its one row, when each turn of the timetable was last taken, and the recurring tasks of
//! workers: when each ran last, how that ended, and when it is due next.

/// The tables of this noun, in the order in which they are made.
pub(super) const TABLES: &str = "
CREATE TABLE programme (
  id I16 PRIMARY KEY CHECK (id = 1),
  name TEXT NOT NULL,
  site TEXT NOT NULL,
  time_zone TEXT NOT NULL,
  draft_day I16 NOT NULL CHECK (draft_day BETWEEN 1 AND 28),
  final_day I16 NOT NULL CHECK (final_day BETWEEN 1 AND 28),
  confirm_days I16 NOT NULL CHECK (confirm_days BETWEEN 1 AND 90),
  go_live I32,
  automatic_final BOOL NOT NULL,
  cash_coupon_counts BOOL NOT NULL,
  bill_factor_ppm I32 NOT NULL DEFAULT 3000000 CHECK (bill_factor_ppm = 0 OR bill_factor_ppm BETWEEN 1000000 AND 1000000000),
  bill_factor_floor I64 NOT NULL DEFAULT 1000000000 CHECK (bill_factor_floor BETWEEN 0 AND 1000000000000000000),
  rule_version I32 NOT NULL,
  history_version I64 NOT NULL,
  version I32 NOT NULL
) STRICT;;
@sqlite INSERT INTO programme VALUES (1, 'Partner programme', 'CN', 'Asia/Shanghai', 3, 10, 10, NULL, 1, 0, 3000000, 1000000000, 1, 0, 1);;
@postgres INSERT INTO programme VALUES (1, 'Partner programme', 'CN', 'Asia/Shanghai', 3, 10, 10, NULL, TRUE, FALSE, 3000000, 1000000000, 1, 0, 1);;

CREATE TABLE cooling_off_rule (
  valid_from I64 PRIMARY KEY,
  months I16 NOT NULL CHECK (months BETWEEN 0 AND 24),
  customers TEXT NOT NULL CHECK (customers IN ('LONG_TAIL', 'ALL')),
  changed_at I64 NOT NULL
) STRICT;;
INSERT INTO cooling_off_rule VALUES (1767196800000000, 6, 'LONG_TAIL', 0);;

CREATE TABLE schedule (
  name TEXT PRIMARY KEY,
  last_at I64 NOT NULL
) CLUSTERED;;

CREATE TABLE task (
  name TEXT PRIMARY KEY,
  next_due_at I64 NOT NULL,
  generation I32 NOT NULL,
  lease_until I64 NOT NULL,
  started_at I64,
  ended_at I64,
  duration_micros I64,
  result TEXT CHECK (result IN ('SUCCEEDED', 'FAILED')),
  failures I32 NOT NULL CHECK (failures >= 0),
  last_error TEXT,
  failed_at I64
) CLUSTERED;;
";
