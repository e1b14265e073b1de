//! The recurring tasks of workers: when each ran last, how that ended, and when it is due next.

use crate::dialect::change;

change!(
    "m0025_task",
    "
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
",
    "
DROP TABLE task;;
"
);
