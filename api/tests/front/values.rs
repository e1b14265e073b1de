//! Values that do not fit: errors of the request, at their place, before anything runs.

use serde_json::{Value, json};

use super::kit::{TestFront, code, outcome};

const GRAPHQL_JSON: &str = "application/graphql-response+json";

/// Sends it as a new client and as an old one; gives the answer.
async fn refused(front: &TestFront, query: &str, variables: Value) -> Value {
    let body = json!({ "query": query, "variables": variables });
    let new = front.post(&body).header("accept", GRAPHQL_JSON).send().await.unwrap();
    let (status, _, data) = outcome(new).await;
    assert_eq!((status, data), (400, false), "{query} {variables}");
    let old = front.post(&body).header("accept", "application/json").send().await.unwrap();
    assert_eq!(old.status(), 200);
    let answer: Value = old.json().await.unwrap();
    assert!(answer.get("data").is_none(), "{answer}");
    answer
}

#[tokio::test]
async fn a_bad_scalar_is_refused_with_its_place_wherever_it_stands_in_a_document() {
    let front = TestFront::start().await;
    let cases = [
        ("{ letters(of: \"A1\") }", 15),
        ("{ letters(of: 7) }", 15),
        ("{ letters(of: 1.5) }", 15),
        ("{ letters(of: true) }", 15),
        ("{ letters(of: ABC) }", 15),
        ("{ letters(of: [\"a\"]) }", 15),
        ("{ letters(of: {a: 1}) }", 15),
        ("{ letters(basket: {name: \"A\"}) }", 26),
        ("{ letters(basket: {inside: [{name: \"a\"}, {inside: {name: 3}}]}) }", 58),
        ("query($l: Letters = \"A\") { letters(of: $l) }", 21),
        ("{ ...F } fragment F on Query { letters(of: \"A\") }", 44),
        ("{ filtered(filter: {name: {in: [\"a\", \"B\"]}}) }", 38),
    ];
    for (query, column) in cases {
        let answer = refused(&front, query, json!({})).await;
        assert_eq!(code(&answer), "BAD_USER_INPUT", "{query} {answer}");
        assert_eq!(answer["errors"][0]["locations"], json!([{ "line": 1, "column": column }]), "{query}");
        assert!(answer["errors"][0]["message"].as_str().unwrap().contains("small letters"), "{answer}");
    }
}

#[tokio::test]
async fn a_bad_value_of_a_variable_is_refused_with_its_path() {
    let front = TestFront::start().await;
    let cases = [
        ("query($l: Letters) { letters(of: $l) }", json!({ "l": "A" }), "`$l`: "),
        ("query($l: Letters) { letters(of: $l) }", json!({ "l": 2026 }), "`$l`: "),
        ("query($l: Letters) { letters(of: $l) }", json!({ "l": 1.5 }), "`$l`: "),
        ("query($l: Letters) { letters(of: $l) }", json!({ "l": ["a"] }), "`$l`: "),
        ("query($b: Basket) { letters(basket: $b) }", json!({ "b": { "name": "A" } }), "`$b.name`: "),
        (
            "query($b: Basket) { letters(basket: $b) }",
            json!({ "b": { "inside": [{}, { "inside": { "name": 1 } }] } }),
            "`$b.inside[1].inside.name`: ",
        ),
        ("query($b: Basket) { letters(basket: $b) }", json!({ "b": { "nome": "a" } }), "`$b`: "),
        ("query($i: [ID!]!) { ids(ids: $i) }", json!({ "i": ["a", null] }), "`$i[1]`: "),
        ("query($i: [ID!]!) { ids(ids: $i) }", json!({ "i": [1.5] }), "`$i[0]`: "),
        ("query($i: [ID!]!) { ids(ids: $i) }", json!({}), "`$i`: "),
        ("query($c: Choice!) { choose(choice: $c) }", json!({ "c": { "id": "a", "number": 1 } }), "`$c`: "),
        ("query($c: Choice!) { choose(choice: $c) }", json!({ "c": { "id": null } }), "`$c`: "),
        ("query($c: Choice!) { choose(choice: $c) }", json!({ "c": {} }), "`$c`: "),
        ("query($n: Int!) { echo(times: $n) }", json!({ "n": 2_147_483_648_i64 }), "`$n`: "),
        ("query($n: Int!) { echo(times: $n) }", json!({ "n": "1" }), "`$n`: "),
    ];
    for (query, variables, path) in cases {
        let answer = refused(&front, query, variables).await;
        assert_eq!(code(&answer), "BAD_USER_INPUT", "{query} {answer}");
        let error = &answer["errors"][0];
        assert!(error["message"].as_str().unwrap().contains(path), "{answer}");
        assert_eq!(error["locations"][0]["line"], 1, "{answer}");
        assert!(error["locations"][0]["column"].as_u64().unwrap() > 1, "{answer}");
    }
}

