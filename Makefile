# The verbs of the project. `make` alone lists them.
.DEFAULT_GOAL := help
.PHONY: help run demo test lint fmt fmt-check schema client client-types docs check bench crash simulate deny

CARGO ?= cargo
DEMO_DIR ?= ./demo-data
ROUNDS ?= 5
SEED ?= $(shell date +%s)
export CARGO_TERM_PROGRESS_WHEN ?= never

help: ## List the verbs
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /\1\t/' | expand -t 12

run: ## Serve API and worker in one process; configuration from the environment
	$(CARGO) run -- serve

demo: ## Make a believable programme in DEMO_DIR, settle two months, serve it
	$(CARGO) run -- demo --dir $(DEMO_DIR)

test: ## All tests on both databases; finds or installs PostgreSQL and Redis
	scripts/test-servers
	PARTNER_CENTER_TEST_REQUIRE=postgres,redis scripts/bounded-tests $(CARGO) test --workspace --locked

lint: ## Clippy over everything, warnings are errors
	$(CARGO) clippy --workspace --all-targets --locked -- -D warnings

fmt: ## Format the sources
	$(CARGO) fmt --all

fmt-check:
	$(CARGO) fmt --all --check

schema: ## Write schema.graphql anew (a test compares it), and the types of the TypeScript client
	scripts/write-generated schema.graphql $(CARGO) run --quiet --locked -- schema
	@if command -v npm >/dev/null; then $(MAKE) --no-print-directory client-types; \
		else echo "npm is missing: the types of clients/typescript are as before, and a test will say so." >&2; fi

client-types:
	cd clients/typescript && npm ci --silent && npm run --silent generate

client: client-types ## The TypeScript client: types anew from schema.graphql, compiled, tested (needs Node)
	$(CARGO) build --quiet --locked -p partner-center
	cd clients/typescript && npm run --silent build && \
		PARTNER_CENTER_PROGRAM="$${CARGO_TARGET_DIR:-../../target}/debug/partner-center" npm test --silent

docs: ## API documentation of all crates, broken links are errors
	RUSTDOCFLAGS="-D warnings" $(CARGO) doc --workspace --no-deps --locked

check: fmt-check lint docs test ## What must hold before a change is taken in

# Optimising while linking takes longer than all measurements.
# What the bench is told: rows, paths (names, commas), databases (sqlite, postgres), measurements of each.
export N PATHS DATABASES REPEAT
bench: ## Measured paths against baselines of the same run; N=10000000, PATHS=import,api, DATABASES=sqlite, REPEAT=1
	CARGO_PROFILE_RELEASE_LTO=off $(CARGO) build --release --locked -p partner-center -p bench
	$${CARGO_TARGET_DIR:-target}/release/bench

crash: ## The long form of what kills, starves and interrupts; ROUNDS= and SEED= choose how long and which moments
	scripts/test-servers
	PARTNER_CENTER_TEST_REQUIRE=postgres,redis PARTNER_CENTER_TEST_ROUNDS=$(ROUNDS) PARTNER_CENTER_TEST_SEED=$(SEED) \
		TEST_MINUTES=120 scripts/bounded-tests $(CARGO) test --locked -p tests -- crash loss killed vanished survive --nocapture

SEEDS ?= 200
simulate: ## Business months from seeds, product against oracle; SEED= and SEEDS= choose which, plans that fail land in tests/plans
	scripts/test-servers
	PARTNER_CENTER_TEST_REQUIRE=postgres PARTNER_CENTER_TEST_SEED=$(SEED) PARTNER_CENTER_TEST_SEEDS=$(SEEDS) \
		PARTNER_CENTER_TEST_PLANS=$(CURDIR)/tests/plans \
		$(CARGO) test --locked -p tests --test it -- simulate:: --nocapture

deny: ## Known vulnerabilities of dependencies, and their rules on every platform (needs cargo-deny)
	$(CARGO) deny --locked check bans licenses sources
	$(CARGO) deny --locked fetch db || { \
		echo "The database of advisories cannot be reached: nobody looked for known vulnerabilities." >&2; exit 1; }
	$(CARGO) deny --locked check --disable-fetch advisories
