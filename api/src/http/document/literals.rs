//! The rules for values in a document that the validator does not know: form of our own scalars, doubled keys,
//! `@oneOf`, nulls in filters, and where a variable that may be null can stand. PURE.

use std::collections::HashSet;

use apollo_compiler::ast::{Argument, DirectiveList, InputValueDefinition, Type, Value, VariableDefinition};
use apollo_compiler::executable::{Operation, Selection, SelectionSet};
use apollo_compiler::parser::SourceSpan;
use apollo_compiler::schema::{ExtendedType, InputObjectType};
use apollo_compiler::{ExecutableDocument, Name, Node, Schema};
use async_graphql::Pos;

use crate::http::document::scalars::{NULL_COMPARES, ScalarCheck, compares};
use crate::http::document::translate;
use crate::http::limits::ERRORS_MAX;
use crate::http::refusal::{Code, Detail, Refusal};

/// A variable that may be null by its type, at a place where null means nothing.
#[derive(Debug)]
pub(crate) struct NeverNull {
    /// The operation whose variable it is.
    pub(crate) operation: Option<Name>,
    /// Name of the variable, without `$`.
    pub(crate) variable: Name,
    /// Position of its use in the document.
    pub(crate) place: Pos,
    /// Reason for which null is refused there.
    pub(crate) reason: String,
}

/// Refuses a document with values that do not fit. Gives the places that depend on variables.
pub(crate) fn check(
    schema: &Schema,
    document: &ExecutableDocument,
    scalars: ScalarCheck,
) -> Result<Vec<NeverNull>, Refusal> {
    let mut never_null = Vec::new();
    for operation in document.operations.iter() {
        let mut walk = Walk {
            schema,
            document,
            scalars,
            operation,
            fragments: HashSet::new(),
            never_null: Vec::new(),
            wrong: Vec::new(),
        };
        walk.operation();
        walk.refuse()?;
        never_null.append(&mut walk.never_null);
    }
    Ok(never_null)
}

struct Walk<'d> {
    schema: &'d Schema,
    document: &'d ExecutableDocument,
    scalars: ScalarCheck,
    operation: &'d Operation,
    /// Fragments that were walked: what is wrong in one is wrong once.
    fragments: HashSet<&'d str>,
    never_null: Vec<NeverNull>,
    wrong: Vec<(Code, Detail)>,
}

/// Type that is expected at a place in a document.
#[derive(Clone, Copy)]
struct Expected<'e> {
    ty: &'e Type,
    /// There is a default for a value that is not given.
    default: bool,
    /// It is a field of a filter.
    compares: bool,
}

impl<'e> Expected<'e> {
    fn by(definition: &'e InputValueDefinition, compares: bool) -> Self {
        let default = definition.default_value.as_ref().is_some_and(|value| !value.is_null());
        Self { ty: &definition.ty, default, compares }
    }

    fn item(self) -> Self {
        Self { ty: self.ty.item_type(), default: false, compares: self.compares }
    }
}

impl<'d> Walk<'d> {
    /// All errors under the code of the first: one refusal has one code.
    fn refuse(&mut self) -> Result<(), Refusal> {
        let Some((code, _)) = self.wrong.first() else { return Ok(()) };
        let code = *code;
        let details = std::mem::take(&mut self.wrong).into_iter().filter(|(of, _)| *of == code);
        Err(Refusal { details: details.map(|(_, detail)| detail).take(ERRORS_MAX).collect(), ..code.into() })
    }

    fn operation(&mut self) {
        let operation = self.operation;
        for variable in &operation.variables {
            if let Some(default) = &variable.default_value {
                self.value(default, Expected { ty: &variable.ty, default: false, compares: false });
            }
        }
        self.directives(&operation.directives);
        self.selections(&operation.selection_set);
    }

    fn selections(&mut self, set: &'d SelectionSet) {
        for selection in &set.selections {
            match selection {
                Selection::Field(field) => {
                    self.directives(&field.directives);
                    self.arguments(&field.arguments, &field.definition.arguments);
                    self.selections(&field.selection_set);
                }
                Selection::InlineFragment(inline) => {
                    self.directives(&inline.directives);
                    self.selections(&inline.selection_set);
                }
                Selection::FragmentSpread(spread) => {
                    self.directives(&spread.directives);
                    if let Some(fragment) = spread.fragment_def(self.document)
                        && self.fragments.insert(&fragment.name)
                    {
                        self.directives(&fragment.directives);
                        self.selections(&fragment.selection_set);
                    }
                }
            }
        }
    }

    fn directives(&mut self, list: &DirectiveList) {
        for directive in list.iter() {
            if let Some(definition) = self.schema.directive_definitions.get(&directive.name) {
                self.arguments(&directive.arguments, &definition.arguments);
            }
        }
    }

