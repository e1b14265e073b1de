//! What is shown of imports of bill files.

use domain::reading::Key;
use domain::reading::Order;
use domain::reading::performance::import;
use entity::{ImportFile, ImportId, ImportMode, bill_import};

use super::receipt::{Progress, Receipt};
use crate::graphql::schema::choice::Choice;
use crate::graphql::schema::comparators::{DateTimeFilter, StringFilter};
use crate::graphql::schema::connection::Paged;
use crate::graphql::schema::enums::ImportStateFilter;
use crate::graphql::schema::filter::Filter;
use crate::graphql::schema::list::{List, Listable, Queries};
use crate::graphql::schema::object::{Object, Shown};
use crate::graphql::schema::order::OrderBy;
use crate::graphql::schema::scalars::BigInt;

impl Shown for bill_import::Model {
    const NAME: &'static str = "Import";

    fn object() -> Object<Self> {
        let object = Object::<Self>::new("An import of a bill file, from its creation to its receipt.")
            .node(|import| import.id)
            .text("fileName", "Name of the file, for people.", |import| &import.file_name)
            .objects(
                "files",
                "The files of an import of several, as they were read; empty for one.",
                |import| import.files.0.iter().cloned().map(File).collect(),
            )
            .field("settled", "Whether what the file bills is paid.", |import| import.settled)
            .field("replace", "Whether the file is the whole truth for its accounts and months.", |import| {
                import.mode != ImportMode::Add
            })
            .field("dryRun", "Whether nothing is written, and the receipt says what would be.", |import| {
                import.mode == ImportMode::ReplaceDry
            })
            .maybe_text("lineIdColumn", "The column that holds the provider's own id of a line.", |import| {
                import.line_id.as_deref()
            })
            .text("nativeProvider", "Provider of native rows that name none.", |import| {
                &import.native_provider
            })
            .maybe_text(
                "format",
                "The format the file turned out to have, e.g. \"FOCUS 1.0 CSV\"; null until it was read.",
                |import| import.format.as_deref(),
            )
            .field("state", "The state of the import.", |import| Choice(import.state))
            .object("progress", "The bytes and rows it has dealt with so far.", Progress::of)
            .object(
                "receipt",
                "Counts what came of every row so far, and sums what the rows were worth.",
                |import| Receipt(import.clone()),
            )
            .below_in_order(
                "rejects",
                "The rows that were not taken in, in the order of the file.",
                ("import_id", |import| import.id.0),
                |env| import::rejects(env.scope),
                || Order { name: "rejects".into(), keys: vec![Key::int("line_no")], descending: false },
            );
        ending(object)
    }
}

/// One of the files of an import.
struct File(ImportFile);

impl Shown for File {
    const NAME: &'static str = "ImportFile";

    fn object() -> Object<Self> {
        Object::<Self>::new("One of the files of an import.")
            .text("name", "Its name.", |file| &file.0.name)
            .field(
                "linesBefore",
                "Lines of the files before it: line numbers of the import are counted on.",
                |file| BigInt(file.0.lines_before),
            )
    }
}

/// Adds what is known once it ended, and who began it.
fn ending(object: Object<bill_import::Model>) -> Object<bill_import::Model> {
    object
        .field(
            "rejectsDownloadUrl",
            "The address from which the rejected rows can be downloaded as CSV, relative to the API's own; null if \
             there are none. The same bearer token opens it.",
            |import| (import.rows_rejected > 0).then(|| format!("/imports/{}/rejects.csv", import.id)),
        )
        .maybe_text("errorCode", "The reason why it failed, a stable code; null unless it did.", |import| {
            import.error_code.as_deref()
        })
        .maybe_text(
            "errorDetail",
            "The reason why it failed, in words; null for a failure on our side, which the log explains.",
            |import| {
                let internal = import.error_code.as_deref() == Some("INTERNAL");
                import.error_detail.as_deref().filter(|_| !internal)
            },
        )
        .text("createdBy", "The name in the token of whoever made it.", |import| &import.created_by)
        .field("createdAt", "The instant at which it was created.", |import| import.created_at)
        .field("finishedAt", "The instant at which it ended; null until then.", |import| import.finished_at)
}

impl Paged for bill_import::Model {
    const PAGE: &'static str = "A page of imports.";
    const EDGE: &'static str = "An import with its cursor.";
}

impl Listable for bill_import::Model {
    fn list() -> List {
        List {
            filter: Filter::new("ImportFilter", "Conditions on imports.")
                .by("state", "By state.", |f: &ImportStateFilter| f.on("state"))
                .by("fileName", "By name of the file.", |f: &StringFilter| f.on("file_name"))
                .by("createdAt", "By the instant of creation.", |f: &DateTimeFilter| f.on("created_at")),
            order: OrderBy::new("imports", "ImportOrder", "The order of imports.")
                .by("CREATED_AT", "The instant of creation.", [Key::int("created_at"), Key::int("id")])
                .descending(),
        }
    }
}

/// Adds the queries about imports.
pub(super) fn query(root: Object<Queries>) -> Object<Queries> {
    root.find::<ImportId, _>("import", "An import by id; null if the caller sees none.", "The import's id.")
        .list("imports", "The imports, newest first.", |env| import::list(env.scope))
}
