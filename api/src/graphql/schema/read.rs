//! Reading: the fields of a level that need more than its rows, each once for all of them, level by level.

use std::sync::Arc;

use async_graphql::parser::types::SelectionSet;
use async_graphql::{Error, ServerResult};
use futures_util::future::{BoxFuture, try_join_all};

use super::rows::{Column, Leaves, Part, RowSet, Span};
use super::selection::{Operation, Step};
use super::table::{Get, Table};

/// Rows of one type with what is selected of them, everything read.
pub(crate) struct Level<'q> {
    /// The type.
    pub(crate) table: &'static Table,
    /// The rows.
    pub(crate) rows: Arc<dyn RowSet>,
    /// What is selected.
    pub(crate) steps: Vec<Step<'q>>,
    /// What was read for each step.
    pub(crate) cells: Vec<Cells<'q>>,
}

/// What was read for one field of a level.
pub(crate) enum Cells<'q> {
    /// Nothing: the rows say it.
    Rows,
    /// A value for each row.
    Leaves(Box<dyn Leaves>),
    /// Objects for each row.
    Objects {
        /// Which ones.
        spans: Vec<Span>,
        /// Themselves.
        parts: Vec<Level<'q>>,
    },
    /// Nothing for any row.
    Failed(Error),
}

/// Reads what `sets` select of the rows of `part`.
pub(crate) fn level<'q>(
    operation: &'q Operation<'q>,
    part: Part,
    sets: Vec<&'q SelectionSet>,
) -> BoxFuture<'q, ServerResult<Level<'q>>> {
    Box::pin(async move {
        let Part { table, rows } = part;
        if rows.count() == 0 {
            // Nobody looks below no rows, and nothing may be read for them.
            return Ok(Level { table, rows, steps: vec![], cells: vec![] });
        }
        let steps = operation.compile(table, &sets)?;
        let cells = try_join_all(steps.iter().map(|step| cells(operation, table, &*rows, step))).await?;
        Ok(Level { table, rows, steps, cells })
    })
}

/// Reads one field for all rows of a level, and whatever is selected below it.
pub(crate) async fn cells<'q>(
    operation: &'q Operation<'q>,
    table: &'static Table,
    rows: &dyn RowSet,
    step: &Step<'q>,
) -> ServerResult<Cells<'q>> {
    let Some(field) = step.field else { return Ok(Cells::Rows) };
    let Get::Column(read) = &field.get else { return Ok(Cells::Rows) };
    match read(operation.env, rows, &step.args).await {
        Ok(Column::Leaves(leaves)) => Ok(Cells::Leaves(leaves)),
        Ok(Column::Objects { spans, parts }) => {
            let below = parts.into_iter().map(|part| level(operation, part, step.below.clone()));
            Ok(Cells::Objects { spans, parts: try_join_all(below).await? })
        }
        Err(failure) => {
            let place = format!("{}.{}", table.name, field.name);
            Ok(Cells::Failed(operation.env.error(&place, &failure)))
        }
    }
}
