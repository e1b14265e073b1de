//! A FOCUS line as a payment.
//!
//! | FOCUS | here |
//! |---|---|
//! | `SubAccountId`, else `BillingAccountId` | account |
//! | `ProviderName` (1.0–1.2), else `HostProviderName`, `InvoiceIssuerName`, `ServiceProviderName` (1.3) | provider |
//! | `BilledCost` | payable; `ListCost` (else `BilledCost`) is the official price, the difference the discount |
//! | `ChargeCategory` Usage, Purchase, Adjustment, Tax | paid in cash; Credit is paid by voucher |
//! | `ChargeClass` Correction | correction |
//! | `ChargePeriodStart` | consumed at; its month in the programme's zone is the month |
//! | `ServiceName`, `ServiceCategory`, `RegionId` | product, class, region |
//! | `InvoiceId` (1.2) | invoice |
//! | `InvoiceDetailId`, or the column that the import names | the provider's own id of the line |

use std::borrow::Cow;
use std::sync::Arc;

use entity::{ChargeCategory, ChargingMode, DetailType};

use super::columns::Focus;
use super::fields::{Cells, Fault, Fields};
use super::names::Names;
use super::raw::Raw;
use super::reject::RejectCode;
use super::repeats::Repeats;
use super::row::{Amounts, SourceRow};
use crate::kernel::exact::Exact;

/// Reads one line; `line_no`, `fingerprint` and `raw` are the caller's.
pub(super) fn row<F: Fields>(cells: &Cells<'_, F>, repeats: &mut Repeats) -> Result<Box<SourceRow>, Fault> {
    let names = &mut repeats.names;
    let payable = cells.some_amount(Focus::BilledCost)?;
    let category = category(cells)?;
    let (account_no, account_name) = account(cells, names)?;
    let consumed_at = cells.some_instant(Focus::ChargePeriodStart)?;
    let month = repeats.months.containing(consumed_at).ok_or_else(|| {
        let written = cells.get(Focus::ChargePeriodStart).unwrap_or_default();
        cells.fault(Focus::ChargePeriodStart, RejectCode::MonthOutOfRange, &written)
    })?;
    let service = cells.some_name(Focus::ServiceName, names)?;
    let provider = provider(cells, names)?;
    let named = cells.own(Focus::MarketplaceSeller)?;
    let names_seller = named.is_some();
    let marketplace = if names_seller { named } else { publisher(cells)? };
    let product_class = cells.name_or_empty(Focus::ServiceCategory, names)?;
    let region = cells.name_or_empty(Focus::RegionId, names)?;
    let currency = cells.some_currency(Focus::BillingCurrency, &mut repeats.currency)?;
    let (invoice_no, external_id) = (cells.own(Focus::InvoiceId)?, cells.line_id()?);
    let amounts = amounts(cells, category, payable)?;
    // Made in its box: a row has some hundred bytes, too many to hand from call to call.
    Ok(Box::new(SourceRow {
        line_no: 0,
        fingerprint: [0; 16],
        content: 0,
        provider,
        account_no,
        account_name,
        month,
        consumed_at,
        charging_mode: charging_mode(cells, category),
        detail_type: detail_type(category, payable),
        category,
        correction: is(cells, Focus::ChargeClass, "Correction"),
        marketplace,
        names_seller,
        product_code: Arc::clone(&service),
        product_name: service,
        product_class,
        region,
        currency,
        invoice_no,
        external_id,
        corrects_external_id: None,
        settled: None,
        amounts,
        raw: Raw::default(),
    }))
}

fn is<F: Fields>(cells: &Cells<'_, F>, column: Focus, word: &str) -> bool {
    cells.get(column).is_some_and(|text| text.eq_ignore_ascii_case(word))
}

fn category<F: Fields>(cells: &Cells<'_, F>) -> Result<ChargeCategory, Fault> {
    let text = cells.present(Focus::ChargeCategory)?;
    // The names of the enum are those of FOCUS in capitals.
    ChargeCategory::ALL
        .iter()
        .copied()
        .find(|category| category.name().eq_ignore_ascii_case(&text))
        .ok_or_else(|| cells.fault(Focus::ChargeCategory, RejectCode::UnknownCategory, &text))
}

type Account = (Arc<str>, Option<Arc<str>>);

fn account<F: Fields>(cells: &Cells<'_, F>, names: &mut Names) -> Result<Account, Fault> {
    if let Some(account) = cells.name(Focus::SubAccountId, names)? {
        return Ok((account, cells.name(Focus::SubAccountName, names)?));
    }
    match cells.name(Focus::BillingAccountId, names)? {
        Some(account) => Ok((account, cells.name(Focus::BillingAccountName, names)?)),
        None => {
            let named = cells.layout.place(Focus::SubAccountId.into()).is_some();
            let column = if named { Focus::SubAccountId } else { Focus::BillingAccountId };
            Err(cells.fault(column, RejectCode::MissingAccount, ""))
        }
    }
}

