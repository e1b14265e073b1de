//! The ledger: double entry in micros, a chain of hashes for each partner, balances kept beside the entries.

/// The tables of this noun, in the order in which they are made.
pub(super) const TABLES: &str = "
CREATE TABLE ledger_chain (
  partner_id I64 PRIMARY KEY REFERENCES partner (id),
  seq I64 NOT NULL,
  at I64 NOT NULL,
  hash TEXT NOT NULL
) CLUSTERED;;

CREATE TABLE ledger_transaction (
  partner_id I64 NOT NULL REFERENCES partner (id),
  seq I64 NOT NULL,
  at I64 NOT NULL,
  kind TEXT NOT NULL,
  entity TEXT NOT NULL,
  hash TEXT NOT NULL,
  PRIMARY KEY (partner_id, seq)
) CLUSTERED;;
CREATE INDEX ledger_transaction_by_entity ON ledger_transaction (entity);;
@sqlite CREATE TRIGGER ledger_transactions_are_append_only_update BEFORE UPDATE ON ledger_transaction BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;;
@sqlite CREATE TRIGGER ledger_transactions_are_append_only_delete BEFORE DELETE ON ledger_transaction BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;;
@postgres CREATE TRIGGER ledger_is_append_only BEFORE UPDATE OR DELETE ON ledger_transaction FOR EACH ROW EXECUTE FUNCTION refuse_change();;

CREATE TABLE ledger_entry (
  partner_id I64 NOT NULL,
  seq I64 NOT NULL,
  account TEXT NOT NULL CHECK (account IN ('EARNED', 'PAYABLE', 'FROZEN', 'CARRIED', 'IN_PAYOUT', 'PAID', 'LAPSED')),
  currency TEXT NOT NULL,
  amount I64 NOT NULL CHECK (amount <> 0),
  balance I64 NOT NULL,
  PRIMARY KEY (partner_id, seq, account, currency),
  FOREIGN KEY (partner_id, seq) REFERENCES ledger_transaction (partner_id, seq)
) CLUSTERED;;
CREATE INDEX ledger_entry_by_account ON ledger_entry (partner_id, account, currency, seq);;
@sqlite CREATE TRIGGER ledger_entries_are_append_only_update BEFORE UPDATE ON ledger_entry BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;;
@sqlite CREATE TRIGGER ledger_entries_are_append_only_delete BEFORE DELETE ON ledger_entry BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;;
@postgres CREATE TRIGGER ledger_is_append_only BEFORE UPDATE OR DELETE ON ledger_entry FOR EACH ROW EXECUTE FUNCTION refuse_change();;

CREATE TABLE ledger_balance (
  partner_id I64 NOT NULL,
  account TEXT NOT NULL,
  currency TEXT NOT NULL,
  amount I64 NOT NULL,
  PRIMARY KEY (partner_id, account, currency)
) CLUSTERED;;
";
