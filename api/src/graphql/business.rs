//! Business information of partners.

use async_graphql::{Context, ID, InputObject, Object, Result};
use domain::money::payment::business::{self, SetBusiness, masked};
use entity::{PartnerId, business_information};

use super::caller::{root, store, write_context};
use super::checks::Checks;
use super::partner::Partner;
use super::payment_enums::Certification;
use super::scalars::DateTime;
use super::user_error::payload;

/// Business information.
pub struct BusinessInformation(business_information::Model);

impl From<business_information::Model> for BusinessInformation {
    fn from(row: business_information::Model) -> Self {
        Self(row)
    }
}

/// What is known of a partner's business. While it is not certified, nothing is billed or paid.
#[Object]
impl BusinessInformation {
    /// Where it stands.
    async fn certification(&self) -> Certification {
        self.0.certification.into()
    }

    /// Why it stands there.
    async fn reason(&self) -> Option<&str> {
        self.0.reason.as_deref()
    }

    /// Name of the company, as invoices bear it.
    async fn legal_name(&self) -> &str {
        &self.0.legal_name
    }

    /// Taxpayer number, as invoices bear it.
    async fn taxpayer_no(&self) -> &str {
        &self.0.taxpayer_no
    }

    /// Where money goes; only its end can be read.
    async fn bank_account(&self) -> String {
        masked(&self.0.bank_account)
    }

    /// Where mail goes; empty for none.
    async fn email(&self) -> &str {
        &self.0.email
    }

    /// The language of mail: en or zh-CN.
    async fn language(&self) -> &str {
        &self.0.language
    }

    /// When it changed last.
    async fn changed_at(&self) -> DateTime {
        DateTime(self.0.changed_at)
    }

    /// Grows with every change; the expectedVersion of the next one.
    async fn version(&self) -> i32 {
        self.0.version
    }
}

/// Business information as it shall be.
#[derive(InputObject)]
pub struct BusinessInformationSetInput {
    /// The same key with the same input gives the same answer again.
    idempotency_key: ID,
    /// The partner.
    partner_id: ID,
    /// The version you saw; 0 if there is none yet.
    expected_version: i32,
    /// Where it stands.
    certification: Certification,
    /// Why it stands there.
    reason: Option<String>,
    /// Name of the company, as invoices bear it.
    #[graphql(default)]
    legal_name: String,
    /// Taxpayer number, as invoices bear it.
    #[graphql(default)]
    taxpayer_no: String,
    /// Where money goes.
    #[graphql(default)]
    bank_account: String,
    /// Where mail goes; empty for none.
    #[graphql(default)]
    email: String,
    /// The language of mail: en or zh-CN.
    #[graphql(default_with = "\"zh-CN\".to_owned()")]
    language: String,
}

payload! {
    /// What came of it.
    BusinessInformationSetPayload {
        /// The partner as it is now.
        partner: Partner
    }
}

/// Changes of business information.
#[derive(Default)]
pub struct BusinessMutation;

#[Object(guard = "root(\"Mutation\")")]
impl BusinessMutation {
    /// Sets what is known of a partner's business, and whether it is certified.
    async fn business_information_set(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Business information as it shall be.")] input: BusinessInformationSetInput,
    ) -> Result<BusinessInformationSetPayload> {
        let mut checks = Checks::default();
        let partner_id: PartnerId = checks.id("partnerId", &input.partner_id);
        let set = SetBusiness {
            partner_id,
            expected_version: input.expected_version,
            certification: input.certification.into(),
            reason: input.reason,
            legal_name: input.legal_name,
            taxpayer_no: input.taxpayer_no,
            bank_account: input.bank_account,
            email: input.email,
            language: input.language,
        };
        let result = match checks.done() {
            Err(refused) => Err(refused),
            Ok(()) => {
                business::set(store(ctx)?, &write_context(ctx)?, Some(&input.idempotency_key), set).await
            }
        };
        BusinessInformationSetPayload::of(ctx, result, Some(&input.partner_id)).await
    }
}
