//! An event as a letter. PURE.

use std::borrow::Cow;

use entity::{Currency, EventTopic, Month, OpportunityReason, Timestamp};
use jiff::tz::TimeZone;

use super::template::Template;
use crate::kernel::lang::Lang;
use crate::opportunity::state::labels;

/// Longest fact in a letter, in characters: a reason is a sentence or two, the whole stands behind the link.
const FACT_LIMIT: usize = 400;
/// Longest subject, in characters: mail programs show less.
const SUBJECT_LIMIT: usize = 160;

/// Facts about an event, for the holes of a template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Facts {
    /// Kind of thing that it is about.
    pub topic: EventTopic,
    /// The case of a deadline.
    pub case: Option<String>,
    /// The id of what it is about.
    pub entity: String,
    /// The partner's name.
    pub partner: Option<String>,
    /// An amount in micros.
    pub amount: Option<(i64, Currency)>,
    /// Month of the bill, request or claim; none if it has none.
    pub month: Option<Month>,
    /// Instant until which somebody has to act.
    pub deadline: Option<Timestamp>,
    /// Reason in the words that somebody gave.
    pub reason: Option<String>,
    /// Reason of the closed list, of an opportunity.
    pub code: Option<OpportunityReason>,
    /// The number of the payout.
    pub payout: Option<String>,
    /// Title of the opportunity; none of other things.
    pub title: Option<String>,
}

/// A letter in one language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Text {
    /// Subject line, without line breaks.
    pub subject: String,
    /// Text in lines: the template's, the link, and who sends it.
    pub body: String,
}

/// Settings that all letters of an installation share.
#[derive(Clone, Debug)]
pub struct Style<'a> {
    /// Language of the letter.
    pub lang: Lang,
    /// The programme's zone, in which instants are written.
    pub zone: &'a TimeZone,
    /// The programme's name.
    pub programme: &'a str,
    /// Base URL of the pages; no link without it.
    pub link_base: Option<&'a str>,
}

/// Writes `facts` by `template`.
#[must_use]
pub fn write(template: Template, facts: &Facts, style: &Style<'_>) -> Text {
    let (subject, body) = template.text(style.lang);
    let what = clean(&what(facts, style.lang), FACT_LIMIT);
    let subject = clean(&subject.replace("{what}", &what), SUBJECT_LIMIT);
    let mut lines: Vec<String> = body.lines().filter_map(|line| fill(line, &what, facts, style)).collect();
    if let Some(base) = style.link_base {
        lines.push(format!("{base}/{}", facts.entity));
    }
    let programme = clean(style.programme, FACT_LIMIT);
    lines.push(String::new());
    lines.push(match style.lang {
        Lang::En => format!("Sent automatically by {programme}. Please do not reply."),
        Lang::ZhCn => format!("本邮件由 {programme} 自动发送，请勿回复。"),
    });
    Text { subject, body: lines.join("\n") + "\n" }
}

/// A line with its facts in place; nothing if one of them is not known.
fn fill(line: &str, what: &str, facts: &Facts, style: &Style<'_>) -> Option<String> {
    let mut filled = String::with_capacity(line.len());
    let mut rest = line;
    while let Some((before, behind)) = rest.split_once('{') {
        let (name, after) = behind.split_once('}')?;
        filled.push_str(before);
        let fact = if name == "what" { Some(Cow::Borrowed(what)) } else { fact(name, facts, style) };
        filled.push_str(&clean(&fact?, FACT_LIMIT));
        rest = after;
    }
    filled.push_str(rest);
    Some(filled)
}

