PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
.DEFAULT_GOAL := help

help:  ## list the targets
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 20

$(VENV)/run.stamp: requirements.txt
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	@touch $@

$(VENV)/dev.stamp: requirements-dev.txt $(VENV)/run.stamp
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	@touch $@

.PHONY: help run dev test check fmt bench bench-replay bench-verdict migrate seed pins lexicon browser screenshots clean

run: $(VENV)/run.stamp  ## install, migrate, load the demonstration, serve on 127.0.0.1:8501
	@CASEWORK_DEMO=$${CASEWORK_DEMO-$(if $(CASEWORK_SECRET_KEY),0,1)} $(BIN)/python cli.py serve

dev: $(VENV)/dev.stamp  ## serve and reload on every saved edit
	PYTHONPATH=. STREAMLIT_SERVER_RUN_ON_SAVE=true CASEWORK_DEMO=1 $(BIN)/streamlit run app.py

test: $(VENV)/dev.stamp browser  ## every test, with coverage
	$(BIN)/python -m pytest

check: $(VENV)/dev.stamp  ## format, lint, types, layers, dependencies, spelling
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy .
	PYTHONPATH=. $(BIN)/lint-imports --no-cache
	$(BIN)/deptry .
	$(BIN)/typos

fmt: $(VENV)/dev.stamp  ## format and mend what can be mended
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

browser: $(VENV)/dev.stamp
	$(BIN)/python scripts/find_browser.py

bench: $(VENV)/dev.stamp  ## speed ratios and sentiment quality (DATA=file.csv for the latter)
	$(BIN)/python -m bench $(if $(DATA),--data $(DATA))

bench-verdict: $(VENV)/dev.stamp  ## simulate what the verdict rule promises
	$(BIN)/python -m bench.verdict

bench-replay: $(VENV)/dev.stamp  ## play the case's seven strategies in 400 worlds
	$(BIN)/python -m bench.replay

lexicon: $(VENV)/dev.stamp  ## refit the sentiment table from DATA=feedback.csv
	$(BIN)/python scripts/fit_lexicon.py $(DATA)

migrate: $(VENV)/run.stamp  ## bring the database up to date
	$(BIN)/python cli.py migrate

seed: $(VENV)/run.stamp  ## rebuild the demonstration
	$(BIN)/python cli.py demo --fresh

screenshots: $(VENV)/dev.stamp browser  ## take docs/screenshots anew
	$(BIN)/python -m scripts.take_screenshots

pins: $(VENV)/dev.stamp  ## refresh every pinned version
	$(BIN)/uv pip compile --quiet --universal --upgrade --python-version 3.11 --no-emit-index-url --no-header requirements.in -o requirements.txt
	$(BIN)/uv pip compile --quiet --universal --upgrade --python-version 3.11 --no-emit-index-url --no-header requirements-dev.in -o requirements-dev.txt

clean:  ## remove what was built (the database under data/ stays)
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis .coverage
