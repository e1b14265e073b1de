//! The machine over all its transitions, allowed and refused, for every kind of actor.

use domain::kernel::machine::{Machine, Move, Transition, Turn, find, hold, step};
use domain::money::payment::machine::{Effect, Guard, Requests, holds_money};
use entity::{CustomerId, PaymentActor, PaymentOperation};
use tests::on_both_databases;

use super::*;

const KINDS: [(PaymentKind, PayoutWay); 5] = [
    (PaymentKind::Marketplace, PayoutWay::BankTransfer),
    (PaymentKind::Incentive, PayoutWay::BankTransfer),
    (PaymentKind::Incentive, PayoutWay::TopUp),
    (PaymentKind::Incentive, PayoutWay::TopUpOwedInvoice),
    (PaymentKind::Incentive, PayoutWay::CouponQuota),
];

/// Every kind of actor, with what it is to a request of `owner`.
fn actors(owner: PartnerId, other: PartnerId) -> Vec<(Context, Vec<PaymentActor>)> {
    use PaymentActor::{Approver, Finance, Operations, Partner, System};
    let customer = Principal::Customer { customer_id: CustomerId(1) };
    let customer =
        Context { actor: Actor { subject: "customer".into(), principal: customer }, request_id: None };
    vec![
        (Context::system("test"), vec![System]),
        (as_operator("operations", &[Role::Operations]), vec![Operations, Approver]),
        (as_operator("finance", &[Role::Finance]), vec![Finance, Approver]),
        (as_operator("administrator", &[Role::Administrator]), vec![Operations, Finance, Approver]),
        (as_operator("reviewer", &[Role::OpportunityReviewer]), vec![Approver]),
        (as_partner(owner), vec![Partner]),
        (as_partner(other), vec![]),
        (customer, vec![]),
    ]
}

/// Tries an operation in a transaction that is given up, and says where it led.
async fn tried(
    world: &World,
    context: &Context,
    id: PaymentRequestId,
    operation: PaymentOperation,
    reason: Option<&str>,
) -> Result<(PaymentState, Vec<String>), Error> {
    let tx = world.store.begin().await.unwrap();
    let request = hold::<Requests>(&tx, id).await.unwrap().unwrap();
    let turn = Turn { tx: &tx, store: &world.store, context, now: world.store.clock.now() };
    let after = step::<Requests>(turn, request.clone(), Move::because(operation, reason)).await;
    let found = match after {
        Err(error) => Err(error),
        Ok(after) => {
            let sql = "SELECT from_state, to_state, actor, reason FROM payment_transition WHERE request_id = $1 AND seq = $2";
            let rows = query(tx.orm(), sql, [id.0.into(), after.transitions.into()]).await.unwrap();
            let text = |n: usize| rows[0].try_get_by_index::<Option<String>>(n).unwrap().unwrap_or_default();
            let mut found: Vec<String> = (0..4).map(text).collect();
            let sql = "SELECT kind FROM event WHERE entity = $1 ORDER BY id DESC LIMIT 1";
            let rows = query(tx.orm(), sql, [id.to_string().into()]).await.unwrap();
            found.push(rows[0].try_get_by_index(0).unwrap());
            let sql =
                "SELECT account FROM ledger_balance WHERE partner_id = $1 AND amount = $2 ORDER BY account";
            let rows =
                query(tx.orm(), sql, [request.partner_id.0.into(), request.amount.into()]).await.unwrap();
            found.extend(rows.iter().map(|row| row.try_get_by_index::<String>(0).unwrap()));
            Ok((after.state, found))
        }
    };
    tx.rollback().await.unwrap();
    found
}

/// An invoice over the whole amount, signed for.
async fn invoiced(world: &World, id: PaymentRequestId) {
    let request = load(world, id).await;
    let sql = "INSERT INTO partner_invoice (id, partner_id, request_id, invoice_no, issued_on, kind, tax_rate_ppm, currency, net, \
               tax, total, state, created_by, created_at, version) \
               VALUES ($1, $2, $1, 'A', 20261015, 'VAT_SPECIAL_PAPER', 0, $3, $4, 0, $4, 'SIGNED_FOR', 'test', 0, 1)";
    let values = [id.0.into(), request.partner_id.0.into(), request.currency.into(), request.amount.into()];
    exec(world.store.db(), sql, values).await.unwrap();
}

/// Where the money of the request is after a transition.
fn place(transition: &Transition<Requests>) -> Vec<String> {
    match transition.to {
        PaymentState::Paid => vec!["PAID".into()],
        state if holds_money(state) => vec!["IN_PAYOUT".into()],
        // A void bill was not earned.
        _ if transition.effects.contains(&Effect::Void) => vec![],
        _ => vec!["PAYABLE".into()],
    }
}