#[tokio::test]
async fn null_where_it_has_no_meaning_is_a_mistake_of_the_client() {
    let front = TestFront::start().await;
    let by_filter = "query($f: RowFilter) { filtered(filter: $f) }";
    let by_value = "query($l: Letters) { filtered(filter: {name: {eq: $l}}) }";
    let cases = [
        ("{ filtered(filter: {name: {eq: null}}) }", json!({})),
        ("{ filtered(filter: {name: {in: null}}) }", json!({})),
        ("{ filtered(filter: {name: {isNull: null}}) }", json!({})),
        ("{ filtered(filter: {name: null}) }", json!({})),
        ("{ filtered(filter: {and: [{name: {eq: null}}]}) }", json!({})),
        (by_filter, json!({ "f": { "name": { "eq": null } } })),
        (by_filter, json!({ "f": { "and": [{ "name": null }] } })),
        (by_value, json!({ "l": null })),
        // The argument has a default, which is for what was not given, not for null.
        ("query($n: Int) { echo(times: $n) }", json!({ "n": null })),
        ("query($n: Int = 4) { echo(times: $n) }", json!({ "n": null })),
        ("query($n: Int) { echoInput(input: {times: $n}) }", json!({ "n": null })),
    ];
    for (query, variables) in cases {
        let answer = refused(&front, query, variables).await;
        assert_eq!(code(&answer), "BAD_USER_INPUT", "{query} {answer}");
        assert_eq!(answer["errors"][0]["locations"][0]["line"], 1, "{answer}");
    }
    let fine = [
        ("{ filtered(filter: null) }", json!({}), json!({ "filtered": false })),
        (by_filter, json!({ "f": null }), json!({ "filtered": false })),
        (by_value, json!({}), json!({ "filtered": true })),
        (by_value, json!({ "l": "a" }), json!({ "filtered": true })),
        ("query($n: Int) { echo(times: $n) }", json!({}), json!({ "echo": "absent 3" })),
        ("query($n: Int = 4) { echo(times: $n) }", json!({}), json!({ "echo": "absent 4" })),
        ("query($i: ID) { maybeIds(ids: [\"a\", $i, null]) }", json!({}), json!({ "maybeIds": "a--" })),
        ("query($i: ID) { maybeIds(ids: [\"a\", $i]) }", json!({ "i": "b" }), json!({ "maybeIds": "ab" })),
        ("{ ids(ids: \"a\") }", json!({}), json!({ "ids": 1 })),
        ("query($i: [ID!]!) { ids(ids: $i) }", json!({ "i": "a" }), json!({ "ids": 1 })),
        ("query($l: Letters = \"a\") { letters(of: $l) }", json!({}), json!({ "letters": "a 0" })),
    ];
    for (query, variables, data) in fine {
        let answer = front.ask_with(query, variables).await;
        assert_eq!(answer["data"], data, "{query} {answer}");
    }
}

#[tokio::test]
async fn what_the_specification_forbids_in_values_is_refused() {
    let front = TestFront::start().await;
    let cases = [
        ("{ echoInput(input: {note: \"a\", note: \"b\"}) }", json!({})),
        ("{ letters(basket: {inside: [{name: \"a\", name: \"a\"}]}) }", json!({})),
        ("query($i: ID) { ids(ids: [$i]) }", json!({ "i": "a" })),
        ("query($i: ID) { ids(ids: $i) }", json!({ "i": "a" })),
        ("query($i: [ID]) { ids(ids: $i) }", json!({ "i": ["a"] })),
        ("query($i: Int) { choose(choice: {number: $i}) }", json!({ "i": 1 })),
        ("{ choose(choice: {number: 1, id: \"a\"}) }", json!({})),
        ("{ choose(choice: {number: null}) }", json!({})),
        ("{ choose(choice: {}) }", json!({})),
        ("{ echo(times: null) }", json!({})),
        ("{ echoInput(input: {times: null}) }", json!({})),
        ("query($b: Boolean) { hello @skip(if: $b) }", json!({ "b": true })),
    ];
    for (query, variables) in cases {
        let answer = refused(&front, query, variables).await;
        assert_eq!(code(&answer), "GRAPHQL_VALIDATION_FAILED", "{query} {answer}");
        assert_eq!(answer["errors"][0]["locations"][0]["line"], 1, "{answer}");
    }
}

#[tokio::test]
async fn characters_may_be_escaped_in_every_form_and_lone_surrogates_are_no_characters() {
    let front = TestFront::start().await;
    for text in [r#"\u{1F600}"#, r#"\uD83D\uDE00"#, "😀", r#"\u{01f600}"#] {
        let answer = front.ask(&format!("{{ echo(note: \"{text}\") }}")).await;
        assert_eq!(answer["data"]["echo"], "'😀' 3", "{text} {answer}");
    }
    for text in
        [r#"\uD83D"#, r#"\uDE00"#, r#"\uD83Dx"#, r#"\u{110000}"#, r#"\u{D83D}"#, r#"\u{}"#, r#"\u{1F600"#]
    {
        let answer = refused(&front, &format!("{{ echo(note: \"{text}\") }}"), json!({})).await;
        assert_eq!(code(&answer), "GRAPHQL_PARSE_FAILED", "{text} {answer}");
    }
}
