//! A checked document in the executor's form. PURE.
//!
//! The executor's own parser refuses what the specification allows (`"\u{1F600}"`, surrogate pairs), so a
//! document is parsed once, by the strict parser, and its tree is written out anew for the executor.

use std::collections::HashMap;

use apollo_compiler::ast::{self, Definition};
use apollo_compiler::parser::{SourceMap, SourceSpan};
use apollo_compiler::{Name as SourceName, Node};
use async_graphql::parser::types::{
    BaseType, Directive, DocumentOperations, ExecutableDocument, Field, FragmentDefinition, FragmentSpread,
    InlineFragment, OperationDefinition, OperationType, Selection, SelectionSet, Type, TypeCondition,
    VariableDefinition,
};
use async_graphql::{Name, Pos, Positioned};
use async_graphql_value::{ConstValue, Number, Value};

/// The line and column of `span`; the beginning of the document for what has no place.
pub(crate) fn place(span: Option<SourceSpan>, sources: &SourceMap) -> Pos {
    let range = span.and_then(|span| span.line_column_range(sources));
    range.map_or(Pos { line: 1, column: 1 }, |range| Pos {
        line: range.start.line,
        column: range.start.column,
    })
}

/// The executor's document. Only for documents that were validated: of two definitions under one name one
/// would be lost.
pub(crate) fn for_executor(document: &ast::Document) -> ExecutableDocument {
    let translation = Translation { sources: &document.sources };
    let mut anonymous = None;
    let mut named = HashMap::new();
    let mut fragments = HashMap::new();
    for definition in &document.definitions {
        match definition {
            Definition::OperationDefinition(operation) => {
                let translated = translation.operation(operation);
                match &operation.name {
                    Some(name) => drop(named.insert(Name::new(name.as_str()), translated)),
                    None => anonymous = Some(translated),
                }
            }
            Definition::FragmentDefinition(fragment) => {
                fragments.insert(Name::new(fragment.name.as_str()), translation.fragment(fragment));
            }
            _ => {}
        }
    }
    let operations = anonymous.map_or(DocumentOperations::Multiple(named), DocumentOperations::Single);
    ExecutableDocument { operations, fragments }
}

/// A literal as the executor's scalars read it. A variable inside reads as null.
pub(crate) fn constant(value: &ast::Value) -> ConstValue {
    literal(value).into_const_with(|_| Ok::<_, ()>(ConstValue::Null)).unwrap_or_default()
}

struct Translation<'d> {
    sources: &'d SourceMap,
}

impl Translation<'_> {
    fn at<T>(&self, span: Option<SourceSpan>, node: T) -> Positioned<T> {
        Positioned::new(node, place(span, self.sources))
    }

    fn name(&self, name: &SourceName) -> Positioned<Name> {
        self.at(name.location(), Name::new(name.as_str()))
    }

    fn operation(&self, operation: &Node<ast::OperationDefinition>) -> Positioned<OperationDefinition> {
        let ty = match operation.operation_type {
            ast::OperationType::Query => OperationType::Query,
            ast::OperationType::Mutation => OperationType::Mutation,
            ast::OperationType::Subscription => OperationType::Subscription,
        };
        let definition = OperationDefinition {
            ty,
            variable_definitions: operation.variables.iter().map(|v| self.variable(v)).collect(),
            directives: self.directives(&operation.directives),
            selection_set: self.selections(operation.location(), &operation.selection_set),
        };
        self.at(operation.location(), definition)
    }

    fn fragment(&self, fragment: &Node<ast::FragmentDefinition>) -> Positioned<FragmentDefinition> {
        let definition = FragmentDefinition {
            type_condition: self.condition(&fragment.type_condition),
            directives: self.directives(&fragment.directives),
            selection_set: self.selections(fragment.location(), &fragment.selection_set),
        };
        self.at(fragment.location(), definition)
    }

    fn condition(&self, on: &SourceName) -> Positioned<TypeCondition> {
        self.at(on.location(), TypeCondition { on: self.name(on) })
    }

    fn variable(&self, variable: &Node<ast::VariableDefinition>) -> Positioned<VariableDefinition> {
        let default = variable.default_value.as_ref();
        let definition = VariableDefinition {
            name: self.name(&variable.name),
            var_type: self.at(variable.ty.location(), ty(&variable.ty)),
            directives: self.directives(&variable.directives),
            default_value: default.map(|value| self.at(value.location(), constant(value))),
        };
        self.at(variable.location(), definition)
    }

    fn directives(&self, list: &ast::DirectiveList) -> Vec<Positioned<Directive>> {
        let translate = |directive: &Node<ast::Directive>| {
            let node = Directive {
                name: self.name(&directive.name),
                arguments: self.arguments(&directive.arguments),
            };
            self.at(directive.location(), node)
        };
        list.iter().map(translate).collect()
    }

    fn arguments(&self, list: &[Node<ast::Argument>]) -> Vec<(Positioned<Name>, Positioned<Value>)> {
        let translate = |argument: &Node<ast::Argument>| {
            (self.name(&argument.name), self.at(argument.value.location(), literal(&argument.value)))
        };
        list.iter().map(translate).collect()
    }

    fn selections(&self, span: Option<SourceSpan>, list: &[ast::Selection]) -> Positioned<SelectionSet> {
        self.at(
            span,
            SelectionSet { items: list.iter().map(|selection| self.selection(selection)).collect() },
        )
    }

    fn selection(&self, selection: &ast::Selection) -> Positioned<Selection> {
        let (span, node) = match selection {
            ast::Selection::Field(field) => (field.location(), Selection::Field(self.field(field))),
            ast::Selection::FragmentSpread(spread) => {
                let node = FragmentSpread {
                    fragment_name: self.name(&spread.fragment_name),
                    directives: self.directives(&spread.directives),
                };
                (spread.location(), Selection::FragmentSpread(self.at(spread.location(), node)))
            }
            ast::Selection::InlineFragment(inline) => {
                let node = InlineFragment {
                    type_condition: inline.type_condition.as_ref().map(|on| self.condition(on)),
                    directives: self.directives(&inline.directives),
                    selection_set: self.selections(inline.location(), &inline.selection_set),
                };
                (inline.location(), Selection::InlineFragment(self.at(inline.location(), node)))
            }
        };
        self.at(span, node)
    }

    fn field(&self, field: &Node<ast::Field>) -> Positioned<Field> {
        let node = Field {
            alias: field.alias.as_ref().map(|alias| self.name(alias)),
            name: self.name(&field.name),
            arguments: self.arguments(&field.arguments),
            directives: self.directives(&field.directives),
            selection_set: self.selections(field.location(), &field.selection_set),
        };
        self.at(field.location(), node)
    }
}

