# Two commands do everything on a fresh machine with git, make and python3:
#   make demo   the main job on real specs
#   make test   the tests (make test ALL=1: also the slow ones, and PostgreSQL where pg_virtualenv is installed)
# Both make their own .venv from pyproject.toml, with uv when it is there, else with venv and pip.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
UV := $(shell command -v uv 2>/dev/null)
DEMO := .demo

.PHONY: demo test lint bench docs clean

demo: $(VENV)/.runtime
	@rm -rf $(DEMO)
	@$(BIN)/aurora demo $(DEMO)

test: $(VENV)/.dev
ifdef ALL
	@$(BIN)/python tests/everything.py
else
	@$(BIN)/python -m pytest -n 2
endif

lint: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	PYTHONPATH=.:events:projections $(BIN)/lint-imports --no-cache

bench: $(VENV)/.dev
	$(BIN)/python tests/bench/journal.py
	$(BIN)/python tests/bench/batch.py --small
	$(BIN)/python tests/bench/ledger.py
	$(BIN)/python tests/bench/startup.py
	$(BIN)/python tests/bench/throughput.py
	$(BIN)/python tests/bench/retrieval.py
	$(BIN)/python tests/bench/everyday.py --lint

docs: $(VENV)/.dev
	$(BIN)/python tests/tools/write_reference.py

clean:
	rm -rf $(VENV) $(DEMO) build dist .mypy_cache .ruff_cache .pytest_cache

$(VENV)/.runtime: pyproject.toml
ifdef UV
	@test -x $(BIN)/python || uv venv -q --python $(PYTHON) $(VENV)
	@uv pip install -q --python $(BIN)/python -e .
else
	@$(BIN)/python -m pip --version >/dev/null 2>&1 || $(PYTHON) -m venv --clear $(VENV)
	@$(BIN)/python -m pip install -q --disable-pip-version-check -e .
endif
	@touch $@

$(VENV)/.dev: $(VENV)/.runtime pyproject.toml
ifdef UV
	@uv pip install -q --python $(BIN)/python -e . --group dev
else
	@$(BIN)/python -m pip install -q --disable-pip-version-check --upgrade "pip>=25.1"
	@$(BIN)/python -m pip install -q --disable-pip-version-check -e . --group dev
endif
	@touch $@
