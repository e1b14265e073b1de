//! Rows of files that were not taken in.

use domain::source::RejectCode;
use entity::import_reject;

use crate::graphql::schema::connection::Paged;
use crate::graphql::schema::env::Env;
use crate::graphql::schema::object::{Object, Shown};
use crate::graphql::schema::scalars::BigInt;

impl Shown for import_reject::Model {
    const NAME: &'static str = "ImportReject";

    fn object() -> Object<Self> {
        Object::<Self>::new("A row of a file that was not taken in, and the reason.")
            .field(
                "lineNo",
                "CSV: the line where the row starts, the header being line 1. Parquet: the row, from 1.",
                |reject| BigInt(reject.line_no),
            )
            .maybe_text("column", "The column at fault; null for the whole row.", |reject| {
                reject.column_name.as_deref()
            })
            .text("code", "The reason; a stable code.", |reject| &reject.code)
            .said("message", "What is wrong and how to cure it, in the request's language.", message)
            .field(
                "raw",
                "The row as it stands in the file; bytes that are no text are replaced.",
                |reject| String::from_utf8_lossy(&reject.raw).into_owned(),
            )
    }
}

fn message(reject: &import_reject::Model, env: &Env) -> String {
    RejectCode::from_code(&reject.code).map_or_else(
        || reject.detail.clone(),
        |code| code.message(env.lang(), reject.column_name.as_deref(), &reject.detail),
    )
}

impl Paged for import_reject::Model {
    const PAGE: &'static str = "A page of rejected rows.";
    const EDGE: &'static str = "A rejected row with its cursor.";
}
