//! The greatest cost of an operation: the weight of its fields times the pages it asks for. Linear in the
//! document: a fragment is priced once. PURE.
//!
//! An object costs 1, a scalar nothing, a field of `Mutation` 10. Below `edges` and `nodes` of a
//! connection everything counts once for each row of the page; below a field with an `ids` list once
//! for each id.

use std::collections::HashMap;

use apollo_compiler::ast::Value;
use apollo_compiler::executable::{Field, Fragment, Operation, Selection, SelectionSet};
use apollo_compiler::response::JsonMap;
use apollo_compiler::{ExecutableDocument, Schema};

use crate::http::limits::{MUTATION_WEIGHT, PAGE_DEFAULT, PAGE_MAX};
use crate::http::refusal::{Code, Refusal};

/// Weights that differ from the rule, by `Type.field`.
#[derive(Debug, Clone, Default)]
pub struct CostTable(HashMap<String, u64>);

impl CostTable {
    /// Lets `type_name.field` itself (without what is selected below it) cost `weight`.
    #[must_use]
    pub fn with(mut self, type_name: &str, field: &str, weight: u64) -> Self {
        self.0.insert(format!("{type_name}.{field}"), weight);
        self
    }

    fn weight(&self, type_name: &str, field: &str) -> Option<u64> {
        // Most schemas have few exceptions: no text is built for the common case.
        if self.0.is_empty() {
            return None;
        }
        self.0.get(&format!("{type_name}.{field}")).copied()
    }
}

/// The cost of `operation` with these variables, at least 1. Refuses pages over the limit.
pub(crate) fn of(
    schema: &Schema,
    document: &ExecutableDocument,
    operation: &Operation,
    variables: &JsonMap,
    table: &CostTable,
) -> Result<u64, Refusal> {
    let mut pricing = Pricing { schema, document, variables, table, known: HashMap::new() };
    let price = pricing.selections(&operation.selection_set)?;
    Ok(price.once.saturating_add(price.per_row).max(1))
}

/// Price of a selection set: what is paid once, and what is paid for each row of the connection
/// the set belongs to.
#[derive(Clone, Copy, Default)]
struct Price {
    once: u64,
    per_row: u64,
}

impl Price {
    fn plus(self, other: Self) -> Self {
        Self {
            once: self.once.saturating_add(other.once),
            per_row: self.per_row.saturating_add(other.per_row),
        }
    }
}

struct Pricing<'d> {
    schema: &'d Schema,
    document: &'d ExecutableDocument,
    variables: &'d JsonMap,
    table: &'d CostTable,
    known: HashMap<&'d str, Price>,
}

impl<'d> Pricing<'d> {
    fn selections(&mut self, set: &'d SelectionSet) -> Result<Price, Refusal> {
        let mut sum = Price::default();
        for selection in &set.selections {
            let price = match selection {
                Selection::Field(field) => self.field(field, &set.ty)?,
                Selection::InlineFragment(inline) => self.selections(&inline.selection_set)?,
                Selection::FragmentSpread(spread) => match spread.fragment_def(self.document) {
                    Some(fragment) => self.fragment(fragment)?,
                    None => Price::default(),
                },
            };
            sum = sum.plus(price);
        }
        Ok(sum)
    }

    fn fragment(&mut self, fragment: &'d Fragment) -> Result<Price, Refusal> {
        if let Some(price) = self.known.get(fragment.name.as_str()) {
            return Ok(*price);
        }
        let price = self.selections(&fragment.selection_set)?;
        self.known.insert(&fragment.name, price);
        Ok(price)
    }

    fn field(&mut self, field: &'d Field, parent: &str) -> Result<Price, Refusal> {
        let below = self.selections(&field.selection_set)?;
        let rows = self.rows(field)?;
        let price = self
            .weight(field, parent)
            .saturating_add(below.once)
            .saturating_add(below.per_row.saturating_mul(rows))
            .saturating_mul(self.ids(field));
        let a_row = parent.ends_with("Connection") && matches!(field.name.as_str(), "edges" | "nodes");
        Ok(if a_row { Price { once: 0, per_row: price } } else { Price { once: price, per_row: 0 } })
    }

    fn weight(&self, field: &Field, parent: &str) -> u64 {
        if let Some(weight) = self.table.weight(parent, &field.name) {
            return weight;
        }
        let mutation = self.schema.schema_definition.mutation.as_ref();
        if mutation.is_some_and(|m| m.name == parent) && field.name != "__typename" {
            return MUTATION_WEIGHT;
        }
        u64::from(!field.selection_set.is_empty())
    }

