# A newcomer's two commands: `make ingest` and `make test`. Everything else sets itself up the same way.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

# On a terminal pip shows how far it is; anywhere else a line a step is enough.
PIP := $(BIN)/python -m pip install $(shell test -t 2 || echo --quiet) --disable-pip-version-check

.PHONY: help set-up ingest check test lint types format bench docs pictures lock clean-data

help: ## says what there is
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | awk -F':.*## ' '{printf "  make %-12s %s\n", $$1, $$2}'

set-up: $(VENV)/.ready ## own virtual environment with what running needs, locked and hashed

$(VENV)/.ready: requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Copydesk needs Python 3.11 or later; found $$($(PYTHON) --version). Try: make PYTHON=python3.12 ..."; exit 2; }
	@echo "Setting up $(VENV), once: $$(grep -c '==' requirements.lock) packages, 240 MB to download, about a minute ..."
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@# --no-deps: the lock is complete, and pip's resolver before 24 stumbles over lxml's extra.
	@$(PIP) --no-deps --require-hashes -r requirements.lock
	@# compat: a path entry. The default's import hook comes after any folder `copydesk/` beside a script that is run.
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --config-settings editable_mode=compat -e .
	@# Nobody's first run compiles; where no process may write what it compiled, each would do it again (.5 s of every run).
	@echo "Compiling ..."
	@$(BIN)/python -m compileall -q copydesk flows schemas transforms warehouse
	@PYTHONDONTWRITEBYTECODE= $(BIN)/python -c "from copydesk.flows.workers.refine_task import warm_up; warm_up()"
	@touch $@

$(VENV)/.dev: $(VENV)/.ready requirements-dev.lock
	@echo "Adding what tests need, once ..."
	@$(PIP) --no-deps --require-hashes -r requirements-dev.lock
	@touch $@

ingest: set-up ## runs the main job under Prefect on the sample in seeds/
	@$(BIN)/copydesk ingest --prefect

check: set-up ## runs the data-quality check
	@$(BIN)/copydesk check

test: $(VENV)/.dev ## passes all tests
	@$(BIN)/python -m pytest -q -n auto --maxprocesses 4 --dist loadfile

lint: $(VENV)/.dev
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .

types: $(VENV)/.dev
	@$(BIN)/mypy

format: $(VENV)/.dev
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

$(VENV)/.bench: $(VENV)/.dev requirements-bench.lock
	@$(PIP) --no-deps --require-hashes -r requirements-bench.lock
	@touch $@

bench: $(VENV)/.bench ## speed of the main job on ../shared/corpora (or COPYDESK_SHARED)
	@$(BIN)/python -m benchmarks.ingest

docs: set-up ## writes docs/tables.md, docs/reference.md and the table of docs/checks.md anew from the code
	@$(BIN)/python -m copydesk.flows.write_docs

pictures: ingest ## draws the pictures of README.md anew from the sample (those of the report need Chromium)
	@$(BIN)/python -m copydesk.flows.report.draw_pictures

RESOLVE := uv pip compile pyproject.toml --extra build --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header -q
TESTED := --extra dev --extra team --extra cluster

lock: ## resolves the dependencies anew (needs uv)
	$(RESOLVE) $(TESTED) -o requirements-dev.lock
	$(RESOLVE) -c requirements-dev.lock -o requirements.lock
	$(RESOLVE) $(TESTED) --extra bench -c requirements-dev.lock -o requirements-bench.lock

clean-data: ## forgets the sample warehouse
	rm -rf warehouse/data
