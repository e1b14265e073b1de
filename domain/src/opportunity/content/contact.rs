//! PURE. The person to talk to at the customer, as each reader may see it: a person's data, shown to who
//! needs it, masked for everybody else, and not at all where the side that entered it hides it. Whom to talk
//! to at the customer, as each reader may see it: a person's data, shown to who needs it, masked for
//! everybody else, and not at all where the side that entered it hides it. (part B 12 of the domain; the
//! masks are those of the vendor's portal, who needs it is our own choice)

use entity::{OpportunityKind, OpportunitySide, OpportunityState, opportunity};

use crate::kernel::actor::{Actor, Principal, Role};
use crate::kernel::machine::Machine;
use crate::opportunity::state::machine::Opportunities;
use crate::opportunity::{masks, state::machine};

/// Share of a person's data that a reader sees.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shown {
    /// The person, with every way to reach it.
    Full,
    /// Enough to recognise the person by, not to reach it.
    Masked,
    /// Nothing of the person.
    Hidden,
}

/// Capacity in which somebody reads an opportunity.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reader<'a> {
    /// The partner of the opportunity.
    Partner,
    /// Somebody of the vendor's operations, by name.
    Works(&'a str),
    /// Somebody of the vendor who reviews opportunities, by name.
    Reviews(&'a str),
    /// Somebody else of the vendor, and the product itself.
    Looks,
}

impl<'a> Reader<'a> {
    /// The capacity of `actor` for an opportunity that it sees.
    #[must_use]
    pub fn of(actor: &'a Actor) -> Self {
        match &actor.principal {
            Principal::Partner { .. } => Self::Partner,
            Principal::Operator { .. } if actor.has_role(Role::Operations) => Self::Works(&actor.subject),
            Principal::Operator { .. } if !Opportunities::parties(actor, None).is_empty() => {
                Self::Reviews(&actor.subject)
            }
            Principal::Operator { .. } | Principal::Customer { .. } | Principal::System => Self::Looks,
        }
    }

    const fn side(self) -> OpportunitySide {
        match self {
            Self::Partner => OpportunitySide::Partner,
            Self::Works(_) | Self::Reviews(_) | Self::Looks => OpportunitySide::Vendor,
        }
    }
}

/// Facts about an opportunity that decide who sees its contact.
#[derive(Clone, Copy, Debug)]
pub struct Standing<'a> {
    /// Kind of the opportunity: the side that shares it entered the person.
    pub kind: OpportunityKind,
    /// State of the opportunity.
    pub state: OpportunityState,
    /// The partner hides the person from the vendor.
    pub hidden_by_partner: bool,
    /// The vendor hides the person from the partner.
    pub hidden_by_vendor: bool,
    /// The reviewer who works on it.
    pub claimed_by: Option<&'a str>,
}

impl<'a> From<&'a opportunity::Model> for Standing<'a> {
    fn from(row: &'a opportunity::Model) -> Self {
        Self {
            kind: row.kind,
            state: row.state,
            hidden_by_partner: row.contact_hidden_by_partner,
            hidden_by_vendor: row.contact_hidden_by_vendor,
            claimed_by: row.claimed_by.as_deref(),
        }
    }
}

/// The side that entered the person: who shares the opportunity. It alone hides it.
#[must_use]
pub const fn entered_by(kind: OpportunityKind) -> OpportunitySide {
    match kind {
        OpportunityKind::Po => OpportunitySide::Partner,
        OpportunityKind::Ho => OpportunitySide::Vendor,
    }
}

/// Whether the side that entered the person hides it from `side`.
fn hidden_from(standing: Standing<'_>, side: OpportunitySide) -> bool {
    let theirs = entered_by(standing.kind);
    let hidden = match theirs {
        OpportunitySide::Partner => standing.hidden_by_partner,
        OpportunitySide::Vendor => standing.hidden_by_vendor,
    };
    side != theirs && hidden
}

/// The same of an opportunity: who does not see the person does not change it either.
#[must_use]
pub fn is_hidden_from(row: &opportunity::Model, side: OpportunitySide) -> bool {
    hidden_from(row.into(), side)
}

/// The share of the person's data that `reader` sees.
#[must_use]
pub fn shown(standing: Standing<'_>, reader: Reader<'_>) -> Shown {
    let (mine, theirs) = (reader.side(), entered_by(standing.kind));
    if hidden_from(standing, mine) {
        return Shown::Hidden;
    }
    let together = machine::owes_progress(standing.state);
    let reviewed = matches!(standing.state, OpportunityState::InReview | OpportunityState::Verifying);
    let needs = match reader {
        Reader::Partner => mine == theirs || together,
        Reader::Works(name) => mine == theirs || together || (reviewed && standing.claimed_by == Some(name)),
        Reader::Reviews(name) => {
            mine == theirs || ((together || reviewed) && standing.claimed_by == Some(name))
        }
        Reader::Looks => false,
    };
    if needs { Shown::Full } else { Shown::Masked }
}

/// A contact as one reader sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contact {
    /// Share of the person's data that is in the other fields.
    pub shown: Shown,
    /// Name of the person, perhaps masked; none if hidden or not given.
    pub name: Option<String>,
    /// Job title of the person; not masked, since many have it.
    pub title: Option<String>,
    /// Phone number, perhaps masked; none if hidden or not given.
    pub phone: Option<String>,
    /// Mail address, perhaps masked; none if hidden or not given.
    pub email: Option<String>,
}

/// The contact of an opportunity as `reader` sees it. An empty text is nothing.
#[must_use]
pub fn contact(row: &opportunity::Model, reader: Reader<'_>) -> Contact {
    let shown = shown(row.into(), reader);
    let texts = [&row.contact_name, &row.contact_title, &row.contact_phone, &row.contact_email];
    let [name, title, phone, email] = texts.map(String::as_str);
    of_texts(shown, [name, title, phone, email])
}

/// Name, title, phone and e-mail, as much of them as is shown.
#[must_use]
pub fn of_texts(shown: Shown, [name, title, phone, email]: [&str; 4]) -> Contact {
    let seen = |text: &str, mask: fn(&str) -> String| match shown {
        Shown::Hidden => None,
        _ if text.is_empty() => None,
        Shown::Full => Some(text.to_owned()),
        Shown::Masked => Some(mask(text)),
    };
    Contact {
        shown,
        name: seen(name, masks::name),
        title: seen(title, str::to_owned),
        phone: seen(phone, masks::phone),
        email: seen(email, masks::email),
    }
}

#[cfg(test)]
mod tests;
