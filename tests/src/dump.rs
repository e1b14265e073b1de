//! The books as text, by names instead of keys and without times: equal books have equal dumps, whoever
//! wrote them, in however many tries.

use domain::Store;
use domain::kernel::store::query;
use sea_orm::DbBackend;

/// A table of the dump: its name, what of it is shown, and where that comes from.
struct Part {
    name: &'static str,
    shown: &'static [&'static str],
    from: &'static str,
}

const PARTS: &[Part] = &[
    Part {
        name: "payment",
        shown: &[
            "p.month",
            "a.account_no",
            "p.consumed_at",
            "FINGERPRINT",
            "p.occurrence",
            "p.settled",
            "d.code",
            "p.currency",
            "p.official",
            "p.discount",
            "p.truncated",
            "p.payable",
            "p.cash",
            "p.voucher",
            "v.invoice_no",
        ],
        from: "consumption_payment p JOIN cloud_account a ON a.id = p.account_id \
               JOIN product d ON d.id = p.product_id LEFT JOIN invoice v ON v.id = p.invoice_id",
    },
    Part {
        name: "line",
        shown: &[
            "l.month",
            "l.origin_month",
            "t.name",
            "p.name",
            "c.name",
            "l.mode",
            "d.code",
            "l.charging_mode",
            "l.currency",
            "l.reason",
            "l.amount",
            "l.payments",
        ],
        from: "performance_line l JOIN customer c ON c.id = l.customer_id JOIN product d ON d.id = l.product_id \
               LEFT JOIN partner p ON p.id = l.partner_id LEFT JOIN partner t ON t.id = l.bill_to_id",
    },
    Part {
        name: "unmatched",
        shown: &["u.month", "a.account_no", "u.currency", "u.amount", "u.payments"],
        from: "unmatched_total u JOIN cloud_account a ON a.id = u.account_id",
    },
    Part {
        name: "bill",
        shown: &["b.month", "p.name", "b.currency", "b.state", "b.basis", "b.amount", "b.confirmed_by"],
        from: "incentive_bill b JOIN partner p ON p.id = b.partner_id",
    },
    Part {
        name: "bill line",
        shown: &[
            "b.month",
            "q.name",
            "b.currency",
            "l.line_no",
            "l.kind",
            "l.origin_month",
            "p.name",
            "l.mode",
            "l.product_class",
            "l.rate_ppm",
            "l.basis",
            "l.exact",
            "l.amount",
            "l.note",
        ],
        from: "incentive_bill_line l JOIN incentive_bill b ON b.id = l.bill_id \
               JOIN partner q ON q.id = b.partner_id JOIN partner p ON p.id = l.partner_id",
    },
    Part {
        name: "receipt",
        shown: &[
            "i.file_name",
            "i.state",
            "i.rows_read",
            "i.rows_accepted",
            "i.rows_unchanged",
            "i.rows_rejected",
            "i.rows_unmatched",
            "i.digest",
        ],
        from: "bill_import i",
    },
    Part {
        name: "receipt total",
        shown: &["i.file_name", "t.currency", "t.source_total", "t.accepted_total", "t.stored_micros"],
        from: "import_total t JOIN bill_import i ON i.id = t.import_id",
    },
    Part {
        name: "reject",
        shown: &["i.file_name", "r.line_no", "r.column_name", "r.code", "r.detail"],
        from: "import_reject r JOIN bill_import i ON i.id = r.import_id",
    },
    Part {
        name: "entitlement",
        shown: &["p.name", "e.month", "e.kind", "e.mode", "e.currency", "e.amount", "e.state"],
        from: "incentive_entitlement e JOIN partner p ON p.id = e.partner_id",
    },
    Part {
        name: "freeze",
        shown: &[
            "p.name",
            "f.month",
            "c.name",
            "f.mode",
            "f.currency",
            "f.unpaid",
            "f.amount",
            "f.remaining",
            "f.state",
        ],
        from: "incentive_freeze f JOIN partner p ON p.id = f.partner_id JOIN customer c ON c.id = f.customer_id",
    },
    Part {
        name: "request",
        shown: &["p.name", "r.kind", "r.way", "r.month", "r.currency", "r.amount", "r.state", "r.round"],
        from: "payment_request r JOIN partner p ON p.id = r.partner_id",
    },
    Part {
        name: "transition",
        shown: &[
            "p.name",
            "r.amount",
            "t.seq",
            "t.operation",
            "t.from_state",
            "t.to_state",
            "t.actor_kind",
            "t.reason",
        ],
        from: "payment_transition t JOIN payment_request r ON r.id = t.request_id JOIN partner p ON p.id = r.partner_id",
    },
    Part {
        name: "ledger",
        shown: &["p.name", "e.seq", "t.kind", "e.account", "e.currency", "e.amount", "e.balance"],
        from: "ledger_entry e JOIN partner p ON p.id = e.partner_id \
               JOIN ledger_transaction t ON t.partner_id = e.partner_id AND t.seq = e.seq",
    },
    Part {
        name: "deadline",
        shown: &[
            "d.kind",
            "p.name",
            "d.remind_at IS NULL",
            "d.reminded_at IS NULL",
            "d.fell_due_at IS NULL",
            "d.closed_at IS NULL",
        ],
        from: "deadline d LEFT JOIN partner p ON p.id = d.partner_id",
    },
    Part {
        name: "deadline event",
        shown: &["e.kind", "p.name"],
        from: "(SELECT * FROM event WHERE topic = 'DEADLINE') e LEFT JOIN partner p ON p.id = e.partner_id",
    },
    Part {
        name: "settlement bill",
        shown: &[
            "p.name",
            "b.month",
            "b.currency",
            "b.category",
            "b.state",
            "b.sales",
            "b.platform_fee",
            "b.amount",
        ],
        from: "settlement_bill b JOIN partner p ON p.id = b.partner_id",
    },
    Part {
        name: "settlement bill line",
        shown: &[
            "p.name",
            "b.month",
            "l.line_no",
            "l.kind",
            "l.origin_month",
            "l.sales",
            "l.platform_fee",
            "l.amount",
        ],
        from: "settlement_bill_line l JOIN settlement_bill b ON b.id = l.bill_id JOIN partner p ON p.id = b.partner_id",
    },
    Part {
        name: "withheld",
        shown: &["w.month", "w.seller", "w.currency", "w.reason", "w.amount"],
        from: "settlement_withheld w",
    },
    Part {
        name: "file",
        shown: &["f.purpose", "f.name", "f.state", "f.content_type", "f.bytes", "f.path IS NULL"],
        from: "stored_file f",
    },
    Part {
        name: "export",
        shown: &["e.what", "e.format", "e.state", "e.rows_total", "e.rows_done", "e.bytes", "e.error_code"],
        from: "export_job e",
    },
    Part {
        name: "message",
        shown: &["m.audience", "m.recipient", "m.language", "m.template", "m.subject", "m.state"],
        from: "message m",
    },
    Part {
        name: "opportunity",
        shown: &[
            "o.customer_name",
            "o.state",
            "COALESCE(p.name, '')",
            "o.reason_code",
            "o.stale",
            "o.transitions",
        ],
        from: "opportunity o LEFT JOIN partner p ON p.id = o.partner_id",
    },
    Part {
        name: "opportunity transition",
        shown: &[
            "o.customer_name",
            "t.seq",
            "t.operation",
            "t.from_state",
            "t.to_state",
            "t.actor_kind",
            "t.reason_code",
        ],
        from: "opportunity_transition t JOIN opportunity o ON o.id = t.opportunity_id",
    },
    Part {
        name: "offer",
        shown: &["o.customer_name", "f.offer_no", "p.name", "f.state"],
        from: "opportunity_offer f JOIN opportunity o ON o.id = f.opportunity_id JOIN partner p ON p.id = f.partner_id",
    },
    Part {
        name: "place",
        shown: &["o.customer_name", "s.demand_tag", "s.month"],
        from: "opportunity_pass s JOIN opportunity o ON o.id = s.opportunity_id",
    },
    Part {
        name: "pair",
        shown: &["a.customer_name", "b.customer_name", "d.score_ppm", "d.state"],
        from: "opportunity_duplicate d JOIN opportunity a ON a.id = d.first_id JOIN opportunity b ON b.id = d.second_id",
    },
    Part { name: "month", shown: &["m.month", "m.state", "m.closed"], from: "settlement_month m" },
    Part {
        name: "payout order",
        shown: &["p.name", "o.step", "o.cycle", "o.state"],
        from: "payout_order o JOIN payment_request r ON r.id = o.request_id JOIN partner p ON p.id = r.partner_id",
    },
    Part {
        name: "waiting",
        shown: &["c.name", "w.month"],
        from: "dirty_customer w JOIN customer c ON c.id = w.customer_id",
    },
];

