# `make` lists what can be done. ARGS="..." is handed on by the targets that take arguments.
SHELL := /bin/sh
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory
export PYTHONPATH := $(CURDIR)/backend
PYTHON := .venv/bin/python

.PHONY: help venv up test check lock bench mutate shots replay demo-reset psql openapi clean night

help: ## list these targets
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1|\2/p' Makefile | awk -F'|' '{ printf "%-18s %s\n", $$1, $$2 }'

venv: ## the Python environment in .venv, from requirements/dev.lock
	@sh backend/devtools/venv.sh

up: venv ## everything running on one port: database, API, worker, frontend (PORT=8000)
	@$(PYTHON) -m devtools.run

test: venv ## all tests: vitest, pytest, the browser (ARGS="-k name" for pytest)
	@$(PYTHON) -m devtools.run_tests $(ARGS)

check: venv ## lint, types, contracts, migrations, API schema and the project's own rules
	@$(PYTHON) -m devtools.run_checks

night: venv ## all tests in their long form
	@MUNGCHI_NIGHT=1 $(PYTHON) -m devtools.run_tests -m "" $(ARGS)

bench: venv ## the table of measured speeds, in build/bench
	@$(PYTHON) tests/bench $(ARGS)

mutate: ## what the tests notice when the code of money is changed (ARGS="ledger --survivors")
	@sh backend/devtools/venv.sh requirements/mutate.lock .local/mutate
	@.local/mutate/bin/python -m devtools.mutation $(ARGS)

shots: venv ## the browser journeys alone, with their screenshots in build/shots
	@$(PYTHON) -m devtools.run_tests --browser-only $(ARGS)

replay: venv ## what firms would have paid together: FILE=purchases.csv (FORETELL=1: next month foretold)
	@$(PYTHON) -m devtools.replay "$(FILE)" $(if $(filter-out 0,$(FORETELL)),--foretell) $(ARGS)

demo-reset: venv ## forget the data of `make up`; the next one starts over
	@$(PYTHON) -m devtools.reset

psql: venv ## a PostgreSQL prompt on the data of `make up`
	@$(PYTHON) -m devtools.postgres psql

openapi: venv ## docs/api/openapi.yml from the code, and the frontend's types from it
	@$(PYTHON) -m devtools.openapi

lock: venv ## requirements/*.lock from pyproject.toml (ARGS=--upgrade for newer versions)
	@$(PYTHON) -m devtools.lock $(ARGS)

clean: ## everything that was made here: data, environment, builds
	@if [ -x $(PYTHON) ]; then $(PYTHON) -m devtools.reset --all; fi
	@rm -rf .venv .local build frontend/node_modules frontend/dist
	@rm -rf .pytest_cache .ruff_cache .mypy_cache .import_linter_cache .hypothesis
