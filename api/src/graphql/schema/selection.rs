//! A selection, compiled once for all rows of a list: fragments flattened, equal response names merged.

use async_graphql::context::QueryEnv;
use async_graphql::indexmap::IndexMap;
use async_graphql::parser::types::{Field as Asked, Selection, SelectionSet};
use async_graphql::{Name, Pos, Positioned, ServerError, ServerResult, Value};

use super::args::Args;
use super::env::Env;
use super::table::{Field, Table};

/// One operation under way.
pub(crate) struct Operation<'q> {
    /// Who asks, and the database.
    pub(crate) env: &'q Env,
    /// Fragments and variables.
    pub(crate) query: &'q QueryEnv,
}

/// One field of a compiled selection.
pub(crate) struct Step<'q> {
    /// The name it has in the answer.
    pub(crate) key: &'q str,
    /// Where it stands in the document.
    pub(crate) at: Pos,
    /// The field; none is `__typename`.
    pub(crate) field: Option<&'static Field>,
    /// Its arguments.
    pub(crate) args: Args,
    /// What is selected below it.
    pub(crate) below: Vec<&'q SelectionSet>,
}

type Found<'q> = IndexMap<&'q str, Vec<&'q Positioned<Asked>>>;

impl<'q> Operation<'q> {
    /// The fields that `sets` select of a type, in the order of the answer.
    pub(crate) fn compile(
        &self,
        table: &'static Table,
        sets: &[&'q SelectionSet],
    ) -> ServerResult<Vec<Step<'q>>> {
        let mut found = Found::new();
        for set in sets {
            self.collect(table, set, &mut found)?;
        }
        found.into_iter().map(|(key, asked)| self.step(table, key, &asked)).collect()
    }

    /// The step of one or more equal fields of the root.
    pub(crate) fn root_step(
        &self,
        field: &'static Field,
        asked: &[&'q Positioned<Asked>],
    ) -> ServerResult<Step<'q>> {
        let first = asked.first().ok_or_else(|| ServerError::new("no field", None))?;
        Ok(Step {
            key: first.node.response_key().node.as_str(),
            at: first.pos,
            field: Some(field),
            args: self.args(field, &first.node)?,
            below: asked.iter().map(|asked| &asked.node.selection_set.node).collect(),
        })
    }

    /// All fields that `set` selects under the name `key`, in the order of the document.
    pub(crate) fn asked_as(
        &self,
        table: &'static Table,
        set: &'q SelectionSet,
        key: &str,
    ) -> ServerResult<Vec<&'q Positioned<Asked>>> {
        let mut found = Found::new();
        self.collect(table, set, &mut found)?;
        Ok(found.swap_remove(key).unwrap_or_default())
    }

    fn step(
        &self,
        table: &'static Table,
        key: &'q str,
        asked: &[&'q Positioned<Asked>],
    ) -> ServerResult<Step<'q>> {
        let first = asked.first().ok_or_else(|| ServerError::new("no field", None))?;
        let name = first.node.name.node.as_str();
        if name == "__typename" {
            return Ok(Step { key, at: first.pos, field: None, args: Args::default(), below: vec![] });
        }
        let unknown = || {
            ServerError::new(
                format!("Cannot query field \"{name}\" on type \"{}\".", table.name),
                Some(first.pos),
            )
        };
        self.root_step(table.field(name).ok_or_else(unknown)?, asked)
    }

    fn collect(
        &self,
        table: &'static Table,
        set: &'q SelectionSet,
        found: &mut Found<'q>,
    ) -> ServerResult<()> {
        for selection in &set.items {
            match &selection.node {
                Selection::Field(field) => {
                    found.entry(field.node.response_key().node.as_str()).or_default().push(field);
                }
                Selection::FragmentSpread(spread) => {
                    let name = &spread.node.fragment_name.node;
                    let fragment = self.query.fragments.get(name).ok_or_else(|| {
                        ServerError::new(format!("Unknown fragment \"{name}\"."), Some(spread.pos))
                    })?;
                    if applies(table, &fragment.node.type_condition.node.on.node) {
                        self.collect(table, &fragment.node.selection_set.node, found)?;
                    }
                }
                Selection::InlineFragment(fragment) => {
                    let on = fragment.node.type_condition.as_ref().map(|on| &on.node.on.node);
                    if on.is_none_or(|on| applies(table, on)) {
                        self.collect(table, &fragment.node.selection_set.node, found)?;
                    }
                }
            }
        }
        Ok(())
    }

    fn args(&self, field: &'static Field, asked: &'q Asked) -> ServerResult<Args> {
        let mut args = Vec::with_capacity(field.args.len());
        for (name, value) in &asked.arguments {
            let value = value.node.clone().into_const_with(|variable| self.variable(&variable, value.pos))?;
            args.push((name.node.clone(), value));
        }
        for arg in &field.args {
            if let Some(default) = &arg.default
                && !args.iter().any(|(name, _)| name == arg.name)
            {
                args.push((Name::new(arg.name), default.clone()));
            }
        }
        Ok(Args(args))
    }

    fn variable(&self, name: &Name, at: Pos) -> ServerResult<Value> {
        let definitions = &self.query.operation.node.variable_definitions;
        let default =
            || definitions.iter().find(|d| d.node.name.node == *name)?.node.default_value().cloned();
        let value = self.query.variables.get(name).cloned().or_else(default);
        value.ok_or_else(|| ServerError::new(format!("Variable {name} is not defined."), Some(at)))
    }
}

fn applies(table: &Table, on: &str) -> bool {
    table.name == on || table.interfaces.iter().any(|interface| interface().name == on)
}
