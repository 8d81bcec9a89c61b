PORT ?= 8000
PYTHON ?= python3
BIN := .venv/bin

# What runs in one process. pyproject.toml explains the marks; a test that starts a process without one of them fails.
IN_PROCESS := not (subprocess or browser or slow or full)
# Tests share what is compiled, and tell what they are warned of.
PYTEST := env PYTHONWARNINGS=default PYTHONDONTWRITEBYTECODE= $(BIN)/python -m pytest -q
IN_PARALLEL := -n 2 --dist loadscope
LINT := $(BIN)/ruff check -- $(BIN)/ruff format --check -- $(BIN)/mypy
# A tier fails when it takes more CPU seconds than its budget; CPU=0 sets none.
WITHIN = $(BIN)/python scripts/cpu_budget.py $(CPU)

.PHONY: help demo check smoke test test-all coverage mutate lock widget bench-gate bench-counts bench-audit
.DEFAULT_GOAL := help

help: ## list what make can do
	@sed -n 's/^\([a-z-]*\):.* ## /\1: /p' Makefile

demo: ## serve the demonstration on http://127.0.0.1:8000 (PORT= to change)
	$(PYTHON) scripts/prepare.py demo
	$(BIN)/shariff-py demo --port $(PORT)

check: CPU ?= 60
check: ## what runs in one process: a minute
	$(PYTHON) scripts/prepare.py test
	$(WITHIN) $(LINT) -- $(PYTEST) -m "$(IN_PROCESS)"

smoke: CPU ?= 240
smoke: ## check, the stores, and each promise once in a browser: four minutes
	$(PYTHON) scripts/prepare.py test
	$(WITHIN) $(LINT) -- $(PYTEST) $(IN_PARALLEL) -m "smoke or $(IN_PROCESS)"

test: CPU ?= 1200
test: ## everything once, in Chromium; this is what CI runs
	$(PYTHON) scripts/prepare.py test
	$(WITHIN) $(LINT) -- $(PYTEST) $(IN_PARALLEL) -m "not full"

test-all: CPU ?= 0
test-all: ## whole products, Firefox, WebKit, long audits as well
	$(PYTHON) scripts/prepare.py test
	$(WITHIN) $(LINT) -- $(PYTEST) $(IN_PARALLEL)

mutate: ## take each row out of the tables, move each bound, and name those that no test misses; PLACE= for a part
	$(PYTHON) scripts/prepare.py test
	$(BIN)/python scripts/mutate.py $(PLACE)

widget: ## build the minified widget (needs Node)
	npm ci --ignore-scripts=false
	npx tsc -p jsconfig.json
	$(PYTHON) scripts/build_static.py

bench-gate: ## what gating a page costs, against a pass that changes nothing
	$(PYTHON) scripts/prepare.py test
	$(BIN)/python benchmarks/gate.py

bench-counts: ## what counts cost: a cached answer, a share bar, a round of a thousand pages
	$(PYTHON) scripts/prepare.py test
	$(BIN)/python benchmarks/counts.py

bench-audit: ## what an audit's four phases cost, against one; MEMORY=--memory adds a run over 200 pages
	$(PYTHON) scripts/prepare.py test
	$(BIN)/python benchmarks/audit.py $(MEMORY)
