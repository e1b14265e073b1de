//! Registering an invoice, and taking it back before it is signed for.

use entity::{
    FileId, FilePurpose, FileState, PartnerInvoiceId, PartnerInvoiceKind, PartnerInvoiceState,
    PaymentRequestId, PaymentState, business_information, partner_invoice, payment_request, stored_file,
};
use sea_orm::{ActiveModelTrait, EntityTrait, Set};
use serde::{Deserialize, Serialize};

use super::totals;
use crate::kernel::actor::Principal;
use crate::kernel::amount::money;
use crate::kernel::error::{Code, Error, Refusal, Result};
use crate::kernel::machine::hold;
use crate::kernel::raw::is_there_already;
use crate::kernel::store::{Store, Tx, exec, query_one};
use crate::kernel::write::{Begun, Context, Write};
use crate::money::payment::machine::Requests;

/// Longest number of an invoice, in characters: those of fully digital ones have 20.
pub const NUMBER_LIMIT: usize = 40;
/// Most invoices of one request: its list stays readable.
pub const INVOICES_LIMIT: i64 = 200;

/// An invoice to be registered.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct NewInvoice {
    /// The request it is for.
    pub request_id: PaymentRequestId,
    /// Its number.
    pub invoice_no: String,
    /// The day it bears, as 20261015.
    pub issued_on: i32,
    /// What it is.
    pub kind: PartnerInvoiceKind,
    /// The tax rate, in parts per million.
    pub tax_rate_ppm: i32,
    /// Without tax, in micros.
    pub net: i64,
    /// The tax, in micros.
    pub tax: i64,
    /// With tax, in micros.
    pub total: i64,
    /// The taxpayer number it bears.
    pub taxpayer_no: String,
    /// Its picture or document.
    pub file_id: Option<FileId>,
}

/// Registers an invoice for a request that waits for it. A partner for its own.
pub async fn register(
    store: &Store,
    context: &Context,
    key: Option<&str>,
    input: NewInvoice,
) -> Result<PartnerInvoiceId> {
    check(&input)?;
    let write = match Write::begin(store, context, "partnerInvoiceRegister", key, &input).await? {
        Begun::Replay(id) => return Ok(id),
        Begun::Fresh(write) => write,
    };
    let tx = write.tx();
    let missing = Refusal::at("requestId", Code::NotFound, input.request_id.to_string());
    let request = own_request(&write, input.request_id, missing).await?;
    if request.state != PaymentState::PendingInvoice {
        return Err(Refusal::at("requestId", Code::WrongState, request.state.name()).into());
    }
    let mut refusals = Vec::new();
    refusals.extend(identity(tx, &request, &input).await?);
    refusals.extend(fits(tx, &request, &input).await?);
    refusals.extend(file(tx, &request, input.file_id).await?);
    refusals.extend(used(tx, &request, &input.invoice_no).await?);
    if !refusals.is_empty() {
        return Err(Error::Refused(refusals));
    }
    let id = PartnerInvoiceId(store.ids.next(write.now));
    let row = partner_invoice::ActiveModel {
        id: Set(id),
        partner_id: Set(request.partner_id),
        request_id: Set(request.id),
        invoice_no: Set(input.invoice_no.trim().to_owned()),
        issued_on: Set(input.issued_on),
        kind: Set(input.kind),
        tax_rate_ppm: Set(input.tax_rate_ppm),
        currency: Set(request.currency),
        net: Set(input.net),
        tax: Set(input.tax),
        total: Set(input.total),
        file_id: Set(input.file_id),
        state: Set(PartnerInvoiceState::Registered),
        reason: Set(None),
        signed_for_at: Set(None),
        created_by: Set(write.actor().subject.clone()),
        created_at: Set(write.now),
        version: Set(1),
    };
    match row.insert(tx.orm()).await.map_err(Error::from) {
        // It was registered for another request since we looked.
        Err(error) if is_there_already(&error) => return Err(taken(&input.invoice_no).into()),
        inserted => inserted?,
    };
    write.finish(store, &id.to_string(), None, &input, &id).await?;
    Ok(id)
}

/// The request, held, if it is the caller's; `missing` if there is none.
async fn own_request(
    write: &Write,
    id: PaymentRequestId,
    missing: Refusal,
) -> Result<payment_request::Model> {
    let request = hold::<Requests>(write.tx(), id).await?;
    let own = request.filter(|request| match write.actor().principal {
        Principal::Partner { partner_id } => partner_id == request.partner_id,
        _ => true,
    });
    Ok(own.ok_or(missing)?)
}

