//! The API as it is shipped against a bare handler over the same database, both under the same load.

use std::sync::Arc;

use anyhow::{Context as _, Result};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::kernel::store::query;
use domain::performance::line::LineKey;
use domain::performance::refs::LineRef;
use entity::{AssociationMode, ChargingMode, CustomerId, Month, PartnerId, ProductId, Reason};
use serde_json::json;

use crate::load::{self, Requests, requests_per_second};
use crate::place::{Place, Places, close, open};
use crate::served::{Callers, Served};
use crate::setting::median;
use crate::table::{Aim, Figure, Measured};

/// Different requests of a kind.
const VARIETY: usize = 64;
/// Rows between the pages that are asked for.
const STEP: usize = 25;
/// Row at which a deep page begins.
const DEEP: usize = 90_000;

/// 50 customers with partner and current-month performance.
const CUSTOMERS: &str = "query($after: String) { customers(first: 50, after: $after) { COUNT nodes { id name \
    currentPartner { id name } performance(month: \"2026-09\") { currencyCode counted { amount } notCounted { amount } payments } } \
    pageInfo { hasNextPage endCursor } } }";
/// A line down to its payments.
const LINE: &str = "query($id: ID!) { performanceLine(id: $id) { id counted { amount } payments \
    explanation { ruleVersion policy correction payments(first: 20) { nodes { id consumedAt payable { amount } } } } } }";

pub(crate) async fn measure(places: &mut Places<'_>) -> Result<Vec<Measured>> {
    let place = places.settled().await?;
    let keys = Keys::read(&place).await?;
    let callers = Arc::new(Callers::new()?);
    let ours = Served::product(places.backend, &place.url).await?;
    let bare = Served::bare(&place.url)?;
    let plain = CUSTOMERS.replace("COUNT", "");
    let counted = CUSTOMERS.replace("COUNT", "totalCount");
    let after = |key: &Key| json!({ "after": key.cursor() });
    let ask = |text: &str, variables: Vec<serde_json::Value>| graphql(&callers, text, variables);

    let pages: Vec<Sent<'_>> = vec![
        (&ours, ask(&plain, keys.first.iter().map(after).collect())),
        (&ours, ask(&counted, keys.first.iter().map(after).collect())),
        (&ours, ask(&plain, keys.deep.iter().map(after).collect())),
        (&ours, ask(LINE, keys.lines.iter().map(|line| json!({ "id": line.to_string() })).collect())),
        (&bare, gets(keys.first.iter().map(Key::path).collect())),
        (&bare, gets(keys.lines.iter().map(line_path).collect())),
    ];
    for (server, requests) in &pages {
        let mut connection = load::Connection::open(&server.address).await?;
        let answer = connection.ask(&requests(0)).await?;
        let text = String::from_utf8_lossy(answer);
        anyhow::ensure!(!text.contains("\"errors\""), "{text}");
        if std::env::var("SHOW").is_ok() {
            println!("{text}\n");
        }
    }
    // One after the other, again and again: what the machine does meanwhile meets all of them.
    let mut figures = vec![Vec::new(); pages.len()];
    for _ in 0..places.setting.repeat {
        for ((server, requests), figures) in pages.iter().zip(&mut figures) {
            figures.push(requests_per_second(&server.address, requests.clone())?);
        }
    }
    let figure = |n: usize| Figure::Requests(median(figures[n].clone()).unwrap_or_default());
    let peak = ours.peak_mb();
    let line = |path: &str, n: usize| Measured::new(path, figure(n)).peak(peak);
    Ok(vec![
        line("API: 50 customers", 0).against("bare handler", figure(4)).aim(Aim::Speed(0.6)),
        line("API: with totalCount", 1).against("without", figure(0)).aim(Aim::Speed(0.5)),
        line(&format!("API: page at depth {}", keys.depth), 2)
            .against("first page", figure(0))
            .aim(Aim::Speed(0.8)),
        line("API: explain a line", 3).against("bare handler", figure(5)).aim(Aim::Speed(0.6)),
    ])
}

