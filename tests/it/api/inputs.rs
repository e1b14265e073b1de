//! Documents of every mutation with everything its input takes, made from the schema.

use std::collections::HashMap;

use async_graphql::parser::parse_schema;
use async_graphql::parser::types::{BaseType, Type, TypeKind, TypeSystemDefinition};

/// Inputs of inputs of inputs: as deep as those of mutations go, filters aside.
const DEPTH: usize = 4;

type Kinds = HashMap<String, TypeKind>;

fn kinds() -> Kinds {
    let document = parse_schema(api::graphql::sdl()).unwrap();
    let named = document.definitions.into_iter().filter_map(|definition| match definition {
        TypeSystemDefinition::Type(of) => Some((of.node.name.node.to_string(), of.node.kind)),
        _ => None,
    });
    named.collect()
}

/// Some value of a type; a list has one item.
fn value(of: &Type, kinds: &Kinds, depth: usize) -> Option<String> {
    let name = match &of.base {
        BaseType::List(of) => {
            return Some(match value(of, kinds, depth) {
                Some(item) => format!("[{item}]"),
                None => "[]".into(),
            });
        }
        BaseType::Named(name) => name.as_str(),
    };
    Some(match kinds.get(name) {
        Some(TypeKind::Enum(of)) => of.values[0].node.value.node.to_string(),
        Some(TypeKind::InputObject(of)) => {
            if depth == 0 || name.ends_with("Filter") {
                return None;
            }
            let field = |f: &async_graphql::parser::types::InputValueDefinition| {
                value(&f.ty.node, kinds, depth - 1).map(|value| format!("{}: {value}", f.name.node))
            };
            let fields: Vec<_> = of.fields.iter().filter_map(|f| field(&f.node)).collect();
            format!("{{{}}}", fields.join(", "))
        }
        _ => match name {
            "Int" => "1".into(),
            "Boolean" => "true".into(),
            "Month" => "\"2026-08\"".into(),
            "CurrencyCode" => "\"CNY\"".into(),
            "Decimal" | "BigInt" => "\"1\"".into(),
            "Date" => "\"2026-08-01\"".into(),
            "DateTime" => "\"2026-08-01T00:00:00Z\"".into(),
            _ => "\"nothing\"".into(),
        },
    })
}

/// A document for each mutation that selects `selection` of its payload, and the mutation's name.
pub(crate) fn full_documents(selection: &str) -> Vec<(String, String)> {
    let kinds = kinds();
    let Some(TypeKind::Object(of)) = kinds.get("Mutation") else { panic!("no mutations") };
    let document = |field: &async_graphql::parser::types::FieldDefinition| {
        let name = field.name.node.to_string();
        let input = value(&field.arguments[0].node.ty.node, &kinds, DEPTH).unwrap();
        (format!("mutation {{ {name}(input: {input}) {{ {selection} }} }}"), name)
    };
    of.fields.iter().map(|field| document(&field.node)).collect()
}
