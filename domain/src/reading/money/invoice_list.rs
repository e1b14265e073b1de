//! The invoice list of a payment request as a page to print: what to invoice to whom, and what was registered.

use entity::{
    PaymentRequestId, business_information, partner, partner_invoice, payment_request, payment_request_item,
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};

use crate::kernel::amount::money;
use crate::kernel::error::Result;
use crate::kernel::lang::Lang;
use crate::kernel::scope::Scope;
use crate::kernel::store::Store;
use crate::money::payment::labels::label;
use crate::programme::settings;
use crate::reading;

/// Everything the page shows.
struct Content {
    vendor: String,
    request: payment_request::Model,
    partner: Option<partner::Model>,
    business: Option<business_information::Model>,
    items: Vec<payment_request_item::Model>,
    invoices: Vec<partner_invoice::Model>,
}

/// The page of a request in HTML; none if the caller does not see the request.
pub async fn page(store: &Store, scope: Scope, id: PaymentRequestId, lang: Lang) -> Result<Option<String>> {
    let Some(request) = reading::money::payment_request::list(scope).by_id(store, "id", id.0).await? else {
        return Ok(None);
    };
    let db = store.db();
    let content = Content {
        vendor: settings::load(db).await?.name,
        partner: partner::Entity::find_by_id(request.partner_id).one(db).await?,
        business: business_information::Entity::find_by_id(request.partner_id).one(db).await?,
        items: reading::money::payment_request::items(store, scope, &[id]).await?,
        invoices: partner_invoice::Entity::find()
            .filter(partner_invoice::Column::RequestId.eq(id))
            .order_by_asc(partner_invoice::Column::Id)
            .all(db)
            .await?,
        request,
    };
    Ok(Some(html(&content, lang)))
}

/// Text as HTML shows it. PURE.
fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
        .replace('\'', "&#39;")
}

fn row(cells: &[&str]) -> String {
    let cells: Vec<String> = cells.iter().map(|cell| format!("<td>{}</td>", escape(cell))).collect();
    format!("<tr>{}</tr>\n", cells.concat())
}

fn head(cells: &[&str]) -> String {
    let cells: Vec<String> =
        cells.iter().map(|cell| format!("<th scope=\"col\">{}</th>", escape(cell))).collect();
    format!("<thead><tr>{}</tr></thead>\n", cells.concat())
}

/// A day such as 20261015 as people write it. PURE.
fn day(day: i32) -> String {
    format!("{:04}-{:02}-{:02}", day / 10_000, day / 100 % 100, day % 100)
}

const STYLE: &str = "body{font:14px/1.5 system-ui,sans-serif;margin:2em auto;max-width:52em;color:#111}\
    h1{font-size:1.4em}table{border-collapse:collapse;width:100%;margin:1em 0}\
    th,td{border:1px solid #999;padding:.35em .6em;text-align:left}td:last-child{text-align:right}\
    dl{display:grid;grid-template-columns:max-content 1fr;gap:.2em 1em}dt{color:#555}\
    @media print{body{margin:0;max-width:none}}";

/// The words of the page.
struct Words {
    title: &'static str,
    facts: [&'static str; 8],
    items: [&'static str; 3],
    total: &'static str,
    invoices: [&'static str; 7],
    none: &'static str,
}

const EN: Words = Words {
    title: "Invoice list",
    facts: [
        "Invoice to",
        "Payment request",
        "Payout number",
        "State",
        "Partner",
        "Company",
        "Taxpayer number",
        "Month",
    ],
    items: ["No.", "For", "Amount"],
    total: "Amount to be invoiced, tax included",
    invoices: ["Number", "Date", "Kind", "State", "Net", "Tax", "Total"],
    none: "No invoice is registered yet.",
};

const ZH: Words = Words {
    title: "开票清单",
    facts: ["开票对象", "付款申请", "申付单号", "状态", "伙伴", "公司名称", "纳税人识别号", "月份"],
    items: ["序号", "项目", "金额"],
    total: "应开票金额（含税）",
    invoices: ["发票号码", "开票日期", "类型", "状态", "不含税金额", "税额", "价税合计"],
    none: "尚未登记发票。",
};

/// The page. PURE.
fn html(content: &Content, lang: Lang) -> String {
    let words = match lang {
        Lang::En => &EN,
        Lang::ZhCn => &ZH,
    };
    let (request, currency) = (&content.request, content.request.currency);
    let business = content.business.as_ref();
    let values = [
        content.vendor.clone(),
        request.id.to_string(),
        request.payout_no.clone().unwrap_or_default(),
        label(request.kind, request.state, lang).to_owned(),
        content.partner.as_ref().map(|p| p.name.clone()).unwrap_or_default(),
        business.map(|b| b.legal_name.clone()).unwrap_or_default(),
        business.map(|b| b.taxpayer_no.clone()).unwrap_or_default(),
        request.month.to_string(),
    ];
    let facts: String = words
        .facts
        .iter()
        .zip(&values)
        .map(|(name, value)| format!("<dt>{}</dt><dd>{}</dd>\n", escape(name), escape(value)))
        .collect();
    let items: String = content
        .items
        .iter()
        .map(|item| row(&[&item.item_no.to_string(), item.source.name(), &money(item.amount, currency)]))
        .collect();
    format!(
        "<!doctype html>\n<html lang=\"{}\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\">\
         <title>{title} {id}</title><style>{STYLE}</style></head><body>\n<h1>{title}</h1>\n<dl>{facts}</dl>\n\
         <table>{}<tbody>{items}<tr><td colspan=\"2\"><strong>{}</strong></td><td><strong>{}</strong></td></tr></tbody></table>\n\
         {}\n</body></html>\n",
        lang.tag(),
        head(&words.items),
        escape(words.total),
        escape(&money(request.amount, currency)),
        invoices(content, words),
        title = escape(words.title),
        id = escape(&request.id.to_string()),
    )
}

fn invoices(content: &Content, words: &Words) -> String {
    if content.invoices.is_empty() {
        return format!("<p>{}</p>", escape(words.none));
    }
    let currency = content.request.currency;
    let rows: String = content
        .invoices
        .iter()
        .map(|i| {
            let (net, tax, total) =
                (money(i.net, currency), money(i.tax, currency), money(i.total, currency));
            row(&[&i.invoice_no, &day(i.issued_on), i.kind.name(), i.state.name(), &net, &tax, &total])
        })
        .collect();
    format!("<table>{}<tbody>{rows}</tbody></table>", head(&words.invoices))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_cannot_become_markup() {
        assert_eq!(row(&["<b>", "a&b\"'"]), "<tr><td>&lt;b&gt;</td><td>a&amp;b&quot;&#39;</td></tr>\n");
        assert_eq!(day(20_261_005), "2026-10-05");
    }
}
