//! Settings: all errors at once, no secret in any output, one generated reference.

use super::{ended, program, run, workspace};

#[test]
fn every_wrong_setting_is_reported_at_once_with_its_name() {
    let mut command = program(&["serve", "--worker-concurrency", "0"]);
    command.env("PARTNER_CENTER_LISTEN", "nowhere").env("PARTNER_CENTER_MODE", "party");
    command.env("PARTNER_CENTER_DATABASE_URL", "mysql://user:hunter2@host/name");
    let ended = ended(&mut command);
    assert_eq!(ended.code, 2);
    for name in ["LISTEN", "MODE", "DATABASE_URL", "WORKER_CONCURRENCY", "AUTH_JWKS_URL"] {
        assert!(ended.err.contains(&format!("PARTNER_CENTER_{name} (--")), "{name}: {}", ended.err);
    }
    assert!(ended.err.contains("5 problems") && !ended.err.contains("hunter2"), "{}", ended.err);
}

#[test]
fn every_wrong_setting_of_mail_is_reported_at_once_and_no_password_with_it() {
    let mut command = program(&["config", "--mail-url", "http://mei:hunter2@mail.example.com"]);
    command.env("PARTNER_CENTER_MODE", "development");
    command.env("PARTNER_CENTER_AUTH_SECRET", "0123456789abcdef0123456789abcdef");
    command.env("PARTNER_CENTER_MAIL_OPERATIONS", "ops@example.com, nobody");
    command.env("PARTNER_CENTER_MAIL_FINANCE", vec!["a@example.com"; 21].join(","));
    command.env("PARTNER_CENTER_MAIL_LINK_BASE", "partners.example.com");
    let ended = ended(&mut command);
    assert_eq!(ended.code, 2, "{}", ended.err);
    for name in ["MAIL_URL", "MAIL_FROM", "MAIL_OPERATIONS", "MAIL_FINANCE", "MAIL_LINK_BASE"] {
        assert!(ended.err.contains(&format!("PARTNER_CENTER_{name} (--")), "{name}: {}", ended.err);
    }
    assert!(ended.err.contains("5 problems"), "{}", ended.err);
    assert!(!format!("{}{}", ended.out, ended.err).contains("hunter2"));
}

#[test]
fn a_flag_wins_over_the_environment_and_no_secret_is_printed() {
    let mut command = program(&["config", "--listen", "[::1]:9", "--mode", "development"]);
    command.env("PARTNER_CENTER_LISTEN", "127.0.0.1:1");
    command.env("PARTNER_CENTER_DATABASE_URL", "postgres://pc:hunter2@db/pc?password=hunter2");
    command.env("PARTNER_CENTER_REDIS_URL", "redis://:hunter2@cache/");
    command.env("PARTNER_CENTER_AUTH_SECRET", "hunter2-hunter2-hunter2-hunter2-hunter2");
    let ended = ended(&mut command);
    assert_eq!(ended.code, 0, "{}", ended.err);
    assert!(
        ended.out.contains("[::1]:9") && ended.out.contains("postgres://pc:[redacted]@db/pc"),
        "{}",
        ended.out
    );
    assert!(!ended.out.contains("hunter2") && !ended.err.contains("hunter2"));
}

#[test]
fn the_help_names_every_verb() {
    let help = run(&["--help"]);
    assert_eq!(help.code, 0);
    for verb in
        ["demo", "serve", "worker", "migrate", "import", "invoice", "settle", "verify", "export", "token"]
    {
        assert!(help.out.contains(&format!("  {verb} ")), "{verb}");
    }
    assert_eq!(run(&["frobnicate"]).code, 2);
}

#[test]
fn the_reference_of_settings_is_the_committed_one() {
    let reference = run(&["config", "--reference"]).out;
    let committed = std::fs::read_to_string(workspace().join("docs/configuration.md")).unwrap_or_default();
    assert!(
        committed == reference,
        "docs/configuration.md is not up to date: scripts/write-generated docs/configuration.md cargo run --quiet --locked -- config --reference"
    );
}

#[test]
fn a_token_needs_the_secret_and_somebody_it_is_for() {
    let secret = "0123456789abcdef0123456789abcdef";
    let token = run(&["token", "--subject", "mei", "--roles", "finance", "--auth-secret", secret]);
    assert_eq!((token.code, token.out.trim().split('.').count()), (0, 3), "{}", token.err);
    assert_eq!(
        run(&["token", "--subject", "mei", "--roles", "finance", "--auth-secret", &secret[1..]]).code,
        2
    );
    assert_eq!(run(&["token", "--subject", "mei", "--auth-secret", secret]).code, 2);
}