type Sent<'a> = (&'a Served, Requests);

fn graphql(callers: &Arc<Callers>, text: &str, variables: Vec<serde_json::Value>) -> Requests {
    let bodies: Vec<String> =
        variables.iter().map(|v| json!({ "query": text, "variables": v }).to_string()).collect();
    let callers = Arc::clone(callers);
    Arc::new(move |n| callers.post(n, &bodies[usize::try_from(n).unwrap_or(0) % bodies.len()]))
}

fn gets(paths: Vec<String>) -> Requests {
    Arc::new(move |n| load::get(&paths[usize::try_from(n).unwrap_or(0) % paths.len()]))
}

/// The key of a customer in the order of names.
struct Key(String, i64);

impl Key {
    fn cursor(&self) -> String {
        let key = json!(["customers:NAME:ASC", [self.0, self.1]]);
        URL_SAFE_NO_PAD.encode(key.to_string())
    }

    fn path(&self) -> String {
        format!("/customers?name={}&id={}", self.0.replace(' ', "%20"), self.1)
    }
}

fn line_path(line: &LineRef) -> String {
    let key = &line.key;
    format!(
        "/line?month={}&bill_to_id={}&partner_id={}&customer_id={}&mode={}&product_id={}&charging_mode={}&currency={}&reason={}",
        line.month.0,
        key.bill_to_id.0,
        key.partner_id.0,
        line.customer_id.0,
        key.mode.map_or(0, AssociationMode::code),
        key.product_id.0,
        key.charging_mode.code(),
        key.currency.as_str(),
        key.reason.code()
    )
}

/// Keys that the requests ask for.
struct Keys {
    first: Vec<Key>,
    deep: Vec<Key>,
    depth: usize,
    lines: Vec<LineRef>,
}

impl Keys {
    async fn read(place: &Place) -> Result<Self> {
        let store = open(&place.url).await?;
        let rows = query(store.db(), "SELECT name, id FROM customer ORDER BY name, id", []).await?;
        let depth = DEEP.min(rows.len() * 9 / 10);
        let from = |depth: usize| {
            let rows = rows.iter().skip(depth).step_by(STEP).take(VARIETY);
            rows.map(|row| Ok(Key(row.try_get_by_index(0)?, row.try_get_by_index(1)?)))
                .collect::<Result<Vec<_>>>()
        };
        let (first, deep) = (from(0)?, from(depth)?);
        let sql = "SELECT month, customer_id, origin_month, partner_id, bill_to_id, mode, product_id, charging_mode, \
                   currency, reason FROM performance_line WHERE partner_id <> 0 ORDER BY customer_id LIMIT 6400";
        let rows = query(store.db(), sql, []).await?;
        let lines = rows.iter().step_by(100).map(read_line).collect::<Result<_>>()?;
        drop(rows);
        close(store).await?;
        Ok(Self { first, deep, depth, lines })
    }
}

fn read_line(row: &sea_orm::QueryResult) -> Result<LineRef> {
    let (mode, charging, reason): (i16, i16, i16) =
        (row.try_get_by_index(5)?, row.try_get_by_index(7)?, row.try_get_by_index(9)?);
    Ok(LineRef {
        month: Month(row.try_get_by_index(0)?),
        customer_id: CustomerId(row.try_get_by_index(1)?),
        key: LineKey {
            origin_month: Month(row.try_get_by_index(2)?),
            partner_id: PartnerId(row.try_get_by_index(3)?),
            bill_to_id: PartnerId(row.try_get_by_index(4)?),
            mode: AssociationMode::from_code(mode),
            product_id: ProductId(row.try_get_by_index(6)?),
            charging_mode: ChargingMode::from_code(charging).context("a charging mode")?,
            currency: row.try_get_by_index(8)?,
            reason: Reason::from_code(reason).context("a reason")?,
        },
    })
}
