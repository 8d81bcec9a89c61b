PORT ?= 8000
PYTHON ?= python3
BIN := .venv/bin

# What runs in one process. pyproject.toml explains the marks; a test that starts a process without one of them fails.
IN_PROCESS := not (subprocess or browser or slow or full)
# Tests share what is compiled, and tell what they are warned of.
PYTEST := env PYTHONWARNINGS=default PYTHONDONTWRITEBYTECODE= $(BIN)/python -m pytest -q
# The quick tiers try each test with a few of its rows, and draw few examples.
QUICK := --hypothesis-profile quick --rows 2
IN_PARALLEL := -n 2 --dist loadscope
LINT := $(BIN)/ruff check -- $(BIN)/ruff format --check -- $(BIN)/mypy
# A tier fails when it takes more CPU seconds than its budget (in CI that is only printed); CPU=0 sets none.
WITHIN = $(BIN)/python scripts/cpu_budget.py $(CPU)

.PHONY: help demo check smoke test test-all coverage fuzz mutate lock docs release widget walks bench-start bench-gate bench-counts bench-audit soak reliability
.DEFAULT_GOAL := help

help: ## list what make can do
	@sed -n 's/^\([a-z-]*\):.* ## /\1: /p' Makefile

demo: ## serve the demonstration on http://127.0.0.1:8000 (PORT= to change)
	$(PYTHON) scripts/prepare.py demo
	$(BIN)/shariff-py demo --port $(PORT)

check: CPU ?= 60
check: ## each test that runs in one process, with two rows of its table: a minute
	$(PYTHON) scripts/prepare.py test
	$(WITHIN) $(LINT) -- $(PYTEST) $(QUICK) -m "$(IN_PROCESS)"

smoke: CPU ?= 240
smoke: ## check, the stores, and each promise once in a browser: four minutes
	$(PYTHON) scripts/prepare.py test
	$(WITHIN) $(LINT) -- $(PYTEST) $(IN_PARALLEL) $(QUICK) -m "smoke or $(IN_PROCESS)"

test: CPU ?= 1200
test: ## everything once, in Chromium; this is what CI runs
	$(PYTHON) scripts/prepare.py test
	$(WITHIN) $(LINT) -- $(PYTEST) $(IN_PARALLEL) -m "not full"

test-all: CPU ?= 0
test-all: ## whole products, Firefox, WebKit, long audits as well
	$(PYTHON) scripts/prepare.py test
	$(WITHIN) $(LINT) -- $(PYTEST) $(IN_PARALLEL)

docs: ## check the documents and build their site in docs/_build; a warning fails it
	$(PYTHON) scripts/prepare.py test
	$(PYTEST) -m "not browser" tests/house/test_custom_elements.py tests/house/test_docs*.py
	$(BIN)/python -m sphinx -q -W --keep-going docs docs/_build/site

release: ## sdist and wheel in dist/; not while a fact is older than a year, news are not collected, or something is stale (needs Node)
	$(PYTHON) scripts/prepare.py test
	$(BIN)/python scripts/release_checks.py
	$(BIN)/python scripts/build_widget_data.py --check
	$(BIN)/python scripts/build_static.py --check
	$(MAKE) docs
	$(BIN)/python -m build --no-isolation

coverage: ## branch coverage of what runs in one process, held against docs/coverage-gaps.toml
	$(PYTHON) scripts/prepare.py test
	@# On Python 3.11 a tracer that several threads install at once can fail a test; whether tests pass is for make check to say.
	-env CI=true PYTHONDONTWRITEBYTECODE= $(BIN)/coverage run -m pytest -q -m "not (subprocess or browser or full)"
	$(BIN)/coverage json --quiet -o coverage.json
	$(BIN)/python scripts/coverage_gaps.py coverage.json

# One lock for every Python from 3.11 on and every system, with hashes and without the address of any package index.
LOCK := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-annotate --custom-compile-command "make lock" pyproject.toml

lock: ## write requirements/ anew from pyproject.toml; UPGRADE=--upgrade takes the newest versions
	$(PYTHON) scripts/prepare.py demo
	$(BIN)/python -m pip install --quiet uv
	$(LOCK) $(UPGRADE) --all-extras --group dev --output-file requirements/test.txt
	$(LOCK) $(UPGRADE) --all-extras --resolution lowest-direct --output-file requirements/lowest.txt
	$(LOCK) --extra server --group build --constraint requirements/test.txt --output-file requirements/demo.txt

fuzz: SECONDS ?= 60
fuzz: ## feed every reader of texts from outside with what reaches new code; SECONDS= each, TARGET= for one, KEEP=--keep keeps it
	$(PYTHON) scripts/prepare.py test
	$(BIN)/python scripts/fuzz.py --seconds $(SECONDS) $(if $(TARGET),--target $(TARGET)) $(KEEP)

mutate: ## take each row out of the tables, move each bound, and name those that no test detects; PLACE= for a part
	$(PYTHON) scripts/prepare.py test
	$(BIN)/python scripts/mutate.py $(PLACE)

widget: ## build the minified widget (needs Node)
	npm ci --ignore-scripts=false
	npx tsc -p jsconfig.json
	$(PYTHON) scripts/build_static.py

bench-start: ## what importing the extension costs, against importing Flask
	$(PYTHON) scripts/prepare.py test
	$(BIN)/python benchmarks/start.py

bench-gate: ## what gating a page costs, against a pass that changes nothing
	$(PYTHON) scripts/prepare.py test
	$(BIN)/python benchmarks/gate.py

bench-counts: ## what counts cost: a cached response, a share bar, a refresh cycle of a thousand pages
	$(PYTHON) scripts/prepare.py test
	$(BIN)/python benchmarks/counts.py

bench-audit: ## what an audit's four phases cost, against one; MEMORY=--memory adds a run over 200 pages
	$(PYTHON) scripts/prepare.py test
	$(BIN)/python benchmarks/audit.py $(MEMORY)

soak: SECONDS ?= 170
soak: ## an hour's load in three minutes: memory, descriptors and threads must be flat; SECONDS= into how many seconds
	$(PYTHON) scripts/prepare.py test
	$(BIN)/python benchmarks/soak.py --seconds $(SECONDS)

reliability: ## faults and growth, written into docs/reliability.md; CASES= only those whose name contains a word, and nothing is written
	$(PYTHON) scripts/prepare.py test
	$(BIN)/python benchmarks/reliability.py $(CASES)

walks: ## how far the code is walked for one bar, gate, click and page: calls, and changes of file
	$(PYTHON) scripts/prepare.py test
	$(BIN)/python benchmarks/walks.py
