//! Taking offices in: what is named replaces what was known of it.

use std::collections::BTreeSet;

use entity::{OfficeId, OfficeRole};
use sea_orm::Value;
use serde::{Deserialize, Serialize};

use crate::kernel::error::{Code, Error, Refusal, Result};
use crate::kernel::store::{Store, Tx, exec, insert_rows, query_one};
use crate::kernel::write::{Begun, Context, Write};
use crate::programme::company::formats::is_email;
use crate::programme::company::places::place;

/// Most offices of one call, and of the vendor: all of them are read at once.
pub const OFFICES_LIMIT: usize = 500;
/// Most areas or people of one office, and coordinators.
pub const BELOW_LIMIT: usize = 200;
/// Longest code or name, in characters: a line of a list.
pub const NAME_LIMIT: usize = 100;

/// Somebody who reviews or distributes opportunities.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Person {
    /// As tokens name it (`sub`).
    pub subject: String,
    /// Name of the person in messages and lists.
    pub name: String,
    /// Mail address for letters to the person.
    pub email: String,
    /// The language of letters: `en` or `zh-CN`.
    pub language: String,
}

/// An office with everything that belongs to it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct NewOffice {
    /// Its short name, by which it is known again.
    pub code: String,
    /// Its name in English.
    pub name: String,
    /// Its name in Chinese.
    pub name_zh: String,
    /// Its business region.
    pub region: String,
    /// Provinces, each with a city or an empty text for the whole.
    pub areas: Vec<(String, String)>,
    /// Its people, each with a role.
    pub members: Vec<(Person, OfficeRole)>,
}

/// Offices, and the coordinators if they are to be replaced.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct NewOffices {
    /// The offices; others stay as they are.
    pub offices: Vec<NewOffice>,
    /// All coordinators; none given leaves them as they are.
    pub coordinators: Option<Vec<Person>>,
}

/// Takes offices in, all or none; returns their number.
pub async fn import(store: &Store, context: &Context, key: Option<&str>, input: NewOffices) -> Result<usize> {
    let refusals = faults(&input);
    if !refusals.is_empty() {
        return Err(Error::Refused(refusals));
    }
    let write = match Write::begin(store, context, "officeImport", key, &input).await? {
        Begun::Replay(count) => return Ok(count),
        Begun::Fresh(write) => write,
    };
    let tx = write.tx();
    // Two imports come one after the other.
    exec(tx.orm(), "UPDATE programme SET version = version WHERE id = 1", []).await?;
    // An area may move from one of them to another.
    for office in &input.offices {
        for below in ["office_area", "office_member"] {
            let sql =
                format!("DELETE FROM {below} WHERE office_id IN (SELECT id FROM office WHERE code = $1)");
            exec(tx.orm(), &sql, [office.code.trim().into()]).await?;
        }
    }
    for (i, office) in input.offices.iter().enumerate() {
        put(tx, OfficeId(store.ids.next(write.now)), i, office).await?;
    }
    let all = query_one(tx.orm(), "SELECT COUNT(*) FROM office", []).await?;
    let all: i64 = all.map_or(Ok(0), |row| row.try_get_by_index(0))?;
    if usize::try_from(all).is_ok_and(|all| all > OFFICES_LIMIT) {
        return Err(Refusal::at("offices", Code::LimitReached, OFFICES_LIMIT.to_string()).into());
    }
    if let Some(coordinators) = &input.coordinators {
        exec(tx.orm(), "DELETE FROM pce_coordinator", []).await?;
        let rows = coordinators.iter().flat_map(values);
        let head = "INSERT INTO pce_coordinator (subject, name, email, language)";
        insert_rows(tx.orm(), head, 4, rows.collect(), "").await?;
    }
    let count = input.offices.len();
    write.finish(store, "offices", None, &input, &count).await?;
    Ok(count)
}

fn values(person: &Person) -> [Value; 4] {
    let text = |text: &String| Value::from(text.trim());
    [text(&person.subject), text(&person.name), text(&person.email), text(&person.language)]
}

