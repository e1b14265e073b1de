//! Payments of customers: the vendor's invoices, and the immutable payment facts.

/// The tables of this noun, in the order in which they are made.
pub(super) const TABLES: &str = "
CREATE TABLE invoice (
  id I64 PRIMARY KEY,
  provider TEXT NOT NULL,
  invoice_no TEXT NOT NULL,
  currency TEXT NOT NULL,
  paid_at I64,
  created_at I64 NOT NULL,
  version I32 NOT NULL,
  UNIQUE (provider, invoice_no)
) STRICT;;

CREATE TABLE invoice_account (
  invoice_id I64 NOT NULL REFERENCES invoice (id),
  month I32 NOT NULL,
  account_id I64 NOT NULL REFERENCES cloud_account (id),
  PRIMARY KEY (invoice_id, month, account_id)
) CLUSTERED;;

CREATE TABLE consumption_payment (
  month I32 NOT NULL,
  account_id I64 NOT NULL,
  consumed_at I64 NOT NULL,
  fingerprint BYTES NOT NULL,
  occurrence I32 NOT NULL,
  charge I32 NOT NULL DEFAULT 1,
  version I32 NOT NULL DEFAULT 1,
  content I64 NOT NULL DEFAULT 0,
  import_id I64 NOT NULL,
  line_no I64 NOT NULL,
  settled BOOL NOT NULL,
  charging_mode I16 NOT NULL,
  detail_type I16 NOT NULL,
  category I16 NOT NULL,
  correction BOOL NOT NULL,
  product_id I64 NOT NULL,
  region TEXT NOT NULL,
  currency TEXT NOT NULL,
  official I64 NOT NULL,
  discount I64 NOT NULL,
  truncated I64 NOT NULL,
  payable I64 NOT NULL,
  cash I64 NOT NULL,
  credit I64 NOT NULL,
  voucher I64 NOT NULL,
  cash_coupon I64 NOT NULL,
  stored_value_card I64 NOT NULL,
  bonus I64 NOT NULL,
  debt I64 NOT NULL,
  write_off I64 NOT NULL,
  invoice_id I64,
  marketplace TEXT,
  external_id TEXT,
  corrects_external_id TEXT,
  PRIMARY KEY (month, account_id, consumed_at, fingerprint, occurrence),
  CHECK (charge > 0),
  CHECK (version > 0),
  CHECK (official = discount + truncated + payable),
  CHECK (payable = cash + credit + voucher + cash_coupon + stored_value_card + bonus + debt + write_off)
) CLUSTERED;;
@sqlite CREATE TRIGGER payments_are_immutable_update BEFORE UPDATE ON consumption_payment BEGIN SELECT RAISE(ABORT, 'payments are immutable'); END;;
@sqlite CREATE TRIGGER payments_are_immutable_delete BEFORE DELETE ON consumption_payment BEGIN SELECT RAISE(ABORT, 'payments are immutable'); END;;
@postgres CREATE TRIGGER payments_are_immutable BEFORE UPDATE OR DELETE ON consumption_payment FOR EACH ROW EXECUTE FUNCTION refuse_change();;
CREATE INDEX consumption_payment_of_credits ON consumption_payment (month, account_id) WHERE category = 3;;
@sqlite CREATE INDEX consumption_payment_of_sellers ON consumption_payment (marketplace, month, product_id, currency, settled, cash, stored_value_card, credit, debt, invoice_id) WHERE marketplace IS NOT NULL;;
@postgres CREATE INDEX consumption_payment_of_sellers ON consumption_payment (marketplace, month) INCLUDE (account_id, product_id, currency, settled, cash, stored_value_card, credit, debt, invoice_id) WHERE marketplace IS NOT NULL;;
";
