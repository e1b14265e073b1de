//! Invoices of partners, from registration to review.

use domain::kernel::many::BulkPolicy;
use domain::money::payment::invoice::register::{
    INVOICES_LIMIT, NUMBER_LIMIT, NewInvoice, register, withdraw,
};
use domain::money::payment::invoice::reject::{Reject, reject};
use domain::money::payment::moves::{Moves, Seen, move_requests};
use entity::{PartnerInvoiceId, PartnerInvoiceKind, PaymentOperation};
use tests::on_both_databases;

use super::*;

const BANK: (PaymentKind, PayoutWay) = (PaymentKind::Incentive, PayoutWay::BankTransfer);

fn invoice(request_id: PaymentRequestId, number: &str, units: i64) -> NewInvoice {
    NewInvoice {
        request_id,
        invoice_no: number.into(),
        issued_on: 20_261_015,
        kind: PartnerInvoiceKind::FullyDigitalSpecial,
        tax_rate_ppm: 60_000,
        net: units * UNIT,
        tax: 0,
        total: units * UNIT,
        taxpayer_no: "91310000".into(),
        file_id: None,
    }
}

async fn registered(world: &World, owner: PartnerId, new: NewInvoice) -> Result<PartnerInvoiceId, Error> {
    register(&world.store, &as_partner(owner), None, new).await
}

async fn moved(
    world: &World,
    context: &Context,
    id: PaymentRequestId,
    operation: PaymentOperation,
) -> Result<(), Error> {
    let seen = Seen { id, expected_version: load(world, id).await.version };
    let reason = Some("because".to_owned());
    let moves = Moves { operation, requests: vec![seen], reason, policy: BulkPolicy::AllOrNothing };
    move_requests(&world.store, context, None, moves).await.map(drop)
}

/// Numbers and states of all invoices.
async fn states(world: &World) -> Vec<String> {
    let sql = "SELECT invoice_no, state FROM partner_invoice ORDER BY invoice_no";
    let rows = query(world.store.db(), sql, []).await.unwrap();
    let text = |row: &sea_orm::QueryResult, n| row.try_get_by_index::<String>(n).unwrap();
    rows.iter().map(|row| format!("{} {}", text(row, 0), text(row, 1))).collect()
}

fn finance() -> Context {
    as_operator("finance", &[Role::Finance])
}

/// A request of 100 that waits for invoices.
async fn waiting(world: &World) -> (PartnerId, PaymentRequestId) {
    let owner = partner(world, "Owner", 1_000).await;
    let id = request(world, owner, BANK, 100).await;
    put(world, id, PaymentState::PendingInvoice).await;
    (owner, id)
}

on_both_databases!(
    several_invoices_come_to_the_amount_to_the_cent_before_they_are_signed_for,
    |db| async move {
        let world = World::open(&db).await;
        let (owner, id) = waiting(&world).await;
        let sign = PaymentOperation::SignForInvoices;
        assert_eq!(code(moved(&world, &finance(), id, sign).await), Code::InvoicesIncomplete);
        registered(&world, owner, invoice(id, "A-1", 60)).await.unwrap();
        assert_eq!(code(moved(&world, &finance(), id, sign).await), Code::InvoicesIncomplete);
        assert_eq!(code(registered(&world, owner, invoice(id, "A-2", 41)).await), Code::InvoicesExceed);
        registered(&world, owner, invoice(id, "A-2", 40)).await.unwrap();
        moved(&world, &finance(), id, sign).await.unwrap();
        assert_eq!(states(&world).await, ["A-1 SIGNED_FOR", "A-2 SIGNED_FOR"]);
        moved(&world, &finance(), id, PaymentOperation::PassInvoices).await.unwrap();
        assert_eq!(states(&world).await, ["A-1 PASSED", "A-2 PASSED"]);
        assert_eq!(load(&world, id).await.state, PaymentState::PaymentProcessing);
        world.verify().await;
    }
);

