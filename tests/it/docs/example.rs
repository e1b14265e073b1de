//! Fenced examples of a page: code, the variables it is run with, and the answer that is shown behind it.

/// A block between fences.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Fence {
    /// The line on which it begins.
    pub(super) line: usize,
    /// The first word behind the fence.
    pub(super) language: String,
    /// The rest of that line: settings, or `variables` or `answer`.
    about: String,
    pub(super) text: String,
}

impl Fence {
    /// The value of `name=value` behind the language.
    pub(super) fn setting(&self, name: &str) -> Option<&str> {
        self.about.split_whitespace().find_map(|word| word.strip_prefix(name)?.strip_prefix('='))
    }
}

/// Code of one language with what stands directly behind it.
#[derive(Debug)]
pub(super) struct Example {
    pub(super) code: Fence,
    pub(super) variables: Option<Fence>,
    pub(super) answer: Option<Fence>,
}

/// The blocks of a page, in order.
pub(super) fn fences(page: &str) -> Vec<Fence> {
    let mut found: Vec<Fence> = Vec::new();
    let mut open = false;
    for (index, line) in page.lines().enumerate() {
        match (open, line.strip_prefix("```")) {
            (false, Some(head)) => {
                let (language, about) = head.split_once(' ').unwrap_or((head, ""));
                let (language, about) = (language.to_owned(), about.to_owned());
                found.push(Fence { line: index + 1, language, about, text: String::new() });
                open = true;
            }
            (true, Some(_)) => open = false,
            (true, None) => {
                let fence = found.last_mut().expect("a fence is open");
                fence.text.push_str(line);
                fence.text.push('\n');
            }
            (false, None) => {}
        }
    }
    assert!(!open, "a fence is not closed");
    found
}

/// The examples of a page in `language`.
pub(super) fn examples(page: &str, language: &str) -> Vec<Example> {
    let fences = fences(page);
    let mut found = Vec::new();
    for (index, code) in fences.iter().enumerate().filter(|(_, fence)| fence.language == language) {
        let mut behind = fences[index + 1..].iter();
        let mut next = behind.next();
        let mut take = |about: &str| {
            let fence = next.filter(|fence| fence.about == about)?.clone();
            next = behind.next();
            Some(fence)
        };
        let (variables, answer) = (take("variables"), take("answer"));
        found.push(Example { code: code.clone(), variables, answer });
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_example_is_code_with_what_stands_behind_it() {
        let page = "a\n```graphql as=operator\n{ a }\n```\n```json variables\n{}\n```\n```json answer\n[]\n```\n\
                    ```graphql\n{ b }\n```\n```sh\nls\n```\n```json answer\n{}\n```\n";
        let found = examples(page, "graphql");
        let text = |fence: &Option<Fence>| fence.as_ref().map(|fence| fence.text.clone());
        let told: Vec<_> = found
            .iter()
            .map(|e| (e.code.line, e.code.text.as_str(), text(&e.variables), text(&e.answer)))
            .collect();
        let answered = (2, "{ a }\n", Some("{}\n".to_owned()), Some("[]\n".to_owned()));
        assert_eq!(told, [answered, (11, "{ b }\n", None, None)]);
        assert_eq!(found[0].code.setting("as"), Some("operator"));
    }
}