fn fact<'f>(name: &str, facts: &'f Facts, style: &Style<'_>) -> Option<Cow<'f, str>> {
    let known = |text: &'f Option<String>| text.as_deref().filter(|text| !text.trim().is_empty());
    match name {
        "partner" => known(&facts.partner).map(Cow::Borrowed),
        "reason" => match (facts.code.map(|code| labels::reason(code, style.lang)), known(&facts.reason)) {
            (Some(code), Some(words)) => Some(format!("{code}: {words}").into()),
            (Some(code), None) => Some(code.into()),
            (None, words) => words.map(Cow::Borrowed),
        },
        "payout" => known(&facts.payout).map(Cow::Borrowed),
        "month" => facts.month.map(|month| month.to_string().into()),
        "deadline" => facts.deadline.and_then(|at| instant(at, style.zone)).map(Cow::Owned),
        "amount" => {
            facts.amount.map(|(micros, currency)| format!("{} {currency}", currency.text(micros)).into())
        }
        _ => None,
    }
}

/// An instant as people of the programme read it, to the minute.
fn instant(at: Timestamp, zone: &TimeZone) -> Option<String> {
    let zoned = jiff::Timestamp::from_microsecond(at.0).ok()?.to_zoned_datetime(zone.clone());
    let name = zone.iana_name().unwrap_or("UTC");
    Some(format!("{} ({name})", zoned.strftime("%Y-%m-%d %H:%M")))
}

/// A few words for the thing that the event is about.
fn what(facts: &Facts, lang: Lang) -> String {
    let number = facts.payout.as_deref().unwrap_or(&facts.entity);
    let month = facts.month.map(|month| month.to_string());
    let by_month = month.as_deref().unwrap_or(&facts.entity);
    let (en, zh, which) = match (facts.topic, facts.case.as_deref()) {
        (EventTopic::Deadline, Some("BILL_CONFIRM")) => ("confirmation of a bill", "账单确认", by_month),
        (EventTopic::Deadline, Some("COUNTERSIGN")) => ("countersign", "会签", number),
        (EventTopic::Deadline, Some("INVOICE_DUE")) => ("invoice", "开票", number),
        (EventTopic::Deadline, Some("INVOICE_REVIEW")) => ("review of invoices", "发票审核", number),
        (EventTopic::Deadline, Some("PAYMENT_REVIEW")) => ("review of a payment", "申付审核", number),
        (EventTopic::Deadline, Some("PAYMENT")) => ("payment", "支付", number),
        (EventTopic::Deadline, Some("OPPORTUNITY_REVIEW")) => {
            ("review of an opportunity", "机会点审核", number)
        }
        (EventTopic::Deadline, Some("OPPORTUNITY_VERIFY")) => {
            ("verification of an opportunity", "机会点验证", number)
        }
        (EventTopic::Deadline, Some("OPPORTUNITY_ACCEPT")) => {
            ("acceptance of an opportunity", "接受机会点", number)
        }
        (EventTopic::Deadline, Some("OPPORTUNITY_PROGRESS")) => {
            ("progress of an opportunity", "机会点进展更新", number)
        }
        (EventTopic::Deadline, Some("PCE_CLAIM_REVIEW")) => {
            ("review of an opportunity incentive", "机会点激励审核", number)
        }
        (EventTopic::PceClaim, _) => ("opportunity incentive", "机会点激励", number),
        (EventTopic::Deadline, _) => ("deadline", "截止事项", number),
        (EventTopic::PaymentRequest, _) => ("payment request", "付款申请", number),
        (EventTopic::IncentiveBill | EventTopic::Feedback, _) => ("incentive bill", "激励账单", by_month),
        (EventTopic::SettlementBill, _) => ("settlement bill", "结算账单", by_month),
        (EventTopic::Opportunity, _) => {
            ("opportunity", "机会点", facts.title.as_deref().unwrap_or(&facts.entity))
        }
        (EventTopic::SettlementMonth, _) => ("settlement month", "结算月份", by_month),
        (EventTopic::Export, _) => ("export", "导出", facts.entity.as_str()),
    };
    format!("{} {which}", if lang == Lang::En { en } else { zh })
}

