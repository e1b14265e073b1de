//! The progress of an import, and its receipt.

use entity::{bill_import, import_total};

use crate::graphql::schema::loaders::TotalsOf;
use crate::graphql::schema::money::decimal;
use crate::graphql::schema::object::{Object, Shown};
use crate::graphql::schema::scalars::{BigInt, Decimal};

/// Decimals of a stored total at least: those of nearly all currencies.
const TOTAL_DIGITS: usize = 2;

/// The bytes and rows that an import has dealt with so far.
pub(super) struct Progress {
    total_bytes: i64,
    read_bytes: i64,
    rows: i64,
    posted_rows: i64,
}

impl Progress {
    /// The progress of an import.
    pub(super) fn of(import: &bill_import::Model) -> Self {
        Self {
            total_bytes: import.total_bytes,
            read_bytes: import.read_bytes,
            rows: import.rows_read,
            posted_rows: import.rows_posted,
        }
    }
}

impl Shown for Progress {
    const NAME: &'static str = "ImportProgress";

    fn object() -> Object<Self> {
        Object::<Self>::new("The bytes and rows that an import has dealt with so far.")
            .field("totalBytes", "Size of the file in bytes, 0 if unknown.", |progress| BigInt(progress.total_bytes))
            .field("readBytes", "Bytes read so far.", |progress| BigInt(progress.read_bytes))
            .field("rows", "Rows read so far.", |progress| BigInt(progress.rows))
            .field(
                "postedRows",
                "Rows that went through posting so far: it begins when the whole file was read and sorted. At the end it \
                 is the rows read less the rejected ones.",
                |progress| BigInt(progress.posted_rows),
            )
    }
}

/// The receipt of an import.
pub(super) struct Receipt(pub(super) bill_import::Model);

impl Shown for Receipt {
    const NAME: &'static str = "ImportReceipt";

    fn object() -> Object<Self> {
        Object::<Self>::new(
            "The receipt of an import: it accounts for every row, and to the last decimal for what the rows were worth.",
        )
        .field("rowsRead", "Rows read: accepted, updated, unchanged and rejected ones.", |receipt| BigInt(receipt.0.rows_read))
        .field("rowsAccepted", "Rows that brought a charge that was not in.", |receipt| BigInt(receipt.0.rows_accepted))
        .field(
            "rowsUpdated",
            "Rows that say something else of a charge that was in: its new version. Open months take the difference, \
             closed months get a correction.",
            |receipt| BigInt(receipt.0.rows_updated),
        )
        .field(
            "rowsRemoved",
            "Charges that were in and are not in a file that replaces: they are taken back.",
            |receipt| BigInt(receipt.0.rows_removed),
        )
        .field("rowsUnchanged", "Rows that an earlier import had already brought, and that say the same.", |receipt| {
            BigInt(receipt.0.rows_unchanged)
        })
        .field("rowsRejected", "Rows that could not be understood.", |receipt| BigInt(receipt.0.rows_rejected))
        .field(
            "rowsUnmatched",
            "Accepted rows of accounts that belonged to nobody; they wait until the account is linked.",
            |receipt| BigInt(receipt.0.rows_unmatched),
        )
        .field(
            "rowsUnclassified",
            "Accepted rows of sellers about whom nobody decided whether they are the vendor itself; they wait until \
             sellerNameDecide.",
            |receipt| BigInt(receipt.0.rows_unclassified),
        )
        .maybe_text("digest", "SHA-256 of the file; null until it was read to its end.", |receipt| {
            receipt.0.digest.as_deref()
        })
        .many("totals", "What the rows were worth, by currency.", |receipt| TotalsOf(receipt.0.id))
    }
}

impl Shown for import_total::Model {
    const NAME: &'static str = "ImportTotal";

    fn object() -> Object<Self> {
        Object::<Self>::new("What the rows of an import were worth in one currency.")
            .field("currencyCode", "The currency of the sums.", |total| total.currency)
            .field("sourceTotal", "Sum of all readable rows of the file, exact.", |total| {
                Decimal(total.source_total.clone())
            })
            .field(
                "acceptedTotal",
                "Sum that the accepted rows, the changes of updated ones and what was taken back add, exact.",
                |total| Decimal(total.accepted_total.clone()),
            )
            .field(
                "storedTotal",
                "Sum of what was stored: the accepted total, rounded once to six decimals.",
                |total| decimal(total.stored_micros, TOTAL_DIGITS),
            )
    }
}