    fn arguments(&mut self, given: &[Node<Argument>], defined: &[Node<InputValueDefinition>]) {
        for argument in given {
            if let Some(definition) = defined.iter().find(|definition| definition.name == argument.name) {
                self.value(&argument.value, Expected::by(definition, false));
            }
        }
    }

    fn value(&mut self, value: &Node<Value>, expected: Expected<'_>) {
        let at = value.location();
        match value.as_ref() {
            Value::Variable(name) => self.variable(name, at, expected),
            Value::Null if expected.compares => {
                self.note(Code::BadUserInput, at, format!("{NULL_COMPARES}."))
            }
            // The validator has refused it where the type does.
            Value::Null => {}
            Value::List(items) if expected.ty.is_list() => {
                for item in items {
                    self.value(item, expected.item());
                }
            }
            // One value stands for a list of one.
            _ if expected.ty.is_list() => self.value(value, expected.item()),
            given => match self.schema.types.get(expected.ty.inner_named_type()) {
                Some(ExtendedType::Scalar(scalar)) => self.scalar(given, &scalar.name, at),
                Some(ExtendedType::InputObject(object)) => {
                    if let Value::Object(fields) = given {
                        self.object(object, fields, at);
                    }
                }
                _ => {}
            },
        }
    }

    fn scalar(&mut self, given: &Value, name: &Name, at: Option<SourceSpan>) {
        if let Err(wanted) = (self.scalars)(name, &translate::constant(given)) {
            self.note(Code::BadUserInput, at, format!("{given} is no {name}: {wanted}."));
        }
    }

    fn object(&mut self, object: &InputObjectType, fields: &[(Name, Node<Value>)], at: Option<SourceSpan>) {
        let mut seen = HashSet::new();
        for (name, value) in fields {
            if !seen.insert(name) {
                let message = format!("There can be only one input field named `{name}`.");
                self.note(Code::ValidationFailed, name.location(), message);
            }
            if let Some(definition) = object.fields.get(name) {
                self.value(value, Expected::by(definition, compares(&object.name)));
            }
        }
        if object.directives.has("oneOf") {
            self.one_of(object, fields, at);
        }
    }

    fn one_of(&mut self, object: &InputObjectType, fields: &[(Name, Node<Value>)], at: Option<SourceSpan>) {
        match fields {
            [(_, value)] if value.is_null() => {
                self.note(
                    Code::ValidationFailed,
                    at,
                    format!("The one field of `{}` must not be null.", object.name),
                );
            }
            [(_, value)] => {
                if let Value::Variable(name) = value.as_ref()
                    && self.definition(name).is_some_and(|definition| !definition.ty.is_non_null())
                {
                    let message = format!(
                        "`${name}` must not be of a nullable type: it is the one field of `{}`.",
                        object.name
                    );
                    self.note(Code::ValidationFailed, value.location(), message);
                }
            }
            _ => self.note(Code::ValidationFailed, at, format!("`{}` takes exactly one field.", object.name)),
        }
    }

    fn definition(&self, name: &Name) -> Option<&'d Node<VariableDefinition>> {
        let operation = self.operation;
        operation.variables.iter().find(|definition| definition.name == *name)
    }

    /// The rule "All Variable Usages Are Allowed", at any depth of a value.
    fn variable(&mut self, name: &Name, at: Option<SourceSpan>, expected: Expected<'_>) {
        // The validator has refused variables that are not defined.
        let Some(definition) = self.definition(name) else { return };
        let own_default = definition.default_value.as_ref().is_some_and(|value| !value.is_null());
        let guarded = expected.ty.is_non_null() && !definition.ty.is_non_null();
        let fits = if guarded {
            (own_default || expected.default) && definition.ty.is_assignable_to(&nullable(expected.ty))
        } else {
            definition.ty.is_assignable_to(expected.ty)
        };
        if !fits {
            let message = format!(
                "`${name}` of type `{}` cannot stand where `{}` is expected.",
                definition.ty, expected.ty
            );
            self.note(Code::ValidationFailed, at, message);
        } else if guarded {
            self.never_null(name, at, format!("`{}` is expected", expected.ty));
        } else if expected.compares && !definition.ty.is_non_null() {
            self.never_null(name, at, NULL_COMPARES.to_owned());
        }
    }

    fn never_null(&mut self, variable: &Name, at: Option<SourceSpan>, reason: String) {
        self.never_null.push(NeverNull {
            operation: self.operation.name.clone(),
            variable: variable.clone(),
            place: translate::place(at, &self.document.sources),
            reason,
        });
    }

    fn note(&mut self, code: Code, at: Option<SourceSpan>, message: String) {
        let locations = vec![translate::place(at, &self.document.sources)];
        self.wrong.push((code, Detail { message, locations }));
    }
}

fn nullable(ty: &Type) -> Type {
    match ty {
        Type::NonNullNamed(name) => Type::Named(name.clone()),
        Type::NonNullList(item) => Type::List(item.clone()),
        nullable => nullable.clone(),
    }
}
