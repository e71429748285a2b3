# Two commands do everything, set-up included: `make run` and `make test`.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

.PHONY: help setup run test check bench fuzz lighthouse lint types browser screenshots translations lock clean

help:
	@echo "make run    index the materials and open the site on http://127.0.0.1:8000/"
	@echo "make test   run all tests"
	@echo "make check  tests, linter and types: what CI runs"
	@echo "make lighthouse  what Lighthouse says of the site"
	@echo "make fuzz   ten minutes of made-up requests to the API; run 'make run' once before"
	@echo "make bench  how good the answers are, and how fast beside other engines"

setup: $(READY)

# Without dependencies: the lock file is complete, and estnltk's own list is 500 MB that Vabamorf does not need.
$(READY): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit("Aardekast wants Python 3.11 or newer, this is " + sys.version.split()[0]) if sys.version_info < (3, 11) else None'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements.lock
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

run: setup
	$(BIN)/aardekast run

# On all cores, each file on one of them.
test: setup browser
	$(BIN)/python -m pytest -n auto --dist loadfile

# The browser tests drive the system's Chromium; it is installed where this user may, and named where not.
browser:
	@command -v chromium >/dev/null || command -v chromium-browser >/dev/null || command -v google-chrome >/dev/null || \
	if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
		apt-get update -qq && apt-get install -y -qq --no-install-recommends chromium >/dev/null; \
	else \
		echo "The browser tests need Chromium. Install it, on Debian with: sudo apt-get install chromium" >&2; exit 1; \
	fi

check: test lint types

# How good and how fast: ratios of one run. BENCH names files of documents and of questions for a larger one.
bench: setup $(VENV)/.bench
	$(BIN)/python benchmarks/relevance.py tests/relevance --baseline tests/relevance/baseline.json
	$(BIN)/python benchmarks/extraction.py
	$(BIN)/python benchmarks/topics.py
	$(BIN)/python benchmarks/spelling.py
	$(BIN)/python benchmarks/analysis.py
	$(BIN)/python benchmarks/engine.py $(BENCH)
	-$(BIN)/python benchmarks/load.py $(BENCH)

$(VENV)/.bench: requirements-bench.lock $(READY)
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements-bench.lock
	@touch $@

# Requests made up from the description of the API. MINUTES=1 for a short look.
fuzz: setup
	$(BIN)/python tools/fuzz_api.py --minutes $(or $(MINUTES),10)

# What Lighthouse says of the site. GATE=--gate asks only for what must be 100. Node is installed where this user may.
lighthouse: setup browser
	@command -v npm >/dev/null || \
	if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
		apt-get update -qq && apt-get install -y -qq --no-install-recommends nodejs npm >/dev/null; \
	else \
		echo "Lighthouse wants node and npm. Install them, on Debian with: sudo apt-get install nodejs npm" >&2; exit 1; \
	fi
	@test -d benchmarks/lighthouse/node_modules || npm ci --ignore-scripts --no-audit --no-fund --silent --prefix benchmarks/lighthouse
	$(BIN)/python benchmarks/lighthouse.py $(GATE)

lint: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: setup
	$(BIN)/mypy

screenshots: setup browser
	$(BIN)/python tools/screenshots.py

# New texts of code and templates into webapp/translations/*/LC_MESSAGES/messages.po; says which are to translate.
translations: setup
	$(BIN)/python tools/translations.py

# Only for maintainers: resolve the dependencies anew. No registry's address comes into the file.
lock: setup
	$(PYTHON) -m venv $(VENV)/lock && $(VENV)/lock/bin/pip install --quiet uv
	$(VENV)/lock/bin/uv pip compile pyproject.toml --group dev --universal --python-version 3.11 \
		--generate-hashes --no-header --upgrade --output-file requirements.lock
	$(VENV)/lock/bin/uv pip compile --group pyproject.toml:bench --universal --python-version 3.11 \
		--generate-hashes --no-header --upgrade --constraint requirements.lock \
		--no-emit-package pip --no-emit-package setuptools --output-file requirements-bench.lock

clean:
	rm -rf $(VENV) dist .mypy_cache .pytest_cache .ruff_cache .hypothesis
