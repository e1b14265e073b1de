//! Documents that were read, limited and validated, kept by their text.
//!
//! Validation is the strict one of `apollo-compiler`, against the exported schema: the executor's own
//! rules miss what the specification forbids.

use std::sync::{Arc, Mutex, PoisonError};

use apollo_compiler::ast::{self, Definition, Selection};
use apollo_compiler::parser::Parser;
use apollo_compiler::response::GraphQLError;
use apollo_compiler::validation::{DiagnosticList, Valid};
use apollo_compiler::{ExecutableDocument, Name, Schema};
use async_graphql::Pos;
use async_graphql::parser::types::ExecutableDocument as Executable;

use crate::http::document::document_limits;
use crate::http::document::literals::{self, NeverNull};
use crate::http::document::scalars::ScalarCheck;
use crate::http::document::translate;
use crate::http::gate::bounded_cache::BoundedCache;
use crate::http::limits::{DOCUMENT_CACHE_MAX, DOCUMENT_MAX, ERRORS_MAX, PARSER_RECURSION_MAX};
use crate::http::refusal::{Code, Detail, Refusal};

/// Memory of a checked document per byte of its text, estimated: two trees of small nodes.
const MEMORY_PER_BYTE: usize = 48;
/// Memory of a checked document beside its text, in bytes, estimated.
const MEMORY_FIXED: usize = 2_048;

/// Longest document looked at for a caller without a token, in bytes: `query Q($id: ID!) { __typename }` and
/// its like.
const ASKS_NOTHING_MAX: usize = 512;

/// A document fit to run.
pub(crate) struct Checked {
    /// For cost, variables and the choice of the operation; without `isOneOf`.
    pub(crate) typed: Valid<ExecutableDocument>,
    /// For the executor.
    pub(crate) executable: Executable,
    /// Places at which variables that may be null must not be.
    pub(crate) never_null: Vec<NeverNull>,
}

/// Checks documents against one schema.
pub(crate) struct Documents {
    pub(crate) schema: Valid<Schema>,
    pub(crate) scalars: ScalarCheck,
    cache: Mutex<BoundedCache<Arc<str>, Arc<Checked>>>,
}

impl Documents {
    /// For the schema `sdl`; the error says what is wrong with it.
    pub(crate) fn new(sdl: &str, scalars: ScalarCheck) -> Result<Self, String> {
        let mut sdl = sdl.to_owned();
        if sdl.contains("@oneOf") && !sdl.contains("directive @oneOf") {
            sdl.push_str("\ndirective @oneOf on INPUT_OBJECT\n");
        }
        let schema = Schema::parse_and_validate(sdl, "schema.graphql").map_err(|e| e.errors.to_string())?;
        Ok(Self { schema, scalars, cache: Mutex::new(BoundedCache::new(DOCUMENT_CACHE_MAX)) })
    }

    /// The checked document of `text`. Refused documents are not kept: they must not push out good
    /// ones.
    pub(crate) fn check(&self, text: &str) -> Result<Arc<Checked>, Refusal> {
        if text.len() > DOCUMENT_MAX {
            let message = format!("The document has {} bytes, at most {DOCUMENT_MAX}.", text.len());
            return Err(Refusal::because(Code::QueryTooComplex, message));
        }
        let key: Arc<str> = text.into();
        if let Some(checked) = self.cache.lock().unwrap_or_else(PoisonError::into_inner).get(&key) {
            return Ok(checked);
        }
        let checked = Arc::new(self.check_anew(text)?);
        let bytes = text.len() * MEMORY_PER_BYTE + MEMORY_FIXED;
        let mut cache = self.cache.lock().unwrap_or_else(PoisonError::into_inner);
        cache.insert(key, checked.clone(), bytes);
        Ok(checked)
    }

    fn check_anew(&self, text: &str) -> Result<Checked, Refusal> {
        let mut parser = Parser::new().recursion_limit(PARSER_RECURSION_MAX);
        let mut document =
            parser.parse_ast(text, "document").map_err(|e| diagnosed(Code::ParseFailed, &e.errors))?;
        document_limits::check(&document)?;
        let executable = translate::for_executor(&document);
        if text.contains("isOneOf") {
            forget_is_one_of(&mut document);
        }
        let typed = document
            .to_executable_validate(&self.schema)
            .map_err(|e| diagnosed(Code::ValidationFailed, &e.errors))?;
        let never_null = literals::check(&self.schema, &typed, self.scalars)?;
        Ok(Checked { typed, executable, never_null })
    }
}

/// Whether `text` asks for nothing but `__typename` of the query: what tells that somebody is there, and
/// nothing else.
pub(crate) fn asks_nothing(text: &str) -> bool {
    let mut parser = Parser::new().recursion_limit(PARSER_RECURSION_MAX);
    if text.len() > ASKS_NOTHING_MAX {
        return false;
    }
    let Ok(document) = parser.parse_ast(text, "document") else { return false };
    document.definitions.iter().all(|definition| match definition {
        Definition::OperationDefinition(operation) => {
            operation.operation_type == ast::OperationType::Query
                && operation.selection_set.iter().all(
                    |selection| matches!(selection, Selection::Field(field) if field.name == "__typename"),
                )
        }
        _ => false,
    })
}

/// The refusal of a field that `type_name` does not have, in the validator's words.
pub(crate) fn unknown_field(document: &ExecutableDocument, type_name: &str, field: &Name) -> Refusal {
    let message = format!("Cannot query field \"{field}\" on type \"{type_name}\".");
    let locations = vec![translate::place(field.location(), &document.sources)];
    Refusal { details: vec![Detail { message, locations }], ..Code::ValidationFailed.into() }
}

fn diagnosed(code: Code, list: &DiagnosticList) -> Refusal {
    let details = list.iter().take(ERRORS_MAX).map(|d| detail(d.unstable_to_json_compat())).collect();
    Refusal { details, ..code.into() }
}

fn detail(error: GraphQLError) -> Detail {
    let locations = error.locations.iter().map(|l| Pos { line: l.line, column: l.column }).collect();
    Detail { message: error.message, locations }
}

/// The validator's built-in types do not know `__Type.isOneOf`, which GraphiQL asks for.
fn forget_is_one_of(document: &mut ast::Document) {
    for definition in &mut document.definitions {
        match definition {
            Definition::OperationDefinition(o) => forget_in(&mut o.make_mut().selection_set),
            Definition::FragmentDefinition(f) => forget_in(&mut f.make_mut().selection_set),
            _ => {}
        }
    }
}

fn forget_in(selections: &mut [Selection]) {
    for selection in selections {
        match selection {
            // Renamed, not removed: a selection set must not become empty.
            Selection::Field(field) if field.name == "isOneOf" => {
                let field = field.make_mut();
                field.alias = field.alias.take().or_else(|| Some(field.name.clone()));
                field.name = Name::new_static_unchecked("__typename");
            }
            Selection::Field(field) => forget_in(&mut field.make_mut().selection_set),
            Selection::InlineFragment(inline) => forget_in(&mut inline.make_mut().selection_set),
            Selection::FragmentSpread(_) => {}
        }
    }
}
