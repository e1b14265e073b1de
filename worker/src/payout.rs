//! The payout gateway behind HTTP (docs/payout-gateway.md): signed requests under an idempotency key. Whatever
//! cannot be understood is "nobody knows", never "no".

use std::sync::Arc;
use std::time::Duration;

use domain::Clock;
use domain::money::payout::signature::{SIGNATURE, TIMESTAMP, sign};
use domain::money::payout::{Answer, Answered, Bill, Call, Gateway};
use entity::timestamp::SECOND;
use reqwest::{Client, Method, StatusCode, Url, redirect};
use serde::Deserialize;
use serde_json::{Value, json};

/// Longest answer read, in bytes: ours have some hundred.
const ANSWER_LIMIT: usize = 64 * 1024;
/// Longest number of a payout, in characters.
const NUMBER_LIMIT: usize = 64;

/// The gateway's address, with the secret that signs requests.
#[derive(Clone)]
struct Http {
    client: Client,
    base: Url,
    secret: Arc<[u8]>,
    clock: Clock,
}

/// A gateway at `base`, e.g. `https://payouts.example.com/v1`, with a shared secret and a limit for each request.
///
/// # Errors
/// When `base` is no URL, or no client can be made.
pub fn payout_gateway(
    base: &str,
    secret: &[u8],
    limit: Duration,
    clock: Clock,
) -> Result<Gateway, Box<dyn std::error::Error + Send + Sync>> {
    // Fails only when a provider was chosen before.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let client = Client::builder().timeout(limit).redirect(redirect::Policy::none()).build()?;
    let base = Url::parse(base.trim_end_matches('/'))?;
    let http = Http { client, base, secret: secret.into(), clock };
    Ok(Gateway::Remote(Arc::new(move |call| {
        let http = http.clone();
        Box::pin(async move { http.ask(call).await })
    })))
}

impl Http {
    async fn ask(&self, call: Call) -> Answered {
        let (method, path, key, body) = match &call {
            Call::Create(bill) => (Method::POST, "/payouts".to_owned(), &bill.key, Some(order(bill))),
            Call::Issue(bill) => (Method::POST, "/issues".to_owned(), &bill.key, Some(order(bill))),
            Call::Pay(bill, number) => {
                let mut body = order(bill);
                body["payoutNo"] = json!(number);
                (Method::POST, format!("/payouts/{number}/payment"), &bill.key, Some(body))
            }
            Call::Status(key) => (Method::GET, format!("/payments/{key}"), key, None),
        };
        let body = body.map(|body| body.to_string()).unwrap_or_default();
        match self.exchange(method, &path, key, body).await {
            Ok((status, answer)) => {
                Answered { answer: understood(&call, status, &answer), status: Some(status.as_u16()) }
            }
            Err(why) => Answer::Unsure(why.to_owned()).into(),
        }
    }

    async fn exchange(
        &self,
        method: Method,
        path: &str,
        key: &str,
        body: String,
    ) -> Result<(StatusCode, Vec<u8>), &'static str> {
        let mut url = self.base.clone();
        url.set_path(&format!("{}{path}", self.base.path().trim_end_matches('/')));
        let timestamp = (self.clock.now().0 / SECOND).to_string();
        let signature = sign(&self.secret, &timestamp, method.as_str(), url.path(), body.as_bytes());
        let request = self
            .client
            .request(method, url)
            .header("Idempotency-Key", key)
            .header("Content-Type", "application/json")
            .header(TIMESTAMP, timestamp)
            .header(SIGNATURE, signature)
            .body(body);
        let mut response = request.send().await.map_err(|error| why(&error))?;
        let mut answer = Vec::new();
        while let Some(part) = response.chunk().await.map_err(|error| why(&error))? {
            if answer.len() + part.len() > ANSWER_LIMIT {
                return Err("answer too long / 应答过长");
            }
            answer.extend_from_slice(&part);
        }
        Ok((response.status(), answer))
    }
}

/// A short word about a failed connection, in both languages and without addresses: people read it.
fn why(error: &reqwest::Error) -> &'static str {
    if error.is_timeout() {
        "timeout / 超时"
    } else if error.is_connect() {
        "no connection / 无法连接"
    } else {
        "connection lost / 连接中断"
    }
}