fn provider<F: Fields>(cells: &Cells<'_, F>, names: &mut Names) -> Result<Arc<str>, Fault> {
    // From 1.3 on the account is at the host, or at who invoices; the service provider may be a seller.
    let columns =
        [Focus::ProviderName, Focus::HostProviderName, Focus::InvoiceIssuerName, Focus::ServiceProviderName];
    let there = |column: Focus| cells.layout.place(column.into()).is_some();
    for column in columns {
        // A bill of before 1.3 writes who invoices in another way ("AWS", "Amazon Web Services, Inc."): where it
        // leaves the provider out, the row is at fault, and its account is not looked for under the other name.
        if column == Focus::InvoiceIssuerName && there(Focus::ProviderName) {
            continue;
        }
        if let Some(name) = cells.name(column, names)? {
            return Ok(name);
        }
    }
    let present = columns.into_iter().find(|column| there(*column));
    Err(cells.fault(present.unwrap_or(Focus::ProviderName), RejectCode::MissingValue, ""))
}

/// Finds who sells a line where that may be somebody else than the vendor: people decide whose the name is.
///
/// 1.0–1.2: the publisher, when it is neither the provider nor who issues the invoice (a vendor's brand
/// and its company both appear: "AWS" provides, "Amazon Web Services, Inc." publishes and invoices).
/// 1.3: the service provider, when it is neither the host nor who issues the invoice.
fn publisher<F: Fields>(cells: &Cells<'_, F>) -> Result<Option<String>, Fault> {
    let other_than = |seller: &str, column| !is(cells, column, seller);
    if let Some(publisher) = cells.text(Focus::PublisherName)? {
        let platform = [Focus::ProviderName, Focus::InvoiceIssuerName, Focus::HostProviderName];
        if platform.into_iter().all(|column| other_than(&publisher, column))
            && (cells.get(Focus::ProviderName).is_some()
                || other_than(&publisher, Focus::ServiceProviderName))
        {
            return Ok(Some(publisher.into_owned()));
        }
    }
    // Without both names there is nothing to compare the service provider with.
    if cells.get(Focus::HostProviderName).is_none() || cells.get(Focus::InvoiceIssuerName).is_none() {
        return Ok(None);
    }
    let platform = [Focus::HostProviderName, Focus::InvoiceIssuerName];
    let service = cells.text(Focus::ServiceProviderName)?;
    Ok(service
        .filter(|name| platform.into_iter().all(|column| other_than(name, column)))
        .map(Cow::into_owned))
}

/// A commitment decides by its type, else by its category (a commitment to spend is a savings plan, one
/// to use is a reservation); without one, a purchase is a subscription and everything else is by usage.
fn charging_mode<F: Fields>(cells: &Cells<'_, F>, category: ChargeCategory) -> ChargingMode {
    if let Some(kind) = cells.get(Focus::CommitmentDiscountType) {
        let kind = kind.to_ascii_lowercase();
        if kind.contains("saving") {
            return ChargingMode::SavingsPlan;
        }
        if kind.contains("reserv") {
            return ChargingMode::ReservedInstance;
        }
    }
    if is(cells, Focus::CommitmentDiscountCategory, "Spend") {
        return ChargingMode::SavingsPlan;
    }
    if is(cells, Focus::CommitmentDiscountCategory, "Usage") {
        return ChargingMode::ReservedInstance;
    }
    let by_usage = is(cells, Focus::ChargeFrequency, "Usage-Based");
    if category == ChargeCategory::Purchase && !by_usage {
        ChargingMode::Subscription
    } else {
        ChargingMode::PayPerUse
    }
}

/// A purchase with a negative amount gives money back, an adjustment goes by its sign; credits and taxes
/// have no detail type of their own and stand with the usage they belong to.
fn detail_type(category: ChargeCategory, payable: Exact) -> DetailType {
    match (category, payable.is_negative()) {
        (ChargeCategory::Purchase, true) => DetailType::UnsubscribeRefund,
        (ChargeCategory::Purchase, false) => DetailType::New,
        (ChargeCategory::Adjustment, true) => DetailType::AdjustmentCompensation,
        (ChargeCategory::Adjustment, false) => DetailType::AdjustmentDeduction,
        (ChargeCategory::Usage | ChargeCategory::Credit | ChargeCategory::Tax, _) => DetailType::Usage,
    }
}

fn amounts<F: Fields>(
    cells: &Cells<'_, F>,
    category: ChargeCategory,
    payable: Exact,
) -> Result<Amounts, Fault> {
    let official = cells.amount(Focus::ListCost)?.unwrap_or(payable);
    let discount = official
        .checked_sub(payable)
        .ok_or_else(|| cells.fault(Focus::ListCost, RejectCode::NumberTooLarge, &official.to_string()))?;
    let (cash, voucher) =
        if category == ChargeCategory::Credit { (Exact::ZERO, payable) } else { (payable, Exact::ZERO) };
    Ok(Amounts { official, discount, payable, cash, voucher, ..Amounts::default() })
}
