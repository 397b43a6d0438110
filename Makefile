# Verbs: setup setup-dev demo dev check test look bench chaos. `make demo` and `make test` set up all they need.
PYTHON := .venv/bin/python
PORT ?= 8000
TEST ?= tests
WORKERS ?= 2

# Tests start servers by the hundred: none of them should compile the whole house anew.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help setup setup-dev demo dev check test look bench chaos wire clean
.DEFAULT_GOAL := help

help:            ## list the verbs
	@grep -hE '^[a-z-]+: .*##|^[a-z-]+:  *##' $(MAKEFILE_LIST) | sed 's/:[^#]*## /\t/' | expand -t 14

setup: .venv/.setup-runtime      ## what running needs: virtual environment and run-time packages
setup-dev: .venv/.setup-dev      ## what tests and checks need too: Chromium, redis-server, tsc

.venv/.setup-runtime: pyproject.toml constraints.txt .ci/setup
	@.ci/setup runtime
.venv/.setup-dev: pyproject.toml constraints.txt package.json .ci/setup
	@.ci/setup dev

demo: .venv/.setup-runtime       ## Kharkiv with living traffic on http://127.0.0.1:8000 (PORT=)
	@exec .venv/bin/balancer demo --port $(PORT)

dev: .venv/.setup-runtime        ## an empty Kharkiv on its real clock, data kept in var/dev
	@exec .venv/bin/balancer serve --city kharkiv --data var/dev --port $(PORT)

check: .venv/.setup-dev          ## ruff, mypy, import rules, tsc
	@$(PYTHON) -m ruff check .
	@$(PYTHON) -m mypy
	@.venv/bin/lint-imports --no-logo
	@node_modules/.bin/tsc -p tsconfig.json

test: .venv/.setup-dev           ## every test but the long chaos (TEST=tests/unit narrows, WORKERS=4 for more cores)
	@$(PYTHON) -m pytest $(TEST) -m "not chaos_long" -n $(WORKERS) --dist loadfile

look: .venv/.setup-dev           ## screenshots of every page: sizes, languages, themes -> test-output/look
	@$(PYTHON) -m tests.browser.look

bench: .venv/.setup-dev          ## fan-out against the C limit, latency, drawings, Lighthouse -> test-output/bench
	@$(PYTHON) -m tests.bench

chaos: .venv/.setup-dev          ## kill -9 of server, store and both, ten times each
	@$(PYTHON) -m pytest tests/chaos -m "chaos_long" -o timeout=1800

wire: .venv/.setup-runtime       ## write docs/wire anew from the types
	@.venv/bin/balancer schema openapi > docs/wire/openapi.json
	@.venv/bin/balancer schema asyncapi > docs/wire/asyncapi.json
	@$(PYTHON) -c 'from pathlib import Path; from balancer.core.transitions import markdown; page = Path("docs/states.md"); \
	  page.write_text(page.read_text("utf-8").split("| verb |")[0] + markdown(), "utf-8")'

clean:           ## remove what was built (never the data)
	@rm -rf .venv node_modules test-output .mypy_cache .ruff_cache .pytest_cache .hypothesis
