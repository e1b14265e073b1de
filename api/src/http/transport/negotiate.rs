//! Content negotiation: which media type an answer has, and which a body may have. PURE.

/// Media type in which an answer is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Media {
    /// `application/graphql-response+json`: request errors have a 4xx status.
    GraphqlResponse,
    /// `application/json`: request errors have status 200, as old clients expect.
    Json,
    /// `text/event-stream`: one event a result.
    EventStream,
    /// `multipart/mixed` as Apollo's clients ask for it: one part a result of a subscription;
    /// anything else is answered as JSON.
    Multipart,
}

impl Media {
    /// The media type of a single answer for a client that also understands several.
    pub(crate) fn of_one_answer(self) -> Self {
        if self.streams() { Self::Json } else { self }
    }

    /// `true` where a body can carry the events of a subscription.
    pub(crate) fn streams(self) -> bool {
        matches!(self, Self::EventStream | Self::Multipart)
    }

    pub(crate) fn content_type(self) -> &'static str {
        match self {
            Self::GraphqlResponse => "application/graphql-response+json; charset=utf-8",
            Self::Json => "application/json; charset=utf-8",
            Self::EventStream => "text/event-stream; charset=utf-8",
            Self::Multipart => "multipart/mixed; boundary=graphql; subscriptionSpec=1.0",
        }
    }
}

/// The media type for an `Accept` header: the highest weight wins, the client's order breaks ties,
/// wildcards and a missing header mean JSON, `None` means nothing acceptable.
pub(crate) fn accept(header: Option<&str>) -> Option<Media> {
    let Some(header) = header.filter(|h| !h.trim().is_empty()) else { return Some(Media::Json) };
    let mut best: Option<(u32, Media)> = None;
    for range in header.split(',') {
        let mut parts = range.split(';').map(str::trim);
        let media = match parts.next().unwrap_or_default().to_ascii_lowercase().as_str() {
            "application/graphql-response+json" => Media::GraphqlResponse,
            "application/json" | "application/*" | "*/*" => Media::Json,
            "text/event-stream" | "text/*" => Media::EventStream,
            "multipart/mixed" if range.to_ascii_lowercase().contains("subscriptionspec=") => Media::Multipart,
            _ => continue,
        };
        let Some(weight) = weight(parts) else { continue };
        if weight > 0 && best.is_none_or(|(best, _)| weight > best) {
            best = Some((weight, media));
        }
    }
    best.map(|(_, media)| media)
}

/// The `q` parameter in thousandths; `None` when another charset than UTF-8 is asked for.
fn weight<'a>(parameters: impl Iterator<Item = &'a str>) -> Option<u32> {
    let mut weight = 1000;
    for parameter in parameters {
        let (name, value) = parameter.split_once('=').unwrap_or((parameter, ""));
        match name.trim().to_ascii_lowercase().as_str() {
            "q" => weight = thousandths(value.trim()),
            "charset" if !is_utf8(value) => return None,
            _ => {}
        }
    }
    Some(weight)
}

fn thousandths(q: &str) -> u32 {
    let (whole, fraction) = q.split_once('.').unwrap_or((q, ""));
    let fraction_ok = fraction.len() <= 3 && fraction.bytes().all(|b| b.is_ascii_digit());
    match (whole, fraction_ok, format!("{fraction:0<3}").parse::<u32>()) {
        ("0", true, Ok(part)) => part,
        ("1", true, Ok(_)) => 1000,
        _ => 0,
    }
}

fn is_utf8(charset: &str) -> bool {
    let charset = charset.trim().trim_matches('"');
    charset.eq_ignore_ascii_case("utf-8") || charset.eq_ignore_ascii_case("utf8")
}

/// `true` for a body in `application/json`, in UTF-8. A missing header is refused: a form of
/// another site can send such a request without asking first.
pub(crate) fn is_json_body(content_type: Option<&str>) -> bool {
    let Some(content_type) = content_type else { return false };
    let mut parts = content_type.split(';').map(str::trim);
    let json = parts.next().is_some_and(|t| t.eq_ignore_ascii_case("application/json"));
    json && parts.all(|p| match p.split_once('=') {
        Some((name, value)) if name.trim().eq_ignore_ascii_case("charset") => is_utf8(value),
        _ => true,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::http::transport::negotiate::Media::{EventStream, GraphqlResponse, Json, Multipart};

    #[test]
    fn the_answer_has_the_media_type_the_client_likes_best() {
        let cases = [
            (None, Some(Json)),
            (Some(""), Some(Json)),
            (Some("*/*"), Some(Json)),
            (Some("application/*"), Some(Json)),
            (Some("application/json"), Some(Json)),
            (Some("application/json; charset=utf-8"), Some(Json)),
            (Some("application/json; charset=latin1"), None),
            (Some("application/graphql-response+json"), Some(GraphqlResponse)),
            (Some("APPLICATION/GRAPHQL-RESPONSE+JSON"), Some(GraphqlResponse)),
            (Some("application/graphql-response+json, application/json;q=0.9"), Some(GraphqlResponse)),
            (Some("application/json;q=0.9, application/graphql-response+json"), Some(GraphqlResponse)),
            (Some("application/json, application/graphql-response+json"), Some(Json)),
            (Some("application/graphql-response+json;q=0.1, */*;q=0.2"), Some(Json)),
            (Some("application/json;q=0"), None),
            (Some("text/event-stream"), Some(EventStream)),
            (
                Some("multipart/mixed;boundary=\"graphql\";subscriptionSpec=1.0,application/json"),
                Some(Multipart),
            ),
            (Some("multipart/mixed;deferSpec=20220824,application/json"), Some(Json)),
            (Some("text/html"), None),
            (Some("text/html, */*;q=0.1"), Some(Json)),
        ];
        for (header, expected) in cases {
            assert_eq!(accept(header), expected, "{header:?}");
        }
    }

    #[test]
    fn only_a_json_body_in_utf8_is_read() {
        let cases = [
            (None, false),
            (Some("application/json"), true),
            (Some("Application/JSON; charset=UTF-8"), true),
            (Some("application/json; charset=\"utf-8\""), true),
            (Some("application/json; charset=iso-8859-1"), false),
            (Some("text/plain"), false),
            (Some("multipart/form-data; boundary=x"), false),
            (Some("application/x-www-form-urlencoded"), false),
            (Some("application/graphql"), false),
        ];
        for (header, expected) in cases {
            assert_eq!(is_json_body(header), expected, "{header:?}");
        }
    }
}
