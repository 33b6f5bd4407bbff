# `make run` tries the bot, `make test` tests it, `make check` judges the code. Each sets up .venv by itself, the first
# time only, from the lock files in requirements/. Needed: git, make, and Python 3.11 or newer with venv.

PYTHON :=
INTO := .venv
ARGS :=
# Two more than there are cores: a third of the time that tests take they wait, for a process of their own or a clock.
WORKERS = $(shell $(PY) -c 'import os; print((os.cpu_count() or 1) + 2)')
SHARE := 1
MINUTES :=

# One file by itself runs in one process: a worker's start takes longer than most files do.
ONE_FILE = $(and $(filter 1,$(words $(ARGS))),$(findstring .py,$(ARGS)))
IN_PARALLEL = $(if $(ONE_FILE),,--numprocesses=$(WORKERS) --maxprocesses=8 --dist=worksteal)

BIN := .venv/bin
ifeq ($(OS),Windows_NT)
BIN := .venv/Scripts
endif
PY := $(BIN)/python

# What is compiled once stays compiled: with it set, each of the workers would rewrite the asserts of what it imports.
unexport PYTHONDONTWRITEBYTECODE

# The Python of .venv where there is one; PYTHON=... asks for another, and sets up .venv anew with it.
PYTHONS := $(or $(PYTHON),$(PY) python3 python3.13 python3.12 python3.11 python3.14 python)
SUITABLE := import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))
define install
@for python in $(PYTHONS); do \
  if "$$python" -c '$(SUITABLE)' >/dev/null 2>&1; then exec "$$python" requirements/install.py $(1) $(2); fi; \
done; \
echo "Python 3.11 or newer with venv is needed$(if $(PYTHON), and $(PYTHON) is none) (Debian, Ubuntu: apt install python3-venv)." >&2; \
exit 2
endef

CHECKS := formatted linted typed layered knowledge-checked schema-fresh documented audited

.PHONY: help setup fitted run test slowest soak bench-wire check format gallery lock audit sbom for-run for-test for-check $(CHECKS) \
  test-pythons test-newest test-lowest
.NOTPARALLEL:
.DELETE_ON_ERROR:

help:
	@echo "make run      start the bot: in a local browser, or in Discord where DISCORD_TOKEN is set"
	@echo "make test     run the tests                       (one file: make test ARGS=tests/test_docs.py)"
	@echo "make slowest  run the tests, and list the 30 that took most of the processor"
	@echo "make soak     the long loops, and wild input anew  (a tenth of them: make soak SHARE=10)"
	@echo "make soak MINUTES=n  the bot on the wire, with faults all the time, for n minutes (Linux)"
	@echo "make bench-wire  what a question costs on the wire, beside a bare echo bot (Linux; eight minutes)"
	@echo "make check    format, lint, types, import contracts, knowledge, schema, docs"
	@echo "make format   format the code and mend what the linter can"
	@echo "make gallery  every picture and every card on one page to look at; needs Chromium"
	@echo "make setup    only set up .venv                   (with another Python: make setup PYTHON=python3.13)"
	@echo "make audit    known faults of everything that the bot runs on; make sbom writes a list of it"
	@echo "make lock     name the newest versions in requirements/ that pyproject.toml admits"
	@echo "make test-pythons   core, service and cards on each other Python of this machine"
	@echo "make test-newest    core and service with the newest versions of everything"
	@echo "make test-lowest    core and service with the lowest that pyproject.toml admits, on Python 3.11"

for-run for-test for-check: for-%:
	$(call install,$*,$(INTO))

# What the bot learns from its knowledge is made once; a start then only reads it.
fitted: for-run
	@$(PY) -m bot fit

setup: for-run fitted
	@echo "Ready: $(BIN)/legpress, make run, make test."

run: for-run fitted
	@exec $(PY) -m bot $(ARGS)

test: for-test fitted
	@exec $(PY) -m pytest $(IN_PARALLEL) $(ARGS)

slowest: for-test fitted
	@exec $(PY) -m pytest $(IN_PARALLEL) -p tests.support.spent $(ARGS)

