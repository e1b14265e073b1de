//! The way from a refusal into the input as it was sent.
//!
//! Use cases name fields as they know them. The shape of the input, read off the registry, says which way leads there:
//! below an object of the input, along a list, or only as far as the thing that has the field.

use std::any::TypeId;
use std::collections::HashMap;
use std::sync::{OnceLock, PoisonError, RwLock};

use async_graphql::InputType;
use async_graphql::registry::{MetaType, Registry};

/// The input field that holds a whole file.
const FILE: &str = "csv";

/// The place that a refusal leads to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Place {
    /// The way into the input, as far as there is one.
    pub(crate) path: Vec<String>,
    /// The field of what the way leads to, where the input has none of that name.
    pub(crate) field: Option<String>,
}

impl Place {
    /// The rest of a way that ends before it.
    pub(crate) fn joined(rest: &[String]) -> Option<String> {
        (!rest.is_empty()).then(|| rest.join("."))
    }
}

/// A field of an input object.
#[derive(Debug)]
struct Field {
    /// The input object it takes, if it takes any.
    below: Option<String>,
    list: bool,
}

/// The input objects that one input leads to.
#[derive(Debug)]
struct Shapes {
    root: String,
    objects: HashMap<String, HashMap<String, Field>>,
}

/// The place that `path` of a refusal leads to in an input `I`.
pub(crate) fn place_in<I: InputType + 'static>(path: &[String]) -> Place {
    shapes_of::<I>().place(path)
}

/// The shapes of an input; read once.
fn shapes_of<I: InputType + 'static>() -> &'static Shapes {
    static SHAPES: OnceLock<RwLock<HashMap<TypeId, &'static Shapes>>> = OnceLock::new();
    let shapes = SHAPES.get_or_init(RwLock::default);
    let key = TypeId::of::<I>();
    if let Some(known) = shapes.read().unwrap_or_else(PoisonError::into_inner).get(&key) {
        return known;
    }
    let mut registry = Registry::default();
    I::create_type_info(&mut registry);
    // Shapes live as long as the program: there are as many as there are mutations.
    let read: &'static Shapes = Box::leak(Box::new(Shapes::read(&I::type_name(), &registry)));
    shapes.write().unwrap_or_else(PoisonError::into_inner).entry(key).or_insert(read)
}

impl Shapes {
    fn read(root: &str, registry: &Registry) -> Self {
        let mut objects = HashMap::new();
        for (name, described) in &registry.types {
            let MetaType::InputObject { input_fields, .. } = described else { continue };
            let field = |kind: &str| {
                let named = kind.trim_matches(['[', ']', '!']);
                let below = matches!(registry.types.get(named), Some(MetaType::InputObject { .. }));
                Field { below: below.then(|| named.to_owned()), list: kind.starts_with('[') }
            };
            let fields = input_fields.iter().map(|(name, taken)| (name.clone(), field(&taken.ty)));
            objects.insert(name.clone(), fields.collect());
        }
        Self { root: root.to_owned(), objects }
    }

    fn field(&self, object: &str, name: &str) -> Option<&Field> {
        self.objects.get(object)?.get(name)
    }

    /// The one field of the root whose object has a field `name`.
    fn holder(&self, name: &str) -> Option<&str> {
        let fields = self.objects.get(&self.root)?;
        let holds = |field: &Field| {
            !field.list && field.below.as_deref().is_some_and(|below| self.field(below, name).is_some())
        };
        let mut holders = fields.iter().filter(|(_, field)| holds(field)).map(|(holder, _)| holder.as_str());
        holders.next().filter(|_| holders.next().is_none())
    }

    fn place(&self, path: &[String]) -> Place {
        let Some(first) = path.first() else { return Place::default() };
        let root = &self.root;
        if self.field(root, first).is_some() {
            return self.along(vec![], path);
        }
        match self.holder(first) {
            Some(holder) => self.along(vec![holder.to_owned()], path),
            None => {
                let file = self.field(root, FILE).map(|_| FILE.to_owned());
                Place { path: file.into_iter().collect(), field: Place::joined(path) }
            }
        }
    }

    /// Goes from the end of `way`, a way from the root, along `path` as far as the input leads.
    fn along(&self, mut way: Vec<String>, path: &[String]) -> Place {
        let start = way.first().and_then(|holder| self.field(&self.root, holder)?.below.as_deref());
        let (mut object, mut rest) = (start.or(Some(self.root.as_str())), path);
        while let [name, behind @ ..] = rest {
            let Some(field) = object.and_then(|object| self.field(object, name)) else { break };
            way.push(name.clone());
            rest = behind;
            object = field.below.as_deref();
            if let [number, behind @ ..] = rest
                && field.list
                && number.bytes().all(|b| b.is_ascii_digit())
            {
                way.push(number.clone());
                rest = behind;
            }
        }
        Place { path: way, field: Place::joined(rest) }
    }
}

#[cfg(test)]
mod tests {
    use async_graphql::InputObject;

    use super::*;

    #[derive(InputObject)]
    struct Inner {
        name: String,
    }

    #[derive(InputObject)]
    struct Row {
        id: i32,
        seats: Vec<i32>,
    }

    #[derive(InputObject)]
    struct Outer {
        id: i32,
        fields: Inner,
        rows: Vec<Row>,
    }

    #[derive(InputObject)]
    struct Upload {
        csv: String,
    }

    fn place<I: InputType + 'static>(path: &str) -> (String, Option<String>) {
        let path: Vec<String> = path.split('.').filter(|part| !part.is_empty()).map(str::to_owned).collect();
        let Place { path, field } = place_in::<I>(&path);
        (path.join("."), field)
    }

    #[test]
    fn a_refusal_leads_as_far_into_the_input_as_the_input_goes() {
        for (told, path, field) in [
            ("", "", None),
            ("id", "id", None),
            ("fields.name", "fields.name", None),
            ("name", "fields.name", None),
            ("rows.3.id", "rows.3.id", None),
            ("rows.3.seats.0", "rows.3.seats.0", None),
            ("rows.3.customerName", "rows.3", Some("customerName")),
            ("seats", "", Some("seats")),
            ("contact", "", Some("contact")),
        ] {
            assert_eq!(place::<Outer>(told), (path.to_owned(), field.map(str::to_owned)), "{told}");
        }
        assert_eq!(place::<Upload>("legalName"), ("csv".to_owned(), Some("legalName".to_owned())));
    }
}