async fn put(tx: &Tx, fresh: OfficeId, i: usize, office: &NewOffice) -> Result<()> {
    let sql = "INSERT INTO office (id, code, name, name_zh, region, version) VALUES ($1, $2, $3, $4, $5, 1) \
               ON CONFLICT (code) DO UPDATE SET name = excluded.name, name_zh = excluded.name_zh, region = excluded.region, \
               version = office.version + 1 RETURNING id";
    let row: [Value; 5] = [
        fresh.0.into(),
        office.code.trim().into(),
        office.name.trim().into(),
        office.name_zh.trim().into(),
        office.region.trim().into(),
    ];
    let found = query_one(tx.orm(), sql, row).await?;
    let id: i64 = found.ok_or_else(|| Error::Invariant("an office has an id".into()))?.try_get_by_index(0)?;
    let areas: Vec<Value> = office
        .areas
        .iter()
        .flat_map(|(province, city)| -> [Value; 3] {
            [place(province).into(), place(city).into(), id.into()]
        })
        .collect();
    let head = "INSERT INTO office_area (province, city, office_id)";
    let wanted = areas.len() / 3;
    if insert_rows(tx.orm(), head, 3, areas, "ON CONFLICT DO NOTHING").await? < wanted as u64 {
        let path = vec!["offices".into(), i.to_string(), "areas".into()];
        return Err(
            Refusal { code: Code::AlreadyExists, path, detail: "an area of another office".into() }.into()
        );
    }
    let members = office.members.iter().flat_map(|(person, role)| -> [Value; 6] {
        let [subject, name, email, language] = values(person);
        [id.into(), subject, role.name().into(), name, email, language]
    });
    let head = "INSERT INTO office_member (office_id, subject, role, name, email, language)";
    insert_rows(tx.orm(), head, 6, members.collect(), "").await?;
    Ok(())
}

/// Everything at fault, each with its place. PURE.
#[must_use]
pub fn faults(input: &NewOffices) -> Vec<Refusal> {
    let mut found = vec![];
    if input.offices.len() > OFFICES_LIMIT {
        found.push(Refusal::at("offices", Code::Invalid, format!("at most {OFFICES_LIMIT} offices")));
        return found;
    }
    let mut codes = BTreeSet::new();
    for (i, office) in input.offices.iter().enumerate() {
        let at = |field: &str| vec!["offices".to_owned(), i.to_string(), field.to_owned()];
        for (field, text) in [
            ("code", &office.code),
            ("name", &office.name),
            ("nameZhCn", &office.name_zh),
            ("region", &office.region),
        ] {
            name(&mut found, at(field), text);
        }
        if !codes.insert(office.code.trim()) {
            found.push(Refusal {
                code: Code::Invalid,
                path: at("code"),
                detail: "the same office twice".into(),
            });
        }
        if office.areas.len() > BELOW_LIMIT || office.members.len() > BELOW_LIMIT {
            let detail = format!("at most {BELOW_LIMIT} areas and {BELOW_LIMIT} members");
            found.push(Refusal { code: Code::Invalid, path: at("areas"), detail });
        }
        let mut seen = BTreeSet::new();
        for (k, (province, city)) in office.areas.iter().enumerate() {
            let twice = !seen.insert((place(province), place(city)));
            if twice || place(province).is_empty() || city.chars().count() > NAME_LIMIT {
                let path = at("areas").into_iter().chain([k.to_string()]).collect();
                let detail = "a province, and a city or nothing, each area once".to_owned();
                found.push(Refusal { code: Code::Invalid, path, detail });
            }
        }
        let mut seen = BTreeSet::new();
        for (k, (person, role)) in office.members.iter().enumerate() {
            let path: Vec<_> = at("members").into_iter().chain([k.to_string()]).collect();
            self::person(&mut found, &path, person, seen.insert((person.subject.trim(), *role)));
        }
    }
    let coordinators = input.coordinators.as_deref().unwrap_or_default();
    let mut seen = BTreeSet::new();
    for (k, coordinator) in coordinators.iter().enumerate() {
        let path = vec!["coordinators".to_owned(), k.to_string()];
        person(&mut found, &path, coordinator, seen.insert(coordinator.subject.trim()));
    }
    found
}

fn name(found: &mut Vec<Refusal>, path: Vec<String>, text: &str) {
    let length = text.trim().chars().count();
    if length == 0 || length > NAME_LIMIT || text.chars().any(char::is_control) {
        let detail = format!("1 to {NAME_LIMIT} characters and no control characters");
        found.push(Refusal { code: Code::Invalid, path, detail });
    }
}

fn person(found: &mut Vec<Refusal>, path: &[String], person: &Person, first: bool) {
    let at = |field: &str| path.iter().cloned().chain([field.to_owned()]).collect::<Vec<_>>();
    name(found, at("subject"), &person.subject);
    name(found, at("name"), &person.name);
    let mut refuse = |field: &str, detail: &str| {
        found.push(Refusal { code: Code::Invalid, path: at(field), detail: detail.to_owned() });
    };
    if !is_email(person.email.trim()) {
        refuse("email", "an address such as name@example.com");
    }
    if !matches!(person.language.trim(), "en" | "zh-CN") {
        refuse("language", "en or zh-CN");
    }
    if !first {
        refuse("subject", "the same person twice");
    }
}
