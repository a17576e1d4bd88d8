# Everything a developer does here. `make` lists it. The work of setting up is in scripts/setup.py.

SHELL := /bin/sh
BIN := .venv/bin
# Scripts named here appear as targets once they exist: benchmarks/nlu.py is `make bench-nlu`.
BENCHES := $(patsubst benchmarks/%.py,bench-%,$(wildcard benchmarks/[a-z]*.py))
# A file's tests stay together in one process: what they share is made once.
PARALLEL := -n auto --dist loadfile
PICTURES := $(patsubst scripts/%.py,%,$(wildcard scripts/pictures.py))

# Rasa reports on its use, and its crashes, to its makers unless told not to.
export RASA_TELEMETRY_ENABLED := false
export PYTHONUNBUFFERED := 1
# TensorFlow, which Rasa imports unused, otherwise fills the terminal with remarks on the processor.
export TF_CPP_MIN_LOG_LEVEL := 3

.DEFAULT_GOAL := help
.PHONY: help python setup install run test test-all lint format train lock clean

help: ## list what can be made
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-10s %s\n", $$1, $$2}' Makefile
	@for name in $(BENCHES) $(PICTURES); do echo "  make $$name"; done

python:
	@command -v python3 >/dev/null || \
	  { echo "python3 is missing: sudo apt-get install python3 python3-venv" >&2; exit 1; }

setup: python ## install into .venv and train the model; a second time does only what has changed
	@python3 scripts/setup.py

install: python
	@python3 scripts/setup.py --no-train

run: setup ## serve the assistant on http://127.0.0.1:5005/
	@$(BIN)/fingerpost up

test: lint setup ## check the code, then run the tests that need no system package
	@$(BIN)/pytest $(PARALLEL) -m "not system"

test-all: lint setup ## the same, and the tests with Chromium, Node, PostgreSQL and Redis
	@python3 scripts/system_packages.py --check
	@$(BIN)/pytest $(PARALLEL)

lint: install ## formatting, style, types, and what may import what
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-logo

format: install ## put the code into its format, and mend what can be mended
	@$(BIN)/ruff check --quiet --fix --exit-zero . >/dev/null
	@$(BIN)/ruff format .

train: python ## train the model, whether or not anything changed
	@python3 scripts/setup.py --train

lock: install ## work out requirements.lock from pyproject.toml (UPGRADE=1 takes newer versions)
	@.bootstrap/venv/bin/uv pip compile --quiet --universal --python-version 3.10 \
	  --python $(BIN)/python --generate-hashes --extra dev --no-header --no-emit-index-url \
	  $(if $(UPGRADE),--upgrade) --output-file requirements.lock pyproject.toml

$(BENCHES): bench-%: setup
	@$(BIN)/python benchmarks/$*.py $(ARGS)

$(PICTURES): %: setup
	@$(BIN)/python scripts/$*.py $(ARGS)

# var/ stays: it holds the referrals and conversations of whoever has been trying the product.
clean: ## remove what was installed, trained and cached (not var/)
	@rm -rf .venv .bootstrap models .rasa .mypy_cache .ruff_cache .pytest_cache .hypothesis \
	  .import_linter_cache *.egg-info
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +
