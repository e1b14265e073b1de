//! PURE. Opportunities by what is written in them: name, customer, description and need, in Chinese and English. Persons
//! are not looked at. Every word has to occur somewhere, as any piece of a text.

use sea_orm::DbBackend;

use crate::reading::list::predicate::Predicate;

/// Longest text to look for, in characters: more than a name has.
pub const SEARCH_LIMIT: usize = 200;
/// Words of one search: each is a look of its own.
pub const WORDS_LIMIT: usize = 8;
/// Characters of a piece that the indexes hold: shorter words are compared row by row.
const PIECE: usize = 3;
/// What is looked at, as the index of PostgreSQL has it (`migration/src/first/opportunity.rs`).
const TEXT: &str = "opportunity.name || ' ' || opportunity.customer_name || ' ' || opportunity.description || ' ' || opportunity.need";

/// The rows in which every word of `text` occurs; all for no word. Says what is wrong with a text that cannot be
/// looked for.
pub fn matching(backend: DbBackend, text: &str) -> Result<Predicate, String> {
    if text.chars().count() > SEARCH_LIMIT {
        return Err(format!("`search` has at most {SEARCH_LIMIT} characters."));
    }
    if text.contains('\0') {
        return Err("`search` is a text of visible characters.".to_owned());
    }
    let words: Vec<&str> = text.split_whitespace().collect();
    if words.len() > WORDS_LIMIT {
        return Err(format!("`search` has at most {WORDS_LIMIT} words."));
    }
    let indexed = |word: &&str| backend == DbBackend::Sqlite && word.chars().count() >= PIECE;
    let (pieces, rest): (Vec<_>, Vec<_>) = words.into_iter().partition(indexed);
    let all = (!pieces.is_empty()).then(|| in_index(&pieces));
    Ok(Predicate::all(all.into_iter().chain(rest.into_iter().map(|word| Predicate::contains(TEXT, word)))))
}

/// SQLite: each word quoted, all of them wanted.
fn in_index(words: &[&str]) -> Predicate {
    let quoted: Vec<_> = words.iter().map(|word| format!("\"{}\"", word.replace('"', "\"\""))).collect();
    let sql = "opportunity.id IN (SELECT rowid FROM opportunity_text WHERE opportunity_text MATCH $1)";
    Predicate::new(sql, vec![quoted.join(" ").into()])
}

#[cfg(test)]
mod tests {
    use super::*;
    use sea_orm::Value;

    fn values(backend: DbBackend, text: &str) -> Vec<Value> {
        matching(backend, text).unwrap().into_sql().1
    }

    #[test]
    fn words_of_three_characters_are_looked_up_and_shorter_ones_compared() {
        let found = values(DbBackend::Sqlite, " 智造科技  华东\u{3000}ab abc ");
        assert_eq!(found, ["\"智造科技\" \"abc\"", "%华东%", "%ab%"].map(Value::from));
        let found = values(DbBackend::Postgres, "智造科技 ABC");
        assert_eq!(found, ["%智造科技%", "%abc%"].map(Value::from), "the index serves the comparison");
        assert!(matching(DbBackend::Sqlite, "  ").unwrap().is_always());
    }

    #[test]
    fn what_a_caller_writes_is_never_read_as_a_query() {
        let found = values(DbBackend::Sqlite, "a\"OR\"b NOT* 50%_x");
        assert_eq!(found, ["\"a\"\"OR\"\"b\" \"NOT*\" \"50%_x\""].map(Value::from));
        assert_eq!(values(DbBackend::Postgres, "5%_"), ["%5!%!_%"].map(Value::from));
    }

    #[test]
    fn searches_have_an_end() {
        assert!(matching(DbBackend::Sqlite, &"长".repeat(SEARCH_LIMIT)).is_ok());
        assert!(matching(DbBackend::Sqlite, &"长".repeat(SEARCH_LIMIT + 1)).is_err());
        assert!(matching(DbBackend::Sqlite, &"a ".repeat(WORDS_LIMIT)).is_ok());
        assert!(matching(DbBackend::Sqlite, &"a ".repeat(WORDS_LIMIT + 1)).is_err());
        assert!(matching(DbBackend::Postgres, "a\0").is_err());
    }
}
