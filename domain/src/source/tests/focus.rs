//! FOCUS lines as payments.

use entity::{ChargeCategory, ChargingMode, DetailType, Month, Timestamp};

use super::super::{RejectCode, SourceFormat};
use super::{exact, focus, open, read, refusal};

#[test]
fn a_line_of_usage_becomes_a_payment_in_cash() {
    let row = focus().row();
    assert_eq!((&*row.provider, &*row.account_no), ("AWS", "0123"));
    assert_eq!(row.account_name.as_deref(), Some("Atlas"));
    assert_eq!(row.month, Month(202_608));
    assert_eq!(Some(row.consumed_at), Timestamp::parse_rfc3339("2026-08-10T12:00:00Z"));
    assert_eq!((row.category, row.detail_type), (ChargeCategory::Usage, DetailType::Usage));
    assert_eq!(row.charging_mode, ChargingMode::PayPerUse);
    assert_eq!((&*row.product_code, &*row.product_class), ("EC2", "Compute"));
    assert_eq!((&*row.region, row.currency.as_str()), ("us-west-2", "USD"));
    assert_eq!((row.line_no, row.correction, row.settled), (2, false, None));
    assert_eq!((row.invoice_no, row.external_id, row.marketplace), (None, None, None));
    let amounts = row.amounts;
    assert_eq!((amounts.official, amounts.discount), (exact("10"), exact("2.5")));
    assert_eq!((amounts.payable, amounts.cash, amounts.voucher), (exact("7.5"), exact("7.5"), exact("0")));
    assert!(amounts.price_adds_up() && amounts.parts_add_up());
}

#[test]
fn a_line_without_sub_account_or_list_price_uses_the_billing_account_and_the_billed_cost() {
    let row = focus().with("SubAccountId", "NULL").with("ListCost", "").row();
    assert_eq!((&*row.account_no, row.account_name.as_deref()), ("payer", Some("Payer")));
    assert_eq!((row.amounts.official, row.amounts.discount), (exact("7.5"), exact("0")));
}

#[test]
fn categories_decide_what_is_paid_by_what() {
    use ChargeCategory::{Adjustment, Credit, Purchase, Tax, Usage};
    use DetailType as D;
    for (word, cost, category, detail, voucher) in [
        ("Usage", "-3", Usage, D::Usage, false),
        ("Purchase", "3", Purchase, D::New, false),
        ("Purchase", "-3", Purchase, D::UnsubscribeRefund, false),
        ("Credit", "-3", Credit, D::Usage, true),
        ("Adjustment", "-3", Adjustment, D::AdjustmentCompensation, false),
        ("Adjustment", "3", Adjustment, D::AdjustmentDeduction, false),
        ("Tax", "3", Tax, D::Usage, false),
    ] {
        let row = focus().with("ChargeCategory", word).with("BilledCost", cost).row();
        assert_eq!((row.category, row.detail_type), (category, detail), "{word} {cost}");
        let paid = if voucher { row.amounts.voucher } else { row.amounts.cash };
        assert_eq!(paid, exact(cost), "{word} {cost}");
        assert!(row.amounts.price_adds_up() && row.amounts.parts_add_up());
    }
}

#[test]
fn commitments_and_frequency_decide_the_charging_mode() {
    use ChargingMode::{PayPerUse, ReservedInstance, SavingsPlan, Subscription};
    for (kind, discount, category, frequency, mode) in [
        ("Compute Savings Plans", "", "Usage", "Usage-Based", SavingsPlan),
        ("SavingsPlan", "", "Purchase", "Recurring", SavingsPlan),
        ("Reserved Instance", "", "Purchase", "One-Time", ReservedInstance),
        ("Reservation", "", "Usage", "Usage-Based", ReservedInstance),
        ("CUD", "Spend", "Usage", "Usage-Based", SavingsPlan),
        ("", "Usage", "Usage", "Usage-Based", ReservedInstance),
        ("", "", "Purchase", "Recurring", Subscription),
        ("", "", "Purchase", "One-Time", Subscription),
        ("", "", "Purchase", "Usage-Based", PayPerUse),
        ("", "", "Credit", "Recurring", PayPerUse),
    ] {
        let row = focus()
            .with("CommitmentDiscountType", kind)
            .with("CommitmentDiscountCategory", discount)
            .with("ChargeCategory", category)
            .with("ChargeFrequency", frequency)
            .row();
        assert_eq!(row.charging_mode, mode, "{kind} {discount} {category} {frequency}");
    }
}

#[test]
fn a_correction_says_so() {
    assert!(focus().with("ChargeClass", "Correction").row().correction);
}

#[test]
fn the_month_is_that_of_the_programmes_zone() {
    let at = |text| focus().with("ChargePeriodStart", text).row().month;
    assert_eq!(at("2026-08-31 15:59:59"), Month(202_608), "23:59:59 in Shanghai");
    assert_eq!(at("2026-08-31 16:00:00"), Month(202_609), "midnight in Shanghai");
    assert_eq!(at("2026-09-01T00:00:00+08:00"), Month(202_609));
    let line = focus();
    let late = line.clone().with("ChargePeriodStart", "2026-08-31T16:00:00Z").line();
    let (rows, _) = read(format!("{}{late}\n{}\n", line.file(), line.line()));
    assert_eq!(rows.iter().map(|r| r.month.0).collect::<Vec<_>>(), [202_608, 202_609, 202_608]);
}