on_both_databases!(a_number_is_used_once_by_a_partner_whatever_became_of_it, |db| async move {
    let world = World::open(&db).await;
    let (owner, id) = waiting(&world).await;
    let second = request(&world, owner, BANK, 100).await;
    put(&world, second, PaymentState::PendingInvoice).await;
    let first = registered(&world, owner, invoice(id, "A-1", 10)).await.unwrap();
    assert_eq!(code(registered(&world, owner, invoice(id, "A-1", 10)).await), Code::AlreadyExists);
    // An invoice never covers two requests.
    assert_eq!(code(registered(&world, owner, invoice(second, "A-1", 10)).await), Code::AlreadyExists);
    let other = partner(&world, "Other", 100).await;
    let stranger = withdraw(&world.store, &as_partner(other), None, first).await;
    assert_eq!(code(stranger), Code::NotFound);
    withdraw(&world.store, &as_partner(owner), None, first).await.unwrap();
    assert_eq!(code(withdraw(&world.store, &as_partner(owner), None, first).await), Code::WrongState);
    assert_eq!(code(registered(&world, owner, invoice(id, "A-1", 10)).await), Code::AlreadyExists);
    // Another partner has numbers of its own.
    let theirs = request(&world, other, BANK, 100).await;
    put(&world, theirs, PaymentState::PendingInvoice).await;
    registered(&world, other, invoice(theirs, "A-1", 10)).await.unwrap();
    assert_eq!(code(registered(&world, other, invoice(id, "A-2", 10)).await), Code::NotFound);
});

on_both_databases!(a_number_registered_for_many_requests_at_once_is_taken_once, |db| async move {
    let world = World::open_with(&db, 8).await;
    let owner = partner(&world, "Owner", 1_000).await;
    let mut requests = Vec::new();
    for _ in 0..8 {
        let id = request(&world, owner, BANK, 100).await;
        put(&world, id, PaymentState::PendingInvoice).await;
        requests.push(id);
    }
    let all = requests.iter().map(|id| registered(&world, owner, invoice(*id, "A-1", 10)));
    let answers = futures_util::future::join_all(all).await;
    let (made, refused): (Vec<_>, Vec<_>) = answers.into_iter().partition(Result::is_ok);
    assert_eq!((made.len(), states(&world).await), (1, vec!["A-1 REGISTERED".to_owned()]));
    assert!(refused.into_iter().all(|answer| code(answer) == Code::AlreadyExists));
});

on_both_databases!(a_refused_invoice_is_replaced_and_the_others_stay, |db| async move {
    let world = World::open(&db).await;
    let (owner, id) = waiting(&world).await;
    registered(&world, owner, invoice(id, "A-1", 60)).await.unwrap();
    let wrong = registered(&world, owner, invoice(id, "A-2", 40)).await.unwrap();
    let refuse = |expected_version| {
        let input = Reject { invoice_id: wrong, expected_version, reason: "wrong tax".into() };
        let world = &world;
        async move { reject(&world.store, &finance(), None, input).await }
    };
    assert_eq!(code(refuse(1).await), Code::WrongState, "not signed for");
    moved(&world, &finance(), id, PaymentOperation::SignForInvoices).await.unwrap();
    assert_eq!(code(refuse(1).await), Code::VersionConflict);
    refuse(2).await.unwrap();
    assert_eq!(states(&world).await, ["A-1 SIGNED_FOR", "A-2 REJECTED"]);
    let refused = load(&world, id).await;
    assert_eq!(
        (refused.state, refused.reason.as_deref()),
        (PaymentState::InvoiceRejected, Some("wrong tax"))
    );
    moved(&world, &as_partner(owner), id, PaymentOperation::ReplaceInvoices).await.unwrap();
    registered(&world, owner, invoice(id, "A-3", 40)).await.unwrap();
    moved(&world, &finance(), id, PaymentOperation::SignForInvoices).await.unwrap();
    moved(&world, &finance(), id, PaymentOperation::RejectInvoices).await.unwrap();
    assert_eq!(states(&world).await, ["A-1 REJECTED", "A-2 REJECTED", "A-3 REJECTED"]);
});