soak: for-test fitted
ifneq ($(MINUTES),)
	@$(PY) -m tests.benchmarks.soak $(MINUTES)
else
	@$(PY) -m pytest $(IN_PARALLEL) --hypothesis-profile=soak -m "hypothesis or loop" $(ARGS)
	@$(PY) -m tests.store.kills --kills $$((500 / $(SHARE)))
	@$(PY) -m tests.store.kills --kills $$((200 / $(SHARE))) --postgres
	@$(PY) -m tests.store.power --images $$((1000 / $(SHARE)))
	@$(PY) -m tests.store.failing --runs $$((300 / $(SHARE)))
endif

bench-wire: for-test fitted
	@$(PY) -m tests.benchmarks.wire $(ARGS)
	@$(PY) -m tests.benchmarks.wire pauses
	@$(PY) -m tests.benchmarks.wire flood

# Each step runs, whatever the one before it found.
check: for-check
	@$(MAKE) --no-print-directory --keep-going $(CHECKS)

formatted: for-check
	$(PY) -m ruff format --check .

linted: for-check
	$(PY) -m ruff check .

typed: for-check
	$(PY) -m mypy

layered: for-check
	$(PY) -c "from importlinter.cli import lint_imports_command as main; main()"

knowledge-checked: for-check
	$(PY) -m bot check --strict knowledge

schema-fresh: for-check
	$(PY) -m bot schema --write .make/schema >/dev/null
	@diff -r .make/schema knowledge/schema || { echo "knowledge/schema is not up to date: run make format" >&2; exit 1; }

documented: for-check
	$(PY) -m pytest -q tests/test_docs.py

format: for-check
	$(PY) -m ruff check --fix .
	$(PY) -m ruff format .
	$(PY) -m bot schema --write knowledge/schema

gallery: for-test
	@exec $(PY) -m tests.gallery $(ARGS)

# One resolution for every Python, system and processor, so that what is tested is what runs; it names no registry. What
# has no file for one of them is told, and keeps nobody else from installing.
UV := $(BIN)/uv pip
LOCK := $(UV) compile --quiet --universal --python-version 3.11 --upgrade --generate-hashes \
  --custom-compile-command "make lock"
PROJECT := pyproject.toml --extra playground --extra postgres
PLATFORMS := x86_64-manylinux_2_28 aarch64-manylinux_2_28 x86_64-apple-darwin aarch64-apple-darwin \
  x86_64-pc-windows-msvc aarch64-pc-windows-msvc

# Both tools live apart from the bot: what they bring is no part of what is audited.
TOOLS := .make/tools
$(TOOLS)/bin/pip-audit: | for-run
	@$(PY) -m venv $(TOOLS) && $(TOOLS)/bin/python -m pip install --quiet --retries 1 --timeout 10 "pip-audit>=2.9,<3" "cyclonedx-bom>=7,<8"

# 1: a known fault. 2: the data was out of reach, for all of them or for some, which says nothing about faults.
UNREACHED := connection|unreachable|timed out|resolve|ServiceError|HTTPError|could not be audited
audit: $(TOOLS)/bin/pip-audit
	@$(TOOLS)/bin/pip-audit --progress-spinner off --disable-pip --require-hashes --requirement requirements/run.txt \
	  >.make/audit.said 2>.make/audit.log; \
	found=$$?; if [ $$found -eq 0 ] || ! grep -q "^Found" .make/audit.log; then \
	  if grep -qiE "$(UNREACHED)" .make/audit.log .make/audit.said; then \
	    echo "Not audited: the data about known faults cannot be reached from here." >&2; exit 2; fi; fi; \
	cat .make/audit.said .make/audit.log >&2; exit $$found

