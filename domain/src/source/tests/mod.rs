//! Whole files through the readers.

mod damage;
mod focus;
mod limits;
mod native;
mod parquet;
mod properties;
mod real;
mod text;

use std::io::Cursor;

use super::{
    Reject, RejectCode, SourceError, SourceItem, SourceOptions, SourceReader, SourceRow, open_stream,
};
use crate::kernel::exact::Exact;

fn options() -> SourceOptions {
    SourceOptions {
        format: None,
        zone: jiff::tz::TimeZone::get("Asia/Shanghai").unwrap(),
        native_provider: "Huawei Cloud".to_owned(),
        line_id: None,
    }
}

fn open(bytes: impl Into<Vec<u8>>) -> Result<SourceReader, SourceError> {
    open_stream(Box::new(Cursor::new(bytes.into())), &options())
}

fn refusal(bytes: impl Into<Vec<u8>>) -> &'static str {
    open(bytes).map(|_| ()).unwrap_err().code()
}

/// All rows and rejects of a file.
fn read(bytes: impl Into<Vec<u8>>) -> (Vec<SourceRow>, Vec<Reject>) {
    let mut reader = open(bytes).unwrap();
    let (mut rows, mut rejects) = (Vec::new(), Vec::new());
    for item in reader.by_ref() {
        match item.unwrap() {
            SourceItem::Row(row) => rows.push(*row),
            SourceItem::Reject(reject) => rejects.push(*reject),
        }
    }
    assert_eq!(reader.rows_read(), (rows.len() + rejects.len()) as u64);
    (rows, rejects)
}

fn exact(text: &str) -> Exact {
    Exact::parse(text.as_bytes()).unwrap()
}

/// A record as column and value pairs, so that tests name what they change.
#[derive(Clone)]
struct Sheet {
    columns: Vec<(String, String)>,
}

impl Sheet {
    fn new(columns: &[(&str, &str)]) -> Self {
        Self { columns: columns.iter().map(|(c, v)| ((*c).to_owned(), (*v).to_owned())).collect() }
    }

    /// Sets a value; adds the column when it is new.
    fn with(mut self, column: &str, value: &str) -> Self {
        match self.columns.iter_mut().find(|(name, _)| name == column) {
            Some((_, old)) => value.clone_into(old),
            None => self.columns.push((column.to_owned(), value.to_owned())),
        }
        self
    }

    fn without(mut self, column: &str) -> Self {
        self.columns.retain(|(name, _)| name != column);
        self
    }

    fn header(&self) -> String {
        self.columns.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>().join(",")
    }

    /// The values as written: quote them yourself where needed.
    fn line(&self) -> String {
        self.columns.iter().map(|(_, value)| value.as_str()).collect::<Vec<_>>().join(",")
    }

    fn file(&self) -> String {
        format!("{}\n{}\n", self.header(), self.line())
    }

    /// The only row of the file.
    fn row(&self) -> SourceRow {
        let (mut rows, rejects) = read(self.file());
        assert!(rejects.is_empty(), "{rejects:?}");
        assert_eq!(rows.len(), 1);
        rows.remove(0)
    }

    /// The only reject of the file.
    fn reject(&self) -> Reject {
        let (rows, mut rejects) = read(self.file());
        assert!(rows.is_empty(), "{rows:?}");
        assert_eq!(rejects.len(), 1);
        rejects.remove(0)
    }

    /// Code, column and detail of the only reject.
    fn refused(&self) -> (RejectCode, String, String) {
        let reject = self.reject();
        (reject.code, reject.column.unwrap_or_default(), reject.detail)
    }
}

/// A FOCUS 1.0 line of usage.
fn focus() -> Sheet {
    Sheet::new(&[
        ("BilledCost", "7.5"),
        ("EffectiveCost", "7.5"),
        ("ListCost", "10"),
        ("ContractedCost", "7.5"),
        ("BillingAccountId", "payer"),
        ("BillingAccountName", "Payer"),
        ("BillingCurrency", "USD"),
        ("BillingPeriodStart", "2026-08-01 00:00:00"),
        ("BillingPeriodEnd", "2026-09-01 00:00:00"),
        ("ChargeCategory", "Usage"),
        ("ChargeClass", "NULL"),
        ("ChargeDescription", "\"an hour, of machine\""),
        ("ChargeFrequency", "Usage-Based"),
        ("ChargePeriodStart", "2026-08-10 12:00:00"),
        ("ChargePeriodEnd", "2026-08-10 13:00:00"),
        ("InvoiceIssuerName", "\"Amazon Web Services, Inc.\""),
        ("ProviderName", "AWS"),
        ("PublisherName", "\"Amazon Web Services, Inc.\""),
        ("RegionId", "us-west-2"),
        ("ResourceId", "machine-1"),
        ("ServiceCategory", "Compute"),
        ("ServiceName", "EC2"),
        ("SubAccountId", "0123"),
        ("SubAccountName", "Atlas"),
        ("Tags", "\"{\"\"team\"\": \"\"a,b\"\"}\""),
    ])
}

/// A native line of usage.
fn native() -> Sheet {
    Sheet::new(&[
        ("bill_cycle", "2026-08"),
        ("customer_account", "customer-1"),
        ("consume_time", "2026-08-10T12:00:00Z"),
        ("charging_mode", "3"),
        ("bill_detail_type", "5"),
        ("product_id", "ecs"),
        ("product_name", "Elastic Cloud Server"),
        ("service_type_code", "hws.service.type.ec2"),
        ("region_code", "cn-north-4"),
        ("official_amount", "10.00000001"),
        ("official_discount_amount", "2.5"),
        ("truncated_amount", "0.00000001"),
        ("payment_amount", "7.5"),
        ("cash_amount", "5"),
        ("credit_amount", "1"),
        ("coupon_amount", "0.5"),
        ("flexipurchase_coupon_amount", "0.25"),
        ("stored_value_card_amount", "0.25"),
        ("bonus_amount", "0.25"),
        ("debt_amount", "0.125"),
        ("writeoff_amount", "0.125"),
        ("currency", "CNY"),
        ("trade_id", "CS1"),
        ("id", "row-1"),
    ])
}
