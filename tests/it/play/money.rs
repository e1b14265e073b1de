//! From the bill to the money.

use domain::Role;
use serde_json::{Value, json};
use tests::on_both_databases;
use tests::world::{bill, row};

use super::client::{Person, Stage};

/// What happens before: a provider with a customer, a policy, a paid bill of October, settled for good.
async fn settle(stage: &Stage, operations: &Person<'_>, finance: &Person<'_>) -> String {
    let provider = json!({ "kind": "SOLUTION_PROVIDER", "name": "Northwind", "region": "CN-EAST" });
    let provider = operations.make("partnerCreate", "partner", provider).await;
    let customer = operations.make("customerCreate", "customer", json!({ "name": "Contoso" })).await;
    let link = json!({ "provider": "Cloud", "accountNo": "A", "customerId": customer });
    operations.change("cloudAccountLink", "cloudAccount { id }", link).await;
    let associate = json!({ "customerId": customer, "partnerId": provider, "mode": "CONSULTING",
        "validFrom": "2026-01-01T00:00:00Z" });
    operations.change("associationCreate", "association { id }", associate).await;
    let policy = json!({ "name": "Base", "validFrom": "2026-01", "rates": [{ "ratePpm": 100_000 }] });
    finance.change("incentivePolicyCreate", "incentivePolicy { id }", policy).await;

    let text = bill(&[row("A", "1234.50", "2026-10-10T00:00:00Z", "paid")]);
    let import = json!({ "fileName": "october.csv", "settled": true, "totalBytes": text.len().to_string() });
    let import = operations.change("importCreate", "uploadUrl import { id }", import).await;
    stage.put(import["uploadUrl"].as_str().unwrap(), text.into_bytes()).await;
    operations.wait_for("Import", import["import"]["id"].as_str().unwrap(), "COMPLETED").await;
    let run = json!({ "month": "2026-10", "kind": "FINAL" });
    let run = finance.make("settlementRunStart", "settlementRun", run).await;
    operations.wait_for("SettlementRun", &run, "SUCCEEDED").await;
    provider
}

/// The partner confirms its bill, operations issue it, finance certifies the partner.
async fn issue(stage: &Stage, operations: &Person<'_>, finance: &Person<'_>, provider: &str) {
    let partner = stage.member(provider);
    let bills = "{ incentiveBills { nodes { id version state amount { amount } } } }";
    let found = partner.ask(bills, json!({})).await["incentiveBills"]["nodes"][0].clone();
    assert_eq!((&found["state"], &found["amount"]["amount"]), (&json!("PENDING_CONFIRM"), &json!("123.45")));
    let confirm = json!({ "id": found["id"], "expectedVersion": found["version"] });
    let found = partner.change("incentiveBillConfirm", "incentiveBill { id version }", confirm).await;
    let seen =
        json!({ "id": found["incentiveBill"]["id"], "expectedVersion": found["incentiveBill"]["version"] });
    operations
        .change("incentiveBillIssue", "results { incentiveBill { state } }", json!({ "bills": [seen] }))
        .await;
    let business = json!({ "partnerId": provider, "expectedVersion": 0, "certification": "CERTIFIED",
        "legalName": "Northwind Ltd", "taxpayerNo": "91310000", "bankAccount": "6222000011112222",
        "email": "pay@northwind.example", "language": "zh-CN" });
    finance.change("businessInformationSet", "partner { id }", business).await;
}

