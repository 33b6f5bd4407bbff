# `make run` tries the bot, `make test` tests it, `make check` judges the code. Each sets up .venv by itself, the first
# time only. Needed: git, make, and Python 3.11 or newer with venv.

PY := .venv/bin/python
# The stamp names the folder: a virtual environment cannot move, so a copied checkout sets itself up anew.
READY := .venv/ready-$(shell pwd | cksum | cut -d ' ' -f 1)
PYTHONS := python3 python3.14 python3.13 python3.12 python3.11
ARGS :=

CHECKS := formatted linted typed layered knowledge-checked schema-fresh documented

.PHONY: help setup run test check format gallery $(CHECKS)
.DELETE_ON_ERROR:

help:
	@echo "make run      start the bot: in a local browser, or in Discord where DISCORD_TOKEN is set"
	@echo "make test     run the tests                       (one file: make test ARGS=tests/test_docs.py)"
	@echo "make check    format, lint, types, import contracts, knowledge, schema, docs"
	@echo "make format   format the code and mend what the linter can"
	@echo "make gallery  every picture and every card on one page to look at; needs Chromium"
	@echo "make setup    only set up .venv"

setup: $(READY)
	@echo "Ready: .venv/bin/legpress, make run, make test."

run: $(READY)
	@exec $(PY) -m bot $(ARGS)

test: $(READY)
	@exec $(PY) -m pytest $(ARGS)

# Each step runs, whatever the one before it found.
check: $(READY)
	@$(MAKE) --no-print-directory --keep-going $(CHECKS)

formatted: $(READY)
	$(PY) -m ruff format --check .

linted: $(READY)
	$(PY) -m ruff check .

typed: $(READY)
	$(PY) -m mypy

layered: $(READY)
	$(PY) -c "from importlinter.cli import lint_imports_command as main; main()"

knowledge-checked: $(READY)
	$(PY) -m bot check --strict knowledge

schema-fresh: $(READY)
	$(PY) -m bot schema --write .make/schema >/dev/null
	@diff -r .make/schema knowledge/schema || { echo "knowledge/schema is not up to date: run make format" >&2; exit 1; }

documented: $(READY)
	$(PY) -m pytest -q tests/test_docs.py

format: $(READY)
	$(PY) -m ruff check --fix .
	$(PY) -m ruff format .
	$(PY) -m bot schema --write knowledge/schema

gallery: $(READY)
	@exec $(PY) -m tests.gallery $(ARGS)

$(READY): pyproject.toml hatch_build.py
	@for python in $(PYTHONS); do \
	  if "$$python" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then break; fi; \
	  python=; \
	done; \
	if [ -z "$$python" ]; then \
	  echo "Python 3.11 or newer with venv is needed (Debian, Ubuntu: apt install python3-venv)." >&2; exit 2; \
	fi; \
	echo "Setting up .venv with $$("$$python" --version); this takes a minute, the first time only."; \
	"$$python" -m venv .venv
	@$(PY) -m pip install --quiet --disable-pip-version-check --upgrade "pip>=25.1"
	@$(PY) -m pip install --quiet --disable-pip-version-check --editable ".[playground,postgres]" --group dev
	@rm -f .venv/ready-* && touch $@
