//! PURE. What people read of the table.

use super::{Effect, For, Guard, Incentive, Marketplace, Requests};
use crate::kernel::machine::diagram::Described;

impl Described for Requests {
    fn of(of: For) -> &'static str {
        match of {
            For::All => "all",
            For::Kind(Marketplace) => "marketplace",
            For::Kind(Incentive) => "incentive",
            For::Invoiced => "with invoice",
            For::Direct => "without invoice",
        }
    }

    fn guard(guard: Guard) -> &'static str {
        match guard {
            Guard::Certified => "business information certified",
            Guard::ApproversFound => "an approver who did not make or start it",
            Guard::AllAgreed => "all approvers of the round agreed",
            Guard::InvoicesComplete => "invoices signed for, their total the amount to the smallest unit",
            Guard::AnotherPerson => "another person than who approved",
            Guard::NotLapsed => "nothing of it lapsed before it was ever submitted",
        }
    }

    fn effect(effect: Effect) -> &'static str {
        match effect {
            Effect::Reserve => "payable and what is owed → in payout",
            Effect::Unreserve => "in payout → payable, what was set off is owed again",
            Effect::Release => "its items are free",
            Effect::Void => "not earned any more; its items are free",
            Effect::Pay => "in payout → paid",
            Effect::SignInvoices => "its invoices are signed for",
            Effect::PassInvoices => "its invoices are passed",
            Effect::WithdrawInvoices => "its invoices are taken back",
            Effect::OpenRound => "a round begins",
            Effect::TurnClock | Effect::Tell => "",
        }
    }
}
