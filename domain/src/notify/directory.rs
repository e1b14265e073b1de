//! Addresses of the vendor's own people, and the parts that every message carries.

use entity::MessageAudience;

use crate::kernel::lang::Lang;

/// The host in a `Message-ID` where no sender is known.
const NO_HOST: &str = "partner-center.invalid";

/// Settings of mail, as the configuration gives them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Directory {
    /// Addresses of vendor operations.
    pub operations: Vec<String>,
    /// Addresses of vendor finance.
    pub finance: Vec<String>,
    /// The language of the vendor's own people.
    pub language: Lang,
    /// Base URL of the pages that messages point to, without a slash at its end; no links without it.
    pub link_base: Option<String>,
    /// The sender's address, whose host stands in each `Message-ID`.
    pub sender: Option<String>,
    /// There is something to send by.
    pub sends: bool,
}

impl Directory {
    /// The addresses of an audience of the vendor's own people. Approvers and reviewers without an address of their own are
    /// told by way of operations.
    #[must_use]
    pub fn of(&self, audience: MessageAudience) -> &[String] {
        match audience {
            MessageAudience::Operations | MessageAudience::Approver | MessageAudience::Reviewer => {
                &self.operations
            }
            MessageAudience::Finance => &self.finance,
            MessageAudience::Partner => &[],
        }
    }

    /// The `Message-ID` of the message with this id: the same for every attempt, so that a receiver can tell a message
    /// that came twice.
    #[must_use]
    pub fn message_id(&self, id: entity::MessageId) -> String {
        let host = self.sender.as_deref().and_then(|sender| sender.rsplit_once('@'));
        let host = host.map_or(NO_HOST, |(_, host)| host.trim_end_matches('>'));
        format!("<{id}@{host}>")
    }
}
