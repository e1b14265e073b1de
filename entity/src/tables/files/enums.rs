//! Enums of stored files and exports.

use crate::stored::named;

named! {
    /// Purpose of a stored file: it decides what the file may be attached to.
    FilePurpose {
        /// The invoice of a partner to the vendor.
        PartnerInvoice = "PARTNER_INVOICE",
        /// The output of an export.
        Export = "EXPORT",
        /// Belongs to a question or complaint.
        Feedback = "FEEDBACK",
        /// Attached to an opportunity.
        Opportunity = "OPPORTUNITY",
    }

    /// State of a stored file's bytes.
    FileState {
        /// Announced; waits for its bytes.
        AwaitingUpload = "AWAITING_UPLOAD",
        /// Its bytes are there.
        Stored = "STORED",
        /// Its bytes are gone, or never came.
        Deleted = "DELETED",
    }

    /// Kind of rows that an export writes.
    ExportWhat {
        /// Lines of performance: what counted, and what did not.
        PerformanceLines = "PERFORMANCE_LINES",
        /// Payments, as the bills brought them.
        Payments = "PAYMENTS",
        /// Incentive bills, one a row.
        IncentiveBills = "INCENTIVE_BILLS",
        /// Lines of incentive bills.
        IncentiveBillLines = "INCENTIVE_BILL_LINES",
        /// Payment requests, one a row.
        PaymentRequests = "PAYMENT_REQUESTS",
        /// Opportunities; for the vendor's staff with their persons masked.
        Opportunities = "OPPORTUNITIES",
    }

    /// Format of an export's file.
    ExportFormat {
        /// CSV after RFC 4180, UTF-8 with a byte order mark.
        Csv = "CSV",
        /// CSV as above, compressed with gzip.
        CsvGzip = "CSV_GZIP",
        /// One JSON object a line.
        Ndjson = "NDJSON",
    }

    /// State of an export.
    ExportState {
        /// Waits for a worker, or for its next try.
        Pending = "PENDING",
        /// Rows are being written.
        Running = "RUNNING",
        /// The file is there.
        Completed = "COMPLETED",
        /// Given up: it was tried too often or came too late.
        Failed = "FAILED",
        /// Its file is gone.
        Expired = "EXPIRED",
    }
}
