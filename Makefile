# What a newcomer types: `make up` runs Yueke, `make test` proves it.

VENV := .venv
PYTHON := $(VENV)/bin/python
INSTALLED := $(VENV)/installed
UV_VERSION := 0.13.9
CHROMIUM := $(shell command -v chromium || command -v chromium-browser || command -v google-chrome)

.DEFAULT_GOAL := help
.PHONY: help setup up check test chromium lock css messages rules clean

help:  ## Say what can be made
	@sed -n 's/^\([a-z]*\):.*## /  make \1	/p' Makefile | expand -t 16

setup: $(INSTALLED)  ## Make .venv with all that Yueke needs

# The marker is touched last: an installation that was cut short is done again.
$(INSTALLED): requirements.txt
	@python3 -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	    { echo "Yueke needs python3 of version 3.11 or newer." >&2; exit 1; }
	python3 -m venv $(VENV)
	$(PYTHON) -m pip install --quiet --disable-pip-version-check uv==$(UV_VERSION)
	$(PYTHON) -m uv pip install --quiet --python $(PYTHON) --require-hashes -r requirements.txt
	$(PYTHON) -m uv pip install --quiet --python $(PYTHON) --no-deps -e .
	@touch $@

up: setup  ## Run everything on this machine; Ctrl-C stops it
	@$(VENV)/bin/yueke up

check: setup  ## Check form, types and floors, without running anything
	$(VENV)/bin/ruff check
	$(VENV)/bin/ruff format --check
	$(VENV)/bin/mypy
	$(VENV)/bin/lint-imports

test: setup chromium check  ## Check, then run every test
	$(VENV)/bin/pytest -n 2 --dist loadfile

chromium:
ifeq ($(CHROMIUM),)
	@if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	    apt-get update -q && \
	    DEBIAN_FRONTEND=noninteractive apt-get install -q -y chromium fonts-noto-cjk; \
	else \
	    echo "The browser tests need Chromium: apt-get install chromium fonts-noto-cjk" >&2; \
	    exit 1; \
	fi
endif

lock: setup  ## Choose the versions anew and write requirements.txt
	$(PYTHON) -m uv pip compile pyproject.toml --extra dev --universal --generate-hashes \
	    --no-emit-index-url --python-version 3.11 --custom-compile-command "make lock" \
	    --quiet -o requirements.txt

css:  ## Build the style sheet and scripts of the pages, which are committed
	npm ci
	npm run build

messages: setup  ## Gather the words of the pages for translation, and compile them
	cd src/yueke/portals && ../../../$(PYTHON) -m django makemessages -l zh_Hans --no-wrap \
	    --no-obsolete --add-location file --ignore static --settings yueke.config.settings
	cd src/yueke/portals/locale/zh_Hans/LC_MESSAGES && msgfmt --check -o django.mo django.po

rules: setup  ## Write docs/rules.md from the names of the tests
	$(PYTHON) -m tests.house.rules_page

clean:  ## Remove what was built, not the data in .yueke
	rm -rf $(VENV) build node_modules .mypy_cache .ruff_cache .pytest_cache .hypothesis \
	    .import_linter_cache
