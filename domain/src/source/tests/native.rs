//! Native lines as payments.

use entity::{ChargeCategory, ChargingMode, DetailType, Month};

use super::super::{Lang, RejectCode, SourceFormat, SourceOptions, open_stream};
use super::{exact, native, open, options, refusal};

#[test]
fn a_line_becomes_a_payment_with_all_its_parts() {
    assert_eq!(open(native().file()).unwrap().format(), SourceFormat::Native);
    let row = native().row();
    assert_eq!((&*row.provider, &*row.account_no), ("Huawei Cloud", "customer-1"));
    assert_eq!((row.month, row.charging_mode), (Month(202_608), ChargingMode::PayPerUse));
    assert_eq!((row.detail_type, row.category), (DetailType::Usage, ChargeCategory::Usage));
    assert_eq!((row.invoice_no.as_deref(), row.external_id.as_deref()), (Some("CS1"), Some("row-1")));
    assert_eq!((row.correction, row.settled, row.marketplace), (false, None, None));
    let parts = row.amounts.parts().map(|part| part.to_string());
    assert_eq!(parts, ["5", "1", "0.5", "0.25", "0.25", "0.25", "0.125", "0.125"]);
    assert_eq!((row.amounts.official, row.amounts.truncated), (exact("10.00000001"), exact("0.00000001")));
}

#[test]
fn optional_columns_say_more() {
    let row = native()
        .with("provider", "Other Cloud")
        .with("corrects_id", "row-0")
        .with("service_partner", "Kingsoft")
        .with("settled", "false")
        .with("tax", "TRUE")
        .row();
    assert_eq!(&*row.provider, "Other Cloud");
    assert_eq!((row.correction, row.corrects_external_id.as_deref()), (true, Some("row-0")));
    assert_eq!((row.marketplace.as_deref(), row.settled), (Some("Kingsoft"), Some(false)));
    assert_eq!(row.category, ChargeCategory::Tax);
    assert_eq!(native().with("settled", "true").row().settled, Some(true));
    assert_eq!(&*native().without("customer_account").with("customer_id", "c-2").row().account_no, "c-2");
    assert_eq!(&*native().without("product_name").row().product_name, "ecs");
}

#[test]
fn parts_that_are_absent_or_empty_are_zero() {
    let mut sheet = native();
    for part in ["credit", "coupon", "flexipurchase_coupon", "stored_value_card", "bonus", "debt", "writeoff"]
    {
        sheet = sheet.without(&format!("{part}_amount"));
    }
    let row =
        sheet.without("truncated_amount").with("official_amount", "10").with("cash_amount", "7.5").row();
    assert_eq!(row.amounts.cash, exact("7.5"));
    assert_eq!(native().with("credit_amount", "").with("cash_amount", "6").row().amounts.credit, exact("0"));
}

#[test]
fn every_code_of_the_interface_is_known() {
    for detail in DetailType::ALL {
        let row = native().with("bill_detail_type", &detail.code().to_string()).row();
        assert_eq!(row.detail_type, *detail);
        assert_eq!(row.category == ChargeCategory::Adjustment, matches!(detail.code(), 9 | 16), "{detail:?}");
    }
    for mode in ChargingMode::ALL {
        assert_eq!(native().with("charging_mode", &mode.code().to_string()).row().charging_mode, *mode);
    }
}

#[test]
fn amounts_that_do_not_add_up_are_rejected_to_the_last_digit() {
    for (column, value, blamed) in [
        ("official_amount", "10.00000002", "official_amount"),
        ("truncated_amount", "0", "official_amount"),
        ("cash_amount", "5.000000000000000000000000000000000001", "payment_amount"),
        ("bonus_amount", "", "payment_amount"),
    ] {
        let reject = native().with(column, value).reject();
        assert_eq!(
            (reject.code, reject.column.as_deref()),
            (RejectCode::AmountIdentity, Some(blamed)),
            "{column}"
        );
        for lang in [Lang::En, Lang::ZhCn] {
            assert!(
                reject.message(lang).contains("cash_amount")
                    || reject.message(lang).contains("truncated_amount")
            );
        }
    }
}

#[test]
fn every_bad_value_is_rejected_with_its_column() {
    use RejectCode as R;
    for (column, value, code) in [
        ("bill_cycle", "2026-13", R::BadMonth),
        ("bill_cycle", "1999-12", R::BadMonth),
        ("bill_cycle", "2100-01", R::BadMonth),
        ("bill_cycle", "", R::MissingValue),
        ("customer_account", "", R::MissingAccount),
        ("consume_time", "2026-02-30T00:00:00Z", R::BadDate),
        ("charging_mode", "2", R::UnknownCode),
        ("charging_mode", "+3", R::UnknownCode),
        ("charging_mode", "99999999", R::UnknownCode),
        ("bill_detail_type", "6", R::UnknownCode),
        ("bill_detail_type", "usage", R::UnknownCode),
        ("product_id", "NULL", R::MissingValue),
        ("payment_amount", "\"7,5\"", R::BadNumber),
        ("payment_amount", "", R::MissingValue),
        ("debt_amount", "1e13", R::NumberTooLarge),
        ("currency", "RMB", R::UnknownCurrency),
    ] {
        let (found, place, _) = native().with(column, value).refused();
        assert_eq!((found, place.as_str()), (code, column), "{value}");
    }
    for column in ["settled", "tax"] {
        assert_eq!(
            native().with(column, "maybe").refused(),
            (R::BadFlag, column.to_owned(), "maybe".to_owned())
        );
    }
}

#[test]
fn every_column_but_private_and_describing_ones_identifies_a_line() {
    let print = native().row().fingerprint;
    assert_ne!(native().with("resource_id", "r-1").row().fingerprint, print);
    for (column, value) in [
        ("x_note", "seen"),
        ("resource_id", ""),
        ("cash_amount", "5.00"),
        ("customer_name", "Renamed"),
        ("resource_tags", "a=b"),
        ("spec_desc", "small"),
        ("id", "row-2"),
        ("trade_id", "CS2"),
        ("settled", "true"),
    ] {
        assert_eq!(native().with(column, value).row().fingerprint, print, "{column}");
    }
    assert_eq!(native().row().external_id.as_deref(), Some("row-1"));
    let dearer =
        native().with("official_amount", "11.00000001").with("official_discount_amount", "3.5").row();
    assert_eq!(dearer.fingerprint, print);
    assert_ne!(dearer.content, native().row().content);
    let one = native().with("resource_id", "a").with("resource_name", "b").row();
    let other = native().with("resource_name", "b").with("resource_id", "a").row();
    assert_eq!(one.fingerprint, other.fingerprint, "columns in another order");
}

#[test]
fn a_format_that_is_asked_for_is_not_guessed() {
    let asked = SourceOptions { format: Some(SourceFormat::Focus), ..options() };
    let file = native().file();
    let error = open_stream(Box::new(std::io::Cursor::new(file)), &asked).unwrap_err();
    assert_eq!(error.code(), "MISSING_COLUMN");
    assert_eq!(refusal(native().without("currency").file()), "MISSING_COLUMN");
}
