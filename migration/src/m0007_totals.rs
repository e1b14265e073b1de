//! How many rows the long lists have, kept as they come and go: a count of a hundred thousand reads them all.
//!
//! On SQLite, with its one writer, a number is changed. On PostgreSQL writers would queue for it, so each statement
//! adds a row with its difference, and whoever counts and finds many of them folds them into one.

use crate::dialect::change;

change!(
    "m0007_totals",
    "
@sqlite CREATE TABLE list_total (list TEXT PRIMARY KEY, difference I64 NOT NULL) CLUSTERED;;
@postgres CREATE TABLE list_total (list TEXT NOT NULL, difference BIGINT NOT NULL);;
INSERT INTO list_total SELECT 'customer', COUNT(*) FROM customer;;
INSERT INTO list_total SELECT 'cloud_account', COUNT(*) FROM cloud_account;;
INSERT INTO list_total SELECT 'association', COUNT(*) FROM association;;

@sqlite CREATE TRIGGER customer_total_insert AFTER INSERT ON customer BEGIN UPDATE list_total SET difference = difference + 1 WHERE list = 'customer'; END;;
@sqlite CREATE TRIGGER customer_total_delete AFTER DELETE ON customer BEGIN UPDATE list_total SET difference = difference - 1 WHERE list = 'customer'; END;;
@sqlite CREATE TRIGGER cloud_account_total_insert AFTER INSERT ON cloud_account BEGIN UPDATE list_total SET difference = difference + 1 WHERE list = 'cloud_account'; END;;
@sqlite CREATE TRIGGER cloud_account_total_delete AFTER DELETE ON cloud_account BEGIN UPDATE list_total SET difference = difference - 1 WHERE list = 'cloud_account'; END;;
@sqlite CREATE TRIGGER association_total_insert AFTER INSERT ON association BEGIN UPDATE list_total SET difference = difference + 1 WHERE list = 'association'; END;;
@sqlite CREATE TRIGGER association_total_delete AFTER DELETE ON association BEGIN UPDATE list_total SET difference = difference - 1 WHERE list = 'association'; END;;

@postgres CREATE FUNCTION keep_total() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN INSERT INTO list_total SELECT TG_TABLE_NAME, CASE TG_OP WHEN 'INSERT' THEN COUNT(*) ELSE -COUNT(*) END FROM changed HAVING COUNT(*) > 0; RETURN NULL; END $$;;
@postgres CREATE TRIGGER customer_total_insert AFTER INSERT ON customer REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION keep_total();;
@postgres CREATE TRIGGER customer_total_delete AFTER DELETE ON customer REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION keep_total();;
@postgres CREATE TRIGGER cloud_account_total_insert AFTER INSERT ON cloud_account REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION keep_total();;
@postgres CREATE TRIGGER cloud_account_total_delete AFTER DELETE ON cloud_account REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION keep_total();;
@postgres CREATE TRIGGER association_total_insert AFTER INSERT ON association REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION keep_total();;
@postgres CREATE TRIGGER association_total_delete AFTER DELETE ON association REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION keep_total();;
",
    "
@sqlite DROP TRIGGER customer_total_insert;;
@sqlite DROP TRIGGER customer_total_delete;;
@sqlite DROP TRIGGER cloud_account_total_insert;;
@sqlite DROP TRIGGER cloud_account_total_delete;;
@sqlite DROP TRIGGER association_total_insert;;
@sqlite DROP TRIGGER association_total_delete;;
@postgres DROP TRIGGER customer_total_insert ON customer;;
@postgres DROP TRIGGER customer_total_delete ON customer;;
@postgres DROP TRIGGER cloud_account_total_insert ON cloud_account;;
@postgres DROP TRIGGER cloud_account_total_delete ON cloud_account;;
@postgres DROP TRIGGER association_total_insert ON association;;
@postgres DROP TRIGGER association_total_delete ON association;;
@postgres DROP FUNCTION keep_total();;
DROP TABLE list_total;;
"
);
