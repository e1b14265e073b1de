//! Products and what the policy of each month says about them.

/// The tables of this noun, in the order in which they are made.
pub(super) const TABLES: &str = "
CREATE TABLE product (
  id I64 PRIMARY KEY,
  provider TEXT NOT NULL,
  code TEXT NOT NULL,
  name TEXT NOT NULL,
  class TEXT NOT NULL,
  created_at I64 NOT NULL,
  UNIQUE (provider, code, class)
) STRICT;;

CREATE TABLE product_policy (
  product_id I64 NOT NULL REFERENCES product (id),
  month I32 NOT NULL,
  policy I16 NOT NULL CHECK (policy IN (0, 1, 2, 13)),
  changed_at I64 NOT NULL,
  PRIMARY KEY (product_id, month)
) CLUSTERED;;
";
