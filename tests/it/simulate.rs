//! Business months from seeds: the product and an oracle that shares no code with it work the same plan, and must agree
//! to the micro after each step. What does not agree is shrunk to the smallest plan and written as a file; the files of
//! `tests/plans` are played again for ever.
//!
//! | variable | meaning |
//! |---|---|
//! | `PARTNER_CENTER_TEST_SEED` | the first seed |
//! | `PARTNER_CENTER_TEST_SEEDS` | how many |
//! | `PARTNER_CENTER_TEST_PLANS` | where plans that fail are written; the temporary directory if it is not set |

mod read;
mod stage;
mod words;

use std::collections::BTreeMap;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use domain::performance::recompute::recompute_all;
use oracle::generate::{meets, plan_without};
use oracle::oracle::{Oracle, Verdict};
use oracle::plan::{Plan, Step};
use oracle::shrink::smaller;
use tests::db::{Backend, TestDatabase};
use tests::on_both_databases;
use tests::rounds::{number, seed};

use self::stage::{Stage, after_a_crash};

/// Seeds of the short form.
const SEEDS: u64 = 6;
/// Plans tried while one that fails is made smaller: some minutes.
const TRIES: usize = 400;

/// Marks of rules on which product and oracle were not seen to agree yet: plans that come to one are left out.
const AWAITED: &[&str] = &[
    "credit row",
    "row with other facts than before",
    "product of several classes",
    "FOCUS 1.3 with a seller",
    "seller nobody decided about",
    // The rules do not say what holds of a service in a class in which it is new, if it is in several.
    "policy of a product of several classes",
];

/// The marks that were met, each with its number.
type Coverage = BTreeMap<String, u64>;

/// Plays a plan; what disagrees is the error, in words.
async fn play(db: &TestDatabase, plan: &Plan) -> Result<Coverage, String> {
    let mut oracle = Oracle::new(plan);
    let mut stage = Stage::open(db, plan).await.map_err(|e| format!("setting up: {e}"))?;
    for (number, step) in plan.steps.iter().enumerate() {
        let now = oracle.now();
        let at = |what: &str| format!("step {number}, {step:?}\n  at {now}: {what}");
        let expected = oracle.step(step);
        if expected == Verdict::Nothing {
            continue;
        }
        let crash = expected != Verdict::Refused && crash_of(step);
        let calm = if crash { step.clone() } else { without_crash(step) };
        let found = stage.step(plan, &calm, oracle.now()).await;
        if crash {
            oracle.step(&Step::Until(after_a_crash(now)));
        }
        match found {
            Ok(found) if found == expected => {}
            Ok(found) => return Err(at(&format!("\n    expected {expected:?}\n    found    {found:?}"))),
            Err(error) => return Err(at(&format!("{error:?}"))),
        }
        let settled = matches!(step, Step::Settle { .. });
        if !plan.lazy || settled || number + 1 == plan.steps.len() {
            let differences = compare(&stage, &oracle).await.map_err(|e| at(&format!("{e:?}")))?;
            if !differences.is_empty() {
                return Err(at(&differences.join("\n  ")));
            }
        }
    }
    prove(&stage).await?;
    Ok(oracle.coverage().clone())
}

fn crash_of(step: &Step) -> bool {
    match step {
        Step::Import(file) => file.crash.is_some(),
        Step::Settle { crash, .. } => crash.is_some(),
        _ => false,
    }
}

fn without_crash(step: &Step) -> Step {
    match step {
        Step::Import(file) => Step::Import(oracle::plan::File { crash: None, ..file.clone() }),
        Step::Settle { month, run, .. } => Step::Settle { month: *month, run: *run, crash: None },
        other => other.clone(),
    }
}

async fn compare(stage: &Stage<'_>, oracle: &Oracle) -> domain::Result<Vec<String>> {
    recompute_all(&stage.world.store).await?;
    Ok(oracle.seen().differences(&read::seen(&stage.world).await?))
}