# Asked once a day for each lock; where the data cannot be reached, that is said and fails nothing.
audited: for-check
	@stamp=".make/audited-$$(date +%F)-$$(cksum <requirements/run.txt | tr ' ' '-')"; [ ! -e "$$stamp" ] || exit 0; \
	timeout 120 $(MAKE) --no-print-directory audit >.make/audited.log 2>&1; \
	if grep -q "^Found" .make/audited.log; then cat .make/audited.log >&2; exit 1; fi; \
	if grep -q "^No known" .make/audited.log; then echo "No known fault in what the bot runs on."; \
	else echo "Not audited: the data about known faults, or pip-audit, cannot be reached from here."; fi; touch "$$stamp"

sbom: $(TOOLS)/bin/pip-audit
	@$(TOOLS)/bin/cyclonedx-py requirements --output-reproducible --of JSON -o .make/sbom.json requirements/run.txt
	@echo "Written: .make/sbom.json"

lock: for-check
	@mkdir -p .make
	$(LOCK) $(PROJECT) --group build --output-file requirements/run.txt
	$(LOCK) $(PROJECT) --group test --constraint requirements/run.txt --output-file requirements/test.txt
	$(LOCK) $(PROJECT) --group check --constraint requirements/test.txt --output-file requirements/check.txt
	$(LOCK) --group install --output-file requirements/uv.txt
	@for python in 3.11 3.12 3.13 3.14; do for platform in $(PLATFORMS); do \
	  $(UV) install --quiet --dry-run --target .make/none --python-version $$python --python-platform $$platform \
	    --only-binary :all: --no-deps --require-hashes --requirement requirements/check.txt 2>.make/lock.log || \
	    echo "Python $$python on $$platform lacks a file: $$(sed -n 2p .make/lock.log)"; \
	done; done

# Environments of their own. What they found is the last line of each.
PARTS := tests/core tests/service
VERSION := import sys; print("%d.%d" % sys.version_info[:2])
PYTHON_FILES := python3.11 python3.12 python3.13 python3.14 $(wildcard $(HOME)/.pyenv/versions/*/bin/python3)

test-pythons: for-test
	@seen=" $$($(PY) -c '$(VERSION)') "; failed=0; told=; \
	for python in $(PYTHON_FILES); do \
	  "$$python" -c '$(SUITABLE)' >/dev/null 2>&1 || continue; \
	  version="$$("$$python" -c '$(VERSION)')"; \
	  case "$$seen" in *" $$version "*) continue ;; esac; seen="$$seen$$version "; \
	  into=".make/python-$$version"; \
	  "$$python" requirements/install.py test "$$into" && \
	    "$$into/bin/python" -m pytest $(IN_PARALLEL) --quiet $(PARTS) tests/ui tests/test_bare_imports.py >".make/python-$$version.log" 2>&1 || \
	    { failed=1; tail -n 60 ".make/python-$$version.log"; }; \
	  told="$${told}Python $$version, core, service and cards: $$(tail -n 1 ".make/python-$$version.log")\n"; \
	done; \
	printf "$${told:-No other Python of 3.11 to 3.14 was found here.\n}"; exit $$failed

# $(1) names the environment, $(2) are options for uv, $(3) is the Python.
define elsewhere
@mkdir -p .make
@$(BIN)/uv venv --quiet --clear --no-python-downloads --python $(3) .make/$(1)
@$(UV) install --quiet --python .make/$(1)/bin/python --only-binary :all: $(2) \
  --requirements pyproject.toml --extra playground --extra postgres --group test
@sed -n 's/^\([a-z0-9._-]*==[^ ]*\).*/\1/p' requirements/test.txt >.make/locked
@.make/$(1)/bin/python -m pytest $(IN_PARALLEL) --quiet $(PARTS) >.make/$(1).log 2>&1; failed=$$?; \
  [ $$failed -eq 0 ] || tail -n 60 .make/$(1).log; \
  others="$$($(UV) freeze --quiet --python .make/$(1)/bin/python | grep -v -x -F -f .make/locked | tr '\n' ' ')"; \
  echo "With the $(1) versions: $$(tail -n 1 .make/$(1).log); other than in the lock: $${others:-none}"; exit $$failed
endef

test-newest: for-test
	$(call elsewhere,newest,--upgrade,$(PY))

test-lowest: for-test
	$(call elsewhere,lowest,--resolution lowest-direct,3.11)