fn ty(source: &ast::Type) -> Type {
    let (base, nullable) = match source {
        ast::Type::Named(name) => (BaseType::Named(Name::new(name.as_str())), true),
        ast::Type::NonNullNamed(name) => (BaseType::Named(Name::new(name.as_str())), false),
        ast::Type::List(item) => (BaseType::List(Box::new(ty(item))), true),
        ast::Type::NonNullList(item) => (BaseType::List(Box::new(ty(item))), false),
    };
    Type { base, nullable }
}

fn literal(value: &ast::Value) -> Value {
    match value {
        ast::Value::Null => Value::Null,
        ast::Value::Enum(name) => Value::Enum(Name::new(name.as_str())),
        ast::Value::Variable(name) => Value::Variable(Name::new(name.as_str())),
        ast::Value::String(text) => Value::String(text.clone()),
        ast::Value::Int(int) => number(int.as_str()),
        ast::Value::Float(float) => number(float.as_str()),
        ast::Value::Boolean(bool) => Value::Boolean(*bool),
        ast::Value::List(items) => Value::List(items.iter().map(|item| literal(item)).collect()),
        ast::Value::Object(fields) => Value::Object(
            fields.iter().map(|(name, value)| (Name::new(name.as_str()), literal(value))).collect(),
        ),
    }
}

/// A number past what the executor can hold reads as null: the types of the schema that take numbers
/// were checked before.
fn number(text: &str) -> Value {
    text.parse::<Number>().map_or(Value::Null, Value::Number)
}

#[cfg(test)]
mod tests {
    use super::*;
    use apollo_compiler::parser::Parser;

    #[test]
    fn the_tree_equals_that_of_the_executors_own_parser() {
        let texts = [
            "{ a }",
            "query { a: b(x: 1, y: -2.5, z: true, n: null, e: RED, s: \"t\\n\\u0041\") }",
            "query Q($a: [Int!]! = [1, 2], $b: I = {c: {d: \"x\"}}) @w(k: [$a]) {\n  f(in: {a: $a, l: [1, $b]}) @skip(if: true) { g ...F ... on T @x { h } ... { i } }\n}\nfragment F on T { j }",
            "mutation M { m } subscription S { s(text: \"\"\"\n  block \\u0041\n\"\"\") }",
        ];
        for text in texts {
            let ours = for_executor(&Parser::new().parse_ast(text, "d").unwrap());
            let theirs = async_graphql::parser::parse_query(text).unwrap();
            assert_eq!(shape(&ours), shape(&theirs), "{text}");
        }
    }

    /// Everything but places, which the two parsers count differently for sets of selections.
    fn shape(document: &ExecutableDocument) -> serde_json::Value {
        fn strip(value: serde_json::Value) -> serde_json::Value {
            match value {
                serde_json::Value::Object(map) if map.contains_key("pos") => strip(map["node"].clone()),
                serde_json::Value::Object(map) => map.into_iter().map(|(k, v)| (k, strip(v))).collect(),
                serde_json::Value::Array(items) => items.into_iter().map(strip).collect(),
                other => other,
            }
        }
        strip(serde_json::to_value(document).unwrap())
    }

    #[test]
    fn every_form_of_an_escaped_character_is_read() {
        let text = r#"{ a(s: "\u{1F600} \uD83D\uDE00 \u{41}") }"#;
        let document = for_executor(&Parser::new().parse_ast(text, "d").unwrap());
        let DocumentOperations::Single(operation) = &document.operations else { panic!() };
        let Selection::Field(field) = &operation.node.selection_set.node.items[0].node else { panic!() };
        assert_eq!(field.node.arguments[0].1.node, Value::String("😀 😀 A".to_owned()));
    }
}
