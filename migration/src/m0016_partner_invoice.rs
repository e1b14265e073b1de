//! Invoices of partners to the vendor, for payment requests.

use crate::dialect::change;

change!(
    "m0016_partner_invoice",
    "
CREATE TABLE partner_invoice (
  id I64 PRIMARY KEY,
  partner_id I64 NOT NULL REFERENCES partner (id),
  request_id I64 NOT NULL REFERENCES payment_request (id),
  invoice_no TEXT NOT NULL,
  issued_on I32 NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('VAT_SPECIAL_PAPER', 'VAT_SPECIAL_ELECTRONIC', 'FULLY_DIGITAL_SPECIAL')),
  tax_rate_ppm I32 NOT NULL CHECK (tax_rate_ppm BETWEEN 0 AND 1000000),
  currency TEXT NOT NULL,
  net I64 NOT NULL CHECK (net >= 0),
  tax I64 NOT NULL CHECK (tax >= 0),
  total I64 NOT NULL CHECK (total > 0),
  file_id I64 REFERENCES stored_file (id),
  state TEXT NOT NULL CHECK (state IN ('REGISTERED', 'SIGNED_FOR', 'PASSED', 'REJECTED', 'WITHDRAWN')),
  reason TEXT,
  signed_for_at I64,
  created_by TEXT NOT NULL,
  created_at I64 NOT NULL,
  version I32 NOT NULL,
  CHECK (total = net + tax),
  UNIQUE (partner_id, invoice_no)
) STRICT;;
CREATE INDEX partner_invoice_by_request ON partner_invoice (request_id, id);;
",
    "
DROP TABLE partner_invoice;;
"
);
