//! Mutations of the calendar, files, exports, messages and the marketplace leave one row of the audit trail each.

use domain::Files;
use domain::kernel::store::exec;
use domain::money::market::bill_out::{BillOut, ask};
use domain::money::market::category::{SetCategory, set as set_category};
use domain::money::market::terms::{SetTerms, set as set_terms};
use domain::notify::retry::{Retry, retry};
use domain::programme::calendar::import::{NewCalendar, import as import_calendar};
use domain::programme::calendar::rows::NewDay;
use domain::programme::seller::{Decide, decide};
use domain::reading::export::ExportFilter;
use domain::reading::export::create::{NewExport, create as create_export};
use domain::reading::files::create::{FileRequest, request as request_file};
use entity::{Day, ExportFormat, ExportWhat, FilePurpose, MarketplaceCategory, MessageId};

use super::*;

/// Runs each of them.
pub(super) async fn audited(p: &Programme, trail: &mut Trail<'_>) {
    let store = &p.world.store.clone().with_files(Files::memory());
    let context = &p.world.context;
    trail.recount().await;
    let day: Day = "2027-01-01".parse().unwrap();
    let days = vec![NewDay { day, working: false, name: "New Year".into(), name_zh: "元旦".into() }];
    let input = NewCalendar { days, source: "test".into() };
    trail.one_row("calendarImport", import_calendar(store, context, None, input)).await;
    let input = FileRequest { purpose: FilePurpose::Feedback, name: "a.pdf".into() };
    trail.one_row("fileCreate", request_file(store, context, "file", input)).await;
    let filter = ExportFilter { month: Some(month("2026-08")), partner_id: None, customer_id: None };
    let input = NewExport { what: ExportWhat::PerformanceLines, format: ExportFormat::Csv, filter };
    trail.one_row("exportCreate", create_export(store, context, "export", input)).await;
    let sql = "INSERT INTO message (id, event_id, audience, recipient, language, template, subject, body, state, attempts, retry_at, \
               message_id, created_at) SELECT 1, MIN(id), 'FINANCE', 'a@example.com', 'en', 'x', 'x', 'x', 'FAILED', 12, 0, 'm', 0 FROM event";
    message(store, sql).await;
    trail.one_row("messageRetry", retry(store, context, None, Retry { id: MessageId(1) })).await;
    let input = SetTerms {
        partner_id: None,
        category: MarketplaceCategory::Goods,
        valid_from: month("2026-10"),
        platform_fee_ppm: 1,
        operating_fee_ppm: 1,
        needs_confirmation: false,
    };
    trail.one_row("marketplaceTermsSet", set_terms(store, context, None, input)).await;
    let product = query_one(store.db(), "SELECT id FROM product", []).await.unwrap().unwrap();
    let product_id = ProductId(product.try_get_by_index(0).unwrap());
    let input = SetCategory { product_id, category: MarketplaceCategory::Solutions };
    trail.one_row("marketplaceCategorySet", set_category(store, context, None, input)).await;
    let input = Decide { name: "A Publisher".into(), kind: "VENDOR".into() };
    trail.one_row("sellerNameDecide", decide(store, context, None, input)).await;
    trail.one_row("settlementBillOut", ask(store, context, None, BillOut { month: month("2026-08") })).await;
}

async fn message(store: &domain::Store, sql: &str) {
    exec(store.db(), sql, []).await.unwrap();
}
