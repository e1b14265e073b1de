//! The permission table and the schema are the same list, and the table decides.

use std::collections::BTreeSet;

use async_graphql::parser::types::BaseType;
use domain::kernel::permission;
use domain::{Actor, Lang, Role};
use serde_json::json;
use tests::db::{Backend, TestDatabase};

use crate::api::walk::fields_of;
use crate::api::{TestApi, code, member_of, operator, user_of, world};

#[tokio::test]
async fn every_root_field_has_one_row_in_the_permission_table_and_every_row_a_field() {
    let mut fields = BTreeSet::new();
    for root in ["Query", "Mutation", "Subscription"] {
        fields.extend(fields_of(root).await.into_iter().map(|field| format!("{root}.{field}")));
    }
    let rows: BTreeSet<String> = permission::TABLE.iter().map(|(field, _)| (*field).to_owned()).collect();
    assert_eq!(fields, rows);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_persona_is_refused_exactly_the_root_fields_the_table_refuses() {
    let api = TestApi::over(TestDatabase::fresh(Backend::Sqlite).await.unwrap()).await;
    let world = world(&api).await;
    let personas: Vec<Actor> = vec![
        operator(&[Role::Operations]),
        operator(&[Role::Finance]),
        operator(&[Role::OpportunityReviewer]),
        operator(&[Role::Administrator]),
        operator(&[]),
        member_of(&world.reseller),
        user_of(&world.customer),
    ];
    for (document, field) in documents() {
        for persona in &personas {
            let request = api.request(persona, Lang::En, &document, json!({}));
            let response = first(&api, request).await;
            let refused = code(&response).as_deref() == Some("FORBIDDEN");
            let allowed = permission::allows(persona, &field);
            assert_eq!(refused, !allowed, "{field} for {:?}: {:?}", persona.principal, response.errors);
            let internal = code(&response).as_deref() == Some("INTERNAL");
            assert!(!internal, "{field} for {:?}: {:?}", persona.principal, response.errors);
        }
    }
}

#[tokio::test]
async fn nobody_is_unauthenticated() {
    let api = TestApi::over(TestDatabase::fresh(Backend::Sqlite).await.unwrap()).await;
    let response = api.schema().execute("{ viewer { subject } }".into()).await;
    assert_eq!(code(&response).as_deref(), Some("UNAUTHENTICATED"));
}

/// The first answer: a subscription that has nothing to say ends without one.
async fn first(api: &TestApi, request: async_graphql::Request) -> async_graphql::Response {
    use futures_util::{FutureExt, StreamExt};
    let silent = request.query.starts_with("subscription");
    let mut answers = api.schema().stream(request);
    if silent {
        // Who is refused is told at once; others may wait for ever.
        return answers.next().now_or_never().flatten().unwrap_or_default();
    }
    answers.next().await.unwrap_or_default()
}

/// A document for each root field, made from the schema: required arguments get any value of their type.
fn documents() -> Vec<(String, String)> {
    use async_graphql::parser::parse_schema;
    use async_graphql::parser::types::{TypeKind, TypeSystemDefinition};
    let document = parse_schema(api::graphql::sdl()).unwrap();
    let types: Vec<_> = document
        .definitions
        .into_iter()
        .filter_map(|definition| match definition {
            TypeSystemDefinition::Type(of) => Some(of.node),
            _ => None,
        })
        .collect();
    let kind = |name: &str| types.iter().find(|t| t.name.node == *name).map(|t| &t.kind);
    fn value(of: &async_graphql::parser::types::Type, kind: &dyn Fn(&str) -> Option<TypeKind>) -> String {
        let name = match &of.base {
            BaseType::List(_) => return "[]".into(),
            BaseType::Named(name) => name.as_str(),
        };
        match kind(name) {
            Some(TypeKind::Enum(of)) => of.values[0].node.value.node.to_string(),
            Some(TypeKind::InputObject(of)) => {
                let fields =
                    of.fields.iter().filter(|f| !f.node.ty.node.nullable && f.node.default_value.is_none());
                let fields: Vec<_> = fields
                    .map(|f| format!("{}: {}", f.node.name.node, value(&f.node.ty.node, kind)))
                    .collect();
                format!("{{{}}}", fields.join(", "))
            }
            _ => match name {
                "Int" => "1".into(),
                "Boolean" => "true".into(),
                "Month" => "\"2026-08\"".into(),
                "CurrencyCode" => "\"CNY\"".into(),
                "Decimal" => "\"1\"".into(),
                "Date" => "\"2026-08-01\"".into(),
                _ => "\"nothing\"".into(),
            },
        }
    }
    let owned = |name: &str| kind(name).cloned();
    let mut documents = Vec::new();
    for (root, verb) in [("Query", "query"), ("Mutation", "mutation"), ("Subscription", "subscription")] {
        let Some(TypeKind::Object(of)) = kind(root) else { panic!("no {root}") };
        for field in &of.fields {
            let required = field
                .node
                .arguments
                .iter()
                .filter(|a| !a.node.ty.node.nullable && a.node.default_value.is_none());
            let arguments: Vec<_> = required
                .map(|a| format!("{}: {}", a.node.name.node, value(&a.node.ty.node, &owned)))
                .collect();
            let arguments =
                if arguments.is_empty() { String::new() } else { format!("({})", arguments.join(", ")) };
            let name = &field.node.name.node;
            documents
                .push((format!("{verb} {{ {name}{arguments} {{ __typename }} }}"), format!("{root}.{name}")));
        }
    }
    documents
}
