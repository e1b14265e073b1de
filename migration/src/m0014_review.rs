//! Bills that are far off a partner's recent ones are parked for review, and partners say what is wrong with a bill.
//!
//! SQLite cannot change a CHECK: the state moves into a new column of the same name.

use crate::dialect::change;

change!(
    "m0014_review",
    "
ALTER TABLE programme ADD COLUMN bill_factor_ppm I32 NOT NULL DEFAULT 3000000 CHECK (bill_factor_ppm = 0 OR bill_factor_ppm BETWEEN 1000000 AND 1000000000);;
ALTER TABLE programme ADD COLUMN bill_factor_floor I64 NOT NULL DEFAULT 1000000000 CHECK (bill_factor_floor BETWEEN 0 AND 1000000000000000000);;

@postgres ALTER TABLE incentive_bill DROP CONSTRAINT incentive_bill_state_check;;
@postgres ALTER TABLE incentive_bill ADD CONSTRAINT incentive_bill_state_check CHECK (state IN ('ESTIMATED', 'PARKED', 'PENDING_CONFIRM', 'ISSUING', 'ISSUED'));;
@sqlite BEGIN IMMEDIATE;
@sqlite DROP INDEX incentive_bill_to_confirm;
@sqlite ALTER TABLE incentive_bill ADD COLUMN new_state TEXT NOT NULL DEFAULT 'ESTIMATED' CHECK (new_state IN ('ESTIMATED', 'PARKED', 'PENDING_CONFIRM', 'ISSUING', 'ISSUED'));
@sqlite UPDATE incentive_bill SET new_state = state;
@sqlite ALTER TABLE incentive_bill DROP COLUMN state;
@sqlite ALTER TABLE incentive_bill RENAME COLUMN new_state TO state;
@sqlite CREATE INDEX incentive_bill_to_confirm ON incentive_bill (confirm_by) WHERE state = 'PENDING_CONFIRM';
@sqlite COMMIT;;
ALTER TABLE incentive_bill ADD COLUMN parked_code TEXT CHECK (parked_code IN ('ABOVE_USUAL', 'BELOW_USUAL', 'NEGATIVE'));;
ALTER TABLE incentive_bill ADD COLUMN parked_typical I64;;
ALTER TABLE incentive_bill ADD COLUMN parked_factor_ppm I32;;
CREATE INDEX incentive_bill_parked ON incentive_bill (id) WHERE state = 'PARKED';;

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
",
    "
DROP TABLE bill_feedback;;
DROP INDEX incentive_bill_parked;;
UPDATE incentive_bill SET state = 'PENDING_CONFIRM' WHERE state = 'PARKED';;
ALTER TABLE incentive_bill DROP COLUMN parked_factor_ppm;;
ALTER TABLE incentive_bill DROP COLUMN parked_typical;;
ALTER TABLE incentive_bill DROP COLUMN parked_code;;
@postgres ALTER TABLE incentive_bill DROP CONSTRAINT incentive_bill_state_check;;
@postgres ALTER TABLE incentive_bill ADD CONSTRAINT incentive_bill_state_check CHECK (state IN ('ESTIMATED', 'PENDING_CONFIRM', 'ISSUING', 'ISSUED'));;
@sqlite BEGIN IMMEDIATE;
@sqlite DROP INDEX incentive_bill_to_confirm;
@sqlite ALTER TABLE incentive_bill ADD COLUMN old_state TEXT NOT NULL DEFAULT 'ESTIMATED' CHECK (old_state IN ('ESTIMATED', 'PENDING_CONFIRM', 'ISSUING', 'ISSUED'));
@sqlite UPDATE incentive_bill SET old_state = state;
@sqlite ALTER TABLE incentive_bill DROP COLUMN state;
@sqlite ALTER TABLE incentive_bill RENAME COLUMN old_state TO state;
@sqlite CREATE INDEX incentive_bill_to_confirm ON incentive_bill (confirm_by) WHERE state = 'PENDING_CONFIRM';
@sqlite COMMIT;;
ALTER TABLE programme DROP COLUMN bill_factor_floor;;
ALTER TABLE programme DROP COLUMN bill_factor_ppm;;
"
);
