# Two commands: `make app` opens the atlas, `make test` runs the tests. Each sets up what it needs.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PORT ?= 8501

.PHONY: help app test test-all check lint build bench load scorecard cartography golden outputs licences requirements clean

help: ## show this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/'

app: $(VENV)/app ## open the atlas in the browser
	$(BIN)/streamlit run streamlit_app.py --server.address 127.0.0.1 --server.port $(PORT) --server.allowedHosts localhost

test: $(VENV)/dev browser nginx ## run the tests, the browser's too: without the slow ones, and with two cases of many
	$(BIN)/python -m pytest -n 2 --dist loadfile --no-loadscope-reorder --quick

test-all: $(VENV)/dev browser nginx ## run all tests with all their cases, as CI does
	$(BIN)/python -m pytest -n 2 --dist loadfile

SCRIPTS := geo/assets/js/main.js geo/assets/js/plate.js geo/assets/js/samples.js geo/assets/js/single-era.js geo/assets/js/nothing-added.js geo/assets/js/no-insets.js geo/assets/app/host.js geo/assets/app/anchor.js geo/assets/app/preview.js

check: $(VENV)/dev ## format, lint, types (Python and JavaScript) and the atlas's own links
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/deno fmt -q --check --config .ci/deno.json "geo/assets/**/*.js" "bench/**/*.js"
	$(BIN)/deno lint -q --config .ci/deno.json geo/assets bench
	$(BIN)/deno check -q --config .ci/deno.json $(SCRIPTS)
	$(BIN)/python -m geo check

build: $(VENV)/app ## make the layers from sketches and base
	$(BIN)/python -m geo build

bench: $(VENV)/dev browser npm ## measure against the rivals; writes docs/benchmarks.md
	$(BIN)/python -m bench

load: $(VENV)/dev browser nginx ## measure many readers at once; writes docs/load.md
	$(BIN)/python -m bench.load

scorecard: $(VENV)/dev browser npm ## our figures beside the rivals'; writes docs/scorecard.md
	$(BIN)/python -m bench.scorecard

cartography: $(VENV)/dev ## measure whether every era's map can be read; writes docs/cartography.md
	$(BIN)/python -m bench.cartography

golden: $(VENV)/dev browser ## keep the maps as they look now; look at each before committing
	rm -f tests/golden/*.png
	$(BIN)/python -m pytest tests/browser/test_golden.py tests/browser/test_outputs.py --write-golden

outputs: $(VENV)/dev browser ## lay every output of every era over the document's map
	$(BIN)/python -m pytest -n 2 tests/browser/test_outputs.py --all-outputs

licences: $(VENV)/dev ## write docs/licences.md from the packages installed
	$(BIN)/python -m bench.licences

requirements: $(VENV)/dev ## compile the pinned requirements anew
	$(BIN)/uv pip compile -q --python-version 3.11 --no-emit-index-url --custom-compile-command "make requirements" pyproject.toml -o requirements.txt
	$(BIN)/uv pip compile -q --python-version 3.11 --no-emit-index-url --custom-compile-command "make requirements" --group dev -c requirements.txt pyproject.toml -o requirements-dev.txt

clean: ## remove what these commands made
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache

# A bare Debian has python3 without venv; as root we fetch what is missing.
$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); [ "$$(id -u)" = 0 ] && apt-get update -q && apt-get install -qy --no-install-recommends python3-venv && $(PYTHON) -m venv $(VENV); }

$(VENV)/app: requirements.txt $(VENV)/bin/python
	$(BIN)/python -m pip install -q --disable-pip-version-check -r requirements.txt
	touch $@

$(VENV)/dev: requirements-dev.txt $(VENV)/app
	$(BIN)/python -m pip install -q --disable-pip-version-check -r requirements-dev.txt
	touch $@

# The rivals' files are npm packages.
.PHONY: npm
npm:
	@command -v npm >/dev/null || { [ "$$(id -u)" = 0 ] && apt-get update -q && apt-get install -qy --no-install-recommends npm; } || { echo "make bench needs npm"; exit 1; }

# For trials of servers behind it: where we are root; elsewhere they are left out, and say so.
.PHONY: nginx
nginx:
	@command -v nginx >/dev/null || test -x /usr/sbin/nginx \
	  || { [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null && apt-get update -q && apt-get install -qy --no-install-recommends nginx-light; } \
	  || echo "nginx is not installed: the tests and measurements with it will be left out"

# Debian's Chromium where we are root (Playwright's driver wants libatomic1), else Playwright's own;
# and Debian's Firefox, which tests speak to without Playwright.
.PHONY: browser
browser: $(VENV)/dev
	@{ command -v chromium && $(BIN)/python -m playwright --version; } >/dev/null 2>&1 \
	  || { [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null && apt-get update -q && apt-get install -qy --no-install-recommends chromium libatomic1; } \
	  || $(BIN)/python -m playwright install chromium
	@command -v firefox-esr >/dev/null || command -v firefox >/dev/null \
	  || { [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null && apt-get update -q && apt-get install -qy --no-install-recommends firefox-esr; } \
	  || echo "Firefox is not installed: its tests will be skipped"