/// The partner invoices what is asked for.
async fn invoice(stage: &Stage, partner: &Person<'_>, request: &str) {
    let file = json!({ "purpose": "PARTNER_INVOICE", "name": "invoice.pdf" });
    let file = partner.change("fileCreate", "uploadUrl file { id }", file).await;
    stage.put(file["uploadUrl"].as_str().unwrap(), b"%PDF-1.7 an invoice".to_vec()).await;
    let register = |number: &str, net: &str, tax: &str, total: &str| {
        json!({ "requestId": request, "invoiceNo": number, "issuedOn": "2026-11-20", "kind": "FULLY_DIGITAL_SPECIAL",
            "taxRatePpm": 60_000, "net": net, "tax": tax, "total": total, "taxpayerNo": "91310000",
            "fileId": file["file"]["id"] })
    };
    partner
        .make("partnerInvoiceRegister", "partnerInvoice", register("2600001", "100.00", "6.00", "106.00"))
        .await;
    partner
        .make("partnerInvoiceRegister", "partnerInvoice", register("2600002", "16.46", "0.99", "17.45"))
        .await;
    for (language, title) in [("en", "Invoice list"), ("zh-CN", "开票清单")] {
        let page = partner.page(&format!("/payment-requests/{request}/invoice-list"), language).await;
        for shown in [title, "Northwind Ltd", "2600002", "123.45"] {
            assert!(page.contains(shown), "{shown}: {page}");
        }
    }
}

/// What a request went through.
async fn states(person: &Person<'_>, request: &str) -> Vec<String> {
    let query = "query($id: ID!) { paymentRequest(id: $id) { timeline(first: 50) { nodes { to } } } }";
    let data = person.ask(query, json!({ "id": request })).await;
    let nodes = data["paymentRequest"]["timeline"]["nodes"].as_array().unwrap().clone();
    nodes.iter().map(|node| node["to"].as_str().unwrap().to_owned()).collect()
}

/// Every identity of the books holds.
async fn proved(finance: &Person<'_>) {
    let data = finance.ask("{ verify { name holds counterExample } }", json!({})).await;
    let checks = data["verify"].as_array().unwrap();
    let broken: Vec<&Value> = checks.iter().filter(|check| check["holds"] != true).collect();
    assert!(checks.len() > 10 && broken.is_empty(), "{broken:?}");
}

on_both_databases!(a_month_goes_from_import_to_paid_through_graphql_alone, |db| async move {
    let directory = tempfile::tempdir().unwrap();
    let Some(stage) = Stage::open(&db, directory.path()).await else { return };
    let operations = stage.operator("olga", Role::Operations);
    let finance = stage.operator("fan", Role::Finance);
    let second = stage.operator("fei", Role::Finance);
    let provider = settle(&stage, &operations, &finance).await;
    issue(&stage, &operations, &finance, &provider).await;

    let partner = stage.member(&provider);
    let request = json!({ "partnerId": provider, "currencyCode": "USD", "way": "BANK_TRANSFER" });
    let request = partner.make("paymentRequestCreate", "paymentRequest", request).await;
    partner.wait_for("PaymentRequest", &request, "PENDING_INVOICE").await;
    invoice(&stage, &partner, &request).await;
    assert_eq!(finance.step(&request, "SIGN_FOR_INVOICES", None).await, "INVOICE_IN_REVIEW");
    assert_eq!(finance.step(&request, "PASS_INVOICES", None).await, "PAYMENT_PROCESSING");
    assert_eq!(finance.step(&request, "APPROVE_PAYMENT", None).await, "PAYMENT_RECHECKING");
    assert_eq!(second.step(&request, "RECHECK_PAYMENT", None).await, "PAYING");
    partner.wait_for("PaymentRequest", &request, "PAID").await;

    let way =
        ["PENDING_SUBMIT", "AWAIT_PAYOUT", "PENDING_INVOICE", "INVOICE_IN_REVIEW", "PAYMENT_PROCESSING"];
    let end = ["PAYMENT_RECHECKING", "PAYING", "PAID"];
    assert_eq!(states(&partner, &request).await, [&way[..], &end[..]].concat());
    let query = "query($id: ID!) { partner(id: $id) { balances { account amount { amount } } } }";
    let data = partner.ask(query, json!({ "id": provider })).await;
    let held: Vec<String> = data["partner"]["balances"]
        .as_array()
        .unwrap()
        .iter()
        .map(|b| format!("{} {}", b["account"].as_str().unwrap(), b["amount"]["amount"].as_str().unwrap()))
        .filter(|text| !text.ends_with(" 0.00"))
        .collect();
    assert_eq!(held, ["EARNED -123.45", "PAID 123.45"]);
    proved(&finance).await;
});
