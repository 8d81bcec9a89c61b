PORT ?= 8000
PYTHON ?= python3
BIN := .venv/bin

.PHONY: demo test check widget

demo: ## serve the demonstration on http://127.0.0.1:8000 (PORT= to change)
	$(PYTHON) scripts/prepare.py demo
	$(BIN)/shariff-py demo --port $(PORT)

test: ## run every test
	$(PYTHON) scripts/prepare.py test
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/python -X dev -m pytest

check: ## the fast part: no browser, no packaging
	$(BIN)/ruff check
	$(BIN)/mypy
	$(BIN)/python -m pytest -q -m "not browser and not packaging"

widget: ## build the minified widget (needs Node)
	npm ci --ignore-scripts=false
	npx tsc -p jsconfig.json
	$(PYTHON) scripts/build_static.py
