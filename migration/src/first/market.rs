//! Marketplace settlement: terms, categories of products, bills of sellers with their lines, and what is not billed.

/// The tables of this noun, in the order in which they are made.
pub(super) const TABLES: &str = "
CREATE TABLE marketplace_terms (
  id I64 PRIMARY KEY,
  partner_id I64 REFERENCES partner (id),
  category TEXT NOT NULL CHECK (category IN ('GOODS', 'SOLUTIONS')),
  valid_from I32 NOT NULL,
  platform_fee_ppm I32 NOT NULL CHECK (platform_fee_ppm BETWEEN 0 AND 1000000),
  operating_fee_ppm I32 NOT NULL CHECK (operating_fee_ppm BETWEEN 0 AND 1000000),
  needs_confirmation BOOL NOT NULL,
  created_by TEXT NOT NULL,
  created_at I64 NOT NULL,
  CHECK (platform_fee_ppm + operating_fee_ppm <= 1000000)
) STRICT;;
CREATE UNIQUE INDEX one_terms_from_a_month ON marketplace_terms (COALESCE(partner_id, 0), category, valid_from);;

CREATE TABLE marketplace_category (
  product_id I64 PRIMARY KEY REFERENCES product (id),
  category TEXT NOT NULL CHECK (category IN ('GOODS', 'SOLUTIONS')),
  changed_at I64 NOT NULL
) STRICT;;

CREATE TABLE seller_name (
  id I64 PRIMARY KEY,
  name TEXT NOT NULL,
  normal TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('UNDECIDED', 'VENDOR', 'SELLER')),
  decided_by TEXT,
  decided_at I64,
  created_at I64 NOT NULL,
  UNIQUE (name)
) STRICT;;
CREATE INDEX seller_name_by_normal ON seller_name (normal);;

CREATE TABLE settlement_bill_out (
  month I32 PRIMARY KEY,
  asked_by TEXT NOT NULL,
  asked_at I64 NOT NULL,
  attempts I32 NOT NULL,
  retry_at I64 NOT NULL,
  finished_at I64,
  error TEXT
) STRICT;;
CREATE INDEX settlement_bill_out_waiting ON settlement_bill_out (retry_at) WHERE finished_at IS NULL;;

CREATE TABLE settlement_bill (
  id I64 PRIMARY KEY,
  partner_id I64 NOT NULL REFERENCES partner (id),
  month I32 NOT NULL,
  currency TEXT NOT NULL,
  category TEXT NOT NULL CHECK (category IN ('GOODS', 'SOLUTIONS')),
  state TEXT NOT NULL CHECK (state IN ('BILLED', 'CARRIED', 'CANCELLED')),
  sales I64 NOT NULL,
  platform_fee I64 NOT NULL,
  operating_fee I64 NOT NULL,
  amount I64 NOT NULL,
  lines I32 NOT NULL CHECK (lines > 0),
  created_at I64 NOT NULL,
  version I32 NOT NULL,
  CHECK (state <> 'CANCELLED' OR amount > 0)
) STRICT;;
CREATE UNIQUE INDEX one_live_bill_of_a_seller ON settlement_bill (partner_id, month, currency, category) WHERE state <> 'CANCELLED';;
CREATE INDEX settlement_bill_by_partner ON settlement_bill (partner_id, id);;
CREATE INDEX settlement_bill_by_month ON settlement_bill (month, id);;

CREATE TABLE settlement_bill_line (
  bill_id I64 NOT NULL REFERENCES settlement_bill (id),
  line_no I32 NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('BASE', 'CORRECTION', 'REFUND', 'RESIDUE')),
  origin_month I32 NOT NULL,
  customer_id I64 NOT NULL,
  product_id I64 NOT NULL,
  sales I64 NOT NULL,
  platform_fee_ppm I32 NOT NULL,
  operating_fee_ppm I32 NOT NULL,
  platform_fee I64 NOT NULL,
  operating_fee I64 NOT NULL,
  amount I64 NOT NULL,
  PRIMARY KEY (bill_id, line_no),
  CHECK (kind = 'RESIDUE' OR amount = sales - platform_fee - operating_fee)
) CLUSTERED;;

CREATE TABLE settlement_withheld (
  month I32 NOT NULL,
  seller TEXT NOT NULL,
  currency TEXT NOT NULL,
  reason TEXT NOT NULL CHECK (reason IN ('NOT_CERTIFIED', 'NOT_PAID', 'UNKNOWN_SELLER', 'NO_TERMS', 'NOT_DUE', 'NEXT_BILL', 'FAILED')),
  partner_id I64 REFERENCES partner (id),
  amount I64 NOT NULL,
  detail TEXT NOT NULL,
  at I64 NOT NULL,
  PRIMARY KEY (month, seller, currency, reason)
) CLUSTERED;;
CREATE INDEX settlement_withheld_by_partner ON settlement_withheld (partner_id, month);;
";