fn order(bill: &Bill) -> Value {
    json!({
        "idempotencyKey": bill.key,
        "requestId": bill.request_id,
        "partner": {
            "id": bill.partner_id,
            "legalName": bill.legal_name,
            "taxpayerNo": bill.taxpayer_no,
            "bankAccount": bill.bank_account,
        },
        "way": bill.way.name(),
        "amount": bill.currency.text(bill.amount),
        "currency": bill.currency.as_str(),
        "month": bill.month.to_string(),
    })
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Created {
    payout_no: String,
}

#[derive(Deserialize)]
struct Refusal {
    code: String,
    #[serde(default)]
    message: String,
}

#[derive(Deserialize)]
struct Status {
    state: String,
    reason: Option<String>,
}

/// Meaning of an HTTP answer of the gateway. PURE.
fn understood(call: &Call, status: StatusCode, body: &[u8]) -> Answer {
    let unsure = || Answer::Unsure(format!("HTTP {}", status.as_u16()));
    if status.is_success() {
        let answer = match call {
            Call::Create(_) => serde_json::from_slice::<Created>(body)
                .ok()
                .filter(|created| is_number(&created.payout_no))
                .map(|created| Answer::Done(Some(created.payout_no))),
            Call::Issue(_) => {
                (status == StatusCode::CREATED || status == StatusCode::OK).then_some(Answer::Done(None))
            }
            Call::Pay(..) => Some(Answer::Accepted),
            Call::Status(_) => serde_json::from_slice::<Status>(body).ok().and_then(state),
        };
        return answer.unwrap_or_else(unsure);
    }
    // Later, says the gateway or something before it; everything else with a code is a decision.
    let later = [StatusCode::REQUEST_TIMEOUT, StatusCode::TOO_EARLY, StatusCode::TOO_MANY_REQUESTS];
    if !status.is_client_error() || later.contains(&status) {
        return unsure();
    }
    match (call, serde_json::from_slice::<Refusal>(body)) {
        (_, Err(_)) => unsure(),
        (Call::Status(_), Ok(_)) if status == StatusCode::NOT_FOUND => Answer::NotKnown,
        (Call::Status(_), Ok(_)) => unsure(),
        (_, Ok(Refusal { code, message })) if !code.trim().is_empty() => Answer::Refused { code, message },
        (_, Ok(_)) => unsure(),
    }
}

fn state(status: Status) -> Option<Answer> {
    match status.state.as_str() {
        "PAID" => Some(Answer::Done(None)),
        "PENDING" => Some(Answer::Accepted),
        "UNKNOWN" => Some(Answer::NotKnown),
        "FAILED" | "INFO_ERROR" => {
            Some(Answer::Refused { code: status.state, message: status.reason.unwrap_or_default() })
        }
        _ => None,
    }
}

/// A number can stand in a path and in a list.
fn is_number(text: &str) -> bool {
    let plain = |b: u8| b.is_ascii_alphanumeric() || b"-_".contains(&b);
    (1..=NUMBER_LIMIT).contains(&text.len()) && text.bytes().all(plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_refusal_with_a_code_is_a_no() {
        let status = Call::Status("k".into());
        let said =
            |code: u16, body: &str| understood(&status, StatusCode::from_u16(code).unwrap(), body.as_bytes());
        assert_eq!(said(200, r#"{"state":"PAID"}"#), Answer::Done(None));
        assert_eq!(said(200, r#"{"state":"PENDING"}"#), Answer::Accepted);
        assert_eq!(said(200, r#"{"state":"UNKNOWN"}"#), Answer::NotKnown);
        assert_eq!(said(404, r#"{"code":"NOT_FOUND"}"#), Answer::NotKnown);
        let failed = Answer::Refused { code: "FAILED".into(), message: "closed".into() };
        assert_eq!(said(200, r#"{"state":"FAILED","reason":"closed"}"#), failed);
        for (code, body) in [
            (200, "<html>"),
            (200, r#"{"state":"MAYBE"}"#),
            (302, ""),
            (404, "<html>"),
            (401, r#"{"code":"NOT_SIGNED"}"#),
            (429, r#"{"code":"SLOW_DOWN"}"#),
            (500, r#"{"code":"BROKEN"}"#),
        ] {
            assert!(matches!(said(code, body), Answer::Unsure(_)), "{code} {body}");
        }
    }

    #[test]
    fn a_payout_number_can_stand_in_a_path() {
        assert!(is_number(&"9".repeat(NUMBER_LIMIT)) && is_number("PO_2026-1"));
        for wrong in [String::new(), "9".repeat(NUMBER_LIMIT + 1), "a/b".into(), "a b".into(), "é".into()] {
            assert!(!is_number(&wrong), "{wrong}");
        }
    }
}