#[test]
fn a_publisher_that_neither_provides_nor_invoices_sells_in_the_marketplace() {
    assert_eq!(focus().with("PublisherName", "Datadog").row().marketplace.as_deref(), Some("Datadog"));
    assert_eq!(focus().with("PublisherName", "aws").row().marketplace, None, "the provider itself");
    assert_eq!(focus().with("PublisherName", "NULL").row().marketplace, None);
}

#[test]
fn every_version_of_the_header_is_read() {
    let v10 = focus();
    let v11 = v10
        .clone()
        .with("CapacityReservationId", "NULL")
        .with("SkuMeter", "hours")
        .with("ServiceSubcategory", "VM");
    let v12 = v11
        .clone()
        .with("InvoiceId", "INV-1")
        .with("BillingAccountType", "Payer")
        .with("PricingCurrency", "USD");
    let v13 = v12
        .clone()
        .without("ProviderName")
        .without("PublisherName")
        .with("ServiceProviderName", "AWS")
        .with("HostProviderName", "AWS")
        .with("AllocatedMethodId", "NULL");
    for (version, sheet, invoice) in [
        ("1.0", v10, None),
        ("1.1", v11, None),
        ("1.2", v12, Some("INV-1")),
        ("1.3", v13.clone(), Some("INV-1")),
    ] {
        assert_eq!(open(sheet.file()).unwrap().format(), SourceFormat::Focus, "{version}");
        let row = sheet.row();
        assert_eq!((&*row.provider, row.invoice_no.as_deref()), ("AWS", invoice), "{version}");
        assert_eq!(row.marketplace, None, "{version}");
    }
    let sold = v13.clone().with("ServiceProviderName", "Datadog").row();
    assert_eq!(
        (&*sold.provider, sold.marketplace.as_deref()),
        ("AWS", Some("Datadog")),
        "the account is at the host"
    );
    let own =
        v13.clone().with("ServiceProviderName", "Snowflake").with("InvoiceIssuerName", "Snowflake").row();
    assert_eq!(own.marketplace, None, "hosted elsewhere, but it sends its own invoice");
    assert_eq!(&*v13.without("ServiceProviderName").row().provider, "AWS", "the host stands in");
}

#[test]
fn names_of_columns_may_differ_in_case_and_have_blanks_and_a_byte_order_mark() {
    let file = focus().file();
    let (header, line) = file.split_once('\n').unwrap();
    let (rows, rejects) =
        read(format!("\u{feff}{}\r\n{}\r\n", header.to_uppercase().replace(',', " , "), line.trim_end()));
    assert!(rejects.is_empty(), "{rejects:?}");
    assert_eq!(rows, [focus().row()]);
}

#[test]
fn every_bad_value_is_rejected_with_its_column() {
    use RejectCode as R;
    for (column, value, code, detail) in [
        ("BilledCost", "\"1,234.56\"", R::BadNumber, "1,234.56"),
        ("BilledCost", "NaN", R::BadNumber, "NaN"),
        ("BilledCost", "abc", R::BadNumber, "abc"),
        ("BilledCost", "0x1F", R::BadNumber, "0x1F"),
        ("BilledCost", "", R::MissingValue, ""),
        ("BilledCost", "NULL", R::MissingValue, ""),
        ("BilledCost", "123456789012345678901234567890", R::NumberTooLarge, "123456789012345678901234567890"),
        ("BilledCost", "1000000000000.01", R::NumberTooLarge, "1000000000000.01"),
        ("BilledCost", "1e-37", R::TooManyDecimals, "1e-37"),
        ("ListCost", "ten", R::BadNumber, "ten"),
        ("ChargePeriodStart", "2026-02-30", R::BadDate, "2026-02-30"),
        ("ChargePeriodStart", "2026-02-30 00:00:00", R::BadDate, "2026-02-30 00:00:00"),
        ("ChargePeriodStart", "", R::MissingValue, ""),
        ("ChargePeriodStart", "1999-12-31 15:59:59", R::MonthOutOfRange, "1999-12-31 15:59:59"),
        ("ChargePeriodStart", "2099-12-31 16:00:00", R::MonthOutOfRange, "2099-12-31 16:00:00"),
        ("BillingCurrency", "USX", R::UnknownCurrency, "USX"),
        ("BillingCurrency", "usd", R::UnknownCurrency, "usd"),
        ("BillingCurrency", "", R::MissingValue, ""),
        ("ChargeCategory", "Refund", R::UnknownCategory, "Refund"),
        ("ChargeCategory", "", R::MissingValue, ""),
        ("ServiceName", "", R::MissingValue, ""),
        ("ProviderName", "NULL", R::MissingValue, ""),
    ] {
        let refused = focus().with(column, value).refused();
        assert_eq!(refused, (code, column.to_owned(), detail.to_owned()), "{column} {value}");
    }
    let nobody = focus().with("SubAccountId", "").with("BillingAccountId", "NULL");
    assert_eq!(nobody.refused(), (R::MissingAccount, "SubAccountId".to_owned(), String::new()));
    let nobody = nobody.without("SubAccountId");
    assert_eq!(nobody.refused(), (R::MissingAccount, "BillingAccountId".to_owned(), String::new()));
}

