//! A mutation with its permission, idempotency key and audit row, against the bare INSERT of its row; each commit
//! on the disk before its answer.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use anyhow::Result;
use serde_json::json;

use crate::load::{self, Requests, requests_per_second};
use crate::place::Places;
use crate::served::{Callers, Served};
use crate::setting::median;
use crate::table::{Aim, Figure, Measured};

const CREATE: &str = "mutation($input: CustomerCreateInput!) { customerCreate(input: $input) { customer { id } userErrors { code } } }";

pub(crate) async fn measure(places: &mut Places<'_>) -> Result<Vec<Measured>> {
    let place = places.empty().await?;
    let callers = Arc::new(Callers::new()?);
    // Numbers go on from one measurement to the next: no row, and no key, comes twice.
    let numbers = Arc::new(AtomicU64::new(1));
    let next = Arc::clone(&numbers);
    let ours_of: Requests = Arc::new(move |caller| {
        let n = next.fetch_add(1, Ordering::Relaxed);
        let input = json!({ "idempotencyKey": format!("bench-{n}"), "name": format!("New customer {n}") });
        callers.post(caller, &json!({ "query": CREATE, "variables": { "input": input } }).to_string())
    });
    let bare_of: Requests = Arc::new(move |_| {
        let n = numbers.fetch_add(1, Ordering::Relaxed);
        load::post("/customers", "", &json!({ "id": n, "name": format!("New customer {n}") }).to_string())
    });
    let ours = Served::product(places.backend, &place.url).await?;
    let bare = Served::bare(&place.url)?;
    let (mut fast, mut slow) = (Vec::new(), Vec::new());
    for _ in 0..places.setting.repeat {
        slow.push(requests_per_second(&ours.address, Arc::clone(&ours_of))?);
        fast.push(requests_per_second(&bare.address, Arc::clone(&bare_of))?);
    }
    let figure = |values| Figure::Requests(median(values).unwrap_or_default());
    Ok(vec![
        Measured::new("idempotent, audited mutation", figure(slow))
            .against("bare INSERT", figure(fast))
            .aim(Aim::Speed(0.3))
            .peak(ours.peak_mb()),
    ])
}
