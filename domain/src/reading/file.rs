//! Stored files.

use entity::{FilePurpose, stored_file};

use crate::kernel::actor::Actor;
use crate::kernel::permission;
use crate::kernel::scope::Scope;
use crate::reading::list::listing::Listing;
use crate::reading::list::predicate::Predicate;

/// The field by which that can be queried which files of each purpose belong to: whoever may query that may see them, and nobody else.
const BELONGS: [(FilePurpose, &str); 4] = [
    (FilePurpose::PartnerInvoice, "Query.partnerInvoices"),
    (FilePurpose::Export, "Query.export"),
    (FilePurpose::Feedback, "Query.billFeedback"),
    (FilePurpose::Opportunity, "Query.opportunity"),
];

/// The purposes of the files that a caller may see.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Purposes(Vec<FilePurpose>);

impl Purposes {
    /// Every purpose: for the product itself, and for whoever was given a link by somebody who sees the file.
    #[must_use]
    pub fn all() -> Self {
        Self(BELONGS.iter().map(|(purpose, _)| *purpose).collect())
    }

    /// Those of `actor`, by the permission table.
    #[must_use]
    pub fn of(actor: &Actor) -> Self {
        let may = BELONGS.iter().filter(|(_, field)| permission::allows(actor, field));
        Self(may.map(|(purpose, _)| *purpose).collect())
    }

    fn predicate(&self) -> Predicate {
        if self.0.len() == BELONGS.len() {
            return Predicate::always();
        }
        let names = self.0.iter().map(|purpose| purpose.name().into()).collect();
        Predicate::one_of("stored_file.purpose", names)
    }
}

/// The files a caller sees, of what it may query: the vendor's staff all, a partner its own and what is attached to its
/// opportunities.
#[must_use]
pub fn list(scope: Scope, purposes: &Purposes) -> Listing<stored_file::Model> {
    let own = Predicate::from(scope.bills("stored_file.partner_id", 1));
    let seen = match scope {
        Scope::Partner(..) => Predicate::any([own, crate::reading::opportunity::rows::attached(scope)]),
        Scope::All | Scope::Customer(_) => own,
    };
    Listing::of("stored_file", seen.and(purposes.predicate()))
}

#[cfg(test)]
mod tests {
    use entity::Listed;

    use super::*;
    use crate::kernel::actor::{Principal, Role};

    #[test]
    fn every_purpose_belongs_to_something_that_can_be_queried() {
        for (purpose, name, _) in FilePurpose::VALUES {
            let field = BELONGS.iter().find(|(of, _)| of == purpose).map(|(_, field)| *field);
            assert!(
                field.is_some_and(|field| permission::TABLE.iter().any(|(row, _)| *row == field)),
                "{name}"
            );
        }
    }

    #[test]
    fn a_reviewer_of_opportunities_sees_no_exports() {
        let of = |role| {
            let principal = Principal::Operator { roles: vec![role] };
            Purposes::of(&Actor { subject: "op".into(), principal })
        };
        assert_eq!(of(Role::Finance), Purposes::all());
        assert!(!of(Role::OpportunityReviewer).0.contains(&FilePurpose::Export));
    }
}
