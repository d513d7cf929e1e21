# One command for one intention; `make` alone lists them. Needs Python 3.11 or later, make and git.

PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
WORKERS ?= 3
FLOOR  ?= 87
PREFIX ?= $(HOME)/.local
STAMP  := $(VENV)/.set-up
SERVICES := $(notdir $(patsubst %/pyproject.toml,%,$(wildcard services/*/pyproject.toml)))
LOCK   := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
          --no-header --no-emit-index-url --no-emit-find-links --no-annotate

.DEFAULT_GOAL := help
.PHONY: help setup install demo test acceptance screenshots coverage check bench bench-engines chaos compose-test drills lock docs contracts lock-check release-check system-packages

help: ## list the commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-14s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: $(STAMP) ## make .venv and install what is locked in requirements/

install: $(STAMP) ## link the command `kindred` into a folder of your PATH (PREFIX=~/.local)
	@$(BIN)/python deploy/command.py --link $(PREFIX)/bin

demo: $(STAMP) ## play a school year with 60 real schools (ONCE=1 ends by itself, SCHOOLS=n, PROGRAMME="key key", UNTIL=matching|invited|visits|findings)
	@$(BIN)/python -m kindred demo $(if $(ONCE),--once) $(if $(SCHOOLS),--schools $(SCHOOLS)) $(if $(UNTIL),--until $(UNTIL)) $(foreach key,$(PROGRAMME),--programme $(key)) $(ARGS)

test: $(STAMP) system-packages ## every test, on real servers and three workers (WORKERS=n; ARGS=... goes to pytest)
	$(BIN)/python -m pytest -n $(WORKERS) --dist loadfile --durations 10 $(ARGS)

acceptance: $(STAMP) system-packages ## what goes over everything again: every page with every rule at every size (before a release)
	$(BIN)/python -m pytest -m acceptance -n $(WORKERS) --dist loadfile --durations 10 $(ARGS)

screenshots: $(STAMP) system-packages ## every page and mail of an autumn, phone and desk, as pictures (FOLDER=build/screenshots)
	$(BIN)/python -m tests.screenshots $(or $(FOLDER),build/screenshots)

coverage: $(STAMP) system-packages ## the unit tests with branch coverage; fails below FLOOR (ARGS='--cov-report=html' shows lines)
	folder=$$(mktemp -d) && COVERAGE_FILE=$$folder/data $(BIN)/python -m pytest tests/unit -n $(WORKERS) --dist loadfile --durations 10 \
	  --cov --cov-report= --cov-fail-under=$(FLOOR) $(ARGS); code=$$?; rm -r "$$folder"; exit $$code

check: $(STAMP) ## style, types, boundaries between packages, contracts, Dockerfile and compose file
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy shared services kindred deploy contracts tests benchmarks chaos
	$(BIN)/lint-imports
	$(BIN)/python -m contracts check
	deploy/lint-containers
	$(BIN)/python -m pytest tests/architecture tests/contracts

bench: $(STAMP) ## measure (ARGS=... goes to the benchmarks)
	$(BIN)/python -m benchmarks $(ARGS)

bench-engines: $(STAMP) ## measure matching and scheduling beside their peers, write docs/benchmarks.md (ARGS=--quick)
	$(BIN)/python -m benchmarks.engines $(ARGS)

chaos: $(STAMP) ## kill, cut and pause things while work goes on (N=20)
	$(BIN)/python -m chaos $(if $(N),--rounds $(N)) $(ARGS)

compose-test: $(STAMP) ## build the images, start docker-compose.yml and play the demo's year against it
	$(BIN)/python -m kindred.demo.compose $(if $(SCHOOLS),--schools $(SCHOOLS)) $(ARGS)

drills: $(STAMP) ## the operator's drills on docker compose, with a table of what was seen (ARGS='relay-away --schools 12')
	$(BIN)/python -m chaos.drills $(ARGS)

docs contracts: $(STAMP) ## write again what is generated: schemas, topology, events.md, AsyncAPI, settings.md
	$(BIN)/python -m contracts release

release-check: $(STAMP) ## what must agree before a release; wheel and images build (docs/releasing.md)
	@$(BIN)/python -m deploy.release

lock: $(BIN)/uv ## choose versions anew (UPGRADE=1) or add what a pyproject.toml newly names
	$(LOCK) $(if $(UPGRADE),--upgrade) pyproject.toml services/*/pyproject.toml --group dev --group demo --extra cli -o requirements/dev.txt
	$(LOCK) pyproject.toml --extra cli -c requirements/dev.txt -o requirements/cli.txt
	for service in $(SERVICES); do \
	  $(LOCK) pyproject.toml services/$$service/pyproject.toml -c requirements/dev.txt -o requirements/$$service.txt || exit 1; \
	done

lock-check: $(STAMP) ## every locked package has a wheel for each platform that the README names
	@$(BIN)/python -m deploy.release.platforms

system-packages:
	@deploy/system-packages

$(BIN)/uv:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Kindred needs Python 3.11 or later; $(PYTHON) is older. Name another with PYTHON=python3.13." >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet uv

$(STAMP): requirements/dev.txt | $(BIN)/uv
	VIRTUAL_ENV=$(VENV) $(BIN)/uv pip install --quiet --require-hashes --no-deps -r requirements/dev.txt
	@$(BIN)/python deploy/command.py
	@touch $@
