//! The page of the API says the limits and codes that the front keeps.

use api::http::{BudgetConfig, Code, limits};
use domain::reading::files::{create::UPLOAD_LIFETIME, upload::FILE_LIMIT};
use entity::timestamp::HOUR;

use super::page;

const PAGE: &str = "docs/api.md";
const KIB: usize = 1024;
const MIB: usize = 1024 * KIB;

/// A number as the page writes it: `5,000`.
fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// The section of the page under `title`.
fn section(title: &str) -> String {
    let page = page(PAGE);
    let found = page.split("\n## ").find(|section| section.starts_with(&format!("{title}\n")));
    found.unwrap_or_else(|| panic!("{PAGE} has no section {title}")).to_owned()
}

#[test]
fn the_limits_of_the_page_are_those_of_the_front() {
    let told = section("Limits");
    let budgets = BudgetConfig::default();
    let rows = [
        format!(
            "| body | {} KiB; query string {} KiB; all headers {} KiB |",
            limits::BODY_MAX / KIB,
            limits::URL_QUERY_MAX / KIB,
            limits::HEADERS_MAX / KIB
        ),
        format!(
            "| document | {} KiB, fields {} deep, {} fields, {} aliases, {} root fields |",
            limits::DOCUMENT_MAX / KIB,
            limits::DEPTH_MAX,
            grouped(limits::FIELDS_MAX),
            limits::ALIASES_MAX,
            limits::ROOT_FIELDS_MAX
        ),
        format!("| page | {} rows |", limits::PAGE_MAX),
        format!(
            "| cost of an operation | {} points: an object costs 1, below a list 1 for each row asked for, a mutation {} |",
            grouped(limits::COST_MAX),
            limits::MUTATION_WEIGHT
        ),
        format!(
            "| budget of an account | {} points, of which {} come back each second; of an address {} and {} |",
            grouped(budgets.account.capacity),
            grouped(budgets.account.per_second),
            grouped(budgets.address.capacity),
            grouped(budgets.address.per_second)
        ),
        format!("| time of an operation | {} seconds |", limits::OPERATION_TIMEOUT.as_secs()),
        format!(
            "| subscriptions | {} of an account, {} operations on one socket |",
            limits::STREAMS_PER_ACCOUNT_MAX,
            limits::SOCKET_OPERATIONS_MAX
        ),
        format!(
            "| file | {} MiB, within {} hours of its announcement |",
            FILE_LIMIT / MIB,
            UPLOAD_LIFETIME / HOUR
        ),
    ];
    for row in &rows {
        assert!(told.contains(row), "{PAGE}, Limits, lacks {row}");
    }
    let count = told.lines().filter(|line| line.starts_with("| ")).count();
    assert_eq!(count, rows.len() + 1, "{PAGE}, Limits, has a row that nothing keeps");
}

#[test]
fn every_code_of_a_top_level_error_stands_on_the_page() {
    let told = section("Errors");
    let codes = [Code::BadUserInput, Code::ParseFailed, Code::ValidationFailed];
    for code in Code::TOP_LEVEL.into_iter().chain(codes) {
        assert!(told.contains(&format!("`{}`", code.as_str())), "{PAGE}, Errors, lacks {}", code.as_str());
    }
}
