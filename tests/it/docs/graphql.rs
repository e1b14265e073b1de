//! Every GraphQL example is run against the demonstration, as the persona that it names.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::example::{Example, examples};
use super::pattern::differences;
use super::{Demo, page};

/// Pages with GraphQL on them, and how many examples each has at least.
const PAGES: [(&str, usize); 2] = [("docs/api.md", 15), ("docs/api/mobile.md", 4)];
/// Lists in which a thing is looked for that no example before has made, by the beginning of its id.
const LISTS: [(&str, &str); 2] = [("partner", "partners"), ("customer", "customers")];

/// Runs the examples of one page, one after the other.
struct Reader<'d> {
    demo: &'d Demo,
    http: reqwest::Client,
    /// The newest thing of each kind that an answer named.
    known: BTreeMap<String, String>,
}

impl Reader<'_> {
    async fn post(
        &self,
        example: &Example,
        accept: &str,
        query: &str,
        variables: &Value,
    ) -> reqwest::Response {
        let persona = example.code.setting("as").unwrap_or("operator");
        let language = example.code.setting("language").unwrap_or("en");
        let request = self.http.post(format!("{}/graphql", self.demo.url));
        let request = request.bearer_auth(self.demo.token(persona)).header("accept", accept);
        let body = json!({ "query": query, "variables": variables });
        request.header("accept-language", language).json(&body).send().await.unwrap()
    }

    async fn ask(&self, example: &Example, query: &str, variables: &Value) -> Value {
        self.post(example, "application/json", query, variables).await.json().await.unwrap()
    }

    /// Whether the example does what the page says; else what it does.
    async fn read(&mut self, example: &Example) -> Vec<String> {
        let mut variables = json!({});
        if let Some(fence) = &example.variables {
            variables = serde_json::from_str(&fence.text).expect("variables are JSON");
            self.fill(example, &mut variables).await;
        }
        let query = &example.code.text;
        if query.trim_start().starts_with("subscription") {
            return self.hear(example, &variables).await;
        }
        let answer = self.ask(example, query, &variables).await;
        self.notice(&answer);
        match &example.answer {
            Some(fence) => {
                differences(&serde_json::from_str(&fence.text).expect("an answer is JSON"), &answer)
            }
            None if answer.get("errors").is_none() => Vec::new(),
            None => vec![answer.to_string()],
        }
    }

    /// A subscription that is accepted begins with a comment, one that is refused with its errors.
    async fn hear(&self, example: &Example, variables: &Value) -> Vec<String> {
        let mut stream = self.post(example, "text/event-stream", &example.code.text, variables).await;
        let status = stream.status();
        let opening = stream.chunk().await.unwrap().unwrap_or_default();
        if status == 200 && &*opening == b":\n\n" {
            return Vec::new();
        }
        vec![format!("{status} {}", String::from_utf8_lossy(&opening))]
    }

    /// Puts an id in the place of each `partner_…`: the newest that was seen, else the first of its list.
    async fn fill(&mut self, example: &Example, value: &mut Value) {
        let mut open: Vec<&mut Value> = vec![value];
        while let Some(value) = open.pop() {
            match value {
                Value::Object(members) => open.extend(members.values_mut()),
                Value::Array(entries) => open.extend(entries),
                Value::String(text) => {
                    let Some(kind) = text.strip_suffix("_…").map(str::to_owned) else { continue };
                    if !self.known.contains_key(&kind) {
                        let (_, list) = LISTS.iter().find(|(prefix, _)| *prefix == kind).expect("a list");
                        let query = format!("{{ {list}(first: 1) {{ nodes {{ id }} }} }}");
                        let answer = self.ask(example, &query, &json!({})).await;
                        self.notice(&answer);
                    }
                    text.clone_from(&self.known[&kind]);
                }
                _ => {}
            }
        }
    }

    /// Remembers the ids of an answer.
    fn notice(&mut self, answer: &Value) {
        let mut open = vec![answer];
        while let Some(value) = open.pop() {
            match value {
                Value::Object(members) => {
                    if let Some((kind, rest)) = members.get("id").and_then(|id| id.as_str()?.rsplit_once('_'))
                    {
                        self.known.insert(kind.to_owned(), format!("{kind}_{rest}"));
                    }
                    open.extend(members.values());
                }
                Value::Array(entries) => open.extend(entries),
                _ => {}
            }
        }
    }
}

#[tokio::test]
async fn every_graphql_example_answers_as_its_page_says() {
    let demo = Demo::serve();
    let mut wrong = Vec::new();
    for (path, least) in PAGES {
        let http = reqwest::Client::builder().no_proxy().build().unwrap();
        let mut reader = Reader { demo: &demo, http, known: BTreeMap::new() };
        let found = examples(&page(path), "graphql");
        assert!(found.len() >= least, "{path} has {} examples", found.len());
        for example in &found {
            let differs = reader.read(example).await;
            wrong.extend(differs.iter().map(|differs| format!("{path}:{}{differs}", example.code.line)));
        }
    }
    assert!(wrong.is_empty(), "examples that do not do what their page says:\n  {}", wrong.join("\n  "));
}
