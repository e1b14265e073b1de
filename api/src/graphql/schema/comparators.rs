//! Typed comparators of filters: what the caller compares becomes a condition on a column.

use std::str::FromStr;

use async_graphql::{ID, InputObject};
use domain::reading::{Noun, Predicate};

use super::filter::Condition;
use super::money;
use super::scalars::{CurrencyCode, DateTime, Decimal};

mod months;

pub(crate) use months::MonthFilter;

/// Longest text a filter compares with, in bytes.
const TEXT_LIMIT: usize = 1024;

/// Compares a text.
#[derive(InputObject, Clone, Debug, Default)]
pub struct StringFilter {
    /// Is exactly this.
    pub eq: Option<String>,
    /// Is one of these.
    #[graphql(name = "in")]
    pub one_of: Option<Vec<String>>,
    /// Contains this, without regard to the case of ASCII letters.
    pub contains: Option<String>,
}

impl StringFilter {
    pub(crate) fn on(&self, column: &str) -> Condition {
        let texts = self.eq.iter().chain(self.one_of.iter().flatten()).chain(&self.contains);
        if texts.clone().any(|text| text.len() > TEXT_LIMIT) {
            return Err(format!("A filter compares with texts of at most {TEXT_LIMIT} bytes."));
        }
        let list = |texts: &Vec<String>| {
            Predicate::one_of(column, texts.iter().map(|t| t.as_str().into()).collect())
        };
        Ok(Predicate::all(
            [
                self.eq.as_deref().map(|text| Predicate::compare(column, "=", text)),
                self.one_of.as_ref().map(list),
                self.contains.as_deref().map(|text| Predicate::contains(column, text)),
            ]
            .into_iter()
            .flatten(),
        ))
    }
}

/// Compares an id. Ids that do not exist, or name what the caller does not see, match nothing.
#[derive(InputObject, Clone, Debug, Default)]
#[graphql(name = "IDFilter")]
pub struct IdFilter {
    /// Is this.
    pub eq: Option<ID>,
    /// Is one of these.
    #[graphql(name = "in")]
    pub one_of: Option<Vec<ID>>,
}

impl IdFilter {
    /// The condition on `column`, which names another row.
    pub(crate) fn on<T: FromStr + key::Named>(&self, column: &str) -> Condition {
        self.compare::<T>(T::NOUN, column)
    }

    /// The condition on `column`, which is the id of the row itself: whoever sees the row sees its id.
    pub(crate) fn on_own<T: FromStr + key::Named>(&self, column: &str) -> Condition {
        self.compare::<T>(Noun::Rows, column)
    }

    fn compare<T: FromStr + key::Named>(&self, noun: Noun, column: &str) -> Condition {
        let read = |ids: &[ID]| {
            let keys = ids.iter().filter_map(|id| id.parse::<T>().ok()).map(|id| id.key().into());
            Predicate::names(noun, column, keys.collect())
        };
        Ok(Predicate::all(
            [self.eq.as_ref().map(|id| read(std::slice::from_ref(id))), self.one_of.as_deref().map(read)]
                .into_iter()
                .flatten(),
        ))
    }
}

/// Compares an instant.
#[derive(InputObject, Clone, Debug, Default)]
pub struct DateTimeFilter {
    /// Is this instant or later.
    pub gte: Option<DateTime>,
    /// Is before this instant.
    pub lt: Option<DateTime>,
}

impl DateTimeFilter {
    pub(crate) fn on(&self, column: &str) -> Condition {
        let compare =
            |operator, at: Option<DateTime>| at.map(|at| Predicate::compare(column, operator, at.0.0));
        Ok(Predicate::all([compare(">=", self.gte), compare("<", self.lt)].into_iter().flatten()))
    }
}

/// Compares an amount, in units of its currency.
#[derive(InputObject, Clone, Debug, Default)]
pub struct AmountFilter {
    /// Is this much or more.
    pub gte: Option<Decimal>,
    /// Is this much or less.
    pub lte: Option<Decimal>,
}

impl AmountFilter {
    pub(crate) fn on(&self, column: &str) -> Condition {
        let compare = |operator, amount: &Option<Decimal>| -> Result<Option<Predicate>, String> {
            let Some(amount) = amount else { return Ok(None) };
            let micros = money::micros(amount, 6).map_err(|bad| format!("A filter compares with {bad}."))?;
            Ok(Some(Predicate::compare(column, operator, micros)))
        };
        Ok(Predicate::all([compare(">=", &self.gte)?, compare("<=", &self.lte)?].into_iter().flatten()))
    }
}

/// Compares a currency.
#[derive(InputObject, Clone, Debug, Default)]
pub struct CurrencyFilter {
    /// Is this.
    pub eq: Option<CurrencyCode>,
    /// Is one of these.
    #[graphql(name = "in")]
    pub one_of: Option<Vec<CurrencyCode>>,
}

impl CurrencyFilter {
    pub(crate) fn on(&self, column: &str) -> Condition {
        let list =
            |codes: &Vec<CurrencyCode>| Predicate::one_of(column, codes.iter().map(|c| c.0.into()).collect());
        Ok(Predicate::all(
            [self.eq.map(|code| Predicate::compare(column, "=", code.0)), self.one_of.as_ref().map(list)]
                .into_iter()
                .flatten(),
        ))
    }
}

/// `column` is `yes` or not.
pub(crate) fn flag(column: &str, yes: bool) -> Condition {
    Ok(Predicate::compare(column, "=", yes))
}

/// The integer inside a typed id, and what it names.
pub(crate) mod key {
    use domain::reading::Noun;

    /// An id that rows name each other by.
    pub(crate) trait Named {
        /// The noun that such an id names.
        const NOUN: Noun;

        /// The key inside the id.
        fn key(self) -> i64;
    }

    macro_rules! named {
        ($($noun:ident: $($id:ident)+;)+) => {$($(
            impl Named for entity::$id {
                const NOUN: Noun = Noun::$noun;

                fn key(self) -> i64 { self.0 }
            }
        )+)+};
    }
    named! {
        Partner: PartnerId;
        Customer: CustomerId;
        Account: CloudAccountId;
        Invoice: InvoiceId;
        Vendors: ImportId RunId OfficeId;
        // Everybody's, or of the partner whose row names them.
        Rows: ProductId IncentivePolicyId IncentiveBillId PaymentRequestId PartnerInvoiceId EventId SettlementBillId
            OpportunityId OfferingId;
    }
}