/// One line of at most `limit` characters: what people entered cannot begin a header or a line of its own.
fn clean(text: &str, limit: usize) -> String {
    let words = text.split(|c: char| c.is_control() || c.is_whitespace()).filter(|word| !word.is_empty());
    let line = words.collect::<Vec<_>>().join(" ");
    if line.chars().count() <= limit {
        return line;
    }
    line.chars().take(limit - 1).chain(['…']).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn facts() -> Facts {
        Facts {
            topic: EventTopic::PaymentRequest,
            case: None,
            entity: "payment_x".into(),
            partner: Some("Blue & Co".into()),
            amount: Some((1_234_500_000, "CNY".parse().unwrap())),
            month: Some("2026-08".parse().unwrap()),
            deadline: Timestamp::parse_rfc3339("2026-09-30T16:00:00Z"),
            reason: Some("tax number wrong".into()),
            code: None,
            payout: Some("PO-7".into()),
            title: None,
        }
    }

    fn text(template: Template, facts: &Facts, lang: Lang) -> Text {
        let zone = TimeZone::get("Asia/Shanghai").unwrap();
        let link_base = Some("https://partners.example.com");
        write(template, facts, &Style { lang, zone: &zone, programme: "Partner programme", link_base })
    }

    #[test]
    fn a_letter_says_what_to_do_with_amounts_and_instants_as_people_write_them() {
        let en = text(Template::InvoiceWanted, &facts(), Lang::En);
        assert_eq!(en.subject, "Please invoice: payment request PO-7");
        for line in [
            "Payout: PO-7",
            "Month: 2026-08",
            "Amount, tax included: 1234.50 CNY",
            "Deadline: 2026-10-01 00:00 (Asia/Shanghai)",
            "https://partners.example.com/payment_x",
        ] {
            assert!(en.body.lines().any(|l| l == line), "{line}\n{}", en.body);
        }
        let zh = text(Template::InvoiceRefused, &facts(), Lang::ZhCn);
        assert_eq!(zh.subject, "发票被驳回：付款申请 PO-7");
        assert!(zh.body.contains("原因：tax number wrong"), "{}", zh.body);
    }

    #[test]
    fn a_line_whose_fact_is_not_known_is_left_out() {
        let unknown = Facts {
            amount: None,
            month: None,
            deadline: None,
            reason: Some(" ".into()),
            payout: None,
            ..facts()
        };
        let body = text(Template::InvoiceRefused, &unknown, Lang::En).body;
        assert!(!body.contains('{') && !body.contains("Reason") && !body.contains("Payout"), "{body}");
    }

    #[test]
    fn no_text_of_any_language_has_an_unknown_fact_or_a_subject_that_may_be_empty() {
        for template in Template::ALL {
            for lang in [Lang::En, Lang::ZhCn] {
                let (subject, body) = template.text(lang);
                let written = text(*template, &facts(), lang);
                assert!(!written.subject.contains('{') && subject.contains("{what}"), "{template:?}");
                // Every line is there: each fact it names exists.
                assert!(written.body.lines().count() > body.lines().count(), "{template:?} {}", written.body);
            }
        }
    }

    #[test]
    fn what_people_entered_stays_in_its_line() {
        let evil = Facts { payout: Some("PO\r\nBcc: all@example.com\r\n\r\nhello".into()), ..facts() };
        let written = text(Template::Paid, &evil, Lang::En);
        assert_eq!(written.subject, "Paid: payment request PO Bcc: all@example.com hello");
        assert!(!written.body.lines().any(|line| line.starts_with("Bcc")), "{}", written.body);
    }

    #[test]
    fn a_fact_is_cut_one_past_its_limit() {
        assert_eq!(clean(&"x".repeat(FACT_LIMIT), FACT_LIMIT).chars().count(), FACT_LIMIT);
        let cut = clean(&"x".repeat(FACT_LIMIT + 1), FACT_LIMIT);
        assert_eq!((cut.chars().count(), cut.chars().last()), (FACT_LIMIT, Some('…')));
        let long = Facts { payout: Some("y".repeat(FACT_LIMIT)), ..facts() };
        assert_eq!(text(Template::Paid, &long, Lang::En).subject.chars().count(), SUBJECT_LIMIT);
    }
}