fn check(input: &NewInvoice) -> Result<()> {
    let mut refusals = Vec::new();
    let mut wrong = |field: &str, detail: String| refusals.push(Refusal::at(field, Code::Invalid, detail));
    let number = input.invoice_no.trim();
    if number.is_empty()
        || number.len() > NUMBER_LIMIT
        || !number.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
    {
        wrong("invoiceNo", format!("a number has 1 to {NUMBER_LIMIT} letters, digits and hyphens"));
    }
    if input.net < 0 || input.tax < 0 || input.total <= 0 {
        wrong("total", "net and tax are zero or above, the total is above zero".into());
    } else if input.net.checked_add(input.tax) != Some(input.total) {
        wrong("total", "the total is net and tax together".into());
    }
    if !(0..=1_000_000).contains(&input.tax_rate_ppm) {
        wrong("taxRatePpm", "a rate lies between 0 and 1000000 parts per million".into());
    }
    if refusals.is_empty() { Ok(()) } else { Err(Error::Refused(refusals)) }
}

/// The taxpayer is the certified one.
async fn identity(tx: &Tx, request: &payment_request::Model, input: &NewInvoice) -> Result<Option<Refusal>> {
    let known = business_information::Entity::find_by_id(request.partner_id).one(tx.orm()).await?;
    let certified = known.map(|row| row.taxpayer_no).unwrap_or_default();
    let same = !certified.is_empty() && certified == input.taxpayer_no.trim();
    Ok((!same).then(|| Refusal::at("taxpayerNo", Code::TaxpayerDiffers, certified)))
}

/// Together with the others it is not more than the request.
async fn fits(tx: &Tx, request: &payment_request::Model, input: &NewInvoice) -> Result<Option<Refusal>> {
    let left = request.amount - totals(tx, request).await?.live;
    if input.total > left {
        let detail = format!("{} > {}", money(input.total, request.currency), money(left, request.currency));
        return Ok(Some(Refusal::at("total", Code::InvoicesExceed, detail)));
    }
    let sql = "SELECT COUNT(*) FROM partner_invoice WHERE request_id = $1";
    let row = query_one(tx.orm(), sql, [request.id.0.into()]).await?;
    let count: i64 = row.map_or(Ok(0), |row| row.try_get_by_index(0))?;
    let detail = format!("a request has at most {INVOICES_LIMIT} invoices");
    Ok((count >= INVOICES_LIMIT).then(|| Refusal::at("requestId", Code::Invalid, detail)))
}

async fn file(tx: &Tx, request: &payment_request::Model, id: Option<FileId>) -> Result<Option<Refusal>> {
    let Some(id) = id else { return Ok(None) };
    let found = stored_file::Entity::find_by_id(id).one(tx.orm()).await?;
    let own = found.filter(|file| {
        file.purpose == FilePurpose::PartnerInvoice && file.partner_id == Some(request.partner_id)
    });
    Ok(match own {
        None => Some(Refusal::at("fileId", Code::NotFound, id.to_string())),
        Some(file) if file.state != FileState::Stored => {
            Some(Refusal::at("fileId", Code::WrongState, file.state.name()))
        }
        Some(_) => None,
    })
}

/// No invoice of the partner ever had the number.
async fn used(tx: &Tx, request: &payment_request::Model, number: &str) -> Result<Option<Refusal>> {
    let sql = "SELECT request_id FROM partner_invoice WHERE partner_id = $1 AND invoice_no = $2";
    let row = query_one(tx.orm(), sql, [request.partner_id.0.into(), number.trim().into()]).await?;
    Ok(row.map(|_| taken(number)))
}

fn taken(number: &str) -> Refusal {
    Refusal::at("invoiceNo", Code::AlreadyExists, number.trim())
}

/// Takes an invoice back that was not signed for. Its number stays used.
pub async fn withdraw(
    store: &Store,
    context: &Context,
    key: Option<&str>,
    id: PartnerInvoiceId,
) -> Result<PartnerInvoiceId> {
    let write = match Write::begin(store, context, "partnerInvoiceWithdraw", key, &id).await? {
        Begun::Replay(id) => return Ok(id),
        Begun::Fresh(write) => write,
    };
    let orm = write.tx().orm();
    let missing = || Refusal::at("id", Code::NotFound, id.to_string());
    let invoice = partner_invoice::Entity::find_by_id(id).one(orm).await?.ok_or_else(missing)?;
    own_request(&write, invoice.request_id, missing()).await?;
    let sql = "UPDATE partner_invoice SET state = 'WITHDRAWN', version = version + 1 WHERE id = $1 AND state = 'REGISTERED'";
    if exec(orm, sql, [id.0.into()]).await?.rows_affected() == 0 {
        return Err(Refusal::at("id", Code::WrongState, invoice.state.name()).into());
    }
    write.finish(store, &id.to_string(), None, &id, &id).await?;
    Ok(id)
}
