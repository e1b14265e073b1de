//! Rendering: a level that was read, as JSON. A field that may be null and fails is null, with its error and place;
//! one that may not takes its object with it, up to the next that may.

use async_graphql::{Error, PathSegment, Pos, ServerError};

use super::env::Env;
use super::errors::TopLevel;
use super::read::{Cells, Level};
use super::rows::{Place, RowSet, Span};
use super::selection::Step;
use super::table::{Field, Get};
use crate::json::Json;

/// Something that may not be null has no value: whatever holds it has none either.
pub(crate) struct Missing;

/// The answer as it grows.
pub(crate) struct Answer<'e> {
    env: &'e Env,
    /// What was written.
    pub(crate) out: Json,
    /// What went wrong on the way, in the order of the answer.
    pub(crate) errors: Vec<ServerError>,
    path: Vec<PathSegment>,
}

/// Bytes an answer begins with: most fit, and larger ones grow by doubling.
const FIRST_BYTES: usize = 4096;

impl<'e> Answer<'e> {
    /// An empty answer to the caller of `env`, of what stands at `path`.
    pub(crate) fn new(env: &'e Env, path: Vec<PathSegment>) -> Self {
        Self { env, out: Json::with_capacity(FIRST_BYTES), errors: vec![], path }
    }

    /// Writes one object.
    pub(crate) fn object(&mut self, level: &Level<'_>, row: usize) -> Result<(), Missing> {
        self.out.open_object();
        for (step, cells) in level.steps.iter().zip(&level.cells) {
            self.out.key(step.key);
            let Some(field) = step.field else {
                self.out.text(&level.table.name);
                continue;
            };
            self.path.push(PathSegment::Field(step.key.to_owned()));
            let written = self.field(field, step, cells, &*level.rows, row);
            self.path.pop();
            written?;
        }
        self.out.close_object();
        Ok(())
    }

    /// Writes one field of one row; null, if it may be and fails.
    pub(crate) fn field(
        &mut self,
        field: &Field,
        step: &Step<'_>,
        cells: &Cells<'_>,
        rows: &dyn RowSet,
        row: usize,
    ) -> Result<(), Missing> {
        let mark = self.out.mark();
        let errors = self.errors.len();
        let written = match cells {
            Cells::Rows => self.leaf(field, rows, row),
            Cells::Leaves(leaves) => Ok(leaves.put(row, &mut self.out)),
            Cells::Objects { spans, parts } => self.span(field, spans.get(row), parts),
            Cells::Failed(error) => {
                self.fail(error.clone(), step.at);
                Err(Missing)
            }
        };
        match written {
            Ok(true) => Ok(()),
            Ok(false) if !field.sure.whole => Ok(()),
            Err(Missing) if !field.sure.whole => {
                self.out.cut(mark);
                self.out.null();
                Ok(())
            }
            _ => {
                if self.errors.len() == errors {
                    let id = self.env.caller.request_id.as_deref();
                    tracing::error!(request_id = id, field = field.name, "a field that is never null was");
                    self.fail(TopLevel::Internal.error(self.env.lang(), id), step.at);
                }
                Err(Missing)
            }
        }
    }

    fn leaf(&mut self, field: &Field, rows: &dyn RowSet, row: usize) -> Result<bool, Missing> {
        match (&field.get, rows.row(row)) {
            (Get::Row(put), Some(row)) => Ok(put(row, self.env, &mut self.out)),
            _ => Err(Missing),
        }
    }

    fn span(&mut self, field: &Field, span: Option<&Span>, parts: &[Level<'_>]) -> Result<bool, Missing> {
        match span {
            None | Some(Span::Null) => {
                self.out.null();
                Ok(false)
            }
            Some(Span::One(place)) => self.place(parts, *place).map(|()| true),
            Some(Span::Many(range)) => {
                self.list(field, parts, range.clone().map(|row| Some(Place { part: 0, row })))
            }
            Some(Span::Picked(places)) => self.list(field, parts, places.iter().copied()),
        }
    }

    fn list(
        &mut self,
        field: &Field,
        parts: &[Level<'_>],
        places: impl Iterator<Item = Option<Place>>,
    ) -> Result<bool, Missing> {
        self.out.open_list();
        for (number, place) in places.enumerate() {
            self.out.item();
            let mark = self.out.mark();
            self.path.push(PathSegment::Index(number));
            let written = place.map_or(Err(Missing), |place| self.place(parts, place));
            self.path.pop();
            if written.is_err() {
                if field.sure.items {
                    return Err(Missing);
                }
                self.out.cut(mark);
                self.out.null();
            }
        }
        self.out.close_list();
        Ok(true)
    }

    fn place(&mut self, parts: &[Level<'_>], place: Place) -> Result<(), Missing> {
        parts.get(place.part).map_or(Err(Missing), |level| self.object(level, place.row))
    }

    fn fail(&mut self, error: Error, at: Pos) {
        let mut error = error.into_server_error(at);
        error.path.clone_from(&self.path);
        self.errors.push(error);
    }
}
