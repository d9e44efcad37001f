# Two commands: `make run` and `make test`. Both build .venv the first time, and start at once after that.

PYTHON ?= $(firstword $(shell for name in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$name -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$name; done))
VENV ?= .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check

# Tests start some hundred programs. Where this is set, as in many a container, each of them compiles every module anew.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: run test types knowledge format lock weights audit sbom screenshots clean

run: $(VENV)/.runs ## Connect to Slack where tokens are set; else open the playground in the browser.
	@$(BIN)/python -m srmbot run

test: $(VENV)/.tests ## Everything that must hold before a change goes in.
	$(BIN)/ruff check .
	$(BIN)/ruff format --check --quiet .
	$(BIN)/lint-imports --no-logo
	@$(MAKE) --no-print-directory --jobs 2 types knowledge
	$(BIN)/pytest -n auto --dist loadfile --no-loadscope-reorder

types: $(VENV)/.tests
	$(BIN)/mypy

knowledge: $(VENV)/.tests
	$(BIN)/srmbot check

format: $(VENV)/.tests ## Lay the code out, and mend what can be mended without thinking.
	$(BIN)/ruff check --fix --quiet .
	$(BIN)/ruff format --quiet .

lock: ## Compile the locks from pyproject.toml: hashes, and no address.
	uv pip compile $(LOCK) pyproject.toml --extra metrics --output-file requirements.txt
	uv pip compile $(LOCK) pyproject.toml --extra metrics --extra learn --output-file requirements-learn.txt
	uv pip compile $(LOCK) pyproject.toml --extra metrics --extra learn --group dev --output-file requirements-dev.txt

LOCK := --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate --no-header

weights: $(VENV)/.tests ## Learn anew what is shipped; needed after each change of knowledge/.
	$(BIN)/python -m srmbot.search.learning.ship

audit: .audit/.made ## Known vulnerabilities in what is locked, and risky code; needs the network.
	.audit/bin/bandit --quiet --recursive --configfile pyproject.toml srmbot
	.audit/bin/pip-audit --require-hashes --disable-pip --requirement requirements.txt

sbom: .audit/.made ## A list of all that srmbot is made from, in sbom.json.
	.audit/bin/cyclonedx-py requirements --output-format JSON --output-file sbom.json requirements.txt

.audit/.made:
	@$(PYTHON) -m venv .audit
	@.audit/bin/python -m pip install --quiet --disable-pip-version-check bandit pip-audit cyclonedx-bom
	@touch $@

screenshots: $(VENV)/.tests ## Make the pictures in docs/images/ anew; needs Chromium.
	$(BIN)/python docs/screenshots.py

clean:
	rm -rf $(VENV) .audit .mypy_cache .pytest_cache .ruff_cache .hypothesis .import_linter_cache

$(VENV)/.made:
	@test -n "$(PYTHON)" || { echo "srmbot needs Python 3.11 or later; none was found on the PATH." >&2; exit 1; }
	@echo "Making $(VENV) with $(PYTHON); the first time takes a minute."
	@$(PYTHON) -m venv $(VENV)
	@touch $@

$(VENV)/.runs: requirements.txt pyproject.toml | $(VENV)/.made
	@$(PIP) --require-hashes -r requirements.txt
	@$(PIP) --no-deps -e .
	@touch $@

$(VENV)/.tests: requirements-dev.txt pyproject.toml | $(VENV)/.made
	@$(PIP) --require-hashes -r requirements-dev.txt
	@$(PIP) --no-deps -e .
	@touch $(VENV)/.runs $@
