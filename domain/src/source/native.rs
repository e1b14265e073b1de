//! A line of the vendor's own bill as a payment. All amounts are given; the two identities are checked.

use std::sync::Arc;

use entity::{ChargeCategory, ChargingMode, DetailType};

use super::columns::Native;
use super::fields::{Cells, Fault, Fields};
use super::names::Names;
use super::raw::Raw;
use super::reject::RejectCode;
use super::repeats::Repeats;
use super::row::{Amounts, SourceRow};

/// Reads one line; `line_no`, `fingerprint` and `raw` are the caller's.
pub(super) fn row<F: Fields>(
    cells: &Cells<'_, F>,
    repeats: &mut Repeats,
    provider: &Arc<str>,
) -> Result<Box<SourceRow>, Fault> {
    let names = &mut repeats.names;
    let cycle = cells.present(Native::BillCycle)?;
    let month = cycle.parse().map_err(|_| cells.fault(Native::BillCycle, RejectCode::BadMonth, &cycle))?;
    let detail_type = code(cells, Native::BillDetailType, DetailType::from_code)?;
    let product_code = cells.some_name(Native::ProductId, names)?;
    let corrects_external_id = cells.own(Native::CorrectsId)?;
    let tax = flag(cells, Native::Tax)?.unwrap_or(false);
    // In the order in which faults of a line with several are told.
    let provider = cells.name(Native::Provider, names)?.unwrap_or_else(|| Arc::clone(provider));
    let account_no = account(cells, names)?;
    let account_name = cells.name(Native::CustomerName, names)?;
    let consumed_at = cells.some_instant(Native::ConsumeTime)?;
    let charging_mode = code(cells, Native::ChargingMode, ChargingMode::from_code)?;
    let marketplace = cells.own(Native::ServicePartner)?;
    let product_name = cells.name(Native::ProductName, names)?.unwrap_or_else(|| Arc::clone(&product_code));
    let product_class = cells.name_or_empty(Native::ServiceTypeCode, names)?;
    let region = cells.name_or_empty(Native::RegionCode, names)?;
    let currency = cells.some_currency(Native::Currency, &mut repeats.currency)?;
    let (invoice_no, external_id) = (cells.own(Native::TradeId)?, cells.line_id()?);
    let settled = flag(cells, Native::Settled)?;
    let amounts = amounts(cells)?;
    Ok(Box::new(SourceRow {
        line_no: 0,
        fingerprint: [0; 16],
        content: 0,
        provider,
        account_no,
        account_name,
        month,
        consumed_at,
        charging_mode,
        detail_type,
        category: if tax { ChargeCategory::Tax } else { category(detail_type) },
        correction: corrects_external_id.is_some(),
        names_seller: marketplace.is_some(),
        marketplace,
        product_code,
        product_name,
        product_class,
        region,
        currency,
        invoice_no,
        external_id,
        corrects_external_id,
        settled,
        amounts,
        raw: Raw::default(),
    }))
}

fn account<F: Fields>(cells: &Cells<'_, F>, names: &mut Names) -> Result<Arc<str>, Fault> {
    if let Some(account) = cells.name(Native::CustomerAccount, names)? {
        return Ok(account);
    }
    let named = cells.layout.place(Native::CustomerAccount.into()).is_some();
    let column = if named { Native::CustomerAccount } else { Native::CustomerId };
    cells.name(Native::CustomerId, names)?.ok_or_else(|| cells.fault(column, RejectCode::MissingAccount, ""))
}

/// One of the interface's numeric codes.
fn code<F: Fields, T>(
    cells: &Cells<'_, F>,
    column: Native,
    known: impl Fn(i16) -> Option<T>,
) -> Result<T, Fault> {
    let text = cells.present(column)?;
    let plain = text.bytes().all(|byte| byte.is_ascii_digit());
    let value = if plain { text.parse().ok().and_then(known) } else { None };
    value.ok_or_else(|| cells.fault(column, RejectCode::UnknownCode, &text))
}

fn flag<F: Fields>(cells: &Cells<'_, F>, column: Native) -> Result<Option<bool>, Fault> {
    let Some(text) = cells.get(column) else { return Ok(None) };
    match text.to_ascii_lowercase().as_str() {
        "true" | "1" => Ok(Some(true)),
        "false" | "0" => Ok(Some(false)),
        _ => Err(cells.fault(column, RejectCode::BadFlag, &text)),
    }
}

/// The category a detail type stands for.
fn category(detail: DetailType) -> ChargeCategory {
    match detail {
        DetailType::AdjustmentCompensation | DetailType::AdjustmentDeduction => ChargeCategory::Adjustment,
        DetailType::Usage
        | DetailType::SupportPlan
        | DetailType::SavingsPlanDeduction
        | DetailType::RoundingCatchUp => ChargeCategory::Usage,
        DetailType::New
        | DetailType::Renew
        | DetailType::Change
        | DetailType::UnsubscribeRefund
        | DetailType::AutoRenew
        | DetailType::MonthlyPayment
        | DetailType::ChangeRefund
        | DetailType::ToPayPerUseRefund
        | DetailType::YearlyPayment => ChargeCategory::Purchase,
    }
}

fn amounts<F: Fields>(cells: &Cells<'_, F>) -> Result<Amounts, Fault> {
    let part = |column| Ok(cells.amount(column)?.unwrap_or_default());
    let amounts = Amounts {
        official: cells.some_amount(Native::OfficialAmount)?,
        discount: part(Native::OfficialDiscountAmount)?,
        truncated: part(Native::TruncatedAmount)?,
        payable: cells.some_amount(Native::PaymentAmount)?,
        cash: part(Native::CashAmount)?,
        credit: part(Native::CreditAmount)?,
        voucher: part(Native::CouponAmount)?,
        cash_coupon: part(Native::FlexipurchaseCouponAmount)?,
        stored_value_card: part(Native::StoredValueCardAmount)?,
        bonus: part(Native::BonusAmount)?,
        debt: part(Native::DebtAmount)?,
        write_off: part(Native::WriteoffAmount)?,
    };
    check(cells, &amounts)?;
    Ok(amounts)
}

/// Both identities, exactly.
fn check<F: Fields>(cells: &Cells<'_, F>, amounts: &Amounts) -> Result<(), Fault> {
    // The names are the message: they may be longer than a quoted value.
    let fault = |column: Native, detail: &str| Fault {
        detail: detail.to_owned(),
        ..cells.fault(column, RejectCode::AmountIdentity, "")
    };
    if !amounts.price_adds_up() {
        let identity = "official_amount = official_discount_amount + truncated_amount + payment_amount";
        return Err(fault(Native::OfficialAmount, identity));
    }
    if !amounts.parts_add_up() {
        let identity = "payment_amount = cash_amount + credit_amount + coupon_amount + \
            flexipurchase_coupon_amount + stored_value_card_amount + bonus_amount + debt_amount + writeoff_amount";
        return Err(fault(Native::PaymentAmount, identity));
    }
    Ok(())
}