/// Every row of the books, one a line, in a fixed order.
///
/// # Panics
/// If the database refuses.
pub async fn dump(store: &Store) -> Vec<String> {
    let fingerprint = match store.backend() {
        DbBackend::Sqlite => "hex(p.fingerprint)",
        _ => "encode(p.fingerprint, 'hex')",
    };
    let mut lines = Vec::new();
    for part in PARTS {
        let shown: Vec<String> = part
            .shown
            .iter()
            .map(|column| if *column == "FINGERPRINT" { fingerprint } else { column })
            .map(|column| format!("COALESCE(CAST({column} AS TEXT), '-')"))
            .collect();
        let sql = format!("SELECT {} FROM {} ORDER BY 1", shown.join(" || ' | ' || "), part.from);
        for row in query(store.db(), &sql, []).await.expect("a dump") {
            let line: String = row.try_get_by_index(0).expect("a line");
            lines.push(format!("{}: {line}", part.name));
        }
    }
    lines
}

/// Fails with the first lines that differ.
///
/// # Panics
/// If the books differ.
pub fn assert_same_books(disturbed: &[String], undisturbed: &[String], what: &str) {
    assert!(!undisturbed.is_empty(), "books with nothing in them prove nothing");
    if disturbed == undisturbed {
        return;
    }
    let only = |these: &[String], those: &[String]| {
        let those: std::collections::HashSet<_> = those.iter().collect();
        let mut lines: Vec<_> = these.iter().filter(|line| !those.contains(line)).take(10).cloned().collect();
        lines.push(format!("({} lines in all)", these.len()));
        lines.join("\n  ")
    };
    panic!(
        "{what}: the books differ\nonly in the disturbed:\n  {}\nonly in the undisturbed:\n  {}",
        only(disturbed, undisturbed),
        only(undisturbed, disturbed)
    );
}
