PORT ?= 8000
PYTHON ?= python3
BIN := .venv/bin

.PHONY: demo test check widget bench-gate bench-counts bench-audit

demo: ## serve the demonstration on http://127.0.0.1:8000 (PORT= to change)
	$(PYTHON) scripts/prepare.py demo
	$(BIN)/shariff-py demo --port $(PORT)

test: ## run every test
	$(PYTHON) scripts/prepare.py test
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	@# Many processes are started; they share what is compiled, and say what they are warned of.
	PYTHONWARNINGS=default PYTHONDONTWRITEBYTECODE= $(BIN)/python -m pytest -n 2 --dist loadscope

check: ## the fast part: nothing that starts a browser, builds the package, or takes its time
	$(BIN)/ruff check
	$(BIN)/mypy
	$(BIN)/python -m pytest -q -m "not browser and not packaging and not thorough"

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
