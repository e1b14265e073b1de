//! A variable that was not sent is absent, not null: removes the arguments and input fields that
//! would carry it, so that defaults apply and `note: $note` without `$note` erases nothing. PURE.

use std::collections::HashSet;

use async_graphql::parser::types::{
    Directive, DocumentOperations, ExecutableDocument, OperationDefinition, Selection, SelectionSet,
};
use async_graphql::{Name, Positioned};
use async_graphql_value::Value;

/// Names of the variables that were declared, but neither sent nor given a default.
pub(crate) type Absent = HashSet<String>;

/// Removes what refers to `absent` from every operation and fragment of the document.
pub(crate) fn remove(document: &mut ExecutableDocument, absent: &Absent) {
    if absent.is_empty() {
        return;
    }
    match &mut document.operations {
        DocumentOperations::Single(operation) => operation_without(&mut operation.node, absent),
        DocumentOperations::Multiple(operations) => {
            for operation in operations.values_mut() {
                operation_without(&mut operation.node, absent);
            }
        }
    }
    for fragment in document.fragments.values_mut() {
        directives_without(&mut fragment.node.directives, absent);
        selections_without(&mut fragment.node.selection_set.node, absent);
    }
}

fn operation_without(operation: &mut OperationDefinition, absent: &Absent) {
    // Nothing refers to them any more, and the executor refuses variables without a use.
    operation.variable_definitions.retain(|v| !absent.contains(v.node.name.node.as_str()));
    directives_without(&mut operation.directives, absent);
    selections_without(&mut operation.selection_set.node, absent);
}

fn selections_without(set: &mut SelectionSet, absent: &Absent) {
    for selection in &mut set.items {
        directives_without(selection.node.directives_mut(), absent);
        match &mut selection.node {
            Selection::Field(field) => {
                arguments_without(&mut field.node.arguments, absent);
                selections_without(&mut field.node.selection_set.node, absent);
            }
            Selection::InlineFragment(inline) => {
                selections_without(&mut inline.node.selection_set.node, absent);
            }
            Selection::FragmentSpread(_) => {}
        }
    }
}

fn directives_without(directives: &mut [Positioned<Directive>], absent: &Absent) {
    for directive in directives {
        arguments_without(&mut directive.node.arguments, absent);
    }
}

fn arguments_without(arguments: &mut Vec<(Positioned<Name>, Positioned<Value>)>, absent: &Absent) {
    arguments.retain_mut(|(_, value)| keep(&mut value.node, absent));
}

/// Cleans what lies inside `value`; `false` when the value itself is an absent variable.
fn keep(value: &mut Value, absent: &Absent) -> bool {
    match value {
        Value::Variable(name) => return !absent.contains(name.as_str()),
        Value::Object(fields) => fields.retain(|_, value| keep(value, absent)),
        // An absent variable in a list is null by the specification: the list keeps its length.
        Value::List(items) => items.iter_mut().for_each(|item| {
            if !keep(item, absent) {
                *item = Value::Null;
            }
        }),
        _ => {}
    }
    true
}
