//! The working-day calendar with China's arrangement for 2026, deadlines as rows, and the clock of a demonstration.
//!
//! The days are those of the notice of the General Office of the State Council of 4 November 2025.

/// The tables of this noun, in the order in which they are made.
pub(super) const TABLES: &str = "
CREATE TABLE calendar_day (
  day I32 PRIMARY KEY CHECK (day BETWEEN 20000101 AND 20991231),
  working BOOL NOT NULL,
  name TEXT NOT NULL,
  name_zh TEXT NOT NULL,
  source TEXT NOT NULL,
  changed_at I64 NOT NULL
) STRICT;;
INSERT INTO calendar_day (day, working, name, name_zh, source, changed_at)
@sqlite SELECT column1, column2, column3, column4, 'State Council, 2025-11-04', 0 FROM (VALUES
@postgres SELECT column1, column2 = 1, column3, column4, 'State Council, 2025-11-04', 0 FROM (VALUES
  (20260101, 0, 'New Year''s Day', '元旦'),
  (20260102, 0, 'New Year''s Day', '元旦'),
  (20260103, 0, 'New Year''s Day', '元旦'),
  (20260104, 1, 'New Year''s Day, made up', '元旦调休上班'),
  (20260214, 1, 'Spring Festival, made up', '春节调休上班'),
  (20260215, 0, 'Spring Festival', '春节'),
  (20260216, 0, 'Spring Festival', '春节'),
  (20260217, 0, 'Spring Festival', '春节'),
  (20260218, 0, 'Spring Festival', '春节'),
  (20260219, 0, 'Spring Festival', '春节'),
  (20260220, 0, 'Spring Festival', '春节'),
  (20260221, 0, 'Spring Festival', '春节'),
  (20260222, 0, 'Spring Festival', '春节'),
  (20260223, 0, 'Spring Festival', '春节'),
  (20260228, 1, 'Spring Festival, made up', '春节调休上班'),
  (20260404, 0, 'Qingming Festival', '清明节'),
  (20260405, 0, 'Qingming Festival', '清明节'),
  (20260406, 0, 'Qingming Festival', '清明节'),
  (20260501, 0, 'Labour Day', '劳动节'),
  (20260502, 0, 'Labour Day', '劳动节'),
  (20260503, 0, 'Labour Day', '劳动节'),
  (20260504, 0, 'Labour Day', '劳动节'),
  (20260505, 0, 'Labour Day', '劳动节'),
  (20260509, 1, 'Labour Day, made up', '劳动节调休上班'),
  (20260619, 0, 'Dragon Boat Festival', '端午节'),
  (20260620, 0, 'Dragon Boat Festival', '端午节'),
  (20260621, 0, 'Dragon Boat Festival', '端午节'),
  (20260920, 1, 'National Day, made up', '国庆节调休上班'),
  (20260925, 0, 'Mid-Autumn Festival', '中秋节'),
  (20260926, 0, 'Mid-Autumn Festival', '中秋节'),
  (20260927, 0, 'Mid-Autumn Festival', '中秋节'),
  (20261001, 0, 'National Day', '国庆节'),
  (20261002, 0, 'National Day', '国庆节'),
  (20261003, 0, 'National Day', '国庆节'),
  (20261004, 0, 'National Day', '国庆节'),
  (20261005, 0, 'National Day', '国庆节'),
  (20261006, 0, 'National Day', '国庆节'),
  (20261007, 0, 'National Day', '国庆节'),
  (20261010, 1, 'National Day, made up', '国庆节调休上班')
@sqlite );;
@postgres ) AS shipped;;

CREATE TABLE deadline (
  id I64 PRIMARY KEY,
  kind TEXT NOT NULL,
  entity TEXT NOT NULL,
  partner_id I64 REFERENCES partner (id),
  audience TEXT NOT NULL CHECK (audience IN ('PARTNER', 'OPERATIONS', 'FINANCE', 'REVIEWER')),
  due_at I64 NOT NULL,
  remind_at I64 CHECK (remind_at < due_at),
  reminded_at I64,
  fell_due_at I64,
  closed_at I64,
  attempts I32 NOT NULL DEFAULT 0,
  retry_at I64 NOT NULL DEFAULT 0,
  created_at I64 NOT NULL
) STRICT;;
CREATE UNIQUE INDEX one_live_deadline ON deadline (kind, entity) WHERE closed_at IS NULL;;
CREATE INDEX deadline_to_fall_due ON deadline (due_at) WHERE closed_at IS NULL AND fell_due_at IS NULL;;
CREATE INDEX deadline_to_remind ON deadline (remind_at)
  WHERE closed_at IS NULL AND fell_due_at IS NULL AND reminded_at IS NULL AND remind_at IS NOT NULL;;
CREATE INDEX deadline_by_due ON deadline (due_at, id);;
CREATE INDEX deadline_by_partner ON deadline (partner_id, due_at, id);;

CREATE TABLE demo_clock (
  id I16 PRIMARY KEY CHECK (id = 1),
  offset_micros I64 NOT NULL CHECK (offset_micros >= 0)
) STRICT;;
";
