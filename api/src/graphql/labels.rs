//! Texts that people read for each value of each enum of the schema, in both languages, so that no frontend keeps texts of
//! its own.

use std::collections::HashMap;
use std::sync::OnceLock;

use async_graphql::parser::parse_schema;
use async_graphql::parser::types::{TypeKind, TypeSystemDefinition};
use domain::{Code, Lang};

use crate::graphql::schema::args::Args;
use crate::graphql::schema::choice::{Enumerated, name_of};
use crate::graphql::schema::failure::Outcome;
use crate::graphql::schema::list::Queries;
use crate::graphql::schema::object::{Object, Shown};

/// A line for each word, or for a word of one enum: the word, its English where the word itself does not say it, and
/// its Chinese.
const TEXTS: &str = include_str!("labels.txt");

/// A value with what people read.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Label {
    value: String,
    en: String,
    /// The value itself where nobody has said it in Chinese, which a test forbids.
    zh: String,
}

/// An enum with its labels.
#[derive(Clone, Debug)]
struct EnumLabels {
    name: String,
    values: Vec<Label>,
}

impl Shown for Label {
    const NAME: &'static str = "EnumLabel";

    fn object() -> Object<Self> {
        Object::<Self>::new("A value of an enum as people read it.")
            .text("value", "The value as the schema has it.", |label| &label.value)
            .said("label", "What people read, in the request's language.", |label, env| match env.lang() {
                Lang::En => label.en.clone(),
                Lang::ZhCn => label.zh.clone(),
            })
            .text("labelEn", "What people read in English.", |label| &label.en)
            .text("labelZhCn", "What people read in Chinese.", |label| &label.zh)
    }
}

impl Shown for EnumLabels {
    const NAME: &'static str = "EnumLabels";

    fn object() -> Object<Self> {
        Object::<Self>::new("An enum of the schema with what people read for its values.")
            .text("name", "The name of the enum in the schema.", |of| &of.name)
            .objects("values", "Its values.", |of| of.values.clone())
    }
}

/// The texts by word, and by enum and word.
fn texts() -> &'static HashMap<&'static str, (&'static str, &'static str)> {
    static WORDS: OnceLock<HashMap<&'static str, (&'static str, &'static str)>> = OnceLock::new();
    WORDS.get_or_init(|| {
        let line = |line: &'static str| {
            let mut parts = line.split('|');
            Some((parts.next()?, (parts.next()?, parts.next()?)))
        };
        TEXTS.lines().filter_map(line).collect()
    })
}

/// `AWAIT_PAYOUT` as people write it: `Await payout`. PURE.
fn in_words(value: &str) -> String {
    let lower = value.to_ascii_lowercase().replace('_', " ");
    let mut letters = lower.chars();
    letters.next().map_or_else(String::new, |first| first.to_ascii_uppercase().to_string() + letters.as_str())
}

fn label(of: &str, value: &str) -> Label {
    // A refusal says in its catalogue what it means.
    if of == <Code as entity::Listed>::NAME
        && let Some(code) = <Code as entity::Listed>::published(value)
    {
        let template = |lang| code.template(lang).to_owned();
        return Label { value: value.to_owned(), en: template(Lang::En), zh: template(Lang::ZhCn) };
    }
    let own = format!("{of}.{value}");
    let (en, zh) = texts().get(own.as_str()).or_else(|| texts().get(value)).copied().unwrap_or(("", value));
    let en = if en.is_empty() { in_words(value) } else { en.to_owned() };
    Label { value: value.to_owned(), en, zh: zh.to_owned() }
}

/// The description of a field that is [`only_for`].
pub(crate) const WHY_NOT: &str = "Why the caller may not, in the request's language; null if it may.";

/// For whom something is, in words: `Only for: Finance, Partner.`
pub(crate) fn only_for<E: Enumerated>(by: &[E], lang: Lang) -> String {
    let said = by.iter().map(|one| {
        let label = label(E::NAME, name_of(*one));
        match lang {
            Lang::En => label.en,
            Lang::ZhCn => label.zh,
        }
    });
    let said: Vec<_> = said.collect();
    match lang {
        Lang::En => format!("Only for: {}.", said.join(", ")),
        Lang::ZhCn => format!("仅限：{}。", said.join("、")),
    }
}

/// Every enum of the schema, by name.
fn all() -> &'static [EnumLabels] {
    static ALL: OnceLock<Vec<EnumLabels>> = OnceLock::new();
    ALL.get_or_init(|| {
        // The program's own schema reads: a test holds it.
        let Ok(document) = parse_schema(crate::graphql::sdl()) else { return vec![] };
        let labels = |definition| {
            let TypeSystemDefinition::Type(of) = definition else { return None };
            let TypeKind::Enum(kind) = &of.node.kind else { return None };
            let name = of.node.name.node.to_string();
            let values = kind.values.iter().map(|value| label(&name, &value.node.value.node)).collect();
            Some(EnumLabels { name, values })
        };
        let mut all: Vec<_> = document.definitions.into_iter().filter_map(labels).collect();
        all.sort_by(|a, b| a.name.cmp(&b.name));
        all
    })
}

fn asked(args: &Args) -> Outcome<Vec<Vec<EnumLabels>>> {
    let names: Option<Vec<String>> = args.get("names")?;
    let wanted = |of: &&EnumLabels| names.as_ref().is_none_or(|names| names.contains(&of.name));
    Ok(vec![all().iter().filter(wanted).cloned().collect()])
}

/// Adds the query of labels.
pub(crate) fn query(root: Object<Queries>) -> Object<Queries> {
    root.lists(
        "enumLabels",
        "What people read for the values of every enum, in both languages. Of UserErrorCode it is the message, in which \
         {} stands for the detail.",
        |_, _, args| Box::pin(std::future::ready(asked(args))),
    )
    .arg::<Option<Vec<String>>>("names", "Only enums of these names; all if not given.")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_value_of_every_enum_is_said_in_chinese_and_in_english() {
        let bare = |of: &EnumLabels| {
            let silent =
                |label: &&Label| texts().get(label.value.as_str()).is_none() && label.zh == label.value;
            of.values
                .iter()
                .filter(silent)
                .map(|label| format!("{}.{}", of.name, label.value))
                .collect::<Vec<_>>()
        };
        let bare: Vec<_> = all().iter().flat_map(bare).collect();
        assert!(bare.is_empty(), "labels.txt lacks {bare:?}");
        assert!(
            all().len() > 80 && all().iter().all(|of| of.values.iter().all(|label| !label.en.is_empty()))
        );
    }

    #[test]
    fn no_text_is_of_a_word_that_no_enum_has() {
        let known = |key: &str| {
            let (name, value) = key.split_once('.').map_or((None, key), |(name, value)| (Some(name), value));
            let has = |of: &EnumLabels| of.values.iter().any(|label| label.value == value);
            all().iter().any(|of| name.is_none_or(|name| name == of.name) && has(of))
        };
        let strays: Vec<_> = texts().keys().filter(|key| !known(key)).collect();
        assert!(strays.is_empty(), "{strays:?}");
    }

    #[test]
    fn a_word_of_one_enum_goes_before_the_word() {
        assert_eq!(label("RunKind", "DRAFT").zh, "初稿");
        assert_eq!(label("OpportunityState", "DRAFT").zh, "草稿");
        assert_eq!(label("PaymentState", "AWAIT_PAYOUT").en, "Awaiting payout request");
        assert_eq!(label("PaymentState", "PAYMENT_FAILED").en, "Payment failed");
    }
}