on_both_databases!(every_transition_is_made_by_those_who_may_and_by_nobody_else, |db| async move {
    let world = World::open(&db).await;
    let other = partner(&world, "Other", 0).await;
    approver(&world, "approver", 0).await;
    let (mut made, mut refused) = (0, 0);
    for (kind, way) in KINDS {
        let owner = partner(&world, &format!("{kind} {way}"), 100).await;
        let id = request(&world, owner, (kind, way), 100).await;
        invoiced(&world, id).await;
        for state in PaymentState::ALL {
            put(&world, id, *state).await;
            for operation in PaymentOperation::ALL {
                let Some(transition) = find::<Requests>((kind, way), *state, *operation) else {
                    let administrator = as_operator("administrator", &[Role::Administrator]);
                    let answer = tried(&world, &administrator, id, *operation, Some("because")).await;
                    assert_eq!(code(answer), Code::WrongState, "{kind} {way} {state} {operation}");
                    refused += 1;
                    continue;
                };
                for (context, roles) in actors(owner, other) {
                    let case = format!("{kind} {way} {state} {operation} by {}", context.actor.subject);
                    let may = roles.iter().any(|role| transition.by.contains(role));
                    let answer = tried(&world, &context, id, *operation, Some("because")).await;
                    if !may {
                        assert_eq!(code(answer), Code::NotAllowed, "{case}");
                        refused += 1;
                    } else {
                        let (to, found) = answer.unwrap_or_else(|error| panic!("{case}: {error}"));
                        let told = [state.name(), to.name(), &context.actor.subject, "because", to.name()];
                        let told: Vec<String> =
                            told.iter().map(ToString::to_string).chain(place(transition)).collect();
                        assert_eq!((to, found), (transition.to, told), "{case}");
                        made += 1;
                        if transition.why.needs_words() {
                            let silent = tried(&world, &context, id, *operation, Some("  ")).await;
                            assert_eq!(code(silent), Code::ReasonRequired, "{case}");
                        }
                    }
                }
            }
        }
        put(&world, id, PaymentState::Paid).await;
    }
    assert!(made > 100 && refused > 2_500, "{made} made, {refused} refused");
    world.verify().await;
});

on_both_databases!(without_certification_nothing_is_submitted_created_or_paid, |db| async move {
    let world = World::open(&db).await;
    let owner = partner(&world, "Owner", 100).await;
    let id = request(&world, owner, (PaymentKind::Incentive, PayoutWay::BankTransfer), 100).await;
    for certification in Certification::ALL {
        certify(&world, owner, *certification).await;
        for transition in Requests::TABLE {
            let applies =
                Requests::includes(transition.of, (PaymentKind::Incentive, PayoutWay::BankTransfer));
            if !applies || !transition.guards.contains(&Guard::Certified) {
                continue;
            }
            put(&world, id, transition.from).await;
            let context = match transition.by[0] {
                PaymentActor::System => Context::system("test"),
                PaymentActor::Partner => as_partner(owner),
                _ => as_operator("second", &[Role::Administrator]),
            };
            let answer = tried(&world, &context, id, transition.operation, None).await;
            if *certification == Certification::Certified {
                assert_eq!(answer.unwrap().0, transition.to);
            } else {
                assert_eq!(code(answer), Code::NotCertified, "{certification} {}", transition.operation);
            }
        }
    }
});

on_both_databases!(who_approved_a_payment_does_not_recheck_it, |db| async move {
    let world = World::open(&db).await;
    let owner = partner(&world, "Owner", 100).await;
    let id = request(&world, owner, (PaymentKind::Incentive, PayoutWay::BankTransfer), 100).await;
    put(&world, id, PaymentState::PaymentRechecking).await;
    let recheck = PaymentOperation::RecheckPayment;
    let first = as_operator("first", &[Role::Finance]);
    assert_eq!(code(tried(&world, &first, id, recheck, None).await), Code::FourEyes);
    let second = as_operator("second", &[Role::Finance]);
    assert_eq!(tried(&world, &second, id, recheck, None).await.unwrap().0, PaymentState::Paying);
});

on_both_databases!(a_refusal_says_what_is_possible_and_by_whom, |db| async move {
    let world = World::open(&db).await;
    let owner = partner(&world, "Owner", 100).await;
    let id = request(&world, owner, (PaymentKind::Incentive, PayoutWay::BankTransfer), 100).await;
    put(&world, id, PaymentState::PendingInvoice).await;
    let finance = as_operator("finance", &[Role::Finance]);
    let refused = tried(&world, &finance, id, PaymentOperation::PassInvoices, None).await;
    let Err(Error::Refused(refusals)) = refused else { panic!("{refused:?}") };
    let detail =
        "PENDING_INVOICE; PASS_INVOICES: INVOICE_IN_REVIEW; PENDING_INVOICE: SIGN_FOR_INVOICES (FINANCE)";
    assert_eq!(refusals[0].detail, detail);
});
