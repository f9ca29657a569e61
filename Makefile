# A newcomer's two commands: `make ingest` and `make test`. Everything else sets itself up the same way.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: help set-up ingest check test lint types format bench docs lock clean-data

help: ## says what there is
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | awk -F':.*## ' '{printf "  make %-12s %s\n", $$1, $$2}'

set-up: $(VENV)/.ready ## own virtual environment, locked and hashed dependencies

$(VENV)/.ready: requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Copydesk needs Python 3.11 or later; found $$($(PYTHON) --version). Try: make PYTHON=python3.12 ..."; exit 2; }
	@echo "Setting up $(VENV) (once; about a minute) ..."
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@# --no-deps: the lock is complete, and pip's resolver before 24 stumbles over lxml's extra.
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements.lock
	@# compat: a path entry. The default's import hook comes after any folder `copydesk/` beside a script that is run.
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --config-settings editable_mode=compat -e .
	@# Nobody's first run compiles; where no process may write what it compiled, each would do it again (.5 s of every run).
	@$(BIN)/python -m compileall -q copydesk flows schemas transforms warehouse
	@touch $@

ingest: set-up ## runs the main job under Prefect on the sample in seeds/
	@$(BIN)/copydesk ingest --prefect

check: set-up ## runs the data-quality check
	@$(BIN)/copydesk check

test: set-up ## passes all tests
	@$(BIN)/python -m pytest -q -n auto --maxprocesses 4 --dist loadfile

lint: set-up
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .

types: set-up
	@$(BIN)/mypy

format: set-up
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

$(VENV)/.bench: $(VENV)/.ready requirements-bench.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements-bench.lock
	@touch $@

bench: $(VENV)/.bench ## speed of the main job on ../shared/corpora (or COPYDESK_SHARED)
	@$(BIN)/python -m benchmarks.ingest

docs: set-up ## writes docs/tables.md and docs/reference.md anew from the code
	@$(BIN)/python -m copydesk.flows.write_docs
	@$(BIN)/python -m copydesk.flows.report.reference_page

lock: ## resolves the dependencies anew (needs uv)
	uv pip compile pyproject.toml --extra dev --extra team --extra cluster --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header -q -o requirements.lock
	uv pip compile pyproject.toml --extra dev --extra team --extra cluster --extra bench --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header -q -o requirements-bench.lock

clean-data: ## forgets the sample warehouse
	rm -rf warehouse/data