/// The product's own proofs of its books.
async fn prove(stage: &Stage<'_>) -> Result<(), String> {
    let checks =
        domain::operate::verify::verify(&stage.world.store, None).await.map_err(|e| e.to_string())?;
    let broken: Vec<String> = checks.iter().filter(|c| !c.holds).map(|c| format!("{c:?}")).collect();
    if broken.is_empty() { Ok(()) } else { Err(format!("verify: {}", broken.join("\n  "))) }
}

/// Plays a plan on a database of its own.
async fn try_out(backend: Backend, plan: &Plan) -> Result<Coverage, String> {
    let db = TestDatabase::fresh(backend).await.expect("a database");
    play(&db, plan).await
}

/// The smallest plan found that still fails, with what it fails of.
async fn shrink(backend: Backend, mut plan: Plan, mut why: String) -> (Plan, String) {
    let mut tries = 0;
    'smaller: loop {
        for next in smaller(&plan) {
            if tries == TRIES {
                break 'smaller;
            }
            if meets(&next, AWAITED) {
                continue;
            }
            tries += 1;
            if let Err(words) = try_out(backend, &next).await {
                (plan, why) = (next, words);
                continue 'smaller;
            }
        }
        break;
    }
    (plan, why)
}

/// The directory into which plans that fail are written.
fn found_plans() -> PathBuf {
    std::env::var_os("PARTNER_CENTER_TEST_PLANS").map_or_else(std::env::temp_dir, PathBuf::from)
}

/// Shrinks a plan that fails, writes it down, and says so.
async fn report(backend: Backend, plan: Plan, why: String) -> String {
    let seed = plan.seed;
    let (mut small, words) = shrink(backend, plan, why).await;
    small.what = format!("what seed {seed} found: say it in a sentence");
    let path = found_plans().join(format!("seed-{seed}-{backend:?}.json").to_lowercase());
    let text = serde_json::to_string_pretty(&small).unwrap() + "\n";
    let written = std::fs::write(&path, text).map_or_else(|e| e.to_string(), |()| "written".to_owned());
    format!("seed {seed} on {backend:?}: {words}\n  smallest plan {written}: {}", path.display())
}

/// Plays plans of many seeds, and says what they came to.
async fn simulate(backend: Backend) {
    let (first, seeds) = (seed("simulate"), number("PARTNER_CENTER_TEST_SEEDS").unwrap_or(SEEDS));
    let (mut coverage, mut failures, mut agreed) = (Coverage::new(), Vec::new(), 0);
    for seed in first..first + seeds {
        let plan = plan_without(seed, AWAITED);
        match try_out(backend, &plan).await {
            Ok(met) => {
                agreed += 1;
                for (what, times) in met {
                    *coverage.entry(what).or_default() += times;
                }
            }
            Err(why) => {
                say(&format!("simulate: seed {seed} disagrees; it is made smaller\n  {why}"));
                failures.push(report(backend, plan, why).await);
            }
        }
    }
    say(&format!("simulate on {backend:?}: {agreed} of {seeds} seeds from {first} agree; they met"));
    for (what, times) in &coverage {
        say(&format!("  {times:>6} {what}"));
    }
    assert!(failures.is_empty(), "{}", failures.join("\n\n"));
}

/// Said aloud also by a test that passes.
fn say(text: &str) {
    let _ = writeln!(std::io::stderr(), "{text}");
}

on_both_databases!(the_product_and_the_oracle_agree_on_business_months_from_seeds, |db| async move {
    simulate(db.backend).await;
});

on_both_databases!(plans_that_failed_once_agree, |db| async move {
    let directory = Path::new(env!("CARGO_MANIFEST_DIR")).join("plans");
    let mut files: Vec<PathBuf> = std::fs::read_dir(directory).unwrap().map(|e| e.unwrap().path()).collect();
    files.retain(|path| path.extension().is_some_and(|end| end == "json"));
    files.sort();
    assert!(!files.is_empty());
    for path in files {
        let plan: Plan = serde_json::from_str(&std::fs::read_to_string(&path).unwrap()).unwrap();
        if let Err(why) = try_out(db.backend, &plan).await {
            panic!("{}: {}\n{why}", path.display(), plan.what);
        }
    }
});
