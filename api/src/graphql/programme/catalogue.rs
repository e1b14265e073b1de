//! The catalogue of refusals.

use domain::{Code, Lang};

use crate::graphql::schema::choice::Choice;
use crate::graphql::schema::list::Queries;
use crate::graphql::schema::object::{Object, Shown};

impl Shown for Code {
    const NAME: &'static str = "ErrorCatalogueEntry";

    fn object() -> Object<Self> {
        Object::<Self>::new("A refusal of the closed list with its messages.")
            .field("code", "The refusal's code; stable.", |code| Choice(*code))
            .field("cbcCode", "Its code in the vendor's catalogue; null where it has none.", |code| {
                code.cbc()
            })
            .field("messageEn", "The English message; {} stands for the detail.", |code| {
                code.template(Lang::En)
            })
            .field("messageZhCn", "The Chinese message; {} stands for the detail.", |code| {
                code.template(Lang::ZhCn)
            })
    }
}

/// Adds the query about refusals.
pub(super) fn query(root: Object<Queries>) -> Object<Queries> {
    root.objects("errorCatalogue", "Every refusal a mutation can answer with, in both languages.", |_| {
        Code::ALL.to_vec()
    })
}