    /// Rows of the page this field asks for.
    fn rows(&self, field: &Field) -> Result<u64, Refusal> {
        let mut rows = PAGE_DEFAULT;
        for name in ["first", "last"] {
            let Some(asked) = self.argument(field, name) else { continue };
            let within = u64::try_from(asked).ok().filter(|_| asked <= PAGE_MAX);
            rows = within.ok_or_else(|| {
                let message = format!("`{name}` of `{}` must be from 0 to {PAGE_MAX}.", field.name);
                Refusal::because(Code::QueryTooComplex, message)
            })?;
        }
        Ok(rows)
    }

    fn argument(&self, field: &Field, name: &str) -> Option<i64> {
        match &**field.specified_argument_by_name(name)? {
            Value::Int(int) => Some(int.as_str().parse().unwrap_or(i64::MAX)),
            Value::Variable(variable) => self.variables.get(variable.as_str())?.as_i64(),
            _ => None,
        }
    }

    /// Length of an `ids` argument, at least 1.
    fn ids(&self, field: &Field) -> u64 {
        let length = match field.specified_argument_by_name("ids").map(|v| &**v) {
            Some(Value::List(items)) => items.len(),
            Some(Value::Variable(variable)) => {
                self.variables.get(variable.as_str()).and_then(|v| v.as_array()).map_or(1, Vec::len)
            }
            _ => 1,
        };
        length.max(1) as u64
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use apollo_compiler::validation::Valid;

    const SDL: &str =
        "type Query { partners(first: Int, last: Int): PartnerConnection! nodes(ids: [ID!]!): [Partner]! }
        type Mutation { rename: Partner! }
        type PartnerConnection { edges: [Edge!]! nodes: [Partner!]! totalCount: Int pageInfo: PageInfo! }
        type PageInfo { hasNextPage: Boolean! }
        type Edge { node: Partner! cursor: String! }
        type Partner { name: String customers(first: Int, last: Int): PartnerConnection! parent: Partner }";

    fn cost(text: &str, variables: &str) -> Result<u64, String> {
        let schema = Schema::parse_and_validate(SDL, "s").unwrap();
        let document: Valid<ExecutableDocument> =
            ExecutableDocument::parse_and_validate(&schema, text, "d").unwrap();
        let operation = document.operations.get(None).unwrap();
        let variables: JsonMap = serde_json::from_str(variables).unwrap();
        let table = CostTable::default().with("Partner", "name", 3);
        of(&schema, &document, operation, &variables, &table).map_err(|r| r.details[0].message.clone())
    }

    #[test]
    fn the_cost_is_weight_times_page() {
        let cases = [
            ("{ __typename }", "{}", 1),
            ("{ partners { totalCount } }", "{}", 1),
            ("{ partners { pageInfo { hasNextPage } } }", "{}", 2),
            ("{ partners { nodes { __typename } } }", "{}", 1 + 20),
            ("{ partners(first: 5) { nodes { name } } }", "{}", 1 + 5 * 4),
            ("{ partners(last: 5) { edges { cursor node { __typename } } } }", "{}", 1 + 5 * 2),
            ("query($n: Int) { partners(first: $n) { nodes { __typename } } }", r#"{"n": 7}"#, 8),
            ("query($n: Int) { partners(first: $n) { nodes { __typename } } }", "{}", 21),
            (
                "{ partners(first: 3) { nodes { customers(first: 2) { nodes { parent { __typename } } } } } }",
                "{}",
                1 + 3 * (1 + 1 + 2 * (1 + 1)),
            ),
            (
                "{ partners(first: 3) { ...F } } fragment F on PartnerConnection { nodes { ...G } } fragment G on Partner { parent { __typename } }",
                "{}",
                1 + 3 * 2,
            ),
            (r#"{ nodes(ids: ["a", "b"]) { parent { __typename } } }"#, "{}", 2 * 2),
            ("query($i: [ID!]!) { nodes(ids: $i) { __typename } }", r#"{"i": ["a", "b", "c"]}"#, 3),
            ("mutation { rename { __typename } }", "{}", 10),
        ];
        for (text, variables, expected) in cases {
            assert_eq!(cost(text, variables), Ok(expected), "{text} {variables}");
        }
    }

    #[test]
    fn a_page_has_at_most_a_hundred_rows() {
        assert!(cost("{ partners(first: 100) { totalCount } }", "{}").is_ok());
        assert!(cost("{ partners(first: 101) { totalCount } }", "{}").unwrap_err().contains("`first`"));
        assert!(cost("{ partners(last: 101) { totalCount } }", "{}").unwrap_err().contains("`last`"));
        assert!(cost("{ partners(first: -1) { totalCount } }", "{}").is_err());
        let by_variable = "query($n: Int) { partners(first: $n) { totalCount } }";
        assert!(cost(by_variable, r#"{"n": 101}"#).is_err());
    }
}
