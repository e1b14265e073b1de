//! PURE. What credits pay (docs/domain.md, "Credits").
//!
//! FOCUS writes a charge and the credit that pays it as rows of their own. What a credit pays of a charge is not cash:
//! it is allotted to charges here, so that both are judged as if the charge itself said how it was paid.

use entity::{ChargeCategory, Currency, ImportId, InvoiceId, ProductId, Timestamp};

/// A row of an account's month, as far as credits are concerned.
#[derive(Clone, Copy, Debug)]
pub struct Row {
    /// Fixes the order of rows: when it was consumed, its import, and its line.
    pub order: (Timestamp, ImportId, i64),
    /// Currency of both amounts.
    pub currency: Currency,
    /// Invoice that it stands on.
    pub invoice: Option<InvoiceId>,
    /// Product that it names.
    pub product: ProductId,
    /// Kind of charge.
    pub category: ChargeCategory,
    /// Its cash, in micros.
    pub cash: i64,
    /// Its voucher part, in micros: what a credit is made of.
    pub voucher: i64,
    /// It was taken back, or takes back: it neither pays nor is paid.
    pub void: bool,
}

impl Row {
    fn is_credit(&self) -> bool {
        self.category == ChargeCategory::Credit && !self.void
    }

    /// Taxes are no consumption, refunds give back by themselves.
    fn can_be_paid(&self) -> bool {
        let charge = matches!(
            self.category,
            ChargeCategory::Usage | ChargeCategory::Purchase | ChargeCategory::Adjustment
        );
        charge && !self.void && self.cash > 0
    }
}

/// For each row of an account's month, what credits have to do with it, in micros: how much of a charge they pay, above
/// zero; how much of a credit was used, with the credit's sign.
#[must_use]
pub fn allot(rows: &[Row]) -> Vec<i64> {
    let mut allotted = vec![0; rows.len()];
    let mut groups: Vec<(Group, Vec<usize>)> = Vec::new();
    let mut credits: Vec<usize> = (0..rows.len()).filter(|at| rows[*at].is_credit()).collect();
    credits.sort_unstable_by_key(|at| (Group::of(rows, *at), rows[*at].order));
    for at in credits {
        let group = Group::of(rows, at);
        match groups.last_mut() {
            Some((last, members)) if *last == group => members.push(at),
            _ => groups.push((group, vec![at])),
        }
    }
    for (group, credits) in groups {
        let total: i128 = credits.iter().map(|at| i128::from(rows[*at].voucher)).sum();
        let charges = group.charges(rows);
        let left: Vec<i128> = charges.iter().map(|at| i128::from(rows[*at].cash - allotted[*at])).collect();
        // Credits that are taken back by positive ones pay the less.
        let pays = (-total).max(0).min(left.iter().sum());
        for (at, share) in charges.iter().zip(shares(pays, &left)) {
            allotted[*at] += share;
        }
        let weights: Vec<i128> = credits.iter().map(|at| i128::from(-rows[*at].voucher).max(0)).collect();
        for (at, share) in credits.iter().zip(shares(pays, &weights)) {
            allotted[*at] -= share;
        }
    }
    allotted
}

/// Credits that pay the same charges: those of a product that has charges first, then those that name nothing charged.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Group {
    currency: Currency,
    /// No charge is of the product that the credit names.
    across: bool,
    /// The credit names an invoice under which something is charged: the others' come after.
    at_large: bool,
    invoice: Option<InvoiceId>,
    product: Option<ProductId>,
}

impl Group {
    fn of(rows: &[Row], credit: usize) -> Self {
        let credit = &rows[credit];
        let charges = || rows.iter().filter(|row| row.can_be_paid() && row.currency == credit.currency);
        let invoiced = credit.invoice.is_some() && charges().any(|row| row.invoice == credit.invoice);
        let within = |row: &&Row| !invoiced || row.invoice == credit.invoice;
        let named = charges().filter(within).any(|row| row.product == credit.product);
        Self {
            currency: credit.currency,
            across: !named,
            at_large: !invoiced,
            invoice: credit.invoice.filter(|_| invoiced),
            product: Some(credit.product).filter(|_| named),
        }
    }

    /// The charges that it pays, in their order.
    fn charges(&self, rows: &[Row]) -> Vec<usize> {
        let fits = |row: &Row| {
            row.can_be_paid()
                && row.currency == self.currency
                && (self.invoice.is_none() || row.invoice == self.invoice)
                && self.product.is_none_or(|product| row.product == product)
        };
        let mut charges: Vec<usize> = (0..rows.len()).filter(|at| fits(&rows[*at])).collect();
        charges.sort_unstable_by_key(|at| rows[*at].order);
        charges
    }
}

/// Shares out `amount` by weights of at least zero that come to at least as much: each share is rounded down, and the
/// largest remainders, the first of equal ones, take what is left.
fn shares(amount: i128, weights: &[i128]) -> Vec<i64> {
    let sum: i128 = weights.iter().sum();
    if amount == 0 || sum == 0 {
        return vec![0; weights.len()];
    }
    let mut shares: Vec<i128> = weights.iter().map(|weight| amount * weight / sum).collect();
    let mut order: Vec<usize> = (0..weights.len()).collect();
    order.sort_by_key(|at| std::cmp::Reverse(amount * weights[*at] % sum));
    let left = amount - shares.iter().sum::<i128>();
    for at in order.into_iter().take(usize::try_from(left).unwrap_or(0)) {
        shares[at] += 1;
    }
    // No share is above its weight, which was 64 bits wide.
    shares.into_iter().map(|share| i64::try_from(share).unwrap_or(i64::MAX)).collect()
}

#[cfg(test)]
mod tests;
