# The two commands a newcomer needs are `make run` and `make test`; `make help` lists the rest.
# Every target depends on the environment's marker, so that each works on a fresh checkout.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
SEED ?= 1
CONVERSATIONS ?= 1000

.DEFAULT_GOAL := help
.PHONY: help setup run test check format lint types imports golden record-histories bench eval soak lock clean

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  %-18s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

$(READY): requirements.lock pyproject.toml scripts/bootstrap.sh
	@PYTHON="$(PYTHON)" sh scripts/bootstrap.sh $(VENV)
	@touch $@

setup: $(READY) ## install without starting anything

run: $(READY) ## run everything on this machine and show a sample conversation
	@exec $(BIN)/sms-agent up

test: $(READY) ## lint, types, import contracts and the whole test suite
	@sh scripts/test.sh $(BIN)

check: test ## the same as test: what CI runs

format: $(READY) ## format the code
	$(BIN)/ruff format . && $(BIN)/ruff check --fix .

lint: $(READY) ## lint only
	$(BIN)/ruff format --check . && $(BIN)/ruff check .

types: $(READY) ## types only
	$(BIN)/mypy

imports: $(READY) ## import contracts only
	$(BIN)/lint-imports

golden: $(READY) ## rewrite the golden files; review the diff as code
	GOLDEN_UPDATE=1 $(BIN)/pytest -q tests/golden tests/unit/agent tests/contract -k golden

record-histories: $(READY) ## record workflow histories of this version for the replay tests
	$(BIN)/python -m tests.replay.record

bench: $(READY) ## turns per second, latency, cost per turn
	$(BIN)/python -m bench.turns

soak: $(READY) ## conversations under seeded faults: make soak SEED=1 CONVERSATIONS=1000
	@$(BIN)/python -m tests.faults.soak --seed $(SEED) --conversations $(CONVERSATIONS)

eval: $(READY) ## how good the gate is, on labelled texts
	$(BIN)/python -m evals.gate.report

lock: ## write requirements.lock anew from pyproject.toml
	$(BIN)/uv pip compile pyproject.toml --extra dev --generate-hashes --no-emit-index-url --no-header --universal --python-version 3.11 -o requirements.lock

clean: ## remove the environment and all local data
	rm -rf $(VENV) var build *.egg-info
