//! Enums in the columns of this room.

use crate::stored::named;

named! {
    /// What a stored file is for.
    FilePurpose {
        /// The invoice of a partner to the vendor.
        PartnerInvoice = "PARTNER_INVOICE",
        /// What an export wrote.
        Export = "EXPORT",
        /// Belongs to a question or complaint.
        Feedback = "FEEDBACK",
        /// Attached to an opportunity.
        Opportunity = "OPPORTUNITY",
    }

    /// Where a stored file stands.
    FileState {
        /// Announced; waits for its bytes.
        AwaitingUpload = "AWAITING_UPLOAD",
        /// Its bytes are there.
        Stored = "STORED",
        /// Its bytes are gone, or never came.
        Deleted = "DELETED",
    }

    /// What an export writes.
    ExportWhat {
        /// Performance lines.
        PerformanceLines = "PERFORMANCE_LINES",
        /// Payments.
        Payments = "PAYMENTS",
        /// Incentive bills.
        IncentiveBills = "INCENTIVE_BILLS",
        /// Lines of incentive bills.
        IncentiveBillLines = "INCENTIVE_BILL_LINES",
        /// Payment requests.
        PaymentRequests = "PAYMENT_REQUESTS",
        /// Opportunities; for the vendor's staff with their persons masked.
        Opportunities = "OPPORTUNITIES",
    }

    /// How an export is written.
    ExportFormat {
        /// CSV after RFC 4180, UTF-8 with a byte order mark.
        Csv = "CSV",
        /// The same, compressed with gzip.
        CsvGzip = "CSV_GZIP",
        /// One JSON object a line.
        Ndjson = "NDJSON",
    }

    /// Where an export stands.
    ExportState {
        /// Waits for a worker, or for its next try.
        Pending = "PENDING",
        /// Rows are being written.
        Running = "RUNNING",
        /// The file is there.
        Completed = "COMPLETED",
        /// Given up.
        Failed = "FAILED",
        /// Its file is gone.
        Expired = "EXPIRED",
    }
}