#[test]
fn an_amount_may_have_an_exponent_and_the_months_at_both_ends_are_read() {
    assert_eq!(focus().with("BilledCost", "1e5").row().amounts.payable, exact("100000"));
    assert_eq!(focus().with("ChargePeriodStart", "1999-12-31 16:00:00").row().month, Month(200_001));
    assert_eq!(focus().with("ChargePeriodStart", "2099-12-31 15:59:59").row().month, Month(209_912));
}

#[test]
fn a_quoted_null_is_a_word_and_a_bare_one_is_nothing() {
    assert_eq!(&*focus().with("SubAccountId", "\"NULL\"").row().account_no, "NULL");
    assert_eq!(&*focus().with("RegionId", "NULL").row().region, "");
}

#[test]
fn headers_that_cannot_be_read_refuse_the_file() {
    let sheet = focus();
    assert_eq!(refusal(""), "EMPTY_FILE");
    assert_eq!(refusal("\n\r\n"), "EMPTY_FILE");
    assert_eq!(refusal("\u{feff}"), "EMPTY_FILE");
    assert_eq!(refusal(sheet.line()), "UNKNOWN_FORMAT");
    assert_eq!(refusal(sheet.clone().without("BilledCost").file()), "MISSING_COLUMN");
    assert_eq!(refusal(format!("BilledCost,{}", sheet.file())), "DUPLICATE_COLUMN");
    assert_eq!(refusal(format!("\"{}", sheet.file())), "UNCLOSED_QUOTE");
    assert_eq!(refusal("PAR1 and so on"), "PARQUET_STREAM");
    let wide: Vec<u8> = [0xFF, 0xFE].into_iter().chain(sheet.file().bytes().flat_map(|b| [b, 0])).collect();
    assert_eq!(refusal(wide.clone()), "WRONG_ENCODING");
    assert_eq!(refusal(&wide[2..]), "WRONG_ENCODING", "without its mark");
    let mut latin = b"Caf\xE9,".to_vec();
    latin.extend(sheet.file().bytes());
    assert_eq!(refusal(latin), "WRONG_ENCODING");
    assert!(read(sheet.header()).0.is_empty(), "a header alone is a file without rows");
}

#[test]
fn a_line_keeps_its_fingerprint_however_it_is_written() {
    let print = focus().row().fingerprint;
    for (change, column, value) in [
        ("digits", "BilledCost", "7.500"),
        ("exponent", "ListCost", "75e-1"),
        ("amount", "BilledCost", "7.51"),
        ("invoice, once it is issued", "InvoiceId", "I"),
        ("tags", "Tags", "{}"),
        ("name of the service", "ServiceName", "Elastic Compute"),
        ("form of time", "ChargePeriodEnd", "2026-08-10T21:00:00+08:00"),
        ("unknown column", "x_team", "blue"),
        ("null column", "InvoiceId", "NULL"),
        ("name of the account", "SubAccountName", "Renamed"),
    ] {
        assert_eq!(focus().with(column, value).row().fingerprint, print, "{change}");
    }
    assert_eq!(focus().without("ChargeClass").row().fingerprint, print, "a null column left out");
    for column in [
        "ResourceId",
        "SkuId",
        "SkuPriceId",
        "SkuMeter",
        "AvailabilityZone",
        "PricingCategory",
        "AllocatedResourceId",
        "ChargeDescription",
        "RegionId",
        "CommitmentDiscountId",
    ] {
        assert_ne!(focus().with(column, "other").row().fingerprint, print, "{column}");
    }
    let swapped = focus().with("ResourceId", "us-west-2").with("RegionId", "machine-1");
    assert_ne!(swapped.row().fingerprint, print, "values belong to their columns");
    let bare = |service: &str| focus().without("ResourceId").with("ServiceName", service).row().fingerprint;
    assert_ne!(bare("EC2"), bare("S3"), "the service tells apart what nothing else names");
}

#[test]
fn what_a_line_says_of_its_charge_has_a_digest_of_its_own() {
    let content = focus().row().content;
    for (column, value) in
        [("BilledCost", "7.500"), ("Tags", "{}"), ("SubAccountName", "B"), ("InvoiceId", "I")]
    {
        assert_eq!(focus().with(column, value).row().content, content, "{column}");
    }
    for (column, value) in [
        ("BilledCost", "7.51"),
        ("ListCost", "11"),
        ("ServiceName", "S3"),
        ("ServiceCategory", "Storage"),
        ("PublisherName", "B"),
    ] {
        assert_ne!(focus().with(column, value).row().content, content, "{column}");
    }
}
