//! A bare handler: axum and sqlx, the statements of the API written by hand, the same JSON, the same allocator.
//! No token, no limits, no schema.

use std::future::Future;
use std::sync::Arc;

use anyhow::Result;
use axum::Router;
use axum::extract::{Json, Query, State};
use axum::http::StatusCode;
use axum::routing::get;
use serde::{Deserialize, Serialize};
use tokio::net::TcpListener;

/// Connections, as many as the product opens.
pub(crate) const CONNECTIONS: u32 = 16;
/// Rows of a page.
pub(crate) const PAGE: usize = 50;

/// Row after which a page begins.
#[derive(Debug, Deserialize)]
pub(crate) struct After {
    pub(crate) name: String,
    pub(crate) id: i64,
}

/// A customer to be made.
#[derive(Debug, Deserialize)]
pub(crate) struct NewCustomer {
    pub(crate) id: i64,
    pub(crate) name: String,
}

/// Key of a performance line.
#[derive(Debug, Deserialize)]
pub(crate) struct LineKey {
    pub(crate) month: i32,
    pub(crate) bill_to_id: i64,
    pub(crate) partner_id: i64,
    pub(crate) customer_id: i64,
    pub(crate) mode: i16,
    pub(crate) product_id: i64,
    pub(crate) charging_mode: i16,
    pub(crate) currency: String,
    pub(crate) reason: i16,
}

/// Answers of the handler, whatever the database.
pub(crate) trait Answers: Send + Sync + 'static {
    /// A page of customers.
    fn customers(&self, after: After) -> impl Future<Output = Result<Customers>> + Send;
    /// A line with its payments.
    fn line(&self, key: LineKey) -> impl Future<Output = Result<crate::bare_line::Line>> + Send;
    /// A new customer.
    fn create(&self, new: NewCustomer) -> impl Future<Output = Result<()>> + Send;
}

#[derive(Debug, Serialize)]
pub(crate) struct Customers {
    pub(crate) nodes: Vec<Customer>,
    #[serde(rename = "pageInfo")]
    pub(crate) page_info: PageInfo,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct PageInfo {
    pub(crate) has_next_page: bool,
    pub(crate) end_cursor: String,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Customer {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) current_partner: Option<Partner>,
    pub(crate) performance: Vec<Sum>,
}

#[derive(Clone, Debug, Serialize)]
pub(crate) struct Partner {
    pub(crate) id: String,
    pub(crate) name: String,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Sum {
    pub(crate) currency_code: String,
    pub(crate) counted: Amount,
    pub(crate) not_counted: Amount,
    pub(crate) payments: String,
}

#[derive(Debug, Serialize)]
pub(crate) struct Amount {
    pub(crate) amount: String,
}

impl Amount {
    /// Micros as a decimal.
    pub(crate) fn of(micros: i64) -> Self {
        let sign = if micros < 0 { "-" } else { "" };
        let size = micros.unsigned_abs();
        Self { amount: format!("{sign}{}.{:06}", size / 1_000_000, size % 1_000_000) }
    }
}

#[derive(Serialize)]
struct Data<T> {
    data: T,
}

type Answer<T> = Result<Json<Data<T>>, StatusCode>;

fn answer<T>(result: Result<T>) -> Answer<T> {
    match result {
        Ok(data) => Ok(Json(Data { data })),
        Err(error) => {
            eprintln!("{error:#}");
            Err(StatusCode::INTERNAL_SERVER_ERROR)
        }
    }
}

async fn customers<A: Answers>(State(a): State<Arc<A>>, Query(after): Query<After>) -> Answer<Customers> {
    answer(a.customers(after).await)
}

async fn line<A: Answers>(
    State(a): State<Arc<A>>,
    Query(key): Query<LineKey>,
) -> Answer<crate::bare_line::Line> {
    answer(a.line(key).await)
}

async fn create<A: Answers>(State(a): State<Arc<A>>, Json(new): Json<NewCustomer>) -> Answer<()> {
    answer(a.create(new).await)
}

/// Serves until killed.
pub(crate) async fn main(url: &str) -> Result<()> {
    if url.starts_with("sqlite:") {
        serve(Arc::new(crate::bare_sql::sqlite::Bare::open(url).await?)).await
    } else {
        serve(Arc::new(crate::bare_sql::postgres::Bare::open(url).await?)).await
    }
}

async fn serve<A: Answers>(answers: Arc<A>) -> Result<()> {
    let router = Router::new()
        .route("/customers", get(customers::<A>).post(create::<A>))
        .route("/line", get(line::<A>))
        .with_state(answers);
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    println!("Serving http://{}/ until killed.", listener.local_addr()?);
    Ok(axum::serve(
        axum::serve::ListenerExt::tap_io(listener, |stream| drop(stream.set_nodelay(true))),
        router,
    )
    .await?)
}