on_both_databases!(a_request_whose_invoicing_is_reopened_is_invoiced_anew, |db| async move {
    let world = World::open(&db).await;
    let owner = partner(&world, "Owner", 1_000).await;
    let id = request(&world, owner, (PaymentKind::Marketplace, PayoutWay::BankTransfer), 100).await;
    put(&world, id, PaymentState::PendingInvoice).await;
    registered(&world, owner, invoice(id, "A-1", 100)).await.unwrap();
    for operation in
        [PaymentOperation::SignForInvoices, PaymentOperation::PassInvoices, PaymentOperation::RejectPayout]
    {
        moved(&world, &finance(), id, operation).await.unwrap();
    }
    assert_eq!(states(&world).await, ["A-1 PASSED"]);
    let operations = as_operator("operations", &[Role::Operations]);
    moved(&world, &operations, id, PaymentOperation::ReopenInvoicing).await.unwrap();
    assert_eq!(states(&world).await, ["A-1 REJECTED"]);
    registered(&world, owner, invoice(id, "A-2", 100)).await.unwrap();
    moved(&world, &finance(), id, PaymentOperation::SignForInvoices).await.unwrap();
    moved(&world, &finance(), id, PaymentOperation::PassInvoices).await.unwrap();
    assert_eq!(states(&world).await, ["A-1 REJECTED", "A-2 PASSED"]);
    assert_eq!(load(&world, id).await.state, PaymentState::PaymentProcessing);
});

on_both_databases!(a_request_has_a_limited_number_of_invoices, |db| async move {
    let world = World::open(&db).await;
    let owner = partner(&world, "Owner", 1_000).await;
    let id = request(&world, owner, BANK, 1_000).await;
    put(&world, id, PaymentState::PendingInvoice).await;
    for n in 0..INVOICES_LIMIT {
        registered(&world, owner, invoice(id, &format!("N-{n}"), 1)).await.unwrap();
    }
    assert_eq!(code(registered(&world, owner, invoice(id, "more", 1)).await), Code::Invalid);
});

on_both_databases!(an_invoice_is_checked_and_every_fault_named, |db| async move {
    let world = World::open(&db).await;
    let (owner, id) = waiting(&world).await;
    let long = "1".repeat(NUMBER_LIMIT);
    for (case, new, expected) in [
        ("no number", invoice(id, " ", 1), Code::Invalid),
        ("a long number", invoice(id, &format!("{long}1"), 1), Code::Invalid),
        ("an odd number", invoice(id, "A/1", 1), Code::Invalid),
        ("nothing", invoice(id, "A", 0), Code::Invalid),
        ("a sum that is none", NewInvoice { tax: 1, ..invoice(id, "A", 1) }, Code::Invalid),
        ("a rate above one", NewInvoice { tax_rate_ppm: 1_000_001, ..invoice(id, "A", 1) }, Code::Invalid),
        ("a stranger", NewInvoice { taxpayer_no: "x".into(), ..invoice(id, "A", 1) }, Code::TaxpayerDiffers),
        (
            "no such file",
            NewInvoice { file_id: Some(entity::FileId(7)), ..invoice(id, "A", 1) },
            Code::NotFound,
        ),
    ] {
        assert_eq!(code(registered(&world, owner, new).await), expected, "{case}");
    }
    registered(&world, owner, invoice(id, &long, 1)).await.unwrap();
    let both = NewInvoice { taxpayer_no: "x".into(), ..invoice(id, "B", 1_000) };
    let Err(Error::Refused(refusals)) = registered(&world, owner, both).await else { panic!("not refused") };
    assert_eq!(refusals.len(), 2);
    for state in PaymentState::ALL {
        put(&world, id, *state).await;
        let answer = registered(&world, owner, invoice(id, &format!("S-{}", state.name().len()), 1)).await;
        if *state == PaymentState::PendingInvoice {
            answer.unwrap();
        } else {
            assert_eq!(code(answer), Code::WrongState, "{state}");
        }
    }
});
