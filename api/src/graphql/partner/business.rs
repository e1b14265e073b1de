//! Business information of partners.

use async_graphql::{ID, InputObject};
use domain::money::payment::business::{self, SetBusiness, masked};
use entity::{BusinessId, PartnerId, business_information};

use crate::graphql::schema::change::{Change, Changed};
use crate::graphql::schema::checks::Checks;
use crate::graphql::schema::choice::Choice;
use crate::graphql::schema::enums::Certification;
use crate::graphql::schema::env::Env;
use crate::graphql::schema::object::{Object, Shown};

impl Shown for business_information::Model {
    const NAME: &'static str = "BusinessInformation";

    fn object() -> Object<Self> {
        Object::<Self>::new(
            "What is known of a partner's business. While it is not certified, nothing is billed or paid.",
        )
        .node(|business| BusinessId(business.partner_id.0))
        .field("certification", "The state of its certification.", |business| Choice(business.certification))
        .maybe_text("reason", "The reason for that state; null if none was given.", |business| {
            business.reason.as_deref()
        })
        .text("legalName", "Name of the company, as invoices bear it.", |business| &business.legal_name)
        .text("taxpayerNo", "Taxpayer number, as invoices bear it.", |business| &business.taxpayer_no)
        .field("bankAccount", "The account that money goes to; only its end can be read.", |business| {
            masked(&business.bank_account)
        })
        .text("email", "The address that mail goes to; empty for none.", |business| &business.email)
        .text("language", "The language of mail: en or zh-CN.", |business| &business.language)
        .field("changedAt", "The instant of its last change.", |business| business.changed_at)
        .field(
            "version",
            "Grows with every change; the expectedVersion of the next one.",
            |business| business.version,
        )
    }
}

/// Business information as it shall be.
#[derive(InputObject)]
pub(crate) struct BusinessInformationSetInput {
    /// The same key with the same input gives the same answer again.
    idempotency_key: ID,
    /// The partner whose business it is.
    partner_id: ID,
    /// The version you saw; 0 if there is none yet.
    expected_version: i32,
    /// The state of its certification.
    certification: Certification,
    /// The reason for that state.
    reason: Option<String>,
    /// Name of the company, as invoices bear it; left out, it stays.
    legal_name: Option<String>,
    /// Taxpayer number, as invoices bear it; left out, it stays.
    taxpayer_no: Option<String>,
    /// The account that money goes to, written out; left out, it stays. Another account than the certified one takes the
    /// certification away, and somebody else has to certify it.
    bank_account: Option<String>,
    /// The address that mail goes to, empty for none; left out, it stays.
    email: Option<String>,
    /// The language of mail, en or zh-CN; left out, it stays, and is zh-CN at first.
    language: Option<String>,
}

impl Change for BusinessInformationSetInput {
    type Gives = PartnerId;
    const NAME: &'static str = "businessInformationSet";
    const DOC: &'static str = "Sets what is known of a partner's business, and whether it is certified. What is left out stays as it is.";
    const INPUT: &'static str = "Business information as it shall be.";

    fn payload(fields: Object<Changed<Self>>) -> Object<Changed<Self>> {
        fields.one("partner", "The partner as it is now.", |changed| changed.done)
    }

    fn edited(&self) -> Option<ID> {
        let partner: PartnerId = self.partner_id.parse().ok()?;
        Some(ID::from(BusinessId(partner.0).to_string()))
    }

    async fn change(self, env: &Env) -> domain::Result<PartnerId> {
        let mut checks = Checks::default();
        let partner_id = checks.id("partnerId", &self.partner_id);
        checks.done()?;
        let set = SetBusiness {
            partner_id,
            expected_version: self.expected_version,
            certification: self.certification.0,
            reason: self.reason,
            legal_name: self.legal_name,
            taxpayer_no: self.taxpayer_no,
            bank_account: self.bank_account,
            email: self.email,
            language: self.language,
        };
        business::set(&env.store, &env.context(), Some(&self.idempotency_key), set).await
    }
}
