//! Refusals as data: `userErrors` of payloads.

use std::sync::OnceLock;

use async_graphql::{ID, InputType};
use domain::{Code, Refusal};

use super::choice::Choice;
use super::env::Env;
use super::node::Interface;
use super::object::{Object, Shown};
use super::place::{Place, place_in};
use super::relation::{ForAll, part};
use super::rows::{self, Column, Span};
use super::table::{Child, table_of};

const MESSAGE: &str = "What is wrong and how to cure it, in the request's language.";
const CODE: &str = "Which of the closed list; stable.";
const CBC: &str = "The code of the vendor's catalogue, where it has one.";
const PATH: &str = "Where in the input as it was sent, outermost first, the places in lists as numbers; null for the whole input.";
const FIELD: &str = "The field at fault of what the input names, where the input itself has no such field: `customerName` of an \
     opportunity that is submitted, a column of a file. Null otherwise.";

/// A refusal that its message explains.
#[derive(Clone, Debug)]
pub(crate) struct InputError {
    message: String,
    code: Code,
    place: Place,
}

/// A refusal of a change to something that somebody else changed first.
#[derive(Clone, Debug)]
pub(crate) struct VersionConflict {
    error: InputError,
    edited: ID,
}

/// A refusal as payloads tell it.
#[derive(Clone, Debug)]
pub(crate) enum UserError {
    /// A plain refusal.
    Input(InputError),
    /// Somebody else changed it first.
    Conflict(VersionConflict),
}

/// The interface of everything in the input that the caller can cure.
pub(crate) fn interface() -> &'static Interface {
    static USER_ERROR: OnceLock<Interface> = OnceLock::new();
    USER_ERROR.get_or_init(|| Interface {
        name: "UserError",
        doc: "Something in the input that the caller can cure.",
        fields: vec![
            ("message", MESSAGE),
            ("code", CODE),
            ("cbcCode", CBC),
            ("path", PATH),
            ("field", FIELD),
        ],
        tables: vec![table_of::<InputError>, table_of::<VersionConflict>],
    })
}

fn shared<R: Shown>(object: Object<R>, of: fn(&R) -> &InputError) -> Object<R> {
    object
        .implements(interface)
        .said_by("message", MESSAGE, move |row, _| of(row).message.clone())
        .said_by("code", CODE, move |row, _| Choice(of(row).code))
        .said_by("cbcCode", CBC, move |row, _| of(row).code.cbc())
        .said_by("path", PATH, move |row, _| {
            let path = &of(row).place.path;
            (!path.is_empty()).then(|| path.clone())
        })
        .said_by("field", FIELD, move |row, _| of(row).place.field.clone())
}

impl Shown for InputError {
    const NAME: &'static str = "InputError";

    fn object() -> Object<Self> {
        shared(Object::<Self>::new("A refusal that its message explains."), |error| error)
    }
}

impl Shown for VersionConflict {
    const NAME: &'static str = "VersionConflict";

    fn object() -> Object<Self> {
        let doc = "Somebody else changed it first: look at what it is now, then repeat the change.";
        shared(Object::<Self>::new(doc), |conflict| &conflict.error).any(
            "current",
            "What it is now.",
            |conflict| Some(conflict.edited.as_str()),
        )
    }
}

/// Refusals of an input `I`, or of one row of it. `edited` is what a version conflict is about.
pub(crate) fn told<I: InputType + 'static>(
    env: &Env,
    refusals: &[Refusal],
    edited: Option<&ID>,
) -> Vec<UserError> {
    told_at(env, refusals, edited, place_in::<I>)
}

/// Refusals of something that was not sent: the field at fault is one of its own.
pub(crate) fn found(env: &Env, refusals: &[Refusal]) -> Vec<UserError> {
    told_at(env, refusals, None, |path| Place { path: vec![], field: Place::joined(path) })
}

fn told_at(
    env: &Env,
    refusals: &[Refusal],
    edited: Option<&ID>,
    place: impl Fn(&[String]) -> Place,
) -> Vec<UserError> {
    let error = |refusal: &Refusal| {
        let message = refusal.code.message(env.lang(), &refusal.detail);
        let error = InputError { message, code: refusal.code, place: place(&refusal.path) };
        match edited.filter(|_| refusal.code == Code::VersionConflict) {
            None => UserError::Input(error),
            Some(edited) => UserError::Conflict(VersionConflict { error, edited: edited.clone() }),
        }
    };
    refusals.iter().map(error).collect()
}

impl<R: Shown> Object<R> {
    /// Why nothing changed: refusals that the row holds.
    pub(crate) fn user_errors(self, doc: &'static str, get: fn(&R) -> &[UserError]) -> Self {
        self.refusals("userErrors", doc, get)
    }

    /// Refusals that the row holds.
    pub(crate) fn refusals(self, name: &'static str, doc: &'static str, get: fn(&R) -> &[UserError]) -> Self {
        let child = Child::Interface(interface);
        self.objects_by(name, doc, "[UserError!]!".into(), child, move |_, shown: &[R], _| {
            let column = picked(shown.iter().map(|row| get(row).to_vec()));
            Box::pin(std::future::ready(Ok(column)))
        })
    }

    /// Refusals that would be made of each row, worked out for all of them.
    pub(crate) fn refused(
        self,
        name: &'static str,
        doc: &'static str,
        read: ForAll<R, Vec<UserError>>,
    ) -> Self {
        let child = Child::Interface(interface);
        self.objects_by(name, doc, "[UserError!]".into(), child, move |env, rows, args| {
            Box::pin(async move { Ok(picked(read(env, rows, args).await?.into_iter())) })
        })
    }
}

/// The refusals of each row as objects of their types.
fn picked(all: impl Iterator<Item = Vec<UserError>>) -> Column {
    let (mut plain, mut conflicts) = (Vec::new(), Vec::new());
    let mut place = |error: UserError| match error {
        UserError::Input(error) => {
            plain.push(error);
            Some(rows::Place { part: 0, row: plain.len() - 1 })
        }
        UserError::Conflict(conflict) => {
            conflicts.push(conflict);
            Some(rows::Place { part: 1, row: conflicts.len() - 1 })
        }
    };
    let spans = all.map(|errors| Span::Picked(errors.into_iter().map(&mut place).collect())).collect();
    Column::Objects { spans, parts: vec![part(plain), part(conflicts)] }
}
