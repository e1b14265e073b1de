//! Asking the gateway about an order in hand, outside of any transaction.

use entity::PayoutStep;

use super::claim::Claimed;
use super::gateway::{Answer, Answered, Call, Gateway};
use super::sandbox;
use crate::kernel::error::Result;
use crate::kernel::store::Store;
use crate::money::payment::business::masked;

/// Longest reason of a gateway that is kept, in characters: a person reads it in a list.
const REASON_KEPT: usize = 300;

/// Sends the order. What may have been paid before is asked for first: under its own key when it may have been sent,
/// and under the keys of earlier orders that were called failed.
pub(super) async fn send(store: &Store, gateway: &Gateway, claimed: &Claimed) -> Result<Answered> {
    let answered = asked(store, gateway, claimed).await?;
    Ok(Answered { answer: clean(answered.answer, &claimed.bill.bank_account), ..answered })
}

async fn asked(store: &Store, gateway: &Gateway, claimed: &Claimed) -> Result<Answered> {
    if claimed.step != PayoutStep::Create {
        if !claimed.first {
            let known = ask(store, gateway, Call::Status(claimed.bill.key.clone())).await?;
            if known.answer != Answer::NotKnown {
                return Ok(known);
            }
        }
        for key in &claimed.earlier {
            let known = ask(store, gateway, Call::Status(key.clone())).await?;
            if matches!(known.answer, Answer::Done(_) | Answer::Accepted | Answer::Unsure(_)) {
                return Ok(known);
            }
        }
    }
    let bill = claimed.bill.clone();
    let call = match (claimed.step, &claimed.payout_no) {
        (PayoutStep::Create, _) => Call::Create(bill),
        (PayoutStep::Issue, _) => Call::Issue(bill),
        (PayoutStep::Pay, Some(number)) => Call::Pay(bill, number.clone()),
        (PayoutStep::Pay, None) => {
            let message = "the request has no payout / 付款单不存在".to_owned();
            return Ok(Answer::Refused { code: "NO_PAYOUT".into(), message }.into());
        }
    };
    ask(store, gateway, call).await
}

async fn ask(store: &Store, gateway: &Gateway, call: Call) -> Result<Answered> {
    match gateway {
        Gateway::None => Ok(Answer::Unsure("no gateway / 未配置付款网关".into()).into()),
        Gateway::Sandbox => Ok(sandbox::answer(store, call).await?.into()),
        Gateway::Remote(remote) => Ok(remote(call).await),
    }
}

/// The answer without control characters, too long texts and the bank account.
fn clean(answer: Answer, bank_account: &str) -> Answer {
    let tidy = |text: String| tidy(&text, bank_account);
    match answer {
        Answer::Refused { code, message } => Answer::Refused { code: tidy(code), message: tidy(message) },
        Answer::Unsure(why) => Answer::Unsure(tidy(why)),
        other => other,
    }
}

/// A text of the gateway as it is kept. PURE.
pub(super) fn tidy(text: &str, bank_account: &str) -> String {
    let text: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    let text = if bank_account.is_empty() { text } else { text.replace(bank_account, &masked(bank_account)) };
    text.trim().chars().take(REASON_KEPT).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reason_that_is_kept_does_not_tell_the_bank_account() {
        let told = tidy(" account 6222000011112222\nis closed ", "6222000011112222");
        assert_eq!(told, "account ****2222 is closed");
        assert_eq!(tidy(&"x".repeat(REASON_KEPT + 1), "").len(), REASON_KEPT);
        assert_eq!(tidy("as it is", ""), "as it is");
    }
}
